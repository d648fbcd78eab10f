"""The synthetic organisations, premises and spending look like a project at work."""

from collections import Counter
from decimal import Decimal
from itertools import groupby

from tests.demonstration.plain import month_end, months_between, quarter

# Cooperation and spending


def test_organisations(tables):
    """About 22 organisations; civil society works in every oblast."""
    rows = tables["organisations"]
    civil = [row for row in rows if row["type"] == "NGO"]
    assert len(rows) == 22 and len(civil) == 13
    assert len({row["seat"] for row in civil}) == 9
    assert len({row["type"] for row in rows}) == 6


def test_improvement_is_ten_points_above_the_first_score(tables):
    """Improved says what the scores say; an assessment without a score is never an improvement."""
    improved = set()
    rows = sorted(tables["assessments"], key=lambda row: (row["organisation_id"], row["date"]))
    for organisation, course in groupby(rows, key=lambda row: row["organisation_id"]):
        scores = []
        for row in course:
            score = Decimal(row["score"]) if row["score"] else None
            scores += [] if score is None else [score]
            expected = score is not None and score >= scores[0] + 10
            assert row["improved"] == ("true" if expected else "false")
            improved |= {organisation} if expected else set()
    assert 4 <= len(improved) <= 11


def test_assessments_are_yearly(tables):
    """Each civil society organisation is assessed about once a year, and nobody else is."""
    civil = {row["organisation_id"] for row in tables["organisations"] if row["type"] == "NGO"}
    rows = tables["assessments"]
    counts = Counter(row["organisation_id"] for row in rows)
    assert set(counts) == civil and set(counts.values()) <= {3, 4}
    scores = [Decimal(row["score"]) for row in rows if row["score"]]
    assert min(scores) >= 35 and max(scores) <= 85
    assert all(score.as_tuple().exponent == -1 for score in scores)
    assert 1 <= len(rows) - len(scores) <= 5


def test_premises_come_and_go(tables):
    """The number standing rises and falls; premises in Jalal-Abad were given back."""
    rows = tables["premises"]
    assert 5 <= len(rows) <= 7
    assert all(not row["end"] or row["end"] >= row["start"] for row in rows)
    assert any(row["place"] == "KG-J" and row["end"] for row in rows)
    ends = ["2011-12-31", "2012-06-30", "2013-06-30", "2013-12-31", "2014-09-30"]
    levels = [sum(row["start"] <= end and (not row["end"] or row["end"] > end) for row in rows) for end in ends]
    assert levels[0] < levels[1] < levels[2] > levels[3] < levels[4]


def test_rent_of_every_month(tables):
    """Each premises has one value a month while it is provided, which rises at most once."""
    for place in tables["premises"]:
        rows = [r for r in tables["support"] if r["premises_id"] == place["premises_id"]]
        months = [row["date"][:7] for row in rows]
        last = place["end"] or "2014-12-31"
        assert (months[0], months[-1]) == (place["start"][:7], last[:7])
        assert len(months) == len(set(months)) == months_between(place["start"], last)
        assert rows[-1]["date"] == last
        assert all(row["date"] == month_end(row["date"]) for row in rows[:-1])
        values = [int(row["value_usd"]) for row in rows if row["value_usd"]]
        assert values == sorted(values) and len(set(values)) == 2
        assert values[0] >= 150 and values[-1] <= 700


def test_some_months_were_not_estimated(tables):
    """In a few months nobody estimated the rent."""
    assert 3 <= sum(not row["value_usd"] for row in tables["support"]) <= 15


def test_four_lines_a_month(tables):
    """Every month has each budget line once, on its last day, in dollars and cents."""
    rows = tables["expenditures"]
    assert len(rows) == 39 * 4 == len({(row["date"], row["line"]) for row in rows})
    assert all(row["date"] == month_end(row["date"]) for row in rows)
    assert all(row["amount_usd"][-3] == "." for row in rows)


def test_spending_starts_low_and_is_corrected(tables):
    """The first quarter costs least, and one or two entries book something back."""
    quarters = Counter()
    for row in tables["expenditures"]:
        quarters[quarter(row["date"])] += Decimal(row["amount_usd"])
    assert min(quarters, key=quarters.__getitem__) == 0
    assert 1 <= sum(row["amount_usd"].startswith("-") for row in tables["expenditures"]) <= 2
