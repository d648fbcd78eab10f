"""make project: an empty project folder with commented files, that says what to fill in and can then be evaluated."""

import os
import re
import shutil
import stat
import tomllib
from typing import get_args

import pytest
from pydantic import BaseModel

from ctanalysis import indicators, project, records
from ctanalysis.__main__ import main
from ctanalysis.base.errors import Refused
from ctanalysis.evaluation import SHIPPED, evaluate
from ctanalysis.indicators import Window
from ctanalysis.intake import newproject
from ctanalysis.intake.newproject import laying_out
from ctanalysis.project import conditions, examples, sheets
from ctanalysis.project.csv_files import Delivery, PublishedFigure, Target
from ctanalysis.project.descriptor import Package
from ctanalysis.project.facts import Facts
from ctanalysis.project.folder import FILES, JUDGEMENTS
from ctanalysis.project.judgements import (
    AcceptedFindings,
    Actions,
    Contexts,
    Corrections,
    Explanations,
    Lessons,
    Milestones,
    Questions,
    Recommendations,
    SamePeople,
)
from ctanalysis.project.policy import Policy
from ctanalysis.project.quality import Quality
from ctanalysis.project.rules import Rules
from ctanalysis.project.strict import build
from ctanalysis.project.translations import Reviews
from tests.conftest import ROOT, command

TOML = {
    "project.toml": Facts,
    "rules.toml": Rules,
    "indicators/1.1-example.toml": sheets.Sheet,
    "judgements/corrections.toml": Corrections,
    "judgements/same-people.toml": SamePeople,
    "judgements/accepted.toml": AcceptedFindings,
    "judgements/milestones.toml": Milestones,
    "judgements/explanations.toml": Explanations,
    "judgements/context.toml": Contexts,
    "judgements/actions.toml": Actions,
    "judgements/lessons.toml": Lessons,
    "judgements/recommendations.toml": Recommendations,
    "judgements/questions.toml": Questions,
    "judgements/reviews.toml": Reviews,
}


@pytest.fixture
def folder(tmp_path):
    return newproject.lay_out(tmp_path / "tajikistan")


def left_behind(folder):
    """What is in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


# --- What is laid out ----------------------------------------------------------------------------


def test_it_is_a_project(folder):
    """It loads as it is, has every kind of file, and its rules, sheets and tables agree."""
    found = project.load(folder)
    assert [sheet.code for sheet in found.sheets] == ["1.1"]
    assert found.facts.synthetic
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == {
        ".gitignore",
        "README.md",
        "project.toml",
        "datapackage.json",
        "policy.toml",
        "rules.toml",
        "quality.toml",
        "targets.csv",
        "published.csv",
        "deliveries.csv",
        "population.csv",
        "judgements/corrections.toml",
        "judgements/same-people.toml",
        "judgements/restatements.toml",
        "judgements/accepted.toml",
        "judgements/milestones.toml",
        "judgements/explanations.toml",
        "judgements/context.toml",
        "judgements/actions.toml",
        "judgements/lessons.toml",
        "judgements/recommendations.toml",
        "judgements/questions.toml",
        "judgements/reviews.toml",
        "indicators/1.1-example.toml",
        "records/partners/partners.csv",
        "records/services/services.csv",
        "records/trainings/trainings.csv",
    }


def test_it_has_every_file_that_a_project_may_have(folder):
    """No file that load() looks for is missing, and none of its own is unknown to it."""
    assert {*FILES, *(f"judgements/{name}" for name in JUDGEMENTS)} <= {
        path.relative_to(folder).as_posix() for path in folder.rglob("*")
    }


def test_the_lists_have_the_columns_of_their_models(folder):
    """targets.csv, published.csv, deliveries.csv and the record files: a header and no rows."""
    for name, model in (("targets.csv", Target), ("published.csv", PublishedFigure), ("deliveries.csv", Delivery)):
        assert (folder / name).read_text(encoding="utf-8") == ",".join(model.model_fields) + "\n"
    for table in project.load(folder).package.resources:
        [file] = (folder / table.path).iterdir()  # a folder for each table, from the start
        assert file.name == f"{table.name}.csv"
        assert file.read_text(encoding="utf-8") == ",".join(table.fields) + "\n"


ENTRY = r"\[\[victims\.breakdowns\]\]\n(.+\n)*\n"


def test_the_policy_is_the_shipped_one(folder):
    """Every class and number, with its sentence; but the contract figure and the breakdowns are the example's."""
    ours, shipped = (
        re.sub(ENTRY, "", (place / "policy.toml").read_text(encoding="utf-8")).splitlines()
        for place in (folder, SHIPPED)
    )
    assert [(one.sheet, one.by) for one in project.load(folder).policy.rules["victims"].breakdowns] == [
        ("1.1", "sex"),
        ("1.1", "region"),
    ]
    different = [(one, other) for one, other in zip(ours, shipped, strict=True) if one != other]
    assert [one.split("#")[0].strip() for one, _ in different] == ['contract_figures = ["1.1"]']


# --- The comments agree with the models ----------------------------------------------------------


def models_in(annotation):
    """The pydantic models that a type is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {model for part in get_args(annotation) for model in models_in(part)}


def keys_of(model, seen=()):
    """Every key that may stand in a file of this model, at any depth."""
    for name, field in model.model_fields.items():
        yield field.alias or name
        for inner in models_in(field.annotation) - {*seen, conditions.Condition}:
            yield from keys_of(inner, (*seen, model))


def switched_on(text):
    """The text with its commented-out keys and tables in force."""
    return re.sub(r"^# (?=\[|[a-z_]+ = |# )", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("name", TOML)
def test_every_key_of_the_models_is_in_the_file(folder, name):
    """Set, or commented out with an example; the disaggregations are written as disaggregate."""
    text = (folder / name).read_text(encoding="utf-8")
    written = set(re.findall(r"^(?:# ){0,2}([a-z_]+) = ", text, re.MULTILINE))
    written |= {
        word for heading in re.findall(r"^(?:# )?\[+([a-z_.]+)\]+", text, re.MULTILINE) for word in heading.split(".")
    }
    models = [TOML[name], *([sheets.MilestoneSheet] if TOML[name] is sheets.Sheet else [])]
    keys = {key for model in models for key in keys_of(model)}
    wanted = {"disaggregate" if key == "disaggregations" else key for key in keys}
    assert wanted - written == set()
    assert written - wanted == set()


@pytest.mark.parametrize("name", TOML)
def test_every_key_has_a_comment_before_it(folder, name):
    """A line of words stands above it, or above the lines that it belongs to."""
    before = ""
    for line in (folder / name).read_text(encoding="utf-8").splitlines():
        if re.match(r"(# )?[a-z_]+ = |(# )?\[", line):
            assert before.startswith("#") or before == "same", line
            before = "same"
        else:
            before = line or ("" if before.startswith("#") else before)


@pytest.mark.parametrize("name", [name for name in TOML if name != "indicators/1.1-example.toml"])
def test_what_is_commented_out_is_right(folder, name):
    """With the # taken away, the examples are what the models allow."""
    text = switched_on((folder / name).read_text(encoding="utf-8"))
    found = build(TOML[name], tomllib.loads(text), name)
    assert all(value != () for value in vars(found).values())


def test_the_thresholds_are_those_that_are_in_force_without_the_file(folder):
    """quality.toml is the shipped one, names every key, and says what the library does anyway."""
    assert project.load(folder).quality == Quality()
    text = (folder / "quality.toml").read_text(encoding="utf-8")
    assert text == (SHIPPED / "quality.toml").read_text(encoding="utf-8")
    assert [key for key in keys_of(Quality) if not re.search(rf"^(# )?\[*{key}\b", text, re.MULTILINE)] == []


@pytest.mark.parametrize("measure", examples.measures())
def test_there_is_an_example_of_each_measure_and_it_is_right(folder, measure):
    """Switched off in the example sheet; in the place of its calculation, it is a project that loads."""
    path = folder / "indicators/1.1-example.toml"
    text, written = path.read_text(encoding="utf-8"), examples.example(measure)
    switched_off = re.sub("^# ", "", text, flags=re.MULTILINE)
    assert written.startswith(f"# {measure}: ") and written.rstrip() in text + switched_off
    sheet = text.split("# What is calculated.")[0]
    if measure == "milestone":
        sheet = re.sub(
            r"^(unit|direction) = .*\n", "", sheet.split("# Where things stood before")[0], flags=re.MULTILINE
        )
    path.write_text(sheet + written, encoding="utf-8")
    if measure != examples.FIRST:
        policy = (folder / "policy.toml").read_text(encoding="utf-8").replace('contract_figures = ["1.1"]', "")
        (folder / "policy.toml").write_text(re.sub(ENTRY, "", policy), encoding="utf-8")
        (folder / "indicators/2.1-people.toml").write_text(
            text.replace('code = "1.1"', 'code = "2.1"'), encoding="utf-8"
        )
    found = project.load(folder)
    [read] = [one for one in (*found.sheets, *found.milestones) if one.code == "1.1"]
    assert read.calculation.measure == measure


def test_the_table_description_speaks_of_every_key(folder):
    """JSON has no comments: the descriptions do, of every key of the descriptor."""
    text = (folder / "datapackage.json").read_text(encoding="utf-8")
    words = set(re.findall(r"[$\w]+", text))
    assert [key for key in keys_of(Package) if key not in words] == []


def test_the_readme_speaks_of_every_file_and_column(folder):
    """Each file, and each column of the lists, which cannot have comments."""
    readme = (folder / "README.md").read_text(encoding="utf-8")
    names = [path.name for path in folder.iterdir() if path.is_file() and path.name != "README.md"]
    columns = [
        name for model in (Target, PublishedFigure, Delivery) for name in model.model_fields if name != "indicator"
    ]
    assert [word for word in names + columns if f"`{word}`" not in readme] == []


def test_the_policy_has_a_sentence_to_every_key(folder):
    """Its header explains each of the numbers."""
    text = (folder / "policy.toml").read_text(encoding="utf-8")
    rule = Policy.model_fields["root"].annotation
    assert [
        key
        for model in models_in(rule)
        for key in model.model_fields
        if key != "describes" and f"\n# {key} " not in text
    ] == []


# --- Then it is filled in ------------------------------------------------------------------------


def test_a_fresh_folder_says_what_to_do_next(folder, capsys):
    """Nobody has put records in: that is no fault of any table. One sentence says what to do; there is no report."""
    asked = ["-p", "period", "FY2026Q1", "-p", "project", str(folder)]
    assert main(["report", *asked]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and "no records are in it yet" in said.err
    assert "make receive" in said.err and "README.md" in said.err and not (folder / "reports").exists()
    assert main(["check", *asked]) == 0
    checked = capsys.readouterr()
    assert (checked.out, checked.err) == (said.err, "")


@pytest.mark.parametrize("begun", ["a row", "a file at the top", "a delivery"])
def test_as_soon_as_it_is_begun_an_empty_table_is_named(folder, begun, capsys):
    """A row in one table, a file that no table reads, or a delivery that somebody noted: what is empty is missing."""
    if begun == "a row":
        (folder / "records/partners/partners.csv").write_text("partner_id,region\nORG-1,XX-1\n", encoding="utf-8")
    elif begun == "a file at the top":
        (folder / "records/March.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    else:
        with (folder / "deliveries.csv").open("a", encoding="utf-8") as file:
            file.write("records/services/services.csv,ORG-1,FY2026Q1,2026-04-02,\n")
    asked = ["-p", "period", "FY2026Q1", "-p", "project", str(folder)]
    assert main(["report", *asked]) == 2
    assert "records/services: the table has no rows" in capsys.readouterr().err
    assert main(["check", *asked]) == 1
    assert "records/services: the table has no rows" in capsys.readouterr().out


def filled_in(folder):
    """The folder with the rows that its README gives."""
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for path, rows in re.findall(r"`(records/\S+)`\n\n```csv\n(.*?)```", readme, re.DOTALL):
        (folder / path).write_text(rows, encoding="utf-8")
    return folder


def test_with_the_rows_of_its_readme_it_is_evaluated(folder):
    """Two of three people received a service that counts; travel home does not, nor anything of who did not agree."""
    found = project.load(filled_in(folder))
    surveyed = records.survey(found)
    assert [(finding.rule, finding.rows) for finding in surveyed.findings] == [("no consent", (5,))]
    frame = indicators.calculate(found, surveyed, [Window("period", *quarter(found))])
    told = {(row.disaggregation, row.category): row.value for row in frame.itertuples() if row.value}
    assert told == {
        ("total", "all"): 2,
        ("sex", "female"): 1,
        ("sex", "male"): 1,
        ("region", "first region"): 1,
        ("region", "second region"): 1,
    }
    assert evaluate("FY2026Q1", folder).by("1.1")["value"].tolist() == [2]


def quarter(found):
    period = found.calendar.parse("FY2026Q1")
    return period.start, period.end


def test_with_the_rows_of_its_readme_it_has_a_report(folder):
    """The command, the pages, and in them the number, the definition and the notice that all is invented."""
    done = command("report", "-p", "period", "FY2026Q1", "-p", "project", str(filled_in(folder)))
    assert done.returncode == 0, done.stderr
    pages = folder / "reports" / "FY2026Q1"
    page, area = ((pages / name).read_text(encoding="utf-8") for name in ("evaluation.html", "protection.html"))
    assert "Name of the project" in page and "Synthetic records" in page
    assert project.load(folder).sheet("1.1").definition in area
    assert re.search(r'value="2"[^>]*>2</data></a> people</strong> began to receive services', page)


# --- What is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "   ", "a\0b"])
def test_it_must_be_named(name):
    """No name, and what cannot be one."""
    with pytest.raises(Refused, match=r"NEW=\.\./my-project"):
        newproject.lay_out(name)


def test_what_is_there_stays(tmp_path):
    """A folder with something in it, a file, a link: refused, and as they were."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / ".hidden").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("full", "file", "link", "full/../full/", "."):
        with pytest.raises(Refused, match="nothing is overwritten"):
            newproject.lay_out(f"{tmp_path}/{name}")
    assert left_behind(tmp_path) == ["file", "full", "link"]
    assert left_behind(tmp_path / "full") == [".hidden"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_twice_is_refused(folder):
    """The second time the first one's files are as they were, changed or not."""
    (folder / "project.toml").write_text("changed", encoding="utf-8")
    with pytest.raises(Refused, match="nothing is overwritten"):
        newproject.lay_out(folder)
    assert (folder / "project.toml").read_text(encoding="utf-8") == "changed"


def test_an_empty_folder_is_filled(tmp_path):
    """Somebody made the folder first."""
    (tmp_path / "мой проект").mkdir()
    assert project.load(newproject.lay_out(tmp_path / "мой проект")).facts.name


def test_the_place_must_be_there(tmp_path):
    """No folder to put it in, or a file in its place."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    for name in ("not/there", "file/new"):
        with pytest.raises(Refused, match="there is no folder"):
            newproject.lay_out(tmp_path / name)
    assert left_behind(tmp_path) == ["file"]


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(ROOT, id="itself"),
        pytest.param(ROOT / "ctanalysis" / "new", id="a room"),
        pytest.param(ROOT / "tajikistan", id="beside the rooms"),
        pytest.param(ROOT / "tests" / ".." / "data" / "new", id="by a detour"),
    ],
)
def test_it_is_never_inside_the_library(place):
    """Records of people do not belong into what is shared."""
    with pytest.raises(Refused, match="inside the library"):
        newproject.lay_out(place)
    assert place == ROOT or not place.exists()


def test_a_link_into_the_library_is_no_way_round(tmp_path):
    """The place is where the link leads."""
    (tmp_path / "way").symlink_to(ROOT)
    with pytest.raises(Refused, match="inside the library"):
        newproject.lay_out(tmp_path / "way" / "new")


def test_relative_to_where_one_stands(tmp_path, monkeypatch):
    """../tajikistan, as the Makefile has it."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert str(newproject.lay_out("../tajikistan")) == "../tajikistan"
    assert left_behind(tmp_path) == ["here", "tajikistan"]


@pytest.mark.parametrize("name", ["--help", "-p"])
def test_a_name_like_an_option_is_a_name(tmp_path, monkeypatch, capsys, name):
    """make project NEW=--help lays out a folder of that name."""
    monkeypatch.chdir(tmp_path)
    assert main(["newproject", "--", name]) == 0
    assert (tmp_path / name / "project.toml").is_file() and capsys.readouterr().out == f"{name}\n"


def test_all_or_nothing(tmp_path, monkeypatch):
    """The disk is full half way: nothing stays behind."""

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(laying_out, "_header", full)
    with pytest.raises(OSError, match="No space left"):
        newproject.lay_out(tmp_path / "new")
    assert left_behind(tmp_path) == []


def test_what_comes_to_be_there_meanwhile_stays(tmp_path, monkeypatch):
    """Somebody makes the folder while ours is being written."""

    def meanwhile(fresh, fill=laying_out._fill):
        fill(fresh)
        (tmp_path / "new").mkdir()
        (tmp_path / "new" / "mine").write_text("", encoding="utf-8")

    monkeypatch.setattr(laying_out, "_fill", meanwhile)
    with pytest.raises(Refused, match="nothing is overwritten"):
        newproject.lay_out(tmp_path / "new")
    assert left_behind(tmp_path) == ["new"]
    assert left_behind(tmp_path / "new") == ["mine"]


def test_the_files_can_be_changed_by_their_owner(tmp_path, monkeypatch):
    """Even where the library's own files are read-only."""
    shutil.copytree(laying_out.FILES, tmp_path / "files")
    for path in (tmp_path / "files").rglob("*"):
        if path.is_file():
            path.chmod(stat.S_IRUSR)
    monkeypatch.setattr(laying_out, "FILES", tmp_path / "files")
    made = newproject.lay_out(tmp_path / "new")
    assert all(os.stat(path).st_mode & stat.S_IWUSR for path in made.rglob("*"))


def test_the_same_bytes_every_time(tmp_path):
    """Nothing of the day, the machine or the folder's name."""
    one, other = (newproject.lay_out(tmp_path / name) for name in ("one", "other"))
    assert {path.relative_to(one): path.read_bytes() for path in one.rglob("*") if path.is_file()} == {
        path.relative_to(other): path.read_bytes() for path in other.rglob("*") if path.is_file()
    }
