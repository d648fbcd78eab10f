"""population.csv is read strictly: what it lacks, says twice or adds up wrong is refused in a sentence."""

import csv
import re

import pytest

from ctanalysis import Refused
from ctanalysis.intake import newproject
from ctanalysis.project import examples, load
from tests.generators import small

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'
NUMERATOR = f"[calculation.numerator]\n{COUNT}"
RATE = f'measure = "rate"\n{NUMERATOR}'
HEADER = "year,sex,kind,population,source\n"


def project_of(folder, text=None, calculation=RATE, **more):
    small.write(folder, "day sex\n2014-01-01 F", calculation, **more)
    if text is not None:
        (folder / "population.csv").write_text(text, encoding="utf-8")
    return load(folder)


def refused(folder, text, calculation=RATE, **more):
    with pytest.raises(Refused) as refusal:
        project_of(folder, text, calculation, **more)
    return str(refusal.value)


WRONG = {
    "an empty file": ("", "the first row must name the columns year, population and source"),
    "a column missing": (
        "year,population\n2014,5\n",
        "the first row must name the columns year, population and source",
    ),
    "a column twice": ("year,sex,sex,population,source\n", "the first row must name the columns"),
    "an unknown column": ("year,region,population,source\n2014,N,5,s\n", "'region' is no field with categories of any"),
    "a field without categories": ("year,person,population,source\n2014,p1,5,s\n", "'person' is no field with cat"),
    "an unknown category": (f"{HEADER}2014,X,,5,s\n", "row 2: 'X' is no category of 'sex'. There are: F, M."),
    "a label for a category": (f"{HEADER}2014,female,,5,s\n", "'female' is no category of 'sex'. There are: F, M."),
    "no year": (f"{HEADER},,,5,s\n", "row 2: column 'year' must be a calendar year, like 2014"),
    "a fiscal year": (f"{HEADER}FY2014,,,5,s\n", "column 'year' must be a calendar year, like 2014"),
    "a year long ago": (f"{HEADER}214,,,5,s\n", "row 2: 'year' must be at least 1900."),
    "no residents": (
        f"{HEADER}2014,,,,s\n",
        "row 2: column 'population' must be a whole number of people, like 448900",
    ),
    "residents in words": (f'{HEADER}2014,,,"448,900",s\n', "column 'population' must be a whole number of people"),
    "thousands": (f"{HEADER}2014,,,448.9,s\n", "column 'population' must be a whole number of people"),
    "less than nobody": (f"{HEADER}2014,,,-5,s\n", "column 'population' must be a whole number of people"),
    "no source": (f"{HEADER}2014,,,5,\n", "row 2: column 'source' is empty. Say who published the number"),
    "a formula as source": (f"{HEADER}2014,,,5,=1+1\n", "a spreadsheet would take it for a formula"),
    "a row too short": (f"{HEADER}2014,,5,s\n", "row 2: it has 4 cells where the first row has 5."),
    "a row twice": (f"{HEADER}2014,,,5,s\n2014,,,6,s\n", "row 3: row 2 is of the same year and categories."),
    "a category left out, without a total": (
        f"{HEADER}2014,F,,5,s\n",
        "2014: there is no row of sex M, so nobody knows",
    ),
    "a crossed cell left out": (f"{HEADER}2014,F,NA,5,s\n2014,M,|,5,s\n", "2014: there is no row of kind NA and sex M"),
    "parts that are not the total": (
        f"{HEADER}2014,,,11,s\n2014,F,,5,s\n2014,M,,5,s\n",
        "2014: in all there are 11 residents, and added up by sex 10. Parts and the whole must be of the same people",
    ),
    "a category left out of its total": (f"{HEADER}2014,,,10,s\n2014,F,,5,s\n", "in all there are 10 residents, and"),
    "two ways that differ": (
        f"{HEADER}2014,F,,5,s\n2014,M,,5,s\n2014,,NA,3,s\n2014,,|,3,s\n2014,,007,3,s\n",
        "2014: by kind there are 9 residents, and added up by sex 10",
    ),
    "crossed cells that differ from a part": (
        f"{HEADER}2014,F,,6,s\n2014,M,,5,s\n"
        + "".join(f"2014,{sex},{kind},{2 if kind == 'NA' else 1},s\n" for sex in "FM" for kind in ("NA", "|", "007")),
        "2014: by sex there are 6 residents of sex F, and added up by kind and sex 4",
    ),
}


@pytest.mark.parametrize("text, said", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_refused_in_a_sentence(tmp_path, text, said):
    """The file, the row or the year, and what to do; nothing of the library's own words."""
    message = refused(tmp_path / "p", text)
    assert said in message and "population.csv" in message
    assert "Traceback" not in message and "pydantic" not in message


def test_a_cell_without_an_end_is_refused(tmp_path):
    """As in a process that has read no records yet: the reader of records allows longer cells."""
    limit = csv.field_size_limit(131_072)
    try:
        message = refused(tmp_path / "p", f'{HEADER}2014,,,5,"{"s" * 200_000}\n')
    finally:
        csv.field_size_limit(limit)
    assert "population.csv: a cell is too long to be read. Shorten it" in message


def test_a_file_that_no_sheet_uses_is_looked_at_all_the_same(tmp_path):
    assert "is no category of 'sex'" in refused(tmp_path / "p", f"{HEADER}2014,X,,5,s\n", COUNT)


def test_a_total_lets_a_category_be_left_out_in_which_nobody_is(tmp_path):
    found = project_of(tmp_path / "p", f"{HEADER}2014,,,5,s\n2014,F,,5,s\n").population
    assert found.by(["sex"], 2014) == {frozenset({("sex", "F")}): 5} and found.by(["sex"], 2013) == {}


def test_columns_stand_in_any_order(tmp_path):
    found = project_of(tmp_path / "p", "source,population,sex,year\ns,2,F,2014\ns,3,M,2014\n").population
    assert found.by((), 2014) == {frozenset(): 5} and found.fields == ("sex",)


SHEETS = {
    "no file": (None, RATE, "open", "a rate is a number for so many residents, and the project has no population.csv"),
    "a breakdown that it has not": (
        "year,sex,population,source\n2014,,5,s\n",
        RATE.replace("\n", '\ndisaggregate = ["kind"]\n', 1),
        "open",
        "a rate cannot be disaggregated by 'kind': no year of population.csv has residents by it. Its fields are: sex.",
    ),
    "two at once that it has not": (
        f"{HEADER}2014,,,5,s\n2014,F,,5,s\n2014,,NA,5,s\n",
        RATE.replace("\n", '\ndisaggregate = [["sex", "kind"]]\n', 1),
        "open",
        "no year of population.csv has residents by both at once",
    ),
    "people who were trafficked": (
        f"{HEADER}2014,,,5,s\n",
        RATE,
        "victims",
        "a rate cannot be of 'rows', of class 'victims', whose totals are audited: it would tell a number of people by "
        "another name. Count them with people or count, and divide by residents where the number is read.",
    ),
    "people of each period": (
        f"{HEADER}2014,,,5,s\n",
        RATE.replace("count", "people") + '\nperson = "person"\ncounted = "each period"',
        "open",
        'a rate is of what adds up: take counted = "each period"',
    ),
    "a level": (
        f"{HEADER}2014,,,5,s\n",
        RATE.replace("count", "level"),
        "open",
        "there is no measure 'level'",
    ),
    "for nobody": (f"{HEADER}2014,,,5,s\n", f"{RATE}".replace("\n", "\nper = 0\n", 1), "open", "must be at least 1"),
    "a column that is not there": (
        f"{HEADER}2014,,,5,s\n",
        RATE.replace("count", "sum") + '\ncolumn = "sex"',
        "open",
        "field 'sex' must be of type integer or number",
    ),
}


@pytest.mark.parametrize("text, calculation, disclosure, said", SHEETS.values(), ids=SHEETS)
def test_a_rate_that_cannot_be_is_refused_with_an_example(tmp_path, text, calculation, disclosure, said):
    message = refused(tmp_path / "p", text, calculation, disclosure=disclosure)
    assert said in message and "indicators/x.toml" in message and 'measure = "rate"' in message


def test_the_example_is_a_sheet_of_a_new_project(tmp_path):
    """In the place of the first calculation that `make project` lays out; without the residents beside it, refused."""
    folder = newproject.lay_out(tmp_path / "new")
    path = folder / "indicators" / "1.1-example.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("\n[calculation]")] + "\n" + examples.example("rate"), encoding="utf-8")
    policy = folder / "policy.toml"
    policy.write_text(re.sub(r"\n\[\[victims\.breakdowns\]\]\n(\w+ = .*\n)+", "\n", policy.read_text("utf-8")), "utf-8")
    assert load(folder).population.illustrative(2026, 2026) == {2026: (1, 1)}
    (folder / "population.csv").unlink()
    with pytest.raises(Refused, match=r"the project has no population\.csv: write one with the columns year"):
        load(folder)
