"""Days that are more than a day: a time belongs to the day as it is written; one of Greenwich to the project's day."""

import pytest

from ctanalysis import Refused, project
from ctanalysis.records import HELD_BACK, REPAIRED
from tests.generators.sent import field, sent, surveyed, told

BISHKEK = 'time_zone = "Asia/Bishkek"\n'  # six hours ahead of Greenwich


def of_times(folder, *times, zone="", **more):
    rows = [["id", "day", "at"], *([f"r{row}", "2014-01-02", time] for row, time in enumerate(times, 2))]
    return surveyed(folder, [field("at", "date", **more)], rows, name="rows.csv", project_toml=zone)


def days(found):
    return dict(zip(found["rows"]["id"], found["rows"]["at"].astype(str), strict=True))


@pytest.mark.parametrize(
    "time",
    [
        "2014-03-31T23:30:00.000+06:00",
        "2014-03-31T23:30:00.123456+06:00",
        "2014-03-31T00:30:00+0600",
        "2014-03-31T00:30:00-05:00",
        "2014-03-31T23:30:00",
        "2014-03-31 23:30",
        "2014-03-31 9:05:00",
    ],
)
@pytest.mark.parametrize("zone", ["", BISHKEK])
def test_a_time_of_the_day_as_written(tmp_path, time, zone):
    """It is 31 March where it was written, whatever day it was elsewhere."""
    found = of_times(tmp_path / "p", time, zone=zone)
    assert days(found) == {"r2": "2014-03-31"}
    assert told(found) == [(REPAIRED, "spelling", "at", (2,))]


@pytest.mark.parametrize(
    ("time", "day"),
    [
        ("2014-03-31T17:59:59Z", "2014-03-31"),
        ("2014-03-31T18:00:00Z", "2014-04-01"),  # midnight in Bishkek
        ("2014-03-31T18:00:00.000Z", "2014-04-01"),
        ("2014-03-31T18:00:00+00:00", "2014-04-01"),
        ("2014-03-31T18:00:00.000+0000", "2014-04-01"),
        ("2014-03-31 18:00Z", "2014-04-01"),
        ("2014-12-31T23:00:00Z", "2015-01-01"),
    ],
)
def test_a_time_of_greenwich(tmp_path, time, day):
    """After 18:00 in Greenwich it is the next day in Bishkek: of another quarter, at a quarter's end."""
    assert days(of_times(tmp_path / "p", time, zone=BISHKEK)) == {"r2": day}


def test_a_time_of_greenwich_without_a_zone(tmp_path):
    """Which day it was is not known: the row is held back, and the advice names the key of project.toml."""
    found = of_times(tmp_path / "p", "2014-03-31T17:59:59Z", "2014-03-31")
    assert told(found) == [(HELD_BACK, "type", "at", (2,))]
    assert 'time_zone = "Asia/Karachi"' in found.findings[0].do
    assert days(found) == {"r3": "2014-03-31"}


def test_a_day_that_is_none_in_greenwich(tmp_path):
    """30 February stays none, and the advice is not about the zone, which is declared."""
    found = of_times(tmp_path / "p", "2014-02-30T17:59:59Z", "2014-03-31", zone=BISHKEK)
    assert told(found) == [(HELD_BACK, "type", "at", (2,))]
    assert "time_zone" not in found.findings[0].do


def test_a_time_in_a_form_of_its_own(tmp_path):
    """The field's own form of the day, with a time behind it."""
    found = of_times(tmp_path / "p", "31.03.2014 20:15", "31.03.2014T20:15:00Z", zone=BISHKEK, format="%d.%m.%Y")
    assert days(found) == {"r2": "2014-03-31", "r3": "2014-04-01"}


def test_a_zone_that_there_is_not(tmp_path):
    """A misspelt zone is refused before anything is read."""
    folder = sent(tmp_path / "p", [], [["id", "day"]], name="rows.csv", project_toml='time_zone = "Asia/Bishkeck"\n')
    with pytest.raises(Refused, match="such as Asia/Karachi"):
        project.load(folder)


@pytest.mark.parametrize(
    "time",
    ["2014-01-31 99:99", "2014-01-31T24:01", "2014-01-31 12:60", "2014-01-31 12:00:99", "2014-01-31T12:00+99:00"],
)
def test_a_time_that_there_is_not_is_no_day(tmp_path, time):
    """What stands behind the day is no time: the cell may be damaged, and nobody reads its day silently."""
    found = of_times(tmp_path / "p", time, "2014-01-30 10:00")
    assert [one for one in told(found) if one[0] == HELD_BACK] == [(HELD_BACK, "type", "at", (2,))]


@pytest.mark.parametrize(
    "time", ["2014-01-31 00:00", "2014-01-31 24:00", "2014-01-31 9:05", "2014-01-31T23:59:59.9+14:00"]
)
def test_a_time_that_there_is(tmp_path, time):
    assert days(of_times(tmp_path / "p", time)) == {"r2": "2014-01-31"}
