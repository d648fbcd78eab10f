"""In a table that lists its people nowhere else, a code that is none makes nobody, and one person is not made two."""

import pytest

from ctanalysis import records
from ctanalysis.project import load
from ctanalysis.records import HELD_BACK, LOOK
from tests.generators import small
from tests.generators.sent import told

PEOPLE = 'measure = "people"\ntable = "rows"\ndate = "day"\nperson = "person"'


def surveyed(folder, *codes, calculation=PEOPLE):
    """The Records of a row for each code, from row 2."""
    small.write(folder, "\n".join(["day person", *(f"2014-01-02 {code}" for code in codes)]), calculation)
    return records.survey(load(folder))


def test_letters_that_look_alike_make_no_second_person(tmp_path):
    """PA1 in Latin and in Cyrillic letters were two people; both wait. Written in one alphabet it is one person."""
    found = surveyed(tmp_path / "p", "PA1", "РА1", "PA2")
    assert told(found) == [(HELD_BACK, "look-alike key", "person", (2, 3))]
    assert list(found["rows"]["person"]) == ["PA2"]
    assert not told(surveyed(tmp_path / "q", "PA1", "PA1", "PA2"))


def test_a_column_in_one_alphabet_is_right(tmp_path):
    assert not told(surveyed(tmp_path / "p", "РА1", "РА1", "РА2"))


def test_capitals_are_asked_about(tmp_path):
    """p1 and P1 may be two people, and are counted so; somebody looks."""
    found = surveyed(tmp_path / "p", "P1", "p1", "P2")
    assert told(found) == [(LOOK, "look-alike code", "person", (2, 3))] and len(found["rows"]) == 3


@pytest.mark.parametrize("word", ["anonymous", "Аноним", "анонимно", "xxx", "ХХХ", "no_name", "unknown", "---"])
def test_a_word_for_nobody_is_nobody(tmp_path, word):
    """All calls of "anonymous" would be one caller."""
    found = surveyed(tmp_path / "p", word, word, "P1")
    assert told(found) == [(HELD_BACK, "missing code", "person", (2, 3))]


def test_zeros_are_asked_about(tmp_path):
    """0 may be the number of somebody, or of nobody."""
    assert told(surveyed(tmp_path / "p", "0", "000", "10")) == [(LOOK, "zeros as code", "person", (2, 3))]


def test_where_no_people_are_counted_a_column_is_a_column(tmp_path):
    found = surveyed(
        tmp_path / "p", "PA1", "РА1", "xxx", "0", calculation='measure = "count"\ntable = "rows"\ndate = "day"'
    )
    assert not told(found)
