"""A small project of one table, written row by row in the test that needs it."""

import csv
import io
import json
from datetime import date

from ctanalysis import indicators, project, records
from tests.generators import policies

FIELDS = [
    {"name": "id", "type": "string", "title": "row", "constraints": {"required": True, "unique": True}},
    {"name": "day", "type": "date", "title": "day"},
    {"name": "end", "type": "date", "title": "end"},
    {"name": "person", "type": "string", "title": "person"},
    {
        "name": "sex",
        "type": "string",
        "title": "sex",
        "categories": [{"value": "F", "label": "female"}, {"value": "M", "label": "male"}],
    },
    {
        "name": "kind",
        "type": "string",
        "title": "kind",
        "categories": [
            {"value": "NA", "label": "Namibian"},
            {"value": "|", "label": "bar"},
            {"value": "007", "label": "seven"},
        ],
    },
    {"name": "amount", "type": "number", "title": "amount"},
    {"name": "done", "type": "boolean", "title": "done"},
]
NAMED = [  # in the table where its rows, or the calculation, name them
    {"name": "before", "type": "boolean", "title": "aware before"},
    {"name": "after", "type": "boolean", "title": "aware after"},
    {"name": "score_before", "type": "number", "title": "score before"},
    {"name": "score_after", "type": "number", "title": "score after"},
    {
        "name": "round",
        "type": "string",
        "title": "round",
        "categories": [{"value": name, "label": name} for name in ("baseline", "midline", "endline")],
    },
    {
        "name": "region",
        "type": "string",
        "title": "region",
        "categories": [{"value": name, "label": name} for name in ("north", "south", "west")],
    },
    {
        "name": "line",
        "type": "string",
        "title": "budget line",
        "categories": [{"value": name, "label": name.lower()} for name in ("Prevention", "Protection")],
    },
]
FACTS = """
name = "Small Project"
country = "a country"
donor = "a donor"
implementer = "an implementer"
partners = ["a partner"]
locations = "one place"
start = 2011-10-01
end = 2015-09-30
language = "en"
synthetic = true
records_through = 2014-12-31
source = "a test"
[fiscal_year]
first_month = 10
[funding]
amount = 1000
currency = "US dollars"
[[areas]]
code = "work"
name = "Work"
purpose = "To be counted."
"""
SHEET_KEYS = (
    "result",
    "performance_plan_report",
    "definition",
    "rationale",
    "source",
    "method",
    "frequency",
    "responsible",
    "target_rationale",
    "previous_assessments",
    "next_assessment",
    "limitations",
    "changes",
)


def write(folder, table, calculation, targets="", published="", disclosure="open", more="", due="never"):
    """A project folder of one table and one sheet with the code "x".

    table: text as in a test: a header line and rows, cells separated by spaces, "-" for an empty cell.
    calculation: the TOML of [calculation]. due: how often its records are due; of "never" a quarter without rows is 0.
    """
    (folder / "indicators").mkdir(parents=True)
    (folder / "records").mkdir()
    fields = [*FIELDS, *(field for field in NAMED if _is_named(field, table, calculation))]
    (folder / "project.toml").write_text(FACTS, encoding="utf-8")
    (folder / "policy.toml").write_text(policies.policy(person="person"), encoding="utf-8")
    resource = {
        "name": "rows",
        "path": "records/rows.csv",
        "title": "Rows",
        "disclosure": disclosure,
        "due": due,
        "schema": {"fields": fields, "primaryKey": ["id"]},
    }
    (folder / "datapackage.json").write_text(json.dumps({"name": "small", "resources": [resource]}), encoding="utf-8")
    texts = "".join(f'{key} = "."\n' for key in SHEET_KEYS)
    (folder / "indicators" / "x.toml").write_text(
        'code = "x"\nname = "Things counted"\narea = "work"\nlevel = "output"\nunit = "things"\n'
        f'direction = "increase"\nheadline = true\nupdated = 2015-01-01\n{texts}{more}'
        '[baseline]\nvalue = 0\ndate = 2011-10-01\nnote = "."\n'
        '[words]\none = "thing"\nmany = "things"\nwas = "was counted"\nwere = "were counted"\n'
        'none = "Nothing was counted"\n'
        f"[calculation]\n{calculation}\n",
        encoding="utf-8",
    )
    (folder / "targets.csv").write_text("indicator,period,target,rationale,valid_from\n" + targets, encoding="utf-8")
    (folder / "published.csv").write_text("indicator,as_of,value,hedge,source\n" + published, encoding="utf-8")
    (folder / "records" / "rows.csv").write_text(_csv(table, fields), encoding="utf-8")
    return folder


def _is_named(field, table, calculation):
    return field["name"] in table.strip().splitlines()[0].split() or f'"{field["name"]}"' in calculation


def _csv(table, fields):
    header, *rows = [line.split() for line in table.strip().splitlines()]
    names = [field["name"] for field in fields]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(names)
    for number, row in enumerate(rows, 1):
        cells = {"id": f"r{number:04d}"} | dict(zip(header, row, strict=True))
        writer.writerow("" if cells.get(name, "-") == "-" else cells[name] for name in names)
    return file.getvalue()


def add_sheet(folder, code, calculation, name="Other things", one="other thing", unit="things"):
    """A second sheet of the same table, with words of its own."""
    text = (folder / "indicators" / "x.toml").read_text(encoding="utf-8")
    text = text[: text.index("[calculation]")].replace('code = "x"', f'code = "{code}"')
    text = text.replace('"Things counted"', f'"{name}"').replace('one = "thing"', f'one = "{one}"')
    text = text.replace('unit = "things"', f'unit = "{unit}"')
    (folder / "indicators" / f"{code}.toml").write_text(f"{text}[calculation]\n{calculation}\n", encoding="utf-8")
    return folder


def say(folder, facts, funding=""):
    """More of project.toml: facts, its further sections; funding: keys under [funding]."""
    path = folder / "project.toml"
    text = path.read_text(encoding="utf-8").replace("[funding]\n", f"[funding]\n{funding}\n")
    path.write_text(f"{text}\n{facts}\n", encoding="utf-8")
    return folder


def rows(*groups):
    """The lines of a table: how often, and what each of them is."""
    return "\n".join(line for times, line in groups for _ in range(times))


def values(folder, *windows):
    """The exact values of a folder's sheet: {(window's index, disaggregation, category): row}."""
    found = project.load(folder)
    spans = [
        indicators.Window(str(index), date.fromisoformat(start), date.fromisoformat(end))
        for index, (start, end) in enumerate(windows)
    ]
    frame = indicators.calculate(found, records.read(found), spans)
    return {(int(row.horizon), row.disaggregation, row.category): row for row in frame.itertuples()}
