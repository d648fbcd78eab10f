"""What a report says of how it was made: everything that is public, and nothing of what is not."""

import json
import os
import re
import subprocess
import sys
from hashlib import sha256

import pytest

from ctanalysis import Refused, reports
from ctanalysis.reports import inputs, making, manifest, notebooks, shown
from tests.conftest import ROOT, command
from tests.generators import elsewhere
from tests.reports.made_quickly import AID, PERIOD

PRIVATE = ("records", "deliveries.csv", "judgements", "quality.toml")


def public(folder):
    """The public half of the report of a project, made anew."""
    given = making.source(folder)
    reports.remake(given, given.evaluation(PERIOD), say=lambda words: None)
    return (folder / "reports" / PERIOD / "manifest.json").read_bytes()


def halves(folder):
    """Both halves of the manifest."""
    internal = folder / "internal" / "manifests" / "reports" / f"{PERIOD}.json"
    return manifest.read(folder / "reports" / PERIOD), json.loads(internal.read_text(encoding="utf-8"))


def leaves(value):
    """Every name and every value in it."""
    if isinstance(value, dict):
        yield from (leaf for name, part in value.items() for leaf in (name, *leaves(part)))
    elif isinstance(value, list):
        yield from (leaf for part in value for leaf in leaves(part))
    else:
        yield value


def files_in(folder, names):
    """The files of a project under these names."""
    found = [path for name in names for path in (folder / name, *(folder / name).rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in found}


def test_it_names_every_input_that_is_public(released):
    """Every sheet, the policy, the targets, the tables and facts, every notebook and template, and all of the library
    that a report is made with.
    """
    named = halves(released)[0]["inputs"]
    project = {name: hashed for kind in named.values() for name, hashed in kind.items()}
    there = files_in(
        released, ("indicators", "policy.toml", "targets.csv", "datapackage.json", "project.toml", "rules.toml")
    )
    assert there.items() <= project.items() and len(named["reference sheets"]) == 10
    library = {
        f"{path.relative_to(ROOT / 'ctanalysis')}" for path in (ROOT / "ctanalysis").rglob("*.*") if path.is_file()
    }
    rooms = ("region", "releases", "intake", "internal", "__main__.py")
    used = {name for name in library if not name.startswith(rooms) and "__pycache__" not in name}
    assert used == set(named["library"])
    assert named["lock"] == files_in(ROOT, ["requirements.lock"])


def test_what_makes_a_report_is_all_in_it(released):
    """No module that is loaded while a report is made is missing."""
    code = (
        "import sys, ctanalysis\n"
        "from ctanalysis.reports import making, running, verifying, warm\n"
        "warm.warm()\n"
        f"given = making.source({str(released)!r}); given.evaluation({PERIOD!r})\n"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('ctanalysis')), sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {path.split("/ctanalysis/", 1)[1] for path in done.stdout.split("\n") if path}
    assert len(loaded) > 80 and loaded <= set(halves(released)[0]["inputs"]["library"])


def test_it_has_the_parameters_the_versions_and_every_output(released):
    """Python's version, that of each package of the lock that is installed, and the hash of each file."""
    found, _ = halves(released)
    assert found["parameters"] == {"period": PERIOD, "project": "second"}
    assert found["python"] == ".".join(map(str, sys.version_info[:3]))
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([\w.-]+)==([\w.]+)", lock, re.MULTILINE))  # of some a version for each Python
    assert {"pandas", "matplotlib", "papermill"} <= set(found["packages"]) and set(found["packages"].items()) <= pinned
    folder = released / "reports" / PERIOD
    there = files_in(folder, [path.name for path in folder.iterdir()])
    assert found["files"] == {name: hashed for name, hashed in there.items() if name != "manifest.json"}


def test_nothing_of_what_is_not_public_is_in_the_public_half(released):
    """Neither a name nor a hash of a record file, of a delivery, of a judgement, of a partner that ended; no path."""
    text = " ".join(map(str, leaves(halves(released)[0])))
    private = files_in(released, PRIVATE)
    assert len(private) > 10
    for name, hashed in private.items():
        assert hashed not in text and name not in text and name.rsplit("/", 1)[-1] not in text.split()
    assert str(ROOT) not in text and "/tmp" not in text and not re.search(r"\d\d:\d\d", text)


def swapped(folder):
    """Two rows change places in the records."""
    path = folder / AID
    header, one, other, *rest = path.read_bytes().split(b"\r\n")
    path.write_bytes(b"\r\n".join([header, other, one, *rest]))


def another_person(folder):
    """One more judgement on who may be the same, which is not printed."""
    with (folder / "judgements" / "same-people.toml").open("a", encoding="utf-8") as file:
        file.write('[[people]]\ntable = "mizojon"\nmatch = ["jins", "mintaqa", "nishona"]\n')
        file.write('reason = "The same."\nrole = "officer"\ndate = 2021-07-21\n')


def another_end(folder):
    """A partner that ended, after all that was reported."""
    with (folder / "quality.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[ended]]\npartner = "X"\nlast = 2021-06-30\nreason = "Its grant ended."\n')


@pytest.mark.parametrize("change", [swapped, another_person, another_end])
def test_nothing_in_the_public_half_follows_from_what_is_not_printed(ours, change):
    """A change of it that no page shows leaves every byte of the public half, the hash of what is shown too."""
    before, private = public(ours), halves(ours)[1]
    change(ours)
    assert public(ours) == before
    assert halves(ours)[1]["inputs"] != private["inputs"]


def test_what_is_shown_holds_what_is_published_only():
    """Each part is a frame that the report prints; of tables about people no number of rows."""
    project = making.source().project
    evaluation = making.source().evaluation("FY2012Q1")
    people = {name for name, table in project.package.tables.items() if project.policy.rules[table.disclosure].protects}
    assert people and not people & set(evaluation.tally["table"])
    about = [sheet.code for sheet in project.sheets if sheet.calculation.table in people]
    quality = evaluation.quality[evaluation.quality["indicator"].isin(about)]
    numbers = quality.drop(columns=["indicator", "standard", "verdict", "evidence"])
    assert len(quality) and numbers.select_dtypes("number").isna().all(axis=None) and quality["evidence"].nunique() == 1
    assert {*shown.PARTS} == {
        "values",
        "tracking",
        "history",
        "restated",
        "quality",
        "tally",
        "arrival",
        "same people",
        "people say",
        "years",
        "evidence",
    }


def test_the_internal_half_has_hashes_and_rows_of_what_is_not_public(released):
    """By file, marked, in a folder for this user only, and bound to the public half."""
    _, half = halves(released)
    named = {name: hashed for kind in half["inputs"].values() for name, hashed in kind.items()}
    assert named == files_in(released, PRIVATE) and set(half["inputs"]) == {
        "records", "deliveries", "corrections", "same people", "quality thresholds"
    }  # fmt: skip
    assert half["marking"].startswith("INTERNAL")
    assert half["entries"] == {"corrections": 1, "same people": 1, "accepted findings": 0}
    assert [row for row in half["rows"] if row["path"] == AID] == [
        {"table": "kumakho", "path": AID, "sheet": "", "read": 220, "held_back": 6, "passed_over": 0, "used": 214}
    ]
    assert half["manifest"] == sha256((released / "reports" / PERIOD / "manifest.json").read_bytes()).hexdigest()
    assert (released / "internal" / "manifests" / "reports").stat().st_mode & 0o077 == 0


def test_the_internal_half_says_how_many_findings_were_accepted(ours):
    """As of the other judgements: how many entries, and nothing of them in the public half."""
    entry = '[[accepted]]\nrule = "unread file"\nfile = "records/letter.txt"\n'
    entry += 'what = "no table of datapackage.json names this file, so it was not read"\n'
    entry += 'reason = "."\nrole = "."\ndate = 2021-01-10\n'
    (ours / "judgements" / "accepted.toml").write_text(entry, encoding="utf-8")
    (ours / "records" / "letter.txt").write_text("Dear all", encoding="utf-8")
    public(ours)
    half = manifest.read_internal(ours / "reports" / PERIOD)
    assert half["entries"] == {"corrections": 1, "same people": 1, "accepted findings": 1}
    assert "accepted findings" not in (ours / "reports" / PERIOD / "manifest.json").read_text(encoding="utf-8")


def test_a_release_names_its_commit_and_keeps_its_internal_half(ours):
    """Later reports leave both as they were; a release without it is not made."""
    release = ours / "releases" / PERIOD
    record = json.loads((release / "release.json").read_text(encoding="utf-8"))
    assert re.fullmatch(r"[0-9a-f]{40}( and changes)?|not under version control", record["library"])
    place = ours / "internal" / "manifests" / "releases" / f"{PERIOD}.json"
    kept = place.read_bytes()
    assert manifest.read_whole(release)["inputs"]["records"] == files_in(ours, ["records"])
    swapped(ours)
    public(ours)
    assert place.read_bytes() == kept and manifest.read_internal(release)
    (ours / "internal" / "manifests" / "reports" / f"{PERIOD}.json").unlink()
    with pytest.raises(Refused, match="Make it again, and release it then"):
        manifest.internal_half(ours / "reports" / PERIOD, release)


def git(folder, *words):
    """git in a folder, as nobody in particular."""
    named = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *named, *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_commit_of_the_library_is_its_own(tmp_path, monkeypatch):
    """Of its checkout, said with "and changes" where it is not what was committed; of no other that it lies in."""
    home = tmp_path / "checkout"
    (home / "ctanalysis").mkdir(parents=True)
    (home / "ctanalysis" / "a.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(manifest, "ROOT", home)
    assert manifest.library_commit() == "not under version control"
    git(tmp_path, "init")
    git(tmp_path, "commit", "--allow-empty", "-m", "another")
    assert manifest.library_commit() == "not under version control"
    git(home, "init")
    git(home, "add", ".")
    git(home, "commit", "-m", "first")
    commit = git(home, "rev-parse", "HEAD")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / ".git"))
    assert manifest.library_commit() == commit
    (home / "notes.txt").write_text("No part of it.", encoding="utf-8")
    assert manifest.library_commit() == commit
    (home / "ctanalysis" / "b.py").write_text("", encoding="utf-8")
    assert manifest.library_commit() == f"{commit} and changes"


def test_the_project_has_one_name_however_it_is_given(ours, monkeypatch):
    """A path, the working folder, a link: the parameter in a report is the folder's own name, and empty where none has
    to be given.
    """
    (ours.parent / "link").symlink_to(ours)
    monkeypatch.chdir(ours)
    for given in (ours, ".", "../second/", "../link", ours / "indicators" / ".."):
        assert notebooks.shown_parameters(PERIOD, given) == {"period": PERIOD, "project": "second"}
    for given in ("", ROOT / "data", f"{ROOT}/notebooks/../data/"):
        assert notebooks.shown_parameters(PERIOD, given) == {"period": PERIOD, "project": ""}


def test_a_link_to_a_folder_is_no_way_out_of_the_project(ours):
    """Nothing is read through one, so nothing behind it is hashed, and a link to itself has an end."""
    before = inputs.inputs(making.source(ours).project, (), "")
    (ours / "records" / "loop").symlink_to(ours)
    assert inputs.inputs(making.source(ours).project, (), "") == before


def test_a_file_name_that_is_no_text_can_be_written(ours):
    """As an archive of another alphabet leaves it: it is in the internal half, and the report is there."""
    with open(os.fsencode(ours / "records") + b"/\xcf\xf0.doc", "wb") as file:
        file.write(b"Notes.")
    public(ours)
    assert "records/\\udccf\\udcf0.doc" in halves(ours)[1]["inputs"]["records"]
    assert making.reason(making.source(ours), PERIOD) == ""


@pytest.mark.long
def test_two_clones_make_the_same_year(tmp_path):
    """FY2014 of the shipped project, from two clones of this repository, by two people: not one byte differs."""
    for name in ("one", "other"):
        git(tmp_path, "clone", "--quiet", "--no-hardlinks", str(ROOT), name)
    one, other = tmp_path / "one", tmp_path / "other"
    done = command("report", "-p", "period", "FY2014", cwd=one, PYTHONPATH=str(one))
    assert done.returncode == 0, done.stderr
    done = elsewhere.command("report", "-p", "period", "FY2014", "-p", "project", "data/", cwd=other, root=other)
    assert done.returncode == 0, done.stderr
    folders = [clone / "reports" / "FY2014" for clone in (one, other)]
    first, second = (files_in(folder, [path.name for path in folder.iterdir()]) for folder in folders)
    assert first == second and len(first) > 30
    names = [clone / "internal" / "manifests" / "reports" / "FY2014.json" for clone in (one, other)]
    assert names[0].read_bytes() == names[1].read_bytes()
