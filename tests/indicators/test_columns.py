"""Sums of several columns, and columns as categories: by hand, in words, what is refused, what is told of people."""

import json
import math

import pytest

from ctanalysis import Refused, evaluate, internal, records
from ctanalysis.internal import exact
from ctanalysis.narrative.numbers import title_of
from ctanalysis.project import load
from ctanalysis.tables.sheets import calculation_in_words
from tests.generators import small

BOTH = 'columns = ["score_before", "score_after"]'
SUM = f'measure = "sum"\ntable = "rows"\ndate = "day"\n{BOTH}'
NAMED = 'columns = { people = { women = "score_before", men = "score_after" } }'
BY = SUM.replace(BOTH, NAMED) + '\ndisaggregate = ["people", ["people", "sex"], ["sex", "people"], "sex"]'
Q1, YEAR = ("2013-10-01", "2013-12-31"), ("2013-10-01", "2014-09-30")
ROWS = """
day        sex score_before score_after
2013-10-05 F   10           7
2013-11-01 M   3            -
2013-12-01 -   0            4
2013-12-02 F   -            -
2014-02-01 F   -            5
"""


def found(folder, calculation, *windows, rows=ROWS, **more):
    return small.values(small.write(folder, rows, calculation, **more), *windows)


def test_a_worked_example(tmp_path):
    """Women and men of events, side by side: 10 + 7, 3 and an empty cell, 0 + 4, and two empty cells.

    What a row has is added; of four rows two have both numbers, the other two lack one or both, and are named.
    """
    row = found(tmp_path / "p", SUM, Q1)[0, "total", "all"]
    assert (row.value, row.rows, row.lacking, row.status) == (24, 2, 2, "exact")


def test_where_all_are_empty_there_is_no_data(tmp_path):
    row = found(tmp_path / "p", SUM, Q1, rows="day score_before score_after\n2013-10-05 - -")[0, "total", "all"]
    assert (row.status, row.lacking) == ("no data", 1)


def test_columns_are_the_categories(tmp_path):
    """13 women and 16 men of the year are its 29; by the sex of the row too, in either order."""
    cells = found(tmp_path / "p", BY, YEAR)
    rows = [cells[0, way, label] for way, label in [("total", "all"), ("people", "women"), ("people", "men")]]
    assert [(row.value, row.rows, row.lacking) for row in rows] == [(29, 2, 3), (13, 3, 2), (16, 3, 2)]
    crossed = {label: row.value for (_, way, label), row in cells.items() if way == "people × sex"}
    assert math.isnan(crossed.pop("men × male")), "the only man's row has no number of men"
    numbers = {"female": 10, "male": 3, "not recorded": 0}
    assert crossed == {f"women × {name}": number for name, number in numbers.items()} | {
        "men × female": 12,
        "men × not recorded": 4,
    }
    turned = {label: row.value for (_, way, label), row in cells.items() if way == "sex × people"}
    assert [*turned][:3] == ["female × women", "female × men", "male × women"]
    assert {label: turned[" × ".join(label.split(" × ")[::-1])] for label in crossed} == crossed


def test_beside_the_value_stands_how_many_rows_are_whole(tmp_path):
    [row] = evaluate("FY2014Q1", small.write(tmp_path / "p", ROWS, SUM)).by("x", "total").itertuples()
    assert row.caveat.endswith("2 of 4 records are whole; of 2 the score before or score after is not recorded")


def test_of_a_share_both_parts_are_sums_of_the_columns(tmp_path):
    share = (
        f'measure = "share"\n[calculation.denominator]\nmeasure = "sum"\ntable = "rows"\ndate = "day"\n{BOTH}\n'
        '[calculation.numerator]\nwhere = { sex = "F" }'
    )
    row = found(tmp_path / "p", share, Q1)[0, "total", "all"]
    assert (row.numerator, row.denominator) == (17, 20), "whose sex is not known is in neither part"


def test_it_is_printed_as_it_is_calculated(tmp_path):
    project = load(small.write(tmp_path / "p", ROWS, BY))
    assert calculation_in_words(project, project.sheets[0]) == (
        'Sum of "score before" and "score after" over rows of Rows (by "day") in the period. '
        'By people, women is "score before" and men is "score after". Rows without "day" are counted in no period. '
        'Rows without "score before" or "score after" are added as far as their other columns go.'
    )
    assert title_of(project, project.sheets[0], "people") == "people"


def test_the_check_names_the_rows_that_lack_one(tmp_path):
    findings = records.read(load(small.write(tmp_path / "p", ROWS, SUM))).findings
    said = {finding.says: finding.rows for finding in findings if finding.rule == "needed"}
    after = "so only what its other columns have is added (indicator x)"
    assert said == {f"has no 'score_before', {after}": (5, 6), f"has no 'score_after', {after}": (3, 5)}


@pytest.mark.parametrize(
    "calculation, says",
    [
        (SUM.replace(BOTH, ""), "write one of the two"),
        (SUM + '\ncolumn = "amount"', "write one of the two"),
        (SUM.replace(BOTH, 'columns = ["amount"]'), "one by itself is a column"),
        (SUM.replace(BOTH, 'columns = ["amount", "amount"]'), "two or more different fields"),
        (SUM.replace(BOTH, 'columns = "amount"'), "columns are two or more fields, as in"),
        (SUM.replace(BOTH, 'columns = { women = "score_before", men = "score_after" }'), "each with its field, as in"),
        (SUM.replace(BOTH, 'columns = ["amount", "sex"]'), "field 'sex' must be of type integer or number"),
        (SUM.replace(BOTH, NAMED), 'write disaggregate = ["people"] with a sum, or columns = ["score_before"'),
        (
            SUM.replace(BOTH, NAMED.replace("people", "sex")) + '\ndisaggregate = ["sex"]',
            "columns cannot be the categories of 'sex', which is a field of the table",
        ),
        (BY.replace("women =", "total ="), "are the library's own"),
        (BY.replace("women =", '"a × b" ='), "are the library's own"),
    ],
)
def test_what_cannot_be_calculated_is_answered_with_what_can(tmp_path, calculation, says):
    with pytest.raises(Refused, match=r"indicators/x\.toml") as refusal:
        load(small.write(tmp_path / "p", ROWS, calculation))
    assert says in str(refusal.value)


def test_one_thing_has_the_same_words_in_all_tables(tmp_path):
    """Another table knows people as women and men: girls are none of them."""
    folder = small.write(tmp_path / "p", ROWS, BY.replace("women =", "girls ="))
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    field = {"name": "people", "type": "string", "title": "people", "categories": ["women", "men"]}
    other = {"name": "others", "path": "records/others.csv", "title": "Others", "disclosure": "open", "due": "never"}
    package["resources"].append(other | {"schema": {"fields": [field]}})
    path.write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(Refused, match=r"'people' without the label girls. There are: women, men"):
        load(folder)


def test_of_participants_each_category_is_told_as_in_a_breakdown(tmp_path):
    """The total is exact, categories are to the nearest five, and three are "fewer than 5", as of a sum by a field."""
    rows = "day score_before score_after\n2013-10-05 20 12\n2013-10-06 3 0\n2014-02-01 3 60"
    calculation = BY.replace(', ["people", "sex"], ["sex", "people"], "sex"', "")
    evaluation = evaluate("FY2014Q1", small.write(tmp_path / "p", rows, calculation, disclosure="participants"))
    told = evaluation.by("x", "people").set_index("category")
    assert told["value"].tolist() == [25, 10] and set(told["status"]) == {"rounded"}
    assert evaluation.by("x", "total").iloc[0]["value"] == 35
    later = evaluate("FY2014Q2", tmp_path / "p").by("x", "people").set_index("category")
    assert later.loc["women", "status"] != "exact" and math.isnan(later.loc["women", "value"])


def test_the_sum_of_one_category_by_itself_is_a_cell_of_the_breakdown(tmp_path):
    """A second sheet of the women alone would tell as a total what the first one hides in its breakdown."""
    rows = "day score_before score_after\n2013-10-05 3 60"
    folder = small.write(tmp_path / "p", rows, BY, disclosure="participants")
    sheet = (folder / "indicators/x.toml").read_text(encoding="utf-8").replace('code = "x"', 'code = "y"')
    one = sheet[: sheet.index("[calculation]")] + "[calculation]\n" + SUM.replace(BOTH, 'column = "score_before"')
    (folder / "indicators/y.toml").write_text(one, encoding="utf-8")
    assert evaluate("FY2014Q1", folder).by("y", "total")["status"].tolist() == ["not told"]


def test_of_people_who_were_trafficked_there_is_the_sum_only(tmp_path):
    with pytest.raises(Refused, match=r"in class 'victims' columns cannot be the categories.*as in columns ="):
        load(small.write(tmp_path / "p", ROWS, BY, disclosure="victims"))
    load(small.write(tmp_path / "q", ROWS, SUM, disclosure="victims"))


def test_the_working_tables_have_the_categories(tmp_path):
    project = load(small.write(tmp_path / "p", ROWS, BY))
    period = project.calendar.parse("FY2014Q1")
    values = exact.calculated(project, period).values
    period_values = values[(values["horizon"] == "period") & (values["disaggregation"] == "people")]
    assert period_values["value"].tolist() == [13, 11]
    internal.write(project, period, project.folder / "internal" / "FY2014Q1")


ALONE = SUM.replace(BOTH, 'column = "score_before"')
PARTS = '[[sum]]\ntable = "rows"\ntotal = "amount"\nparts = ["score_before", "score_after"]\nreason = "each is one"\n'
MEETINGS = "day amount score_before score_after\n2013-10-05 63 3 60"


def status(folder, calculation, rules="", disclosure="participants"):
    """How the total of a sheet is told, in a table whose rows have numbers of women, of men, and of both."""
    small.write(folder, MEETINGS, calculation, disclosure=disclosure)
    if rules:
        (folder / "rules.toml").write_text(rules, encoding="utf-8")
    return evaluate("FY2014Q1", folder).by("x", "total")["status"].item()


@pytest.mark.few(5)
@pytest.mark.parametrize("rules", ["", PARTS], ids=["nobody says what the columns are", "a rule says it"])
@pytest.mark.parametrize(
    "calculation",
    [
        ALONE,
        ALONE.replace('"sum"', '"mean"'),
        'measure = "count"\ntable = "rows"\ndate = "day"\nwhere = { score_before = 3 }',
        'measure = "count"\ntable = "rows"\ndate = "day"\nany = [{ score_before = 3 }, { score_before = 4 }]',
        'measure = "share"\n[calculation.denominator]\nmeasure = "sum"\ntable = "rows"\ndate = "day"\n'
        'column = "score_before"\n[calculation.numerator]\nwhere = { done = true }',
        'measure = "ratio"\n[calculation.numerator]\nmeasure = "sum"\ntable = "rows"\ndate = "day"\n'
        'column = "score_before"\n[calculation.denominator]\nmeasure = "days"',
    ],
    ids=["sum", "mean", "condition", "one or another", "share", "ratio"],
)
def test_one_column_by_itself_is_a_cell_though_no_sheet_names_the_other(tmp_path, rules, calculation):
    """Three women beside 60 men: no sheet is broken down by them, and the three are told by none."""
    assert status(tmp_path / "p", calculation, rules) != "exact"


def test_the_whole_is_exact(tmp_path):
    """Both columns together are, and what a rule says is their total; where no rule says it, it may be one of them."""
    assert status(tmp_path / "a", SUM.replace(BOTH, 'columns = ["score_before", "score_after"]')) == "exact"
    total = SUM.replace(BOTH, 'column = "amount"')
    assert status(tmp_path / "b", total, PARTS) == "exact"
    assert status(tmp_path / "c", total) == "rounded"
    assert status(tmp_path / "d", ALONE, disclosure="open") == "exact", "of tables about nobody everything is"


def test_of_people_who_were_trafficked_one_column_is_not_told(tmp_path):
    assert status(tmp_path / "p", ALONE, disclosure="victims") == "not told"


MORE = '[[sum]]\ntable = "rows"\ntotal = "{total}"\nparts = ["{one}", "{other}"]\nreason = "each is one"\n'
FOUR = "day score_before score_after amount girls boys\n2013-10-05 40 13 53 2 1"  # women, men, adults, girls, boys


def of_four(folder, *sheets, rules="", report="FY2014Q1"):
    """How the totals of sheets are told: of a table with numbers of women, men and adults, of girls and of boys."""
    first, *others = [SUM.replace(BOTH, one) for one in sheets]
    small.write(folder, FOUR.replace(" girls boys", "").replace(" 2 1", ""), first, disclosure="participants")
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    fields = package["resources"][0]["schema"]["fields"]
    fields += [{"name": name, "title": name, "type": "number"} for name in ("girls", "boys")]
    path.write_text(json.dumps(package), encoding="utf-8")
    rows = folder / "records/rows.csv"
    head, row = rows.read_text(encoding="utf-8").splitlines()
    rows.write_text(f"{head},girls,boys\n{row},2,1\n", encoding="utf-8")
    if rules:
        (folder / "rules.toml").write_text(rules, encoding="utf-8")
    for number, calculation in enumerate(others):
        small.add_sheet(folder, f"y{number}", calculation, name=f"Others {number}")
    values = evaluate(report, folder).values
    return values[(values["disaggregation"] == "total") & (values["horizon"] == "period")]["status"].tolist()


WOMEN_MEN, GIRLS_BOYS = 'columns = ["score_before", "score_after"]', 'columns = ["girls", "boys"]'


def test_two_sheets_of_some_columns_each_are_cells_of_all_of_them(tmp_path):
    """53 women and men, 3 girls and boys: neither sheet is the whole, and three children stand in no report.

    Beside an exact 56 "about 55" says that there are three children at the most.
    """
    assert of_four(tmp_path / "a", WOMEN_MEN, GIRLS_BOYS) == ["rounded", "fewer than 5"]
    every = 'columns = ["score_before", "score_after", "girls", "boys"]'
    assert of_four(tmp_path / "b", WOMEN_MEN, GIRLS_BOYS, every) == ["not told", "not told", "exact"]


def test_the_total_of_a_rule_is_its_parts(tmp_path):
    """53 adults by their own column, 56 with the children: one from the other leaves three."""
    rule = MORE.format(total="amount", one="score_before", other="score_after")
    every = 'columns = ["score_before", "score_after", "girls", "boys"]'
    assert of_four(tmp_path / "a", 'column = "amount"', every, rules=rule) == ["not told", "exact"]
    assert of_four(tmp_path / "b", 'column = "amount"', rules=rule) == ["exact"]
