"""The five data quality standards as tables, and what became of the rows that were read."""

from ctanalysis import quality as standards
from ctanalysis.tables.table import Stack, Table

ABOUT_PEOPLE = "how many rows about people were read, held back or looked odd is not public; it is in internal/."


def quality(evaluation):
    """The verdict on each indicator by each standard, and the evidence of those that are about nobody."""
    return Stack((_verdicts(evaluation), _evidence(evaluation)))


def _verdicts(evaluation):
    frame, project = evaluation.quality, evaluation.project
    found = {(row.indicator, row.standard): row.verdict for row in frame.itertuples(index=False)}
    rows = [
        (f"{sheet.code} {sheet.name}", *(found[sheet.code, standard] for standard in standards.STANDARDS))
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


def _evidence(evaluation):
    frame, project = evaluation.quality, evaluation.project
    known = standards.open_tables(project)
    told, others = (
        [sheet for sheet in project.sheets if (sheet.calculation.table in known) is wanted] for wanted in (True, False)
    )
    rows = [
        (f"{row.indicator} {project.sheet(row.indicator).name}", row.standard, row.verdict, f"{row.evidence}.")
        for row in frame[frame["indicator"].isin([sheet.code for sheet in told])].itertuples(index=False)
    ]
    notes = (f"Of {', '.join(sheet.code for sheet in others)}: {ABOUT_PEOPLE}",) if others else ()
    caption = "The evidence, for indicators that are about nobody in particular"
    return Table(caption, ("Indicator", "Standard", "Verdict", "Evidence"), tuple(rows), notes, numeric=False)


def tally(evaluation):
    """Rows read = used + held back, for each file of a table that is about nobody."""
    told, tables = evaluation.tally, evaluation.project.package.resources
    rows = [
        (
            row.title,
            row.path + (f", sheet '{row.sheet}'" if row.sheet else ""),
            *(f"{count:,}" for count in (row.read, row.used, row.held_back)),
        )
        for row in told.itertuples(index=False)
    ]
    known = standards.open_tables(evaluation.project)
    others = [table.title for table in tables if table.name not in known]
    notes = (f"Of {', '.join(others)}: {ABOUT_PEOPLE}",) if others else ()
    return Table(
        "Rows of the records: read = used + held back",
        ("Table", "File", "Read", "Used", "Held back"),
        tuple(rows),
        notes,
    )
