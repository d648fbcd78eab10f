"""The five data quality standards as tables, and what became of the rows that were read."""

from ctanalysis import quality as standards
from ctanalysis.evaluation import Evaluation
from ctanalysis.tables.table import Stack, Table

COUNTS = {"read": "Read", "used": "Used", "held_back": "Held back", "passed_over": "Passed over"}
ABOUT_PEOPLE = (
    "how many rows about people are held back or look odd is not public, nor how many lack something, but for what "
    "breakdowns tell as not recorded; it is in internal/."
)


def quality(evaluation: Evaluation) -> Stack:
    """The verdict on each indicator by each standard, and the evidence of those that are about nobody."""
    return Stack((_verdicts(evaluation), _evidence(evaluation)))


def _verdicts(evaluation: Evaluation) -> Table:
    frame, project = evaluation.quality, evaluation.project
    columns = ["indicator", "standard", "verdict"]
    verdicts = {
        (code, standard): verdict for code, standard, verdict in frame[columns].itertuples(index=False, name=None)
    }
    rows = [
        (f"{sheet.code} {sheet.name}", *(verdicts[sheet.code, standard] for standard in standards.STANDARDS))
        for sheet in project.sheets
    ]
    header = ("Indicator", *(standard.capitalize() for standard in standards.STANDARDS))
    return Table(
        f"The data of {evaluation.period} against the data quality standards",
        header,
        tuple(rows),
        (project.quality.note,),
        numeric=False,
    )


def _evidence(evaluation: Evaluation) -> Table:
    frame, project = evaluation.quality, evaluation.project
    public = project.open_tables
    others = [sheet.code for sheet in project.sheets if sheet.calculation.table not in public]
    shown = frame[~frame["indicator"].isin(others)]
    columns = ["indicator", "standard", "verdict", "evidence", "failed_by"]
    rows = [
        (
            f"{code} {project.sheet(code).name}",
            standard,
            verdict,
            f"{evidence}. {standards.shortened(by)}." if by else f"{evidence}.",
        )
        for code, standard, verdict, evidence, by in shown[columns].itertuples(index=False, name=None)
    ]
    notes = (f"Of {', '.join(others)}: {ABOUT_PEOPLE}",) if others else ()
    caption = "The evidence, for indicators that are about nobody in particular"
    return Table(caption, ("Indicator", "Standard", "Verdict", "Evidence"), tuple(rows), notes, numeric=False)


def tally(evaluation: Evaluation) -> Table:
    """Rows read = used + held back + passed over, for each file of a table that is about nobody."""
    counts = [name for name in COUNTS if name != "passed_over" or evaluation.tally[name].any()]
    rows = [
        (title, path + (f", sheet '{sheet}'" if sheet else ""), *(f"{count:,}" for count in counts))
        for title, path, sheet, *counts in evaluation.tally[["title", "path", "sheet", *counts]].itertuples(
            index=False, name=None
        )
    ]
    public = evaluation.project.open_tables
    others = [table.title for table in evaluation.project.package.resources if table.name not in public]
    notes = (f"Of {', '.join(others)}: {ABOUT_PEOPLE}",) if others else ()
    return Table(
        f"Rows of the records: read = {' + '.join(COUNTS[name].lower() for name in counts[1:])}",
        ("Table", "File", *(COUNTS[name] for name in counts)),
        tuple(rows),
        notes,
    )
