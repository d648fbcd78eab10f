"""A condition on a free text means it however its blanks and dashes are typed; in another case it is asked about."""

import json

import pytest

from ctanalysis import records
from ctanalysis.project import load
from ctanalysis.records import ACCEPTED, HELD_BACK, LOOK, REPAIRED, free_texts
from tests.generators import small
from tests.generators.sent import told, write

YEAR = ("2014-01-01", "2014-12-31")
COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"\n'
OSH = ("Osh", "Osh ", "Osh\u200b", "osh")


def of_cells(folder, calculation, *cells, field="note"):
    """The project folder of a sheet with a row for each cell of a free text."""
    small.write(folder, f"day {field}\n2014-01-02 -", calculation)
    names = (folder / "records/rows.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    rows = [{"id": f"r{row}", "day": "2014-01-02", field: cell} for row, cell in enumerate(cells, 2)]
    write(folder / "records/rows.csv", [names, *([row.get(name, "") for name in names] for row in rows)])
    return folder


def counted(folder):
    return small.values(folder, YEAR)[0, "total", "all"].value


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ('where = { person = ["Osh"] }', 30),
        ('where = { person = "Osh\u00a0" }', 30),
        ('where = { person = { not = ["Osh"] } }', 10),
        ('any = [{ person = "Osh" }, { person = "Naryn" }]', 30),
    ],
)
def test_a_free_text_is_meant_however_it_is_typed(tmp_path, where, count):
    """Thirty of forty rows say Osh, ten each with nothing, a blank or a sign that nobody sees behind it. The ten that
    say osh are another text, and are named.
    """
    folder = of_cells(tmp_path / "p", COUNT + where, *(cell for cell in OSH for _ in range(10)), field="person")
    assert counted(folder) == count
    assert (LOOK, "spelt otherwise", "person", tuple(range(32, 42))) in told(records.survey(load(folder)))


def test_what_is_left_out_is_left_out_however_it_is_typed(tmp_path):
    """Rows that are tests are not counted; Test is asked about, and is counted until somebody says."""
    cells = ("test", "test ", "te\u00adst", "Test", "Osh")
    folder = of_cells(tmp_path / "p", COUNT + 'where = { person = { not = ["test"] } }', *cells, field="person")
    assert counted(folder) == 2
    assert [one for one in told(records.survey(load(folder))) if one[0] != REPAIRED] == [
        (LOOK, "spelt otherwise", "person", (5,))
    ]


def test_letters_that_look_alike_are_asked_about(tmp_path):
    cells = ("Osh", "Оsh")  # the second begins with a Cyrillic letter
    folder = of_cells(tmp_path / "p", COUNT + 'where = { person = "Osh" }', *cells, field="person")
    assert counted(folder) == 1
    assert told(records.survey(load(folder))) == [(LOOK, "spelt otherwise", "person", (3,))]


@pytest.mark.parametrize("cells", [("Osh", "Naryn"), ("Osh", "Osh city"), ("Osh", "")])
def test_other_texts_are_other_texts(tmp_path, cells):
    folder = of_cells(tmp_path / "p", COUNT + 'where = { person = "Osh" }', *cells, field="person")
    assert "spelt otherwise" not in {one.rule for one in records.survey(load(folder)).findings}
    assert counted(folder) == 1


def test_the_numerator_of_a_share_means_its_texts_so_too(tmp_path):
    share = (
        'measure = "share"\n[calculation.numerator]\nwhere = { person = "Osh" }\n'
        '[calculation.denominator]\nmeasure = "count"\ntable = "rows"\ndate = "day"'
    )
    folder = of_cells(tmp_path / "p", share, "Osh", "Osh\xa0", "OSH", "Naryn", field="person")
    assert counted(folder) == 0.5
    assert told(records.survey(load(folder))) == [(LOOK, "spelt otherwise", "person", (4,))]


SHARE_OF_OTHERS = (
    'measure = "share"\n[calculation.numerator]\nwhere = { kind = { not = ["B"] } }\n'
    '[calculation.denominator]\nmeasure = "count"\ntable = "rows"\ndate = "day"'
)
PEOPLE = 'measure = "people"\ntable = "rows"\ndate = "day"\nperson = "person"\nat_least = 2\ndifferent = "kind"'
PRESENT = COUNT + "where = { kind = { present = true } }"
SHARE_OF_YES = SHARE_OF_OTHERS.replace('{ not = ["B"] }', '"да"')
MARKED = {  # what a sheet asks of a free text, its cells, the value, the rows held back and those looked at, from row 2
    "whether there is one": (PRESENT, ("A", "---", "n/a", ""), 1, (3, 4), ()),
    "whether there is one, in words": (PRESENT, ("A", "нет", "x", "нет данных"), 3, (5,), (3, 4)),
    "that it is not B": (COUNT + 'where = { kind = { not = ["B"] } }', ("A", "---", "n/a", "B"), 1, (3, 4), ()),
    "one of several": (COUNT + 'any = [{ kind = { not = ["B"] } }, { person = "P2" }]', ("A", "-", "B"), 1, (3,), ()),
    "a share of the others": (SHARE_OF_OTHERS, ("A", "---", "n/a", "B"), 0.5, (3, 4), ()),
    "different ones": (PEOPLE, ("A", "n/a"), 0, (3,), ()),
    "one that the condition names": (COUNT + 'where = { kind = ["n/a", "B"] }', ("A", "n/a", "B"), 2, (), ()),
    "one that it leaves out": (COUNT + 'where = { kind = { not = ["n/a"] } }', ("A", "n/a", "B"), 2, (), ()),
    "the other answer": (SHARE_OF_YES, ("да", "да", "нет", "n/a"), 2 / 3, (5,), ()),
    "nothing": (COUNT, ("A", "n/a", "B"), 3, (), ()),
}


def of_texts(folder, calculation, cells, **kind):
    """The same of a field without categories, all rows of one person."""
    small.write(folder, "day person kind\n2014-01-02 P1 A", calculation)
    names = (folder / "records/rows.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    rows = [{"id": f"r{row}", "day": "2014-01-02", "person": "P1", "kind": cell} for row, cell in enumerate(cells, 2)]
    write(folder / "records/rows.csv", [names, *([row.get(name, "") for name in names] for row in rows)])
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    fields = package["resources"][0]["schema"]["fields"]
    fields[:] = [
        {"name": "kind", "title": "kind", "type": "string", **kind} if one["name"] == "kind" else one for one in fields
    ]
    path.write_text(json.dumps(package), encoding="utf-8")
    return folder


@pytest.mark.parametrize("case", MARKED)
def test_a_mark_of_no_value_is_no_text(tmp_path, case):
    """Where a sheet asks the text, such rows are held back until somebody says; a word that it names is a value, and
    one that may be an answer is looked at, where the sheet does not say which answers it means.
    """
    calculation, cells, value, held, looked_at = MARKED[case]
    folder = of_texts(tmp_path / "p", calculation, cells)
    assert counted(folder) == pytest.approx(value)
    rows = {HELD_BACK: held, LOOK: looked_at}
    told_of = {(severity, "missing code", "kind", rows[severity]) for severity in rows if rows[severity]}
    assert {*told(records.survey(load(folder)))} == told_of


def test_a_mark_in_other_capitals_than_a_condition_has_is_its_word(tmp_path):
    """It is asked about as any other word, and is not to be taken out."""
    folder = of_texts(tmp_path / "p", COUNT + 'where = { kind = { not = ["N/A"] } }', ("A", "n/a", "B"))
    assert told(records.survey(load(folder))) == [(LOOK, "spelt otherwise", "kind", (3,))]


def test_the_advice_about_a_mark_followed(tmp_path):
    """Listed as no value, or left empty, the row is there without a text; it lacks what is asked, and that is said."""
    calculation, cells, value, *_ = MARKED["that it is not B"]
    listed = of_texts(tmp_path / "p", calculation, cells, missingValues=["", "---", "n/a"])
    empty = of_texts(tmp_path / "q", calculation, [cell if cell in ("A", "B") else "" for cell in cells])
    for folder in (listed, empty):
        assert counted(folder) == value
        assert told(records.survey(load(folder))) == [(LOOK, "needed", "kind", (3, 4))]


def test_the_advice_about_what_may_be_a_mark_followed(tmp_path):
    """Listed, there is no value; accepted, it is an answer that nobody is asked about again."""
    calculation, cells, *_ = MARKED["whether there is one, in words"]
    listed = of_texts(tmp_path / "p", calculation, cells, missingValues=["", "нет", "x", "нет данных"])
    assert counted(listed) == 1 and not told(records.survey(load(listed)))
    answers = of_texts(tmp_path / "q", calculation, cells[:2])
    entry = (
        '[[accepted]]\nrule = "missing code"\ntable = "rows"\nkey = "r3"\ncells = { kind = "нет" }\n'
        f'what = "{free_texts.PERHAPS.says}"\nreason = "No, they said."\nrole = "M&E officer"\ndate = 2014-02-01\n'
    )
    (answers / "judgements").mkdir(exist_ok=True)
    (answers / "judgements/accepted.toml").write_text(entry, encoding="utf-8")
    assert counted(answers) == 2
    assert [one[0] for one in told(records.survey(load(answers)))] == [ACCEPTED]
