"""A field that takes several values at once: in one cell with a delimiter between, or in a column for each value.

Broken down by it a row counts in each of its categories, and nothing adds them up.
"""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctanalysis import Refused, evaluate, figures, internal, narrative, records, tables
from ctanalysis.project import load
from ctanalysis.records import HELD_BACK, REPAIRED
from tests.generators import small
from tests.generators.sent import field, sent, surveyed, told, write

SERVICES = [
    {"value": "shelter", "label": "Shelter", "translations": {"ru": "Приют"}},
    {"value": "legal", "label": "Legal aid"},
    {"value": "food", "label": "Food"},
]
DAYS = ("2014-01-01", "2014-03-31")
COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'
HEAD = ["id", "day", "x"]
SPLIT = ["id", "day", "x/shelter", "x/legal", "x/food"]


def several(delimiter=" ", **more):
    return field("x", "list", delimiter=delimiter, categories=SERVICES, **more)


def rows_of(*cells):
    return [HEAD, *([f"r{row}", "2014-01-02", cell] for row, cell in enumerate(cells, 2))]


def split_of(*rows):
    return [SPLIT, *([f"r{row}", "2014-01-02", *cells] for row, cells in enumerate(rows, 2))]


def values(found):
    """The values of each used row, in the schema's order; None where nothing is known, () where it has none of them."""
    column = found["rows"]["x"].astype(object)
    return [tuple(cell.split()) if isinstance(cell, str) else None for cell in column]


# Cells.


@pytest.mark.parametrize(
    ("delimiter", "cell"),
    [(" ", "legal shelter"), (",", "Legal aid, Shelter"), (";", "Приют;legal"), ("|", "shelter | legal | shelter")],
)
def test_several_in_one_cell(tmp_path, delimiter, cell):
    """Whatever stands between, in whatever order, by value, label or translation."""
    found = surveyed(tmp_path / "p", [several(delimiter)], rows_of(cell, "food", ""), name="rows.csv")
    assert not found.findings
    column = found["rows"]["x"].astype(object)
    read = [one.split(delimiter) if isinstance(one, str) else None for one in column]
    assert read == [["shelter", "legal"], ["food"], None]


def test_a_line_for_each_in_a_cell_of_a_workbook(tmp_path):
    """As people write them with Alt and Enter."""
    found = surveyed(tmp_path / "p", [several("\n")], rows_of("legal\nshelter", "food"))
    assert found["rows"]["x"].tolist() == ["shelter\nlegal", "food"] and not found.findings


def test_a_part_that_is_no_category(tmp_path):
    """An unknown part holds the row back, as an unknown category does; the sentence says what is known."""
    found = surveyed(tmp_path / "p", [several()], rows_of("shelter spa", "legal"), name="rows.csv")
    assert told(found) == [(HELD_BACK, "category", "x", (2,))] and values(found) == [("legal",)]
    [finding] = found.findings
    assert finding.says == "each of its parts must be one of: shelter, legal, food" and "spa" not in str(finding)


def test_parts_that_are_spelt_almost_right(tmp_path):
    """A capital or a letter that looks like another is read as it was meant, and noted."""
    found = surveyed(tmp_path / "p", [several(",")], rows_of("SHELTER,lеgal", "food"), name="rows.csv")
    assert told(found) == [(REPAIRED, "spelling", "x", (2,))]
    assert found["rows"]["x"].tolist() == ["shelter,legal", "food"]


@pytest.mark.parametrize(
    ("declared", "cell", "between"),
    [(" ", "shelter,legal", ","), (",", "shelter legal", " "), (",", "shelter|food", "|")],
)
def test_another_delimiter_than_declared(tmp_path, declared, cell, between):
    """The advice names it; followed, both values are there."""
    found = surveyed(tmp_path / "p", [several(declared)], rows_of(cell), name="rows.csv")
    [finding] = found.of(HELD_BACK)
    assert f'"delimiter": "{between}"' in finding.do
    found = surveyed(tmp_path / "q", [several(between)], rows_of(cell), name="rows.csv")
    assert not found.of(HELD_BACK) and len(found["rows"]["x"][0].split(between)) == 2


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "cell", ["shelter legal", "shelter,legal", "Shelter; Legal aid", "shelter|food", "shelter\nfood"]
)
def test_the_advice_for_several_in_a_field_of_one(tmp_path, cell):
    """It says how a list is declared; followed to the letter, the row counts in each."""
    one = field("x", categories=SERVICES)
    [finding] = surveyed(tmp_path / "p", [one], rows_of(cell, "food")).of(HELD_BACK)
    advised = json.loads(
        "{" + finding.do.partition("say ")[2].partition(" for the field")[0].replace(" and ", ", ") + "}"
    )
    assert advised["type"] == "list"
    found = surveyed(tmp_path / "q", [one | advised], rows_of(cell, "food"))
    assert not found.of(HELD_BACK) and len(found["rows"]["x"][0].split(advised["delimiter"])) == 2


def test_marks_of_no_value(tmp_path):
    """n/a is no category; declared, the row has none."""
    found = surveyed(tmp_path / "p", [several()], rows_of("n/a", "legal"), name="rows.csv")
    assert "missingValues" in found.of(HELD_BACK)[0].do
    found = surveyed(tmp_path / "q", [several(missingValues=["n/a"])], rows_of("n/a", "legal"), name="rows.csv")
    assert values(found) == [None, ("legal",)] and not found.findings


@pytest.mark.parametrize("required", [False, True])
@pytest.mark.parametrize(
    ("delimiter", "cell"), [(",", ","), (",", " , ,"), (";", ";;"), ("|", "|"), ("/", "/"), (" ", ","), (",", ";")]
)
def test_delimiters_and_nothing_between(tmp_path, delimiter, cell, required):
    """Somebody deleted the values and left the commas: it is no category, and its spelling no alternative.

    The cell is to be left empty, which, followed, is a row without a value; where the field is required, to be filled.
    """
    one = several(delimiter, constraints={"required": required})
    found = surveyed(tmp_path / "p", [one], rows_of(cell, "legal"), name="rows.csv")
    assert told(found) == [(HELD_BACK, "category", "x", (2,))] and values(found) == [("legal",)]
    [finding] = found.findings
    assert "nothing but what stands between values: write the values" in finding.do
    assert ("leave the cell empty" in finding.do) is not required and "alternatives" not in finding.do
    followed = surveyed(tmp_path / "q", [one], rows_of("food" if required else "", "legal"), name="rows.csv")
    assert values(followed) == [("food",) if required else None, ("legal",)] and not followed.findings


# A column for each.


@pytest.mark.parametrize(
    ("yes", "no"), [("1", "0"), ("TRUE", "FALSE"), ("True", "False"), ("true", "false"), (1, 0), (True, False)]
)
def test_a_column_for_each_value(tmp_path, yes, no):
    """As KoboToolbox splits a select_multiple, in a text file or as Excel's own numbers and truth values."""
    rows = split_of([yes, yes, no], [no, yes, no], ["", "", ""], [no, no, no])
    name = "rows.xlsx" if not isinstance(yes, str) else "rows.csv"
    found = surveyed(tmp_path / "p", [several()], rows, name=name)
    assert not found.findings
    assert values(found) == [("shelter", "legal"), ("legal",), None, ()]


@pytest.mark.parametrize("head", [["X.Legal aid", "x:shelter", "x__food"], ["x/legal", "x/Приют", "x/Food"]])
def test_how_the_columns_may_be_named(tmp_path, head):
    """The question's heading, a sign, and the choice by value, label or translation."""
    rows = [["id", "day", *head], ["r2", "2014-01-02", "1", "1", "0"]]
    found = surveyed(tmp_path / "p", [several()], rows, name="rows.csv")
    assert values(found) == [("shelter", "legal")] and not found.findings


def test_columns_under_a_heading_of_their_own(tmp_path):
    """Two rows of headings: the question over its choices."""
    rows = [["", "", "x", "", ""], ["id", "day", "Shelter", "Legal aid", "Food"], ["r2", "2014-01-02", 1, 0, 1]]
    found = surveyed(tmp_path / "p", [several()], rows)
    assert values(found) == [("shelter", "food")] and not found.findings


@pytest.mark.parametrize("cells", [["1", "", "0"], ["1", "x", "0"], ["1", "2", "0"]])
def test_neither_yes_nor_no(tmp_path, cells):
    """Where a column does not say it, the row is held back: a blank beside a 1 may be a no, or not."""
    found = surveyed(tmp_path / "p", [several()], split_of(cells, ["0", "1", "0"]), name="rows.csv")
    assert told(found) == [(HELD_BACK, "category", "x", (2,))] and values(found) == [("legal",)]
    [finding] = found.findings
    assert "must say of every value whether it is there" in finding.says and "Write true or false in each" in finding.do


def test_a_column_that_is_missing(tmp_path):
    """A category without a column would be no everywhere: the file is refused, and the column named."""
    rows = [["id", "day", "x/shelter", "x/legal"], ["r2", "2014-01-02", "1", "1"]]
    [finding] = surveyed(tmp_path / "p", [several()], rows, name="rows.csv").findings
    assert "column 'x/food' is missing in row 1" in finding.says


def test_a_column_that_is_there_twice(tmp_path):
    """By value and by label: one of them is not meant."""
    rows = [[*SPLIT, "x/Food"], ["r2", "2014-01-02", "1", "1", "0", "1"]]
    [finding] = surveyed(tmp_path / "p", [several()], rows, name="rows.csv").findings
    assert "column F of row 1 is there twice" in finding.says


def test_a_column_of_a_choice_that_is_not_known(tmp_path):
    """It is no column of the table, as any other."""
    rows = [[*SPLIT, "x/other"], ["r2", "2014-01-02", "1", "1", "0", "1"]]
    [finding] = surveyed(tmp_path / "p", [several()], rows, name="rows.csv").findings
    assert "column F of row 1 is none of table 'rows'" in finding.says


def test_both_one_column_and_a_column_for_each(tmp_path):
    """KoboToolbox exports both; the one column is read, and the others must say the same, or nothing."""
    rows = [["id", "day", "x", *SPLIT[2:]], ["r2", "2014-01-02", "legal food", "0", "1", "1"]]
    rows += [["r3", "2014-01-02", "Legal food", "", "1", "1"], ["r4", "2014-01-02", "", "", "", ""]]
    found = surveyed(tmp_path / "p", [several()], rows, name="rows.csv")
    assert values(found) == [("legal", "food"), ("legal", "food"), None] and not found.of(HELD_BACK)
    some = surveyed(tmp_path / "q", [several()], [row[:4] for row in rows], name="rows.csv")
    assert values(some) == values(found)  # of a choice without a column, the one column alone tells


@pytest.mark.parametrize(
    ("whole", "cells"),
    [("", ["0", "1", "0"]), ("legal food", ["0", "1", "0"]), ("legal", ["1", "1", "0"]), ("legal", ["0", "x", "0"])],
)
def test_both_and_they_disagree(tmp_path, whole, cells):
    """An empty column beside filled ones is no row without a value: what disagrees is held back."""
    rows = [
        ["id", "day", "x", *SPLIT[2:]],
        ["r2", "2014-01-02", whole, *cells],
        ["r3", "2014-01-02", "food", "0", "0", "1"],
    ]
    found = surveyed(tmp_path / "p", [several()], rows, name="rows.csv")
    assert told(found) == [(HELD_BACK, "category", "x", (2,))] and values(found) == [("food",)]
    assert "says otherwise than the columns of its values do" in found.findings[0].says


@pytest.mark.parametrize("cells", [["0", "1", "1"], ["1", "0", "0"], ["", "", ""]])
def test_both_with_another_delimiter_than_is_declared(tmp_path, cells):
    """It is the delimiter that is wrong, whatever the columns say; and it is named."""
    good = ["r3", "2014-01-02", "food", "", "", "1"]
    rows = [["id", "day", "x", *SPLIT[2:]], ["r2", "2014-01-02", "legal food", *cells], good]
    found = surveyed(tmp_path / "p", [several(delimiter=",")], rows, name="rows.csv")
    assert told(found) == [(HELD_BACK, "category", "x", (2,))] and values(found) == [("food",)]
    assert found.findings[0].do.startswith("Write a comma between") and '"delimiter": " "' in found.findings[0].do


def test_files_of_both_kinds(tmp_path):
    """One partner sends one column, another three: the same field."""
    folder = sent(tmp_path / "p", [several()], rows_of("legal food"), name="a.csv", table={"path": "records/"})
    write(folder / "records/b.csv", [SPLIT, ["r9", "2014-01-02", "1", "0", "0"]])
    found = records.survey(load(folder))
    assert values(found) == [("legal", "food"), ("shelter",)] and not found.findings


def test_an_error_in_one_of_the_columns(tmp_path):
    """A formula without a value in the second column is seen, though all others of the row are empty."""

    def edit(sheet):
        sheet["D2"] = "=1+0"

    found = surveyed(tmp_path / "p", [several()], split_of([None, None, None], [0, 1, 0]), edit=edit)
    assert (HELD_BACK, "uncalculated", "x", (2,)) in told(found) and values(found) == [("legal",)]


@pytest.mark.long
@settings(max_examples=50, deadline=None)
@given(rows=st.lists(st.sets(st.sampled_from(["shelter", "legal", "food"])), min_size=1, max_size=6))
def test_one_column_and_a_column_for_each_are_the_same(tmp_path_factory, rows):
    """Whatever was chosen, both ways of writing it are read alike."""
    folder = tmp_path_factory.mktemp("both")
    whole = surveyed(folder / "p", [several()], rows_of(*(" ".join(sorted(row)) for row in rows)), name="rows.csv")
    cells = [["1" if service["value"] in row else "0" for service in SERVICES] for row in rows]
    split = surveyed(folder / "q", [several()], split_of(*cells), name="rows.csv")
    assert (
        [one or () for one in values(whole)]
        == values(split)
        == [tuple(s["value"] for s in SERVICES if s["value"] in r) for r in rows]
    )
    assert not whole.findings and not split.findings


# Values.


def project(folder, cells, calculation, disclosure="open", sexes="", **more):
    """The small project whose `kind` is a list of services. cells: with commas; "-" for none."""
    rows = "\n".join(f"2014-01-05 {cell} P{number:03} {'FM'[number % 2]}" for number, cell in enumerate(cells))
    small.write(folder, f"day kind person sex\n{rows}", calculation, disclosure=disclosure, **more)
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    kind = next(one for one in package["resources"][0]["schema"]["fields"] if one["name"] == "kind")
    kind.update(type="list", title="services", categories=SERVICES)
    path.write_text(json.dumps(package), encoding="utf-8")
    return folder


CELLS = ["shelter", "shelter,legal", "legal,food,shelter", "food", "-"]


def by(folder, *windows):
    """(total, by category) of the exact values."""
    found = small.values(folder, *(windows or [DAYS]))
    names = ("Shelter", "Legal aid", "Food", "not recorded")
    return found[0, "total", "all"].value, [found[0, "kind", name].value for name in names]


def test_a_row_counts_in_each_of_its_categories(tmp_path):
    """Five rows; three with shelter, two with legal aid, two with food, one without any: eight in all categories."""
    assert by(project(tmp_path / "p", CELLS, f'{COUNT}\ndisaggregate = ["kind"]')) == (5, [3, 2, 2, 1])


def test_people_and_shares(tmp_path):
    """Each person in every category of the first row; a share with the parts of each category."""
    people = 'measure = "people"\nperson = "person"\ntable = "rows"\ndate = "day"\ndisaggregate = ["kind"]'
    assert by(project(tmp_path / "p", CELLS, people)) == (5, [3, 2, 2, 1])
    share = 'measure = "share"\ndisaggregate = ["kind"]\n[calculation.denominator]\n' + COUNT
    share += '\n[calculation.numerator]\nwhere = { sex = "F" }'
    assert by(project(tmp_path / "s", CELLS, share)) == (3 / 5, [2 / 3, 1 / 2, 1 / 2, 1])


@pytest.mark.parametrize(
    ("condition", "count", "words"),
    [
        ('"legal"', 2, '"services" has, among others perhaps, Legal aid'),
        ('["legal", "food"]', 3, '"services" has any of: Legal aid, Food'),
        ('{ not = "shelter" }', 1, '"services" is recorded and has none of: Shelter'),
        ("{ present = true }", 4, '"services" is recorded'),
        ("{ present = false }", 1, '"services" is not recorded'),
    ],
)
def test_conditions_on_a_list(tmp_path, condition, count, words):
    """Any of these, none of these; and the printed definition says so."""
    ours = project(tmp_path / "p", CELLS, f"{COUNT}\nwhere = {{ kind = {condition} }}")
    assert small.values(ours, DAYS)[0, "total", "all"].value == count
    loaded = load(ours)
    assert words in tables.sheets.calculation_in_words(loaded, loaded.sheets[0])


def test_every_page_says_that_they_may_add_up_to_more(tmp_path):
    """The table, the sentence, the figure and the exact tables; and nowhere a sum of the categories."""
    ours = project(tmp_path / "p", CELLS, f'{COUNT}\ndisaggregate = ["kind"]')
    now, words = evaluate("FY2014Q2", ours), "the categories may add up to more than the total"
    table = tables.breakdown(now, "x", "kind")
    assert [row[1] for row in table.rows] == ["3", "2", "2", "1", "5"] and any(words in note for note in table.notes)
    area = narrative.area(now, "work").plain
    assert words in area and "By services: Shelter (3), Legal aid (2), Food (2), not recorded (1)" in area
    chart = figures.breakdown(now, "x", "kind")
    assert any(words in note for note in chart.notes) and words in chart.html
    exact = internal.exact.calculated(load(ours), load(ours).calendar.parse("FY2014Q2"))
    [grid] = internal.grids.grids(exact)
    assert any(words in heading for heading, _ in grid.groups)
    assert "8" not in " ".join(row[1] for row in table.rows)


def test_of_other_fields_nobody_says_so(tmp_path):
    """Women and men add up."""
    ours = project(tmp_path / "p", CELLS, f'{COUNT}\ndisaggregate = ["sex"]')
    now = evaluate("FY2014Q2", ours)
    assert not any("more than the total" in note for note in tables.breakdown(now, "x", "sex").notes)
    assert "more than the total" not in narrative.area(now, "work").plain


# People.


PEOPLE = 'measure = "people"\nperson = "person"\ntable = "rows"\ndate = "day"'


@pytest.mark.parametrize("way", ['"kind"', '["kind", "sex"]', '"sex", "kind"'])
def test_of_people_who_were_trafficked_only_totals_are_told(tmp_path, way):
    """A breakdown by a list is refused when the project is read: no cell of it is ever calculated."""
    ours = project(tmp_path / "p", CELLS, f"{PEOPLE}\ndisaggregate = [{way}]", "victims")
    with pytest.raises(Refused, match="in class 'victims' only totals are told by it"):
        load(ours)


@pytest.mark.parametrize("contract", [False, True])
def test_a_condition_on_a_list_of_people_who_were_trafficked(tmp_path, contract):
    """It cuts out what would be a category, and is not told, unless policy.toml calls it a contract figure."""
    ours = project(tmp_path / "p", CELLS, f'{PEOPLE}\nwhere = {{ kind = "legal" }}\ndisaggregate = ["sex"]', "victims")
    if contract:
        text = (ours / "policy.toml").read_text(encoding="utf-8")
        assert text.count("audited = true\n") == 1
        figure = 'audited = true\ncontract_figures = ["x"]\n'
        (ours / "policy.toml").write_text(text.replace("audited = true\n", figure), "utf-8")
    now = evaluate("FY2014Q2", ours)
    told = now.by("x")[["value", "status"]].to_numpy().tolist()
    assert told == [[2, "exact"]] if contract else told[0][1] == "not told" and told[0][0] != 2
    assert set(now.by("x", "sex")["status"]) == {"not told"}


def test_two_things_at_once(tmp_path):
    """By a list and another field at once nothing is broken down."""
    ours = project(tmp_path / "p", CELLS, f'{COUNT}\ndisaggregate = [["kind", "sex"]]')
    with pytest.raises(Refused, match="two fields of which 'kind' is a list"):
        load(ours)


def test_what_is_hidden_of_participants(tmp_path):
    """The least that a hidden cell can be is the total less all others at their most, of a list as of any other field.

    Its categories may add up to more than the total, never to less: 38 people with 22 + 12 at most elsewhere give four
    away. Where four of the 22 also had food, 34 people give nothing away.
    """

    def shown(folder, cells):
        ours = project(folder, cells, f'{PEOPLE}\ndisaggregate = ["kind"]', "participants")
        path = ours / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        kind = next(one for one in package["resources"][0]["schema"]["fields"] if one["name"] == "kind")
        kind["constraints"] = {"required": True}
        path.write_text(json.dumps(package), encoding="utf-8")
        return evaluate("FY2014Q2", ours).by("x", "kind").set_index("category")

    apart = shown(tmp_path / "p", ["shelter"] * 22 + ["legal"] * 12 + ["food"] * 4)
    assert set(apart["status"]) == {"withheld"}
    together = shown(tmp_path / "q", ["shelter"] * 18 + ["legal"] * 12 + ["shelter,food"] * 4)
    assert together.loc["Food", "status"] == "fewer than 5"
    assert together.loc[["Shelter", "Legal aid"], "value"].tolist() == [20, 10]


# datapackage.json.


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"categories": None}, 'a list has "categories"'),
        ({"delimiter": "::"}, "must be one of"),
        ({"type": "string"}, 'only a list has a delimiter: where a cell holds several values, say "type": "list"'),
        ({"type": "string", "delimiter": None, "itemType": "string"}, "only a list has an itemType"),
        ({"itemType": "integer"}, '"itemType" cannot be followed: the parts of a list are the values of its'),
        ({"minItems": 1}, '"minItems" cannot be followed: how many values a list has is not checked'),
        ({"maxItems": 2}, '"required": true'),
        ({"constraints": {"maxItems": 2}}, '"maxItems" cannot be followed'),
        ({"constraints": {"minLength": 1}}, 'of a list, "required": true says that it has a value at least'),
        ({"delimiter": "; "}, "must be one of: ',', ';'"),
        ({"constraints": {"enum": ["a"]}}, 'it has no "enum"'),
        ({"delimiter": "e"}, "must be one of"),
        ({"categories": [{"value": "a b", "label": "A"}, {"value": "c", "label": "C"}]}, "delimiter in its value"),
        ({"constraints": {"pattern": "a"}}, "only a string field has a pattern"),
        ({"categories": [{"value": "a", "label": "A", "coarse": "X"}]}, 'they no "coarse"'),
    ],
)
def test_how_it_is_declared(tmp_path, change, said):
    """As Table Schema 2 has it: a list with a delimiter. What fits it not is refused in a sentence."""
    wrong = {key: value for key, value in (several() | change).items() if value is not None}
    with pytest.raises(Refused) as refusal:
        load(sent(tmp_path / "p", [wrong], [HEAD], name="rows.csv"))
    assert said in str(refusal.value)


def test_what_table_schema_says_of_a_list_and_is_done_anyway(tmp_path):
    """ "itemType": "string" changes nothing: the parts are texts. Required is how one value at least is asked for."""
    plain = several(itemType="string")
    found = surveyed(tmp_path / "p", [plain], rows_of("legal food", ""), name="rows.csv")
    assert values(found) == [("legal", "food"), None] and not found.findings
    asked = plain | {"constraints": {"required": True}}
    found = surveyed(tmp_path / "q", [asked], rows_of("legal food", ""), name="rows.csv")
    assert told(found) == [(HELD_BACK, "required", "x", (3,))] and values(found) == [("legal", "food")]
