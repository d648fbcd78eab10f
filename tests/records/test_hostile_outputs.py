"""What comes out of hostile records: markup and formulas are text everywhere."""

import csv
import json
import re

import openpyxl
import pytest

import ctanalysis as ct
from ctanalysis import Refused, project, tables
from tests.conftest import command
from tests.generators import hostile
from tests.generators.wrong import copied, file_of, replaced

MARKUP = '<img src=x onerror=alert("7731")>'
RUNS = re.compile(r"[ \t\r\n]*[=+@\uff1d\uff0b\uff20\uff0d-]")  # how a text begins that a spreadsheet would run
NUMBER = re.compile(r"-?[0-9.]+%?")


def cells(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [cell for row in csv.reader(file) for cell in row]


def check_texts(folder):
    """No cell of any CSV file or workbook of a folder would run; no page has the markup as markup.

    Returns all that was read.
    """
    seen = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".csv":
            seen += cells(path)
        elif path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path)
            seen += [
                cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
            ]
            assert not [
                cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
            ], path
        elif path.suffix in (".html", ".ipynb"):
            content = path.read_text(encoding="utf-8")
            assert "<img src=x" not in (content if path.suffix == ".html" else "\n".join(_html(json.loads(content)))), (
                path
            )
            seen.append(content)
    return seen


def _html(notebook):
    """What a notebook's outputs would put on a page."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            yield from (
                "".join(content)
                for kind, content in output.get("data", {}).items()
                if kind in ("text/html", "text/markdown", "image/svg+xml")
            )


ENTRY = r"\[\[victims\.breakdowns\]\]\n(.+\n)*"
CALLED = "called = {}"  # by labels, which are others then


def in_marked_words(entry, package):
    """A breakdown of the policy with the labels that its field has now; coarse categories are called as before."""
    by = re.search('^by = "(.*?)"', entry, re.M)[1]
    fields = [field for table in package["resources"] for field in table["schema"]["fields"]]
    labels = {
        category["label"].split(MARKUP)[0]: category["label"]
        for field in fields
        if field["name"] == by.removesuffix(":coarse")
        for category in field.get("categories", ())
    }
    key = "fine" if by.endswith(":coarse") else "order"

    def now(found):
        return f"{key} = {json.dumps([labels[label] for label in json.loads(found[1])], ensure_ascii=False)}"

    return re.sub(rf"^{key} = (\[.*\])$", now, entry, flags=re.M)


def marked(folder):
    """The shipped project with markup wherever a person writes a word of their own, and formulas in names."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        resource["title"] += MARKUP
        for field in resource["schema"]["fields"]:
            field["title"] += MARKUP
            for number, category in enumerate(field.get("categories", ())):
                category["label"] += f"{MARKUP}{number}"
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    policy = (folder / "policy.toml").read_text(encoding="utf-8")
    (folder / "policy.toml").write_text(
        re.sub(ENTRY, lambda found: in_marked_words(found[0], package), policy), "utf-8"
    )
    for path in (folder / "indicators").glob("*.toml"):
        path.write_text(
            re.sub(
                r'^(name|definition|rationale|limitations) = "',
                lambda found: f"{found[0]}{MARKUP.replace(chr(34), chr(39))}",
                re.sub("^called = .*$", CALLED, path.read_text(encoding="utf-8"), flags=re.M),
                flags=re.M,
            ),
            encoding="utf-8",
        )
    path = folder / file_of("organisations")
    path.write_text(
        re.sub(r"^(ORG\d+),[^,]*", r"\1,=HYPERLINK(7731)", path.read_text(encoding="utf-8"), flags=re.M),
        encoding="utf-8",
    )


def test_markup_is_text_in_tables(tmp_path):
    """Every kind of table shows markup as it was typed."""
    evaluation = ct.evaluate("FY2014", copied(tmp_path / "project", marked))
    pages = [
        tables.tracking(evaluation),
        tables.breakdown(evaluation, "1.2", "sex"),
        tables.reference_sheets(evaluation),
        tables.completeness(evaluation),
        tables.quality(evaluation),
    ]
    for page in pages:
        html = page._repr_mimebundle_()["text/html"]
        assert "&lt;img src=x" in html and "<img src=x" not in html


@pytest.mark.long
def test_markup_and_formulas_are_text_in_a_report(tmp_path):
    """The pages, notebooks and CSV files of a report, whole; names of organisations are in none of them."""
    folder = copied(tmp_path / "project", marked)
    done = command("report", "-p", "period", "FY2014", "-p", "project", str(folder))
    assert done.returncode == 0, done.stderr
    seen = check_texts(folder / "reports")
    assert any("&lt;img src=x" in words for words in seen if words.startswith("<!DOCTYPE")) and not any(
        "HYPERLINK(7731)" in words for words in seen
    )
    assert not [words for words in seen if len(words) < 500 and RUNS.match(words) and not NUMBER.fullmatch(words)]


def test_formulas_are_text_in_what_a_check_writes(tmp_path):
    """Names of sheets and files, and the cells of a copy to be sent back."""
    path = hostile.folder(tmp_path / "project", "rows.xlsx")
    bad = "".join(
        hostile.row(n, hostile.text(f"B{n}", "never") + hostile.text(f"D{n}", formula))
        for n, formula in enumerate(["=HYPERLINK(7731)", "+7731", "@SUM(7731)", "-7731"], 2)
    )
    hostile.zipped(path, hostile.parts(bad + hostile.row(9), names=["=HYPERLINK(1)"]))
    done = command("check", "-p", "project", str(tmp_path / "project"))
    assert done.returncode == 1 and "Traceback" not in done.stderr and "7731" not in done.stdout + done.stderr
    seen = check_texts(tmp_path / "project" / "internal")
    assert any("=HYPERLINK(1)" in words for words in seen)
    assert not [
        words
        for csv in (tmp_path / "project/internal").rglob("*.csv")
        for words in cells(csv)
        if RUNS.match(words) and not NUMBER.fullmatch(words)
    ]


@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\u3000", "\u200b", "\ufeff "], ids=ascii)
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_labels_that_would_run_are_refused(tmp_path, before, sign):
    """Words of the project's own that would stand in published cells may not begin like a formula, nor behind blanks
    that a spreadsheet cuts off, nor with the wide forms of the signs.
    """
    label = json.dumps(f"{before}{sign}HYPERLINK(7731)")
    folder = copied(tmp_path / "project", replaced("datapackage.json", '"label": "female"', f'"label": {label}'))
    with pytest.raises(Refused, match=re.escape("must not begin with = + - @")) as refused:
        project.load(folder)
    assert "7731" not in str(refused.value)


@pytest.mark.parametrize("mark", ["\n", "\r", "\r\n", "\t", "\u2028", "\u2029", "\x85", "\x00"], ids=ascii)
def test_labels_of_two_lines_are_refused(tmp_path, mark):
    """What stands behind the break would begin a row of its own in a careless reader of CSV."""
    label = json.dumps(f"female{mark}=HYPERLINK(7731)")
    folder = copied(tmp_path / "project", replaced("datapackage.json", '"label": "female"', f'"label": {label}'))
    with pytest.raises(Refused, match="must not have a line break") as refused:
        project.load(folder)
    assert "7731" not in str(refused.value)


@pytest.mark.parametrize("label", ["female (18–24)", "men = boys", "ж", "– none", "Oш, город"])
def test_labels_with_such_signs_within_are_words(tmp_path, label):
    """Only where a text begins does a sign make it a formula."""
    folder = copied(
        tmp_path / "project", replaced("datapackage.json", '"label": "female"', f'"label": {json.dumps(label)}')
    )
    assert project.load(folder)
