"""Folders that are made to do harm: links, pipes, devices, names; paths and descriptors that lead outside."""

import contextlib
import json
import os
import re
import shutil
import socket
import stat

import pytest

from ctanalysis import Refused, project, records
from ctanalysis.records import UNREAD
from ctanalysis.records.files import gathering, limits, text
from tests.generators import hostile


@pytest.fixture
def folder(tmp_path):
    """A small project whose table is the folder records/in, with one file in it."""
    path = hostile.folder(tmp_path / "project", "in.csv").parent
    (path / "in.csv").unlink()
    (path / "in").mkdir()
    (path / "in" / "a.csv").write_text(f"{hostile.HEADER}a1,2014-01-01,,,,,,\n", encoding="utf-8")
    described(tmp_path / "project", path="records/in")
    return tmp_path / "project"


def described(folder, **table):
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][0] |= table
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


def surveyed(folder):
    return records.survey(project.load(folder))


@pytest.fixture
def outside(tmp_path):
    """A file outside the project that must not be read."""
    path = tmp_path / "outside"
    path.mkdir()
    (path / "secret.csv").write_text(f"{hostile.HEADER}SECRET-7731,2014-01-01,,,,,,\n", encoding="utf-8")
    return path


def _make_links(folder, outside):
    yield "a file", lambda: (folder / "records/in/b.csv").symlink_to(outside / "secret.csv")
    yield "the folder", lambda: (shutil.rmtree(folder / "records/in"), (folder / "records/in").symlink_to(outside))
    yield "a file inside", lambda: (folder / "records/in/b.csv").symlink_to("a.csv")
    yield (
        "records/",
        lambda: (shutil.move(folder / "records", folder / "other"), (folder / "records").symlink_to(outside)),
    )
    yield "itself", lambda: (folder / "records/in/b.csv").symlink_to("b.csv")
    yield "the folder itself", lambda: (shutil.rmtree(folder / "records/in"), (folder / "records/in").symlink_to("in"))


@pytest.mark.parametrize("which", range(6))
def test_links_are_not_followed(folder, outside, which):
    """A link to elsewhere, to itself or to a neighbour is refused and named.

    Nothing of what it points to is read or listed.
    """
    name, make = list(_make_links(folder, outside))[which]
    make()
    found = surveyed(folder)
    said = "\n".join(map(str, found.findings))
    assert found.of(UNREAD) and "secret" not in said.lower(), name
    assert not found.frames["rows"]["id"].isin(["SECRET-7731"]).any()


def test_pipes_sockets_and_devices_are_not_waited_for(folder):
    """What never ends is refused at once."""
    os.mkfifo(folder / "records/in/b.csv")
    os.mkfifo(folder / "records/in/c.xlsx")
    with socket.socket(socket.AF_UNIX) as ear:
        ear.bind(os.path.relpath(folder / "records/in/d.csv"))
    if os.getuid() == 0:
        with contextlib.suppress(OSError):  # a container may forbid it
            os.mknod(folder / "records/in/e.csv", stat.S_IFCHR | 0o600, os.makedev(1, 5))  # /dev/zero
    found = hostile.surveyed(folder)  # in a process that is ended if it waits
    special = len(list((folder / "records/in").iterdir())) - 1
    assert (
        found.unread == ["it is no file, but something that a program writes into or a device"] * special
        and found.read == 1
    )


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(folder):
    """It is named, with the system's word for why; the others are read."""
    (folder / "records/in/b.csv").write_text(hostile.HEADER, encoding="utf-8")
    (folder / "records/in/b.csv").chmod(0)
    found = surveyed(folder)
    assert [finding.says for finding in found.of(UNREAD)] == ["it cannot be read (Permission denied)"] and len(
        found["rows"]
    ) == 1


def test_a_file_that_is_written_while_it_is_read(folder, monkeypatch):
    """What came after the last row that was read would be missing: the file is refused."""
    take = gathering._take

    def and_write(source, *arguments):
        take(source, *arguments)
        with (folder / source.path).open("a", encoding="utf-8") as file:
            file.write("a2,2014-01-01,,,,,,\n")

    monkeypatch.setattr(gathering, "_take", and_write)
    assert [finding.says for finding in surveyed(folder).of(UNREAD)] == ["it was written while it was read"]


def test_a_file_that_grows_without_end(folder, monkeypatch):
    """The bytes are counted as they come, not as the folder says."""
    (folder / "records/in/a.csv").write_text(hostile.HEADER + 'a1,2014-01-01,,"x",,,,\n' * 50_000, encoding="utf-8")
    monkeypatch.setattr(limits, "check_size", lambda *_: None)
    monkeypatch.setattr(limits, "TEXT_BYTES", 2**20)
    assert [finding.says for finding in surveyed(folder).of(UNREAD)] == ["it is larger than 1 MB"]
    assert text.limits is limits


UNSHOWN = [
    "a\nb.csv",
    "\x1b[31mred\x1b[0m.csv",
    "\u202evsc.exe.csv",
    "a\u200bb.csv",
    "a\rb.csv",
    b"\xff\xfe.csv",
    "\x07.csv",
]
SHOWN = [
    "<img src=x onerror=alert(1)>.csv",
    "=HYPERLINK(1).csv",
    "@SUM.csv",
    "; rm -rf $HOME.csv",
    "Ысык-Көл.csv",
    "{{ 7 * 7 }}.csv",
    "%s %n.csv",
]


@pytest.mark.parametrize("name", UNSHOWN)
def test_names_that_would_do_something_to_a_screen(folder, name):
    """A file whose name has a line break, a colour or a change of direction is refused,
    and its name is told without them.
    """
    path = os.path.join(os.fsencode(folder / "records/in"), os.fsencode(name))
    with open(path, "wb") as file:
        file.write(f"{hostile.HEADER}b1,2014-01-01,,,,,,\n".encode())
    found = surveyed(folder)
    assert [finding.says for finding in found.of(UNREAD)] == [
        "its name holds a character that cannot be shown"
    ] and len(found["rows"]) == 1
    for finding in found.findings:
        assert str(finding).replace("\ufffd", "").isprintable() and str(finding).encode() and finding.path.encode()


@pytest.mark.parametrize("name", SHOWN)
def test_names_that_are_only_odd(folder, name):
    """Any other name is a name."""
    (folder / "records/in" / name).write_text(f"{hostile.HEADER}b1,2014-01-01,,,,,,\n", encoding="utf-8")
    found = surveyed(folder)
    assert not found.findings and f"records/in/{name}" in found.tally["path"].tolist()


# The project's own files.

PATHS = [
    "../outside/secret.csv",
    "records/../../outside/secret.csv",
    "/etc/passwd",
    "//etc/passwd",
    "..\\outside\\secret.csv",
    "C:\\secret.csv",
    "records\\rows.csv",
    "",
    ".",
    "..",
    "~/secret.csv",
    "file:///etc/passwd",
    "http://example.org/x.csv",
    "records/\x00.csv",
    "records/\ud800.csv",
    "records/a\nb.csv",
    "a" * 5000,
    "records/in/../in",
    "records/\x1b[2J.csv",
]


@pytest.mark.parametrize("path", PATHS)
def test_paths_out_of_the_folder(folder, outside, path):
    """A table's path leads to a file inside the project folder, or is refused in a sentence."""
    described(folder, path=path)
    try:
        found = surveyed(folder)
    except Refused as refusal:
        assert re.search("must be inside the project folder|must be written plainly|names no file", str(refusal))
    else:
        assert found.of(UNREAD) and not len(found["rows"])


DESCRIPTORS = {  # the constraints of an amount; the last of a day
    "NaN": '{"minimum": NaN}',
    "Infinity": '{"maximum": Infinity}',
    "a number without end": '{"minimum": 1e999}',
    "a number of 400 digits": '{"minimum": 1' + "0" * 400 + "}",
    "brackets": "[" * 100_000,
    "closed brackets": "[" * 900 + "]" * 900,
    "objects": '{"a":' * 100_000,
    "a pattern that is none": '{"pattern": "("}',
    "a lone surrogate": '{"pattern": "\\ud800"}',
    "a day that is none": '{"minimum": "2014-13-45"}',
}


@pytest.mark.parametrize("name", DESCRIPTORS)
def test_a_descriptor_that_no_program_writes(folder, name):
    """JSON beyond the standard, beyond all bounds or beyond reason is refused in a sentence."""
    package = (folder / "datapackage.json").read_text(encoding="utf-8")
    field = '"name": "day"' if name == "a day that is none" else '"name": "amount"'
    (folder / "datapackage.json").write_text(
        package.replace(field, f'{field}, "constraints": {DESCRIPTORS[name]}', 1), encoding="utf-8"
    )
    with pytest.raises(Refused, match=r"datapackage\.json"):
        surveyed(folder)


def test_many_keys_and_one_that_looks_like_one_of_them(folder):
    """Looking for the key that is meant takes one look at each, not at each pair: 60,000 keys are nothing."""
    key = {"name": "id", "type": "string", "title": "code", "constraints": {"required": True, "unique": True}}
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][0]["schema"]["foreignKeys"] = [
        {"fields": ["person"], "reference": {"resource": "people", "fields": ["id"]}}
    ]
    package["resources"].append(
        {
            "name": "people",
            "path": "records/people.csv",
            "title": "People",
            "disclosure": "open",
            "schema": {"fields": [key], "primaryKey": ["id"]},
        }
    )
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (folder / "records/people.csv").write_text("id\n" + "".join(f"P{n}\n" for n in range(60_000)), encoding="utf-8")
    (folder / "records/in/a.csv").write_text(
        f"{hostile.HEADER}a1,2014-01-01,,\N{CYRILLIC CAPITAL LETTER ER}7,,,,\n", encoding="utf-8"
    )
    found = hostile.surveyed(folder)
    assert [finding["rule"] for finding in found.findings] == ["spelling"]
