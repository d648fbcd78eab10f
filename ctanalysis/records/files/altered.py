"""Cells that a spreadsheet has altered: what stands in them is not what was typed, and no cell alone shows it.

    13/01/2026 a text, 2026-05-01 a real day    day and month of the real ones were exchanged
    1.500, 2.250                                thousands, or decimals
    1.23457E+19, 2026-02-01                     codes that have become numbers or days (see altered_codes)

Each is seen in a whole column of a file or sheet, exchanged days in that of all sheets of a workbook, too. Issues are
added to those of the Gathered table.
"""

import re
from collections.abc import Collection
from dataclasses import replace
from itertools import groupby

import numpy as np

from ctanalysis.project.fields import Field
from ctanalysis.records import day_order, thousands
from ctanalysis.records.files import altered_codes
from ctanalysis.records.files.gathered import Gathered, IssuesOfRows
from ctanalysis.records.findings import HELD_BACK, LOOK, Issue
from ctanalysis.records.typed import mask_of

TWO_ORDERS = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-][0-9]{2,4}(?:[ T].*)?")
THREE_BEHIND = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
POINT = re.compile(r"-?[0-9]+\.[0-9]+")
PART, LARGER = re.compile(r"-?0?[.,][0-9]*[1-9][0-9]*"), re.compile(r"-?[1-9][0-9]*(?:[.,][0-9]+)?(?: ?%)?")
ONE = re.compile(r"-?1(?:[.,]0+)?")
STANDARD = "%Y-%m-%d"
DIGITS = {"d": "(?P<d>[0-9]{2})", "m": "(?P<m>[0-9]{2})", "Y": "[0-9]{4}"}
MONTHS = 12  # a day up to this number can be taken for a month
FEW = 2  # real days, of which all are at most the 12th by chance

EXCHANGED = Issue(
    HELD_BACK,
    "half converted",
    "is a day in a column that a spreadsheet has half converted, so day and month were exchanged in it: all days of "
    "the column are at most the 12th, and what it could not read as a day was left as text",
    "Write every day of the column again as 2014-12-31, from where it was written first",
)
PERHAPS_EXCHANGED = replace(
    EXCHANGED,
    severity=LOOK,
    rule="perhaps exchanged",  # and so also held against the days that there may be
    says="may have day and month exchanged: all real days of the column are at most the 12th, and of its texts some "
    "have their day where a spreadsheet looks for the month, none the other way",
)
IN_OTHER_ORDER = Issue(
    HELD_BACK,
    "day order",
    "is a day in either order of day and month: of the others in its column some fit the other order alone, and none "
    "fits the declared one alone",
    'Where all days of the column are written so, say "format": "{form}" for the field in datapackage.json; else write '
    "each one as 2014-12-31",
)
EITHER = Issue(
    HELD_BACK,
    "thousands or decimals",
    "has three digits behind the point, as all numbers of this column that have one: nobody can say whether these are "
    "thousands or decimals",
    thousands.SAY["."],
)
BELOW_ONE = Issue(
    LOOK,
    "percentage",
    "is less than one per cent, where others of the column are more: it may be a part of 1",
    "See whether it is right; where 45% was meant by 0.45, write 45",
)

ALL_BELOW_ONE = Issue(
    HELD_BACK,
    "percentage",
    "is a part of 1 or less than one per cent: no number of this column in the file is more than 1",
    "Where 45% was meant by 0.45, write 45; where it is less than one per cent, write it with its sign, as 0.45%",
)


def add_issues(gathered: Gathered, people: Collection[str]) -> None:
    """Adds the issues of cells that a spreadsheet has altered. people: the fields by which people are known."""
    table = gathered.table
    codes = {*table.keys, *people, *table.references}
    for name, field in table.fields.items():
        if field.type == "date":
            gathered.issues += _exchanged(gathered, name)
            gathered.issues += _in_other_order(gathered, field) if not field.period else ()
        elif field.type == "number" and not (
            "decimal_char" in field.model_fields_set or field.group_char in (".", ",")
        ):
            gathered.issues += _either(gathered, field)
        if field.percentage:
            gathered.issues += _parts_of_one(gathered, field)
        elif field.type == "string" and not field.categories:
            is_code = name in codes or field.constraints.unique or field.constraints.pattern is not None
            gathered.issues += altered_codes.issues(gathered, field, is_code)


def _exchanged(gathered: Gathered, name: str) -> IssuesOfRows:
    """Days of a column, of a sheet or all sheets of a workbook, in which every text has its day where the spreadsheet
    looked for a month. Where only some have, and the others may be either, somebody looks.
    """
    words, codes = gathered.words[name].plain, gathered.codes[name]
    texts = [match and tuple(map(int, match.groups())) for match in map(TWO_ORDERS.fullmatch, words)]
    if not any(texts):
        return
    first, second = (np.array([text[which] if text else 0 for text in texts])[codes] for which in (0, 1))
    days = [match and tuple(map(int, match.groups())) for match in map(altered_codes.ISO.fullmatch, words)]
    month, day = (np.array([each[which] if each else 0 for each in days])[codes] for which in (0, 1))
    columns = list(gathered.by_source())
    is_day = (day > 0) & np.concatenate([gathered.real_days(source, rows, name) for source, rows in columns])

    def doubt(rows: slice) -> Issue | None:
        text = first[rows] > 0
        orders = [(here[rows][text] > MONTHS) for here in (first, second)]
        if not any(order.any() for order in orders) or (day[rows][is_day[rows]] > MONTHS).any():
            return None
        if any(order.all() for order in orders):
            return EXCHANGED
        are_few = is_day[rows].sum() < FEW
        return None if are_few or all(order.any() for order in orders) else PERHAPS_EXCHANGED

    for _, sheets in groupby(columns, key=lambda column: column[0].path):
        found = list(sheets)
        of_book = doubt(slice(found[0][1].start, found[-1][1].stop))
        for source, rows in found:
            of_sheet = doubt(rows)
            issue = EXCHANGED if EXCHANGED in (of_book, of_sheet) else of_sheet or of_book
            if issue:
                doubtful = is_day[rows] & (day[rows] != month[rows])
                yield from gathered.found(source, rows, replace(issue, field=name), doubtful)


def _in_other_order(gathered: Gathered, field: Field) -> IssuesOfRows:
    """Days of a column, of a file or sheet, that are days in either order of day and month, where of its texts some
    are days in the other order than is declared alone, and none in the declared one alone.
    """
    name, words, form = field.name, gathered.words[field.name].plain, field.format or STANDARD
    parts = re.split("%([dmY])", re.escape(form).replace(r"\%", "%"))
    shape = re.compile("".join(DIGITS.get(part, part) for part in parts) + "(?:[ T].*)?")
    read = [match and (int(match["d"]), int(match["m"])) for match in map(shape.fullmatch, words)]
    day, month = (np.array([each[which] if each else 0 for each in read], np.int64) for which in (0, 1))
    if not (month > MONTHS).any():
        return
    do = IN_OTHER_ORDER.do.format(form=day_order.other(form)) if field.format else EXCHANGED.do
    for source, rows in gathered.by_source():
        is_real = gathered.real_days(source, rows, name) & (source.days is not None or name in source.of_days)
        here, there = day[gathered.codes[name][rows]] * ~is_real, month[gathered.codes[name][rows]] * ~is_real
        fits_other, fits_declared = (there > MONTHS) & (here <= MONTHS), (here > MONTHS) & (there <= MONTHS)
        if fits_other.any() and not fits_declared.any():
            either = (here != there) & (here <= MONTHS) & (there <= MONTHS)
            yield from gathered.found(source, rows, replace(IN_OTHER_ORDER, do=do, field=name), either)


def _either(gathered: Gathered, field: Field) -> IssuesOfRows:
    """Numbers of a column in which all that have a point have three digits behind it, and none is below 1, or has
    another mark between its thousands.
    """
    name, words = field.name, gathered.words[field.name].plain
    three = mask_of(THREE_BEHIND.fullmatch, words)
    if not three.any():
        return
    others = mask_of(lambda word: POINT.fullmatch(word.replace(field.group_char, "")), words) & ~three
    for source, rows in gathered.by_source():
        is_text = ~np.isin(gathered.row[rows], source.typed.get(name, [])) & (name not in source.of_numbers)
        here = gathered.codes[name][rows]
        if not (others[here] & is_text).any():
            yield from gathered.found(source, rows, replace(EITHER, field=name), three[here] & is_text)


def _parts_of_one(gathered: Gathered, field: Field) -> IssuesOfRows:
    """Numbers below 1 in a column of percentages: 0.45 may have been shown as 45% once. So may all of a file.

    Where nothing can be more than one per cent, none of them can be a part of 1.
    """
    name, most = field.name, field.constraints.maximum
    words = gathered.words[name].plain
    parts, ones = mask_of(PART.fullmatch, words), mask_of(ONE.fullmatch, words)
    larger = mask_of(LARGER.fullmatch, words) & ~ones
    for source, rows in gathered.by_source() if parts.any() else ():
        here = gathered.codes[name][rows]
        if larger[here].any():
            yield from gathered.found(source, rows, replace(BELOW_ONE, field=name), parts[here])
        elif parts[here].any() and not (isinstance(most, int | float) and most <= 1):
            yield from gathered.found(source, rows, replace(ALL_BELOW_ONE, field=name), (parts | ones)[here])
