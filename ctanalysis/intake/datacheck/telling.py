"""All that make check shows of the records, but for the data quality standards: the most general first."""

from ctanalysis.intake.datacheck.arriving import arrived
from ctanalysis.intake.datacheck.partners import by_partner
from ctanalysis.intake.datacheck.screen import details, in_short, summary
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.records import Records


def told(project: Project, records: Records, period: Period) -> str:
    """What came, the rows, the partners, the findings, how many corrections there are; with a blank line between."""
    parts = [
        arrived(project, records, period),
        summary(records),
        by_partner(project, records, period),
        details(records),
    ]
    if project.corrections:
        number = len(project.corrections)
        parts.append(f"Corrections on the record (judgements/corrections.toml): {number}, all applied.")
    return "\n\n".join(part for part in parts if part)


def told_in_short(project: Project, records: Records, period: Period) -> str:
    """What came, and the rows, for whoever does not ask for the findings."""
    return f"{arrived(project, records, period)}\n\n{in_short(records)}"
