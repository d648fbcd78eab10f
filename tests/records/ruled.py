"""A small project with rules of its own, and what they find."""

from ctanalysis import records
from ctanalysis.project import load
from tests.generators import small

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'


def project(folder, table, rules="", **files):
    """A small project with these rows and rules; files: other files of it, "/" in a name written as "__"."""
    small.write(folder, table, COUNT)
    (folder / "rules.toml").write_text(rules, encoding="utf-8")
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_toml", ".toml").replace("_csv", ".csv").replace(
            "same_people", "same-people"
        )
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load(folder)


def found(folder, table, rules="", **files):
    """{rule: rows} of the findings about rows of the table."""
    rows = {}
    for finding in records.survey(project(folder, table, rules, **files)).findings:
        rows.setdefault(finding.rule, []).extend(finding.rows)
    return rows


def add_fields(folder, fields):
    """The table of a small project with a key and these fields only."""
    import json

    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    schema = package["resources"][0]["schema"]
    schema["fields"] = [schema["fields"][0], *fields, {"name": "day", "type": "date", "title": "day"}]
    path.write_text(json.dumps(package), encoding="utf-8")
