"""The synthetic records about people and their assistance look like a project at work."""

from collections import Counter, defaultdict
from datetime import timedelta

import pytest

from tests.demonstration.plain import ACTUAL, NOT_RECORDED, by_quarter, day, quarter, share, six_months_after

# People


def test_people_screened(persons):
    """About 230 people are screened; most are victims, some may be, a few are not."""
    found = Counter(row["status"] for row in persons.values())
    assert 220 <= len(persons) <= 240 and 180 <= found[ACTUAL] <= 190
    assert found["PossibleVictimOfTrafficking"] > found["NotAVictimOfTrafficking"] > 5


def test_quarters_of_newly_assisted(first_help):
    """Between 4 and 18 people begin to be assisted in a quarter, and more each year."""
    counts = by_quarter(first_help.values())
    assert min(counts) >= 4 and max(counts) <= 18 and len(set(counts)) > 8
    assert [sum(counts[:4]), sum(counts[4:8]), sum(counts[8:12]), counts[12]] == [28, 45, 60, 16]


def test_women_and_men(actual):
    """Somewhat more women than men, and a few whose sex was not recorded, in two ways."""
    sexes = Counter(row["sex"] for row in actual)
    assert 0.50 < sexes["Feminine"] / len(actual) < 0.60
    assert 0.38 < sexes["Masculine"] / len(actual) < 0.48
    assert 1 <= sexes["NonSpecifiedUnknown"] <= 2 and sexes[""] >= 2


@pytest.mark.parametrize("end", ["2013-09-30", "2014-09-30"])
def test_few_without_sex_to_date(actual, first_help, end):
    """At each later year end between two and six people have no sex recorded, project to date."""
    unknown = [row for row in actual if row["sex"] in NOT_RECORDED]
    identified = sum(row["date_identified"] <= end for row in unknown)
    assisted = sum(first_help.get(row["person_id"], "9999") <= end for row in unknown)
    assert 2 <= identified <= 6 and 2 <= assisted <= 6


@pytest.mark.parametrize("field", ["age_group", "oblast", "exploitation", "country"])
def test_some_facts_are_missing(actual, field):
    """Of a few victims the age group, oblast, exploitation or country was not recorded."""
    assert 1 <= sum(not row[field] for row in actual) <= 10


def test_exploitation_of_men_and_women(actual):
    """Men mostly in forced labour, women as much in sexual exploitation, other forms rare."""
    forms = {
        sex: Counter(row["exploitation"] for row in actual if row["sex"] == sex) for sex in ("Feminine", "Masculine")
    }
    men, women = forms["Masculine"], forms["Feminine"]
    assert 0.75 < men["ForcedLabour"] / men.total() < 0.95
    assert women["SexualExploitation"] > women["ForcedLabour"] > 20
    assert all(count["Servitude"] + count["Other"] <= 8 for count in forms.values())


def test_countries_of_exploitation(actual):
    """Labour is exploited in Russia and Kazakhstan; Türkiye and the Emirates are another story."""
    labour = [row for row in actual if row["exploitation"] == "ForcedLabour"]
    assert share(labour, lambda row: row["country"] in ("RU", "KZ")) > 0.8
    gulf = [row for row in actual if row["country"] in ("TR", "AE")]
    assert share(gulf, lambda row: row["exploitation"] == "SexualExploitation") > 0.8


def test_children_are_few_and_not_abroad_for_work(actual):
    """A few victims are under 18, most of them begging or working, most of them at home."""
    minors = [row for row in actual if row["age_group"] == "0-17"]
    assert 5 <= len(minors) <= 20
    forms = Counter(row["exploitation"] for row in minors)
    assert forms["ForcedBegging"] + forms["ForcedLabour"] > len(minors) / 2
    assert share(minors, lambda row: row["country"] == "KG") > 0.5


# Assistance


def test_first_help_follows_identification(tables, persons, first_help):
    """Nobody is served before identification, and help begins within forty days."""
    for row in tables["services"]:
        assert row["date"] >= persons[row["person_id"]]["date_identified"]
    for person, started in first_help.items():
        waited = day(started) - day(persons[person]["date_identified"])
        assert timedelta(0) <= waited <= timedelta(40)


def test_services_repeat(tables, first_help):
    """About ten services to a person, often several in a day, some of them of the same kind."""
    rows = [row for row in tables["services"] if row["person_id"] in first_help]
    assert 9 <= len(rows) / len(first_help) <= 11
    days = Counter((row["person_id"], row["date"]) for row in rows)
    kinds = Counter((row["person_id"], row["date"], row["service"]) for row in rows)
    assert sum(count > 1 for count in days.values()) > 200
    assert sum(count > 1 for count in kinds.values()) > 50


def test_help_crosses_fiscal_years(tables, first_help):
    """Many people are served in more than one fiscal year."""
    years = defaultdict(set)
    for row in tables["services"]:
        years[row["person_id"]].add(quarter(row["date"]) // 4)
    assert sum(len(served) > 1 for served in years.values()) > 30


def test_livelihood_comes_later(tables, first_help):
    """People are sheltered and healed first; earning a living follows after two months."""
    for row in tables["services"]:
        if row["service"] == "Livelihood":
            assert day(row["date"]) - day(first_help[row["person_id"]]) >= timedelta(60)


def test_some_grow_older_while_helped(tables, persons):
    """The age group of a service is that of identification or the next, and never goes back."""
    ages = ["0-17", "18-24", "25-34", "35-49", "50+"]
    moved = set()
    for row in tables["services"]:
        before = persons[row["person_id"]]["age_group"]
        if row["age_group"] != before:
            assert ages.index(row["age_group"]) == ages.index(before) + 1
            moved.add(row["person_id"])
        else:
            assert row["person_id"] not in moved
    assert 2 <= len(moved) <= 12


def test_only_those_who_can_help_do(tables):
    """Services are given by civil society organisations and health services only."""
    types = {row["organisation_id"]: row["type"] for row in tables["organisations"]}
    given = {types[row["organisation_id"]] for row in tables["services"]}
    assert given == {"NGO", "HealthServiceOrganisation"}


def test_some_services_do_not_count(tables, persons, first_help):
    """Possible victims, and victims who only had a ticket or a meal, are served but not counted."""
    others = {row["person_id"] for row in tables["services"]} - set(first_help)
    statuses = Counter(persons[person]["status"] for person in others)
    assert statuses[ACTUAL] >= 10 and statuses["PossibleVictimOfTrafficking"] >= 4


def test_returns(tables, persons):
    """60 to 75 returns from where people were exploited, two people twice, each with its ticket."""
    rows = tables["returns"]
    assert 60 <= len(rows) <= 75
    assert sorted(Counter(row["person_id"] for row in rows).values())[-3:] == [1, 2, 2]
    assert all(row["country_from"] == persons[row["person_id"]]["country"] for row in rows)
    travel = [row for row in tables["services"] if row["service"] == "TravelHome"]
    tickets = {(row["person_id"], row["date"]) for row in travel}
    assert {(row["person_id"], row["date"]) for row in rows} <= tickets


def test_plans(tables, first_help):
    """Plans start after the first help; a closed plan ran 4 to 14 months and has an outcome."""
    rows = tables["plans"]
    assert 120 <= len(rows) <= 140
    for row in rows:
        assert row["started"] >= first_help[row["person_id"]]
        assert bool(row["closed"]) == bool(row["outcome"])
        if row["closed"]:
            assert 120 <= (day(row["closed"]) - day(row["started"])).days <= 427
    closed = [row for row in rows if row["closed"]]
    assert 0.6 < share(closed, lambda row: row["outcome"] == "Completed") < 0.8


def test_follow_ups_fall_due_after_six_months(tables, first_help):
    """One follow-up for each person assisted, on the same day of the sixth month."""
    due = {row["person_id"]: day(row["due_date"]) for row in tables["follow_ups"]}
    assert due == {person: six_months_after(first) for person, first in first_help.items()}
    assert len(tables["follow_ups"]) == len(due)


def test_follow_ups_are_held_about_then(tables):
    """Three of four due are held within 5 days before to 40 after, a few in a later quarter."""
    due = [row for row in tables["follow_ups"] if row["due_date"] <= "2014-12-31"]
    held = [row for row in tables["follow_ups"] if row["held"]]
    assert 0.68 < len(held) / len(due) < 0.82
    late = [(day(row["held"]) - day(row["due_date"])).days for row in held]
    assert min(late) >= -5 and max(late) <= 40
    assert sum(quarter(row["held"]) > quarter(row["due_date"]) for row in held) >= 3


def test_referrals(tables, persons):
    """120 to 160 referrals in both directions, none before identification."""
    rows = tables["referrals"]
    ways = Counter(row["direction"] for row in rows)
    assert 120 <= len(rows) <= 160 and min(ways["ToGovernment"], ways["ToCivilSociety"]) > 40
    assert all(row["date"] >= persons[row["person_id"]]["date_identified"] for row in rows)
