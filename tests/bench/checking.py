"""Reading and checking records, beside frictionless."""

from statistics import median
from time import process_time

from tests.bench.clocks import children, fresh
from tests.memory import peak

CHECKED_ROWS = 1_000_000
TURNS = 3
PARTNERS = 40
EIGHT_FIELDS = [
    {"name": "visit_id", "type": "string", "title": "visit", "constraints": {"required": True, "unique": True}},
    {
        "name": "date",
        "type": "date",
        "title": "date",
        "constraints": {"required": True, "minimum": "2011-10-01", "maximum": "2015-09-30"},
    },
    {"name": "partner_id", "type": "string", "title": "partner code", "constraints": {"required": True}},
    {
        "name": "sex",
        "type": "string",
        "title": "sex",
        "categories": [{"value": "Feminine", "label": "female"}, {"value": "Masculine", "label": "male"}],
    },
    {
        "name": "kind",
        "type": "string",
        "title": "kind",
        "categories": [
            {"value": value, "label": value.lower()} for value in ("Shelter", "Health", "Legal", "Livelihood")
        ],
        "constraints": {"required": True},
    },
    {"name": "people", "type": "integer", "title": "people", "constraints": {"minimum": 0, "maximum": 500}},
    {"name": "cost", "type": "number", "title": "cost", "constraints": {"minimum": 0}},
    {"name": "agreed", "type": "boolean", "title": "agreed", "constraints": {"required": True}},
]


def checking(folder):
    project = million(folder / "million")
    turns = [(fresh(our_check, project), fresh(their_check, project)) for _ in range(TURNS)]
    ours, theirs = median(mine[0] for mine, _ in turns), median(other for _, other in turns)
    memory, frame = turns[0][0][1:]
    rows = f"{CHECKED_ROWS:,} rows of {len(EIGHT_FIELDS)} fields"
    print(
        f"Reading and checking {rows}, the same descriptor and file; CPU seconds, one thread, each in a "
        f"process of its own: median of {TURNS} runs, by turns\n"
    )
    print(
        f"   ours {ours:6.1f} s ({CHECKED_ROWS / ours:9,.0f} rows a second), frictionless {theirs:6.1f} s "
        f"({CHECKED_ROWS / theirs:9,.0f} rows a second): {theirs / ours:.1f} times as long"
    )
    print(
        f"   memory beyond the imports at its peak {memory / 2**20:,.0f} MB, the frame {frame / 2**20:,.0f} MB: "
        f"{memory / frame:.1f} times the frame's"
    )
    _as_parquet(project, ours)


def _as_parquet(project, ours):
    """The same rows as Parquet. ours: the seconds of them as CSV."""
    as_parquet(project)
    turns = [fresh(our_check, project) for _ in range(TURNS)]
    took, (memory, frame) = median(turn[0] for turn in turns), turns[0][1:]
    print(
        f"   the same rows as Parquet {took:6.1f} s, with the process that opens the file: {took / ours:.2f} times the "
        f"CSV file's; memory {memory / 2**20:,.0f} MB, {memory / frame:.1f} times the frame's"
    )


def checking_memory(folder):
    """Prints what checking a table of a million rows, and of ten million in ten files, takes beside its frame."""
    for files in (1, 10):
        took, memory, frame = fresh(our_check, million(folder / f"{files}-million", files))
        print(
            f"   {files * CHECKED_ROWS:10,} rows: memory beyond the imports at its peak {memory / 2**20:,.0f} MB, the "
            f"frame {frame / 2**20:,.0f} MB: {memory / frame:.1f} times the frame's; {took:,.1f} CPU seconds"
        )
    print("   wanted: at most 3 times")


def million(folder, files=1):
    """A project with a table of a million rows in each of its files, from a seed, that refers to another."""
    import json

    from tests.generators import small

    small.write(folder, "id", 'measure = "count"\ntable = "visits"\ndate = "date"')
    partner = {
        "name": "partner_id",
        "type": "string",
        "title": "partner",
        "constraints": {"required": True, "unique": True},
    }
    partners = {
        "name": "partners",
        "path": "records/partners.csv",
        "title": "Partners",
        "disclosure": "open",
        "schema": {"fields": [partner], "primaryKey": ["partner_id"]},
    }
    key = {"fields": ["partner_id"], "reference": {"resource": "partners", "fields": ["partner_id"]}}
    visits = partners | {
        "name": "visits",
        "path": [f"records/visits{number}.csv" for number in range(files)],
        "title": "Visits",
        "schema": {"fields": EIGHT_FIELDS, "primaryKey": ["visit_id"], "foreignKeys": [key]},
    }
    (folder / "datapackage.json").write_text(
        json.dumps({"name": "million", "resources": [partners, visits]}), encoding="utf-8"
    )
    (folder / "records/rows.csv").unlink()
    (folder / "records/partners.csv").write_text(
        "\n".join(["partner_id", *(f"PA{number}" for number in range(PARTNERS))]) + "\n", encoding="utf-8"
    )
    for file in range(files):
        write_visits(folder / f"records/visits{file}.csv", range(file * CHECKED_ROWS, (file + 1) * CHECKED_ROWS))
    return folder


def write_visits(path, numbers):
    """A file of visits, drawn from the number of its first."""
    from datetime import date, timedelta
    from random import Random

    random, days = Random(7 + numbers.start), [str(date(2011, 10, 1) + timedelta(number)) for number in range(1100)]
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(field["name"] for field in EIGHT_FIELDS) + "\n")
        for number in numbers:
            a, b = random.random(), random.random()
            kind, sex = (
                ("Shelter", "Health", "Legal", "Livelihood")[int(a * 4)],
                ("Feminine", "Masculine", "")[int(b * 2.2)],
            )
            file.write(
                f"V{number:08},{days[int(a * 1100)]},PA{int(b * PARTNERS)},{sex},{kind},"
                f"{int(a * 90)},{int(b * 100000) / 100},{('true', 'false')[int(a * 2)]}\n"
            )


def as_parquet(project):
    """The project's tables as Parquet, each column of the type that Arrow sees in it."""
    from pyarrow import csv, parquet

    for path in sorted((project / "records").glob("*.csv")):
        parquet.write_table(csv.read_csv(path), path.with_suffix(".parquet"))
        path.unlink()
    described = project / "datapackage.json"
    described.write_text(described.read_text(encoding="utf-8").replace(".csv", ".parquet"), encoding="utf-8")


def our_check(folder):
    """CPU seconds of survey(), its memory at the peak beyond the imports', and the frame's."""
    import ctanalysis.records
    from ctanalysis.project import load

    project, before = load(folder), peak()
    start = process_time()
    found = ctanalysis.records.survey(project)
    took = process_time() - start + children()  # Parquet is opened by a process of its own
    assert not found.findings and len(found["visits"]) % CHECKED_ROWS == 0
    memory = (peak() - before) * 1024
    return took, memory, sum(int(frame.memory_usage(deep=True).sum()) for frame in found.values())


def their_check(folder):
    """CPU seconds of frictionless' validation of the same descriptor and file; categories are its enums."""
    import json

    from frictionless import Package

    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for table in package["resources"]:
        for field in table["schema"]["fields"]:
            if "categories" in field:
                field["constraints"] = field.get("constraints", {}) | {
                    "enum": [category["value"] for category in field.pop("categories")]
                }
    start = process_time()
    report = Package.from_descriptor(package, basepath=str(folder)).validate()
    assert report.valid
    return process_time() - start
