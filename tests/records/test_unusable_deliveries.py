"""A delivery of which no row can be used has not come, and a file that no line of deliveries.csv names is told.

Of what nobody could read nothing is 0.
"""

import csv

import pytest

from ctanalysis import evaluate
from ctanalysis.intake import datacheck
from ctanalysis.intake.completeness import arrived
from ctanalysis.project import SHIPPED, load
from ctanalysis.records import LOOK, survey
from tests.generators import small
from tests.records.test_deliveries import COUNT, value

HEADER = "id,day,end,person,sex,kind,amount,done"
GOOD, BAD = "{id},{day},,,,,1,", "{id},{day},,,,,many,"  # in the amount a number, and a word
STRIKE = (
    '[[correction]]\ntable = "rows"\nkey = "a1"\nfield = "amount"\nexpect = "many"\nstrike = true\nreason = "."\n'
    'role = "."\ndate = 2014-08-01\n'
)


def project(folder, files, sent="", due="quarter"):
    """A project complete to June 2014 with a folder of files. files: by name, lines. sent: name, partner, period."""
    small.write(folder, "day\n2014-01-05", COUNT, due=due)
    (folder / "records/rows.csv").unlink()
    for name, rows in files.items():
        lines = [row.format(id=f"{name[0]}{number}", day=DAY[name[0]]) for number, row in enumerate(rows, 1)]
        (folder / "records" / name).write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
    for name, old, new in (
        ("datapackage.json", "records/rows.csv", "records/"),
        ("project.toml", "2014-12-31", "2014-06-30"),
    ):
        (folder / name).write_text((folder / name).read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    if sent:
        lines = [line.split() for line in sent.splitlines()]
        rows = [[f"records/{name}", who, period, "2014-08-01"] for name, who, period in lines]
        with (folder / "deliveries.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["file", "partner", "period", "sent"], *rows])
    return folder


DAY = {"q": "2014-02-05", "a": "2014-05-05", "b": "2014-05-06", "n": "2013-11-05"}  # by the first letter of the file
SENT = "q.csv A FY2014Q2\na.csv A FY2014Q3"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([BAD], (None, "not received")),
        ([BAD, BAD], (None, "not received")),
        ([BAD, GOOD], (1, "exact")),  # a row that is held back of a file that could be read is told by the check
        ([], (0, "exact")),  # nothing to record
        (["Total,,,,,,7,"], (None, "not received")),  # what it adds up was not sent
    ],
)
def test_of_what_nobody_could_read_nothing_is_0(tmp_path, rows, expected):
    """A's file of April to June; that of January to March is right, and has one row."""
    ours = project(tmp_path / "p", {"q.csv": [GOOD], "a.csv": rows}, SENT)
    assert value(ours, "FY2014Q3") == expected and value(ours, "FY2014Q2") == (1, "exact")
    assert value(ours, "FY2014Q2", "FY2014Q3") == (1 + (expected[0] or 0), "exact")


def test_where_no_deliveries_are_kept_either(tmp_path):
    """Its day can be read, its amount not: the quarter is asked about, and is not 0."""
    ours = project(tmp_path / "p", {"q.csv": [GOOD], "a.csv": [BAD]})
    assert value(ours, "FY2014Q3") == (None, "not received")
    right = project(tmp_path / "right", {"q.csv": [GOOD], "a.csv": [GOOD]})
    assert value(right, "FY2014Q3") == (1, "exact")


def test_rows_that_are_left_out_on_purpose_came(tmp_path):
    """The only row was struck out on the record: there was nothing, which is a true 0."""
    ours = project(tmp_path / "p", {"q.csv": [GOOD], "a.csv": [BAD]}, SENT)
    (ours / "judgements").mkdir(exist_ok=True)
    (ours / "judgements/corrections.toml").write_text(STRIKE, encoding="utf-8")
    assert value(ours, "FY2014Q3") == (0, "exact")


def test_another_file_of_the_partner_came(tmp_path):
    """A part of what it sent, or sent again: that is told by the old line and the old file that are taken out."""
    ours = project(tmp_path / "p", {"q.csv": [GOOD], "a.csv": [BAD], "b.csv": [GOOD]}, f"{SENT}\nb.csv A FY2014Q3")
    assert value(ours, "FY2014Q3") == (1, "exact")
    [of_q3] = [one for one in survey(load(ours)).missing["rows"] if one.quarter.label == "FY2014Q3"]
    assert of_q3.partial == of_q3.partners == ("A",) and not of_q3.is_whole
    loaded = load(ours)
    said = datacheck.arrived(loaded, survey(loaded), loaded.calendar.parse("FY2014Q3"))
    assert "(what was sent again has no line in deliveries.csv any more, and its old file is taken out)" in said
    again = project(tmp_path / "again", {"q.csv": [GOOD], "b.csv": [GOOD]}, "q.csv A FY2014Q2\nb.csv A FY2014Q3")
    assert value(again, "FY2014Q3") == (1, "exact")
    assert "FY2014Q3" not in [one.quarter.label for one in survey(load(again)).missing["rows"]]


def test_who_sent_it_is_told_apart_from_who_sent_nothing(tmp_path):
    """A's file cannot be used, B's can, C sent none: the value stands, and the check says of each what is so."""
    sent = f"{SENT}\nq.csv B FY2014Q2\nb.csv B FY2014Q3\nq.csv C FY2014Q2"
    ours = project(tmp_path / "p", {"q.csv": [GOOD], "a.csv": [BAD], "b.csv": [GOOD]}, sent)
    now = evaluate("FY2014Q3", ours)
    assert value(ours, "FY2014Q3") == (1, "exact")
    assert now.lacks["x", "2014-04-01", "2014-06-30"] == "without the records of 2 partners who used to send"
    loaded, found = load(ours), survey(load(ours))
    period = loaded.calendar.parse("FY2014Q3")
    said = datacheck.arrived(loaded, found, period)
    assert "not all came; not sent by C; no row can be used of what A sent" in said
    partners = datacheck.by_partner(loaded, found, period)
    assert "Rows of FY2014Q3 came, and no row of it can be used" in partners and "Rows of FY2014Q3 not sent" in partners
    come = arrived(loaded, period, found.came)
    assert come.come == [("B", "rows")] and come.missing == [("A", "rows"), ("C", "rows")]
    assert come.unusable == {("A", "rows")} and not come.is_complete


def test_the_first_delivery_of_a_partner_is_due_from_then_on(tmp_path):
    """Nobody sent before: what cannot be used is missing all the same."""
    ours = project(tmp_path / "p", {"q.csv": [GOOD], "a.csv": [BAD]}, "q.csv A FY2014Q2\na.csv B FY2014Q3")
    [of_q3] = [one for one in survey(load(ours)).missing["rows"] if one.quarter.label == "FY2014Q3"]
    assert of_q3.partners == ("A", "B") and of_q3.unusable == ("B",) and of_q3.silent == ("A",) and of_q3.is_whole


def unlisted(folder):
    return [one for one in survey(load(folder)).findings if one.rule == "unlisted delivery"]


@pytest.mark.parametrize("name", ["b.csv", "b, of May.csv"])
def test_a_file_that_no_line_names_is_told_and_the_advice_followed(tmp_path, name):
    """Dropped into the folder it is read; who sent it is not known until its line is there."""
    ours = project(tmp_path / "p", {"q.csv": [GOOD], "a.csv": [GOOD], name: [GOOD]}, SENT)
    assert value(ours, "FY2014Q3") == (2, "exact")
    [finding] = unlisted(ours)
    assert (finding.severity, finding.path, finding.table) == (LOOK, f"records/{name}", "rows")
    assert "deliveries.csv does not say who sent it" in finding.says and "make receive " in finding.do
    line = finding.do.partition("deliveries.csv: ")[2].partition("; or")[0]
    line = line.replace("WHO", "B").replace("FY0000Q0", "FY2014Q3").replace("YYYY-MM-DD", "2014-08-01")
    with (ours / "deliveries.csv").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    assert not unlisted(ours)


def test_where_no_deliveries_are_kept_no_line_is_asked_for(tmp_path):
    """Nor of a table that is never due, nor in the shipped project, where every file has its lines."""
    assert not unlisted(project(tmp_path / "none", {"q.csv": [GOOD]}))
    assert not unlisted(project(tmp_path / "all", {"q.csv": [GOOD], "a.csv": [GOOD]}, SENT))
    assert not unlisted(project(tmp_path / "never", {"q.csv": [GOOD], "a.csv": [GOOD]}, "q.csv A FY2014Q2", "never"))
    assert not unlisted(SHIPPED)


TOTAL = "Total,,,,,,1,"


@pytest.mark.parametrize("rows", [[GOOD, TOTAL], [TOTAL, GOOD], [GOOD, TOTAL, GOOD, TOTAL]])
def test_a_total_beside_records_doubts_no_month_without_any(tmp_path, rows):
    """April to June came, with rows of May and their sum: in June there were none."""
    ours = project(tmp_path / "p", {"q.csv": [GOOD], "a.csv": rows}, SENT)
    june = small.values(ours, ("2014-06-01", "2014-06-30"))[0, "total", "all"]
    assert (june.value, june.status) == (0, "exact")


def test_a_total_beside_records_of_a_half_doubts_no_quarter(tmp_path):
    """What was sent for a half has rows of its first quarter and their sum: in its second there were none."""
    sent = "n.csv A FY2014H1\na.csv A FY2014Q3"
    ours = project(tmp_path / "p", {"n.csv": [GOOD, TOTAL], "a.csv": [GOOD]}, sent)
    assert value(ours, "FY2014Q2") == (0, "exact")
    assert not [one for one in survey(load(ours)).missing["rows"] if one.quarter.label == "FY2014Q2"]
