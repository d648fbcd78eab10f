"""Wrong input is refused with a sentence that says where and what, and never with what a record says.

Each wrong project is the shipped one with one thing changed.
"""

import re
import shutil

import pytest

import ctanalysis
from ctanalysis.project import load
from ctanalysis.records import HELD_BACK, REPAIRED, read, survey
from tests.conftest import shipped_records
from tests.generators.wrong import SHIPPED, Wrong, cells, copied, file_of, removed
from tests.generators.wrong_projects import WRONG_PROJECTS
from tests.generators.wrong_records import (
    FOLDER,
    ONCE_WRONG_FILES,
    REPAIRED_CELLS,
    SCORES,
    VICTIMS,
    WRONG_CELLS,
    WRONG_FILES,
    WRONG_ROWS,
)

OF_PROGRAMMERS = ("Traceback", "Error", "Exception", "pydantic", "pandas", "site-packages", ".py", "<class", "0x")


def refused(folder, wrong):
    """What is said of the shipped project with this wrong thing in it, without the place of the folder."""
    project = copied(folder / "project", wrong.change)
    with pytest.raises(ctanalysis.Refused) as refusal:
        read(load(project))
    return str(refusal.value).replace(str(project), "project")


def check_said(message, wrong):
    """The message names what it must, in words that are not a programmer's."""
    for words in wrong.names:
        assert words in message
    for words in OF_PROGRAMMERS:
        assert words not in message
    said = [line for line in message.splitlines() if not line.startswith("    ")]  # what is indented is to be pasted
    assert all(line.endswith((".", "example:")) for line in said)


def check_place(message, wrong):
    """The message names the row as a spreadsheet shows it and the column, and does not hold the cell's text."""
    check_said(message, wrong)
    if wrong.row:
        assert re.search(rf"\brows? (\d+, )*{wrong.row}\b", message), message
    if wrong.column:
        assert f"'{wrong.column}'" in message
    if wrong.secret:
        assert wrong.secret not in message


@pytest.mark.parametrize("wrong", WRONG_PROJECTS.values(), ids=WRONG_PROJECTS)
def test_a_wrong_project_is_refused_with_the_file_and_what_is_wrong(wrong, tmp_path):
    """A fault in the facts, tables, sheets or figures of a project is told with its file and its name."""
    check_said(refused(tmp_path, wrong), wrong)


def surveyed(folder, wrong):
    """The Records of the shipped project with this wrong thing in it."""
    return survey(load(copied(folder / "project", wrong.change)))


def acted_on(found, path):
    """The findings about a file that change what is counted."""
    return [finding for finding in (*found.of(HELD_BACK), *found.of(REPAIRED)) if finding.path == path]


def check_finding(finding, found, wrong):
    """The finding names the place as a spreadsheet shows it and holds no cell.

    The row is held back, or used if it was repaired.
    """
    check_place(str(finding), wrong)
    if wrong.column:
        assert finding.field == wrong.column and re.fullmatch("[A-Z]+", finding.column)
    places = found.places[finding.table]
    held = set(places.loc[places["held"], "row"])
    assert held == (set(finding.rows) if finding.severity == HELD_BACK else set())
    assert len(found[finding.table]) == len(places) - len(held)


@pytest.mark.few(10)
@pytest.mark.parametrize("name, wrong", WRONG_CELLS.items(), ids=WRONG_CELLS)
def test_a_wrong_cell_is_one_finding_with_its_place_and_without_its_text(name, wrong, tmp_path):
    """One wrong cell is one finding with file, row and column, and holds its row back or is repaired.

    Rows that name a held-back row are held with it.
    """
    found = surveyed(tmp_path, wrong)
    [finding] = acted_on(found, wrong.names[0])
    assert finding.severity == (REPAIRED if name in REPAIRED_CELLS else HELD_BACK)
    check_finding(finding, found, wrong)
    assert {other.rule for other in found.of(HELD_BACK)} <= {finding.rule, "held back key", "key"}


@pytest.mark.parametrize("wrong", WRONG_ROWS.values(), ids=WRONG_ROWS)
def test_a_row_of_the_wrong_length_is_held_back_alone(wrong, tmp_path):
    """A row with a cell too many or too few is held back with its number,
    and not told a second time for what its cells then say.
    """
    found = surveyed(tmp_path, wrong)
    [finding] = acted_on(found, wrong.names[0])
    check_finding(finding, found, wrong)


@pytest.mark.parametrize("wrong", ONCE_WRONG_FILES.values(), ids=ONCE_WRONG_FILES)
def test_a_file_saved_in_another_way_is_read_to_the_same_rows(wrong, tmp_path):
    """Semicolons, UTF-16 and empty rows change nothing: the same rows, less those that were emptied,
    and nothing held back.
    """
    found, before = surveyed(tmp_path, wrong), shipped_records()
    assert not acted_on(found, wrong.names[0])
    [table] = {name for name, places in before.places.items() if places["path"].iloc[0] == wrong.names[0]}
    emptied = 1 if wrong.row and wrong.row <= len(before[table]) + 1 else 0
    kept = before[table].drop(index=wrong.row - 2).reset_index(drop=True) if emptied else before[table]
    assert found[table].equals(kept)


@pytest.mark.parametrize("wrong", WRONG_FILES.values(), ids=WRONG_FILES)
def test_a_wrong_file_of_records_is_refused_with_the_place_and_without_what_it_says(wrong, tmp_path):
    """A fault in a file's shape is told with the file, and the row where there is one,
    but never with what a row says.
    """
    check_place(refused(tmp_path, wrong), wrong)


def test_wrong_cells_in_several_tables_are_told_together(tmp_path):
    """Whoever puts records right hears of every table's faults at once, not of one a run."""

    def change(folder):
        cells("events", "date", {6: "SECRET-7731"})(folder)
        cells("victims", "sex", {12: "SECRET-7731", 14: "SECRET-7731"})(folder)
        cells("attendance", "participants", {4: "SECRET-7731"})(folder)

    message = "\n".join(map(str, surveyed(tmp_path, Wrong(change, ())).of(HELD_BACK)))
    assert re.search(r"events\.csv, column B 'date', row 6:", message)
    assert re.search(r"victims\.csv, column D 'sex', rows 12, 14:", message)
    assert re.search(r"attendance\.csv, column E 'participants', row 4:", message)
    assert "SECRET" not in message


def test_files_that_cannot_be_read_are_told_together(tmp_path):
    """Two files at fault are two sentences of one refusal."""

    def change(folder):
        WRONG_FILES["an empty file"].change(folder)
        WRONG_FILES["a missing column"].change(folder)

    message = refused(tmp_path, Wrong(change, ()))
    assert VICTIMS in message and SCORES in message and len(message.splitlines()) == 2


def test_a_column_that_is_wrong_throughout_is_one_finding(tmp_path):
    """A column that is wrong from top to bottom is said to be so.

    The table then has no row that can be used, and the run is refused.
    """
    wrong = Wrong(cells("assessments", "score", dict.fromkeys(range(2, 42), "SECRET-7731")), ())
    [finding] = acted_on(surveyed(tmp_path, wrong), SCORES)
    assert finding.whole and "all 40 filled cells, rows 2 to 41" in str(finding)
    assert "none of the table's rows can be used" in refused(tmp_path / "again", wrong)


def test_many_wrong_cells_make_a_short_message(tmp_path):
    """Of many rows the first are named, and how many more there are."""
    message = str(
        acted_on(
            surveyed(tmp_path, Wrong(cells("assessments", "score", dict.fromkeys(range(2, 41), "SECRET-7731")), ())),
            SCORES,
        )[0]
    )
    assert "rows 2, 3, 4, 5, 6 and 34 more" in message


def test_rows_that_name_a_row_held_back_are_held_back_with_it_and_say_so(tmp_path):
    """A person whose row is held back is not lost in silence:
    every service of that person says why it is not counted.
    """
    found = surveyed(tmp_path, Wrong(cells("victims", "sex", {2: "SECRET-7731"}), ()))
    services = [finding for finding in found.of(HELD_BACK) if finding.path == file_of("services")]
    assert [finding.rule for finding in services] == ["held back key"] and "table 'victims'" in str(services[0])
    used = set(found["services"]["person_id"])
    assert "P0001" not in used and len(found["services"]) + len(services[0].rows) == len(found.places["services"])


def test_evaluate_refuses_what_reading_refuses(tmp_path):
    """The one call of an evaluator refuses a file that cannot be read with the same words."""
    project = copied(tmp_path / "project", removed(FOLDER))
    with pytest.raises(ctanalysis.Refused, match="records/victims: there is no such file"):
        ctanalysis.evaluate("FY2015Q1", project)


@pytest.mark.parametrize("folder", ["nowhere", "records", "data/project.toml"])
def test_a_folder_that_is_no_project_is_refused(folder, tmp_path):
    """A folder that is not there, one of another kind, and a file are no project folders."""
    shutil.copytree(SHIPPED, tmp_path / "data")
    (tmp_path / "records").mkdir()
    with pytest.raises(ctanalysis.Refused, match="not a project folder"):
        load(tmp_path / folder)
