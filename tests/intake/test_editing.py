"""One place of a file that people wrote changes, and everything else stays to the letter."""

import json
import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctanalysis.base.errors import Refused
from ctanalysis.evaluation import SHIPPED
from ctanalysis.intake.receiving.editing import with_delivery, with_path, with_records_through

NEW = "records/workbooks/отчет.xlsx"


@pytest.mark.parametrize(
    "before, after",
    [
        ('"records/a.csv"', f'["records/a.csv", "{NEW}"]'),
        ('["records/a.csv","records/b"]', f'["records/a.csv","records/b", "{NEW}"]'),
        (
            '[\n    "records/a.csv",\n    "records/b"\n  ]',
            f'[\n    "records/a.csv",\n    "records/b",\n    "{NEW}"\n  ]',
        ),
        ('[\r\n\t"records/a.csv"\r\n]', f'[\r\n\t"records/a.csv",\r\n\t"{NEW}"\r\n]'),
    ],
)
def test_a_path_is_added_in_the_way_that_the_file_is_written(before, after):
    """On one line or on several, of the right table, whatever stands before and behind; a mark at the start stays."""
    other = '{{"schema": {{"path": "x"}}, "name": "other", "path": "a"}}'
    form = '\ufeff{{"resources": [\n ' + other + ',\n {{ "path" :  {} , "name": "a\\"b" }}\n]}}\n'
    assert with_path(form.format(before), 'a"b', NEW) == form.format(after)


@pytest.mark.parametrize("table", ["organisations", "events", "expenditures"])
def test_of_the_shipped_tables_one_line_changes(table):
    """The shipped datapackage.json, with comments in its descriptions and lines of many lengths: one line differs."""
    text = (SHIPPED / "datapackage.json").read_bytes().decode("utf-8")
    changed = with_path(text, table, NEW)
    pairs = [pair for pair in zip(text.splitlines(), changed.splitlines(), strict=True) if pair[0] != pair[1]]
    assert pairs == [(f'      "path": "records/{table}",', f'      "path": ["records/{table}", "{NEW}"],')]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(values, max_size=3), st.dictionaries(st.text(), values, max_size=3), st.sampled_from([None, 1, "\t"]))
def test_any_descriptor_keeps_everything_else(others, more, indent):
    """Whatever else is in the file, and however it is laid out: what comes out is the same with one path more."""
    package = {**more, "resources": [{"name": "x", "path": "a", "more": others}, {"name": "t", "path": ["b"], **more}]}
    package["resources"][1] |= {"name": "t", "path": ["b"]}
    text = json.dumps(package, ensure_ascii=False, indent=indent)
    package["resources"][1]["path"] = ["b", NEW]
    assert json.loads(with_path(text, "t", NEW)) == package


def test_the_day_moves_and_comments_stay():
    """The first line that means records_through is changed; one inside a comment or a sentence is not."""
    text = (
        '# records_through = 2014-12-31\nnotice = """\nrecords_through = 2014-12-31\n"""\n'
        "records_through=2014-12-31 # the last day\n[x]\nrecords_through = 2014-12-31\n"
    )
    assert with_records_through(text, date(2015, 3, 31)) == text.replace(
        "\nrecords_through=2014-12-31", "\nrecords_through=2015-03-31"
    )


def test_the_day_moves_in_the_shipped_file():
    """One line of data/project.toml differs, and it is read as the new day."""
    text = (SHIPPED / "project.toml").read_text(encoding="utf-8")
    changed = with_records_through(text, date(2015, 3, 31))
    assert changed == text.replace("records_through = 2014-12-31", "records_through = 2015-03-31")
    assert tomllib.loads(changed)["records_through"] == date(2015, 3, 31)


def test_a_day_that_cannot_be_found_is_left_to_people():
    """A key written in escapes: it is not guessed at."""
    with pytest.raises(Refused, match="Move it to 2015-03-31 yourself"):
        with_records_through('"records\\u005fthrough" = 2014-12-31\n', date(2015, 3, 31))


def test_a_delivery_is_a_row_in_the_file_s_own_order():
    """Other columns first, lines that end as Windows ends them, no end behind the last one, a comma in a name."""
    row = {"file": "records/a, b.xlsx", "partner": "ORG05", "period": "FY2015Q2", "sent": "2015-04-14"}
    assert with_delivery("", row) == 'file,partner,period,sent\n"records/a, b.xlsx",ORG05,FY2015Q2,2015-04-14\n'
    before = "\ufeffsent,file,partner,period\r\n2015-01-01,x,y,FY2015Q1"
    assert with_delivery(before, row) == f'{before}\r\n2015-04-14,"records/a, b.xlsx",ORG05,FY2015Q2\r\n'
