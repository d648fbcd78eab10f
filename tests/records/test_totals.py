"""A total is no record, whatever language it is in and whatever key it has: nothing is counted twice unseen.

day         person   amount
2014-10-01  Osh      10
2014-10-02  Naryn    10
2014-10-02  Итого    20      of the rows above it: passed over; another number: counted, and named
"""

import json

import pytest

from ctanalysis import records
from ctanalysis.project import load
from ctanalysis.records import ACCEPTED, LOOK, PASSED
from tests.records.test_keys import BY, made, told

DATED = "day,person,amount\n2014-10-01,Osh,10\n2014-10-02,Naryn,11\n"
KEYED = "id,day,person,amount\n1,2014-10-01,Osh,10\n2,2014-10-02,Naryn,11\n"
OF_ALL = ["Жыйынтык", "Барлыгы", "Баардыгы:", "Жалпы саны", "Жалпысынан", "Жыйынтыгы боюнча", "ВСЕГО по области"]
OF_ALL += ["Σ", "∑", "Σ:", "жыйынтык боюнча", "Облус боюнча бардыгы", "Жалпы жыйынтык", "Overall total", "Итого:"]


@pytest.mark.parametrize("word", OF_ALL)
def test_without_a_key_its_word_alone_makes_a_total(tmp_path, word):
    """The row has a day, as all others; its number is not even right."""
    found = records.survey(made(tmp_path / "p", [], DATED + f"2014-10-02,{word},22\n"))
    assert told(found) == [(PASSED, "total", (4,))] and found["rows"]["amount"].sum() == 21


@pytest.mark.parametrize("word", ["Sum", "Overall", "Total_1", "Итого-1"])
@pytest.mark.parametrize(("number", "severity", "sum_"), [("21", PASSED, 21), ("22", LOOK, 43)])
def test_a_word_that_may_mean_something_else_is_asked_about(tmp_path, word, number, severity, sum_):
    """Sum is money in Uzbekistan. Where it is what the rows above add up to, it is a total."""
    found = records.survey(made(tmp_path / "p", [], DATED + f"2014-10-02,{word},{number}\n"))
    assert told(found) == [(severity, "total", (4,))] and found["rows"]["amount"].sum() == sum_


@pytest.mark.parametrize("word", ["Итого", "Sum", "Жыйынтык", "Всего по области", "Total_1"])
@pytest.mark.parametrize(("number", "severity", "sum_"), [("21", PASSED, 21), ("20", LOOK, 41), ("", LOOK, 21)])
def test_a_running_number_makes_no_record_of_a_total(tmp_path, word, number, severity, sum_):
    """It has a key, a day and a word: with the sum it is passed over, with another number counted and named."""
    found = records.survey(made(tmp_path / "p", ["id"], KEYED + f"3,2014-10-02,{word},{number}\n"))
    assert told(found) == [(severity, "total", (4,))] and found["rows"]["amount"].sum() == sum_


@pytest.mark.parametrize("key", ["Итого-1", "Total_2014", "Sum"])
def test_a_total_in_the_key_of_a_row_that_is_full(tmp_path, key):
    for number, severity, sum_ in (("21", PASSED, 21), ("7", LOOK, 28)):
        found = records.survey(made(tmp_path / number, ["id"], KEYED + f"{key},2014-10-02,Osh,{number}\n"))
        assert told(found) == [(severity, "total", (4,))] and found["rows"]["amount"].sum() == sum_


def test_subtotals_and_their_total(tmp_path):
    """Each of its own block, the last one of all rows; one that is wrong is counted, and does not make others so."""
    rows = "3,2014-10-03,Итого,21\n4,2014-10-04,Osh,5\n5,2014-10-05,Osh,6\n6,2014-10-05,Итого,11\n"
    found = records.survey(made(tmp_path / "p", ["id"], KEYED + rows + "7,2014-10-05,Всего,32\n8,2014-10-05,Всего,9\n"))
    assert sorted(told(found)) == sorted([(PASSED, "total", (4, 7, 8)), (LOOK, "total", (9,))])
    assert found["rows"]["amount"].sum() == 32 + 9


@pytest.mark.parametrize("word", ["Jamila", "Summit", "Overall wellbeing", "Сумка"])
def test_a_name_is_none(tmp_path, word):
    """Nor is one whose number happens to be the sum."""
    found = records.survey(made(tmp_path / "p", ["id"], KEYED + f"3,2014-10-02,{word},21\n"))
    assert told(found) == [] and found["rows"]["amount"].sum() == 42


@pytest.mark.parametrize("key", [["id"], []])
def test_a_category_that_is_such_a_word_is_a_record(tmp_path, key):
    """As its value, its label or another spelling: datapackage.json says what it means."""
    for number, category in enumerate(({"value": "Sum"}, {"value": "s", "label": "Sum"}, {"value": "Итого"})):
        folder = tmp_path / f"p{number}"
        word = category.get("label", category["value"])
        made(folder, key, KEYED + f"3,2014-10-02,{word},21\n")
        path = folder / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        [person] = [one for one in package["resources"][0]["schema"]["fields"] if one["name"] == "person"]
        person["categories"] = [
            {"label": one["value"]} | one for one in (category, {"value": "Osh"}, {"value": "Naryn"})
        ]
        path.write_text(json.dumps(package), encoding="utf-8")
        found = records.survey(load(folder))
        assert told(found) == [] and found["rows"]["amount"].sum() == 42


def test_what_somebody_has_found_to_be_a_record_is_counted(tmp_path):
    """Also one whose number is the sum of those above."""
    entry = f'[[accepted]]\nrule = "total"\ntable = "rows"\nkey = "3"\ncells = {{ amount = "21" }}\n{BY}'
    found = records.survey(made(tmp_path / "p", ["id"], KEYED + "3,2014-10-02,Sum,21\n", accepted=entry))
    assert told(found) == [(ACCEPTED, "total", (4,))] and found["rows"]["amount"].sum() == 42


def test_one_row_above_adds_nothing_up(tmp_path):
    """Its number again may be a number like any other: it is named, and counted."""
    found = records.survey(
        made(tmp_path / "p", ["id"], "id,day,person,amount\n1,2014-10-01,Osh,1\n2,2014-10-02,Sum,1\n")
    )
    assert told(found) == [(LOOK, "total", (3,))]
