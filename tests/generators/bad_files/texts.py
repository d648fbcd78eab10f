"""How a text file is written, whatever is wrong with it."""

import csv
import io
from datetime import date

from tests.generators.bad_files.case import HEAD, PLACES, ROWS, Bad, fields


def iso(name, value):
    return "" if value is None else ("true" if value else "false") if isinstance(value, bool) else str(value)


def russian(name, value):
    """As an Excel in Russian saves it: 03.02.2014, 1200,5, ИСТИНА."""
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float):
        return str(value).replace(".", ",")
    words = {one["label"]: one["translations"]["ru"] for one in PLACES}
    return words.get(value, iso(name, value))


def cyrillic(name, value):
    """As the project has it, but for places, which are in Russian: no letter that CP1251 lacks."""
    return russian(name, value) if isinstance(value, str) else iso(name, value)


def said_in_russian(fields, table):
    fields["day"]["format"] = "%d.%m.%Y"
    fields["spent"]["decimalChar"] = ","
    fields["agreed"] |= {"trueValues": ["ИСТИНА"], "falseValues": ["ЛОЖЬ"]}


def declared(table=None, **of_fields):
    """A description changed: keys of the table, and by field keys of the field."""

    def describe(fields, described):
        described.update(table or {})
        for name, more in of_fields.items():
            fields[name].update(more)

    return describe


def both(*describers):
    def describe(fields, table):
        for one in describers:
            one(fields, table)

    return describe


def text(rows=ROWS, delimiter=",", end="\n", head=HEAD, said=iso):
    """The rows as the text of a CSV file; a row that is a list is written as it is."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end)
    writer.writerow(head)
    writer.writerows(row if isinstance(row, list) else [said(name, row[name]) for name in HEAD] for row in rows)
    return file.getvalue()


def lines(edit, **how):
    """The text's lines after edit(lines)."""
    found = text(**how).splitlines()
    return "\n".join(edit(found) or found) + "\n"


def put(content, name="meetings.csv", encoding="utf-8"):
    """make(folder): one file with this content: bytes, a text, or what makes bytes when it is called."""

    def make(folder):
        data = content() if callable(content) else content
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode(encoding))

    return make


def several(**files):
    """make(folder): files by name."""

    def make(folder):
        for name, content in files.items():
            put(content, name)(folder)

    return make


def later(made):
    """The function, done only when its result is called: no workbook is made before its test."""
    return lambda *given, **named: lambda: made(*given, **named)


def sparse(name, start, size):
    """A file of a size that takes no room."""

    def make(folder):
        with open(folder / name, "wb") as file:
            file.write(start)
            file.truncate(size)

    return make


def titled(language):
    return [one["translations"][language] for one in fields()]


def of_text(content, *told, encoding="utf-8", name="meetings.csv", **more):
    return Bad(put(content, name, encoding), told=told, **more)


def of_lines(edit, *told, **more):
    return of_text(lines(edit), *told, **more)


def unread(content, *words, name="meetings.csv", encoding="utf-8", **more):
    return Bad(put(content, name, encoding), unread=words, rows=(), **more)
