"""A project as it came, the advice that make check gives, and the same project when the advice was followed.

What two files of tests/records/test_each_advice_of_*.py use. A case says of which words the advice begins, what is
then changed, and nothing else; and what the records then say.
"""

import ast
import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd
import pytest

from ctanalysis import Refused, project, records
from ctanalysis.records import HELD_BACK, LOOK, UNREAD
from tests.generators import parquet_files, sent, small

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'
HEAD = ["id", "day", "x"]
ROWS = [HEAD, ["r2", "2014-01-02", "7"], ["r3", "2014-01-03", "8"]]
MEANT = {"r2": 7, "r3": 8}
NOT_NAMED = ("categories", "path", "schema", "primaryKey")  # keys that an advice gives by what stands in them
ADDED = ", or ", "; where "  # how what is added to an advice begins
BEGINNING = 40  # signs of an advice that a case must have, where it has so many


@dataclass(frozen=True)
class Ours:
    """A project folder. rows: the content of records/{name}, as `put` takes it; where name has a folder, that is the
    table's. x: keys of the field x; more: fields beside it; table: keys of the table. others: more tables. files: more
    files of the project by their path. calculation: of its one sheet. facts: what stands first in project.toml.
    """

    rows: object = field(default_factory=lambda: ROWS)
    name: str = "rows.csv"
    x: Mapping = field(default_factory=lambda: {"type": "integer"})
    more: tuple = ()
    table: Mapping = field(default_factory=dict)
    others: tuple = ()
    files: Mapping = field(default_factory=dict)
    calculation: str = COUNT
    facts: str = ""


@dataclass(frozen=True)
class Case:
    """advice: its beginning, and other words that it must hold. after: what is changed, as Ours has it; nothing where
    nothing is to be done. meant: by key, what x then is. total: what the sheet then gives for the days of span.
    left: how many rows are rightly held back still. still: the rules by which something is rightly looked at still.
    """

    advice: tuple
    before: Ours
    after: Mapping = field(default_factory=dict)
    meant: Mapping | tuple = field(default_factory=lambda: MEANT)
    total: float | None = None
    span: tuple = ("2011-10-01", "2015-09-30")
    left: int = 0
    still: tuple = ()


def each(cases):
    """The names of cases: the first way to follow an advice is gone in make test, all others in make test-all."""
    first = {case.advice: name for name, case in reversed(cases.items())}
    return [pytest.param(name, marks=[pytest.mark.long] * (first[case.advice] != name)) for name, case in cases.items()]


def csv_of(rows, delimiter=","):
    """Rows as the text of a CSV file."""
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return file.getvalue()


def of(*cells, **more):
    """The rows r2, r3, ... with these cells in x."""
    return {"rows": [HEAD, *([f"r{row}", "2014-01-02", cell] for row, cell in enumerate(cells, 2))], **more}


def ours(x, *cells, **more):
    return Ours(x=x, **of(*cells), **more)


def meant(*values):
    return {f"r{row}": value for row, value in enumerate(values, 2)}


def put(path, content):
    """A file: rows, a text or bytes, a dict of columns (of a Parquet file), or what makes it when called."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, Callable):
        content(path)
    elif isinstance(content, dict):
        parquet_files.write(path, content)
    else:
        sent.write(path, content)


def made(folder, ours):
    """The project folder."""
    home = ours.name.partition("/")[0]
    fields = [sent.field("x", **ours.x), *ours.more]
    sent.sent(folder, fields, ROWS, "rows.csv", table={"path": f"records/{home}"} | ours.table, project_toml=ours.facts)
    (folder / "records/rows.csv").unlink()
    described = folder / "datapackage.json"
    package = json.loads(described.read_text(encoding="utf-8"))
    package["resources"] += ours.others
    described.write_text(json.dumps(package), encoding="utf-8")
    sheet = folder / "indicators/x.toml"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace(COUNT, ours.calculation), encoding="utf-8")
    for path, content in {f"records/{ours.name}": ours.rows, **ours.files}.items():
        if content is not None:
            put(folder / path, content)
    return folder


def surveyed(folder, ours):
    return records.survey(project.load(made(folder, ours)))


def advised(folder, ours):
    """All that is advised: of each finding; or the sentence with which the reading is refused."""
    try:
        return [finding.do for finding in surveyed(folder, ours).findings]
    except Refused as refusal:
        return [sentence.rstrip(".") for sentence in str(refusal).split(". ")]


def fits(case, do):
    first, *others = case.advice
    return do.startswith(first) and all(words in do for words in others)


def check(folder, case):
    """The advice comes; what it says is done, with the keys that it names; then nothing is held back or asked any more,
    and every value is what was meant.
    """
    said = advised(folder / "before", case.before)
    of_case = [do for do in said if fits(case, do)]
    assert of_case, said
    for key in (key for part in ("x", "table") for key in case.after.get(part, {})):
        known = key in NOT_NAMED or key in {**case.before.x, **case.before.table}
        assert known or f'"{key}"' in of_case[0], (key, of_case[0])
    found = surveyed(folder / "after", replace(case.before, **case.after))
    if case.after:
        assert not [one.do for one in found.findings if fits(case, one.do)]
        assert {one.rule for one in found.of(LOOK)} == {*case.still}, list(map(str, found.of(LOOK)))
    assert not found.of(UNREAD), list(map(str, found.of(UNREAD)))
    assert sum(len(one.rows) for one in found.of(HELD_BACK)) == case.left, list(map(str, found.of(HELD_BACK)))
    frame = found["rows"]
    read = list(zip(frame["id"], map(shown, frame["x"].astype(object)), strict=True))
    pairs = case.meant.items() if isinstance(case.meant, Mapping) else case.meant
    assert sorted(read, key=str) == sorted(((key, shown(value)) for key, value in pairs), key=str)
    if case.total is not None:
        assert small.values(folder / "after", case.span)[0, "total", "all"].value == case.total


def shown(value):
    """A cell as it can be compared: none, a day, a number or a text."""
    return None if pd.isna(value) else str(value).removesuffix(" 00:00:00").removesuffix(".0")


# The texts of the library.


def advice_in(path):
    """Every advice in a module, with a brace for each thing that is filled in: what stands where a finding or a refusal
    has it, all other texts that begin with a capital, the sentences of others that do, and what is added to an advice.
    """
    tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    inside = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    inside |= {id(node.body[0].value) for node in nodes if is_documented(node)}
    given = {id(node) for node in map(advice_of, nodes) if node}
    for node in nodes:
        if id(node) not in inside and isinstance(node, ast.Constant | ast.JoinedStr):
            text = text_of(node)
            is_whole = id(node) in given or text[:1].isupper() or text.startswith(ADDED)
            sentences = [text] if is_whole else [one for one in text.split(". ")[1:] if one[:1].isupper()]
            yield from (told for told in sentences if " " in told or told == "Nothing")


def is_documented(node):
    is_block = isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
    return is_block and isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant)


def advice_of(node):
    """The advice that is given to an Issue or an Unreadable."""
    name = getattr(node, "func", None)
    place = {"Issue": 3, "Unreadable": 1}.get(getattr(name, "id", getattr(name, "attr", "")))
    return node.args[place] if place and len(node.args) > place else None


def text_of(node):
    """The text of a node, with a brace for each thing that is filled in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return re.sub("{[a-z]+}", "{}", node.value) if isinstance(node.value, str) else ""


def is_followed(text, advised):
    """Whether an advice is among those of cases: of one with something filled in, its longest part."""
    parts = text.rstrip(".").split("{}")
    words = max(parts, key=len).strip(" ;:,")[:BEGINNING].rstrip()
    if words == text:
        return any(one == words for advice in advised for one in advice)
    return any(one.startswith(words) or words in one for advice in advised for one in advice)
