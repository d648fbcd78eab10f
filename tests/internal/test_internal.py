"""Working tables: exact, marked everywhere, about no single row, and on no way that leads to a report."""

import ast
import csv
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from html.parser import HTMLParser
from math import isnan
from pathlib import Path

import openpyxl
import pytest

from ctanalysis import internal, project
from ctanalysis.internal import grids
from tests.conftest import ROOT, command, copied
from tests.generators import small
from tests.oracles import oracle

MARKING = "INTERNAL - NOT FOR PUBLICATION"
WORKBOOK, PAGE, VALUES = "INTERNAL-working-tables.xlsx", "INTERNAL-working-tables.html", "INTERNAL-values.csv"
SECOND = ROOT / "tests" / "second"
CANARY = "P0001-CANARY"
QUARTER, TO_DATE = ("2014-10-01", "2014-12-31"), ("2011-10-01", "2014-12-31")


def rows_of(name):
    return list(csv.DictReader(io.StringIO((ROOT / "data" / "records" / f"{name}.csv").read_text(encoding="utf-8"))))


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """A copy of the shipped project, with a person whose code would be known anywhere, and its working tables."""
    folder = copied(tmp_path_factory.mktemp("internal") / "ours")
    for path in (folder / "records").glob("*.csv"):
        path.write_text(re.sub(r"\bP0001\b", CANARY, path.read_text(encoding="utf-8")), encoding="utf-8")
    done = command("internal", "-p", "period", "FY2015Q1", "-p", "project", str(folder))
    assert done.returncode == 0, done.stderr
    assert MARKING in done.stdout
    return folder


@pytest.fixture(scope="module")
def tables(ours):
    return ours / "internal" / "FY2015Q1"


@pytest.fixture(scope="module")
def values(tables):
    return list(csv.DictReader(io.StringIO((tables / VALUES).read_text(encoding="utf-8"))))


@pytest.fixture(scope="module")
def book(tables):
    return openpyxl.load_workbook(tables / WORKBOOK)


def told(values, indicator, horizon, disaggregation="total"):
    return {
        row["category"]: row["value"]
        for row in values
        if (row["indicator"], row["horizon"], row["disaggregation"]) == (indicator, horizon, disaggregation)
    }


def cells(sheet, group):
    """The rows of a group of a sheet of the workbook: by category, with their numbers; and the headings."""
    lines = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    start = lines.index([group]) + 1
    return {
        line[0]: line[1:]
        for line in lines[start : next((n for n, line in enumerate(lines) if n > start and len(line) < 2), None)]
    }


class Page(HTMLParser):
    """What a page is made of: its tags, and its tables as lists of texts."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.rows, self.within = [], [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.within = True

    def handle_endtag(self, tag):
        self.within = self.within and tag not in ("td", "th")

    def handle_data(self, data):
        if self.within:
            self.rows[-1][-1] += data


# --- Exact -----------------------------------------------------------------------------------------


def identified(start, end):
    return [
        row
        for row in rows_of("victims")
        if row["status"] == "ActualVictimOfTrafficking" and start <= row["date_identified"] <= end
    ]


def counted_by_sex(people):
    found = {
        word: sum(row["sex"] == code for row in people)
        for word, code in (("female", "Feminine"), ("male", "Masculine"))
    }
    return found | {"not recorded": len(people) - sum(found.values())}


def test_victims_identified_are_counted_one_by_one(values, book):
    """Small numbers and zeros as they are: in values.csv and in the workbook, as numbers."""
    people = identified(*QUARTER)
    by_sex = counted_by_sex(people)
    assert told(values, "2.1", "period") == {"all": str(len(people))}
    assert told(values, "2.1", "period", "sex") == {word: str(count) for word, count in by_sex.items()}
    assert 0 < min(count for count in by_sex.values() if count) < 10 and 0 in by_sex.values()
    found = cells(book["2.1"], "By sex")
    assert {word: row[0] for word, row in found.items()} == by_sex
    assert {word: row[2] for word, row in found.items()} == counted_by_sex(identified(*TO_DATE))


def test_services_are_counted_in_last_fiscal_year(values, book):
    """The comparisons are exact as well, by kind of service."""
    labels = {
        category["value"]: category["label"]
        for category in next(
            field["categories"]
            for table in json.loads((ROOT / "data/datapackage.json").read_text(encoding="utf-8"))["resources"]
            if table["name"] == "services"
            for field in table["schema"]["fields"]
            if field["name"] == "service"
        )
    }
    counted = dict.fromkeys(labels.values(), 0)
    for row in rows_of("services"):
        counted[labels[row["service"]]] += "2013-10-01" <= row["date"] <= "2014-09-30"
    assert told(values, "2.5", "last fiscal year", "service") == {label: str(count) for label, count in counted.items()}
    assert {label: row[5] for label, row in cells(book["2.5"], "By kind of service").items()} == counted


def attendance(start, end, **wanted):
    days = {row["event_id"]: row["date"] for row in rows_of("events") if row["kind"] == "AwarenessRaising"}
    return sum(
        int(row["participants"])
        for row in rows_of("attendance")
        if start <= days.get(row["event_id"], "") <= end and all(row[name] == code for name, code in wanted.items())
    )


def test_two_ways_are_crossed_with_their_edges(book):
    """Sex by age group, each cell a count, the last row and column the totals."""
    sheet = book["1.2 crossed"]
    head = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "Sex")
    assert head == ("Sex", "10–17", "18–24", "25–49", "50 and over", "not recorded", "all")
    found = cells(
        sheet,
        "Period FY2015Q1, 1 Oct 2014 – 31 Dec 2014".replace(" Oct ", "\xa0Oct\xa0")
        .replace(" Dec ", "\xa0Dec\xa0")
        .replace(" –", "\xa0–"),
    )
    ages = ("10-17", "18-24", "25-49", "50+", "")
    codes = {code for row in rows_of("attendance") for code in [row["age_group"]]}
    assert codes == set(ages)
    for label, sex in (
        ("female", {"sex": "Feminine"}),
        ("male", {"sex": "Masculine"}),
        ("not recorded", {"sex": ""}),
        ("all", {}),
    ):
        assert found[label] == [
            *(attendance(*QUARTER, age_group=age, **sex) for age in ages),
            attendance(*QUARTER, **sex),
        ]


def test_shares_have_both_their_parts(book):
    """A share is told with what it was calculated from, exact."""
    asked = [row for row in rows_of("questionnaires")]
    days = {row["event_id"]: row["date"] for row in rows_of("events") if row["kind"] == "AwarenessRaising"}
    asked = [row for row in asked if "2014-10-01" <= days.get(row["event_id"], "") <= "2014-12-31"]
    aware = sum(row["aware_after"] == "true" for row in asked)
    rows = [row for row in book["1.5"].iter_rows(values_only=True) if row[0] == "all"]
    assert [row[1:3] for row in rows] == [
        ("per cent", pytest.approx(aware / len(asked))),
        ("numerator", aware),
        ("denominator", len(asked)),
    ]


def test_every_value_is_that_of_the_plain_count(values):
    """Nothing hidden, rounded or left out: the same as tests/oracles/oracle.py, in all windows."""
    windows = sorted(
        {(row["horizon"], date.fromisoformat(row["start"]), date.fromisoformat(row["end"])) for row in values}
    )
    wanted = oracle.values(ROOT / "data", windows)
    keys = ("indicator", "horizon", "start", "end", "disaggregation", "category")
    found = {tuple(row[key] for key in keys): row for row in values}
    assert {row["horizon"] for row in values} == {
        "period",
        "fiscal year to date",
        "project to date",
        "previous period",
        "same period last year",
        "last fiscal year",
    }
    for key, (value, numerator, denominator, status) in wanted.items():
        row = found[tuple(part.isoformat() if isinstance(part, date) else part for part in key)]
        assert row["status"] == status
        for name, number in (("value", value), ("numerator", numerator), ("denominator", denominator)):
            assert (
                row[name] == ""
                if number is None or isnan(number)
                else float(row[name]) == pytest.approx(float(number), abs=1e-9)
            )


def test_zero_no_data_and_not_applicable_are_three_things(tmp_path):
    """In the project's first quarter there was no period before; a mean of nothing is no data; nobody is 0."""
    folder = copied(tmp_path / "first")
    assert command("internal", "-p", "period", "FY2012Q1", "-p", "project", str(folder)).returncode == 0
    sheet = openpyxl.load_workbook(folder / "internal" / "FY2012Q1" / WORKBOOK)
    assert (
        cells(sheet["2.4"], "Total")["all"]
        == [sum(row["date"] <= "2011-12-31" for row in rows_of("returns"))] * 3 + ["not applicable"] * 2
    )
    assert cells(sheet["3.2"], "Total")["all"] == ["denominator", 0, 0, 0, "not applicable", "not applicable"]
    assert [row[2:] for row in sheet["3.2"].iter_rows(values_only=True) if row[1] == "points"][0] == (
        "no data",
    ) * 3 + ("not applicable",) * 2
    assert 0 in [number for row in cells(sheet["2.4"], "By country returned from").values() for number in row]
    rows = Page((folder / "internal" / "FY2012Q1" / PAGE).read_text(encoding="utf-8")).rows
    assert ["all", "points", "no data", "no data", "no data", "not applicable", "not applicable"] in rows
    assert ["all", "numerator", "0", "0", "0", "not applicable", "not applicable"] in rows


# --- Marked ----------------------------------------------------------------------------------------


def test_every_file_is_marked_by_its_name(tables):
    assert sorted(path.name for path in tables.iterdir()) == sorted([WORKBOOK, PAGE, VALUES])


def test_every_sheet_and_every_printed_page_of_the_workbook_is_marked(book):
    """In the first row, which stays in sight and comes again on each page, and in the header and the footer."""
    assert len(book.worksheets) > 20
    for sheet in book.worksheets:
        assert sheet["A1"].value == MARKING
        assert sheet.oddHeader.center.text == MARKING and sheet.oddFooter.center.text == MARKING
        assert not sheet.HeaderFooter.differentFirst and not sheet.HeaderFooter.differentOddEven
        assert sheet.print_title_rows.startswith("$1:") and int(re.search(r"\d+", sheet.freeze_panes)[0]) >= 2


def test_the_headings_of_a_sheet_stay_in_sight_and_have_room(book):
    for sheet in book.worksheets[1:]:
        head = int(re.search(r"\d+", sheet.freeze_panes)[0]) - 1
        assert sheet.cell(head, 2).value and sheet.cell(head, 2).font.bold
        assert all(sheet.column_dimensions[cell.column_letter].width >= 12 for cell in sheet[head])


def test_every_row_of_the_values_ends_with_the_mark(values):
    assert values and list(values[0])[-2:] == ["records", "marking"]
    assert {(row["records"], row["marking"]) for row in values} == {("synthetic", MARKING)}


def test_the_page_is_marked_on_the_screen_and_on_each_printed_page(tables):
    """Its first words are the mark; in print they are fixed, so that they come on each page. No script, no request."""
    text = (tables / PAGE).read_text(encoding="utf-8")
    assert re.search(r"<body>\s*<p class=\"mark\">" + MARKING + "</p>", text)
    printed = text[text.index("@media print") :]
    assert re.search(r"\.mark \{ position: fixed;", printed)
    assert f'@bottom-center {{ content: "{MARKING}"' in text and re.search(f"<title>{MARKING}", text)
    tags = Page(text).tags
    assert not {tag for tag, _ in tags} & {"script", "img", "link", "iframe", "form", "object"}
    assert all(attributes["href"].startswith("#") for tag, attributes in tags if "href" in attributes)
    assert (
        not [name for _, attributes in tags for name in attributes if name == "src" or name.startswith("on")]
        and "url(" not in text
    )
    assert any(
        attributes.get("http-equiv") == "Content-Security-Policy" and "default-src 'none'" in attributes["content"]
        for _, attributes in tags
    )


def test_what_it_is_stands_first(book, tables):
    """What it is, who may see it, of which project and period, and of what kind of records: in the workbook and on the page."""
    first = " ".join(str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell)
    for words in (
        "Those who may see the project's records, and nobody else",
        "USAID Counter-Trafficking Project",
        "FY2015Q1",
        "Synthetic:",
        "0 is a real zero",
    ):
        assert words in first and words.replace("'", "&#39;") in (tables / PAGE).read_text(encoding="utf-8")


def test_recorded_is_said_of_real_records(tmp_path):
    folder = (
        small.write(
            tmp_path / "small", "id day person\nR1 2014-10-02 A", 'measure = "count"\ntable = "rows"\ndate = "day"'
        )
        or tmp_path / "small"
    )
    facts = (folder / "project.toml").read_text(encoding="utf-8")
    (folder / "project.toml").write_text(facts.replace("synthetic = true", "synthetic = false"), encoding="utf-8")
    found = project.load(folder)
    internal.write(found, found.calendar.parse("FY2015Q1"), folder / "internal" / "FY2015Q1")
    written = folder / "internal" / "FY2015Q1"
    assert {row["records"] for row in csv.DictReader(io.StringIO((written / VALUES).read_text(encoding="utf-8")))} == {
        "recorded"
    }
    assert "Recorded: they are about real people." in (written / PAGE).read_text(encoding="utf-8")


# --- Nothing but numbers by category -----------------------------------------------------------------


def every_byte(folder):
    for path in folder.iterdir():
        yield path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as parts:
                yield from (parts.read(name) for name in parts.namelist())


def test_no_code_of_a_person_or_a_record_is_in_any_byte(tables, ours):
    """Also in the parts of the workbook; and nothing says on whose machine it was made."""
    codes = [
        row[name]
        for table, name in (("victims", "person_id"), ("services", "service_id"), ("consultations", "consultation_id"))
        for row in rows_of(table)[:300]
    ]
    for data in every_byte(tables):
        assert CANARY.encode() not in data and not [code for code in codes if code.encode() in data]
        assert str(ours.parent).encode() not in data and str(ROOT).encode() not in data
    assert CANARY in (ours / "records" / "services.csv").read_text(encoding="utf-8")


def test_labels_are_texts_wherever_they_stand(tmp_path):
    """A label is no formula in a workbook or CSV, and no tag on a page; nor is a project's name."""
    small.write(
        tmp_path / "small",
        "id day sex\nR1 2014-10-02 F",
        'measure = "count"\ntable = "rows"\ndate = "day"\ndisaggregate = ["sex"]',
    )
    folder = tmp_path / "small"
    for name, old, new in (
        ("datapackage.json", '"male"', '"＝<b>1&</b>"'),
        ("project.toml", "Small Project", "=1+1<script>x</script>"),
    ):
        path = folder / name
        text = (
            json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False)
            if name.endswith("json")
            else path.read_text(encoding="utf-8")
        )
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    done = command("internal", "-p", "period", "FY2015Q1", "-p", "project", str(folder))
    assert done.returncode == 0, done.stderr
    written = folder / "internal" / "FY2015Q1"
    book = openpyxl.load_workbook(written / WORKBOOK)
    texts = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in texts} == {"s"} and any(cell.value == "＝<b>1&</b>" for cell in texts)
    page = (written / PAGE).read_text(encoding="utf-8")
    assert "<b>" not in page and "<script" not in page and "＝&lt;b&gt;1&amp;&lt;/b&gt;" in page
    assert "'＝<b>1&</b>" in [
        row["category"] for row in csv.DictReader(io.StringIO((written / VALUES).read_text(encoding="utf-8")))
    ]


def test_short_names_of_sheets_are_apart():
    """Two indicators whose codes differ in capitals or beyond the 31st letter, and two crossed tables of one."""
    taken = set()
    names = [
        grids._tab(code, kind, taken)
        for code in ("a", "A", "x" * 40, "x" * 41)
        for kind in ("", " crossed", " crossed")
    ]
    assert len({name.casefold() for name in names}) == len(names) and max(map(len, names)) <= 31


# --- On no way that leads to a report ------------------------------------------------------------------


def names_of(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_only_the_command_imports_it():
    """No room, and so nothing that makes, shows or releases a report, imports the working tables."""
    imports = {
        path.relative_to(ROOT / "ctanalysis").as_posix()
        for path in (ROOT / "ctanalysis").rglob("*.py")
        if path.parent.name != "internal"
        if any(name.startswith("ctanalysis.internal") for name in names_of(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert imports == {"__main__.py"}
    assert not [
        path
        for path in (ROOT / "ctanalysis").rglob("*.py")
        if path.parent.name != "internal" and "import_module" in path.read_text(encoding="utf-8")
    ]


def test_no_notebook_can_ask_for_it():
    """No cell of any notebook names it, and what notebooks import does not bring it along."""
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        code = "\n".join(
            "".join(cell["source"])
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
            if cell["cell_type"] == "code"
        )
        assert "internal" not in code and "working-tables" not in code, path.name
    script = "import sys, ctanalysis, ctanalysis.reports, ctanalysis.narrative, ctanalysis.tables, ctanalysis.figures; print([n for n in sys.modules if n.startswith('ctanalysis.internal')])"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True).stdout == "[]\n"


def test_no_page_of_a_report_links_to_it(made):
    """Not one address in a report leads there, and its manifest knows nothing of it, though it lies beside the reports."""
    done = command("internal", "-p", "period", "FY2015Q1", "-p", "project", str(made.parent.parent))
    assert done.returncode == 0 and (made.parent.parent / "internal" / "FY2015Q1" / PAGE).exists()
    for path in made.glob("*.html"):
        addresses = [
            value
            for _, attributes in Page(path.read_text(encoding="utf-8")).tags
            for name, value in attributes.items()
            if name in ("href", "src", "action")
        ]
        assert not [address for address in addresses if "internal" in address.lower()], path.name
    for path in made.rglob("*"):
        assert path.is_dir() or (MARKING.encode() not in path.read_bytes() and b"INTERNAL-" not in path.read_bytes()), (
            path.name
        )
    assert "internal" not in (made / "manifest.json").read_text(encoding="utf-8").lower()


def test_git_ignores_it(tmp_path):
    """In this repository, and in the folder of a new project."""
    for folder in (ROOT, tmp_path / "new"):
        if folder != ROOT:
            assert command("newproject", str(folder)).returncode == 0
            subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
        for name in (WORKBOOK, PAGE, VALUES):
            assert (
                subprocess.run(["git", "check-ignore", "--quiet", f"internal/FY2015Q1/{name}"], cwd=folder).returncode
                == 0
            )
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout
    assert not re.search(r"INTERNAL-|^internal/", listed, re.MULTILINE)


# --- Written whole, by and for one person ------------------------------------------------------------------


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_inputs_give_the_same_bytes(ours, tables, tmp_path):
    """Also from another folder, another day of the files, and another order of Python's sets."""
    other = tmp_path / "elsewhere"
    shutil.copytree(ours, other, ignore=shutil.ignore_patterns("internal"), copy_function=shutil.copyfile)
    assert (
        command(
            "internal", "-p", "period", "FY2015Q1", "-p", "project", str(other), PYTHONHASHSEED="7", TZ="Asia/Bishkek"
        ).returncode
        == 0
    )
    assert contents(other / "internal" / "FY2015Q1") == contents(tables)


def test_only_who_wrote_them_may_read_them(tables):
    assert tables.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in tables.iterdir()} == {0o600}


@pytest.mark.parametrize(
    "parameters, says",
    [
        (("-p", "period", "FY2015Q2"), "records are complete only through 2014-12-31"),
        (("-p", "period", "2015Q1"), "is not a reporting period"),
        (("-p", "period", "../FY2015Q1"), "is not a reporting period"),
        (("-p", "perod", "FY2015Q1"), "'perod' is no parameter"),
    ],
)
def test_a_wrong_period_is_refused_and_what_there_was_stays(parameters, says, ours, tables):
    before = contents(tables)
    done = command("internal", *parameters, *([] if "perod" in parameters else ["-p", "project", str(ours)]))
    assert done.returncode == 2 and says in done.stderr and "Traceback" not in done.stderr
    assert contents(tables) == before and [path.name for path in tables.parent.iterdir()] == ["FY2015Q1"]


def test_a_folder_that_is_no_project_is_refused(tmp_path):
    done = command("internal", "-p", "period", "FY2015Q1", "-p", "project", str(tmp_path))
    assert done.returncode == 2 and "this is not a project folder" in done.stderr and list(tmp_path.iterdir()) == []


def test_records_that_cannot_be_read_are_refused_and_what_there_was_stays(ours, tables, tmp_path):
    """With a sentence that holds no value of a record."""
    folder = tmp_path / "broken"
    shutil.copytree(ours, folder)
    before = contents(folder / "internal" / "FY2015Q1")
    victims = (folder / "records" / "victims.csv").read_text(encoding="utf-8").splitlines()
    (folder / "records" / "victims.csv").write_text(
        "\n".join([victims[0].replace("sex", "gndr"), *victims[1:]]), encoding="utf-8"
    )
    done = command("internal", "-p", "period", "FY2015Q1", "-p", "project", str(folder))
    assert (
        done.returncode == 2
        and "victims.csv" in done.stderr
        and "Traceback" not in done.stderr
        and CANARY not in done.stderr
    )
    assert contents(folder / "internal" / "FY2015Q1") == before


def test_when_writing_stops_nothing_is_left_of_it(ours, tables, monkeypatch):
    """All or nothing: a disk that is full in the middle leaves what there was, and no half of a folder."""
    before, found, write = contents(tables), project.load(ours), Path.write_bytes

    def stops(path, content):
        write(path, content[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", stops)
    with pytest.raises(OSError):
        internal.write(found, found.calendar.parse("FY2015Q1"), tables)
    assert contents(tables) == before and [path.name for path in tables.parent.iterdir()] == ["FY2015Q1"]


def test_another_project_has_them_beside_its_reports(tmp_path):
    """With other words, crossed tables of its own, and a calendar year."""
    folder = tmp_path / "second"
    shutil.copytree(SECOND, folder)
    assert command("internal", "-p", "period", "FY2021Q1", "-p", "project", str(folder)).returncode == 0
    book = openpyxl.load_workbook(folder / "internal" / "FY2021Q1" / WORKBOOK)
    crossed = [sheet for sheet in book if sheet.title.endswith("crossed")]
    assert len(crossed) == 2
    for sheet in crossed:
        rows = [
            row for row in sheet.iter_rows(min_row=5, values_only=True) if sum(cell is not None for cell in row) > 1
        ]
        assert rows and all(None not in row for row in rows)


def test_the_life_of_the_project_can_be_asked_for(ours):
    """It has no period before it, and no column for one."""
    assert command("internal", "-p", "period", "LOP", "-p", "project", str(ours)).returncode == 0
    written = ours / "internal" / "LOP"
    rows = list(csv.DictReader(io.StringIO((written / VALUES).read_text(encoding="utf-8"))))
    shutil.rmtree(written)
    assert {row["horizon"] for row in rows} == {"period", "fiscal year to date", "project to date", "last fiscal year"}
    assert told(rows, "2.1", "period") == {"all": str(len(identified(*TO_DATE)))}
