"""Random small linked projects with few people, for the disclosure tests:
nine indicators of one register, released one after another.

The project's files are written and read once; what differs from seed to seed - the people, what was
done for them, how many quarters there are, which breakdowns - is made in memory and goes through
the project's own calculation and its own gate. The same seed gives the same project.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

import numpy as np
import pandas as pd

from ctanalysis import indicators
from ctanalysis.disclosure import conditioned, protect
from ctanalysis.disclosure.audit import is_safe
from ctanalysis.disclosure.audit.versions import versioned
from ctanalysis.disclosure.waiting import at_nodes
from ctanalysis.disclosure.waiting.named import waiting
from ctanalysis.indicators.horizons import quarters, windows, year_ends
from ctanalysis.indicators.values import COLUMNS
from ctanalysis.project import load
from ctanalysis.project.policy import Breakdown
from tests.generators import policies, small

START = date(2011, 10, 1)
WORDS = {
    "sex": ["female", "male"],
    "kind": ["labour", "begging", "servitude"],
    "area": ["north", "south", "west"],
    "service": ["shelter", "health", "legal"],
    "stage": ["new", "old"],
}
COARSE = {
    "labour": "work",
    "servitude": "work",
    "begging": "street",
    "north": "inland",
    "south": "inland",
    "west": "coast",
}
PEOPLE = ["sex", "kind", "area"]
CALCULATIONS = {
    "once": ('measure = "people"\ntable = "people"\nperson = "person_id"\ndate = "day"', ["sex", "kind", "area"]),
    "crossed": (
        'measure = "people"\ntable = "people"\nperson = "person_id"\ndate = "day"',
        ["sex", "area", ["sex", "area"]],
    ),
    "services": ('measure = "count"\ntable = "services"\ndate = "date"', ["service", "sex"]),
    "each": (
        'measure = "people"\ncounted = "each period"\ntable = "services"\nperson = "person_id"\ndate = "date"',
        ["sex", "area"],
    ),
    "changing": (
        'measure = "people"\ncounted = "each period"\ntable = "services"\nperson = "person_id"\ndate = "date"',
        ["service", "sex"],
    ),
    "level": ('measure = "level"\ntable = "plans"\nstart = "begun"\nend = "closed"', ["sex"]),
    "share": (
        (
            'measure = "share"\nMORE\n[calculation.denominator]\nmeasure = "count"\ntable = "plans"\ndate = "begun"\n'
            "[calculation.numerator]\nwhere = { done = true }"
        ),
        ["sex", "stage"],
    ),
    "share_people": (
        (
            'measure = "share"\nMORE\n[calculation.denominator]\nmeasure = "people"\ntable = "people"\n'
            'person = "person_id"\ndate = "day"\n[calculation.numerator]\nwhere = { safe = true }'
        ),
        ["sex", "kind"],
    ),
    "women": (
        'measure = "people"\ntable = "people"\nperson = "person_id"\ndate = "day"\nwhere = { sex = "F" }',
        ["kind"],
    ),
}
CODES = {name: [word[0].upper() for word in words] for name, words in WORDS.items()}


def _field(name, kind, required=True, **more):
    found = {"name": name, "type": kind, "title": name} | more
    if name in WORDS:
        found["categories"] = [
            {"value": code, "label": word} | ({"coarse": COARSE[word]} if word in COARSE else {})
            for code, word in zip(CODES[name], WORDS[name], strict=True)
        ]
    return found | ({"constraints": {"required": True}} if required else {})


TABLES = {
    "people": [
        _field("person_id", "string"),
        _field("day", "date"),
        _field("sex", "string"),
        _field("kind", "string", False),
        _field("area", "string"),
        _field("safe", "boolean"),
    ],
    "services": [
        _field("service_id", "string"),
        _field("person_id", "string"),
        _field("date", "date"),
        _field("service", "string"),
    ],
    "plans": [
        _field("plan_id", "string"),
        _field("person_id", "string"),
        _field("begun", "date"),
        _field("closed", "date", False),
        _field("stage", "string"),
        _field("done", "boolean"),
    ],
}


@cache
def written(one_plan=False):
    """The project, read from files that were written for it. one_plan: each person has one; plans are people then."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "linked"
        small.write(folder, "day\n2012-01-01", 'measure = "count"\ntable = "rows"\ndate = "day"', disclosure="victims")
        sheet = (folder / "indicators" / "x.toml").read_text(encoding="utf-8").split("[calculation]")[0]
        (folder / "indicators" / "x.toml").unlink()
        for code, (calculation, ways) in CALCULATIONS.items():
            more = f"disaggregate = {json.dumps(ways)}\n"
            text = calculation.replace("MORE\n", more) if "MORE" in calculation else calculation + "\n" + more
            (folder / "indicators" / f"{code}.toml").write_text(
                sheet.replace('code = "x"', f'code = "{code}"') + "[calculation]\n" + text, encoding="utf-8"
            )
        (folder / "datapackage.json").write_text(
            json.dumps({"name": "linked", "resources": [_resource(name, one_plan) for name in TABLES]}),
            encoding="utf-8",
        )
        (folder / "policy.toml").write_text(policies.policy(), encoding="utf-8")
        return load(folder)


def _resource(name, one_plan):
    keys = (
        []
        if name == "people"
        else [{"fields": ["person_id"], "reference": {"resource": "people", "fields": ["person_id"]}}]
    )
    unique = TABLES[name][0] | {"constraints": {"required": True, "unique": True}}
    fields = [unique, *TABLES[name][1:]]
    if one_plan and name == "plans":
        fields[1] = fields[1] | {"constraints": {"required": True, "unique": True}}
    schema = {"fields": fields, "primaryKey": [unique["name"]], "foreignKeys": keys}
    return {"name": name, "path": f"records/{name}.csv", "title": name, "disclosure": "victims", "schema": schema}


def with_sheets(*codes, ways=None, through=date(2014, 12, 31), **rule):
    """The project with some of its indicators, some of their breakdowns, records up to a day, and another policy for
    people. Of people who are counted once each breakdown by one thing is told by the waiting rule. Where shares are all
    that is asked, each person has one plan.
    """
    whole = written(codes == ("share",))
    sheets = tuple(
        whole.sheet(code).model_copy(
            update={} if ways is None else {"disaggregations": tuple(tuple(way) for way in ways)}
        )
        for code in codes
    )
    waits = tuple(
        Breakdown(sheet=sheet.code, by=way[0], order=tuple(WORDS[way[0]]))
        for sheet in sheets
        if sheet.code in ("once", "crossed")
        for way in sheet.disaggregations
        if len(way) == 1 and way[0] in WORDS
    )
    nodes = {"nodes": ("year",), "breakdowns": waits}
    rules = whole.policy.rules | {"victims": whole.policy.rules["victims"].model_copy(update=nodes | rule)}
    return replace(
        whole,
        sheets=sheets,
        policy=type(whole.policy)(rules),
        facts=whole.facts.model_copy(update={"records_through": through, "end": date(2015, 9, 30)}),
    )


def register(people, services=(), plans=()):
    """Typed frames. people: (day, sex, kind or None, area, safe). services: (person's place, day, service). plans:
    (person's place, begun, closed or None, stage, done).
    """
    names = [f"p{place}" for place in range(len(people))]
    frames = {
        "people": _frame("people", [(name, *row) for name, row in zip(names, people, strict=True)]),
        "services": _frame("services", [(f"s{place}", names[row[0]], *row[1:]) for place, row in enumerate(services)]),
        "plans": _frame("plans", [(f"q{place}", names[row[0]], *row[1:]) for place, row in enumerate(plans)]),
    }
    for name in ("services", "plans"):
        frames[name]["person_id"] = pd.Categorical(frames[name]["person_id"], categories=names)
    return frames


def _frame(name, rows):
    frame = pd.DataFrame(rows, columns=[field["name"] for field in TABLES[name]])
    for field in TABLES[name]:
        column = frame[field["name"]]
        if "categories" in field:
            frame[field["name"]] = pd.Categorical(column, categories=CODES[field["name"]])
        elif field["type"] == "date":
            frame[field["name"]] = pd.to_datetime(column).astype("datetime64[s]")
        elif field["type"] == "boolean":
            frame[field["name"]] = column.astype("boolean")
    return frame


def standing_in(project, records, period, told=MappingProxyType({})):
    """Who stands in each breakdown at each node up to the end of a period. told: at those told before."""
    days = year_ends(project, period)
    return at_nodes(
        told,
        {
            (one.sheet, one.by): indicators.known(project, records, project.sheet(one.sheet), one.by, days)
            for one in waiting(project)
        },
    )


def told(project, records, period, before=(), standing=None):
    """Everything that a report of a period prints, calculated and protected as evaluate() does:
    a frame of printed cells. The comparisons with earlier quarters print nothing more.
    """
    spans = [
        window
        for window in windows(project, period)
        if window.horizon not in ("period", "previous period", "same period last year")
    ]
    exact = indicators.with_people(project, records, spans)
    totals = [sheet.model_copy(update={"disaggregations": ()}) for sheet in project.sheets]
    history = indicators.calculate(project, records, quarters(project, period), totals)
    standing = standing_in(project, records, period) if standing is None else standing
    return protect(pd.concat([exact, history], ignore_index=True), project, standing, before).values


@dataclass(frozen=True)
class Released:
    """A project, its records, and the frames that its releases printed. refused:
    how many more the gate would have let through and the audit before a release did not.
    """

    project: object
    records: dict
    frames: list
    refused: int

    @property
    def guarded(self):
        """The codes of indicators whose total is part of a breakdown."""
        return conditioned(self.project)

    @property
    def cells(self):
        return pd.concat(self.frames or [pd.DataFrame(columns=COLUMNS)], ignore_index=True)


def released(seed, at_most=3):
    """A random project, and what it released at a few ends of years and at its last quarter's.

    Later releases leave the earlier records as they were.
    """
    code = list(CALCULATIONS)[seed % len(CALCULATIONS)]
    random, size, project, records = _begun(seed, code)
    ends = sorted({size, *(4 * int(n) for n in random.integers(1, size // 4 + 1, random.integers(0, at_most)))})
    frames, refused = [], 0
    for end in ends:
        frame = told(project, records, project.calendar.containing(_end(end), "quarter"), frames)
        if is_safe(
            versioned([*frames, frame]), project, conditioned(project)
        ):  # as releases.publishing asks before it publishes
            frames.append(frame)
        else:
            refused += 1
    return Released(project, records, frames, refused)


def random_project(seed, code):
    """A random project of one indicator and its records; nothing is released."""
    return _begun(seed, code)[2:]


def _begun(seed, code):
    random = np.random.default_rng(seed)
    size = 4 + int(random.integers(0, 5 if code in ("each", "changing") else 13))
    ways = written().sheet(code).disaggregations
    chosen = tuple(way for way in ways if random.random() < 0.7) or ways[:1]
    project = with_sheets(code, ways=chosen, through=_end(size))
    if code == "women":  # their total is part of a breakdown where another indicator is broken down by sex
        project = replace(project, sheets=(*project.sheets, *with_sheets("once", ways=[("sex",)]).sheets))
    return random, size, project, _random(random, size)


def _end(quarter):
    """The last day of the project's n-th quarter."""
    month = 9 + 3 * quarter
    return date(2011 + month // 12, month % 12 + 1, 1) - timedelta(1)


def _random(random, size):
    """Few people, unevenly spread over quarters and categories."""
    days = (_end(size) - START).days + 1
    count = int(random.choice([4, 12, 20, 35, 60, 100, 160]))
    weights = {name: random.dirichlet(np.full(len(codes), 0.6)) for name, codes in CODES.items()}

    def some(name):
        return str(random.choice(CODES[name], p=weights[name]))

    def day():
        return START + timedelta(int(days * random.random() ** random.choice([0.5, 1, 2])))

    people = [
        (day(), some("sex"), some("kind") if random.random() < 0.9 else None, some("area"), random.random() < 0.6)
        for _ in range(count)
    ]
    services = [(int(count * random.random() ** 2), day(), some("service")) for _ in range(2 * count)]
    plans = [
        (
            place,
            begun,
            begun + timedelta(int(random.integers(1, 500))) if random.random() < 0.7 else None,
            some("stage"),
            bool(random.random() < 0.6),
        )
        for place in range(count)
        for begun in [day()]
    ]
    return register(people, services, plans)
