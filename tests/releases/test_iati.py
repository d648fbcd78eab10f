"""iati-results.xml: valid by the standard's schema, and no number in it that the release's own CSV files have not."""

import csv
import re
import shutil
from decimal import Decimal
from functools import cache
from xml.etree import ElementTree

import pandas as pd
import pytest
import xmlschema

from ctanalysis import Refused, evaluate
from ctanalysis.disclosure import ledger
from ctanalysis.project import load
from ctanalysis.releases import iati
from ctanalysis.releases.iati import told
from ctanalysis.reports import files
from tests.conftest import ROOT, evaluated
from tests.generators import small
from tests.releases.steps import LATEST, run

SCHEMA = ROOT / "tests" / "iati" / "iati-activities-schema.xsd"
SECOND = ROOT / "tests" / "second"
NAMED = {"sex": "sex", "age_group": "age", "age_group:coarse": "age"}  # breakdowns, and their dimensions
OF_SECOND = {"jins": "sex", "sinn": "age"}
KEYS = """
[iati]
identifier = "XX-TEST-1-P1"
organisation = "XX-TEST-1"
organisation_name = "A test"
organisation_type = "22"
country = "TJ"
"""
PERIODS = [("FY2014", "2015-01-20"), ("FY2015Q1", "2015-02-10")]


def check_valid(content):
    """By the schema, as a file that asks no host for anything."""
    found = [
        error.reason for error in schema().iter_errors(content.decode() if isinstance(content, bytes) else content)
    ]
    assert not found, found


@cache
def schema():
    return xmlschema.XMLSchema(str(SCHEMA), allow="local")


def with_keys(folder, more=""):
    path = folder / "project.toml"
    path.write_text(path.read_text(encoding="utf-8") + KEYS + more, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def second(tmp_path_factory):
    """The second project, with identifiers."""
    folder = tmp_path_factory.mktemp("iati") / "second"
    shutil.copytree(SECOND, folder, ignore=shutil.ignore_patterns("reports", "internal"))
    return with_keys(folder, 'dimensions = { jins = "sex", sinn = "age" }\n')


def rows(evaluation, folder, name):
    """The rows of a CSV file of the release, as texts."""
    files.write_values(evaluation, folder)
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def indicators(content):
    """By code, the indicator elements."""
    root = ElementTree.fromstring(content)
    return {one.find("reference").get("code"): one for one in root.iter("indicator")}


def numbers(content, name):
    """(code, first day, last day, dimensions, number) of each element of a name."""
    for code, indicator in indicators(content).items():
        for period in indicator.iter("period"):
            days = tuple(period.find(one).get("iso-date") for one in ("period-start", "period-end"))
            for element in period.iter(name):
                dimensions = tuple((one.get("name"), one.get("value")) for one in element.iter("dimension"))
                yield code, *days, dimensions, Decimal(element.get("value"))


def as_published(evaluation, code, cell):
    """A cell of a CSV file as a number; of a share in per cent."""
    return Decimal(cell) * (100 if evaluation.project.sheet(code).measure == "share" else 1)


def printed(evaluation, folder, named):
    """What indicators.csv tells as a number, in the shape of numbers(): by its cells, the number."""
    found = {}
    for row in rows(evaluation, folder, "indicators"):
        ways = [] if row["disaggregation"] == "total" else row["disaggregation"].split(" × ")
        if row["status"] in ("exact", "rounded") and set(ways) <= set(named):
            dimensions = zip((named[way] for way in ways), row["category"].split(" × "), strict=bool(ways))
            key = (row["indicator"], row["start"], row["end"], tuple(dimensions))
            found.setdefault(key, as_published(evaluation, row["indicator"], row["value"]))
    return found


# --- The shipped project and another one ----------------------------------------------------------


@pytest.mark.parametrize("period, day", PERIODS)
def test_it_is_valid_and_every_number_is_of_the_release(period, day, tmp_path):
    """Each actual number has its row in indicators.csv, told as a number; each target its row in tracking.csv."""
    evaluation = evaluated(period)
    content = iati.document(evaluation, day)
    check_valid(content)
    there = printed(evaluation, tmp_path, NAMED)
    actuals = list(numbers(content, "actual"))
    assert len(actuals) > 100 and len({one[:4] for one in actuals}) == len(actuals)
    assert [one for one in actuals if there.get(one[:4]) != one[4]] == []
    targets = [
        (row["indicator"], row["target_by"], as_published(evaluation, row["indicator"], row[name]))
        for row in rows(evaluation, tmp_path, "tracking")
        for name in ("target", "target_low", "target_high")
        if row[name]
    ]
    assert {(code, end, value) for code, _, end, _, value in numbers(content, "target")} == set(targets)


@pytest.mark.few(1)
@pytest.mark.parametrize("period", ["FY2020", "FY2021Q2"])
def test_another_project_has_its_own(period, second, tmp_path):
    """Other fields, a calendar year, names in Russian: valid, and of its own rows."""
    evaluation = evaluate(period, second)
    content = iati.document(evaluation, "2021-09-01")
    check_valid(content)
    there = printed(evaluation, tmp_path, OF_SECOND)
    actuals = list(numbers(content, "actual"))
    assert {name for one in actuals for name, _ in one[3]} <= {"sex", "age"} and len(actuals) > 5
    assert [one for one in actuals if there.get(one[:4]) != one[4]] == []


def test_what_is_not_told_of_people_is_nowhere():
    """Of people who were trafficked a quarter has its total alone; what is a range, withheld or not told has no number,
    and what is left out is said.
    """
    evaluation = evaluated("FY2015Q1")
    content = iati.document(evaluation, "2015-02-10")
    values = evaluation.values
    hidden = values[~values["status"].isin(["exact", "rounded"])]
    assert len(hidden) > 100
    not_there = {
        (row.indicator, row.start, row.end, ((NAMED[row.disaggregation], row.category),))
        for row in hidden.itertuples()
        if row.disaggregation in NAMED and row.category != "not recorded"  # of its fine and its coarse form the same
    }
    assert not_there and not_there & {one[:4] for one in numbers(content, "actual")} == set()
    quarter = [one for one in numbers(content, "actual") if one[0] == "2.2" and one[1] == "2014-10-01"]
    assert [(one[3], one[4]) for one in quarter] == [((), 16)]
    text = " ".join(indicators(content)["2.2"].itertext())
    assert "By sex, not all of these days is told as a number" in text and "1–14" not in text
    assert "No number" not in text


def test_a_number_rounded_to_nothing_is_none():
    """ "At most 9" is printed as such, and is no 0 for whoever adds up."""
    frame = pd.DataFrame(
        {"status": ["rounded", "rounded", "exact"], "value": [0.0, 10.0, 0.0], "high": [9.0, 14.0, 0.0]}
    )
    assert told._is_number(frame).tolist() == [False, True, True]


def test_what_it_says_of_indicators():
    """A share is in per cent; only what adds up may be added; a direction is told where there is one; it says that its
    records are invented, who released it and when.
    """
    content = iati.document(evaluated("FY2014"), "2015-01-20")
    found = {code: dict(one.attrib) for code, one in indicators(content).items()}
    assert found["1.1"] == {"measure": "1", "ascending": "true", "aggregation-status": "true"}
    assert found["1.5"] == {"measure": "2", "ascending": "true", "aggregation-status": "false"}
    assert found["2.1"] == {"measure": "1", "aggregation-status": "true"}
    assert found["2.3"]["aggregation-status"] == "false"
    activity = ElementTree.fromstring(content).find("iati-activity")
    assert activity.get("last-updated-datetime") == "2015-01-20T00:00:00Z"
    text = " ".join(activity.find("description").itertext())
    assert "The records behind these results are invented." in text and "released on 2015-01-20" in text
    assert activity.find("activity-status").get("code") == "2"
    assert content == iati.document(evaluate("FY2014"), "2015-01-20")


def test_a_rounded_number_says_for_which_it_stands(tmp_path):
    """The range beside it is that of the row, and nothing narrower."""
    evaluation = evaluated("FY2014")
    ends = {
        (row["indicator"], row["start"], row["end"], row["category"]): (
            as_published(evaluation, row["indicator"], row["low"]),
            as_published(evaluation, row["indicator"], row["high"]),
        )
        for row in rows(evaluation, tmp_path, "indicators")
        if row["status"] == "rounded" and row["disaggregation"] in NAMED
    }
    said = 0
    for code, indicator in indicators(iati.document(evaluation, "2015-01-20")).items():
        for period in indicator.iter("period"):
            days = [period.find(one).get("iso-date") for one in ("period-start", "period-end")]
            for actual in period.iter("actual"):
                found = re.search(r"any number from (\S+) to (\S+)\.", "".join(actual.itertext()))
                dimensions = [one.get("value") for one in actual.iter("dimension")]
                if found and len(dimensions) == 1:
                    assert ends[code, *days, *dimensions] == tuple(map(Decimal, found.groups()))
                    said += 1
    assert said > 20


def narratives(content):
    """The texts of a file, by the language in which they are."""
    found = {}
    for one in ElementTree.fromstring(content).iter("narrative"):
        found.setdefault(one.get("{http://www.w3.org/XML/1998/namespace}lang", "en"), []).append(one.text)
    return found


@pytest.mark.few(1)
@pytest.mark.parametrize("period, day", PERIODS)
def test_it_speaks_the_languages_of_the_release(period, day):
    """The same numbers, and each text that has other words in Russian and Kyrgyz in these as well; of what nobody has
    translated (why a target was set) nothing is said in English there.
    """
    english = evaluated(period)
    alone = iati.document(english, day)
    content = iati.document(english, day, [english.told_in(code) for code in ("ru", "ky")])
    check_valid(content)
    for name in ("target", "actual"):
        assert list(numbers(content, name)) == list(numbers(alone, name))
    texts = narratives(content)
    assert {*narratives(alone)} == {"en"} and texts["en"] == narratives(alone)["en"]
    assert len(texts["ru"]) == len(texts["ky"]) > 100
    for code in ("ru", "ky"):
        words = {word for text in texts[code] for word in re.findall("[A-Za-z]{2,}", text)}
        assert words <= {"age", "sex"}, words  # names of dimensions, as they stand in the file
    title = ElementTree.fromstring(content).find("iati-activity/title")
    assert [one.text for one in title][1] == f"{english.told_in('ru').project.facts.name}, Кыргызская Республика"


# --- Small projects -------------------------------------------------------------------------------

TABLE = """day
2014-10-03
2014-11-04"""
COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'


def test_a_minimum_and_a_maximum_are_two_targets(tmp_path):
    """IATI has numbers only: both are told, each with what it is."""
    folder = small.write(tmp_path / "p", TABLE, COUNT, targets="x,LOP,40 to 60,Agreed.,\n")
    content = iati.document(evaluate("FY2015Q1", with_keys(folder)), LATEST)
    check_valid(content)
    assert [one[4] for one in numbers(content, "target")] == [40, 60]
    texts = [" ".join("".join(one.itertext()).split()) for one in indicators(content)["x"].iter("target")]
    assert texts == ["At least this. Agreed.", "At most this. Agreed."]


def test_without_identifiers_there_is_none(tmp_path):
    """A project that has no [iati] has no such file."""
    folder = small.write(tmp_path / "p", TABLE, COUNT)
    assert iati.document(evaluate("FY2015Q1", folder), LATEST) is None


def test_a_hostile_text_is_text(tmp_path):
    """Markup, an entity, marks that XML may not hold: valid, and read back as words."""
    folder = with_keys(small.write(tmp_path / "p", TABLE, COUNT))
    sheet = folder / "indicators" / "x.toml"
    hostile = r'definition = "</narrative><x>&amp; \u0001\uFFFE\u202E\u2028 ]]> 😀"'
    sheet.write_text(sheet.read_text(encoding="utf-8").replace('definition = "."', hostile), encoding="utf-8")
    content = iati.document(evaluate("FY2015Q1", folder), LATEST)
    check_valid(content)
    [text] = indicators(content)["x"].find("description").iter("narrative")
    assert text.text == "</narrative><x>&amp; \u202e ]]> 😀"


@pytest.mark.parametrize(
    "old, new, says",
    [
        ('"XX-TEST-1-P1"', '"XX-OTHER-P1"', "must begin with the organisation's own"),
        ('"TJ"', '"Tajikistan"', "'iati.country'"),
        ('"22"', '"5"', "must be one of"),
        ('"TJ"', '"TJ"\ndimensions = { sex = "sex" }', "no indicator is broken down by 'sex'. There are: none."),
    ],
)
def test_wrong_identifiers_are_refused(old, new, says, tmp_path):
    """What cannot be an identifier, a country or a dimension."""
    folder = with_keys(small.write(tmp_path / "p", TABLE, COUNT))
    path = folder / "project.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(Refused, match=says):
        load(folder)


def test_a_coarse_form_and_a_fine_one_are_not_beside_each_other():
    """Whoever adds up a dimension has nobody twice: fine ages where they are told, else the coarse ones."""
    cells = [
        ("age_group:coarse", "adults", "exact"),
        ("age_group:coarse", "not recorded", "exact"),
        ("age_group", "18–24", "not told"),
        ("age_group", "not recorded", "exact"),
    ]
    rows = pd.DataFrame(cells, columns=["disaggregation", "category", "status"]).assign(value=1.0, high=1.0)
    assert told._ways(rows, {"age_group": "age"}) == {"age_group:coarse": ("age",)}
    assert told._ways(rows.assign(status="exact"), {"age_group": "age"}) == {"age_group": ("age",)}
    assert told._ways(rows, {"sex": "sex"}) == {}


# --- In a release ---------------------------------------------------------------------------------


def test_a_release_has_it_and_a_draft_has_not(ours):
    """It is recorded with the release's other files: whoever changes it is found."""
    with_keys(ours)
    assert run(ours, "FY2012", LATEST) == 0
    released = ours / "releases" / "FY2012" / iati.NAME
    check_valid(released.read_bytes())
    assert not (ours / "reports" / "FY2012" / iati.NAME).exists()
    project = load(ours)
    ledger.check_files(project, ledger.read(project).releases)
    released.write_bytes(released.read_bytes().replace(b"value", b"Value", 1))
    with pytest.raises(Refused, match="a file in it is not what was released"):
        ledger.check_files(project, ledger.read(project).releases)


def test_without_identifiers_a_release_is_as_it_was(ours):
    """No file, and nothing said."""
    assert run(ours, "FY2012", LATEST) == 0
    assert not list((ours / "releases").rglob(iati.NAME))
