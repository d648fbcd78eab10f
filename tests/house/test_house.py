"""The house: one way through, every room with its idea, small functions."""

import ast
import re
import subprocess
from statistics import median

import pytest

from tests.conftest import ROOT

MODULES = sorted((ROOT / "ctanalysis").rglob("*.py"))
ROOMS = [  # each may import from those before it only
    "base",
    "language",
    "periods",
    "project",
    "records",
    "indicators",
    "disclosure",
    "analysis",
    "quality",
    "evaluation",
    "narrative",
    "tables",
    "figures",
    "intake",
    "internal",
    "enquiry",
    "formats",
    "reports",
    "region",
    "releases",
    "cluster",
    "__main__",
]

AUDITOR_KNOWS = (
    "ctanalysis.base.",
    "ctanalysis.disclosure.audit.",
    "ctanalysis.disclosure.ledger.",
    "ctanalysis.project.Project",
    "ctanalysis.project.descriptor.",
    "ctanalysis.project.policy.DisclosureRule",
    "ctanalysis.project.sheets.Sheet",
)


def room(path):
    return path.relative_to(ROOT / "ctanalysis").parts[0].removesuffix(".py")


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "ctanalysis":
            names = node.module.split(".")[1:2] or [alias.name for alias in node.names]
            yield from names


def modules(tree):
    """The whole names of what is imported from the library."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "ctanalysis":
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def size(function):
    """The function's lines without its docstring."""
    first = function.body[0]
    words = (
        first.end_lineno - first.lineno + 1
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
        else 0
    )
    return function.end_lineno - function.lineno + 1 - words


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if path.name != "__init__.py" or path.parent.name != "ctanalysis"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_the_flow_goes_one_way(path):
    """A room imports only from rooms before it."""
    here = room(path)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for other in imported(tree):
        assert ROOMS.index(other) <= ROOMS.index(here), f"{here} imports {other}"


def test_the_auditor_knows_nothing_of_the_gate():
    """The audit imports what was printed and the house's bottom, never a rule of the gate beside it."""
    for path in (ROOT / "ctanalysis" / "disclosure" / "audit").glob("*.py"):
        for other in modules(ast.parse(path.read_text(encoding="utf-8"))):
            assert other.startswith(AUDITOR_KNOWS), f"{path.name} imports {other}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_opens_with_its_idea_and_stays_small(path):
    """Each module begins with a docstring, has at most 260 lines, and no function over 30."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree)
    assert text.count("\n") <= 260
    assert [function.name for function in functions(tree) if size(function) > 30] == []


def test_only_the_gate_lets_values_out():
    """Nobody but the gate and the tracking table makes Protected values."""
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        if ".derive(" in text or re.search(r"(?<![a-z_])released\(", text) or "_GATE" in text:
            assert path.relative_to(ROOT / "ctanalysis").as_posix() in (
                "disclosure/gate.py",
                "disclosure/protected.py",
                "disclosure/printed_bounds.py",
                "analysis/tracking.py",
            )


def test_functions_are_short():
    """Half of all functions have at most eight lines."""
    assert (
        median(
            size(function) for path in MODULES for function in functions(ast.parse(path.read_text(encoding="utf-8")))
        )
        <= 8
    )


def test_the_readme_draws_the_rooms():
    """The flow in the README names every room of the house."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in set(ROOMS) - {"__main__"}:
        assert name in readme


def test_nothing_committed_names_a_machine():
    """No path of anybody's machine in any file under version control."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    for name in listed:
        data = (ROOT / name).read_bytes()
        for trace in (str(ROOT).encode() + b"/", b"/ro" + b"ot/", b"/ho" + b"me/"):
            assert trace not in data, name
