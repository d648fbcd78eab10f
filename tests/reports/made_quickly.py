"""Reports of small projects as the library makes them, but for the notebooks: a second instead of ten."""

import json
import shutil
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from ctanalysis import records
from ctanalysis.records.files import workbook
from ctanalysis.reports import inputs, making
from tests.conftest import ROOT

PERIOD = "FY2021Q2"  # the last that the second project's records complete
CENTRES, AID = "records/markazho.csv", "records/kumakho.csv"  # read as UTF-8, as cp1251
RAW, SURVEYED, CALCULATED = workbook.raw_sheets, records.read, making.Source.evaluation


def _page(given, evaluation, planned, fresh, at_once):
    """A stand-in for the notebooks: a page that says what their pages say, the values."""
    page = f'<span class="state">A draft.</span>{evaluation.values.to_csv()}'
    (fresh / "evaluation.html").write_text(page, encoding="utf-8")


@cache
def _sheets(data, sheet):
    """What is in a workbook of these bytes, read once in a process of its own."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "book.xlsx")
        path.write_bytes(data)
        return RAW(path, sheet)


READ, EVALUATED = {}, {}  # by all that a project's folder says


def _said(project):
    return json.dumps(inputs._of_project(project))


def _read(project):
    """The records of a project, read once for the same files."""
    said = _said(project)
    if said not in READ:
        READ[said] = SURVEYED(project)
    return READ[said]


def _evaluation(given, label):
    """The evaluation of a period, calculated once for the same files and releases."""
    said = _said(given.project), given.released.head, label
    if said not in EVALUATED:
        EVALUATED[said] = CALCULATED(given, label)
    return replace(EVALUATED[said], project=given.project)


@contextmanager
def quickly():
    """Within it, reports have no notebooks, and what is read and calculated of the same files is so once."""
    with (
        patch("ctanalysis.reports.making._run", _page),
        patch("ctanalysis.records.read", _read),
        patch("ctanalysis.reports.making.Source.evaluation", _evaluation),
        patch.object(workbook, "raw_sheets", lambda path, sheet="": deepcopy(_sheets(path.read_bytes(), sheet))),
    ):
        yield


def second(folder):
    """A copy of the second project."""
    shutil.copytree(ROOT / "tests" / "second", folder, ignore=shutil.ignore_patterns("reports", "internal", "releases"))
    return folder


def rewritten(path, old, new, encoding="utf-8"):
    """Another text in a file."""
    text = path.read_text(encoding=encoding)
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding=encoding)
