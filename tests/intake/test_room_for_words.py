"""Excel has room for so many characters; what is longer ends at a word, and what fits stays whole."""

import pytest

from ctanalysis.intake.templates.advice import cut, fitting

CUTS = [
    # text, room, what is left
    ("a day", 5, "a day"),
    ("a day of", 7, "a day…"),
    ("a day of", 6, "a day…"),  # the sign that more follows takes the place of the blank
    ("a day of", 5, "a…"),  # "a day" has room, and the sign behind it none
    ("a day of the week", 10, "a day of…"),
    ("a  day", 4, "a…"),
    ("somebody", 4, "some"),  # one long word
]


@pytest.mark.parametrize("text, room, left", CUTS)
def test_a_text_is_cut_at_a_word(text, room, left):
    """What is left is no longer than there is room for."""
    assert cut(text, room) == left and len(left) <= room


def test_lines_for_which_there_is_room_stay_whole():
    """Two lines and their break take seven characters; in six only the first has room."""
    assert fitting(["one", "two"], 7) == "one\ntwo"
    assert fitting(["one", "two"], 6) == "one"


def test_a_line_that_is_too_long_is_left_out_and_not_the_next():
    """A short line after a long one still has room."""
    assert fitting(["one", "a much longer line", "two"], 7) == "one\ntwo"


def test_the_same_line_in_two_languages_stands_once():
    """Where a language has no words of its own it would repeat the others'."""
    assert fitting(["one", "one", "two"], 20) == "one\ntwo"


def test_where_no_line_has_room_the_first_is_cut():
    """Better half a sentence than none."""
    assert fitting(["a day of the week", "another day"], 10) == "a day of…"
