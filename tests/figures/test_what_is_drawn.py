"""Figures over time and beside targets: their panels, scales, limits, and what stands where there is no number."""

from dataclasses import replace

import pytest

from ctanalysis import evaluate, figures, narrative, tables
from ctanalysis.analysis.pace import PROJECT, paces
from ctanalysis.analysis.signals import signals
from ctanalysis.figures.style import BLUE, HIGHEST, LIGHT, ORANGE, TINT
from tests.conftest import copied, evaluated
from tests.figures.seen import first, rows, shapes, texts
from tests.generators import milestones


def panels(chart):
    return {panel.title.split()[0]: panel for panel in chart.draw.keywords["panels"]}


def test_a_bar_is_as_high_as_its_value(evaluation):
    """Each panel's bars are the indicator's values by quarter, shares in per cent; years are groups."""
    chart = first(figures.headlines(evaluation))
    for code, panel in panels(chart).items():
        values = chart.data[chart.data["indicator"] == code]
        scale = 100 if evaluation.project.sheet(code).measure == "share" else 1
        assert [bar.high for bar in panel.bars] == pytest.approx((values["value"] * scale).tolist())
        assert [bar.group for bar in panel.bars] == [label[2:6] for label in values["quarter"]]
        assert panel.most == (100 if scale > 1 else 0)
    heights = [bottom - top for _, top, _, bottom in shapes(chart, BLUE)][:12]
    events = [bar.high for bar in panels(chart)["1.1"].bars[:12]]
    assert [one / max(heights) for one in heights] == pytest.approx([one / max(events) for one in events], abs=0.01)


def test_the_quarter_of_the_period_is_orange_and_its_number_stands_above(evaluation):
    chart = first(figures.headlines(evaluation))
    for panel in panels(chart).values():
        assert [bar.current for bar in panel.bars] == [False] * 12 + [True]
    assert len(shapes(chart, ORANGE)) == len(panels(chart)) == 6
    assert "123, usual 0–164" in texts(chart) and "14,814, usual 0–22,751" in texts(chart)


def test_what_is_usual_is_that_of_the_control_charts(evaluation):
    """The limits of each quarter that has some, of the series that is judged; they follow from told numbers alone."""
    chart = first(figures.headlines(evaluation))
    found = {one.sheet.code: one for one in signals(evaluation.known)}
    for code, rows_of in chart.data.groupby("indicator"):
        judged = code in found and found[code].judged
        limits = found[code].limits if judged else [None] * len(rows_of)
        for row, limit in zip(rows_of.itertuples(), limits, strict=True):
            expected = (max(0, limit.lower), limit.upper) if limit else None
            told = None if row.usual_low != row.usual_low else (row.usual_low, row.usual_high)
            assert told == (pytest.approx(expected) if expected else None)
    drawn = sum(bar.usual is not None for panel in panels(chart).values() for bar in panel.bars)
    assert len(shapes(chart, TINT)) == drawn > 50
    thin = first(figures.headlines(evaluated("FY2012Q1")))
    assert thin.data["usual_low"].isna().all() and "too few quarters yet" in thin.title


def test_the_message_is_the_signal_that_the_report_claims(evaluation):
    """A record without a clear change is none, and a signal that may be chance is not said to be one."""
    chart = first(figures.headlines(evaluation))
    assert chart.title == "Hotline consultations: above its usual range, which may be chance"
    fired = next(one for one in signals(evaluation.known) if one.sheet.code == "1.3")
    told = replace(fired, rule="beyond limits", usual=False, side=1)
    known, claims = replace(evaluation.known), evaluation.claims
    known.__dict__["kept"] = evaluation.known.kept | {"ctanalysis.analysis.signals.signals": (told,)}
    other = replace(evaluation)
    other.__dict__.update(known=known, claims=claims)
    assert first(figures.headlines(other)).title.endswith("which may be chance")
    clear = tuple(replace(one, clear=True) if (one.kind, one.code) == ("signal", "1.3") else one for one in claims.all)
    other.__dict__["claims"] = replace(claims, all=clear)
    assert first(figures.headlines(other)).title == "Hotline consultations: above its usual range"


def test_a_record_is_the_message_where_a_change_is_clear(evaluation):
    """Events are the most of thirteen quarters: told as news only if they clearly are more than a year before."""
    asked = ("change", "1.1", "same period last year")
    claims = evaluation.claims
    clear = tuple(replace(one, clear=(one.kind, one.code, one.detail) == asked or one.clear) for one in claims.all)
    titles = []
    for all_of in (claims.all, clear):
        other = replace(evaluation)
        other.__dict__.update(known=evaluation.known, claims=replace(claims, all=all_of))
        titles.append(first(figures.headlines(other)).title)
    assert "most" not in titles[0]
    assert titles[1] == "Awareness-raising events held: the most of any quarter so far"


def test_a_signal_that_may_be_chance_is_said_to_be():
    """In FY2014 consultations are above their limits, and the report does not claim it: nor are all within theirs."""
    chart = first(figures.quarters(evaluated("FY2014"), "prevention"))
    assert chart.title == "Hotline consultations: above its usual range, which may be chance"


def test_figures_of_many_panels_are_several_and_none_is_higher_than_a_page(evaluation):
    charts = figures.headlines(evaluation).charts
    assert [chart.name for chart in charts] == ["headlines", "headlines-2"]
    assert sum(len(panels(chart)) for chart in charts) == sum(sheet.headline for sheet in evaluation.project.sheets)
    assert all(chart.height <= HIGHEST for chart in charts)


def test_what_is_told_of_years_only_is_no_panel(evaluation):
    """A share that waits has no bar in any quarter, nor have people counted anew; the chart says why."""
    chart = first(figures.quarters(evaluation, "protection"))
    assert set(chart.data["indicator"]) == {"2.1", "2.2", "2.4", "2.5"}
    for words in (
        "2.3 People receiving any service in the period: told for fiscal years, and of the project to the end of each",
        "2.6 Reintegration plans completed: told for fiscal years, and of the project to the end of each",
        "2.7 Follow-up at six months: told of each fiscal year by itself, and not to date",
    ):
        assert f"{words}, so no quarter of it is drawn." in chart.notes


def test_a_quarter_whose_records_did_not_come_says_so_in_its_place(tmp_path):
    """No events were sent for the last quarter: no bar, no 0, but shorthand in the gap, which is explained below."""
    folder = copied(tmp_path / "data")
    listed = folder / "deliveries.csv"
    lines = listed.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if ",FY2015Q1," not in line or line.split("/")[1] != "events"]
    listed.write_text("".join(kept), encoding="utf-8")
    evaluation = evaluate("FY2015Q1", folder)
    chart = first(figures.headlines(evaluation))
    last = panels(chart)["1.1"].bars[-1]
    assert (last.low, last.high, last.state) == (0, 0, "[n]") and "[n]" in texts(chart)
    assert "[n] not received: due, and not delivered." in chart.notes and "not received" in chart.plain
    assert len(shapes(chart, ORANGE)) < 8
    course = figures.cumulative(evaluation)
    drawn = course.data[course.data["what"] == "quarter"]
    assert "1.1" not in set(drawn["indicator"])
    assert "Not drawn, for not all records of this fiscal year have come: 1.1." in course.notes


def in_order(codes):
    """Codes as numbers by their parts: 2.10 after 2.9."""
    return sorted(codes, key=lambda code: [int(part) for part in code.split(".")])


def test_progress_is_a_deviation_from_the_time_gone(evaluation):
    """81 per cent of the project's days had gone by December 2014; events had reached 85 per cent of their target."""
    chart = figures.progress(evaluation)
    scale = chart.draw.keywords["scale"]
    assert scale.ticks[0][0] == pytest.approx(81.3, abs=0.1) and scale.ticks[0][1] == "81% of time gone"
    by_code = {row.name.split()[0]: row for row in rows(chart)}
    assert by_code["1.1"].label == "85% (+4)" and by_code["4.1"].label == "78% (−3)"
    assert by_code["1.1"].parts[0].low == by_code["4.1"].parts[0].high == scale.ticks[0][0]
    assert (by_code["1.1"].parts[0].colour, by_code["4.1"].parts[0].colour) == (BLUE, ORANGE)
    reached = [float(row.label.split("%")[0]) for row in rows(chart)]
    assert reached == sorted(reached, reverse=True)
    assert chart.title == "Furthest behind the time gone: Spending (78%)"


def test_only_what_comes_nearer_bit_by_bit_has_a_bar(evaluation):
    """A share or a mean is no part of a target that fills with time. Spending is, though none hopes that it rises.

    The others that have a target are named below, so that nothing is left out silently.
    """
    chart = figures.progress(evaluation)
    sheets = [evaluation.project.sheet(code) for code in chart.data["indicator"]]
    assert {sheet.measure for sheet in sheets} <= {"count", "sum", "people"}
    assert {sheet.direction for sheet in sheets} == {"increase", "none"}
    targets = {target.indicator for target in evaluation.project.targets if target.period == "LOP"}
    others = targets - {sheet.code for sheet in sheets}
    assert others and f": {', '.join(in_order(others))}." in " ".join(chart.notes)


def test_totals_go_on_to_where_they_will_stand(evaluation):
    """The line adds up the quarters to the total; the wedge is the projection's interval; the diamond the target."""
    chart = figures.cumulative(evaluation)
    found = {one.sheet.code: one for one in paces(evaluation.known) if one.horizon == PROJECT}
    for code, rows_of in chart.data.groupby("indicator"):
        kinds = {kind: of for (kind,), of in rows_of.groupby(["what"])}
        total = evaluation.by(code, "total", "project to date")["value"].iloc[0]
        assert kinds["quarter"]["total"].iloc[-1] == kinds["to date"]["total"].item() == total
        [ahead] = kinds["projected"].itertuples()
        assert (ahead.lower, ahead.upper) == (found[code].lower, found[code].upper)
        assert kinds["target"]["total"].item() == found[code].goal.number
    assert chart.title == "Reached or on course: 1.1, 1.2, 1.3, 2.1, 2.2, and 3.1"
    assert len(shapes(chart, LIGHT)) == 6
    thin = figures.cumulative(evaluated("FY2012Q1"))
    assert thin.title == "Too few quarters yet to say where the totals will end" and shapes(thin, LIGHT) == []


def test_an_area_without_indicators_says_so(tmp_path):
    """Its page is made all the same: a figure that says that there is nothing to draw, tables without rows."""
    folder = milestones.write(tmp_path / "p")
    with (folder / "project.toml").open("a", encoding="utf-8") as file:
        file.write('[[areas]]\ncode = "new"\nname = "New"\npurpose = "To come."\n')
    evaluation = evaluate("FY2014Q1", folder)
    chart = first(figures.quarters(evaluation, "new"))
    assert "no indicator of which quarters can be drawn" in chart.alt and chart.png()
    assert (
        figures.breakdowns(evaluation, "new").charts == () and tables.tracking(evaluation, "new").tables[0].rows == ()
    )
    assert narrative.area(evaluation, "new").plain == "To come."
    assert "no reference sheet" in tables.reference_sheets(evaluation, "new")._repr_mimebundle_()["text/plain"]
    for one in (figures.pathway, figures.people, figures.women_and_men, figures.spending, figures.cumulative):
        chart = one(evaluation)
        assert chart.alt and chart.png() and chart.html


@pytest.mark.parametrize(
    ("period", "of_period", "of_people"),
    [
        ("FY2015Q1", "October–December 2014", "October 2011–September 2014"),
        ("FY2014", "October 2013–September 2014", "October 2011–September 2014"),
    ],
)
def test_a_figure_names_the_days_that_it_draws(period, of_period, of_people):
    """Women and men of the period; people who were helped to the last year's end: not to the last day of all."""
    found = evaluated(period)
    assert figures.women_and_men(found).subtitle.endswith(of_period)
    chart = figures.people(found)
    assert chart.subtitle.endswith(of_people)
    told = [row[0] for row in chart.table.rows if "not recorded" in row[0]]
    assert told == ["2.2 not recorded (sex)", "2.2 not recorded (age group)"]


@pytest.mark.parametrize("language", ["ru", "ky"])
def test_each_figure_shows_and_says_the_same_in_every_language(evaluation, language):
    """As many figures, of the same indicators each: what a title is of does not hang on how long words are."""
    other = evaluation.told_in(language)
    for drawn in (figures.headlines, lambda found: figures.quarters(found, "prevention")):
        every = [
            [chart.data["indicator"].unique().tolist() for chart in drawn(one).charts] for one in (evaluation, other)
        ]
        assert every[0] == every[1]
    names = {one.sheet.code: one.sheet.name for one in paces(other.known)}
    assert names["1.3"] in first(figures.headlines(other)).title and names["4.1"] in figures.progress(other).title
    assert figures.cumulative(other).title.count(".") == figures.cumulative(evaluation).title.count(".") == 6


def test_a_rounded_number_stands_beside_no_range_that_it_is_not_in(evaluation):
    """Of 118 at the most it is not said that they are about 120."""
    cells = dict(figures.people(evaluation).table.rows)
    assert cells["2.2 adults"] == "115–118" and cells["2.2 children"] == "about 10"
    every = [line for one in tables.breakdowns(evaluation, "protection").tables for line in one.rows]
    assert ("adults", "115–118", "115", "118") in every and ("adults", "about 120", "115", "118") not in every
