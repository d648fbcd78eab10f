"""What people read about a column, in a language, and in several languages where there is little room."""

from collections.abc import Iterator, Sequence
from datetime import date

from ctanalysis.intake.templates.columns import FIRST_DAY, LAST_DAY, Column, word
from ctanalysis.intake.templates.words import phrase
from ctanalysis.records.whole_periods import EXAMPLES

EXAMPLE = date(2014, 12, 31)
BETWEEN = {" ": "blank", ",": "comma", ";": "semicolon", "\n": "line"}
PLAIN = {"choose", "key", "text"}  # kinds whose sentence has nothing to fill in


def how_to_write(column: Column, language: str) -> str:
    """How the column is written, in a few sentences."""
    return " ".join([_first(column, language), *_more(column, language)])


def _first(column: Column, language: str) -> str:
    if column.kind in PLAIN:
        return phrase(language, column.kind)
    if column.parent:
        key = column.parent.fields[column.parent.key]
        return phrase(language, "reference", table=word(column.parent, language), column=word(key, language))
    if column.kind == "several":
        allowed = ", ".join(str(choice.written[language]) for choice in column.choices)
        return phrase(language, "several", between=_between(language, column.field.delimiter), allowed=allowed)
    if column.kind == "period":
        return phrase(language, "period", example=EXAMPLES[column.field.period])
    if column.kind == "date":
        low, high = column.days
        return phrase(language, "date", example=min(max(EXAMPLE, low), high), bounds=_days(column, language))
    return phrase(language, column.kind, bounds=_bounds(column, language))


def _between(language: str, delimiter: str) -> str:
    return phrase(language, BETWEEN[delimiter]) if delimiter in BETWEEN else delimiter


def _days(column: Column, language: str) -> str:
    any_day = column.days == (FIRST_DAY, LAST_DAY)
    return "" if any_day else phrase(language, "days", low=column.low, high=column.high)


def _bounds(column: Column, language: str) -> str:
    low, high = column.low, column.high
    if low is None and high is None:
        return ""
    return phrase(language, "most" if low is None else "least" if high is None else "between", low=low, high=high)


def _more(column: Column, language: str) -> Iterator[str]:
    pattern = column.field.constraints.pattern
    if column.unique and column.kind != "key":
        yield phrase(language, "unique")
    if pattern:
        yield phrase(language, "form", pattern=pattern)
    for first in column.after:
        yield phrase(language, "after", first=word(first, language))
    for parts in column.parts:
        yield phrase(language, "sum", parts=", ".join(word(part, language) for part in parts))


def fitting(lines: Sequence[str], room: int) -> str:
    """Those of the lines, one below the other, for which there is room (in characters).

    A first line that is too long is cut at a word.
    """
    kept: list[str] = []
    for line in dict.fromkeys(lines):
        if len("\n".join([*kept, line])) <= room:
            kept.append(line)
    return "\n".join(kept) or cut(lines[0], room)


def cut(text: str, room: int) -> str:
    """The text, or as many of its whole words as there is room for."""
    if len(text) <= room:
        return text
    whole_words, blank, _ = text[:room].rpartition(" ")  # the sign of what was cut takes the place of a blank
    return f"{whole_words.rstrip()}…" if blank else text[:room]
