"""How often a report claims what is chance, and how often it sees what is none, in simulated reports."""

import subprocess
import sys

import pytest

from ctanalysis.analysis.claims import clear, clear_in_groups, together
from ctanalysis.analysis.family import claimed
from ctanalysis.analysis.findings import findings
from ctanalysis.analysis.statistics import power
from tests.bench import erring
from tests.conftest import ROOT, evaluated
from tests.generators import simulated_reports


@pytest.mark.long
def test_where_nothing_changed_at_most_one_report_in_twenty_claims_anything():
    """1,000 reports, seed 14; the page has the same figure."""
    found = erring.unchanged()
    assert found.reports == 1000 and found.claiming <= 50
    assert f"{found.claiming} of {found.reports:,} reports claim anything" in erring.PAGE.read_text(encoding="utf-8")


@pytest.mark.long
@pytest.mark.parametrize("change", ["events twice as many", "consultations twice as many"])
def test_a_doubling_at_the_usual_counts_is_seen(change):
    """In at least 95 of 100 reports, seed 14; the page has the same figure."""
    share = erring.seen(*erring.CHANGES[change])
    assert share >= 0.95
    assert f"| {change} | {share:.1%} |" in erring.PAGE.read_text(encoding="utf-8")


def test_the_page_has_the_power_for_few_people():
    """Computed anew: docs/methods.md is not stale."""
    assert erring.of_people() in erring.PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("count", [5, 10, 15, 20, 30, 40])
def test_too_few_to_say_follows_from_the_power(count):
    """Where it is said the exact test would miss a doubling in more than one case of five, and nowhere else."""
    too_few = power.least_ratio_seen(count) > power.DOUBLING
    assert too_few == (erring.power_of(count, 2) < power.SEEN)


def test_a_simulated_report_is_like_the_shipped_one():
    """It asks the same questions, and its findings can be told; another seed is another report."""
    shipped = {(one.kind, one.code) for one in claimed(evaluated("FY2015Q1").known).all}
    kind, residents = simulated_reports.Kind(), simulated_reports.shares_of_residents()
    drawn = [simulated_reports.drawn(erring.np.random.default_rng(seed), kind, residents) for seed in (14, 14, 15)]
    found = [simulated_reports.known_of(world, kind) for world in drawn]
    asked = [{(one.kind, one.code) for one in claimed(known).all} for known in found]
    assert len(shipped - asked[0]) <= 3 and found[0].series == found[1].series != found[2].series
    assert findings(found[0], claimed(found[0]))


def test_regions_are_one_question():
    """Nine regions, one of them at 0.004, beside one comparison: as a group 9 x 0.004 = 0.036, above 0.05 / 2.

    At 0.002 it is clear: 0.018; its own level is then 0.05 / 2, of which a ninth is 0.0028.
    """
    others = [0.1 * place for place in range(2, 10)]
    assert together([0.004, *others]) == pytest.approx(0.036)
    assert clear_in_groups([[0.004, *others], [0.5]]) == [[False] * 9, [False]]
    assert clear_in_groups([[0.002, *others], [0.5]]) == [[True, *[False] * 8], [False]]


def test_groups_of_one_are_the_procedure_of_benjamini_and_hochberg():
    """As many groups as questions: nothing is different."""
    p_values = [0.001, 0.2, 0.012, 0.04, 0.9]
    assert clear_in_groups([[p] for p in p_values]) == [[found] for found in clear(p_values)]
    assert clear_in_groups([]) == []


def test_a_rate_and_its_number_count_once():
    """Events, and events per 100,000 residents: two numbers of one question, clear or not together with it."""
    of = claimed(evaluated("FY2015Q1").known)
    codes = {one.code for one in of.all if one.kind == "change"}
    assert {"1.1", "1.8"} <= codes
    residents = simulated_reports.shares_of_residents()
    kind = simulated_reports.Kind(times={"1.1": 2.5})
    known = simulated_reports.known_of(simulated_reports.drawn(erring.np.random.default_rng(1), kind, residents), kind)
    assert claimed(known).is_clear("change", "1.1", "same period last year")
    assert claimed(known).is_clear("change", "1.8", "same period last year")


@pytest.mark.long
def test_no_analysis_imports_statsmodels_or_scipy_stats():
    """Both take longer to import than all analyses take; statsmodels is for tests alone."""
    code = (
        "import sys, ctanalysis as ct; from ctanalysis import narrative; one = ct.evaluate('FY2015Q1'); "
        "one.claims; one.findings; narrative.points(one); narrative.reach(one); "
        "narrative.area(one, 'prevention'); narrative.signals(one, 'prevention'); narrative.paces(one, 'prevention'); "
        "print(sorted({'statsmodels', 'scipy.stats'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr
