"""The library as a package: what is in the wheel, and what it does where there is no checkout."""

import json
import os
import shutil
import subprocess
import sys
import zipfile

import pytest
from flit_core import buildapi

from tests.conftest import ROOT

SECOND = ROOT / "tests" / "second"
EVALUATES = """
import json, sys
import ctanalysis as ct
from ctanalysis import narrative
from ctanalysis.reports import make

def refused(what, *arguments):
    try:
        what(*arguments)
    except ct.Refused as refusal:
        return str(refusal)

evaluation = ct.evaluate("FY2021Q2", sys.argv[1])
print(json.dumps({
    "library": ct.__file__,
    "rows": len(evaluation.values),
    "totals": evaluation.by("A1", "total")["value"].tolist(),
    "notice": narrative.notice(evaluation).plain,
    "no project": refused(ct.evaluate, "FY2015Q1"),
    "no notebooks": refused(make, "FY2021Q2", sys.argv[1]),
}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built by the backend that pyproject.toml names, without a registry."""
    folder, here = tmp_path_factory.mktemp("wheel"), os.getcwd()
    os.chdir(ROOT)  # a backend builds what it stands in
    try:
        return folder / buildapi.build_wheel(str(folder))
    finally:
        os.chdir(here)


@pytest.fixture(scope="module")
def installed(wheel):
    """A folder with the unpacked wheel and nothing of this checkout: what pip puts into site-packages."""
    folder = wheel.parent / "installed"
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def run(installed, cwd, *arguments):
    """Python with the installed library before all others; a finished process."""
    found = os.environ | {"PYTHONPATH": str(installed)}
    return subprocess.run([sys.executable, *arguments], cwd=cwd, env=found, capture_output=True, text=True, check=False)


@pytest.fixture
def project(tmp_path):
    return shutil.copytree(SECOND, tmp_path / "second", ignore=shutil.ignore_patterns("reports", "internal"))


def test_the_wheel_holds_the_library_and_nothing_else(wheel):
    """Every file of ctanalysis/ that git does not ignore, Python or not, and what a wheel says of itself."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "ctanalysis"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = zipfile.ZipFile(wheel).namelist()
    about = {"METADATA", "WHEEL", "RECORD", "licenses/LICENSE"}
    assert {name for name in names if name.startswith("ctanalysis/")} == set(listed.stdout.split())
    assert {name.split(".dist-info/")[1] for name in names if not name.startswith("ctanalysis/")} == about
    endings = {os.path.splitext(name)[1] or os.path.basename(name) for name in names if name.startswith("ctanalysis/")}
    parts = {".lua", ".typ", ".xml"}  # of documents
    assert endings == {".py", ".html", ".j2", ".css", ".json", ".toml", ".md", ".gitignore"} | parts


def test_it_evaluates_a_project_without_the_checkout(installed, project):
    """The second project's values and sentences; what needs the checkout answers in one sentence."""
    done = run(installed, project.parent, "-c", EVALUATES, "second")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["library"] == str(installed / "ctanalysis" / "__init__.py")
    assert answer["rows"] > 100 and answer["totals"] == [33] and "Synthetic records." in answer["notice"]
    assert answer["no project"].startswith("No project is named, and none comes with the installed library.")
    assert answer["no notebooks"].startswith("The report notebooks do not come with the installed library.")
    assert not (project / "reports").exists()


def test_its_commands_work_and_lay_out_a_new_project(installed, tmp_path):
    """A new project from the wheel is the one from the checkout, and its entry templates are written."""
    from ctanalysis.intake import newproject

    assert run(installed, tmp_path, "-m", "ctanalysis", "newproject", "new").stdout == "new\n"
    ours = newproject.lay_out(tmp_path / "ours")
    files = [path.relative_to(ours) for path in ours.rglob("*") if path.is_file()]
    assert [(tmp_path / "new" / path).read_bytes() for path in files] == [(ours / path).read_bytes() for path in files]
    done = run(installed, tmp_path, "-m", "ctanalysis", "templates", "-p", "project", "new")
    assert done.returncode == 0 and list((tmp_path / "new" / "templates").iterdir()), done.stderr


def test_a_command_that_needs_the_checkout_says_so(installed, tmp_path):
    """The report of the shipped project: status 2 and one sentence, no traceback, nothing written."""
    done = run(installed, tmp_path, "-m", "ctanalysis", "report")
    assert (done.returncode, done.stdout) == (2, "") and done.stderr.count("\n") == 1
    assert "No project is named" in done.stderr and list(tmp_path.iterdir()) == []
