"""The five data quality standards as tables, and what became of the rows that were read."""

from collections.abc import Iterable

from ctanalysis import quality as standards
from ctanalysis.evaluation import Evaluation
from ctanalysis.language import Speech
from ctanalysis.narrative.numbers import Marks
from ctanalysis.project import Project
from ctanalysis.project.descriptor import Table as Resource
from ctanalysis.tables.cells import Cell, counted
from ctanalysis.tables.numbers import as_heading
from ctanalysis.tables.table import Stack, Table

COUNTS = ("read", "used", "held_back", "passed_over")


def quality(evaluation: Evaluation) -> Stack:
    """The verdict on each indicator by each standard, and the evidence of those that are about nobody."""
    return Stack((_verdicts(evaluation), _evidence(evaluation)))


def _verdicts(evaluation: Evaluation) -> Table:
    frame, project, speech = evaluation.quality, evaluation.project, evaluation.project.speech
    columns = ["indicator", "standard", "verdict"]
    verdicts = {
        (code, standard): verdict for code, standard, verdict in frame[columns].itertuples(index=False, name=None)
    }
    rows = [
        (
            f"{sheet.code} {sheet.name}",
            *(speech.plain(f"table.quality.{verdicts[sheet.code, one]}") for one in standards.STANDARDS),
        )
        for sheet in project.sheets
    ]
    named = (as_heading(speech.plain(f"standard.{one}")) for one in standards.STANDARDS)
    return Table(
        speech.plain("table.quality.verdicts", period=str(evaluation.period)),
        (speech.plain("table.indicator"), *named),
        tuple(rows),
        (project.quality.note,),
        numeric=False,
        speech=speech,
    )


def _evidence(evaluation: Evaluation) -> Table:
    frame, project, speech = evaluation.quality, evaluation.project, evaluation.project.speech
    public = project.open_tables
    others = [sheet.code for sheet in project.sheets if sheet.calculation.table not in public]
    shown = frame[~frame["indicator"].isin(others)]
    columns = ["indicator", "standard", "verdict", "evidence", "failed_by"]
    rows = [
        (
            f"{code} {project.sheet(code).name}",
            speech.plain(f"standard.{standard}"),
            speech.plain(f"table.quality.{verdict}"),
            _found(project, evidence, by),
        )
        for code, standard, verdict, evidence, by in shown[columns].itertuples(index=False, name=None)
    ]
    named = (speech.plain(f"table.quality.{name}") for name in ("standard", "verdict", "evidence"))
    header = (speech.plain("table.indicator"), *named)
    caption = speech.plain("table.quality.evidence_caption")
    return Table(caption, header, tuple(rows), _about_people(speech, others), numeric=False, speech=speech)


def _found(project: Project, evidence: str, by: str) -> Cell:
    """What was found, and by what a standard was failed, where that is told."""
    speech, titles = project.speech, [table.title for table in project.package.resources]
    words = [standards.evidence_in(evidence, speech, titles), *([standards.failed_by_in(by, speech)] if by else [])]
    return Cell(Marks(speech).label(" ".join(f"{one}." for one in words)))


def _about_people(speech: Speech, names: Iterable[str]) -> tuple[str, ...]:
    """What is not told of indicators or tables about people; nothing where there is none."""
    joined = ", ".join(names)
    return (speech.plain("table.quality.about_people", names=joined),) if joined else ()


def tally(evaluation: Evaluation) -> Table:
    """Rows read = used + held back + passed over, for each file of a table that is about nobody."""
    speech, package = evaluation.project.speech, evaluation.project.package
    marks = Marks(speech)
    counts = [name for name in COUNTS if name != "passed_over" or evaluation.tally[name].any()]
    named = [speech.plain(f"table.tally.{name}") for name in counts]
    rows = [
        (
            _title(speech, package.tables[table]),
            Cell(marks.label(speech.plain("table.tally.sheet", path=path, sheet=sheet) if sheet else path)),
            *(counted(speech, number, "rows of records") for number in numbers),
        )
        for table, path, sheet, *numbers in evaluation.tally[["table", "path", "sheet", *counts]].itertuples(
            index=False, name=None
        )
    ]
    public = evaluation.project.open_tables
    others = (_title(speech, table) for table in package.resources if table.name not in public)
    return Table(
        speech.plain("table.tally.caption", parts=" + ".join(name.lower() for name in named[1:])),
        (speech.plain("table.tally.table"), speech.plain("table.tally.file"), *named),
        tuple(rows),
        _about_people(speech, others),
        speech=speech,
    )


def _title(speech: Speech, table: Resource) -> str:
    """What a table of the records is called."""
    return table.translations.get(speech.code, table.title)
