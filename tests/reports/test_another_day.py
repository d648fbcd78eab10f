"""Made on another day, on another machine: not one byte differs."""

import datetime
import os
import subprocess
import sys

import pytest

from ctanalysis.formats import choice
from tests.conftest import command
from tests.generators import another_day
from tests.reports.made_quickly import PERIOD, second

ASKS = (
    "import datetime, os, socket, time; "
    "print(datetime.date.today(), datetime.datetime.fromtimestamp(time.time()).date(), time.strftime('%Y-%m-%d'), "
    "socket.gethostname(), os.uname().nodename)"
)


@pytest.fixture
def there(tmp_path):
    """The variables of a process on another day, of which it is shown that it is."""
    variables = another_day.environment(tmp_path)
    asked = [sys.executable, "-c", ASKS]
    today = datetime.date.today()
    found = subprocess.run(asked, env=os.environ | variables, capture_output=True, text=True).stdout.split()
    days = [(datetime.date.fromisoformat(day) - today).days for day in found[:3]]
    assert all(another_day.DAYS <= later <= another_day.DAYS + 1 for later in days)
    assert found[3:] == [another_day.HOST] * 2
    return variables


def bytes_of(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.long
def test_a_report_made_on_another_day_has_the_same_bytes(tmp_path, there):
    """All formats that can be written here, with their internal half; nothing names the host of either day."""
    kinds = [".ipynb", ".html", ".xlsx", ".csv", ".json", ".png", ".svg"]
    documents = choice.DOCUMENTS if len(choice.versions()) == len(choice.PACKAGES) else ()
    found = []
    for name, variables in (("today", {}), ("later", there)):
        project = second(tmp_path / name / "second")
        asked = ["report", "-p", "period", PERIOD, "-p", "project", str(project), "--formats", ",".join(documents)]
        done = command(*asked, **variables)
        assert done.returncode == 0, done.stderr
        found.append(bytes_of(project / "reports") | bytes_of(project / "internal"))
    here, later = found
    assert {path.suffix for path in here} >= {*kinds, *(f".{kind}" for kind in documents)}
    assert [path for path in here if here[path] != later.get(path)] == [] and here.keys() == later.keys()
    assert not [path for path, data in later.items() if another_day.HOST.encode() in data]
