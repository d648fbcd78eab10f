"""Changes of the shipped project's descriptor about identifiers and consent."""

import csv
import zipfile

from tests.generators.wrong import described, field_of, file_of, replaced

PACKAGE = "datapackage.json"
WHY = "Only by it can one person under two codes be found."
NAME = {"name": "alias", "type": "string", "title": "alias", "identifying": True, "identifyingBecause": WHY}
BORN = {"name": "born_on", "type": "date", "title": "born on", "identifying": True, "identifyingBecause": WHY}


def with_fields(table, *fields):
    """The fields put into a table's description."""
    return described(table, lambda resource: resource["schema"]["fields"].extend(dict(field) for field in fields))


def marked(table, name, **more):
    """A field of a table with other keys as well."""
    return described(
        table, lambda resource: field_of(resource, name).update({"identifying": True, "identifyingBecause": WHY} | more)
    )


def consenting(table, **consent):
    return described(table, lambda resource: resource.update(consent=consent))


def all_of(*changes):
    """Several changes as one."""

    def change(folder):
        for one in changes:
            one(folder)

    return change


def in_sheet(file, old, new):
    """A text in a sheet replaced, which then may name an identifying field of victims."""
    return all_of(
        with_fields("victims", NAME, BORN, dict(NAME, name="number", title="number", type="number")),
        replaced(f"indicators/{file}", old, new),
    )


def without_reason(field):
    return {key: value for key, value in field.items() if key != "identifyingBecause"}


def appended(file, text):
    return lambda folder: (folder / file).write_text(
        (folder / file).read_text(encoding="utf-8") + text, encoding="utf-8"
    )


# It is read and checked, and stays where it is read.


def rewritten(folder, table, edit):
    """A table's rows, dicts by column, as edit(number, row) gives them; a row that it gives as None is taken out."""
    path = folder / file_of(table)
    with path.open(encoding="utf-8", newline="") as file:
        rows = [edited for number, row in enumerate(csv.DictReader(file), 2) if (edited := edit(number, row))]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def every_byte(folder):
    """What is in every file, those inside workbooks too."""
    for path in (path for path in folder.rglob("*") if path.is_file()):
        yield path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as parts:
                yield from (parts.read(name) for name in parts.namelist())


CORRECTION = (
    '[[correction]]\ntable = "victims"\nkey = "P0001"\nfield = "{}"\nexpect = "{}"\nvalue = "{}"\nreason = "."\n'
    'role = "."\ndate = 2015-01-10\n'
)
