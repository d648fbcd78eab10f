"""Four small projects of the sister republics of the shipped one, invented but for the year in which they began.

    python -m tests.region.republics ../republics        writes a project folder for each into a folder

Each has the tables and three of the reference sheets of the shipped project, cut down to totals, and a few rows. They
differ so that a page of all five shows what is not comparable: Uzbekistan has calendar years and sent no log of its
hotline for the last quarter, Kazakhstan counts other services, and Turkmenistan's fiscal year has other quarters.
"""

import csv
import io
import json
import re
import sys
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count
from pathlib import Path

from ctanalysis.project import SHIPPED, load
from ctanalysis.project.words import _called, _of_tables, labels
from tests.generators import policies

SHEETS = {"1.1": "awareness-raising-events", "1.3": "hotline-consultations", "2.2": "victims-assisted"}
TABLES = ("events", "consultations", "victims", "services")
PLACES = [{"value": "N", "label": "north"}, {"value": "S", "label": "south"}]
SERVICES = '"SocialCare", "Health", "Legal", "Education", "Livelihood", "Financial"'
THROUGH = date(2014, 12, 31)
NAMES = {
    "ru": {
        "kazakhstan": "Казахстан",
        "tajikistan": "Таджикистан",
        "turkmenistan": "Туркменистан",
        "uzbekistan": "Узбекистан",
    },
    "ky": {
        "kazakhstan": "Казакстан",
        "tajikistan": "Тажикстан",
        "turkmenistan": "Түркмөнстан",
        "uzbekistan": "Өзбекстан",
    },
}
WORDS = {
    "ru": {
        "name": "Проект по противодействию торговле людьми (вымышленный)",
        "donor": "донор (вымышленный)",
        "implementer": "исполнитель (вымышленный)",
        "partners": ["партнёр (вымышленный)"],
        "locations": "вся страна",
        "currency": "долл. США",
        "notice": "Вымышлено всё, кроме того, что программа началась здесь в 2010 году.",
        "targets_note": "Целевые значения вымышлены.",
        "areas": ("Чтобы люди знали о рисках.", "Чтобы людям помогали."),
        "services": "юридическая помощь или образование",
    },
    "ky": {
        "name": "Адам сатууга каршы күрөшүү долбоору (ойдон чыгарылган)",
        "donor": "донор (ойдон чыгарылган)",
        "implementer": "аткаруучу (ойдон чыгарылган)",
        "partners": ["өнөктөш (ойдон чыгарылган)"],
        "locations": "бүт өлкө",
        "currency": "АКШ доллары",
        "notice": "Программа бул жерде 2010-жылы башталганынан башкасынын баары ойдон чыгарылган.",
        "targets_note": "Максаттуу маанилер ойдон чыгарылган.",
        "areas": ("Адамдар коркунучтарды билиши үчүн.", "Адамдарга жардам берилиши үчүн."),
        "services": "юридикалык жардам же билим берүү",
    },
}


@dataclass(frozen=True)
class Republic:
    """A sister republic: when its fiscal years begin, its first and last day, how much it does, its residents."""

    name: str
    first_month: int
    start: date
    end: date
    size: int
    residents: int
    silent_from: date = date.max  # the hotline's log did not come from this day on
    services: str = SERVICES


REPUBLICS = (
    Republic("kazakhstan", 10, date(2010, 10, 1), date(2015, 9, 30), 4, 17000000, services='"Legal", "Education"'),
    Republic("tajikistan", 10, date(2010, 10, 1), date(2015, 9, 30), 3, 8000000),
    Republic("turkmenistan", 2, date(2010, 2, 1), date(2015, 1, 31), 1, 0),
    Republic("uzbekistan", 1, date(2010, 1, 1), date(2015, 12, 31), 5, 0, silent_from=date(2014, 10, 1)),
)


def write(parent):
    """Writes the four project folders into a folder, and returns it."""
    for republic in REPUBLICS:
        _write(parent / republic.name, republic)
    return parent


def _write(folder, republic):
    (folder / "indicators").mkdir(parents=True)
    _text(folder / "project.toml", _facts(republic))
    _text(folder / "policy.toml", policies.policy())
    _text(folder / "datapackage.json", json.dumps(_package(), ensure_ascii=False, indent=1))
    _text(folder / "targets.csv", _targets())
    _text(folder / "published.csv", "indicator,as_of,value,hedge,source\n")
    if republic.residents:
        _text(folder / "population.csv", _residents(republic))
    for code, name in SHEETS.items():
        _text(folder / "indicators" / f"{code}-{name}.toml", _sheet(code, name, republic))
    (folder / "translations").mkdir()
    for code in WORDS:
        _text(folder / "translations" / f"{code}.toml", _translation(folder, code, republic))
    for table, rows in _rows(republic).items():
        (folder / "records" / table).mkdir(parents=True)
        _text(folder / "records" / table / f"{table}.csv", _csv(table, rows))


def _facts(republic):
    """project.toml; the region and its standards are those of the shipped project."""
    name = republic.name.capitalize()
    shipped = (SHIPPED / "project.toml").read_text(encoding="utf-8")
    shared = shipped[shipped.index("[region]") : shipped.index("# Where the results of a release")]
    return f"""
name = "Counter-Trafficking Project in {name} (invented)"
country = "{name}"
donor = "a donor (invented)"
implementer = "an implementer (invented)"
partners = ["a partner (invented)"]
locations = "nationwide"
start = {republic.start}
end = {republic.end}
languages = ["en", "ru", "ky"]
synthetic = true
notice = "Everything is invented but that the programme was launched here in 2010."
targets_note = "Targets are invented."
records_through = {THROUGH}
source = 'invented; the year 2010: USAID fact sheet "Counter-Trafficking Project", last updated 9 February 2015'
[fiscal_year]
first_month = {republic.first_month}
[funding]
amount = 100000
currency = "US dollars"
[[areas]]
code = "prevention"
name = "Prevention"
purpose = "That people know the risks."
[[areas]]
code = "protection"
name = "Protection"
purpose = "That people are assisted."
{shared}"""


def _translation(folder, code, republic):
    """translations/<code>.toml: own words of facts, and those of the shipped project for what is cut from it."""
    shipped = tomllib.loads((SHIPPED / "translations" / f"{code}.toml").read_text(encoding="utf-8"))
    own = {"country": NAMES[code][republic.name], **WORDS[code]}
    own |= {name: shipped["facts"][name] for name in ("region", "region_name")}
    prevention, protection = own.pop("areas")
    services = own.pop("services")
    sheets = {sheet: shipped["indicators"][sheet] for sheet in SHEETS}
    if republic.services != SERVICES:
        said = re.sub(r"\(.*?\)", f"({services})", sheets["2.2"]["definition"], count=1)
        sheets["2.2"] = sheets["2.2"] | {"definition": said}
    areas = {"prevention": prevention, "protection": protection}
    tables = {"facts": own, "quality": shipped["quality"], "standards": shipped["standards"]}
    tables["policy"] = {name: shipped["policy"][name] for name in tomllib.loads(policies.policy())}
    tables |= {
        f"areas.{area}": {"name": shipped["areas"][area]["name"], "purpose": words} for area, words in areas.items()
    }
    tables |= {f'indicators."{sheet}"': words for sheet, words in sheets.items()}
    tables["labels"] = _labels(load(folder), code, shipped["labels"])
    return "\n".join(
        f"[{name}]\n"
        + "".join(f"{json.dumps(key)} = {json.dumps(text, ensure_ascii=False)}\n" for key, text in words.items())
        for name, words in tables.items()
    )


def _labels(project, code, shipped):
    """The words that the tables do not have in a language, or have in two ways."""
    there = labels(project, Words(labels={}), code)
    asked = dict.fromkeys([*(word for word, _ in _of_tables(project)), *_called(project)])
    return {word: shipped[word] for word in asked if word not in there}


@dataclass(frozen=True)
class Words:
    """A translation that has only labels."""

    labels: dict


@cache
def _package():
    """Only to be read: the shipped tables of these names, without partner organisations, with two places."""
    shipped = json.loads((SHIPPED / "datapackage.json").read_text(encoding="utf-8"))
    resources = [one for one in shipped["resources"] if one["name"] in TABLES]
    for one in resources:
        schema = one["schema"]
        schema["fields"] = [field for field in schema["fields"] if field["name"] != "organisation_id"]
        for field in schema["fields"]:
            if field["name"] == "oblast":
                field["categories"] = PLACES
        if "foreignKeys" in schema:
            keys = [key for key in schema["foreignKeys"] if key["reference"]["resource"] in TABLES]
            schema["foreignKeys"] = keys
    return {"name": "republic", "resources": resources}


def _sheet(code, name, republic):
    """A shipped sheet that is told in all only."""
    text = (SHIPPED / "indicators" / f"{code}-{name}.toml").read_text(encoding="utf-8")
    text = re.sub(r"^(disaggregate|working_tables|called) = .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^(definition|rationale|method|responsible|notes) = (.*)$", _invented, text, flags=re.MULTILINE)
    if republic.services != SERVICES:
        kinds = "social care, health care, legal aid, education, livelihood or financial support"
        text = text.replace(
            f"at least one service of rehabilitation or reintegration ({kinds})", "legal aid or education"
        )
    return text.replace(SERVICES, republic.services).replace("date = 2011-10-01", f"date = {republic.start}")


def _invented(found):
    return found[0] if found[1] == "definition" else f'{found[1]} = "Invented."'


def _targets():
    lines = [f"{code},LOP,{goal},Invented.," for code, goal in (("1.1", 125), ("1.3", 120), ("2.2", 45))]
    return "\n".join(["indicator,period,target,rationale,valid_from", *lines, ""])


def _residents(republic):
    rows = (f"{year},{republic.residents},illustrative: a round number for a test" for year in range(2010, 2016))
    return "\n".join(["year,population,source", *rows, ""])


def _rows(republic):
    """The rows of each table: each month of the project has some, by a rule and without chance."""
    found, number = {table: [] for table in TABLES}, count(1)
    for month, day in enumerate(_months(republic.start)):
        for k in range((month + republic.size) % 3 + republic.size // 3):
            kind = {"kind": "AwarenessRaising", "audience": _first("events", "audience")}
            found["events"].append({"event_id": next(number), "date": day + timedelta(k), "oblast": "NS"[k % 2]} | kind)
        for k in range((month * 2 + republic.size) % 5 if day < republic.silent_from else 0):
            row = {
                "consultation_id": next(number),
                "date": day + timedelta(k),
                "topic": _first("consultations", "topic"),
            }
            found["consultations"].append(row)
        if month % 4 < republic.size:
            _assisted(found, next(number), day, "Legal" if month % 3 else "Health")
    return found


def _assisted(found, number, day, service):
    person = f"P-{number:04d}"
    by = {"status": "ActualVictimOfTrafficking", "identified_by": _first("victims", "identified_by")}
    found["victims"].append({"person_id": person, "date_identified": day} | by)
    found["services"].append({"service_id": number, "person_id": person, "date": day, "service": service})


def _months(start):
    day = start
    while day <= THROUGH:
        yield day
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)


@cache
def _first(table, field):
    """The first category of a field of a table."""
    [resource] = [one for one in _package()["resources"] if one["name"] == table]
    [found] = [one for one in resource["schema"]["fields"] if one["name"] == field]
    return found["categories"][0]["value"]


def _csv(table, rows):
    [resource] = [one for one in _package()["resources"] if one["name"] == table]
    names, file = [field["name"] for field in resource["schema"]["fields"]], io.StringIO()
    writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def _text(path, text):
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    print(write(Path(sys.argv[1])))
