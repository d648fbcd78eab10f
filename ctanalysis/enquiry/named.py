"""What a question names: an indicator, a breakdown, a period, a horizon; found by code, by name, in any case.

"1.3", 1.3, "consultations" ─▶ the sheet 1.3      ("Age group", "sex") ─▶ "sex × age_group"
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from babel.lists import format_list

from ctanalysis.base.errors import Refused
from ctanalysis.base.nearness import Nearness
from ctanalysis.base.spelling import skeleton
from ctanalysis.indicators.horizons import windows
from ctanalysis.periods import Calendar, Kind, Period
from ctanalysis.project import Project
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.sheets import Sheet

EVERY: Mapping[str, Kind] = {"month": "month", "quarter": "quarter", "half": "half", "year": "year"}
Named = str | float | int


def sheet_of(project: Project, asked: Named) -> Sheet:
    """The sheet that is meant by its code, a number (1.3; "1.10" is a code of its own), its name or a part of it.

    Refused: none is, or several are; the near ones are named.
    """
    word = str(asked).strip()
    exact = [sheet for sheet in project.sheets if word == sheet.code]
    whole = [sheet for sheet in project.sheets if skeleton(word) == skeleton(sheet.name)]
    parts = [sheet for sheet in project.sheets if word and skeleton(word) in skeleton(sheet.name)]
    found = exact or whole or parts
    if len(found) == 1:
        return found[0]
    retired = next((sheet for sheet in project.retired if word in (sheet.code, sheet.name)), None)
    if retired:
        raise Refused(
            f"Indicator {retired.code} is told no more since {retired.retired}. "
            "Ask a report of that time for it: ct.evaluate with a period before."
        )
    if found:
        raise Refused(f"{word!r} may be {_listed(found, 'or')}. Name one by its code.")
    raise Refused(f"There is no indicator {word!r}. {_near(project, word)}")


def _near(project: Project, word: str) -> str:
    """Which indicators may have been meant; how to see all of them where none is near."""
    by_name = Nearness({sheet.code: (sheet.name,) for sheet in project.sheets}).of(word)
    begins = [sheet.code for sheet in project.sheets if word.startswith(sheet.code) or sheet.code.startswith(word)]
    near = [sheet for sheet in project.sheets if word and sheet.code in (by_name or begins)]
    return f"Near to it: {_listed(near)}." if near else f"There are {len(project.sheets)}: see indicators."


def _listed(sheets: Iterable[Sheet], how: Literal["standard", "or"] = "standard") -> str:
    return format_list([f"{sheet.code} {sheet.name}" for sheet in sheets], how, locale="en")


def fields_of(asked: str | Iterable[str] | None) -> tuple[str, ...]:
    """The fields that are asked for, one by one: "sex × age_group" and ("sex", "age_group") are two."""
    if asked is None:
        return ()
    parts = asked.replace("×", "*").split("*") if isinstance(asked, str) else asked
    return tuple(part.strip() for part in parts if part.strip() and part.strip() != "total")


def way_of(project: Project, sheet: Sheet, asked: Sequence[str]) -> tuple[str, ...] | None:
    """The fields of the sheet's own breakdown that is meant, in its order; None where it has no such breakdown."""
    own = next((way for way in sheet.disaggregations if sorted(way) == sorted(asked)), None)
    if own:
        return own
    spellings = spellings_of(project, sheet, {name for way in sheet.disaggregations for name in way})
    meant = [{name for name, words in spellings.items() if skeleton(word) in words} for word in asked]
    for way in sheet.disaggregations:
        if len(way) == len(meant) and _fits(way, meant):
            return way
    return None


def spellings_of(project: Project, sheet: Sheet, names: Iterable[str]) -> dict[str, set[str]]:
    """By field, what it may be called: its name and its title, in any case; of a coarse form both with "coarse" too."""
    found: dict[str, set[str]] = {}
    for name in names:
        plain = name.removesuffix(COARSE)
        words = {plain, plain.replace("_", " "), project.field(sheet, name).title}
        words |= {f"{word} coarse" for word in words} | {name} if name.endswith(COARSE) else set()
        found[name] = {skeleton(word) for word in words}
    return found


def spoken(way: Iterable[str]) -> str:
    """A breakdown as it is asked for: "sex × age_group", "exploitation coarse"."""
    return " × ".join(name.removesuffix(COARSE) + " coarse" * name.endswith(COARSE) for name in way)


def _fits(way: Sequence[str], meant: Sequence[set[str]]) -> bool:
    """Whether the fields of a way are those that are meant, in either order."""
    one, *other = way
    if not other:
        return one in meant[0]
    return any(one in meant[at] and other[0] in meant[1 - at] for at in (0, 1))


def no_such_breakdown(project: Project, sheet: Sheet, asked: Sequence[str]) -> Refused:
    """The refusal of a breakdown that there is not, with the near ones."""
    titles = {name: project.field(sheet, name).title for way in sheet.disaggregations for name in way}
    words = {name: (name, title) for name, title in titles.items()}
    near = dict.fromkeys(name for word in asked for name in Nearness(words).of(word)) if words else {}
    ways = [way for way in sheet.disaggregations if any(name in way for name in near)] or sheet.disaggregations
    there = f"There are: {', '.join(dict.fromkeys(map(spoken, ways)))}." if ways else "It is not broken down."
    return Refused(f"Indicator {sheet.code} is not broken down by {' × '.join(asked)}. {there}")


def periods_of(calendar: Calendar, every: str | None, period: str | Period | None) -> list[Period]:
    """The periods of a question: every quarter, one period, or else the last complete quarter.

    Refused: both are named, `every` is no kind of period, or a period cannot be reported.
    """
    if not (period is None or isinstance(period, (str, Period))):
        raise Refused('A question is of one period, or of every one: period="FY2015Q1", or every="quarter".')
    if every is not None and period:
        raise Refused('Name a period or every, not both: period="FY2015Q1", or every="quarter".')
    if every is None:
        return [calendar.parse(str(period)) if period else calendar.latest()]
    kind = EVERY.get(every.strip().casefold().removesuffix("s"))
    if kind is None:
        raise Refused(f"There is no every={every!r}. There are: {', '.join(EVERY)}.")
    return [one for one in calendar.completed(kind) if one.end <= calendar.life().end]


def horizon_of(project: Project, asked: str | None) -> str:
    """The horizon that is meant, in any case; "period" where none is named. Refused: there is none of this name."""
    word = " ".join((asked or "period").replace("_", " ").casefold().split())
    names = [*dict.fromkeys(one.horizon for one in windows(project, project.calendar.latest()))]
    names = [name for name in names if name != "as published"]
    if word not in names:
        near = Nearness({name: (name,) for name in names}).of(word)
        there = f"Near to it: {', '.join(near)}" if near else f"There are: {', '.join(names)}"
        raise Refused(f"There is no horizon {asked!r}. {there}.")
    return word
