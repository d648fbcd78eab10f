"""A long workbook is read once, and of it only the rows to be looked at are copied: its partner has the others."""

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctanalysis.intake import datacheck
from ctanalysis.intake.datacheck import cover, plans
from ctanalysis.project import load
from ctanalysis.records.files import workbook
from ctanalysis.records.files.excel import Scan, scan
from tests.bench.sending_back import ONE_IN, long_workbook
from tests.intake.copies import RED, sent_back

ROWS = 2_100
COPY, PATH = "vokhuriho-2021-umed.xlsx", "records/vokhuriho/2021/umed.xlsx"
WRONG = list(range(2, ROWS + 2, ONE_IN))  # the rows, as a spreadsheet shows them, whose sum does not agree


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return long_workbook(tmp_path_factory.mktemp("long") / "project", ROWS)


@pytest.fixture(scope="module")
def made(project, tmp_path_factory):
    """The records, and the copy of the long workbook."""
    to = tmp_path_factory.mktemp("check") / "check"
    return datacheck.check(load(project), to), sent_back(to, COPY)


@pytest.mark.long
def test_only_rows_with_findings_are_copied_where_they_stand(made):
    """Of 2,100 meetings the copy has the headings and those that were named; each sum that is wrong is red, in its own
    row, with its comment. What is in them is what was read.
    """
    records, book = made
    named = {row for finding in records.findings if finding.path == PATH for row in finding.rows}
    sheet = book["Sheet"]
    filled = {row[0].row for row in sheet.iter_rows() if row[0].value is not None}
    assert filled == named | {1} and set(WRONG) <= named and len(named) < ROWS / 4
    red = {cell.row for cell in sheet["H"] if cell.fill.fill_type and cell.fill.fgColor.rgb[2:] == RED}
    assert red == set(WRONG) and all("Held back" in sheet.cell(row, 8).comment.text for row in WRONG)
    assert [cell.value for cell in sheet[WRONG[1]]][:3] == [f"X-{ONE_IN:05}", sheet.cell(WRONG[1], 2).value, "M1"]


def test_the_summary_says_so(made):
    """On its first sheet, and on the sheet of findings; its links lead there."""
    _, book = made
    first = [cell.value for cell in book["Summary"]["A"]]
    assert "This copy holds only the rows to be looked at, where they stand in your file." in first
    findings = book["Findings"]
    assert any("with findings are copied, in the rows where they stand" in str(cell.value) for cell in findings["A"])
    links = {cell.coordinate: cell for row in findings.iter_rows() for cell in row if cell.hyperlink}
    places = {cell.hyperlink.location: cell for cell in links.values()}
    assert places[f"'Sheet'!H{WRONG[0]}"].value.startswith(f"H{WRONG[0]}, H{WRONG[1]}")
    assert len(links) == len(places) > 1 and {name[0] for name in links} == {"C"}


@pytest.mark.parametrize("language", ["en", "ru", "ky"])
def test_each_language_can_say_it(language):
    assert cover._words(language)["only"]


@pytest.mark.long
def test_a_short_file_comes_back_whole(tmp_path):
    """No more than 2,000 rows: with its look, and all of them, and nothing says otherwise."""
    project = long_workbook(tmp_path / "project", plans.WHOLE)
    datacheck.check(load(project), tmp_path / "check")
    book = sent_back(tmp_path / "check", COPY)
    assert book["Sheet"].max_row == plans.WHOLE + 1
    assert not any("only the rows" in str(cell.value) for cell in book["Summary"]["A"])


def test_a_workbook_is_read_once_to_be_checked_and_copied(project, tmp_path, monkeypatch):
    """One process for each of the six workbooks; today's content, though: a workbook that changed is read again."""
    workbook._process.cache_clear()
    run, started = workbook.subprocess.run, []
    counting = lambda command, **how: started.append(command) or run(command, **how)  # noqa: E731
    monkeypatch.setattr(workbook.subprocess, "run", counting)
    datacheck.check(load(project), tmp_path / "check")
    assert len(started) == len({command[3] for command in started}) == 6
    datacheck.check(load(project), tmp_path / "check")
    assert len(started) == 6
    with zipfile.ZipFile(project / PATH, "a") as archive:
        archive.comment = b"saved again"
    datacheck.check(load(project), tmp_path / "check")
    assert len(started) == 7


LETTERS = st.text("ABXZ", max_size=4)


@given(
    LETTERS, st.sampled_from(["1", "11", "01", "7", "1000000", "", "a", "1 ", "\u0661"]), st.sampled_from([1, 7, 11])
)
def test_a_cell_is_found_by_its_name_as_before(letters, digits, row):
    """Whatever the name is: in its own row it is found sooner, elsewhere as it was, and nonsense is none."""
    assert Scan(10, 10).placed(row, letters + digits) == scan.place(letters + digits)


@pytest.mark.parametrize(
    ("name", "found"), [("A1", (1, 1)), ("Z7", (7, 26)), ("AA10", (10, 27)), ("XFD1", (1, 16384)), ("a1", None)]
)
def test_where_a_cell_is(name, found):
    assert scan.place(name) == found
