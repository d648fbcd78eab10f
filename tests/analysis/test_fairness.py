"""Women beside men: their share in what was done with its interval, and the gaps in what came of it."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from ctanalysis import evaluate, narrative, tables
from ctanalysis.analysis.fairness import gaps, proportions
from ctanalysis.analysis.family import claimed
from tests.conftest import evaluated
from tests.generators import small

COUNT = 'measure = "people"\ntable = "rows"\nperson = "person"\ndate = "day"\ndisaggregate = ["sex"]'
SUM = 'measure = "sum"\ntable = "rows"\ncolumn = "amount"\ndate = "day"\ndisaggregate = ["sex"]'
DONE = (
    'measure = "share"\ndisaggregate = ["sex"]\n[calculation.denominator]\nmeasure = "count"\ntable = "rows"\n'
    'date = "day"\n[calculation.numerator]\nwhere = { done = true }'
)
FAIRNESS = '[fairness]\nfield = "sex"\nshare_of = "F"\nbeside = "M"\ncalled = ["women", "men"]'


def project(folder, table, calculation, facts=FAIRNESS, **more):
    return small.say(small.write(folder, table, calculation, **more), facts)


def lines(text):
    return text.plain.splitlines()


def test_the_share_of_women_among_people(tmp_path):
    """30 women and 20 men, each counted once, and 5 of whom it is not recorded: 60 %, with Wilson's interval."""
    people = [
        (f"2011-11-01 {sex} p{sex}{number}") for sex, many in (("F", 30), ("M", 20), ("-", 5)) for number in range(many)
    ]
    evaluation = evaluate("FY2012Q1", project(tmp_path / "p", "day sex person\n" + "\n".join(people), COUNT))
    [now] = [one for one in proportions(evaluation.known) if one.of.horizon == "period"]
    assert (now.low, now.high) == pytest.approx(proportion_confint(30, 50, method="wilson"))
    assert lines(narrative.fairness(evaluation)) == [
        "Of all whose sex is recorded, in October–December 2011 (in brackets: as far as chance goes):",
        "Things counted: 60% women (46% to 72%).",
    ]
    assert tables.fairness(evaluation).tables[0].rows == (("x Things counted", "60% (46–72%)"),)


def test_participants_come_in_events(tmp_path):
    """Twenty events of ten: 200 attendances say as much as twenty, so the interval is as wide as that of 20."""
    table = "day sex amount\n" + small.rows((12, "2011-11-01 F 10"), (8, "2011-11-01 M 10"))
    evaluation = evaluate("FY2012Q1", project(tmp_path / "p", table, SUM))
    [now] = [one for one in proportions(evaluation.known) if one.of.horizon == "period"]
    assert now.share == 0.6
    assert (now.low, now.high) == pytest.approx(proportion_confint(12, 20, method="wilson"))


def test_a_gap_in_an_outcome(tmp_path):
    """Of 200 women 160 and of 200 men 80: 80 % against 40 %, with Newcombe's interval; a clear gap."""
    table = small.rows(
        (160, "2011-11-01 F true"), (40, "2011-11-01 F false"), (80, "2011-11-01 M true"), (120, "2011-11-01 M false")
    )
    evaluation = evaluate("FY2012Q1", project(tmp_path / "p", f"day sex done\n{table}", DONE))
    [gap] = gaps(evaluation.known)
    expected = confint_proportions_2indep(160, 200, 80, 200, method="newcomb")
    assert (gap.compared.low, gap.compared.high) == pytest.approx(expected, abs=0.002)  # rows are one in 399 alike
    assert lines(narrative.fairness(evaluation))[-1] == (
        "Beside each other: Things counted, 80.0% of women and 40.0% of men "
        "(a clear gap, from 31 to 48 percentage points)."
    )


def test_no_gap_where_few_answered(tmp_path):
    """Four of five women and two of five men may be chance."""
    table = small.rows(
        (4, "2011-11-01 F true"), (1, "2011-11-01 F false"), (2, "2011-11-01 M true"), (3, "2011-11-01 M false")
    )
    evaluation = evaluate("FY2012Q1", project(tmp_path / "p", f"day sex done\n{table}", DONE))
    assert "(no clear gap, from −18 to 73 percentage points)" in narrative.fairness(evaluation).plain


def test_without_evidence_nothing_is_claimed(tmp_path):
    """Fewer than ten questionnaires of participants: how alike answers are is not told, so no gap is held out."""
    table = small.rows((5, "2011-11-01 F true"), (4, "2011-11-01 M false"))
    folder = project(tmp_path / "p", f"day sex done\n{table}", DONE, disclosure="participants")
    assert gaps(evaluate("FY2012Q1", folder).known) == ()
    folder = project(
        tmp_path / "q",
        "day sex amount\n" + small.rows((4, "2011-11-01 F 30"), (4, "2011-11-01 M 20")),
        SUM,
        disclosure="participants",
    )
    evaluation = evaluate("FY2012Q1", folder)
    told = [one for one in proportions(evaluation.known) if one.of.horizon == "period"]
    assert [one.has_interval for one in told] == [False]
    assert (
        lines(narrative.fairness(evaluation))[1] == "Things counted: 60% women, and how far chance goes is not known."
    )
    assert tables.fairness(evaluation).tables[0].rows == (("x Things counted", "60%"),)


def test_what_is_said_follows_from_what_is_told(tmp_path):
    """101 women and 61 men who called, or 102 and 60, are told as about 100 and 60: the same share and interval."""
    said = []
    for women, men in ((101, 61), (102, 60)):
        table = "day sex\n" + small.rows((women, "2011-11-01 F"), (men, "2011-11-01 M"))
        calculation = 'measure = "count"\ntable = "rows"\ndate = "day"\ndisaggregate = ["sex"]'
        evaluation = evaluate("FY2012Q1", project(tmp_path / f"{women}", table, calculation, disclosure="callers"))
        said.append([(one.share, one.low, one.high) for one in proportions(evaluation.known)])
    assert said[0] == said[1]
    share, low, high = said[0][0]
    assert share == 100 / 160
    assert low < proportion_confint(100, 160, method="wilson")[0]  # 98 of 160, at the least
    assert high > proportion_confint(100, 160, method="wilson")[1]


def test_no_two_categories_are_named(tmp_path):
    folder = project(tmp_path / "p", "day sex amount\n2011-11-01 F 1", SUM, facts="")
    evaluation = evaluate("FY2012Q1", folder)
    assert lines(narrative.fairness(evaluation)) == [
        "The project names no two categories that are to be held beside each other."
    ]
    assert tables.fairness(evaluation).tables == () and proportions(evaluation.known) == gaps(evaluation.known) == ()


def test_nothing_came(tmp_path):
    folder = project(tmp_path / "p", "day sex amount\n2011-11-01 F 1", SUM)
    assert lines(narrative.fairness(evaluate("FY2013Q1", folder)))[0].startswith("Of all whose sex is recorded, in Oct")
    folder = project(tmp_path / "q", "day sex amount\n2011-11-01 - 1", SUM)
    assert lines(narrative.fairness(evaluate("FY2012Q1", folder))) == ["No number is told by sex yet."]


def test_in_the_shipped_project(evaluation):
    """Of participants and callers the quarter's, of people who were trafficked the last year's."""
    said = lines(narrative.fairness(evaluation))
    assert "or else in the last complete fiscal year" in said[0]
    assert said[1] == "Participants in awareness-raising events: 55% women and girls (44% to 66%)."
    assert said[3].endswith("50% women and girls (25% to 75%), October 2013–September 2014.")
    assert "about 81% [u] of women and girls and about 88% [u] of men and boys (no clear gap" in said[4]


def test_a_month_tells_nothing_of_people(evaluation):
    """Callers and participants have totals only in a month: the last year's shares are told."""
    told = {one.of.horizon for one in proportions(evaluated("2014-11").known)}
    assert "period" not in told and "last fiscal year" in told


numbers = st.integers(0, 500)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    table = small.rows((15, "2011-11-01 F true"), (15, "2011-11-01 M false"))
    return evaluate("FY2012Q1", project(tmp_path_factory.mktemp("p") / "p", f"day sex done\n{table}", DONE)).known


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    table = "day sex amount\n" + small.rows((12, "2011-11-01 F 1"), (8, "2011-11-01 M 1"))
    return evaluate("FY2012Q1", project(tmp_path_factory.mktemp("p") / "p", table, SUM)).known


def other(known, pair):
    """What is known, with other numbers of women and men in the period: (value, least, most)."""
    key = ("x", "period", "sex")
    women, men, *rest = known.by_key[key]
    pairs = zip((women, men), pair, strict=True)
    found = [replace(one, value=value, low=low, high=high) for one, (value, low, high) in pairs]
    changed = replace(known)
    changed.__dict__["by_key"] = known.by_key | {key: [*found, *rest]}
    return changed


@given(numbers, numbers, st.integers(0, 5))
def test_the_share_lies_in_its_interval(counted, women, men, off):
    """None, only one, all alike; rounded by so much: the interval holds the share, and is no narrower for it."""
    exact = other(counted, [(women, women, women), (men, men, men)])
    rough = other(counted, [(number, max(0, number - off), number + off) for number in (women, men)])
    found = [[one for one in proportions(known) if one.of.horizon == "period"] for known in (exact, rough)]
    assert [len(one) for one in found] == [int(women + men > 0)] * 2
    for one, wider in zip(*found, strict=True):
        assert 0 <= wider.low <= one.low <= one.share <= one.high <= wider.high <= 1


shares = st.integers(0, 100)


@given(shares, shares, st.integers(0, 100))
def test_a_gap_holds_for_all_that_both_can_be(shared, women, men, off):
    """Where the same share is possible for both, there is no gap, whatever stands in the middle."""
    pair = [(part / 100, max(0, part - off) / 100, min(100, part + off) / 100) for part in (women, men)]
    [gap] = gaps(other(shared, pair))
    assert gap.compared.low <= gap.compared.size <= gap.compared.high and 0 <= gap.compared.p <= 1
    if abs(women - men) <= 2 * off:
        assert gap.compared.p == 1
    known = other(shared, pair)
    as_evaluation = SimpleNamespace(known=known, claims=claimed(known), project=known.project, period=known.period)
    assert narrative.fairness(as_evaluation).plain


def test_what_each_interval_is_of_is_said_beside_it():
    """Of women assisted 50–58 % is what rounding leaves, 42–65 % what chance does, too: each says so."""
    found = evaluated("FY2015Q1")
    assert "(65 to 73, 50–58%)" in narrative.headlines(found).plain
    assert narrative.headlines(found).plain.endswith("In brackets: what rounding leaves.")
    [table] = tables.fairness(found).tables
    assert "54% (42–65%)" in [cell for row in table.rows for cell in row]
    assert "chance, clusters and rounding leave" in table.notes[0] and "a later report may give" in table.notes[0]
    assert "In brackets" not in narrative.headlines(evaluated("FY2013H1")).plain
