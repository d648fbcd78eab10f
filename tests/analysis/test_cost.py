"""What it cost: spending against funding and time, and what was spent for each result."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from ctanalysis import evaluate, narrative
from ctanalysis.analysis.cost import execution, unit_costs
from tests.conftest import evaluated
from tests.generators import small

SPENT = 'measure = "sum"\ntable = "rows"\ncolumn = "amount"\ndate = "day"\ndisaggregate = ["line"]'
HELD = 'measure = "count"\ntable = "rows"\ndate = "day"\nwhere = { done = true }'
COSTS = '[[costs]]\nline = "Prevention"\nper = "y"'
QUARTERS = ("2011-11-01", "2012-02-01", "2012-05-01", "2012-08-01")
EACH = "{0} 30 Prevention true\n{0} 20 Protection true\n"
MONEY = "".join(map(EACH.format, QUARTERS))


def project(folder, table=MONEY, facts=COSTS, spending='spending = "x"', targets="x,FY2012,250,.,\n"):
    small.write(folder, f"day amount line done\n{table}", SPENT, targets=targets)
    small.add_sheet(folder, "y", HELD, "Events held", "event")
    return small.say(folder, facts, spending)


def said(folder, period):
    return narrative.cost(evaluate(period, folder)).plain.splitlines()


def test_a_year_of_spending(tmp_path):
    """$200 of $1,000 in a year of four; 50 a quarter, and 800 left for twelve quarters: 67 each, a finding says."""
    points = narrative.points(evaluate("FY2012", project(tmp_path / "q"))).plain
    assert (
        "20% of the funding is spent, with 25% of the project's time over; of the 250 US dollars for the fiscal year "
        "that has ended, 80% was spent. To use the rest takes 67 US dollars in each of the 12 quarters left; "
        "the most ever spent in one is 50."
    ) in points
    assert said(project(tmp_path / "p"), "FY2012") == [
        "By 30 September 2012, 200 of 1,000 US dollars were spent. What is left is 800. The last four quarters took 50 "
        "each on average; the most in one quarter was 50 (October–December 2011).",
        "Costs are joint: these are no prices, and rank nothing:",
        "Spending on prevention for each event: 15.00 US dollars to date.",
    ]


def test_a_quarter_beside_all_of_it(tmp_path):
    more = MONEY + "2012-11-01 90 Prevention true\n2012-11-02 - Prevention true\n"
    assert said(project(tmp_path / "p", more), "FY2013Q1")[-1] == (
        "Spending on prevention for each event: 45.00 [u] US dollars in the period (by the records that came), "
        "21.00 [u] to date (by the records that came)."
    )


def test_the_first_quarter_has_no_burn_rate(tmp_path):
    found = said(project(tmp_path / "p", targets=""), "FY2012Q1")
    assert found[0] == "By 31 December 2011, 50 of 1,000 US dollars were spent. What is left is 950."
    assert found[1].startswith("Costs are joint")


def test_within_a_quarter_nobody_knows_what_is_left_of_it(tmp_path):
    """A month that ends no quarter has neither quarters left nor what each would need."""
    folder = project(tmp_path / "p")
    found = execution(evaluate("2012-11", folder).known)
    assert found.quarters_left == 0 and found.needed is None
    assert "quarters left" not in narrative.points(evaluate("2012-11", folder)).plain
    assert execution(evaluate("2012-12", folder).known).quarters_left == 11


def test_more_than_the_funding(tmp_path):
    found = said(project(tmp_path / "p", MONEY + "2012-08-02 900 Protection false\n"), "FY2012")
    assert found[1] == "More was spent than the funding: by 100."


def test_the_last_quarters_of_the_project(tmp_path):
    folder = project(tmp_path / "p", MONEY.replace("2011-", "2013-").replace("2012-", "2014-"), targets="")
    path = folder / "project.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("end = 2015-09-30", "end = 2014-12-31"), encoding="utf-8")
    points = narrative.points(evaluate("FY2014", folder)).plain
    assert "To use the rest takes 800 US dollars in the one quarter that is left" in points
    found = execution(evaluate("FY2015Q1", folder).known)
    assert found.needed is None and found.elapsed == 1


def test_no_spending_is_named(tmp_path):
    assert said(project(tmp_path / "p", facts="", spending=""), "FY2012") == [
        "What was spent is not told: the project names no indicator of spending."
    ]


def test_nothing_was_spent(tmp_path):
    """Nothing is 0 %, and costs nothing for each; nothing done has no cost for each."""
    found = said(project(tmp_path / "p", "2011-11-01 0 Prevention true\n"), "FY2012")
    assert found[0].startswith("By 30 September 2012, 0 of 1,000 US dollars were spent.")
    assert found[-1] == "Spending on prevention for each event: 0.00 US dollars to date."
    assert unit_costs(evaluate("FY2012", project(tmp_path / "q", "2011-11-01 5 Prevention false\n")).known) == ()


def test_records_that_did_not_come(tmp_path):
    """Of a quarter without its books there is no burn rate, nor is it the most; what is told is by those that came."""
    known = evaluate("FY2012", project(tmp_path / "p")).known
    lacks = {("x", "2012-07-01", "2012-09-30"): "without a part", ("x", "2011-10-01", "2012-09-30"): "without a part"}
    partly = replace(known, lacks=lacks)
    found = execution(partly)
    assert not found.has_burn and found.most.start.isoformat() == "2011-10-01"
    text = narrative.cost(SimpleNamespace(known=partly, project=known.project, period=known.period)).plain
    assert "200 of 1,000 US dollars were spent by the records that came." in text
    assert "for each event: 15.00 US dollars to date (by the records that came)." in text


def test_nothing_was_received(tmp_path):
    """Books that are due and never came are no spending of nothing."""
    folder = tmp_path / "p"
    small.write(folder, "day amount line done\n2012-11-01 5 Prevention true", SPENT, due="quarter")
    small.add_sheet(folder, "y", HELD, "Events held", "event")
    small.say(folder, COSTS, 'spending = "x"')
    assert said(folder, "FY2012") == ["What was spent is not told: there is no number of it."]


def test_in_the_shipped_project(evaluation):
    """21 % of the year's budget in its first quarter; what each that is left would take is beyond the most."""
    text = narrative.points(evaluation).plain
    assert "of this fiscal year’s 206,414 US dollars, 21% is spent, with 25% of the year over" in text
    assert "takes 55,121 US dollars in each of the 3 quarters left" in text
    assert "the most ever spent in one is 51,568" in text
    frame = evaluation.by("4.1", "line", "project to date").set_index("category")["value"]
    assisted = evaluation.by("2.2", horizon="project to date")["value"].item()
    [protection] = [one for one, _ in unit_costs(evaluation.known) if one.counted.sheet.code == "2.2"]
    assert protection.each == pytest.approx(frame["protection"] / assisted)


@pytest.mark.long
def test_a_month_tells_no_cost_of_people_who_were_trafficked():
    """How many were assisted in a month is not told, so neither is what one cost."""
    found = unit_costs(evaluated("2014-11").known)
    assert all(now is None for to_date, now in found if to_date.counted.sheet.code == "2.2")
