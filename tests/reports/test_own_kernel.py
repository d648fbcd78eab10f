"""A kernel named python3 elsewhere on Jupyter's path does not run the notebooks: it would have other libraries.

Whoever sets JUPYTER_PATH, as shared servers do, has it searched before everything else.
"""

import json
import os
import re
import subprocess
import sys
import sysconfig

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from ctanalysis.reports.kernel import LocalKernel
from tests.conftest import ROOT

WHERE = (
    "from jupyter_client.kernelspec import KernelSpecManager; print(KernelSpecManager().get_kernel_spec({!r}).argv[0])"
)
NOT_LINKED = f"import sys; sys.path.append({sysconfig.get_path('purelib')!r}); "  # with python -S: no .pth is read
LINKED = "import site; site.addsitedir({!r}); "


@pytest.fixture
def elsewhere(tmp_path):
    """A folder for JUPYTER_PATH with kernels python3 and r of another environment."""
    for name in ("python3", "r"):
        folder = tmp_path / "elsewhere/kernels" / name
        folder.mkdir(parents=True)
        spec = {"argv": ["/nowhere/python", "{connection_file}"], "display_name": name, "language": "python"}
        (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    return str(tmp_path / "elsewhere")


@pytest.fixture
def linked(tmp_path):
    """A folder of packages as `make link` leaves it: its own command, with that folder for the environment's."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (command,) = re.findall(r"-c '(import pathlib, sysconfig; .*ctanalysis\.pth.*)'", makefile)
    folder = tmp_path / "packages"
    folder.mkdir()
    instead = f"import sysconfig; sysconfig.get_path = lambda name: {str(folder)!r}; "
    subprocess.run([sys.executable, "-c", instead + command], cwd=ROOT, check=True)
    return LINKED.format(str(folder))


def said(code, elsewhere, *arguments, options=()):
    given = {**os.environ, "JUPYTER_PATH": elsewhere}
    command = [sys.executable, *options, "-c", code, *arguments]
    return subprocess.run(command, env=given, capture_output=True, text=True, check=True).stdout.strip()


def test_the_kernel_of_a_report_is_this_python(monkeypatch, elsewhere):
    monkeypatch.setenv("JUPYTER_PATH", elsewhere)
    assert LocalKernel(kernel_name="python3").kernel_spec.argv[0] == sys.executable


def test_jupyter_and_papermill_look_into_their_own_environment_first(elsewhere, linked):
    """Without make link the other python3 is found. With it this one is, and other kernels still are."""
    assert said(NOT_LINKED + WHERE.format("python3"), elsewhere, options=["-S"]) == "/nowhere/python"
    assert said(linked + WHERE.format("python3"), elsewhere) != "/nowhere/python"
    assert said(linked + WHERE.format("r"), elsewhere) == "/nowhere/python"


def test_the_path_does_not_grow_from_child_to_child(elsewhere, linked):
    show = linked + "import os; print(os.environ['JUPYTER_PATH'])"
    once = said(show, elsewhere)
    assert said(show, once) == once and once.split(os.pathsep)[1:] == [elsewhere]
    assert os.pathsep not in said(show, "")


@pytest.mark.long
def test_papermill_by_hand_runs_a_notebook_with_this_python(tmp_path, elsewhere, linked):
    """Its own engine, no options: the notebook says which Python runs it."""
    made = new_notebook(cells=[new_code_cell("import sys; print(sys.prefix)")])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(made, tmp_path / "in.ipynb")
    code = linked + "from papermill.__main__ import papermill; papermill()"
    said(code, elsewhere, str(tmp_path / "in.ipynb"), str(tmp_path / "out.ipynb"), "--no-progress-bar")
    (cell,) = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells
    assert cell.outputs[0].text.strip() == sys.prefix
