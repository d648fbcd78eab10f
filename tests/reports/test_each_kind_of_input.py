"""Each kind of input that can change a value is a reason that compare and verify know."""

import shutil

import pytest

from ctanalysis.__main__ import main
from ctanalysis.project import load
from ctanalysis.reports import causes, making, printed, remake, verifying
from ctanalysis.reports.inputs import KINDS
from tests.generators import residents, small
from tests.reports.made_quickly import quickly, rewritten

PERIOD = "FY2014Q3"
ROWS = "id day end amount\nr0001 2014-02-05 - 7\nr0002 2014-02-07 2014-02-01 5\nJami 2014-02-08 - 9"
BY = 'reason = "."\nrole = "officer"\ndate = 2015-01-10\n'
TOTAL = f'[[accepted]]\nrule = "total"\ntable = "rows"\nkey = "Jami"\ncells = {{ amount = "9" }}\n{BY}'
SENT = "file,partner,period,sent,rows\nrecords/rows.csv,A,FY2014Q2,2014-04-20,\n"
RATE = '[calculation.numerator]\nmeasure = "sum"\ntable = "rows"\ncolumn = "amount"\ndate = "day"'
CORRECTION = f'[[correction]]\ntable = "rows"\nkey = "r0001"\nfield = "amount"\nexpect = "7"\nvalue = "8"\n{BY}'
HELD = '[[order]]\ntable = "rows"\nfirst = "day"\nthen = "end"\nreason = "."\n'
CHANGES = {  # by kind: a file, and how its text becomes another
    "facts": ("project.toml", ("start = 2011-10-01", "start = 2014-02-06")),
    "tables": ("datapackage.json", ('"name": "amount",', '"name": "amount", "missingValues": ["7"],')),
    "reference sheets": ("indicators/x.toml", ('measure = "sum"\ncolumn = "amount"', 'measure = "count"')),
    "published figures": ("published.csv", "x,2014-03-31,7,,A page.\n"),
    "residents": ("population.csv", ("2014,1000", "2014,2000")),
    "rules": ("rules.toml", HELD),
    "quality thresholds": ("quality.toml", '[[ended]]\npartner = "A"\nlast = 2014-03-31\nreason = "."\n'),
    "deliveries": ("deliveries.csv", "records/rows.csv,A,FY2014Q3,2014-07-20,none\n"),
    "corrections": ("judgements/corrections.toml", CORRECTION),
    "accepted findings": ("judgements/accepted.toml", TOTAL),
    "records": ("records/rows.csv", (",7,", ",8,")),
}
FIRST = ("accepted findings", "quality thresholds", "deliveries", "records")  # are in every run
ELSEWHERE = {"policy", "targets", "milestones", "same people"}  # in test_compare and test_verify
NEVER = {  # what people say, and what is decided when a report is released: no value is calculated from it
    "restatements",
    "explanations",
    "context",
    "actions",
    "lessons",
    "recommendations",
    "evaluation questions",
    "reviews of translations",
    "translations",
}


def made(folder, kind):
    """A project whose partner sent the second quarter and not the third, with a row that is taken for a total."""
    calculation = 'table = "rows"\nmeasure = "sum"\ncolumn = "amount"\ndate = "day"'
    if kind == "residents":
        calculation = f'measure = "rate"\n{RATE}'
    small.write(folder, ROWS, calculation, due="quarter")
    rewritten(folder / "project.toml", "2014-12-31", "2014-06-30")
    (folder / "deliveries.csv").write_text(SENT, encoding="utf-8")
    if kind == "residents":
        residents.write(folder, [(year, 1000) for year in range(2011, 2015)])
    return folder


def changed(folder, kind):
    """One file of this kind says something else."""
    name, change = CHANGES[kind]
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    if isinstance(change, tuple):
        rewritten(path, *change)
    else:
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(before + change, encoding="utf-8")


def remade(folder):
    given = making.source(folder)
    remake(given, given.evaluation(PERIOD), say=lambda words: None)


def test_each_kind_is_one_that_can_change_a_value_or_that_cannot():
    """A kind that is new is put among them, and is explained."""
    assert {*CHANGES} | ELSEWHERE | NEVER == {*KINDS.values()}
    assert not {*CHANGES} & NEVER and not {*causes.EVERY} & NEVER


@pytest.mark.few(4)
@pytest.mark.parametrize("kind", sorted(CHANGES, key=FIRST.count, reverse=True))
def test_each_kind_that_changes_a_value_explains_it(tmp_path, capsys, kind):
    """Changed alone: verify says what has changed and calls no value wrong; compare names the kind for every value."""
    folder, name = made(tmp_path / "p", kind), f"internal/manifests/reports/{PERIOD}.json"
    with quickly():
        remade(folder)
        before = shutil.copytree(folder / "reports" / PERIOD, folder / "before" / PERIOD)
        (folder / "internal/manifests/before").mkdir()
        shutil.copy(folder / name, folder / name.replace("reports", "before"))
        changed(folder, kind)
        found = list(verifying.verify(load(folder).calendar.parse(PERIOD), folder))
        assert [line for fault, line in found if fault] == []
        assert any(f"changed since: {kind}" in line for _, line in found)
        remade(folder)
        report = folder / "reports" / PERIOD
        assert len(printed.differing(*(printed.numbers(printed.printed(one)) for one in (before, report))))
        assert main(["compare", str(before), str(report)]) == 0
    because = [line for line in capsys.readouterr().out.splitlines() if line.startswith("because of ")]
    assert because and all(line.startswith(f"because of {kind}: ") for line in because)
