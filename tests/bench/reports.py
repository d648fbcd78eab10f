"""Reports: all of some periods, one from cold, and nothing to do, beside the commands of papermill and nbconvert.

The peers run the same notebooks with `papermill` and `jupyter nbconvert --to html`, two at a time under make. What
they execute is first shown to be what our reports hold.
"""

import os
import shlex
import sys
from functools import cache
from pathlib import Path
from shutil import copytree, ignore_patterns, rmtree
from statistics import median

from tests.bench.clocks import PERIOD, doing, spent

PERIODS = ("FY2012Q1", "FY2013H1", "FY2014Q2", "FY2014", "LOP", "FY2015Q1")
COMPARED = ("FY2013H1", "LOP", PERIOD)  # of them, one of each kind: what the peers execute is shown to be the same
PAIRS = 3
CORES = len(os.sched_getaffinity(0))
BIN = Path(sys.executable).parent


def beside_commands(folder):
    project = compared(folder)
    pairs(lambda: commands(PERIODS, folder, project), lambda: ours(PERIODS, project), "at least 4")


def beside_commands_as_installed(folder):
    project = compared(folder)
    slow = with_the_slow_import(folder)
    if not slow:
        print("Not measured: the package that `make link` takes out cannot be had here.")
        return
    pairs(lambda: commands(PERIODS, folder, project, slow), lambda: ours(PERIODS, project), "at least 6")


def beside_functions(folder):
    from ctanalysis.project import load
    from ctanalysis.reports import running

    project = compared_with_functions(folder)
    every = [period.label for period in running.periods(load(project).calendar)]
    doing(f"{len(every)} reports")
    pairs(lambda: ours(every, project), lambda: functions(every, project), "at most 1.3")


def from_cold(folder):
    project = compared(folder)
    pairs(lambda: commands((PERIOD,), folder, project), lambda: one(project), "at least 2.5")


def nothing_to_do(folder):
    project = copied(folder)
    ours(PERIODS, project)
    seconds = [spent(command(project, PERIODS))[0] for _ in range(PAIRS)]
    print(f"{median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f}), of {PAIRS} runs; wanted: at most 2 s")


def pairs(slower, faster, wanted):
    """Prints how many times one takes the wall seconds of another, in turn."""
    seconds = []
    for turn in range(PAIRS):
        seconds.append((slower(), faster()))
        doing(f"pair {turn + 1} of {PAIRS}: {seconds[-1][0]:.1f} s and {seconds[-1][1]:.1f} s")
    ratios = sorted(one / other for one, other in seconds)
    took = " and ".join(f"{median(side):.1f} s" for side in zip(*seconds, strict=True))
    print(f"{median(ratios):.2f} times ({ratios[0]:.2f} to {ratios[-1]:.2f}), {took}; wanted: {wanted}")


@cache
def copied(folder):
    """The shipped project, to make reports of."""
    return copytree("data", folder / "data", ignore=ignore_patterns("reports", "releases", "internal"))


@cache
def compared(folder):
    """The same, once what the peers execute is shown to be what our reports hold, output by output."""
    import nbformat

    from tests.generators.publication import outputs

    project = copied(folder)
    doing("are both the same?")
    commands(COMPARED, folder, project)
    ours(COMPARED, project)
    for period in COMPARED:
        for name, shown in reported(project, period).items():
            theirs = nbformat.read(folder / "peer" / f"{period}-{name}.ipynb", as_version=4)
            assert shown == outputs(theirs), (period, name)
    return project


@cache
def compared_with_functions(folder):
    """The same, once what the plain functions execute is shown to be what our report of a period holds.

    They run in a process of its own, so that nothing that is timed afterwards is warmer for it.
    """
    from ctanalysis.reports import making
    from ctanalysis.reports.children import each

    project = copied(folder)
    doing("do the functions give the same?")
    one(project)
    [(_, differ)] = each({"functions": lambda say: say(differing(making.source(project), project, PERIOD))}, 1)
    assert differ == [], differ
    return project


def differing(given, project, label):
    """The pages of which the plain functions show something else than the report of a period in the project."""
    from tests.generators.publication import outputs

    shown = {name: outputs(notebook) for name, notebook in run_plainly(given, given.evaluation(label)).items()}
    ours = reported(project, label)
    return sorted(name for name in {*shown, *ours} if shown.get(name) != ours.get(name))


def reported(project, label):
    """By page, everything that the notebooks of a report show."""
    import nbformat

    from tests.generators.publication import outputs

    paths = sorted((project / "reports" / label).glob("*.ipynb"))
    assert paths, label
    return {path.stem: outputs(nbformat.read(path, as_version=4)) for path in paths}


def command(project, periods):
    named = ["--periods", " ".join(periods)]
    return [sys.executable, "-m", "ctanalysis", "reports", "-p", "project", str(project), *named]


def ours(periods, project):
    rmtree(project / "reports", ignore_errors=True)
    return spent(command(project, periods))[0]


def one(project):
    rmtree(project / "reports", ignore_errors=True)
    return spent([sys.executable, "-m", "ctanalysis", "report", "-p", "period", PERIOD, "-p", "project", str(project)])[
        0
    ]


def commands(periods, folder, project, path=""):
    """Wall seconds of papermill and nbconvert: a rule of make for each notebook of each period, on all cores."""
    out = folder / "peer"
    rmtree(out, ignore_errors=True)
    out.mkdir()
    (out / "Makefile").write_text("".join(rules(periods, out, project, path)), encoding="utf-8")
    return spent(["make", "-s", "-f", str(out / "Makefile"), f"-j{CORES}", "all"])[0]


def rules(periods, out, project, path):
    from ctanalysis.project import load
    from ctanalysis.reports import notebooks

    chosen = notebooks.chosen(load(project))
    made = [(period, page, f"{out}/{period}-{page.name}") for period in periods for page in chosen]
    yield f"all: {' '.join(f'{name}.html' for _, _, name in made)}\n"
    for period, page, name in made:
        area = f" -p area {page.area}" if page.area else ""
        setting = (
            f"PYTHONPATH={shlex.quote(path + os.pathsep + os.environ.get('PYTHONPATH', ''))} PYTHONWARNINGS=ignore"
        )
        asked = f"-p period {period} -p project {project}{area}"
        run = f"{BIN}/papermill {page.source} {name}.ipynb {asked} --no-progress-bar"
        yield f"{name}.html:\n\t@{setting} {run} >{name}.log 2>&1\n"
        yield f"\t@{setting} {BIN}/jupyter nbconvert --to html {name}.ipynb >>{name}.log 2>&1\n"


def functions(every, project):
    """The limit: the same cells as plain functions, in a warm process a core that has read and imported all."""
    from ctanalysis.reports import making
    from ctanalysis.reports.children import each
    from ctanalysis.reports.warm import warm

    rmtree(project / "reports", ignore_errors=True)
    given = making.source(project)
    given.records  # noqa: B018  read before the clock starts
    warm()
    from time import perf_counter

    shares = {str(core): every[core::CORES] for core in range(CORES)}
    began = perf_counter()
    works = {
        name: lambda say, periods=periods: say([plain(given, period) for period in periods])
        for name, periods in shares.items()
    }
    for name, outcome in each(works, CORES):
        assert isinstance(outcome, list), (name, outcome)
    return perf_counter() - began


def plain(given, label):
    """Every cell of a report and its pages, in this process; how many bytes the pages have."""
    from ctanalysis.reports import notebooks, pages

    evaluation = given.evaluation(label)
    titles = {page.name: page.title for page in notebooks.chosen(evaluation.project)}
    done = run_plainly(given, evaluation)
    return sum(len(pages.page(notebook, name, evaluation, titles)) for name, notebook in done.items())


def run_plainly(given, evaluation):
    """By page, the notebooks of a report with what their cells show, run in this process."""
    from unittest.mock import patch

    from ctanalysis.reports import notebooks
    from tests.generators.publication import executed, of_page

    parameters = {"period": evaluation.period.label, "project": str(given.given)}
    chosen = notebooks.chosen(evaluation.project)
    with patch("ctanalysis.named", lambda *_: evaluation):
        return {page.name: executed(page.source, of_page(page, parameters)) for page in chosen}


def with_the_slow_import(folder):
    """A folder with the checker of formats that make link takes out; empty where it cannot be had."""
    import subprocess

    target = folder / "slow"
    asked = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), "rfc3987-syntax"]
    return str(target) if subprocess.run(asked, capture_output=True, check=False).returncode == 0 else ""
