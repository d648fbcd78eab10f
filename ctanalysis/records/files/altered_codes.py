"""Codes of which a program has made numbers or days: what is left of them may be somebody else's code.

    1.23457E+19, 1.23457e+15       of a long code: Excel, pandas and R each write it in their way
    12345678901234500000           of which Excel has lost the digits after the 15th
    12345.0 beside 12345           pandas has made a number of a code, in a column with an empty cell
    2026-02-01, or 01.фев in a text, among codes   1/2, of which Excel has made a day

Each is seen in a whole column of a file or sheet; codes are looked at as they are read, without blanks around them.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ctanalysis.project.fields import Field
from ctanalysis.records.arrays import Codes
from ctanalysis.records.files.gathered import Gathered, IssuesOfRows
from ctanalysis.records.findings import HELD_BACK, LOOK, Issue
from ctanalysis.records.hints import AS_TEXT, BECAME_A_DAY, NAMED_DAY
from ctanalysis.records.typed import mask_of

ISO = re.compile(r"[0-9]{4}-([0-9]{2})-([0-9]{2})(?:[ T].*)?")
EXPONENT = re.compile(r"-?[0-9](?:[.,][0-9]+[eE]\+?|[eE]\+)[0-9]{1,3}")
LONG_CODE = re.compile("[0-9]{15}([0-9]+)")
POINT_ZERO, POINT = re.compile(r"[0-9]+\.0"), re.compile(r"[0-9]+\.[0-9]*[1-9][0-9]*")
WRITTEN_DAY = re.compile(
    r"(?:(?:18|19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}([./-])[0-9]{1,2}\1(?:18|19|20)[0-9]{2})"
    r"(?:[ T]00:00(?::00)?)?"
)
CLOCK = re.compile("-?(?:[0-9]+ days?, )?[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[.][0-9]+)?")  # as a workbook has it
PAIR = re.compile(r"[0-9]{1,2}[-./][0-9]{1,4}[^\W\d_]?")  # of some of which Excel makes a day, and of some not
FEW_ZEROS = 4  # behind the 15th digits of two codes or more: by chance, all are 0 in one column of ten thousand
SIGNS = re.compile(  # what a column has in which some code may have been altered; for a quick look at all at once
    r"\0(?:-?[0-9](?:[.,][0-9]+[eE]\+?|[eE]\+)[0-9]"
    r"|(?:[0-9]{1,4}(?:[0-9]{12,}|[-./ ][^\0]{3,})|[^\W\d_]{3}\.?[-. ][0-9]{2}|[0-9]+\.0)(?=\0)"
    r"|[^\0]*[0-9]:[0-9]{2}:[0-9])"
)

ROUNDED = Issue(
    HELD_BACK, "long code", "is a code that Excel has made a number of, and of which it has lost digits", AS_TEXT
)
MAYBE_ROUNDED = Issue(
    LOOK,
    "long code",
    "has nothing but zeros behind its 15th digit, where other codes of the column have not: Excel may have lost these",
    "See whether they are its own digits; where they are not, give the column the format Text in Excel, and write the "
    "code again",
)
WITH_POINT = Issue(
    HELD_BACK,
    "look-alike key",
    "is another code of this column with .0 behind it, so one person or thing would be two: a program has made a "
    "number of it",
    "Write the code without the .0",
)
A_DAY = Issue(HELD_BACK, "day", "is a day, and no day belongs here", BECAME_A_DAY)
A_TIME = Issue(
    HELD_BACK,
    "day",
    "is a time of day, and none belongs here",
    "Excel makes a time of texts such as 3:4: give the column the format Text, and write it again",
)
A_DAY_TOO = Issue(LOOK, "day", "is a day where others are texts", f"Nothing, if it is meant. {BECAME_A_DAY}")


def issues(gathered: Gathered, field: Field, is_code: bool) -> IssuesOfRows:
    """Codes of a field that have become numbers, and texts that have become days."""
    words = gathered.words[field.name]
    if words.unaltered:
        return
    plain = words.plain
    if SIGNS.search("\0".join(["", *plain, ""])):
        yield from _numbers(gathered, field.name, plain)
        yield from _days(gathered, field.name, plain, is_code)
        if is_code:
            yield from _with_point(gathered, field.name, plain)


def _numbers(gathered: Gathered, name: str, plain: Sequence[str]) -> IssuesOfRows:
    """Codes of which digits are lost. That a code ends in zeros is judged by all long ones of a file or sheet."""
    exponent, long, zeros = mask_of(EXPONENT.fullmatch, plain), mask_of(LONG_CODE.fullmatch, plain), _zeros(plain)
    for source, rows in gathered.by_source():
        here = gathered.codes[name][rows]
        of_long = zeros[np.unique(here[long[here]])]
        ends, is_most = (zeros > 0)[here], np.count_nonzero(of_long) * 2 > len(of_long)
        is_odd = _is_no_chance(of_long[of_long > 0], len(of_long))
        lost = exponent[here] | (ends & (is_odd and is_most))
        yield from gathered.found(source, rows, replace(ROUNDED, field=name), lost)
        yield from gathered.found(source, rows, replace(MAYBE_ROUNDED, field=name), ends & (is_odd and not is_most))


def _is_no_chance(zeros: Codes, every: int) -> bool:
    """Whether so many zeros at the end of some of so many long codes are hardly there by chance."""
    ways = math.lgamma(every + 1) - math.lgamma(len(zeros) + 1) - math.lgamma(every - len(zeros) + 1)
    return len(zeros) > 1 and bool(zeros.sum() - ways / math.log(10) >= FEW_ZEROS)


def _zeros(plain: Sequence[str]) -> Codes:
    """For each word how many digits it has behind the 15th, if all of these are 0; else 0."""
    ends = (match[1] if match else "1" for match in map(LONG_CODE.fullmatch, plain))
    return np.array([0 if end.strip("0") else len(end) for end in ends], np.int64)


def _with_point(gathered: Gathered, name: str, plain: Sequence[str]) -> IssuesOfRows:
    """Codes that are another one of the table with .0 behind it; not where a point tells codes apart: 1.0, 1.1."""
    found = mask_of(POINT_ZERO.fullmatch, plain)
    if not found.any() or any(map(POINT.fullmatch, plain)):
        return
    every = {*plain}
    found &= mask_of(lambda word: word.removesuffix(".0") in every, plain)
    for source, rows in gathered.by_source():
        yield from gathered.found(source, rows, replace(WITH_POINT, field=name), found[gathered.codes[name][rows]])


def _days(gathered: Gathered, name: str, plain: Sequence[str], is_code: bool) -> IssuesOfRows:
    """Texts that have become days."""
    day, filled = mask_of(ISO.fullmatch, plain), mask_of(str.strip, plain)
    clock = mask_of(CLOCK.fullmatch, plain)
    named_day, written, pair = (mask_of(form.fullmatch, plain) for form in (NAMED_DAY, WRITTEN_DAY, PAIR))
    for source, rows in gathered.by_source():
        here, tells = gathered.codes[name][rows], source.tells_days(name)
        in_text = named_day | written if pair[here].any() else named_day  # as a text file has them: 05.сен
        is_day = day[here] & gathered.real_days(source, rows, name) if tells else in_text[here]
        is_mixed, is_time = (filled[here] & ~is_day).any(), clock[here] & (source.days is not None)
        if is_code and is_time.any():
            of_excel = is_time & gathered.real_days(source, rows, name)
            yield from gathered.found(source, rows, replace(A_TIME, field=name), of_excel)
        if is_code and (is_mixed or tells):
            yield from gathered.found(source, rows, replace(A_DAY, field=name), is_day)
        elif is_mixed and tells:
            yield from gathered.found(source, rows, replace(A_DAY_TOO, field=name), is_day)
