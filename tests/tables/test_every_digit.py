"""Each digit in a table is a number that was calculated, and leads to how; or it is of a kind that is named here."""

import re
from collections import Counter
from functools import cache
from html import unescape

import pytest

from ctanalysis import tables
from ctanalysis.narrative.states import state
from ctanalysis.tables.cells import Cell
from ctanalysis.tables.table import Stack
from tests.conftest import evaluated
from tests.narrative.test_narrative import PERIODS, forms
from tests.tables.told import may_be_told

SOME = ("FY2012Q1", "FY2014", "FY2015Q1")  # the others in make test-all
OF_EVALUATION = (tables.tracking, tables.fairness, tables.pathway, tables.restated, tables.findings)
OF_DATA = (tables.quality, tables.tally, tables.completeness, tables.states, tables.published, tables.reference_sheets)
OF_AREA = (tables.changes, tables.breakdowns, tables.reach, tables.tracking)
EXCEPTIONS = {  # digits that are no number of an indicator
    "names of indicators and days of which a table is": r"<caption\b.*?</caption>",
    "codes, names, categories, periods and days of rows and columns": r"<th\b.*?</th>",
    "numbers of rules, and how many records are behind a number": r'<p class="note">.*?</p>',
    "days": r"<time\b.*?</time>",
    "words with digits, and what people wrote": r'<span class="(?:label|fact)"[^>]*>.*?</span>',
}
EXCEPTED = re.compile("|".join(EXCEPTIONS.values()), re.DOTALL)
DATA = re.compile(r"<data value=\"([^\"]*)\">.*?</data>", re.DOTALL)
CELL = re.compile(r"<td\b[^>]*>(.*?)</td>", re.DOTALL)
LED = re.compile(r'<a tabindex="-1" href="((?:evaluation\.html)?#how-([^"]*))">')


@cache
def every_table(period, language="en"):
    """The tables of all pages of a report, but for those of how numbers were calculated."""
    found = evaluated(period).told_in(language)
    shown = [make(found) for make in (*OF_EVALUATION, *OF_DATA)]
    shown += [make(found, area.code) for area in found.project.facts.areas for make in OF_AREA]
    return [table for one in shown for table in (one.tables if isinstance(one, Stack) else [one])]


def unmarked_digits(html):
    """The digits of a page that stand in no mark and are of no kind that is named above."""
    return re.findall(r"\d", unescape(re.sub(r"<[^>]*>", "", EXCEPTED.sub("", DATA.sub("", html)))))


def sources(table):
    """The numbers in the cells of a table, each with what it is of."""
    return [pair for row in table.rows for cell in row if isinstance(cell, Cell) for pair in cell.sources]


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "period", [label if label in SOME else pytest.param(label, marks=pytest.mark.long) for label in PERIODS]
)
def test_every_digit_is_a_number_that_leads_to_its_origin_or_is_named(period):
    """None stands outside a mark; each marked number equals the row that it names, and its cell leads there."""
    found = evaluated(period)
    known, many = may_be_told(found), 0
    for table in every_table(period):
        assert unmarked_digits(table.html) == [], table.caption
        told = sources(table)
        assert [pair for pair in told if pair not in known] == [], table.caption
        assert Counter(map(unescape, DATA.findall(table.html))) == Counter(value for value, _ in told)
        many += len(told)
    assert many > 400


@pytest.mark.parametrize("period", SOME)
def test_a_cell_leads_to_the_indicator_that_it_is_of(period):
    """All numbers of an indicator are in such a cell: its place is that of the indicator that the source names."""
    for table in every_table(period):
        cells = [cell for row in table.rows for cell in row if isinstance(cell, Cell) and cell.sources]
        for cell in cells:
            codes = {found[1] for _, of in cell.sources if (found := re.match(r"indicator ([^ ,]+)", of))}
            assert {code for _, code in LED.findall(cell.html)} == codes, (table.caption, cell)


def test_a_number_that_is_none_is_found():
    """The tests above can fail: a number outside a mark, one that no row has, and one of another indicator."""
    found = evaluated("FY2015Q1")
    table = tables.tracking(found).tables[0]
    html = table.html
    assert unmarked_digits(html.replace("outstanding", "outstanding for 30 days", 1)) == ["3", "0"]
    assert unmarked_digits(html.replace("<data value=", "<span title=").replace("</data>", "</span>")) != []
    known, (value, of) = may_be_told(found), sources(table)[0]
    assert (value, of) in known and (f"{int(value) + 1}", of) not in known
    assert (value, of.replace("indicator 1.1", "indicator 1.2")) not in known


@pytest.mark.parametrize("period", SOME)
def test_a_keyboard_stops_once_for_each_row_and_reaches_each_origin(period):
    """The header of a row leads where its numbers do, or the caption does where the rows are categories."""
    for table in every_table(period):
        stops = {*re.findall(r'<a class="origin" href="([^"]*)">', table.html)}
        assert {place for place, _ in LED.findall(table.html)} <= stops, table.caption


@pytest.mark.few(1)
@pytest.mark.parametrize("language", ["ru", "ky"])
def test_the_same_numbers_stand_in_the_same_cells_in_each_language(language):
    """Only words and the way in which numbers are written differ."""
    for one, other in zip(every_table("FY2015Q1"), every_table("FY2015Q1", language), strict=True):
        assert [Counter(sources(row_of(one, place))) for place in range(len(one.rows))] == [
            Counter(sources(row_of(other, place))) for place in range(len(other.rows))
        ], one.caption
        assert (one.numbers, one.spanners and len(one.spanners)) == (
            other.numbers,
            other.spanners and len(other.spanners),
        )


def row_of(table, place):
    """A table of one row of another."""
    return tables.Table(table.caption, table.header, (table.rows[place],))


@pytest.mark.few(1)
@pytest.mark.parametrize("period", SOME)
def test_how_a_number_was_calculated_shows_the_rows_of_the_values(period):
    """Where the numbers lead, each line is a row of indicators.csv: what it is of, number, status and what lacks."""
    found = evaluated(period)
    speech = found.project.speech

    def status_of(row):
        lack = found.lacks.get((row.indicator, row.start, row.end))
        return f"{kind(row, speech)}; {speech.label(lack)}" if lack else kind(row, speech)

    for one in tables.calculated(found).each:
        rows = found.values[found.values["indicator"] == one.code]
        known = {
            (speech.label("total" if row.disaggregation == "total" else row.category), written(row), status_of(row))
            for row in rows.itertuples()
        }
        assert {(what, number, status) for what, _, number, status, *_ in one.rows.rows} <= known


def written(row):
    """A number as it is written, from its row."""
    if row.status not in ("exact", "rounded"):
        return "not yet told" if row.status == "0–100 %" else row.status.replace(" %", "%")
    if row.status == "rounded" and row.value == 0 < row.high:
        return f"at most {row.high:.0f}"
    [shown] = forms(row.value, row.indicator, row.status)
    whole, point, part = shown.partition(".")
    unit = "%" if evaluated("FY2015Q1").project.sheet(row.indicator).measure == "share" else ""
    return f"{'about ' * (row.status == 'rounded')}{int(whole):,}{point}{part}{unit}"


def kind(row, speech):
    """Of what kind it is: a range is named as one."""
    return "a range" if re.fullmatch(r"\d+–\d+( %)?", row.status) else state(row.status, speech)
