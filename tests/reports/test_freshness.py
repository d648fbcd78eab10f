"""What is made again when something has changed: by content, exactly what shows it, and nothing that does not."""

import dataclasses
import json
import os
import shutil
from contextlib import contextmanager
from unittest.mock import patch

import pytest

from ctanalysis import Refused
from ctanalysis import evaluation as evaluations
from ctanalysis.evaluation import evaluate as shared
from ctanalysis.project import Project, load
from ctanalysis.reports import inputs, making, manifest, notebooks, running, shown
from tests.conftest import ROOT
from tests.generators import publication, small
from tests.generators.wrong import file_of

AREAS = ("prevention", "protection", "cooperation", "resources")
EVERY = ("evaluation", *AREAS, "data-quality")


@pytest.fixture(scope="module")
def report(made, tmp_path_factory):
    """A project with its report of FY2015Q1, for tests that change it and put it back."""
    folder = tmp_path_factory.mktemp("fresh") / "our {data} (2)"
    shutil.copytree(made.parent.parent, folder)
    return folder


def planned(folder):
    """Why the report is not what its inputs say, and which notebooks would run."""
    given = making.source(folder)
    why = making.reason(given, "FY2015Q1")
    return why, making.plan(given, given.evaluation("FY2015Q1")).run if why else ()


def found(folder, head=""):
    """The inputs of a project."""
    project = load(folder)
    return inputs.inputs(project, notebooks.chosen(project), head)


@contextmanager
def changed(path, old, new):
    """A text in a file is another one, for as long as this lasts."""
    before = path.read_bytes()
    assert old.encode() in before
    try:
        path.write_bytes(before.replace(old.encode(), new.encode(), 1))
        yield
    finally:
        path.write_bytes(before)


TRACKED = ("evaluation", *AREAS)
CHANGES = {  # a file, what is changed in it, and the notebooks that show it
    "a target of the year": ("targets.csv", "1.1,FY2015,", "1.1,FY2015,1", TRACKED),
    "a target of a year that is over": (
        "targets.csv",
        "1.1,FY2012,",
        "1.1,FY2012,1",
        TRACKED,
    ),  # what was expected by now
    "a definition": ("indicators/1.1-awareness-raising-events.toml", 'definition = "', 'definition = "Truly: ', EVERY),
    "a name of the project": ("project.toml", 'donor = "', 'donor = "The ', EVERY),
    "a sentence of the policy": ("policy.toml", "#", "# Now.", EVERY),
    "when a file came": ("deliveries.csv", "2015-01", "2015-03", EVERY),  # late, so its indicators carry a caveat
    "a record that counts": (file_of("events"), "2014-12-", "2014-11-", ()),
    "a record of another quarter": (file_of("events"), "2011-10-", "2011-11-", ()),
    "an explanation of the quarter": (
        "judgements/explanations.toml",
        "Several partners",
        "Many partners",
        TRACKED,
    ),
    "an explanation of another quarter": ("judgements/explanations.toml", "More requests", "Many requests", ()),
    "what was noted of an action": ("judgements/actions.toml", "Some partners do", "Most partners do", TRACKED),
    "what became of it after the quarter": (
        "judgements/actions.toml",
        "due = 2015-03-31",
        "due = 2015-03-31\ndone = 2015-02-02",
        (),
    ),
    "an answer": ("judgements/questions.toml", "It cannot be said yet", "It can hardly be said", TRACKED),
    "a remark about the same people": ("judgements/same-people.toml", "#", "# Looked at.", ()),
    "a number of residents": ("population.csv", "2014,KG-B,", "2014,KG-B,1", EVERY),
    "a published figure": ("published.csv", "2014-12-31,935", "2014-12-31,936", EVERY),
    "a reason of a rule": ("rules.toml", "a plan is closed after", "a plan was closed after", ()),
    "a threshold": ("quality.toml", "at_most = 2 ", "at_most = 3 ", EVERY),
    "a remark about a correction": ("judgements/corrections.toml", "#", "# Looked at.", ()),
    "a remark about a restatement": ("judgements/restatements.toml", "#", "# Looked at.", ()),
    "a remark about what was accepted": ("judgements/accepted.toml", "#", "# Looked at.", ()),
    "a remark about a milestone": (
        "judgements/milestones.toml",
        "#",
        "# Looked at.",
        EVERY,
    ),  # its file, as the policy's
    "what happened around the project in another quarter": (
        "judgements/context.toml",
        "Here would stand",
        "Here could stand",
        (),
    ),
    "a lesson of another quarter": ("judgements/lessons.toml", "should be seen", "must be seen", ()),
    "a recommendation": ("judgements/recommendations.toml", "Choose by lot", "Draw by lot", TRACKED),
    "a remark about a review": ("judgements/reviews.toml", "#", "# Looked at.", ()),
    "a remark in a translation": ("translations/ru.toml", "#", "# Looked at.", ()),
}


@pytest.mark.few(4)
@pytest.mark.parametrize("change", CHANGES)
def test_what_shows_a_change_runs_and_nothing_else(report, change):
    """One thing changed alone: the notebooks that show it."""
    name, old, new, shows = CHANGES[change]
    with changed(report / name, old, new):
        why, run = planned(report)
    assert name in why
    assert run == shows


def test_nothing_has_changed(report):
    """Another time, another place, other times of the files: nothing is to be done."""
    for path in report.rglob("*"):
        os.utime(path, (1, 1))
    assert planned(report) == ("", ())


@pytest.mark.parametrize("kind", [*inputs.KINDS.values()])
def test_each_kind_of_input_is_looked_at(report, kind):
    """A file of each kind that says the same in other bytes: looked at again, and the reason names the file."""
    name = next(name for name, of in inputs.KINDS.items() if of == kind)
    path = report / name
    path = path if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())[0]
    line = path.read_text(encoding="utf-8").splitlines()[-1]
    cell, comma, rest = line.partition(",")
    with changed(path, line, f'"{cell}",{rest}' if path.suffix == ".csv" and comma else f"{line}\n"):
        given = found(report)
        old = manifest.read_whole(report / "reports" / "FY2015Q1")
        assert given.changed(old["inputs"]) == {kind: [path.relative_to(report).as_posix()]}


def test_the_library_the_notebooks_and_what_is_published_are_inputs(report, monkeypatch):
    """Another library, another notebook, another head of the ledger: looked at again, and said.

    Of the library that is what a report is made with, and no file of a room after it.
    """
    old = manifest.read_whole(report / "reports" / "FY2015Q1")["inputs"]
    assert found(report).changed(old) == {}
    assert found(report, "head").changed(old) == {"ledger": ["head"]}
    assert set(old["notebooks"]) == {"evaluation.ipynb", "area.ipynb", "data-quality.ipynb"}
    assert {
        "reports/making.py",
        "reports/page/layout.html",
        "narrative/sentences.html",
        "language/words/en/narrative.toml",
    } <= set(old["library"])
    later = ("intake/", "internal/", "region/", "releases/", "__main__")
    assert not [name for name in old["library"] if name.startswith(later)]
    monkeypatch.setattr(inputs, "LIBRARY", ROOT / "ctanalysis" / "base")
    assert "periods.py" in found(report).changed(old)["library"]


def test_records_are_inputs_wherever_their_table_says(tmp_path):
    """A table's file outside of records/ is as much an input."""
    small.write(tmp_path, "day\n2014-01-01", 'measure = "count"\ntable = "rows"\ndate = "day"')
    package = tmp_path / "datapackage.json"
    package.write_text(
        package.read_text(encoding="utf-8").replace("records/rows.csv", "sent/rows.csv"), encoding="utf-8"
    )
    (tmp_path / "records").rename(tmp_path / "sent")
    assert set(found(tmp_path).kinds["records"]) == {"sent/rows.csv"}


@pytest.mark.few(2)
@pytest.mark.parametrize("name", ["evaluation.html", "indicators.csv", "figures/progress.png", "manifest.json"])
def test_a_file_of_the_report_that_was_changed_is_made_again(report, name):
    """By whatever hand: only what was changed is run again."""
    path = report / "reports" / "FY2015Q1" / name
    before = path.read_bytes()
    try:
        path.write_bytes(before + b" ")
        why, run = planned(report)
        path.unlink()
        assert planned(report) == (why, run)
    finally:
        path.write_bytes(before)
    assert why in ("a file of it was changed or taken away", "its manifest is not whole")
    assert run == {"evaluation.html": ("evaluation",), "manifest.json": EVERY}.get(name, ())


def test_a_report_without_its_internal_half_is_made_again(report):
    """Which records it was made from cannot be said without it."""
    half = report / "internal" / "manifests" / "reports" / "FY2015Q1.json"
    text = half.read_text(encoding="utf-8")
    try:
        half.write_text(text.replace(json.loads(text)["manifest"], "0" * 64), encoding="utf-8")
        assert planned(report) == ("its manifest is not whole", EVERY)
    finally:
        half.write_text(text, encoding="utf-8")


class TracedProject(Project):
    """A project that remembers what was asked of it."""

    def __getattribute__(self, name):
        SEEN.add(f"project.{name}")
        return object.__getattribute__(self, name)


class TracedEvaluation(evaluations.Evaluation):
    """An evaluation that remembers what was asked of it."""

    def __getattribute__(self, name):
        SEEN.add(name)
        return object.__getattribute__(self, name)


SEEN = set()
PARTS = {  # what is asked of an evaluation, and the part of it that a notebook says it shows
    "protected_values": "values", "values": "values", "by": "values",
    "protected_evidence": "evidence", "evidence": "evidence",
    "protected_tracking": "tracking", "tracking": "tracking",
    "protected_history": "history", "history": "history",
    "quality": "quality", "tally": "tally",
    "arrival": "arrival", "lacks": "values", "restated": "restated", "is_first_told": "restated",
    "printed": "history", "protected_years": "years", "years": "years",
    "project.same_people": "same people", "project.judged": "people say",
    "known": "values",  # which asks for the others that it has
    "project.targets": "tracking", "project.explanation": "tracking",
}  # fmt: skip
ALWAYS = {  # what every notebook is run again for
    "period", "project", "caveats", "project.facts", "project.sheets", "project.sheet", "project.package",
    "project.policy", "project.disclosure_rule", "project.published", "project.quality", "project.calendar",
    "told_in", "project.speech", "project.labels", "project.title", "project.translations", "project.reviews",
    "project.area", "project.milestones", "project.reached",
    "project.counts_things", "project.adds_whole_numbers", "project.field", "project.folder",
    "project.open_tables", "project.population", "project.retired", "project.files",
    "released",  # by restated
    "breakdown_horizons", "is_of",
    "caveats_beside", "failed", "failures", "project.every_sheet", "project.rules",
    "changes", "claims", "findings",  # of known, whose parts a notebook names
}  # fmt: skip


@pytest.mark.few(3)
@pytest.mark.parametrize("name", EVERY)
def test_a_notebook_shows_what_it_says_it_shows(name):
    """Everything that its cells ask of the evaluation is named in its metadata, or makes every notebook run again."""
    evaluation = shared("FY2015Q1")
    parts = {field.name: getattr(evaluation, field.name) for field in dataclasses.fields(evaluation)}
    project = {field.name: getattr(evaluation.project, field.name) for field in dataclasses.fields(evaluation.project)}
    traced = TracedEvaluation(**parts | {"project": TracedProject(**project)})
    vars(traced)["caveats"] = evaluation.caveats  # they stand in the values
    SEEN.clear()
    [page] = [page for page in notebooks.chosen(evaluation.project) if page.name == name]
    with patch("ctanalysis.named", lambda *_: traced):
        publication.executed(page.source, publication.of_page(page, {"period": "FY2015Q1", "project": ""}))
    asked = {each for each in SEEN if not each.startswith("_") and not each.startswith("project._")}
    assert asked - ALWAYS <= set(PARTS)
    assert {PARTS[each] for each in asked - ALWAYS} <= set(shown.shows(page.source))


def test_the_periods_that_are_reported():
    """Quarters, halves, years and the project to date, as they end; from one on; or those that are named."""
    calendar = load(ROOT / "data").calendar
    labels = [period.label for period in running.periods(calendar)]
    assert len(labels) == 13 + 6 + 3 + 1 and labels[:3] == ["FY2012Q1", "FY2012H1", "FY2012Q2"]
    assert labels[-2:] == ["LOP", "FY2015Q1"]
    assert [p.label for p in running.periods(calendar, since="FY2014H2")] == [
        "FY2014Q3", "FY2014", "FY2014H2", "FY2014Q4", "LOP", "FY2015Q1"
    ]  # fmt: skip
    assert [p.label for p in running.periods(calendar, named="FY2014,FY2012Q1 FY2014")] == ["FY2014", "FY2012Q1"]
    for wrong in ({"since": "2014"}, {"named": "FY2014 FY2016"}, {"since": "FY2014", "named": "FY2014"}):
        with pytest.raises(Refused):
            running.periods(calendar, **wrong)
