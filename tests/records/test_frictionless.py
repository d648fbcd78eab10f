"""Two readers of one Data Package: ours and frictionless agree on every row and field that breaks it.

Clean tables are corrupted at random and read by both. Where they disagree, the disagreement is one
of DIFFERENCES, each with the reason why ours is right for records that people type, and each shown
to occur: an entry that nothing needs any more fails.
"""

import csv
import json
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import partial

import frictionless
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctanalysis import project
from ctanalysis.base.spelling import cleaned, lookalike, skeleton
from ctanalysis.records import HELD_BACK, survey
from tests.generators import small
from tests.generators.wrong import SHIPPED

KEY = {"required": True, "unique": True}
PARTNERS = [
    {"name": "partner_id", "type": "string", "title": "partner code", "constraints": KEY},
    {"name": "name", "type": "string", "title": "name of the partner", "constraints": {"required": True}},
    {"name": "since", "type": "date", "title": "since", "format": "%d.%m.%Y"},
]
VISITS = [
    {"name": "visit_id", "type": "string", "title": "visit code", "constraints": KEY},
    {"name": "partner_id", "type": "string", "title": "partner", "constraints": {"required": True}},
    {
        "name": "place",
        "type": "string",
        "title": "place",
        "constraints": {"required": True},
        "categories": [
            {"value": "KG-GO", "label": "Osh city", "alternatives": ["г. Ош"]},
            {"value": "KG-C", "label": "Chüy"},
            {"value": "KG-N", "label": "Naryn"},
        ],
    },
    {"name": "season", "type": "string", "title": "season", "constraints": {"enum": ["spring", "autumn"]}},
    {"name": "form", "type": "string", "title": "form", "constraints": {"pattern": "[A-Z]{2}-[0-9]{3}|none"}},
    {
        "name": "people",
        "type": "integer",
        "title": "people",
        "missingValues": ["unknown"],
        "constraints": {"required": True, "minimum": 0, "maximum": 500},
    },
    {"name": "change", "type": "integer", "title": "change"},
    {
        "name": "cost",
        "type": "number",
        "title": "cost",
        "decimalChar": ",",
        "groupChar": " ",
        "constraints": {"minimum": 1},
    },
    {"name": "weight", "type": "number", "title": "weight", "constraints": {"maximum": 99.5}},
    {"name": "paid", "type": "boolean", "title": "paid", "trueValues": ["yes", "ooba"], "falseValues": ["no"]},
    {"name": "day", "type": "date", "title": "day", "constraints": {"minimum": "2014-01-01", "maximum": "2014-12-31"}},
    {"name": "left", "type": "date", "title": "left on", "format": "%d.%m.%Y"},
    {"name": "phone", "type": "string", "title": "phone", "constraints": {"unique": True}},
    {"name": "note", "type": "string", "title": "note", "missingValues": ["n/a"]},
]
PACKAGE = {
    "name": "small",
    "resources": [
        {
            "name": "partners",
            "path": "records/partners.csv",
            "title": "Partners",
            "disclosure": "open",
            "schema": {"fields": PARTNERS, "primaryKey": ["partner_id"]},
        },
        {
            "name": "rows",
            "path": "records/rows.csv",
            "title": "Visits",
            "disclosure": "open",
            "schema": {
                "fields": VISITS,
                "primaryKey": ["visit_id"],
                "foreignKeys": [
                    {"fields": ["partner_id"], "reference": {"resource": "partners", "fields": ["partner_id"]}}
                ],
            },
        },
    ],
}
FIELDS = {"partners": {field["name"]: field for field in PARTNERS}, "rows": {field["name"]: field for field in VISITS}}
CLEAN = {
    "partners": [
        ["P1", "Umut", "01.02.2012"],
        ["P2", "Sezim", ""],
        ["P3", "Каниет", "31.12.2013"],
        ["P4", "Akjol", "15.06.2010"],
        ["P5", "Ayalzat", ""],
    ],
    "rows": [
        [
            f"V{n}",
            f"P{1 + n % 4}",
            ("KG-GO", "KG-C", "KG-N")[n % 3],
            ("spring", "autumn", "")[n % 3],
            f"AB-{n:03}",
            str(7 * n),
            str(n - 6),
            f"{n} {n:03},{n}" if n % 2 else f"{n + 1}",
            f"{n}.25",
            ("yes", "no", "ooba")[n % 3],
            f"2014-{n:02}-15",
            f"{n + 10}.{n:02}.2014",
            f"0555 12-{n:02}",
            ("", "a note", "came, and left", "n/a")[n % 4],
        ]
        for n in range(1, 9)
    ],
}
OWN = (
    "alternatives",
    "translations",
    "sensitive",
    "identifying",
    "identifyingBecause",
    "consent",
    "disclosure",
    "mayBeEmpty",
    "ignoredColumns",
)  # of our descriptor, beyond the standard


def stripped(described):
    """A descriptor without the keys that are ours alone."""
    if isinstance(described, dict):
        return {key: stripped(value) for key, value in described.items() if key not in OWN}
    return [stripped(item) for item in described] if isinstance(described, list) else described


def for_frictionless(package):
    """The same descriptor as frictionless can check it.

    It does not know categories, so it gets them as the enum of their values; and it would guess the dialect and the header
    """
    told = stripped(deepcopy(package))
    for resource in told["resources"]:
        resource |= {
            "type": "table",
            "encoding": "utf-8",
            "dialect": {
                "headerRows": [1],
                "delimiter": ",",
                "lineTerminator": "\n",
                "quoteChar": '"',
                "skipInitialSpace": False,
            },
        }
        for field in resource["schema"]["fields"]:
            if "categories" in field:
                field.setdefault("constraints", {})["enum"] = [
                    category["value"] for category in field.pop("categories")
                ]
    return told


# What each of the two says is broken: (table, row as a spreadsheet shows it, field, kind).

OUR_KINDS = {"category": "enum", "key": "foreign key", "too many cells": "shape", "too few cells": "shape"}
THEIR_KINDS = {
    "type-error": "type",
    "unique-error": "unique",
    "foreign-key": "foreign key",
    "extra-cell": "shape",
    "missing-cell": "shape",
    "blank-row": "blank row",
}


@dataclass(frozen=True, order=True)
class Broken:
    by: str  # "ours" or "theirs"
    table: str
    row: int
    field: str
    kind: str


def by_ours(records):
    return {
        Broken("ours", finding.table, row, finding.field, OUR_KINDS.get(finding.rule, finding.rule))
        for finding in records.of(HELD_BACK)
        for row in finding.rows
    }


def by_theirs(package):
    report = package.validate()
    assert not report.errors and not any(
        error.type == "source-error" for task in report.tasks for error in task.errors
    ), report
    return {_broken(package, task.name, error) for task in report.tasks for error in task.errors}


def _broken(package, table, error):
    place = partial(Broken, "theirs", table, error.row_number)
    if error.type == "primary-key":
        return place(package.get_resource(table).schema.primary_key[0], "required" if "all" in error.note else "unique")
    if error.type == "foreign-key":
        return place(error.field_names[0], "foreign key")
    if error.type == "constraint-error":
        return place(error.field_name, re.match('constraint "([a-zA-Z]+)"', error.note)[1])
    kind = THEIR_KINDS[error.type]
    return place("" if kind in ("shape", "blank row") else error.field_name, kind)


@dataclass(frozen=True)
class Case:
    """Corrupted tables as the two have read them."""

    tables: dict
    records: object
    broken: frozenset

    @property
    def disagreements(self):
        """What only one of the two says."""
        other = {"ours": "theirs", "theirs": "ours"}
        return sorted(
            one
            for one in self.broken
            if Broken(other[one.by], one.table, one.row, one.field, one.kind) not in self.broken
        )

    def says(self, by, table, row, kind, field=""):
        return Broken(by, table, row, field, kind) in self.broken

    def cell(self, table, row, field):
        cells, place = self.tables[table][row - 2], list(FIELDS[table]).index(field)
        return cells[place] if place < len(cells) else ""

    def column(self, table, field):
        """By row, the cells of a column."""
        return {row: self.cell(table, row, field) for row in range(2, len(self.tables[table]) + 2)}


# The differences.


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
    return any(
        case.says("ours", table, row, kind) for kind in ("shape", "total", "columns again", "after other columns")
    )


def spellings(field):
    return {
        skeleton(word)
        for category in field["categories"]
        for word in (category["value"], category["label"], *category.get("alternatives", ()))
    }


ANY = ("type", "required", "enum", "pattern", "minimum", "maximum", "unique", "foreign key", "shape", "blank row")
PLAIN_NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?", re.ASCII)
DIFFERENCES = [
    # Whole rows.
    Difference(
        "a row without any text",
        "People leave rows out between blocks, and Excel writes them; nothing was recorded there.",
        "theirs",
        ANY,
        lambda case, broken, cell: not any(cleaned(text) for text in case.tables[broken.table][broken.row - 2]),
        shaped(4, lambda cells: [""] * len(cells)),
    ),
    Difference(
        "empty cells beyond the last column",
        "Excel writes separators for columns that once were filled; nothing is lost with them.",
        "theirs",
        ("shape",),
        lambda case, broken, cell: (
            not any(text.strip() for text in case.tables[broken.table][broken.row - 2][len(FIELDS[broken.table]) :])
        ),
        shaped(4, lambda cells: [*cells, "", " "]),
    ),
    Difference(
        "a row of the wrong shape is not looked into",
        "Its cells may all stand in their neighbours' columns: what they say there means nothing.",
        "theirs",
        ANY,
        lambda case, broken, cell: case.says("ours", broken.table, broken.row, "shape"),
        shaped(4, lambda cells: [cells[0], *cells]),
    ),
    Difference(
        "a total is no record",
        "A row of totals would be counted beside what it adds up.",
        "ours",
        ("total",),
        lambda case, broken, cell: is_total(case, broken),
        put("rows", 9, "visit_id", "Итого:"),
    ),
    Difference(
        "the cells of a total are not looked into",
        "The row is taken out as a whole, whatever its cells say.",
        "theirs",
        ANY,
        lambda case, broken, cell: case.says("ours", broken.table, broken.row, "total"),
        each(put("rows", 9, "visit_id", "total"), put("rows", 9, "people", "4,200")),
    ),
    Difference(
        "the columns named again",
        "Files pasted below each other bring their headings along.",
        "ours",
        ("columns again",),
        lambda case, broken, cell: (
            skeleton(key_of(case, broken)) in ("VISIT_ID", "VISIT CODE", "PARTNER_ID", "PARTNER CODE")
        ),
        shaped(5, lambda cells: list(FIELDS["rows"])),
    ),
    Difference(
        "rows below other columns",
        "Where the columns are named again in another order, nobody knows which cell below is what.",
        "ours",
        ("after other columns",),
        lambda case, broken, cell: any(
            case.says("ours", broken.table, row, "columns again") for row in range(2, broken.row)
        ),
        put("rows", 5, "visit_id", "visit code"),
    ),
    Difference(
        "the cells of headings, and below others, are not looked into",
        "These rows are taken out as a whole, whatever their cells say.",
        "theirs",
        ANY,
        lambda case, broken, cell: (
            case.says("ours", broken.table, broken.row, "columns again")
            or case.says("ours", broken.table, broken.row, "after other columns")
        ),
        shaped(5, lambda cells: list(FIELDS["rows"])),
    ),
    # Keys.
    Difference(
        "the first of two rows that differ",
        "Which of them is right cannot be known from the file, so none of them is counted.",
        "ours",
        ("unique",),
        lambda case, broken, cell: any(row > broken.row for row in others(case, broken)),
        put("rows", 6, "visit_id", "V1"),
    ),
    Difference(
        "the same value but for what nobody sees",
        "'P1' and 'P1 ' are one code to whoever typed them: two rows of it would be two people.",
        "ours",
        ("unique",),
        lambda case, broken, cell: (
            cell not in [case.cell(broken.table, row, broken.field) for row in others(case, broken)]
            and any(row < broken.row for row in others(case, broken))
        ),
        put("rows", 6, "phone", "0555 12-01 "),
    ),
    Difference(
        "a row that is not looked into takes nobody's key",
        "What stands in its key column need not be its key.",
        "theirs",
        ("unique",),
        lambda case, broken, cell: all(
            not_looked_into(case, broken.table, row) for row in others(case, broken) if row < broken.row
        ),
        each(shaped(4, lambda cells: cells[:4]), put("rows", 6, "visit_id", "V3")),
    ),
    Difference(
        "a key that looks like another",
        "A Latin and a Cyrillic P are one letter on paper: somebody would be two people.",
        "ours",
        ("look-alike key",),
        lambda case, broken, cell: any(
            cleaned(case.cell(broken.table, row, broken.field)) != cleaned(cell)
            for row in others(case, broken, lookalike)
        ),
        each(put("rows", 2, "visit_id", "A1"), put("rows", 6, "visit_id", "\u04101")),
    ),
    Difference(
        "a row that names a row that is held back",
        "It would count for a partner of whom nothing is believed; it comes back when that row is put right.",
        "ours",
        ("held back key",),
        lambda case, broken, cell: any(
            case.records.places["partners"]["held"][
                case.records.places["partners"]["row"].isin(keys(case).get(cleaned(cell), []))
            ]
        ),
        put("partners", 3, "since", "lately"),
    ),
    Difference(
        "a key with a letter that looks like the right one",
        "There is only one partner that it can mean; it is read so, and noted.",
        "theirs",
        ("foreign key",),
        lambda case, broken, cell: (
            cleaned(cell) not in keys(case) and len(keys(case, lookalike).get(lookalike(cell), [])) == 1
        ),
        put("rows", 4, "partner_id", "\u04201"),
    ),
    Difference(
        "a row that names a row of which nothing is known",
        "Where no partner at all can be used that is told, once; every visit would only repeat it.",
        "theirs",
        ("foreign key",),
        lambda case, broken, cell: case.records.places["partners"]["held"].all(),
        each(put("partners", 2, "since", *["lately"] * 5), put("rows", 4, "partner_id", "P9")),
    ),
    Difference(
        "a key but for what nobody sees",
        "A trailing blank, a no-break space or a longer dash is no other partner; noted.",
        "theirs",
        ("foreign key",),
        lambda case, broken, cell: cleaned(cell) in keys(case),
        put("rows", 4, "partner_id", "P1\u00a0"),
    ),
    # Values.
    Difference(
        "an empty cell has no value",
        "Whatever other marks a field has, a cell that was left empty was left empty; frictionless knows only the listed ones.",
        "either",
        ANY,
        lambda case, broken, cell: is_nothing(broken, cell),
        put("rows", 4, "people", ""),
    ),
    Difference(
        "a value but for what nobody sees",
        "A trailing blank, a no-break space or a longer dash does not change a number or a day; noted.",
        "theirs",
        ("type",),
        lambda case, broken, cell: cleaned(cell) != cell and is_loose(broken, cleaned(cell)),
        put("rows", 4, "day", "2014\u20133\u201315 ".replace("3", "03")),
    ),
    Difference(
        "another spelling of a category",
        "The alternatives are listed in the descriptor; a capital or a Latin letter in a Cyrillic word is noted besides.",
        "theirs",
        ("enum",),
        lambda case, broken, cell: (
            "categories" in FIELDS[broken.table][broken.field]
            and skeleton(cell) in spellings(FIELDS[broken.table][broken.field])
        ),
        put("rows", 4, "place", "г. Oш"),
    ),
    Difference(
        "a code for 'no value'",
        "Nobody came minus 99 times: it is how statistics programs write that a number is missing.",
        "ours",
        ("missing code",),
        lambda case, broken, cell: cleaned(cell) in ("-99", "-999", "-9999"),
        put("rows", 4, "change", "-99"),
    ),
    Difference(
        "one fault to a cell",
        "What is no number, no day or a code for 'no value' is told as that, not as too small or too large.",
        "theirs",
        ("minimum", "maximum"),
        lambda case, broken, cell: any(
            case.says("ours", broken.table, broken.row, kind, broken.field) for kind in ("type", "missing code")
        ),
        put("rows", 4, "people", "-99"),
    ),
    Difference(
        "numbers as programs write them",
        "Nobody counts 1e5, 1_000, +5, .5, INF or NaN people: what they meant is asked.",
        "ours",
        ("type",),
        lambda case, broken, cell: (
            is_number(broken, cell) and not PLAIN_NUMBER.fullmatch(cleaned(cell).replace(" ", ""))
        ),
        put("rows", 2, "weight", "1e1", "NaN", "-INF", "+5", "1_0", ".5", "5.", "\u0664"),
    ),
    Difference(
        "more digits than are kept exactly",
        "Above 15 digits, or beyond 4 decimals, a number would be rounded in silence.",
        "ours",
        ("type",),
        lambda case, broken, cell: (
            is_number(broken, cell)
            and re.fullmatch(
                r"-?([0-9]{16,}|[0-9]{12,}([.,][0-9]+)?|[0-9]+[.,][0-9]{5,})", cleaned(cell).replace(" ", "")
            )
            is not None
        ),
        put("rows", 4, "weight", "1.00001"),
    ),
    Difference(
        "groups that are not of three digits",
        "'1 2 3' may be three numbers, and '1 234 5' one that was cut off; only thousands are groups.",
        "ours",
        ("type",),
        lambda case, broken, cell: (
            is_number(broken, cell)
            and " " in cleaned(cell)
            and not re.fullmatch(r"-?[0-9]{1,3}( [0-9]{3})+(,[0-9]+)?", cleaned(cell))
        ),
        put("rows", 4, "cost", "1 234 5"),
    ),
    Difference(
        "days outside 1900 to 2099",
        "No record is of the year 214 or 20014: it is a slip of the hand.",
        "ours",
        ("type",),
        lambda case, broken, cell: is_day(broken, cell) and not re.search(r"(?<![0-9])(19|20)[0-9]{2}(?![0-9])", cell),
        put("rows", 4, "left", "01.02.0214"),
    ),
    Difference(
        "days without their zeros",
        "Days have one form, so that 2014-1-11 and 2014-11-1 are not one slip apart.",
        "ours",
        ("type",),
        lambda case, broken, cell: (
            is_day(broken, cell) and not re.search(r"(?<!\d)\d\d[-.]\d\d(?!\d)|\d{4}-\d\d-\d\d", cell)
        ),
        put("rows", 4, "day", "2014-3-5"),
    ),
    Difference(
        "days as 2014-12-31 beside a form of their own",
        "That form means one day only, and Excel's own days arrive in it.",
        "theirs",
        ("type",),
        lambda case, broken, cell: (
            "format" in FIELDS[broken.table][broken.field]
            and re.fullmatch(r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}", cleaned(cell)) is not None
        ),
        put("rows", 4, "left", "2014-03-15"),
    ),
    Difference(
        "a day with a time of day",
        "Excel and forms write one behind a day; it is left out, and noted.",
        "theirs",
        ("type",),
        lambda case, broken, cell: (
            kind_of(broken) == "date"
            and re.search(r"[0-9][ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?$", cleaned(cell)) is not None
        ),
        put("rows", 4, "day", "2014-03-15 00:00:00"),
    ),
    Difference(
        "a pattern is of the whole text",
        "frictionless sets ^ and $ around it: 'a|b' then fits 'a...', and a line break may follow.",
        "ours",
        ("pattern",),
        lambda case, broken, cell: (
            re.match(f"^{FIELDS[broken.table][broken.field]['constraints']['pattern']}$", cell) is not None
        ),
        put("rows", 4, "form", "AB-123 or so"),
    ),
]


# Corruptions at random.

SIGNS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=6)
NUMBERS = st.one_of(
    st.integers(-1000, 10**18).map(str),
    st.floats().map(str),
    st.decimals(-1000, 1000, places=3).map(str),
    st.integers(0, 10**7).map("{:,}".format),
    st.integers(0, 10**7).map(lambda number: f"{number:,}".replace(",", " ")),
    st.integers(0, 500).map(lambda number: f"{number},5"),
    st.sampled_from(
        [
            "+5",
            ".5",
            "5.",
            "1_000",
            "1e5",
            "٣٤",
            "½",
            "-0",
            "007",
            "<5",
            "-99",
            "-9",
            "-999",
            "1 2 3",
            "1.000,5",
            "1,234,56",
            "INF",
            "nan",
            "12 people",
            "0.00001",
            "9" * 12,
        ]
    ),
)
DAYS = st.one_of(
    st.tuples(
        st.dates(),
        st.sampled_from(
            ["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d.%m.%y", "%Y-%m-%d 00:00:00", "%Y-%m-%dT09:30", "%d.%m.%Y 10:00"]
        ),
    ).map(lambda pair: pair[0].strftime(pair[1])),
    st.sampled_from(
        [
            "2014-1-5",
            "2014-02-30",
            "5.1.2014",
            "41800",
            "2014-03",
            "٢٠١٤-٠١-٠١",
            "1899-12-31",
            "2100-01-01",
            "99.99.2014",
        ]
    ),
)
WORDS = st.sampled_from(
    [
        "",
        " ",
        "\u00a0",
        "n/a",
        "unknown",
        "-",
        "TRUE",
        "yes",
        "YES",
        "no",
        "1",
        "0",
        "false",
        "total",
        "ИТОГО:",
        "visit_id",
        "visit code",
        "KG-GO",
        "kg-go",
        "Osh city",
        "г. Ош",
        "Osh  city",
        "Naryn",
        "Nаryn",
        "spring",
        "Spring",
        "AB-123",
        "AB-1234",
        "ab-123",
        "AB–123",
        "AB-123\n",
        "АВ-123",
        "P1",
        "Р1",
        "p1",
        "P9",
        "V1",
        "V 1",
        "None",
        "NaN",
        "null",
        "=1+1",
        "a\nb",
        'a "word"',
    ]
)
EDITS = st.sampled_from(
    [
        lambda text: f" {text}",
        lambda text: f"{text}\u00a0",
        lambda text: f"{text}\u200b",
        lambda text: text.replace("-", "–"),
        lambda text: text.replace(" ", "  "),
        str.upper,
        str.lower,
        lambda text: text.translate(str.maketrans("PVABCOae", "РVАВСОае")),
        lambda text: text.replace("0", "O"),
        lambda text: text[:-1],
        lambda text: f"{text}\n",
        lambda text: f"-{text}",
        lambda text: text * 2,
    ]
)


@dataclass(frozen=True)
class Change:
    """One corruption of a table: what is done to the cells of a row (rows and places from 0)."""

    kind: str
    table: str
    row: int
    place: int
    other: int
    text: str
    edit: Callable[[str], str]

    def __call__(self, tables):
        rows = tables[self.table]
        cells, there = rows[self.row], rows[self.other]
        if self.kind == "end early":
            del cells[1 + self.place :]
        elif self.kind == "go on":
            cells.append(self.text)
        elif self.kind == "empty":
            cells[:] = [""] * self.place
        elif self.kind == "add":
            rows.append([self.text] * self.place)
        elif self.kind == "repeat":
            cells[:] = there
        elif self.place < len(cells):
            cells[self.place] = {
                "write": self.text,
                "edit": self.edit(cells[self.place]),
                "copy": there[self.place] if self.place < len(there) else "",
            }[self.kind]


def changes(table):
    row, place = st.integers(0, len(CLEAN[table]) - 1), st.integers(0, len(FIELDS[table]) - 1)
    kinds = st.sampled_from(
        [*["write"] * 4, *["edit"] * 3, "copy", "copy", "repeat", "end early", "go on", "empty", "add"]
    )
    return st.builds(Change, kinds, st.just(table), row, place, row, SIGNS | NUMBERS | DAYS | WORDS, EDITS)


CHANGES = st.one_of(*map(changes, ("rows", "rows", "partners")))


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    """Reads the clean tables after corruptions, by both: a Case."""
    folder = tmp_path_factory.mktemp("two readers") / "project"
    small.write(folder, "day", 'measure = "count"\ntable = "rows"\ndate = "day"')
    (folder / "datapackage.json").write_text(json.dumps(PACKAGE), encoding="utf-8")
    ours, theirs = project.load(folder), frictionless.Package(for_frictionless(PACKAGE), basepath=str(folder))

    def read(corruptions):
        tables = deepcopy(CLEAN)
        for corrupt in corruptions:
            corrupt(tables)
        for name, rows in tables.items():
            with (folder / "records" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                quoting = (
                    csv.QUOTE_ALL if any("\r" in cell for row in rows for cell in row) else csv.QUOTE_MINIMAL
                )  # the writer leaves a bare one unquoted
                csv.writer(file, lineterminator="\n", quoting=quoting).writerows([list(FIELDS[name]), *rows])
        records = survey(ours)
        return Case(tables, records, frozenset(by_ours(records) | by_theirs(theirs)))

    return read


def unexplained(case, differences=DIFFERENCES):
    return [
        (
            broken,
            case.cell(broken.table, broken.row, broken.field)
            if broken.field
            else case.tables[broken.table][broken.row - 2],
        )
        for broken in case.disagreements
        if not any(difference.explains(case, broken) for difference in differences)
    ]


def differing_values(case):
    """Cells of used rows that frictionless reads as another value than we do."""
    for table, rows in case.tables.items():
        places = case.records.places[table]
        used = places["row"][~places["held"]]
        for name, values in case.records[table].items():
            for row, value in zip(used, values):
                theirs, notes = READERS[table, name](case.cell(table, row, name))
                if not notes and not _same(name, value, theirs):
                    yield table, row, name, value, theirs


FREE = ("name", "season", "form", "note")  # texts that are kept to the letter


def _same(name, ours, theirs):
    if theirs is None or pd.isna(ours):
        return pd.isna(ours) and (theirs is None or cleaned(str(theirs)) == "")
    if isinstance(ours, str):
        return ours == theirs or (name not in FREE and lookalike(ours) == lookalike(theirs))
    return ours.date() == theirs if isinstance(ours, pd.Timestamp) else ours == float(theirs)


def test_both_find_nothing_in_clean_tables(reading):
    """What is corrupted below is clean before, and read to the same values."""
    case = reading([])
    assert not case.broken and not case.records.findings and not list(differing_values(case))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CHANGES, min_size=1, max_size=4))
def test_both_agree_on_tables_corrupted_at_random(reading, changes):
    """Every row and field that breaks the Data Package is told by both, but for the differences listed; what is used has the same values."""
    case = reading(changes)
    assert unexplained(case) == [] and list(differing_values(case)) == []


@pytest.mark.long
@settings(max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CHANGES, min_size=1, max_size=8))
def test_both_agree_on_many_tables_corrupted_at_random(reading, changes):
    """The same for more of them."""
    case = reading(changes)
    assert unexplained(case) == [] and list(differing_values(case)) == []


BOTH = {
    "no integer": (put("rows", 4, "people", "many"), ["people", "type"]),
    "no number": (put("rows", 4, "cost", "1.50"), ["cost", "type"]),
    "no truth value": (put("rows", 4, "paid", "true"), ["paid", "type"]),
    "no day": (put("rows", 4, "day", "2014-02-30"), ["day", "type"]),
    "no day of its form": (put("rows", 4, "left", "5/6/2014"), ["left", "type"]),
    "nothing where something is required": (put("rows", 4, "place", ""), ["place", "required"]),
    "a mark for nothing where something is required": (put("rows", 4, "people", "unknown"), ["people", "required"]),
    "no key": (put("rows", 4, "visit_id", ""), ["visit_id", "required"]),
    "no category": (put("rows", 4, "place", "KG-X"), ["place", "enum"]),
    "not of the enum": (put("rows", 4, "season", "winter"), ["season", "enum"]),
    "not of the pattern": (put("rows", 4, "form", "ab-123"), ["form", "pattern"]),
    "too few": (put("rows", 4, "people", "-1"), ["people", "minimum"]),
    "too many": (put("rows", 4, "people", "501"), ["people", "maximum"]),
    "too heavy": (put("rows", 4, "weight", "99.51"), ["weight", "maximum"]),
    "too early": (put("rows", 4, "day", "2013-12-31"), ["day", "minimum"]),
    "too late": (put("rows", 4, "day", "2015-01-01"), ["day", "maximum"]),
    "a partner that is not there": (put("rows", 4, "partner_id", "P9"), ["partner_id", "foreign key"]),
    "a cut-off row": (shaped(4, lambda cells: cells[:-1]), ["", "shape"]),
    "a row with a cell too many": (shaped(4, lambda cells: [*cells, "more"]), ["", "shape"]),
}


@pytest.mark.parametrize("name", BOTH)
def test_both_find_what_is_broken(reading, name):
    """Each rule of the Data Package, broken once, is told once by both; and nothing else is."""
    corruption, (field, kind) = BOTH[name]
    assert reading([corruption]).broken == {Broken(by, "rows", 4, field, kind) for by in ("ours", "theirs")}


def test_both_find_nothing_at_the_bounds(reading):
    """The least and the most that are allowed are allowed."""
    bounds = {"people": ["0", "500"], "cost": ["1", "1,0"], "weight": ["99.5"], "day": ["2014-01-01", "2014-12-31"]}
    case = reading([put("rows", 2, field, *texts) for field, texts in bounds.items()])
    assert not case.broken and not list(differing_values(case))


@pytest.mark.parametrize("field", ["season", "form", "change", "cost", "weight", "paid", "day", "left", "phone"])
def test_both_find_nothing_in_an_empty_column(reading, field):
    """A column in which nobody wrote anything is a column of nothing."""
    case = reading([put("rows", 2, field, *[""] * 8)])
    assert not case.broken and case.records["rows"][field].isna().all()


def test_both_find_the_second_of_two_rows_that_are_the_same(reading):
    """A row that stands twice, whole, breaks its key and its phone once."""
    case = reading([lambda tables: tables["rows"].append(tables["rows"][0])])
    assert case.broken == {
        Broken(by, "rows", 10, field, "unique") for by in ("ours", "theirs") for field in ("visit_id", "phone")
    }


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda difference: difference.name)
def test_every_difference_occurs(reading, difference):
    """The example of a difference shows it, and no other entry of the list explains it."""
    case = reading([difference.example])
    assert unexplained(case) == []
    assert unexplained(case, [other for other in DIFFERENCES if other is not difference])


def test_the_shipped_descriptor_is_a_data_package():
    """Without the keys that are ours alone, frictionless takes datapackage.json, and finds nothing in the shipped records."""
    shipped = json.loads((SHIPPED / "datapackage.json").read_text(encoding="utf-8"))
    frictionless.Package.from_descriptor(stripped(shipped), basepath=str(SHIPPED))
    report = frictionless.Package.from_descriptor(for_frictionless(shipped), basepath=str(SHIPPED)).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type"])[:5]
