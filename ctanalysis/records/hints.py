"""What to do about a word that does not fit its column, from what it looks like. A hint never holds the word."""

import re
from collections.abc import Collection

from ctanalysis.base.nearness import Nearness
from ctanalysis.project.fields import Field
from ctanalysis.records import day_order, several, thousands, whole_periods

MARK = 'Leave the cell empty, or list the mark in "missingValues" of the field in datapackage.json'
LIMIT = (
    "A limit is no number: write the number itself, or leave the cell empty; or list the limit as no value in "
    '"missingValues" of the field in datapackage.json'
)
WHICH = (
    "It may mean one or another of them: ask who wrote it, and write the one that is meant. As an alternative spelling "
    "of one, it would be wrong wherever another is meant"
)
MARKS = {
    "n/a",
    "na",
    "n.a.",
    "nan",
    "none",
    "null",
    "nil",
    "unknown",
    "not known",
    "no data",
    "-",
    "--",
    "?",
    "x",
    ".",
    "н/д",
    "нет",
    "нет данных",
    "нет сведений",
    "неизвестно",
    "не известно",
    "жок",
    "белгисиз",
    "маалымат жок",
    "not available",
    "not applicable",
    "not stated",
    "missing",
    "n/k",
    "tbd",
    "б/д",
    "не указано",
    "нет ответа",
    "отсутствует",
    "белгилүү эмес",
}
ONLY_SIGNS = re.compile(r"[-_.?*/\\|~]{1,10}")  # ---, ..., ??
AS_TEXT = "Give the column the format Text in Excel, and write the codes again from their source"
BECAME_A_DAY = "Excel makes a day of texts such as 1/2 or 5-9: give the column the format Text, and write it again"
MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)"
NAMED_DAY = re.compile(rf"[0-9]{{1,2}}[-. ]{MONTH}\.?|{MONTH}\.?[-. ][0-9]{{2}}", re.IGNORECASE)
A_DAY = re.compile(r"(18|19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}( .*)?|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}")
DITTO = {"-//-", "- // -", "—//—", '"', "''", "〃", "ditto", "то же", "то же самое", "так же", "см. выше", "ошол эле"}
CODES = {"-99", "-999", "-9999"}
SHAPES = {"%d": "[0-9]{2}", "%m": "[0-9]{2}", "%Y": "(?:19|20)[0-9]{2}"}
EXAMPLE = {"%d": "31", "%m": "12", "%Y": "2014"}


def shape_of(form: str) -> str:
    """The regular expression of a date format such as %d.%m.%Y."""
    return "".join(SHAPES.get(part, re.escape(part)) for part in re.split("(%[dmY])", form))


def day_like(schema: Field) -> str:
    """2014-12-31, or 31.12.2014 where the field has a format of its own; 2014Q3 where it holds quarters."""
    if schema.period:
        return whole_periods.EXAMPLES[schema.period]
    return "".join(EXAMPLE.get(part, part) for part in re.split("(%[dmY])", schema.format or "%Y-%m-%d"))


def is_missing_code(schema: Field, word: str) -> bool:
    """Whether a number stands for 'no value', as -99 does; not where the schema allows numbers as low as that."""
    if schema.type not in ("integer", "number") or word not in CODES:
        return False
    lowest = schema.constraints.minimum
    return not (isinstance(lowest, int | float) and lowest <= int(word))


def for_field(schema: Field, do: str) -> str:
    """The advice, where the column must be filled: an empty cell is no way out."""
    if not schema.constraints.required:
        return do
    if do == LIMIT:
        return "A limit is no number: write the number itself"
    if do == MARK:
        return "Write the value: this column must be filled, and a row without it cannot be counted"
    return re.sub(",? or leave the cell empty( where it is not known)?", "", do)


def of_category(word: str, known: Collection[str] = (), near: Nearness | None = None) -> str:
    """What to do about a word that is none of a closed list. known: the skeletons of the list's spellings.

    near: the list, by which a word that may mean several of them is asked about.
    """
    if re.search(r"\w\?|\?\w", word):
        return "Letters were lost when it was saved (CP1251 has no ң, ө, ү): write it again, and save it as CSV UTF-8"
    return (
        _of_any(word)
        or several.of_known(word, known)
        or (WHICH if near and len(near.of(word)) > 1 else "")
        or (BECAME_A_DAY if A_DAY.fullmatch(word) or NAMED_DAY.fullmatch(word) else "")
        or (several.perhaps(word, known, near) if near else "")
        or 'Correct it; where it is another spelling of one of them, list it in its "alternatives" in datapackage.json'
    )


def of_type(schema: Field, word: str, zone: str = "") -> str:
    """What to do about a word of the wrong type. zone: the project's time zone, if it is declared."""
    if schema.type == "date" and not zone and OF_GREENWICH.fullmatch(word):
        return TIME_ZONE
    if schema.type == "boolean":
        return OF_BOOLEAN
    return _of_any(word) or (_of_date if schema.type == "date" else _of_number)(schema, word) or "Correct the cell"


def is_mark(word: str) -> bool:
    """Whether people write the word where they have no value."""
    return word.casefold() in MARKS or word in CODES or bool(ONLY_SIGNS.fullmatch(word))


def of_bound(word: str) -> str:
    """What to do about a number or day that is too small or too large."""
    return MARK if word in CODES else "Correct it, or leave the cell empty where it is not known"


def _of_any(word: str) -> str:
    if word.casefold() in DITTO:
        return "Write the value itself in every row"
    if is_mark(word):
        return MARK
    if re.fullmatch(r"#\w[\w/]*[!?]?", word):
        return "It is an error of Excel: correct the formula in the workbook, or write the value itself"
    if word.startswith("="):
        return "It is a formula and not what it gives: write the value itself"
    return (
        "Its letters were garbled when somebody saved the file: take it from the original, "
        "and save it again as CSV UTF-8"
        if _is_garbled(word)
        else ""
    )


def _is_garbled(word: str) -> bool:
    """Whether the word is UTF-8 that was read as something else."""
    for encoding in ("cp1251", "cp1252", "latin-1"):
        try:
            return not word.encode(encoding).decode("utf-8").isascii()
        except UnicodeError:
            pass
    return False


def _of_date(schema: Field, word: str) -> str:
    if schema.period:
        return whole_periods.advice(schema, word)
    if re.fullmatch("[0-9]{4}.*[ T][0-9]{1,2}:[0-9]{2}.*|[0-9].*[0-9]{4}[ T][0-9]{1,2}:[0-9]{2}.*", word):
        day = re.fullmatch(r"([0-9./-]+)[ T](?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?", word)
        of_day = _of_day(schema, day[1]) if day else ""
        return of_day if of_day not in ("", NO_SUCH_DAY) else NO_SUCH_TIME
    return _of_day(schema, word)


def _of_day(schema: Field, word: str) -> str:
    """What to do with a day that stands alone, or before a time."""
    kind = whole_periods.kind_of(word)
    if kind:
        return PERIOD.format(kind=kind)
    if any(re.fullmatch(shape_of(form), word) for form in ("%Y-%m-%d", schema.format) if form):
        turned = schema.format and day_order.advice_beside(schema.format, word)
        return turned or NO_SUCH_DAY
    if schema.format and re.fullmatch(r"[0-9]{1,4}[./ -][0-9]{1,2}[./ -][0-9]{1,4}", word):
        return "Write two digits for the day and the month, and four for the year"
    return day_order.advice(word) or next((do for shape, do in OF_DATE if re.fullmatch(shape, word)), "")


def _of_number(schema: Field, word: str) -> str:
    if re.match(r"[<>≤≥~≈]|(до|более|менее|около|свыше|over|about|nearly|up to|more than|less than) ", word):
        return LIMIT
    if schema.type == "integer" and not thousands.advice(schema, word) and re.fullmatch(r"-?[0-9]+[.,]0+", word):
        return "Write it without the decimals"
    if NAMED_DAY.fullmatch(word):
        return MADE_A_DAY
    return thousands.advice(schema, word) or next((do for shape, do in OF_NUMBER if re.fullmatch(shape, word)), "")


NO_SUCH_DAY = "There is no such day: correct it"
NO_SUCH_TIME = "There is no such day, or no such time of it: correct it"
MADE_A_DAY = "Excel has made a day of it: give the column a number format, and write the number again"
PERCENT = (
    'Write the number alone, its unit is in the column\'s name; where the field is in per cent, say "percentage": true '
    "for it in datapackage.json, and 45% and 45 are both 45"
)
PERIOD = (
    'It is a {kind} and no day: where the whole column holds a {kind}, say "format": "{kind}" for the field in '
    "datapackage.json; its rows then count in whole ones"
)
OF_GREENWICH = re.compile(r"[0-9].*[ T][0-9]{1,2}:[0-9]{2}.*(Z|[+-]00:?00)")
TIME_ZONE = (
    "It is a time of Greenwich, and here it may be another day: say where the project is in project.toml, such as "
    'time_zone = "Asia/Karachi"'
)
OF_BOOLEAN = (
    "Write it so, or leave the cell empty; where the whole column has other words, "
    'list them in "trueValues", "falseValues" or "missingValues" of the field in datapackage.json'
)
OF_FORM = (
    'Write it as 2014-12-31; where the whole column is written so, say "format": "{form}" for the field in '
    "datapackage.json"
)
OF_DATE = (
    (
        r"[1-9][0-9]{4}(\.[0-9]+)?",
        "It looks like Excel's number for a day: give the column a date format in Excel, and save again",
    ),
    (r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}", OF_FORM.format(form="%d.%m.%Y")),
    (r"(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])", OF_FORM.format(form="%Y%m%d")),
    (r"(19|20)[0-9]{2}/(0[1-9]|1[0-2])/(0[1-9]|[12][0-9]|3[01])", OF_FORM.format(form="%Y/%m/%d")),
    (r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}", "Day or month first? Write it as 2014-12-31"),
)
ALONE = "Write the number alone, its unit is in the column's name"
OF_NUMBER = (
    (r"['’`]-?[0-9.,]+", "Take away the apostrophe before it"),
    (
        r"(18|19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}( .*)?",
        MADE_A_DAY,
    ),
    (r"-?[0-9]+([.,][0-9]+)? ?%", PERCENT),
    (
        r"-?[1-9][0-9]{0,2}([ ,.'’][0-9]{3})+([.,][0-9]+)?",
        'Write it without marks between thousands; where the whole column has them, say "groupChar" for the field '
        "in datapackage.json",
    ),
    (
        r"-?[0-9]+,[0-9]+",
        'Write a point before the decimals; where the whole column has commas, say "decimalChar": "," for the field '
        "in datapackage.json",
    ),
    (r"-?[0-9]+([.,][0-9]+)?\s*\D{1,20}|[^\d\s.,+()-]{1,20}\s*[0-9]+([.,][0-9]+)?", ALONE),
)
