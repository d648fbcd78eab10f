"""How much was done for so many residents of each region, and which regions stand out by more than chance."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctanalysis import evaluate, narrative, tables
from ctanalysis.analysis.family import claimed
from ctanalysis.analysis.reach import reaches
from tests.conftest import evaluated
from tests.generators import residents, small
from tests.oracles import reach as oracle

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"\ndisaggregate = ["region"]'
SUM = 'measure = "sum"\ntable = "rows"\ncolumn = "amount"\ndate = "day"\ndisaggregate = ["region"]'
QUARTERS = ("2011-11-01", "2012-02-01", "2012-05-01", "2012-08-01")
LIVE = {"north": 100_000, "south": 100_000, "west": 200_000}
INTRODUCTION = (
    "Rates are for 100,000 residents, to 30 September 2012; first that of all regions. A region stands out where it "
    "differs from all others by more than chance, uneven quarters and clusters allowed for."
)


def project(folder, each_quarter, calculation=COUNT, disclosure="open", live=LIVE, quarters=QUARTERS):
    """A project in which each of four quarters had so many things in each region: {"north": 30}."""
    table = small.rows(*[(number, f"{day} {region} 1") for day in quarters for region, number in each_quarter.items()])
    small.write(folder, f"day region amount\n{table}", calculation, disclosure=disclosure)
    rows = [(year, region, number) for year in (2011, 2012) for region, number in live.items()]
    return residents.write(folder, rows, ["region"])


def lines(text):
    return text.plain.splitlines()


def regions(evaluation):
    [found] = reaches(evaluation.known)
    return {one.name: one for one in found.regions}


@pytest.fixture(scope="module")
def north(tmp_path_factory):
    """In a year 120 things in the north, 40 in the south, 80 in the west, where twice as many live."""
    return evaluate("FY2012", project(tmp_path_factory.mktemp("p") / "p", {"north": 30, "south": 10, "west": 20}))


def test_one_region_has_three_times_the_rate_of_the_others(north):
    """120 of 100,000 people against 120 of 300,000: three times as many, and by far more than chance."""
    assert lines(narrative.reach(north)) == [
        INTRODUCTION,
        "x Things counted, by region: 60; the most in north (120), the fewest in west (40). "
        "north stands out, with 3.0 times the rate of the others (2.0 to 4.6). "
        "west stands out, with 0.50 times the rate of the others (0.32 to 0.77).",
    ]


def test_the_same_as_a_table(north):
    [table] = tables.reach(north, "work").tables
    assert table.header[:4] == ("Region", "Number", "Residents, mean", "For 100,000")
    assert [row[:4] for row in table.rows] == [
        ("north", "120", "100,000", "120.0"),
        ("south", "40", "100,000", "40.0"),
        ("west", "80", "200,000", "40.0"),
    ]
    assert table.rows[0][5] == "3.00"


def test_rates_tests_and_limits_are_those_of_the_definitions(tmp_path):
    """Residents weighted by days, a binomial test of the region's part, limits of Poisson's distribution."""
    live = {"north": 90_000, "south": 110_000, "west": 200_000}
    folder = project(tmp_path / "p", {"north": 15, "south": 10, "west": 20}, live=live)
    rows = [(year, name, number + 5_000 * (year - 2011)) for year in (2011, 2012) for name, number in live.items()]
    residents.write(folder, rows, ["region"])
    [found] = reaches(evaluate("FY2012", folder).known)
    assert found.spread == (1.0, 3)  # four equal quarters
    mean = {
        name: oracle.mean_residents({2011: number, 2012: number + 5_000}, date(2011, 10, 1), date(2012, 9, 30))
        for name, number in live.items()
    }
    numbers = {"north": 60, "south": 40, "west": 80}
    for one in found.regions:
        others = sum(mean.values()) - mean[one.name]
        assert one.residents == pytest.approx(mean[one.name])
        assert one.rate == pytest.approx(numbers[one.name] / mean[one.name] * 100_000)
        expected = oracle.two_sided(numbers[one.name], 180 - numbers[one.name], mean[one.name], others, degrees=3)
        assert one.compared.p == pytest.approx(expected)
    known = replace(found, spread=found.spread._replace(degrees=float("inf")))
    low, high = (rate * 60_000 / 100_000 for rate in known.limits(60_000))
    least, most = oracle.limits(known.rate * 60_000 / 100_000)
    assert least - 1 <= low <= least and most - 1 <= high <= most
    wider = found.limits(60_000)
    assert wider[0] <= known.limits(60_000)[0] and wider[1] > known.limits(60_000)[1]  # from four quarters only


def test_all_alike(tmp_path):
    evaluation = evaluate("FY2012", project(tmp_path / "p", {"north": 5, "south": 5, "west": 10}))
    assert lines(narrative.reach(evaluation))[1:] == [
        "x Things counted, by region: 20, the same in all that are told.",
        "None stands out: x.",
    ]
    assert {one.compared.p for one in regions(evaluation).values()} == {1.0}


def test_everything_in_one_region(tmp_path):
    """Something against nothing has no ratio: the least that it can be is said."""
    evaluation = evaluate("FY2012", project(tmp_path / "p", {"north": 30}))
    assert lines(narrative.reach(evaluation))[1] == (
        "x Things counted, by region: 30; the most in north (120), none in south and west. north stands out, with at "
        "least 48 times the rate of the others, which have none. south stands out, with none: at most 0.19 times the "
        "rate of the others. west stands out, with none: at most 0.06 times the rate of the others."
    )
    [table] = tables.reach(evaluation, "work").tables
    assert table.rows[0][5:] == ("–", "at least 48.36")


def test_before_four_quarters_no_region_is_judged(tmp_path):
    """How numbers vary is not known yet; but of participants, whose number in each event is told."""
    folder = project(tmp_path / "p", {"north": 30, "south": 1, "west": 2}, quarters=QUARTERS[:2])
    said = lines(narrative.reach(evaluate("FY2012Q2", folder)))
    assert said[-1] == "Whether one stands out cannot be said yet, as it is not known how far chance goes: x."
    folder = project(tmp_path / "q", {"north": 30, "south": 1, "west": 2}, SUM, quarters=QUARTERS[:2])
    assert "north stands out" in narrative.reach(evaluate("FY2012Q2", folder)).plain


def test_a_region_without_anything_in_the_period(tmp_path):
    folder = project(tmp_path / "p", {"north": 4, "south": 3, "west": 9})
    with (folder / "records" / "rows.csv").open("a", encoding="utf-8") as file:
        file.write(f"z1,2012-11-01{'':,<6},north\n")
    assert lines(narrative.reach(evaluate("FY2013Q1", folder)))[1].endswith("None in this period: south and west.")


def test_nothing_is_judged_while_records_are_missing(tmp_path):
    """It would be the region of the partner that has not sent."""
    folder = project(tmp_path / "p", {"north": 30, "south": 10, "west": 20})
    known = evaluate("FY2012", folder).known
    waiting = replace(known, lacks={("x", "2011-10-01", "2012-09-30"): "without the records of a partner"})
    [found] = reaches(waiting)
    assert found.spread is None and found.limits(100_000) is None
    assert {one.compared for one in found.regions} == {None} and claimed(waiting).all == ()
    said = narrative.reach(as_evaluation(waiting)).plain
    assert "by region (without the records of a partner): 60;" in said
    assert "Whether one stands out cannot be said while records are missing: x." in said


def test_money_that_came_back_is_no_reach(tmp_path):
    folder = project(tmp_path / "p", {"north": 3, "south": 3, "west": 3}, SUM)
    path = folder / "records" / "rows.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",1,,north", ",-90,,north", 1), encoding="utf-8")
    assert reaches(evaluate("FY2012", folder).known) == ()


def test_no_residents_no_rates(tmp_path):
    folder = project(tmp_path / "p", {"north": 3, "south": 3, "west": 3})
    (folder / "population.csv").unlink()
    evaluation = evaluate("FY2012", folder)
    assert lines(narrative.reach(evaluation)) == ["Nothing is told by regions of which the residents are known."]
    assert tables.reach(evaluation, "work").tables == ()


def test_women_and_men_are_no_regions(tmp_path):
    """Their residents may be known, and they are held beside each other elsewhere."""
    folder = small.write(tmp_path / "p", "day sex\n2011-11-01 F\n2011-11-01 M", COUNT.replace("region", "sex"))
    residents.write(folder, [(2011, "F", 100), (2011, "M", 100)], ["sex"])
    assert len(reaches(evaluate("FY2012Q1", folder).known)) == 1
    small.say(folder, '[fairness]\nfield = "sex"\nshare_of = "F"\nbeside = "M"\ncalled = ["women", "men"]')
    assert reaches(evaluate("FY2012Q1", folder).known) == ()


def test_of_rounded_numbers_what_is_said_holds_for_all_that_they_can_be(tmp_path):
    """About 120 callers are 118 to 122, and about 120 elsewhere likewise: the least ratio that they can have counts."""
    folder = project(tmp_path / "p", {"north": 31, "south": 10, "west": 20}, disclosure="callers")
    north = regions(evaluate("FY2012", folder))["north"]
    value = north.number
    assert value.status == "rounded" and value.low < value.value < value.high
    [found] = reaches(evaluate("FY2012", folder).known)
    others = [one.number for one in found.regions if one.name != "north"]
    least, most = (sum(getattr(one, end) for one in others) for end in ("low", "high"))
    worst = oracle.two_sided(value.low, most, 100_000, 300_000, degrees=3)
    best = oracle.two_sided(value.high, least, 100_000, 300_000, degrees=3)
    assert north.compared.p == pytest.approx(worst) and worst > best


def test_a_region_with_few_is_in_no_rate(tmp_path):
    """Fewer than five callers are not told, nor computed from the rates of the others."""
    folder = project(tmp_path / "p", {"north": 30, "south": 10}, disclosure="callers")
    with (folder / "records" / "rows.csv").open("a", encoding="utf-8") as file:
        file.write(f"z1,2012-08-01{'':,<6},west\n")
    evaluation = evaluate("FY2012", folder)
    [found] = reaches(evaluation.known)
    assert found.hidden == ("west",) and found.rate == pytest.approx(80)
    assert "the fewest of those told in south (40)" in narrative.reach(evaluation).plain
    assert "Too few to be told, and in no rate: west." in narrative.reach(evaluation).plain
    assert tables.reach(evaluation, "work").tables[0].rows[2][3] == "–"


@pytest.mark.few(2)
@pytest.mark.parametrize("period", ["FY2015Q1", "FY2014", "2014-11", "LOP", "FY2012Q1"])
def test_nothing_of_people_who_were_trafficked_is_told_by_region(period):
    """Neither a rate nor a claim of a region, in any period; nor a gap between women and men."""
    evaluation = evaluated(period)
    audited = {sheet.code for sheet in evaluation.project.sheets if evaluation.project.disclosure_rule(sheet).audited}
    assert audited
    assert not audited & {one.sheet.code for one in reaches(evaluation.known)}
    assert not audited & {one.code for one in evaluation.claims.all if one.kind in ("region", "gap")}


def as_evaluation(known):
    """What narratives ask of an evaluation, of what is known alone."""
    return SimpleNamespace(known=known, claims=claimed(known), project=known.project, period=known.period)


def made_up(known, numbers):
    """What is known, with other numbers by region: None is one that is too small to be told."""
    key = ("x", "project to date", "region")
    found = [
        replace(one, value=float("nan"), low=0, high=4, status="fewer than 5")
        if number is None
        else replace(one, value=number, low=number, high=number)
        for one, number in zip(known.by_key[key], [*numbers, 0], strict=True)  # 0: not recorded
    ]
    other = replace(known)
    other.__dict__["by_key"] = known.by_key | {key: found}
    return other


@given(st.lists(st.none() | st.integers(0, 5_000), min_size=3, max_size=3))
def test_whatever_the_numbers_are(north, numbers):
    """Nothing, one region, all hidden, all equal: p-values are such, and sentences can be read."""
    known = made_up(north.known, numbers)
    found = reaches(known)
    told = [number for number in numbers if number is not None]
    assert bool(found) == (len(told) > 1 and sum(told) > 0)
    for one in (region for reach in found for region in reach.told):
        assert 0 <= one.compared.p <= 1 and one.compared.low <= one.compared.size <= one.compared.high
    assert narrative.reach(as_evaluation(known)).plain
    if found and len({region.rate for region in found[0].told}) == 1:
        assert not claimed(known).clear()


def test_an_interval_by_itself_is_no_claim():
    """Of consultations three regions' intervals leave out that they are like the others, and none stands out: why."""
    found = evaluated("FY2015Q1")
    notes = {one.caption[:3]: " ".join(map(str, one.notes)) for one in tables.reach(found, "prevention").tables}
    assert (
        "the intervals of Batken, Naryn, and Talas leave out that they are like the others. They do not" in notes["1.3"]
    )
    assert "By themselves" not in notes["1.1"] and "Bishkek" not in notes["1.6"]
