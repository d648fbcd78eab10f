"""Partner organisations, how their capacity grows, and the premises that government provides."""

from datetime import date, timedelta

from data.demonstration import days
from data.demonstration.chance import Chance
from data.demonstration.tables import Row, Value, decimal, numbered

# Civil society works in every oblast; the others are where the project's partners would be.
ORGANISATIONS = (
    ("NGO", "KG-GB"), ("NGO", "KG-GB"), ("NGO", "KG-GB"), ("NGO", "KG-C"), ("NGO", "KG-O"),
    ("NGO", "KG-O"), ("NGO", "KG-J"), ("NGO", "KG-J"), ("NGO", "KG-GO"), ("NGO", "KG-B"),
    ("NGO", "KG-Y"), ("NGO", "KG-N"), ("NGO", "KG-T"),
    ("LawEnforcement", "KG-GB"), ("LawEnforcement", "KG-GO"),
    ("HealthServiceOrganisation", "KG-GB"), ("HealthServiceOrganisation", "KG-GO"),
    ("CentralGovernmentOrganisation", "KG-GB"),
    ("LocalGovernmentOrganisation", "KG-GB"), ("LocalGovernmentOrganisation", "KG-GO"),
    ("SchoolOrCollege", "KG-C"), ("SchoolOrCollege", "KG-J"),
)  # fmt: skip

NAMES = {
    "LawEnforcement": "Police unit",
    "HealthServiceOrganisation": "Health centre",
    "CentralGovernmentOrganisation": "Government department",
    "LocalGovernmentOrganisation": "Local administration",
    "SchoolOrCollege": "School",
}

# Place, use, provider, first day, day given back, US dollars a month, and the day of its one rise.
# The hotline and both cities are provided for at the end; two agreements ended earlier, so that
# the state on the last day of a quarter both rises and falls.
PREMISES = (
    ("KG-GB", "HotlineOffice", "CentralGovernmentOrganisation",
     date(2011, 11, 1), None, 420, date(2013, 1, 1)),
    ("KG-GB", "Shelter", "LocalGovernmentOrganisation",
     date(2012, 2, 1), None, 560, date(2013, 10, 1)),
    ("KG-GO", "Shelter", "LocalGovernmentOrganisation",
     date(2012, 3, 15), None, 380, date(2014, 1, 1)),
    ("KG-J", "Shelter", "LocalGovernmentOrganisation",
     date(2012, 6, 1), date(2013, 5, 31), 240, date(2013, 1, 1)),
    ("KG-GO", "HotlineOffice", "LocalGovernmentOrganisation",
     date(2012, 9, 1), date(2013, 11, 15), 190, date(2013, 7, 1)),
    ("KG-GB", "Shelter", "CentralGovernmentOrganisation",
     date(2013, 4, 1), None, 610, date(2014, 4, 1)),
    ("KG-GO", "Shelter", "LocalGovernmentOrganisation",
     date(2014, 7, 1), None, 330, date(2014, 10, 1)),
)  # fmt: skip
RISE = 40


def organisations() -> list[Row]:
    """The partner organisations: kind, seat, and a name that says that it is synthetic."""
    kinds = [kind for kind, _ in ORGANISATIONS]
    rows: list[Row] = [
        {"name": _name(kind, kinds[:before].count(kind)), "type": kind, "seat": seat}
        for before, (kind, seat) in enumerate(ORGANISATIONS)
    ]
    return numbered(rows, "organisation_id", "ORG{:02}")


def _name(kind: str, before: int) -> str:
    if kind == "NGO":
        return f"Partner organisation {chr(ord('A') + before)} (synthetic)"
    return f"{NAMES[kind]} {before + 1} (synthetic)"


def assessments(chance: Chance, organisations: list[Row]) -> list[Row]:
    """Every civil society organisation about once a year, from the first year on."""
    rows = [
        row
        for organisation in organisations
        if organisation["type"] == "NGO"
        for row in _course(chance, organisation["organisation_id"])
    ]
    return numbered(rows, "assessment_id", "AS{:03}", by=["date", "organisation_id"])


def _course(chance: Chance, organisation: Value) -> list[Row]:
    """One organisation's assessments; its pace is its own, and some never get far."""
    day = date(2012, 1, 10) + timedelta(chance.between(0, 240))
    points, pace = chance.between(380, 560), chance.pick({5: 3, 55: 6, 95: 4})
    scores, rows = [], []
    while day <= days.LAST:
        score = None if chance.happens(8) else points
        scores += [] if score is None else [score]
        rows.append(_assessment(organisation, days.working_day(day, -1), score, scores))
        day += timedelta(chance.between(320, 400))
        points = min(points + pace + chance.between(-30, 40), 850)
    return rows


def _assessment(organisation: Value, day: date, score: int | None, scores: list[int]) -> Row:
    return {
        "organisation_id": organisation,
        "date": day,
        "score": None if score is None else decimal(score, 1),
        "improved": score is not None and score >= scores[0] + 100,
    }


def premises() -> list[Row]:
    """The premises that government provides: where, for what, by whom, from when to when."""
    fields = ("place", "use", "provider", "start", "end")
    rows: list[Row] = [dict(zip(fields, terms, strict=False)) for terms in PREMISES]
    return numbered(rows, "premises_id", "PR{:02}")


def support(chance: Chance, premises: list[Row]) -> list[Row]:
    """The rent of each month, dated on its last day or on the day of giving back."""
    rows: list[Row] = []
    for place, (*_, start, end, rent, rise) in zip(premises, PREMISES, strict=True):
        for month in days.month_ends(start, end or days.LAST):
            value = None if chance.happens(5) else rent + (RISE if month >= rise else 0)
            day = min(month, end or month)
            rows.append({"premises_id": place["premises_id"], "date": day, "value_usd": value})
    return numbered(rows, "support_id", "SU{:03}", by=["date", "premises_id"])
