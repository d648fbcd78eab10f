"""The same rows as CSV and as Parquet are the same records, with the same findings.

The rows of a Parquet file are numbered as those of the CSV file are: its columns' names are row 1.
"""

import csv
import json
import shutil
from copy import deepcopy
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctanalysis import evaluate, project, records
from tests.conftest import evaluated, shipped_records
from tests.generators import parquet_files, random_projects, small, wrong
from tests.generators.wrong_records import WRONG_CELLS, WRONG_ROWS
from tests.records.two_readers.corruptions import CHANGES
from tests.records.two_readers.package import CLEAN, FIELDS, PACKAGE

SEEDS = range(40)
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def surveyed(folder):
    return records.survey(project.load(folder))


def named_alike(text):
    return text.replace(".parquet", ".csv")


def assert_same(found, wanted):
    """Two Records differ in nothing but the names of files."""
    assert [replace(one, path=named_alike(one.path), do=named_alike(one.do)) for one in found.findings] == [
        *wanted.findings
    ]
    pd.testing.assert_frame_equal(found.tally.assign(path=found.tally["path"].map(named_alike)), wanted.tally)
    for name in wanted:
        pd.testing.assert_frame_equal(found[name], wanted[name])
        pd.testing.assert_frame_equal(found.held[name], wanted.held[name])
        places = found.places[name]
        pd.testing.assert_frame_equal(places.assign(path=places["path"].map(named_alike)), wanted.places[name])
        assert {rule: rows.tolist() for rule, rows in found.flags[name].items()} == {
            rule: rows.tolist() for rule, rows in wanted.flags[name].items()
        }


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """The shipped project, its records as Parquet."""
    return parquet_files.of_project(wrong.copied(tmp_path_factory.mktemp("shipped") / "p", lambda folder: None))


@pytest.mark.long
def test_the_shipped_records_are_the_same(shipped):
    """Every frame, finding, tally and flag of the shipped project."""
    assert_same(surveyed(shipped), shipped_records())


@pytest.mark.long
def test_the_shipped_project_is_evaluated_to_the_same(shipped):
    """All that a report is made of."""
    ours, theirs = evaluate("FY2015Q1", shipped), evaluated("FY2015Q1")
    for name in ("values", "history", "tracking"):
        pd.testing.assert_frame_equal(getattr(ours, name), getattr(theirs, name))


@pytest.mark.few(4)
@pytest.mark.parametrize("seed", SEEDS)
def test_random_projects_are_the_same(tmp_path, seed):
    """Numbers, days, truth values, lists, periods and categories that look like missing values."""
    random_projects.write(tmp_path / "p", seed)
    wanted = surveyed(tmp_path / "p")
    assert_same(surveyed(parquet_files.of_project(tmp_path / "p", seed)), wanted)


WRONG = WRONG_CELLS | WRONG_ROWS


@pytest.mark.long
@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found_alike(tmp_path, name):
    """Each wrong cell and row of the shipped records: the same finding at the same row and column."""
    folder = wrong.copied(tmp_path / "p", WRONG[name].change)
    if any(len(set(map(len, rows))) > 1 for rows in tables(folder)):
        pytest.skip("a Parquet file has no row that is longer than another")
    wanted = surveyed(folder)
    assert wanted.findings != shipped_records().findings
    assert_same(surveyed(parquet_files.of_project(folder)), wanted)


def tables(folder):
    for path in sorted((folder / "records").rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield list(csv.reader(file))


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    """Reads tables of the two readers' package, from CSV and from Parquet: both Records."""
    folder = tmp_path_factory.mktemp("parquet") / "csv"
    small.write(folder, "day", 'measure = "count"\ntable = "rows"\ndate = "day"')
    (folder / "datapackage.json").write_text(json.dumps(PACKAGE), encoding="utf-8")
    other = folder.with_name("parquet")

    def read(content, seed):
        for name, rows in content.items():
            with (folder / "records" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([list(FIELDS[name]), *rows])
        shutil.rmtree(other, ignore_errors=True)
        shutil.copytree(folder, other)
        return surveyed(parquet_files.of_project(other, seed)), surveyed(folder)

    return read


def evened(name, rows):
    """As many cells in each row as there are columns: Parquet has no others."""
    width = len(FIELDS[name])
    return [[*row[:width], *[""] * (width - len(row))] for row in rows]


def corrupted(changes):
    content = deepcopy(CLEAN)
    for change in changes:
        change(content)
    return {name: evened(name, rows) for name, rows in content.items()}


@FEW
@given(changes=st.lists(CHANGES, max_size=4), seed=st.integers(0, 10**6))
def test_tables_corrupted_at_random_are_the_same(reading, changes, seed):
    """Days and numbers in any form, marks of no value, look-alike letters, keys that stand twice, totals, headings."""
    assert_same(*reading(corrupted(changes), seed))


@pytest.mark.long
@settings(FEW, max_examples=300)
@given(changes=st.lists(CHANGES, max_size=6), seed=st.integers(0, 10**6))
def test_many_tables_corrupted_at_random_are_the_same(reading, changes, seed):
    """The same at length."""
    assert_same(*reading(corrupted(changes), seed))
