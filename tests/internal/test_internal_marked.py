"""Working tables are marked everywhere, and are about no single row."""

import csv
import io
import json
import re

import openpyxl

from ctanalysis import internal, project
from ctanalysis.internal import grids
from tests.conftest import ROOT, command
from tests.generators import small
from tests.generators.wrong import file_of
from tests.internal.working import CANARY, MARKING, PAGE, VALUES, WORKBOOK, Page, every_byte, rows_of


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
    """What it is, who may see it, of which project and period, and of what kind of records:
    in the workbook and on the page.
    """
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
    assert CANARY in (ours / file_of("services")).read_text(encoding="utf-8")


def test_labels_are_texts_wherever_they_stand(tmp_path):
    """A label is no formula in a workbook or CSV, and no tag on a page; nor is a project's name."""
    small.write(
        tmp_path / "small",
        "id day sex\nR1 2014-10-02 F",
        'measure = "count"\ntable = "rows"\ndate = "day"\ndisaggregate = ["sex"]',
    )
    folder = tmp_path / "small"
    for name, old, new in (
        ("datapackage.json", '"male"', '"<b>1&</b>＝"'),
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
    assert {cell.data_type for cell in texts} == {"s"} and any(cell.value == "<b>1&</b>＝" for cell in texts)
    page = (written / PAGE).read_text(encoding="utf-8")
    assert "<b>" not in page and "<script" not in page and "&lt;b&gt;1&amp;&lt;/b&gt;＝" in page
    assert "<b>1&</b>＝" in [
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
