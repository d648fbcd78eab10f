"""Two readers of one Data Package: ours and frictionless agree on every row and field that breaks it.

Clean tables are corrupted at random and read by both. Where they disagree, the disagreement is one
of DIFFERENCES, each with the reason why ours is right for records that people type, and each shown
to occur: an entry that nothing needs any more fails.
"""

import csv
import json
from copy import deepcopy

import frictionless
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctanalysis import project
from ctanalysis.base.spelling import cleaned, lookalike
from ctanalysis.records import survey
from tests.generators import small
from tests.generators.wrong import SHIPPED
from tests.records.two_readers.broken import Broken, Case, by_ours, by_theirs
from tests.records.two_readers.corruptions import CHANGES
from tests.records.two_readers.differences import DIFFERENCES
from tests.records.two_readers.package import CLEAN, FIELDS, PACKAGE, for_frictionless, stripped
from tests.records.two_readers.predicates import READERS, put, shaped


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    """Reads the clean tables after corruptions, by both: a Case."""
    folder = tmp_path_factory.mktemp("two readers") / "project"
    small.write(folder, "day", 'measure = "count"\ntable = "rows"\ndate = "day"')
    (folder / "datapackage.json").write_text(json.dumps(PACKAGE), encoding="utf-8")
    ours, theirs = project.load(folder), frictionless.Package(for_frictionless(PACKAGE), basepath=str(folder))

    def read(corruptions):
        tables = deepcopy(CLEAN)
        for corrupt in corruptions:
            corrupt(tables)
        for name, rows in tables.items():
            with (folder / "records" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                quoting = (
                    csv.QUOTE_ALL if any("\r" in cell for row in rows for cell in row) else csv.QUOTE_MINIMAL
                )  # the writer leaves a bare one unquoted
                csv.writer(file, lineterminator="\n", quoting=quoting).writerows([list(FIELDS[name]), *rows])
        records = survey(ours)
        return Case(tables, records, frozenset(by_ours(records) | by_theirs(theirs)))

    return read


def unexplained(case, differences=DIFFERENCES):
    return [
        (
            broken,
            case.cell(broken.table, broken.row, broken.field)
            if broken.field
            else case.tables[broken.table][broken.row - 2],
        )
        for broken in case.disagreements
        if not any(difference.explains(case, broken) for difference in differences)
    ]


def differing_values(case):
    """Cells of used rows that frictionless reads as another value than we do."""
    for table in case.tables:
        places = case.records.places[table]
        used = places["row"][~places["held"]]
        for name, values in case.records[table].items():
            for row, value in zip(used, values, strict=True):
                theirs, notes = READERS[table, name](case.cell(table, row, name))
                if not notes and not _same(name, value, theirs):
                    yield table, row, name, value, theirs


FREE = ("name", "season", "form", "note")  # texts that are kept to the letter


def _same(name, ours, theirs):
    if theirs is None or pd.isna(ours):
        return pd.isna(ours) and (theirs is None or cleaned(str(theirs)) == "")
    if isinstance(ours, str):
        return ours == theirs or (name not in FREE and lookalike(ours) == lookalike(theirs))
    return ours.date() == theirs if isinstance(ours, pd.Timestamp) else ours == float(theirs)


def test_both_find_nothing_in_clean_tables(reading):
    """What is corrupted below is clean before, and read to the same values."""
    case = reading([])
    assert not case.broken and not case.records.findings and not list(differing_values(case))


@pytest.mark.long
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CHANGES, min_size=1, max_size=4))
def test_both_agree_on_tables_corrupted_at_random(reading, changes):
    """Every row and field that breaks the Data Package is told by both, but for the differences listed.

    What is used has the same values.
    """
    case = reading(changes)
    assert unexplained(case) == [] and list(differing_values(case)) == []


@pytest.mark.long
@settings(max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CHANGES, min_size=1, max_size=8))
def test_both_agree_on_many_tables_corrupted_at_random(reading, changes):
    """The same for more of them."""
    case = reading(changes)
    assert unexplained(case) == [] and list(differing_values(case)) == []


BOTH = {
    "no integer": (put("rows", 4, "people", "many"), ["people", "type"]),
    "no number": (put("rows", 4, "cost", "1.50"), ["cost", "type"]),
    "no truth value": (put("rows", 4, "paid", "true"), ["paid", "type"]),
    "no day": (put("rows", 4, "day", "2014-02-30"), ["day", "type"]),
    "no day of its form": (put("rows", 4, "left", "5/6/2014"), ["left", "type"]),
    "nothing where something is required": (put("rows", 4, "place", ""), ["place", "required"]),
    "a mark for nothing where something is required": (put("rows", 4, "people", "unknown"), ["people", "required"]),
    "no key": (put("rows", 4, "visit_id", ""), ["visit_id", "required"]),
    "no category": (put("rows", 4, "place", "KG-X"), ["place", "enum"]),
    "not of the enum": (put("rows", 4, "season", "winter"), ["season", "enum"]),
    "not of the pattern": (put("rows", 4, "form", "ab-123"), ["form", "pattern"]),
    "too few": (put("rows", 4, "people", "-1"), ["people", "minimum"]),
    "too many": (put("rows", 4, "people", "501"), ["people", "maximum"]),
    "too heavy": (put("rows", 4, "weight", "99.51"), ["weight", "maximum"]),
    "too early": (put("rows", 4, "day", "2013-12-31"), ["day", "minimum"]),
    "too late": (put("rows", 4, "day", "2015-01-01"), ["day", "maximum"]),
    "a partner that is not there": (put("rows", 4, "partner_id", "P9"), ["partner_id", "foreign key"]),
    "a cut-off row": (shaped(4, lambda cells: cells[:-1]), ["", "shape"]),
    "a row with a cell too many": (shaped(4, lambda cells: [*cells, "more"]), ["", "shape"]),
}


@pytest.mark.parametrize("name", BOTH)
def test_both_find_what_is_broken(reading, name):
    """Each rule of the Data Package, broken once, is told once by both; and nothing else is."""
    corruption, (field, kind) = BOTH[name]
    assert reading([corruption]).broken == {Broken(by, "rows", 4, field, kind) for by in ("ours", "theirs")}


def test_both_find_nothing_at_the_bounds(reading):
    """The least and the most that are allowed are allowed."""
    bounds = {"people": ["0", "500"], "cost": ["1", "1,0"], "weight": ["99.5"], "day": ["2014-01-01", "2014-12-31"]}
    case = reading([put("rows", 2, field, *texts) for field, texts in bounds.items()])
    assert not case.broken and not list(differing_values(case))


@pytest.mark.parametrize("field", ["season", "form", "change", "cost", "weight", "paid", "day", "left", "phone"])
def test_both_find_nothing_in_an_empty_column(reading, field):
    """A column in which nobody wrote anything is a column of nothing."""
    case = reading([put("rows", 2, field, *[""] * 8)])
    assert not case.broken and case.records["rows"][field].isna().all()


def test_both_find_the_second_of_two_rows_that_are_the_same(reading):
    """A row that stands twice, whole, breaks its key and its phone once."""
    case = reading([lambda tables: tables["rows"].append(tables["rows"][0])])
    assert case.broken == {
        Broken(by, "rows", 10, field, "unique") for by in ("ours", "theirs") for field in ("visit_id", "phone")
    }


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda difference: difference.name)
def test_every_difference_occurs(reading, difference):
    """The example of a difference shows it, and no other entry of the list explains it."""
    case = reading([difference.example])
    assert unexplained(case) == []
    assert unexplained(case, [other for other in DIFFERENCES if other is not difference])


def test_the_shipped_descriptor_is_a_data_package():
    """Without the keys that are ours alone, frictionless takes datapackage.json,
    and finds nothing in the shipped records.
    """
    shipped = json.loads((SHIPPED / "datapackage.json").read_text(encoding="utf-8"))
    frictionless.Package.from_descriptor(stripped(shipped), basepath=str(SHIPPED))
    report = frictionless.Package.from_descriptor(for_frictionless(shipped, SHIPPED), basepath=str(SHIPPED)).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type"])[:5]
