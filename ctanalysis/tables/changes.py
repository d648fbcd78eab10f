"""Every comparison of an area's totals as a table: beside the same period last year, and beside the period before."""

from collections.abc import Mapping

from ctanalysis.analysis.change import LAST_YEAR, PREVIOUS, Change
from ctanalysis.analysis.values import Value
from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.changes import Said, interval, verdict
from ctanalysis.narrative.text import Text
from ctanalysis.tables.numbers import EMPTY, number, titled
from ctanalysis.tables.table import Table

HEADER = ("Then", "Change, with the range that fits the data", "In words")
SEASON = ", season taken out"
NOTE = (
    "Clear: among all comparisons of the report, by the method of Benjamini and Hochberg at 5%. The ranges are 95% "
    "intervals. Too few to say: not even a doubling, or 20 percentage points, would be likely to show."
)


def changes(evaluation: Evaluation, area: str) -> Table:
    """The comparisons of the indicators of an area; clear is what is among all that the report might claim."""
    rows: dict[str, dict[str, tuple[Change, bool]]] = {}
    for change in evaluation.changes:
        if change.sheet.area == area:
            clear = evaluation.claims.is_clear("change", change.sheet.code, change.versus)
            rows.setdefault(change.sheet.code, {})[change.versus] = (change, clear)
    versus = [one for one in (LAST_YEAR, PREVIOUS) if any(one in of for of in rows.values())]
    header = ("Indicator", str(evaluation.period), *(f"{text}: {one}" for one in versus for text in HEADER))
    lines = tuple(_row(evaluation, [of.get(one) for one in versus]) for of in rows.values())
    return Table(f"What changed, {evaluation.period}", header, lines, (NOTE, *_lacks(rows)))


def _row(evaluation: Evaluation, compared: list[tuple[Change, bool] | None]) -> tuple[str, ...]:
    now = next(one[0].current for one in compared if one)
    cells = [_cells(evaluation, *one) if one else (EMPTY,) * len(HEADER) for one in compared]
    return (titled(evaluation, now.sheet), _told(evaluation, now), *(cell for of in cells for cell in of))


def _cells(evaluation: Evaluation, change: Change, clear: bool) -> tuple[str, str, str]:
    said = Said(change, clear, evaluation.project.facts.language)
    then = _told(evaluation, change.before) if change.before else EMPTY
    ranging = _plain(interval(change, said.language)) + (SEASON if change.season else "")
    size = "" if said.difference is None else f"{said.difference:+,}".replace("-", "\N{MINUS SIGN}")
    return then, ": ".join(filter(None, [size, ranging])) or EMPTY, _plain(verdict(change, clear, said.language))


def _told(evaluation: Evaluation, value: Value) -> str:
    return number(evaluation, value.sheet, value.value, value.status, value.high)


def _plain(html: str) -> str:
    return Text(html).plain


def _lacks(rows: Mapping[str, Mapping[str, tuple[Change, bool]]]) -> list[str]:
    """What is missing of the records behind the comparisons, once for each indicator."""
    found = {code: [one for change, _ in of.values() for one in change.lacking] for code, of in rows.items()}
    said = {code: dict.fromkeys(f"{one.start} to {one.end}: {one.lack}" for one in of) for code, of in found.items()}
    return [f"{code}: {'; '.join(lacks)}." for code, lacks in said.items() if lacks]
