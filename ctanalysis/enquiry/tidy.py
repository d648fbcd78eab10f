"""Protected values -> a tidy frame, and the card that shows it.

Columns: indicator, name, unit, period (its label), start and end (days), a column for each field it is broken down by,
value with the low and the high for which it stands, of shares and means numerator and denominator, status, told (as a
report says it) and caveat. Shares are in per cent, as their unit says. What is not told is empty, never 0.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from ctanalysis import quality
from ctanalysis.base.cards import Card
from ctanalysis.disclosure.protected import UNTOLD, WITHHELD, only_protected
from ctanalysis.disclosure.waiting.cells import RECORDED
from ctanalysis.enquiry.reading import Reading, Told
from ctanalysis.language import Speech
from ctanalysis.narrative.numbers import in_words
from ctanalysis.narrative.residents import illustrative_residents
from ctanalysis.periods import Period
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.breakdowns import reading, reading_of_rates, why_withheld

PER_CENT = 100
NUMBERS = ["value", "low", "high", "numerator", "denominator"]
SYNTHETIC = "Synthetic records."
ENGLISH = Speech()
PRINTED = ["status", "told", "caveat"]


@dataclass(frozen=True)
class Asked:
    """A question: which sheet, by which fields, of which periods, and over which horizon of each."""

    sheet: Sheet
    way: tuple[str, ...]
    periods: Sequence[Period]
    horizon: str = "period"

    @property
    def columns(self) -> list[str]:
        """The columns of the fields that it is broken down by."""
        return [name.removesuffix(COARSE) for name in self.way]


def tidy(read: Reading, asked: Asked, told: Told, ends: dict[str, str]) -> pd.DataFrame:
    """The tidy frame of a question. told: with its cells. ends: by period label, the last day (ISO) of its window."""
    sheet, way = asked.sheet, " × ".join(asked.way) or "total"
    found = only_protected(told.values)
    found = found[(found["indicator"] == sheet.code) & (found["disaggregation"] == way)]
    found = found[found["category"] != RECORDED]
    labels = pd.DataFrame({"period": [*ends], "end": [*ends.values()]})
    found = labels.merge(found, on="end", how="inner", sort=False)
    found = quality.with_caveats(found, _beside(read), told.lacks)
    return _in_columns(read, asked, found)


def _beside(read: Reading) -> Callable[[str, str], dict[str, str]]:
    return quality.caveats_beside(read.verdicts, read.project, read.project.calendar.latest())


def _in_columns(read: Reading, asked: Asked, found: pd.DataFrame) -> pd.DataFrame:
    sheet, language = asked.sheet, read.project.facts.language
    cells = found[["value", "status", "high"]].itertuples(index=False, name=None)
    told = [in_words(sheet, value, status, language, high) for value, status, high in cells]
    fields = {name: _part(found["category"], at) for at, name in enumerate(asked.columns)}
    scale = PER_CENT if sheet.measure == "share" else 1
    numbers = {name: found[name] * scale for name in NUMBERS[:3]}
    if sheet.is_ratio:
        numbers |= {name: found[name] for name in NUMBERS[3:]}
    names = {"indicator": sheet.code, "name": sheet.name, "unit": sheet.unit, "period": found["period"]}
    horizon = {} if asked.horizon == "period" else {"horizon": asked.horizon}
    days = {name: pd.to_datetime(found[name]) for name in ("start", "end")}
    rest = {"status": found["status"], "told": told, "caveat": found["caveat"]}
    return pd.DataFrame({**names, **horizon, **days, **fields, **numbers, **rest}, index=found.index)


def _part(categories: "pd.Series[str]", at: int) -> "pd.Series[str]":
    """Of categories such as "female × adults" that of the first or the second field."""
    return categories.map(lambda label: label.split(" × ")[at])


def card_of(read: Reading, asked: Sequence[Asked], frame: pd.DataFrame, notes: Sequence[str] = ()) -> Card:
    """The card of a tidy frame: the last thing that varies stands in columns, the others in rows."""
    first = asked[0]
    varies = [("indicator", "Indicator")] if len(asked) > 1 else []
    varies += [("period", "Period")] if len(first.periods) > 1 or not first.way else []
    varies += [(name, _title(read, first.sheet, of)) for name, of in zip(first.columns, first.way, strict=True)]
    header, rows = _pivoted(frame, varies)
    return Card(heading(read, asked), header, rows, [*notes, *how_to_read(read, asked, frame)])


def _title(read: Reading, sheet: Sheet, name: str) -> str:
    title = name if name == sheet.beside[0] else read.project.field(sheet, name).title
    return title[:1].upper() + title[1:]


def heading(read: Reading, asked: Sequence[Asked]) -> str:
    """What was asked: indicators, fields, period and horizon."""
    first = asked[0]
    names = "; ".join(f"{one.sheet.code} {one.sheet.name} ({one.sheet.unit})" for one in asked)
    by = f", by {' and '.join(_title(read, first.sheet, name).lower() for name in first.way)}" if first.way else ""
    days = f", {first.periods[0]}" if len(first.periods) == 1 else ""
    horizon = "" if first.horizon == "period" else f" ({first.horizon})"
    return f"{names}{by}{days}{horizon}"


def _pivoted(frame: pd.DataFrame, varies: Sequence[tuple[str, str]]) -> tuple[list[str], list[list[str]]]:
    """The told words as the rows of a table; of one thing that varies a row for each."""
    *keys, (last, title) = varies
    told = frame["told"].where(frame["caveat"] == "", frame["told"] + f" {quality.MARK}")
    if not keys:
        return [title, "Told"], [[str(name), words] for name, words in zip(frame[last], told, strict=True)]
    columns = [*dict.fromkeys(frame[last])]
    cells: dict[tuple[str, ...], dict[str, str]] = {}
    for *key, column, words in zip(*(frame[name] for name, _ in keys), frame[last], told, strict=True):
        cells.setdefault(tuple(key), {})[column] = words
    header = [*(name for _, name in keys), *columns]
    return header, [[*key, *(of.get(column, "") for column in columns)] for key, of in cells.items()]


def how_to_read(read: Reading, asked: Sequence[Asked], frame: pd.DataFrame) -> Iterator[str]:
    """What the words of a frame mean, why something is withheld, its caveats, each once; and that it is synthetic."""
    notes = dict.fromkeys(note for one in asked for note in _of_states(read, one, frame))
    yield from notes
    caveats = frame.loc[frame["caveat"] != "", ["indicator", "caveat"]].drop_duplicates()
    yield from (f"{quality.MARK} {code}: {words}." for code, words in caveats.itertuples(index=False, name=None))
    if read.project.facts.synthetic:
        yield SYNTHETIC


def _of_states(read: Reading, asked: Asked, frame: pd.DataFrame) -> Iterator[str]:
    sheet, rule = asked.sheet, read.project.disclosure_rule(asked.sheet)
    rows = frame[frame["indicator"] == sheet.code]
    status = rows["status"]
    yield from (reading_of_rates if sheet.measure == "rate" else reading)(rule, status, ENGLISH)
    days = rows[["start", "end"]].drop_duplicates().itertuples(index=False, name=None)
    for first, last in days:
        yield from illustrative_residents(read.project, sheet, first.date().isoformat(), last.date().isoformat())
    if (status == UNTOLD).any():
        yield ENGLISH.plain("table.breakdown.by_the_policy")
    if (status == WITHHELD).any():
        yield why_withheld(sheet, ENGLISH)
