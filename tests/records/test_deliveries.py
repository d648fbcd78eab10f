"""What was not sent is not zero: which records of which quarter did not come, and what is then said of a value."""

import csv
from datetime import date
from itertools import pairwise
from zipfile import ZipFile, is_zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctanalysis import evaluate, narrative, tables
from ctanalysis.analysis.change import PREVIOUS
from ctanalysis.formats import sheets
from ctanalysis.formats.cover import cover
from ctanalysis.intake import datacheck
from ctanalysis.project import load
from ctanalysis.quality.received import lack
from ctanalysis.records import read, survey
from ctanalysis.records.received import lacking
from ctanalysis.reports import files
from tests.conftest import command
from tests.generators import small
from tests.generators.late import SILENT, late, late_project

COUNT = 'table = "rows"\nmeasure = "count"\ndate = "day"'
QUARTERS = {"FY2014Q2": ("2014-01-01", "2014-03-31"), "FY2014Q3": ("2014-04-01", "2014-06-30")}


def project(folder, rows, sent="", due="quarter", calculation=COUNT, quality=""):
    """A small project complete to June 2014. rows: as in small; sent: lines of partner, period, day and rows."""
    small.write(folder, rows, calculation, due=due)
    facts = folder / "project.toml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("2014-12-31", "2014-06-30"), encoding="utf-8")
    if sent:
        lines = (",".join(["records/rows.csv", *line.split(), ""][:5]) for line in sent.splitlines())
        text = "\n".join(["file,partner,period,sent,rows", *lines, ""])
        (folder / "deliveries.csv").write_text(text, encoding="utf-8")
    if quality:
        (folder / "quality.toml").write_text(quality, encoding="utf-8")
    return folder


def missing(folder):
    """By quarter: the partners that sent nothing, and whether nothing came."""
    found = read(load(folder)).missing["rows"]
    return {one.quarter.label: (one.partners, one.is_whole) for one in found}


def value(folder, *quarters):
    """The value and status of the days from the first quarter to the last."""
    row = small.values(folder, (QUARTERS[quarters[0]][0], QUARTERS[quarters[-1]][1]))[0, "total", "all"]
    return (None if row.value != row.value else row.value, row.status)


def test_a_quarter_that_was_not_delivered_is_not_received(tmp_path):
    """Two quarters came, the third did not: it has no number, and is not 0."""
    ours = project(tmp_path / "p", "day\n2014-01-05", "A FY2014Q1 2014-01-20\nA FY2014Q2 2014-04-20")
    before = [
        f"FY{year}Q{number}" for year in (2012, 2013) for number in range(1, 5)
    ]  # nobody is known to send, no row
    assert missing(ours) == dict.fromkeys(before, ((), True)) | {"FY2014Q3": (("A",), True)}
    assert value(ours, "FY2014Q2") == (1, "exact")
    assert value(ours, "FY2014Q3") == (None, "not received")
    assert value(ours, "FY2014Q2", "FY2014Q3") == (1, "exact")  # told, with what is missing beside it


def test_a_delivery_without_a_row_is_a_true_zero(tmp_path):
    """Sent, and nothing in it; or said in words that there was nothing (rows = none)."""
    sent = "A FY2014Q2 2014-04-20\nA FY2014Q3 2014-07-20"
    assert value(project(tmp_path / "sent", "day\n2014-01-05", sent), "FY2014Q3") == (0, "exact")
    said = project(tmp_path / "said", "day\n2014-01-05", f"{sent} none")
    assert "none" in (said / "deliveries.csv").read_text(encoding="utf-8")
    assert value(said, "FY2014Q3") == (0, "exact")


def test_what_is_sent_before_a_quarter_is_over_is_not_its_delivery(tmp_path):
    """A part of a quarter is not the quarter."""
    ours = project(tmp_path / "p", "day\n2014-01-05", "A FY2014Q2 2014-04-20\nA FY2014Q3 2014-06-01")
    assert value(ours, "FY2014Q3") == (None, "not received")


def test_a_partner_that_sent_nothing_is_missing_in_part(tmp_path):
    """One of two came: the value is told."""
    sent = "A FY2014Q2 2014-04-20\nB FY2014Q2 2014-04-20\nA FY2014Q3 2014-07-20"
    ours = project(tmp_path / "p", "day\n2014-01-05\n2014-04-05", sent)
    assert missing(ours)["FY2014Q3"] == (("B",), False)
    assert value(ours, "FY2014Q3") == (1, "exact")


def test_of_a_partner_whose_part_has_ended_nothing_is_missing(tmp_path):
    """quality.toml says that it ended: neither it nor its records are missing."""
    ended = '[[ended]]\npartner = "A"\nlast = 2014-03-31\nreason = "."\n'
    ours = project(tmp_path / "p", "day\n2014-01-05", "A FY2014Q2 2014-04-20", quality=ended)
    assert "FY2014Q3" not in missing(ours) and value(ours, "FY2014Q3") == (0, "exact")


@pytest.mark.parametrize(
    ("due", "status"), [("quarter", "not received"), ("half", "exact"), ("year", "exact"), ("never", "exact")]
)
def test_a_table_is_due_as_often_as_it_says(tmp_path, due, status):
    """Sent of July to September, the other quarter of April's half: enough where it is due each half or year."""
    ours = project(tmp_path / "p", "day\n2014-01-05", "A FY2014Q2 2014-04-20\nA FY2014Q4 2014-10-20", due)
    assert value(ours, "FY2014Q3")[1] == status


def test_where_nobody_is_known_to_send_a_quarter_without_a_row_was_perhaps_not_sent(tmp_path):
    """No deliveries are kept: the rows alone say which quarters came, and a delivery of no rows says the other."""
    ours = project(tmp_path / "p", "day\n2014-01-05")
    assert value(ours, "FY2014Q2") == (1, "exact") and value(ours, "FY2014Q3") == (None, "not received")
    assert missing(ours)["FY2014Q3"] == ((), True)


BAD = "day amount\n2014-01-05 1\n{} x"


@pytest.mark.parametrize("sent", ["", "A FY2014Q2 2014-04-20\nA FY2014Q3 2014-07-20"], ids=["no deliveries", "sent"])
@pytest.mark.parametrize("day", ["2014-04-05", "soon"], ids=["amount", "day"])
def test_rows_that_cannot_be_believed_are_no_zero(tmp_path, sent, day):
    """Every row of the quarter is held back, in a file whose other rows are used: nobody knows what there was.

    To say 0 would be as wrong as where nothing was sent: it is not received, and it is said why.
    """
    ours = project(tmp_path / "p", BAD.format(day), sent)
    assert value(ours, "FY2014Q2") == (1, "exact") and value(ours, "FY2014Q3") == (None, "not received")
    assert value(ours, "FY2014Q2", "FY2014Q3") == (1, "exact")
    found = evaluate("FY2014Q3", ours)
    assert found.by("x")["caveat"].str.contains("its rows could not be believed").all()
    words = "Things counted [u]: nothing can be said, for its rows could not be believed."
    assert words in narrative.headlines(found).plain
    [_, line] = datacheck.arrived(load(ours), survey(load(ours)), found.period).splitlines()
    assert ("no row can be used of what A sent" if sent else "its rows came, and none of them can be used") in line


def test_one_row_that_can_be_used_is_a_number(tmp_path):
    """The other row is held back, and told by the check; a row that is put right makes a number again."""
    for number, rows in enumerate(("\n2014-04-06 1", "")):
        ours = project(tmp_path / str(number), BAD.format("2014-04-05").replace("x", "2" if not rows else "x") + rows)
        assert value(ours, "FY2014Q3") == (1, "exact")


def test_what_stands_goes_on_where_a_new_row_cannot_be_believed(tmp_path):
    """Of a level the rows of other quarters stand on: one of them is held back, and the number is told."""
    level = 'table = "rows"\nmeasure = "level"\nstart = "day"\nend = "end"'
    for name, sent in {"none": "", "sent": "A FY2014Q2 2014-04-20\nA FY2014Q3 2014-07-20"}.items():
        ours = project(tmp_path / name, BAD.format("2014-04-05"), sent, calculation=level)
        assert value(ours, "FY2014Q3") == (1, "exact")


def test_what_stands_goes_on_where_nobody_is_known_to_send(tmp_path):
    """Of a level, a quarter without a change is none without records; where deliveries are kept, they decide."""
    level = 'table = "rows"\nmeasure = "level"\nstart = "day"\nend = "end"'
    ours = project(tmp_path / "p", "day\n2014-01-05", calculation=level)
    assert value(ours, "FY2014Q3") == (1, "exact")
    kept = project(tmp_path / "kept", "day\n2014-01-05", "A FY2014Q2 2014-04-20", calculation=level)
    assert value(kept, "FY2014Q2") == (1, "exact") and value(kept, "FY2014Q3") == (None, "not received")
    assert value(kept, "FY2014Q2", "FY2014Q3") == (None, "not received")  # its last day is not known


def test_over_days_every_quarter_is_read_and_not_only_the_last(tmp_path):
    """Of a level the last day's quarter decides. Over days what came is told, and what did not is named beside it."""
    level = 'table = "rows"\nmeasure = "level"\nstart = "day"\nend = "end"'
    for more, told in (("", (None, "not received")), ('\nover = "days"', (1, "exact"))):
        ours = project(tmp_path / f"a{len(more)}", "day\n2013-10-01", "A FY2014Q2 2014-04-20", calculation=level + more)
        assert value(ours, "FY2014Q2", "FY2014Q3") == told
        assert value(ours, "FY2014Q3") == (None, "not received")


@pytest.mark.parametrize("more", ["", '\nover = "days"'])
def test_of_what_stands_a_quarter_in_between_is_said_beside_the_number(tmp_path, more):
    """Whoever began in the quarter that never came may still stand, and is in no file: the number is of the others."""
    level = f'table = "rows"\nmeasure = "level"\nstart = "day"\nend = "end"{more}'
    sent = "A FY2014Q1 2014-01-20\nA FY2014Q3 2014-07-20"
    ours = project(tmp_path / "p", "day\n2013-10-01", sent, calculation=level)
    found, days = load(ours), (date(2014, 4, 1), date(2014, 6, 30))
    rows = read(found)
    assert value(ours, "FY2014Q3") == (1, "exact")
    assert [one.quarter.label for one in lacking(rows.missing, found.sheets[0], *days)] == ["FY2014Q2"]
    assert lack(found, rows, found.sheets[0], *days) == "without the records of FY2014Q2"
    before = (date(2013, 10, 1), date(2013, 12, 31))
    assert lack(found, rows, found.sheets[0], *before) == ""


def test_of_what_stands_a_partner_that_sent_nothing_in_between_is_said(tmp_path):
    """And of a partner that sent for the first time later, nothing is owed of earlier quarters."""
    level = 'table = "rows"\nmeasure = "level"\nstart = "day"\nend = "end"'
    both = "A FY2014Q1 2014-01-20\nB FY2014Q1 2014-01-20\nA FY2014Q2 2014-04-20\nA FY2014Q3 2014-07-20\n"
    days = (date(2014, 4, 1), date(2014, 6, 30))
    for sent, words in (
        (both + "B FY2014Q3 2014-07-20", "without the records of a partner who used to send"),
        (both.replace("B FY2014Q1 2014-01-20\n", "") + "B FY2014Q3 2014-07-20", ""),
    ):
        ours = project(tmp_path / f"p{len(words)}", "day\n2013-10-01", sent, calculation=level)
        found = load(ours)
        assert lack(found, read(found), found.sheets[0], *days) == words


def test_of_what_stands_nothing_is_owed_where_a_later_delivery_has_all_rows_anew(tmp_path):
    """The file of the third quarter has also those who began in the second."""
    level = 'table = "rows"\nmeasure = "level"\nstart = "day"\nend = "end"'
    sent = "A FY2014Q1 2014-01-20\nA FY2014Q3 2014-07-20"
    ours = project(tmp_path / "p", "day\n2013-10-01", sent, calculation=level)
    path = ours / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"due":', '"repeated": "later delivery", "due":'), "utf-8")
    found = load(ours)
    assert lack(found, read(found), found.sheets[0], date(2014, 4, 1), date(2014, 6, 30)) == ""


def test_of_what_stands_rows_that_cannot_be_believed_are_those_of_the_last_quarter(tmp_path):
    """Of the first quarter no row can be used; of the second nothing came, and no row of it is to be looked for."""
    level = 'table = "rows"\nmeasure = "level"\nstart = "day"\nend = "end"'
    sent = "A FY2014Q1 2014-01-20"
    ours = project(tmp_path / "p", BAD.format("2013-10-05"), sent, calculation=level)
    found = load(ours)
    rows = read(found)
    assert any(one.doubted for one in rows.missing["rows"])
    assert lack(found, rows, found.sheets[0], date(2014, 1, 1), date(2014, 3, 31)) == ""


PERIODS = ("FY2014Q1", "FY2014Q2", "FY2014Q3", "FY2014H1", "FY2013")
DAYS = {
    "FY2014Q1": (date(2013, 10, 1), date(2013, 12, 31)),
    "FY2014Q2": (date(2014, 1, 1), date(2014, 3, 31)),
    "FY2014Q3": (date(2014, 4, 1), date(2014, 6, 30)),
    "FY2014H1": (date(2013, 10, 1), date(2014, 3, 31)),
    "FY2013": (date(2012, 10, 1), date(2013, 9, 30)),
}
FIRSTS = [date(2011 + (month + 9) // 12, (month + 9) % 12 + 1, 1) for month in range(0, 36, 3)]


def expected(sent):
    """The definition, in plain Python: of each quarter, who used to send and sent nothing, and whether nothing came:
    of those who had sent before it, where there are any.
    """
    found = {}
    for first, after in pairwise(FIRSTS):
        who = {name for name, _ in sent}
        used_to = {name for name in who if any(p == name and DAYS[label][0] < after for p, label in sent)}
        did = {name for name, label in sent if DAYS[label][0] < after and DAYS[label][1] >= first}
        before = {name for name in used_to if any(p == name and DAYS[label][0] < first for p, label in sent)}
        if used_to - did or not (used_to or did):
            found[first] = (tuple(sorted(used_to - did)), not did & before if before else not did)
    return found


@settings(max_examples=40, deadline=None)
@given(sent=st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(PERIODS)), max_size=6, unique=True))
def test_it_agrees_with_the_definition(tmp_path_factory, sent):
    """Whoever sent whatever."""
    lines = "\n".join(f"{name} {label} 2014-08-01" for name, label in sent)
    ours = project(tmp_path_factory.mktemp("any") / "p", "day\n2014-06-30" if not sent else "day\n2011-10-01", lines)
    found = {one.quarter.start: (one.partners, one.is_whole) for one in read(load(ours)).missing["rows"]}
    dated = date(2014, 4, 1) if not sent else date(2011, 10, 1)
    known = min((DAYS[label][0] for _, label in sent), default=None)
    wanted = {
        day: of
        for day, of in expected(sent).items()
        if not (day == dated and (known is None or known > date(2012, 1, 1)))
    }
    assert found == wanted


@pytest.fixture(scope="module", name="late")
def not_all_came():
    """The shipped project's next quarter, of which four tables came."""
    return late()


def test_the_report_begins_with_what_came(late):
    """Of fourteen tables four came, two of them without a partner; the indicators of the others cannot be told."""
    words = narrative.introduction(late).plain.splitlines()[0]
    assert words.startswith("4 of 14 tables came for January–March 2015 (FY2015Q2), 2 of them in part; ")
    period = late.values[(late.values["horizon"] == "period") & (late.values["disaggregation"] == "total")]
    untold = period.loc[period["status"] == "not received", "indicator"].tolist()
    assert tuple(untold) == late.arrival.untold and {"1.4", "2.2", "3.1", "4.1"} <= set(untold)
    assert f"{len(untold)} indicators cannot be told: {', '.join(untold)}." in words


def test_no_page_says_zero_of_what_was_not_received(late):
    """Sentences, the tracking table, changes and per cents: nothing can be said, and no number stands there."""
    told = [line for line in narrative.headlines(late).plain.splitlines() if "nothing can be said" in line]
    assert any("Victims of trafficking receiving rehabilitation and reintegration assistance" in line for line in told)
    tracked = late.tracking[
        (late.tracking["horizon"] == "period") & late.tracking["indicator"].isin(late.arrival.untold)
    ]
    assert len(tracked) == len(late.arrival.untold) and set(tracked["status"]) == {"not received"}
    assert tracked[["actual", "percent_of_target", "change", "change_on_last_year"]].isna().all(axis=None)
    rows = {row[0].split()[0]: row for row in tables.tracking(late).tables[0].rows}
    assert "not received" in rows["2.2"][2:5]


def test_a_total_to_date_says_what_it_lacks(late):
    """The project to date goes on without the quarter, and says so beside its number, in sentences and tables."""
    lack = late.lacks["2.2", "2011-10-01", "2015-03-31"]
    assert lack == "without the records of FY2015Q2"
    area = narrative.area(late, "protection").plain
    assert f"({lack})" in area
    assert any("2.2" in note and lack in note for note in tables.tracking(late).tables[-1].notes)
    frame = late.by("2.2", horizon="project to date")
    assert frame["caveat"].str.contains(lack).all() and (frame["status"] == "exact").all()


def test_partners_are_counted_of_open_tables_only(late):
    """Events lack a partner, and it is said how many; of people who were trafficked nobody is counted, nor named."""
    days = "2015-01-01", "2015-03-31"
    assert late.lacks["1.1", *days] == "without the records of a partner who used to send"
    assert late.lacks["2.1", *days] == "some partners' records are missing"
    assert not [words for words in late.lacks.values() if "ORG" in words or "IOM" in words]


def packed(path):
    """The bytes of a file, and of all that a zip holds."""
    yield path.name.encode() + path.read_bytes()
    if is_zipfile(path):
        with ZipFile(path) as parts:
            yield from map(parts.read, parts.namelist())


def names_in(folder):
    """Which files below a folder name the partner that sent nothing."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [path.name for path in files if any(SILENT.encode() in data for data in packed(path))]


def test_who_did_not_send_records_of_people_is_named_to_nobody(late, tmp_path):
    """Not in the CSV files, the workbook, the sentences nor the tables: it would say whom somebody looked after.

    Whoever works with the records is told: the partner is to be asked.
    """
    found = survey(late.project)
    assert SILENT in {one for missing in found.missing["victims"] for one in missing.partners}
    files.write_values(late, tmp_path)
    (tmp_path / "evaluation.xlsx").write_bytes(sheets.report(late, cover(late, "Evaluation", "A draft.")))
    told = (narrative.introduction, narrative.headlines, narrative.limits, narrative.quality, narrative.caveats)
    areas = [narrative.area(late, area.code) for area in late.project.facts.areas]
    shown = (tables.quality, tables.tally, tables.tracking, tables.completeness, tables.states)
    said = [*(make(late) for make in (*told, *shown)), *areas]
    html = "".join(str(one._repr_mimebundle_()) for one in said)
    (tmp_path / "pages.html").write_text(html, encoding="utf-8")
    assert len([*tmp_path.iterdir()]) > 4 and "some partners" in html and names_in(tmp_path) == []
    assert SILENT in datacheck.arrived(late.project, found, late.period)


@pytest.mark.long
def test_no_file_of_a_report_names_who_did_not_send_records_of_people(tmp_path):
    """The whole report: every page, CSV file, figure and workbook, and its manifest; internal/check names it."""
    folder = late_project(tmp_path / "data")
    assert command("report", "-p", "period", "FY2015Q2", "-p", "project", str(folder)).returncode == 0
    assert names_in(folder / "reports") == [] and {"evaluation.html", "evaluation.xlsx"} <= {
        path.name for path in (folder / "reports" / "FY2015Q2").iterdir()
    }


def test_several_partners_are_counted(tmp_path):
    """Two of three sent nothing: how many, and no name. The quarter is compared with the one before."""
    sent = "".join(f"{name} FY2014Q2 2014-04-20\n" for name in "ABC") + "A FY2014Q3 2014-07-20"
    ours = project(tmp_path / "p", "day\n2014-01-05\n2014-04-05\n2014-04-06", sent)
    found = evaluate("FY2014Q3", ours)
    assert found.lacks["x", *QUARTERS["FY2014Q3"]] == "without the records of 2 partners who used to send"
    assert ("x", *QUARTERS["FY2014Q2"]) not in found.lacks
    told = narrative.headlines(found).plain + narrative.area(found, "work").plain
    assert "without the records of 2 partners who used to send" in told
    [change] = [one for one in found.changes if one.before and one.versus == PREVIOUS]
    assert "2 partners" in change.current.lack and not change.before.lack


def test_where_nobody_is_known_to_send_the_check_asks_whether_it_was_sent(tmp_path):
    """No deliveries are kept: the first line says what came, the next asks."""
    ours = load(project(tmp_path / "p", "day\n2014-01-05"))
    first, *lines = datacheck.arrived(ours, survey(ours), ours.calendar.parse("FY2014Q3")).splitlines()
    assert first.startswith("0 of 1 ") and any("was it sent? If there was nothing to record" in line for line in lines)


def test_the_files_say_not_received(tmp_path):
    """indicators.csv and tracking.csv as they are written: the status, and no number beside it."""
    sent = "A FY2014Q1 2014-01-20\nA FY2014Q2 2014-04-20"
    files.write_values(evaluate("FY2014Q3", project(tmp_path / "p", "day\n2014-01-05", sent)), tmp_path)
    for name, column in (("indicators.csv", "value"), ("tracking.csv", "actual")):
        with (tmp_path / name).open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["horizon"] == "period"]
        assert {(row["status"], row[column]) for row in rows} == {("not received", "")}, name


def test_no_comparison_with_a_quarter_that_was_not_received(tmp_path):
    """The next quarter came again: it is not compared with nothing."""
    sent = "A FY2014Q1 2014-01-20\nA FY2014Q3 2014-07-20"
    ours = project(tmp_path / "p", "day\n2013-11-05\n2014-04-05", sent)
    told = narrative.headlines(evaluate("FY2014Q3", ours)).plain
    assert "January–March 2014. Things counted: not compared (the records of those days were not received)." in told


def test_of_people_a_row_that_is_held_back_is_not_told_of(tmp_path):
    """A quarter without a row, and one whose only row is held back, read alike: else 0 would say that there is one."""
    told = []
    for number, rows in enumerate(("day kind\n2014-01-05 NA", "day kind\n2014-01-05 NA\n2014-05-05 nothing-known")):
        small.write(tmp_path / str(number), rows, COUNT, disclosure="victims", due="quarter")
        found = evaluate("FY2014Q3", tmp_path / str(number))
        told.append((found.by("x")["status"].tolist(), found.arrival))
    assert told[0] == told[1] and told[0][0] == ["not received"]


A_ENDED = '[[ended]]\npartner = "A"\nlast = 2014-03-31\nreason = "Its part was handed over to B."\n'


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("A FY2014Q2 2014-04-20\nB FY2014Q3 2014-07-20", "not received"),  # whoever used to send is silent
        ("A FY2014Q2 2014-04-20\nC FY2014Q2 2014-04-20\nB FY2014Q3 2014-07-20", "not received"),
        ("A FY2014Q2 2014-04-20\nB FY2014Q3 2014-07-20 none", "not received"),
        ("A FY2014Q2 2014-04-20\nC FY2014Q2 2014-04-20\nC FY2014Q3 2014-07-20\nB FY2014Q3 2014-07-20", "exact"),
        ("B FY2014Q3 2014-07-20", "exact"),  # nobody used to send
    ],
)
def test_one_who_sends_for_the_first_time_does_not_stand_in_for_the_others(tmp_path, sent, expected):
    """Of those who used to send April to June nothing came, and a new partner's one row is not the table's number."""
    ours = project(tmp_path / "p", "day\n2014-01-05\n2014-04-05", sent)
    number = 1 if expected == "exact" else None
    assert value(ours, "FY2014Q3") == (number, expected)
    loaded, found = load(ours), survey(load(ours))
    said = datacheck.arrived(loaded, found, loaded.calendar.parse("FY2014Q3"))
    assert ("what B sent for the first time does not stand in for theirs" in said) == (expected == "not received")


def test_who_took_over_is_said_in_quality_toml(tmp_path):
    """The advice, followed: the old partner's part has ended, and the new one's row is the number."""
    sent = "A FY2014Q2 2014-04-20\nB FY2014Q3 2014-07-20"
    ours = project(tmp_path / "p", "day\n2014-01-05\n2014-04-05", sent, quality=A_ENDED)
    assert value(ours, "FY2014Q3") == (1, "exact")
