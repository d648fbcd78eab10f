"""Files that people wrote, changed in one place: what they look like elsewhere, comments too, stays to the letter."""

import csv
import io
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from ctanalysis.base.errors import Refused

DECODER = json.JSONDecoder()
BLANK = re.compile(r"[ \t\r\n]*")
DELIVERIES = ["file", "partner", "period", "sent"]
THROUGH = re.compile(r"""^([ \t]*["']?records_through["']?[ \t]*=[ \t]*)[^\s#]+""", re.MULTILINE)
MARK = "\ufeff"  # with which programs of Windows begin a file


def with_path(text: str, table: str, path: str) -> str:
    """datapackage.json with a path more for a table. Refused: it cannot be changed without changing more."""
    start, end = _path_of(text, table)
    old = json.loads(text[start:end])
    new = json.dumps(path, ensure_ascii=False)
    if isinstance(old, list) and old:
        last, between = _last_item(text, start)
        changed = f"{text[:last]},{between or ' '}{new}{text[last:]}"
    else:
        items = f"{text[start:end]}, {new}" if isinstance(old, str) else new
        changed = f"{text[:start]}[{items}]{text[end:]}"
    expected = json.loads(text.removeprefix(MARK))
    for resource in expected["resources"]:
        if resource["name"] == table:
            resource["path"] = [*([old] if isinstance(old, str) else old), path]
    return _verified(changed, json.loads, expected, "datapackage.json", f"Add {new} to the path of table '{table}'")


def with_records_through(text: str, day: date) -> str:
    """project.toml with another day in records_through. Refused: it cannot be changed without changing more."""
    expected = tomllib.loads(text.removeprefix(MARK)) | {"records_through": day}
    for place in THROUGH.finditer(text):
        changed = f"{text[: place.start()]}{place[1]}{day}{text[place.end() :]}"
        try:
            if tomllib.loads(changed.removeprefix(MARK)) == expected:
                return changed
        except tomllib.TOMLDecodeError:
            continue
    raise Refused(f"project.toml: records_through stands where it cannot be changed. Move it to {day} yourself.")


def with_delivery(text: str, row: dict[str, str]) -> str:
    """deliveries.csv with a row more, its cells in the order of the file's columns. text: empty where there is none."""
    text = text or ",".join(DELIVERIES) + "\n"
    columns = [name.strip() for name in next(csv.reader(io.StringIO(text.removeprefix(MARK))))]
    ends = "\r\n" if "\r\n" in text else "\n"
    line = io.StringIO()
    csv.writer(line, lineterminator=ends).writerow([row.get(name, "") for name in columns])
    return text + ("" if text.endswith("\n") else ends) + line.getvalue()


def _verified(changed: str, parse: Callable[[str], Any], expected: Any, name: str, by_hand: str) -> str:
    try:
        if parse(changed.removeprefix(MARK)) == expected:
            return changed
    except ValueError:
        pass
    raise Refused(f"{name}: it cannot be changed without changing more than is meant. {by_hand} yourself.")


def _path_of(text: str, table: str) -> tuple[int, int]:
    """Where the path of a table stands in datapackage.json: its first letter, and the one behind it."""
    resources = _members(text, len(MARK) * text.startswith(MARK))["resources"][0]
    for start, _ in _items(text, resources):
        members = _members(text, start)
        if json.loads(text[slice(*members["name"])]) == table:
            return members["path"]
    raise Refused(f"datapackage.json: there is no table '{table}'.")


def _members(text: str, at: int) -> dict[str, tuple[int, int]]:
    """Where the value of each key of an object stands. A key that is there twice is that of the last, as in json."""
    found: dict[str, tuple[int, int]] = {}
    at = _past_blank(text, _past_blank(text, at) + 1)
    while text[at] != "}":
        key, at = DECODER.raw_decode(text, at)
        start = _past_blank(text, _past_blank(text, at) + 1)
        found[key] = start, _end(text, start)
        at = _past_blank(text, found[key][1])
        at = _past_blank(text, at + 1) if text[at] == "," else at
    return found


def _items(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Where each item of a list stands."""
    at = _past_blank(text, at + 1)
    while text[at] != "]":
        end = _end(text, at)
        yield at, end
        at = _past_blank(text, end)
        at = _past_blank(text, at + 1) if text[at] == "," else at


def _last_item(text: str, at: int) -> tuple[int, str]:
    """The end of a list's last item, and the blank before that item, where it begins a line of its own."""
    items: Sequence[tuple[int, int]] = list(_items(text, at))
    start, end = items[-1]
    blank = text[len(text[:start].rstrip()) : start]
    return end, blank if "\n" in blank else ""


def _end(text: str, at: int) -> int:
    try:
        return DECODER.raw_decode(text, at)[1]
    except json.JSONDecodeError:  # the file was read as JSON before
        raise Refused("datapackage.json changed meanwhile. Run this again.") from None


def _past_blank(text: str, at: int) -> int:
    blank = BLANK.match(text, at)
    return blank.end() if blank else at
