"""Each advice about what a project says of its records, followed to the letter: rules, judgements, deliveries."""

import shutil
from dataclasses import replace

import pytest

from ctanalysis import Refused, project, records
from ctanalysis.intake import receiving
from ctanalysis.records import parts
from tests.generators import small
from tests.generators.sent import KEY, field
from tests.records.followed import COUNT, HEAD, MEANT, ROWS, Case, Ours, check, csv_of, each, made

COUNTS, WORDS = {"type": "integer"}, {"type": "string"}
SUM = 'measure = "sum"\ntable = "rows"\ndate = "day"\ncolumn = "x"'
BY = 'reason = "The receipt."\nrole = "finance officer"\ndate = 2015-01-10\n'
ACCEPTED, CORRECTIONS = "judgements/accepted.toml", "judgements/corrections.toml"


def rows(*cells):
    return [HEAD, *([f"r{row}", f"2014-01-0{row}", cell] for row, cell in enumerate(cells, 2))]


def accepted(rule, key="r2", cells='x = "7"', what="is outside what is plausible: 10 at most (It is so)"):
    where = f'rule = "{rule}"\nwhat = """{what}"""\ntable = "rows"\nkey = "{key}"'
    return {ACCEPTED: f"[[accepted]]\n{where}\ncells = {{ {cells} }}\n{BY}"}


def corrected(*lines, key='key = "r2"', field="x"):
    """corrections.toml of one row: other lines of its entry."""
    text = "\n".join(["[[correction]]", 'table = "rows"', key, f'field = "{field}"', *lines])
    return {CORRECTIONS: f"{text}\n{BY}"}


def rule(kind, **keys):
    text = "\n".join(f"{name} = {value}" for name, value in keys.items())
    return {"rules.toml": f'[[{kind}]]\ntable = "rows"\n{text}\nreason = "It is so"\n'}


# What is needed, and what is to be looked at.

ASK = ("Ask for it; where nobody knows it, say so in judgements/accepted.toml, with this sentence as what",)
MEANT_SO = (
    "Ask for it; where it is rightly empty, write into the sheet that such rows are not meant: where =",
    "{ x = { present = true } }",
)
LARGE = COUNT + "\nwhere = { x = { min = 5 } }"
SEE = (
    "See whether it is right; correct it at its source, or in judgements/corrections.toml; where it is right, say so",
)
HIGH = rule("range", field='"x"', maximum=10)
PAIR = (field("a", "integer"), field("b", "integer"))
SUMS = Ours(
    [[*HEAD, "a", "b"], ["r2", "2014-01-02", "7", "3", "5"]],
    more=PAIR,
    files=rule("sum", total='"x"', parts='["a", "b"]'),
)
DAY = {"type": "date"}
ORDER = Ours(rows("2014-01-01", "2014-01-09"), x=DAY, files=rule("order", first='"day"', then='"x"'))
IN_TIME = Ours(rows("2010-01-02", "2014-01-03"), x=DAY, files=rule("dates", field='"x"'))
SENT = "file,partner,period,sent\nrecords/rows.csv,P1,FY2014Q2,{}\n"
OUTSIDE = ("Correct the day; what was not in the project's time is not of the project",)
AFTER = ("Correct the day, or the day of sending",)
SENT_EARLY = Ours(ROWS, files=rule("dates", field='"day"') | {"deliveries.csv": SENT.format("2014-01-02")})
NOT_OURS = ("Correct the day; one that is right is not of the project's time: say so in judgements/accepted.toml",)
OF_2004 = Ours([*rows("7"), ["r3", "2004-01-03", "8"]])
MOVED = small.FACTS.replace("2014-12-31", "2015-03-31")
GAPS = Ours(
    [HEAD, ["r2", "2014-04-02", "7"], ["r3", "2014-12-03", "7"]], files=rule("gap", field='"day"', by='"x"'), x=WORDS
)
ASK_GAP = (
    "Ask whether nothing happened or nothing was sent; where nothing happened, say so in judgements/accepted.toml",
)
NOTHING_IN_Q4 = f"""[[accepted]]
rule = "gap"
file = "records/rows.csv"
what = "x '7' has no row in FY2014Q4 (It is so)"
{BY}"""
LEVEL = 'measure = "level"\ntable = "rows"\nstart = "day"\nend = "x"'
STANDS = Ours(rows("2014"), x={"type": "date", "format": "year"}, calculation=LEVEL)
BETWEEN = 'measure = "median"\ntable = "rows"\ndate = "x"\ndays = ["day", "x"]'
BOX = {"name": "boxes", "path": "records/boxes.csv", "title": "Boxes", "disclosure": "open"}
BOX |= {"schema": {"fields": [KEY, field("size", "integer")], "primaryKey": ["id"]}}
OF_BOXES = Ours(
    rows("b1", "b2"),
    x=WORDS,
    table={
        "schema": {
            "fields": [KEY, field("day", "date"), field("x")],
            "primaryKey": ["id"],
            "foreignKeys": [{"fields": ["x"], "reference": {"resource": "boxes", "fields": ["id"]}}],
        }
    },
    others=(BOX,),
    files={"records/boxes.csv": "id,size\nb1,9\nb2,\n"},
    calculation=COUNT + "\nwhere = { size = { min = 5 } }",
)
IN_BOXES = (*ASK, "and 'x' among the cells of the row")
UNCOUNTED = "has no '{}', so it is not counted (indicator x)"
TOO_EARLY = "is before the project's first day (2011-10-01), so it is counted in no period (indicator x)"
TWICE_IN = "has the same day, x as another row, so it may be one thing entered twice (It is so)"
ENTERED_TWICE = Ours(
    [HEAD, ["r2", "2014-01-02", "7"], ["r3", "2014-01-02", "7"]],
    files=rule("duplicate", fields='["day", "x"]'),
    calculation=SUM,
)
BOTH_ARE = "\n".join(
    accepted("duplicate", key, 'day = "2014-01-02", x = "7"', TWICE_IN)[ACCEPTED] for key in ("r2", "r3")
)
RULES = {
    "a condition asks it: asked for": Case(
        ASK, Ours(rows("7", ""), calculation=LARGE), {"rows": rows("7", "8")}, MEANT, 2
    ),
    "a condition asks it: nobody knows": Case(
        ASK,
        Ours(rows("7", ""), calculation=LARGE),
        {"files": accepted("needed", "r3", 'x = ""', UNCOUNTED.format("x"))},
        {"r2": 7, "r3": None},
        1,
    ),
    "of another table: asked for": Case(
        IN_BOXES, OF_BOXES, {"files": {"records/boxes.csv": "id,size\nb1,9\nb2,8\n"}}, {"r2": "b1", "r3": "b2"}, 2
    ),
    "of another table: nobody knows": Case(
        IN_BOXES,
        OF_BOXES,
        {"files": OF_BOXES.files | accepted("needed", "r3", 'x = "b2"', UNCOUNTED.format("size"))},
        {"r2": "b1", "r3": "b2"},
        1,
    ),
    "nothing to add: asked for": Case(
        MEANT_SO, Ours(rows("7", ""), calculation=SUM), {"rows": rows("7", "8")}, MEANT, 15
    ),
    "nothing to add: rightly": Case(
        MEANT_SO,
        Ours(rows("7", ""), calculation=SUM),
        {"calculation": SUM + "\nwhere = { x = { present = true } }"},
        {"r2": 7, "r3": None},
        7,
    ),
    "days that go backwards": Case(
        ("See which of the two days is wrong",),
        Ours(rows("2014-01-01", "2014-01-09"), x=DAY, calculation=BETWEEN),
        {"rows": rows("2014-01-08", "2014-01-09")},
        {"r2": "2014-01-08", "r3": "2014-01-09"},
        6,
    ),
    "what stood within a year: days": Case(
        ("Ask for the days or the months of both, where what stood in between is to count",),
        STANDS,
        {"rows": rows("2014-08-15"), "x": DAY},
        {"r2": "2014-08-15"},
        1,
        ("2014-01-01", "2014-06-30"),
    ),
    "what stood within a year: months": Case(
        ("Ask for the days or the months of both, where what stood in between is to count",),
        STANDS,
        {"rows": rows("2014-08"), "x": {"type": "date", "format": "month"}},
        {"r2": "2014-08-31"},
        1,
        ("2014-01-01", "2014-06-30"),
    ),
    "a gap: nothing was sent": Case(
        ASK_GAP,
        GAPS,
        {"rows": [*GAPS.rows, ["r4", "2014-07-04", "7"]]},
        {"r2": 7, "r3": 7, "r4": 7},
        3,
    ),
    "a gap: nothing happened": Case(
        ASK_GAP, GAPS, {"files": GAPS.files | {ACCEPTED: NOTHING_IN_Q4}}, {"r2": 7, "r3": 7}, 2
    ),
    "outside of the project: the day": Case(NOT_OURS, OF_2004, {"rows": rows("7", "8")}, MEANT, 2),
    "outside of the project: it is right": Case(
        NOT_OURS, OF_2004, {"files": accepted("outside project", "r3", 'day = "2004-01-03"', TOO_EARLY)}, MEANT, 1
    ),
    "too high: at its source": Case(SEE, Ours(rows("70", "8"), files=HIGH), {"rows": ROWS}),
    "too high: on the record": Case(
        SEE, Ours(rows("70", "8"), files=HIGH), {"files": HIGH | corrected('expect = "70"', 'value = "7"')}
    ),
    "entered twice: both are right": Case(
        (*SEE, "with this sentence as what, and 'day', 'x' among the cells of the row"),
        ENTERED_TWICE,
        {"files": ENTERED_TWICE.files | {ACCEPTED: BOTH_ARE}},
        {"r2": 7, "r3": 7},
        14,
    ),
    "too high: right": Case(
        SEE,
        Ours(rows("70", "8"), files=HIGH, calculation=SUM),
        {"files": HIGH | accepted("range", cells='x = "70"')},
        {"r2": 70, "r3": 8},
        78,
    ),
    "a sum": Case(
        ("See which of these numbers is wrong",),
        SUMS,
        {"rows": [[*HEAD, "a", "b"], ["r2", "2014-01-02", "8", "3", "5"]]},
        {"r2": 8},
    ),
    "an order": Case(
        ("See which of the two days is wrong",),
        ORDER,
        {"rows": rows("2014-01-08", "2014-01-09")},
        {"r2": "2014-01-08", "r3": "2014-01-09"},
    ),
    "a day before the project: corrected": Case(
        OUTSIDE, IN_TIME, {"rows": rows("2014-01-02", "2014-01-03")}, {"r2": "2014-01-02", "r3": "2014-01-03"}
    ),
    "a day before the project: left": Case(OUTSIDE, IN_TIME, {}, {"r3": "2014-01-03"}, 1, left=1),
    "after sending: the day": Case(AFTER, SENT_EARLY, {"rows": [*ROWS[:2], ["r3", "2014-01-02", "8"]]}, MEANT),
    "after sending: the day of sending": Case(
        AFTER, SENT_EARLY, {"files": SENT_EARLY.files | {"deliveries.csv": SENT.format("2014-04-02")}}, MEANT
    ),
    "after records_through": Case(
        ("It counts once records_through in project.toml has moved on; nothing is wrong with it",),
        Ours([HEAD, ["r2", "2015-02-02", "7"]], files=rule("dates", field='"day"')),
        {"files": rule("dates", field='"day"') | {"project.toml": MOVED}},
        {"r2": 7},
        1,
        ("2015-01-01", "2015-03-31"),
    ),
}

# Judgements that fit no more, and records that are not there.

STALE = ("Look at the finding again, if there is one, and correct the entry (what: its sentence) or take it out",)
WAS_HIGH = Ours(rows("70", "8"), files=HIGH | accepted("range", cells='x = "60"'))
CHANGED = ("See what the file says now, and correct or take out the correction",)
IS_NOW = Ours(rows("7", "80"), files=corrected('expect = "8"', 'value = "9"', key='key = "r3"'))
NO_ROW = ("Correct the key, or take out the correction",)
OTHER_KEY = Ours(rows("7", "80"), files=corrected('expect = "80"', 'value = "8"', key='key = "r9"'))
KEYLESS = {"schema": {"fields": [field("id"), field("day", "date"), field("x", "integer")]}}
NO_PLACE = ("Correct file, sheet and row, or take out the correction",)


def at(row):
    return corrected('expect = "80"', 'value = "8"', key=f'file = "records/rows.csv"\nrow = {row}')


ELSEWHERE = Ours(rows("7", "80"), table=KEYLESS, files=at(9))
TWICE = [*rows("7", "8"), ["r2", "2014-01-02", "70"]]
SAME = [*rows("7", "8"), ["r2", "2014-01-05", "7"]]
NO_ROWS = ('Put its records in; if there are truly none yet, write "mayBeEmpty": true for it in datapackage.json',)
UNREAD = (
    "Take it in: make receive FILE=records/more.csv PARTNER=WHO SENT=YYYY-MM-DD",
    "(who sent it, and when), or move it out of the project folder",
)
MORE = Ours(files={"records/more.csv": ROWS})
MISSPELT = {"deliveries.csv": SENT.format("2014-04-02").replace("rows.csv", "row.csv")}
ADD = (
    "Add its line to deliveries.csv: records/rows/b.csv,WHO,FY0000Q0,YYYY-MM-DD",
    "or take it out of records/, and take it in: make receive",
)
LISTED = "file,partner,period,sent\nrecords/rows/a.csv,P1,FY2014Q2,2014-04-02\n"
BOTH = f"{LISTED}records/rows/b.csv,P1,FY2014Q3,2014-07-02\n"
NOT_THERE = (
    "Put the file there, or name it as it is in the project folder; where another file took its place, take its line",
    "where there was nothing to record,",
)
REPLACED = (NOT_THERE[0],)
WITH_NONE = f"{LISTED.replace('sent', 'sent,rows')}records/rows/b.csv,P2,FY2014Q2,2014-04-02,none\n"
UNLISTED = Ours(ROWS[:2], "rows/a.csv", files={"records/rows/b.csv": [HEAD, ROWS[2]], "deliveries.csv": LISTED})
JUDGED = {
    "accepted of another state: corrected": Case(
        STALE, WAS_HIGH, {"files": HIGH | accepted("range", cells='x = "70"')}, {"r2": 70, "r3": 8}
    ),
    "accepted of another state: taken out": Case(
        STALE, WAS_HIGH, {"files": HIGH}, {"r2": 70, "r3": 8}, still=("range",)
    ),
    "corrected of another state: corrected": Case(
        CHANGED, IS_NOW, {"files": corrected('expect = "80"', 'value = "8"', key='key = "r3"')}
    ),
    "corrected of another state: taken out": Case(CHANGED, IS_NOW, {"files": {}}, {"r2": 7, "r3": 80}),
    "no such key: corrected": Case(
        NO_ROW, OTHER_KEY, {"files": corrected('expect = "80"', 'value = "8"', key='key = "r3"')}
    ),
    "no such key: taken out": Case(NO_ROW, OTHER_KEY, {"files": {}}, {"r2": 7, "r3": 80}),
    "no such row: corrected": Case(NO_PLACE, ELSEWHERE, {"files": at(3)}),
    "no such row: taken out": Case(NO_PLACE, ELSEWHERE, {"files": {}}, {"r2": 7, "r3": 80}),
    "several rows with the key": Case(
        ("Strike out those that are wrong (strike = true)",),
        Ours(TWICE, files=corrected('expect = "70"', 'value = "7"'), calculation=SUM),
        {"files": corrected('expect = "70"', "strike = true")},
        MEANT,
        15,
    ),
    "several rows with what is expected": Case(
        ("Name a field in which they differ",),
        Ours(SAME, files=corrected('expect = "7"', "strike = true"), calculation=SUM),
        {"files": corrected('expect = "2014-01-05"', "strike = true", field="day")},
        MEANT,
        15,
    ),
    "a correction that is wrong itself": Case(
        ("Correct the correction",),
        Ours(rows("70", "8"), files=corrected('expect = "70"', 'value = "seven"')),
        {"files": corrected('expect = "70"', 'value = "7"')},
    ),
    "no rows: put in": Case(NO_ROWS, Ours(ROWS[:1]), {"rows": ROWS}),
    "no rows: none yet": Case(NO_ROWS, Ours(ROWS[:1]), {"table": {"mayBeEmpty": True}}, {}),
    "no row that can be used": Case(
        ("make check says why, row by row",), Ours(rows("seven", "eight")), {"rows": rows("7", "8")}
    ),
    "a file of no table: moved out": Case(UNREAD, MORE, {"files": {"../more.csv": ROWS}}),
    "a delivery of no file: named": Case(
        NOT_THERE, Ours(files=MISSPELT), {"files": {"deliveries.csv": SENT.format("2014-04-02")}}
    ),
    "a delivery of no file: put there": Case(
        NOT_THERE,
        replace(UNLISTED, files={"deliveries.csv": f"{LISTED}records/rows/b.csv,P2,FY2014Q2,2014-04-02\n"}),
        {"files": UNLISTED.files | {"deliveries.csv": f"{LISTED}records/rows/b.csv,P2,FY2014Q2,2014-04-02\n"}},
    ),
    "a delivery of no file: nothing to record": Case(
        NOT_THERE,
        replace(UNLISTED, rows=ROWS, files={"deliveries.csv": f"{LISTED}records/rows/b.csv,P2,FY2014Q2,2014-04-02\n"}),
        {"files": {"deliveries.csv": WITH_NONE}},
    ),
    "a delivery of no file: another one took its place": Case(
        REPLACED,
        replace(
            UNLISTED, rows=ROWS, files={"deliveries.csv": f"{LISTED}records/rows/old.csv,P1,FY2014Q2,2014-04-01\n"}
        ),
        {"files": {"deliveries.csv": LISTED}},
        MEANT,
        2,
    ),
    "a file of no delivery": Case(
        ADD,
        UNLISTED,
        {"files": UNLISTED.files | {"deliveries.csv": f"{LISTED}records/rows/b.csv,P2,FY2014Q2,2014-04-02\n"}},
    ),
}
CASES = RULES | JUDGED


@pytest.mark.parametrize("name", each(CASES))
def test_an_advice_about_a_project_that_is_followed(tmp_path, name):
    check(tmp_path, CASES[name])


# Files that are taken in with make receive.

TAKEN_IN = {
    "Take it in": Ours(ROWS[:2], "rows/a.csv", files={"records/more.csv": [HEAD, ROWS[2]], "deliveries.csv": LISTED}),
    "Add its line to deliveries.csv": UNLISTED,
}


def received(folder, file):
    words = {"file": str(file), "partner": "P1", "sent": "2014-04-02", "period": "", "dry": "", "complete": ""}
    return receiving.receive(project.load(folder), words)


@pytest.mark.parametrize("advice", TAKEN_IN)
def test_a_file_that_is_taken_in(tmp_path, advice):
    """Out of records/, and in with make receive: its row is read, and deliveries.csv says who sent it."""
    ours = made(tmp_path / "p", TAKEN_IN[advice])
    [finding] = [one for one in records.survey(project.load(ours)).findings if one.do.startswith(advice)]
    assert "make receive FILE=" in finding.do and "PARTNER=WHO SENT=YYYY-MM-DD" in finding.do
    shutil.move(ours / finding.path, tmp_path / "more.csv")
    received(ours, tmp_path / "more.csv")
    found = records.survey(project.load(ours))
    assert not [one for one in found.findings if one.rule in ("unread file", "unlisted delivery")]
    assert found["rows"]["x"].tolist() == [7, 8]


@pytest.mark.parametrize("is_taken_in", [False, True])
def test_the_first_records(tmp_path, is_taken_in):
    """Nothing is in the project yet: put into the folder of their table, or taken in, they are read."""
    empty = Ours(ROWS[:1], "rows/a.csv")
    with pytest.raises(Refused, match=r"Put yours into .*/records/, in the folder of their table, or take in") as said:
        records.read(project.load(made(tmp_path / "p", empty)))
    assert "make receive" in str(said.value)
    (tmp_path / "mine.csv").write_text(csv_of(ROWS), encoding="utf-8")
    if is_taken_in:
        received(tmp_path / "p", tmp_path / "mine.csv")
    else:
        shutil.move(tmp_path / "mine.csv", tmp_path / "p/records/rows/mine.csv")
    assert records.read(project.load(tmp_path / "p"))["rows"]["x"].tolist() == [7, 8]


# Tables that are checked in parts.


def test_a_table_that_is_checked_in_memory(tmp_path):
    """Its rows come again in later deliveries: file by file it is refused, in memory it is read."""
    ours = replace(UNLISTED, table={"repeated": "later delivery"}, files=UNLISTED.files | {"deliveries.csv": BOTH})
    loaded = project.load(made(tmp_path / "p", ours))
    with pytest.raises(Refused, match=r"cannot be checked in parts: .*So check and calculate them in memory"):
        parts.files_of(loaded, "rows")
    assert records.read(loaded)["rows"]["x"].tolist() == [7, 8]


def test_letters_that_look_like_others_in_memory(tmp_path):
    ours = Ours([HEAD, ["А2", "2014-01-02", "7"]], "rows/a.csv", files={"records/rows/b.csv": [HEAD, ROWS[2]]})
    loaded = project.load(made(tmp_path / "p", ours))
    with pytest.raises(Refused, match="letters that look like others: check and calculate them in memory"):
        parts.survey_part(loaded, "rows", "records/rows/a.csv")
    assert records.read(loaded)["rows"]["x"].tolist() == [7, 8]
