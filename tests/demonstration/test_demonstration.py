"""The synthetic records reconcile with what was published and look like a project at work.

Everything is counted here in plain Python from the CSV files, without the package's calculations.
"""

import csv
import json
import shutil
import tomllib
from calendar import monthrange
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest

from data import demonstration

DATA = Path(__file__).parents[2] / "data"
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
FIRST, LAST = date(2011, 10, 1), date(2014, 12, 31)
ACTUAL = "ActualVictimOfTrafficking"
NOT_RECORDED = ("", "NonSpecifiedUnknown")


def read(folder: Path) -> dict[str, list[dict[str, str]]]:
    tables = {}
    for name, resource in RESOURCES.items():
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            tables[name] = list(csv.DictReader(file))
    return tables


def day(text: str) -> date:
    return date.fromisoformat(text)


def quarter(text: str) -> int:
    """0 is FY2012Q1, October to December 2011; 12 is FY2015Q1."""
    return (day(text).year - 2011) * 4 + (day(text).month - 10) // 3


def by_quarter(dates) -> list[int]:
    counts = Counter(map(quarter, dates))
    return [counts[number] for number in range(13)]


def share(rows, test) -> float:
    return sum(1 for row in rows if test(row)) / len(rows)


@pytest.fixture(scope="module")
def tables():
    return read(DATA)


@pytest.fixture(scope="module")
def raising(tables):
    """Awareness-raising events by their code."""
    rows = tables["events"]
    return {row["event_id"]: row for row in rows if row["kind"] == "AwarenessRaising"}


@pytest.fixture(scope="module")
def sizes(tables, raising):
    """Participants of each awareness-raising event."""
    counts = Counter()
    for row in tables["attendance"]:
        if row["event_id"] in raising:
            counts[row["event_id"]] += int(row["participants"])
    return counts


@pytest.fixture(scope="module")
def persons(tables):
    return {row["person_id"]: row for row in tables["victims"]}


@pytest.fixture(scope="module")
def first_help(tables, persons):
    """The day on which each assisted person began to be, as sheet 2.2 defines it."""
    paths = (DATA / "indicators").glob("*.toml")
    sheets = [tomllib.loads(path.read_text(encoding="utf-8")) for path in paths]
    where = next(sheet for sheet in sheets if sheet["code"] == "2.2")["calculation"]["where"]
    firsts = {}
    for row in sorted(tables["services"], key=lambda row: (row["date"], row["service_id"])):
        if row["service"] in where["service"]:
            if persons[row["person_id"]]["status"] in where["status"]:
                firsts.setdefault(row["person_id"], row["date"])
    return firsts


@pytest.fixture(scope="module")
def actual(persons):
    return [row for row in persons.values() if row["status"] == ACTUAL]


# The bytes


def test_made_again_the_records_are_the_shipped_bytes(tmp_path):
    """Whoever makes the records again gets exactly the shipped files."""
    shutil.copy(DATA / "datapackage.json", tmp_path)
    demonstration.write(tmp_path)
    for resource in RESOURCES.values():
        made, shipped = tmp_path / resource["path"], DATA / resource["path"]
        assert made.read_bytes() == shipped.read_bytes(), resource["path"]
    assert (tmp_path / "deliveries.csv").read_bytes() == (DATA / "deliveries.csv").read_bytes()


def test_records_of_every_quarter_were_sent_and_nearly_all_in_time():
    """Each table but the list of organisations is sent once a quarter, after its end; two deliveries are more than 30 days late on purpose."""
    with (DATA / "deliveries.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    paths = [resource["path"] for name, resource in RESOURCES.items() if name != "organisations"]
    labels = [f"FY{2012 + number // 4}Q{number % 4 + 1}" for number in range(13)]
    assert [(row["period"], row["file"]) for row in rows] == [(label, path) for label in labels for path in paths]
    ends = [date(2011 + (number + 3) // 4, (number + 3) % 4 * 3 + 3, 1) for number in range(13)]
    days = [(day(row["sent"]) - day(month_end(ends[labels.index(row["period"])].isoformat()))).days for row in rows]
    assert all(number > 0 for number in days) and sum(number > 30 for number in days) == 2


def test_files_are_plain_csv():
    """Every file is UTF-8 without a mark, with one line end and the schema's columns in order."""
    for resource in RESOURCES.values():
        content = (DATA / resource["path"]).read_bytes()
        header = ",".join(field["name"] for field in resource["schema"]["fields"])
        assert content.startswith(header.encode() + b"\n")
        assert b"\r" not in content and content.endswith(b"\n")


# What was published


def test_935_awareness_raising_events(raising):
    """As published, 935 awareness-raising events were held by the end of 2014."""
    assert len(raising) == 935


def test_117535_participants(sizes):
    """As published, 117,535 participants came to the awareness-raising events."""
    assert sum(sizes.values()) == 117_535


def test_13394_consultations(tables):
    """As published, the hotline gave 13,394 consultations."""
    assert len(tables["consultations"]) == 13_394


def test_149_people_assisted(first_help):
    """As published, 149 victims of trafficking received rehabilitation or reintegration."""
    assert len(first_help) == 149


def test_premises_in_both_cities(tables):
    """At the end of 2014 there are shelters in Bishkek and Osh and the hotline has its office."""
    standing = {(row["place"], row["use"]) for row in tables["premises"] if not row["end"]}
    expected = {("KG-GB", "Shelter"), ("KG-GO", "Shelter"), ("KG-GB", "HotlineOffice")}
    assert standing == expected


def test_spending_is_within_the_funding(tables):
    """By the end of 2014, 570,000 to 620,000 of the 746,414 US dollars are spent."""
    spent = sum(Decimal(row["amount_usd"]) for row in tables["expenditures"])
    assert 570_000 < spent < 620_000


# The schema


@pytest.mark.parametrize("name", RESOURCES)
def test_keys_are_unique(tables, name):
    """No two rows of a table have the same code."""
    keys = RESOURCES[name]["schema"]["primaryKey"]
    codes = [tuple(row[key] for key in keys) for row in tables[name]]
    assert codes and len(codes) == len(set(codes))


@pytest.mark.parametrize("name", RESOURCES)
def test_references_resolve(tables, name):
    """Every event, person, organisation and premises that a row names exists."""
    for key in RESOURCES[name]["schema"].get("foreignKeys", []):
        (field,), (other,) = key["fields"], key["reference"]["fields"]
        known = {row[other] for row in tables[key["reference"]["resource"]]}
        assert {row[field] for row in tables[name]} <= known


@pytest.mark.parametrize("name", RESOURCES)
def test_required_fields_are_filled(tables, name):
    """What must be known is known in every row."""
    for field in RESOURCES[name]["schema"]["fields"]:
        if field.get("constraints", {}).get("required"):
            assert all(row[field["name"]] for row in tables[name]), field["name"]


@pytest.mark.parametrize("name", RESOURCES)
def test_categories_are_declared(tables, name):
    """A closed list has no other values than those declared, or those that mean not recorded."""
    for field in RESOURCES[name]["schema"]["fields"]:
        if "categories" in field:
            known = {category["value"] for category in field["categories"]}
            known |= set(field.get("missingValues", [""]))
            assert {row[field["name"]] for row in tables[name]} <= known, field["name"]


@pytest.mark.parametrize("name", RESOURCES)
def test_types_are_those_declared(tables, name):
    """Days are ISO days, numbers are numbers and yes or no is written true or false."""
    readers = {
        "string": str,
        "date": day,
        "integer": int,
        "number": Decimal,
        "boolean": {"true": True, "false": False}.__getitem__,
    }
    for field in RESOURCES[name]["schema"]["fields"]:
        read_value = readers[field["type"]]
        for text in (row[field["name"]] for row in tables[name]):
            assert text == text.strip()
            if text:
                read_value(text)


def test_all_days_are_in_the_span_of_the_records(tables):
    """Only a follow-up may lie after the last day of the records, because it is yet to fall due."""
    project = tomllib.loads((DATA / "project.toml").read_text(encoding="utf-8"))
    assert (project["start"], project["records_through"]) == (FIRST, LAST)
    for name, resource in RESOURCES.items():
        for field in resource["schema"]["fields"]:
            if field["type"] == "date" and field["name"] != "due_date":
                dates = [day(row[field["name"]]) for row in tables[name] if row[field["name"]]]
                assert min(dates) >= FIRST and max(dates) <= LAST, (name, field["name"])


def test_rows_stand_in_the_order_of_their_codes(tables):
    """Codes count up from the first row to the last, and days never go back."""
    for name, rows in tables.items():
        codes = [row[RESOURCES[name]["schema"]["primaryKey"][0]] for row in rows]
        assert codes == sorted(codes)
        if "date" in rows[0]:
            assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)


def test_names_say_that_they_are_invented(tables):
    """No organisation could be taken for a real one."""
    assert all(row["name"].endswith("(synthetic)") for row in tables["organisations"])


# Prevention


def test_other_events_are_extra(tables):
    """Advocacy, debates, information and trainings come on top of the public events."""
    kinds = Counter(row["kind"] for row in tables["events"])
    assert 70 <= kinds["Advocacy"] + kinds["PolicyDebate"] + kinds["Information"] <= 90
    assert 35 <= kinds["Training"] <= 45


def test_events_start_slowly(raising):
    """The first two quarters have far fewer events than the same quarters a year later."""
    counts = by_quarter(row["date"] for row in raising.values())
    assert 0 < counts[0] < counts[4] / 2 and counts[1] < counts[5] / 2
    assert len(set(counts)) > 9


def test_events_follow_the_seasons(raising):
    """January, July and August are quiet; each month of autumn and spring is busier than they."""
    months = Counter(day(row["date"]).month for row in raising.values())
    quiet = max(months[month] for month in (1, 7, 8))
    assert quiet < min(months[month] for month in (2, 3, 4, 5, 10, 11))


def test_events_are_held_on_working_days(raising):
    """Few events at weekends, next to none around New Year, several on a busy day."""
    dates = [day(row["date"]) for row in raising.values()]
    assert 0 < sum(date.weekday() > 4 for date in dates) / len(dates) < 0.1
    new_year = [d for d in dates if (d.month, d.day) == (12, 31) or (d.month == 1 and d.day < 6)]
    assert len(new_year) <= 2
    assert max(Counter(dates).values()) >= 4


def test_no_school_events_in_the_holidays(tables):
    """Nothing is held in schools in July and August."""
    held = {day(r["date"]).month for r in tables["events"] if r["audience"] == "SchoolsAndColleges"}
    assert not held & {7, 8} and len(held) == 10


def test_events_are_where_people_live(raising):
    """The large oblasts have most of the events, Naryn and Talas a few."""
    places = Counter(row["oblast"] for row in raising.values())
    assert len(places) == 9
    assert {place for place, _ in places.most_common(4)} == {"KG-O", "KG-J", "KG-C", "KG-GB"}
    assert {place for place, _ in places.most_common()[-2:]} == {"KG-N", "KG-T"}


def test_events_are_of_all_sizes(sizes):
    """From about twenty people to an information day of about six hundred."""
    assert 15 <= min(sizes.values()) <= 30 and 450 <= max(sizes.values()) <= 650
    assert len(sizes) == 935 and sum(size > 350 for size in sizes.values()) < 60


def test_attendance_is_told_by_groups(tables, raising):
    """Somewhat more women than men; sex or age missing in a few groups, sometimes both."""
    rows = [row for row in tables["attendance"] if row["event_id"] in raising]
    people = Counter()
    for row in rows:
        people[row["sex"]] += int(row["participants"])
    assert 0.52 < people["Feminine"] / (people["Feminine"] + people["Masculine"]) < 0.58
    assert 0.02 < share(rows, lambda row: not row["sex"] or not row["age_group"]) < 0.04
    assert any(not row["sex"] and not row["age_group"] for row in rows)
    assert len(rows) > 4 * 935


def test_schools_bring_the_young(tables, raising):
    """At school events most participants are under 25, at the others most are not."""
    young, everyone = Counter(), Counter()
    for row in tables["attendance"]:
        if row["event_id"] in raising:
            school = raising[row["event_id"]]["audience"] == "SchoolsAndColleges"
            everyone[school] += int(row["participants"])
            young[school] += int(row["participants"]) * (row["age_group"] in ("10-17", "18-24"))
    assert young[True] / everyone[True] > 0.8 and young[False] / everyone[False] < 0.5


def test_questionnaires_come_from_those_who_attended(tables, raising):
    """At about 150 public events, no group answers more often than it attended."""
    groups = defaultdict(int)
    for row in tables["attendance"]:
        groups[row["event_id"], row["sex"], row["age_group"]] += int(row["participants"])
    rows = tables["questionnaires"]
    answers = Counter((row["event_id"], row["sex"], row["age_group"]) for row in rows)
    assert 3000 <= len(rows) <= 4000
    assert {row["event_id"] for row in rows} <= set(raising)
    assert 140 <= len({row["event_id"] for row in rows}) <= 160
    assert all(count <= groups[group] for group, count in answers.items())
    assert any(not row["sex"] for row in rows) and any(not row["age_group"] for row in rows)


def test_awareness_improves_slowly(tables, raising):
    """Each year somewhat more are aware before and after; in no quarter all or none are."""
    rows = tables["questionnaires"]
    quarters = {row["questionnaire_id"]: quarter(raising[row["event_id"]]["date"]) for row in rows}
    for field, low, high in (("aware_before", 0.30, 0.50), ("aware_after", 0.70, 0.88)):
        years, single = defaultdict(list), defaultdict(list)
        for row in rows:
            years[quarters[row["questionnaire_id"]] // 4].append(row[field] == "true")
            single[quarters[row["questionnaire_id"]]].append(row[field] == "true")
        course = [sum(years[year]) / len(years[year]) for year in range(4)]
        assert course == sorted(course) and low < course[0] and course[-1] < high
        assert len(single) == 13
        assert all(low < sum(answers) / len(answers) < high for answers in single.values())


def test_calls_peak_in_spring(tables):
    """Most call before they leave for seasonal work, from February to May, and more each year."""
    dates = [row["date"] for row in tables["consultations"]]
    months = Counter(day(text).month for text in dates)
    spring = sum(months[month] for month in (2, 3, 4, 5))
    assert 0.36 < spring / len(dates) < 0.5
    years = Counter(quarter(text) // 4 for text in dates)
    assert years[0] < years[1] < years[2]


def test_the_hotline_answers_once_it_has_an_office(tables):
    """The first consultation is not earlier than the hotline's premises."""
    offices = [row for row in tables["premises"] if row["use"] == "HotlineOffice"]
    assert min(row["date"] for row in tables["consultations"]) >= offices[0]["start"]
    assert (offices[0]["place"], offices[0]["start"]) == ("KG-GB", "2011-11-01")


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


def six_months_after(text: str) -> date:
    years, month = divmod(day(text).month + 5, 12)
    year, month = day(text).year + years, month + 1
    return date(year, month, min(day(text).day, monthrange(year, month)[1]))


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


def months_between(start: str, end: str) -> int:
    """Months from the first to the last, both included."""
    return (day(end).year - day(start).year) * 12 + day(end).month - day(start).month + 1


def month_end(text: str) -> str:
    last = monthrange(day(text).year, day(text).month)[1]
    return day(text).replace(day=last).isoformat()


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
