"""In a table that lists its people nowhere else, a code that is none makes nobody, and one person is not made two."""

import pytest

from ctanalysis import records
from ctanalysis.project import load
from ctanalysis.records import HELD_BACK, LOOK, REPAIRED
from tests.generators import small
from tests.generators.sent import field, told, write
from tests.records.test_foreign_files import counted, key, read, table

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


# What nobody sees in a code makes no second person.

ONE = {
    "no width": "P1\u200b",
    "a mark of direction": "\u200fP1",
    "a no-break space": "P1\xa0",
    "a blank before": " P1",
    "a tab": "P1\t",
    "a line break": "P1\n",
    "a soft hyphen": "P\xad1",
}
TWO_WORDS = {
    "an en dash": ("P-1", "P–1"),
    "two blanks": ("P 1", "P  1"),
    "a narrow blank": ("P 1", "P\u202f1"),
    "a line break between": ("P 1", "P\n1"),
    "a letter in two signs": ("Й1", "И\u03061"),
}
PAIRS = {name: ("P1", code) for name, code in ONE.items()} | TWO_WORDS
DIFFERENT = 'measure = "people"\ntable = "rows"\ndate = "day"\nperson = "id"\nat_least = 2\ndifferent = "person"'
STANDING = 'measure = "level"\ntable = "rows"\nstart = "day"\nend = "end"\nperson = "person"'
YEAR = ("2014-01-01", "2014-12-31")


def of_cells(folder, *codes, calculation=PEOPLE, **judgements):
    """The project folder with a row for each code to the letter, as a CSV file quotes it."""
    small.write(folder, "day\n2014-01-02", calculation)
    names = [field["name"] for field in small.FIELDS]
    rows = [{"id": f"r{row}", "day": "2014-01-02", "person": code} for row, code in enumerate(codes, 2)]
    write(folder / "records/rows.csv", [names, *([row.get(name, "") for name in names] for row in rows)])
    for name, text in judgements.items():
        path = folder / f"judgements/{name}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("calculation", [PEOPLE, STANDING], ids=["people", "level"])
@pytest.mark.parametrize("pair", PAIRS)
def test_what_nobody_sees_makes_no_second_person(tmp_path, pair, calculation):
    """P1 and P1 with a blank that no eye finds are one person, as the same two would be one key; it is noted."""
    one, other = PAIRS[pair]
    folder = of_cells(tmp_path / "p", one, other, one, calculation=calculation)
    found = records.survey(load(folder))
    assert told(found) == [(REPAIRED, "spelling", "person", (3,))]
    assert set(found["rows"]["person"]) == {one}
    assert not any(one in str(finding) for finding in found.findings)
    assert small.values(folder, YEAR)[0, "total", "all"].value == 1


def test_what_nobody_sees_makes_nothing_different(tmp_path):
    """Nor is one word two different ones, where a sheet counts those with two."""
    found = records.survey(load(of_cells(tmp_path / "p", "P1", "P1 ", calculation=DIFFERENT)))
    assert told(found) == [(REPAIRED, "spelling", "person", (3,))]


def test_people_of_another_table_are_known_by_clean_codes(tmp_path):
    """Calls are counted by the telephone of the caller, which stands in the table that they refer to."""
    phones = table("callers", "records/c.csv", [key("caller", "caller"), field("phone")])
    of_call = [key("call", "call"), field("day", "date"), field("caller")]
    calls = table("calls", "records/k.csv", of_call, ("caller", "callers", "caller"))
    callers = [["caller", "phone"], ["a", "0555 1"], ["b", "0555\xa01"], ["c", "0555 2"]]
    of_callers = [["call", "day", "caller"], *([f"k{row}", "2014-01-02", whose] for row, whose in enumerate("abc"))]
    read(tmp_path / "p", calls, phones, c_csv=callers, k_csv=of_callers)
    counted(tmp_path / "p", 'measure = "people"\ntable = "calls"\ndate = "day"\nperson = "phone"')
    found = records.survey(load(tmp_path / "p"))
    assert told(found) == [(REPAIRED, "spelling", "phone", (3,))]
    assert found["callers"]["phone"].nunique() == 2


@pytest.mark.parametrize("code", ["0\xa0", "–99", "-99 ", "unknown\u200b"])
def test_a_code_that_is_none_is_none_with_a_blank_too(tmp_path, code):
    """The marks of nobody are found in what is read, not in how it was typed."""
    found = records.survey(load(of_cells(tmp_path / "p", code, "P1")))
    assert [one.rule for one in found.findings if one.severity != REPAIRED] == [
        "zeros as code" if "0" in code else "missing code"
    ]


CORRECTED = """[[correction]]
table = "rows"
key = "r3"
field = "person"
expect = "{expect}"
value = "{value}"
reason = "."
role = "officer"
date = 2015-01-01
"""


@pytest.mark.parametrize("expect", ["P1", "P1\u200b"])
def test_a_correction_of_such_a_code(tmp_path, expect):
    """What is expected is what is seen, or what stands there to the letter; what it writes is read alike."""
    of = CORRECTED.format(expect=expect, value="P2 ")
    found = records.survey(load(of_cells(tmp_path / "p", "P1", "P1\u200b", "P2", corrections=of)))
    assert list(found["rows"]["person"]) == ["P1", "P2", "P2"]
    assert told(found) == [(REPAIRED, "spelling", "person", (3,))]


@pytest.mark.parametrize(("one", "other"), [("0012", "12"), ("012", "0012"), ("007", "7"), ("0012", "0012 ")])
def test_zeros_that_a_spreadsheet_takes_off_are_asked_about(tmp_path, one, other):
    """0012 in one partner's file is 12 in another's: counted as two, and somebody looks."""
    found = surveyed(tmp_path / "p", one, other, "13", "P012", "P12")
    two = one != other.strip()
    assert told(found) == ([(LOOK, "look-alike code", "person", (2, 3))] if two else [])
    assert found["rows"]["person"].nunique() == 4 + two
