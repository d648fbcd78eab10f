"""The notebooks: thin, stripped, and their executed references are really compared."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from tests.conftest import ROOT

SOURCES = sorted((ROOT / "notebooks").glob("*.ipynb"))
REPORTS = [path for path in SOURCES if path.stem != "explore"]
REFERENCES = ROOT / "tests" / "references"
FORBIDDEN = (
    ast.FunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.While,
    ast.If,
    ast.Try,
    ast.With,
    ast.ListComp,
    ast.DictComp,
    ast.SetComp,
    ast.GeneratorExp,
    ast.BinOp,
)


def code(path):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_sources_are_stripped(path):
    """No output, no execution count, the kernel named python3, ids in order."""
    notebook = nbformat.read(path, as_version=4)
    assert notebook.metadata.kernelspec.name == "python3" and notebook.metadata.language_info == {"name": "python"}
    assert [cell.id for cell in notebook.cells] == [f"cell-{number:02d}" for number in range(len(notebook.cells))]
    assert all(not cell.outputs and cell.execution_count is None for cell in code(path))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_report_notebooks_only_speak(path):
    """No definition, loop, condition or calculation, no path and no number typed in; few lines."""
    lines = [line for cell in code(path) for line in cell.source.splitlines() if line.strip()]
    assert len(lines) <= 44 and all(len(cell.source.splitlines()) <= 8 for cell in code(path))
    for cell in code(path):
        tree = ast.parse(cell.source)
        assert not [node for node in ast.walk(tree) if isinstance(node, FORBIDDEN)]
        texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        assert not [text for text in texts if isinstance(text, (int, float)) or "/" in text or "." in text]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_words_of_notebooks_hold_no_number(path):
    """What is typed into a notebook is headings; every finding is calculated."""
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
    assert cells and not re.search(r"\d", " ".join(cells))
    assert all(line.startswith("#") for cell in cells for line in cell.splitlines())


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_parameters_are_literals(path):
    """Nothing is derived in the parameters cell, where papermill would leave it stale."""
    [cell] = [cell for cell in code(path) if "parameters" in cell.metadata.get("tags", [])]
    names = {"period", "project", *(["area"] if path.stem == "area" else [])}
    names |= {"language"} if path.stem != "explore" else set()
    assert {node.targets[0].id: node.value.value for node in ast.parse(cell.source).body} == dict.fromkeys(names, "")


def test_references_are_of_the_sources():
    """Every report notebook has an executed reference for a quarter and a year, made from the cells as they are."""
    pages = [(path, path.stem) for path in REPORTS if path.stem != "area"]
    pages += [(path, area) for path in REPORTS if path.stem == "area" for area in ("prevention", "protection")]
    for period in ("FY2015Q1", "FY2014"):
        for path, name in pages:
            reference = [
                cell.source
                for cell in code(REFERENCES / f"{period}-{name}.ipynb")
                if "injected-parameters" not in cell.metadata.get("tags", [])
            ]
            assert reference == [cell.source for cell in code(path)], "make accept"


def compared(notebook, folder):
    """How many cells nbval finds different when it runs a notebook again."""
    path = folder / "reference.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    run = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--nbval",
        "--nbval-current-env",
        "--nbval-sanitize-with",
        str(REFERENCES / "sanitize.cfg"),
        "-p",
        "no:cacheprovider",
        "-c",
        "/dev/null",
        "--rootdir",
        str(folder),
        str(path),
    ]
    done = subprocess.run(run, cwd=folder, capture_output=True, text=True)
    found = re.search(r"(\d+) failed", done.stdout)
    assert "passed" in done.stdout, done.stdout
    return int(found[1]) if found else 0


@pytest.mark.long
def test_a_falsified_number_is_found(tmp_path):
    """A number falsified by hand in a reference, in a sentence, in a table, or in the data of a figure,
    fails its cell.
    """
    notebook = json.loads((REFERENCES / "FY2015Q1-evaluation.ipynb").read_text(encoding="utf-8"))
    cells = {"".join(cell["source"]): cell for cell in notebook["cells"] if cell["cell_type"] == "code"}
    assert falsify(cells["narrative.headlines(evaluation)"], "text/html", ">5<", ">6<")
    assert falsify(cells["tables.tracking(evaluation)"], "text/plain", "\t935\t", "\t936\t")
    assert falsify(cells["figures.progress(evaluation)"], "text/csv", ",93.333", ",94.333")
    assert compared(notebook, tmp_path) == 3


def falsify(cell, kind, true, false):
    """Changes one text in a cell's output; whether it was there."""
    data = cell["outputs"][0]["data"]
    text = "".join(data[kind])
    data[kind] = text.replace(true, false, 1)
    return true in text


def papermill(*arguments, cwd):
    return subprocess.run(
        [str(Path(sys.executable).with_name("papermill")), *arguments, "--no-progress-bar"],
        cwd=cwd,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    "cwd, notebook",
    [
        pytest.param(ROOT, "notebooks/data-quality.ipynb", id="root"),
        pytest.param(ROOT / "notebooks", "data-quality.ipynb", id="notebooks", marks=pytest.mark.long),
    ],
)
def test_plain_papermill_works_by_itself(tmp_path, cwd, notebook):
    """From the root and from notebooks/, with nothing but the period."""
    done = papermill(notebook, str(tmp_path / "out.ipynb"), "-p", "period", "FY2015Q1", cwd=cwd)
    assert done.returncode == 0, done.stderr
    assert "nearly 935" in (tmp_path / "out.ipynb").read_text(encoding="utf-8")


@pytest.mark.long
def test_plain_papermill_of_an_area(tmp_path):
    """One notebook for every area, which stops and names the areas where it is given none."""
    asked = ["notebooks/area.ipynb", str(tmp_path / "out.ipynb"), "-p", "period", "FY2015Q1"]
    done = papermill(*asked, "-p", "area", "resources", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert "4.1 " in (tmp_path / "out.ipynb").read_text(encoding="utf-8")
    stopped = papermill(*asked, cwd=ROOT)
    assert stopped.returncode != 0 and "There are: prevention, protection, cooperation, resources." in stopped.stderr


def test_plain_papermill_with_a_misspelt_period_stops(tmp_path):
    """papermill itself only warns; the notebook, which was not given its period, stops and says so."""
    done = papermill("notebooks/data-quality.ipynb", str(tmp_path / "out.ipynb"), "-p", "perod", "FY2015Q1", cwd=ROOT)
    assert done.returncode != 0
    assert "No period is named" in done.stderr


@pytest.mark.long
def test_the_notebook_for_exploring_runs_for_the_period_that_is_named(tmp_path):
    """Every cell of explore.ipynb runs, and shows that period."""
    out = tmp_path / "out.ipynb"
    done = papermill("notebooks/explore.ipynb", str(out), "-p", "period", "FY2014", cwd=ROOT)
    assert done.returncode == 0 and "unknown parameter" not in done.stderr, done.stderr
    shown = out.read_text(encoding="utf-8")
    assert "Beside the targets, FY2014" in shown and "Findings, FY2014" in shown and "Findings, FY2015Q1" not in shown
