"""How much of a check is said on the screen: all of a little, and of much so much that it can still be read."""

import pandas as pd

from ctanalysis.intake.datacheck import screen
from ctanalysis.records import HELD_BACK, LOOK, UNREAD, Finding, Records

PLACE = ("events", "records/events.csv", "", "B", "date")


def finding(row, severity=HELD_BACK, path="records/events.csv"):
    return Finding("events", path, "", "B", "date", "type", severity, "is no day", "Write it", (row,))


def checked(findings=(), files=((2, 2, 0),)):
    """Records of which this was found; files: rows read, used and held back of each."""
    rows = [("events", f"records/{number}.csv", "", *counts) for number, counts in enumerate(files, 1)]
    tally = pd.DataFrame(rows, columns=["table", "path", "sheet", "read", "used", "held_back"]).assign(passed_over=0)
    return Records({}, tuple(findings), tally)


def test_forty_findings_are_said_one_by_one():
    """Each in a line, and nothing is left out."""
    words = screen.details(checked(finding(row) for row in range(2, 42)))
    assert len(words.splitlines()) == 40 and "more finding" not in words


def test_of_forty_one_findings_one_is_left_out_and_counted():
    """The file that has all of them is named."""
    *lines, blank, last = screen.details(checked(finding(row) for row in range(2, 43))).splitlines()
    assert (len(lines), blank, last) == (40, "", "... and 1 more finding in internal/check/findings.csv")


def test_the_most_pressing_come_first():
    """What cannot be read stops a report, what is held back is not counted; what is to be looked at can wait."""
    words = screen.details(checked([finding(2, LOOK), finding(3, HELD_BACK, "records/b.csv"), finding(4, UNREAD, "c")]))
    assert [line.split(":")[0] for line in words.splitlines() if line] == [UNREAD, HELD_BACK, LOOK]


def test_twenty_five_files_have_a_line_each():
    """Also those in which nothing was held back."""
    words = screen.summary(checked(files=[(10, 10, 0)] * 25))
    assert words.count("10 rows read = 10 used + 0 held back") == 25 and "more file" not in words


def test_of_twenty_six_files_those_without_rows_held_back_are_one_line():
    """The one with a row held back keeps its own line; all rows add up."""
    words = screen.summary(checked(files=[*[(10, 10, 0)] * 25, (10, 9, 1)])).splitlines()
    assert words[0] == "records/26.csv: 10 rows read = 9 used + 1 held back"
    assert words[1] == "25 more files without rows held back: 250 rows read = 250 used + 0 held back"
    assert words[2] == "All files: 260 rows read = 259 used + 1 held back"


def test_rows_that_several_findings_name_are_counted_once():
    """Two findings about one row, and one about another file's."""
    found = [finding(2), finding(2), finding(2, path="records/b.csv")]
    assert "held back: 3 findings in 2 rows" in screen.summary(checked(found)).splitlines()
