"""A copy of the shipped project with its working tables, made once and only read."""

import csv
import io
import re

import openpyxl
import pytest

from tests.conftest import command, copied
from tests.internal.working import CANARY, MARKING, VALUES, WORKBOOK


@pytest.fixture(scope="session")
def ours(tmp_path_factory):
    """A copy of the shipped project, with a person whose code would be known anywhere, and its working tables."""
    folder = copied(tmp_path_factory.mktemp("internal") / "ours")
    for path in (folder / "records").rglob("*.csv"):
        path.write_text(re.sub(r"\bP0001\b", CANARY, path.read_text(encoding="utf-8")), encoding="utf-8")
    done = command("internal", "-p", "period", "FY2015Q1", "-p", "project", str(folder))
    assert done.returncode == 0, done.stderr
    assert MARKING in done.stdout
    return folder


@pytest.fixture(scope="session")
def tables(ours):
    return ours / "internal" / "FY2015Q1"


@pytest.fixture(scope="session")
def values(tables):
    return list(csv.DictReader(io.StringIO((tables / VALUES).read_text(encoding="utf-8"))))


@pytest.fixture(scope="session")
def book(tables):
    return openpyxl.load_workbook(tables / WORKBOOK)
