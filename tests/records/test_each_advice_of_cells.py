"""Each advice about what a program made of cells, and about codes of people, followed to the letter."""

from datetime import date, time

import pytest

from tests.records.followed import COUNT, HEAD, Case, Ours, check, each, meant, of, ours

WORDS = {"type": "string"}
PEOPLE = 'measure = "people"\ntable = "rows"\ndate = "day"\nperson = "x"'
DAYS = {"type": "date", "format": "%d/%m/%Y"}
OTHER_ORDER = (
    "Where all days of the column are written so",
    'say "format": "%d/%m/%Y" for the field in datapackage.json; else write each one as 2014-12-31',
)
SHARES = {"type": "number", "percentage": True}
TO_SEE = ("See whether it is right; where 45% was meant by 0.45, write 45",)
ALL_BELOW = ("Where 45% was meant by 0.45, write 45; where it is less than one per cent, write it with", "as 0.45%")
AS_TEXT = ("Give the column the format Text in Excel, and write the codes again",)
NOBODY = meant(None, None, "P1")
NO_CODE = ("Where it stands for no code, leave the cell empty, or list it in", '"missingValues" of the field')
ALIKE = ("Write it in one alphabet in every row",)
CAPITALS = ("See whether it is one person, and write the code in one way",)
OWN_DIGITS = ("See whether they are its own digits; where they are not, give the column the format Text",)
WHOLE = tuple(f"12345678901234100{digit}" for digit in range(1, 6))
LOST = ("123456789012341000", "123456789012342000")
OF_CONDITION = ("See whether it is meant, and write it as the condition of the reference sheet has it",)
OF_OSH = COUNT + '\nwhere = { x = "Osh" }'
A_DAY_TOO = ("Nothing, if it is meant. Excel makes a day of texts such as 1/2 or 5-9",)
IN_EXCEL = Ours([HEAD, ["r2", "2014-01-02", date(2014, 9, 5)], ["r3", "2014-01-03", "a text"]], "rows.xlsx", WORDS)
CASES = {
    "half converted": Case(
        ("Write every day of the column again as 2014-12-31, from where it was written first",),
        ours(DAYS, "2014-05-01", "13/01/2014"),
        of("2014-01-05", "2014-01-13"),
        meant("2014-01-05", "2014-01-13"),
    ),
    "the other order: declared": Case(
        OTHER_ORDER,
        ours(DAYS | {"format": "%m/%d/%Y"}, "04/01/2014", "13/01/2014"),
        {"x": DAYS},
        meant("2014-01-04", "2014-01-13"),
    ),
    "the other order: written": Case(
        OTHER_ORDER,
        ours(DAYS | {"format": "%m/%d/%Y"}, "04/01/2014", "13/01/2014"),
        of("2014-01-04", "2014-01-13"),
        meant("2014-01-04", "2014-01-13"),
    ),
    "a part of one: right": Case(TO_SEE, ours(SHARES, "0.45", "60"), meant=meant(0.45, 60)),
    "a part of one: per cent": Case(TO_SEE, ours(SHARES, "0.45", "60"), of("45", "60"), meant(45, 60)),
    "a file of parts of one: per cent": Case(ALL_BELOW, ours(SHARES, "0.45", "0.6"), of("45", "60"), meant(45, 60)),
    "a file of parts of one: less than one per cent": Case(
        ALL_BELOW, ours(SHARES, "0.45", "0.6"), of("0.45%", "0.6%"), meant(0.45, 0.6)
    ),
    "a code of which digits are lost": Case(
        AS_TEXT, ours(WORDS, "1.23457E+15", "b"), of("1234567890123456", "b"), meant("1234567890123456", "b")
    ),
    "a code that may have lost digits: written again": Case(
        OWN_DIGITS,
        ours(WORDS, *WHOLE, *LOST),
        of(*WHOLE, "123456789012341001", LOST[1]),
        meant(*WHOLE, "123456789012341001", LOST[1]),
    ),
    "a code that may have lost digits: its own": Case(
        OWN_DIGITS, ours(WORDS, *WHOLE, *LOST), meant=meant(*WHOLE, *LOST)
    ),
    "a code with a point": Case(
        ("Write the code without the .0",),
        ours(WORDS, "12", "12.0", calculation=PEOPLE),
        of("12", "12"),
        meant("12", "12"),
        1,
    ),
    "a code that became a time": Case(
        ("Excel makes a time of texts such as 3:4: give the column the format Text, and write it again",),
        Ours([HEAD, ["r2", "2014-01-02", time(3, 4)]], "rows.xlsx", WORDS, calculation=PEOPLE),
        {"rows": [HEAD, ["r2", "2014-01-02", "3:4"]]},
        meant("3:4"),
        1,
    ),
    "a day among texts: written again": Case(
        A_DAY_TOO, IN_EXCEL, {"rows": [HEAD, ["r2", "2014-01-02", "5-9"], IN_EXCEL.rows[2]]}, meant("5-9", "a text")
    ),
    "a day among texts: meant": Case(A_DAY_TOO, IN_EXCEL, meant=meant("2014-09-05", "a text")),
    "two alphabets": Case(ALIKE, ours(WORDS, "P1", "Р1", calculation=PEOPLE), of("P1", "P1"), meant("P1", "P1"), 1),
    "capitals: one person": Case(
        CAPITALS, ours(WORDS, "P1", "p1", calculation=PEOPLE), of("P1", "P1"), meant("P1", "P1"), 1
    ),
    "capitals: two people": Case(CAPITALS, ours(WORDS, "P1", "p1", calculation=PEOPLE), {}, meant("P1", "p1"), 2),
    "a condition in capitals: written": Case(
        OF_CONDITION,
        ours(WORDS, "Osh", "osh", calculation=OF_OSH),
        of("Osh", "Osh"),
        meant("Osh", "Osh"),
        2,
    ),
    "a condition in capitals: not meant": Case(
        OF_CONDITION, ours(WORDS, "Osh", "osh", calculation=OF_OSH), {}, meant("Osh", "osh"), 1
    ),
    "zeros: empty": Case(
        NO_CODE, ours(WORDS, "000", "000", "P1", calculation=PEOPLE), of("", "", "P1"), NOBODY, 1, still=("needed",)
    ),
    "zeros: listed": Case(
        NO_CODE,
        ours(WORDS, "000", "000", "P1", calculation=PEOPLE),
        {"x": WORDS | {"missingValues": ["000"]}},
        NOBODY,
        1,
        still=("needed",),
    ),
}


@pytest.mark.parametrize("name", each(CASES))
def test_an_advice_about_cells_that_is_followed(tmp_path, name):
    check(tmp_path, CASES[name])
