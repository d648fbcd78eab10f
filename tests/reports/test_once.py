"""A run of many reports reads the records once, and calculates each period once, whoever of its processes asks."""

import pytest

from ctanalysis import evaluation, records
from ctanalysis.__main__ import main
from ctanalysis.reports import made_from, notebooks
from tests.reports import tiny

LABELS = (tiny.EARLIER, tiny.PERIOD)


@pytest.fixture(name="counts")
def counted(tmp_path, monkeypatch):
    """What was called since, in this process and in all that it forks: names, in a file that all of them append to."""
    path = tmp_path / "calls"
    path.touch()

    def count(place, name, called):
        function = getattr(place, name)

        def counting(*given, **named):
            with path.open("a", encoding="utf-8") as file:
                file.write(f"{called(*given, **named)}\n")
            return function(*given, **named)

        monkeypatch.setattr(place, name, counting)

    count(records, "read", lambda *_, **__: "read")
    for place in (made_from, evaluation):
        count(place, "evaluated", lambda project, found, period, *_: period.label)
    return lambda: sorted(path.read_text(encoding="utf-8").split())


@pytest.mark.parametrize("cores", [1, 2])
def test_records_are_read_once_and_each_period_is_calculated_once(tmp_path, monkeypatch, counts, cores):
    """Two reports, of two notebooks each that ask for the values: one reading, and two calculations."""
    monkeypatch.setattr(notebooks, "SOURCES", tiny.notebooks(tmp_path / "notebooks"))
    for module in ("making", "running"):
        monkeypatch.setattr(f"ctanalysis.reports.{module}.CORES", cores)
    ours = tiny.project(tmp_path / "ours")
    assert main(["reports", "--periods", " ".join(LABELS), "-p", "project", str(ours)]) == 0
    assert {path.name for path in (ours / "reports").iterdir() if path.is_dir()} == set(LABELS)
    assert counts() == sorted([*LABELS, "read"])
