"""What analyses print follows from what the gate printed, and from nothing else.

An interval, a residual, a control limit or a "needs x a quarter" is a number about people, too, and whoever takes the
files apart reads it. So all pages of analyses are made a second time by somebody who has the published CSV files
alone: where every number is the same, none of them tells more than the files do, which all other attackers have.
"""

import csv
import re
from collections import Counter

import pytest

from ctanalysis import narrative
from ctanalysis.reports.files import write_values
from tests.attackers import parsing
from tests.attackers.analyses import by_files_alone, pages
from tests.conftest import evaluated
from tests.disclosure.test_attackers import audited, titles_of

PERIODS = ["FY2015Q1", "FY2014", "FY2013"]


@pytest.mark.few(1)
@pytest.mark.parametrize("drawn", [False, True])
@pytest.mark.parametrize("period", PERIODS)
def test_every_page_of_an_analysis_follows_from_the_published_files(period, drawn, tmp_path):
    """Words and tables; in make test-all with their figures, and of other periods."""
    told, again = (pages(one, drawn=drawn) for one in (evaluated(period), by_files_alone(evaluated(period), tmp_path)))
    assert [name for name, text in told.items() if again[name] != text] == []
    assert sum(map(bool, told.values())) > (30 if drawn else 20)


@pytest.mark.long
def test_a_number_of_the_records_would_be_seen(tmp_path):
    """Planted: a page that prints how many stand in a breakdown's node."""
    evaluation = evaluated("FY2014")

    def leaking(given):
        return narrative.text.Text(f"<p>{sum(map(len, given.standing.values()))}</p>")

    told, again = (pages(one, leaking) for one in (evaluation, by_files_alone(evaluation, tmp_path)))
    assert [name for name, text in told.items() if again[name] != text]


@pytest.fixture(scope="module")
def reads():
    """What is read back of the analyses' pages about people who were trafficked."""
    evaluation = evaluated("FY2014")
    titles, of = titles_of(evaluation.project), audited(evaluation.project)
    found = [one for name, text in pages(evaluation).items() for one in parsing.from_html(name, text, titles)]
    return [one for one in found if one.indicator in of]


def test_attackers_parse_what_analyses_print(reads):
    """Projections, deviations, limits, comparisons, the pathway and the share of women are numbers to them."""
    ways = Counter(re.sub(r"\d+", "#", one.way.split(": ")[-1]) for one in reads if one.value is not None)
    for way in ("projection, at least", "control chart, at most", "deviation", "per cent of target"):
        assert any(way in name for name in ways), way
    for caption in ("What changed", "The pathway", "Share of women and girls", "life of the project"):
        assert any(caption in one.way for one in reads), caption


def test_the_share_of_women_is_as_wide_as_what_is_printed_of_them(reads):
    """About 30 women of 60: each number of women that the breakdown leaves is in what is told of their share."""
    frame = evaluated("FY2014").values
    rows = frame[(frame["indicator"] == "2.2") & (frame["disaggregation"] == "sex")].drop_duplicates(
        ["start", "end", "category"]
    )
    tried = 0
    for (start, end), of in rows.groupby(["start", "end"]):
        cells = of.set_index("category")
        found = [
            one.value
            for one in reads
            if one.indicator == "2.2" and one.way.startswith("Share of women and girls: ")
            if parsing.days(one.way.rpartition(": ")[2]) == f"{start}/{end}"
        ]
        if not found:
            continue
        low, high = found[-2:]
        women, men = (cells.loc[name, ["low", "high"]].to_numpy(float) for name in ("female", "male"))
        recorded = float(cells.loc["recorded", "value"])
        least, most = max(women[0], recorded - men[1]), min(women[1], recorded - men[0])
        assert low <= 100 * least / recorded + 0.5 and high >= 100 * most / recorded - 0.5
        tried += 1
    assert tried == 2


def test_files_hold_what_the_gate_printed(tmp_path):
    """indicators.csv, history.csv and tracking.csv about people who were trafficked: no column but known ones."""
    evaluation = evaluated("FY2015Q1")
    write_values(evaluation, tmp_path)
    with open(tmp_path / "history.csv", encoding="utf-8", newline="") as file:
        horizons = {row["horizon"] for row in csv.DictReader(file)}
    assert horizons == {"quarter", "fiscal year"}
    printed = evaluation.printed
    years = printed[(printed["horizon"] == "fiscal year")]
    assert len(years), "totals of fiscal years go to the ledger, and are audited"
