"""Labels under codes and numbers of columns stand in many forms: passed over and noted, whatever else is not known."""

import pytest

from ctanalysis import project
from ctanalysis.records import HELD_BACK, LOOK
from ctanalysis.records.files.below import is_numbering
from tests.generators.sent import by_key, field, sent, surveyed, told
from tests.records.test_headings import said

TOPICS = [{"value": "law", "label": "Law"}, {"value": "health", "label": "Health"}]
FIELDS = [
    {"name": "partner", "type": "string", "title": "who sent it"},
    field("topic", categories=TOPICS),
    field("seats", "integer"),
    field("cost", "number"),
    {"name": "done", "type": "boolean", "title": "was held"},
]
HEAD = ["id", "day", "partner", "topic", "seats", "cost", "done"]
LABELS = ["row", "day", "Partner", "topic", "Seats", "Cost", "Done?"]  # Partner and Done? are no titles
ROWS = [["r2", "2014-01-02", "A", "law", "7", "1.5", "true"], ["r3", "2014-01-03", "B", "health", "8", "2", "false"]]
SEATS = {"r2": 7, "r3": 8}
BOTH = pytest.mark.parametrize("name", ["rows.csv", "rows.xlsx"])


@BOTH
def test_labels_of_which_two_are_unknown(tmp_path, name):
    """Five of seven cells are titles, no other column is named and no cell is a value of its column."""
    found = surveyed(tmp_path / "p", FIELDS, [HEAD, LABELS, *ROWS], name=name)
    assert told(found) == [(LOOK, "second heading", "", (2,))] and by_key(found, "seats") == SEATS
    assert "names the columns once more" in said(found)


def test_labels_above_numbers_and_tags(tmp_path):
    """The three kinds below each other: records begin after the last of them."""
    numbers = [str(number) for number in range(1, 8)]
    tags = ["#meta+id", "#date", "#org", "#sector", "#reached", "#value", "#status"]
    found = surveyed(tmp_path / "p", FIELDS, [HEAD, LABELS, tags, numbers, *ROWS], name="rows.csv")
    assert told(found) == [(LOOK, "second heading", "", (row,)) for row in (2, 3, 4)]
    assert by_key(found, "seats") == SEATS


@pytest.mark.parametrize(
    "row",
    [
        ["row", "day", "Partner", "topic", "7", "Cost", "Done?"],  # 7 is a number of seats
        ["row", "day", "Partner", "law", "Seats", "Cost", "Done?"],  # law is a topic
        ["row", "Topic", "Partner", "day", "Seats", "Cost", "Done?"],  # two columns stand the other way round
        ["r9", "soon", "Partner", "what", "many", "Cost", "Done?"],  # less than half are titles
    ],
)
def test_what_may_be_a_record_is_not_passed_over(tmp_path, row):
    """It is held back, as before, and said: nothing that may be a record disappears."""
    found = surveyed(tmp_path / "p", FIELDS, [HEAD, row, *ROWS], name="rows.csv")
    assert (LOOK, "second heading", "", (2,)) not in told(found) or "fits none of its columns" in said(found)
    assert HELD_BACK in {severity for severity, *_ in told(found)} or "columns again" in said(found)


@BOTH
@pytest.mark.parametrize(
    "numbers",
    [
        ["1", "2", "3", "4", "5", "6", "7"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        ["А", "Б", "1", "2", "3", "4", "5"],
        ["A", "B", "C", "D", "E", "F", "G"],
        ["1.", "2.", "3.", "4.", "5.", "6=5*2", "7"],
        ["1", "2", "3", "4", "5", "6", ""],  # a column that the partner's form has not
    ],
)
def test_numbers_of_columns(tmp_path, numbers, name):
    found = surveyed(tmp_path / "p", FIELDS, [HEAD, numbers, *ROWS], name=name)
    assert told(found) == [(LOOK, "second heading", "", (2,))] and by_key(found, "seats") == SEATS
    assert "numbers the columns, and was passed over" in said(found)


def test_numbers_of_all_columns_also_ignored_ones(tmp_path):
    """The number of each column counts, whether it is read or not."""
    rows = [["№", *HEAD], [str(number) for number in range(1, 9)], *(["1", *row] for row in ROWS)]
    found = surveyed(tmp_path / "p", FIELDS, rows, name="rows.csv", table={"ignoredColumns": ["№"]})
    assert told(found) == [(LOOK, "second heading", "", (2,))] and by_key(found, "seats") == SEATS


COUNTS = [field(name, "integer") for name in ("women", "men")]


@pytest.mark.parametrize(
    "row",
    [
        ["1", "2014-01-02", "3", "4"],  # a day
        ["1", "", "2", "3"],  # a record without its day: the day has no number
        ["2", "3", "4", "5"],  # not from one on
    ],
)
def test_a_record_of_numbers_is_no_numbering(tmp_path, row):
    found = surveyed(tmp_path / "p", COUNTS, [["id", "day", "women", "men"], row], name="rows.csv")
    assert "second heading" not in {one.rule for one in found.findings if "numbers the columns" in one.says}
    assert len(found.places["rows"]) == 1


def test_three_numbers_that_all_fit_are_a_record(tmp_path):
    """Nobody can say that women 2, men 3 number the columns, nor of five such; of columns of words five say it."""
    counts = [*COUNTS, *(field(name, "integer") for name in ("girls", "boys"))]
    table = project.load(sent(tmp_path / "p", counts, [["id", "day", "women", "men", "girls", "boys"]])).package.tables
    assert not is_numbering(table["rows"], ["id", "women", "men"], ["1", "2", "3"])
    assert not is_numbering(table["rows"], ["id", "women", "men", "girls", "boys"], ["1", "2", "3", "4", "5"])
    words = [field(name) for name in ("place", "who", "what", "note")]
    plain = project.load(sent(tmp_path / "w", words, [["id", "day", "place", "who", "what", "note"]])).package.tables
    assert is_numbering(plain["rows"], ["id", "place", "who", "what", "note"], ["1", "2", "3", "4", "5"])
    assert is_numbering(table["rows"], ["id", "day", "women"], ["1", "2", "3"])  # 2 is no day


def test_numbers_above_the_headings_are_no_record(tmp_path):
    rows = [[str(number) for number in range(1, 8)], HEAD, *ROWS]
    found = surveyed(tmp_path / "p", FIELDS, rows, name="rows.csv")
    assert not told(found) and by_key(found, "seats") == SEATS
