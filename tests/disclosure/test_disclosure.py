"""The gate: what may be published of whom, and that what may not is nowhere.

A class of people without the audit, whose tables are looked at by themselves (see cells): breakdown cells of 0-9 are
one class, others are rounded to 5, totals are exact, quarters have no breakdowns.
"""

from datetime import date
from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctanalysis import evaluate, figures, indicators, records
from ctanalysis.disclosure import protect
from ctanalysis.evaluation import SHIPPED
from ctanalysis.intake import datacheck
from tests.conftest import copied, evaluated, shipped_records
from tests.disclosure.cells import QUARTER, YEAR, table, told
from tests.generators.wrong import file_of
from tests.narrative.area_pages import area_pages


@pytest.mark.parametrize(
    "cell, expected",
    [
        (0, (None, "fewer than 10")),
        (1, (None, "fewer than 10")),
        (9, (None, "fewer than 10")),
        (10, (10, "rounded")),
        (12, (10, "rounded")),
        (13, (15, "rounded")),
        (17, (15, "rounded")),
        (18, (20, "rounded")),
    ],
)
def test_a_cell_of_a_breakdown(cell, expected):
    """Cells of 0 to 9 are one class, larger ones are rounded to the nearest five."""
    assert told(table(cell + 13 + 100, [cell, 3, 10, 100]))[1] == expected


def test_totals_are_exact():
    """The contract figure is told as it is, however small."""
    assert told(table(3, [2, 1]))[0] == (3, "exact")


def test_who_is_not_recorded_is_set_aside():
    """Their number is no trait and told as it is; the others are split by themselves, beside their own total."""
    assert told(table(45, [32, 12, 1], field="sex")) == [(45, "exact"), (30, "rounded"), (10, "rounded"), (1, "exact")]
    assert told(table(37, [32, 4, 1], field="sex")) == [(37, "exact"), *[(None, "withheld")] * 2, (1, "exact")]
    assert told(table(23, [13, 2, 8], field="sex")) == [(23, "exact"), *[(None, "withheld")] * 2, (8, "exact")]


def test_a_quarter_has_no_breakdown_of_people():
    """In a quarter nearly every cell is one person: totals only."""
    assert told(table(60, [29, 30, 1], days=QUARTER, field="sex")) == [(60, "exact")] + [(None, "not told")] * 3


def test_days_that_are_no_whole_period_have_no_breakdown():
    """Eleven months of a year are not a year."""
    assert told(table(60, [30, 30], days=("2013-10-01", "2014-08-31")))[1] == (None, "not told")


def test_the_project_at_a_year_end_has_a_breakdown():
    """The project to the end of a fiscal year is told by one thing, to another day it is not."""
    assert told(table(60, [30, 30], days=("2011-10-01", "2014-09-30")))[1] == (30, "rounded")
    assert told(table(60, [30, 30], days=("2011-10-01", "2014-12-31")))[1] == (None, "not told")


@pytest.mark.parametrize(
    "people, expected", [(9, (None, "fewer than 10 people")), (10, (30, "rounded")), (None, (None, "withheld"))]
)
def test_services_to_few_people_are_few_people(people, expected):
    """Thirty services to nine people are a cell of nine people; where nobody knows how many people, it is withheld."""
    frame = table(30 + 4 + 100 + 3, [30, 4, 100, 3], "2.5", field="service").assign(
        people=[90, people, 4, 80, 3, *[0] * 4]
    )
    assert told(frame)[1] == expected
    assert told(frame.drop(columns="people"))[1] == (None, "withheld")


def test_a_table_without_its_total_is_withheld():
    """Who asks for the parts only, and for the total elsewhere, gets no parts:
    the gate cannot see whether they are safe.
    """
    assert told(table(45, [32, 12, 1]).iloc[1:]) == [(None, "withheld")] * 3


def test_a_condition_on_what_another_sheet_breaks_down_by(tmp_path):
    """Returns of women are part of a breakdown by sex, which is told of people assisted: their number is never told.

    A contract figure is exact.
    """
    folder = copied(tmp_path / "data")
    path = folder / "indicators" / "2.4-voluntary-returns.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('date = "date"', 'date = "date"\nwhere = { sex = ["Feminine"] }'),
        encoding="utf-8",
    )
    found = evaluate("FY2014", folder)
    assert set(found.values.loc[found.values["indicator"] == "2.4", "status"]) <= {"not told", "not applicable"}
    assert set(found.history.loc[found.history["indicator"] == "2.4", "status"]) == {"not told"}
    assert found.by("2.2")["status"].tolist() == ["exact"]
    said = datacheck.arrived(found.project, records.read(found.project), found.period)
    assert "Indicator 2.4: its condition on sex cuts out some of the people who were trafficked" in said
    assert "The breakdown of indicator 2.2 says what can be told of it." in said
    assert "its condition on" not in datacheck.arrived(evaluated("FY2014").project, shipped_records(), found.period)


def test_two_things_at_once_are_not_told():
    """Two-way tables of people are not told, also for a year."""
    assert told(table(60, [30, 30], field="sex × age_group"))[1] == (None, "not told")


def test_a_total_that_gives_a_cell_away_withholds_the_table():
    """45 in all and women about 30, men about 10: the one left is 1 to 9, so none of the three is told."""
    assert told(table(45, [32, 12, 1])) == [(45, "exact")] + [(None, "withheld")] * 3


def test_the_hotline_has_its_own_rule():
    """Callers: fewer than 5, and breakdowns in every period."""
    assert told(table(100 + 4 + 0 + 7, [100, 4, 0, 7], "1.3", QUARTER, "topic"))[1:5] == [
        (100, "rounded"),
        (None, "fewer than 5"),
        (None, "fewer than 5"),
        (5, "rounded"),
    ]


@pytest.mark.few(3)
@pytest.mark.parametrize("total", range(5, 41))
def test_a_withheld_table_of_two_categories_says_no_more_than_that_one_may_be_empty(total):
    """So many callers, every division of them into women and men. A reader who knows the rule learns from "withheld"
    that of one of them there are 0 to 4, whatever the total, and not which: 31 with 4 men look like 31 women.
    """
    looks = {}
    for women in range(total + 1):
        printed = tuple(told(table(total, [women, total - women], "1.3", QUARTER, "sex")))
        looks.setdefault(printed, set()).add(women)
    [withheld] = [women for printed, women in looks.items() if printed[1] == printed[2] == (None, "withheld")]
    few = set(range(5))
    assert withheld == (set(range(total + 1)) if total < 10 else few | {total - women for women in few})


def test_events_are_told_as_they_are():
    """Events are nobody in particular."""
    assert told(table(3, [2, 1, 0], "1.1", QUARTER, "oblast"))[:4] == [
        (3, "exact"),
        (2, "exact"),
        (1, "exact"),
        (0, "exact"),
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 25), min_size=3, max_size=3))
def test_a_hidden_cell_may_always_be_nobody(cells):
    """An attacker who tries every table that prints the same finds one in which a hidden cell is 0."""
    printed = told(table(sum(cells), cells))
    hidden = [place for place, (_, status) in enumerate(printed[1:]) if status.startswith("fewer")]
    worlds = [
        world
        for world in product(range(sum(cells) + 1), repeat=len(cells))
        if sum(world) == sum(cells) and could_print(world, printed)
    ]
    for place in hidden:
        assert any(world[place] == 0 and told(table(sum(cells), world)) == printed for world in worlds)


def could_print(world, printed):
    """A quick first sieve of the worlds: each cell small where it is hidden, near where it is told."""
    return all(
        (cell < 10) if value is None else abs(cell - value) <= 2
        for cell, (value, _) in zip(world, printed[1:], strict=True)
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 60), min_size=1, max_size=5), st.sampled_from([YEAR, QUARTER, ("2011-10-01", "2014-09-30")])
)
def test_a_small_cell_is_never_told(cells, days):
    """Whatever the table, nothing of 1 to 9 is there as a number, and what is told is a multiple of five."""
    for value, status in told(table(sum(cells), cells, days=days))[1:]:
        assert value is None or (value >= 10 and value % 5 == 0 and status == "rounded")


def test_the_same_table_prints_the_same_whatever_else_is_asked():
    """Asking for more, or in another order, changes no cell."""
    evaluation, read = evaluated("FY2014"), shipped_records()
    project = evaluation.project
    exact = indicators.with_people(project, read, [indicators.Window("period", date(2013, 10, 1), date(2014, 9, 30))])
    alone = protect(exact[exact["indicator"] == "2.2"], project, evaluation.standing).values
    beside = evaluation.protected_values.where(indicator="2.2", horizon="period").values[list(alone)]
    pd.testing.assert_frame_equal(alone.reset_index(drop=True), beside)


def test_moving_a_person_between_hidden_cells_changes_nothing(tmp_path):
    """One person's form of exploitation becomes another that is hidden too: no byte of what is told differs."""
    import shutil

    folder = tmp_path / "data"
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("reports"))
    path = folder / file_of("victims")
    text = path.read_text(encoding="utf-8")
    assert ",Servitude," in text
    path.write_text(text.replace(",Servitude,", ",Other,", 1), encoding="utf-8")
    one, other = evaluated("FY2014"), evaluate("FY2014", folder)
    for frame in ("values", "tracking", "history"):
        assert getattr(one, frame).to_csv() == getattr(other, frame).to_csv()
    assert area_pages(one).html == area_pages(other).html
    assert (
        figures.breakdown(one, "2.1", "exploitation:coarse").png()
        == figures.breakdown(other, "2.1", "exploitation:coarse").png()
    )
    assert figures.people(one).html == figures.people(other).html
