"""The gate: what may be told of whom, and that what may not is nowhere.

The policy of the shipped project is used: about people who were trafficked, breakdown cells of 0-9 are one
class, others are rounded to 5, totals are exact, quarters have no breakdowns.
"""

import json
from datetime import date
from functools import cache
from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctanalysis import Evaluation, Refused, evaluate, figures, indicators, narrative, records, tables
from ctanalysis.disclosure import Protected, protect
from ctanalysis.evaluation import SHIPPED, quarters, years
from ctanalysis.indicators.values import COLUMNS
from ctanalysis.narrative.told import told_values
from ctanalysis.project import load
from tests.conftest import copied
from tests.generators import small

PROJECT = load(SHIPPED)
RULE = PROJECT.policy.rules["victims"]
YEAR, QUARTER = ("2013-10-01", "2014-09-30"), ("2013-10-01", "2013-12-31")


def table(total, cells, indicator="2.2", days=YEAR, field=""):
    """The exact values of one indicator by one field: its total and a row for each cell; the field's other categories are 0."""
    field = field or ("sex" if len(cells) <= 3 else "exploitation")
    located = PROJECT.package.locate(PROJECT.sheet(indicator).calculation.table, field.split(" × ")[0])
    labels = [*located.field.labels, *(["not recorded"] if located.may_be_missing else [])]
    rows = [(indicator, "period", *days, "total", "all", float(total), None, None, "exact")]
    rows += [
        (indicator, "period", *days, field, label, float(cell), None, None, "exact")
        for label, cell in zip(labels, [*cells, *[0] * len(labels)])
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS).astype({"numerator": float, "denominator": float})
    return frame.assign(people=frame["value"])


def told(frame):
    """(value, status) of each cell after the gate; None where there is no value."""
    values = protect(frame, PROJECT, frame).values
    return [(None if pd.isna(row.value) else row.value, row.status) for row in values.itertuples()]


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


def test_a_quarter_has_no_breakdown_of_people():
    """In a quarter nearly every cell is one person: totals only."""
    assert told(table(60, [30, 30], days=QUARTER)) == [(60, "exact")] + [(None, "withheld")] * 3


def test_days_that_are_no_whole_period_have_no_breakdown():
    """Eleven months of a year are not a year."""
    assert told(table(60, [30, 30], days=("2013-10-01", "2014-08-31")))[1] == (None, "withheld")


def test_the_project_at_a_year_end_has_a_breakdown():
    """The project to the end of a fiscal year is told by one thing, to another day it is not; nor where a year of it hides a cell."""
    assert (
        evaluate("FY2012")
        .by("2.2", "exploitation", "project to date")["status"]
        .isin(["rounded", "fewer than 10"])
        .all()
    )
    assert set(evaluate("FY2014").by("2.2", "exploitation", "project to date")["status"]) == {"withheld"}
    alone = table(60, [30, 30], days=("2011-10-01", "2014-09-30"))
    assert (
        protect(alone, PROJECT).values["status"].tolist()[1:] == ["withheld"] * 3
    )  # what is told beside it is not known
    assert told(table(60, [30, 30], days=("2011-10-01", "2014-12-31")))[1] == (None, "withheld")


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
    """Who asks for the parts only, and for the total elsewhere, gets no parts: the gate cannot see whether they are safe."""
    assert told(table(45, [32, 12, 1]).iloc[1:]) == [(None, "withheld")] * 3


def test_a_condition_on_what_another_sheet_breaks_down_by(tmp_path):
    """Returns from one country are part of a breakdown of returns by country, so a quarter's number is withheld; a contract figure is exact."""
    folder = copied(tmp_path / "data")
    path = folder / "indicators" / "2.4-voluntary-returns.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('date = "date"', 'date = "date"\nwhere = { country_from = ["KZ"] }'),
        encoding="utf-8",
    )
    found = evaluate("FY2015Q1", folder)
    assert found.by("2.4")["status"].tolist() == ["withheld"]
    assert found.by("2.2")["status"].tolist() == ["exact"]


def test_two_things_at_once_are_not_told():
    """Two-way tables of people are withheld, also for a year."""
    assert told(table(60, [30, 30], field="sex × age_group"))[1] == (None, "withheld")


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


def test_events_are_told_as_they_are():
    """Events are nobody in particular."""
    assert told(table(3, [2, 1, 0], "1.1", QUARTER, "oblast"))[:4] == [
        (3, "exact"),
        (2, "exact"),
        (1, "exact"),
        (0, "exact"),
    ]


def share(numerator, denominator, indicator="2.6", days=YEAR):
    row = (
        indicator,
        "period",
        *days,
        "total",
        "all",
        numerator / denominator if denominator else None,
        float(numerator),
        float(denominator),
        "exact" if denominator else "no data",
    )
    frame = pd.DataFrame([row], columns=COLUMNS).assign(people=float(denominator))
    [found] = protect(frame, PROJECT, frame).values.itertuples()
    return found


def test_a_share_is_calculated_from_the_released_numbers():
    """33 of 47 is told as about 35 of 47, and the share is that of 35."""
    found = share(33, 47)
    assert (found.numerator, found.denominator, found.value, found.status) == (35, 47, 35 / 47, "rounded")


@pytest.mark.parametrize("numerator, denominator", [(9, 47), (0, 47), (38, 47), (47, 47), (43, 50)])
def test_nearly_all_or_nearly_none_is_withheld(numerator, denominator):
    """43 of 50 says that about 7 were not; 9 of 47 says that a few were."""
    found = share(numerator, denominator)
    assert found.status == "withheld"
    assert pd.isna([found.value, found.numerator, found.denominator]).all()


@pytest.mark.parametrize(
    "numerator, denominator, told", [(20, 41, True), (20, 39, False), (15, 30, False), (100, 400, True)]
)
def test_a_share_that_rounding_can_move_far_is_withheld(numerator, denominator, told):
    """About 20 of 39 could be 18 or 22, more than five percentage points either way: of so few people there is no share."""
    assert (share(numerator, denominator).status == "rounded") is told


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 400), st.integers(1, 400))
def test_a_told_share_is_near_the_true_one(numerator, denominator):
    """Whatever the share, what is told is within five percentage points of the truth, and neither part nor rest is small."""
    numerator = min(numerator, denominator)
    found = share(numerator, denominator)
    if found.status == "rounded":
        assert abs(found.value - numerator / denominator) <= 0.05
        assert numerator >= 10 and denominator - numerator >= 8


def test_a_share_about_people_is_not_told_for_a_quarter():
    """The numerator is a group within a group, so it is told as a breakdown is."""
    assert share(33, 47, days=QUARTER).status == "withheld"


def test_a_condition_on_people_makes_the_total_a_breakdown(tmp_path):
    """A sheet that counts only women is a breakdown by sex, whatever it calls itself."""
    folder = small.write(
        tmp_path / "p",
        "day person sex\n2013-10-05 a F",
        'measure = "people"\ntable = "rows"\nperson = "person"\ndate = "day"\nwhere = { sex = "F" }\ndisaggregate = ["sex"]',
        disclosure="victims",
    )
    found = load(folder)
    exact = indicators.calculate(
        found, records.read(found), [indicators.Window("period", date(2013, 10, 1), date(2013, 12, 31))]
    )
    assert protect(exact, found, exact).values["status"].tolist() == ["withheld"] * 4


def test_a_share_with_nothing_to_divide_hides_that_in_a_breakdown(tmp_path):
    """In a breakdown about people "no data" would say that there was nobody: a published zero."""
    folder = small.write(
        tmp_path / "p",
        "day sex done\n" + "2013-10-05 M true\n" * 20 + "2013-10-05 M false\n" * 20,
        """
        measure = "share"
        disaggregate = ["sex"]
        [calculation.denominator]
        measure = "count"
        table = "rows"
        date = "day"
        [calculation.numerator]
        where = { done = true }
    """,
        disclosure="victims",
    )
    found = load(folder)
    exact = indicators.with_people(
        found, records.read(found), [indicators.Window("period", date(2013, 10, 1), date(2014, 9, 30))]
    )
    assert "no data" in exact["status"].tolist()
    assert "no data" not in protect(exact, found, exact).values["status"].tolist()


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
    return all((cell < 10) if value is None else abs(cell - value) <= 2 for cell, (value, _) in zip(world, printed[1:]))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 60), min_size=1, max_size=6), st.sampled_from([YEAR, QUARTER, ("2011-10-01", "2014-09-30")])
)
def test_a_small_cell_is_never_told(cells, days):
    """Whatever the table, nothing of 1 to 9 is there as a number, and what is told is a multiple of five."""
    for value, status in told(table(sum(cells), cells, days=days))[1:]:
        assert value is None or (value >= 10 and value % 5 == 0 and status == "rounded")


def test_the_same_table_prints_the_same_whatever_else_is_asked():
    """Asking for more, or in another order, changes no cell."""
    evaluation = evaluate("FY2014")
    exact = indicators.with_people(
        PROJECT, records.read(PROJECT), [indicators.Window("period", date(2013, 10, 1), date(2014, 9, 30))]
    )
    history = indicators.with_people(
        PROJECT, records.read(PROJECT), [*years(PROJECT, evaluation.period), *quarters(PROJECT, evaluation.period)]
    )
    alone = protect(exact[exact["indicator"] == "2.2"], PROJECT, history).values
    beside = evaluation.protected_values.where(indicator="2.2", horizon="period").values
    pd.testing.assert_frame_equal(alone.reset_index(drop=True), beside)


def test_moving_a_person_between_hidden_cells_changes_nothing(tmp_path):
    """One person's form of exploitation becomes another that is hidden too: no byte of what is told differs."""
    import shutil

    folder = tmp_path / "data"
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("reports"))
    path = folder / "records" / "victims.csv"
    text = path.read_text(encoding="utf-8")
    assert ",Servitude," in text
    path.write_text(text.replace(",Servitude,", ",Other,", 1), encoding="utf-8")
    one, other = evaluate("FY2014"), evaluate("FY2014", folder)
    for frame in ("values", "tracking", "history"):
        assert getattr(one, frame).to_csv() == getattr(other, frame).to_csv()
    assert narrative.areas(one).html == narrative.areas(other).html
    assert figures.breakdown(one, "2.1", "exploitation").png() == figures.breakdown(other, "2.1", "exploitation").png()


def test_protected_does_not_contain_what_it_hides():
    """A hidden cell has no value, no numerator and no denominator anywhere in the object."""
    frame = evaluate("FY2014").values
    hidden = frame[~frame["status"].isin(["exact", "rounded", "no data"])]
    assert len(hidden) > 100
    assert hidden[["value", "numerator", "denominator"]].isna().all(axis=None)


def test_only_the_gate_makes_protected():
    """A frame of true values cannot be passed off as Protected."""
    with pytest.raises(TypeError):
        Protected(table(3, [2, 1]))


def test_protected_cannot_be_changed():
    """What was told stays told: the frame that it gives is a copy."""
    values = protect(table(3, [2, 1]), PROJECT)
    copy = values.values
    copy.loc[:, "value"] = 7
    assert values.values["value"].tolist()[0] == 3
    with pytest.raises(AttributeError):
        values._values = table(3, [2, 1])


@cache
def told_of_2014():
    return evaluate("FY2014")


class Raw:
    """An evaluation whose values did not pass the gate."""

    def __init__(self):
        evaluation = told_of_2014()
        self.project, self.period, self.released = evaluation.project, evaluation.period, evaluation.released
        self.protected_values = self.protected_tracking = self.protected_history = table(60, [30, 30])

    restated = Evaluation.restated

    def told_horizons(self, sheet):
        return ("period",)

    by = staticmethod(lambda *asked: pytest.fail("by() gives only what passed the gate"))


@pytest.mark.parametrize(
    "teller",
    [
        narrative.headlines,
        narrative.progress,
        narrative.areas,
        figures.headlines,
        figures.progress,
        lambda e: figures.quarters(e, "protection"),
        tables.tracking,
        tables.published,
        tables.completeness,
        tables.states,
        tables.restated,
        tables.utility,
        lambda e: told_values(e.protected_values, e.project),
    ],
)
def test_whoever_tells_refuses_what_did_not_pass_the_gate(teller):
    """Raw values are a type error in every teller."""
    with pytest.raises(TypeError, match="Protected"):
        teller(Raw())


@pytest.mark.parametrize(
    "period", ["FY2015Q1", *(pytest.param(label, marks=pytest.mark.long) for label in ("FY2012", "FY2013", "FY2014"))]
)
def test_in_one_report_no_span_of_years_is_shown_to_be_small(period):
    """For every category about people in a shipped report: years and project to date, subtracted from each other, show nothing of 1 to 9."""
    found = evaluate(period)
    frame = found.values
    about = [s.code for s in found.project.sheets if found.project.disclosure_rule(s).person and not s.is_ratio]
    frame = frame[frame["indicator"].isin(about) & (frame["disaggregation"] != "total")]
    for (code, way, category), rows in frame.groupby(["indicator", "disaggregation", "category"]):
        known = {
            (row.start, row.end): bounds(row)
            for row in rows.itertuples()
            if row.status == "rounded" or row.status.startswith("fewer")
        }
        for (start, end), (low, high) in known.items():
            for (other_start, other_end), (other_low, other_high) in known.items():
                if start == other_start and end > other_end:  # what lies between two ends
                    assert not (low - other_high >= 1 and high - other_low <= 9), (code, way, category)
                if end == other_end and start < other_start:  # what lies before the year
                    assert not (low - other_high >= 1 and high - other_low <= 9), (code, way, category)


def bounds(row):
    """What a reader knows of a printed cell."""
    if row.status == "rounded":
        return max(row.value - 2, 10), row.value + 2
    return (0, float("inf")) if row.status.endswith("people") else (0, 9)


COARSE = """measure = "people"
table = "rows"
person = "person"
date = "day"
disaggregate = ["sex", "kind", "kind:coarse", ["sex", "kind:coarse"], ["sex", "kind"]]"""


def coarse(tmp_path, through):
    """The small project by sex and kind, which must be recorded; two of the three kinds are one coarse category; 120 people."""
    people = "\n".join(f"2013-10-05 p{n} {'FM'[n % 2]} {('NA', '|', '007')[n % 3]}" for n in range(120))
    folder = small.write(tmp_path / "p", f"day person sex kind\n{people}", COARSE, disclosure="victims")
    path = folder / "datapackage.json"
    text = path.read_text(encoding="utf-8")
    for label, word in (("Namibian", "word"), ("bar", "sign"), ("seven", "sign")):
        text = text.replace(f'"label": "{label}"', f'"label": "{label}", "coarse": "{word}"')
    package = json.loads(text)
    for field in package["resources"][0]["schema"]["fields"]:
        if field["name"] in ("sex", "kind"):
            field["constraints"] = {"required": True}
    text = json.dumps(package)
    path.write_text(text, encoding="utf-8")
    facts = folder / "project.toml"
    facts.write_text(
        facts.read_text(encoding="utf-8").replace("records_through = 2014-12-31", f"records_through = {through}"),
        encoding="utf-8",
    )
    return folder


def test_two_things_at_once_are_told_of_the_whole_project_in_coarse_categories(tmp_path):
    """Before the project has ended no table by two things is told; then the coarse one is, whose cells are 20 or 40 people."""
    before = evaluate("LOP", coarse(tmp_path / "before", "2014-12-31")).by(
        "x", ("sex", "kind:coarse"), "project to date"
    )
    assert set(before["status"]) == {"withheld"}
    after = evaluate("LOP", coarse(tmp_path / "after", "2015-09-30")).by("x", ("sex", "kind:coarse"), "project to date")
    told = dict(zip(after["category"], zip(after["value"].fillna(-1), after["status"])))
    assert told["female × word"] == (20, "rounded") and told["male × sign"] == (40, "rounded")


def test_more_categories_than_the_policy_allows_are_not_crossed(tmp_path):
    """With two categories to a thing at the most, three kinds by sex are withheld, and two coarse ones are told."""
    folder = coarse(tmp_path, "2015-09-30")
    path = folder / "policy.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("two_way_categories = 3", "two_way_categories = 2"), encoding="utf-8"
    )
    found = evaluate("LOP", folder)
    assert set(found.by("x", ("sex", "kind"), "project to date")["status"]) == {"withheld"}
    assert "rounded" in set(found.by("x", ("sex", "kind:coarse"), "project to date")["status"])


def test_a_field_without_coarse_categories_has_none(tmp_path):
    """A breakdown by what is not there is refused, with what to write."""
    folder = small.write(tmp_path / "p", "day\n2013-10-05", COARSE, disclosure="victims")
    with pytest.raises(
        Refused, match="field 'kind' has no coarse categories: give each of its categories a \"coarse\""
    ):
        load(folder)


def test_people_stand_behind_every_service_that_they_had(tmp_path):
    """Twelve people had first one kind of help and then another: twelve stand behind each, and 24 rows behind the total are of twelve."""
    rows = "".join(f"2013-10-05 p{n} NA\n2013-10-06 p{n} 007\n" for n in range(12))
    sheet = 'measure = "count"\ntable = "rows"\ndate = "day"\ndisaggregate = ["kind"]'
    found = load(small.write(tmp_path / "p", f"day person kind\n{rows.rstrip()}", sheet, disclosure="victims"))
    exact = indicators.with_people(
        found, records.read(found), [indicators.Window("period", date(2013, 10, 1), date(2014, 9, 30))]
    )
    assert dict(zip(exact["category"], exact["people"])) == {
        "all": 12,
        "Namibian": 12,
        "bar": 0,
        "seven": 12,
        "not recorded": 0,
    }
    assert protect(exact, found, exact).values["status"].tolist()[:4] == [
        "exact",
        "rounded",
        "fewer than 10 people",
        "rounded",
    ]
