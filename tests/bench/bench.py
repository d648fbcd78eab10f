"""Where the time goes: everything in one run on one machine, side by side.

Ratios are what can be compared from one machine to another; seconds depend on the machine and on
what else it does. Nothing here fails for being slow. What is compared is first shown to be equal,
value by value. The pieces of a report are measured in fresh processes, as a report has them; so
at its top this file imports the standard library only.

    python tests/bench/bench.py        every part
    python tests/bench/bench.py 1 5    some of them: 1 a report, 2 calculation, 3 imports, 4 checking, 5 auditing
"""

import ast
import os
import resource
import subprocess
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from shutil import copytree, rmtree
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time, thread_time
from unittest.mock import patch

PERIOD = "FY2015Q1"
SIZES = {1: 3, 10: 2, 100: 1}  # times the shipped records: how often each side is timed, the best counts
RUNS = 5  # of each import


def main(chosen):
    parts = {"1": report_from_cold, "2": calculations, "3": imports, "4": checking, "5": auditing}
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start. Seconds depend on the machine.")
    with TemporaryDirectory() as folder:
        keep_compiled(Path(folder) / "compiled")
        for name in chosen or parts:
            parts[name](Path(folder))


def keep_compiled(folder):
    """Makes every process from here on keep its compiled modules in a folder, whatever the caller has set or compiled before."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)


# --- One report from cold -------------------------------------------------------------------

HOW = {
    "process and kernel start": "one `python -c pass`, and for each notebook the kernel of a notebook with nothing in it",
    "imports": "in a fresh process: what the report's process imports; what each notebook imports once a kernel runs",
    "calculation": "evaluate(), in a fresh process for each notebook, and in the report's own",
    "figures": "drawing every chart of each notebook, image and data, in a fresh process",
    "narrative and tables": "every other statement of each notebook and what it shows, in a fresh process",
    "saving notebooks": "papermill's writing of the notebook (at every cell) and nbformat's, timed by thread in a real run",
    "running notebooks": "the rest of papermill's work: talking to kernels, checking notebooks, timed by thread in a real run",
    "HTML pages": "pages.page(), timed in a real run",
    "values and images": "files.write(), timed in a real run",
}


def report_from_cold(folder):
    from ctanalysis.project import load
    from ctanalysis.reports import notebooks

    project = copytree("data", folder / "data")
    command = [sys.executable, "-m", "ctanalysis", "report", "-p", "period", PERIOD, "-p", "project", str(project)]
    first = spent(command)[0]
    rmtree(project / "reports")  # a report that is there and newer than everything is not made again
    wall, whole = spent(command)
    sources = notebooks.chosen(load(project))
    print(
        f"\n1. One report from cold ({PERIOD}, {len(sources)} notebooks, two at a time): {wall:.1f} s from start to end, {whole:.1f} CPU seconds"
    )
    print(
        f"   (the very first, before Python has compiled any module: {first:.1f} s). Shares are of the CPU seconds of all processes.\n"
    )
    print_shares(parts_of_report(sources, project, folder), whole)


def parts_of_report(sources, project, folder):
    fresh(kernel_start, folder)  # compiles what only the pieces import
    parts = Counter(fresh(report_process, project))
    for source in sources:
        parts.update(fresh(notebook_process, source, project))
    parts["process and kernel start"] = spent([sys.executable, "-c", "pass"])[1] + len(sources) * fresh(
        kernel_start, folder
    )
    return parts


def print_shares(parts, whole):
    for name, how in HOW.items():
        print(f"   {parts[name] / whole:6.1%} {parts[name]:6.2f} s  {name:25} {how}")
    rest = whole - sum(parts[name] for name in HOW)
    print(
        f"   {rest / whole:6.1%} {rest:6.2f} s  {'other':25} the whole less all of the above, errors of measuring too"
    )


def spent(command):
    """Wall and CPU seconds of a command and of all processes that it waits for."""
    wall, before = perf_counter(), children()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - wall, children() - before


def children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def fresh(function, *arguments):
    """What a function gives in a process of its own, in which nothing of a report is imported."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def timed(parts, name, clock, function, *arguments, **options):
    """Calls a function; its CPU seconds go to a part."""
    start = clock()
    try:
        return function(*arguments, **options)
    finally:
        parts[name] += clock() - start


def report_process(project):
    """CPU seconds of the report's own process: a real run, with a clock around its parts."""
    parts = Counter()
    timed(parts, "imports", process_time, import_for_report)
    import nbformat
    import papermill

    from ctanalysis import reports
    from ctanalysis.reports import files, making, notebooks, pages

    with (
        clocked(parts, "calculation", making, "named"),
        clocked(parts, "running notebooks", notebooks, "execute"),
        clocked(parts, "saving notebooks", papermill.execute, "write_ipynb"),
        clocked(parts, "saving notebooks", papermill.engines, "write_ipynb"),
        clocked(parts, "writing", nbformat, "write"),
        clocked(parts, "HTML pages", pages, "page"),
        clocked(parts, "values and images", files, "write"),
    ):
        rmtree(project / "reports", ignore_errors=True)
        reports.make(PERIOD, project, say=lambda words: None)
    parts["running notebooks"] -= parts["saving notebooks"]  # which was done within it
    parts["saving notebooks"] += parts.pop("writing")
    return parts


def clocked(parts, name, module, function, clock=thread_time):
    return patch.object(module, function, partial(timed, parts, name, clock, getattr(module, function)))


def import_for_report():
    import jinja2  # noqa: F401
    import nbconvert  # noqa: F401
    import papermill  # noqa: F401

    import ctanalysis.__main__  # noqa: F401
    from ctanalysis import reports  # noqa: F401


def kernel_start(folder):
    """CPU seconds of the kernel that runs a notebook with nothing in it."""
    import nbformat

    from ctanalysis.reports import notebooks

    python = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python"}}
    nbformat.write(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("pass")], metadata=python), folder / "empty.ipynb"
    )
    before = children()
    notebooks.execute(folder / "empty.ipynb", {}, folder)
    return children() - before


def notebook_process(source, project):
    """CPU seconds of what a kernel does for a notebook: each statement run, and shown as a kernel shows it."""
    import ipykernel.ipkernel
    import ipykernel.kernelapp  # noqa: F401
    import nbformat

    parts, space = Counter(), {}
    for cell in nbformat.read(source, as_version=4).cells:
        if cell.cell_type == "code":
            for statement in ast.parse(cell.source).body:
                run(parts, statement, space)
        if "parameters" in cell.metadata.get("tags", ()):
            space.update(period=PERIOD, project=str(project))
    return parts


def run(parts, statement, space):
    code = ast.unparse(statement)
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        timed(parts, "imports", process_time, exec, code, space)
    elif not isinstance(statement, ast.Expr):
        timed(parts, "calculation", process_time, exec, code, space)
    elif code.startswith("figures."):
        timed(parts, "imports", process_time, import_for_drawing)
        timed(parts, "figures", process_time, show, code, space)
    else:
        timed(parts, "narrative and tables", process_time, show, code, space)


def import_for_drawing():
    import matplotlib.backends.backend_agg
    import matplotlib.figure  # noqa: F401


def show(code, space):
    from IPython.core.formatters import DisplayFormatter

    value = eval(code, space)
    for shown in getattr(value, "charts", (value,)):
        DisplayFormatter().format(shown)


# --- The calculation against filtering and grouping for each period ---------------------------


def calculations(folder):
    import naive

    from ctanalysis import indicators, records
    from ctanalysis.evaluation import SHIPPED
    from ctanalysis.project import load

    project = load(SHIPPED)
    shipped, windows = records.read(project), all_windows(project)
    print(
        f"\n2. Calculation: {len(project.sheets)} indicators, {len(windows)} windows (each complete quarter, half and year: the period,"
    )
    print(
        "   the fiscal year to date, the project to date), all disaggregations; CPU seconds of one thread, best of some runs."
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


def best(runs, function, *arguments):
    found = []
    for _ in range(runs):
        start = process_time()
        function(*arguments)
        found.append(process_time() - start)
    return min(found)


def all_windows(project):
    from ctanalysis import evaluation

    periods = [period for kind in ("quarter", "half", "year") for period in project.calendar.completed(kind)]
    return [window for period in periods for window in evaluation.windows(project, period)[:3]]


# --- Imports --------------------------------------------------------------------------------

IMPORTS = (
    "import ctanalysis",
    "import pandas, matplotlib",
    "import pandas, matplotlib.pyplot",
    "pass",
)  # pass: Python's own start


def imports(folder):
    found = {code: [] for code in IMPORTS}
    for _ in range(RUNS):
        for code in IMPORTS:
            found[code].append(spent([sys.executable, "-c", code])[0])
    seconds = {code: median(runs) for code, runs in found.items()}
    print(f"\n3. Imports, each a process from its start to its end: median of {RUNS} runs, by turns\n")
    for code, took in seconds.items():
        ratio = f"import ctanalysis takes {seconds[IMPORTS[0]] / took:.2f} times as long" if "pandas" in code else ""
        print(f"   {took:6.2f} s  {code:34} {ratio}")


# --- Reading and checking records, beside frictionless --------------------------------------------

CHECKED_ROWS = 1_000_000
TURNS = 3
PARTNERS = 40
EIGHT_FIELDS = [
    {"name": "visit_id", "type": "string", "title": "visit", "constraints": {"required": True, "unique": True}},
    {
        "name": "date",
        "type": "date",
        "title": "date",
        "constraints": {"required": True, "minimum": "2011-10-01", "maximum": "2015-09-30"},
    },
    {"name": "partner_id", "type": "string", "title": "partner code", "constraints": {"required": True}},
    {
        "name": "sex",
        "type": "string",
        "title": "sex",
        "categories": [{"value": "Feminine", "label": "female"}, {"value": "Masculine", "label": "male"}],
    },
    {
        "name": "kind",
        "type": "string",
        "title": "kind",
        "categories": [
            {"value": value, "label": value.lower()} for value in ("Shelter", "Health", "Legal", "Livelihood")
        ],
        "constraints": {"required": True},
    },
    {"name": "people", "type": "integer", "title": "people", "constraints": {"minimum": 0, "maximum": 500}},
    {"name": "cost", "type": "number", "title": "cost", "constraints": {"minimum": 0}},
    {"name": "agreed", "type": "boolean", "title": "agreed", "constraints": {"required": True}},
]


def checking(folder):
    project = million(folder / "million")
    turns = [(fresh(our_check, project), fresh(their_check, project)) for _ in range(TURNS)]
    ours, theirs = median(mine[0] for mine, _ in turns), median(other for _, other in turns)
    memory, frame = turns[0][0][1:]
    rows = f"{CHECKED_ROWS:,} rows of {len(EIGHT_FIELDS)} fields"
    print(
        f"\n4. Reading and checking {rows}, the same descriptor and file; CPU seconds, one thread, each in a process of its own: median of {TURNS} runs, by turns\n"
    )
    print(
        f"   ours {ours:6.1f} s ({CHECKED_ROWS / ours:9,.0f} rows a second), frictionless {theirs:6.1f} s ({CHECKED_ROWS / theirs:9,.0f} rows a second): {theirs / ours:.1f} times as long"
    )
    print(
        f"   memory beyond the imports at its peak {memory / 2**20:,.0f} MB, the frame {frame / 2**20:,.0f} MB: {memory / frame:.1f} times the frame's"
    )


def million(folder):
    """A project with a table of a million rows, from a seed, that refers to another."""
    import json
    from datetime import date, timedelta
    from random import Random

    import small

    small.write(folder, "id", 'measure = "count"\ntable = "visits"\ndate = "date"')
    partner = {
        "name": "partner_id",
        "type": "string",
        "title": "partner",
        "constraints": {"required": True, "unique": True},
    }
    partners = {
        "name": "partners",
        "path": "records/partners.csv",
        "title": "Partners",
        "disclosure": "open",
        "schema": {"fields": [partner], "primaryKey": ["partner_id"]},
    }
    key = {"fields": ["partner_id"], "reference": {"resource": "partners", "fields": ["partner_id"]}}
    visits = partners | {
        "name": "visits",
        "path": "records/visits.csv",
        "title": "Visits",
        "schema": {"fields": EIGHT_FIELDS, "primaryKey": ["visit_id"], "foreignKeys": [key]},
    }
    (folder / "datapackage.json").write_text(
        json.dumps({"name": "million", "resources": [partners, visits]}), encoding="utf-8"
    )
    (folder / "records/rows.csv").unlink()
    (folder / "records/partners.csv").write_text(
        "\n".join(["partner_id", *(f"PA{number}" for number in range(PARTNERS))]) + "\n", encoding="utf-8"
    )
    random, days = Random(7), [(date(2011, 10, 1) + timedelta(number)).isoformat() for number in range(1100)]
    with open(folder / "records/visits.csv", "w", encoding="utf-8") as file:
        file.write(",".join(field["name"] for field in EIGHT_FIELDS) + "\n")
        for number in range(CHECKED_ROWS):
            a, b = random.random(), random.random()
            kind, sex = (
                ("Shelter", "Health", "Legal", "Livelihood")[int(a * 4)],
                ("Feminine", "Masculine", "")[int(b * 2.2)],
            )
            file.write(
                f"V{number:07},{days[int(a * 1100)]},PA{int(b * PARTNERS)},{sex},{kind},{int(a * 90)},{int(b * 100000) / 100},{('true', 'false')[int(a * 2)]}\n"
            )
    return folder


def our_check(folder):
    """CPU seconds of survey(), its memory at the peak beyond the imports', and the frame's."""
    import ctanalysis.records
    from ctanalysis.project import load

    project, before = load(folder), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = process_time()
    found = ctanalysis.records.survey(project)
    took = process_time() - start
    assert not found.findings and len(found["visits"]) == CHECKED_ROWS
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return took, (peak - before) * 1024, sum(int(frame.memory_usage(deep=True).sum()) for frame in found.values())


def their_check(folder):
    """CPU seconds of frictionless' validation of the same descriptor and file; categories are its enums."""
    import json

    from frictionless import Package

    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for table in package["resources"]:
        for field in table["schema"]["fields"]:
            if "categories" in field:
                field["constraints"] = field.get("constraints", {}) | {
                    "enum": [category["value"] for category in field.pop("categories")]
                }
    start = process_time()
    report = Package.from_descriptor(package, basepath=str(folder)).validate()
    assert report.valid
    return process_time() - start


# --- Auditing a release, beside making its report ---------------------------------------------


def auditing(folder):
    project, releases = copytree("data", folder / "audited"), list(fresh(in_order, "data"))
    *earlier, last = releases
    print(
        f"\n5. Auditing each release beside everything published before it: {len(releases)} of the shipped project, in their order; CPU seconds of one process\n"
    )
    for (label, _), found in zip(earlier, fresh(all_audited, project, earlier)):
        print_audit(label, found)
    turns = [(fresh(audited, project, last[0]), made(project, last[0])) for _ in range(TURNS)]
    audit, gate = (median(found[name] for found, _ in turns) for name in ("seconds", "gate"))
    report = median(took for _, took in turns)
    print_audit(last[0], turns[0][0] | {"seconds": audit, "gate": gate})
    print(
        f"\n   {last[0]}: its audit {audit:.2f} s, making its report {report:.1f} s (all its processes, the gate's asking of {gate:.2f} s once), both with all earlier"
    )
    print(
        f"   releases in hand: median of {TURNS} runs, by turns: the audit takes {audit / report:.2f} times as long as the report"
    )


def print_audit(label, found):
    print(
        "   {:8} {seconds:5.2f} s  {cells:6,} printed cells, {variables:6,} variables, {rows:6,} rows, {programs:4} linear programs, {targets:6,} cells asked for, {opened} opened; the gate had asked {gate:5.2f} s".format(
            label, **found
        )
    )


def in_order(folder):
    """Every complete quarter and year as (label, a day after it ended), a quarter before the year that it ends; the last quarter is the last of all."""
    from datetime import timedelta

    from ctanalysis.project import load

    calendar = load(folder).calendar
    periods = sorted(
        (period for kind in ("quarter", "year") for period in calendar.completed(kind)),
        key=lambda period: (period.end, -period.start.toordinal()),
    )
    assert periods[-1].label == PERIOD
    return [(period.label, (period.end + timedelta(20)).isoformat()) for period in periods]


def all_audited(project, releases):
    return [audited(project, *one) for one in releases]


def made(project, label):
    """CPU seconds of making a report that is not there yet."""
    rmtree(project / "reports", ignore_errors=True)
    return spent([sys.executable, "-m", "ctanalysis", "report", "-p", "period", label, "-p", "project", str(project)])[
        1
    ]


def audited(project, label, day=""):
    """The time and size of a release's audit, as publishing does it. With a day it is then published: an empty folder, since only the ledger is asked."""
    from ctanalysis.disclosure import conditioned, gate, ledger
    from ctanalysis.evaluation import named
    from ctanalysis.releases import publishing

    asked = Counter()
    with clocked(asked, "the gate", gate, "decided", process_time):
        evaluation = named(label, project)
    known, cells = ledger.read(evaluation.project), publishing.published_cells(evaluation)
    frames = [*ledger.printed(evaluation.project, known), cells]
    found = size_of_audit(frames, evaluation.project, conditioned(evaluation.project))
    if day:
        with TemporaryDirectory() as nothing:
            lines, head = ledger.lines_of(cells, (label, 0, day), known.head)
            record = {"release": label, "revision": 0, "date": day, "reason": "", "ledger": head}
            publishing._publish(nothing, ledger.folder_of(evaluation.project), lines, record)
    return found | {"gate": asked["the gate"]}


def size_of_audit(frames, project, conditioned):
    from importlib import import_module

    from ctanalysis.disclosure.audit.versions import versioned

    auditor, programs, solved = import_module("ctanalysis.disclosure.audit.opened"), [], []
    program, smallest = auditor.Program, auditor.smallest
    kept = lambda *arguments: programs.append(program(*arguments)) or programs[-1]  # noqa: E731
    counted = lambda *arguments: solved.append(1) or smallest(*arguments)  # noqa: E731
    with patch.object(auditor, "Program", kept), patch.object(auditor, "smallest", counted):
        start = process_time()
        found = auditor.opened(versioned(frames), project, conditioned)
        took = process_time() - start
    return {
        "seconds": took,
        "opened": len(found),
        "programs": len(solved),
        "cells": sum(len(one.cells) for one in programs),
        "variables": sum(one.rows.shape[1] for one in programs),
        "rows": sum(one.rows.shape[0] for one in programs),
        "targets": sum(len(one.targets) for one in programs),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
