"""The sixth attacker: whoever takes the published files apart.

Pages, notebooks, CSV and the texts of images are read back into numbers.

What is read knows only what stands there: a number, how it is told ("about", "fewer than 10"), and of which
indicator, days and category. Texts are read by their own form, not by the code that wrote them.
"""

import csv
import json
import re
from calendar import monthrange
from html.parser import HTMLParser
from typing import NamedTuple

MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        1,
    )
}


class Read(NamedTuple):
    """What stands somewhere: days are "first/last"; way and category are empty where a text does not say them.

    Value is a number or None.
    """

    source: str
    indicator: str
    days: str
    way: str
    category: str
    value: float | None
    status: str


class Page(HTMLParser):
    """Sentences' numbers (data elements) and tables of a page or of a notebook's output, those of figures too."""

    def __init__(self, text):
        super().__init__()
        self.data, self.tables, self._open, self._is_data = [], [], None, False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "data":
            self.data.append([attributes.get("title", ""), attributes["value"], ""])
        elif tag == "table":
            self.tables.append(["", []])
        elif tag == "tr" and self.tables:
            self.tables[-1][1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1][1]:
            self.tables[-1][1][-1].append("")
        if tag in ("caption", "td", "th"):
            self._open = tag
        self._is_data |= tag == "data"

    def handle_endtag(self, tag):
        if tag == self._open:
            self._open = None
        self._is_data &= tag != "data"

    def handle_data(self, text):
        if self._is_data:
            self.data[-1][2] += text
        if self._open == "caption":
            self.tables[-1][0] += text
        elif self._open in ("td", "th"):
            self.tables[-1][1][-1][-1] += text


STATES = {
    "[w]": "withheld",
    "[n]": "not received",
    "at year's end": "not told",
    "not told to date": "not told",
    "not yet told": "0–100 %",
}  # as a table words them


def stated(text):
    """What a text says: (value, status). Shares are told in per cent."""
    text = text.replace("\N{MINUS SIGN}", "-").strip()
    if match := re.fullmatch(r"(about )?(-?[\d,]+(?:\.\d+)?)(%?)", text):
        value = float(match[2].replace(",", ""))
        return value / 100 if match[3] else value, "rounded" if match[1] else "exact"
    if match := re.fullmatch(r"(\d+–\d+)%", text):
        return None, f"{match[1]} %"
    if text.startswith("at most "):  # of a year that is the difference of two numbers rounded to the same
        return 0.0, "rounded"
    return None, STATES.get(text, text)


def days(text):
    """ "October 2013–September 2014", "October–December 2014" or "October 2014" as "2013-10-01/2014-09-30".

    Empty where it is neither.
    """
    match = re.fullmatch(r"(\w+)(?: (\d{4}))?(?:–(\w+) (\d{4}))?", text.strip())
    if not match or match[1] not in MONTHS or not (match[2] or match[4]):
        return ""
    month, year = MONTHS[match[3] or match[1]], int(match[4] or match[2])
    return f"{int(match[2] or year)}-{MONTHS[match[1]]:02}-01/{year}-{month:02}-{monthrange(year, month)[1]:02}"


def from_csv(source, text):
    """Numbers of indicators.csv, history.csv and tracking.csv, and of a chart's file (whose name says of what)."""
    found = []
    for row in csv.DictReader(text.splitlines()):
        span = f"{row['start']}/{row['end']}" if "start" in row else ""
        for name in ("value", "low", "high", "actual", "numerator", "denominator", "previous", "last_year"):
            if row.get(name):
                indicator = row.get("indicator") or source.rsplit("/", 1)[-1].split("-")[0]
                way = row.get("disaggregation") or ("" if "indicator" in row else _way(source))
                found.append(
                    Read(
                        source,
                        indicator,
                        span if name not in ("previous", "last_year") else "",
                        way,
                        row.get("category", ""),
                        float(row[name]),
                        row.get("status", ""),
                    )
                )
    return found


def _way(source):
    """The disaggregation in the name of a chart's file: 2.2-age_group-coarse-to-date.csv is of age_group:coarse."""
    name = source.rsplit("/", 1)[-1].removesuffix(".csv").split("-", 1)[1].removesuffix("-to-date")
    return name.removesuffix("-coarse") + ":coarse" if name.endswith("-coarse") else name


def from_html(source, text, titles):
    """Numbers of a page. titles: {"name by field": (code, field)} of the breakdowns of a project."""
    page, found = Page(text), _derived(source, Page(text))
    for title, value, told in page.data:
        if match := re.fullmatch(r"indicator ([\d.\w]+), [^(]*\((\S+) to (\S+)\)(, .*)?", title):
            what = (match[4] or "").removeprefix(", ")
            found.append(
                Read(
                    source,
                    match[1],
                    f"{match[2]}/{match[3]}",
                    what,
                    "",
                    float(value) / (100 if told.endswith("%") or what == "per cent of recorded" else 1),
                    stated(told)[1],
                )
            )
    for caption, rows in page.tables:
        subject, _, span = caption.rpartition(", ")
        if subject in titles:
            code, field = titles[subject]
            found += [
                Read(
                    source,
                    code,
                    days(span),
                    field if row[0] != "Total" else "total",
                    row[0] if row[0] != "Total" else "all",
                    *told,
                )
                for row in rows[1:]
                for told in _cell(row[1])
                if tuple(row[:2]) != ("Every category", "[w]")
            ]
    return found


def _cell(text):
    """What stands in a cell: a number or a state, and of a figure's "about 45 (36–54)" both ends as well."""
    match = re.fullmatch(r"(.*?)(?: \((\d+)–(\d+)\))?", text)
    return [stated(one) for one in match.groups() if one is not None]


def from_notebook(source, text, titles):
    """Numbers of a notebook's outputs."""
    outputs = [output for cell in json.loads(text)["cells"] for output in cell.get("outputs", ())]
    pages = ["".join(output["data"].get("text/html", "")) for output in outputs if "data" in output]
    return [one for page in pages for one in from_html(source, page, titles)]


DERIVED = re.compile(r"indicator ([\w.]+), (?:(.+?) \((\S+) and (\S+)\), )?([^()]+)")
OWN_ROW = re.compile(r"([\d.]+\d) \S")  # "2.1 Victims of trafficking identified", "2.8 assisted within thirty days"
NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?")


def _derived(source, page):
    """What analyses work out: deviations, projections, rates, limits; and each number in a table of many indicators.

    The way of a number is what it is called in its title, or the heading of its column: "What changed, FY2014: Change".
    """
    found = []
    for title, value, told in page.data:
        if match := DERIVED.fullmatch(title):
            days = f"{match[3]}/{match[4]}" if match[3] else ""
            way = f"{match[2]}: {match[5]}" if match[2] else match[5]
            found.append(Read(source, match[1], days, way, "", float(value), stated(told)[1]))
    for caption, rows in page.tables:
        heads, of = rows[0] if rows else [], OWN_ROW.match(caption)
        for row in rows[1:]:
            code = OWN_ROW.match(row[0]) or (of if len(heads) > 2 else None)
            found += [
                Read(source, code[1], "", f"{caption}: {head}", row[0], _number(text), "derived")
                for head, cell in zip(heads[1:], row[1:], strict=False)
                if code
                for text in NUMBER.findall(cell)
            ]
    return found


def _number(text):
    return float(text.replace(",", "").replace("\N{MINUS SIGN}", "-"))
