"""The shipped project in the quarter after its last, of which not all records came."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ctanalysis import evaluate
from tests.conftest import copied
from tests.generators.wrong import file_of

PERIOD = "FY2015Q2"
FOLDER = TemporaryDirectory()  # it may be read again
SILENT = "Zqsilent"  # a partner that sent records of people who were trafficked once, and is named nowhere else


def late_project(folder):
    """The shipped project when three tables of the next quarter have come, and of one of them one partner's."""
    copied(folder)
    facts = folder / "project.toml"
    facts.write_text(
        facts.read_text(encoding="utf-8").replace("records_through = 2014-12-31", "records_through = 2015-03-31"),
        encoding="utf-8",
    )
    came = "".join(f"{file_of(name)},IOM,FY2015Q2,2015-04-20\n" for name in ("events", "attendance", "consultations"))
    with (folder / "deliveries.csv").open("a", encoding="utf-8") as file:
        file.write(came + "".join(f"{file_of(name)},ORG02,FY2015Q1,2015-01-20\n" for name in ("events", "victims")))
        file.write(f"{file_of('victims')},IOM,FY2015Q2,2015-04-20\n")
        file.write(f"{file_of('victims')},{SILENT},FY2015Q1,2015-01-20\n")
    return folder


@cache
def late():
    """That quarter evaluated: once in each process, only to be read."""
    return evaluate(PERIOD, late_project(Path(FOLDER.name) / "data"))
