"""Columns of a Parquet file that are typed: what fits is taken as it is, what does not is found, row by row."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from ctanalysis import project, records
from ctanalysis.records import conversion
from tests.generators import parquet_files
from tests.generators.sent import field, sent, told

DAYS = [date(2014, 1, 1), date(2014, 1, 2), date(2014, 1, 3), date(2014, 1, 4)]


def surveyed(folder, fields, columns, day=None, table=None, facts="", **more):
    """The Records of a table with these columns beside its key and day."""
    sent(
        folder, fields, [], name="rows.csv", table=(table or {}) | {"path": "records/rows.parquet"}, project_toml=facts
    )
    (folder / "records/rows.csv").unlink()
    count = len(next(iter(columns.values()))) if columns else len(day)
    own = {"id": [f"r{number}" for number in range(1, count + 1)], "day": DAYS[:count] if day is None else day}
    parquet_files.write(folder / "records/rows.parquet", own | columns, **more)
    return records.survey(project.load(folder))


def test_values_are_not_read_from_texts(tmp_path, monkeypatch):
    """Days, numbers and truth values are taken as they are: nothing is left to be read."""
    read = []
    monkeypatch.setattr(
        conversion,
        "_read",
        lambda schema, text, facts, own=conversion._read: (
            read.append((schema.name, len(text))),
            own(schema, text, facts),
        )[1],
    )
    fields = [field("whole", "integer"), field("part", "number"), field("said", "boolean")]
    found = surveyed(
        tmp_path / "p", fields, {"whole": [1, 2, None], "part": [0.5, 1.25, None], "said": [True, None, False]}
    )
    assert not found.findings
    of_heading = ("day", 1)  # the first row's, by which it is seen whether the row names the columns once more
    assert {*read} - {of_heading} == {("day", 0), ("whole", 0), ("part", 0), ("said", 0)}
    assert found["rows"]["whole"].tolist() == [1, 2, pd.NA]
    assert found["rows"]["part"].fillna(-1).tolist() == [0.5, 1.25, -1]
    assert found["rows"]["said"].tolist() == [True, pd.NA, False]


def test_a_corrected_value_stands_among_typed_ones(tmp_path):
    """A correction knows a number by what a CSV file would have, and changes that cell alone."""
    sent(
        tmp_path / "p",
        [field("part", "number", decimalChar=",")],
        [],
        name="rows.csv",
        table={"path": "records/rows.parquet"},
    )
    (tmp_path / "p/records/rows.csv").unlink()
    parquet_files.write(tmp_path / "p/records/rows.parquet", {"id": ["r1", "r2"], "day": DAYS[:2], "part": [0.5, 1.25]})
    (tmp_path / "p/judgements").mkdir(exist_ok=True)
    (tmp_path / "p/judgements/corrections.toml").write_text(
        '[[correction]]\ntable = "rows"\nkey = "r2"\nfield = "part"\nexpect = "1,25"\nvalue = "7,5"\n'
        'reason = "a slip"\nrole = "officer"\ndate = 2015-01-20\n',
        encoding="utf-8",
    )
    assert records.survey(project.load(tmp_path / "p"))["rows"]["part"].tolist() == [0.5, 7.5]


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "values, kind, wrong",
    {
        "five decimals": ([1.5, 0.12345], "number", [3]),
        "infinity": ([1.5, float("inf")], "number", [3]),
        "twelve digits": ([1.5, 1e12], "number", [3]),
        "a decimal that is too fine": ([Decimal("1.50000"), Decimal("0.12345")], "number", [3]),
        "a half in whole numbers": ([1.0, 1.5], "integer", [3]),
        "beyond fifteen digits": ([1, 10**15], "integer", [3]),
        "a day in numbers": (DAYS[:2], "number", [2, 3]),
        "truth in numbers": ([True, False], "integer", [2, 3]),
        "a number for a day": ([20140101, 7], "date", [2, 3]),
        "truth for a day": ([True, None], "date", [2]),
        "a day of another century": ([date(1, 1, 1), DAYS[0]], "date", [2]),
        "seven as a truth": ([1, 7], "boolean", [3]),
    }.values(),
)
def test_what_does_not_fit_its_field_is_held_back(tmp_path, values, kind, wrong):
    """By file, column and row, as in a text."""
    found = surveyed(tmp_path / "p", [field("x", kind)], {"x": values})
    ours = [one for one in found.findings if one.rule != "file"]  # that no row is left is said of the file
    assert {(one.severity, one.rule, one.field) for one in ours} == {("held back", "type", "x")}
    assert sorted(row for one in ours for row in one.rows) == wrong


def test_small_and_whole_numbers_with_a_point(tmp_path):
    """0.1 of 32 bits is 0.1; 3.0 is a whole number, as pandas has it in a column with a gap; no number is none."""
    found = surveyed(
        tmp_path / "p",
        [field("x", "number"), field("n", "integer")],
        {"x": pa.array([0.1, 2.5, float("nan")], pa.float32()), "n": [3.0, -0.0, float("nan")]},
    )
    assert not found.findings
    assert found["rows"]["x"].fillna(-1).tolist() == [0.1, 2.5, -1]
    assert found["rows"]["n"].tolist() == [3, 0, pd.NA]


def test_codes_that_are_numbers_keep_every_digit(tmp_path):
    """Whole numbers beyond 2**53 are other people for each digit; with a point their last digits are lost."""
    codes = [2**53, 2**53 + 1, None]
    found = surveyed(tmp_path / "p", [field("code")], {"code": pa.array(codes, pa.int64())})
    assert found["rows"]["code"].fillna("").tolist() == [str(2**53), str(2**53 + 1), ""]
    lost = surveyed(tmp_path / "q", [field("code")], {"code": [float(2**53), 12.0, None]})
    assert told(lost) == [("held back", "long code", "code", (2,))]
    assert lost["rows"]["code"].fillna("").tolist() == ["12", ""]


def test_a_day_where_a_code_belongs_is_held_back(tmp_path):
    """As in a workbook: 1/2 may have been typed."""
    fields = [field("code", constraints={"unique": True})]
    found = surveyed(tmp_path / "p", fields, {"code": DAYS[:2]})
    assert ("held back", "day", "code", (2, 3)) in told(found)


BISHKEK = timezone(timedelta(hours=6))


@pytest.mark.parametrize(
    "kind, moment, zone, day",
    [
        (pa.timestamp("us"), datetime(2014, 1, 1, 20), "", "2014-01-01"),
        (pa.timestamp("ns", "Asia/Bishkek"), datetime(2014, 1, 1, 20, tzinfo=BISHKEK), "", "2014-01-01"),
        (pa.timestamp("ms", "UTC"), datetime(2014, 1, 1, 20, tzinfo=UTC), "Asia/Bishkek", "2014-01-02"),
        (pa.timestamp("ms", "UTC"), datetime(2014, 1, 1, 20, tzinfo=UTC), "", None),
    ],
)
def test_times_are_days_as_in_a_text(tmp_path, kind, moment, zone, day):
    """A time belongs to its day; one of Greenwich to the day in the project's zone, and to none without one."""
    facts = f'time_zone = "{zone}"\n' if zone else ""
    found = surveyed(tmp_path / "p", [], {}, day=pa.array([moment], kind), facts=facts)
    days = found["rows"]["day"].astype(str).tolist()
    assert days == ([day] if day else [])
    [finding] = [one for one in found.findings if one.rule != "file"]
    assert (finding.severity, finding.rows) == ("repaired" if day else "held back", (2,))


def test_an_index_of_pandas_is_no_column(tmp_path):
    """The numbers of rows that were left of a longer table are passed over."""
    found = surveyed(tmp_path / "p", [], {"__index_level_0__": [7, 9]})
    assert not found.findings and len(found["rows"]) == 2


@pytest.mark.parametrize("name", ["DAY", "remarks", "id"])
def test_columns_are_named_as_in_a_text(tmp_path, name):
    """A column twice, in whatever case, or one that is not known, refuses the file; no cell of it is told."""
    sent(tmp_path / "p", [], [], name="rows.csv", table={"path": "records/rows.parquet"})
    table = pa.Table.from_arrays([pa.array(["r1"]), pa.array(DAYS[:1]), pa.array(["SECRET"])], ["id", "day", name])
    parquet_files.write(tmp_path / "p/records/rows.parquet", table)
    [finding] = [one for one in records.survey(project.load(tmp_path / "p")).findings if one.rule == "file"][:1]
    assert "column C of row 1" in finding.says and "SECRET" not in str(finding)


def test_a_column_without_a_name_is_told(tmp_path):
    """It is not read, and not lost without a word."""
    assert told(surveyed(tmp_path / "p", [], {"": ["x", "y"]})) == [("to be looked at", "no heading", "", ())]


def test_a_column_that_is_not_needed_is_never_opened(tmp_path):
    """The bytes of an ignored column may be anything; those of one that is read may not."""
    table = {"ignoredColumns": ["name"]}
    names = pa.array([f"SECRET-{number}" for number in range(4)])
    found = surveyed(
        tmp_path / "p",
        [],
        {"name": names},
        table=table,
        compression="none",
        use_dictionary=False,
        write_statistics=False,
        column_encoding={"name": "PLAIN"},
    )
    assert len(found["rows"]) == 4
    path = tmp_path / "p/records/rows.parquet"
    whole = path.read_bytes()
    start = whole.index(b"SECRET-0") - 4
    path.write_bytes(whole[:start] + b"\xff" * 9 + whole[start + 9 :])
    assert len(records.survey(project.load(tmp_path / "p"))["rows"]) == 4
    described = tmp_path / "p/datapackage.json"
    package = json.loads(described.read_text(encoding="utf-8"))
    package["resources"][0]["ignoredColumns"] = []
    package["resources"][0]["schema"]["fields"].append(field("name"))
    described.write_text(json.dumps(package), encoding="utf-8")
    [finding] = records.survey(project.load(tmp_path / "p")).findings
    assert "damaged" in finding.says and "SECRET" not in str(finding)


def test_a_total_in_a_column_that_is_not_read_is_one(tmp_path):
    """A row without a key is looked at: the word stands beside it."""
    sent(
        tmp_path / "p",
        [field("n", "integer")],
        [],
        name="rows.csv",
        table={"path": "records/rows.parquet", "ignoredColumns": ["note", "number"]},
    )
    (tmp_path / "p/records/rows.csv").unlink()
    columns = {"id": ["r1", None], "day": [DAYS[0], None], "n": [3, 3], "note": ["x", "Total"], "number": [1, 2]}
    parquet_files.write(tmp_path / "p/records/rows.parquet", columns)
    assert told(records.survey(project.load(tmp_path / "p"))) == [("passed over", "total", "", (3,))]


def test_a_list_may_have_a_column_of_truth_for_each_value(tmp_path):
    """As KoboToolbox splits it, with true and false."""
    lists = field(
        "help", "list", categories=[{"value": "a", "label": "A"}, {"value": "b", "label": "B"}], delimiter=" "
    )
    found = surveyed(tmp_path / "p", [lists], {"help/a": [True, False, True], "help/b": [True, False, False]})
    assert not found.findings
    assert found["rows"]["help"].astype(object).fillna("").tolist() == ["a b", "", "a"]


def test_a_folder_may_hold_both_kinds(tmp_path):
    """One partner sends CSV, another Parquet: one table."""
    sent(tmp_path / "p", [field("n", "number")], [], name="rows.csv", table={"path": "records/all"})
    (tmp_path / "p/records/rows.csv").unlink()
    (tmp_path / "p/records/all").mkdir()
    (tmp_path / "p/records/all/a.csv").write_text("id,day,n\nr1,2014-01-01,1.5\n", encoding="utf-8")
    parquet_files.write(tmp_path / "p/records/all/b.parquet", {"n": np.array([2.25]), "day": DAYS[1:2], "id": ["r2"]})
    (tmp_path / "p/records/all/_SUCCESS").touch()
    found = records.survey(project.load(tmp_path / "p"))
    assert not found.findings
    assert found["rows"]["n"].tolist() == [1.5, 2.25]
    assert found["rows"]["day"].astype(str).tolist() == ["2014-01-01", "2014-01-02"]


def test_a_dictionary_says_nothing_that_no_row_says(tmp_path):
    """Its order, and a word in it that stands in no row, are the writer's, and no part of the records."""
    lists = field("help", "list", categories=[{"value": "a", "label": "A"}, {"value": "b", "label": "B"}])
    words = pa.DictionaryArray.from_arrays(pa.array([2, 1, 2]), pa.array(["of no row", "a", "b"]))
    found = surveyed(tmp_path / "p", [lists], {"help": words})
    assert not found.findings
    assert found["rows"]["help"].cat.categories.tolist() == ["b", "a"]  # as they come, as in a CSV file
