"""Seven attackers against everything that linked projects published to date, the rules known.

What a project publishes is what its gate lets through and the audit before a release does not
refuse. Attackers 1 to 6 may not show a single cell to be of 1 to 9 people; what the seventh, who
knows one record, learns is measured and written down (docs/insider.md).
"""

from collections import Counter
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from ctanalysis.disclosure.audit import opened
from ctanalysis.disclosure.audit.versions import versioned
from tests.attackers import ATTACKERS, parsing, partner
from tests.attackers.analyses import by_files_alone, pages
from tests.attackers.public import Printed, known_of, printed_of
from tests.bench import insiders
from tests.conftest import ROOT
from tests.generators import linked_projects as linked

YEAR_1, YEAR_2, TWO_YEARS = ("2011-10-01", "2012-09-30"), ("2012-10-01", "2013-09-30"), ("2011-10-01", "2013-09-30")
HIDDEN = (0, 9, True)
LONG = 5000


def weak(*cells):
    """Printed cells of people counted once: (days, way, category, least, most, and whether it is printed as of few)."""
    return [
        Printed(*days, way, category, "all", low, high, *few or (False,))
        for days, way, category, low, high, *few in cells
    ]


def public(code="once", ways=(("sex",), ("area",))):
    project = linked.with_sheets(code, ways=ways)
    return known_of(project, code)


# What a careless publication prints: numbers of 1 to 9 hidden, everything else as it is.
ONE_ROW = weak((YEAR_1, "total", "all", 45, 45), (YEAR_1, "sex", "female", 37, 37), (YEAR_1, "sex", "male", *HIDDEN))
TWO_RELEASES = weak((TWO_YEARS, "sex", "male", 20, 20), (YEAR_1, "sex", "male", 16, 16))
YEARS_AND_TO_DATE = weak(
    (YEAR_1, "sex", "male", *HIDDEN), (YEAR_2, "sex", "male", *HIDDEN), (TWO_YEARS, "sex", "male", 13, 17)
)
LINKED = weak(
    (TWO_YEARS, "total", "all", 60, 60),
    (YEAR_2, "total", "all", 31, 31),
    (TWO_YEARS, "sex", "female", 38, 42),
    (YEAR_1, "sex", "female", 13, 17),
    (YEAR_2, "sex", "male", *HIDDEN),
)
CROSSED = weak(
    (YEAR_1, "sex", "male", 12, 12),
    (YEAR_1, "sex × area", "male × north", 0, 0),
    (YEAR_1, "sex × area", "male × south", *HIDDEN),
    (YEAR_1, "sex × area", "male × west", 5, 5),
)
PLANTED = {
    "one row": (ONE_ROW, public(), ["subtraction", "linked tables", "rounding", "whole numbers"], ("sex", "male")),
    "two releases": (
        TWO_RELEASES,
        public(),
        ["differences", "linked tables", "rounding", "whole numbers"],
        ("sex", "male"),
    ),
    "years and to date": (
        YEARS_AND_TO_DATE,
        public(),
        ["differences", "linked tables", "rounding", "whole numbers"],
        ("sex", "male"),
    ),
    "several tables": (LINKED, public(), ["linked tables", "rounding", "whole numbers"], ("sex", "male")),
    "two things at once": (
        CROSSED,
        public("crossed", (("sex",), ("area",), ("sex", "area"))),
        ["linked tables", "rounding", "whole numbers"],
        ("sex × area", "male × south"),
    ),
}


@pytest.mark.parametrize(
    "planted, attacker", [(name, attacker) for name, (_, _, able, _) in PLANTED.items() for attacker in able]
)
def test_the_attackers_are_alive(planted, attacker):
    """Numbers of 1 to 9 hidden, everything else as it is: each attacker finds the cell that a reader with its method
    would.
    """
    printed, known, _, cell = PLANTED[planted]
    assert cell in {(found.way, found.category) for found in ATTACKERS[attacker](printed, known)}


@pytest.mark.parametrize("attacker", ATTACKERS)
def test_an_attacker_shows_nothing_where_nothing_can_be(attacker):
    """A hidden cell that may be nobody is not shown: 40 in all, women about 40.

    So what is found elsewhere is not found everywhere.
    """
    printed = weak(
        (YEAR_1, "total", "all", 40, 40), (YEAR_1, "sex", "female", 38, 42), (YEAR_1, "sex", "male", *HIDDEN)
    )
    assert ATTACKERS[attacker](printed, public()) == []


def attacked(released, names):
    """What attackers show of a released project: (attacker, cell)."""
    found = []
    for sheet in released.project.sheets:
        known = known_of(released.project, sheet.code, sheet.code in released.guarded)
        printed = printed_of(released.cells[released.cells["indicator"] == sheet.code], known)
        found += [(name, cell) for name in names for cell in ATTACKERS[name](printed, known)]
    return found


def names_for(seed):
    """All attackers.

    Of the one for whole numbers, who needs most of the time, every third project, and all in which half people could
    hide something: shares and two things at once.
    """
    code = list(linked.CALCULATIONS)[seed % len(linked.CALCULATIONS)]
    every = seed % 3 == 0 or code in ("share", "share_people", "crossed")
    return [name for name in ATTACKERS if name != "whole numbers" or every]


@pytest.mark.parametrize(
    "part", [part if part in (0, 3) else pytest.param(part, marks=pytest.mark.long) for part in range(6)]
)
def test_no_attacker_opens_a_cell_of_a_random_project(part):
    """204 projects of few people, every fourth with up to two releases: nothing of 1 to 9 is shown."""
    told = Counter()
    for seed in range(34 * part, 34 * part + 34):
        released = linked.released(seed, at_most=1 + (seed % 4 == 0))
        assert released.refused == 0, seed  # the rule needs no auditor
        told.update(released.cells["status"])
        assert attacked(released, names_for(seed)) == [], seed
    ranges = sum(number for status, number in told.items() if "–" in status)
    assert min(told["rounded"], ranges, told["fewer than 10"]) > 5  # there was something to attack


@pytest.mark.long
@pytest.mark.parametrize(
    "part", [part if part < 15 else pytest.param(part, marks=pytest.mark.long) for part in range(50)]
)
def test_no_attacker_opens_a_cell_of_many_random_projects(part):
    """5,000 projects with up to four releases each, all attackers on all."""
    for seed in range(1000 + LONG // 50 * part, 1000 + LONG // 50 * (part + 1)):
        assert attacked(linked.released(seed, at_most=4), ATTACKERS) == [], seed


# --- The sixth: numbers read back out of what is published -----------------------------------


def titles_of(project):
    """ "Name of an indicator by title of a field": (code, field); in detail, where there is a coarse form as well."""
    found = {}
    for sheet in project.sheets:
        for (way,) in (fields for fields in sheet.disaggregations if len(fields) == 1):
            title = project.package.locate(sheet.calculation.table, way).field.title
            in_detail = " in detail" if (f"{way}:coarse",) in sheet.disaggregations else ""
            found[f"{sheet.name} by {title}{in_detail}"] = sheet.code, way
    return found


def read_back(folder, project):
    """Everything that stands in the files of a report folder about indicators."""
    found, titles = [], titles_of(project)
    for path in sorted(folder.rglob("*")):
        if path.suffix in parsing_of:
            found += parsing_of[path.suffix](
                path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8"), titles
            )
    return found


parsing_of = {
    ".html": parsing.from_html,
    ".ipynb": parsing.from_notebook,
    ".csv": lambda source, text, _: parsing.from_csv(source, text),
}


def is_printed(read, told):
    """Whether a number stands for a printed one: the cell's own.

    Where only the days are said, any of that indicator and those days; else derived by one of three rules.
    """
    rows = told[
        (told["indicator"] == read.indicator) & (not read.days or told["start"].add("/").add(told["end"]) == read.days)
    ]
    if read.way == "change":  # a difference of two printed totals
        totals = (
            told[(told["indicator"] == read.indicator) & (told["disaggregation"] == "total")]["value"].dropna().unique()
        )
        return any(
            abs(abs(one - other) * scale - abs(read.value)) < 0.51
            for one in totals
            for other in totals
            for scale in (1, 100)
        )
    if read.way == "per cent of recorded":  # of a number's bounds, outwards
        return of_recorded(read, rows)
    if read.way in ("target", "per cent of target"):  # targets are no records; their per cent is of a printed total
        return read.way == "target" or len(rows) > 0
    if read.value is None:  # a state: the cell's own, or "no" number where there is none
        return read.status in {
            *rows.loc[(rows["disaggregation"] == read.way) & (rows["category"] == read.category), "status"]
        }
    if read.way and read.category:
        rows = rows[(rows["disaggregation"] == read.way) & (rows["category"] == read.category)]
    slack = 0.0051 if 0 < read.value < 1.01 else 1e-6  # shares are told in whole per cent
    names = ("value", "low", "high", "numerator", "denominator")
    return any((rows[name] - read.value).abs().min() <= slack for name in names)


def of_recorded(read, rows):
    """Whether a share is what the bounds of some printed number are of the recorded of its breakdown."""
    bases = rows[rows["category"] == "recorded"].groupby(["disaggregation", "start", "end"])["value"].first()
    shares = set()
    for way, start, end, low, high in (
        rows[["disaggregation", "start", "end", "low", "high"]].dropna().itertuples(index=False)
    ):
        base = bases.get((way, start, end), 0)
        if base:
            shares |= {100 * low // base, -(-100 * high // base)}
    return round(100 * read.value) in shares


def audited(project):
    return [sheet.code for sheet in project.sheets if project.disclosure_rule(sheet).audited]


@pytest.fixture(scope="module")
def derived(evaluation, tmp_path_factory):
    """What whoever has the CSV files alone reads in analyses that were made from them (see attackers.analyses)."""
    alone = pages(by_files_alone(evaluation, tmp_path_factory.mktemp("files")))
    titles = titles_of(evaluation.project)
    return {one[1:] for name, text in alone.items() for one in parsing.from_html(name, text, titles)}


@pytest.fixture(scope="module")
def report(made, evaluation):
    """What was read back out of the report folder of the shipped project, and what its gate printed."""
    told = evaluation.printed
    return (
        evaluation.project,
        [read for read in read_back(made, evaluation.project) if read.indicator in audited(evaluation.project)],
        told,
    )


def test_every_number_in_a_report_is_a_printed_cell(report, derived):
    """Pages, notebooks, CSV, images: each number about people who were trafficked is one that the gate let through,
    follows from those by a stated rule, or is the same in analyses that were made from the CSV files alone.
    """
    _project, reads, told = report
    assert [read for read in reads if not is_printed(read, told) and read[1:] not in derived] == []
    kinds = Counter(read.source.rsplit(".", 1)[1] for read in reads)
    assert kinds["html"] > 200 and kinds["ipynb"] > 200 and kinds["csv"] > 300


def test_no_file_is_published_that_no_attacker_reads(made):
    """The one workbook has the rows of the CSV files, which tests/formats/test_workbook.py holds it to."""
    files = [path for path in made.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".html", ".ipynb", ".csv", ".png", ".svg", ".json", ".xlsx"}
    assert [path.name for path in files if path.suffix == ".xlsx"] == ["evaluation.xlsx"]


def rebuilt(reads):
    """The cells that a reader of the files has: what is said with its days, breakdown and category.

    Shares from the CSV, where both their numbers stand.
    """
    rows = {}
    for read in reads:
        if read.days and read.way and read.category and read.way not in ("change", "target", "per cent of target"):
            rows.setdefault((read.indicator, *read.days.split("/"), read.way, read.category), (read.value, read.status))
    frame = pd.DataFrame(
        [(*place, *what) for place, what in rows.items()],
        columns=["indicator", "start", "end", "disaggregation", "category", "value", "status"],
    )
    said = frame["status"].str.fullmatch(r"exact|rounded|fewer than \d+|\d+–\d+( %)?")
    return frame[said].astype({"value": float})


def test_what_is_read_back_opens_nothing(report):
    """The attackers 1 to 5 are given what stands in the pages and notebooks only.

    Each way to break down by itself, with the totals; of people counted in each period over 13 quarters, those who try
    kinds of people have too many to try.
    """
    project, reads, _ = report
    cells = rebuilt([read for read in reads if not read.source.endswith(".csv") or read.source.endswith("history.csv")])
    assert len(cells) > 120 and cells["status"].str.contains("–").any()
    for code in audited(project):
        sheet, known = project.sheet(code), known_of(project, code)
        names = [
            name
            for name in ATTACKERS
            if known.kind != "each period" or name in ("subtraction", "differences", "rounding")
        ]
        for way in known.ways if not sheet.is_ratio else ():
            one = replace(known, ways=(way,), fields={way: known.fields[way]})
            printed = printed_of(
                cells[(cells["indicator"] == code) & cells["disaggregation"].isin(["total", way])], one
            )
            assert [(name, ATTACKERS[name](printed, one)) for name in names if ATTACKERS[name](printed, one)] == []


def test_a_true_number_in_a_page_is_noticed(report):
    """The reading is alive: one number that the gate did not let through, put into a sentence,
    a table or the data of a figure, is found.
    """
    project, _, told = report
    page = (
        '<p><data title="indicator 2.1, last fiscal year (2013-10-01 to 2014-09-30)" value="3">3</data></p>'
        "<table><caption>Victims of trafficking identified by oblast, October 2013–September "
        "2014</caption><tr><th>Oblast</th></tr><tr><th>not recorded</th><td>4</td></tr></table>"
        "<figure><details><table><caption>Victims of trafficking identified by oblast, October 2013–September "
        "2014</caption><tr><th>Oblast</th></tr><tr><th>not recorded</th><td>about 40 (5–44)</td></tr></table></figure>"
    )
    reads = parsing.from_html("page.html", page, titles_of(project))
    assert [read.value for read in reads if not is_printed(read, told)] == [3, 4, 40, 5, 44]


# --- The seventh: whoever knows one record ---------------------------------------------------


@pytest.mark.long
def test_what_an_insider_learns_is_written_down():
    """docs/insider.md is what is measured now, of single people and of partners; generated by insiders.text()."""
    assert (ROOT / "docs" / "insider.md").read_text(encoding="utf-8") == insiders.text()


def test_a_partner_takes_its_own_clients_out():
    """About 40 women, 36 to 44, of whom 35 are its clients: 1 to 9 others. Who knows few of them sees no such thing."""
    printed = weak((YEAR_1, "total", "all", 80, 80), (YEAR_1, "sex", "female", 36, 44))
    clients = [("2012-01-01", {"sex": "female"})] * 35
    one = replace(public(), ways=("sex",), fields={"sex": ("female", "male")})
    assert {cell[2:4] for cell in partner.opened(printed, one, clients)} == {("sex", "female")}
    assert partner.opened(printed, one, clients[:5]) == set()
    assert partner.beside_the_largest(["AAB" * 9, "A" * 20 + "B" * 12]) == (2, 1)


# --- What these attackers found --------------------------------------------------------------


def test_the_gate_lets_nothing_through_that_the_audit_refuses():
    """About 25 of 47 plans to one year end and about 30 of 60 to the next: 1 to 9 of the 13 in between were completed.

    The gate must withhold the second.
    """
    project = linked.with_sheets("share", ways=[("sex",)], through=date(2013, 9, 30))
    begun = [(year, place < done) for year, done, count in ((2012, 25, 47), (2013, 5, 13)) for place in range(count)]
    people = [(date(2012, 1, 1), "F", "L", "N", True)] * len(begun)
    records = linked.register(
        people, plans=[(person, date(year, 1, 1), None, "N", done) for person, (year, done) in enumerate(begun)]
    )
    frames = []
    for period in ("FY2012", "FY2013"):
        frames.append(linked.told(project, records, project.calendar.named(period), frames))
    assert "rounded" in set(frames[0]["status"])
    assert opened(versioned(frames), project) == []


@pytest.mark.parametrize("count", [10, 12, 13])
def test_withholding_does_not_tell_what_is_withheld(count):
    """So many people by sex.

    If all divisions but those with 1 to 9 of each were printed, "withheld" would say that there are 1 to 9 of each; so
    some of the others are withheld as well.
    """
    project = linked.with_sheets("once", ways=[("sex",)], through=date(2012, 9, 30))

    def prints(women):
        people = [(date(2012, 1, 1), "F" if place < women else "M", "L", "N", True) for place in range(count)]
        found = linked.told(project, linked.register(people), project.calendar.named("FY2012"))
        return found[["start", "end", "disaggregation", "category", "value", "status"]].to_csv()

    told = [prints(women) for women in range(count + 1)]
    for truth in set(told):
        women = [number for number, print_ in enumerate(told) if print_ == truth]
        assert min(women) == 0 or max(women) >= 10, women
        assert max(women) == count or count - min(women) >= 10, women
