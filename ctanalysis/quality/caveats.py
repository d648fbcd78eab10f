"""The caveats of what failed a standard: the words, and beside which numbers they stand."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

import pandas as pd
from babel.lists import format_list

from ctanalysis.disclosure.protected import UNTOLD
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.quality.assessment import LIFE
from ctanalysis.quality.standards import NOT_MET

MARK = "†"
MOST_NAMED = 4
Days = tuple[str, str]  # first and last, ISO


def caveats(
    frame: pd.DataFrame, label: str, is_of: Callable[[str, str], bool] = lambda code, days: True
) -> dict[str, str]:
    """By indicator, of each whose data failed a standard, the words that stand where it is reported.

    label: of the reporting period. Days other than the period's own are named. is_of: whether an indicator's caveat of
    days (their label) stands there.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    failed = frame[frame["verdict"] == NOT_MET]
    for code, standard, days in failed[["indicator", "standard", "days"]].itertuples(index=False, name=None):
        kept = [one for one in days.split() if is_of(code, one)]
        found.setdefault(code, []).extend([(standard, " ".join(kept))] if kept else [])
    return {code: _caveat(parts, label) for code, parts in found.items() if parts}


def caveats_told(frame: pd.DataFrame, project: Project, period: Period, printed: pd.DataFrame) -> dict[str, str]:
    """caveats() of a report: those of days of which it tells a number. printed: every value that it prints."""
    told: dict[str, set[Days]] = {}
    shown = printed.loc[printed["status"] != UNTOLD, ["indicator", "start", "end"]].drop_duplicates()
    for code, *days in shown.itertuples(index=False, name=None):
        told.setdefault(code, set()).add((days[0], days[1]))
    days_of = cache(lambda one: _days_of(project, period, one))
    return caveats(
        frame, period.label, lambda code, one: any(_overlap(days_of(one), days) for days in told.get(code, ()))
    )


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
    """What stands behind an indicator's name where its caveat stands in a footnote; nothing where it has none."""
    return f" {MARK}" if code in caveats else ""


def footnotes(caveats: Mapping[str, str], codes: Iterable[str]) -> tuple[str, ...]:
    """The caveats of the indicators that have one, each once, behind the mark and the codes that it is about."""
    about: dict[str, list[str]] = {}
    for code in (code for code in dict.fromkeys(codes) if code in caveats):
        about.setdefault(caveats[code], []).append(code)
    return tuple(f"{MARK} {format_list(of, locale='en')}: {words}." for words, of in about.items())


def _caveat(failed: Sequence[tuple[str, str]], label: str) -> str:
    """Caveat: the reporting period's data did not meet the standards of precision and timeliness (see Data quality)"""
    own = [standard for standard, days in failed if label in days.split()]
    parts = [f"the reporting period's data did not meet the {_standards(own)}"] if own else []
    others = {days: [s for s, of in failed if of == days and label not in of.split()] for _, days in failed}
    for days, standards in others.items():
        if standards:
            parts.append(f"the data of other days ({_named(days)}) did not meet the {_standards(standards)}")
    return f"Caveat: {'; '.join(parts)} (see Data quality)"


def _standards(names: Sequence[str]) -> str:
    return f"standard{'s' if len(names) > 1 else ''} of {format_list(list(names), locale='en')}"


def _named(days: str) -> str:
    """FY2012Q1 and FY2013Q3; of many, how many quarters."""
    labels = days.split()
    if len(labels) > MOST_NAMED:
        return f"{len(labels)} quarters from {min(labels)} to {max(labels)}"
    return format_list(["the project to date" if one == "LOP" else one for one in labels], locale="en")
