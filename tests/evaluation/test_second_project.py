"""Another project, without Python: tests/second/ shares nothing with the shipped one, and is evaluated all the same.

What is expected is worked out once more, in plain Python (tests/oracles/second_oracle.py).
"""

import csv
import io
import re
import shutil
from datetime import date
from decimal import Decimal
from html import unescape

import openpyxl
import pandas as pd
import pytest

from ctanalysis import indicators, project, records
from ctanalysis.disclosure.printed_bounds import of_range
from ctanalysis.evaluation import SHIPPED
from ctanalysis.indicators import Window
from tests.conftest import ROOT, command
from tests.generators.second_project import SECOND, content, fields, key_of, places, sheets
from tests.generators.second_rows import CROWD, GUESSED, MISTAKES, SAME_PERSON, TOO_MUCH, TOTALLED, TWICE, tables
from tests.oracles.second_oracle import JINS, MAVZU, QUARTER, TO_DATE, VILOYAT, YEAR, expected, held, used


@pytest.fixture(scope="module")
def found():
    return project.load(SECOND)


@pytest.fixture(scope="module")
def surveyed(found):
    return records.survey(found)


def test_it_is_another_project(found):
    """Calendar years, and no name of a table, field, class, area, region or indicator that the shipped project has."""
    other = project.load(SHIPPED)
    assert found.calendar.period("year", 2021).start == date(2021, 1, 1)
    assert {sheet.measure for sheet in found.sheets} == {"count", "sum", "people", "level", "share", "mean"}
    for names in (
        lambda one: set(one.package.tables),
        lambda one: {name for table in one.package.resources for name in table.fields},
        lambda one: set(one.policy.rules),
        lambda one: {area.code for area in one.facts.areas},
        lambda one: {sheet.code for sheet in one.sheets} | {sheet.name for sheet in one.sheets},
        lambda one: {word for category in categories(one) for word in (category.value, category.label)},
    ):
        assert names(found) & names(other) == set()


def categories(one):
    return [
        category
        for table in one.package.resources
        for field in table.fields.values()
        for category in field.categories or ()
    ]


@pytest.mark.parametrize("path", dict.fromkeys(sheet.path for sheet in sheets()))
def test_the_script_writes_the_committed_files(path):
    """Text to the byte, workbooks cell by cell."""
    made, kept = content(path), (SECOND / path).read_bytes()
    if path.endswith(".xlsx"):
        made, kept = all_cells(made), all_cells(kept)
    assert made == kept


def all_cells(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.number_format)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    } | {(sheet.title, "merged"): str(sheet.merged_cells) for sheet in book.worksheets}


# --- Reading -------------------------------------------------------------------------------------


def test_exactly_the_planted_findings_are_found(surveyed):
    """Every mistake by file, sheet, column, rule and row, and nothing else."""
    told = {}
    for finding in surveyed.findings:
        told.setdefault(
            (finding.severity, finding.rule, finding.table, finding.path, finding.sheet, finding.field), set()
        ).update(finding.rows)
    assert told == planted()


def planted():
    kinds = [
        ("held back" if not one.counts else "repaired", one.rule, one.table, one.field, one.key)
        for one in MISTAKES
        if one.rule
    ]
    kinds += [
        ("held back", "held back key", "kumakho", "mizoj", row["raqam"])
        for row in tables()["kumakho"]
        if row["mizoj"] in held("mizojon")
    ]
    kinds += [("to be looked at", "same person", "mizojon", "mizoj", code) for code in SAME_PERSON]
    kinds += [("to be looked at", "duplicate", "kumakho", "mizoj", key) for key in TWICE]
    kinds += [
        ("to be looked at", "range", "kumakho", "mablagh", TOO_MUCH),
        ("to be looked at", "usual", "vokhuriho", "hamagi", CROWD),
    ]
    kinds += [
        ("to be looked at", "heaping", "vokhuriho", "hamagi", row["raqam"])
        for row in used("vokhuriho")
        if row["markaz"] == GUESSED
    ]
    kinds += [
        ("to be looked at", "needed", "kumakho", "mablagh", row["raqam"])
        for row in used("kumakho")
        if row["mablagh"] is None
    ]
    rows = {("to be looked at", "gap", "vokhuriho", "records/vokhuriho/2020", "", ""): set()}
    for severity, rule, table, field, key in kinds:
        path, sheet, row = places()[table, key]
        rows.setdefault((severity, rule, table, path, sheet, field), set()).add(row)
    for sheet in totalled():
        rows["passed over", "total", "vokhuriho", sheet.path, sheet.name, ""] = {sheet.begins + len(sheet.rows)}
    return rows


def totalled():
    return [sheet for sheet in sheets() if sheet.path.endswith(f"{TOTALLED}.xlsx")]


def test_the_gap_names_the_quarter(surveyed):
    [gap] = [finding for finding in surveyed.findings if finding.rule == "gap"]
    assert "FY2020Q4" in gap.says


def test_no_finding_shows_a_person(surveyed):
    """No client's code or sign, typed rightly or wrongly, in any word of any finding."""
    signs = {row[name] for row in tables()["mizojon"] for name in ("mizoj", "nishona")} | {
        str(one.typed) for one in MISTAKES if one.field == "mizoj"
    }
    assert [sign for sign in signs for finding in surveyed.findings if sign in f"{finding} {finding!r}"] == []


def test_no_row_is_lost_and_none_invented(surveyed):
    """Read = used + held back + passed over in every sheet, as many as were written; a total is passed over."""
    told = {
        (row.path, row.sheet): (row.read, row.held_back, row.passed_over, row.used)
        for row in surveyed.tally.itertuples()
    }
    written = {}
    for sheet in sheets():
        back = sum(row[key_of(sheet.table)] in held(sheet.table) for row in sheet.rows)
        more = sheet in totalled()
        written[sheet.path, sheet.name] = (len(sheet.rows) + more, back, more, len(sheet.rows) - back)
    assert told == written


@pytest.mark.parametrize("table", tables())
def test_every_used_cell_is_read_as_it_was_meant(surveyed, table):
    """Whatever the encoding, the decimal mark, the language of its words and the type of its days.

    With the correction made. The sign by which people are known stays inside.
    """
    told = [name for name in fields(table) if name != "nishona"]
    assert [plain(row) for row in surveyed[table].to_dict("records")] == [
        plain({name: row[name] for name in told}) for row in used(table)
    ]


def plain(row):
    """A row with Python's own values; numbers to the ten-thousandth."""
    return {name: one(value) for name, value in row.items()}


def one(value):
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return rounded(value) if isinstance(value, (float, Decimal)) else value


# --- Values --------------------------------------------------------------------------------------


@pytest.mark.parametrize("window", [QUARTER, YEAR, TO_DATE], ids=["a quarter", "a year", "to date"])
def test_every_value_is_that_of_plain_python(found, surveyed, window):
    """Ten indicators, six measures, every breakdown and category."""
    frame = indicators.calculate(found, surveyed, [Window("x", *window)])
    told = {(row.indicator, row.disaggregation, row.category): number(row, found) for row in frame.itertuples()}
    assert told == {key: rounded(value) for key, value in expected(window).items()}


def number(row, found):
    return rounded((row.numerator, row.denominator) if found.sheet(row.indicator).is_ratio else row.value)


def rounded(value):
    """To the ten-thousandth, which is what records hold; None where there is no number."""
    if isinstance(value, tuple):
        return tuple(map(rounded, value))
    return None if pd.isna(value) else round(float(value), 4)


# --- The report ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The report folder of FY2021Q1, made by the command for a copy of the folder."""
    folder = tmp_path_factory.mktemp("second") / "Тоҷикистон"
    shutil.copytree(SECOND, folder, ignore=shutil.ignore_patterns("reports", "internal"))
    done = command("report", "-p", "period", "FY2021Q1", "-p", "project", str(folder))
    assert done.returncode == 0, done.stderr
    return folder / "reports" / "FY2021Q1"


def words_of(page):
    text = re.sub(r"<style.*?</style>|<[^>]*>", " ", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return " ".join(unescape(text).split())


def test_the_pages_speak_the_projects_own_words(report, found):
    """Its name, areas, definitions, labels, limits and sheets, in its own language."""
    pages = ("evaluation.html", *(f"{area.code}.html" for area in found.facts.areas), "data-quality.html")
    *told, quality = (words_of(report / name) for name in pages)
    evaluation = " ".join(told)
    facts = found.facts
    own = [
        facts.name,
        facts.donor,
        facts.implementer,
        facts.notice,
        *facts.partners,
        *(limit.text for limit in facts.limits),
    ]
    own += [text for area in facts.areas for text in (area.name, area.purpose)]
    own += [text for sheet in found.sheets for text in (f"{sheet.code} {sheet.name}", sheet.definition)]
    own += [*MAVZU.values(), *JINS.values(), *VILOYAT.values(), "область центра", "January–March 2021", "FY2021Q1"]
    assert [text for text in own if text not in evaluation] == []
    sheets_ = [text for sheet in found.sheets for text in (sheet.definition, sheet.limitations, sheet.source)]
    assert [text for text in sheets_ if text not in quality] == []


def test_the_pages_say_nothing_of_the_first_project(report):
    """Not a word of it in any page, notebook or list."""
    for path in sorted(report.rglob("*")):
        if path.suffix in (".html", ".ipynb", ".csv", ".json"):
            text = re.sub(
                r"data:image/png;base64,[^\"]*|\"image/png\": \"[^\"]*\"", "", path.read_text(encoding="utf-8")
            )
            assert foreign(text, FIRST_WORDS) == [], path.name


def test_the_totals_that_are_told_are_those_of_plain_python(report):
    """The quarter's and the last year's exact totals in indicators.csv."""
    rows = list(csv.DictReader(io.StringIO((report / "indicators.csv").read_text(encoding="utf-8"))))
    assert {row["records"] for row in rows} == {"synthetic"}
    of_years = {"B2"}  # people counted in each period anew are told of years alone
    for horizon, window, untold in (("period", QUARTER, of_years), ("last fiscal year", YEAR, set())):
        totals = [
            row for row in rows if (row["horizon"], row["disaggregation"], row["status"]) == (horizon, "total", "exact")
        ]
        told = {row["indicator"]: row["value"] for row in totals}
        assert set(told) == {"A1", "A2", "B1", "B2", "B3", "B6", "C1", "C2"} - untold
        assert {code: rounded(value) for code, value in told.items()} == {
            code: rounded(expected(window)[code, "total", "all"]) for code in told
        }


def test_the_projects_own_policy_is_applied(report):
    """Below six is one class and others are multiples of three about people who came back.

    Nothing of them by quarter.
    """
    rows = list(csv.DictReader(io.StringIO((report / "indicators.csv").read_text(encoding="utf-8"))))
    people = [row for row in rows if row["indicator"] in ("B1", "B2", "B6") and row["disaggregation"] != "total"]
    assert {row["status"] for row in people if row["horizon"] == "period"} == {"not told"}
    shown = [row for row in people if row["horizon"] == "last fiscal year"]
    bases = [row for row in shown if row["category"] in ("recorded", "not recorded")]
    assert bases and {row["status"] for row in bases} <= {"exact", "not told"}
    parts = [row for row in shown if row not in bases]
    assert {float(row["value"]) % 3 for row in parts if row["value"]} == {0}
    words = {row["status"] for row in parts if not of_range(row["status"])}
    assert words <= {"rounded", "fewer than 6", "not told"} and {"rounded", "fewer than 6"} & words


def test_no_client_is_in_the_report(report):
    """No code and no sign of a client in any file of the report."""
    signs = [text for row in tables()["mizojon"] for text in (row["mizoj"], row["nishona"])]
    for path in report.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert [sign for sign in signs if sign.encode("utf-8") in data] == [], path.name


# --- The library ---------------------------------------------------------------------------------

FIRST_WORDS = (
    "Kyrgyz Republic",
    "Counter-Trafficking Project",
    "USAID Counter",
    "International Organization for Migration",
    "IOM",
    "Bishkek",
    "Batken",
    "Chüy",
    "Jalal-Abad",
    "Naryn",
    "Talas",
    "Ysyk-Köl",
    "Osh",
    "oblast",
    "746,414",
    "746414",
    "0800 0000 189",
    "Ministry of Labor",
    "KG-GB",
    "Victims of trafficking receiving",
    "Awareness-raising events held",
    "Hotline consultations",
    "HTCDS",
)
SECOND_WORDS = (
    "Tajikistan",
    "Роҳи",
    "Безопасный путь",
    "Паноҳ",
    "Умед",
    "Паём",
    "Душанбе",
    "Согд",
    "Хатлон",
    "ГБАО",
    "TJ-DU",
    "somoni",
    "сомони",
    "markaz",
    "markazho",
    "vokhuriho",
    "mizoj",
    "mizojon",
    "kumakho",
    "mablagh",
    "qanoat",
    "bozgashtagon",
    "3200000",
)


def foreign(text, words):
    return [word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)]


def read(path):
    return path.read_text(encoding="utf-8")


def test_nothing_about_either_project_is_in_the_library():
    """Whatever a file of ctanalysis/ says, it names nothing of a project; the makers of the shipped records may.

    The examples in docstrings, which run, are of the shipped project.
    """
    own = [path for path in (ROOT / "ctanalysis").rglob("*") if path.is_file() and path.suffix != ".pyc"]
    texts = {path: re.sub(r"^ *>>> .*?(?=\n *\n|\n *\"\"\")", "", read(path), flags=re.M | re.S) for path in own}
    named = {path.relative_to(ROOT).as_posix(): foreign(texts[path], FIRST_WORDS + SECOND_WORDS) for path in own}
    assert {path: words for path, words in named.items() if words} == {}
