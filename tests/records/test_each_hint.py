"""Each hint about a cell, followed to the letter: written again, or its field declared, it gives what was meant."""

import ast
import inspect
import json
from datetime import date

import pandas as pd
import pytest

from ctanalysis import project, records
from ctanalysis.records import HELD_BACK, day_order, hints, several, thousands
from tests.generators.sent import field, sent

PLACES = [{"value": "north", "label": "North"}, {"value": "east", "label": "East"}]
NEW_YEAR = date(2014, 12, 31)
# name: (the field; the cell; the beginning of the advice; the cell written again, or what is declared; what it means)
CASES = {
    "signs": ({"type": "integer"}, "---", "Leave the cell empty", "", None),
    "signs, declared": ({"type": "integer"}, "---", "Leave the cell empty", {"missingValues": ["---"]}, None),
    "a code": ({"type": "integer"}, "-999", "Leave the cell empty", "", None),
    "a code that is too small": (
        {"type": "integer", "constraints": {"minimum": -5}},
        "-99",
        "Leave the cell empty",
        {"missingValues": ["-99"]},
        None,
    ),
    "too small": ({"type": "integer", "constraints": {"minimum": 0}}, "-3", "Correct it", "3", 3),
    "too small, unknown": ({"type": "integer", "constraints": {"minimum": 0}}, "-3", "Correct it", "", None),
    "must be": (
        {"type": "integer", "constraints": {"required": True}},
        "n/a",
        "Write the value: this column must be filled",
        "7",
        7,
    ),
    "limit": ({"type": "integer"}, "<5", "A limit is no number", "4", 4),
    "limit, declared": ({"type": "integer"}, "<5", "A limit is no number", {"missingValues": ["<5"]}, None),
    "limit, must be": (
        {"type": "integer", "constraints": {"required": True}},
        "<5",
        "A limit is no number: write the number itself",
        "4",
        4,
    ),
    "several": ({"categories": PLACES}, "north, east", "It holds several of them", "east", "east"),
    "several, declared": (
        {"categories": PLACES},
        "north;east",
        "It holds several of them",
        {"type": "list", "delimiter": ";"},
        "north;east",
    ),
    "perhaps several, declared": (
        {"categories": PLACES},
        "north west",
        "It may hold several of them",
        {"type": "list", "delimiter": " ", "categories": [*PLACES, {"value": "west", "label": "West"}]},
        "north west",
    ),
    "perhaps several, a spelling": (
        {"categories": PLACES},
        "the Arctic",
        "It may hold several of them",
        {"categories": [PLACES[0] | {"alternatives": ["the Arctic"]}, PLACES[1]]},
        "north",
    ),
    "perhaps several, corrected": ({"categories": PLACES}, "west/south", "It may hold several of them", "east", "east"),
    "one or another": (
        {"categories": [{"value": "o", "label": "Osh oblast"}, {"value": "c", "label": "Osh city"}]},
        "Osh",
        "It may mean one or another",
        "Osh city",
        "c",
    ),
    "spelling": (
        {"categories": PLACES},
        "Nordic",
        "Correct it; where it is another spelling",
        {"categories": [PLACES[0] | {"alternatives": ["Nordic"]}, PLACES[1]]},
        "north",
    ),
    "letters lost": ({"categories": [{"value": "chuy", "label": "Чүй"}]}, "Ч?й", "Letters were lost", "Чүй", "chuy"),
    "garbled": (
        {"categories": [{"value": "osh", "label": "Ош"}]},
        "Ош".encode().decode("cp1251"),
        "Its letters were garbled",
        "Ош",
        "osh",
    ),
    "a group made a day": (
        {"categories": [{"value": "5-9", "label": "5-9"}]},
        "2014-09-05",
        "Excel makes a day of texts",
        "5-9",
        "5-9",
    ),
    "ditto": ({"type": "integer"}, "то же", "Write the value itself in every row", "7", 7),
    "Excel's error": ({"type": "integer"}, "#REF!", "It is an error of Excel", "7", 7),
    "formula": ({"type": "integer"}, "=A1", "It is a formula", "7", 7),
    "yes": ({"type": "boolean"}, "ооба", "Write it so", "true", True),
    "yes, declared": (
        {"type": "boolean"},
        "ооба",
        "Write it so",
        {"trueValues": ["ооба"], "falseValues": ["жок"]},
        True,
    ),
    "yes, unknown": ({"type": "boolean"}, "perhaps", "Write it so", "", None),
    "apostrophe": ({"type": "integer"}, "'12", "Take away the apostrophe", "12", 12),
    "a number made a day": ({"type": "number"}, "2014-05-01", "Excel has made a day of it", "1.5", 1.5),
    "a number made a day, in words": ({"type": "number"}, "01.май", "Excel has made a day of it", "1.5", 1.5),
    "per cent": ({"type": "number"}, "45 %", "Write the number alone", "45", 45),
    "per cent, declared": ({"type": "number"}, "45 %", "Write the number alone", {"percentage": True}, 45),
    "thousands": ({"type": "integer"}, "1 234 567", "Write it without marks between thousands", "1234567", 1234567),
    "thousands, declared": (
        {"type": "integer"},
        "1'234'567",
        "Write it without marks between thousands",
        {"groupChar": "'"},
        1234567,
    ),
    "comma": ({"type": "number"}, "12,5", "Write a point before the decimals", "12.5", 12.5),
    "comma, declared": ({"type": "number"}, "12,5", "Write a point before the decimals", {"decimalChar": ","}, 12.5),
    "unit": ({"type": "number"}, "12 km", "Write the number alone", "12", 12),
    "decimals of a whole number": ({"type": "integer"}, "12.0", "Write it without the decimals", "12", 12),
    "thousands or decimals, whole: thousands": (
        {"type": "integer"},
        "2,000",
        "Thousands or decimals?",
        {"groupChar": ",", "decimalChar": "."},
        2000,
    ),
    "thousands or decimals, whole: decimals": ({"type": "integer"}, "2,000", "Thousands or decimals?", "2", 2),
    "thousands or decimals: thousands": (
        {"type": "number"},
        "2,500",
        "Say it for the field",
        {"groupChar": ",", "decimalChar": "."},
        2500,
    ),
    "thousands or decimals: decimals": ({"type": "number"}, "2,500", "Say it for the field", {"decimalChar": ","}, 2.5),
    "anything": ({"type": "integer"}, "12-15-17", "Correct the cell", "12", 12),
    "Excel's day": ({"type": "date"}, "42004", "It looks like Excel's number for a day", "2014-12-31", NEW_YEAR),
    "points": ({"type": "date"}, "31.12.2014", "Write it as 2014-12-31", "2014-12-31", NEW_YEAR),
    "points, declared": ({"type": "date"}, "31.12.2014", "Write it as 2014-12-31", {"format": "%d.%m.%Y"}, NEW_YEAR),
    "digits, declared": ({"type": "date"}, "20141231", "Write it as 2014-12-31", {"format": "%Y%m%d"}, NEW_YEAR),
    "strokes, declared": ({"type": "date"}, "2014/12/31", "Write it as 2014-12-31", {"format": "%Y/%m/%d"}, NEW_YEAR),
    "one order": ({"type": "date"}, "12/31/2014", "It can only be month first", {"format": "%m/%d/%Y"}, NEW_YEAR),
    "either order": ({"type": "date"}, "12/11/2014", "Day or month first?", "2014-12-11", date(2014, 12, 11)),
    "no such day": ({"type": "date"}, "2014-02-30", "There is no such day", "2014-02-28", date(2014, 2, 28)),
    "one order, with a time": (
        {"type": "date"},
        "12/31/2014 10:00",
        "It can only be month first",
        {"format": "%m/%d/%Y"},
        NEW_YEAR,
    ),
    "points, with a time": (
        {"type": "date"},
        "31.12.2014 9:00:00",
        "Write it as 2014-12-31",
        {"format": "%d.%m.%Y"},
        NEW_YEAR,
    ),
    "either order, with a time": (
        {"type": "date"},
        "12/11/2014 10:00",
        "Day or month first?",
        "2014-12-11",
        date(2014, 12, 11),
    ),
    "one digit, with a time": (
        {"type": "date", "format": "%d.%m.%Y"},
        "1.3.2015 10:00",
        "Write two digits",
        "01.03.2015",
        date(2015, 3, 1),
    ),
    "the other order, with a time": (
        {"type": "date", "format": "%m/%d/%Y"},
        "31/12/2014 10:00",
        "It can only be day first",
        {"format": "%d/%m/%Y"},
        NEW_YEAR,
    ),
    "no such time": ({"type": "date"}, "2014-12-31 99:99", "There is no such day, or", "2014-12-31 09:09", NEW_YEAR),
    "no such day, with a time": (
        {"type": "date"},
        "2014-12-32 9:09",
        "There is no such day, or",
        "2014-12-31",
        NEW_YEAR,
    ),
    "the other order than is declared": (
        {"type": "date", "format": "%m/%d/%Y"},
        "31/12/2014",
        "It can only be day first",
        {"format": "%d/%m/%Y"},
        NEW_YEAR,
    ),
    "one digit": (
        {"type": "date", "format": "%d.%m.%Y"},
        "1.2.2014",
        "Write two digits",
        "01.02.2014",
        date(2014, 2, 1),
    ),
    "Greenwich": (
        {"type": "date"},
        "2014-03-31T20:30:00Z",
        "It is a time of Greenwich",
        'time_zone = "Asia/Karachi"',
        date(2014, 4, 1),
    ),
    "a period": ({"type": "date"}, "2014Q3", "It is a quarter and no day", {"format": "quarter"}, date(2014, 9, 30)),
    "a day, not a period": (
        {"type": "date", "format": "quarter"},
        "2014-05-01",
        "Write the quarter alone",
        "2014Q2",
        date(2014, 6, 30),
    ),
    "another period": (
        {"type": "date", "format": "quarter"},
        "2014-05",
        "It is a month, and the field holds calendar quarters",
        {"format": "month"},
        date(2014, 5, 31),
    ),
    "no such period": ({"type": "date", "format": "quarter"}, "2014Q5", "There is no such period", "2014Q4", NEW_YEAR),
    "a year by its beginning": (
        {"type": "date", "format": "fiscal year"},
        "2014Oct",
        "It is named after the year in which it begins",
        "FY2015",
        date(2015, 9, 30),
    ),
}


def read(folder, of_field, cell, zone=""):
    """The records of one row with this cell in a field x."""
    rows = [["id", "day", "x"], ["r2", "2014-01-02", cell]]
    ours = sent(folder, [field("x", **of_field)], rows, name="rows.csv")
    facts = ours / "project.toml"
    facts.write_text(f"{zone}\n{facts.read_text(encoding='utf-8')}", encoding="utf-8")
    return records.survey(project.load(ours))


def held(found):
    return [finding.do for finding in found.of(HELD_BACK)]


@pytest.mark.parametrize("name", CASES)
def test_a_hint_that_is_followed_gives_what_was_meant(tmp_path, name):
    of_field, cell, advice, followed, meant = CASES[name]
    [said] = held(read(tmp_path / "before", of_field, cell))
    assert said.startswith(advice), said
    if isinstance(followed, dict):
        assert all(f'"{key}"' in said for key in followed if key != "categories"), said
        found = read(tmp_path / "after", of_field | followed, cell)
    elif followed.startswith("time_zone"):
        assert followed in said
        found = read(tmp_path / "after", of_field, cell, followed)
    else:
        found = read(tmp_path / "after", of_field, followed)
    assert not held(found), held(found)
    [value] = found["rows"]["x"]
    assert shown(value) == shown(meant)


def shown(value):
    """A cell as it can be compared: none, a day (of a period its last), a number or a text."""
    if pd.isna(value):
        return None
    return str(value).removesuffix(" 00:00:00").removesuffix(".0")


def sentences(module):
    """The first words of every piece of advice in a module: its texts of more than four words, docstrings aside."""
    tree = ast.parse(inspect.getsource(module))
    documented = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(tree)
        if hasattr(node, "body")
        and isinstance(node.body, list)
        and isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
    }
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    found = {" ".join(text.split()[:4]) for text in texts if len(text.split()) > 4 and text not in documented}
    return {words.partition("{")[0] for words in found if words[:1].isupper()}


def test_each_hint_is_among_the_cases():
    """A hint that is new is followed, too."""
    followed = [advice for _, _, advice, _, _ in CASES.values()]
    texts = set().union(*(sentences(module) for module in (hints, day_order, several, thousands)))
    assert len(texts) > 20
    lacking = [words for words in texts if not any(one.startswith(words[: len(one)][:14].strip()) for one in followed)]
    assert lacking == ["Give the column the"], json.dumps(lacking)  # of workbooks: followed in test_altered_cells.py
