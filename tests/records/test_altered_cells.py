"""What a spreadsheet made of cells is seen, and nothing of it is counted as if it had been typed so."""

import re
from datetime import date, datetime

import pytest

from ctanalysis import Refused, project
from ctanalysis.records import HELD_BACK, LOOK
from tests.generators.sent import by_key, field, sent, surveyed, told
from tests.records.test_foreign_files import key, read, table

SLASHES = {"format": "%d/%m/%Y"}


def of_days(folder, *days, name="rows.xlsx", **of_day):
    """The Records of rows r2, r3, ... with these days, as a workbook or a text file has them."""
    rows = [["id", "day"], *([f"r{row}", day] for row, day in enumerate(days, 2))]
    key = {"name": "id", "type": "string", "title": "row", "constraints": {"required": True, "unique": True}}
    schema = {"fields": [key, field("day", "date", **of_day)], "primaryKey": ["id"]}
    return surveyed(folder, [], rows, name=name, table={"schema": schema})


# Days of which a spreadsheet has exchanged day and month.


def test_a_column_of_days_that_is_half_converted(tmp_path):
    """The 5th and 7th of January, and the 13th and 31st, opened by an Excel that reads the month first: what it could
    read has become the 1st of May and of July; the rest was left as text. Only the texts can be believed.
    """
    days = date(2014, 5, 1), "13/01/2014", date(2014, 7, 1), "31/01/2014"
    found = of_days(tmp_path / "p", *days, **SLASHES)
    assert told(found) == [(HELD_BACK, "half converted", "day", (2, 4))]
    assert by_key(found, "day") == {"r3": "2014-01-13", "r5": "2014-01-31"}


def test_the_advice_makes_the_days_right(tmp_path):
    """Written again as 2014-12-31, all four are of January."""
    found = of_days(tmp_path / "p", "2014-01-05", date(2014, 1, 13), "2014-01-07", "2014-01-31", **SLASHES)
    assert not told(found)
    assert list(by_key(found, "day").values()) == ["2014-01-05", "2014-01-13", "2014-01-07", "2014-01-31"]


@pytest.mark.parametrize(
    ("days", "of_day", "doubtful"),
    {
        "points and times of day": (
            (datetime(2014, 5, 1, 10, 30), "13.01.2014", date(2014, 6, 1)), {"format": "%d.%m.%Y"}, (2, 4)
        ),
        "month first in the file, day first in the spreadsheet": (
            (date(2014, 5, 1), "01/13/2014", "02/28/2014"), {"format": "%m/%d/%Y"}, (2,)
        ),
        "texts that have no format declared": ((date(2014, 5, 1), "13/01/2014"), {}, (2,)),
        "two digits of the year": ((date(2014, 5, 1), "13/01/14"), {}, (2,)),
        "5 May: nothing was exchanged": ((date(2014, 5, 5), "13/01/2014", date(2014, 5, 1)), SLASHES, (4,)),
    }.values(),
)  # fmt: skip
def test_half_converted_in_other_ways(tmp_path, days, of_day, doubtful):
    """Always the same: the spreadsheet took what its own order allows, and left what it does not."""
    found = of_days(tmp_path / "p", *days, **of_day)
    assert (HELD_BACK, "half converted", "day", doubtful) in told(found)


@pytest.mark.parametrize(
    "days",
    {
        "a real day after the 12th": (date(2014, 5, 1), "13/01/2014", date(2014, 7, 19)),
        "a text that could have been converted": (date(2014, 5, 1), "13/01/2014", "02/01/2014"),
        "real days and ISO texts": (date(2014, 5, 1), "2014-01-13", "2014-07-02"),
        "real days alone": (date(2014, 5, 1), date(2014, 6, 2)),
        "texts alone": ("13/01/2014", "14/01/2014"),
        "ISO texts beside texts": ("2014-05-01", "13/01/2014"),
    }.values(),
)
def test_a_mixed_column_that_nobody_has_converted(tmp_path, days):
    """Where one cell shows that days were not exchanged, all are read; what is a text in ISO form was typed so."""
    assert not told(of_days(tmp_path / "p", *days, **SLASHES))


@pytest.mark.parametrize(
    ("days", "asked"),
    [
        ((date(2014, 4, 3), date(2014, 5, 2), "13/01/2014", "05/02/2014"), (2, 3)),
        ((date(2014, 4, 3), date(2014, 5, 2), "13/01/2014", "31/01/2014", "05/02/2014"), (2, 3)),
        ((date(2014, 4, 3), date(2014, 5, 13), "13/01/2014", "05/02/2014"), ()),
        ((date(2014, 4, 3), date(2014, 5, 2), "03/01/2014", "05/02/2014"), ()),
    ],
)
def test_a_text_that_could_have_been_a_real_day_beside_some_that_could_not(tmp_path, days, asked):
    """Typed behind an apostrophe, or pasted later: it does not show that the real ones were not exchanged."""
    found = of_days(tmp_path / "p", *days, **SLASHES)
    assert told(found) == ([(LOOK, "perhaps exchanged", "day", asked)] if asked else [])
    assert len(found["rows"]) == len(days)


def test_a_half_converted_column_saved_as_csv(tmp_path):
    """A Swedish Excel writes real days as 2014-05-01: whether such a day was one cannot be seen any more."""
    found = of_days(tmp_path / "p", "2014-05-01", "13/01/2014", "2014-07-01", name="rows.csv", **SLASHES)
    assert told(found) == [(HELD_BACK, "half converted", "day", (2, 4))]


def of_two_sheets(folder, january, february):
    """The Records of a workbook of two sheets of one table, a month in each: rows r2, r3, ... and s2, s3, ..."""

    def add(sheet):
        more = sheet.parent.create_sheet("February")
        for row in [["id", "day"], *([f"s{row}", day] for row, day in enumerate(february, 2))]:
            more.append(row)

    key = {"name": "id", "type": "string", "title": "row", "constraints": {"required": True, "unique": True}}
    schema = {"fields": [key, field("day", "date", **SLASHES)], "primaryKey": ["id"]}
    rows = [["id", "day"], *([f"r{row}", day] for row, day in enumerate(january, 2))]
    return surveyed(folder, [], rows, edit=add, table={"schema": schema})


def test_a_workbook_that_is_half_converted_sheet_by_sheet(tmp_path):
    """The 5th and 7th of January have all become real days of other months, those of February are texts after the 12th:
    neither sheet shows it alone, and one Excel has opened both. One real day after the 12th shows that it reads the day
    first, and nothing was exchanged.
    """
    february = "13/02/2014", "28/02/2014"
    found = of_two_sheets(tmp_path / "p", (date(2014, 5, 1), date(2014, 7, 1)), february)
    assert told(found) == [(HELD_BACK, "half converted", "day", (2, 3))]
    assert by_key(found, "day") == {"s2": "2014-02-13", "s3": "2014-02-28"}
    assert not told(of_two_sheets(tmp_path / "q", (date(2014, 1, 5), date(2014, 1, 19)), february))


def test_a_sheet_that_is_half_converted_beside_one_that_is_not(tmp_path):
    """The sheet of January shows it of itself; that February's were typed as they are changes nothing of it."""
    half = date(2014, 5, 1), "13/01/2014"
    found = of_two_sheets(tmp_path / "p", half, (date(2014, 2, 19), date(2014, 2, 3)))
    assert told(found) == [(HELD_BACK, "half converted", "day", (2,))]
    assert by_key(found, "day") == {"r3": "2014-01-13", "s2": "2014-02-19", "s3": "2014-02-03"}


# Numbers.


def in_percent(sheet):
    for place in ("C2", "C4"):
        sheet[place].number_format = "0.0%"


SHARES = [["id", "day", "share"], ["r2", "2014-01-02", 0.45], ["r3", "2014-01-03", 60], ["r4", "2014-01-04", 1 / 3]]


def test_per_cent_beside_plain_numbers(tmp_path):
    """45 % and 60: in a field that is said to be a percentage both are what is shown; in another, 45 % is no number."""
    percentage = field("share", "number", percentage=True)
    assert by_key(surveyed(tmp_path / "p", [percentage], SHARES, edit=in_percent), "share") == {
        "r2": 45, "r3": 60, "r4": 33.3333
    }  # fmt: skip
    found = surveyed(tmp_path / "q", [field("share", "number")], SHARES, edit=in_percent)
    assert told(found) == [(HELD_BACK, "type", "share", (2, 4))]
    assert '"percentage": true' in str(found.findings[0])
    assert by_key(found, "share") == {"r3": 60}


@pytest.mark.parametrize("sign", ["45%", "45 %", "45"])
def test_per_cent_in_a_text(tmp_path, sign):
    """The sign, with a blank before it or not, changes nothing where the field is a percentage."""
    rows = [["id", "day", "share"], ["r2", "2014-01-02", sign]]
    share = field("share", "number", percentage=True)
    assert by_key(surveyed(tmp_path / "p", [share], rows, name="rows.csv"), "share") == {"r2": 45}


@pytest.mark.parametrize(
    ("cells", "odd"),
    [(("0.45", "60"), (2,)), (("0,45", "60%"), (2,)), (("45", "60"), ()), (("0.4%", "60"), ())],
)
def test_a_part_of_one_among_percentages(tmp_path, cells, odd):
    """0.45 beside 60 in a text file, where the sign was lost, is asked about."""
    rows = [["id", "day", "share"], *([f"r{row}", "2014-01-02", cell] for row, cell in enumerate(cells, 2))]
    comma = {"decimalChar": ","} if "," in cells[0] else {}
    found = surveyed(tmp_path / "p", [field("share", "number", percentage=True, **comma)], rows, name="rows.csv")
    assert told(found) == ([(LOOK, "percentage", "share", odd)] if odd else [])


def test_parts_of_one(tmp_path):
    """Where nothing can be above 1, 45 % is 0.45, with the comma that the field writes."""
    rows = [["id", "day", "share"], ["r2", "2014-01-02", 0.455], ["r3", "2014-01-03", "0,6"]]
    share = field("share", "number", decimalChar=",", constraints={"minimum": 0, "maximum": 1})
    assert by_key(surveyed(tmp_path / "p", [share], rows, edit=in_percent), "share") == {"r2": 0.455, "r3": 0.6}


def test_a_per_cent_sign_that_is_only_written(tmp_path):
    """A format that writes the sign to the letter, as 0"%" does, shows 45 as 45%: it is 45."""
    rows = [["id", "day", "share"], ["r2", "2014-01-02", 45]]

    def edit(sheet):
        sheet["C2"].number_format = '0"%"'

    assert by_key(surveyed(tmp_path / "p", [field("share", "number")], rows, edit=edit), "share") == {"r2": 45}


def thousands(folder, *amounts, name="rows.csv", type="number", **more):
    rows = [["id", "day", "amount"], *([f"r{row}", "2014-01-02", amount] for row, amount in enumerate(amounts, 2))]
    return surveyed(folder, [field("amount", type, **more)], rows, name=name)


def test_three_digits_behind_every_point(tmp_path):
    """1.500 and 2.250 may be kilometres or thousands of som; 750 is a number in either case."""
    found = thousands(tmp_path / "p", "1.500", "2.250", "750")
    assert told(found) == [(HELD_BACK, "thousands or decimals", "amount", (2, 3))]
    assert by_key(found, "amount") == {"r4": 750}


def test_the_advice_for_three_digits(tmp_path):
    """Said either way in datapackage.json, all are read, and as it is said."""
    assert by_key(thousands(tmp_path / "p", "1.500", "2.250", decimalChar="."), "amount") == {"r2": 1.5, "r3": 2.25}
    said = {"groupChar": ".", "decimalChar": ","}
    assert by_key(thousands(tmp_path / "q", "1.500", "750", **said), "amount") == {"r2": 1500, "r3": 750}


@pytest.mark.parametrize("mark", [".", ","])
@pytest.mark.parametrize("type", ["integer", "number"])
def test_three_digits_that_do_not_fit_their_field(tmp_path, type, mark):
    """1,000 and 2,000 are thousands, or 1 and 2 with three zeros: "without the decimals" would make 2 of 2,000. It is
    asked, and each answer gives what it says.
    """
    amounts, other = (f"1{mark}000", f"2{mark}000"), {".": ",", ",": "."}[mark]
    found = thousands(tmp_path / "p", *amounts, type=type)
    [finding] = found.of(HELD_BACK)
    do = finding.do
    assert finding.rows == (2, 3)
    assert "thousands" in do and "decimals" in do and "without the decimals" not in do
    said = {"groupChar": mark, "decimalChar": other}
    assert all(f'"{key}": "{value}"' in do for key, value in said.items())
    assert by_key(thousands(tmp_path / "q", *amounts, type=type, **said), "amount") == {"r2": 1000, "r3": 2000}
    ones = ("1", "2") if type == "integer" else amounts
    assert type == "integer" or f'"decimalChar": "{mark}" where they are decimals' in do
    as_ones = {} if type == "integer" else {"decimalChar": mark}
    assert by_key(thousands(tmp_path / "r", *ones, type=type, **as_ones), "amount") == {"r2": 1, "r3": 2}


@pytest.mark.parametrize(
    ("type", "amount", "begins"),
    [
        ("integer", "1.500", "Write it without marks between thousands"),  # one and a half would be no whole number
        ("integer", "1.000.000", "Write it without marks between thousands"),
        ("integer", "1500.000", "Write it without the decimals"),
        ("integer", "0.000", "Write it without the decimals"),
        ("integer", "12.00", "Write it without the decimals"),
        ("number", "1,500", "Say it for the field"),  # "a point" would make one and a half of 1,500, "without" 1500
        ("number", "1,500.25", "Write it without marks between thousands"),
        ("number", "0,125", "Write a point before the decimals"),
    ],
)
def test_what_three_digits_can_only_be(tmp_path, type, amount, begins):
    """Where one of the two is no number of such a field, or is never written so, the advice is the other."""
    [finding] = thousands(tmp_path / "p", amount, type=type).of(HELD_BACK)
    assert finding.do.startswith(begins)


@pytest.mark.parametrize("amounts", [("1.500", "2.250", "1 234"), (" 1.500", "2.250\xa0", "1\xa0234")])
def test_the_mark_between_thousands_does_not_say_what_a_point_is(tmp_path, amounts):
    """The column has blanks between thousands, as the hint for 1 234 asks to say; of 1.500 that says nothing. Read as
    decimals and thousands together, they would add up to 1237.75.
    """
    found = thousands(tmp_path / "p", *amounts, groupChar=" ")
    assert [one for one in told(found) if one[0] == HELD_BACK] == [
        (HELD_BACK, "thousands or decimals", "amount", (2, 3))
    ]
    assert by_key(found, "amount") == {"r4": 1234}
    said = {"groupChar": " ", "decimalChar": "."}
    assert list(by_key(thousands(tmp_path / "q", *amounts, **said), "amount").values()) == [1.5, 2.25, 1234]


@pytest.mark.parametrize("mark", [" ", "'"])
def test_a_number_with_both_marks_shows_what_the_point_is(tmp_path, mark):
    found = thousands(tmp_path / "p", "1.500", f"1{mark}234.500", groupChar=mark)
    assert not told(found) and by_key(found, "amount") == {"r2": 1.5, "r3": 1234.5}


def test_three_digits_with_a_blank_that_nobody_sees(tmp_path):
    """A blank before 1.500 makes no number of it that is sure."""
    found = thousands(tmp_path / "p", " 1.500", "2.250\u200b")
    assert [one for one in told(found) if one[0] == HELD_BACK] == [
        (HELD_BACK, "thousands or decimals", "amount", (2, 3))
    ]


@pytest.mark.parametrize("amounts", [("1.500", "2.25"), ("1.500", "0.125"), ("1500.125", "1.5"), ("1500.125",)])
def test_a_number_that_shows_what_the_point_is(tmp_path, amounts):
    """Another number of decimals, a number below 1, or four digits before the point: the point is before decimals."""
    found = thousands(tmp_path / "p", *amounts)
    assert not told(found)
    assert list(by_key(found, "amount").values()) == list(map(float, amounts))


def test_numbers_of_excel_are_what_they_are(tmp_path):
    """1.125 as a number of a workbook needs no point; the same as a text does."""
    found = thousands(tmp_path / "p", 1.125, 2.25, "1.500", name="rows.xlsx")
    assert told(found) == [(HELD_BACK, "thousands or decimals", "amount", (4,))]
    assert by_key(found, "amount") == {"r2": 1.125, "r3": 2.25}


# Codes.

CODES = 7, "007", 1234, 7


def of_codes(folder, *codes, name="rows.xlsx", **more):
    rows = [["id", "day", "code"], *([f"r{row}", "2014-01-02", code] for row, code in enumerate(codes, 2))]
    return surveyed(folder, [field("code", **more)], rows, name=name)


def test_a_code_of_more_than_15_digits_stored_as_a_number(tmp_path):
    """1234567890123456 and ...457 are the same number of Excel: two people would be one. As texts they are two."""
    found = of_codes(tmp_path / "p", 1234567890123450, "1234567890123457", 12345678901234567890, 123456789012345)
    assert told(found) == [(HELD_BACK, "long code", "code", (2, 4))]
    assert by_key(found, "code") == {"r3": "1234567890123457", "r5": "123456789012345"}


def test_a_code_is_read_with_the_zeros_that_excel_shows(tmp_path):
    """7 in the format 000 is shown as 007, and is the person of the text 007; 1234 needs none. A plain 7 is another."""

    def three_digits(sheet):
        for cell in ("C2", "C4", "D2"):
            sheet[cell].number_format = "000"

    rows = [["id", "day", "code", "n"], *([f"r{row}", "2014-01-02", code, 7] for row, code in enumerate(CODES, 2))]
    found = surveyed(tmp_path / "p", [field("code"), field("n", "integer")], rows, edit=three_digits)
    assert by_key(found, "code") == {"r2": "007", "r3": "007", "r4": "1234", "r5": "7"}
    assert set(by_key(found, "n").values()) == {7} and not told(found)


def test_a_long_code_as_key(tmp_path):
    """The same in the key itself."""
    rows = [["id", "day"], [12345678901234567890, "2014-01-02"], ["r3", "2014-01-02"]]
    found = surveyed(tmp_path / "p", [], rows)
    assert told(found) == [(HELD_BACK, "long code", "id", (2,))]


def test_a_long_code_of_a_person(tmp_path):
    """Two people of whom a number keeps the first 15 digits would be one."""
    rows = [["id", "day", "person"], ["r2", "2014-01-02", 12345678901234567890], ["r3", "2014-01-02", "P3"]]
    assert told(surveyed(tmp_path / "p", [field("person")], rows)) == [(HELD_BACK, "long code", "person", (2,))]


def test_a_long_code_that_leads_to_another_table(tmp_path):
    """The visit is known by all its digits: one that has lost some leads to none, or to another."""
    visits = table("visits", "records/v.csv", [key("visit", "visit"), field("day", "date")])
    guests = table("guests", "records/g.csv", [key("guest", "guest"), field("visit")], ("visit", "visits", "visit"))
    known = [["visit", "day"], ["12345678901234567890", "2014-01-05"]]
    sent_in = [["guest", "visit"], ["1", "12345678901234567890"], ["2", "1.23457E+19"]]
    found = read(tmp_path / "p", visits, guests, v_csv=known, g_csv=sent_in)
    assert (HELD_BACK, "long code", "visit", (3,)) in told(found)
    assert found["guests"]["guest"].tolist() == ["1"]


@pytest.mark.parametrize(
    ("codes", "lost"),
    [
        (("1.23457E+19", "12345678901234567890"), (2,)),
        (("1,23457E+19", "A1"), (2,)),
        (("12345678901234500000", "12345678901234600000", "A1"), (2, 3)),
        (("12345678901234500000", "12345678901234567890"), ()),  # one that is whole: nothing was lost here
        (("1234567890123450", "A1"), ()),  # one zero is by chance
        (("1000000000000000000", "A1"), ()),  # one code alone may be so
        (("E+10", "1E5"), ()),
    ],
)
def test_a_long_code_that_was_saved_as_csv(tmp_path, codes, lost):
    """What Excel leaves of long codes in a text file: an exponent, or nothing but zeros behind the 15th digit."""
    found = of_codes(tmp_path / "p", *codes, name="rows.csv")
    assert told(found) == ([(HELD_BACK, "long code", "code", lost)] if lost else [])


GROUPS = [{"value": value, "label": label} for value, label in (("5-9", "5 to 9"), ("10-14", "10 to 14"))]


@pytest.mark.parametrize(
    ("group", "name"), [(date(2014, 9, 5), "rows.xlsx"), ("05.сен", "rows.csv"), ("9-May", "rows.csv")]
)
def test_an_age_group_that_became_a_day(tmp_path, group, name):
    """It is held back, and the advice is not to declare a day as a spelling of a category."""
    found = of_codes(tmp_path / "p", group, "10-14", name=name, categories=GROUPS)
    assert told(found) == [(HELD_BACK, "category", "code", (2,))]
    assert "format Text" in found.findings[0].do and "alternatives" not in found.findings[0].do
    assert by_key(found, "code") == {"r3": "10-14"}


def test_a_code_that_became_a_day(tmp_path):
    """1/2 in a column of codes that must be unique, or have a form, has become the 1st of February."""
    unique = {"constraints": {"unique": True}}
    found = of_codes(tmp_path / "p", date(2014, 2, 1), "3/14a", **unique)
    assert told(found) == [(HELD_BACK, "day", "code", (2,))]
    found = of_codes(tmp_path / "q", "01.фев", "3/14a", name="rows.csv", **unique)
    assert told(found) == [(HELD_BACK, "day", "code", (2,))]
    assert not told(of_codes(tmp_path / "r", "1/2", "3/14a", **unique))


def test_a_day_in_a_free_text_is_only_asked_about(tmp_path):
    """A remark may be a day. Where all of the column are days, nothing is odd."""
    assert told(of_codes(tmp_path / "p", date(2014, 2, 1), "3/14a")) == [(LOOK, "day", "code", (2,))]
    assert not told(of_codes(tmp_path / "q", date(2014, 2, 1), date(2014, 3, 1)))


@pytest.mark.parametrize("key", ["trueValues", "falseValues"])
def test_no_word_for_yes_or_no(tmp_path, key):
    """A boolean without any word for yes, or for no, could never be read."""
    folder = sent(tmp_path / "p", [field("done", "boolean", **{key: []})], [["id", "day", "done"]], name="rows.csv")
    with pytest.raises(Refused, match=re.escape("must each have at least one text")):
        project.load(folder)
