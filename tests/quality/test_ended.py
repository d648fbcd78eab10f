"""A part that has ended: of its partner nothing is missing; where nobody is left to send, the 0 says so."""

import pytest

from ctanalysis import evaluate, narrative, records
from ctanalysis.project import load
from ctanalysis.quality.received import lack
from tests.generators import small

COUNT = 'table = "rows"\nmeasure = "count"\ndate = "day"'
SENT = "file,partner,period,sent\n" + "".join(
    f"records/rows.csv,{partner},FY2014Q{number},2014-0{3 * number - 2}-20\n" for partner in "AB" for number in (1, 2)
)
NOBODY = "no partner sends its records any more"


def project(folder, *ended, more=""):
    """A project complete to June 2014, to which A and B sent two quarters; these ended in March."""
    small.write(folder, "day\n2013-11-05\n2014-01-05", COUNT, due="quarter")
    facts = folder / "project.toml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("2014-12-31", "2014-06-30"), encoding="utf-8")
    (folder / "deliveries.csv").write_text(SENT + more, encoding="utf-8")
    said = (f'[[ended]]\npartner = "{name}"\nlast = 2014-03-31\nreason = "Its grant ended."\n' for name in ended)
    (folder / "quality.toml").write_text("".join(said), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("ended", "more", "told", "words"),
    [
        ("AB", "", (0, "exact"), NOBODY),
        ("A", "records/rows.csv,B,FY2014Q3,2014-07-20\n", (0, "exact"), ""),  # B has sent, and there was nothing
        ("AB", "records/rows.csv,C,FY2014Q3,2014-07-20\n", (0, "exact"), ""),  # C took over
        ("A", "", (None, "not received"), ""),  # B is expected, and did not send
    ],
)
def test_a_zero_that_nobody_counted_is_told_as_that(tmp_path, ended, more, told, words):
    found = evaluate("FY2014Q3", project(tmp_path / "p", *ended, more=more))
    [row] = found.by("x").to_dict("records")
    assert (None if row["value"] != row["value"] else row["value"], row["status"]) == told
    assert found.lacks.get(("x", "2014-04-01", "2014-06-30"), "") == words
    assert (words in row["caveat"]) if words else NOBODY not in row["caveat"]
    if words:
        assert f"({NOBODY})" in narrative.area(found, "work").plain


def test_days_before_the_end_say_nothing_of_it(tmp_path):
    """What was sent while the part went on is whole; the project to date ends after it, and says so."""
    ours = load(project(tmp_path / "p", "A", "B"))
    found, sheet, calendar = records.read(ours), ours.sheet("x"), ours.calendar
    quarter, later = calendar.parse("FY2014Q2"), calendar.parse("FY2014Q3")
    assert lack(ours, found, sheet, quarter.start, quarter.end) == ""
    assert lack(ours, found, sheet, ours.facts.start, later.end).endswith(NOBODY)
