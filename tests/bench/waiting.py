"""The waiting rule on the shipped records: what it tells of each table, and what an attacker then knows.

The policy does not ask it yet. Its trees are those that a policy would name: the more frequent category first,
an attribute for one of two nested indicators, coarse categories to the ends of years.
"""

from datetime import date, timedelta

from ctanalysis.disclosure import waiting
from tests.bench.rules import SILENT, Print
from tests.bench.truth import days

FEWER_THAN = 10
NOT_RECORDED = "not recorded"

FORMS = {
    "forced labour": ["forced labour"],
    "sexual exploitation": ["sexual exploitation"],
    "other": ["forced begging", "servitude", "another form"],
}
REGIONS = {
    "south": ["Osh oblast", "Jalal-Abad", "Batken", "Osh city"],
    "north": ["Chüy", "Bishkek city", "Ysyk-Köl", "Naryn", "Talas"],
}
COUNTRIES = {
    "Russian Federation": ["Russian Federation"],
    "Kazakhstan": ["Kazakhstan"],
    "other": ["Türkiye", "Kyrgyz Republic", "United Arab Emirates", "another country"],
}
TABLES = {  # (indicator, disaggregation): the coarse categories, in the order of their splits
    ("2.2", "sex"): {"women": ["female"], "men": ["male"]},
    ("2.2", "age_group"): {"adults": ["25–34", "18–24", "35–49", "50 and over"], "children": ["0–17"]},
    ("2.1", "exploitation"): FORMS,
    ("2.1", "oblast"): REGIONS,
    ("2.1", "country"): COUNTRIES,
    ("2.4", "country_from"): COUNTRIES | {"other": ["Türkiye", "United Arab Emirates", "another country"]},
    ("2.5", "service"): {
        name: [name]
        for name in (
            "social care (shelter, counselling)",
            "health care",
            "livelihood (vocational training, small grant)",
            "legal aid",
            "education",
            "financial support",
            "one-off help (food, ticket)",
            "travel home",
        )
    },
    ("3.3", "direction"): {
        name: [name] for name in ("from government to civil society", "from civil society to government")
    },
}


def nodes(found, code, way, ends, at_end=False):
    """What is known to the end of each of some days, by category; at_end: the project is taken to end on the last."""
    first = days(found.quarters[0])[0]
    labels = [cell[4] for cell in found.numbers if cell[:4] == (code, *days(found.quarters[0]), way)]
    return [
        waiting.Node(
            end,
            {label: found.numbers[code, first, end, way, label] for label in labels if label != NOT_RECORDED},
            is_end=at_end and end == ends[-1],
        )
        for end in ends
    ]


def classes(split, at):
    """{categories of a side: {day: Class}}: what is told of each side of a tree."""
    sides = {side.name: side.categories for side in sides_of(split)}
    found = {}
    for one in waiting.told(split, at, FEWER_THAN):
        found.setdefault(sides[one.side], {})[one.day] = one.one
    return found


def sides_of(split):
    for side in (split.left, split.right):
        yield side
        if side.split:
            yield from sides_of(side.split)


def printed(told, spans, first, round_to):
    """{(start, end, categories): Print} of some spans: to date as it is shown, else the difference of what is shown.

    told: as classes() gives it. A span whose ends are not both told is left out.
    """
    prints = {}
    for categories, by_day in told.items():
        shown = {day: waiting.shown(one, FEWER_THAN, round_to) for day, one in by_day.items()}
        for start, end in spans:
            before = (date.fromisoformat(start) - timedelta(1)).isoformat()
            if end in shown and (start == first or before in shown):
                one = shown[end] if start == first else waiting.between(shown[before], shown[end])
                prints[start, end, categories] = Print(one.value, one.low, one.high)
    return prints


def known(found, code, way, told):
    """What the attacker is given of a table: the classes, unrounded, and how many are not recorded in each quarter."""
    first = days(found.quarters[0])[0]
    prints = {
        (first, day, categories): Print(None, *one)
        for categories, by_day in told.items()
        for day, one in by_day.items()
    }
    for quarter in found.quarters:
        number = found.numbers.get((code, *days(quarter), way, NOT_RECORDED))
        if number is not None:
            prints[*days(quarter), (NOT_RECORDED,)] = Print(number, number, number)
    return prints


def rule(found, spans, ends, round_to):
    """Of the fine tables: {cell: Print}, and {(indicator, disaggregation): what the attacker knows}.

    What is told of a coarse category is no number of a fine one. Tables that the rule tells as totals only are silent.
    """
    first = days(found.quarters[0])[0]
    prints = dict.fromkeys((cell for cell in found.numbers if cell[1:3] in spans and cell[3] != "total"), SILENT)
    knows = {}
    for (code, way), coarse in TABLES.items():
        told = classes(waiting.chain(coarse), nodes(found, code, way, ends))
        knows[code, way] = known(found, code, way, told)
        for (start, end, categories), one in printed(told, spans, first, round_to).items():
            if len(categories) == 1:
                prints[code, start, end, way, categories[0]] = one
        for cell in prints:
            if (cell[0], cell[3], cell[4]) == (code, way, NOT_RECORDED):
                prints[cell] = Print(found.numbers[cell], found.numbers[cell], found.numbers[cell])
    return prints, knows
