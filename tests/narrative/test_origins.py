"""Each number leads to how it was calculated, on the same page, without a script; what stands there is what was."""

import re
from html import unescape

import pytest

from ctanalysis import narrative, tables
from ctanalysis.narrative.origins import leading
from tests.conftest import evaluated

PERIODS = ["FY2012Q1", "FY2014", "FY2015Q1"]
LED = re.compile(r'<a class="origin" href="#([^"]*)"><data [^>]*title="([^"]*)"')
AREAS = ("prevention", "protection", "cooperation", "resources")


def pages(period):
    """The words of the narrative and of each area, each with how its numbers were calculated."""
    found = evaluated(period)
    whole = (narrative.points, narrative.also_found, narrative.headlines, narrative.outlook, narrative.reach)
    whole += (narrative.fairness, narrative.pathway, narrative.cost, narrative.criteria, narrative.explanations)
    yield "".join(one(found).html for one in whole) + html_of(tables.calculated(found))
    for area in AREAS:
        sections = (narrative.area, narrative.signals, narrative.progress, narrative.paces)
        yield "".join(one(found, area).html for one in sections) + html_of(tables.calculated(found, area))


def html_of(shown):
    return shown._repr_mimebundle_()["text/html"]


@pytest.mark.few(1)
@pytest.mark.parametrize("period", PERIODS)
def test_each_number_of_an_indicator_leads_to_a_place_on_its_page(period):
    """The place is that of the indicator that the number is of, and there is one of it."""
    for page in pages(period):
        numbers = re.findall(r'<data [^>]*title="(indicator [^"]*)"', page)
        led = LED.findall(page)
        assert [source for _, source in led] == numbers
        for place, source in led:
            assert place == "how-" + re.match(r"indicator ([^ ,]+)", source)[1]
            assert page.count(f'<details class="how" id="{place}">') == 1


def test_a_number_that_is_of_no_indicator_leads_nowhere():
    """What follows from the calendar, or is set in the project's files, has no calculation."""
    assert leading("81%", "calendar") == "81%"
    assert leading("123", "indicator 1.1, period") == '<a class="origin" href="#how-1.1">123</a>'


@pytest.mark.few(1)
@pytest.mark.parametrize("period", PERIODS)
def test_what_stands_there_are_the_rows_of_the_values(period):
    """Of each indicator every total of the evaluation, and nothing that is not in indicators.csv."""
    found = evaluated(period)
    for one in tables.calculated(found).each:
        rows = found.values[found.values["indicator"] == one.code]
        of_total = rows[rows["disaggregation"] == "total"]
        told = {(line[0], line[3].partition(";")[0]) for line in one.rows.rows}  # behind it stands what lacks
        kinds = {"a range" if "–" in status else status for status in of_total["status"]}
        assert {("total", kind) for kind in kinds} == {pair for pair in told if pair[0] == "total"}
        assert {what for what, _ in told} - {"total"} <= set(rows["category"])
        shown = {number for what, _, number, *_ in one.rows.rows if what == "total"}
        exact = of_total[(of_total["status"] == "exact") & (of_total["value"] >= 1000) & (of_total["value"] % 1 == 0)]
        assert {f"{value:,.0f}" for value in exact["value"]} <= shown, one.code


def test_the_definition_and_the_calculation_are_those_of_the_sheet():
    """As the reference sheet prints them, and it is led to."""
    found = evaluated("FY2015Q1")
    sheets = dict(zip([s.code for s in found.project.sheets], tables.reference_sheets(found).tables, strict=False))
    page = unescape(html_of(tables.calculated(found)))
    for code, sheet in sheets.items():
        printed = dict(sheet.rows)
        assert printed["Precise definition"] in page and f"Calculated as: {printed['Calculated as']}" in page
        assert f'href="data-quality.html#sheet-{code}"' in page and f'<table id="sheet-{code}">' in sheet.html
