"""A list whose columns all say no is filled: none of them. Where they are all blank nothing is known.

x/shelter  x/legal
1          1
0          0        none: in the total, in no category, and it is not legal help
1          0
                    not recorded
"""

import pytest

from ctanalysis import records
from ctanalysis.project import load
from tests.generators import small
from tests.generators.sent import KEY, field, sent, surveyed
from tests.records.test_foreign_files import counted

SERVICES = [{"value": value, "label": value} for value in ("shelter", "legal")]
DAYS = ("2014-01-01", "2014-03-31")
COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"\n'
SHARE = (
    'measure = "share"\ndenominator = { measure = "count", table = "rows", date = "day" }\n'
    'numerator = { where = { x = "legal" } }\n'
)
YES, NONE, ONE, BLANK = ("1", "1"), ("0", "0"), ("1", "0"), ("", "")


def rows_of(*cells, whole=False):
    head = ["id", "day", *(["x"] * whole), "x/shelter", "x/legal"]
    return [head, *([f"r{row}", "2014-01-02", *([""] * whole), *pair] for row, pair in enumerate(cells, 2))]


def values(folder, calculation, *cells, whole=False, required=False):
    """The values of a sheet of rows with these cells, by cell."""
    several = field("x", "list", delimiter=" ", categories=SERVICES, constraints={"required": required})
    schema = {"schema": {"fields": [KEY, field("day", "date"), several], "primaryKey": ["id"]}, "due": "never"}
    sent(folder, [], rows_of(*cells, whole=whole), name="rows.csv", table=schema)
    counted(folder, calculation)
    found = small.values(folder, DAYS)
    return {key[1:]: (one.value, one.rows, one.lacking) for key, one in found.items()}


@pytest.mark.parametrize("whole", [False, True])
def test_a_share_of_those_who_had_it(tmp_path, whole):
    """One of four: of the two with none it is known. KoboToolbox leaves the one column empty then."""
    found = values(
        tmp_path / "p", SHARE, YES if not whole else NONE, NONE, ONE if not whole else NONE, NONE, whole=whole
    )
    assert found["total", "all"] == ((0.25, 4, 0) if not whole else (0, 4, 0))


def test_blank_columns_are_not_known(tmp_path):
    found = values(tmp_path / "p", SHARE, YES, NONE, ONE, BLANK)
    assert found["total", "all"] == (pytest.approx(1 / 3), 3, 1)


@pytest.mark.parametrize(("condition", "rows"), [('{ not = "legal" }', 3), ("{ present = true }", 4), ('"shelter"', 2)])
def test_conditions(tmp_path, condition, rows):
    """Of 1,1 / 0,0 / 1,0 / 0,0 and a blank one."""
    found = values(tmp_path / "p", f"{COUNT}where = {{ x = {condition} }}", YES, NONE, ONE, NONE, BLANK)
    assert found["total", "all"][0] == rows


def test_by_the_list(tmp_path):
    """In the total, in no category, and not among those not recorded."""
    found = values(tmp_path / "p", f'{COUNT}disaggregate = ["x"]', YES, NONE, ONE, NONE, BLANK)
    assert {key: value[0] for key, value in found.items()} == {
        ("total", "all"): 5, ("x", "shelter"): 2, ("x", "legal"): 1, ("x", "not recorded"): 1
    }  # fmt: skip


def test_a_list_that_must_be_filled(tmp_path):
    """A no to all is an answer; no answer is none."""
    assert values(tmp_path / "p", COUNT, YES, NONE, required=True)["total", "all"] == (2, 2, 0)
    held = records.survey(load(tmp_path / "p"))
    assert not held.findings
    assert values(tmp_path / "q", COUNT, YES, NONE, BLANK, required=True)["total", "all"] == (2, 2, 0)
    [finding] = records.survey(load(tmp_path / "q")).findings
    assert (finding.rule, finding.rows) == ("required", (4,))


def test_without_a_column_for_each_the_one_column_tells(tmp_path):
    """Nothing is known of legal help where it has no column and the one column is empty."""
    several = field("x", "list", delimiter=" ", categories=SERVICES)
    rows = [["id", "day", "x", "x/shelter"], ["r2", "2014-01-02", "", "0"], ["r3", "2014-01-02", "legal", "0"]]
    found = surveyed(tmp_path / "p", [several], rows, name="rows.csv")["rows"]["x"]
    assert found.isna().tolist() == [True, False]


def test_a_row_of_noughts_alone_is_empty(tmp_path):
    """As a form leaves it below the last record."""
    several = field("x", "list", delimiter=" ", categories=SERVICES)
    rows = [*rows_of(YES), ["", "", "0", "0"]]
    found = surveyed(tmp_path / "p", [several], rows, name="rows.csv")
    assert not found.findings and len(found["rows"]) == 1
