"""The synthetic events, participants and calls look like a project at work."""

from collections import Counter, defaultdict

from tests.demonstration.plain import by_quarter, day, quarter, share

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
