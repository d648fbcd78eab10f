"""The people whom partners screened: who they are, what happened to them, when they were found."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from data.demonstration import days
from data.demonstration.chance import Chance
from data.demonstration.tables import Row

ACTUAL = "ActualVictimOfTrafficking"
POSSIBLE = "PossibleVictimOfTrafficking"
NOT = "NotAVictimOfTrafficking"

# People who began to be assisted, by quarter of the project: a slow start, then more each year.
# They add up to the 149 that were published.
NEWLY_ASSISTED = (4, 6, 7, 11, 9, 13, 10, 13, 14, 18, 12, 16, 16)
# Screened but not assisted as victims: they declined, moved on, or were not found to be victims.
NOT_ASSISTED = {ACTUAL: 36, POSSIBLE: 33, NOT: 12}

# Whose sex was not recorded, by the order in which they were found, and what stands there instead.
# Placed, not drawn: each year end then has a few, which is the case that disclosure control fears.
SEX_NOT_RECORDED: dict[str, dict[int, str | None]] = {
    "assisted": {16: None, 39: None, 61: "NonSpecifiedUnknown", 89: None, 117: None},
    ACTUAL: {18: "NonSpecifiedUnknown"},
    POSSIBLE: {20: None},
    NOT: {},
}

OBLASTS = {
    "KG-O": 26, "KG-J": 22, "KG-C": 14, "KG-B": 12, "KG-GB": 8,
    "KG-Y": 6, "KG-GO": 5, "KG-N": 4, "KG-T": 3,
}  # fmt: skip
AGES = {"0-17": 7, "18-24": 27, "25-34": 36, "35-49": 24, "50+": 6}
IDENTIFIED_BY = {
    "NGO": 56, "LawEnforcement": 16, "CentralGovernmentOrganisation": 10,
    "LocalGovernmentOrganisation": 9, "HealthServiceOrganisation": 6, "SchoolOrCollege": 3,
}  # fmt: skip

MINOR = {"ForcedBegging": 48, "ForcedLabour": 40, "SexualExploitation": 12}
ADULT = {
    "Feminine": {
        "SexualExploitation": 50, "ForcedLabour": 42, "Servitude": 4, "ForcedBegging": 2,
        "Other": 2,
    },
    "Masculine": {
        "ForcedLabour": 92, "ForcedBegging": 3, "Servitude": 2, "Other": 2,
        "SexualExploitation": 1,
    },
}  # fmt: skip
COUNTRIES = {
    "ForcedLabour": {"RU": 58, "KZ": 33, "KG": 5, "Other": 3, "TR": 1},
    "SexualExploitation": {"TR": 37, "AE": 25, "RU": 20, "KZ": 12, "KG": 6},
    "ForcedBegging": {"KG": 55, "RU": 30, "KZ": 15},
    "Servitude": {"RU": 40, "KZ": 25, "KG": 20, "Other": 15},
    "Other": {"RU": 50, "KZ": 30, "Other": 20},
}
MINOR_COUNTRIES = {"KG": 70, "RU": 18, "KZ": 12}


@dataclass(frozen=True)
class Person:
    """A person as recorded, and the day of the first rehabilitation service, if there was one."""

    identified: date
    assisted: date | None
    status: str
    sex: str | None
    age_group: str | None
    oblast: str | None
    exploitation: str | None
    country: str | None
    identified_by: str
    person_id: str = ""


def people(chance: Chance) -> list[Person]:
    """Everyone screened, numbered in the order of identification."""
    persons = _assisted(chance) + [person for status in NOT_ASSISTED for person in _not_assisted(chance, status)]
    persons.sort(key=lambda person: person.identified)
    return [replace(person, person_id=f"P{number:04}") for number, person in enumerate(persons, 1)]


def _assisted(chance: Chance) -> list[Person]:
    first_days = [
        day
        for number, count in enumerate(NEWLY_ASSISTED)
        for day in sorted(chance.picks(_working_days({number}), count))
    ]
    dated = [(_identified_before(chance, day), day) for day in first_days]
    return _without_sex([_person(chance, ACTUAL, *pair) for pair in dated], "assisted")


def _not_assisted(chance: Chance, status: str) -> list[Person]:
    chosen = chance.picks(_working_days(set(range(len(NEWLY_ASSISTED)))), NOT_ASSISTED[status])
    return _without_sex([_person(chance, status, day, None) for day in sorted(chosen)], status)


def _working_days(quarters: set[int]) -> dict[date, int]:
    """Working days of these quarters; the more are assisted in a quarter, the more are found."""
    pace = [count if number in quarters else 0 for number, count in enumerate(NEWLY_ASSISTED)]
    return days.weights([1] * 12, pace, [1, 1, 1, 1, 1, 0, 0])


def _identified_before(chance: Chance, first_day: date) -> date:
    """Most are helped within two weeks of identification, nobody after more than forty days."""
    waited = min(chance.between(0, 32), chance.between(0, 32))
    # The project began on a Saturday.
    earliest = days.working_day(days.FIRST)
    return max(days.working_day(first_day - timedelta(waited), -1), earliest)


def _person(chance: Chance, status: str, identified: date, assisted: date | None) -> Person:
    sex = chance.pick({"Feminine": 56, "Masculine": 44})
    age = chance.pick(AGES)
    exploitation = chance.pick(MINOR if age == "0-17" else ADULT[sex])
    country = chance.pick(MINOR_COUNTRIES if age == "0-17" else COUNTRIES[exploitation])
    exploited = status != NOT  # otherwise there was no exploitation to record
    return Person(
        identified,
        assisted,
        status,
        sex,
        age_group=_recorded(chance, age),
        oblast=_recorded(chance, chance.pick(OBLASTS)),
        exploitation=_recorded(chance, exploitation) if exploited else None,
        country=_recorded(chance, country) if exploited else None,
        identified_by=chance.pick(IDENTIFIED_BY),
    )


def _recorded(chance: Chance, value: str) -> str | None:
    """What the form says: now and then, nothing."""
    return None if chance.happens(3) else value


def _without_sex(persons: list[Person], group: str) -> list[Person]:
    hidden = SEX_NOT_RECORDED[group]
    return [replace(person, sex=hidden.get(order, person.sex)) for order, person in enumerate(persons)]


def victims(persons: list[Person]) -> list[Row]:
    """The table of everyone screened, a row for each."""
    return [
        {
            "person_id": person.person_id,
            "date_identified": person.identified,
            "status": person.status,
            "sex": person.sex,
            "age_group": person.age_group,
            "oblast": person.oblast,
            "exploitation": person.exploitation,
            "country": person.country,
            "identified_by": person.identified_by,
        }
        for person in persons
    ]
