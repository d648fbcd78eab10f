"""Situations of a small project, and the main points that follow from them, in their order."""

import calendar
import re
from types import SimpleNamespace

import pytest

from ctanalysis import evaluate, narrative
from ctanalysis.analysis.family import Claim, Claims
from ctanalysis.analysis.findings import findings
from ctanalysis.narrative.main_points import together
from tests.conftest import copied, evaluated
from tests.generators import small
from tests.narrative.side_by_side import kept, main_points

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'
QUARTERS = [f"{year}-{month}" for year in range(2011, 2015) for month in ("01", "04", "07", "10")][3:]  # from FY2012Q1


def told(folder, numbers, period):
    """The main points of a project that counted so many things in each of its quarters from the first on."""
    days = [f"{quarter}-05" for quarter, number in zip(QUARTERS, numbers, strict=False) for _ in range(number)]
    return narrative.points(evaluate(period, small.write(folder, "\n".join(["day", *days]), COUNT))).plain.splitlines()


FEW = "Such a number can differ by chance; no lasting change is shown."
SEASON = [90, 50, 50, 20]  # a year that is like every other


@pytest.mark.parametrize(
    "numbers, period, points",
    [
        ([0, 1], "FY2012Q1", ["Work: nothing was counted."]),
        ([1], "FY2012Q1", ["Work: 1 thing was counted."]),
        ([12], "2011-10", ["Work: 12 things were counted."]),
        ([0, 4, 2, 3, 0], "FY2013Q1", ["Work: nothing was counted (none a year before)."]),
        ([3, 4, 2, 3, 4], "FY2013Q1", [f"Work: 4 things were counted (3 a year before). {FEW}"]),
        (
            [50] * 9,
            "FY2014Q1",
            ["Work: 50 things were counted (50 a year before). That is no clear change from a year before."],
        ),
        (
            [50] * 8,
            "FY2013H2",
            ["Work: 100 things were counted (100 a year before). That is no clear change from a year before."],
        ),
        (
            [50] * 8,
            "2013-07",
            ["Work: 50 things were counted (50 a year before). That is no clear change from a year before."],
        ),
        (
            [50, 52, 48, 51, 50, 53, 49, 50, 150],
            "FY2014Q1",
            [
                "Work: 150 things were counted (50 a year before: clearly more, between 116% more and 4.2 times as "
                "many), the most in any of 9 quarters.",
                "Things counted. 150 in October–December 2013 is above the usual limits (44 to 57).",
            ],
        ),
        (
            [50, 52, 48, 51, 50, 53, 49, 50, 20],
            "FY2014Q1",
            [
                "Work: 20 things were counted (50 a year before: clearly fewer, between 32% and 77% fewer), the "
                "fewest in any of 9 quarters.",
                "Things counted. 20 in October–December 2013 is below the usual limits (44 to 57).",
            ],
        ),
        (
            [*SEASON, *SEASON, 92, 51],
            "FY2014Q2",
            [
                "Work: 51 things were counted (50 a year before), as in every earlier year, fewer than in "
                "October–December 2013. That is no clear change from a year before."
            ],
        ),
        (
            [50] * 4 + [100] * 4,
            "FY2013",
            ["Work: 400 things were counted (200 a year before: clearly more, between 69% and 139% more)."],
        ),
        ([50] * 12, "LOP", ["Work: 600 things were counted."]),
    ],
)
def test_what_is_said_first(tmp_path, numbers, period, points):
    """Numbers of each quarter from the first on, the period, and its main points as they are read."""
    assert told(tmp_path / "p", numbers, period) == points


@pytest.mark.parametrize(
    "verdicts, said",
    [
        ({"unclear"}, "unclear"),
        ({"few"}, "few"),
        ({"few", "varies"}, "few or varies"),
        ({"few", "unclear"}, "unclear"),
        ({"clear", "few"}, ""),
        ({"clear"}, ""),
        ({"none"}, "none"),
        ({"none", "few"}, ""),
    ],
)
def test_what_results_have_in_common_is_said_once(verdicts, said):
    """Where one is clear, or not compared, each has words of its own."""
    assert together(verdicts) == said


def test_records_that_did_not_come_are_the_first_point(tmp_path):
    """What cannot be told comes before everything that can."""
    folder = copied(tmp_path / "data")
    listed = folder / "deliveries.csv"
    lines = listed.read_text(encoding="utf-8").splitlines(keepends=True)
    missed = [one for one in lines if ",FY2015Q1," in one and one.split("/")[1] == "events"]
    listed.write_text("".join(one for one in lines if one not in missed), encoding="utf-8")
    first = narrative.points(evaluate("FY2015Q1", folder)).plain.splitlines()[0]
    assert first == ("Nothing can be said of 3 indicators, for the records were not received: 1.1, 1.6, and 1.8."), (
        first
    )


def test_at_most_six_and_each_once():
    """The ranks of the shipped quarter: gain, spending, targets that are missed, results (no change is clear)."""
    lines = narrative.points(evaluated("FY2015Q1")).plain.splitlines()
    openings = ["About 39 [u]", "78% of the funding", "With 81% of", "Prevention: 123", "Protection: 20", "Cooperation"]
    assert [line.startswith(words) for line, words in zip(lines, openings, strict=True)] == [True] * 6


STEADY = [50, 52, 48, 51, 50, 53, 49, 50]


@pytest.mark.parametrize("last, record, rank", [(50, 0, 7), (54, 1, 7), (47, -1, 7), (150, 1, 2), (20, -1, 2)], ids=str)
def test_a_record_leads_only_where_something_is_clear(tmp_path, last, record, rank):
    """Some quarter is always the most: 54 after 48 to 53 is described, and ranks with results that are as they were."""
    days = [f"{quarter}-05" for quarter, number in zip(QUARTERS, [*STEADY, last], strict=False) for _ in range(number)]
    found = evaluate("FY2014Q1", small.write(tmp_path / "p", "\n".join(["day", *days]), COUNT)).findings
    [results] = [one for one in found if one.kind == "results"]
    assert (results.of[0].record, results.rank) == (record, rank)


def test_a_record_leads_where_a_rule_fired():
    """The shipped quarter's events are the most of thirteen without a clear change; with a clear signal they lead."""
    shipped = evaluated("FY2015Q1")
    signal = Claim("signal", "1.1", "beyond the limits", 1e-6, SimpleNamespace(rule="beyond the limits"), clear=True)
    ranks = []
    for claims in (shipped.claims, Claims((*shipped.claims.all, signal))):
        found = findings(shipped.known, claims)
        ranks.append({one.of[0].current.sheet.area: one.rank for one in found if one.kind == "results"}["prevention"])
    assert ranks == [7, 4]


def test_what_is_clear_comes_before_what_is_not():
    """In every shipped report that is looked at, no result without a clear change stands before a gain."""
    for label in ("FY2013Q2", "FY2014Q1", "FY2015Q1"):
        found = evaluated(label).findings
        gains = [place for place, one in enumerate(found) if one.kind == "gain"]
        results = [(place, one.of) for place, one in enumerate(found) if one.kind == "results"]
        unclear = [place for place, of in results if not any(one.clear or one.fired for one in of)]
        assert gains and unclear and max(gains) < min(unclear)


@pytest.mark.parametrize("label", ["FY2012Q1", "FY2013Q2", "FY2015Q1"])
def test_what_is_kept_to_be_read_is_not_stale(label):
    """references/main-points.txt says what the reports say: make accept writes it."""
    assert kept()[label] == main_points(evaluated(label))


@pytest.mark.long
def test_nothing_of_what_is_kept_is_stale():
    project = evaluated("FY2015Q1").project
    labels = [quarter.label for quarter in project.calendar.completed("quarter")]
    assert [*kept()] == labels and all(kept()[label] == main_points(evaluated(label)) for label in labels)


MONTHS = "|".join(calendar.month_name[1:])


def frame(text):
    """The words of a sentence without its numbers, months and marks: what it says of any quarter."""
    return " ".join(re.sub(rf"\b(?:{MONTHS})\b|[\d.,%−]+|\[\w\]|[^\w\s]", "", text).split())


def alike(texts):
    """By frame the quarters, of those that share one. texts: by label."""
    found = {}
    for label, text in texts.items():
        found.setdefault(frame(text), []).append(label)
    return {words: labels for words, labels in found.items() if len(labels) > 1}


def test_no_two_quarters_open_alike():
    """The first points of thirteen reports are thirteen sentences, and alike without their numbers only where it is the
    same that is clear, of which a gain is the strongest, or where no year before can be told yet.
    """
    first = {label: part.splitlines()[1] for label, part in kept().items()}
    assert len(first) == len(set(first.values())) == 13
    for words, labels in alike(first).items():
        first_year = all(label.startswith("FY2012") for label in labels) and "a year before" not in words
        assert first_year or "percentage points were gained in awareness" in words, (words, labels)


def test_no_two_quarters_say_the_same():
    """All main points of a quarter together, without their numbers, are those of no other; but of the first year's two
    first quarters, of which everything that there is to say is how much was done.
    """
    whole = {label: part.split("\n", 1)[1] for label, part in kept().items()}
    assert [*alike(whole).values()] in ([], [["FY2012Q1", "FY2012Q2"]])


def test_numbers_do_not_make_two_sentences():
    """The tests above can fail."""
    said = {"a": "38 events (1,066 [u] a year before), 5% more than in May 2012.", "b": "94 events (9 a year before)."}
    assert frame(said["a"]) == "events a year before more than in"
    assert alike(said | {"c": "7 events (none a year before).", "d": "−8.5% events (12 a year before)."}) == {
        "events a year before": ["b", "d"]
    }
