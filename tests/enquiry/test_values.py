"""What is asked is what reports tell: the same cells, past the same gate, named as people name things."""

import re

import pandas as pd
import pytest

import ctanalysis as ct
from ctanalysis import indicators
from tests.conftest import evaluated


def cells(frame, scale=1):
    """By fields, the numbers and the status of each cell."""
    keys = frame["category"] if "category" in frame else frame[fields(frame)].agg(" × ".join, axis=1)
    rows = frame[["value", "low", "high"]].itertuples(index=False, name=None)
    numbers = [tuple(None if pd.isna(one) else round(one * scale, 9) for one in row) for row in rows]
    return dict(zip(keys, zip(numbers, frame["status"], strict=True), strict=True))


def fields(frame):
    names = [*frame.columns]
    return names[names.index("end") + 1 : names.index("value")]


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "label, horizon",
    [
        ("FY2015Q1", "period"),
        ("FY2015Q1", "project to date"),
        ("FY2015Q1", "last fiscal year"),
        ("FY2014", "period"),
        ("FY2014", "project to last year end"),
    ],
)
def test_every_cell_is_the_report_s(p, label, horizon):
    """Of every indicator, by everything that it is broken down by: what the evaluation of the period tells."""
    report = evaluated(label)
    for sheet in report.project.sheets:
        for way in ((), *sheet.disaggregations):
            asked = p.values(sheet.code, by=way or None, period=label, horizon=horizon)
            told = report.by(sheet.code, " × ".join(way) or "total", horizon)
            told = told[told["category"] != "recorded"]
            asked = asked if way else asked.assign(category="all")
            assert cells(asked) == cells(told, 100 if sheet.measure == "share" else 1), (sheet.code, way)


def test_every_quarter_is_the_report_s_of_that_quarter(p):
    """A series is what the reports of its quarters tell, cell by cell; its totals are their history."""
    series = p.values("1.2", by=("sex", "age_group"), every="quarter")
    told = evaluated("FY2015Q1").by("1.2", ("sex", "age_group"))
    assert cells(series[series["period"] == "FY2015Q1"]) == cells(told)
    history = evaluated("FY2015Q1").history
    assert (
        p.values("1.3", every="quarter")["value"].tolist()
        == history.loc[history["indicator"] == "1.3", "value"].tolist()
    )


def test_all_quarters_of_everything_are_one_calculation(p, monkeypatch):
    """However many are asked for, one after the other: their grid is counted once, and kept.

    Beside it once the horizons of the last quarter, to say where a breakdown is told that is not told of quarters.
    """
    read, calls, good = p._reading(), [], indicators.with_people
    monkeypatch.setattr(indicators, "with_people", lambda *given: calls.append(given) or good(*given))
    read.kept.clear()
    for sheet in p.project.sheets:
        for way in (None, *sheet.disaggregations):
            assert p.values(sheet.code, by=way, every="quarter")["period"].nunique() == 13
    assert sorted(len({window.horizon for window in windows}) > 1 for _, _, windows, *_ in calls) == [False, True]


def test_it_is_tidy(p):
    """Days are days, periods are labels, a column for each field, names and units; nothing internal."""
    frame = p.values("1.2", by=("age_group", "sex"), every="quarter")
    assert isinstance(frame, pd.DataFrame) and type(frame[frame["value"] > 0]) is pd.DataFrame
    assert [*frame.columns] == [
        *("indicator", "name", "unit", "period", "start", "end", "sex", "age_group"),
        *("value", "low", "high", "status", "told", "caveat"),
    ]
    assert frame["start"].dt.year.min() == 2011 and frame["period"].iloc[0] == "FY2012Q1"
    assert len(frame) == 13 * 3 * 5 and set(frame["unit"]) == {"attendances"}


def test_a_share_is_in_its_unit(p):
    """Per cent, with how many it is of."""
    row = p.values("1.5", period="FY2015Q1").iloc[0]
    assert (row["unit"], row["told"]) == ("per cent", "about 84%")
    assert round(row["value"]) == 84 and row["denominator"] == 255


@pytest.mark.parametrize(
    "asked, code",
    [
        ("1.3", "1.3"),
        (1.3, "1.3"),
        (" 1.3 ", "1.3"),
        ("2.10", "2.10"),
        (2.1, "2.1"),
        ("2.1", "2.1"),
        ("hotline consultations", "1.3"),
        ("HOTLINE CONSULTATIONS PER", "1.9"),
        ("spending per", "4.2"),
    ],
)
def test_an_indicator_is_found(p, asked, code):
    """By code, by number, by name or a part of it, in any case; 2.10 is not 2.1."""
    assert p.indicator(asked).code == code


@pytest.mark.parametrize(
    "asked, words",
    [
        ("9.9", "There are 26: see indicators"),
        ("1.33", r"There is no indicator '1.33'. Near to it: 1.3 Hotline consultations\."),
        ("hotlin consultatons", "Near to it: 1.3 Hotline consultations"),
        ("consultation", r"may be 1.3 Hotline consultations, 1.9 .*, or 4.2"),
        ("", "There is no indicator ''"),
    ],
)
def test_a_wrong_name_is_answered_with_the_near_ones(p, asked, words):
    """And never with a list in which it stands itself."""
    with pytest.raises(ct.Refused, match=words):
        p.values(asked)


@pytest.mark.parametrize("by", [("sex", "age_group"), ("AGE group", "Sex"), "age_group × sex", ["age_group", "sex"]])
def test_fields_in_either_order_by_any_of_their_names(p, by):
    """In any case, by name or title."""
    pd.testing.assert_frame_equal(
        pd.DataFrame(p.values("1.2", by=by)), pd.DataFrame(p.values("1.2", by=("sex", "age_group")))
    )


@pytest.mark.parametrize(
    "asked, words",
    [
        ({"by": "oblst"}, r"Indicator 1.2 cannot be asked by 'oblst'. Its fields are: oblast\."),
        ({"every": "week"}, "There are: month, quarter, half, year"),
        ({"every": "quarter", "period": "FY2014"}, "not both"),
        ({"horizon": "last year"}, "Near to it: .*last fiscal year"),
        ({"horizon": "ever"}, "There are: period, .*project to date"),
        ({"period": ["FY2013", "FY2014"]}, 'is of one period, or of every one: period="FY2015Q1", or every="quarter"'),
        ({"period": pd.Series(["FY2013", "FY2014"])}, "A question is of one period, or of every one"),
        ({"period": "LOP", "horizon": "same period last year"}, "The project has no same period last year of LOP. Ask"),
        ({"period": "LOP", "horizon": "same period last year", "by": "audience"}, "has no same period last year of"),
        ({"period": "FY2016"}, "FY2016 is 2015-10-01"),
        ({"period": "2014"}, "Write FY2014"),
    ],
)
def test_what_there_is_not_is_refused(p, asked, words):
    """With what there is."""
    with pytest.raises(ct.Refused, match=words):
        p.values("1.2", **asked)


def test_a_breakdown_that_is_not_told_says_where_it_is(p):
    """Of people who were trafficked: to the end of each fiscal year; and that way of asking gives it."""
    silent = p.values("2.2", by="sex", every="quarter")
    assert set(silent["status"]) == {"not told"} and silent["value"].isna().all()
    assert 'horizon="last fiscal year"' in silent.card.notes[0] and 'every="year"' in silent.card.notes[0]
    assert (p.values("2.2", by="sex", horizon="last fiscal year")["status"] != "not told").all()
    assert (p.values("2.2", by="sex", every="year")["status"] != "not told").all()
    never = p.values("2.1", by="exploitation", every="year")
    assert never.card.notes[0].endswith('up to 2014-09-30. Ask by "exploitation coarse" instead.')
    assert (p.values("2.1", by="Exploitation coarse", every="year")["status"] != "not told").any()


def test_several_indicators_stand_side_by_side(p):
    """Each with its own name and unit."""
    both = p.values(["1.1", "1.3"], every="quarter")
    assert both.groupby("indicator")["unit"].first().to_dict() == {"1.1": "events", "1.3": "consultations"}
    assert len(both) == 26 and both.card.plain.count("\n1.") >= 2


def test_a_new_sheet_is_there_at_the_next_call(tmp_path):
    """And one that is wrong is refused in its own words, until it is mended."""
    from tests.conftest import copied

    folder = copied(tmp_path / "data")
    own = ct.open(folder)
    sheet = next(path for path in (folder / "indicators").glob("*.toml") if 'code = "1.3"' in path.read_text())
    assert "1.11" not in own.indicators["code"].tolist()
    text = sheet.read_text().replace('code = "1.3"', 'code = "1.11"').replace("Hotline consultations", "Calls")
    text = re.sub(r"standard = .*\n", "", text)
    new = sheet.with_name("1.11-calls.toml")
    new.write_text(text.replace('measure = "count"', 'measure = "cuont"'))
    with pytest.raises(ct.Refused, match=r"1\.11-calls\.toml"):
        own.period()
    new.write_text(text)
    assert own.values("1.11", period="FY2014")["value"].tolist() == own.values("1.3", period="FY2014")["value"].tolist()
