"""A condition on a free text means it however its blanks and dashes are typed; in another case it is asked about."""

import pytest

from ctanalysis import records
from ctanalysis.project import load
from ctanalysis.records import LOOK, REPAIRED
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
