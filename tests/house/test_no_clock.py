"""Nothing asks what time it is, who asks, or on which machine: a report follows from its inputs."""

import ast

import pytest

from tests.conftest import ROOT

MODULES = sorted((ROOT / "ctanalysis").rglob("*.py"))
CELLS = sorted((ROOT / "notebooks").glob("*.ipynb"))
ASKED = {  # as the last part of what is called or read, with what it is asked of; none: of anything
    "now": None,
    "utcnow": None,
    "today": None,
    "time": "time",
    "time_ns": "time",
    "monotonic": "time",
    "localtime": "time",
    "gmtime": "time",
    "ctime": "time",
    "perf_counter": "time",
    "st_mtime": None,
    "st_mtime_ns": None,
    "getmtime": None,
    "getuser": None,
    "getlogin": None,
    "gethostname": None,
    "uname": None,
    "node": "platform",
    "home": "Path",
    "expanduser": None,
    "uuid1": None,
    "uuid4": None,
    "setlocale": None,
    "strcoll": None,
    "strxfrm": None,
}


MODULES_ASKED = ("time", "random", "getpass", "socket", "uuid", "locale")


def asked(text):
    """What of ASKED a module asks, by attribute or by import."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and node.attr in ASKED:
            of = ast.unparse(node.value).rsplit(".", 1)[-1]
            if ASKED[node.attr] in (None, of):
                yield f"line {node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.Import | ast.ImportFrom) and imported(node) & set(MODULES_ASKED):
            yield f"line {node.lineno}: {ast.unparse(node)}"


def imported(node):
    """The modules of an import; of the module time only what is taken out of it."""
    return {node.module} if isinstance(node, ast.ImportFrom) else {alias.name for alias in node.names} - {"time"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_reads_a_clock(path):
    """No time, no user, no host, no home, no chance; only whether a file was written while it was read."""
    found = [*asked(path.read_text(encoding="utf-8"))]
    if path.name == "gathering.py":
        found = [words for words in found if not words.endswith((" before.st_mtime_ns", " after.st_mtime_ns"))]
    if path.relative_to(ROOT).as_posix() == "ctanalysis/cluster/certificates.py":  # no report asks whether one is there
        found = [words for words in found if not words.endswith(": import socket")]
    assert found == []


@pytest.mark.parametrize("path", CELLS, ids=lambda path: path.name)
def test_no_notebook_reads_a_clock(path):
    """Nor does a cell."""
    text = path.read_text(encoding="utf-8")
    assert not [word for word in ("today()", "now()", "time.time", "getuser", "gethostname") if word in text]


@pytest.mark.parametrize(
    "line",
    [
        "import datetime; datetime.date.today()",
        "import pandas as pd; pd.Timestamp.now()",
        "import time; time.time()",
        "from time import monotonic",
        "path.stat().st_mtime",
        "import random",
        "import pathlib; pathlib.Path.home()",
    ],
)
def test_a_clock_would_be_seen(line):
    """The check sees what it is there to see."""
    assert [*asked(line)]
