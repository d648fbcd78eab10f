"""Charts against the same drawn the ordinary way: bars of matplotlib in its constrained layout, as SVG and as PNG."""

from dataclasses import replace
from io import BytesIO
from statistics import median
from textwrap import fill
from time import process_time

from tests.bench.clocks import PERIOD, RUNS


def figures(folder):
    charts = shown(PERIOD)
    ways = {"ours": lambda chart: replace(chart).png(), "theirs": ordinary}  # a chart keeps its images
    seconds = [by_turns(charts, ways) for _ in range(RUNS + 1)][1:]  # the first loads the fonts
    ours, theirs = (median(run[way] for run in seconds) / len(charts) for way in ways)
    ratios = [run["ours"] / run["theirs"] for run in seconds]
    print(f"Figures: {len(charts)} charts of {PERIOD}, CPU seconds a chart, median of {RUNS} runs, chart by chart")
    print(f"   {ours:6.3f} s, the ordinary way {theirs:6.3f} s: {median(ratios):.2f} of its time", end=" ")
    print(f"({min(ratios):.2f} to {max(ratios):.2f})")


def shown(period):
    """The charts of a report."""
    from ctanalysis import evaluate, figures

    evaluation, areas = evaluate(period), ("prevention", "protection")
    galleries = [figures.headlines(evaluation)]
    galleries += [show(evaluation, area) for show in (figures.quarters, figures.breakdowns) for area in areas]
    return [figures.progress(evaluation), *(chart for gallery in galleries for chart in gallery.charts)]


def by_turns(charts, ways):
    """CPU seconds of each way for all charts, which are drawn chart by chart in turn."""
    spent = dict.fromkeys(ways, 0.0)
    for chart in charts:
        for name, way in ways.items():
            start = process_time()
            way(chart)
            spent[name] += process_time() - start
    return spent


def ordinary(chart):
    """Both images of a chart, from the data that it draws."""
    import matplotlib
    from matplotlib.figure import Figure

    from ctanalysis.figures.style import DPI, INCH, STYLE, WIDTH

    with matplotlib.rc_context(STYLE | {"text.hinting": "default", "axes.titley": None}):
        figure = Figure(figsize=(WIDTH / INCH, chart.height / INCH + 1), layout="constrained")
        figure.suptitle(fill(chart.title, 78), x=0.01, ha="left", fontsize=10, fontweight="bold")
        if chart.notes:
            figure.supxlabel("\n".join(chart.notes), x=0.01, ha="left", fontsize=7.5)
        panels(figure, chart.data) if "quarter" in chart.data else lying(figure, chart.data)
        figure.savefig(BytesIO(), format="svg")
        figure.savefig(file := BytesIO(), format="png", dpi=DPI)
    return file.getvalue()


def lying(figure, data):
    axes = figure.subplots()
    names, values = (data["category"], data["value"]) if "category" in data else (data["name"], data.iloc[:, 2])
    axes.bar_label(axes.barh([fill(name, 50) for name in names], values.fillna(0)), padding=3, fontsize=8)
    axes.invert_yaxis()
    axes.xaxis.set_visible(False)


def panels(figure, data):
    groups = list(data.groupby("indicator", sort=False))
    every = figure.subplots(len(groups), squeeze=False, sharex=True)[:, 0]
    for axes, (code, rows) in zip(every, groups, strict=True):
        axes.bar(rows["quarter"], rows["value"].fillna(0), color=rows["current"].map({True: "orange", False: "blue"}))
        axes.set_title(code)
    every[-1].tick_params(axis="x", labelrotation=45)
