"""A row with several faults shows all of them at once, whether they are seen in a file, a cell or a key."""

from tests.generators.sent import field, surveyed
from tests.records.test_shown_cells import in_formats

FIELDS = [field("n", "integer"), field("m", "number", percentage=True), field("who", constraints={"required": True})]


def faults(found):
    return {(one.rule, one.field) for one in found.findings}


def test_of_a_sheet_and_of_cells(tmp_path):
    """5 that is shown as <5, a part of 1, a word in the place of the day, and nobody."""
    rows = [["id", "day", "n", "m", "who"], ["r2", "soon", 5, 0.45, ""], ["r3", "2014-01-03", 7, 0.5, "a"]]
    found = surveyed(tmp_path / "p", FIELDS, rows, edit=in_formats(C2='"<"0'))
    assert faults(found) == {("shown otherwise", "n"), ("percentage", "m"), ("type", "day"), ("required", "who")}


def test_a_cell_is_told_once(tmp_path):
    """An error of Excel is no number, too: it is told as what it is."""
    rows = [["id", "day", "n", "m", "who"], ["r2", "2014-01-02", "#REF!", 45, "a"]]

    def edit(sheet):
        sheet["C2"].data_type = "e"

    assert faults(surveyed(tmp_path / "p", FIELDS, rows, edit=edit)) == {("errors", "n")}


def test_a_doubtful_key_is_no_double(tmp_path):
    """Codes of which Excel has lost the last digits may be the same now, and were not."""
    rows = [["id", "day"], [12345678901234567890, "2014-01-02"], [12345678901234567890, "soon"]]
    assert faults(surveyed(tmp_path / "p", [], rows)) == {("long code", "id"), ("type", "day")}
