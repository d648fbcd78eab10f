"""Nothing that a calculation needs disappears unseen: rows that lack it are named, with what becomes of them."""

import csv
import io
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctanalysis import evaluation, internal, narrative, tables
from ctanalysis.disclosure.breakdowns import is_conditioned
from ctanalysis.project import load
from ctanalysis.project.conditions import Condition
from ctanalysis.records import HELD_BACK, LOOK, survey
from ctanalysis.records.needed import needs
from ctanalysis.reports import files
from ctanalysis.tables.sheets import calculation_in_words
from tests.conftest import copied
from tests.generators import small
from tests.generators.wrong import file_of
from tests.oracles import oracle

ROWS = "day person done amount\n2014-01-05 P1 true 100\n2014-01-06 - - -\n- P3 false 7"
COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'
SUM = COUNT.replace("count", "sum") + '\ncolumn = "amount"'
MEAN = SUM.replace("sum", "mean")
SHARE = 'measure = "share"\n[calculation.numerator]\nwhere = { done = true }\n[calculation.denominator]\n' + COUNT
LEVEL = 'measure = "level"\ntable = "rows"\nstart = "day"\nend = "end"'


def named(folder, calculation, rows=ROWS):
    """(which rows, which column, what is said) of each finding about something that is needed."""
    small.write(folder, rows, calculation)
    found = survey(load(folder)).findings
    assert {finding.severity for finding in found} <= {LOOK}
    return sorted((one.rows, one.column, one.says) for one in found if one.rule == "needed")


def test_every_indicator_that_needs_it_is_named_in_one_sentence(tmp_path):
    small.write(tmp_path / "p", ROWS, COUNT)
    sheet = next((tmp_path / "p/indicators").glob("*.toml"))
    (sheet.parent / "y.toml").write_text(sheet.read_text("utf-8").replace('code = "x"', 'code = "y"'), "utf-8")
    (found,) = (one for one in survey(load(tmp_path / "p")).findings if one.rule == "needed")
    assert found.says == "has no 'day', so it is counted in no period (indicators x, y)"


DAY = ((4,), "B", "has no 'day', so it is counted in no period (indicator x)")


@pytest.mark.parametrize(
    ("calculation", "more"),
    [
        (COUNT, []),
        (SUM, [((3,), "G", "has no 'amount', so it adds nothing to the number (indicator x)")]),
        (
            COUNT.replace("count", "people") + '\nperson = "person"',
            [((3,), "D", "has no 'person', so it is nobody's, and no person is counted for it (indicator x)")],
        ),
        (
            COUNT + "\nwhere = { done = { not = [true] } }",
            [((3,), "H", "has no 'done', so it is not counted (indicator x)")],
        ),
        (COUNT + "\nwhere = { done = { present = true } }", []),
        (SHARE, [((3,), "H", "has no 'done', so it is in neither part of the share (indicator x)")]),
        (SHARE.replace('"share"', '"share"\nunknown = "no"'), []),
    ],
    ids=["count", "sum", "people", "condition", "whether there is one", "share", "share with unknown"],
)
def test_rows_that_lack_what_is_needed_are_named(tmp_path, calculation, more):
    """The day of all; and what else the reference sheet asks of a row."""
    assert named(tmp_path / "p", calculation) == sorted([DAY, *more])


def test_of_a_level_its_beginning_is_needed_and_its_end_is_not(tmp_path):
    """What has not ended goes on; what has no beginning stands nowhere."""
    assert named(tmp_path / "p", LEVEL) == [((4,), "B", "has no 'day', so it stands in no period (indicator x)")]


def test_a_row_that_something_else_rules_out_lacks_nothing(tmp_path):
    """Whoever was never meant need not have a day."""
    assert named(tmp_path / "p", COUNT + "\nwhere = { done = true }", "day done\n- false\n2014-01-05 true") == []


def test_nothing_that_no_sheet_asks_for_is_named(tmp_path):
    """Whoever has no sex recorded is counted all the same."""
    assert named(tmp_path / "p", COUNT, "day sex\n2014-01-05 -") == []


def test_what_is_rightly_empty_is_said_in_the_sheet(tmp_path):
    """The advice of make check, followed: rows without a day or an amount are not meant, and lack nothing."""
    small.write(tmp_path / "p", ROWS, SUM)
    advice = {one.field: one.do for one in survey(load(tmp_path / "p")).findings}
    assert advice["day"].endswith("not meant: where = { day = { present = true } }")
    where = "\nwhere = { day = { present = true }, amount = { present = true } }"
    assert named(tmp_path / "q", SUM + where) == []
    value = only(tmp_path / "q")
    assert (value["value"], value["rows"], value["lacking"], value["caveat"]) == (100, 1, 0, "")


def only(folder):
    """The total of the one indicator in October–December 2014's year, January–March."""
    [row] = evaluation.evaluate("FY2014Q2", folder).by("x").to_dict("records")
    return row


def test_a_sum_is_told_with_the_rows_that_lack_its_value(tmp_path):
    """100 of 1 of 2 rows; and a third that has no day. In the number's row, below its tables, and in the narrative."""
    small.write(tmp_path / "p", ROWS, SUM)
    value = only(tmp_path / "p")
    assert (value["value"], value["rows"], value["lacking"]) == (100, 1, 1)
    words = "from 1 of 2 records; of 1 the amount is not recorded; 1 record without day is in no period"
    assert words in value["caveat"]
    found = evaluation.evaluate("FY2014Q2", tmp_path / "p")
    assert any(words in note for note in tables.tracking(found).tables[-1].notes)
    assert words in narrative.area(found, "work").plain


def test_what_is_no_value_by_declaration_is_lacking_as_a_blank_is(tmp_path):
    """ "<5" that datapackage.json lists in missingValues: 100 of 1 of 2 rows, in the value's row and in the file."""
    small.write(tmp_path / "p", ROWS.replace("2014-01-06 - - -", "2014-01-06 - - <5"), SUM)
    package = tmp_path / "p" / "datapackage.json"
    text = package.read_text("utf-8").replace('"name": "amount",', '"name": "amount", "missingValues": ["<5"],')
    package.write_text(text, "utf-8")
    value = only(tmp_path / "p")
    assert (value["value"], value["rows"], value["lacking"]) == (100, 1, 1)
    assert "from 1 of 2 records; of 1 the amount is not recorded" in value["caveat"]
    files.write_values(evaluation.evaluate("FY2014Q2", tmp_path / "p"), tmp_path)
    with (tmp_path / "indicators.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["horizon"], row["disaggregation"]) == ("period", "total")]
    assert [(row["value"], row["rows"], row["lacking"]) for row in rows] == [("100", "1", "1")]


def headline(folder, row, calculation, disclosure="open"):
    """What is said of a quarter with such a row."""
    small.write(folder, f"day person done amount\n2013-01-05 P1 true 1\n{row} -", calculation, disclosure=disclosure)
    assert only(folder)["status"] == ("no data" if disclosure == "open" else "not told")
    return narrative.headlines(evaluation.evaluate("FY2014Q2", folder)).plain.splitlines()[0]


@pytest.mark.parametrize("calculation", [SUM, MEAN, SHARE])
def test_where_all_rows_lack_it_there_was_not_nothing(tmp_path, calculation):
    """One row, of which neither the amount nor what was done is recorded: no data, and it is said why."""
    told = headline(tmp_path / "p", "2014-01-05 P1 -", calculation)
    assert told.startswith("Things counted: no data (from 0 of 1 records; of 1 the ")


def test_of_people_nobody_says_that_there_was_nothing_where_rows_may_lack_it(tmp_path):
    """A mean of people is not told of a quarter, whether a row lacks it or there is none: both read alike."""
    lacks, none = (headline(tmp_path / day, f"{day} P1 -", MEAN, "victims") for day in ("2014-01-05", "2014-07-05"))
    assert lacks == none and "not told" in lacks
    assert headline(tmp_path / "open", "2014-07-05 P1 -", MEAN).startswith("Nothing was counted")


def test_a_share_is_of_the_rows_of_which_it_is_known(tmp_path):
    """1 of 1: who was not asked is in neither part. Where the definition makes a no of it, 1 of 2."""
    small.write(tmp_path / "p", ROWS, SHARE)
    value = only(tmp_path / "p")
    assert (value["numerator"], value["denominator"], value["rows"], value["lacking"]) == (1, 1, 1, 1)
    small.write(tmp_path / "q", ROWS, SHARE.replace('"share"', '"share"\nunknown = "no"'))
    value = only(tmp_path / "q")
    assert (value["numerator"], value["denominator"], value["rows"], value["lacking"]) == (1, 2, 2, 0)


@pytest.mark.parametrize(
    ("calculation", "words"),
    [
        (SHARE, 'Rows without "day" are counted in no period. Rows without "done" are in neither part.'),
        (
            SHARE.replace('"share"', '"share"\nunknown = "no"'),
            'Rows without "day" are counted in no period. Rows without "done" are in the denominator only.',
        ),
        (SUM, 'Rows without "day" are counted in no period. Rows without "amount" add nothing to the number.'),
        (COUNT + "\nwhere = { day = { present = true } }", 'Number of rows of Rows (by "day") in the period.'),
    ],
)
def test_the_printed_definition_says_what_becomes_of_them(tmp_path, calculation, words):
    """It is read from the calculation, and the same whatever the records are: of people too."""
    small.write(tmp_path / "p", ROWS, calculation)
    project = load(tmp_path / "p")
    assert calculation_in_words(project, project.sheets[0]).endswith(words)


def test_of_people_no_count_is_public(tmp_path):
    """How many rows about people lack something might be a cell of a breakdown: only the definition speaks of it."""
    small.write(tmp_path / "p", ROWS, SHARE, disclosure="victims")
    value = only(tmp_path / "p")
    assert value["rows"] != value["rows"] and value["lacking"] != value["lacking"] and "rows" not in value["caveat"]


def test_of_people_the_count_is_in_internal(tmp_path):
    """Of two rows about people one lacks what was done: the working tables, which are for those who may see, say so."""
    small.write(tmp_path / "p", ROWS, SHARE, disclosure="victims")
    project = load(tmp_path / "p")
    internal.write(project, project.calendar.parse("FY2014Q2"), tmp_path / "internal")
    [page] = (tmp_path / "internal").rglob("*.html")
    assert "rows that lack what it needs" in page.read_text("utf-8")


def test_the_total_of_a_share_does_not_count_whom_it_leaves_out(tmp_path):
    """84 people, of one of whom it is not known: an exact 83 beside the exact 84 would count that person."""
    rows = "\n".join(["day person done", *(f"2014-01-05 P{n} {'true' if n % 2 else 'false'}" for n in range(83))])
    people = COUNT.replace("count", "people") + '\nperson = "person"'
    share = SHARE.replace(COUNT, people)
    small.write(tmp_path / "p", f"{rows}\n2014-01-05 P83 -", share, disclosure="victims")
    project = load(tmp_path / "p")
    assert is_conditioned(project, project.sheets[0])
    told = evaluation.evaluate("FY2014", tmp_path / "p").values
    assert 83 not in set(told["denominator"])
    small.write(tmp_path / "q", rows, share.replace('"share"', '"share"\nunknown = "no"'), disclosure="victims")
    assert not is_conditioned(load(tmp_path / "q"), load(tmp_path / "q").sheets[0])


def test_a_day_that_has_not_come_is_no_unknown(tmp_path):
    """Of three begun, one ended in time, one later and one not yet: a third, in the quarter as in the year."""
    rows = "day end\n2014-01-05 2014-01-20\n2014-01-06 2014-05-01\n2014-01-07 -"
    small.write(tmp_path / "p", rows, SHARE.replace("done = true", "end = { max = 2014-03-31 }"))
    value = only(tmp_path / "p")
    assert (value["numerator"], value["denominator"], value["lacking"]) == (1, 3, 0)
    words = calculation_in_words(load(tmp_path / "p"), load(tmp_path / "p").sheets[0])
    assert 'Rows without "end" are in the denominator only.' in words


def test_people_are_as_their_first_row_says(tmp_path):
    """Somebody not known of in January and known of in May is in no share of either: counted once, in January."""
    rows = "day person done\n2014-01-05 A -\n2014-05-02 A true\n2014-01-07 B true"
    share = SHARE.replace(COUNT, COUNT.replace("count", "people") + '\nperson = "person"')
    small.write(tmp_path / "p", rows, share)
    found = [evaluation.evaluate(label, tmp_path / "p").by("x") for label in ("FY2014Q2", "FY2014Q3")]
    assert [frame["denominator"].tolist() for frame in found] == [[1], [0]]
    assert found[0]["caveat"][0].endswith("; of 1 record the done is not recorded")  # of how many people nobody knows


def test_only_what_lacks_in_these_days_is_named(tmp_path):
    """A row of 2013 without a person is no matter of January 2014, in which one lacks an amount."""
    rows = "day done amount\n2014-01-05 true 5\n2014-01-06 true -\n2013-01-06 - 5"
    small.write(tmp_path / "p", rows, SUM + "\nwhere = { done = true }")
    assert only(tmp_path / "p")["caveat"].endswith("; from 1 of 2 records; of 1 the amount is not recorded")


def test_a_share_whose_conditions_exclude_each_other_is_of_nothing(tmp_path):
    """No row has both no value and a value that is known."""
    assert Condition(present=False).with_a_value().among == ()


def said_to_be(part):
    """The fields of which the sheet says itself that rows without them are not meant: plans that are still open."""
    return [name for name, condition in part.get("where", {}).items() if condition == {"present": True}]


def blanked(folder, seed):
    """The shipped project with one cell made empty for each field that a sheet needs of its own table, each in a row
    that counts; (table, row) by (sheet, table, field).
    """
    rng, project = random.Random(seed), load(copied(folder))
    tables_, places = oracle.read_tables(folder), {}
    for sheet in oracle.read_sheets(folder):
        is_ratio = sheet["calculation"]["measure"] == "ratio"
        parts = oracle.parts_of_ratio(sheet) if is_ratio else [sheet]
        asked = [
            (part, part["table"], need.field)
            for part, ours in zip(
                map(oracle.counted_calculation, parts), project.sheet(sheet["code"]).parts, strict=True
            )
            for need in needs(ours)
            if need.field not in said_to_be(part) and need.field in tables_[part["table"]]["fields"]
        ]
        for part, table, name in asked:
            counting = [
                number
                for number, row in enumerate(tables_[table]["rows"], 2)
                if oracle.row_holds(tables_, table, row, part.get("where", {})) and row[name] is not None
            ]
            free = [number for number in counting if (table, number) not in places.values()]
            places[sheet["code"], table, name] = (table, rng.choice(free))
    for (*_, name), (table, number) in places.items():
        path = folder / file_of(table)
        lines = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        lines[number - 1][lines[0].index(name)] = ""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(lines)
        path.write_text(text.getvalue(), encoding="utf-8")
    return places


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_cell_blanked_where_a_sheet_needs_it_is_always_told(seed):
    """Held back because it must be there, or named as lacking: of each field that any sheet needs of its table."""
    with TemporaryDirectory() as folder:
        places = blanked(Path(folder) / "p", seed)
        found = survey(load(Path(folder) / "p"))
    assert len(places) > 25
    told = {(one.table, row, one.field) for one in found.findings for row in one.rows}
    held = {(one.table, row) for one in found.of(HELD_BACK) for row in one.rows}  # some, with a row that they refer to
    gone = [(place, name) for (*_, name), place in places.items() if (*place, name) not in told and place not in held]
    assert gone == []
