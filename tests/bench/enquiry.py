"""All quarters of all indicators with all their breakdowns, beside the values of two evaluations of one period."""

from statistics import median
from time import perf_counter

from tests.bench.clocks import doing

SIZES = {1: 7, 10: 5, 66: 3}  # times the shipped records, and rounds


def enquiry(folder):
    from ctanalysis import records
    from ctanalysis.disclosure import ledger
    from ctanalysis.evaluation import SHIPPED
    from ctanalysis.project import load
    from tests.oracles import naive

    project = load(SHIPPED)
    shipped, released = records.read(project), ledger.read(project)
    print(
        "All quarters of all indicators with all breakdowns, calculated and past the gate; beside it two evaluations\n"
        "of the last quarter (values, history, evidence, past the gate; not their quality). Both in turn.\n"
    )
    for times, rounds in SIZES.items():
        rows = shipped if times == 1 else naive.replicated(project.package, shipped, times)
        size = sum(map(len, rows.values()))
        doing(f"{size:,} rows")
        found = [
            (_seconds(all_quarters, project, rows, released), _seconds(two, project, rows, released))
            for _ in range(rounds)
        ]
        ratios, seconds = [theirs / ours for ours, theirs in found], median(ours for ours, _ in found)
        print(
            f"   {times:3} x records ({size:9,} rows): {seconds:5.2f} s; two evaluations take "
            f"{median(ratios):.1f} times as long ({min(ratios):.1f} to {max(ratios):.1f})"
        )


def all_quarters(project, rows, released):
    from ctanalysis import indicators
    from ctanalysis.disclosure import ledger, protect
    from ctanalysis.disclosure.printed_bounds import bounded
    from ctanalysis.disclosure.standing import standing
    from ctanalysis.enquiry.values import spans_of
    from ctanalysis.indicators.horizons import year_ends

    stand = standing(project, rows, year_ends(project, project.calendar.life()), released)
    spans = [*spans_of(project, project.calendar.completed("quarter"), "period").values()]
    exact = indicators.with_people(project, rows, spans)
    bounded(protect(exact, project, stand, ledger.printed(project, released)), project)


def two(project, rows, released):
    from ctanalysis.disclosure.of_report import of_report
    from ctanalysis.disclosure.standing import standing
    from ctanalysis.indicators.horizons import year_ends

    latest = project.calendar.latest()
    for _ in range(2):
        stand = standing(project, rows, year_ends(project, latest), released)
        of_report(project, latest, rows, stand, released)


def _seconds(what, *given):
    start = perf_counter()
    what(*given)
    return perf_counter() - start
