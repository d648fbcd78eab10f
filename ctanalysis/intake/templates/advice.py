"""What people are told about a column, in a language, and in several languages where there is little room."""

from datetime import date

from ctanalysis.intake.templates.columns import FIRST_DAY, LAST_DAY, word
from ctanalysis.intake.templates.words import said

EXAMPLE = date(2014, 12, 31)
PLAIN = {"choose", "key", "text"}  # kinds whose sentence has nothing to fill in


def how(column, language):
    """How the column is written, in a few sentences."""
    return " ".join([_first(column, language), *_more(column, language)])


def _first(column, language):
    if column.kind in PLAIN:
        return said(language, column.kind)
    if column.kind == "reference":
        key = column.parent.fields[column.parent.key]
        return said(language, "reference", table=word(column.parent, language), column=word(key, language))
    if column.kind == "date":
        return said(
            language, "date", example=min(max(EXAMPLE, column.low), column.high), bounds=_days(column, language)
        )
    return said(language, column.kind, bounds=_bounds(column, language))


def _days(column, language):
    anyday = (column.low, column.high) == (FIRST_DAY, LAST_DAY)
    return "" if anyday else said(language, "days", low=column.low, high=column.high)


def _bounds(column, language):
    low, high = column.low, column.high
    if low is None and high is None:
        return ""
    return said(language, "most" if low is None else "least" if high is None else "between", low=low, high=high)


def _more(column, language):
    pattern = column.field.constraints.pattern
    if column.unique and column.kind != "key":
        yield said(language, "unique")
    if pattern:
        yield said(language, "form", pattern=pattern)
    for first in column.after:
        yield said(language, "after", first=word(first, language))
    for parts in column.parts:
        yield said(language, "sum", parts=", ".join(word(part, language) for part in parts))


def fitting(lines, room):
    """Those of the lines, one below the other, for which there is room; a first line that is too long is cut at a word."""
    kept = []
    for line in dict.fromkeys(lines):
        if len("\n".join([*kept, line])) <= room:
            kept.append(line)
    return "\n".join(kept) or cut(lines[0], room)


def cut(text, room):
    """The text, or as many of its whole words as there is room for."""
    return (
        text
        if len(text) <= room
        else text[: room - 1].rpartition(" ")[0].rstrip() + "…"
        if " " in text[: room - 1]
        else text[:room]
    )
