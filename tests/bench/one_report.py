"""One report from cold, and the shares of its parts."""

import ast
import sys
from collections import Counter
from functools import partial
from shutil import copytree, rmtree
from time import process_time, thread_time
from unittest.mock import patch

from tests.bench.clocks import PERIOD, children, fresh, spent, timed

HOW = {
    "process and kernel start": "one `python -c pass`, and for each notebook the kernel of an empty one",
    "imports": "in a fresh process: what the report's process imports; what each notebook imports once a kernel runs",
    "calculation": "evaluate(), in a fresh process for each notebook, and in the report's own",
    "figures": "drawing every chart of each notebook, image and data, in a fresh process",
    "narrative and tables": "every other statement of each notebook and what it shows, in a fresh process",
    "saving notebooks": "papermill's writing of the notebook (at every cell) and nbformat's, by thread in a real run",
    "running notebooks": "the rest of papermill's work: kernels, checks of notebooks, by thread in a real run",
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
        f"\n1. One report from cold ({PERIOD}, {len(sources)} notebooks, two at a time): {wall:.1f} s from start "
        f"to end, {whole:.1f} CPU seconds"
    )
    print(
        f"   (the very first, before Python has compiled any module: {first:.1f} s). Shares are of the CPU "
        "seconds of all processes.\n"
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
