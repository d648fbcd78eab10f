"""Many reports: which periods, what of each is to be made, and each in a child of its own on every core."""

import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from typing import Any

from ctanalysis import figures
from ctanalysis.base.errors import Refused
from ctanalysis.base.replacing import beside, clear
from ctanalysis.evaluation import Evaluation
from ctanalysis.formats.choice import check_installed
from ctanalysis.periods import Calendar, Period
from ctanalysis.project import clear_outputs
from ctanalysis.reports import index, making
from ctanalysis.reports.children import Ended, Say, each
from ctanalysis.reports.made_from import Source
from ctanalysis.reports.making import CORES
from ctanalysis.reports.planning import Asked, plan, reason
from ctanalysis.reports.warm import warm

KINDS: tuple[Any, ...] = ("quarter", "half", "year")
Print = Callable[[str], object]
Outcome = dict[str, Any]  # notebooks: those that were run; or refused: why there is no report


def periods(calendar: Calendar, since: str = "", named: str = "") -> list[Period]:
    """The periods to report, as they end: all that the records complete, those from one on, or those named.

    since: a period's label; named: labels with blanks between them. Refused: a label that is none, both at once.
    """
    if since and named:
        raise Refused("SINCE and PERIODS are both given. Give one: SINCE=FY2014, or PERIODS='FY2014 FY2015Q1'.")
    if named:
        return [calendar.parse(label) for label in dict.fromkeys(named.replace(",", " ").split())]
    every = [*(period for kind in KINDS for period in calendar.completed(kind)), calendar.life()]
    start = calendar.named(since).start if since else calendar.start
    return sorted((period for period in every if period.end >= start), key=lambda period: (period.end, period.start))


def stale(chosen: Sequence[Period], given: Source, asked: Asked = ()) -> dict[str, str]:
    """Of these periods, those whose report is not what its inputs say today: why, by label.

    asked: the documents that are asked for of each page.
    """
    return {period.label: why for period in chosen if (why := reason(given, period.label, asked))}


def make_all(labels: Sequence[str] | dict[str, str], given: Source, say: Print = print, asked: Asked = ()) -> list[str]:
    """Makes these reports, as far as something in them has changed; returns what could not be made, in words."""
    check_installed(asked)
    failures = []
    clear_outputs(given.project.folder)
    try:
        with (
            beside(given.reports / "figures") as drawn,  # the year's are the same in each of its quarters
            figures.drawn_once(drawn),
            closing(_in_children(given, labels, _made, asked)) as ended,
        ):
            for label, outcome in progress(ended, len(labels), say):
                if "notebooks" not in outcome:
                    failures.append(f"{label}: {_in_words(outcome)}")
    finally:
        clear(given.reports, tries=100)  # of children that were killed
        index.write(given.project, given.released)
    return failures


def plan_all(reasons: dict[str, str], given: Source, say: Print = print, asked: Asked = ()) -> None:
    """Says of each period which notebooks would run, and why."""
    outcomes = dict(_in_children(given, reasons, _planned, asked))
    for label, why in reasons.items():
        say(f"{label}: {_in_words(outcomes[label])} ({why})")


def _in_children(
    given: Source, labels: Sequence[str] | dict[str, str], do: Callable[..., list[str]], asked: Asked = ()
) -> Generator[tuple[str, Outcome], None, None]:
    """(label, outcome) of each period, as they end."""
    if not labels:
        return
    given.records  # noqa: B018  read here, once for all of them
    warm()
    at_once = max(1, CORES // len(labels))

    def work(label: str) -> Callable[[Say], None]:
        def run(say: Say) -> None:
            try:
                say({"notebooks": do(given, given.evaluation(label), at_once, asked)})
            except Refused as refusal:
                say({"refused": str(refusal)})

        return run

    with closing(each({label: work(label) for label in labels}, CORES)) as ended:
        for label, outcome in ended:
            yield label, {"refused": f"its process {outcome}"} if isinstance(outcome, Ended) else outcome


def _made(given: Source, evaluation: Evaluation, at_once: int, asked: Asked) -> list[str]:
    planned = plan(given, evaluation, asked)
    making.build(given, evaluation, planned, at_once)
    return planned.told


def _planned(given: Source, evaluation: Evaluation, at_once: int, asked: Asked) -> list[str]:
    return plan(given, evaluation, asked).told


def _in_words(outcome: Outcome) -> str:
    if "notebooks" not in outcome:
        return str(outcome["refused"])
    return ", ".join(map(str, outcome["notebooks"])) or "no notebook shows anything that has changed"


def progress(ended: Iterator[tuple[str, Outcome]], total: int, say: Print) -> Iterator[tuple[str, Outcome]]:
    """What ends, with one bar and the time left on a terminal, and a line for each elsewhere."""
    from tqdm import tqdm

    class Bar(tqdm):  # type: ignore[misc]  # tqdm ships no types
        monitor_interval = 0  # no thread: children are forked beside it

    on_a_terminal = sys.stderr.isatty()
    with Bar(total=total, unit="report", file=sys.stderr, disable=not on_a_terminal) as bar:
        for number, (label, outcome) in enumerate(ended, 1):
            bar.update()
            bar.set_postfix_str(label)
            if not on_a_terminal:
                say(f"{number} of {total}  {label}: {_in_words(outcome)}")
            yield label, outcome
