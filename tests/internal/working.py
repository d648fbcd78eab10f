"""The working tables of one quarter, and how they are looked into."""

import csv
import io
import zipfile
from html.parser import HTMLParser

from tests.conftest import ROOT
from tests.generators.wrong import file_of

MARKING = "INTERNAL - NOT FOR PUBLICATION"
WORKBOOK, PAGE, VALUES = "INTERNAL-working-tables.xlsx", "INTERNAL-working-tables.html", "INTERNAL-values.csv"
SECOND = ROOT / "tests" / "second"
CANARY = "P0001-CANARY"
QUARTER, TO_DATE = ("2014-10-01", "2014-12-31"), ("2011-10-01", "2014-12-31")


def rows_of(name):
    return list(csv.DictReader(io.StringIO((ROOT / "data" / file_of(name)).read_text(encoding="utf-8"))))


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


# --- Nothing but numbers by category -----------------------------------------------------------------


def every_byte(folder):
    for path in folder.iterdir():
        yield path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as parts:
                yield from (parts.read(name) for name in parts.namelist())


def identified(start, end):
    return [
        row
        for row in rows_of("victims")
        if row["status"] == "ActualVictimOfTrafficking" and start <= row["date_identified"] <= end
    ]
