"""Any bytes as any file: a sentence or findings, never an exception. (The bound of memory is shown in test_hostile.py.)"""

import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctanalysis import records
from ctanalysis.project import load
from tests import small

TOKEN = "SECRET-7731"
HEADER = ["id", "day", "end", "person", "sex", "kind", "amount", "done"]
ROWS = [["r1", "2012-01-01", "", TOKEN, "F", "NA", "1.5", "true"], ["r2", "2012-01-02", "", TOKEN, "M", "007", "2", "false"]]
CSV = "\n".join(map(",".join, [HEADER, *ROWS])).encode() + b"\n"


def workbook():
    book = openpyxl.Workbook()
    for row in [HEADER, *ROWS]:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


XLSX = workbook()


def mutated(valid):
    """The valid file with bytes changed, cut out, doubled or put in, at a few places."""
    change = st.tuples(st.integers(0, len(valid)), st.integers(0, 40), st.binary(max_size=8))

    def apply(changes):
        found = valid
        for place, length, put in changes:
            found = found[:place] + put + found[place + length:]
        return found

    return st.lists(change, min_size=1, max_size=4).map(apply)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return small.write(tmp_path_factory.mktemp("bytes") / "p", "day\n2012-01-01", 'measure = "count"\ntable = "rows"\ndate = "day"')


def survey(folder, name, content):
    """The records of a small project whose one table is a file of this name with these bytes."""
    package = (folder / "datapackage.json").read_text(encoding="utf-8")
    for path in (folder / "records").iterdir():
        path.unlink()
    (folder / "records" / name).write_bytes(content)
    for old in ("rows.csv", "rows.tsv", "rows.xlsx"):
        package = package.replace(f"records/{old}", f"records/{name}")
    (folder / "datapackage.json").write_text(package, encoding="utf-8")
    return records.survey(load(folder))


def check(found):
    """Everything read is used or held back, and nothing that is said holds what was in the file."""
    assert (found.tally["read"] == found.tally["used"] + found.tally["held_back"]).all()
    for finding in found.findings:
        assert TOKEN not in str(finding) and finding.says and finding.do
    assert found.findings or len(found["rows"])


SETTINGS = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


@settings(max_examples=250, **SETTINGS)
@given(content=st.binary(max_size=400) | mutated(CSV), name=st.sampled_from(["rows.csv", "rows.tsv"]))
def test_any_bytes_as_a_text_file(folder, content, name):
    check(survey(folder, name, content))


@settings(max_examples=25, **SETTINGS)
@given(content=st.binary(max_size=400).map(lambda end: b"PK\x03\x04" + end) | mutated(XLSX))
def test_any_bytes_as_a_workbook(folder, content):
    check(survey(folder, "rows.xlsx", content))


def test_what_was_not_changed_is_read(folder):
    """The files that are changed above are read whole when they are not."""
    for name, content in (("rows.csv", CSV), ("rows.tsv", CSV), ("rows.xlsx", XLSX)):
        found = survey(folder, name, content)
        assert len(found["rows"]) == 2 and not found.of(records.HELD_BACK) and not found.of(records.UNREAD), name
