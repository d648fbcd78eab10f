"""Files as tired people send them (tests/generators/bad_files/):
none ends in a traceback, none loses or invents a row, each says the right thing.
"""

import csv
import io
import subprocess
import sys
import time
from collections import Counter

import pandas as pd
import pytest
from openpyxl import load_workbook

from ctanalysis.base.errors import Refused
from ctanalysis.base.spelling import skeleton
from ctanalysis.language import languages
from ctanalysis.language.hearing import heard
from ctanalysis.project import load
from ctanalysis.records import HELD_BACK, PASSED, UNREAD, read, survey
from tests.conftest import ROOT, command
from tests.generators.bad_files import BAD
from tests.generators.bad_files.case import HEAD, PLACES, ROWS, TOKEN, fields, project

OF_PROGRAMMERS = (
    "Traceback",
    "Error",
    "Exception",
    "Errno",
    "pandas",
    "openpyxl",
    ".py",
    "None",
    "nan",
    "<class",
    "0x",
    str(ROOT),
)
SECONDS = 60  # of a whole reading on a slow machine that does something else as well; the reader's own limit is 90


@pytest.mark.filterwarnings("ignore:Cell B4 is marked as a date")  # of the test's own count
@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(bad, id=name, marks=[pytest.mark.long] if name == "a million empty formatted rows" else [])
        for name, bad in BAD.items()
    ],
)
def test_a_bad_file(bad, tmp_path):
    """What is said of the file is what must be said, every row of it is used or held back,
    and nothing of a row is told.
    """
    loaded = load(project(tmp_path / "project", bad))
    begun = time.monotonic()
    found = survey(loaded)
    assert time.monotonic() - begun < SECONDS
    check_unread(loaded, found, bad)
    check_told(found, bad)
    check_rows(loaded, found, bad)
    check_values(found["meetings"], bad)
    check_silent(found, bad)
    check_heard(found)


def check_heard(found):
    """Every finding is recognised in the other languages, in which a check and a partner's copy say it."""
    for language in languages()[1:]:
        for text in dict.fromkeys(text for one in found.findings for text in (one.says, one.do)):
            assert heard(language, text) != text, text


def check_unread(loaded, found, bad):
    """A file that cannot be read is refused in a sentence with the words that it needs; any other is read."""
    said = "\n".join(map(str, found.of(UNREAD)))
    assert bool(said) == bool(bad.unread), said
    for words in bad.unread:
        assert words in said, said
    if bad.unread:
        with pytest.raises(Refused) as refusal:
            read(loaded)
        assert all(words in str(refusal.value) for words in bad.unread) and TOKEN not in str(refusal.value)


def check_told(found, bad):
    """The findings about meetings are those that must come, no more and no less, each with its words."""
    told = [one for one in found.findings if one.severity != UNREAD and one.table != "centres"]
    assert Counter(key(one) for one in told) == Counter(key(one) for one in bad.told), "\n".join(map(str, told))
    for expected in bad.told:
        assert any(key(one) == key(expected) and all(words in str(one) for words in expected.words) for one in told), (
            "\n".join(map(str, told))
        )


def key(finding):
    return finding.severity, finding.rule, finding.column, finding.rows


def not_counted(found):
    return [*found.of(HELD_BACK), *found.of(PASSED)]


def check_rows(loaded, found, bad):
    """All records are read, in their order and by the numbers that Excel shows; all but those held back are used."""
    places, frame = found.places["meetings"], found["meetings"]
    assert tuple(places["row"]) == bad.rows
    told = {(one.path, one.sheet, row) for one in not_counted(found) if one.table == "meetings" for row in one.rows}
    at = list(zip(places["path"], places["sheet"], places["row"], strict=True))
    assert [place in told for place in at] == places["held"].tolist()
    assert len(frame) == (~places["held"]).sum()
    tally = found.tally[found.tally["table"] == "meetings"]
    assert (tally["read"] == tally[["held_back", "passed_over", "used"]].sum(axis=1)).all()
    assert tally["read"].sum() == len(bad.rows)
    if bad.counted and not bad.unread:
        assert sum(map(counted, files(loaded))) == len(bad.rows)


def check_values(frame, bad):
    """What is used says what was meant, in all columns but the free text."""
    places = {one["label"]: one["value"] for one in PLACES}
    meant = {row["id"]: row | {"place": places[row["place"]]} for row in ROWS}
    assert not frame["id"].duplicated().any()
    for row in frame[frame["id"].isin(meant)].to_dict("records"):
        for name in HEAD[:-1]:
            value = bad.meant.get((row["id"], name), meant[row["id"]][name])
            assert (pd.isna(row[name]) and value is None) or row[name] == (
                pd.Timestamp(value) if name == "day" else value
            ), (row["id"], name)


def check_silent(found, bad):
    """No finding holds what a record says, nor a programmer's words; each says where, what and what to do."""
    for finding in found.findings:
        said = str(finding)
        for words in (TOKEN, *bad.own, *OF_PROGRAMMERS):
            assert words not in said.replace("records/meetings", ""), said
        assert finding.says and finding.do and finding.path.startswith("records/")
        assert not finding.says.endswith(".") and not finding.do.endswith(".")


# The rows of a file, counted without the library.


def files(loaded):
    return [
        path
        for path in sorted((loaded.folder / "records/meetings").iterdir())
        if path.suffix.lower() in (".csv", ".txt", ".xlsx") and path.name[0] not in "~."
    ]


def counted(path):
    """The rows with something in them under the row that names the key, in all sheets that have such a row."""
    sheets = (
        [
            [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
            for sheet in load_workbook(path).worksheets
        ]
        if path.suffix.lower() == ".xlsx"
        else [rows_of(path.read_bytes())]
    )
    return sum(below_header(rows) for rows in sheets)


def rows_of(data):
    """The cells of a text in whatever of these encodings and delimiters it names its columns."""
    for encoding in ("utf-16", "utf-8-sig", "cp1251", "ptcp154"):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        for delimiter in ",;\t":
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
            if any(map(names_columns, rows)):
                return rows
    return []


def names_columns(row):
    known = [
        {skeleton(words) for words in (one["name"], one["title"], *one["translations"].values())} for one in fields()
    ]
    return sum(any(skeleton(cell) in words for cell in row) for words in known) > len(known) / 2


def below_header(rows):
    first = next((number for number, row in enumerate(rows) if names_columns(row)), len(rows))
    return sum(any(cell.strip() for cell in row) for row in rows[first + 1 :])


def test_the_line_for_excel_is_no_row_of_a_file_with_two_columns(tmp_path):
    """sep=, has as many commas as a row of two columns, and is none: Excel does not show it."""
    folder = project(tmp_path / "project", BAD["tabs in a .csv"])
    (folder / "records/centres.csv").write_text("sep=,\ncentre,beds\nC1,4\nC2,many\n", encoding="utf-8")
    found = survey(load(folder))
    assert found.places["centres"]["row"].tolist() == [2, 3] and found.places["centres"]["held"].tolist() == [
        False,
        True,
    ]


# What the reading of a file may cost.

HEAVY = [
    "a cell of ten megabytes",
    "a text larger than may be",
    "a million empty formatted rows",
    "a filled cell at XFD20000",
    "a merged area over the whole sheet beside it",
    "a zip bomb",
    "a billion laughs",
    "a bomb beside the sheets",
    "sixty sheets",
]
MEASURED = """
import sys
from ctanalysis.project import load
from ctanalysis.records import survey
from tests.memory import peak, peak_of_started
found = load(sys.argv[1])
before = peak()
survey(found)
print(peak() - before, peak_of_started())
"""


@pytest.mark.few(3)
@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")
@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_stays_within_its_limits(name, tmp_path):
    """Whatever a file is made to cost, reading it takes less than half a gigabyte here,
    and a gigabyte in the process that opens workbooks.
    """
    folder = project(tmp_path / "project", BAD[name])
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=2 * SECONDS
    )
    assert done.returncode == 0, done.stderr
    here, of_process = (int(number) / 1024 for number in done.stdout.split())
    assert here < 512 and of_process < 1024


# The analyst's command.

REFUSED = [
    "saved by a Russian Excel, which nobody declared",
    "an unclosed quotation mark",
    "a workbook with a password",
    "a zip cut in half",
    "a picture named .xlsx",
    "a column of its own",
    "a link out of the folder",
    "a zip bomb",
]


@pytest.mark.parametrize("name", [*REFUSED[:3], *(pytest.param(name, marks=pytest.mark.long) for name in REFUSED[3:])])
def test_the_command_refuses_the_file_and_leaves_the_old_report(name, tmp_path):
    """make report of a file that cannot be read ends with status 2 and the sentence,
    and the report that there was stays.
    """
    bad = BAD[name]
    folder = project(tmp_path / "project", bad)
    old = folder / "reports/FY2014Q2"
    old.mkdir(parents=True)
    (old / "evaluation.html").write_text("the old report", encoding="utf-8")
    before = {path: path.read_bytes() for path in (folder / "reports").rglob("*") if path.is_file()}
    done = command("report", "-p", "period", "FY2014Q2", "-p", "project", str(folder))
    assert done.returncode == 2 and done.stdout == ""
    assert all(words in done.stderr for words in bad.unread)
    assert "Traceback" not in done.stderr and TOKEN not in done.stderr and len(done.stderr.splitlines()) <= 3
    assert {path: path.read_bytes() for path in (folder / "reports").rglob("*") if path.is_file()} == before


# The corpus.


def test_the_corpus_is_large_and_named():
    """Some hundreds of files, of every kind that people send, each named for what is wrong with it."""
    assert len(BAD) >= 250
    kinds = (
        "UTF-16",
        "CP1251",
        "semicolons",
        "number for a day",
        "decimal comma",
        "thousands",
        "<5",
        "n/a",
        "-99",
        "total among the rows",
        "shifted",
        "renamed",
        "1904",
        "never calculated",
        "million empty",
        "cut in half",
        "macro",
        "password",
        "zero bytes",
        "picture named .xlsx",
        "merged",
        "link out",
        "zip bomb",
        "external entity",
    )
    assert [kind for kind in kinds if not any(kind in name for name in BAD)] == []


def test_a_corpus_file_is_made_the_same_way_twice(tmp_path):
    """A text of the corpus has the same bytes each time, so that a failure can be looked at again."""
    name = "saved by a Russian Excel, as the project says: semicolons, CP1251, decimal commas"
    one, two = (project(tmp_path / place, BAD[name]) for place in ("one", "two"))
    assert (one / "records/meetings/meetings.csv").read_bytes() == (two / "records/meetings/meetings.csv").read_bytes()
