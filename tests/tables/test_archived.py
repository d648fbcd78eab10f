"""An indicator that is told no more is archived with its last values, and never deleted."""

from ctanalysis import evaluate, narrative, tables
from tests.generators import small

SUM = 'measure = "sum"\ntable = "rows"\ncolumn = "amount"\ndate = "day"'
ROWS = "day amount\n2012-11-15 5\n2013-02-15 6\n2013-11-15 7"
PEOPLE = 'measure = "people"\ntable = "rows"\nperson = "person"\ndate = "day"\nwhere = { sex = ["F"] }'


def project(folder, calculation=SUM, rows=ROWS, **more):
    """A project with y, which goes on, and x, which was told up to September 2013."""
    told = 'retired = 2013-09-30\nretired_because = "Its partner left."\n'
    small.write(folder, rows, calculation, more=told, **more)
    text = (folder / "indicators" / "x.toml").read_text(encoding="utf-8").replace('code = "x"', 'code = "y"')
    (folder / "indicators" / "y.toml").write_text(text.replace(told, ""), encoding="utf-8")
    return folder


def test_it_stands_in_a_table_of_its_own_with_its_last_values(tmp_path):
    """11 by September 2013, and why no more; what came later is not counted, and no headline tells it."""
    found = evaluate("FY2014Q1", project(tmp_path / "p"))
    *_, archived = tables.tracking(found).tables
    assert archived.caption == "Archived indicators"
    assert archived.rows == (("x Things counted", "things", "11", "30 September 2013", "Its partner left."),)
    assert len(tables.tracking(found).tables[0].rows) == 1 and len(narrative.headlines(found).plain.splitlines()) == 1
    assert "x" not in set(found.history["indicator"])


def test_while_it_is_told_it_is_not_archived(tmp_path):
    """In the report of its last quarter it is one of the others; the table of archived ones is not there."""
    found = evaluate("FY2013Q4", project(tmp_path / "p"))
    assert len(tables.tracking(found).tables) == 2 and len(tables.tracking(found).tables[0].rows) == 2


def test_of_people_the_gate_stays_before_it(tmp_path):
    """The callers who are women are a part of all callers: beside the exact number of all nothing is told of
    them, archived or not.
    """
    rows = "day person sex\n2012-11-15 P1 F\n2013-02-15 P2 F\n2013-02-16 P3 M"
    folder = project(tmp_path / "p", PEOPLE, rows, disclosure="callers")
    other = folder / "indicators" / "y.toml"
    broken_down = other.read_text(encoding="utf-8").replace('where = { sex = ["F"] }', 'disaggregate = ["sex"]')
    other.write_text(broken_down, encoding="utf-8")
    before, after = evaluate("FY2013Q4", folder), evaluate("FY2014Q1", folder)
    [asked] = before.values.query("indicator == 'x' and horizon == 'project to date'")["status"]
    [told] = after.values.query("indicator == 'x' and horizon == 'archived'")["status"]
    assert told == asked == "not told"
