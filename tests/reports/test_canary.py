"""A canary: one synthetic person with unique tokens in every place of the record files,
and no token in anything that comes out.

What may name a place of the records, and only that: the screen of whoever works with the records says how many rows
each file and sheet gave, and internal/check/ where something was found. Nothing names what a cell says.
"""

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
import zlib
from base64 import b64decode

import nbformat
import openpyxl
import pytest
from openpyxl.comments import Comment

from ctanalysis import Refused, reports
from ctanalysis.__main__ import main
from ctanalysis.reports import files, notebooks
from tests.conftest import ROOT, command, copied
from tests.generators.wrong import file_of

PERIOD = "FY2014"
KEYS = {"person": "P0001", "service": "S00001", "plan": "PL001", "followup": "F001", "organisation": "ORG06"}
OTHERS = ("name", "telephone", "remark", "comment", "author", "title", "footer", "cell")
PLACES = ("file", "sheet")
TOKENS = {what: f"Zq{number:02d}canary{what}" for number, what in enumerate([*KEYS, *OTHERS, *PLACES])}


def with_canary(folder):
    """A copy of the shipped project in which person P0001 stands in a workbook of a partner,
    with tokens wherever a text can be.
    """
    copied(folder)
    for path in (folder / "records").rglob("*.csv"):
        text = path.read_text(encoding="utf-8")
        for what, key in KEYS.items():
            text = re.sub(rf"(?m)(?<![^,\n]){key}(?=[,\n])", TOKENS[what], text)
        path.write_text(text, encoding="utf-8")
    path = folder / file_of("victims")
    header, *rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    [person] = [row for row in rows if row[0] == TOKENS["person"]]
    path.write_text("".join(",".join(row) + "\n" for row in [header, *rows] if row != person), encoding="utf-8")
    workbook(folder, header, person)
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    [table] = [resource for resource in described["resources"] if resource["name"] == "victims"]
    table |= {
        "path": [table["path"], f"records/{TOKENS['file']}.xlsx"],
        "ignoredColumns": ["Full name", "Telephone", "Remark"],
    }
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    return folder


def workbook(folder, header, person, sex=None):
    """The workbook: ignored columns, a comment, properties, a footer, a sheet's name. sex:
    what stands there instead.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = TOKENS["sheet"]
    sheet.append([*header, "Full name", "Telephone", "Remark"])
    sheet.append(
        [
            *(sex if sex and name == "sex" else cell for name, cell in zip(header, person, strict=True)),
            TOKENS["name"],
            TOKENS["telephone"],
            f"{TOKENS['remark']}, told by her aunt",
        ]
    )
    sheet["A2"].comment = Comment(TOKENS["comment"], TOKENS["author"])
    sheet.oddFooter.center.text = TOKENS["footer"]
    book.properties.creator, book.properties.title = TOKENS["author"], TOKENS["title"]
    book.save(folder / "records" / f"{TOKENS['file']}.xlsx")


def inside(data):
    """The bytes themselves, and all that is packed in them: zips, images' chunks, base64."""
    yield data
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                yield name.encode()
                yield from inside(packed.read(name))
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        yield from chunks(data)
    for blob in re.findall(rb"[A-Za-z0-9+/]{200,}={0,2}", data):
        whole = b64decode(blob[: len(blob) // 4 * 4])
        yield from (inside(whole) if whole[:1] == b"\x89" else [whole])


def chunks(data):
    place = 8
    while place < len(data):
        size = int.from_bytes(data[place : place + 4])
        chunk = data[place + 8 : place + 8 + size]
        if data[place + 4 : place + 8] in (b"zTXt", b"iTXt", b"tEXt"):
            yield from (
                [chunk, zlib.decompress(chunk.split(b"\0\0", 1)[1])]
                if data[place + 4 : place + 8] == b"zTXt"
                else [chunk]
            )
        place += 12 + size


def heard(*places):
    """The tokens that sing in texts, or in the names and bytes of all files below a folder."""
    found = set()
    for place in places:
        paths = [path for path in place.rglob("*") if path.is_file()] if hasattr(place, "rglob") else []
        texts = (
            [text for path in paths for text in (path.name.encode(), *inside(path.read_bytes()))]
            if paths or hasattr(place, "rglob")
            else [place.encode()]
        )
        found |= {
            what
            for what, token in TOKENS.items()
            for text in texts
            if token.lower().encode() in text.lower() or token.encode("utf-16-le") in text
        }
    return found


@pytest.fixture(scope="module")
def caged(tmp_path_factory):
    """The project with the canary, after release, which makes the report, internal and check.

    What each of them said.
    """
    folder = with_canary(tmp_path_factory.mktemp("canary") / "project")
    said = {}
    for name, more in (("release", ("--date", "2014-12-01")), ("internal", ()), ("check", ())):
        done = command(name, *more, "-p", "period", PERIOD, "-p", "project", str(folder))
        assert done.returncode == 0, done.stderr
        said[name] = done.stdout + done.stderr
    return folder, said


def test_the_canary_can_be_heard(caged):
    """The tokens are in the records, in every form that is looked for, so that silence means something."""
    folder, _ = caged
    assert heard(folder / "records") == set(TOKENS) - {"cell"}
    assert heard(TOKENS["name"]) == {"name"}


@pytest.mark.parametrize("place", ["reports", "releases", f"internal/{PERIOD}"])
def test_no_token_is_in_what_was_written(caged, place):
    """The report, the release with its ledger, the working tables:
    not in a byte, a file's name, a zip, an image or a notebook.
    """
    folder, _ = caged
    assert any((folder / place).rglob("*")) and heard(folder / place) == set()


def test_the_data_check_names_places_only(caged):
    """internal/check/ names the file and the sheet, and nothing that stands in them; a copy that is sent back is of
    the partner's own table, in which the codes of organisations stand.
    """
    folder, said = caged
    written = folder / "internal" / "check"
    assert heard(written / "send-back") <= {*PLACES, "organisation"}
    assert heard(*(path for path in written.iterdir() if path.name != "send-back")) <= set(PLACES)
    assert heard(said["check"]) <= set(PLACES)


@pytest.mark.parametrize("name", ["release", "internal"])
def test_no_token_is_on_the_screen(caged, name):
    """What the commands say names files and sheets of the records at the most."""
    _, said = caged
    assert said[name] and heard(said[name]) <= set(PLACES)


def test_only_the_known_folders_were_written(caged):
    """Nothing was written beside reports/, releases/ and internal/."""
    folder, _ = caged
    assert {path.name for path in folder.iterdir()} - {path.name for path in (ROOT / "data").iterdir()} == {
        "reports",
        "releases",
        "internal",
    }


# --- Where something goes wrong --------------------------------------------------------------


@pytest.fixture
def loose(tmp_path):
    return with_canary(tmp_path / "project")


def run(folder, capsys, *arguments):
    """Runs a command here: its status, and all that it said."""
    status = main([*arguments, "-p", "period", PERIOD, "-p", "project", str(folder)])
    seen = capsys.readouterr()
    return status, seen.out + seen.err


def test_a_record_at_fault(loose, capsys):
    """A word in the sex column, and a person of whom others' rows are then of nobody:
    the check names the place, the working tables nothing.
    """
    header = (loose / file_of("victims")).read_text(encoding="utf-8").splitlines()[0].split(",")
    workbook(
        loose,
        header,
        [
            TOKENS["person"],
            "2011-10-03",
            "ActualVictimOfTrafficking",
            "Feminine",
            "25-34",
            "KG-O",
            "ForcedBegging",
            "RU",
            "NGO",
        ],
        sex=TOKENS["cell"],
    )
    status, said = run(loose, capsys, "check")
    assert status == 1 and heard(said) <= set(PLACES)
    kept = heard(loose / "internal" / "check")
    assert not kept & {"name", "telephone", "remark", "comment", "author", "title", "footer"}
    status, said = run(loose, capsys, "internal")
    assert status == 0 and heard(said) <= set(PLACES) and heard(loose / "internal" / PERIOD) == set()


def test_a_workbook_that_cannot_be_read(loose, capsys):
    """A text instead of a workbook: refused by its place."""
    (loose / "records" / f"{TOKENS['file']}.xlsx").write_text(TOKENS["name"], encoding="utf-8")
    status, said = run(loose, capsys, "report")
    assert (
        status == 2
        and heard(said) <= {"file"}
        and heard(*[path for path in (loose / "reports",) if path.exists()]) == set()
    )


def test_a_notebook_that_stops(loose, tmp_path, monkeypatch):
    """It stops on the person's own code: neither the sentence nor the notebook that is kept has it."""
    sources = tmp_path / "notebooks"
    sources.mkdir()
    notebook = nbformat.read(notebooks.SOURCES / "evaluation.ipynb", as_version=4)
    notebook.cells = notebook.cells[:3]
    notebook.cells[2].source += (
        "\nfrom ctanalysis import records\n"
        "found = records.read(evaluation.project)['victims']['person_id'].astype(str)\n"
        "int(found[found.str.startswith('Zq')].iloc[0])"
    )
    nbformat.write(notebook, sources / "evaluation.ipynb")
    monkeypatch.setattr(notebooks, "SOURCES", sources)
    with pytest.raises(Refused, match="stopped: ValueError") as stopped:
        reports.make(PERIOD, loose, say=lambda words: None)
    assert stopped.value.__cause__ is None and heard(str(stopped.value), loose / "reports") == set()
    assert "ValueError" in (loose / "reports" / "failed" / PERIOD / "evaluation.ipynb").read_text(encoding="utf-8")


@pytest.mark.long
def test_a_solver_that_fails(loose, capsys, monkeypatch):
    """Whatever its words hold, none is passed on, and nothing is released."""
    import scipy.optimize

    def fails(*asked, **more):
        raise RuntimeError(f"{TOKENS['person']} {TOKENS['name']}")

    monkeypatch.setattr(scipy.optimize, "milp", fails)
    status, said = run(loose, capsys, "release", "--date", "2014-12-01")
    assert status == 2 and heard(said) <= set(PLACES)
    assert not list((loose / "releases").glob("*"))


def test_a_full_disk(loose, capsys, monkeypatch):
    """The disk is full when the values are written: a plain sentence, and nothing of the draft stays."""

    def full(evaluation, executed, folder):
        (folder / "half.csv").write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device", str(folder / "indicators.csv"))

    monkeypatch.setattr(notebooks, "chosen", lambda project: [])
    monkeypatch.setattr(files, "write", full)
    status, said = run(loose, capsys, "report")
    assert status == 2 and "No space left" in said and heard(said) <= set(PLACES)
    assert [*(loose / "reports").iterdir()] == []


@pytest.mark.long
def test_a_kill_in_the_middle(loose, tmp_path):
    """Killed when one notebook has run and others run: what it leaves behind, in reports/ and in the system's folder
    for such things, names nobody.
    """
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    found = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(scratch)}
    arguments = [sys.executable, "-m", "ctanalysis", "report", "-p", "period", PERIOD, "-p", "project", str(loose)]
    process = subprocess.Popen(
        arguments,
        cwd=ROOT,
        env=found,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    until = time.monotonic() + 120
    while not list((loose / "reports").glob(".*/*.html")) and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    said = process.communicate()[0]
    assert process.returncode == -signal.SIGKILL and not (loose / "reports" / PERIOD).exists()
    assert heard(said) <= set(PLACES) and heard(loose / "reports", scratch) == set()
