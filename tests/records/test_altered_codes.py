"""Codes of which a program has made numbers or days are seen, however it writes them; one person is not made two."""

import pytest

from ctanalysis.records import HELD_BACK, LOOK
from tests.generators.sent import by_key, field, surveyed, told

UNIQUE = {"constraints": {"unique": True}}


def of_codes(folder, *codes, name="rows.csv", **more):
    rows = [["id", "day", "code"], *([f"r{row}", "2014-01-02", code] for row, code in enumerate(codes, 2))]
    return surveyed(folder, [field("code", **more)], rows, name=name)


def of_people(folder, *codes):
    """The same in the field by which the class of the table knows people."""
    rows = [["id", "day", "person"], *([f"r{row}", "2014-01-02", code] for row, code in enumerate(codes, 2))]
    return surveyed(folder, [field("person")], rows, name="rows.csv", table={"disclosure": "victims"})


# Digits that are lost.


@pytest.mark.parametrize(
    "code",
    [
        "1.23457E+19",  # Excel
        "1.23457e+15",  # pandas, R
        "1.23457E15",  # Java, and what it saves
        "1.234567E7",
        "1e+15",
        "1,23E+15",  # Excel in Russian
        " 1,23E+15",
        "1.23457E+15\xa0",
        "1.23e+05",
    ],
)
def test_a_code_with_an_exponent(tmp_path, code):
    """Of two people who are both left as 1.23457e+15 one would be made; whoever wrote the exponent, both wait."""
    assert told(of_codes(tmp_path / "p", code, "A1", code)) == [(HELD_BACK, "long code", "code", (2, 4))]


@pytest.mark.parametrize("code", ["E+10", "1E5", "5E12", "1.5E", "12.5e+1", "1.2E+A"])
def test_a_code_that_only_looks_so(tmp_path, code):
    """Block 5E, flat 12: a letter among digits is a code, and no number with an exponent."""
    assert not told(of_codes(tmp_path / "p", code, "A1"))


CUT = [f"12345678901234{digit}000" for digit in range(1, 9)]  # eight of 18 digits, of which Excel kept 15
WHOLE = [f"1234567890{digit}2345678" for digit in range(1, 10)]
ROWS_CUT = tuple(range(2, 10))


@pytest.mark.parametrize("whole", [1, 7])
def test_codes_that_end_in_zeros_beside_some_that_are_whole(tmp_path, whole):
    """One code that was written by hand afterwards says nothing for the eight others: most end in zeros, and wait."""
    found = of_codes(tmp_path / "p", *CUT, *WHOLE[:whole])
    assert told(found) == [(HELD_BACK, "long code", "code", ROWS_CUT)]


def test_fewer_codes_that_end_in_zeros_are_asked_about(tmp_path):
    """Two of eleven are hardly so by chance, but a code may be made so: 000 for the main office."""
    found = of_codes(tmp_path / "p", *CUT[:2], *WHOLE)
    assert told(found) == [(LOOK, "long code", "code", (2, 3))]


@pytest.mark.parametrize(
    "codes",
    [
        (CUT[0], *WHOLE),  # one alone
        ("1234567890123450", "1234567890123460", *[f"12345678901234{n}" for n in range(21, 50)]),  # one digit: chance
    ],
)
def test_zeros_by_chance(tmp_path, codes):
    assert not told(of_codes(tmp_path / "p", *codes))


# A point that a program put behind a code.


def test_a_code_with_a_point_beside_itself(tmp_path):
    """pandas reads 12345 in a column with an empty cell as 12345.0: with a second file one person would be two."""
    found = of_people(tmp_path / "p", "12345", "12345.0", "77.0", "12345")
    assert told(found) == [(HELD_BACK, "look-alike key", "person", (3,))]
    assert list(found["rows"]["person"]) == ["12345", "77.0", "12345"]
    assert not told(of_people(tmp_path / "q", "12345", "12345", "77", "12345"))


def test_a_key_with_a_point_beside_itself(tmp_path):
    """The same in a key, where one row would be two."""
    rows = [["id", "day"], ["12", "2014-01-02"], ["12.0 ", "2014-01-02"]]
    found = surveyed(tmp_path / "p", [], rows, name="rows.csv")
    assert (HELD_BACK, "look-alike key", "id", (3,)) in told(found)


@pytest.mark.parametrize("codes", [("1", "1.0", "1.1"), ("1.0", "2.0"), ("1", "2.0"), ("1", "1.00")])
def test_a_point_that_is_part_of_a_code(tmp_path, codes):
    """1.0 beside 1.1 is a number of an edition; alone it makes nobody two."""
    assert not told(of_codes(tmp_path / "p", *codes, **UNIQUE))


# Days in a text file.


@pytest.mark.parametrize(
    "day", ["2014-02-01", "01.02.2014", "01/02/2014", "2014-02-01 00:00:00", " 2014-02-01", "01.фев"]
)
@pytest.mark.parametrize("other", ["3/4", "3/14a", "5-9"])
def test_a_code_that_became_a_day_in_a_text_file(tmp_path, day, other):
    """Beside 3/4 the day was 1/2 once."""
    found = of_codes(tmp_path / "p", day, other, **UNIQUE)
    assert told(found) == [(HELD_BACK, "day", "code", (2,))]
    assert by_key(found, "code") == {"r3": other}


@pytest.mark.parametrize("codes", [("2014-02-01", "2014-02-47"), ("2014-02-01", "A17"), ("01.02.2014", "02.02.2014")])
def test_a_code_that_is_written_like_a_day(tmp_path, codes):
    """The 47th case of February 2014: where no code is a pair of small numbers, nothing was made of one."""
    assert not told(of_codes(tmp_path / "p", *codes, **UNIQUE))
