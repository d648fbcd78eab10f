"""Working tables are on no way that leads to a report, and are written whole, by and for one person."""

import ast
import csv
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from ctanalysis import internal, project
from tests.conftest import ROOT, command
from tests.generators.wrong import file_of
from tests.internal.working import CANARY, MARKING, PAGE, SECOND, TO_DATE, VALUES, WORKBOOK, Page, identified, told


def names_of(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_only_the_command_and_an_exact_question_import_it():
    """Nothing that makes, shows or releases a report imports the working tables; what answers exact() does, when it is
    asked, which no page can (tests/enquiry/test_exact.py).
    """
    imports = {
        path.relative_to(ROOT / "ctanalysis").as_posix()
        for path in (ROOT / "ctanalysis").rglob("*.py")
        if path.parent.name != "internal"
        if any(name.startswith("ctanalysis.internal") for name in names_of(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert imports == {"__main__.py", "enquiry/exact.py"}
    assert not [
        path
        for path in (ROOT / "ctanalysis").rglob("*.py")
        if path.parent.name != "internal" and "import_module" in path.read_text(encoding="utf-8")
    ]


def test_no_notebook_can_ask_for_it():
    """No cell of any notebook names it, and what notebooks import does not bring it along."""
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        code = "\n".join(
            "".join(cell["source"])
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
            if cell["cell_type"] == "code"
        )
        assert "internal" not in code and "working-tables" not in code, path.name
    script = (
        "import sys, ctanalysis, ctanalysis.reports, ctanalysis.releases, ctanalysis.enquiry; "
        "import ctanalysis.narrative, ctanalysis.tables, ctanalysis.figures; "
        "print([n for n in sys.modules if n.startswith('ctanalysis.internal')])"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True).stdout == "[]\n"


def test_no_page_of_a_report_links_to_it(made):
    """Not one address in a report leads there, and its manifest knows nothing of it,
    though it lies beside the reports.
    """
    done = command("internal", "-p", "period", "FY2015Q1", "-p", "project", str(made.parent.parent))
    assert done.returncode == 0 and (made.parent.parent / "internal" / "FY2015Q1" / PAGE).exists()
    for path in made.glob("*.html"):
        addresses = [
            value
            for _, attributes in Page(path.read_text(encoding="utf-8")).tags
            for name, value in attributes.items()
            if name in ("href", "src", "action")
        ]
        assert not [address for address in addresses if "internal" in address.lower()], path.name
    for path in made.rglob("*"):
        assert path.is_dir() or (MARKING.encode() not in path.read_bytes() and b"INTERNAL-" not in path.read_bytes()), (
            path.name
        )
    assert "internal" not in (made / "manifest.json").read_text(encoding="utf-8").lower()


def test_git_ignores_it(tmp_path):
    """In this repository, and in the folder of a new project."""
    for folder in (ROOT, tmp_path / "new"):
        if folder != ROOT:
            assert command("newproject", str(folder)).returncode == 0
            subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
        for name in (WORKBOOK, PAGE, VALUES):
            assert (
                subprocess.run(["git", "check-ignore", "--quiet", f"internal/FY2015Q1/{name}"], cwd=folder).returncode
                == 0
            )
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout
    assert not re.search(r"INTERNAL-|^internal/", listed, re.MULTILINE)


# --- Written whole, by and for one person ------------------------------------------------------------------


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_inputs_give_the_same_bytes(ours, tables, tmp_path):
    """Also from another folder, another day of the files, and another order of Python's sets."""
    other = tmp_path / "elsewhere"
    shutil.copytree(ours, other, ignore=shutil.ignore_patterns("internal"), copy_function=shutil.copyfile)
    assert (
        command(
            "internal", "-p", "period", "FY2015Q1", "-p", "project", str(other), PYTHONHASHSEED="7", TZ="Asia/Bishkek"
        ).returncode
        == 0
    )
    assert contents(other / "internal" / "FY2015Q1") == contents(tables)


def test_only_who_wrote_them_may_read_them(tables):
    assert tables.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in tables.iterdir()} == {0o600}


@pytest.mark.parametrize(
    "parameters, says",
    [
        (("-p", "period", "FY2015Q2"), "records are complete only through 2014-12-31"),
        (("-p", "period", "2015Q1"), "is not a reporting period"),
        (("-p", "period", "../FY2015Q1"), "is not a reporting period"),
        (("-p", "perod", "FY2015Q1"), "'perod' is no parameter"),
    ],
)
def test_a_wrong_period_is_refused_and_what_there_was_stays(parameters, says, ours, tables):
    before = contents(tables)
    done = command("internal", *parameters, *([] if "perod" in parameters else ["-p", "project", str(ours)]))
    assert done.returncode == 2 and says in done.stderr and "Traceback" not in done.stderr
    assert contents(tables) == before and [path.name for path in tables.parent.iterdir()] == ["FY2015Q1"]


def test_a_folder_that_is_no_project_is_refused(tmp_path):
    done = command("internal", "-p", "period", "FY2015Q1", "-p", "project", str(tmp_path))
    assert done.returncode == 2 and "this is not a project folder" in done.stderr and list(tmp_path.iterdir()) == []


def test_records_that_cannot_be_read_are_refused_and_what_there_was_stays(ours, tables, tmp_path):
    """With a sentence that holds no value of a record."""
    folder = tmp_path / "broken"
    shutil.copytree(ours, folder)
    before = contents(folder / "internal" / "FY2015Q1")
    victims = (folder / file_of("victims")).read_text(encoding="utf-8").splitlines()
    (folder / file_of("victims")).write_text(
        "\n".join([victims[0].replace("sex", "gndr"), *victims[1:]]), encoding="utf-8"
    )
    done = command("internal", "-p", "period", "FY2015Q1", "-p", "project", str(folder))
    assert (
        done.returncode == 2
        and "victims.csv" in done.stderr
        and "Traceback" not in done.stderr
        and CANARY not in done.stderr
    )
    assert contents(folder / "internal" / "FY2015Q1") == before


def test_when_writing_stops_nothing_is_left_of_it(ours, tables, monkeypatch):
    """All or nothing: a disk that is full in the middle leaves what there was, and no half of a folder."""
    before, found, write = contents(tables), project.load(ours), Path.write_bytes

    def stops(path, content):
        write(path, content[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", stops)
    with pytest.raises(OSError):
        internal.write(found, found.calendar.parse("FY2015Q1"), tables)
    assert contents(tables) == before and [path.name for path in tables.parent.iterdir()] == ["FY2015Q1"]


def test_another_project_has_them_beside_its_reports(tmp_path):
    """With other words, crossed tables of its own, and a calendar year."""
    folder = tmp_path / "second"
    shutil.copytree(SECOND, folder)
    assert command("internal", "-p", "period", "FY2021Q1", "-p", "project", str(folder)).returncode == 0
    book = openpyxl.load_workbook(folder / "internal" / "FY2021Q1" / WORKBOOK)
    crossed = [sheet for sheet in book if sheet.title.endswith("crossed")]
    assert len(crossed) == 2
    for sheet in crossed:
        rows = [
            row for row in sheet.iter_rows(min_row=5, values_only=True) if sum(cell is not None for cell in row) > 1
        ]
        assert rows and all(None not in row for row in rows)


def test_the_life_of_the_project_can_be_asked_for(ours):
    """It has no period before it, and no column for one."""
    assert command("internal", "-p", "period", "LOP", "-p", "project", str(ours)).returncode == 0
    written = ours / "internal" / "LOP"
    rows = list(csv.DictReader(io.StringIO((written / VALUES).read_text(encoding="utf-8"))))
    shutil.rmtree(written)
    assert {row["horizon"] for row in rows} == {"period", "fiscal year to date", "project to date", "last fiscal year"}
    assert told(rows, "2.1", "period") == {"all": str(len(identified(*TO_DATE)))}
