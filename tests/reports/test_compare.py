"""make compare: which values changed between two reports of a period, and because of what."""

import json
import shutil

import pandas as pd
import pytest

from ctanalysis.__main__ import main
from ctanalysis.reports import comparing, inputs, making, printed, remake
from tests.reports.made_quickly import AID, CENTRES, PERIOD, rewritten


def made_again(folder):
    """The report of a project as its inputs are now."""
    given = making.source(folder)
    remake(given, given.evaluation(PERIOD), say=lambda words: None)


def compared(folder, capsys, one=None, other=None):
    """The command for a release and the report: its exit status and lines, and what it wrote to internal/."""
    place = folder / "internal" / "compare" / f"releases-{PERIOD}--reports-{PERIOD}.txt"
    status = main(["compare", str(one or folder / "releases" / PERIOD), str(other or folder / "reports" / PERIOD)])
    said = capsys.readouterr()
    internal = place.read_text(encoding="utf-8").splitlines() if place.exists() else []
    return status, (said.out + said.err).splitlines(), internal


def test_nothing_differs(ours, capsys):
    """A release and its report; nothing is written."""
    assert compared(ours, capsys) == (0, ["No value differs."], [])


def after(start, lines, end="\n"):
    """What stands in lines that begin so, up to an end."""
    return [line.removeprefix(start).split(end)[0] for line in lines if line.startswith(start)]


CHANGES = {  # files, what is changed in them; because of what so many values differ; what inputs are said to differ
    "records of one table": ({AID: ("640,30", "650,30")}, {"records"}, ["records"]),
    "records of all": ({CENTRES: ("TJ-SU,umed,8", "TJ-SU,umed,9")}, {"records"}, ["records"]),
    "a correction": (
        {"judgements/corrections.toml": ('value = "1 250,00"', 'value = "1 260,00"')},
        {"corrections"},
        ["corrections"],
    ),
    "a reference sheet": (
        {"indicators/C2-mesta.toml": ("value = 0", "value = 1")},
        {"reference sheets"},
        ["reference sheets: indicators/C2-mesta.toml"],
    ),
    "a target": ({"targets.csv": ("A1,FY2021,100", "A1,FY2021,101")}, {"targets"}, ["targets: targets.csv"]),
    "the policy": ({"policy.toml": ("round_to = 2", "round_to = 4")}, {"policy"}, ["policy: policy.toml"]),
    "a record and a target": (
        {CENTRES: ("TJ-SU,umed,8", "TJ-SU,umed,9"), "targets.csv": ("A1,FY2021,100", "A1,FY2021,101")},
        {"records", "targets"},
        ["targets: targets.csv", "records"],
    ),
    "a sentence": (
        {"targets.csv": ("Вымышлено", "Придумано")},
        set(),
        ["targets: targets.csv"],
    ),
}


@pytest.mark.few(4)
@pytest.mark.parametrize("change", CHANGES)
def test_what_differs_is_named_with_its_reason(ours, capsys, change):
    """Each value under the kind of input because of which it differs; of records and judgements that they do only."""
    texts, because, said = CHANGES[change]
    for name, (old, new) in texts.items():
        rewritten(ours / name, old, new, "cp1251" if name == AID else "utf-8")
    made_again(ours)
    status, lines, internal = compared(ours, capsys)
    assert status == 0
    found = set(after("because of ", lines, ": "))
    assert because <= found <= because | {f"{kind} or ledger" for kind in because}  # a release was made since
    assert sorted(after("input that differs: ", lines)) == sorted([*said, "ledger (what was released before)"])
    assert (lines[0] == "No value differs.") == (not because)
    assert not [line for line in lines if "records/" in line or "judgements/" in line]
    private = [name for name in texts if name.startswith(("records/", "judgements/"))]
    assert len(internal) == (len(private) + 1 if private else 0)
    assert all(any(name in line for line in internal) for name in private)


def test_values_are_named_once_with_what_they_were(ours, capsys):
    """A bed more: the indicator of beds and no other, each value once wherever it is printed; the rows in internal/."""
    rewritten(ours / CENTRES, "TJ-SU,umed,8", "TJ-SU,umed,9")
    with (ours / CENTRES).open("a", encoding="utf-8") as file:
        file.write("M9,Новый,TJ-SU,umed,1,2022-05-01,\n")
    made_again(ours)
    _, lines, internal = compared(ours, capsys)
    values = [line.strip() for line in lines if "->" in line]
    assert len(values) == len(set(values)) and {line.split(",")[0] for line in values} == {"C2"}
    total = next(line for line in values if "2021-04-01 to 2021-06-30, total: all" in line)
    before, after = map(int, total.rsplit(": ", 1)[1].split(" -> "))
    assert after == before + 1
    assert (
        internal == [internal[0], f"records: {CENTRES}: 6 rows, 6 used -> 7 rows, 7 used"] and "INTERNAL" in internal[0]
    )


def test_code_is_named_beside_what_else_may_be_the_reason(ours, capsys, tmp_path, monkeypatch):
    """Where the library and the records are both others, either may be the reason, and both are said."""
    library = shutil.copytree(inputs.LIBRARY, tmp_path / "library", ignore=shutil.ignore_patterns("__pycache__"))
    rewritten(library / "periods.py", '"""', '"""Now: ')
    rewritten(ours / CENTRES, "TJ-SU,umed,8", "TJ-SU,umed,9")
    monkeypatch.setattr(inputs, "LIBRARY", library)
    made_again(ours)
    _, lines, _ = compared(ours, capsys)
    assert any(line.startswith("because of records or library: ") for line in lines)
    assert "input that differs: library: periods.py" in lines


def test_a_change_by_hand_is_a_reason(ours, capsys):
    """A value that somebody wrote into a report: said as that, with the file."""
    path = ours / "reports" / PERIOD / "indicators.csv"
    line = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("C2,period,"))
    rewritten(path, line, line.replace(",all,", ",all,1"))
    _, lines, _ = compared(ours, capsys)
    assert any(line.startswith("because of a change by hand: ") for line in lines)
    assert f"changed by hand: {path}" in lines


def test_where_an_internal_half_is_lost_the_reason_is_not_known(ours, capsys):
    """The values are compared all the same."""
    rewritten(ours / CENTRES, "TJ-SU,umed,8", "TJ-SU,umed,9")
    made_again(ours)
    shutil.rmtree(ours / "internal" / "manifests" / "releases")
    _, lines, internal = compared(ours, capsys)
    assert any(line.startswith("because of what internal/ does not hold: ") for line in lines) and not internal
    assert lines[-1].endswith("nothing can be said: internal/manifests/ does not hold both reports")


def test_folders_that_are_none(ours, capsys, tmp_path, monkeypatch):
    """A sentence and exit status 2: no folder, one of another kind, a file, nothing, half a report, two periods."""
    report = ours / "reports" / PERIOD
    other = shutil.copytree(report, ours / "reports" / "FY2020")
    made = json.loads((other / "manifest.json").read_text(encoding="utf-8"))
    (other / "manifest.json").write_text(json.dumps(made | {"period": "FY2020"}), encoding="utf-8")
    half = shutil.copytree(report, ours / "reports" / "half")
    (half / "history.csv").write_text("indicator\n1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for one in ("nowhere", ".", "/", str(ours), str(report / "indicators.csv"), str(other), str(half)):
        for pair in ((one, str(report)), (str(report), one)):
            status, lines, _ = compared(ours, capsys, *pair)
            assert status == 2 and len(lines) == 1 and "Traceback" not in lines[0]
    assert main(["compare", "", ""]) == 2
    assert "make compare A=reports/FY2014 B=releases/FY2014" in capsys.readouterr().err


def test_folders_may_be_named_from_where_they_are(ours, capsys, monkeypatch):
    """By the last part of their path, too."""
    monkeypatch.chdir(ours / "releases")
    status, lines, _ = compared(ours, capsys, PERIOD, f"../reports/{PERIOD}/")
    assert (status, lines) == (0, ["No value differs."])


def test_a_report_of_a_project_that_is_gone_is_compared(ours, capsys):
    """Its sheets and tables are not there to say which records count for what: any input may then be the reason."""
    rewritten(ours / CENTRES, "TJ-SU,umed,8", "TJ-SU,umed,9")
    made_again(ours)
    (ours / "project.toml").unlink()
    _, lines, _ = compared(ours, capsys)
    assert any(line.startswith("because of records: ") for line in lines)
    assert comparing.compare(ours / "releases" / PERIOD, ours / "reports" / PERIOD).kinds["records"] == [CENTRES]


def test_an_older_word_for_what_is_not_told_is_no_difference():
    """Reports called everything without a number withheld once; a number that is told no more is a difference."""

    def one(status, value=""):
        cell = dict.fromkeys(printed.KEY, "x") | dict.fromkeys(printed.PRINTED, "")
        return pd.DataFrame([cell | {"status": status, "value": value}])

    assert not len(printed.differing(one("withheld"), one("not told")))
    for before, after in ((one("exact", "12"), one("not told")), (one("fewer than 5"), one("withheld"))):
        assert len(printed.differing(before, after)) == 1


def row(value="", status="exact", **beside):
    """A frame of one printed value, with what stands beside it."""
    cell = dict.fromkeys(printed.KEY, "x") | dict.fromkeys(printed.PRINTED, "") | {"start": "2014-01-01"}
    own = cell | {"what": "value", "value": value, "status": status}
    return pd.DataFrame([own, *(cell | {"what": name, "value": text} for name, text in beside.items())])


@pytest.mark.parametrize("name", printed.BESIDE)
def test_what_stands_beside_a_value_may_differ_alone(name):
    """An end of its range, its rows, its caveat: a line of its own. Where the value differs, it is said of the value
    alone; a column that an older report has not is no difference.
    """
    one, other = (row("12", **{name: text}) for text in ("3", ""))
    assert printed.in_words(printed.differing(one, other)) == [f"x, 2014-01-01 to x, x: x: {name} 3 -> none"]
    assert printed.in_words(printed.differing(one, row("13", **{name: "4"}))) == ["x, 2014-01-01 to x, x: x: 12 -> 13"]
    assert not len(printed.differing(one, row("12"))) and not len(printed.differing(row("12"), one))
    assert not len(printed.differing(printed.numbers(one), printed.numbers(other)))


@pytest.mark.parametrize("name", [*printed.BESIDE, "milestones"])
def test_no_value_differs_only_where_nothing_printed_does(ours, capsys, name):
    """Of a whole report: each of these in its files is another, and the values are what they were."""
    report = ours / "reports" / PERIOD
    for folder in (report, ours / "releases" / PERIOD):
        (folder / "milestones.csv").write_text(
            "indicator,name,state,due,reached,evidence,role,date\nC2,Beds,late,2021-05-01,,,,\n", encoding="utf-8"
        )
    path = report / ("milestones.csv" if name == "milestones" else "indicators.csv")
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    at = 0 if name == "milestones" else frame.index[(frame["indicator"] == "C2") & (frame["status"] == "exact")][0]
    frame.loc[at, "state" if name == "milestones" else name] = "another"
    frame.to_csv(path, index=False)
    _, lines, _ = compared(ours, capsys)
    [line] = [line.strip() for line in lines if "->" in line]
    assert lines[0] == "Values that differ: 1" and line.startswith("C2") and line.endswith("-> another")
    assert ("state late" if name == "milestones" else f": {name} ") in line
