"""What stands beside the sheets of a random project: residents for its rates, and perhaps a milestone.

They have a source of chance of their own, so that everything else of a seed's project is what it would be without them.
"""

import csv
from datetime import timedelta
from random import Random

from tests.generators import residents
from tests.generators.random_projects.files import write_text, write_toml
from tests.generators.random_projects.vocabulary import AREA
from tests.generators.small import SHEET_KEYS

CODE = "m"


def add_residents(folder, seed, sheets, facts):
    """population.csv for the rates among the sheets. Of a breakdown for which it has no residents nothing is left."""
    found = [sheet["calculation"] for sheet in sheets if sheet["calculation"]["measure"] == "rate"]
    if not found:
        return
    ways = {as_way(way): None for calculation in found for way in calculation.get("disaggregate", [])}
    years = range(facts["start"].year, facts["end"].year + 1)
    there, again = set(), 0
    while not there:  # some year has residents
        residents.write_random(folder, [*ways], years, f"residents {seed} {again}")
        there, again = ways_there(folder), again + 1
    for calculation in found:
        told = [way for way in calculation.get("disaggregate", []) if any({*as_way(way)} <= named for named in there)]
        calculation["disaggregate"] = told


def as_way(way):
    return (way,) if isinstance(way, str) else tuple(way)


def ways_there(folder):
    """The fields that each row of population.csv names."""
    with open(folder / "population.csv", encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    return {
        frozenset(name for name, cell in row.items() if cell and name not in ("year", "population", "source"))
        for row in rows
    }


def add_milestone(folder, seed, facts):
    """In most projects a milestone; perhaps reached on a day, and perhaps due by a period, or later by another one."""
    random = Random(f"milestone {seed}")
    if random.random() < 0.2:
        return
    sheet = {"code": CODE, "name": "An order", "area": AREA, "level": "outcome", "headline": True}
    sheet |= dict.fromkeys(SHEET_KEYS, "Random.") | {"updated": facts["start"]}
    sheet["words"] = {"reached": "It was signed", "not_reached": "It was not signed"}
    write_toml(folder / "indicators" / f"{CODE}.toml", sheet | {"calculation": {"measure": "milestone"}})
    if random.random() < 0.7:
        reached = random.choice([some_day(random, facts, "records_through"), facts["records_through"]])
        entry = {"indicator": CODE, "reached": reached, "evidence": "A letter.", "role": "manager"}
        (folder / "judgements").mkdir()
        write_toml(folder / "judgements" / "milestones.toml", {"milestone": [entry | {"date": reached}]})
    rows = [f"{CODE},{period_of(random, facts)},1,Random.,{since}" for since in random_targets(random, facts)]
    path = folder / "targets.csv"
    write_text(path, path.read_text(encoding="utf-8") + "".join(f"{row}\n" for row in rows))


def random_targets(random, facts):
    """From which day each target is in force: of the first from the start on."""
    later = facts["start"] + timedelta(days=random.randint(30, 200))
    return random.choice([[], [""], ["", later.isoformat()]])


def some_day(random, facts, last):
    return facts["start"] + timedelta(days=random.randint(0, (facts[last] - facts["start"]).days))


def period_of(random, facts):
    """The label of the quarter or year of some day of the project."""
    day, first_month = some_day(random, facts, "end"), facts["first_month"]
    year = day.year + (first_month > 1 and day.month >= first_month)
    quarter = (day.month - first_month) % 12 // 3 + 1
    return random.choice([f"FY{year}Q{quarter}", f"FY{year}", "LOP"])
