"""docs/dictionary.md and docs/glossary.md are what the project folder says, in words that a reader finds there."""

from ctanalysis.project.categories import Category
from ctanalysis.project.fields import Field
from tests.conftest import ROOT
from tests.docs import dictionary, glossary


def test_the_pages_are_fresh():
    """make accept would change nothing."""
    for one in (dictionary, glossary):
        assert one.PAGE.read_text(encoding="utf-8") == one.page(), "make accept"


def test_every_table_field_and_indicator_is_on_it():
    """Also those that a project gets later: the page is made from the folder alone."""
    text = dictionary.page()
    project = dictionary.load(ROOT / "data")
    for name, table in project.package.tables.items():
        assert f"### {name}\n" in text and all(f"| `{field}` |" in text for field in table.fields)
    assert all(f"### {sheet.code} {sheet.name}\n" in text for sheet in project.sheets)


def test_a_category_stands_with_what_records_and_sheets_write():
    """A sheet has the codes; one that is as it is read stands once."""
    text = dictionary.page()
    assert "training of professionals (`Training`)" in text and "forced labour (`" in text
    categories = (Category(value="F", label="female"), Category(value="other", label="other"))
    field = Field(name="sex", type="string", title="sex", categories=categories)
    assert dictionary.field_row(field) == "| `sex` | sex | string | female (`F`), other |"


def test_the_glossary_has_every_word_in_all_languages():
    """A word without a translation has an empty cell, which a translator sees; the shipped project has none."""
    rows = [line.strip("| ").split(" | ") for line in glossary.half().splitlines() if line.startswith("| ")][2:]
    words = {cells[0]: cells[1:4] for cells in rows}
    assert words["forced labour"][:2] == ["принудительный труд", "мажбурлап иштетүү"]
    assert len(rows) > 100 and all(all(cells[:4]) for cells in rows)


def test_two_meanings_of_a_word_stand_in_two_rows():
    field = {"name": "f", "title": "kind", "translations": {"ru": "вид", "ky": "түрү"}, "description": "Of an event."}
    other = field | {"translations": {"ru": "тип", "ky": "түрү"}, "description": ""}
    tables = [{"name": name, "schema": {"fields": [one]}} for name, one in (("a", field), ("b", field), ("c", other))]
    assert glossary.words({"resources": tables}) == {
        ("kind", "вид", "түрү"): (["`a.f`", "`b.f`"], ["Of an event."]),
        ("kind", "тип", "түрү"): (["`c.f`"], []),
    }
