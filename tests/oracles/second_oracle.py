"""Every value of the second project, worked out once more in plain Python.

It starts from the rows as they were meant (tests/generators/second_rows.py) and from the definitions in the reference
sheets.
"""

from datetime import date

from tests.generators.second_project import key_of, sheets
from tests.generators.second_rows import MISTAKES, tables

QUARTER = (date(2021, 1, 1), date(2021, 3, 31))
YEAR = (date(2020, 1, 1), date(2020, 12, 31))
TO_DATE = (date(2020, 1, 1), date(2021, 3, 31))

VILOYAT = {"TJ-DU": "Душанбе", "TJ-SU": "Согд", "TJ-KT": "Хатлон", "TJ-GB": "ГБАО", "TJ-RA": "РРП"}
SHARIK = {"rohi-nur": "Роҳи нур", "umed": "Умед", "payom": "Паём"}
MAVZU = {"bekhatar": "безопасная миграция", "huquq": "права трудящихся-мигрантов", "hujjat": "документы и патент"}
JINS = {"zan": "женщины", "mard": "мужчины"}
SINN = {"-17": "до 18 лет", "18-29": "18–29 лет", "30-": "30 лет и старше", None: "not recorded"}
NAMUD = {
    "roh": "дорога домой",
    "hujjat": "восстановление документов",
    "kasb": "обучение ремеслу",
    "grant": "деньги на своё дело",
}

CENTRE = {row["markaz"]: row for row in tables()["markazho"]}
CLIENT = {row["mizoj"]: row for row in tables()["mizojon"]}
BY = {  # what a disaggregation says of a row, and its categories in the schema's order
    "viloyat": (lambda row: CENTRE[row["markaz"]]["viloyat"], VILOYAT),
    "sharik": (lambda row: CENTRE[row["markaz"]]["sharik"], SHARIK),
    "mavzu": (lambda row: row["mavzu"], MAVZU),
    "jins": (lambda row: CLIENT[row["mizoj"]]["jins"], JINS),
    "sinn": (lambda row: CLIENT[row["mizoj"]]["sinn"], SINN),
    "mintaqa": (lambda row: CLIENT[row["mizoj"]]["mintaqa"], VILOYAT),
    "namud": (lambda row: row["namud"], NAMUD),
}


# --- The oracle ----------------------------------------------------------------------------------


def held(table):
    """The keys of the rows that no careful reader would count."""
    keys = {mistake.key for mistake in MISTAKES if mistake.table == table and not mistake.counts}
    if table == "kumakho":
        keys |= {row["raqam"] for row in tables()[table] if row["mizoj"] in held("mizojon")}
    return keys


def used(table):
    """The rows that count, in the order of files and rows."""
    rows = [row for sheet in sheets() if sheet.table == table for row in sheet.rows]
    return [row for row in rows if row[key_of(table)] not in held(table)]


def dated(rows, day, start, end):
    return [row for row in rows if start <= row[day] <= end]


def first_of_each(rows, day, key):
    """The first row of each client; of one day, the one with the first key."""
    found = {}
    for row in sorted(rows, key=lambda row: (row[day], row[key])):
        found.setdefault(row["mizoj"], row)
    return list(found.values())


def total(field):
    """The field's sum; nothing where rows have no value in it."""

    def added(rows):
        values = [row[field] for row in rows if row[field] is not None]
        return None if rows and not values else sum(values)

    return added


def mean(field):
    """A mean's sum and n."""

    def parts(rows):
        values = [row[field] for row in rows if row[field] is not None]
        return sum(values), len(values)

    return parts


def satisfied(rows):
    return sum(row["qanoat"] is True for row in rows), sum(row["qanoat"] is not None for row in rows)


def received_help(start, end):
    """Whoever was helped in a way that lasts, on the day of the first such help."""
    lasting = [row for row in used("kumakho") if row["namud"] in ("hujjat", "kasb", "grant")]
    return dated(first_of_each(lasting, "sana", "raqam"), "sana", start, end)


def grants(start, end):
    return [row for row in dated(used("kumakho"), "sana", start, end) if row["namud"] == "grant"]


def open_on(day):
    return [row for row in used("markazho") if row["kushoda"] <= day and (row["basta"] is None or row["basta"] > day)]


ORACLE = {  # indicator: rows of a window, what is worked out of them, by what it is broken down
    "A1": (
        lambda start, end: dated(used("vokhuriho"), "sana", start, end),
        len,
        ["mavzu", "viloyat", "mavzu × viloyat"],
    ),
    "A2": (lambda start, end: dated(used("vokhuriho"), "sana", start, end), total("hamagi"), ["mavzu", "viloyat"]),
    "B1": (received_help, len, ["jins", "sinn", "mintaqa"]),
    "B2": (
        lambda start, end: first_of_each(dated(used("kumakho"), "sana", start, end), "sana", "raqam"),
        len,
        ["jins"],
    ),
    "B3": (lambda start, end: dated(used("kumakho"), "sana", start, end), total("mablagh"), ["namud"]),
    "B4": (grants, mean("mablagh"), ["viloyat"]),
    "B5": (lambda start, end: dated(used("kumakho"), "sana", start, end), satisfied, ["namud"]),
    "B6": (
        lambda start, end: dated(used("mizojon"), "sana_sabt", start, end),
        len,
        ["jins", "sinn", "mintaqa", "jins × sinn"],
    ),
    "C1": (lambda start, end: open_on(end), len, ["viloyat", "sharik"]),
    "C2": (lambda start, end: open_on(end), total("joyho"), ["viloyat"]),
}


def expected(window):
    """{(indicator, disaggregation, category): value, or numerator and denominator}"""
    found = {}
    for code, (rows_of, worked_out, ways) in ORACLE.items():
        rows = rows_of(*window)
        found[code, "total", "all"] = worked_out(rows)
        for way in ways:
            found |= {(code, way, category): worked_out(part) for category, part in parts(rows, way.split(" × "))}
    return found


def parts(rows, names):
    """The rows of every category, or of every pair of two."""
    says, labels = BY[names[0]]
    for value, label in labels.items():
        part = [row for row in rows if says(row) == value]
        if len(names) == 1:
            yield label, part
        else:
            yield from ((f"{label} × {other}", both) for other, both in parts(part, names[1:]))
