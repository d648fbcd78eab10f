"""Each advice about rows and columns, followed to the letter: nothing is held back, and all is what was meant."""

import pytest

from tests.generators import policies
from tests.generators.sent import KEY, field
from tests.records.followed import COUNT, HEAD, MEANT, ROWS, Case, Ours, check, csv_of, each, meant, of, ours

COUNTS, WORDS = {"type": "integer"}, {"type": "string"}
SUM = 'measure = "sum"\ntable = "rows"\ndate = "day"\ncolumn = "x"'
BY = 'reason = "The receipt."\nrole = "finance officer"\ndate = 2015-01-10\n'
FILES = "records/rows/{}.csv"


# Lists, periods, and what the schema asks.

SERVICES = [{"value": value, "label": value.title()} for value in ("food", "shelter")]
SEVERAL = {"type": "list", "delimiter": " ", "categories": SERVICES}
WHOLE = ["id", "day", "x", "x/food", "x/shelter"]
PARTS = ["id", "day", "x/food", "x/shelter"]
DISAGREE = ("See which is right, and correct the other, or take its columns out",)
UNCLEAR = ("Write true or false", "in each of its columns, or leave all of them empty")
BETWEEN = ("Write a blank", "between its parts; where the whole column has", 'say "delimiter": ";" for the field')
ONLY = ("It holds nothing but what stands between values: write the values, or leave the cell empty",)
UNLIKE = Ours([WHOLE, ["r2", "2014-01-02", "food", "false", "true"]], x=SEVERAL)
OF_BLANKS = Ours(
    [WHOLE, ["r2", "2014-01-02", "food;shelter", "true", "true"], ["r3", "2014-01-03", "food", "true", "false"]],
    x=SEVERAL,
)
HALF = Ours([PARTS, ["r2", "2014-01-02", "true", ""]], x=SEVERAL)
QUARTERS = {"type": "date", "format": "quarter"}
ALONE = ("Write the quarter alone", 'alone; where the column holds days, take "format" out of the field')
ONE_KIND = (
    "It is a month, and the field holds calendar quarters",
    'send periods of one kind, or say "format": "month" for the field in datapackage.json',
)
FINER = ("Ask for months, or for fiscal quarters or years",)
POLICY = {"policy.toml": policies.policy(person="")}  # of people who are known by no column
CONSENT = {"consent": {"field": "x", "value": True}, "disclosure": "victims"}
WRITE_IT = ("Nothing, where they did not agree; where they did, write it here",)
PLACES = {"categories": [{"value": "north", "label": "North"}, {"value": "east", "label": "East"}]}
SCHEMA = {
    "two columns say two things: corrected": Case(
        DISAGREE, UNLIKE, {"rows": [WHOLE, ["r2", "2014-01-02", "food", "true", "false"]]}, {"r2": "food"}
    ),
    "two columns say two things: the one corrected": Case(
        DISAGREE, UNLIKE, {"rows": [WHOLE, ["r2", "2014-01-02", "shelter", "false", "true"]]}, {"r2": "shelter"}
    ),
    "two columns say two things: taken out": Case(DISAGREE, UNLIKE, of("food"), {"r2": "food"}),
    "two columns say two things: the one taken out": Case(
        DISAGREE, UNLIKE, {"rows": [PARTS, ["r2", "2014-01-02", "false", "true"]]}, {"r2": "shelter"}
    ),
    "another delimiter beside columns": Case(
        BETWEEN, OF_BLANKS, {"x": SEVERAL | {"delimiter": ";"}}, {"r2": "food;shelter", "r3": "food"}
    ),
    "half of a list: written": Case(
        UNCLEAR, HALF, {"rows": [PARTS, ["r2", "2014-01-02", "true", "false"]]}, {"r2": "food"}
    ),
    "half of a list: empty": Case(UNCLEAR, HALF, {"rows": [PARTS, ["r2", "2014-01-02", "", ""]]}, {"r2": None}),
    "another delimiter: written": Case(
        BETWEEN, ours(SEVERAL, "food;shelter"), of("food shelter"), {"r2": "food shelter"}
    ),
    "another delimiter: declared": Case(
        BETWEEN, ours(SEVERAL, "food;shelter"), {"x": SEVERAL | {"delimiter": ";"}}, {"r2": "food;shelter"}
    ),
    "delimiters alone: written": Case(ONLY, ours(SEVERAL, ";"), of("food"), {"r2": "food"}),
    "delimiters alone: empty": Case(ONLY, ours(SEVERAL, ";"), of(""), {"r2": None}),
    "weeks": Case(
        ("No period of a project is made of weeks, two months or half years of others: ask for months",),
        ours(QUARTERS, "2014W05"),
        of("2014Q1"),
        {"r2": "2014-03-31"},
    ),
    "a day among quarters: the quarter": Case(ALONE, ours(QUARTERS, "2014-05-03"), of("2014Q2"), {"r2": "2014-06-30"}),
    "a day among quarters: days": Case(
        ALONE, ours(QUARTERS, "2014-05-03"), {"x": {"type": "date"}}, {"r2": "2014-05-03"}
    ),
    "a month among quarters: the quarter": Case(
        ONE_KIND, ours(QUARTERS, "2014-05"), of("2014Q2"), {"r2": "2014-06-30"}
    ),
    "a month among quarters: months": Case(
        ONE_KIND, ours(QUARTERS, "2014-05"), {"x": QUARTERS | {"format": "month"}}, {"r2": "2014-05-31"}
    ),
    "no such quarter": Case(
        ("There is no such period: correct it",), ours(QUARTERS, "2014Q5"), of("2014Q4"), {"r2": "2014-12-31"}
    ),
    "calendar years: months": Case(
        FINER,
        ours({"type": "date", "format": "year"}, "2014", calculation=COUNT.replace("day", "x")),
        of("2014-05") | {"x": {"type": "date", "format": "month"}},
        {"r2": "2014-05-31"},
        1,
        ("2014-04-01", "2014-06-30"),
    ),
    "calendar years: fiscal years": Case(
        FINER,
        ours({"type": "date", "format": "year"}, "2014", calculation=COUNT.replace("day", "x")),
        of("FY2014") | {"x": {"type": "date", "format": "fiscal year"}},
        {"r2": "2014-09-30"},
        1,
        ("2013-10-01", "2014-09-30"),
    ),
    "a form": Case(
        ("Write it in that form",), ours({"constraints": {"pattern": "V[0-9]+"}}, "7"), of("V7"), {"r2": "V7"}
    ),
    "a cell that must be filled": Case(
        ("Fill the cell",), ours(COUNTS | {"constraints": {"required": True}}, "", "8"), of("7", "8"), MEANT
    ),
    "consent that is not told: written": Case(
        WRITE_IT,
        ours({"type": "boolean"}, "", "true", table=CONSENT, files=POLICY),
        of("true", "true"),
        meant(True, True),
        2,
    ),
    "no consent": Case(
        WRITE_IT, ours({"type": "boolean"}, "false", "true", table=CONSENT, files=POLICY), {}, {"r3": True}, 1, left=1
    ),
    "another spelling": Case(("Nothing; better corrected at its source",), ours(PLACES, "NORTH "), {}, {"r2": "north"}),
}

# Rows that are no records, and rows that come twice.

TOTAL = (
    "Nothing, if it is one, for totals are calculated; a record that looks so is named with",
    'rule = "total" in judgements/accepted.toml',
)
WITH_TOTAL = Ours([*ROWS, ["Total", "", "15"]], calculation=SUM)
A_RECORD = Ours([*ROWS, ["Total", "2014-01-04", "15"]], calculation=SUM)
NAMED = '[[accepted]]\nrule = "total"\ntable = "rows"\nkey = "Total"\ncells = { x = "15" }\n' + BY
NOW_ITSELF = (
    "See what it says now: where that counts, take the striking out out of judgements/corrections.toml",
    "where none counts, strike out each state by a field in which they differ",
)
OUT_OF = '[[correction]]\ntable = "rows"\nkey = "r3"\nfield = "{}"\nexpect = "{}"\nstrike = true\n' + BY
BY_DAY, BY_BOTH = OUT_OF.format("day", "2014-01-03"), OUT_OF.format("x", 8) + OUT_OF.format("x", 9)
PERHAPS = (
    "If it is a total, strike it out in judgements/corrections.toml, or take it out of the file; a record is named",
    'with rule = "total" in judgements/accepted.toml',
)
OF_X = [[*HEAD, "place"], ["r2", "2014-01-02", "7", "Osh"], ["r3", "2014-01-03", "8", "Osh"]]
NUMBERED = Ours([*OF_X, ["r4", "2014-01-03", "99", "Total"]], more=(field("place"),), calculation=SUM)
ADDED_UP = Ours([*OF_X, ["r4", "2014-01-03", "15", "Osh oblast Total"]], more=(field("place"),), calculation=SUM)
ADDED_OUT, ADDED_IN = (
    head + '\ntable = "rows"\nkey = "r4"\n' + tail + "\n" + BY
    for head, tail in (
        ("[[correction]]", 'field = "x"\nexpect = "15"\nstrike = true'),
        ('[[accepted]]\nrule = "total"', 'cells = { x = "15" }'),
    )
)
OUT = '[[correction]]\ntable = "rows"\nkey = "r4"\nfield = "x"\nexpect = "99"\nstrike = true\n' + BY
IS_NONE = '[[accepted]]\nrule = "total"\ntable = "rows"\nkey = "r4"\ncells = { x = "99" }\n' + BY
DIFFER = (
    "Keep the row that is right (of a file sent again, the one of the later file) and take the others out; give each",
)
CUMULATIVE = '; where each delivery has all rows anew, in their later state, say "repeated": "later delivery"'
TWICE = Ours([*ROWS, ["r3", "2014-01-03", "9"]], calculation=SUM)
LATER = {"repeated": "later delivery"}
JANUARY, APRIL = FILES.format("a"), FILES.format("b")
NONE_YET = "file,partner,period,sent\n"
LISTED = f"{NONE_YET}{JANUARY},P1,FY2014Q2,2014-04-10\n{APRIL},P1,FY2014,2014-10-10\n"
ONE_DAY = f"{NONE_YET}{JANUARY},P1,FY2014Q2,2014-04-10\n{APRIL},P1,FY2014Q2,2014-04-10\n"
BY_TWO = LISTED.replace("b.csv,P1", "b.csv,P2")
IN_APRIL = [HEAD, ["r3", "2014-01-03", "9"]]


def two(april=IN_APRIL, listed=LISTED, table=LATER, corrections="", **more):
    """A folder of two files: the rows of January, and these of April."""
    files = {APRIL: april, "deliveries.csv": listed} | (
        {"judgements/corrections.toml": corrections} if corrections else {}
    )
    return Ours(name="rows/a.csv", files=files, table=table, calculation=SUM, **more)


UNCLEAR_WHICH = (
    "Write into deliveries.csv of which period each of these files is, and on which day it was sent; of two files of",
    "one period and one day, take one out",
)
SHARED = (
    "Have each partner put a code of its own before its keys, or make the partner's column part of the primaryKey;",
    "where both files are one partner's, name it so in deliveries.csv",
)
GONE = ("Ask the partner. If it was, strike it out in judgements/corrections.toml; if not, have it sent again",)
STRIKE = '[[correction]]\ntable = "rows"\nkey = "r2"\nfield = "x"\nexpect = "7"\nstrike = true\n' + BY
BOTH_NOW = [HEAD, ["r2", "2014-01-02", "7"], ["r3", "2014-01-03", "9"]]
NOW = {"r2": 7, "r3": 9}
WHO = (field("who", constraints={"required": True}),)
OF_TWO = {
    "schema": {
        "fields": [{**KEY, "constraints": {"required": True}}, field("day", "date"), field("x", "integer"), *WHO],
        "primaryKey": ["id", "who"],
    }
}
BY_WHOM = [*HEAD, "who"]


AGAIN = {
    "a total": Case(TOTAL, WITH_TOTAL, {}, MEANT, 15),
    "a record that is called Total": Case(
        TOTAL,
        A_RECORD,
        {"files": {"judgements/accepted.toml": NAMED}},
        MEANT | {"Total": 15},
        30,
    ),
    "struck out in two states: what it says now counts": Case(
        NOW_ITSELF, two(corrections=BY_DAY), {"files": two().files}, NOW, 16, still=("not sent again",)
    ),
    "struck out in two states: neither counts": Case(
        NOW_ITSELF,
        two(corrections=BY_DAY),
        {"files": two(corrections=BY_BOTH).files},
        {"r2": 7},
        7,
        still=("not sent again",),
    ),
    "perhaps a total: struck out": Case(PERHAPS, NUMBERED, {"files": {"judgements/corrections.toml": OUT}}, MEANT, 15),
    "perhaps a total: taken out": Case(PERHAPS, NUMBERED, {"rows": OF_X}, MEANT, 15),
    "perhaps a total: a record": Case(
        PERHAPS, NUMBERED, {"files": {"judgements/accepted.toml": IS_NONE}}, MEANT | {"r4": 99}, 114
    ),
    "beside words, and the sum: struck out": Case(
        PERHAPS, ADDED_UP, {"files": {"judgements/corrections.toml": ADDED_OUT}}, MEANT, 15
    ),
    "beside words, and the sum: taken out": Case(PERHAPS, ADDED_UP, {"rows": OF_X}, MEANT, 15),
    "beside words, and the sum: a record": Case(
        PERHAPS, ADDED_UP, {"files": {"judgements/accepted.toml": ADDED_IN}}, MEANT | {"r4": 15}, 30
    ),
    "the columns named again": Case(
        ("Nothing, if it is no record",), Ours([*ROWS, HEAD], calculation=SUM), {}, MEANT, 15
    ),
    "other columns below": Case(
        ("Send these rows as a file of their own",),
        Ours([*ROWS, ["id", "x", "day"], ["r4", "9", "2014-01-04"]], "rows/a.csv"),
        {"rows": ROWS, "files": {APRIL: [["id", "x", "day"], ["r4", "9", "2014-01-04"]]}},
        MEANT | {"r4": 9},
    ),
    "a key twice: the right one kept": Case(DIFFER, TWICE, {"rows": [*ROWS[:2], TWICE.rows[3]]}, NOW, 16),
    "a key twice: different things": Case(
        DIFFER, TWICE, {"rows": [*ROWS, ["r4", "2014-01-03", "9"]]}, MEANT | {"r4": 9}, 24
    ),
    "a key twice: all rows anew": Case((*DIFFER, CUMULATIVE), two(BOTH_NOW, table={}), {"table": LATER}, NOW, 16),
    "a row twice": Case(("Take one of them out",), Ours([*ROWS, ROWS[2]], calculation=SUM), {"rows": ROWS}, MEANT, 15),
    "a key in two alphabets": Case(
        ("Write it in one alphabet in every file",),
        two([HEAD, ["А3", "2014-01-03", "9"]], rows=[HEAD, ["r2", "2014-01-02", "7"], ["A3", "2014-01-03", "8"]]),
        {"files": {APRIL: [HEAD, ["A3", "2014-01-03", "9"]], "deliveries.csv": LISTED}},
        {"r2": 7, "A3": 9},
        16,
        still=("not sent again",),
    ),
    "a key in capitals: one": Case(
        ("See whether both are one, and write the key in one way",),
        Ours([*ROWS, ["R3", "2014-01-03", "8"]], calculation=SUM),
        {"rows": ROWS},
        MEANT,
        15,
    ),
    "a key in capitals: two": Case(
        ("See whether both are one, and write the key in one way",),
        Ours([*ROWS, ["R3", "2014-01-03", "8"]], calculation=SUM),
        {},
        MEANT | {"R3": 8},
        23,
    ),
    "a later state": Case(("Nothing, if this is meant",), two(BOTH_NOW), {}, NOW, 16),
    "no day of sending": Case(
        UNCLEAR_WHICH, two(BOTH_NOW, NONE_YET), {"files": {APRIL: BOTH_NOW, "deliveries.csv": LISTED}}, NOW, 16
    ),
    "one day of sending": Case(
        UNCLEAR_WHICH,
        two(BOTH_NOW, ONE_DAY),
        {"rows": BOTH_NOW, "files": {"deliveries.csv": ONE_DAY.replace(f"{APRIL},P1,FY2014Q2,2014-04-10\n", "")}},
        NOW,
        16,
    ),
    "two partners: codes of their own": Case(
        SHARED,
        two(listed=BY_TWO),
        {"files": {APRIL: [HEAD, ["P2-r3", "2014-01-03", "9"]], "deliveries.csv": BY_TWO}},
        MEANT | {"P2-r3": 9},
        24,
    ),
    "two partners: their column in the key": Case(
        SHARED,
        two(
            [BY_WHOM, ["r2", "2014-01-03", "9", "P2"]],
            BY_TWO,
            rows=[BY_WHOM, ["r2", "2014-01-02", "7", "P1"]],
            more=WHO,
        ),
        {"table": LATER | OF_TWO, "more": ()},
        (("r2", 7), ("r2", 9)),
        16,
    ),
    "two partners: one in truth": Case(
        SHARED,
        two(BOTH_NOW, BY_TWO),
        {"files": {APRIL: BOTH_NOW, "deliveries.csv": LISTED}},
        NOW,
        16,
    ),
    "not sent again: struck out": Case(
        GONE, two(), {"files": two().files | {"judgements/corrections.toml": STRIKE}}, {"r3": 9}, 9
    ),
    "not sent again: sent": Case(GONE, two(), {"files": two(BOTH_NOW).files}, NOW, 16),
    "struck out": Case(
        ("Nothing",), Ours(files={"judgements/corrections.toml": STRIKE}, calculation=SUM), {}, {"r3": 8}, 8
    ),
}

# Rows of another table.

BOX = {"name": "boxes", "path": "records/boxes.csv", "title": "Boxes", "disclosure": "open"}
BOX |= {"schema": {"fields": [KEY, field("size", "integer"), field("agreed", "boolean")], "primaryKey": ["id"]}}
LINKED = {
    "schema": {
        "fields": [KEY, field("day", "date"), field("x")],
        "primaryKey": ["id"],
        "foreignKeys": [{"fields": ["x"], "reference": {"resource": "boxes", "fields": ["id"]}}],
    }
}


def in_boxes(boxes, *cells, **of_boxes):
    """Rows of which each names a box, and the boxes."""
    file = csv_of([["id", "size", "agreed"], *boxes])
    table = LINKED | {"disclosure": of_boxes.get("disclosure", "open")}
    return ours(WORDS, *cells, table=table, others=(BOX | of_boxes,), files={"records/boxes.csv": file} | POLICY)


ADD_IT = ("Add the row that is missing there, or correct the key",)
LACKING = in_boxes([["b1", "4", ""]], "b1", "b2")
AGREED = {"consent": {"field": "agreed", "value": True}, "disclosure": "victims"}
LINKS = {
    "no such row: added": Case(
        ADD_IT, LACKING, {"files": in_boxes([["b1", "4", ""], ["b2", "5", ""]]).files}, meant("b1", "b2"), 2
    ),
    "no such row: corrected": Case(ADD_IT, LACKING, of("b1", "b1"), meant("b1", "b1"), 2),
    "a row that is held back": Case(
        ("Put that row right, and this one is used with it",),
        in_boxes([["b1", "4", ""], ["b2", "five", ""]], "b1", "b2"),
        {"files": in_boxes([["b1", "4", ""], ["b2", "5", ""]]).files},
        meant("b1", "b2"),
        2,
    ),
    "a row without consent": Case(
        ("Nothing",),
        in_boxes([["b1", "4", "true"], ["b2", "5", "false"]], "b1", "b2", **AGREED),
        {},
        {"r2": "b1"},
        1,
        left=2,
    ),
}
CASES = SCHEMA | AGAIN | LINKS


@pytest.mark.parametrize("name", each(CASES))
def test_an_advice_about_rows_that_is_followed(tmp_path, name):
    check(tmp_path, CASES[name])
