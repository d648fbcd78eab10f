"""The caveats of what failed a standard: the words, and beside which numbers they stand."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
from babel.lists import format_list

from ctanalysis.disclosure.protected import UNTOLD
from ctanalysis.language import Speech, Worded
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.quality.assessment import LIFE
from ctanalysis.quality.failing import shortened
from ctanalysis.quality.public import ELSEWHERE
from ctanalysis.quality.standards import NOT_MET

MARK = "[u]"  # of uncertain quality: shorthand as the UK's Government Analysis Function has it, [u] low reliability
ENGLISH = Speech()
MOST_NAMED = 4
Days = tuple[str, str]  # first and last, ISO
Of = Callable[[str, str], bool]  # whether what an indicator failed in days (their label) stands somewhere


@dataclass(frozen=True)
class Failure:
    """A standard that was not met in some days, with all the indicators whose data failed it alike.

    days: in words. by: what it was failed by, as far as that is public; often empty.
    """

    codes: tuple[str, ...]
    standard: str
    days: str
    by: str


def caveats(frame: pd.DataFrame, label: str, is_of: Of = lambda code, days: True) -> dict[str, str]:
    """By indicator, of each whose data failed a standard, the words that stand where it is reported.

    label: of the reporting period. Days other than the period's own are named. is_of: whether an indicator's caveat of
    days (their label) stands there.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for code, standard, days, _ in _failed(frame, is_of):
        found.setdefault(code, []).append((standard, days))
    return {code: _caveat(parts, label) for code, parts in found.items()}


def _failed(frame: pd.DataFrame, is_of: Of) -> Iterator[tuple[str, str, str, str]]:
    """(indicator, standard, days as labels with blanks between them, by what) of each that was not met in such days."""
    failed = frame.loc[frame["verdict"] == NOT_MET, ["indicator", "standard", "days", "evidence", "failed_by"]]
    for code, standard, days, evidence, by in failed.itertuples(index=False, name=None):
        kept = " ".join(one for one in days.split() if is_of(code, one))
        if kept:
            yield code, standard, kept, shortened(by) or ("" if evidence == ELSEWHERE else evidence)


def caveats_told(frame: pd.DataFrame, project: Project, period: Period, printed: pd.DataFrame) -> dict[str, str]:
    """caveats() of a report: those of days of which it tells a number. printed: every value that it prints."""
    return caveats(frame, period.label, _is_told(project, period, printed))


def failures_told(frame: pd.DataFrame, project: Project, period: Period, printed: pd.DataFrame) -> tuple[Failure, ...]:
    """The same, each once: a Failure for all indicators that failed a standard alike."""
    alike: dict[tuple[str, str, str], list[str]] = {}
    for code, standard, days, by in _failed(frame, _is_told(project, period, printed)):
        alike.setdefault((standard, days, by), []).append(code)
    return tuple(Failure(tuple(codes), standard, _named(days), by) for (standard, days, by), codes in alike.items())


def _is_told(project: Project, period: Period, printed: pd.DataFrame) -> Of:
    """Whether a report tells a number of an indicator in days that lie among those of a label."""
    told: dict[str, set[Days]] = {}
    shown = printed.loc[printed["status"] != UNTOLD, ["indicator", "start", "end"]].drop_duplicates()
    for code, *days in shown.itertuples(index=False, name=None):
        told.setdefault(code, set()).add((days[0], days[1]))
    days_of = cache(lambda one: _days_of(project, period, one))
    return lambda code, one: any(_overlap(days_of(one), days) for days in told.get(code, ()))


def caveats_beside(frame: pd.DataFrame, project: Project, period: Period) -> Callable[[str, str], dict[str, str]]:
    """The caveats() that stand beside numbers of days, from a first to a last one: those of what failed in such."""

    @cache
    def beside(start: str, end: str) -> dict[str, str]:
        is_of = cache(lambda one: _overlap(_days_of(project, period, one), (start, end)))
        return caveats(frame, period.label, lambda _, one: is_of(one))

    return beside


def with_caveats(
    values: pd.DataFrame, beside: Callable[[str, str], dict[str, str]], lacks: Mapping[tuple[str, str, str], str]
) -> pd.DataFrame:
    """Values with a column caveat: what stands beside numbers of their days, and what else is missing behind them.

    values: with indicator, start and end. beside: as caveats_beside gives it. lacks: as an evaluation has them.
    """
    keys = [*zip(values["indicator"], values["start"], values["end"], strict=True)]
    both = [(beside(start, end).get(code), lacks.get((code, start, end))) for code, start, end in keys]
    return values.assign(caveat=["; ".join(filter(None, words)) for words in both])


def _days_of(project: Project, period: Period, label: str) -> Days:
    """The days of a label; of the project to date, to the end of the report's period."""
    if label == LIFE:
        return project.facts.start.isoformat(), period.end.isoformat()
    days = project.calendar.parse(label)
    return days.start.isoformat(), days.end.isoformat()


def _overlap(one: Days, other: Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def mark(caveats: Mapping[str, str], code: str) -> str:
    """What stands behind an indicator's name where it has a caveat, which stands in a list; nothing where not."""
    return f" {MARK}" if code in caveats else ""


def pointer(caveats: Mapping[str, str], codes: Iterable[str]) -> tuple[str, ...]:
    """For below a figure: which of its indicators have a caveat, and where it stands; nothing where none has."""
    marked = [code for code in dict.fromkeys(codes) if code in caveats]
    return (f"{MARK} Caveat on {format_list(marked, locale='en')}: see Caveats.",) if marked else ()


def _caveat(failed: Sequence[tuple[str, str]], label: str) -> str:
    """Caveat: the reporting period's data did not meet the standards of precision and timeliness (see Data quality)"""
    worded = Speech().worded
    own = [standard for standard, days in failed if label in days.split()]
    parts = [worded("caveats.of_period", **_standards(own))] if own else []
    others = {days: [s for s, of in failed if of == days and label not in of.split()] for _, days in failed}
    for days, standards in others.items():
        if standards:
            parts.append(worded("caveats.of_days", days=_named(days), **_standards(standards)))
    return worded("caveats.caveat", what=Worded.joined(parts))


def _standards(names: Sequence[str]) -> dict[str, Any]:
    """How many standards, and which, as parts of a message."""
    return {"number": len(names), "standards": [Speech().worded(f"standard.{name}") for name in names]}


def _named(days: str) -> str:
    """FY2012Q1 and FY2013Q3; of many, how many quarters."""
    labels = days.split()
    if len(labels) > MOST_NAMED:
        return ENGLISH.worded("caveats.quarters", number=len(labels), first=min(labels), last=max(labels))
    named = [ENGLISH.worded("caveats.to_date") if one == "LOP" else one for one in labels]
    return ENGLISH.worded("caveats.days", days=named)
