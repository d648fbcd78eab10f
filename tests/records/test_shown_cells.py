"""A number that Excel shows as a code, a limit or a word is what a person saw, and not what is stored behind it."""

import pytest

from ctanalysis.records import HELD_BACK
from ctanalysis.records.files.excel import formats
from tests.generators.sent import by_key, field, surveyed, told

# What Excel shows of a whole number in a format: ECMA-376 Part 1, 18.8.30 and 18.8.31.
SHOWN = [
    ('"A"000', 7, "A007"),
    ("\\A000", 7, "A007"),
    ("000\\-00", 12345, "123-45"),
    ("000\\-00", 7, "000-07"),
    ("#\\-00", 12345, "123-45"),
    ('00"/14"', 7, "07/14"),
    ('0" чел."', 5, "5 чел."),
    ("[$KG-440] 0", 5, "KG 5"),
    ('General" kg"', 5, "5 kg"),
    ("[Red]000", 5, "005"),
    ('"<"0', 5, "<5"),
    ('0;-0;"n/a"', 0, "n/a"),
    (';;"a;b"', 0, "a;b"),
    ('0;-0;"–"', 0, "–"),
]
NOTHING_MORE = [
    *(("General", 5), ("0", 5), ("@", 5), ("000", 1234), ('0;-0;"n/a"', 5), (";;;", 5), ("[Red]0", 5), ("_-0_-", 5)),
    *(("0.00", 5), ("#,##0", 1234), ('0.0,"K"', 12500), ('[<5]"<5";0', 3), ("yyyy", 2014), ('"A"000', -7), ("0%", 5)),
]


@pytest.mark.parametrize(("form", "number", "said"), SHOWN)
def test_a_number_is_shown_so(form, number, said):
    assert formats.shown(form, number) == said


@pytest.mark.parametrize(("form", "number"), NOTHING_MORE)
def test_nothing_more_is_shown_or_said(form, number):
    """Of what is rounded, scaled or conditional nothing is said: the number stands."""
    assert formats.shown(form, number) == ""


def in_formats(**of_cells):
    def edit(sheet):
        for place, form in of_cells.items():
            sheet[place].number_format = form

    return edit


def test_two_people_whose_codes_have_letters_only_in_the_format_are_two(tmp_path):
    """7 in "A"000 and 7 in "B"000 are A007 and B007, and A007 is the person of the text A007."""
    rows = [["id", "day", "code"], *([f"r{row}", "2014-01-02", code] for row, code in ((2, 7), (3, 7), (4, "A007")))]
    edit = in_formats(C2='"A"000', C3='"B"000')
    assert by_key(surveyed(tmp_path / "p", [field("code")], rows, edit=edit), "code") == {
        "r2": "A007", "r3": "B007", "r4": "A007"
    }  # fmt: skip


def test_keys_whose_letters_are_in_the_format_are_not_the_same(tmp_path):
    rows = [["id", "day"], [7, "2014-01-02"], [7, "2014-01-03"]]
    found = surveyed(tmp_path / "p", [], rows, edit=in_formats(A2='"A"000', A3='"B"000'))
    assert not told(found) and list(by_key(found, "day")) == ["A007", "B007"]


def of_numbers(folder, *numbers, **of_cells):
    rows = [["id", "day", "n"], *([f"r{row}", "2014-01-02", number] for row, number in enumerate(numbers, 2))]
    return surveyed(folder, [field("n", "integer")], rows, edit=in_formats(**of_cells))


def test_a_limit_or_a_word_over_a_number_is_no_number(tmp_path):
    """Shown are <5, n/a and 7 people: only the last is a number. A nought that is shown as a dash is a nought."""
    found = of_numbers(tmp_path / "p", 5, 0, 7, 0, C2='"<"0', C3='0;-0;"n/a"', C4='0" чел."', C5='0;-0;"–"')
    assert told(found) == [(HELD_BACK, "shown otherwise", "n", (2, 3))]
    assert by_key(found, "n") == {"r4": 7, "r5": 0}


def test_the_advice_makes_it_right(tmp_path):
    """General, and what was meant: nothing is known, or 3."""
    found = of_numbers(tmp_path / "p", None, 3, C2="General", C3="General")
    assert not told(found) and by_key(found, "n")["r3"] == 3
