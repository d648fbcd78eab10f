"""A correction on the record changes one cell: of its own table, row and field, and nothing beside it."""

import json

import pytest

from ctanalysis import Refused, project, records
from tests.generators import small

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'
ROWS = "day amount\n2014-01-01 1\n2014-01-02 1"


def corrected(folder, table="rows", **changed):
    """The amounts of two tables that look alike, by table, after a correction of one row of one of them."""
    small.write(folder, ROWS, COUNT)
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"].append(package["resources"][0] | {"name": "others", "path": "records/others.csv"})
    path.write_text(json.dumps(package), encoding="utf-8")
    (folder / "records" / "others.csv").write_bytes((folder / "records" / "rows.csv").read_bytes())
    (folder / "judgements").mkdir()
    correction = {"key": "r0002", "field": "amount", "expect": "1", "value": "7", "reason": ".", "role": "."} | changed
    lines = "".join(f"{name} = {json.dumps(value)}\n" for name, value in correction.items())
    text = f'[[correction]]\ntable = "{table}"\n{lines}date = 2014-02-01\n'
    (folder / "judgements" / "corrections.toml").write_text(text, encoding="utf-8")
    found = records.survey(project.load(folder))
    return {name: found[name]["amount"].tolist() for name in found}


@pytest.mark.parametrize("table, expected", [("rows", ([1, 7], [1, 1])), ("others", ([1, 1], [1, 7]))])
def test_only_the_table_that_is_named_is_corrected(tmp_path, table, expected):
    """Two tables with the same keys: 7 in place of 1 in one row of one of them."""
    found = corrected(tmp_path / "p", table)
    assert (found["rows"], found["others"]) == expected


def test_a_cell_that_says_something_else_by_now_is_not_corrected(tmp_path):
    """The partner has sent the file again, with another value: somebody must look at the correction."""
    with pytest.raises(Refused, match=r"corrections\.toml"):
        corrected(tmp_path / "p", expect="2")


def test_a_row_that_is_not_there_is_not_corrected(tmp_path):
    """No row has the key."""
    with pytest.raises(Refused, match=r"corrections\.toml"):
        corrected(tmp_path / "p", key="r0009")


def test_a_value_that_cannot_be_read_is_no_correction(tmp_path):
    """The partner's file is not to blame for it."""
    with pytest.raises(Refused, match="Correct the correction"):
        corrected(tmp_path / "p", value="many")
