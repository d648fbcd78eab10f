"""datapackage.json may have any key of the Data Package standard: it is followed, or refused with what to write.

Every key of the standard's profiles (v1 and v2) is in one of the two tables below. What is followed leaves the values
right; what is refused is refused in a sentence that names the key.
"""

import json

import pytest
from frictionless import Resource

from ctanalysis import Refused, records
from ctanalysis.project import load
from ctanalysis.records import HELD_BACK
from tests.generators.sent import field, sent
from tests.records.test_advice import OF_LIBRARIES

CSV = "id,day,amount,kind\na,2014-10-01,1,x\nb,2014-10-02,---,x\nc,2014-10-03,4,--\n"
FIELDS = [field("amount", "number", missingValues=["---"]), field("kind", missingValues=["--"])]
PLACES = {
    "package": lambda package: package,
    "table": lambda package: package["resources"][0],
    "dialect": lambda package: package["resources"][0].setdefault("dialect", {}),
    "schema": lambda package: package["resources"][0]["schema"],
    "field": lambda package: package["resources"][0]["schema"]["fields"][2],
    "constraints": lambda package: package["resources"][0]["schema"]["fields"][2].setdefault("constraints", {}),
}
NOTHING = [
    ("package", {"id": "x", "profile": "tabular-data-package", "version": "1.0", "created": "2015-01-01T00:00:00Z"}),
    ("package", {"licenses": [{"name": "CC0-1.0"}], "contributors": [{"title": "A"}], "keywords": ["x"]}),
    ("package", {"homepage": "https://example.org", "image": "x.png", "sources": [{"title": "x"}]}),
    ("table", {"profile": "tabular-data-resource", "mediatype": "text/csv", "format": "csv", "scheme": "file"}),
    ("table", {"type": "table", "licenses": [], "sources": [], "homepage": "https://example.org"}),
    ("dialect", {"header": True, "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "delimiter": ","}),
    ("dialect", {"skipInitialSpace": False, "caseSensitiveHeader": False, "commentChar": None, "$schema": "x"}),
    ("schema", {"$schema": "x", "name": "x", "title": "x", "description": "x", "fieldsMatch": "equal"}),
    ("schema", {"fieldsMatch": ["exact"]}),
    ("field", {"format": "default"}),
    ("field", {"example": "7", "rdfType": "https://example.org", "bareNumber": True}),
]
REFUSED = [
    *(("table", {key: "x"}, "files of the project folder") for key in ("data", "scheme", "type")),
    *(("table", {key: "x"}, "unpacked") for key in ("compression", "innerpath")),
    ("table", {"hash": "x"}, "not checked here"),
    ("table", {"bytes": 7}, "not checked here"),
    ("table", {"missingValues": [""]}, "into the schema, or into a field"),
    ("dialect", {"header": False}, "write a row of headings"),
    ("dialect", {"headerRows": [2]}, "take the key out"),
    ("dialect", {"headerJoin": " "}, "take the key out"),
    ("dialect", {"caseSensitiveHeader": True}, "capitals"),
    ("dialect", {"commentRows": [1]}, "ignoredColumns"),
    ("dialect", {"commentChar": "#"}, "take them out"),
    ("dialect", {"lineTerminator": "|"}, "save the files so"),
    ("dialect", {"quoteChar": "'"}, "save them so"),
    ("dialect", {"doubleQuote": False}, "save them so"),
    ("dialect", {"escapeChar": "\\"}, "save them so"),
    ("dialect", {"skipInitialSpace": True}, "without blanks"),
    ("dialect", {"nullSequence": "\\N"}, "missingValues"),
    ("dialect", {"sheetNumber": 2}, "sheetName"),
    ("dialect", {"delimiter": "|"}, "leave it empty or write one of"),
    ("dialect", {"table": "x"}, "files of the project folder"),
    *(("schema", {"fieldsMatch": how}, "ignoredColumns") for how in ("subset", "superset", "partial", 3)),
    *(("schema", {"missingValues": marks}, '"missingValues" must be a list of texts') for marks in ("-", [-99], None)),
    ("schema", {"uniqueKeys": [["no"]]}, "no such field"),
    ("field", {"bareNumber": False}, '"percentage": true'),
    ("constraints", {"minLength": 2}, '"pattern"'),
    ("constraints", {"maxLength": 2}, '"pattern"'),
    ("constraints", {"exclusiveMinimum": 0}, '"minimum"'),
    ("constraints", {"exclusiveMaximum": 0}, '"minimum" or "maximum"'),
    ("constraints", {"jsonSchema": {}}, "take it out"),
    *((level, {"nobodys": 1}, "is not known here") for level in PLACES),
]


def described(folder, change, level="schema"):
    """A project with such a table, whose datapackage.json has more keys at a level."""
    sent(folder, json.loads(json.dumps(FIELDS)), CSV, name="rows.csv")
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    PLACES[level](package).update(change)
    path.write_text(json.dumps(package), encoding="utf-8")
    return folder


@pytest.mark.parametrize(("level", "change"), NOTHING)
def test_what_describes_or_is_done_anyway_changes_no_value(tmp_path, level, change):
    found = records.survey(load(described(tmp_path / "p", change, level)))
    assert not found.findings and found["rows"]["amount"].sum() == 5 and len(found["rows"]) == 3


def test_categories_may_be_plain_texts(tmp_path):
    """As Table Schema has them, also without labels: each is its own. What is none of them is held back."""
    folder = described(tmp_path / "p", {})
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"][0]["schema"]["fields"][3]["categories"] = ["x", {"value": "y"}, {"value": "z", "label": "Z"}]
    path.write_text(json.dumps(package), encoding="utf-8")
    (folder / "records/rows.csv").write_text(CSV.replace(",1,x", ",1,y").replace(",4,--", ",4,w"), encoding="utf-8")
    project = load(folder)
    assert project.package.tables["rows"].fields["kind"].labels == ("x", "y", "Z")
    found = records.survey(project)
    assert found["rows"]["kind"].astype(str).tolist() == ["y", "x"]
    assert [(one.rule, one.rows) for one in found.of(HELD_BACK)] == [("category", (4,))]


@pytest.mark.parametrize(("level", "change", "says"), REFUSED)
def test_what_would_change_values_is_refused_with_what_to_write(tmp_path, level, change, says):
    with pytest.raises(Refused) as refusal:
        load(described(tmp_path / "p", change, level))
    said = str(refusal.value).replace(str(tmp_path), "")
    (key,) = change
    assert key in said and says in said and ("resources.rows" in said or level == "package" or "table 'rows'" in said)
    assert said.endswith(".") and not any(words in said for words in OF_LIBRARIES), said


@pytest.mark.parametrize("marks", [["---", "--"], [{"value": "---", "label": "refused"}, "--"]])
def test_marks_of_the_schema_are_those_of_every_field(tmp_path, marks):
    """--- and -- are no value in both columns; without them both rows are held back, or are texts."""
    folder = described(tmp_path / "p", {"missingValues": marks})
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for one in package["resources"][0]["schema"]["fields"]:
        one.pop("missingValues", None)
    path.write_text(json.dumps(package), encoding="utf-8")
    found = records.survey(load(folder))
    assert not found.findings
    assert found["rows"]["amount"].isna().tolist() == [False, True, False]
    assert found["rows"]["kind"].isna().tolist() == [False, False, True]


def test_a_field_has_marks_of_its_own(tmp_path):
    """amount says that only "none" is no value: --- holds its row back, whatever the schema says."""
    folder = described(tmp_path / "p", {"missingValues": ["---", "--"]})
    path = folder / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace('["---"]}', '["none"]}', 1), encoding="utf-8")
    found = records.survey(load(folder))
    assert [(one.rule, one.rows) for one in found.of(HELD_BACK)] == [("type", (3,))]


@pytest.mark.parametrize(
    ("keys", "rows"),
    [([["kind", "amount"]], [(2, 3)]), (["amount"], [(2, 3)]), ([["kind"]], [(2, 3, 4)]), ([["kind", "day"]], [])],
)
def test_unique_keys_hold_back_rows_that_agree(tmp_path, keys, rows):
    """Rows 2 and 3 agree in kind and amount, 4 in kind too; rows 5 to 7 lack their amount, 6 and 7 their kind.

    As in SQL, what is not there is like nothing.
    """
    folder = described(tmp_path / "p", {"uniqueKeys": keys})
    csv = "id,day,amount,kind\na,2014-10-01,1,x\nb,2014-10-02,1,x\nc,2014-10-03,2,x\nd,2014-10-04,---,y\n"
    (folder / "records/rows.csv").write_text(f"{csv}e,2014-10-05,---,--\nf,2014-10-06,---,--\n", encoding="utf-8")
    found = records.survey(load(folder))
    assert [one.rows for one in found.of(HELD_BACK) if one.rule == "unique"] == rows


def test_what_frictionless_describes_is_read(tmp_path):
    """A descriptor as the standard's own tool writes it, with the title and class that the library needs beside it."""
    folder = described(tmp_path / "p", {})
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    table = Resource.describe(path=str(folder / "records/rows.csv")).to_dict()
    table = package["resources"][0] | table | {"name": "rows", "path": "records/rows.csv"}
    table["schema"] |= {"primaryKey": "id", "missingValues": ["", "---", "--"]}
    for one in table["schema"]["fields"]:
        one["title"] = one["name"]
        one["type"] = "number" if one["name"] == "amount" else one["type"]
    table["schema"]["fields"][0]["constraints"] = {"required": True, "unique": True}
    assert {"type", "scheme", "format", "mediatype", "encoding"} <= set(table)
    path.write_text(json.dumps(package | {"resources": [table]}), encoding="utf-8")
    found = records.survey(load(folder))
    assert not found.findings and found["rows"]["amount"].sum() == 5
