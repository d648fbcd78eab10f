"""The narrative: right grammar, kept hedges, honest words, and no number that was not calculated or stated."""

import re
from datetime import date
from html import unescape

import pandas as pd
import pytest
from jinja2 import Environment, nodes

from ctanalysis import evaluate, narrative, tables
from ctanalysis.analysis.values import Value
from ctanalysis.evaluation import SHIPPED
from ctanalysis.language import Speech, languages, messages
from ctanalysis.language.hearing import HEARD
from ctanalysis.narrative import text
from ctanalysis.project import load
from tests.conftest import copied, evaluated
from tests.narrative.area_pages import area_pages
from tests.narrative.derived import derived

PROJECT = load(SHIPPED)
OF_PEOPLE = (  # what people say
    narrative.context,
    narrative.explanations,
    narrative.actions,
    narrative.criteria,
    narrative.lessons,
    narrative.recommendations,
    narrative.questions,
)
PERIODS = [p.label for kind in ("quarter", "half", "year") for p in PROJECT.calendar.completed(kind)] + ["LOP"]
SOME = [
    "FY2012Q1",
    "FY2012Q3",
    "FY2012H1",
    "FY2012",
    "FY2013Q2",
    "FY2014",
    "FY2015Q1",
    "LOP",
]  # the first, before and after a year's end, each kind; the others in make test-all
SECTIONS = (
    narrative.notice,
    narrative.introduction,
    narrative.points,
    narrative.also_found,
    narrative.headlines,
    narrative.progress,
    narrative.outlook,
    narrative.reach,
    narrative.fairness,
    narrative.pathway,
    narrative.cost,
    area_pages,
    *OF_PEOPLE,
    narrative.limits,
    narrative.quality,
    narrative.protection_of_people,
    narrative.caveats,
)
MARKED = re.compile(r"<(data|time)\b[^>]*>.*?</\1>|<span class=\"(label|fact)\">.*?</span>", re.DOTALL)


def pages(period):
    """The HTML of the whole narrative of a period."""
    return "\n".join(section(evaluated(period)).html for section in SECTIONS)


def unmarked_digits(html):
    """The digits that stand outside a mark."""
    return re.findall(r"\d", unescape(re.sub(r"<[^>]*>", "", MARKED.sub("", html))))


def sentence(value, code="1.1", status="exact", numerator=None, denominator=None, macro="result"):
    """What the sentences say of one value, as plain words."""
    days, parts = (date(2014, 10, 1), date(2014, 12, 31)), (value, value, value, numerator, denominator)
    told = Value(PROJECT.sheet(code), "period", *days, "all", status, *parts)
    template = text._environment(Speech()).get_template("sentences.html")
    return text.Text(str(getattr(template.module, macro)(told))).plain


@pytest.mark.parametrize(
    "number, words",
    [
        (0, "No awareness-raising event was held"),
        (1, "1 awareness-raising event was held"),
        (2, "2 awareness-raising events were held"),
        (11, "11 awareness-raising events were held"),
        (21, "21 awareness-raising events were held"),
        (101, "101 awareness-raising events were held"),
        (1204, "1,204 awareness-raising events were held"),
    ],
)
def test_grammar_of_none_one_and_many(number, words):
    """Nothing, one and many have their own grammar, and thousands their comma."""
    assert sentence(number) == words


def test_a_share_says_its_numerator_and_denominator():
    """Every per cent stands with the numbers that it is of; a rounded one is "about"."""
    assert (
        sentence(0.7, "2.6", "rounded", 35, 50) + sentence(0.7, "2.6", "rounded", 35, 50, "counted_from")
        == "About 70% of the reintegration plans closed were completed(about 35 of 50)"
    )


def test_a_mean_says_its_n():
    """A mean of three assessments says so."""
    assert sentence(57.66, "3.2", "exact", 173, 3) == "57.7 points was the mean score of the capacity assessments"
    assert sentence(57.66, "3.2", "exact", 173, 3, "counted_from") == "(n = 3)"


@pytest.mark.parametrize("status", ["withheld", "not told", "fewer than 10"])
@pytest.mark.parametrize("code", [sheet.code for sheet in PROJECT.sheets])
def test_what_is_not_told_does_not_read_as_nothing(code, status):
    """A value that is withheld, or not told, reads neither as none nor as zero."""
    words = sentence(float("nan"), code, status)
    assert words.startswith(PROJECT.sheet(code).name)
    assert PROJECT.sheet(code).words.none not in words
    assert not re.search(
        r"\b(0|no|none|nobody|nothing|nan)\b", words.removeprefix(PROJECT.sheet(code).name), re.IGNORECASE
    )


@pytest.mark.parametrize("name", sorted(one.name for one in (SHIPPED.parent / "ctanalysis/narrative").glob("*.html")))
def test_sentences_hold_no_number(name):
    """In the sentences' own words there is no digit: a number can only come from a value or a fact."""
    source = (SHIPPED.parent / "ctanalysis" / "narrative" / name).read_text(encoding="utf-8")
    words = " ".join(node.data for node in Environment().parse(source).find_all(nodes.TemplateData))
    assert not re.findall(r"\d", re.sub(r"<[^>]*>", "", words))


@pytest.mark.parametrize("language", languages())
def test_messages_hold_no_number(language):
    """Nor in the messages of any language, but for examples of what to write in a cell, which a check gives."""
    told = (text for key, text in messages(language).items() if not key.startswith(HEARD))
    words = " ".join(re.sub(r"{{.*?}}", "", text) for text in told)
    assert not re.findall(r"\d", words)


@pytest.mark.parametrize(
    "period", [label if label in SOME else pytest.param(label, marks=pytest.mark.long) for label in PERIODS]
)
def test_every_digit_is_a_value_or_a_fact(period):
    """Outside marked values, days, labels and facts no digit is left, and each marked value is one of the values."""
    html = pages(period)
    assert unmarked_digits(html) == []
    known = allowed(evaluated(period)) | derived(evaluated(period))
    told = re.findall(r'<data value="([^"]*)" title="([^"]*)">', unescape(html))
    assert len(told) > 60
    assert [pair for pair in told if pair not in known] == []


def test_a_number_typed_into_the_sentences_is_found():
    """The test above can fail: a number that is no value, and a value under another indicator's name,
    are both found.
    """
    html = pages("FY2015Q1")
    assert unmarked_digits(html) == []
    assert unmarked_digits(html.replace("were held", "of the 900 planned were held", 1)) == ["9", "0", "0"]
    assert ("936", "indicator 1.1, project to date (2011-10-01 to 2014-12-31)") not in allowed(evaluated("FY2015Q1"))
    assert ("935", "indicator 1.2, project to date (2011-10-01 to 2014-12-31)") not in allowed(evaluated("FY2015Q1"))


def allowed(found):
    """(number as told, source) of everything that may be told, from the values and the tracking table,
    in plain Python.
    """
    pairs, bases = set(), recorded(found.values)
    for row in pd.concat([found.values, found.history]).itertuples():
        source = f"indicator {row.indicator}, {row.horizon} ({row.start} to {row.end})"
        pairs |= {(shown, source) for shown in forms(row.value, row.indicator, row.status)}
        pairs |= {(str(int(part)), source) for part in (row.numerator, row.denominator) if not pd.isna(part)}
        pairs |= {(shown, f"{source}, at least") for shown in forms(row.low, row.indicator, "rounded")}
        pairs |= {(shown, f"{source}, at most") for shown in forms(row.high, row.indicator, "rounded")}
        pairs |= {(str(end), f"{source}, per cent of recorded") for end in of_recorded(row, bases)}
    for row in found.tracking.itertuples():
        source = f"indicator {row.indicator}, {row.horizon} ({row.start} to {row.end})"
        pairs |= {(shown, f"{source}, target") for shown in forms(row.target, row.indicator, "rounded")}
        pairs |= (
            {(f"{half_up(row.percent_of_target, 0)}", f"{source}, per cent of target")}
            if not pd.isna(row.percent_of_target)
            else set()
        )
        pairs |= {
            (f"{abs(number):g}", f"{source}, change")
            for number in (row.change, row.change_on_last_year)
            if not pd.isna(number)
        }
    facts, end = found.project.facts, found.period.end
    days = (end - facts.start).days + 1, (facts.end - facts.start).days + 1
    quarters = {(str(number), "calendar") for number in ((end.year - 2011) * 4 + end.month // 3 - 3, 16)}
    year = date(end.year + (end.month >= 10), 9, 30)
    of_year = (end - date(year.year - 1, 9, 30)).days / (year - date(year.year - 1, 9, 30)).days
    return pairs | quarters | {(str(half_up(100 * part, 0)), "calendar") for part in (days[0] / days[1], of_year)}


TABLE = ["indicator", "start", "end", "disaggregation"]


def recorded(values):
    """Of each breakdown, how many there are whose category is recorded."""
    found = values[(values["category"] == "recorded") & (values["value"] > 0)]
    return {tuple(row[:-1]): int(row[-1]) for row in found[[*TABLE, "value"]].to_numpy()}


def of_recorded(row, bases):
    """The least and the most per cent that a category can be of those whose category is recorded."""
    base = bases.get(tuple(getattr(row, name) for name in TABLE))
    if not base or pd.isna(row.low):
        return []
    return [100 * int(row.low) // base, -(-100 * int(row.high) // base)]


def forms(value, code, status):
    """How a value may stand: a share in per cent, a mean and a rate with one decimal, a ratio with two, else whole."""
    if pd.isna(value):
        return set()
    measure = PROJECT.sheet(code).measure
    one = measure in ("mean", "rate") or (measure == "share" and status == "exact")
    places = 1 if one else 2 if measure == "ratio" else 0
    return {half_up(value * (100 if measure == "share" else 1), places)}


def half_up(number, places):
    scaled = int(abs(round(number, 9)) * 10**places + 0.5)
    whole, part = divmod(scaled, 10**places)
    return f"{whole}.{part:0{places}}" if places else f"{whole}"


def test_hedges_and_days_of_published_figures_are_kept():
    """Nearly 935, over 117,535 and 13,394, as of December 2014, with their source, and never before that day."""
    words = area_pages(evaluated("FY2015Q1")).plain
    assert (
        'Published: “nearly 935”, cumulative, as of 31 December 2014 (USAID fact sheet "Counter-Trafficking '
        'Project", last updated 9 February 2015). The records give 935 by that day, which is consistent with it.'
    ) in words
    assert "Published: “over 117,535”, cumulative, as of 31 December 2014" in words
    assert "Published: “13,394”, cumulative, as of 31 December 2014" in words
    assert "The records give 13,394 [u] by that day, the same." in words
    assert "Published: “149”, cumulative, as of 31 December 2014" in words
    assert "“nearly 935”" not in area_pages(evaluated("FY2014")).plain


def test_cumulative_and_unique_are_used_rightly():
    """Events add up: cumulative.

    People counted once add up and are different people: cumulative and unique. A caseload is unique and does not add
    up.
    """
    words = area_pages(evaluated("FY2014")).plain.splitlines()
    told = {line.split(" ", 1)[0]: words[place + 2] for place, line in enumerate(words) if re.match(r"\d\.\d ", line)}
    assert "Cumulative total since 1 October 2011: 812" in told["1.1"]
    assert "Cumulative total since 1 October 2011, each counted once: 133" in told["2.2"]
    assert "Total since 1 October 2011, each counted once: 160" in told["2.3"]
    assert "cumulative" not in told["2.3"].lower()
    assert "do not add up" in told["2.3"]
    assert not re.search("cumulative|unique", told["1.5"] + told["3.2"] + told["3.4"], re.IGNORECASE)


def test_the_caveats_are_said():
    """Attendances, consultations and identification are called what they are."""
    words = narrative.limits(evaluated("FY2015Q1")).plain
    for caveat in (
        "Attendances, not different people",
        "Consultations, not callers",
        "not the prevalence of trafficking",
    ):
        assert caveat in words


def test_a_quarter_repeats_the_breakdowns_of_the_last_year_end():
    """Breakdowns about people in a quarter's narrative are those of the last fiscal year, word for word."""
    [told, again] = (
        [line for line in narrative.area(evaluated(label), "protection").plain.splitlines() if line.startswith("By ")]
        for label in ("FY2014", "FY2015Q1")
    )
    assert told == again and len(told) == 5
    assert (
        "last to 30 September 2014, of those who were known when that was first told. By the records of today 133 are "
        "counted by that day, 60 of them in October 2013–September 2014."
    ) in narrative.area(evaluated("FY2015Q1"), "protection").plain


def test_before_the_first_year_end_there_are_no_breakdowns_about_people():
    """In the project's first quarters nothing about people can be broken down, and the narrative still reads."""
    words = narrative.area(evaluated("FY2012Q2"), "protection").plain
    assert "By sex" not in words
    assert "victims of trafficking were identified" in words


def test_changes_are_the_differences_of_what_is_told():
    """123 events, 96 more than 27: in the table of comparisons, with its sign; in words as in every earlier year."""
    rows = {row[0][:3]: row for row in tables.changes(evaluated("FY2015Q1"), "prevention").tables[0].rows}
    assert len(rows) > 3
    for now, *beside in (rows[code][1:] for code in ("1.1", "1.2", "1.6")):
        for then, change in (beside[:2], beside[3:5]):
            value, earlier = (int(number.replace(",", "")) for number in (now, then))
            size = int(change.split(":")[0].replace(",", "").replace("\N{MINUS SIGN}", "-"))
            assert value - earlier == size
    assert rows["1.1"][1] == "123" and rows["1.1"][5] == "27" and rows["1.1"][6].startswith("+96")
    words = narrative.points(evaluated("FY2015Q1")).plain
    assert "and, as in every earlier year, more than in July–September 2014" in words


def test_the_synthetic_records_are_called_so():
    """Every narrative begins by saying that the records are invented."""
    assert narrative.notice(evaluated("FY2015Q1")).plain.startswith("Synthetic records.")


def changed(tmp_path, name, old, new):
    """A copy of the shipped project with one text changed in one file."""
    folder = copied(tmp_path / "data")
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_a_published_figure_that_disagrees_is_called_so(tmp_path):
    """151 published and 149 in the records is no agreement, and the narrative says so."""
    words = narrative.area(
        evaluate("FY2015Q1", changed(tmp_path, "published.csv", ",149,", ",151,")), "protection"
    ).plain
    assert (
        "The records give 149 [u] by that day: these differ, which must be explained before the report is sent."
        in words
    )
    assert "these differ" not in area_pages(evaluated("FY2015Q1")).plain


def test_reports_of_real_records_carry_a_warning(tmp_path):
    """A report of real records says on its face that only its release is for publication."""
    words = narrative.notice(
        evaluate("FY2014", changed(tmp_path, "project.toml", "synthetic = true", "synthetic = false"))
    ).plain
    assert (
        words.startswith("Real records. This page is public only as part of a release")
        and "not for publication" in words
        and "Synthetic" not in words
    )


def test_statements_are_told_from_their_day():
    """What was published as of December 2014 is not told in a report of 2011."""
    assert "As of December 2014" in area_pages(evaluated("FY2015Q1")).plain
    assert "As of December 2014" not in area_pages(evaluated("FY2014")).plain


def test_no_data_is_not_called_protection():
    """Where no assessment was scored there is nothing to protect: the narrative says no data."""
    words = narrative.area(evaluated("FY2012Q1"), "cooperation").plain
    assert (
        "No capacity assessment was scored in October–December 2011.\nBy type of organisation: no data in any."
        in words.replace(" \n", "\n")
    )


def test_labels_are_text():
    """A name with markup in it is told as text."""
    from ctanalysis.narrative.numbers import Marks

    assert str(Marks("en").label("<script>")) == '<span class="label">&lt;script&gt;</span>'
