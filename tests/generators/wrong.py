"""A copy of the shipped project folder with one thing wrong in it, and what must be said about it."""

import csv
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path(__file__).parents[2] / "data"
TOKEN = "SECRET-7731"  # stands in a wrong cell; must stand in no message


@dataclass(frozen=True)
class Wrong:
    """One thing wrong: how to bring it about, and what a refusal must name.

    names: words that the refusal must hold, the file first. row, column: where in a table of
    records, the row as a spreadsheet shows it. secret: the wrong cell's text, which a refusal
    must not hold.
    """

    change: Callable[[Path], None]
    names: tuple[str, ...]
    row: int | None = None
    column: str | None = None
    secret: str = TOKEN


def copied(folder, change):
    """The shipped project copied to a folder and changed."""
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("reports", "internal"))
    change(folder)
    return folder


# Changes to a file as a whole.


def replaced(file, old, new):
    """The first occurrence of a text in a file replaced."""

    def change(folder):
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text, f"{file} no longer holds {old}"
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def written(file, content):
    """The file's content put in place of what it was; text is written as UTF-8."""
    return lambda folder: (folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())


def encoded(file, encoding, old="", new=""):
    """The file with a text replaced, saved in another encoding."""

    def change(folder):
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_bytes(text.replace(old, new, 1).encode(encoding))

    return change


def removed(file):
    """The file, or folder of files, taken away."""

    def change(folder):
        path = folder / file
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return change


# Changes to a table of records. Row 1 names the columns, as a spreadsheet shows it.


def file_of(table):
    """The one file of a table of the shipped project; the table's path is its folder."""
    return f"records/{table}/{table}.csv"


def cells(table, column, texts):
    """Cells of a column replaced: texts is a dict of row to text."""

    def change(folder):
        path = folder / file_of(table)
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        for row, text in texts.items():
            rows[row - 1][rows[0].index(column)] = text
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    return change


def lines(table, edit):
    """The table's lines as edit(list of lines) leaves them."""

    def change(folder):
        path = folder / file_of(table)
        found = path.read_text(encoding="utf-8").splitlines()
        edited = edit(found)
        path.write_text("\n".join(found if edited is None else edited) + "\n", encoding="utf-8")

    return change


def line(table, row, edit):
    """One line of a table as edit(line) gives it."""

    def change_line(found):
        found[row - 1] = edit(found[row - 1])

    return lines(table, change_line)


# Changes to the description of the tables.


def described(table, edit):
    """The table's resource in datapackage.json after edit(resource)."""

    def change(folder):
        path = folder / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        edit(next(resource for resource in package["resources"] if resource["name"] == table))
        path.write_text(json.dumps(package), encoding="utf-8")

    return change


def field_of(resource, name):
    """The description of a field of a resource."""
    return next(field for field in resource["schema"]["fields"] if field["name"] == name)
