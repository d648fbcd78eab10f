"""All that make check shows of the records, but for the data quality standards: the most general first."""

from ctanalysis.base.errors import Refused
from ctanalysis.disclosure import ledger
from ctanalysis.disclosure.recoded import recoded
from ctanalysis.intake.datacheck.arriving import arrived
from ctanalysis.intake.datacheck.partners import by_partner
from ctanalysis.intake.datacheck.screen import details, in_short, summary
from ctanalysis.language import Speech
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.records import Records
from ctanalysis.records.findings import ENGLISH, UNREAD


def told(project: Project, records: Records, period: Period, speech: Speech = ENGLISH) -> str:
    """What came, whose codes were changed, the rows, the partners, the findings, how many corrections there are.

    With a blank line between, in a language.
    """
    parts = [
        arrived(project, records, period, speech),
        speech.heard(_under_other_codes(project, records)),
        summary(records, speech),
        by_partner(project, records, period, speech),
        details(records, speech=speech),
    ]
    if project.corrections:
        parts.append(speech.plain("check.corrections", n=len(project.corrections)))
    return "\n\n".join(part for part in parts if part)


def _under_other_codes(project: Project, records: Records) -> str:
    """What no release can be made of; a ledger that is not as it was is said when something is released."""
    if records.of(UNREAD):
        return ""
    try:
        return recoded(project, records, ledger.read(project))
    except Refused:
        return ""


def told_in_short(project: Project, records: Records, period: Period, speech: Speech = ENGLISH) -> str:
    """What came, and the rows, for whoever does not ask for the findings."""
    return f"{arrived(project, records, period, speech)}\n\n{in_short(records, speech)}"
