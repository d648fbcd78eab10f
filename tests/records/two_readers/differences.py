"""Where the two readers differ, each with the reason why ours is right, and a case that shows it."""

import re

from ctanalysis.base.spelling import cleaned, lookalike, skeleton
from tests.records.two_readers.package import FIELDS
from tests.records.two_readers.predicates import (
    ANY,
    PLAIN_NUMBER,
    Difference,
    each,
    has_a_point,
    has_exchanged_day,
    is_cut,
    is_day,
    is_day_of_a_code,
    is_half_converted,
    is_in_other_order,
    is_loose,
    is_nothing,
    is_number,
    is_total,
    key_of,
    keys,
    kind_of,
    not_looked_into,
    others,
    put,
    shaped,
    spellings,
)

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
        (
            "Whatever other marks a field has, a cell that was left empty was left empty; frictionless knows only the "
            "listed ones."
        ),
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
        (
            "The alternatives are listed in the descriptor; a capital or a Latin letter in a Cyrillic word is noted "
            "besides."
        ),
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
        "days of which a spreadsheet has converted half",
        (
            "It makes 2026-05-01 of 05.01.2026 and leaves 13.01.2026 a text: where all texts of a column are such, "
            "and no day is after the 12th, day and month were exchanged. Each cell alone is a day, so only a look at "
            "the column shows it."
        ),
        "ours",
        ("half converted",),
        is_half_converted,
        put("partners", 2, "since", "2000-01-02"),  # the others are 31.12.2013 and 15.06.2010
    ),
    Difference(
        "days in the other order than is declared",
        "Where 2014-13-01 stands in a column, and no 2014-01-13, its days up to the 12th may have the month last.",
        "ours",
        ("day order",),
        is_in_other_order,
        put("partners", 2, "since", "01.02.2012", "", "12.31.2013", "06.05.2010"),
    ),
    Difference(
        "a code that has lost digits",
        "Of 1.23457e+15 nobody knows what stood there: two people who end so would be one.",
        "ours",
        ("long code",),
        is_cut,
        put("rows", 4, "note", "1.23457e+15"),
    ),
    Difference(
        "a code with a point that a program has put there",
        "12.0 beside 12 is the same person or thing, of which a program has made a number.",
        "ours",
        ("look-alike key",),
        has_a_point,
        put("rows", 4, "phone", "5551", "5551.0"),
    ),
    Difference(
        "a code that became a day",
        "Beside 3/4 a day was 1/2 once: Excel makes a day of it.",
        "ours",
        ("day",),
        is_day_of_a_code,
        put("rows", 4, "phone", "3/4", "01.02.2014"),
    ),
    Difference(
        "the cells of a row with a day that was exchanged are not looked into",
        "A spreadsheet has changed the row since it was typed: it is held back until the file is made anew.",
        "theirs",
        ANY,
        lambda case, broken, cell: has_exchanged_day(case, broken.table, broken.row),
        each(put("rows", 2, "left", "2014-01-05", "2014-02-05"), put("rows", 2, "people", "many")),
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
