"""The calculation against filtering and grouping for each period."""

from dataclasses import replace

from tests.bench.clocks import SIZES, best


def calculations(folder):
    from ctanalysis import indicators, records
    from ctanalysis.evaluation import SHIPPED
    from ctanalysis.project import load
    from tests.oracles import naive

    project = plain(load(SHIPPED))
    shipped, windows = records.read(project), all_windows(project)
    print(
        f"Calculation: {len(project.sheets)} indicators, {len(windows)} windows (each complete quarter, half "
        "and year: the period,"
    )
    print(
        "   the fiscal year to date, the project to date), all disaggregations; CPU seconds of one thread, best "
        "of some runs."
    )
    print("   Naive: pandas, filter then group for each window and disaggregation; joins once for each indicator.\n")
    for times, runs in SIZES.items():
        many = naive.replicated(project.package, shipped, times)
        count = naive.check_equal(
            naive.calculate(project, many, windows), indicators.calculate(project, many, windows), windows
        )
        ours = best(runs, indicators.calculate, project, many, windows)
        theirs = best(runs, naive.calculate, project, many, windows)
        joins = best(runs, naive.joins_only, project, many)
        rows = sum(map(len, many.values()))
        seconds = f"{ours:6.2f} s, naive {theirs:6.2f} s (joins {joins:.2f} s of it)"
        ratios = f"{theirs / ours:5.1f} times as long, {(theirs - joins) / ours:5.1f} without its joins"
        print(f"   {times:3} x records ({rows:9,} rows): {seconds}: {ratios}; {count:,} values equal")


def plain(project):
    """The project without its ratios and cohorts, which the naive calculation has not (see measures)."""
    sheets = [sheet for sheet in project.sheets if sheet.measure != "ratio" and len(sheet.by_table) == 1]
    return replace(project, sheets=tuple(sheets))


def all_windows(project):
    from ctanalysis.indicators import horizons

    periods = [period for kind in ("quarter", "half", "year") for period in project.calendar.completed(kind)]
    return [window for period in periods for window in horizons.windows(project, period)[:3]]
