"""make region: several projects side by side, with totals that each may tell, and what is not comparable named."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from ctanalysis import Refused, evaluate, narrative
from ctanalysis.__main__ import main
from ctanalysis.language import Speech
from ctanalysis.project import SHIPPED, load
from ctanalysis.region import making
from ctanalysis.reports.languages import _without as without
from ctanalysis.tables.sheets import reference_sheet
from tests.conftest import ROOT, evaluated
from tests.region import republics
from tests.releases.conftest import stand_in  # noqa: F401  # a fixture: reports are not made for a release
from tests.releases.steps import bytes_of, run

NAMES = {"the Kyrgyz Republic": SHIPPED} | {one.name.capitalize(): Path(one.name) for one in republics.REPUBLICS}


class Tables(HTMLParser):
    """The rows of a page's tables as texts, and every <data> element with what it is of."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.data, self.inside = [], [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")
            self.inside = True
        if tag == "data":
            self.data.append((dict(attributes)["title"], Decimal(dict(attributes)["value"])))

    def handle_endtag(self, tag):
        self.inside &= tag not in ("th", "td")

    def handle_data(self, data):
        if self.inside:
            self.rows[-1][-1] += data


@pytest.fixture(scope="module")
def five(tmp_path_factory):
    """The folder of the four sister projects."""
    return republics.write(tmp_path_factory.mktemp("region") / "projects")


@pytest.fixture
def outputs(tmp_path, monkeypatch):
    """Where the page is put: not into the checkout."""
    monkeypatch.setattr(making, "output_folder", lambda folder, name: tmp_path / name)
    return tmp_path / "reports" / "region"


@pytest.fixture(scope="module")
def made(five, tmp_path_factory):
    """The folder of the page of all five."""
    place = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "output_folder", lambda folder, name: place / name)
        return making.make(f"{SHIPPED} {five}/*", "FY2015Q1")


@pytest.fixture(scope="module")
def page(made):
    return (made / "region.html").read_text(encoding="utf-8")


def read(made):
    text = {"indicator": str}
    return pd.read_csv(made / "region.csv", dtype=text, keep_default_na=False, na_values={"value": ""})


def words(page):
    """The text of a page with single blanks."""
    text = " ".join(re.sub(r"<[^>]*>", " ", page[page.index("<main>") :]).split())
    return re.sub(r" ([.,;:])", r"\1", text)


def refused(text, label, *says):
    with pytest.raises(Refused) as refusal:
        making.make(text, label)
    for part in says:
        assert part in str(refusal.value), refusal.value


def two(parent, first="tajikistan", second="kazakhstan"):
    """Two of the republics, to be changed."""
    every = republics.write(parent / "all")
    return every / first, every / second


def changed(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# --- What stands on it ----------------------------------------------------------------------------


def test_every_number_is_a_total_of_its_project(made, page, five):
    """Each row of region.csv is the total of the project's own evaluation; each number in the page is of a row."""
    table = read(made)
    assert len(table) == 2 * 12
    folders = {country: SHIPPED if folder == SHIPPED else five / folder for country, folder in NAMES.items()}
    told = cache(lambda country, period: evaluate(period, folders[country]))
    for row in table.itertuples():
        [total] = told(row.country, row.period).by(row.indicator, "total", row.horizon).itertuples()
        assert (total.start, total.end, total.status) == (row.start, row.end, row.status)
        assert total.value == row.value or (pd.isna(total.value) and pd.isna(row.value))
    shown = [(row.indicator, row.horizon, row.start, row.end, row.value) for row in table.itertuples()]
    data = Tables(page).data
    marks = [re.fullmatch(r"indicator (\S+), (.+) \((\S+) to (\S+)\)(, .*)?", title) for title, _ in data]
    values = [
        (*found.groups()[:4], float(number))
        for found, (title, number) in zip(marks, data, strict=True)
        if found and not found[5]
    ]
    assert sorted(values) == sorted(one for one in shown if not pd.isna(one[-1]))  # but for what was not received
    assert {title for title, _ in data if not title.startswith("indicator ")} == {"calendar"}


def test_each_number_leads_to_how_it_is_calculated(page):
    """Two projects may have the same code: the place is that of the row's own words, and there is one of it."""
    led = re.findall(r'<a class="origin" href="#([^"]*)">', page)
    assert len(led) > 40 and set(led) == {"how-CAR-1-1", "how-CAR-3-1", "how-CAR-6-1", "how-CAR-6-2"}
    assert all(page.count(f'<li id="{place}">') == 1 for place in set(led))
    row = next(one for one in re.findall("<tr>.*</tr>", page) if "Kazakhstan" in one and "CAR-6" in one)
    assert "how-CAR-6-2" in row and "how-CAR-6-1" not in row
    assert re.search(r'<li id="how-CAR-6-2"><strong>Kazakhstan</strong>.*legal aid, education', page)


def test_no_breakdown_is_on_it(page):
    """No category of any breakdown of people has a number: no table speaks of women, men, ages or places."""
    labels = {
        category.label
        for name in ("sex", "age_group", "oblast", "exploitation")
        for table in load(SHIPPED).package.resources
        if name in table.fields
        for category in table.fields[name].categories or ()
    }
    cells = {cell.strip() for row in Tables(page).rows for cell in row}
    assert len(labels) > 20 and labels & cells == set()


def test_what_is_not_comparable_is_named(page):
    """Another definition in words, another calendar, what was not received; of a calendar year the same days."""
    text = words(page)
    assert "Kazakhstan is not comparable: it is calculated otherwise: Distinct" in text
    assert "is one of: legal aid, education, each counted once" in text
    assert "Turkmenistan: its fiscal year begins in February, so that no quarter of it has these days." in text
    assert "Uzbekistan: October–December 2014 is not received." in text
    assert "Uzbekistan: the total to date is without the records of FY2014Q4." in text
    rows = [row for row in Tables(page).rows if row and row[0] == "Uzbekistan"]
    assert rows[0][4] == "FY2014Q4" and [row[1] for row in rows[1:]] == ["6", "not received", "3"]
    apart = next(n for n, row in enumerate(Tables(page).rows) if row == ["Not comparable with those above"])
    assert Tables(page).rows[apart + 1][0] == "Kazakhstan"


def test_each_project_has_its_own_notice_and_promise(page):
    """Invented records are said to be; each policy is told, the shipped one with its promise."""
    text = words(page)
    assert "Synthetic records." in text and "Real records." not in text
    assert "Kazakhstan, Tajikistan, Turkmenistan, and Uzbekistan. Everything is invented but" in text
    assert "nobody can work out a number of 1 to 9 in a breakdown" in text
    assert re.findall(r"<summary>(.*?)</summary>", page)[-2:] == [
        "The Kyrgyz Republic",
        "Kazakhstan, Tajikistan, and Uzbekistan",
    ]
    assert "8 of the 9 of 2014" in text and "a draft" in text


def test_the_same_inputs_give_the_same_bytes(made, five, outputs):
    """Made again elsewhere, from folders named otherwise."""
    again = making.make(f"{SHIPPED} {five}/kazakhstan {five}/t* {five}/uzbekistan", "fy2015q1")
    assert again == outputs / "FY2015Q1"
    assert {path.name: path.read_bytes() for path in again.iterdir()} == {
        path.name: path.read_bytes() for path in made.iterdir()
    }


def test_the_page_asks_nobody_and_its_words_hold_no_number(page):
    """No script, no request; in the template, as in the catalogue, a number comes through a mark only."""
    assert "default-src 'none'" in page and "<script" not in page and not re.search(r'(src|href)="(http|//)', page)
    assert page.startswith("<!DOCTYPE html>")
    template = (ROOT / "ctanalysis" / "region" / "region.html").read_text(encoding="utf-8")
    said = re.sub(r"{#.*?#}|{{.*?}}|{%.*?%}|<[^>]*>", "", template, flags=re.DOTALL)
    assert not re.search(r"\d", said)


# --- In other languages ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def three(five, tmp_path_factory):
    """The folder of the page of all five in the languages that they have."""
    place = tmp_path_factory.mktemp("three")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "output_folder", lambda folder, name: place / name)
        return making.make(f"{SHIPPED} {five}/*", "FY2015Q1", "ru ky")


def marked(page):
    """The numbers and days of a page, in their order."""
    return re.findall(r'<data value="([^"]*)" title="([^"]*)">|<time datetime="([^"]*)">', page)


@pytest.mark.parametrize("code", ["ru", "ky"])
def test_another_language_has_the_same_numbers_in_the_same_order(code, three, page):
    """And the same values beside them; the first language is as it is alone, but for its links."""
    text = (three / code / "region.html").read_text(encoding="utf-8")
    assert f'<html lang="{code}">' in text and marked(text) == marked(page) and len(marked(page)) > 80
    assert f'<a href="{code}/region.html" hreflang="{code}" lang="{code}">' in _first(three)
    assert '<a href="../region.html" hreflang="en" lang="en">English</a>' in text
    assert '<a href="../region.csv">region.csv</a>' in text
    assert without(_first(three)) == page and (three / "region.csv").is_file()


def _first(made):
    return (made / "region.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", ["ru", "ky"])
def test_no_english_word_is_left(code, three):
    """But sources of facts, marked as English, and labels of periods; the page says that its words are a draft."""
    text = (three / code / "region.html").read_text(encoding="utf-8")
    text = re.sub(r"<style>.*?</style>|<nav class=.languages.*?</nav>", "", text, flags=re.DOTALL)
    sources = re.findall(r'<span [^>]*lang="en">(.*?)</span>', text)
    assert len(sources) == 2 and all("USAID fact sheet" in one for one in sources)
    text = unescape(re.sub(r'<span [^>]*lang="en">.*?</span>|<[^>]*>', " ", text))
    left = re.findall("[A-Za-z]{2,}", text)
    assert {word for word in left if not re.fullmatch(r"FY|Q|CAR|PS|region|csv", word)} == set()
    assert Speech(code).plain("page.not_reviewed").split(".")[0] in text


@pytest.mark.long
def test_a_language_stays_with_the_page(tmp_path, outputs):
    """Made again without a word of it, it is of the new numbers; with nothing changed it has the same bytes."""
    first, second = two(tmp_path)
    made = making.make(f"{first} {second}", "FY2015Q1", "ru")
    before = bytes_of(made)
    assert bytes_of(making.make(f"{first} {second}", "FY2015Q1")) == before and {*before} == {
        "region.csv",
        "region.html",
        "ru/region.html",
    }
    changed(first, "project.toml", "records_through = 2014-12-31", "records_through = 2015-01-31")
    making.make(f"{first} {second}", "FY2015Q1")
    assert "2015-01-31" in (made / "ru" / "region.html").read_text(encoding="utf-8")


def test_a_language_that_one_project_has_not_is_refused(tmp_path, outputs):
    """With its folder, and those that all have; so are projects without a language in common."""
    first, second = two(tmp_path)
    both = f"{first} {second}"
    changed(second, "project.toml", '"en", "ru", "ky"', '"en", "ky"')
    for written, says in (("ru", f"The project in {second} is not told"), ("xx", "not told"), (",", "names no")):
        with pytest.raises(Refused, match=re.escape(says)) as refusal:
            making.make(both, "FY2015Q1", written)
        assert "All of these projects are told in: en, ky." in str(refusal.value)
    changed(second, "project.toml", '"en", "ky"', '"ky"')
    (second / "translations" / "ru.toml").unlink()
    changed(first, "project.toml", '"en", "ru", "ky"', '"en", "ru"')
    (first / "translations" / "ky.toml").unlink()
    refused(both, "FY2015Q1", "have no language in common")
    assert not outputs.exists()


# --- Which days, and who has them -----------------------------------------------------------------


def test_the_days_are_those_that_most_calendars_mean(five, outputs):
    """The first may have another calendar: the page is of the days that the label has in most of them."""
    made = making.make(f"{five}/uzbekistan {five}/tajikistan {five}/kazakhstan", "FY2015Q1")
    assert {row.start for row in read(made).itertuples() if row.horizon == "period"} == {"2014-10-01"}


@pytest.mark.long
def test_a_project_without_these_days_is_named(tmp_path, outputs):
    """Its records do not go so far, or it was over before: the others have their page."""
    first, second = two(tmp_path)
    changed(first, "project.toml", "records_through = 2014-12-31", "records_through = 2014-09-30")
    over = first.parent / "turkmenistan"
    changed(over, "project.toml", "first_month = 2", "first_month = 10")
    changed(over, "project.toml", "end = 2015-01-31", "end = 2014-09-30")
    text = words((making.make(f"{first} {over} {second} {SHIPPED}", "FY2015Q1") / "region.html").read_text("utf-8"))
    assert "Tajikistan: not received: its records are complete through 30 September 2014 only." in text
    assert "Turkmenistan: it ended on 30 September 2014." in text


@pytest.mark.long
def test_a_project_that_had_part_of_the_days_is_not_comparable(tmp_path, outputs):
    """It began within them: its total stands apart, with its own days."""
    first, second = two(tmp_path)
    changed(first, "project.toml", "start = 2010-10-01", "start = 2014-11-01")
    text = words((making.make(f"{first} {second} {SHIPPED}", "FY2015Q1") / "region.html").read_text("utf-8"))
    assert text.count("Tajikistan is not comparable: it is told of 1 November 2014 to 31 December 2014 only.") == 3


def test_where_none_are_alike_none_is_above(tmp_path, outputs):
    """Two that are calculated otherwise: neither is the measure of the other."""
    first, second = two(tmp_path)
    page = (making.make(f"{first} {second}", "FY2015Q1") / "region.html").read_text(encoding="utf-8")
    assert ["Not comparable with each other"] in Tables(page).rows
    changed(first, "indicators/1.1-awareness-raising-events.toml", 'unit = "events"', 'unit = "meetings"')
    page = (making.make(f"{second} {first}", "FY2015Q1") / "region.html").read_text(encoding="utf-8")
    assert "Tajikistan is not comparable: its unit is another one: meetings." in words(page)


@pytest.mark.long
def test_it_says_what_was_released(tmp_path, outputs):
    """A project that has released the period, and one that has changed since."""
    first, second = two(tmp_path)
    assert run(first, "FY2015Q1", "2015-02-10") == 0
    page = (making.make(f"{first} {second}", "FY2015Q1") / "region.html").read_text(encoding="utf-8")
    assert [row[-1] for row in Tables(page).rows[1:3]] == ["released on 10 February 2015", "a draft"]
    path = first / "records" / "events" / "events.csv"
    path.write_text(
        path.read_text(encoding="utf-8")
        + "999,2014-12-30,AwarenessRaising,schools,N\n".replace(
            "schools", path.read_text(encoding="utf-8").splitlines()[1].split(",")[3]
        ),
        encoding="utf-8",
    )
    page = (making.make(f"{first} {second}", "FY2015Q1") / "region.html").read_text(encoding="utf-8")
    assert Tables(page).rows[1][-1] == "a draft; the values released on 10 February 2015 were others"


def test_real_records_are_not_for_publication_before_they_are_released(tmp_path, outputs):
    """The page says so, of the projects whose records are real."""
    first, second = two(tmp_path)
    changed(first, "project.toml", "synthetic = true", "synthetic = false")
    text = words((making.make(f"{first} {second}", "FY2015Q1") / "region.html").read_text(encoding="utf-8"))
    assert "Real records. What is a draft below is not for publication" in text and "Synthetic records." in text


# --- What is refused ------------------------------------------------------------------------------


def test_one_that_fails_is_named_and_nothing_is_made(tmp_path, outputs):
    """The page that there was is as it was, and nothing is left beside it."""
    first, second = two(tmp_path)
    made = making.make(f"{first} {second}", "FY2015Q1")
    before = {path.name: path.read_bytes() for path in made.iterdir()}
    changed(second, "policy.toml", "[victims]", "[others]")
    refused(f"{first} {second}", "FY2015Q1", f"because of the project in {second}:")
    assert {path.name: path.read_bytes() for path in made.iterdir()} == before
    assert [path.name for path in outputs.iterdir()] == ["FY2015Q1"]


def test_what_is_no_region_is_refused(five, outputs, tmp_path):
    """Nothing named, one, the same twice, no such folder; no period, one that is none, a month, all to date."""
    both = f"{five}/tajikistan {five}/kazakhstan"
    refused("", "FY2015Q1", "No projects are named")
    refused(f"{five}/tajikistan", "FY2015Q1", "is one project")
    refused(f"{five}/tajikistan {five}/t*", "FY2015Q1", "named twice")
    refused(f"{five}/no* {five}/t*", "FY2015Q1", "there is no such folder")
    refused(both, "", "No period is named")
    refused(both, "2015Q1", "is not a reporting period")
    refused(both, "2014-12", "quarters, halves or fiscal years")
    refused(both, "LOP", "quarters, halves or fiscal years")
    refused(both, "FY2009Q1", f"{five}/tajikistan: it begins on 2010-10-01\n", "fewer than two")
    refused(both, "FY2015H1", "its records are complete only through 2014-12-31 (records_through in project.toml)")
    (tmp_path / "elsewhere").mkdir()
    outputs.parent.mkdir()
    outputs.symlink_to(tmp_path / "elsewhere")
    refused(both, "FY2015Q1", "this is a link")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_standard_has_one_name(tmp_path, outputs):
    """Of two names nobody knows whether they mean the same."""
    first, second = two(tmp_path)
    changed(second, "project.toml", 'name = "Hotline consultations"', 'name = "Calls"')
    refused(f"{first} {second}", "FY2015Q1", "The standard CAR-3 is 'Hotline consultations' in", "Agree on one name")


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "code, says",
    [
        ("CAR-9", "no [[standards]] with the code 'CAR-9'. There are: CAR-1,"),
        ("CAR-3", "it names the standard 'CAR-3'"),
    ],
)
def test_a_sheet_names_a_standard_of_its_project_that_no_other_names(code, says, tmp_path, outputs):
    """Refused with what there is."""
    first, second = two(tmp_path)
    changed(first, "indicators/1.1-awareness-raising-events.toml", '"CAR-1"', f'"{code}"')
    refused(f"{first} {second}", "FY2015Q1", says, str(first))


def test_the_command_says_where_it_is(five, outputs, capsys):
    """make region; with one PROJECT it says that a region is several."""
    of = ["region", f"--projects={five}/*", "-p", "period", "FY2015Q1"]
    for languages, pages in ((), ("",)), (("--languages=en,KY",), ("", "ky/")):
        assert main([*of, *languages]) == 0
        assert capsys.readouterr().out == "".join(f"{outputs}/FY2015Q1/{page}region.html\n" for page in pages)
    assert main(["region", f"--projects={five}/*", "-p", "period", "FY2015Q1", "-p", "project", "data"]) == 2
    assert "A region is several projects" in capsys.readouterr().err


# --- What the project's own report says of it -----------------------------------------------------


def test_the_introduction_says_that_it_is_one_of_five():
    """With its source; a project that says nothing of a region has nothing there."""
    evaluation = evaluated("FY2015Q1")
    text = narrative.introduction(evaluation).plain
    assert "It is one of five: the project was launched in Tajikistan, Uzbekistan" in text
    assert text.index("one of five") < text.index("USAID fact sheet")
    bare = evaluation.project.facts.model_copy(update={"region": None})
    other = replace(evaluation, project=replace(evaluation.project, facts=bare))
    assert "one of five" not in narrative.introduction(other).plain


def test_a_reference_sheet_prints_its_standard():
    """With who defined it."""
    project = evaluated("FY2015Q1").project
    rows = dict(reference_sheet(project, project.sheet("1.1")).rows)
    assert rows["Standard indicator"].startswith("CAR-1 Awareness-raising events held (the region's own code")
    assert "Standard indicator" not in dict(reference_sheet(project, project.sheet("4.1")).rows)
