"""A file whose percentages are all written as parts of 1 is not read as less than one per cent."""

import pytest

from ctanalysis import project, records
from ctanalysis.records import HELD_BACK
from tests.generators.sent import by_key, field, sent, surveyed, write


@pytest.mark.parametrize(
    ("cells", "held"),
    [
        (("0.45", "0.6"), (2, 3)),
        (("0.45", "1"), (2, 3)),
        (("0", "0.6", ""), (3,)),
        (("-0.45", "0.1"), (2, 3)),
        ((".5", "1.0"), (2, 3)),
        (("0.45%", "0.6 %"), ()),
        (("0", "1"), ()),
        (("1", "2"), ()),
    ],
)
@pytest.mark.parametrize("first", [["45", "60"], []])
def test_a_file_of_parts_of_one(tmp_path, cells, held, first):
    """Alone, or beside a file in per cent: nobody can tell whether 0.45 is 45%."""
    share = field("share", "number", percentage=True)
    rows = [["id", "day", "share"], *([f"a{row}", "2014-01-02", cell] for row, cell in enumerate(first, 2))]
    folder = sent(tmp_path / "p", [share], rows, "a.csv", table={"path": ["records/a.csv", "records/b.csv"]})
    rows = [rows[0], *([f"r{row}", "2014-01-02", cell] for row, cell in enumerate(cells, 2))]
    write(folder / "records/b.csv", rows)
    found = records.survey(project.load(folder))
    assert [(one.severity, one.rule, one.path, one.rows) for one in found.findings if one.rule == "percentage"] == (
        [(HELD_BACK, "percentage", "records/b.csv", held)] if held else []
    )
    assert len(found["rows"]) == len(first) + len(cells) - len(held)


def test_less_than_one_per_cent_by_what_the_field_may_be(tmp_path):
    """A share that is never more than one per cent."""
    share = field("share", "number", percentage=True, constraints={"maximum": 1})
    rows = [["id", "day", "share"], ["r2", "2014-01-02", "0.45"], ["r3", "2014-01-02", "0.6"]]
    assert by_key(surveyed(tmp_path / "p", [share], rows, name="rows.csv"), "share") == {"r2": 0.45, "r3": 0.6}
