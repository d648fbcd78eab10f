"""Events, who came to them and what they had learned, and the calls to the hotline."""

from datetime import date

from data.demonstration import days
from data.demonstration.chance import Chance, share_out
from data.demonstration.tables import Row, Value, day_of, number_of, numbered, text_of

# What was published: the records must add up to exactly this.
PARTICIPANTS = 117_535
CONSULTATIONS = 13_394
EVENTS = {
    "AwarenessRaising": 935, "Advocacy": 30, "PolicyDebate": 18, "Information": 34, "Training": 40,
}  # fmt: skip

# From January to December, Monday to Sunday, and over the thirteen quarters.
EVENT_MONTHS = (5, 11, 12, 12, 11, 7, 3, 3, 8, 13, 12, 8)
EVENT_WEEK = (10, 12, 12, 12, 11, 2, 1)
EVENT_QUARTERS = (3, 6, 8, 9, 9, 10, 10, 9, 10, 10, 11, 10, 10)
# People ask before they leave for seasonal work.
CALL_MONTHS = (8, 11, 13, 13, 11, 8, 6, 7, 8, 8, 7, 6)
CALL_WEEK = (11, 10, 10, 10, 10, 5, 3)
CALL_QUARTERS = (3, 6, 8, 9, 9, 10, 10, 11, 12, 12, 13, 14, 15)
HOTLINE_OPENS = date(2011, 11, 1)  # the first day of its office

OBLASTS = {
    "KG-O": 22, "KG-J": 19, "KG-C": 15, "KG-GB": 15, "KG-B": 10,
    "KG-Y": 7, "KG-GO": 6, "KG-N": 3, "KG-T": 3,
}  # fmt: skip
CAPITAL_FIRST = {
    "KG-GB": 52, "KG-GO": 14, "KG-O": 8, "KG-J": 8, "KG-C": 7,
    "KG-B": 4, "KG-Y": 4, "KG-N": 2, "KG-T": 1,
}  # fmt: skip
AUDIENCES = {
    "AwarenessRaising": {
        "SchoolsAndColleges": 42, "Communities": 30, "MigrantsAndFamilies": 24, "Officials": 3,
        "Media": 1,
    },
    "Advocacy": {"Officials": 80, "Media": 20},
    "PolicyDebate": {"Officials": 85, "Media": 15},
    "Information": {"Media": 50, "Officials": 30, "Communities": 20},
    "Training": {"Officials": 92, "Media": 8},
}  # fmt: skip
ORGANISERS = {
    "NGO": 12, "SchoolOrCollege": 2, "LocalGovernmentOrganisation": 2,
    "CentralGovernmentOrganisation": 1, "LawEnforcement": 1, "HealthServiceOrganisation": 1,
}  # fmt: skip

SIZES = {(20, 60): 28, (61, 120): 37, (121, 200): 22, (201, 350): 10, (351, 580): 3}
AGE_GROUPS = ("10-17", "18-24", "25-49", "50+")
AGES = {
    "SchoolsAndColleges": (74, 18, 7, 1),
    "MigrantsAndFamilies": (4, 34, 50, 12),
    "Communities": (14, 24, 44, 18),
    "Officials": (0, 8, 70, 22),
    "Media": (0, 20, 65, 15),
}
# Per thousand groups counted: whether sex and age group were noted.
NOTED = {(True, True): 970, (False, True): 12, (True, False): 12, (False, False): 6}

SURVEYED = 150
# By fiscal year: per cent aware before, and per cent of the others whom the event made aware.
AWARE_BEFORE = (36, 39, 42, 44)
MADE_AWARE = (62, 66, 70, 74)

TOPICS = {
    "SafeMigration": 42, "JobOffer": 20, "Documents": 16, "Other": 10, "MissingRelative": 7,
    "Assistance": 5,
}  # fmt: skip
CALLERS = {"Masculine": 47, "Feminine": 46, None: 7}


def events(chance: Chance, organisations: list[Row]) -> list[Row]:
    """The published number of events of each kind, spread over the project's seasons."""
    season = days.weights(EVENT_MONTHS, EVENT_QUARTERS, EVENT_WEEK)
    rows = [
        _event(chance, kind, day, organisations)
        for kind, count in EVENTS.items()
        for day in chance.picks(season, count)
    ]
    return numbered(rows, "event_id", "EV{:04}", by=["date"])


def _event(chance: Chance, kind: str, day: date, organisations: list[Row]) -> Row:
    oblast = chance.pick(OBLASTS if kind == "AwarenessRaising" else CAPITAL_FIRST)
    audience = chance.pick(_audiences(kind, day))
    return {
        "date": day,
        "kind": kind,
        "audience": audience,
        "oblast": oblast,
        "organisation_id": _organiser(chance, audience, oblast, organisations),
    }


def _audiences(kind: str, day: date) -> dict[str, int]:
    """Whom an event may be for: schools are closed in July and August."""
    closed = ("SchoolsAndColleges",) if day.month in (7, 8) else ()
    return {name: weight for name, weight in AUDIENCES[kind].items() if name not in closed}


def _organiser(chance: Chance, audience: str, oblast: str, organisations: list[Row]) -> Value:
    """An organisation of the oblast, mostly of civil society; schools organise for schools."""
    near = {
        row["organisation_id"]: ORGANISERS[text_of(row, "type")]
        for row in organisations
        if row["seat"] == oblast and (row["type"] != "SchoolOrCollege" or audience == "SchoolsAndColleges")
    }
    return chance.pick(near)


def attendance(chance: Chance, events: list[Row]) -> list[Row]:
    """Counts by sex and age group: of all public events, and of some of the others."""
    public = [event for event in events if event["kind"] == "AwarenessRaising"]
    sizes = dict(zip((e["event_id"] for e in public), _sizes(chance, len(public)), strict=True))
    others = [event for event in events if event["kind"] != "AwarenessRaising"]
    sizes |= {e["event_id"]: chance.between(12, 60) for e in others if chance.happens(60)}
    counted = [event for event in events if event["event_id"] in sizes]
    rows = [row for event in counted for row in _groups(chance, event, sizes[event["event_id"]])]
    return numbered(rows, "attendance_id", "A{:05}")


def _sizes(chance: Chance, count: int) -> list[int]:
    """Sizes that vary widely and add up to exactly the published number of participants."""
    return share_out(PARTICIPANTS, [chance.between(*band) for band in chance.picks(SIZES, count)])


def _groups(chance: Chance, event: Row, size: int) -> list[Row]:
    women = chance.between(38, 72)
    ages = [share * chance.between(60, 140) for share in AGES[text_of(event, "audience")]]
    groups = [(sex, age) for sex in ("Feminine", "Masculine") for age in AGE_GROUPS]
    counts = share_out(size, [part * age for part in (women, 100 - women) for age in ages])
    return [
        {"event_id": event["event_id"], **_noted(chance, *group), "participants": count}
        for group, count in zip(groups, counts, strict=True)
        if count
    ]


def _noted(chance: Chance, sex: str, age_group: str) -> Row:
    sex_noted, age_noted = chance.pick(NOTED)
    return {"sex": sex if sex_noted else None, "age_group": age_group if age_noted else None}


def questionnaires(chance: Chance, events: list[Row], attendance: list[Row]) -> list[Row]:
    """Answers of some of the participants of some of the public events."""
    public = [event for event in events if event["kind"] == "AwarenessRaising"]
    rows = []
    for event in chance.sample(public, SURVEYED):
        people = [
            (row["sex"], row["age_group"])
            for row in attendance
            if row["event_id"] == event["event_id"]
            for _ in range(number_of(row, "participants"))
        ]
        answered = chance.sample(people, min(chance.between(12, 36), len(people)))
        rows += _answers(chance, event, answered)
    return numbered(rows, "questionnaire_id", "Q{:04}")


def _answers(chance: Chance, event: Row, answered: list[tuple[Value, Value]]) -> list[Row]:
    """Some audiences know more, some events teach better; a few unlearn what they knew."""
    year = days.quarter(day_of(event, "date")) // 4
    knew = AWARE_BEFORE[year] + chance.between(-7, 7)
    learned = MADE_AWARE[year] + chance.between(-7, 7)
    rows: list[Row] = []
    for sex, age_group in answered:
        before = chance.happens(knew)
        after = chance.happens(95 if before else learned)
        row = {"sex": sex, "age_group": age_group, "aware_before": before, "aware_after": after}
        rows.append({"event_id": event["event_id"], **row})
    return rows


def consultations(chance: Chance) -> list[Row]:
    """The published number of calls to the hotline, from the day on which it opened."""
    season = days.weights(CALL_MONTHS, CALL_QUARTERS, CALL_WEEK)
    open_days = {day: weight for day, weight in season.items() if day >= HOTLINE_OPENS}
    called = sorted(chance.picks(open_days, CONSULTATIONS))
    topics = chance.picks(TOPICS, CONSULTATIONS)
    callers = chance.picks(CALLERS, CONSULTATIONS)
    places = chance.picks({**OBLASTS, None: 12}, CONSULTATIONS)
    calls = zip(called, topics, callers, places, strict=True)
    fields = ("date", "topic", "sex", "oblast")
    rows = [dict(zip(fields, call, strict=True)) for call in calls]
    return numbered(rows, "consultation_id", "C{:05}")
