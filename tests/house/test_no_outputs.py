"""No notebook with outputs is under version control: an output may be an exact value, and git forgets nothing."""

import json
import re
import subprocess

import pytest

from tests.conftest import ROOT

REFERENCES = "tests/references/"  # of the shipped, synthetic project, as papermill ran them


def tracked(root=ROOT):
    """Every notebook that git knows, or would take, but for the references."""
    asked = ["git", "ls-files", "-co", "--exclude-standard", "-z", "*.ipynb", "**/*.ipynb"]
    listed = subprocess.run(asked, cwd=root, capture_output=True, text=True, check=True).stdout.split("\0")
    return sorted({name for name in listed if name and not name.startswith(REFERENCES) and (root / name).exists()})


def with_outputs(path):
    """The numbers of the cells of a notebook that have an output or a count."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [at for at, cell in enumerate(cells) if cell.get("outputs") or cell.get("execution_count") is not None]


def test_no_tracked_notebook_has_outputs():
    """Wherever in the repository it stands."""
    names = tracked()
    assert {"notebooks/explore.ipynb", "notebooks/evaluation.ipynb"} <= {*names}
    assert {name: cells for name in names if (cells := with_outputs(ROOT / name))} == {}


@pytest.fixture
def repository(tmp_path):
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (tmp_path / "data" / "notebooks").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize("place", ["mine.ipynb", "data/notebooks/mine.ipynb"])
def test_one_with_outputs_is_found(repository, place):
    """Tracked or about to be, at the top or deep below."""
    cell = {"cell_type": "code", "source": "1 + 1", "outputs": [{"output_type": "execute_result"}]}
    (repository / place).write_text(json.dumps({"cells": [{"cell_type": "markdown"}, cell]}), encoding="utf-8")
    assert tracked(repository) == [place] and with_outputs(repository / place) == [1]


def test_the_hook_looks_at_every_notebook():
    """What runs before each commit passes over the references alone."""
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    hook = text[text.index("- id: outputs") :].split("- id:")[1]
    assert "nbstripout --verify" in hook
    looked = re.compile(re.search(r"files: (\S+)", hook)[1])
    passed = re.compile(re.search(r"exclude: (\S+)", hook)[1])
    assert all(looked.search(name) and not passed.search(name) for name in [*tracked(), "data/notebooks/mine.ipynb"])
    assert passed.search(f"{REFERENCES}FY2014-evaluation.ipynb")
