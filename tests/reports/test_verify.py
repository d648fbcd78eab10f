"""make verify: a report is what its inputs give; what has changed since is said, and all else is compared."""

import json
import shutil

import pytest

from ctanalysis import releases
from ctanalysis.__main__ import main
from ctanalysis.project import load
from ctanalysis.reports import inputs, making, manifest, notebooks, verifying
from tests.conftest import command
from tests.reports.made_quickly import AID, CENTRES, PERIOD, rewritten, second

ALL = "10 of 10 indicators compared, values that differ: 0"


def found(folder, period=PERIOD):
    """Faults, and what else is said."""
    lines = list(verifying.verify(load(folder).calendar.parse(period), folder))
    return [line for fault, line in lines if fault], [line for fault, line in lines if not fault]


def verified(folder, capsys, period=PERIOD):
    """The command: its exit status and all its words."""
    status = main(["verify", "-p", "period", period, "-p", "project", str(folder)])
    said = capsys.readouterr()
    return status, said.out + said.err


def test_an_unchanged_report_is_the_same_to_the_last_byte(tmp_path):
    """The real command on a real report: made again with its notebooks and pages, and nothing differs."""
    folder = second(tmp_path / "second")
    assert command("report", "-p", "period", PERIOD, "-p", "project", str(folder)).returncode == 0
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = command("verify", "-p", "period", PERIOD, "-p", "project", "second", cwd=tmp_path)
    assert (done.returncode, done.stdout.splitlines(), done.stderr) == (
        0, [f"reports/{PERIOD}: {ALL}", f"{PERIOD}: what can be compared is the same"], ""
    )  # fmt: skip
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_release_is_verified_as_of_its_own_ledger(ours, capsys):
    """Its own lines, and those of a later release, are in the ledger since: it was not made from those."""
    releases.release("FY2020", "2021-09-01", ours, say=lambda words: None)
    assert verified(ours, capsys) == (
        0, f"reports/{PERIOD}: {ALL}\nreleases/{PERIOD}: {ALL}\n{PERIOD}: what can be compared is the same\n"
    )  # fmt: skip


def test_a_report_is_made_again_beside_what_was_released_by_then(ours):
    """Of the second release the first is known, of the first nothing; of a head that never was nothing is made."""
    releases.release("FY2020", "2021-09-01", ours, say=lambda words: None)
    given = making.source(ours)
    first, second = ((manifest.read(ours / "releases" / name)["inputs"]["ledger"]) for name in (PERIOD, "FY2020"))
    assert first == {} and given.until("0" * 64) is None
    for head, names in (("", []), (second["head"], [PERIOD]), (given.released.head, [PERIOD, "FY2020"])):
        then = given.until(head)
        assert [name for name, *_ in then.released.releases] == names and then.records is given.records
        assert (
            set(then.released.cells["release"]) == set(names) == set(then.evaluation(PERIOD).released.cells["release"])
        )


@pytest.mark.parametrize("name", ["indicators.csv", "history.csv", "evaluation.html", "manifest.json"])
def test_a_tampered_file_is_a_fault(ours, capsys, name):
    """By its name; a value by its indicator as well, though somebody wrote the new hash into the manifest."""
    report = ours / "reports" / PERIOD
    if name.endswith(".csv"):
        line = next(line for line in (report / name).read_text(encoding="utf-8").splitlines() if ",total,all," in line)
        rewritten(report / name, line, line.replace(",all,", ",all,1"))
    else:
        rewritten(report / name, "16", "61")
    faults, _ = found(ours)
    assert faults and all(line.startswith(f"reports/{PERIOD}: ") for line in faults)
    if name == "manifest.json":
        assert verified(ours, capsys)[0] == 1
        return
    assert f"reports/{PERIOD}: {name} is not as it was made" in faults
    values = [line for line in faults if "->" in line]
    assert bool(values) == name.endswith(".csv")
    made = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    made["files"] = manifest.files_of(report)
    (report / "manifest.json").write_text(json.dumps(made), encoding="utf-8")
    later, _ = found(ours)
    assert f"reports/{PERIOD}: {name} comes out otherwise" in later and set(values) <= set(later)
    assert any("are not of one making" in line for line in later)


def test_a_file_too_many_or_taken_away_is_a_fault(ours, capsys):
    """Of a release, too."""
    (ours / "releases" / PERIOD / "more.html").write_text("More.", encoding="utf-8")
    (ours / "reports" / PERIOD / "history.csv").unlink()
    status, said = verified(ours, capsys)
    assert status == 1 and "Traceback" not in said
    assert f"DIFFERS  releases/{PERIOD}: more.html is not as it was made" in said
    assert f"DIFFERS  reports/{PERIOD}: its values cannot be read, so that they are not compared" in said


SHEET = "reference sheets: indicators/C2-mesta.toml"
CHANGES = {  # a file, what is changed in it, what is said of it, and how many indicators are compared nevertheless
    "a centre": (CENTRES, "TJ-SU,umed,8", "TJ-SU,umed,9", "records", 1),
    "an amount of money": (AID, "640,30", "650,30", "records", 5),
    "a reference sheet": ("indicators/C2-mesta.toml", 'frequency = "', 'frequency = "Always: ', SHEET, 9),
    "a target": ("targets.csv", "A1,FY2021,100", "A1,FY2021,101", "targets: targets.csv", 10),
    "a sentence of the policy": ("policy.toml", "# ", "# Now ", "policy: policy.toml", 0),
    "a correction": ("judgements/corrections.toml", "# ", "# Now ", "corrections", 0),
    "a judgement on the same people": ("judgements/same-people.toml", "# ", "# Now ", "same people", 10),
    "a threshold": ("quality.toml", "=", "= ", "quality thresholds", 0),  # beside it, who is expected to send
}  # fmt: skip


@pytest.mark.few(4)
@pytest.mark.parametrize("change", CHANGES)
def test_what_has_changed_since_is_said_and_the_rest_compared(ours, change):
    """Of a report and its release alike; nobody's fault, and the names of records stay out of it."""
    name, old, new, said, compared = CHANGES[change]
    rewritten(ours / name, old, new, "cp1251" if name == AID else "utf-8")
    assert found(ours) == (
        [],
        [
            f"{place}/{PERIOD}: {line}"
            for place in ("reports", "releases")
            for line in (f"changed since: {said}", f"{compared} of 10 indicators compared, values that differ: 0")
        ],
    )


def test_a_value_of_what_has_not_changed_is_still_compared(ours):
    """A late record of one table excuses no value of another."""
    rewritten(ours / AID, "640,30", "650,30", "cp1251")
    path = ours / "reports" / PERIOD / "indicators.csv"
    changed = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split(",")
        total = ",period," in line and ",total,all," in line and cells[0] in ("C2", "B3")
        changed.append(line.replace(f",all,{cells[6]},", f",all,1{cells[6]},") if total else line)
    path.write_text("\n".join(changed) + "\n", encoding="utf-8")
    faults, _ = found(ours)
    values = [line for line in faults if "->" in line]
    assert [line.split(": ")[1][:2] for line in values] == ["C2"]


def test_the_library_and_the_notebooks_may_change_but_no_value(ours, tmp_path, monkeypatch):
    """They are said; pages are not compared any more, values are: one that differs is a fault of the library."""
    library, source = tmp_path / "library", tmp_path / "notebooks"
    shutil.copytree(inputs.LIBRARY, library, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(notebooks.SOURCES, source)
    rewritten(library / "periods.py", '"""', '"""Now: ')
    rewritten(source / "evaluation.ipynb", '"cells"', '"cells" ')
    monkeypatch.setattr(inputs, "LIBRARY", library)
    monkeypatch.setattr(notebooks, "SOURCES", source)
    faults, said = found(ours)
    assert not faults and said[:3] == [
        f"reports/{PERIOD}: changed since: library: periods.py",
        f"reports/{PERIOD}: changed since: notebooks: evaluation.ipynb",
        f"reports/{PERIOD}: {ALL}",
    ]
    write = verifying.files.write_values

    def wrong(evaluation, folder):
        write(evaluation, folder)
        lines = (folder / "indicators.csv").read_text(encoding="utf-8").splitlines()
        (folder / "indicators.csv").write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")

    monkeypatch.setattr(verifying.files, "write_values", wrong)
    faults, _ = found(ours)
    assert len(faults) == 2 and all("-> there was none" in line for line in faults)


def test_other_versions_are_said_and_values_compared(ours, monkeypatch):
    """A package of another version: a change like any other of code."""
    versions = manifest.environment()
    versions["packages"] = versions["packages"] | {"pandas": "9.9"}
    monkeypatch.setattr(manifest, "environment", lambda: versions)
    faults, said = found(ours)
    assert not faults and said[0] == f"reports/{PERIOD}: changed since: versions: pandas" and said[1].endswith(ALL)


def test_a_report_whose_internal_half_is_lost_is_compared_all_the_same(ours, capsys):
    """Whether its records changed cannot be said. Where they have, values may differ that nothing explains."""
    shutil.rmtree(ours / "internal")
    status, said = verified(ours, capsys)
    assert status == 0 and said.count("nothing can be said") == 2 and said.count(ALL) == 2
    rewritten(ours / CENTRES, "TJ-SU,umed,8", "TJ-SU,umed,9")
    status, said = verified(ours, capsys)
    assert status == 1 and f"DIFFERS  reports/{PERIOD}: C2, 2021-04-01 to 2021-06-30, total: all: " in said


def test_a_manifest_that_cannot_be_read_is_a_fault(ours, capsys):
    """Of a report: nothing can be compared, and that is no success. The release is compared."""
    path = ours / "reports" / PERIOD / "manifest.json"
    for text in ("", "[]", "{}", '{"inputs": [], "period": 1}', "[" * 100_000, '{"files": {"a": 1}}'):
        path.write_text(text, encoding="utf-8")
        assert manifest.read(path.parent) is None
    status, said = verified(ours, capsys)
    assert status == 1 and "it has no manifest that can be read" in said and f"releases/{PERIOD}: {ALL}" in said


def test_what_is_no_report_is_refused(ours, capsys):
    """A sentence and exit status 2."""
    for period, words in (
        ("FY2020", "There is no report of FY2020 to verify. Make it: "),
        ("FY1999", "FY1999"),
        ("x", "x"),
    ):
        status, said = verified(ours, capsys, period)
        assert status == 2 and words in said and "Traceback" not in said
    rewritten(ours / "releases" / "ledger.csv", "C2", "C3")
    status, said = verified(ours, capsys)
    assert status == 2 and "the ledger was changed here" in said


def test_inputs_that_change_while_a_report_is_made_stop_it(ours):
    """Its manifest would name records that it was not made from; the report stays as it was."""
    given, before = making.source(ours), (ours / "reports" / PERIOD / "manifest.json").read_bytes()
    evaluation = given.evaluation(PERIOD)
    rewritten(ours / CENTRES, "TJ-SU,umed,8", "TJ-SU,umed,9")
    with pytest.raises(making.Refused, match=r"records \(records/markazho.csv\) changed while the report was made"):
        making.remake(given, evaluation, say=lambda words: None)
    assert (ours / "reports" / PERIOD / "manifest.json").read_bytes() == before
