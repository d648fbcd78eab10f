"""Codes by which people are known, in a table that lists them nowhere else: two people are not one, nor one two.

    unknown, ---, аноним    no code: all rows of it would be one person
    P0001, Р0001            the second is Cyrillic: one person would be two
    P0001, p0001            perhaps one person; who sent it knows
    0012, 12                the same: a spreadsheet takes zeros off

A code that is the key of another table is looked up there (records/references.py); one that is the table's own key is
looked at with keys (records/uniqueness.py).
"""

import re
from collections.abc import Collection
from dataclasses import replace

from ctanalysis.base.spelling import lookalike, skeleton
from ctanalysis.project.fields import Field
from ctanalysis.records.arrays import Mask
from ctanalysis.records.files.gathered import Gathered, IssuesOfRows
from ctanalysis.records.files.words import Words
from ctanalysis.records.findings import HELD_BACK, LOOK, Issue
from ctanalysis.records.hints import CODES, MARK, for_field, is_mark
from ctanalysis.records.marks import missing
from ctanalysis.records.typed import mask_of

DIGIT = re.compile("[0-9]")  # but for CODES, no mark of no value has one
ZEROS, FIGURES = re.compile("0+"), re.compile("[0-9]+")
NOBODY = re.compile(
    "anonym(ous)?|anon|nobody|no[ _]name|x{2,9}|х{2,9}|аноним(но|ный|ная)?|без[ _]имени|имя[ _]неизвестно|аты[ _]жок",
    re.IGNORECASE,
)
ALIKE = Issue(
    HELD_BACK,
    "look-alike key",
    "looks the same as another code that has other letters (Latin and Cyrillic), so one person would be two",
    "Write it in one alphabet in every row",
)
CAPITALS = Issue(
    LOOK,
    "look-alike code",
    "is another code but for capitals: they are counted as two people",
    "See whether it is one person, and write the code in one way",
)
FIRST_ZEROS = replace(
    CAPITALS,
    says="is another code but for zeros before it, which a spreadsheet takes off: they are counted as two people",
)
NO_CODE = Issue(
    LOOK,
    "zeros as code",
    "is nothing but zeros, and its rows are counted as one person",
    'Where it stands for no code, leave the cell empty, or list it in "missingValues" of the field in datapackage.json',
)


def add_issues(gathered: Gathered, people: Collection[str]) -> None:
    """Adds the issues of codes of people. people: the fields by which people are known."""
    table = gathered.table
    for name in (name for name in table.fields if name in people and name not in table.references):
        field, words = table.fields[name], gathered.words[name]
        gathered.issues += _issues(gathered, field, _nobody(field), _marks(field, words))
        if name != table.key:
            alike = words.alike(lookalike)
            gathered.issues += _issues(gathered, field, ALIKE, alike)
            spelt = words.alike(skeleton)
            gathered.issues += _issues(gathered, field, CAPITALS, spelt & ~alike)
            if any(word.startswith("0") for word in words):
                gathered.issues += _issues(gathered, field, FIRST_ZEROS, words.alike(_number) & ~spelt & ~alike)
            gathered.issues += _issues(gathered, field, NO_CODE, _zeros(field, words))


def _number(word: str) -> str:
    """A code of figures without the zeros before it; any other as it is spelt, but for capitals."""
    code = skeleton(word)
    return code.lstrip("0") or code if FIGURES.fullmatch(code) else code


def _nobody(field: Field) -> Issue:
    do = for_field(field, MARK)
    return Issue(HELD_BACK, "missing code", "is a mark of no value, and would be one person", do, field.name)


def _marks(field: Field, words: Words) -> Mask:
    """Which words are marks of no value, and not among those that the field lists."""
    if words.numbered and CODES.isdisjoint(words):
        return mask_of(lambda _: False, words)
    marks = mask_of(lambda word: word in CODES or (not DIGIT.search(word) and _is_mark(word)), words.plain)
    return marks & ~missing(field, words, words.plain)


def _zeros(field: Field, words: Words) -> Mask:
    """Which words are nothing but zeros, and not among the marks that the field lists."""
    return mask_of(ZEROS.fullmatch, words.plain) & ~missing(field, words, words.plain)


def _is_mark(word: str) -> bool:
    return is_mark(word) or bool(NOBODY.fullmatch(word))


def _issues(gathered: Gathered, field: Field, issue: Issue, words: Mask) -> IssuesOfRows:
    """The issue of the rows with chosen words, by file and sheet."""
    for source, rows in gathered.by_source() if words.any() else ():
        yield from gathered.found(
            source, rows, replace(issue, field=field.name), words[gathered.codes[field.name][rows]]
        )
