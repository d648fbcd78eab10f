"""Of a period for which no records came, the sentences say so once for each list, and each caveat once in a section."""

from html import escape

import pytest

from ctanalysis import evaluate, narrative
from ctanalysis.disclosure.waiting.named import is_cohort
from tests.conftest import copied, evaluated

SECTIONS = {
    "headlines": narrative.headlines,
    "progress": narrative.progress,
    "awareness": lambda evaluation: narrative.area(evaluation, "prevention"),
    "protection": lambda evaluation: narrative.area(evaluation, "protection"),
    "limits": narrative.limits,
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
def test_a_caveat_is_said_once_where_nothing_came(nothing, name):
    """Each of the few different caveats once, at the top, behind the names of all that it is about.

    Of a cohort, which counts people who entered before, something is told; so it has its caveat beside it: that of the
    days of which it is told.
    """
    text = SECTIONS[name](nothing).plain
    said = [words for words in set(nothing.caveats.values()) if words in text]
    assert said and len(nothing.caveats) > 2 * len(set(nothing.caveats.values()))
    sheets = [sheet for sheet in nothing.project.sheets if sheet.name in text]
    cohorts = [nothing.caveats[sheet.code] for sheet in sheets if is_cohort(sheet)]
    others = {nothing.caveats[sheet.code] for sheet in sheets if not is_cohort(sheet)}
    assert all(text.count(f"{words}.") == (words in others) + cohorts.count(words) for words in said)
    assert all("FY2014Q4" in words and "FY2015Q1" not in words for words in cohorts)
    assert len(cohorts) == (3 if name == "protection" else 0)
    for sheet in sheets:
        if not is_cohort(sheet) and (name in ("headlines", "progress", "limits")) <= sheet.headline:
            assert caveat_line(text, sheet.name, nothing.caveats[sheet.code])


def caveat_line(text, name, words):
    """The lines that name an indicator and have the words."""
    return [line for line in text.splitlines() if words in line and name in line.split(":")[0].split("; ")]


def test_that_nothing_came_is_said_once_for_a_list(nothing):
    """The headlines name all of which nothing can be said, a line for each different caveat; no empty list follows."""
    text = narrative.headlines(nothing)
    headlines = [sheet for sheet in nothing.project.sheets if sheet.headline]
    assert text.plain.count("nothing can be said") == len({nothing.caveats[sheet.code] for sheet in headlines})
    assert all(text.plain.count(sheet.name) == 1 for sheet in headlines) and "<ul>" not in text.html


@pytest.mark.parametrize("code", ["prevention", "protection"])
def test_an_area_says_it_once_at_its_top_with_a_mark_at_each_indicator(nothing, some, code):
    """Each indicator of which nothing came is named once before the first heading, and has a mark under its own."""
    for found in (nothing, some):
        head, *parts = narrative.area(found, code).html.split("<h3>")
        untold = [sheet for sheet in found.project.sheets if sheet.area == code and sheet.code in found.arrival.untold]
        said = [line for line in head.splitlines() if "nothing can be said" in line]
        assert len(said) == len({found.caveats.get(sheet.code, "") for sheet in untold})
        assert all(sum(escape(sheet.name) in line for line in said) == 1 for sheet in untold)
        assert not any("nothing can be said" in part for part in parts)
        marked = [part.split()[0] for part in parts if "Not received for" in part]
        assert len(marked) == len(untold) <= len(parts)


def test_what_came_keeps_its_caveat_beside_its_number(some):
    """Where other tables came, their results stand in the list with their own caveats, as they do in a whole report."""
    text, usual = narrative.headlines(some).plain, narrative.headlines(evaluated("FY2015Q1")).plain
    told = [sheet for sheet in some.project.sheets if sheet.headline and sheet.code not in some.arrival.untold]
    assert {"1.1", "1.2"} <= set(some.arrival.untold) and len(told) > 3
    assert text.splitlines()[0].startswith("Awareness-raising events held; Participants in awareness-raising events")
    opened = {line.split(" were ")[0].split(" was ")[0] for line in usual.splitlines()}
    rest = text.splitlines()[1:]
    caveats = {some.caveats[sheet.code] for sheet in told if sheet.code in some.caveats}
    assert len(rest) >= len(told) and caveats and all(any(words in line for line in rest) for words in caveats)
    assert sum(line.split(" were ")[0].split(" was ")[0] in opened for line in rest) == len(told)


def test_one_indicator_is_no_list(some):
    """Of one alone: no records of it came; of several: of them."""
    said = [line for line in narrative.headlines(some).plain.splitlines() if "nothing can be said" in line]
    assert said and all(("of them came" in line) == ("; " in line.split(":")[0]) for line in said)
