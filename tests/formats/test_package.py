"""The report's folder as a Data Package: valid, and each column of its files described."""

import json

import frictionless
import pytest

from ctanalysis.formats import package
from ctanalysis.formats.cover import cover
from ctanalysis.reports import write_values
from tests.conftest import evaluated


@pytest.fixture(params=["FY2015Q1", "FY2012Q1"])
def folder(request, tmp_path):
    """The CSV files of a report, one of a figure among them."""
    evaluation = evaluated(request.param)
    write_values(evaluation, tmp_path)
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "Some figure.csv").write_text(
        "region,n,indicator\nOsh,3,1.1\nNaryn,,1.2\n", encoding="utf-8"
    )
    described = package.described(tmp_path, cover(evaluation, "Evaluation", "Draft 0a1b2c3d. It is not released."))
    (tmp_path / package.NAME).write_text(described, encoding="utf-8")
    return tmp_path


def test_a_program_can_read_the_report(folder):
    """frictionless finds every file as it is described: its bytes, its hash, its fields and their types."""
    found = frictionless.Package(str(folder / package.NAME)).validate()
    assert found.valid, found.flatten(["name", "type", "message"])
    assert [task.name for task in found.tasks] == ["indicators", "tracking", "history", "figures-some-figure"]


def test_the_package_says_what_it_is(folder):
    """Of which project and days, in which state, that the records are synthetic; each column in words."""
    described = json.loads((folder / package.NAME).read_text(encoding="utf-8"))
    assert "USAID Counter-Trafficking Project" in described["description"]
    assert "Draft 0a1b2c3d. It is not released. Synthetic records." in described["description"]
    *files, figure = described["resources"]
    assert all(field["description"] for file in files for field in file["schema"]["fields"])
    assert [field["type"] for field in figure["schema"]["fields"]] == ["string", "number", "string"]


def test_a_file_that_was_changed_does_not_fit(folder):
    """The hash tells."""
    path = folder / "history.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("quarter", "Quarter", 1), encoding="utf-8")
    assert not frictionless.Package(str(folder / package.NAME)).validate().valid
