"""Of a period for which no records came, the sentences say so once for each list, and mark what has a caveat."""

import re
from html import escape

import pytest

from ctanalysis import evaluate, narrative
from ctanalysis.disclosure.waiting.named import is_cohort
from ctanalysis.narrative.caveats import failures
from tests.conftest import copied

SECTIONS = {
    "headlines": narrative.headlines,
    "progress": narrative.progress,
    "awareness": lambda evaluation: narrative.area(evaluation, "prevention"),
    "protection": lambda evaluation: narrative.area(evaluation, "protection"),
}
MISSED = ("events", "attendance", "questionnaires")  # tables of the last quarter that did not come


@pytest.fixture(scope="module")
def nothing(tmp_path_factory):
    return without(tmp_path_factory.mktemp("nothing") / "data", lambda line: True)


@pytest.fixture(scope="module")
def some(tmp_path_factory):
    return without(tmp_path_factory.mktemp("some") / "data", lambda line: line.split("/")[1] in MISSED)


def without(folder, missed):
    """The shipped project evaluated for its last quarter, of which some deliveries are not listed."""
    copied(folder)
    listed = folder / "deliveries.csv"
    lines = listed.read_text(encoding="utf-8").splitlines(keepends=True)
    listed.write_text("".join(line for line in lines if ",FY2015Q1," not in line or not missed(line)), encoding="utf-8")
    return evaluate("FY2015Q1", folder)


@pytest.mark.parametrize("name", SECTIONS)
def test_a_caveat_is_marked_where_nothing_came(nothing, name):
    """No section says a caveat. Where there is no number the mark stands behind the name of the indicator.

    Of a cohort, which counts people who entered before, something is told, so its mark stands at that.
    """
    text = SECTIONS[name](nothing).plain
    assert "Caveat" not in text and "standard" not in text
    sheets = [sheet for sheet in nothing.project.sheets if sheet.name in text]
    told = [sheet for sheet in sheets if sheet.code in nothing.caveats]
    assert told and len([sheet for sheet in told if is_cohort(sheet)]) == (3 if name == "protection" else 0)
    for sheet in told:
        if not is_cohort(sheet) and (name in ("headlines", "progress")) <= sheet.headline:
            assert f"{sheet.name} [u]" in text


def test_the_list_of_caveats_names_each_once_for_all_that_it_is_about(nothing):
    """Few different failures of many indicators; of a cohort they are also of the days before, in which it entered."""
    listed = narrative.caveats(nothing).plain.splitlines()[2:]
    assert len(listed) == len(set(listed)) == len(failures(nothing)) < len(nothing.caveats)
    named = [line.split(", in ")[0].replace(", and ", ", ").replace(" and ", ", ").split(", ") for line in listed]
    assert {code for codes in named for code in codes} == set(nothing.caveats)
    for sheet in nothing.project.sheets:
        if is_cohort(sheet) and sheet.code in nothing.caveats:
            about = [line for line, codes in zip(listed, named, strict=True) if sheet.code in codes]
            assert any("FY2014Q4" in line for line in about) and any("FY2015Q1" in line for line in about)


def test_that_nothing_came_is_said_once_for_a_list(nothing):
    """The headlines name all of which nothing can be said, in one line; no empty list follows."""
    text = narrative.headlines(nothing)
    headlines = [sheet for sheet in nothing.project.sheets if sheet.headline]
    assert text.plain.count("nothing can be said") == 1
    assert all(text.plain.count(sheet.name) == 1 for sheet in headlines) and "<ul>" not in text.html


@pytest.mark.parametrize("code", ["prevention", "protection"])
def test_an_area_says_it_once_at_its_top_with_a_mark_at_each_indicator(nothing, some, code):
    """Each indicator of which nothing came is named once before the first heading, and has a mark under its own.

    Of cohorts the reason is another: in what did not come a later step may stand.
    """
    for found in (nothing, some):
        head, *parts = narrative.area(found, code).html.split("<h3>")
        untold = [sheet for sheet in found.project.sheets if sheet.area == code and sheet.code in found.arrival.untold]
        said = [line for line in head.splitlines() if "nothing can be said" in line]
        assert len(said) == len({is_cohort(sheet) for sheet in untold})
        assert all(("a later step" in line) == any(is_cohort(s) and s.name in line for s in untold) for line in said)
        assert all(sum(escape(sheet.name) in line for line in said) == 1 for sheet in untold)
        assert not any("nothing can be said" in part for part in parts)
        marked = [
            part.split()[0] for part in parts if re.search(r'Not received\b(\s<a class="caveat".*?</a>)? for', part)
        ]
        assert len(marked) == len(untold) <= len(parts)


def test_what_came_keeps_its_mark_at_its_number(some):
    """Where other tables came, their results are told with marks of their own, as in a whole report."""
    points, headlines = (section(some).plain for section in (narrative.points, narrative.headlines))
    assert {"1.1", "1.2", "1.4"} <= set(some.arrival.untold)
    assert headlines.startswith("Awareness-raising events held [u]; Participants in awareness-raising events [u]")
    assert "1,233 [u] hotline consultations" in points and "20 victims of trafficking were identified" in points
    assert "16 [u] victims of trafficking began" in points and "5 premises were provided" in headlines


def test_one_indicator_is_no_list(some):
    """Of one alone: no records of it came; of several: of them."""
    said = [line for line in narrative.headlines(some).plain.splitlines() if "nothing can be said" in line]
    assert said and all(("of them came" in line) == ("; " in line.split(":")[0]) for line in said)
