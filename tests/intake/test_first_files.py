"""What receive puts into a project whose tables have no file yet is read by the very next check and report."""

import json

import pytest

from ctanalysis.intake import receiving
from ctanalysis.project import load
from ctanalysis.records import UNREAD, read, survey
from tests.intake.partner_files import everything, of_both, of_events, paths_of, received


@pytest.fixture
def unfilled(project):
    """The project with a folder for each table, none of which may be without rows, and no file in any."""
    (project / "records/events/earlier.csv").unlink()
    (project / "deliveries.csv").write_text("file,partner,period,sent\n", encoding="utf-8")
    path = project / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        resource.pop("mayBeEmpty", None)
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    return project


def test_a_workbook_of_two_tables_is_the_first_file_of_both(unfilled, sent):
    """Their folders are empty, and datapackage.json names the workbook beside them: both tables are read."""
    said = received(unfilled, of_both(sent))
    assert "Nothing was found in it." in said and "No report can be made" not in said
    records = read(load(unfilled))
    assert (len(records["events"]), len(records["calls"])) == (3, 2)
    assert not survey(load(unfilled)).of(UNREAD)


@pytest.mark.parametrize("gone", ["events", "calls"])
def test_a_folder_that_is_not_there_is_as_an_empty_one(unfilled, sent, gone):
    """Git and e-mail keep no empty folder: the table is read from its other path."""
    received(unfilled, of_both(sent))
    (unfilled / "records" / gone).rmdir()
    assert len(read(load(unfilled))["calls"]) == 2


def test_a_table_without_any_file_is_still_refused(unfilled, sent):
    """Calls have nothing at all: the check says so, and receive says it too when the events are taken in."""
    said = received(unfilled, of_events(sent))
    assert "No report can be made before this is mended as well:" in said
    assert "records/calls: the folder is empty" in said
    [finding] = survey(load(unfilled)).of(UNREAD)
    assert (finding.path, finding.says) == ("records/calls", "the folder is empty")


def test_a_file_that_is_named_and_gone_is_still_refused(unfilled, sent):
    """An empty folder beside a path of a file that is not there: nothing of the table is there, and both are said."""
    received(unfilled, of_both(sent))
    place = paths_of(unfilled)["calls"][1]
    (unfilled / place).unlink()
    assert {one.path for one in survey(load(unfilled)).of(UNREAD)} == {"records/events", "records/calls", place}


def test_dry_says_the_same(unfilled, sent):
    """What DRY=1 tries is what would be there: nothing changes, and nothing else is found."""
    file, before = of_both(sent), everything(unfilled)
    words = {"file": str(file), "partner": "ORG05", "sent": "2015-04-14", "period": "", "dry": "1", "complete": ""}
    done = receiving.receive(load(unfilled), words)
    assert done.status == 0 and "Nothing was found in it." in done.lines and everything(unfilled) == before
