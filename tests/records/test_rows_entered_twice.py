"""Rules `duplicate`: rows that are the same in all of their fields, an empty cell being like another empty one.

The oracle compares the cells as they were written, each row with each other, in plain Python.
"""

import itertools
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.records.ruled import found

CELLS = {
    "day": ["2012-01-01", "2012-01-02", "-"],
    "person": ["p1", "p2", "-"],
    "sex": ["F", "M", "-"],
    "amount": ["1", "2.5", "-"],
    "done": ["true", "false", "-"],
}


def rule(fields):
    named = ", ".join(f'"{name}"' for name in fields)
    return f'[[duplicate]]\ntable = "rows"\nfields = [{named}]\nreason = "."\n'


def entered_twice(rows, fields):
    """The rows, as a spreadsheet numbers them, that say the same as another one, and that say anything."""
    twice = set()
    for (one, cells), (other, others) in itertools.combinations(enumerate(rows, 2), 2):
        same = all(cells[name] == others[name] for name in fields)
        if same and any(cells[name] != "-" for name in fields):
            twice |= {one, other}
    return sorted(twice)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()}), min_size=1),
    st.lists(st.sampled_from(sorted(CELLS)), min_size=1, unique=True),
)
def test_rows_entered_twice_are_those_of_the_oracle(rows, fields):
    table = "\n".join([" ".join(CELLS), *(" ".join(row[name] for name in CELLS) for row in rows)])
    with tempfile.TemporaryDirectory() as folder:
        told = found(Path(folder) / "p", table, rule(fields))
    assert told.get("duplicate", []) == entered_twice(rows, fields) and set(told) <= {"duplicate", "needed"}


@pytest.mark.parametrize(
    ("fields", "rows"),
    [
        (["day", "person", "amount"], [2, 3, 5, 6]),
        (["person"], [2, 3]),  # the four rows without anybody have nothing in common by this rule
        (["amount"], []),  # nothing is filled
    ],
)
def test_an_empty_cell_is_like_another_one(tmp_path, fields, rows):
    """Of six rows none has an amount; 14 of 456 such rows were found in a real file, for an empty cell hid the others.

    Row 4 is of another person, row 7 of another day.
    """
    table = """day        person amount
               2012-01-01 p1     -
               2012-01-01 p1     -
               2012-01-01 p2     -
               2012-01-01 -      -
               2012-01-01 -      -
               2012-01-05 -      -"""
    assert found(tmp_path / "p", table, rule(fields)).get("duplicate", []) == rows


def test_what_is_not_known_does_not_make_two_people_one(tmp_path):
    """A judgement about the same people asks for signs: three rows without a sex do not agree in it."""
    table = "day sex done\n" + "2012-01-01 - true\n" * 3 + "2012-01-01 F true\n" * 2
    judged = '[[people]]\ntable = "rows"\nmatch = ["sex", "done"]\nreason = "."\nrole = "."\ndate = 2015-01-01\n'
    assert found(tmp_path / "p", table, judgements__same_people_toml=judged) == {"same person": [5, 6]}
