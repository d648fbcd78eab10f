"""make check by partner, the worst first: what cannot be counted or was not sent before what is merely odd."""

import pytest

from ctanalysis.__main__ import main
from ctanalysis.intake import datacheck
from ctanalysis.project import SHIPPED, load
from ctanalysis.records import survey
from tests.conftest import copied, shipped_records
from tests.generators.wrong import file_of
from tests.intake.partner_files import laid_out

HEAD = "event_id,day,guests,oblast\n"
FILES = {
    "ORG01": "A-1,2014-10-01,-5,OSH\nA-2,2014-10-02,-6,OSH\nA-3,2014-10-03,-7,OSH\n",  # three that look odd
    "ORG02": "B-1,2014-10-01,x,OSH\nB-2,2014-10-02,3,OSH\n",  # one held back
    "ORG03": "C-1,2014-10-01,4,OSH\n",  # nothing
}
RULE = '[[range]]\ntable = "events"\nfield = "guests"\nminimum = 0\nreason = "Nobody is less than nobody."\n'


@pytest.fixture
def project(tmp_path):
    made = laid_out(tmp_path / "project")
    rows = ["file,partner,period,sent"]
    for partner, text in FILES.items():
        (made / "records" / "events" / f"{partner}.csv").write_text(HEAD + text, encoding="utf-8")
        rows.append(f"records/events/{partner}.csv,{partner},FY2015Q1,2015-01-10")
    (made / "records" / "events" / "ORG04.xlsx").write_bytes(b"\x89PNG")
    rows += ["records/events/ORG04.xlsx,ORG04,FY2015Q1,2015-01-10"]
    (made / "deliveries.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (made / "rules.toml").write_text(RULE, encoding="utf-8")
    return made


def told(project, period="FY2015Q1"):
    found = load(project)
    return datacheck.by_partner(found, survey(found), found.calendar.parse(period))


def without_org04(project):
    """As if it had sent nothing."""
    (project / "records" / "events" / "ORG04.xlsx").unlink()
    lines = (project / "deliveries.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (project / "deliveries.csv").write_text("".join(line for line in lines if "ORG04" not in line), encoding="utf-8")


def test_the_worst_comes_first(project):
    """A file that cannot be read, then a row held back, then three rows that are only odd; last who has nothing."""
    without_org04(project)
    assert told(project).split("\n") == [
        "By partner, the worst first:",
        "ORG02: 1 row held back",
        "ORG01: 3 rows to be looked at",
        "Nothing of: ORG03",
    ]


def test_a_file_that_is_listed_and_not_there_is_missing(project):
    """Nobody put ORG04's file there, and its line says that it came."""
    (project / "records" / "events" / "ORG04.xlsx").unlink()
    lines = told(project).split("\n")
    assert [line for line in lines if "ORG04" in line] == ["ORG04: 1 missing"]
    assert "  missing: events of FY2015Q1 not sent" in lines


def test_a_file_that_cannot_be_read_is_worst(project):
    """Nothing of it is counted. Odd rows of a table that cannot be read as a whole are not looked for."""
    assert told(project).split("\n")[1:4] == [
        "ORG04: 1 file cannot be read; 1 missing",
        "  records/events/ORG04.xlsx: cannot be read",
        "  missing: events of FY2015Q1 came, and no row of it can be used",
    ]


def test_a_table_that_was_sent_before_and_is_missing_counts_as_much_as_rows_held_back(project):
    """ORG01 sent events of FY2014Q4, and nothing of FY2015Q1; so it is told before one that sent two odd rows."""
    without_org04(project)
    text = (project / "deliveries.csv").read_text(encoding="utf-8")
    text = text.replace("ORG03,FY2015Q1,2015-01-10", "ORG03,FY2014Q4,2014-10-10")
    (project / "deliveries.csv").write_text(text, encoding="utf-8")
    lines = told(project).split("\n")
    assert lines[2:4] == ["ORG03: 1 missing", "  missing: events of FY2015Q1 not sent"]
    assert lines[4] == "ORG01: 3 rows to be looked at"


def test_a_partner_without_rows_in_the_period_is_told():
    """The shipped rule watches who assists people: ORG12 and ORG13 have no row in FY2015Q1; ORG07's gap is earlier."""
    found = load(SHIPPED)
    said = datacheck.by_partner(found, shipped_records(), found.calendar.parse("FY2015Q1"))
    assert "ORG12: 1 missing\n  missing: no row of Services in FY2015Q1" in said and "ORG13: 1 missing" in said
    assert "ORG07" not in said


def test_a_file_dropped_into_a_shipped_tables_folder_is_read_and_has_no_delivery(tmp_path):
    """Each shipped table is a folder: beside its 1,057 events two more count. One of a kind that there is not is told
    as of a file that deliveries.csv does not name; of the other file nothing needs to be said.
    """
    folder = copied(tmp_path / "data")
    header = (folder / file_of("events")).read_text(encoding="utf-8").splitlines()[0]
    row = "{},2014-12-30,{},Communities,KG-GB,ORG05\n"
    for name, kinds in {"ORG05 April": {"X1": "Training", "X2": "Soon"}, "ORG06": {"X3": "Training"}}.items():
        rows = [row.format(*event) for event in kinds.items()]
        (folder / f"records/events/{name}.csv").write_text("".join([f"{header}\n", *rows]), encoding="utf-8")
    found = load(folder)
    read = survey(found)
    tally = read.tally[read.tally["table"] == "events"].set_index("path")["read"].to_dict()
    places = [f"records/events/{name}.csv" for name in ("ORG05 April", "ORG06", "events")]
    assert tally == dict(zip(places, (2, 1, 1057), strict=True))
    assert len(read["events"]) == 1057 + 2 and {"X1", "X3"} < set(read["events"]["event_id"])
    said = datacheck.by_partner(found, read, found.calendar.parse("FY2015Q1"))
    assert f"files that deliveries.csv does not name: 1 row held back\n  {places[0]}: 1 row held back" in said
    assert "ORG06" not in said


def test_files_that_no_delivery_names_are_told_together(project):
    """earlier.csv is in no delivery: its row with a word for a number stands under that, with the file."""
    (project / "records" / "events" / "ORG04.xlsx").unlink()
    (project / "records" / "events" / "earlier.csv").write_text(f"{HEAD}E-1,2014-11-03,x,OSH\n", encoding="utf-8")
    lines = [
        "files that deliveries.csv does not name: 1 row held back",
        "  records/events/earlier.csv: 1 row held back",
    ]
    assert "\n".join(lines) in told(project)


def test_without_deliveries_nobody_is_named(project):
    """Who sent what is not known then."""
    (project / "deliveries.csv").unlink()
    assert told(project) == ""


def test_the_command_says_it_before_the_findings(project, capsys):
    """make check: rows by file, then by partner, then the findings one by one."""
    (project / "records" / "events" / "ORG04.xlsx").unlink()
    assert main(["check", "-p", "period", "FY2015Q1", "-p", "project", str(project)]) == 1
    said = capsys.readouterr().out
    assert said.index("All files:") < said.index("By partner, the worst first:") < said.index("held back: records/")
