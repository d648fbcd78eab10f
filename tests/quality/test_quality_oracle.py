"""Every number and verdict of the data quality standards, counted again from the files."""

import itertools
from dataclasses import replace

import pandas as pd
import pytest

from ctanalysis import quality, records
from ctanalysis.project import load
from ctanalysis.quality import MET, NOT_MET
from tests.conftest import copied
from tests.generators.wrong import file_of
from tests.oracles import quality_oracle
from tests.quality.spoiled import PERIODS, spoiled


@pytest.fixture(scope="module", params=[3, 20, 117])
def wrong(request, tmp_path_factory):
    """A spoiled project, its records, and the oracle's view of them."""
    folder = spoiled(tmp_path_factory.mktemp("wrong") / "data", request.param)
    project = load(folder)
    found = records.survey(project)
    return project, found, quality_oracle.Folder(folder, found.findings)


@pytest.mark.few(3)
@pytest.mark.parametrize(
    "period",
    [period if period in ("FY2014", "LOP") else pytest.param(period, marks=pytest.mark.long) for period in PERIODS],
)
def test_every_number_and_verdict_is_counted_again(wrong, period):
    """For all indicators of a project in which many things are wrong:
    all numbers of all standards, and what follows from them.
    """
    project, found, folder = wrong
    period = project.calendar.parse(period)
    frame = quality.assess(project, found, period)
    assert len(frame) == 5 * len(folder.sheets)
    told = {(row["indicator"], row["standard"]): row for row in frame.to_dict("records")}
    seen = set()
    for sheet in folder.sheets:
        for standard, numbers in quality_oracle.numbers(folder, sheet, period.start, period.end).items():
            row = told[sheet["code"], standard]
            got = {name: int(row[name]) for name in quality.NUMBERS if not pd.isna(row[name])}
            assert got == {
                name: number for name, number in numbers.items() if number is not None and name != "looked"
            }, (
                sheet["code"],
                standard,
            )
            assert row["verdict"] == quality_oracle.verdict(standard, numbers, folder.quality), (
                sheet["code"],
                standard,
            )
            seen.add((standard, row["verdict"]))
    assert {
        (standard, verdict) for standard in ("validity", "integrity", "precision") for verdict in (MET, NOT_MET)
    } <= seen


def test_what_is_spoiled_is_of_every_kind(wrong):
    """The projects above are wrong in all ways that a standard looks at; else nothing was tested."""
    _, found, _ = wrong
    rules = {finding.rule for finding in found.findings}
    assert {
        "type",
        "category",
        "key",
        "held back key",
        "unique",
        "project's dates",
        "duplicate",
        "same person",
        "range",
        "usual",
        "gap",
    } <= rules


def test_what_comes_later_changes_no_verdict_of_before(tmp_path):
    """Rows dated after the period change none of its numbers, and those of the period in which they are dated."""
    folder = copied(tmp_path / "later")

    def assessed(period):
        project = load(folder)
        return quality.assess(project, records.survey(project), project.calendar.parse(period))

    before, of_their_own = assessed("FY2012Q4"), assessed("FY2015Q1")
    with (folder / file_of("events")).open("a", encoding="utf-8") as file:
        file.write(
            "EV9001,2014-12-30,AwarenessRaising,Communities,KG-GB,ORG01\n"
            "EV9002,2014-12-30,Nothing,Communities,KG-GB,ORG01\n"
        )
    pd.testing.assert_frame_equal(before, assessed("FY2012Q4"))
    assert not of_their_own.equals(assessed("FY2015Q1"))


def test_a_stricter_threshold_never_forgives(wrong):
    """What is met with less allowed is met with more, and with everything allowed nothing fails."""
    project, found, _ = wrong
    shares = ("validity", "integrity", "precision")
    verdicts = []
    for allowed in (0, 2, 10, 100):
        asked = project.quality.model_copy(
            update={name: getattr(project.quality, name).model_copy(update={"at_most": allowed}) for name in shares}
        )
        frame = quality.assess(replace(project, quality=asked), found, project.calendar.parse("FY2014"))
        verdicts.append(frame.loc[frame["standard"].isin(shares), "verdict"].tolist())
    for strict, lenient in itertools.pairwise(verdicts):
        assert all(after == MET for before, after in zip(strict, lenient, strict=True) if before == MET)
    assert NOT_MET in verdicts[0] and NOT_MET not in verdicts[-1]
