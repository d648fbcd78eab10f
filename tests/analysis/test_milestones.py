"""Milestones: yes or no, by a day and evidence; told where the numbers are told, and never one of them."""

from datetime import date

import pandas as pd
import pytest

from ctanalysis import Refused, evaluate, narrative, tables
from ctanalysis.analysis.milestones import milestones
from ctanalysis.project import load
from ctanalysis.reports import files
from tests.generators import milestones as made
from tests.generators.milestones import ENTRY

DUE = "m,FY2014,1,.,\n"


def state(folder, period):
    project = load(folder)
    [one] = milestones(project, project.calendar.parse(period))
    return one.state, one.due, one.late


def test_a_report_of_an_earlier_period_does_not_know_what_came_later(tmp_path):
    """Reached on 12 March 2014: not in the report of December 2013, whenever that is made; from March on it is."""
    folder = made.write(tmp_path / "p", DUE)
    assert state(folder, "FY2014Q1") == ("not yet reached", date(2014, 9, 30), False)
    assert state(folder, "FY2014Q2") == ("reached", date(2014, 9, 30), False)


@pytest.mark.parametrize(
    "targets, period, expected",
    [
        pytest.param("m,FY2013,1,.,\n", "FY2014Q1", ("overdue", date(2013, 9, 30), False), id="due a quarter ago"),
        pytest.param("m,FY2013,1,.,\n", "FY2014Q2", ("reached", date(2013, 9, 30), True), id="reached late"),
        pytest.param("m,LOP,1,.,\n", "FY2014Q1", ("not yet reached", date(2015, 9, 30), False), id="the project's end"),
        pytest.param(
            "m,FY2013,1,.,\nm,FY2014,1,.,2013-10-15\n", "FY2014Q1", ("not yet reached", date(2014, 9, 30), False),
            id="put off",
        ),
        pytest.param(
            "m,FY2013,1,.,\nm,FY2014,1,.,2013-10-15\n", "FY2013", ("overdue", date(2013, 9, 30), False),
            id="before it was put off",
        ),
        pytest.param("", "FY2014Q1", ("not yet reached", None, False), id="no target"),
    ],
)  # fmt: skip
def test_when_it_is_due(tmp_path, targets, period, expected):
    """Its target is 1, in the row of the period by whose end it is due; the one in force counts."""
    assert state(made.write(tmp_path / "p", targets), period) == expected


def test_it_is_told_with_its_evidence_and_never_added(tmp_path):
    """In the headline, the area, the progress, the table and the sheets; no number of anything has it."""
    evaluation = evaluate("FY2014", made.write(tmp_path / "p", DUE))
    told = (
        "The Ministry signed the order on 12 March 2014, in time: it was due by 30 September 2014. Evidence: “The "
        "order is published on the site of the Ministry.” (project manager, 2 April 2014)."
    )
    assert told in narrative.headlines(evaluation).plain and told in narrative.area(evaluation, "work").plain
    progress = narrative.progress(evaluation).plain
    assert "An order on shelters: reached, in time: it was due by 30 September 2014." in progress
    year, life = (table.rows[1] for table in tables.tracking(evaluation).tables)
    assert year[:2] == ("m An order on shelters", "milestone")
    assert [*year[3:4], *year[6:9]] == ["reached", "reached", "by 30 September 2014", "reached"]  # in January–March
    assert life[4:7] == ("reached on 12 March 2014", "by 30 September 2014", "reached")
    assert "never added" in tables.reference_sheets(evaluation)._repr_mimebundle_()["text/plain"]
    assert set(evaluation.values["indicator"]) == set(evaluation.tracking["indicator"]) == {"x"}


def test_it_is_told_when_it_is_not_reached(tmp_path):
    """Without an entry: not by the period's end, and that it was due."""
    evaluation = evaluate("FY2014", made.write(tmp_path / "p", DUE, entry=None))
    told = "The Ministry had not signed the order by 30 September 2014; it was due by 30 September 2014."
    assert told in narrative.headlines(evaluation).plain
    assert tables.tracking(evaluation).tables[1].rows[1][4:7] == ("overdue", "by 30 September 2014", "overdue")


def test_its_file(tmp_path):
    """milestones.csv says all of it; a project without milestones has no such file, and no other page or number."""
    files.write_values(evaluate("FY2014", made.write(tmp_path / "p", DUE)), tmp_path)
    [row] = pd.read_csv(tmp_path / "milestones.csv").to_dict("records")
    assert (row["indicator"], row["state"], row["due"], row["reached"]) == ("m", "reached", "2014-09-30", "2014-03-12")
    assert row["evidence"] == ENTRY["evidence"].strip('"') and row["records"] == "synthetic"


def test_a_retired_milestone_is_told_no_longer(tmp_path):
    """As other sheets: reports of later days leave it out."""
    folder = made.write(tmp_path / "p", sheet="retired = 2013-12-31\n")
    assert len(evaluate("FY2014Q1", folder).project.milestones) == 1
    assert evaluate("FY2014Q2", folder).project.milestones == ()


WRONG = {
    "of a number": ({"indicator": '"x"'}, "", "'x' is no milestone. There are: m."),
    "of nothing": ({"indicator": '"y"'}, "", "'y' is no milestone. There are: m."),
    "before the project": ({"reached": "2011-09-30"}, "", "before the project's first day, 2011-10-01"),
    "decided before it came": ({"date": "2014-03-11"}, "", "is before reached"),
    "without evidence": ({"evidence": '" "'}, "", "neither is empty"),
    "with somebody's code": ({"evidence": '"See P-00412."'}, "", "no code, no address and no long number"),
    "with a formula": ({"evidence": '"=1+1"'}, "", "formula"),
    "with another key": ({"value": "1"}, "", "'milestone.1.value' is not known here.*There are: indicator, reached"),
    "twice": ({}, "[[milestone]]\n" + "\n".join(f"{k} = {v}" for k, v in ENTRY.items()), "2 entries"),
}


@pytest.mark.parametrize("changed, more, said", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_refused(tmp_path, changed, more, said):
    """An entry is about a milestone, once, after the project began, decided by somebody, and names nobody."""
    folder = made.write(tmp_path / "p", entry=ENTRY | changed, more=more)
    with pytest.raises(Refused, match=rf"judgements/milestones\.toml.*{said}"):
        load(folder)


@pytest.mark.parametrize(
    "targets, said",
    {
        "m,FY2014,2,.,\n": "the target of milestone 'm' is 1",
        "m,FY2014,at least 1,.,\nm,FY2014,0,.,2014-01-01\n": "the target of milestone 'm' is 1",
        "m,FY2014,1,.,\nm,FY2013,1,.,\n": "milestone 'm' is due once",
    }.items(),
)
def test_a_wrong_target_is_refused(tmp_path, targets, said):
    """It is due by the end of one period; there is nothing to be reached in part."""
    with pytest.raises(Refused, match=rf"targets\.csv: .*{said}"):
        load(made.write(tmp_path / "p", targets))


def test_a_published_number_of_a_milestone_is_refused(tmp_path):
    """It has no number."""
    folder = made.write(tmp_path / "p")
    (folder / "published.csv").write_text("indicator,as_of,value,hedge,source\nm,2014-01-01,1,,.\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"published\.csv: there is no indicator 'm'"):
        load(folder)


def test_milestones_alone_are_no_project(tmp_path):
    """A report is of numbers; milestones stand beside them."""
    folder = made.write(tmp_path / "p")
    (folder / "indicators" / "x.toml").unlink()
    with pytest.raises(Refused, match="there are milestones only"):
        load(folder)


@pytest.mark.parametrize("key", ['unit = "yes"', 'direction = "increase"', "valid_from = 2014-01-01"])
def test_its_sheet_has_no_keys_of_numbers(tmp_path, key):
    """What asks for a number is refused, with the keys that there are."""
    with pytest.raises(Refused, match=rf"m\.toml: the key '{key.split()[0]}' is not known here.*There are: code, name"):
        load(made.write(tmp_path / "p", sheet=f"{key}\n"))
