"""Many reports: which periods, what of each is to be made, and each in a child of its own on every core."""

import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any

from ctanalysis import figures
from ctanalysis.base.errors import Refused
from ctanalysis.base.replacing import beside, clear
from ctanalysis.formats.choice import check_installed
from ctanalysis.periods import Calendar, Period
from ctanalysis.project import clear_outputs
from ctanalysis.reports import index, units
from ctanalysis.reports.children import Ended, Say, each
from ctanalysis.reports.languages import NOTHING, Asked
from ctanalysis.reports.made_from import Source
from ctanalysis.reports.making import CORES
from ctanalysis.reports.warm import warm

KINDS: tuple[Any, ...] = ("quarter", "half", "year")
Print = Callable[[str], object]
Outcome = dict[str, Any]  # notebooks: those that were run; or refused: why there is no report
Outcomes = Generator[tuple[str, Outcome], None, None]  # by name, as they end


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


def make_all(labels: Iterable[str], given: Source, say: Print = print, asked: Asked = NOTHING) -> list[str]:
    """Makes these reports, as far as something in them has changed; returns what could not be made, in words."""
    every = [*labels]
    return failures(made(given, every, asked), len(every), say)


def failures(ended: Outcomes, total: int, say: Print = print) -> list[str]:
    """Says what ends, as progress(); returns what could not be made, in words."""
    with closing(ended):
        return [f"{name}: {in_words(how)}" for name, how in progress(ended, total, say) if "notebooks" not in how]


def made(given: Source, labels: Sequence[str], asked: Asked = NOTHING) -> Outcomes:
    """Makes reports of a project in children of their own, on every core: (label, outcome) of each, as they end."""
    check_installed(asked.documents)
    with (
        tidied(given),
        beside(given.reports / "figures") as drawn,  # the year's are the same in each of its quarters
        figures.drawn_once(drawn),
        closing(_in_children(given, labels, units.make, asked)) as ended,
    ):
        yield from ended


@contextmanager
def tidied(given: Source) -> Iterator[None]:
    """What dead runs left is taken away before, what killed children left after; then the index is written."""
    clear_outputs(given.project.folder)
    try:
        yield
    finally:
        clear(given.reports, tries=100)
        index.write(given.project, given.released)


def plan_all(reasons: Mapping[str, str], given: Source, say: Print = print, asked: Asked = NOTHING) -> None:
    """Says of each report which notebooks would run, and why."""
    outcomes = dict(_in_children(given, [*reasons], units.told, asked))
    for label, why in reasons.items():
        say(f"{label}: {in_words(outcomes[label])} ({why})")


def _in_children(
    given: Source, labels: Sequence[str], do: Callable[[Source, str, Asked, int], list[str]], asked: Asked
) -> Outcomes:
    if not labels:
        return
    given.records  # noqa: B018  read here, once for all of them
    warm()
    at_once = max(1, CORES // len(labels))

    def work(label: str) -> Callable[[Say], None]:
        def run(say: Say) -> None:
            try:
                say({"notebooks": do(given, label, asked, at_once)})
            except Refused as refusal:
                say({"refused": str(refusal)})

        return run

    with closing(each({label: work(label) for label in labels}, CORES)) as ended:
        for label, outcome in ended:
            yield label, of_child(outcome)


def of_child(said: Any) -> Outcome:
    """The outcome that a child says, or that it Ended without one."""
    return {"refused": f"its process {said}"} if isinstance(said, Ended) else said


def in_words(outcome: Outcome) -> str:
    """What came of a unit of work."""
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
                say(f"{number} of {total}  {label}: {in_words(outcome)}")
            yield label, outcome
