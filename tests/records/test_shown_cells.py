"""A number that Excel shows as a code, a limit or a word is what a person saw, and not what is stored behind it."""

from datetime import time, timedelta

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
    ("0.00", 1.1, "1.10"),
    ("00.00", 1.5, "01.50"),
    ('"v"0.00', 2.1, "v2.10"),
    ("#,##0.00", 1234.5, "1234.50"),
    ('"<"0.0', 5, "<5.0"),
    ('"<"#,##0', 1234, "<1234"),
    ('[=0]"нет";0', 0, "нет"),
    ('[<5]"<5";0', 3, "<5"),
    ('[<5]"<5";[>100]"много";0', 700, "много"),
    ('0;"n/a";0', -1, "n/a"),
    ('0" тыс."', 5, "5 тыс."),
    ('0.0" млн"', 4.5, "4.5 млн"),
    ('0"K"', 5, "5K"),
]
NOTHING_MORE = [
    *(("General", 5), ("0", 5), ("@", 5), ("000", 1234), ('0;-0;"n/a"', 5), (";;;", 5), ("[Red]0", 5), ("_-0_-", 5)),
    *(("0.00", 5), ("#,##0", 1234), ('0.0,"K"', 12500), ('[<5]"<5";0', 7), ("yyyy", 2014), ('"A"000', -7), ("0%", 5)),
    *(
        ("0.0#", 1.25),
        ("0.0", 1.26),
        ("# ?/?", 0.5),
        ("0.00E+00", 5),
        ("0;-0;0", -1),
        ("0;[Red](0)", -1),
        ("0.0", -1.5),
    ),
    *(('[<5]"<5"', 7), ('0;[<5]"<5";0', 3), ('0" км"', 0.5), ('[=0]"нет";0', 4)),
]


@pytest.mark.parametrize(("form", "number", "said"), SHOWN)
def test_a_number_is_shown_so(form, number, said):
    assert formats.shown(form, number) == said


@pytest.mark.parametrize(("form", "number"), NOTHING_MORE)
def test_nothing_more_is_shown_or_said(form, number):
    """Of what is rounded or scaled nothing is said: the number stands. Nor where no part of the format is sure."""
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


def of_texts(folder, form, *cells, **of_field):
    """The values of a field of texts, of which the cells from C2 on have a format."""
    rows = [["id", "day", "x"], *([f"r{row}", "2014-01-02", cell] for row, cell in enumerate(cells, 2))]
    edit = in_formats(**{f"C{row}": form for row in range(2, len(rows) + 1)})
    return surveyed(folder, [field("x", **of_field)], rows, edit=edit)


ALTERED = [
    *(('0",000"', 5), ('0"00"', 5), ("-0", 412), ('"-"0', 412), ('0" 000"', 5), ('#,##0",000"', 1234), ('"1"00', 7)),
    *(("0\\0", 5), ('0"."00', 412), ("(0)", 412), ('"– "0', 412), ("0;0", -5), ('0"/14"', 7), ('0",000"', 4.6)),
    *(('[<5]0"0";0', 3), ('0;-0;"1"0', 0), ('0.0"5"', 1.5), ("[Red]-0", 7), ('General"000"', 5)),
]
AS_IT_IS = [
    *(("0", 5), ("General", 5), ("000", 7), ("#,##0.00", 1234.5), ("0;-0", -5), ("0;[Red]0", -5), ("0;(0)", -5)),
    *(('0" m2"', 5), ('0" чел."', 5), ('"No 1: "0', 5), ('0" (2014)"', 5), ("_-0_-", 5), ('#"."##0', 1234), ("-0", 0)),
    *(
        ('0",000"', 0),
        ('[<5]0"0";0', 7),
        ("0.0", 1.26),
        ("yyyy", 41887),
        ('0;"минус "0', -5),
        ("# ?/?", 0.5),
        ("-0", -5),
    ),
    *(("$#,##0", 1234), ("[$KG-440] 0", 5), ("0%", 0.45), ("+0", 5)),
]


@pytest.mark.parametrize("form", ALTERED)
def test_another_number_is_shown(form):
    """5 as 5,000 or 500, 412 as -412 or 4.12, -5 as 5."""
    assert formats.alters(*form)


@pytest.mark.parametrize("form", AS_IT_IS)
def test_the_number_itself_is_shown(form):
    assert not formats.alters(*form)


@pytest.mark.parametrize("type", ["integer", "number"])
@pytest.mark.parametrize(("form", "number"), [('0",000"', 5), ('0"00"', 5), ("-0", 412), ("0;0", -5)])
def test_a_number_that_is_shown_as_another_is_held_back(tmp_path, form, number, type):
    """Who filled in the sheet saw 5,000, 500, -412 and 5; in a text it is read as it is shown."""
    rows = [["id", "day", "n"], ["r2", "2014-01-02", number], ["r3", "2014-01-03", 7]]
    found = surveyed(tmp_path / "p", [field("n", type)], rows, edit=in_formats(C2=form))
    assert told(found) == [(HELD_BACK, "shown otherwise", "n", (2,))] and by_key(found, "n") == {"r3": 7}
    rows[1][2] = 5000
    found = surveyed(tmp_path / "q", [field("n", type)], rows, edit=in_formats(C2="General"))
    assert not told(found) and by_key(found, "n") == {"r2": 5000, "r3": 7}


EDITIONS = [{"value": value, "label": value} for value in ("1.1", "1.10")]


@pytest.mark.parametrize("of_field", [{}, {"categories": EDITIONS}])
def test_the_last_zero_of_a_code(tmp_path, of_field):
    """The code 1.10 is stored as 1.1, which is another one; Excel shows what was typed."""
    assert by_key(of_texts(tmp_path / "p", "0.00", 1.1, "1.1", **of_field), "x") == {"r2": "1.10", "r3": "1.1"}


MASKED = {
    '"<"0.0': 5,
    '[=0]"нет";0': 0,
    '0;"n/a";0': -1,
    '0" тыс."': 5,
    '0.0" тыс."': 4.6,
    '[<5]"<5";0': 3,
}


@pytest.mark.parametrize("type", ["integer", "number"])
@pytest.mark.parametrize("form", MASKED)
def test_a_number_behind_a_limit_a_word_or_thousands(tmp_path, form, type):
    """Who filled in the sheet saw <5.0, нет, n/a or 5 тыс.: the number behind it is not what was meant."""
    rows = [["id", "day", "n"], ["r2", "2014-01-02", MASKED[form]], ["r3", "2014-01-03", 7]]
    found = surveyed(tmp_path / "p", [field("n", type)], rows, edit=in_formats(C2=form))
    assert (HELD_BACK, "shown otherwise", "n", (2,)) in told(found)
    assert by_key(found, "n") == {"r3": 7}


@pytest.mark.parametrize(
    ("form", "number", "share"),
    [
        ("[<=1]0%;0", 60, 60),
        ("[<=1]0%;0", 0.6, 60),
        ("0%;0;0", 0.6, 60),
        ("0.0;-0%", 60, 60),
        ('0"%"', 60, 60),
        ("0;[<5]0%;0", 60, None),  # two conditions of which the first is not said: nobody can tell
        ("[>100]0;[<=1]0%", 60, None),  # neither holds: Excel shows ####
    ],
)
def test_the_part_of_a_format_that_says_per_cent(tmp_path, form, number, share):
    """60 in a format that shows only parts of 1 in per cent is 60, and not 6000; where it cannot be told, it waits."""
    rows = [["id", "day", "n"], ["r2", "2014-01-02", number], ["r3", "2014-01-03", 7]]
    found = surveyed(tmp_path / "p", [field("n", "number", percentage=True)], rows, edit=in_formats(C2=form))
    held = [one for one in told(found) if one[0] == HELD_BACK]
    assert held == ([] if share else [(HELD_BACK, "shown otherwise", "n", (2,))])
    assert by_key(found, "n") == ({"r2": share} if share else {}) | {"r3": 7}


@pytest.mark.parametrize("value", [time(1, 2), timedelta(hours=30), time(3, 4, 5)])
def test_a_code_that_became_a_time(tmp_path, value):
    """3:4 in a column of codes is 03:04:00 to Excel: it waits, as 1/2 does that became a day. A text is read."""
    unique = {"constraints": {"unique": True}}
    rows = [
        ["id", "day", "x"],
        ["r2", "2014-01-02", value],
        ["r3", "2014-01-03", "3:4"],
        ["r4", "2014-01-04", "01:02:00"],
    ]
    found = surveyed(tmp_path / "p", [field("x", **unique)], rows)
    assert told(found) == [(HELD_BACK, "day", "x", (2,))]
    assert by_key(found, "x") == {"r3": "3:4", "r4": "01:02:00"}
