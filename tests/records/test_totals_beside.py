"""A total that has a key and every cell filled: its word stands in a column that is not read, or beside other words.

id  day         what               amount
1   2014-10-01  Osh                10
2   2014-10-02  Naryn              11
3   2014-10-02  Total for October  21      of the rows above it: held back; another number: counted
"""

import json

import pytest

from ctanalysis import records
from ctanalysis.project import load
from ctanalysis.records import ACCEPTED, HELD_BACK, LOOK, PASSED
from tests.generators import sent
from tests.records.test_keys import BY, made

ABOVE = "1,2014-10-01,10,Osh\n2,2014-10-02,11,Naryn\n"
ALONE = ["Total for the quarter", "Total", "Итого за квартал", "Всего", "Жыйынтык", "Total_1", "Sum", "TОTAL"]
BESIDE = [
    "Osh Total",
    "Ошская область, всего",
    "Ош, всего",
    "Osh (total)",
    "Totals Osh",
    "Total Batken",
    "Баткен Итог:",
]
BESIDE += ["Всего Баткен", "Osh: grand total 2014"]
NAMES = ["Jamila", "Summit", "Totality", "Consumption", "Overall wellbeing", "Сумка", "Всеголов", "Жалпыс"]


def project(folder, key, rows, ignored=("what",), **more):
    """A table id,day,amount,what; what is not read where it is ignored, else it is the field person."""
    head = ["id", "day", "amount", "what" if ignored else "person"]
    lines = [",".join(head), *rows.splitlines()]
    made(folder, key, "\n".join(lines if key else (line.split(",", 1)[1] for line in lines)) + "\n", **more)
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"][0]["ignoredColumns"] = list(ignored)
    path.write_text(json.dumps(package), encoding="utf-8")
    return load(folder)


def total(found):
    """What is told of totals, and the sum of what is counted."""
    return [(one.severity, one.rows) for one in found.findings if one.rule == "total"], found["rows"]["amount"].sum()


@pytest.mark.few(5)
@pytest.mark.parametrize("key", [["id"], []])
@pytest.mark.parametrize("word", [*ALONE, *BESIDE])
def test_in_a_column_that_is_not_read(tmp_path, word, key):
    """With the sum it is held back; a word alone with another number is named, one beside others is a record."""
    found = records.survey(project(tmp_path / "p", key, f'{ABOVE}3,2014-10-02,21,"{word}"\n'))
    assert total(found) == ([(HELD_BACK, (4,))], 21)
    found = records.survey(project(tmp_path / "q", key, f'{ABOVE}3,2014-10-02,20,"{word}"\n'))
    assert total(found) == (([(LOOK, (4,))] if word in ALONE else []), 41)


@pytest.mark.few(5)
@pytest.mark.parametrize("key", [["id"], []])
@pytest.mark.parametrize("word", BESIDE)
def test_beside_other_words_in_a_text(tmp_path, word, key):
    rows = f'{ABOVE}3,2014-10-02,{{}},"{word}"\n'
    found = records.survey(project(tmp_path / "p", key, rows.format(21), ignored=()))
    assert total(found) in (([(HELD_BACK, (4,))], 21), ([(PASSED, (4,))], 21))
    if key:
        assert total(records.survey(project(tmp_path / "q", key, rows.format(20), ignored=()))) == ([], 41)


NEAR = {  # rows of words and numbers; which of them are named, and what is right when these are taken out
    "above its rows": (("Чуй всего", 7), ("a", 3), ("b", 4)),
    "above the rows of each group": (("Чуй всего", 7), ("a", 3), ("b", 4), ("Ош всего", 8), ("c", 8)),
    "of one row": (("a", 3), ("Чуй всего", 3), ("b", 8), ("Total Osh", 8)),
    "of two rows, and of one": (("a", 30), ("b", 40), ("Чуй всего", 70), ("c", 8), ("Ош всего", 8)),
    "of one row, with the total of all": (("a", 30), ("Osh total", 30), ("b", 8), ("c", 9), ("Grand total all", 47)),
}


@pytest.mark.parametrize("ignored", [("what",), ()])
@pytest.mark.parametrize("case", NEAR)
def test_of_one_row_or_above_its_rows(tmp_path, case, ignored):
    """Each is named: with those that are named out of the file, the sum is that of the records."""
    rows = "".join(f"{n},2014-10-02,{number},{word}\n" for n, (word, number) in enumerate(NEAR[case], 1))
    found = records.survey(project(tmp_path / "p", ["id"], rows, ignored))
    totals = {
        row for row, (word, _) in enumerate(NEAR[case], 2) if "total" in word or "всего" in word or "Total" in word
    }
    assert {row for one in found.findings if one.rule == "total" for row in one.rows} == totals
    kept = [line for row, line in enumerate(rows.splitlines(keepends=True), 2) if row not in totals]
    after = records.survey(project(tmp_path / "q", ["id"], "".join(kept), ignored))
    assert total(after) == ([], sum(number for word, number in NEAR[case] if len(word) == 1))


@pytest.mark.parametrize("ignored", [("what",), ()])
def test_a_number_of_many_rows_tells_nothing(tmp_path, ignored):
    """One parcel in every row: a row that says so in words is a record like the others."""
    rows = "".join(f"{row},2014-10-02,1,{'Total care parcel' if row % 2 else 'a'}\n" for row in range(1, 9))
    assert total(records.survey(project(tmp_path / "p", ["id"], rows, ignored))) == ([], 8)


@pytest.mark.parametrize("ignored", [("what",), ()])
def test_a_remark_beside_another_number_is_no_total(tmp_path, ignored):
    rows = "1,2014-10-02,3,a\n2,2014-10-02,5,Пришли всего за день\n3,2014-10-02,4,b\n"
    assert total(records.survey(project(tmp_path / "p", ["id"], rows, ignored))) == ([], 12)


@pytest.mark.parametrize("ignored", [("what",), ()])
@pytest.mark.parametrize("word", NAMES)
def test_a_name_in_which_the_word_only_begins(tmp_path, word, ignored):
    """Nor is one whose number happens to be the sum."""
    found = records.survey(project(tmp_path / "p", ["id"], f"{ABOVE}3,2014-10-02,21,{word}\n", ignored))
    assert total(found)[1] == 42 and not found.of(HELD_BACK)


def test_a_partner_whose_name_begins_so(tmp_path):
    """Jami Foundation has rows of its own: that one of them has the sum of those above is chance."""
    rows = f"{ABOVE}3,2014-10-02,21,Jami Foundation\n4,2014-10-02,3,Jami Foundation\n"
    assert total(records.survey(project(tmp_path / "p", ["id"], rows, ignored=()))) == ([], 45)


def test_a_partner_whose_name_begins_so_is_in_the_total(tmp_path):
    rows = f"{ABOVE}3,2014-10-02,5,Jami Foundation\n4,2014-10-02,26,Batken Total\n5,2014-10-02,26,Total\n"
    found = total(records.survey(project(tmp_path / "p", ["id"], rows, ignored=())))
    assert found == ([(HELD_BACK, (5,)), (PASSED, (6,))], 26)


def test_subtotals_beside_words_and_their_total(tmp_path):
    """Each of its block, the last of all rows."""
    rows = f"{ABOVE}3,2014-10-02,21,Osh Total\n4,2014-10-02,5,a\n5,2014-10-02,6,b\n6,2014-10-02,11,Naryn Total\n"
    for number, ignored in enumerate([(), ("what",)]):
        found = records.survey(project(tmp_path / str(number), ["id"], rows + "7,2014-10-02,32,Total\n", ignored))
        said, sum_ = total(found)
        assert sum_ == 32 and {row for _, of in said for row in of} == {4, 7, 8}


@pytest.mark.parametrize("word", ["Total for the quarter", "Osh Total"])
def test_what_somebody_has_found_to_be_a_record(tmp_path, word):
    """It is counted, and listed as accepted."""
    entry = f'[[accepted]]\nrule = "total"\ntable = "rows"\nkey = "3"\ncells = {{ amount = "21" }}\n{BY}'
    found = records.survey(project(tmp_path / "p", ["id"], f"{ABOVE}3,2014-10-02,21,{word}\n", accepted=entry))
    assert total(found) == ([(ACCEPTED, (4,))], 42)


def test_no_numbers_to_add_up(tmp_path):
    """A table of which rows are counted: a word alone is named."""
    rows = "1,2014-10-01,,a\n2,2014-10-01,,b\n3,2014-10-01,,Total\n4,2014-10-01,,Osh Total\n"
    assert total(records.survey(project(tmp_path / "p", ["id"], rows))) == ([(LOOK, (4,))], 0)


def test_in_a_workbook_and_among_many_columns(tmp_path):
    """Whatever column of those that a pattern ignores it stands in."""
    head = ["id", "day", "amount", "_a", "_b", "_c"]
    rows = [
        ["1", "2014-10-01", 10, "", "x", 5],
        ["2", "2014-10-02", 11, "y", "", 6],
        ["3", "2014-10-02", 21, "", "", "Итого"],
    ]
    found = sent.surveyed(
        tmp_path / "p", [sent.field("amount", "integer")], [head, *rows], table={"ignoredColumns": ["_*"]}
    )
    assert total(found) == ([(HELD_BACK, (4,))], 21)


PLAIN = "id,day,amount,spent\n1,2014-10-01,10,100\n2,2014-10-02,15,200\n3,2014-10-03,20,200\n"


@pytest.mark.parametrize(
    ("last", "is_named"),
    [
        ("4,2014-10-31,45,500", True),  # no word says so
        (",2014-10-31,45,500", True),  # held back for its key, whose advice names a total
        ("4,2014-10-31,45,499", False),
        ("4,2014-10-31,45,", False),  # one number alone may be chance
        ("4,2014-10-31,45,500\n5,2014-11-01,1,1", False),  # a record like any other
    ],
)
def test_a_last_row_that_is_the_sum_of_all_above_is_looked_at(tmp_path, last, is_named):
    """It is counted, for it may be a record, and named; struck out, the sums are right."""
    found = amounts(tmp_path / "p", PLAIN + last)
    said = [(one.severity, one.rows) for one in found.findings if one.rule == "total"]
    assert said == ([(LOOK, (5,))] if is_named else [])
    if last.startswith(","):
        [advice] = [one.do for one in found.findings if one.severity == HELD_BACK]
        assert advice == "Fill the cell; where the row is a total, take it out of the file"
        assert not amounts(tmp_path / "out", PLAIN).findings
        assert not amounts(tmp_path / "filled", f"{PLAIN}4,2014-10-31,45,501").findings
    assert amounts(tmp_path / "sum", PLAIN)["rows"]["amount"].sum() == 45


def amounts(folder, text):
    fields = [sent.field("amount", "integer"), sent.field("spent", "number")]
    return sent.surveyed(folder, fields, [line.split(",") for line in text.splitlines()], name="rows.csv")


def test_a_remark_with_a_small_number_is_a_record(tmp_path):
    """1 and 2, and three who came in all: by chance the third is their sum. It is counted, and looked at."""
    rows = "1,2014-10-01,1,first\n2,2014-10-02,2,second\n3,2014-10-03,3,Всего пришли трое\n"
    for number, ignored in enumerate([(), ("what",)]):
        found = records.survey(project(tmp_path / str(number), ["id"], rows, ignored))
        assert total(found) == ([(LOOK, (4,))], 6)


def test_a_last_row_that_somebody_has_found_to_be_a_record(tmp_path):
    """The advice followed: it is counted, listed as accepted, and the entry fits."""
    folder = tmp_path / "p"
    amounts(folder, f"{PLAIN}4,2014-10-31,45,500")
    (folder / "judgements").mkdir(exist_ok=True)
    entry = f'[[accepted]]\nrule = "total"\ntable = "rows"\nkey = "4"\ncells = {{ amount = "45" }}\n{BY}'
    (folder / "judgements/accepted.toml").write_text(entry, encoding="utf-8")
    found = records.survey(load(folder))
    assert [(one.severity, one.rows) for one in found.findings] == [(ACCEPTED, (5,))]
    assert found["rows"]["amount"].sum() == 90
