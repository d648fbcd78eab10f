"""The shipped project with records spoiled at random."""

import csv
import json
import random

from tests.conftest import copied
from tests.generators.wrong import file_of

PERIODS = ("FY2014", "FY2015Q1", "FY2012Q4", "LOP")
SPLIT = ("attendance", "victims")  # tables of two files
KEPT = ("EV0500", "A04000")  # rows that are corrected


def spoiled(folder, seed):
    """A copy of the shipped project with many things wrong, by chance."""
    copied(folder)
    chance = random.Random(seed)
    for table in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        path = folder / file_of(table["name"])
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        _spoil(rows, table["schema"], chance, max(1, len(rows) // 60))
        middle = len(rows) * 2 // 3 if table["name"] in SPLIT else len(rows)
        _write(path, rows[:middle])
        if rows[middle:]:
            _write(path.with_name("later.csv"), rows[middle:])
    _spoil_deliveries(folder / "deliveries.csv", chance)
    changed(folder / "quality.toml", "# [[ended]]", '[[ended]]\npartner = "ORG03"\nlast = 2014-03-31\nreason = "."\n#')
    changed(folder / "indicators" / "1.6-advocacy.toml", 'code = "1.6"', 'code = "1.6"\nvalid_from = 2014-01-01')
    changed(
        folder / "indicators" / "2.4-voluntary-returns.toml", 'code = "2.4"', 'code = "2.4"\nvalid_from = 2014-11-01'
    )
    changed(
        folder / "rules.toml",
        "[[range]]",
        (
            '[[duplicate]]\ntable = "events"\nfields = ["date", "kind", "oblast"]\nreason = "."\n\n[[gap]]\n'
            'table = "events"\nfield = "date"\nby = "organisation_id"\nreason = "."\n\n[[range]]'
        ),
    )
    changed(
        folder / "judgements" / "same-people.toml",
        "unmatchable = ",
        'match = ["date_identified", "oblast", "sex"]\n# unmatchable = ',
    )
    (folder / "judgements" / "corrections.toml").write_text(
        "".join(
            (
                f'[[correction]]\ntable = "{table}"\nkey = "{key}"\nfield = "{field}"\n'
                f'expect = "{_cell(folder, table, key, field)}"\nvalue = "{value}"\nreason = "."\nrole = "."\n'
                "date = 2015-01-10\n"
            )
            for table, key, field, value in (
                ("events", "EV0500", "audience", "Media"),
                ("attendance", "A04000", "participants", "20"),
            )
        ),
        encoding="utf-8",
    )
    return folder


def _spoil(rows, schema, chance, count):
    key, fields = schema["primaryKey"][0], {field["name"]: field for field in schema["fields"]}
    references = [one["fields"][0] for one in schema.get("foreignKeys", [])]
    for _ in range(count):
        row, name = chance.choice(rows), chance.choice([name for name in fields if name != key])
        if row[key] in KEPT:
            continue
        if chance.random() < 0.3:
            row[name] = ""
        elif name in references:
            row[name] = "NOBODY"
        elif fields[name]["type"] != "string" or "categories" in fields[name]:
            row[name] = chance.choice(["soon", "2031-05-05", "2009-02-03", "?"])
    for number in range(count // 2):
        row = dict(chance.choice([row for row in rows if row[key] not in KEPT]))
        rows.append(row if number % 3 == 0 else row | {key: f"{row[key]}-{number}"})
        if number % 5 == 4:
            rows.append(
                row
                | {
                    name: row[name] + "1"
                    for name in fields
                    if fields[name]["type"] == "string"
                    and name not in (key, *references)
                    and "categories" not in fields[name]
                }
            )


def _write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _spoil_deliveries(path, chance):
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if chance.random() > 0.05]
    lines = [f"{line[:-2]}28" if line.endswith(("-01-20", "-04-20")) else line for line in lines]
    lines += [
        line.replace("2014-", "2015-", 1) if "," in line and chance.random() < 0.5 else line
        for line in chance.sample([line for line in lines if ",2014-" in line], 8)
    ]
    lines += [f"{file_of('events')},ORG03,FY2013,{day}" for day in ("2013-10-12", "2013-11-12")]
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")


def changed(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _cell(folder, table, key, field):
    with (folder / file_of(table)).open(encoding="utf-8", newline="") as file:
        return next(row[field] for row in csv.DictReader(file) if key in row.values())
