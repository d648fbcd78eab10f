"""Somebody else's machine: another home, zone, language, order of sets, umask, and one core."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conftest import ROOT

HABITS = {  # by file of a home folder, what would change a report if anything looked at it
    ".config/matplotlib/matplotlibrc": "savefig.dpi: 50\nfont.size: 20\naxes.grid: True\nsavefig.facecolor: red\n",
    ".ipython/profile_default/startup/00.py": "import pandas; pandas.set_option('display.max_rows', 1); print('Hello')",
    ".jupyter/jupyter_nbconvert_config.py": "c.HTMLExporter.exclude_input = False",
}


def command(*arguments, cwd, root=ROOT):
    """python -m ctanalysis of a checkout there, in a working folder; a finished process with its texts."""
    with TemporaryDirectory() as home:
        for name, text in HABITS.items():
            path = Path(home, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        others = {"TZ": "Asia/Bishkek", "LC_ALL": "C", "LANG": "ky_KG.UTF-8", "PYTHONHASHSEED": "7", "USER": "aigul"}
        path = os.environ["PATH"]
        return subprocess.run(
            [sys.executable, "-m", "ctanalysis", *arguments],
            cwd=cwd,
            env={"PATH": path, "PYTHONPATH": str(root), "HOME": home, **others},
            umask=0o077,
            preexec_fn=_on_one_core,
            capture_output=True,
            text=True,
        )


def _on_one_core():
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
