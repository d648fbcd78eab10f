"""The data quality standards by worked examples: a small project of one table,
whose one indicator counts rows by sex.
"""

import pandas as pd
import pytest

from ctanalysis import Refused, quality, records
from ctanalysis.evaluation import SHIPPED
from ctanalysis.project import load
from ctanalysis.project.quality import Quality
from ctanalysis.quality import MET, NOT_MET, UNKNOWN
from tests.generators import small

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"\ndisaggregate = ["sex"]'
DUPLICATE = '[[duplicate]]\ntable = "rows"\nfields = ["person", "day"]\nreason = "one visit a day"\n'
RANGE = '[[range]]\ntable = "rows"\nfield = "amount"\nmaximum = 100\nreason = "more is a slip"\n'
GAP = '[[gap]]\ntable = "rows"\nfield = "day"\nby = "kind"\nreason = "each reports every quarter"\n'


# Worked examples: a small project of one table, whose one indicator counts rows by sex.


def assessed(folder, period="FY2014Q1", rules="", deliveries="", quality_="", corrections="", **of_small):
    """By standard, the rows of assess() for a small project with these files."""
    small.write(folder, **{"calculation": COUNT, "due": "quarter"} | of_small)
    if rules:
        (folder / "rules.toml").write_text(rules, encoding="utf-8")
    if deliveries:
        (folder / "deliveries.csv").write_text(
            "file,partner,period,sent\n" + "".join(f"records/rows.csv,{line}\n" for line in deliveries.split()),
            encoding="utf-8",
        )
    if quality_:
        (folder / "quality.toml").write_text(quality_, encoding="utf-8")
    if corrections:
        (folder / "judgements").mkdir()
        (folder / "judgements" / "corrections.toml").write_text(corrections, encoding="utf-8")
    project = load(folder)
    frame = quality.assess(project, records.survey(project), project.calendar.parse(period))
    return {row.standard: row for row in frame.itertuples(index=False)}


def visits(count, day="2013-11-05", cells="F 1"):
    """So many rows of a day."""
    return "day sex amount\n" + f"{day} {cells}\n" * count


def test_rows_held_back_make_data_invalid(tmp_path):
    """3 of 103 rows cannot be read: 2.9 per cent, where 2 are allowed. With one of 101 the standard is met."""
    bad = "2013-11-06 F twelve\n"
    found = assessed(tmp_path / "a", table=visits(100) + bad * 3)["validity"]
    assert (found.verdict, found.rows, found.held_back, found.implausible) == (NOT_MET, 103, 3, 0)
    assert found.evidence == "Rows: 103; held back: 3; implausible: 0. In per cent: 2.9, at most 2"
    assert assessed(tmp_path / "b", table=visits(100) + bad)["validity"].verdict == MET


def test_a_held_back_row_counts_where_its_day_lies(tmp_path):
    """A row held back in January is no fault of October to December.

    One whose day cannot be read may lie in the days between those of the rows above and below it in its file. So a bad
    row of a later delivery is held against no earlier year, and what is added below it does not take it away.
    """
    table = visits(10) + "2014-01-06 F twelve\n" + "2013-13-45 F 1\n"
    held = {"FY2012Q3": 0, "FY2014Q1": 0, "FY2014Q2": 2, "FY2014Q3": 1, "FY2014": 2, "LOP": 2}
    later = held | {"FY2014Q3": 0}
    for name, more, expected in (("end", "", held), ("below", "2014-02-01 F 1\n", later)):
        got = {p: assessed(tmp_path / name / p, p, table=table + more)["validity"].held_back for p in expected}
        assert got == expected


def test_a_row_without_a_day_is_one_of_what_was_delivered_in_its_file(tmp_path):
    """At the top and the end of a file its deliveries say which days it may be of."""
    table = "day sex amount\nsoon F 1\n2013-11-05 F 1\nsoon F 1\n"
    sent = "A,FY2014Q1,2014-01-20 A,FY2014Q2,2014-04-20"
    for period, rows in {"FY2013": 0, "FY2014Q1": 2, "FY2014Q2": 1, "FY2014Q3": 0, "LOP": 2}.items():
        assert assessed(tmp_path / period, period, table=table, deliveries=sent)["validity"].held_back == rows


def test_a_row_that_lacks_its_day_is_imprecise_where_it_may_lie(tmp_path):
    """It is used, and counted in no period; nor held against the precision of days in which it cannot lie."""
    table = visits(10) + "2014-01-06 F 1\n- F 1\n"
    for period, rows in {"FY2014Q1": (10, 0), "FY2014Q2": (2, 1), "FY2012": (0, 0)}.items():
        found = assessed(tmp_path / period, period, table=table)["precision"]
        assert (found.rows if rows[0] else 0, found.not_recorded if rows[0] else 0) == rows or found.verdict == UNKNOWN


def test_a_day_that_the_project_did_not_have_cannot_be_believed(tmp_path):
    """A row of the year 2031, held back for its day, weighs on the periods in which it may lie."""
    dates = '[[dates]]\ntable = "rows"\nfield = "day"\nreason = "the project\'s days"\n'
    table = visits(10) + "2031-11-05 F 1\n"
    assert assessed(tmp_path / "a", table=table, rules=dates)["validity"].held_back == 1
    assert assessed(tmp_path / "b", table=table)["validity"].held_back == 0


def test_what_is_outside_a_range_is_implausible(tmp_path):
    """4 amounts of 900 among 100 rows: used, and 4 per cent implausible."""
    found = assessed(tmp_path, table=visits(96) + "2013-11-06 F 900\n" * 4, rules=RANGE)["validity"]
    assert (found.verdict, found.rows, found.held_back, found.implausible) == (NOT_MET, 100, 0, 4)


VISITS = "day person amount\n" + "".join(f"2013-11-{day:02} p{day} 1\n" for day in range(1, 21))


def test_likely_duplicates_hurt_integrity(tmp_path):
    """The same person twice on one day is two rows of 21 that may stand twice."""
    found = assessed(tmp_path, table=VISITS + "2013-11-07 p7 2\n", rules=DUPLICATE)["integrity"]
    assert (found.verdict, found.rows, found.doubtful, found.corrected) == (NOT_MET, 21, 2, 0)


def test_a_correction_on_the_record_is_in_the_data_s_favour(tmp_path):
    """Somebody looked at one of the two and said why: only the other is still in doubt, 1 of 21."""
    correction = (
        '[[correction]]\ntable = "rows"\nkey = "r0021"\nfield = "amount"\nexpect = "2"\nvalue = "3"\n'
        'reason = "the receipt"\nrole = "officer"\ndate = 2014-01-10\n'
    )
    found = assessed(tmp_path, table=VISITS + "2013-11-07 p7 2\n", rules=DUPLICATE, corrections=correction)["integrity"]
    assert (found.verdict, found.doubtful, found.corrected) == (MET, 1, 1)


def test_a_key_that_stands_twice_hurts_integrity(tmp_path):
    """Two different rows with one code are held back, and 2 of 12 may be one thing:
    not met although no rule looks for doubles.
    """
    found = assessed(
        tmp_path,
        table="id day amount\n"
        + "".join(f"k{n} 2013-11-05 1\n" for n in range(10))
        + "same 2013-11-06 1\nsame 2013-11-07 2\n",
    )
    assert (found["integrity"].verdict, found["integrity"].doubtful) == (NOT_MET, 2)
    assert found["validity"].held_back == 2


def test_integrity_cannot_be_said_where_no_rule_looks(tmp_path):
    """Without a rule for doubles or guesses, that none was found says nothing."""
    assert assessed(tmp_path, table=VISITS)["integrity"].verdict == UNKNOWN


def test_what_is_not_recorded_hurts_precision(tmp_path):
    """2 of 10 without sex: 20 per cent, where 10 are allowed; 1 of 10 is just allowed."""
    found = assessed(tmp_path / "a", table=visits(8) + "2013-11-06 - 1\n" * 2)["precision"]
    assert (found.verdict, found.rows, found.not_recorded) == (NOT_MET, 10, 2)
    assert found.evidence == "Rows that count, or may: 10; without sex: 2. In per cent: 20.0, at most 10"
    assert assessed(tmp_path / "b", table=visits(9) + "2013-11-06 - 1\n")["precision"].verdict == MET


def test_precision_asks_only_the_rows_that_count(tmp_path):
    """Sex may be empty in rows that the indicator's conditions leave out."""
    table = "day sex done\n" + "2013-11-05 F true\n" * 5 + "2013-11-05 - false\n" * 20
    found = assessed(tmp_path, table=table, calculation=COUNT + "\nwhere = { done = true }")
    assert (found["precision"].verdict, found["precision"].rows, found["validity"].rows) == (MET, 5, 25)


def test_a_changed_definition_is_not_reliable(tmp_path):
    """A definition valid from October 2013 breaks the series of every report that tells of days before and after."""
    changed, deliveries = "valid_from = 2013-10-01\n", "A,FY2014Q1,2014-01-10"
    assert (
        assessed(tmp_path / "a", table=visits(5), more=changed, deliveries=deliveries)["reliability"].verdict == NOT_MET
    )
    assert (
        assessed(tmp_path / "b", table=visits(5), more="valid_from = 2011-10-01\n", deliveries=deliveries)[
            "reliability"
        ].verdict
        == MET
    )
    assert (
        assessed(tmp_path / "c", "FY2013Q4", table=visits(5), more=changed, deliveries=deliveries)[
            "reliability"
        ].verdict
        == UNKNOWN
    )


def test_a_silent_partner_makes_quarters_differ(tmp_path):
    """Of two partners one has no row in the quarter: one gap. Before its first row nothing is expected of it."""
    table = "day sex kind\n2013-07-05 F 007\n2013-07-06 F |\n2013-11-05 F 007\n"
    assert assessed(tmp_path / "a", table=table, rules=GAP)["reliability"].gaps == 1
    assert assessed(tmp_path / "b", "FY2013Q3", table=table, rules=GAP)["reliability"].gaps == 0
    ended = '[[ended]]\npartner = "|"\nlast = 2013-09-30\nreason = "Its grant ended."\n'
    found = assessed(tmp_path / "c", table=table, rules=GAP, quality_=ended)["reliability"]
    assert (found.verdict, found.gaps) == (MET, 0)


def test_reliability_cannot_be_said_where_nobody_knows_who_reports(tmp_path):
    """No rule about gaps and no deliveries: whether the partners are the same is not known."""
    assert assessed(tmp_path, table=visits(5))["reliability"].verdict == UNKNOWN


@pytest.mark.parametrize(
    "deliveries, verdict, numbers",
    [
        ("A,FY2014Q1,2014-01-30", MET, (1, 0, 30, 0)),  # on the last day that is allowed
        ("A,FY2014Q1,2014-01-31", NOT_MET, (1, 1, 31, 0)),
        (
            "A,FY2014Q1,2014-01-10 A,FY2014Q1,2014-03-10",
            MET,
            (1, 0, 10, 0),
        ),  # sent again, corrected: the first time counts
        (
            "A,FY2013Q4,2013-10-10 A,FY2014Q1,2014-01-10 B,FY2013Q4,2013-10-10",
            NOT_MET,
            (1, 0, 10, 1),
        ),  # B sent before, and not now
        ("A,FY2014Q1,2014-01-10 B,FY2014Q2,2014-04-10", MET, (1, 0, 10, 0)),  # B begins later
        ("A,FY2014,2014-10-20", MET, (1, 0, 20, 0)),  # a year's records sent at its end
        ("A,FY2013,2013-10-20", NOT_MET, (0, 0, None, 1)),
        ("A,FY2014Q2,2014-04-10", UNKNOWN, (None, None, None, None)),
    ],
    ids=["in time", "late", "sent again", "missing", "later partner", "for the year", "nothing", "not yet"],
)
def test_deliveries_are_in_time_and_none_is_missing(tmp_path, deliveries, verdict, numbers):
    """Due within 30 days after the end of their period; whoever sent once is expected to send every quarter."""
    found = assessed(tmp_path, table=visits(5), deliveries=deliveries)["timeliness"]
    told = tuple(
        None if pd.isna(number) else number for number in (found.deliveries, found.late, found.latest, found.missing)
    )
    assert (found.verdict, told) == (verdict, numbers)


def test_a_year_needs_all_its_quarters(tmp_path):
    """A year with one quarter's delivery missing is not complete, and one late quarter is late in the year."""
    found = assessed(
        tmp_path,
        "FY2014",
        table=visits(5),
        deliveries="A,FY2014Q1,2014-01-10 A,FY2014Q2,2014-06-10 A,FY2014Q4,2014-10-10",
    )["timeliness"]
    assert (found.verdict, found.deliveries, found.late, found.latest, found.missing) == (NOT_MET, 3, 1, 71, 1)


def test_a_level_rests_on_what_stands_on_the_last_day(tmp_path):
    """Begun and not ended: 3 rows; one that ended before is not among them, nor one that began after."""
    table = (
        "day end kind\n"
        + "2013-01-01 - 007\n" * 2
        + "2013-01-01 2014-02-01 -\n"
        + "2013-01-01 2013-12-31 007\n"
        + "2014-01-01 - 007\n"
        + "2013-02-01 soon 007\n"
    )
    level = 'measure = "level"\ntable = "rows"\nstart = "day"\nend = "end"\ndisaggregate = ["kind"]'
    found = assessed(tmp_path, table=table, calculation=level)
    assert (found["validity"].rows, found["validity"].held_back) == (4, 1)
    assert (found["precision"].rows, found["precision"].not_recorded) == (3, 1)
    found = assessed(tmp_path / "days", table=table, calculation=f'{level}\nover = "days"')
    assert (found["validity"].rows, found["precision"].rows) == (5, 4), "over days, what ended within them too"


def test_without_rows_there_is_nothing_to_judge(tmp_path):
    """A quarter without a row is neither good nor bad data."""
    found = assessed(tmp_path, "FY2012Q1", table=visits(5), rules=DUPLICATE)
    assert [found[standard].verdict for standard in ("validity", "integrity", "precision")] == [UNKNOWN] * 3


def test_what_a_calculation_needs_is_asked_without_breakdowns_too(tmp_path):
    """2 of 10 rows lack their day, and belong to any period; or lack what the condition asks: 20 per cent."""
    plain = COUNT.replace('\ndisaggregate = ["sex"]', "")
    found = assessed(tmp_path / "a", table=visits(8) + "- F 1\n" * 2, calculation=plain)["precision"]
    assert (found.verdict, found.rows, found.not_recorded) == (NOT_MET, 10, 2)
    assert found.evidence == "Rows that count, or may: 10; without day: 2. In per cent: 20.0, at most 10"
    table = "day done\n" + "2013-11-05 true\n" * 8 + "2013-11-05 -\n" * 2 + "2013-11-05 false\n" * 5
    found = assessed(tmp_path / "b", table=table, calculation=plain + "\nwhere = { done = true }")["precision"]
    assert (found.verdict, found.rows, found.not_recorded) == (NOT_MET, 10, 2)
    assert assessed(tmp_path / "c", table=visits(5), calculation=plain)["precision"].verdict == MET


def test_a_file_that_cannot_be_read_leaves_nothing_to_say(tmp_path):
    """make check goes on where a file is unreadable; its indicators' data cannot be judged."""
    small.write(tmp_path / "p", visits(5), COUNT)
    (tmp_path / "p" / "records" / "rows.csv").write_bytes(b"\x00\x01\xff")
    project = load(tmp_path / "p")
    frame = quality.assess(project, records.survey(project), project.calendar.parse("FY2014Q1"))
    assert set(frame["verdict"]) == {UNKNOWN} and set(frame["evidence"]) == {"A file of its records could not be read"}


# quality.toml


def test_the_shipped_thresholds_are_the_defaults():
    """What stands in data/quality.toml is what is in force without it, and it says that it is illustrative."""
    assert load(SHIPPED).quality == Quality()
    assert "illustrative" in Quality().note


@pytest.mark.parametrize(
    "text, words",
    [
        ("[validty]\nat_most = 2\n", "validty"),
        ('[validity]\nat_most = -1\nreason = "."\n', "at_most"),
        ("[precision]\nat_most = 10\n", "reason"),
        ('[timeliness]\ndue_days = "soon"\ngaps = 0\nreason = "."\n', "due_days"),
    ],
)
def test_a_wrong_threshold_is_refused(tmp_path, text, words):
    """A misspelt standard, a negative share, a threshold without its reason, a word for a number."""
    with pytest.raises(Refused, match=f"quality.toml.*{words}"):
        assessed(tmp_path, table=visits(1), quality_=text)


def test_a_project_sets_its_own_thresholds(tmp_path):
    """With 5 per cent allowed, 3 of 103 is met; the other standards keep their defaults."""
    table = visits(100) + "2013-11-06 F twelve\n" * 3
    found = assessed(tmp_path, table=table, quality_='[validity]\nat_most = 5\nreason = "Agreed in March."\n')
    assert (found["validity"].verdict, found["precision"].verdict) == (MET, MET)
