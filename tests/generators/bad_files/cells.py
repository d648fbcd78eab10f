"""Single cells of a text: numbers, days, words and keys as people type them."""

from datetime import date

from ctanalysis.records import HELD_BACK, LOOK, REPAIRED
from tests.generators.bad_files.case import AGAIN, COLUMN, ROWS, SIX, TWELVE, Bad, Told, changed, held, repaired
from tests.generators.bad_files.texts import declared, of_text, put, several, text

SAME = object()


def one(name, value, told=None, *words, describe=lambda fields, table: None, meant=SAME):
    """A text with the cell of one column in row 4 changed: what is found there,
    and the value that it has if it is used.
    """
    expected = [Told(*told, COLUMN[name], (4,), words)] if told else []
    own = (value,) if told and len(value.strip()) > 3 else ()
    values = {} if meant is SAME else {("QX-103", name): meant}
    return of_text(text(changed((4, name, value))), *expected, describe=describe, own=own, meant=values)


def column(name, say, told=None, *words, describe=lambda fields, table: None):
    """A text with a whole column said otherwise, one finding for all of it."""
    rows = changed(*((row, name, say(ROWS[row - 2][name])) for row in SIX if ROWS[row - 2][name] is not None))
    filled = tuple(row for row in SIX if ROWS[row - 2][name] is not None)
    expected = (
        [
            Told(
                HELD_BACK,
                told,
                COLUMN[name],
                filled,
                (*words, f"all {len(filled)} filled cells" if len(filled) >= 5 else "rows"),
            )
        ]
        if told
        else []
    )
    if not told:
        return of_text(text(rows), describe=describe)
    return Bad(several(**{"meetings.csv": text(rows), "right.csv": text(AGAIN)}), told=tuple(expected), rows=TWELVE)


TYPE, CATEGORY, MEANT = (HELD_BACK, "type"), (HELD_BACK, "category"), (REPAIRED, "spelling")
KEY = (HELD_BACK, "key")
GROUPED = declared(women={"groupChar": " "}, everyone={"groupChar": " "})
GERMAN = declared(day={"format": "%d.%m.%Y"})

MANY = ("1.500", "2.250", "12.750", "1.200", "18.400")
NUMBERS = {
    "fewer than five as <5": one("women", "<5", TYPE, "A limit is no number"),
    "about twenty": one("women", "около 20", TYPE, "A limit is no number"),
    "n/a for a number": one("spent", "n/a", TYPE, "Leave the cell empty", "missingValues"),
    "n/a for a number that must be there": one("women", "n/a", TYPE, "Write the value"),
    "нет данных for a number": one("spent", "нет данных", TYPE, "missingValues"),
    "жок for a number": one("spent", "жок", TYPE, "missingValues"),
    "a dash for a number": one("spent", "–", TYPE, "missingValues"),
    "a mark that is declared": one("spent", "н/д", meant=None, describe=declared(spent={"missingValues": ["н/д"]})),
    "-99 for no number": one("spent", "-99", (HELD_BACK, "missing code"), "no value", "missingValues"),
    "-99 where nothing is below 0": one("women", "-99", (HELD_BACK, "missing code"), "no value", "Write the value"),
    "a number below what may be": of_text(
        text(changed((4, "women", -17), (4, "everyone", -1))),
        held("minimum", "E", 4, words=("at least 0",)),
        held("minimum", "G", 4),
    ),
    "-99 that is declared": one("spent", "-99", meant=None, describe=declared(spent={"missingValues": ["-99"]})),
    "a decimal comma": one("spent", "12,75", TYPE, "decimalChar"),
    "a column of decimal commas": column(
        "spent", lambda value: f"{value:.2f}".replace(".", ","), "type", "decimalChar"
    ),
    "decimal commas that are declared": column(
        "spent", lambda value: f"{value:.2f}".replace(".", ","), describe=declared(spent={"decimalChar": ","})
    ),
    "a blank between thousands": one("women", "1 200", TYPE, "groupChar"),
    "a no-break space between thousands": one("women", "1\u00a0200", TYPE, "groupChar"),
    "a narrow no-break space between thousands": one("women", "1\u202f200", TYPE, "groupChar"),
    "a no-break space behind a number": one("women", "17\u00a0", MEANT, "blank"),
    "a ditto mark for a number": one("women", "-//-", TYPE, "in every row"),
    "a no-break space between thousands that are declared": of_text(
        text(changed((4, "women", "1\u00a0200"), (4, "everyone", "1 216"))),
        repaired("E", 4, words=("blank",)),
        describe=GROUPED,
        meant={("QX-103", "women"): 1200, ("QX-103", "everyone"): 1216},
    ),
    "a comma between thousands": one("women", "1,200", TYPE, "thousands"),
    "an apostrophe between thousands": one("women", "1'200", TYPE, "thousands"),
    "a number with its unit": one("women", "17 чел.", TYPE, "number alone"),
    "a percentage": one("women", "75%", TYPE, "number alone"),
    "an exponent": one("women", "1.7E+01", TYPE, "whole number"),
    "a whole number with a decimal": one("women", "17.0", TYPE, "without the decimals"),
    "a number with an apostrophe before it": one("women", "'17", TYPE, "apostrophe"),
    "a number in words": one("women", "семнадцать", TYPE, "whole number"),
    "a minus that is a long dash": one("spent", "−12.75", MEANT, "dash", meant=-12.75),
    "too many decimals": one("spent", "12.750001", TYPE, "4 decimal places"),
    "digits of another script": one("women", "١٧", TYPE, "whole number"),
    "the letter O for a zero": one("women", "1O", TYPE, "whole number"),
    "an error of Excel in a text": one("women", "#REF!", TYPE, "error of Excel"),
    "an error of a Russian Excel in a text": one("women", "#ССЫЛКА!", TYPE, "error of Excel"),
    "a formula as text": one("women", "=E2+E3", TYPE, "formula"),
    "a formula in a free text stays text": one("note", "=HYPERLINK(QX)"),
    "three dashes for a number": one("spent", "---", TYPE, "missingValues"),
    "no answer for a number": one("spent", "нет ответа", TYPE, "missingValues"),
    "three digits behind every point": of_text(
        text(changed(*((row, "spent", value) for row, value in zip((2, 3, 4, 6, 7), MANY, strict=True)))),
        Told(
            HELD_BACK, "thousands or decimals", COLUMN["spent"], (2, 3, 4, 6, 7), ("all 5 filled cells", "decimalChar")
        ),
        own=MANY,
    ),
    "parts that do not add up": of_text(
        text(changed((4, "women", 71))), held("sum", "G", 4, words=("sum of women, men",))
    ),
}
DAYS = {
    "a day as 14.03.2014": one("day", "14.03.2014", TYPE, "2014-12-31", '"format": "%d.%m.%Y"'),
    "a column of days as 14.03.2014": column("day", lambda day: f"{day:%d.%m.%Y}", "type", "format"),
    "days as 14.03.2014 that are declared": column("day", lambda day: f"{day:%d.%m.%Y}", describe=GERMAN),
    "a day as 3/14/2014": one("day", "3/14/2014", TYPE, "Day or month first?"),
    "a day as 14.03.14": one("day", "14.03.14", TYPE, "Day or month first?"),
    "a day as 4.3.2014 where 04.03.2014 is declared": one(
        "day", "4.3.2014", TYPE, "31.12.2014", "two digits", describe=GERMAN
    ),
    "30 February": one("day", "2014-02-30", TYPE, "no such day"),
    "31.02.2014 where such days are declared": one("day", "31.02.2014", TYPE, "no such day", describe=GERMAN),
    "a day with its time": one("day", "2014-03-14 10:30", MEANT, "time of day"),
    "Excel's number for a day": one("day", "41712", TYPE, "Excel's number for a day"),
    "a day in words": one("day", "14 марта 2014", TYPE, "2014-12-31"),
    "a year for a day": one("day", "2013", TYPE, "2014-12-31"),
    "a day of the year 204": one("day", "0204-03-14", TYPE, "2014-12-31"),
    "a day that is not the project's": one(
        "day", "2041-03-14", (HELD_BACK, "project's dates"), "2011-10-01 to 2015-09-30"
    ),
    "a day after the records are complete": one(
        "day", "2015-03-14", (LOOK, "after records_through"), "2014-12-31", meant=date(2015, 3, 14)
    ),
    "a time of Greenwich": one("day", "2014-03-14T23:30:00Z", TYPE, "time_zone"),
    "a time with its offset": one("day", "2014-03-14T23:30:00.000+06:00", MEANT, "time of day"),
    "no day": one("day", "", (HELD_BACK, "required"), "must not be empty"),
    "a day that is not known": one("day", "неизвестно", TYPE, "Write the value"),
}
WORDS = {
    "a Latin O in Oш": one("place", "Oш", MEANT, "looks like another", meant="osh"),
    "a place in capitals": one("place", "ОШ", MEANT, "capital", meant="osh"),
    "a place in small letters": one("place", "osh ", MEANT, meant="osh"),
    "a spelling that is declared": one("place", "Issyk-Kul"),
    "places in three languages": of_text(
        text(changed((2, "place", "Ош"), (3, "place", "Чүй"), (4, "place", "Иссык-Куль")))
    ),
    "a long dash in a place": one("place", "Ысык–Көл", MEANT, "dash"),
    "е for ё": one("place", "Семеновка", MEANT, meant="semyonovka"),
    "a no-break space behind a place": one("place", "Osh\u00a0", MEANT, "blank", meant="osh"),
    "a sign that nobody sees in a place": one("place", "О\u200bш", MEANT, meant="osh"),
    "two places in one cell": one("place", "Osh, Chüy", CATEGORY, "a row of its own for each"),
    "a place that Excel has made a day": one("place", "05.сен", CATEGORY, "format Text"),
    "a ditto mark for a place": one("place", "то же", CATEGORY, "in every row"),
    "a place that is none": one("place", "QX Osh town", CATEGORY, "must be one of", "alternatives"),
    "a place that is not known": one("place", "не известно", CATEGORY, "Write the value"),
    "yes in another language": one("agreed", "да", TYPE, "true or false", "trueValues"),
    "yes in another language, declared": of_text(
        text(changed(*((row, "agreed", "да" if ROWS[row - 2]["agreed"] else "нет") for row in (2, 3, 4, 6, 7)))),
        describe=declared(agreed={"trueValues": ["да"], "falseValues": ["нет"]}),
    ),
    "1 and 0 for yes and no": of_text(text(changed((2, "agreed", "1"), (3, "agreed", "0")))),
    "a cross for yes": one("agreed", "x", TYPE, "missingValues"),
    "a category that is Excel's error": one("place", "#Н/Д", CATEGORY, "error of Excel"),
}

KEYS = {
    "no key": one("id", "", (HELD_BACK, "required"), "must not be empty"),
    "the same row twice": of_text(
        text([*ROWS, ROWS[1]]), held("unique", "A", 8, words=("same row stands earlier",)), rows=(*SIX, 8)
    ),
    "one key, two different rows": of_text(
        text(changed((6, "id", "QX-101"))), held("unique", "A", 2, 6, words=("rows that differ",))
    ),
    "one key, with a blank behind": of_text(
        text(changed((6, "id", "QX-101\u00a0"))), held("unique", "A", 2, 6), repaired("A", 6)
    ),
    "keys that differ by a Cyrillic letter": of_text(
        text(changed((5, "id", "QХ-101"), (2, "id", "QX-101"))),
        held("look-alike key", "A", 2, 5, words=("Latin and Cyrillic", "one alphabet")),
        own=("QХ-101",),
    ),
    "a key with a blank behind": one("id", "QX-103\u00a0", MEANT, "blank"),
    "a key of nobody": one("centre", "QXC9", KEY, "table 'centres'", "Add the row"),
    "a Cyrillic letter in a key of another table": one("centre", "С1", MEANT, "looks like another"),
    "a key of a row that is held back": Bad(
        lambda folder: (put(text())(folder), put("centre,beds\nC1,QX\nC2,6\n", "../centres.csv")(folder)),
        told=(held("held back key", "D", 2, 4, 6, words=("table 'centres'", "Put that row right")),),
    ),
}
