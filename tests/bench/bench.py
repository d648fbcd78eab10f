"""Where the time goes: everything in one run on one machine, side by side.

Ratios are what can be compared from one machine to another; seconds depend on the machine and on
what else it does. Nothing here fails for being slow. What is compared is first shown to be equal,
value by value. The pieces of a report are measured in fresh processes, as a report has them; so
at its top no file of the bench imports more than the standard library.

    python tests/bench/bench.py        every part
    python tests/bench/bench.py 1 5    some of them: 1 a report, 2 calculation, 3 imports, 4 checking, 5 auditing
"""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.auditing import auditing
from tests.bench.calculation import calculations
from tests.bench.checking import checking
from tests.bench.imports import imports
from tests.bench.one_report import report_from_cold


def main(chosen):
    parts = {"1": report_from_cold, "2": calculations, "3": imports, "4": checking, "5": auditing}
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start. Seconds depend on the machine.")
    with TemporaryDirectory() as folder:
        keep_compiled(Path(folder) / "compiled")
        for name in chosen or parts:
            parts[name](Path(folder))


def keep_compiled(folder):
    """Makes every process from here on keep its compiled modules in a folder,
    whatever the caller has set or compiled before.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
