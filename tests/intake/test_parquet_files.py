"""A Parquet file that a partner sends: taken in as a CSV file is, and sent back as a workbook with its cells marked."""

import datetime

import pandas as pd
import pytest

from ctanalysis.base.errors import Refused
from ctanalysis.intake.datacheck import writing
from ctanalysis.project import load
from ctanalysis.records import read, survey
from tests.generators import parquet_files
from tests.intake.copies import RED, seen, sent_back
from tests.intake.partner_files import EVENT_ROWS, IN_RUSSIAN, received


def of_events(folder, **changed):
    """A Parquet file of three events."""
    folder.mkdir(exist_ok=True)
    columns = dict(zip(IN_RUSSIAN["events"], map(list, zip(*EVENT_ROWS, strict=True)), strict=True))
    return parquet_files.write(folder / "events Q1.parquet", columns | changed)


def test_it_goes_into_its_tables_folder_and_is_counted(project, sent):
    """By its columns it is known as events; its days say the quarter."""
    said = received(project, of_events(sent))
    assert "events (events), 3 rows read = 3 used + 0 held back, 2015-01-14 to 2015-03-27" in said
    assert "records/events/events Q1.parquet,ORG05,FY2015Q2,2015-04-14" in (project / "deliveries.csv").read_text(
        "utf-8"
    )
    assert sorted(read(load(project))["events"]["guests"]) == [12, 25, 31, 40]


def test_a_heading_that_is_not_known_is_said(project, sent):
    """Nothing is changed."""
    with pytest.raises(Refused, match="column E"):
        received(project, of_events(sent, SECRET=[1, 2, 3]))
    assert not (project / "records/events/events Q1.parquet").exists()


def test_a_file_that_is_none_is_refused_in_a_sentence(project, sent):
    """Its name promises too much."""
    sent.mkdir()
    (sent / "a.parquet").write_bytes(b"PAR1 and nothing else")
    with pytest.raises(Refused, match="damaged"):
        received(project, sent / "a.parquet")


def test_what_is_wrong_is_marked_in_a_workbook(project, sent, tmp_path):
    """The first record is row 2 of the copy, as the finding says."""
    days = [datetime.date(2015, 1, 14), datetime.date(1, 1, 1), datetime.date(2015, 3, 27)]
    received(project, of_events(sent, **{IN_RUSSIAN["events"][1]: pd.array(days)}))
    loaded = load(project)
    found = survey(loaded)
    [finding] = [one for one in found.findings if one.rule == "type"]
    assert (finding.path, finding.column, finding.rows) == ("records/events/events Q1.parquet", "B", (3,))
    writing.write(loaded, found, tmp_path / "check")
    [name] = [path.name for path in (tmp_path / "check/send-back").iterdir()]
    sheet = sent_back(tmp_path / "check", name)["Rows"]
    assert [cell.value for cell in sheet[1]] == IN_RUSSIAN["events"]
    assert seen(sheet["B3"])[1] == RED
    assert sheet["A2"].value == "E-101"
