"""Where outputs stand: no links, nothing that a dead run left, and no notebook that is not a report's."""

import os
import re
import subprocess
import sys
from html import escape

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from ctanalysis.__main__ import main
from ctanalysis.intake import datacheck
from ctanalysis.language import Speech
from ctanalysis.project import load
from ctanalysis.records import survey
from ctanalysis.reports import notebooks, pages
from tests.conftest import ROOT
from tests.reports.made_quickly import PERIOD

COMMANDS = {
    "reports": ["report", "-p", "period", PERIOD],
    "internal": ["check"],
    "releases": ["release", "--date", "2021-08-01", "-p", "period", PERIOD],
    "templates": ["templates"],
}


@pytest.mark.parametrize("place", COMMANDS)
def test_an_output_folder_that_is_a_link_is_refused(ours, tmp_path, capsys, place):
    """What is internal could otherwise come to stand where others read; nothing is written there."""
    there = tmp_path / "elsewhere"
    (ours / place).rename(there) if (ours / place).exists() else there.mkdir()
    (ours / place).symlink_to(there)
    before = sorted(there.rglob("*"))
    assert main([*COMMANDS[place], "-p", "project", str(ours)]) == 2
    assert f"{ours / place}: this is a link" in capsys.readouterr().err
    assert sorted(there.rglob("*")) == before


def test_a_project_may_itself_be_a_link(ours, tmp_path):
    """A folder of records on another disk, say: its outputs stand in it."""
    (tmp_path / "project").symlink_to(ours)
    assert main(["report", "-p", "period", PERIOD, "-p", "project", str(tmp_path / "project")]) == 0


LEFT = (
    ".FY2013.new-abcd1234",
    "../releases/.FY2013.new-abcd1234",
    "../internal/.FY2013.new-abcd1234",
    "../internal/release/.pending.new-abcd1234",
    "../internal/manifests/reports/.FY2013.json.new-abcd1234",
    "../internal/manifests/releases/.FY2013.json.new-abcd1234",
)


@pytest.mark.few(1)
@pytest.mark.parametrize("command", ["report", "release", "check", "internal"])
def test_what_dead_runs_left_is_removed_by_the_next_of_any_period(ours, command):
    """Whatever it was of, and wherever: also of exact numbers in internal/."""
    for name in LEFT:
        (ours / "reports" / name).mkdir(parents=True, exist_ok=True)
        (ours / "reports" / name / "half.csv").write_text("7731", encoding="utf-8")
    options = ["-p", "project", str(ours)]
    options += [] if command == "check" else ["-p", "period", PERIOD]
    options += ["--date", "2021-08-01"] if command == "release" else []
    assert main([command, *options]) in (0, 1)  # 1: a check found something
    assert [name for name in LEFT if (ours / "reports" / name).exists()] == []
    assert not list((ours / "releases").rglob(".*"))


@pytest.mark.few(1)
@pytest.mark.parametrize("command", ["report", "verify", "check"])
def test_a_period_in_small_letters_has_the_same_place(ours, capsys, command):
    """fy2021q2 is FY2021Q2 for every command: no second report beside the first, and the label is said in capitals."""
    assert main([command, "-p", "period", PERIOD.lower(), "-p", "project", str(ours)]) in (0, 1)
    assert PERIOD in capsys.readouterr().out
    assert [path.name for path in (ours / "reports").iterdir() if path.name.casefold() == PERIOD.casefold()] == [PERIOD]


@pytest.mark.few(1)
@pytest.mark.parametrize("command", ["report", "check"])
def test_the_screen_begins_with_what_came(ours, capsys, command):
    """How many of the tables that are due, before the rows and whatever was found in them."""
    project = load(ours)
    speech = Speech(project.facts.language if command == "report" else "en")
    period = project.calendar.parse(PERIOD)
    came = datacheck.arrived(project, survey(project), period, speech).splitlines()[0]
    assert main([command, "-p", "period", PERIOD, "-p", "project", str(ours)]) in (0, 1)
    assert capsys.readouterr().out.splitlines()[0] == came and PERIOD in came


KILLED = """
import os
from ctanalysis.__main__ import main
from ctanalysis.reports import verifying
verifying._compared = lambda *_: os.kill(os.getpid(), 9)
main(["verify", "-p", "period", {period!r}, "-p", "project", {project!r}])
"""


@pytest.mark.few(1)
@pytest.mark.parametrize("command", ["verify", "report"])
def test_a_verification_that_was_killed_leaves_no_copy(ours, tmp_path, command):
    """The report that it made again stands beside the reports, and in no place that no run looks at: the next one, of
    whatever kind, takes it away.
    """
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    edited = (ours / "targets.csv").read_text(encoding="utf-8").replace("A1,FY2021,100", "A1,FY2021,101")
    (ours / "targets.csv").write_text(edited, encoding="utf-8")  # so that the values alone are made again
    code = KILLED.format(period=PERIOD, project=str(ours))
    environment = os.environ | {"TMPDIR": str(scratch), "PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True).returncode == -9
    assert [*scratch.iterdir()] == [] and len([*(ours / "reports").glob(".verify.*")]) == 1
    assert main([command, "-p", "period", PERIOD, "-p", "project", str(ours)]) in (0, 1)
    assert [*(ours / "reports").glob(".*")] == []


def test_no_two_areas_have_one_file():
    """Small and capital letters are the same to some computers; who can keep the area's code does, as before."""
    codes = ["Work", "work", "area-work", "evaluation", "index", "Data-Quality"]
    names = notebooks.names_of_areas(codes)
    assert len({name.casefold() for name in [*names.values(), *notebooks.ALWAYS]}) == len(codes) + 2
    assert names["Work"] == "Work" and names["evaluation"] == "area-evaluation" and names["index"] == "index"


def test_the_name_of_an_area_is_words_and_never_markup(tmp_path):
    """Whatever signs it has, the page's heading and title are the name as it is written."""
    name = "1. A $x$ <b>*c*</b> & `d` # _e_ [f](g)"
    made = new_notebook(cells=[new_markdown_cell("# Area")], metadata={})
    titled = notebooks._titled(made, notebooks.Page("x", name, tmp_path, "x"))
    assert f"<h1>{escape(name, quote=False)}</h1>" in re.sub(r"(<h1)[^>]*", r"\1", pages.exported(titled))
    assert titled.metadata["title"] == name


@pytest.mark.parametrize("code", ["explore", "Explore", "evaluation", "data-quality"])
def test_an_area_whatever_it_is_called_has_a_page_of_its_own(ours, code):
    """The notebook for exploring is no report's; those that always run do so once; no file has two pages."""
    path = ours / "project.toml"
    text = path.read_text(encoding="utf-8")
    area = load(ours).facts.areas[0].code
    for file in [path, *(ours / "indicators").glob("*.toml")]:
        words = file.read_text(encoding="utf-8")
        file.write_text(
            words.replace(f'code = "{area}"', f'code = "{code}"').replace(f'area = "{area}"', f'area = "{code}"'),
            encoding="utf-8",
        )
    project = load(ours)
    assert code in [area.code for area in project.facts.areas] and text
    chosen = notebooks.chosen(project)
    assert [page.area for page in chosen] == ["", *(area.code for area in project.facts.areas), ""]
    assert [page.name for page in chosen][:2] == ["evaluation", f"area-{code}"] and chosen[-1].name == "data-quality"
    assert {page.source.stem for page in chosen[1:-1]} == {"area"}
    assert os.path.exists(notebooks.SOURCES / "explore.ipynb")
