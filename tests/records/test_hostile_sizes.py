"""Workbooks that are made to be large: each is refused in a sentence or read within the limits.

What a file may cost is what docs/records.md says: a workbook is opened by a process of its own.
"""

import pytest

from ctanalysis.records.files import limits
from tests.generators import hostile
from tests.generators.hostile import BOOK, SHEET, XML
from tests.records.attacked import DAMAGED, SLOW, TOO_FAR, TOO_LARGE, TOO_MANY, everything, inserted, rows, with_parts

SIZES = {
    "20 MB of empty cells": (lambda: with_parts(sheet=hostile.sheet(rows(49_000, "<c/>" * 100))), TOO_MANY),
    "200 MB of empty cells": (lambda: with_parts(sheet=hostile.sheet(rows(49_000, "<c/>" * 1000))), TOO_MANY),
    "20 MB of what nobody knows": (lambda: hostile.parts(f'<row r="2">{"<x/>" * 5_000_000}</row>'), TOO_LARGE),
    "20 MB of rows": (lambda: with_parts(sheet=hostile.sheet(rows(600_000, "<c><v>1</v></c>"))), TOO_FAR),
    "one value in XFD20000": (lambda: hostile.parts('<row r="20000"><c r="XFD20000"><v>1</v></c></row>'), TOO_FAR),
    "one value in XFD1000": (lambda: hostile.parts('<row r="1000"><c r="XFD1000"><v>1</v></c></row>'), TOO_FAR),
    "one value in A1048576": (lambda: hostile.parts('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), TOO_FAR),
    "an empty cell in XFD in every row": (
        lambda: with_parts(sheet=hostile.sheet(f'{hostile.row(n, f"""<c r="XFD{n}"/>""")}' for n in range(2, 5000))),
        None,
    ),
    "cells that do not say where they are": (
        lambda: with_parts(sheet=hostile.sheet(rows(100, "<c><v>1</v></c>" * 1001))),
        TOO_FAR,
    ),
    "a sheet that is elsewhere": (
        lambda: _moved("elsewhere/rows.dat", '<row r="1000"><c r="XFD1000"><v>1</v></c></row>'),
        TOO_FAR,
    ),
    "too many filled cells": (lambda: with_parts(sheet=hostile.sheet(rows(10_000, "<c><v>1</v></c>" * 120))), TOO_MANY),
    "too many filled cells on several sheets": (
        lambda: _several(4, lambda: hostile.sheet(rows(4_000, "<c><v>1</v></c>" * 80))),
        TOO_MANY,
    ),
    "formulas without values": (lambda: with_parts(sheet=hostile.sheet(rows(9_000, "<c><f/></c>" * 10))), None),
    "10 million shared strings": (
        lambda: with_parts(strings=_strings(100, lambda n: "a</t></si><si><t>" * 100_000)),
        TOO_LARGE,
    ),
    "one long text, a thousand times": (
        lambda: hostile.parts(
            "".join(rows(999, '<c t="s"><v>0</v></c>' * 8)), strings=f"<si><t>{'x' * 30_000}</t></si>"
        ),
        "more than 30,000,000 characters",
    ),
    "one sheet under a thousand names": (
        lambda: hostile.parts("".join(map(hostile.row, range(2, 500))), names=map("S{}".format, range(1000))),
        DAMAGED,
    ),
    "16,384 merged areas of the whole sheet": (
        lambda: hostile.parts(
            hostile.row(2), f'<mergeCells>{"""<mergeCell ref="A1:XFD1048576"/>""" * 16_384}</mergeCells>'
        ),
        None,
    ),
    "merged areas over many rows": (
        lambda: with_parts(
            sheet=hostile.sheet(
                map(hostile.row, range(2, 9000)),
                f'<mergeCells>{"""<mergeCell ref="A1:XFD1048576"/>""" * 16_384}</mergeCells>',
            )
        ),
        TOO_MANY,
    ),
    "300,000 hidden rows": (
        lambda: with_parts(sheet=hostile.sheet(f'<row r="{n}" hidden="1"/>' for n in range(2, 300_000))),
        None,
    ),
    "elements 200,000 deep in a sheet": (
        lambda: hostile.parts(f'<row r="2">{"<x>" * 200_000}{"</x>" * 200_000}</row>'),
        None,
    ),
    "elements 200,000 deep in the styles": (lambda: with_parts(styles=f"{'<a>' * 200_000}{'</a>' * 200_000}"), None),
    "elements 200,000 deep in the workbook": (
        lambda: inserted(BOOK, "</sheets>", f"{'<a>' * 200_000}{'</a>' * 200_000}</sheets>"),
        DAMAGED,
    ),
    "an attribute of 20 MB": (lambda: hostile.parts(f'<row r="2" x="{"a" * 20 * 2**20}"/>'), TOO_LARGE),
    "a text of 20 MB": (
        lambda: hostile.parts(hostile.row(2, f'<c r="B2" t="inlineStr"><is><t>{"a" * 9_000_000}</t></is></c>')),
        None,
    ),
}
LONG = {
    "almost a million formulas without values": (
        lambda: with_parts(sheet=hostile.sheet(rows(49_000, "<c><f/></c>" * 20))),
        (None, SLOW),
    ),
    "almost a million filled cells": (
        lambda: with_parts(
            sheet=hostile.sheet(rows(49_000, "".join(f"<c><v>{n * 7919 % 9973}.5</v></c>" for n in range(20))))
        ),
        (None, SLOW),
    ),
    "100 MB that barely shrink": (
        lambda: with_parts(
            sheet=hostile.sheet(f'<row r="{n}" ht="{n * 7919 % 99991}">{"<x/>" * 450}</row>' for n in range(2, 49_000))
        ),
        (None, TOO_LARGE, SLOW, "more memory than it may"),
    ),
    "4 million shared strings": (
        lambda: with_parts(strings=_strings(4_000_000, lambda n: n * 7919 % 997)),
        (None, SLOW, "more memory than it may"),
    ),
    "an empty cell in XFD in 49,000 rows": (
        lambda: with_parts(sheet=hostile.sheet(f'{hostile.row(n, f"""<c r="XFD{n}"/>""")}' for n in range(2, 49_000))),
        (None, SLOW),
    ),
    "elements a million deep": (
        lambda: hostile.parts(f'<row r="2">{"<x>" * 1_000_000}{"</x>" * 1_000_000}</row>'),
        (None, DAMAGED, SLOW),
    ),
}


def _strings(count, word=lambda n: "a"):
    yield f'{XML}<sst xmlns="{hostile.MAIN}">'
    yield from (f"<si><t>{word(n)}</t></si>" for n in range(count))
    yield "</sst>"


def _several(count, sheet):
    """A workbook of so many sheets."""
    found = hostile.parts(names=())
    names = [f"xl/worksheets/sheet{number}.xml" for number in range(1, count + 1)]
    sheets = "".join(f'<sheet name="S{number}" sheetId="{number}" r:id="s{number}"/>' for number in range(1, count + 1))
    relations = "".join(
        f'<Relationship Id="s{number}" Type="{hostile.OFFICE}/worksheet" Target="/{name}"/>'
        for number, name in enumerate(names, 1)
    )
    found[BOOK] = found[BOOK].replace("<sheets>", f"<sheets>{sheets}")
    found["xl/_rels/workbook.xml.rels"] = found["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>", f"{relations}</Relationships>"
    )
    types = "".join(f'<Override PartName="/{name}" ContentType="{hostile.KINDS[SHEET]}"/>' for name in names[1:])
    found["[Content_Types].xml"] = found["[Content_Types].xml"].replace("</Types>", f"{types}</Types>")
    return found | {name: sheet() for name in names}


def _moved(name, rows):
    """A workbook whose sheet is under a name that no sheet has."""
    found = {
        part: content.replace("worksheets/sheet1.xml", name.removeprefix("xl/")) if part.endswith(".rels") else content
        for part, content in hostile.parts(rows).items()
    }
    found["[Content_Types].xml"] = found["[Content_Types].xml"].replace(SHEET, f"xl/{name}")
    return found | {f"xl/{name}": found.pop(SHEET)}


def attack(folder, parts):
    """The workbook of these parts, surveyed by itself; nothing outside the project changes."""
    path = hostile.folder(folder / "project", "rows.xlsx")
    hostile.zipped(path, parts)
    assert path.stat().st_size < limits.WORKBOOK_BYTES, "the attack is refused for its size alone"
    before = everything(folder)
    found = hostile.surveyed(path.parents[1])
    assert everything(folder) == before
    assert found.started <= hostile.WORKBOOK_MEMORY and found.memory <= hostile.OUTSIDE_MEMORY
    return found


MINUTES = {
    "too many filled cells on several sheets",
    "300,000 hidden rows",
    "formulas without values",
    "20 MB of rows",
    "an attribute of 20 MB",
    "an empty cell in XFD in every row",
    "20 MB of empty cells",
    "20 MB of what nobody knows",
    "16,384 merged areas of the whole sheet",
    "elements 200,000 deep in a sheet",
    "elements 200,000 deep in the workbook",
}  # together


@pytest.mark.few(4)
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long if name in MINUTES else ()) for name in SIZES]
)
def test_a_workbook_costs_no_more_than_it_may(tmp_path, name):
    """Refused with the limit that it breaks before a parser has seen it, or read.

    Within the memory and time that docs/records.md states.
    """
    make, refused = SIZES[name]
    found = attack(tmp_path, make())
    assert (
        any(refused in says for says in found.unread)
        if refused
        else not any(words in says for says in found.unread for words in (DAMAGED, SLOW, TOO_LARGE))
    )


@pytest.mark.long
@pytest.mark.parametrize("name", LONG)
def test_a_workbook_at_the_limits(tmp_path, name):
    """What is just allowed takes long, and is read or given up."""
    make, allowed = LONG[name]
    found = attack(tmp_path, make())
    assert any(words in says for says in found.unread for words in allowed if words) or (
        None in allowed and not any(SLOW in says for says in found.unread)
    )
