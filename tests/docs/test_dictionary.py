"""docs/dictionary.md is what the project's folder says, and every word of it is one that a reader can find there."""

from tests.conftest import ROOT
from tests.docs import dictionary


def test_the_page_is_fresh():
    """make accept would change nothing."""
    assert dictionary.PAGE.read_text(encoding="utf-8") == dictionary.page(), "make accept"


def test_every_table_field_and_indicator_is_on_it():
    """Also those that a project gets later: the page is made from the folder alone."""
    text = dictionary.page()
    project = dictionary.load(ROOT / "data")
    for name, table in project.package.tables.items():
        assert f"### {name}\n" in text and all(f"| `{field}` |" in text for field in table.fields)
    assert all(f"### {sheet.code} {sheet.name}\n" in text for sheet in project.sheets)
