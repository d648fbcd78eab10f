"""Wrong input on the command line: a sentence, the status of a refusal, and nothing is made."""

import re

import pytest

from ctanalysis import Refused, named, reports
from ctanalysis.__main__ import main
from ctanalysis.base import parameters
from ctanalysis.project import load
from ctanalysis.records import read
from tests.conftest import command
from tests.generators.wrong import copied
from tests.generators.wrong_projects import WRONG_PROJECTS
from tests.generators.wrong_records import WRONG_RECORDS

# The command line.


def everything_in(folder):
    return sorted(path.relative_to(folder) for path in folder.rglob("*"))


def check_refused(result, *says):
    assert result.returncode == 2
    for words in says:
        assert words in result.stderr
    assert "Traceback" not in result.stderr and "Warning" not in result.stderr
    assert result.stdout == ""


ON_THE_COMMAND_LINE = [
    "no project folder",
    "project.toml with an unknown key",
    "a sheet with an unknown key",
    "an unknown table",
    "a target for an unknown indicator",
    "a foreign key to no table, which a sheet looks through",
    "a missing folder",
    "a folder without its file",
    "a missing column",
    "too many cells in every row",
    "cp1251 bytes",
]


@pytest.mark.parametrize(
    "name",
    [*ON_THE_COMMAND_LINE[:4], *(pytest.param(name, marks=pytest.mark.long) for name in ON_THE_COMMAND_LINE[4:])],
)
def test_the_command_says_what_is_wrong_and_makes_nothing(name, tmp_path):
    """The command ends with status 2 and the sentence, without a traceback, and leaves the folder as it was."""
    wrong = (WRONG_PROJECTS | WRONG_RECORDS)[name]
    project = copied(tmp_path / "project", wrong.change)
    before = everything_in(project)
    result = command("report", "-p", "period", "FY2015Q1", "-p", "project", str(project))
    check_refused(result, *wrong.names)
    assert "SECRET" not in result.stderr
    assert everything_in(project) == before
    assert not (project / "reports").exists()


def test_the_command_refuses_a_misspelt_parameter():
    """A parameter that the notebooks do not have is refused with those that they have."""
    check_refused(command("report", "-p", "perod", "FY2015Q1"), "'perod'", "period", "project")


def test_the_command_refuses_an_unknown_period():
    """A period of another form is refused with the reason and the legal forms."""
    check_refused(
        command("report", "-p", "period", "2015Q1"), "'2015Q1'", "calendar or a fiscal year", "FY2014H1 (a half)"
    )


IN_PROCESS = [
    "project that ends before it starts",
    "a table of an unknown class",
    "an unknown category in where",
    "a published figure with a bad date",
    "a header only",
    "an extra column",
    "an unclosed quote",
    "a workbook by the name of a table",
    "cp1251 bytes",
]


@pytest.mark.parametrize("name", IN_PROCESS)
def test_the_command_in_process_says_what_is_wrong(name, tmp_path, capsys):
    """Called from Python, the command returns 2 and writes the sentence where errors belong."""
    wrong = (WRONG_PROJECTS | WRONG_RECORDS)[name]
    project = copied(tmp_path / "project", wrong.change)
    before = everything_in(project)
    assert main(["report", "-p", "period", "FY2015Q1", "-p", "project", str(project)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and all(words in said.err for words in wrong.names)
    assert everything_in(project) == before


@pytest.mark.parametrize(
    "period", ["FY2015Q2", "FY2015H1", "FY2015", "FY2011", "FY2016", "FY2015Q5", "fy 2015q1", "last"]
)
def test_the_command_in_process_refuses_periods(period, tmp_path, capsys):
    """Asked for a period that may not be reported, the command says so and makes no report."""
    project = copied(tmp_path / "project", lambda folder: None)
    assert main(["report", "-p", "period", period, "-p", "project", str(project)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and period in said.err and "Legal forms" in said.err
    assert not (project / "reports").exists()


@pytest.mark.parametrize("project", [2026, 2026.1, 0, True, None])
def test_a_project_that_papermill_made_a_number_of_is_refused_in_a_sentence(project):
    """papermill -p project 2026 gives the notebook a number, and None for the word: neither names a folder."""
    with pytest.raises(Refused, match=r"-p project \./2026"):
        named("FY2015Q1", project)


@pytest.mark.parametrize("command", ["report", "reports"])
def test_every_command_refuses_a_misspelt_parameter(command, capsys):
    """No command passes over a parameter that it does not know: perod FY2014Q1 is not the last quarter."""
    assert main([command, "-p", "perod", "FY2014Q1"]) == 2
    said = capsys.readouterr()
    assert said.out == "" and "'perod'" in said.err and "period" in said.err


def test_a_parameter_without_a_value_is_refused_with_the_usage(capsys):
    """A parameter is a name and a value; without the value the command shows how it is written."""
    with pytest.raises(SystemExit) as stopped:
        main(["report", "-p", "period"])
    assert stopped.value.code == 2
    assert "-p NAME VALUE" in capsys.readouterr().err


OPTIONS = ["--help", "-h", "--version", "-p", "--", "--help=x"]


@pytest.mark.few(15)
@pytest.mark.parametrize("name", OPTIONS)
@pytest.mark.parametrize(
    "typed, says",
    [
        ("report -p period NAME -p project FOLDER", "is not a reporting period"),
        ("check -p period NAME -p project FOLDER", "is not a reporting period"),
        ("internal -p period NAME -p project FOLDER", "is not a reporting period"),
        ("verify -p period NAME -p project FOLDER", "is not a reporting period"),
        ("release --date=2015-01-20 --dry= -p period NAME -p project FOLDER", "is not a reporting period"),
        ("reports -p project FOLDER --since=NAME --periods=", "is not a reporting period"),
        ("report -p period FY2015Q1 -p project NAME", "this is not a project folder"),
        ("templates -p project NAME", "this is not a project folder"),
        ("receive --file=NAME --partner=A --sent=2015-04-14 -p period  -p project FOLDER", "there is no such file"),
        ("compare -- NAME NAME", "NAME"),
    ],
)
def test_a_name_like_an_option_is_a_name_like_any_other(typed, says, name, tmp_path, capsys):
    """make report PERIOD=--help: there is no such period, and no other help than make help."""
    project = copied(tmp_path / "project", lambda folder: None)
    before = everything_in(project)
    words = [word.replace("NAME", name).replace("FOLDER", str(project)) for word in typed.split(" ")]
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == "" and name in said.err and says.replace("NAME", name) in said.err and "usage" not in said.err
    assert said.err.count("\n") == 1 and everything_in(project) == before


def test_values_of_parameters_are_taken_as_they_are():
    """A blank, an equals sign, nothing at all: each value is that of its own name; what is no parameter stays."""
    given = ["report", "-p", "period", "a=b c", "-p", "project", "", "--file=-p", "-p", "x", "-p"]
    joined = parameters.joined(given)
    assert joined == ["report", "-pperiod=a=b c", "-pproject=", "--file=-p", "-px=-p"]
    assert parameters.parameter("period=a=b c") == ("period", "a=b c") and parameters.parameter("project=")[1] == ""


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "through, says",
    [
        ("2015-02-15", None),  # in the middle of a quarter: the last that is whole
        ("2015-03-31", "Nothing came for FY2015Q2"),
        ("2015-09-30", "Nothing came for FY2015Q4"),
        ("2011-10-15", "No quarter is complete yet"),
    ],
)
def test_without_a_period_a_quarter_of_which_nothing_came_is_not_reported(through, says, tmp_path, capsys, monkeypatch):
    """records_through was moved by hand, further than the records go: it is asked for, not reported as an empty one."""

    def moved(folder):
        facts = (folder / "project.toml").read_text(encoding="utf-8")
        changed = re.sub("(?m)^records_through = .*$", f"records_through = {through}", facts)
        (folder / "project.toml").write_text(changed, encoding="utf-8")

    project, made = copied(tmp_path / "project", moved), []
    monkeypatch.setattr(reports, "make_from", lambda given, period, **asked: made.append(period) or tmp_path)
    status = main(["report", "-p", "period", "", "-p", "project", str(project)])
    said = capsys.readouterr()
    assert (status, made) == ((2, []) if says else (0, ["FY2015Q1"]))
    if says:
        assert said.out == "" and says in said.err and said.err.count("\n") == 1
    if says and says.startswith("Nothing"):
        assert "something came is FY2015Q1: make report PERIOD=FY2015Q1" in said.err
        quarter = says.split()[-1]
        assert main(["report", "-p", "period", quarter, "-p", "project", str(project)]) == 0 and made == [quarter]


def test_a_folder_without_fault_is_not_refused(tmp_path):
    """The copy with nothing changed is accepted, so that it is the change that is refused in these tests."""
    project = copied(tmp_path / "project", lambda folder: None)
    assert read(load(project))
    assert load(project).calendar.parse("FY2014").label == "FY2014"
