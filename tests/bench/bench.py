"""Where the time goes: everything in one run on one machine, side by side.

Ratios are what can be compared from one machine to another; seconds depend on the machine and on
what else it does. Nothing here fails for being slow. What is compared is first shown to be equal,
value by value. The pieces of a report are measured in fresh processes, as a report has them; so
at its top no file of the bench imports more than the standard library.

    make bench                        every row
    make bench ROW="one-report"       one of them, or several: the others stay in docs/performance.md as they were
"""

import os
import platform
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from ctanalysis.reports.manifest import library_commit
from tests.bench import reports, scale
from tests.bench.analysing import analysing
from tests.bench.auditing import auditing
from tests.bench.before import before
from tests.bench.calculation import calculations
from tests.bench.checking import checking, checking_memory
from tests.bench.clocks import doing
from tests.bench.cluster import many_projects
from tests.bench.enquiry import enquiry
from tests.bench.figures import figures
from tests.bench.imports import imports
from tests.bench.measures import measures
from tests.bench.sending_back import sending_back

PAGE = Path("docs/performance.md")
SIX = f"{len(reports.PERIODS)} reports ({', '.join(reports.PERIODS)})"
PEERS = "`papermill` and `jupyter nbconvert` commands, two at a time"
INTRODUCTION = """# Performance, measured

Written by `make bench`, a row at a time; `make bench ROW="one-report"` measures one again. Each row measures both
sides in turn in one run, and quotes the median of the ratios with its range. Seconds are of the machine that ran it.

A row names the commit of the library that it measured. One that names none was measured before rows did, on an older
library.
"""
ROWS = {
    "all-reports": (f"{SIX}, all notebooks: {PEERS}, and ours", reports.beside_commands),
    "all-reports-as-installed": (
        f"{SIX}: the same commands with what `make link` takes out, and ours",
        reports.beside_commands_as_installed,
    ),
    "limit": (
        "All quarters, halves and years, and the project to date: ours from cold, and the same cells and pages as "
        "plain functions in one warm process a core",
        reports.beside_functions,
    ),
    "one-report": (f"One report from cold: {PEERS}, and ours", reports.from_cold),
    "nothing-to-do": (f"{SIX}, of which nothing has changed", reports.nothing_to_do),
    "many-projects": ("The reports of many projects, on this machine and by workers of a cluster on it", many_projects),
    "figures": ("Charts, and the same drawn the ordinary way", figures),
    "calculation": ("The calculation, and filtering and grouping for each period", calculations),
    "calculation-at-10-million": ("Ten million rows: DuckDB and Polars by hand, and ours", scale.at_ten_million),
    "cost-of-a-row": ("What a row costs, at a hundred thousand and at ten million", scale.cost_of_a_row),
    "enquiry": ("All quarters at once, and two evaluations of one period", enquiry),
    "measures": ("Each measure on ten million rows, beside people", measures),
    "analyses": ("All analyses of a period with their sentences, and evaluating it", analysing),
    "imports": ("Imports", imports),
    "checking": ("Reading and checking, ours and frictionless", checking),
    "checking-memory": ("Memory that checking takes, at a million rows and at ten", checking_memory),
    "before": ("The library before it was made for all periods and for the files that people have, and now", before),
    "sending-back": ("Checking a long workbook, with copies of the rows to be looked at, and of all", sending_back),
    "auditing": ("Auditing a release, and making its report", auditing),
}


def main(chosen):
    unknown = [name for name in chosen if name not in ROWS]
    if unknown:
        sys.exit(f"There is no row {unknown[0]}: {', '.join(ROWS)}.")
    with TemporaryDirectory() as folder:
        keep_compiled(Path(folder) / "compiled")
        for name in chosen or ROWS:
            keep(name, measured(name, Path(folder)))


def measured(name, folder):
    """What a row prints, and on what."""
    title, row = ROWS[name]
    doing(f"{name}: {title}")
    machine = f"{os.cpu_count()} processors, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} before"
    machine += f"; library {library_commit()[:7]}"
    with redirect_stdout(StringIO()) as said:
        row(folder)
    text = f"```text\n{said.getvalue().strip()}\n```\n\n{machine}."
    print(f"{title}\n{text}\n", flush=True)
    return text


def keep(name, text):
    """Writes a row to the page, where the others stay as they were."""
    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    kept = dict(section.split("\n\n", 1) for section in before.split("\n## ")[1:])
    found = {title: kept.get(title, "Not measured yet.").strip() for title, _ in ROWS.values()} | {ROWS[name][0]: text}
    sections = [f"## {title}\n\n{words}\n" for title, words in found.items()]
    PAGE.write_text("\n".join([INTRODUCTION, *sections]), encoding="utf-8")


def keep_compiled(folder):
    """Makes every process from here on keep its compiled modules in a folder,
    whatever the caller has set or compiled before.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]).split())
