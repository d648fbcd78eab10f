"""What is published of the data quality standards: no number about people, and no number that gives one away."""

import json

import pandas as pd
import pytest

from ctanalysis import Refused, evaluate, figures, quality, records, tables
from ctanalysis.evaluation import SHIPPED
from ctanalysis.project import load
from ctanalysis.quality import MET, NOT_MET, UNKNOWN
from tests.conftest import command, copied, shipped_records
from tests.generators.wrong import file_of
from tests.quality.published import everything


def test_the_shipped_project_is_an_honest_mix(evaluation):
    """Some data met a standard, some did not, of some it cannot be said:
    nothing here is made to look better than it is.
    """
    assert set(evaluation.quality["verdict"]) == {MET, NOT_MET, UNKNOWN}
    assert set(evaluation.caveats) < {sheet.code for sheet in evaluation.project.sheets}
    assert (
        evaluation.caveats["1.3"]
        == "Caveat: the reporting period's data did not meet the standard of precision (see Data quality)"
    )


def test_standards_are_named_in_one_caveat():
    """Three failures are one caveat that names them all; what cannot be said is none."""
    frame = pd.DataFrame(
        {
            "indicator": ["a"] * 4 + ["b"],
            "standard": ["validity", "precision", "timeliness", "integrity", "validity"],
            "verdict": [NOT_MET] * 3 + [UNKNOWN, MET],
            "days": ["FY2014Q1"] * 3 + ["", ""],
            "evidence": "",
            "failed_by": "",
        }
    )
    assert quality.caveats(frame, "FY2014Q1") == {
        "a": (
            "Caveat: the reporting period's data did not meet the standards of validity, precision, and timeliness "
            "(see Data quality)"
        )
    }


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("FY2012Q1", "the data of FY2012Q1"),
        ("FY2012Q1 FY2013Q2", "the data of FY2012Q1 and FY2013Q2"),
        ("LOP", "the data of the project to date"),
        (
            " ".join(f"FY201{year}Q1" for year in range(5)),
            "the data of 5 quarters from FY2010Q1 to FY2014Q1",
        ),
    ],
)
def test_a_caveat_names_the_days_that_it_is_about(days, said):
    """What was found in other days is not said of the reporting period."""
    found = {
        "indicator": "a",
        "standard": "validity",
        "verdict": NOT_MET,
        "days": days,
        "evidence": "",
        "failed_by": "",
    }
    frame = pd.DataFrame([found])
    assert quality.caveats(frame, "FY2015Q1") == {
        "a": f"Caveat: {said} did not meet the standard of validity (see Data quality)"
    }


def test_spending_is_not_blamed_for_another_year(tmp_path):
    """All rows of the shipped period's spending are all right. Six implausible ones of three other quarters, of some
    150, fail the project to date: these quarters are named, and no more.
    """
    folder = copied(tmp_path / "data")
    with (folder / file_of("expenditures")).open("a", encoding="utf-8") as file:
        days = ("2011-11-30", "2011-12-31", "2013-02-28", "2013-03-31", "2014-05-31", "2014-06-30")
        file.writelines(f"EX9{n:02},{day},Prevention,40000.00\n" for n, day in enumerate(days))
    caveat = evaluate("FY2015Q1", folder).caveats["4.1"]
    assert "reporting period" not in caveat
    assert "the data of FY2012Q1, FY2013Q2, and FY2014Q3" in caveat


def test_a_start_is_not_held_against_spending_for_ever(evaluation):
    """The first months cost less than all later ones; what was usual then is not judged by what is usual now."""
    assert "4.1" not in evaluation.caveats


def test_below_a_figure_one_line_names_all_that_have_a_caveat():
    """What it is stands in the page's list; where none has one there is no line."""
    found = {"1.1": "Caveat: x", "1.2": "Caveat: y", "1.3": "Caveat: x"}
    assert quality.pointer(found, ["1.1", "1.3", "1.1", "1.4"]) == ("[u] Caveat on 1.1 and 1.3: see Caveats.",)
    assert quality.pointer(found, ["1.4"]) == ()
    assert (quality.mark(found, "1.1"), quality.mark(found, "1.4")) == (" [u]", "")


def test_no_number_about_people_is_public(evaluation):
    """Of every indicator whose table protects somebody, the public frame has the verdict and no number and no sentence
    of evidence.
    """
    project = evaluation.project
    protecting = [sheet.code for sheet in project.sheets if project.disclosure_rule(sheet).protects]
    about = evaluation.quality[evaluation.quality["indicator"].isin(protecting)]
    assert len(protecting) > 8 and about[list(quality.NUMBERS)].isna().all(axis=None)
    assert set(about["evidence"]) == {"the evidence is in internal/"} and not about["verdict"].isna().any()
    others = evaluation.quality[~evaluation.quality["indicator"].isin(protecting)]
    assert others["evidence"].str.contains(r"\d").any() and others["rows"].notna().any()


def test_a_table_that_refers_to_people_is_about_people(tmp_path):
    """Marked open, but naming the person in each row: it could be broken down by people, so the project is refused."""
    folder = copied(tmp_path / "data")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for table in package["resources"]:
        table["disclosure"] = "open" if table["name"] == "returns" else table["disclosure"]
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(
        Refused, match="table 'returns': it refers to table 'victims', whose class 'victims' is audited"
    ):
        load(folder)


def with_bad_victims(folder, count):
    """A copy of the shipped project with so many more rows of victims that are held back."""
    copied(folder)
    with (folder / file_of("victims")).open("a", encoding="utf-8") as file:
        file.writelines(
            f"P9{number:03},when she came,ActualVictimOfTrafficking,Feminine,25-34,KG-O,ForcedLabour,KZ,NGO\n"
            for number in range(count)
        )
    return folder


@pytest.fixture(scope="module")
def bad_victims(tmp_path_factory):
    """Two projects that differ in how many rows about victims are held back, 37 and 38."""
    return [with_bad_victims(tmp_path_factory.mktemp(f"{count}") / "data", count) for count in (37, 38)]


def test_how_many_victims_were_held_back_is_told_nowhere(bad_victims):
    """37 or 38 held back: everything told is the same to the letter, and says that validity was not met.

    Only internal/ differs.
    """
    both = [evaluate("FY2015Q1", folder) for folder in bad_victims]
    assert everything(both[0]) == everything(both[1])
    assert figures.people(both[0]).png() == figures.people(both[1]).png()
    assert "validity" in both[0].caveats["2.1"]
    internal = [
        quality.assess(project, records.survey(project), project.calendar.parse("FY2015Q1"))
        for project in map(load, bad_victims)
    ]
    held = [
        frame.loc[(frame["indicator"] == "2.1") & (frame["standard"] == "validity"), "held_back"].item()
        for frame in internal
    ]
    assert held == [37, 38]


@pytest.mark.long
def test_reports_of_both_are_the_same_bytes(bad_victims):
    """The whole report folder, byte by byte, does not say how many rows about victims were held back."""
    reports = []
    for folder in bad_victims:
        done = command("report", "-p", "period", "FY2015Q1", "-p", "project", str(folder))
        assert done.returncode == 0, done.stderr
        found = folder / "reports" / "FY2015Q1"
        reports.append(
            {
                path.relative_to(found).as_posix(): path.read_bytes()
                for path in sorted(found.rglob("*"))
                if path.is_file()
            }
        )
    assert reports[0] == reports[1]


def test_internal_has_every_number(tmp_path):
    """quality.write, for internal/, leaves nothing out."""
    project = load(SHIPPED)
    found, period = shipped_records(), project.calendar.parse("FY2015Q1")
    quality.write(project, found, period, tmp_path)
    frame = pd.read_csv(tmp_path / "quality.csv", dtype={"indicator": str} | dict.fromkeys(quality.NUMBERS, "Int64"))
    frame[["days", "failed_by"]] = frame[["days", "failed_by"]].fillna("")
    pd.testing.assert_frame_equal(frame, quality.verdicts(project, found, period), check_dtype=False)


def test_rows_read_are_used_or_held_back(tmp_path):
    """Read = used + held back, of each file of a table that is about nobody; of the others it says where that is."""
    folder = copied(tmp_path / "data")
    with (folder / file_of("events")).open("a", encoding="utf-8") as file:
        file.write("EV9001,soon,AwarenessRaising,Communities,KG-GB,ORG01\n")
    evaluation = evaluate("FY2015Q1", folder)
    table = tables.tally(evaluation)
    assert ("Events", file_of("events"), "1,058", "1,057", "1") in table.rows
    assert (evaluation.tally["read"] == evaluation.tally["used"] + evaluation.tally["held_back"]).all()
    assert not [
        row for row in table.rows if row[0] in ("People identified", "Services", "Attendance", "Hotline consultations")
    ]
    assert "People identified" in table.notes[0] and table.notes[0].endswith("is in internal/.")
