"""Parquet files that are damaged, or made to do harm: each is refused in one sentence, with what to do.

What it costs is what docs/records.md says: the file is read by a process of its own, which may fail alone.
"""

import io
import random
from datetime import date

import pyarrow as pa
import pytest
from pyarrow import parquet

from ctanalysis import project, records
from ctanalysis.records import UNREAD
from ctanalysis.records.files import columnar, limits
from tests.generators import hostile, parquet_files
from tests.generators.sent import field, sent

DAY = date(2014, 1, 1)


def small_file(rows=3, **more):
    columns = {"id": [f"SECRET{number}" for number in range(rows)], "day": [DAY] * rows, "x": ["SECRET"] * rows}
    return written(pa.table(columns | more))


def written(table, **more):
    sink = io.BytesIO()
    parquet.write_table(table, sink, **more)
    return sink.getvalue()


def texts(*values):
    """A column of texts whose bytes are what they are."""
    return pa.array(values, pa.binary()).view(pa.string())


def surveyed(folder, content):
    sent(folder, [field("x")], content, name="rows.parquet")
    return records.survey(project.load(folder))


def with_x(column):
    return written(pa.table({"id": [f"r{n}" for n in range(len(column))], "day": [DAY] * len(column), "x": column}))


def one_text_often():
    """A file of a few bytes whose texts would take 60 GB, each written out."""
    codes = pa.array([0] * 500_000, pa.int32())
    return with_x(pa.DictionaryArray.from_arrays(codes, pa.array(["x" * 120_000])))


CASES = {
    "empty": (lambda: b"", "is empty"),
    "no Parquet": (lambda: b"id,day,x\n", "no Parquet file"),
    "the first four bytes": (lambda: b"PAR1", "damaged"),
    "cut off": (lambda: small_file()[:-20], "damaged"),
    "without its middle": (lambda: small_file()[:60] + small_file()[-400:], "damaged"),
    "encrypted": (lambda: b"PARE" + b"\0" * 40 + b"PARE", "encrypted"),
    "a list in a cell": (lambda: with_x(pa.array([["a"], []])), "column C holds lists"),
    "parts in a cell": (lambda: with_x(pa.array([{"a": 1}])), "column C holds lists"),
    "a map": (lambda: with_x(pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64()))), "column C holds lists"),
    "a duration": (lambda: with_x(pa.array([5], pa.duration("s"))), "column C holds what is no text"),
    "no UTF-8": (lambda: with_x(texts(b"a", b"\xd0\x9e", b"\xce\xf8")), "column C holds bytes in row 4"),
    "a long cell": (lambda: with_x(["x" * 200_000]), "a cell of column C is longer than 131,072"),
    "too many columns": (lambda: small_file(**{f"c{n}": [1, 2, 3] for n in range(1000)}), "more than 1,000 columns"),
    "too many rows": (lambda: with_x(pa.nulls(2_000_001, pa.string())), "more than 2,000,000 rows"),
    "one long text, often": (one_text_often, None),
    "zeros between texts": (lambda: with_x(["a\0b", "\0", ""]), None),
    "only empty cells": (lambda: with_x(pa.nulls(3)), None),
    "no rows": (lambda: small_file(0), "no rows"),
    "no columns": (lambda: written(pa.table({})), "names the columns"),
    "other columns": (lambda: written(pa.table({"SECRET": [1], "y": [2]})), "names the columns"),
}


@pytest.mark.few(8)
@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_in_a_sentence_or_read(tmp_path, name):
    """None of its cells is in the sentence."""
    make, says = CASES[name]
    found = surveyed(tmp_path / "p", make())
    unread = "\n".join(map(str, found.of(UNREAD)))
    assert (says in unread) if says else not unread
    assert "SECRET" not in unread


@pytest.mark.long
def test_bytes_changed_at_random_end_nothing(tmp_path):
    """Whatever a damaged file makes the parser do, the answer is records, or a sentence."""
    whole, chance = small_file(40), random.Random(17)
    sent(tmp_path / "p", [field("x")], whole, name="rows.parquet")
    loaded = project.load(tmp_path / "p")
    for _ in range(12):
        bad = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            bad[chance.randrange(4, len(bad))] = chance.randrange(256)
        (tmp_path / "p/records/rows.parquet").write_bytes(bad)
        for finding in records.survey(loaded).of(UNREAD):
            assert finding.says and finding.do and "SECRET" not in str(finding)


def test_a_size_that_is_claimed_is_refused_before_anything_is_inflated(tmp_path, monkeypatch):
    """By the file's own words; and by its bytes on the disk."""
    monkeypatch.setattr(limits, "TEXT_ROWS", 2)
    assert "more than 2 rows" in str(surveyed(tmp_path / "p", small_file()).of(UNREAD)[0])
    monkeypatch.setattr(limits, "PARQUET_BYTES", 100)
    assert "larger than" in str(surveyed(tmp_path / "q", small_file()).of(UNREAD)[0])


def test_a_reader_that_is_ended_is_a_sentence(tmp_path, monkeypatch):
    """As by the system, where it takes too much memory."""
    ended = tmp_path / "ended"
    ended.mkdir()
    (ended / "__main__.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.setattr(columnar, "READER", ended)
    assert "too much memory" in str(surveyed(tmp_path / "p", small_file()).of(UNREAD)[0])


def test_a_folder_named_after_a_value_is_refused(tmp_path):
    """partner=A/part.parquet: what stands in the name of a folder no check would see."""
    sent(tmp_path / "p", [field("x")], b"", name="rows.parquet", table={"path": "records/all"})
    inner = tmp_path / "p/records/all/x=SECRET"
    inner.mkdir(parents=True)
    parquet_files.write(inner / "part.parquet", {"id": ["r1"], "day": [DAY]})
    [finding, *_] = records.survey(project.load(tmp_path / "p")).of(UNREAD)
    assert "folder within a folder" in finding.says


@pytest.mark.few(1)
@pytest.mark.parametrize("shape", ["different", "alike"])
def test_memory_is_bounded_as_for_a_text(tmp_path, shape):
    """As much as a CSV file of the same rows may take; the process that opens the file is counted by itself."""
    count = 150_000
    words = [f"r{number:07}" for number in range(count)]
    columns = {name: pa.nulls(count, pa.string()) for name in hostile.COLUMNS}
    columns |= {"id": words, "day": [DAY] * count, "person": words if shape == "different" else ["P"] * count}
    path = hostile.folder(tmp_path / "project", "rows.parquet", written(pa.table(columns)))
    found = hostile.surveyed(path.parents[1])
    assert found.read == count
    of_csv = "\n".join(
        f"{word},2014-01-01,,{person},,,," for word, person in zip(words, columns["person"], strict=True)
    )
    assert found.memory < hostile.text_memory(of_csv.encode())
