"""A row of a day outside of the project is counted in no period, and it is said: 2004 for 2014, 2041 for 2014.

The project is from October 2011 to September 2015.
"""

import pytest

from ctanalysis import records
from ctanalysis.project import load
from ctanalysis.records import HELD_BACK, LOOK
from tests.generators import small
from tests.records.ruled import project
from tests.records.test_deliveries import COUNT

OUT = "outside project"


def looked(folder):
    return [(one.rule, one.field, one.rows, one.says) for one in records.survey(load(folder)).of(LOOK)]


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2004-01-05", "is before the project's first day (2011-10-01), so it is counted in no period (indicator x)"),
        ("2011-09-30", "is before the project's first day (2011-10-01), so it is counted in no period (indicator x)"),
        ("2041-01-05", "is after the project's last day (2015-09-30), so it is counted in no period (indicator x)"),
        ("2015-10-01", "is after the project's last day (2015-09-30), so it is counted in no period (indicator x)"),
        ("2011-10-01", ""),
        ("2015-09-30", ""),
    ],
)
def test_a_day_outside_of_the_project_is_said(tmp_path, day, says):
    """The other row is of January 2014, and counted."""
    small.write(tmp_path / "p", f"day\n{day}\n2014-01-05", COUNT)
    assert looked(tmp_path / "p") == ([(OUT, "day", (2,), says)] if says else [])
    assert len(records.survey(load(tmp_path / "p"))["rows"]) == 2


def test_with_a_rule_it_is_held_back_and_said_once(tmp_path):
    rule = '[[dates]]\ntable = "rows"\nfield = "day"\nreason = "."\n'
    found = records.survey(project(tmp_path / "p", "day\n2004-01-05\n2014-01-05", rule))
    assert [one.rule for one in found.of(HELD_BACK)] == ["project's dates"] and not found.of(LOOK)


def test_of_a_row_that_is_not_meant_nothing_is_said(tmp_path):
    """The sheet counts women, and this one is of a man; and a day that nobody counts by is no one's fault."""
    small.write(
        tmp_path / "p", "day sex end\n2004-01-05 M -\n2014-01-05 F 2041-01-01", COUNT + '\nwhere = { sex = ["F"] }'
    )
    assert looked(tmp_path / "p") == []


@pytest.mark.parametrize(("period", "rows"), [("2010", (2,)), ("2011", ()), ("2012", ()), ("2015", ()), ("2016", (2,))])
def test_a_year_is_outside_where_all_of_it_is(tmp_path, period, rows):
    small.write(tmp_path / "p", f"day\n{period}\n2014", COUNT)
    path = tmp_path / "p/datapackage.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('"name": "day", "type": "date"', '"name": "day", "type": "date", "format": "year"'), "utf-8"
    )
    assert [one for rule, _, one, _ in looked(tmp_path / "p") if rule == OUT] == ([rows] if rows else [])


def test_what_stands_since_before_the_project_stands(tmp_path):
    """A shelter may be older than the project; one that opens after its end stands in no period."""
    level = 'table = "rows"\nmeasure = "level"\nstart = "day"\nend = "end"'
    small.write(tmp_path / "p", "day end\n2004-01-05 -\n2041-01-05 -\n2004-01-05 2005-01-01", level)
    assert [(rule, rows) for rule, _, rows, _ in looked(tmp_path / "p")] == [(OUT, (3,)), (OUT, (4,))]
