"""The rows of the second project as they were meant, from a seed, and the mistakes that are typed into them on purpose.

Everything is invented. tests/generators/second_project.py writes them as partners would send them.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

SEED = 2021
FIRST, LAST = date(2020, 1, 1), date(2021, 6, 30)
CENTRES = (
    # markaz, nom, viloyat, sharik, joyho, kushoda, basta
    ("M1", "Душанбе, улица Айни", "TJ-DU", "rohi-nur", 12, date(2020, 1, 15), None),
    ("M2", "Худжанд", "TJ-SU", "umed", 8, date(2020, 2, 1), None),
    ("M3", "Бохтар", "TJ-KT", "payom", 6, date(2020, 3, 2), None),
    ("M4", "Куляб", "TJ-KT", "payom", 0, date(2020, 8, 20), None),
    ("M5", "Хорог", "TJ-GB", "umed", 4, date(2021, 2, 10), None),
    ("M6", "Гиссар", "TJ-RA", "rohi-nur", 5, date(2020, 2, 17), date(2021, 1, 31)),
)
PARTNERS = {"payom": "Паём", "rohi-nur": "Роҳи нур", "umed": "Умед"}
PREFIX = {"payom": "P", "rohi-nur": "R", "umed": "U"}
SILENT = ("payom", (2020, 4))  # this partner held no meeting in this quarter
SUMS = {"roh": (80, 400), "hujjat": (50, 300), "kasb": (600, 2500), "grant": (3000, 7500)}
CLIENTS, HELPED = 110, 100  # the last clients were never helped


@dataclass(frozen=True)
class Mistake:
    """A cell that is typed otherwise than meant, the rule that it breaks, and whether its row is used all the same."""

    table: str
    key: str
    field: str
    typed: object
    rule: str
    counts: bool = False


MISTAKES = (
    Mistake("vokhuriho", "P-20-003", "hamagi", 99, "sum"),
    Mistake("vokhuriho", "P-21-004", "zanon", "около 20", "type"),
    Mistake("vokhuriho", "R-20-005", "sana", date(2002, 3, 5), "project's dates"),  # the year's digits turned round
    Mistake("vokhuriho", "U-20-029", "sana", date(2021, 1, 20), "after sending"),
    Mistake("vokhuriho", "U-20-002", "mavzu", "безопасная\u00a0миграция", "spelling", counts=True),
    Mistake(
        "vokhuriho", "U-20-007", "mavzu", "права трудящихся–мигрантов", "spelling", counts=True
    ),  # a dash for the hyphen
    Mistake("mizojon", "T-101", "jins", "", "required"),
    Mistake(
        "mizojon", "T-050", "sana_sabt", "2020-04-20", "order"
    ),  # before the day of return; what this client was given is held back too
    Mistake("mizojon", "T-104", "mintaqa", "Cогд", "spelling", counts=True),  # a Latin C
    Mistake("mizojon", "T-105", "mizoj", "T-105\u00a0", "spelling", counts=True),
    Mistake("kumakho", "K-0020", "mizoj", "T-999", "key"),  # nobody has this code
    Mistake("kumakho", "K-0030", "mablagh", "нет данных", "type"),
    Mistake("kumakho", "K-0040", "sana", "31.02.2021", "type"),
    Mistake("kumakho", "K-0050", "mablagh", "3\u00a0120,00", "spelling", counts=True),
    Mistake(
        "kumakho", "K-0100", "mablagh", "12 500,00", "", counts=True
    ),  # as judgements/corrections.toml expects to find it
)
TOTALLED = "rohi-nur"  # this partner writes its totals under the rows
SAME_PERSON = ("T-012", "T-103")  # under two codes
TOO_MUCH, TWICE, CROWD = "K-0070", ("K-0080", "K-0081"), "R-20-021"  # odd but counted
GUESSED = "M2"  # in this centre people are guessed in fives
MEANT = {  # what is meant in the rows above, whatever chance would have
    CROWD: {"zanon": 480},
    "U-20-002": {"mavzu": "bekhatar"},
    "U-20-007": {"mavzu": "huquq"},
    "T-104": {"mintaqa": "TJ-SU"},
    "T-050": {"sana_bozgasht": date(2020, 5, 2), "sana_sabt": date(2020, 5, 20)},
    "K-0050": {"namud": "grant", "mablagh": Decimal("3120.00")},
    "K-0100": {"mablagh": Decimal("1250.00")},
    TOO_MUCH: {"namud": "grant", "mablagh": Decimal("9500.00")},
}


@cache
def tables():
    """The rows of every table, by its name: dicts of typed values, None where nothing was recorded."""
    chance = random.Random(SEED).random
    names = ("markaz", "nom", "viloyat", "sharik", "joyho", "kushoda", "basta")
    centres = [dict(zip(names, centre, strict=True)) for centre in CENTRES]
    clients = _clients(chance)
    return {
        "markazho": centres,
        "vokhuriho": _meetings(chance, centres),
        "mizojon": clients,
        "kumakho": _help(chance, clients, centres),
    }


def _between(chance, low, high):
    return low + int(chance() * (high - low + 1))


def _one_of(chance, items):
    return items[int(chance() * len(items))]


def _meetings(chance, centres):
    """Two or three meetings a month in each centre, numbered for each partner and year by their day."""
    months = [(year, month) for year in (2020, 2021) for month in range(1, 13) if date(year, month, 1) <= LAST]
    held = [
        _meeting(chance, centre, date(year, month, day))
        for year, month in months
        for centre in centres
        if centre["kushoda"] < date(year, month, 1)
        and not (centre["basta"] and centre["basta"] < date(year, month, 28))
        and (centre["sharik"], (year, (month + 2) // 3)) != SILENT
        for day in (_between(chance, 1, 9), _between(chance, 10, 19), _between(chance, 20, 28))[
            : 3 if centre["markaz"] == GUESSED else 2
        ]
    ]
    return _numbered(sorted(held, key=lambda row: (row["sharik"], row["sana"].year, row["sana"], row["markaz"])))


def _meeting(chance, centre, day):
    women, men, unknown = _between(chance, 8, 18), _between(chance, 6, 16), _between(chance, 0, 2)
    if centre["markaz"] == GUESSED:
        men += -(women + men + unknown) % 5
    topic = _one_of(chance, ("bekhatar", "huquq", "hujjat"))
    return {
        "sharik": centre["sharik"],
        "sana": day,
        "markaz": centre["markaz"],
        "mavzu": topic,
        "zanon": women,
        "mardon": men,
        "nomalum": unknown,
    }


def _numbered(rows):
    numbers = {}
    for row in rows:
        group = f"{PREFIX[row['sharik']]}-{row['sana'].year % 100}"
        numbers[group] = numbers.get(group, 0) + 1
        row["raqam"] = f"{group}-{numbers[group]:03}"
        row.update(MEANT.get(row["raqam"], {}))
        row["hamagi"] = row["zanon"] + row["mardon"] + row["nomalum"]
    return rows


def _clients(chance):
    clients = [_client(chance, number) | MEANT.get(f"T-{number:03}", {}) for number in range(1, CLIENTS + 1)]
    first, second = (next(row for row in clients if row["mizoj"] == code) for code in SAME_PERSON)
    second.update(nishona=first["nishona"], jins=first["jins"])
    return clients


def _client(chance, number):
    registered = FIRST + timedelta(_between(chance, 20, 530))
    sign = f"{_one_of(chance, 'АБВГДЗ')}{_one_of(chance, 'КЛМНРС')}{number:03}"
    return {
        "mizoj": f"T-{number:03}",
        "nishona": sign,
        "jins": _one_of(chance, ("zan", "mard", "mard")),
        "sinn": _one_of(chance, ("-17", "18-29", "18-29", "18-29", "30-", "30-", "30-", None)),
        "mintaqa": _one_of(chance, ("TJ-DU", "TJ-SU", "TJ-SU", "TJ-KT", "TJ-KT", "TJ-KT", "TJ-GB", "TJ-RA")),
        "sana_bozgasht": registered - timedelta(_between(chance, 0, 90)) if chance() < 0.9 else None,
        "sana_sabt": registered,
    }


def _help(chance, clients, centres):
    """One to four kinds of help for each client, some days apart, in a centre that is open.

    In the order of their days.
    """
    given = [row for client in clients[:HELPED] for row in _helped(chance, client, centres) if row["sana"] <= LAST]
    given.sort(key=lambda row: (row["sana"], row["mizoj"]))
    again = dict(given[int(TWICE[0][2:]) - 1])
    given.insert(int(TWICE[0][2:]), again)
    return [row | {"raqam": f"K-{number:04}"} | MEANT.get(f"K-{number:04}", {}) for number, row in enumerate(given, 1)]


def _helped(chance, client, centres):
    day = client["sana_sabt"]
    for _ in range(_between(chance, 1, 4)):
        day += timedelta(_between(chance, 1, 60))
        kind = _one_of(chance, tuple(SUMS))
        paid = Decimal(_between(chance, 100 * SUMS[kind][0] // 5, 100 * SUMS[kind][1] // 5)) * 5 / 100
        open_ = [
            centre["markaz"]
            for centre in centres
            if centre["kushoda"] <= day and not (centre["basta"] and centre["basta"] < day)
        ]
        yield {
            "mizoj": client["mizoj"],
            "sana": day,
            "markaz": _one_of(chance, open_),
            "namud": kind,
            "mablagh": paid if chance() < 0.95 else None,
            "qanoat": _one_of(chance, (True, True, True, False, None)),
        }
