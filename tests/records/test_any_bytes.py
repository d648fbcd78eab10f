"""Any bytes under any name: a sentence or findings, never a traceback, never a word of the file,
within a bound of memory.
"""

import csv
import io
import random
import re
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctanalysis import project
from ctanalysis.records import UNREAD, survey
from tests.generators import hostile
from tests.generators.hostile import WORKBOOK_MEMORY
from tests.generators.wrong import TOKEN
from tests.memory import peak, peak_from_here, peak_of_started

GROWTH = 60  # MB that this process may grow by while it reads a small file
ROWS = [
    hostile.COLUMNS,
    ["r1", "2014-01-31", "", TOKEN, "F", "007", "12.50", "true"],
    ["r2", "2014-02-28", "2014-03-01", f"Асель {TOKEN}", "female", "|", "7", "FALSE"],
    ["r3", "", "", f'"{TOKEN}", and\na second line', "М", "NA", "", ""],
    [TOKEN, TOKEN, TOKEN, "", TOKEN, TOKEN, TOKEN, TOKEN],
]


def text_of(delimiter):
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows(ROWS)
    return file.getvalue()


def workbook():
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in ROWS:
        book.active.append(row)
    book.active.merge_cells("B3:C3")
    book.active["G2"] = "=1+1"
    book.save(file)
    return file.getvalue()


BOOK = workbook()
TEXTS = [
    text_of(",").encode(),
    text_of("\t").encode("utf-8-sig"),
    text_of(";").encode("utf-16"),
    text_of(",").encode("cp1251", "replace"),
]
FILES = [*TEXTS, BOOK]
PIECES = st.one_of(
    st.binary(max_size=20),
    st.sampled_from(FILES),
    st.sampled_from(
        [
            b"",
            b"\x00",
            b"\xff",
            b'"',
            b'""',
            b"\r",
            b"\n",
            b"\r\n\r\n",
            b",",
            b";",
            b"\t",
            b"\xef\xbb\xbf",
            b"\xff\xfe",
            b"\xfe\xff",
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0",
            b",,,,,,,,",
            b"\x1b[2J",
            "Ө\u202e".encode(),
            b"=1+1",
        ]
    ),
)


@st.composite
def damaged(draw, files):
    """A real file with some of its bytes flipped, cut out, doubled, cut off, or others put between."""
    content = bytearray(draw(files))
    for _ in range(draw(st.integers(1, 4))):
        start, length = draw(st.integers(0, len(content))), draw(st.integers(0, 60))
        kind = draw(st.sampled_from(["flip", "cut out", "double", "cut off", "put between", "put instead"]))
        if kind == "flip" and start < len(content):
            content[start] ^= 1 << draw(st.integers(0, 7))
        elif kind == "cut off":
            del content[start:]
        else:
            stays = content[start : start + length]
            content[start : start + length] = {
                "flip": stays,
                "cut out": b"",
                "double": stays * 2,
                "put between": stays + draw(PIECES),
                "put instead": draw(PIECES),
            }[kind]
    return bytes(content)


@st.composite
def damaged_inside(draw):
    """A real workbook, whose zip file is whole, with one of its parts damaged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive, zipfile.ZipFile(out, "w") as other:
        chosen = draw(st.sampled_from(archive.namelist()))
        for name in archive.namelist():
            content = archive.read(name)
            other.writestr(name, draw(damaged(st.just(content))) if name == chosen else content)
    return out.getvalue()


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Reads bytes as a file with this ending: the Records, after looking at what they say."""
    projects = {}
    for ending in (".csv", ".tsv", ".xlsx"):
        path = hostile.folder(tmp_path_factory.mktemp("any") / "project", f"rows{ending}")
        projects[ending] = path, project.load(path.parents[1])

    def read(ending, content):
        path, loaded = projects[ending]
        path.write_bytes(content)
        records = survey(loaded)
        check(records, content)
        return records

    return read


def check(records, content):
    """Rows add up; what cannot be read says so plainly, alone; no message holds a word of the file."""
    tally = records.tally
    assert (tally["read"] == tally["held_back"] + tally["passed_over"] + tally["used"]).all()
    assert tally["used"].sum() == len(records["rows"])
    said = [f"{finding} {finding.says} {finding.do}" for finding in records.findings]
    for finding in records.of(UNREAD):
        assert re.fullmatch(r"[a-z].{5,300}[^.]", finding.says) and re.fullmatch(
            r"([A-Z]|make check ).{5,300}[^.]", finding.do
        ), finding
        assert not re.search(r"Error|Exception|Traceback|Errno|0x|codec|expat|object at|None\b|nan\b", f"{finding}"), (
            finding
        )
    words = (
        set() if b"PK" in content else set(re.findall(r"[^\W_]{5,}", content.decode("latin-1")))
    )  # a workbook's own parts have words like 'sheet'
    known = {word for field in hostile.small.FIELDS for word in re.findall(r"[^\W_]{5,}", str(field))}
    shown = {TOKEN, *TOKEN.split("-"), "Асель", *words - known} & set(re.findall(r"[^\W_]{4,}", " ".join(said)))
    assert not shown


def test_the_files_that_are_damaged_below_are_read(read):
    """Each of them has rows before anything happens to it.

    The last says nothing that could be believed, two of the workbook's have a merged cell and a formula without a
    value.
    """
    for ending, content, used in (
        (".csv", TEXTS[0], 3),
        (".tsv", TEXTS[1], 3),
        (".csv", TEXTS[2], 3),
        (".xlsx", BOOK, 1),
    ):
        records = read(ending, content)
        assert not records.of(UNREAD) and records.tally["read"].sum() == 4 and len(records["rows"]) == used


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([".csv", ".tsv"]),
    st.one_of(st.binary(max_size=3000), damaged(st.sampled_from(FILES)), damaged(st.sampled_from(TEXTS))),
)
def test_any_bytes_as_a_text_file(read, ending, content):
    """Random bytes, and real files damaged at random, are refused in a sentence or read row by row.

    Little memory is kept.
    """
    before = peak_from_here()
    read(ending, content)
    assert peak() - before < GROWTH * 1024


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(damaged_inside(), damaged(st.just(BOOK)), st.binary(max_size=3000), st.sampled_from(TEXTS)))
def test_any_bytes_as_a_workbook(read, content):
    """The same of workbooks, damaged as files and inside; the process that opens them keeps to its own bound."""
    before, started = peak_from_here(), peak_of_started()
    read(".xlsx", content)
    assert peak() - before < GROWTH * 1024
    assert peak_of_started() <= max(started, WORKBOOK_MEMORY * 1024)


@pytest.mark.long
@settings(max_examples=4_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([".csv", ".tsv"]),
    st.one_of(st.binary(max_size=20_000), damaged(st.sampled_from(FILES)), damaged(st.sampled_from(TEXTS))),
)
def test_many_bytes_as_a_text_file(read, ending, content):
    """The same for more of them."""
    read(ending, content)


@pytest.mark.long
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(damaged_inside(), damaged(st.just(BOOK))))
def test_many_bytes_as_a_workbook(read, content):
    """The same for more of them."""
    read(".xlsx", content)


# Larger files, each the most of something: what reading takes is measured in a process of its own.

MB = 2**20
LETTERS, CYRILLIC = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP", "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗ"
HEADER = hostile.HEADER.encode()


def different(alphabet, size):
    """Rows of nothing but different words."""
    words = (a + b + c + d for a in alphabet for b in alphabet for c in alphabet for d in alphabet)
    lines, length = [hostile.HEADER], 0
    while length < size:
        lines.append(",".join(next(words) for _ in hostile.COLUMNS) + "\n")
        length += len(lines[-1].encode())
    return "".join(lines).encode()


LARGE = {
    "random bytes": lambda: random.Random(7).randbytes(3 * MB),
    "random bytes as UTF-16": lambda: b"\xff\xfe" + random.Random(7).randbytes(3 * MB),
    "zero bytes": lambda: b"\x00" * (3 * MB),
    "different words": lambda: different(LETTERS, 2 * MB),
    "different Cyrillic words": lambda: different(CYRILLIC, 2 * MB),
    "empty lines": lambda: HEADER + b"\n" * (3 * MB),
    "lines of one letter": lambda: HEADER + b"a\n" * MB,
    "one line of commas": lambda: HEADER + b"," * (20 * MB),
    "one line without a comma": lambda: HEADER + "\N{GRINNING FACE}".encode() * (5 * MB),
    "one row of many lines": lambda: HEADER + b'"\n",' * (5 * MB),
    "one quotation mark": lambda: HEADER + b'"' + b"a,b\n" * (3 * MB),
    "rows of empty cells": lambda: HEADER + b",,,,,,,\n" * (MB // 2),
    "the same row": lambda: HEADER + b"a,2014-01-01,,,F,,1,true\n" * (3 * MB // 25),
    "a comma too many": lambda: HEADER + b"a,2014-01-01,,,F,,1,true,,x\n" * (3 * MB // 28),
    "a header of many columns": lambda: b"x," * (3 * MB),
    "rows of many lengths": lambda: HEADER + b"".join(b"a" + b",b" * (number % 900) + b"\n" for number in range(3000)),
}


@pytest.mark.few(4)
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.long) if name in ("different words", "lines of one letter") else name
        for name in LARGE
    ],
)
def test_memory_is_bounded(tmp_path, name):
    """A text file of any shape takes no more than its size and its rows may; one that is refused, next to nothing."""
    content = LARGE[name]()
    path = hostile.folder(tmp_path / "project", "rows.csv", content)
    found = hostile.surveyed(path.parents[1])
    is_read = found.read or name == "rows of empty cells"
    assert found.memory < hostile.text_memory(content if is_read else b"")
    assert found.findings and not any(TOKEN in finding["text"] for finding in found.findings)
    assert bool(found.unread) == (
        name not in ("the same row", "lines of one letter")
    )  # these may lack their last cells


@pytest.mark.parametrize(
    "line",
    [b",,,,,,,\n", pytest.param(b'"",,,,,,,\n', marks=pytest.mark.long), b"\n", b"a\n"],
    ids=["even", "quoted", "blank", "short"],
)
def test_more_rows_than_may_be(tmp_path, line):
    """However the rows look, the first beyond the limit is the last that is read."""
    path = hostile.folder(tmp_path / "project", "rows.csv", HEADER + line * 2_000_001)
    found = hostile.surveyed(path.parents[1])
    assert found.unread == ["it has more than 2,000,000 rows"]
