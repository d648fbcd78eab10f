"""Whatever is written wrongly into a project's files is told in words of ours: every value replaced by every wrong one.

The files are those of the shipped project, with an entry in each list that is empty there.
"""

import datetime
import itertools
import json
import re
import tomllib
from typing import get_args

import pytest
from pydantic_core.core_schema import ErrorType

from ctanalysis import Refused
from ctanalysis.project import strict
from ctanalysis.project.descriptor import Package
from ctanalysis.project.facts import Facts
from ctanalysis.project.judgements import AcceptedFindings, Corrections, Restatements, SamePeople
from ctanalysis.project.policy import Policy
from ctanalysis.project.quality import Quality
from ctanalysis.project.rules import Rules
from ctanalysis.project.sheets import Sheet
from tests.generators.wrong import SHIPPED

OF_LIBRARIES = re.compile(
    r"\b([Ii]nput|valid|[Tt]uples?|List|[Ee]xtra|[Uu]nion|literal|dict(ionary)?|instance|[Pp]ydantic|NoneType|str|int|"
    r"float|bool|Value error|Assertion|[Vv]alidator|schema_error|mapping|iterable|regex|finite|parse[dr]?|decimals?_)\b"
    r"|\b(?!organisation)[a-z]*_type|_error|https?://errors|\{|\}"
)
WRONG = [
    *(5, -1, 1.5, float("inf"), True, None, "", "x", "=x", "two words", [], [1], ["x"], [[]], [{}], {}, {"x": 1}),
    *({"not": [[]]}, {1: 2}, "2014-13-32", 10**40, [None]),
    *(datetime.date(2014, 1, 1), datetime.datetime(2014, 1, 1, 5), datetime.time(5)),
]
BY = 'reason = "."\nrole = "."\ndate = 2015-01-10\n'
ROW = 'table = "events"\nkey = { a = "x", b = "y" }\n'
MORE = {
    "corrections": f'[[correction]]\n{ROW}field = "kind"\nexpect = ""\nvalue = ""\nfile = "x"\nrow = 3\n{BY}',
    "accepted": f'[[accepted]]\nrule = "usual"\n{ROW}cells = {{ kind = "x" }}\n{BY}',
    "restatements": '[[restatement]]\nperiod = "FY2014"\nrevision = 1\nreason = "."\nrole = "."\ndate = 2015-01-10\n',
    "rules": "\n".join(
        f'[[{kind}]]\ntable = "x"\nreason = "."\n{keys}'
        for kind, keys in {
            "range": 'field = "x"\nminimum = 1\nmaximum = 2\n',
            "usual": 'field = "x"\nby = "x"\n',
            "sum": 'total = "x"\nparts = ["x", "y"]\n',
            "order": 'first = "x"\nthen = "y"\n',
        }.items()
    ),
}


def toml(name):
    return tomllib.loads((SHIPPED / f"{name}.toml").read_text(encoding="utf-8"))


FILES = [
    ("project", Facts, toml("project")),
    ("datapackage", Package, json.loads((SHIPPED / "datapackage.json").read_text(encoding="utf-8"))),
    ("policy", Policy, toml("policy")),
    ("quality", Quality, toml("quality")),
    ("rules", Rules, tomllib.loads(MORE["rules"])),
    ("corrections", Corrections, tomllib.loads(MORE["corrections"])),
    ("accepted", AcceptedFindings, tomllib.loads(MORE["accepted"])),
    ("same-people", SamePeople, toml("judgements/same-people")),
    ("restatements", Restatements, tomllib.loads(MORE["restatements"])),
    *((path.stem, Sheet, tomllib.loads(path.read_text("utf-8"))) for path in sorted(SHIPPED.glob("indicators/*.toml"))),
]


def places(data, way=()):
    """The ways to all values in some data, one to each kind of place: the first of every list that has other keys."""
    if way:
        yield way
    if isinstance(data, dict):
        for key, value in data.items():
            yield from places(value, (*way, key))
    elif isinstance(data, list):
        seen = set()
        for number, value in enumerate(data):
            keys = frozenset(value) if isinstance(value, dict) else type(value)
            if keys not in seen:
                seen.add(keys)
                yield from places(value, (*way, number))


def with_value(data, way, value):
    """A copy of the data with another value at the end of a way."""
    if not way:
        return value
    step, *others = way
    copy = list(data) if isinstance(data, list) else dict(data)
    copy[step] = with_value(copy[step], others, value)
    return copy


def without(data, way):
    """A copy of the data without what is at the end of a way."""
    *before, last = way
    holder = data
    for step in before:
        holder = holder[step]
    if isinstance(holder, list):
        return with_value(data, before, [*holder[:last], *holder[last + 1 :]]) if before else data
    return with_value(data, before, {key: value for key, value in holder.items() if key != last})


def with_more(data, way):
    """A copy of the data with a key that nobody knows at the end of a way; of a list, with one more item."""
    holder = data
    for step in way:
        holder = holder[step]
    return with_value(data, way, [*holder, "nobodys"] if isinstance(holder, list) else holder | {"nobodys": 1})


def said(model, data):
    """The sentences about some data; none where it may be so."""
    try:
        strict.build(model, data, "file")
    except Refused as refusal:
        return set(str(refusal).splitlines())
    return set()


@pytest.mark.few(12)
@pytest.mark.parametrize(("name", "model", "data"), FILES, ids=[name for name, *_ in FILES])
def test_no_word_of_a_library_comes_through(name, model, data):
    """Each place of each file with each wrong value, with a key that nobody knows, and without each key."""
    told = set()
    ways = list({tuple("" if isinstance(step, int) else step for step in way): way for way in places(data)}.values())
    for way, value in itertools.product(ways, WRONG):
        told |= said(model, with_value(data, way, value))
    for way in ways:
        told |= said(model, without(data, way)) | said(model, with_more(data, way[:-1]))
    assert len(told) > 10
    for line in told:
        assert line.startswith("file: ") and line.endswith("."), line
        assert not OF_LIBRARIES.search(re.sub(r"'[^']*'|\"[^\"]*\"|key = .*", "", line)), line


def test_a_value_of_several_kinds_is_told_once():
    """A bound is a number or a text: one sentence, and not one for each kind that it is not."""
    data = json.loads((SHIPPED / "datapackage.json").read_text(encoding="utf-8"))
    field = data["resources"][0]["schema"]["fields"][0]
    field["constraints"]["minimum"] = [1]
    with pytest.raises(Refused) as refusal:
        strict.build(Package, data, "file")
    assert str(refusal.value).count("\n") == 0 and "a text, in quotation marks" in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("1st", "it begins with a letter"),
        ("first name", "it begins with a letter from a to z or _, and may have letters, digits, - and _ only"),
    ],
)
def test_a_name_says_how_it_begins(name, says):
    data = json.loads((SHIPPED / "datapackage.json").read_text(encoding="utf-8"))
    data["resources"][0]["name"] = name
    with pytest.raises(Refused) as refusal:
        strict.build(Package, data, "file")
    assert says in str(refusal.value)


@pytest.mark.parametrize("kind", get_args(ErrorType))
def test_every_kind_of_fault_has_a_sentence(kind):
    """Whatever pydantic may say, now or after a change of ours: its own words are never used."""
    context = dict.fromkeys(re.findall(r"\{(\w+)\}", strict.SENTENCES.get(kind, "")), "7")
    context = {key: value for key, value in context.items() if key not in ("place", "form")}
    fault = {"type": kind, "loc": ("x",), "msg": "Input should be a valid tuple", "input": "secret", "ctx": context}
    sentence = strict._sentence(fault, "x")
    if kind != "value_error":  # a sentence of ours
        assert "'x'" in sentence and sentence.endswith(".") and not OF_LIBRARIES.search(sentence)


@pytest.mark.parametrize("path", [[], ""])
def test_a_table_without_a_file_is_refused(path):
    data = json.loads((SHIPPED / "datapackage.json").read_text(encoding="utf-8"))
    data["resources"][0]["path"] = path
    with pytest.raises(Refused, match="names no file"):
        strict.build(Package, data, "file")


def test_the_place_of_a_fault_is_one_of_the_file():
    """An object where a path or several may stand: its keys are named, and no kind that was tried."""
    data = json.loads((SHIPPED / "datapackage.json").read_text(encoding="utf-8"))
    data["resources"][0]["path"] = {"a": 1}
    with pytest.raises(Refused) as refusal:
        strict.build(Package, data, "file")
    assert str(refusal.value).startswith("file: 'resources.organisations.path' must be a text")
    assert not re.search(r"tuple|\bstr\b", str(refusal.value))


@pytest.mark.parametrize("model", [AcceptedFindings, SamePeople])
def test_only_a_correction_strikes_out(model):
    """Elsewhere `strike` is a key that is not known, and no advice on how to strike out is given."""
    [name] = model.model_fields
    with pytest.raises(Refused) as refusal:
        strict.build(model, {name: [{"strike": True}]}, "file")
    assert "struck out" not in str(refusal.value) and "strike" in str(refusal.value)
