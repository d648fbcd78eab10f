"""Tables whose key is of several fields, and tables that have none: a row is then known by its file and row.

day         kind  person  amount
2014-10-01  NA    p1      1
2014-10-01  007   p1      2
2014-10-02  NA    p2      4
"""

import json

import openpyxl
import pytest

from ctanalysis import Refused, indicators, quality, records
from ctanalysis.intake import datacheck, templates
from ctanalysis.project import load
from ctanalysis.records import ACCEPTED, HELD_BACK, LOOK, PASSED
from tests.generators import small
from tests.records.ruled import COUNT

ROWS = "day,kind,person,amount\n2014-10-01,NA,p1,1\n2014-10-01,007,p1,2\n2014-10-02,NA,p2,4\n"
BY = 'reason = "The receipt."\nrole = "finance officer"\ndate = 2015-01-10\n'
HERE = 'file = "records/rows.csv"\nrow = 3\n'
BOTH = 'key = { day = "2014-10-01", kind = "007" }\n'
RANGE = '[[range]]\ntable = "rows"\nfield = "amount"\nmaximum = 1\nreason = "."\n'


def made(folder, key, csv=ROWS, rules="", calculation=COUNT, **judgements):
    """A project whose table has these fields of the small project and this primary key. judgements: file=its text."""
    small.write(folder, "day\n2014-10-01", calculation)
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    schema = package["resources"][0]["schema"]
    schema["fields"] = [field for field in schema["fields"] if field["name"] in csv.splitlines()[0].split(",")]
    for field in schema["fields"]:
        if field["name"] in key:
            field["constraints"] = {"required": True} | ({"unique": True} if key == [field["name"]] else {})
    schema.pop("primaryKey") if key is None else schema.update(primaryKey=key)
    path.write_text(json.dumps(package), encoding="utf-8")
    (folder / "records/rows.csv").write_text(csv, encoding="utf-8")
    (folder / "rules.toml").write_text(rules, encoding="utf-8")
    (folder / "judgements").mkdir()
    for name, text in judgements.items():
        (folder / "judgements" / f"{name}.toml").write_text(text, encoding="utf-8")
    return load(folder)


def told(found):
    return [(one.severity, one.rule, one.rows) for one in found.findings]


def corrected(named, change='field = "amount"\nexpect = "2"\nvalue = "20"\n'):
    return f'[[correction]]\ntable = "rows"\n{named}{change}{BY}'


def integrity(project, found):
    frame = quality.assess(project, found, project.calendar.parse("FY2015Q1"))
    return frame[frame["standard"] == "integrity"].iloc[0]


@pytest.mark.parametrize("key", [["day", "kind"], []])
def test_rows_are_read_without_a_key_of_one_field(tmp_path, key):
    """Three rows, nothing found: no field repeats as a whole."""
    found = records.survey(made(tmp_path / "p", key))
    assert told(found) == [] and found["rows"]["amount"].tolist() == [1, 2, 4]


def test_a_key_of_two_fields_stands_once(tmp_path):
    """Rows 4 and 5 have one day and kind, and differ: both are held back. Row 6 repeats row 2 whole: it is held back.
    What each field says may stand as often as it likes. NA with a blank behind it is NA.
    """
    csv = ROWS + "2014-10-02,NA ,p3,8\n2014-10-01,NA,p1,1\n"
    found = records.survey(made(tmp_path / "p", ["day", "kind"], csv))
    assert [(one.rule, one.rows, one.says) for one in found.of(HELD_BACK)] == [
        ("unique", (4, 5), "day, kind together must be unique, and stand in several rows that differ"),
        ("unique", (6,), "day, kind together must be unique, and the same row stands earlier"),
    ]
    assert found["rows"]["amount"].tolist() == [1, 2] and not any(one.column for one in found.of(HELD_BACK))


def test_a_field_of_the_key_is_filled(tmp_path):
    """A row without its day is held back for that, and is nobody's double."""
    found = records.survey(made(tmp_path / "p", ["day", "kind"], ROWS + ",NA,p1,1\n,NA,p1,1\n"))
    assert told(found) == [(HELD_BACK, "required", (5, 6))]


def test_a_key_that_looks_like_another(tmp_path):
    """p1 with a Latin p, and with a Cyrillic one, on one day: two people, or one?"""
    csv = "day,person,amount\n2014-10-01,p1,1\n2014-10-01,р1,2\n2014-10-02,p1,4\n"
    found = records.survey(made(tmp_path / "p", ["day", "person"], csv))
    assert told(found) == [(HELD_BACK, "look-alike key", (2, 3))]


def test_without_a_key_the_same_row_is_looked_for(tmp_path):
    """Row 5 is row 2 again: sent twice, or two such things on one day? Both count, and both are named."""
    project = made(tmp_path / "p", [], ROWS + "2014-10-01,NA,p1,1\n")
    found = records.survey(project)
    assert told(found) == [(LOOK, "duplicate", (2, 5))] and found["rows"]["amount"].tolist() == [1, 2, 4, 1]
    row = integrity(project, found)
    assert (row["verdict"], row["doubtful"], row["rows"]) == ("not met", 2, 4)


@pytest.mark.parametrize("person", ["p1 ", "p1\u200b", " p1\xa0"])
def test_without_a_key_what_nobody_sees_hides_no_row_that_was_sent_twice(tmp_path, person):
    found = records.survey(made(tmp_path / "p", [], ROWS + f"2014-10-01,NA,{person},1\n"))
    assert (LOOK, "duplicate", (2, 5)) in told(found)


def test_without_a_key_it_cannot_be_said_whether_a_row_was_sent_twice(tmp_path):
    """Nothing is doubtful, and integrity is not met for all that; with the key it is: a rule looks for doubles."""
    rule = '[[duplicate]]\ntable = "rows"\nfields = ["day", "kind", "person"]\nreason = "."\n'
    verdicts = {}
    for name, key in {"none": [], "two": ["day", "kind"]}.items():
        project = made(tmp_path / name, key, rules=rule)
        row = integrity(project, records.survey(project))
        verdicts[name] = row["verdict"]
        assert ("it cannot be said whether a row was sent twice" in row["evidence"]) == (key == [])
    assert verdicts == {"none": "cannot be said", "two": "met"}


@pytest.mark.parametrize("csv", ["Total,,,7\n", ",,Итого за март,7\n", ",,,\n,,total,\n"])
def test_a_total_without_a_key_is_no_record(tmp_path, csv):
    """The seven would double what it adds up."""
    found = records.survey(made(tmp_path / "p", [], ROWS + csv))
    assert {rule for _, rule, _ in told(found)} == {"total"} and found["rows"]["amount"].sum() == 7


def test_a_remark_that_begins_with_total_is_a_record(tmp_path):
    """The row is full."""
    found = records.survey(made(tmp_path / "p", [], ROWS + "2014-10-03,NA,Total help,8\n"))
    assert told(found) == [] and found["rows"]["amount"].sum() == 15


PHRASES = ["Общий итог", "Бишкек Итог", "March Total", "2014 Total", "Grand total for March", '"Total, March"', "Жами"]
PHRASES += ['"Всего, чел."', "Ҷамъи умумӣ", "Сумма", "«Итого»"]


@pytest.mark.parametrize("word", PHRASES)
def test_a_total_is_known_by_its_whole_phrase(tmp_path, word):
    found = records.survey(made(tmp_path / "p", [], ROWS + f",,{word},7\n"))
    assert {rule for _, rule, _ in told(found)} == {"total"} and found["rows"]["amount"].sum() == 7


NAMES = ["Жалпы билим берүү мектеби №5", "Total Aid Society", "Jami Foundation", "Total help", '"Jami, Ali"']


@pytest.mark.parametrize("word", NAMES)
def test_a_name_that_begins_like_a_total_is_a_record(tmp_path, word):
    """Its kind is empty, as it may be; the day is there."""
    found = records.survey(made(tmp_path / "p", [], ROWS + f"2014-10-03,,{word},8\n"))
    assert "total" not in {rule for _, rule, _ in told(found)} and found["rows"]["amount"].sum() == 15


CODED = "day,kind,person,amount\n2014-10-01,NA,p1,3\n2014-10-02,NA,p2,4\n"
NAMED = CODED.replace("p1", "Sezim").replace("p2", "Mayak")
OF_TWO = [
    "Jami Foundation",
    "Total Aid Society",
    "Total Help",
    '"Jami, Ali"',
    "Жалпы билим берүү мектеби",
    "Total Osh",
]


@pytest.mark.parametrize("word", OF_TWO)
@pytest.mark.parametrize("key", [["person"], ["person", "kind"], ["day", "kind", "person"]])
def test_a_partner_named_like_a_total_is_part_of_a_key(tmp_path, word, key):
    """A row for each partner (and day): that of Jami Foundation is a record, as all others are."""
    rows = NAMED if key == ["person"] else ROWS
    found = records.survey(made(tmp_path / "p", key, rows + f"2014-10-03,NA,{word},8\n"))
    assert told(found) == [] and found["rows"]["amount"].sum() == 15


@pytest.mark.parametrize("row", ["2014-10-03,NA,{},7", ",,{},7"], ids=["full", "nothing else"])
@pytest.mark.parametrize("word", ["Total Aid Society", "Jami Foundation", "Total March", "Жами", "Итого за март"])
def test_among_codes_or_beside_nothing_it_is_a_total(tmp_path, word, row):
    """Where all others are named p1 and p2, nobody is named Jami Foundation; nor is a row with nothing but a name."""
    found = records.survey(made(tmp_path / "codes", ["person"], CODED + row.format(word) + "\n"))
    assert {rule for _, rule, _ in told(found)} == {"total"} and found["rows"]["amount"].sum() == 7
    found = records.survey(made(tmp_path / "names", ["person"], NAMED + f",,{word},7\n"))
    assert {rule for _, rule, _ in told(found)} == {"total"} and found["rows"]["amount"].sum() == 7


@pytest.mark.parametrize(
    "word", ["Total", "Итого за март", "Jami", "Total March", "Итого 2014", "Total Q1", "Total p1"]
)
def test_a_total_in_a_key_of_two_fields_is_none(tmp_path, word):
    """Full as the row is: the word stands alone, before a period, or before what another row is of (p1)."""
    found = records.survey(made(tmp_path / "p", ["person", "kind"], ROWS + f"2014-10-03,NA,{word},7\n"))
    assert {rule for _, rule, _ in told(found)} == {"total"} and found["rows"]["amount"].sum() == 7
    of_one = NAMED + f"2014-10-03,NA,{word.replace('p1', 'Mayak')},7\n"
    found = records.survey(made(tmp_path / "one", ["person"], of_one))
    assert {rule for _, rule, _ in told(found)} == {"total"} and found["rows"]["amount"].sum() == 7


@pytest.mark.parametrize("word", [*PHRASES, "Jami Foundation", "Total Aid Society"])
def test_where_another_field_of_the_key_is_empty_it_is_a_total(tmp_path, word):
    """A partner's subtotal has neither kind nor day: it would double what the partner's rows say."""
    found = records.survey(made(tmp_path / "p", ["person", "kind"], ROWS + f",,{word},7\n"))
    assert {rule for _, rule, _ in told(found)} == {"total"} and found["rows"]["amount"].sum() == 7


def test_a_record_that_looks_like_a_total_can_be_kept(tmp_path):
    """Somebody's name is Jami. The advice is followed: the row counts, and the finding is accepted."""
    folder = tmp_path / "p"
    project = made(folder, [], ROWS + "2014-10-03,NA,Jami,8\n")
    [finding] = records.survey(project).findings
    assert finding.rule == "total" and "judgements/accepted.toml" in finding.do and 'rule = "total"' in finding.do
    (folder / "judgements").mkdir(exist_ok=True)
    (folder / "judgements/accepted.toml").write_text(
        f'[[accepted]]\nrule = "total"\ntable = "rows"\nfile = "{finding.path}"\nrow = {finding.rows[0]}\n'
        'cells = { person = "Jami" }\nreason = "A name."\nrole = "officer"\ndate = 2015-01-10\n',
        encoding="utf-8",
    )
    found = records.survey(load(folder))
    assert found["rows"]["amount"].sum() == 15 and [one.severity for one in found.findings] == [records.ACCEPTED]


@pytest.mark.parametrize("key", [["day", "kind"], []])
def test_columns_named_again_are_no_record(tmp_path, key):
    """Two files were pasted one below the other."""
    found = records.survey(made(tmp_path / "p", key, ROWS + ROWS.replace("2014-10", "2014-11")))
    assert told(found) == [(PASSED, "columns again", (5,))] and len(found["rows"]) == 6


@pytest.mark.parametrize(("key", "named"), [(["day", "kind"], BOTH), ([], HERE)])
class TestJudgements:
    """A row is named by all fields of its key, or by file and row: row 3, of 2."""

    def test_a_value_is_corrected(self, tmp_path, key, named):
        project = made(tmp_path / "p", key, corrections=corrected(named))
        found = records.survey(project)
        assert found["rows"]["amount"].tolist() == [1, 20, 4]
        assert integrity(project, found)["corrected"] == 1

    def test_a_row_is_struck_out(self, tmp_path, key, named):
        strike = corrected(named, 'field = "amount"\nexpect = "2"\nstrike = true\n')
        found = records.survey(made(tmp_path / "p", key, corrections=strike))
        assert found["rows"]["amount"].tolist() == [1, 4] and told(found) == [(PASSED, "struck out", (3,))]

    def test_a_correction_that_fits_no_longer_stops(self, tmp_path, key, named):
        """The file came again with another row in that place."""
        csv = ROWS.replace("007,p1,2", "007,p1,3")
        with pytest.raises(Refused, match="no longer holds what was expected"):
            records.survey(made(tmp_path / "value", key, csv, corrections=corrected(named)))
        csv = "".join(ROWS.splitlines(keepends=True)[:2])
        with pytest.raises(Refused, match=r"no row has its key|no such row in that file"):
            records.survey(made(tmp_path / "row", key, csv, corrections=corrected(named)))

    def test_a_finding_is_accepted(self, tmp_path, key, named):
        """2 and 4 are more than 1; 2 was looked at. When it becomes 3, it is back."""
        what = "is outside what is plausible: 1 at most (.)"
        text = f'[[accepted]]\nrule = "range"\nwhat = "{what}"\ntable = "rows"\n{named}cells = {{ amount = "2" }}\n{BY}'
        found = records.survey(made(tmp_path / "p", key, rules=RANGE, accepted=text))
        assert told(found) == [(ACCEPTED, "range", (3,)), (LOOK, "range", (4,))]
        found = records.survey(made(tmp_path / "q", key, ROWS.replace("p1,2", "p1,3"), RANGE, accepted=text))
        assert (LOOK, "range", (3, 4)) in told(found) and not found.of(ACCEPTED)


@pytest.mark.parametrize(
    ("key", "named", "says"),
    [
        (["day", "kind"], HERE, "Name the row by it, without file, sheet and row"),
        (["day", "kind"], 'key = "2014-10-01"\n', 'so: key = { day = "...", kind = "..." }'),
        (["day", "kind"], 'key = { day = "2014-10-01" }\n', 'so: key = { day = "...", kind = "..." }'),
        (["day", "kind"], "", 'so: key = { day = "...", kind = "..." }'),
        ([], BOTH, "Name the row by file and row"),
        ([], 'file = "records/rows.csv"\n', "Name the row by file and row"),
        ([], "", "Name the row by file and row"),
    ],
)
def test_a_row_that_is_named_otherwise_is_refused(tmp_path, key, named, says):
    with pytest.raises(Refused) as refusal:
        made(tmp_path / "p", key, corrections=corrected(named))
    assert says in str(refusal.value)
    with pytest.raises(Refused) as refusal:
        accepted = f'[[accepted]]\nrule = "range"\ntable = "rows"\n{named}cells = {{ amount = "2" }}\n{BY}'
        made(tmp_path / "q", key, rules=RANGE, accepted=accepted)
    assert says in str(refusal.value)


def test_a_field_of_the_key_is_not_corrected(tmp_path):
    change = 'field = "kind"\nexpect = "007"\nvalue = "NA"\n'
    with pytest.raises(Refused, match="'kind' is its key, by which the row is known"):
        made(tmp_path / "p", ["day", "kind"], corrections=corrected(BOTH, change))


@pytest.mark.parametrize(("key", "says"), [(["day", "no"], "'no'"), (["day", "day"], "a field twice")])
def test_a_key_that_cannot_be_one(tmp_path, key, says):
    with pytest.raises(Refused) as refusal:
        made(tmp_path / "p", key)
    assert "primary key" in str(refusal.value) and says in str(refusal.value)


@pytest.mark.parametrize(("key", "first"), [(["person", "kind", "amount"], "007"), ([], "NA")])
def test_the_first_row_of_a_day_is_that_of_the_key_or_of_the_file(tmp_path, key, first):
    """p1 has two rows on one day. By the key (p1, 007) comes before (p1, NA) as texts; without one, row 2 is first."""
    people = 'measure = "people"\ntable = "rows"\ndate = "day"\nperson = "person"\ndisaggregate = ["kind"]'
    project = made(tmp_path / "p", key, calculation=people)
    window = indicators.Window("all", project.facts.start, project.facts.records_through)
    frame = indicators.calculate(project, records.read(project), [window])
    values = frame[frame["disaggregation"] == "kind"].set_index("category")["value"]
    label = {"007": "seven", "NA": "Namibian"}[first]
    assert values[label] == (2 if first == "NA" else 1) and values.sum() == 2


@pytest.mark.parametrize("key", [["day", "kind"], []])
def test_the_data_check_marks_the_rows(tmp_path, key):
    """findings.csv names file and row, and the copy to send back has the row's cell marked."""
    project = made(tmp_path / "p", key, ROWS.replace("p2,4", "p2,four") + ROWS.splitlines()[1] + "\n")
    found = records.survey(project)
    datacheck.write(project, found, tmp_path / "check")
    listed = (tmp_path / "check/findings.csv").read_text(encoding="utf-8-sig")
    assert "records/rows.csv" in listed and "four" not in listed
    (copy,) = (tmp_path / "check/send-back").rglob("*.xlsx")
    *_, sheet = openpyxl.load_workbook(copy).worksheets
    marked = {cell.row for row in sheet.iter_rows() for cell in row if cell.comment}
    assert {one.rows for one in found.findings} <= {(4,), (2, 5), (5,)} and {4, 5} <= marked


@pytest.mark.parametrize("key", [["day", "kind"], []])
def test_templates_are_written(tmp_path, key):
    assert len(templates.write(made(tmp_path / "p", key), tmp_path / "templates")) == 2
