"""What was done for each person: the way home, services, a plan, a follow-up, referrals."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from data.demonstration import days
from data.demonstration.chance import Chance
from data.demonstration.people import ACTUAL, NOT, POSSIBLE, Person
from data.demonstration.tables import Row, Value, day_of, numbered

# Safety and health come first; learning and earning come later.
FIRST = {"SocialCare": 58, "Health": 34, "Legal": 8}
EARLY = {"SocialCare": 42, "Health": 30, "Legal": 12, "OneOff": 8, "Education": 4, "Financial": 4}
LATE = {
    "Livelihood": 26, "SocialCare": 22, "Health": 14, "Education": 14,
    "Legal": 12, "Financial": 10, "OneOff": 2,
}  # fmt: skip
EARLY_DAYS = 60

OLDER = {"0-17": "18-24", "18-24": "25-34", "25-34": "35-49", "35-49": "50+"}
# Where people of each oblast reach a health service of the project; the others go to Bishkek.
SOUTH = ("KG-B", "KG-GO", "KG-J", "KG-O")

ASSISTED_RETURNS, OTHER_RETURNS = 56, 10


def returns(chance: Chance, persons: list[Person]) -> list[Row]:
    """Arrivals between identification and the first help at home; two people return twice."""
    abroad = [p for p in persons if p.status == ACTUAL and p.country not in (None, "KG")]
    home = chance.sample([p for p in abroad if p.assisted], ASSISTED_RETURNS)
    home += chance.sample([p for p in abroad if not p.assisted], OTHER_RETURNS)
    rows = [_return(person, _arrival(chance, person)) for person in home]
    again = [rows[8], rows[21]]
    rows += [{**row, "date": day_of(row, "date") + timedelta(chance.between(200, 400))} for row in again]
    return numbered(rows, "return_id", "R{:03}", by=["date", "person_id"])


def _arrival(chance: Chance, person: Person) -> date:
    before = person.assisted or min(person.identified + timedelta(30), days.LAST)
    return person.identified + timedelta(chance.between(0, (before - person.identified).days))


def _return(person: Person, day: date) -> Row:
    return {"person_id": person.person_id, "date": day, "country_from": person.country}


def services(chance: Chance, persons: list[Person], returns: list[Row], organisations: list[Row]) -> list[Row]:
    """Every service that somebody received, the way home of each return among them."""
    rows = []
    for person in persons:
        home = [day_of(row, "date") for row in returns if row["person_id"] == person.person_id]
        received = [(day, "TravelHome") for day in home] + _received(chance, person, bool(home))
        rows += _services(chance, person, received, organisations)
    return numbered(rows, "service_id", "S{:05}", by=["date", "person_id"])


def _received(chance: Chance, person: Person, returned: bool) -> list[tuple[date, str]]:
    """The days and kinds of a person's services, other than the way home from abroad."""
    if person.assisted:
        return list(_rehabilitation(chance, person.assisted))
    soon = days.working_day(person.identified + timedelta(chance.between(0, 25)))
    if person.status == POSSIBLE and chance.happens(30):
        return [(soon, chance.pick(EARLY)) for _ in range(chance.between(1, 4))]
    # Not assisted as a victim: a meal or a ticket at most.
    if person.status == ACTUAL and not returned and chance.happens(40):
        return [(soon, chance.pick({"OneOff": 70, "TravelHome": 30}))]
    return []


def _rehabilitation(chance: Chance, first: date) -> Iterator[tuple[date, str]]:
    """Visits over some months; several services in a visit, sometimes of the same kind."""
    yield first, chance.pick(FIRST)
    day = first
    for _ in range(chance.between(3, 9)):
        kinds = EARLY if day < first + timedelta(EARLY_DAYS) else LATE
        yield from ((day, kind) for kind in chance.picks(kinds, chance.pick({1: 52, 2: 32, 3: 16})))
        day = days.working_day(day + timedelta(chance.between(4, 42)))


def _services(
    chance: Chance,
    person: Person,
    received: Iterable[tuple[date, str]],
    organisations: list[Row],
) -> list[Row]:
    partner, clinic = _partner(chance, person, organisations), _clinic(person, organisations)
    birthday = person.identified + timedelta(chance.between(40, 160))
    older = OLDER.get(person.age_group or "") if chance.happens(7) else None
    return [
        {
            "person_id": person.person_id,
            "date": day,
            "service": _suited(kind, person),
            "age_group": older if older and day >= birthday else person.age_group,
            "organisation_id": clinic if kind == "Health" and chance.happens(40) else partner,
        }
        for day, kind in received
        if day <= days.LAST
    ]


def _suited(kind: str, person: Person) -> str:
    """Children are taught, not set up in business."""
    return "Education" if kind == "Livelihood" and person.age_group == "0-17" else kind


def _partner(chance: Chance, person: Person, organisations: list[Row]) -> Value:
    """One civil society organisation keeps the case: one of the person's oblast, where known."""
    oblast = person.oblast or "KG-GB"
    near = [o for o in organisations if o["type"] == "NGO" and o["seat"] == oblast]
    return near[chance.below(len(near))]["organisation_id"]


def _clinic(person: Person, organisations: list[Row]) -> Value:
    city = "KG-GO" if person.oblast in SOUTH else "KG-GB"
    clinics = [o for o in organisations if o["type"] == "HealthServiceOrganisation"]
    return next(o["organisation_id"] for o in clinics if o["seat"] == city)


def plans(chance: Chance, persons: list[Person]) -> list[Row]:
    """Plans for most of those assisted, closed after four months to a little over a year."""
    rows = []
    for person in persons:
        if person.assisted and chance.happens(88):
            started = days.working_day(person.assisted + timedelta(chance.between(5, 40)))
            rows += [_plan(chance, person, started)] if started <= days.LAST else []
    return numbered(rows, "plan_id", "PL{:03}", by=["started", "person_id"])


def _plan(chance: Chance, person: Person, started: date) -> Row:
    closed = days.working_day(started + timedelta(chance.between(122, 416)))
    outcome = chance.pick({"Completed": 70, "Interrupted": 18, "LostContact": 12})
    runs = closed > days.LAST
    return {
        "person_id": person.person_id,
        "started": started,
        "closed": None if runs else closed,
        "outcome": None if runs else outcome,
    }


def follow_ups(chance: Chance, persons: list[Person]) -> list[Row]:
    """Due six months after the first assistance; held about then, or never, or not yet."""
    rows: list[Row] = []
    for person in persons:
        if person.assisted:
            due = days.months_later(person.assisted, 6)
            held = due + timedelta(chance.between(-5, 40))
            recorded = chance.happens(78) and held <= days.LAST
            rows.append({"person_id": person.person_id, "due_date": due, "held": held if recorded else None})
    return numbered(rows, "follow_up_id", "F{:03}", by=["due_date", "person_id"])


def referrals(chance: Chance, persons: list[Person]) -> list[Row]:
    """To civil society when others find a person; to government for papers and benefits."""
    rows = []
    for person in persons:
        if person.identified_by != "NGO" and chance.happens(78):
            rows.append(_referral(chance, person, "ToCivilSociety", 12))
        if person.status != NOT and chance.happens(29):
            rows.append(_referral(chance, person, "ToGovernment", 150))
    covered = [row for row in rows if day_of(row, "date") <= days.LAST]
    return numbered(covered, "referral_id", "RF{:03}", by=["date", "person_id"])


def _referral(chance: Chance, person: Person, direction: str, within: int) -> Row:
    day = days.working_day(person.identified + timedelta(chance.between(0, within)))
    return {"person_id": person.person_id, "date": day, "direction": direction}
