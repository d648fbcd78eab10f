"""How many women and men, adults and children were helped, in words that hold for every number that may be true."""

from datetime import date
from math import nan

import pytest

from ctanalysis import evaluate, indicators, narrative
from ctanalysis.analysis.values import Value
from ctanalysis.evaluation import SHIPPED
from ctanalysis.indicators.horizons import windows
from ctanalysis.language import Speech
from ctanalysis.narrative import text
from ctanalysis.narrative.results import results
from ctanalysis.narrative.waiting import Told
from ctanalysis.project import load
from ctanalysis.records import read
from tests.conftest import copied, evaluated

PROJECT = load(SHIPPED)
SHEET = PROJECT.sheet("2.2")
DAYS = date(2013, 10, 1), date(2014, 9, 30)


def value(category, status, low, high, number=nan, code="2.2"):
    """A value as it is told."""
    return Value(PROJECT.sheet(code), "period", *DAYS, category, status, number, low, high, nan, nan)


WOMEN = value("female", "rounded", 65, 74, 70.0)
RANGE = value("female", "18–27", 18, 27)
FEW = value("male", "fewer than 10", 0, 9)
NONE = value("male", "rounded", 0, 9, 0.0)  # 40 to one year's end, and 40 to the next


def said(one):
    """What is told of a value within a sentence."""
    module = text._environment(Speech()).get_template("sentences.html").module
    return text.Text(str(module.told(one))).plain


def base(number, category="recorded"):
    return value(category, "exact", number, number, float(number))


@pytest.mark.parametrize(
    "one, words",
    [
        (WOMEN, "about 70"),
        (RANGE, "between 18 and 27"),
        (FEW, "fewer than 10"),
        (NONE, "at most 9"),
        (value("male", "0–14", 0, 14), "at most 14"),
        (value("male", "exact", 0, 0, 0.0), "0"),
        (value("all", "56–84 %", 0.56, 0.84, code="2.6"), "between 56% and 84%"),
    ],
)
def test_a_number_a_range_and_fewer_have_their_words(one, words):
    """Ranges are said with both their ends; what may be none is never called none."""
    assert said(one) == words


def test_a_share_is_of_all_that_the_numbers_can_be():
    """65 to 74 of 128 are 50.8 to 57.8 per cent: 50–58. Of 58, 21 to 39 would be anything from 36 to 68: no share."""
    assert Told((WOMEN,), base(128), None, share_within=5).percent(WOMEN) == (50, 58)
    year = value("female", "rounded", 21, 39, 30.0)
    assert Told((year,), base(58), None, share_within=5).percent(year) is None
    assert Told((year,), None, None, share_within=5).percent(year) is None
    assert Told((RANGE,), base(1000), None, share_within=5).percent(RANGE) is None


@pytest.mark.parametrize(
    "now, before, word",
    [
        ((28, 46), (18, 27), "more"),
        ((27, 46), (18, 27), ""),  # 27 in both years is possible
        ((0, 9), (10, 19), "fewer"),
        ((21, 39), (21, 39), ""),
        ((40, 40), (39, 39), "more"),
    ],
)
def test_a_year_is_compared_where_every_number_says_so(now, before, word):
    """More, or fewer, is said only if it is so for every number for which the two prints stand."""
    this, last = value("female", "{}–{}".format(*now), *now), value("female", "{}–{}".format(*before), *before)
    told = Told((this,), base(100), None, 5, {"female": last})
    assert told.compared(this) == ((word, last) if word else None)


def test_a_comparison_holds_whatever_is_not_recorded():
    """28 to 46 women after 18 to 27: more, unless one of that year is not recorded, who may be a woman."""
    this, last = value("female", "28–46", 28, 46), value("female", "18–27", 18, 27)
    sides = {"female": last, "not recorded": base(0, "not recorded")}
    assert Told((this,), base(50), base(9, "not recorded"), 5, sides).compared(this) == ("more", last)
    sides["not recorded"] = base(1, "not recorded")
    assert Told((this,), base(50), None, 5, sides).compared(this) is None
    assert Told((last,), base(50), base(1, "not recorded"), 5, {"female": this}).compared(last) is None
    assert Told((last,), base(50), None, 5, {"female": this}).compared(last) == ("fewer", this)


def test_a_comparison_stands_with_its_numbers():
    """Of FY2013: more adults than in the year before, of women nothing that need not hold."""
    assert (
        "In October 2012–September 2013: between 35 and 44 adults (more than in October 2011–September 2012: between "
        "19 and 28) and fewer than 10 children, of 44 people whose age group is recorded; of 1 it is not."
    ) in narrative.area(evaluated("FY2013"), "protection").plain


def test_the_donor_s_question_is_answered():
    """Women and men, adults and children: of the year and since the project began, in the headlines and the area."""
    year, to_date = "In October 2013–September 2014: ", "From 1 October 2011 to 30 September 2014: "
    headlines = narrative.headlines(evaluated("FY2014")).plain
    assert (
        "In October 2013–September 2014, with 60 [u] in all: about 30 women and girls (21 to 37) and about 30 men and "
        "boys (21 to 37), of 58 people whose sex is recorded; between 43 and 56 adults and between 1 and 14 children, "
        "of 56 people whose age group is recorded. From 1 October 2011 to 30 September 2014, with 133 [u] in all: "
        "about 70 women and girls (65 to 73, 50–58%) and about 60 men and boys"
    ) in headlines
    lines = narrative.area(evaluated("FY2014"), "protection").plain.splitlines()
    assert (
        f"By sex. {year}about 30 women and girls (21 to 37) and about 30 men and boys (21 to 37), of 58 people whose "
        f"sex is recorded; of 2 it is not. {to_date}about 70 women and girls (65 to 73, 50–58%) and about 60 men "
        "and boys (55 to 63, 42–50%), of 128 people whose sex is recorded; of 5 it is not."
    ) in lines


def test_a_quarter_says_of_which_days_and_of_how_many_its_breakdown_is():
    """The headlines of a quarter have who they were to the last year's end: with its days, its total and its base."""
    lines = narrative.headlines(evaluated("FY2014Q2")).plain.splitlines()
    [line] = [one for one in lines if one.startswith("Victims of trafficking receiving")]
    assert (
        "From 1 October 2011 to 30 September 2013, with 73 in all: about 40 women and girls (36 to 44) and about 30 "
        "men and boys"
    ) in line
    assert "people whose sex is recorded; " in line and "last complete fiscal year" not in line


def test_a_group_is_defined_where_it_is_told():
    """What south, other and children are stands with them; what is its own only category is not explained."""
    words = narrative.area(evaluated("FY2014"), "protection").plain
    assert (
        "By oblast (south: Batken, Jalal-Abad, Osh oblast, Osh city; north: Chüy, Naryn, Talas, Ysyk-Köl, Bishkek "
        "city). In October"
    ) in words
    assert "By form of exploitation (other: forced begging, servitude, another form). In" in words
    assert "By age group (children: 0–17; adults: 18–24, 25–34, 35–49, 50 and over). In" in words
    assert "By sex. In" in words


def test_the_shares_of_two_sides_fit_each_other():
    """Adults 115 to 118 of 128 are 89 to 93 per cent, children 10 to 13 of them the rest, 7 to 11.

    Rounded by itself the first is about 120, which lies outside: a reader is told what can be.
    """
    [found] = results(evaluated("FY2014"), lambda sheet: sheet.code == "2.2")
    for told in (one.to_date for one in found.waiting):
        one, other = (told.percent(value) for value in told.values)
        assert one[0] + other[1] == one[1] + other[0] == 100
    assert (
        "between 115 and 118 adults (89–93%) and about 10 children (10 to 13, 7–11%)"
        in narrative.headlines(evaluated("FY2014")).plain
    )


def test_nothing_is_said_twice():
    """Of a fiscal year the last complete one is the year itself: its share stands in one sentence."""
    words = narrative.area(evaluated("FY2014"), "protection").plain
    assert words.count("about 62%") + words.count("About 62%") == 1
    assert (
        "the last complete fiscal year, it was about 62%" in narrative.area(evaluated("FY2015Q1"), "protection").plain
    )


def test_in_the_first_year_the_year_is_the_project():
    """It is told once, in ranges; and in detail when the project has ended."""
    words = narrative.area(evaluated("FY2012"), "protection").plain
    assert (
        "By sex. From 1 October 2011 to 30 September 2012: between 18 and 27 women and girls and fewer than 10 men and "
        "boys, of 27 people whose sex is recorded; of 1 it is not."
    ) in words
    assert words.count("it is told once only: of the whole project, when it has ended on 30 September 2015.") == 2
    assert (
        "Category by category, by form of exploitation, oblast, and country of exploitation, it is told once" in words
    )
    assert "withheld" not in words


@pytest.mark.long
def test_what_is_told_of_years_only_says_so():
    """A share in a quarter's report: when it is told, and what the last year's end told."""
    words = narrative.area(evaluated("FY2015Q1"), "protection").plain
    assert (
        "Reintegration plans completed: not told of October–December 2014; it is told for fiscal years, and of the "
        "project to the end of each. In October 2013–September 2014, the last complete fiscal year, it was "
        "about 79% (of 47); from 1 October 2011 to 30 September 2014 it was about 74% (of 81)."
    ) in words
    assert (
        "Follow-up at six months: not told of October–December 2014; it is told of each fiscal year by itself, and"
        in words
    )
    half = narrative.area(evaluated("FY2014H2"), "protection").plain
    assert (
        "People receiving any service in the period: not told of April–September 2014; it is told for fiscal years, "
        "and of the project to the end of each."
    ) in half
    assert "withheld" not in words


@pytest.mark.parametrize("label", ["FY2012", "FY2013", "FY2014", "FY2015Q1", "LOP"])
def test_every_claim_holds_of_the_exact_numbers(label):
    """Each share holds the true one, and each comparison is so, in numbers that no reader has."""
    found = evaluated(label)
    exact = indicators.calculate(PROJECT, read(PROJECT), windows(PROJECT, found.period))
    key = ["indicator", "horizon", "disaggregation", "category"]
    numbers = exact.set_index(key)["value"].to_dict()
    claims = 0
    for result in results(found, lambda sheet: sheet.area == "protection"):
        ways = {
            PROJECT.package.locate(SHEET.calculation.table, way).field.title: way for way in WAYS[result.sheet.code]
        }
        for told in result.waiting:
            for of in filter(None, (told.to_date, told.year)):
                claims += sum(claim(of, one, ways[told.title], numbers) for one in of.values)
    assert claims >= (0 if label == "FY2012" else 5)


WAYS = {
    "2.1": ["exploitation:coarse", "oblast:coarse", "country:coarse"],
    "2.2": ["sex", "age_group:coarse"],
} | {code: [] for code in ("2.3", "2.4", "2.5", "2.6", "2.7", "2.8", "2.9", "2.10")}


def claim(of, one, way, numbers):
    """How many claims are made of a value; each is held against the exact numbers."""
    made, true = 0, numbers[one.sheet.code, one.horizon, way, one.category]
    if percent := of.percent(one):
        assert percent[0] <= 100 * true / of.recorded.value <= percent[1]
        made += 1
    if compared := of.compared(one):
        word, before = compared
        was = numbers[before.sheet.code, before.horizon, way, before.category]
        assert true > was if word == "more" else true < was
        made += 1
    return made


def test_the_promise_says_what_it_does_not_cover():
    """In the page's own words, from the policy's numbers; no table is withheld by its numbers any more."""
    words = narrative.protection_of_people(evaluated("FY2014")).plain
    of_victims = words[: words.index("Of people who called")]
    for part in (
        "how indicator 2.2 divides by sex and age group and indicator 2.1 divides by form of exploitation, oblast, and",
        "nothing can be read from what is missing",
        "up to 9 too high or too low",
        "Nobody leaves a breakdown, and nobody changes sides in it",
        "how many people were entered late, and for which quarter",
        "work out a number of 1 to 9 in a breakdown, nor show that a number is one of these: where it can be seen that "
        "there is somebody in a category, there may as well be 10 or more",
        "It can be seen that a category is not empty",
        "a partner that knows its own clients",
    ):
        assert part in of_victims
    assert "withheld" not in of_victims


@pytest.mark.long
def test_what_the_policy_never_tells_says_so(tmp_path):
    """A sheet of referrals that is broken down by their direction: the policy tells nothing by it."""
    folder = copied(tmp_path / "data")
    sheet = folder / "indicators/3.3-referrals.toml"
    text_of, there = sheet.read_text(encoding="utf-8"), 'disaggregate = []\nworking_tables = ["direction"]'
    assert there in text_of
    sheet.write_text(text_of.replace(there, 'disaggregate = ["direction"]'), encoding="utf-8")
    words = narrative.area(evaluate("FY2014", folder), "cooperation").plain.splitlines()
    place = words.index("3.3 Referrals between government and civil society")
    assert words[place + 3] == "How this divides is not published."
    assert "not published" not in narrative.area(evaluated("FY2014"), "protection").plain


@pytest.mark.long
def test_a_breakdown_that_has_ended_says_why(tmp_path):
    """By age group it is told no further, for a reason that the policy gives; by sex it goes on."""
    folder = copied(tmp_path / "data")
    policy = (folder / "policy.toml").read_text(encoding="utf-8")
    there, reason = 'by = "age_group:coarse"\n', "Consent was withdrawn after the release of FY2013."
    assert there in policy
    ended = policy.replace(there, f'{there}ended = "{reason}"\n')
    (folder / "policy.toml").write_text(ended, encoding="utf-8")
    found = evaluate("FY2014", folder)
    words = narrative.area(found, "protection").plain
    assert f"By age group it is told no further: {reason}" in words
    assert "By sex. In" in words and "By age group. In" not in words
    assert "how indicator 2.2 divides by sex and indicator 2.1" in narrative.protection_of_people(found).plain
