"""What a difference between the two readers may be recognised by."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import frictionless

from ctanalysis.base.spelling import cleaned, skeleton
from tests.records.two_readers.broken import Broken, Case
from tests.records.two_readers.package import FIELDS, PACKAGE, for_frictionless


@dataclass(frozen=True)
class Difference:
    """A disagreement that is meant: by whom it is said, of what, why ours is right, and a corruption that shows it."""

    name: str
    why: str
    by: str
    kinds: tuple[str, ...]
    holds: Callable[[Case, Broken, str], bool]  # case, what is broken, the cell's text
    example: Callable[[dict], None]

    def explains(self, case, broken):
        cell = case.cell(broken.table, broken.row, broken.field) if broken.field else ""
        return self.by in (broken.by, "either") and broken.kind in self.kinds and self.holds(case, broken, cell)


def put(table, row, field, *texts):
    """A corruption: cells of a column replaced, from a row on."""

    def corrupt(tables):
        for number, text in enumerate(texts, row - 2):
            tables[table][number][list(FIELDS[table]).index(field)] = text

    return corrupt


def shaped(row, edit):
    """A corruption: the cells of a visit as edit(cells) gives them."""

    def corrupt(tables):
        tables["rows"][row - 2] = edit(tables["rows"][row - 2])

    return corrupt


def each(*corruptions):
    def corrupt(tables):
        for change in corruptions:
            change(tables)

    return corrupt


def kind_of(broken):
    return FIELDS[broken.table][broken.field]["type"]


def marks(broken):
    """The texts that stand for no value in a field, as frictionless has them."""
    return FIELDS[broken.table][broken.field].get("missingValues", [""])


def is_nothing(broken, cell):
    """No value, once blanks and signs that nobody sees are gone; frictionless takes it for one."""
    return broken.field != "" and cleaned(cell) in ("", *marks(broken)) and cell not in marks(broken)


def is_loose(broken, cell):
    """Whether frictionless' field takes the text for a value of its type, or for none."""
    return "type" not in (READERS[broken.table, broken.field](cell)[1] or {})


READERS = {
    (resource.name, field.name): field.create_cell_reader()
    for resource in frictionless.Package(for_frictionless(PACKAGE)).resources
    for field in resource.schema.fields
}


def is_number(broken, cell):
    return kind_of(broken) in ("integer", "number") and is_loose(broken, cell)


def is_day(broken, cell):
    return kind_of(broken) == "date" and is_loose(broken, cell)


TEXT_DAY = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-][0-9]{2,4}([ T].*)?")
WHOLE_DAY = re.compile(r"[0-9]{4}-([0-9]{2})-([0-9]{2})([ T].*)?")


def is_half_converted(case, broken, cell):
    """Whether a cell is a day whose day and month a spreadsheet may have exchanged, by the whole column.

    Of 05.01.2026 it makes 2026-05-01, and 13.01.2026 it leaves: so no text of the column could be read the other way
    round, and every day could. Of a day such as 2026-05-05 nothing changes.
    """
    column = case.column(broken.table, broken.field).values()
    texts, days = (
        [[int(number) for number in match.groups()[:2]] for match in map(form.fullmatch, column) if match]
        for form in (TEXT_DAY, WHOLE_DAY)
    )
    left = texts and any(all(text[which] > 12 for text in texts) for which in (0, 1))
    this = WHOLE_DAY.fullmatch(cell)
    return bool(left and this and all(day <= 12 for _, day in days) and int(this[1]) != int(this[2]))


def is_in_other_order(case, broken, cell):
    """Whether a cell is a day with day and month either way round, in a column of which some are days the other way
    round alone, and none the declared way alone.
    """
    column = [day_and_month(broken, text) for text in case.column(broken.table, broken.field).values()]
    this = day_and_month(broken, cell)
    turned, right = ([one for one in column if one and one[at] > 12 >= one[1 - at]] for at in (1, 0))
    return bool(this and turned and not right and max(this) <= 12 and this[0] != this[1])


def day_and_month(broken, text):
    """The numbers where a day written in the declared form, with a time or without, has its day and its month."""
    is_iso = FIELDS[broken.table][broken.field].get("format") is None
    form = r"[0-9]{4}-([0-9]{2})-([0-9]{2})" if is_iso else r"([0-9]{2})\.([0-9]{2})\.[0-9]{4}"
    match = re.fullmatch(form + "([ T].*)?", cleaned(text))
    return (int(match[1 + is_iso]), int(match[2 - is_iso])) if match else None


def is_cut(case, broken, cell):
    """Whether a text is a number with an exponent, or has more than 15 digits, of which the last are zeros."""
    plain = cleaned(cell)
    with_exponent = re.fullmatch(r"-?[0-9]([.,][0-9]+)?[eE][+]?[0-9]{1,3}", plain) and (
        "+" in plain or "." in plain or "," in plain
    )
    return kind_of(broken) == "string" and bool(with_exponent or re.fullmatch("[0-9]{15}0+", plain))


def has_a_point(case, broken, cell):
    """Whether a code is another one of its column with .0 behind it."""
    plain, column = cleaned(cell), map(cleaned, case.column(broken.table, broken.field).values())
    return plain.endswith(".0") and plain.removesuffix(".0") in column


def is_day_of_a_code(case, broken, cell):
    """Whether a text is a day in a column of codes."""
    return kind_of(broken) == "string" and bool(re.search(r"[0-9]{4}|[^\W\d]{3}", cell))


def others(case, broken, alike=cleaned):
    """The other rows of which the cell in this column is the same."""
    column = case.column(broken.table, broken.field)
    return [row for row, text in column.items() if row != broken.row and alike(text) == alike(column[broken.row])]


def keys(case, alike=cleaned):
    """The partners' keys: by what they look like, their rows."""
    found = {}
    for row, text in case.column("partners", "partner_id").items():
        found.setdefault(alike(text), []).append(row)
    return found


def key_of(case, broken):
    return case.cell(broken.table, broken.row, next(iter(FIELDS[broken.table])))


def is_total(case, broken):
    """Whether the row's key begins with a word for a total, or any of its cells is one and its key is empty."""
    key, totals = key_of(case, broken), ("TOTAL", skeleton("итого"))
    cells = [] if key.strip() else case.tables[broken.table][broken.row - 2]
    return any(skeleton(text).rstrip(":") in totals for text in cells) or re.split("[ :.=]", skeleton(key))[0] in totals


def not_looked_into(case, table, row):
    kinds = ("shape", "total", "columns again", "after other columns")
    return any(case.says("ours", table, row, kind) for kind in kinds) or has_exchanged_day(case, table, row)


def has_exchanged_day(case, table, row):
    kinds = ("half converted", "day order", "long code", "day")
    altered = any(case.says("ours", table, row, kind, field) for field in FIELDS[table] for kind in kinds)
    return altered or any(
        case.says("ours", table, row, "look-alike key", field) and cleaned(case.cell(table, row, field)).endswith(".0")
        for field in FIELDS[table]
    )


def spellings(field):
    return {
        skeleton(word)
        for category in field["categories"]
        for word in (category["value"], category["label"], *category.get("alternatives", ()))
    }


ANY = ("type", "required", "enum", "pattern", "minimum", "maximum", "unique", "foreign key", "shape", "blank row")
PLAIN_NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?", re.ASCII)
