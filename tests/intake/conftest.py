"""The small project with a mistake of each kind, laid out anew, or checked once and only read.

The projects whose templates are tested.
"""

import shutil

import pytest

from ctanalysis.intake.templates.entry import workbook
from ctanalysis.project import load
from tests.intake import partner_files
from tests.intake.forms import PROJECTS, TABLES, opened
from tests.intake.mistakes import checked, laid_out


@pytest.fixture
def folder(tmp_path):
    """A project folder of its own for a test that changes it."""
    return laid_out(tmp_path / "project")


@pytest.fixture
def project(tmp_path):
    """A project that partners send files to."""
    return partner_files.laid_out(tmp_path / "project")


@pytest.fixture
def sent(tmp_path):
    """Where the partner's files lie."""
    return tmp_path / "sent"


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """The project folder, its Records and the folder that the check wrote, for tests that only look at them."""
    made = laid_out(tmp_path_factory.mktemp("once") / "project")
    return made, *checked(made)


@pytest.fixture
def texts(folder):
    """The project without workbooks, each of which takes a process of its own to read."""
    shutil.rmtree(folder / "records" / "visits")
    (folder / "records" / "visits").mkdir()
    (folder / "records" / "visits" / "one.csv").write_text(
        "visit,day of the visit,visitor,hours,purpose\nv1,2014-04-01,P-1,1.5,advice\n", encoding="utf-8"
    )
    return folder


@pytest.fixture(scope="session")
def projects():
    return {name: load(folder) for name, folder in PROJECTS.items()}


@pytest.fixture(scope="session")
def books(projects):
    """(project, table) -> its entry workbook, read back."""
    return {
        (name, table): opened(workbook(projects[name], projects[name].package.tables[table])) for name, table in TABLES
    }
