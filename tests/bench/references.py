"""Writes the executed reference notebooks that nbval compares: make accept.

They are papermill outputs for the shipped project, cleaned like a report's. Images are cut out: nbval does
not compare them; so are drawings, which sanitize.cfg leaves out. The data that each one draws stands beside it and is
compared. Beside them, the main points of every quarter are written one below the other, to be read.
"""

import re
from pathlib import Path

import nbformat

from ctanalysis import records
from ctanalysis.evaluation import evaluated
from ctanalysis.project import load
from ctanalysis.reports import notebooks
from tests.narrative.side_by_side import KEPT, main_points

DRAWING = re.compile(r"<svg[\s\S]*?</svg>")  # as sanitize.cfg has it, by which nbval leaves it out as well
FOLDER = Path(__file__).parents[1] / "references"
PERIODS = ("FY2015Q1", "FY2014")
AREAS = ("", "prevention", "protection")  # enough of the one notebook that is run for each area


def executed(page, period):
    """The notebook run for a period, without its images and drawings."""
    notebook = notebooks.execute(page, {"period": period, "project": ""}, FOLDER / "unused")
    for output in (output for cell in notebook.cells for output in cell.get("outputs", ())):
        if "image/png" in output.get("data", {}):
            output["data"]["image/png"] = ""
            for kind in ("image/svg+xml", "text/html"):
                output["data"][kind] = DRAWING.sub("DRAWING", output["data"][kind])
    return notebook


def explored(period):
    """The notebook for exploring, which is no page of a report."""
    source = notebooks.SOURCES / "explore.ipynb"
    nbformat.write(executed(notebooks.Page("explore", "Explore", source), period), FOLDER / f"{period}-explore.ipynb")


def every_quarter():
    """The main points of every quarter of the shipped project."""
    project = load(notebooks.SOURCES.parent / "data")
    rows = records.read(project)
    return "\n".join(main_points(evaluated(project, rows, one)) for one in project.calendar.completed("quarter"))


def main():
    FOLDER.mkdir(exist_ok=True)
    KEPT.write_text(every_quarter(), encoding="utf-8", newline="\n")
    explored(PERIODS[0])
    for period in PERIODS:
        for page in notebooks.chosen(load(notebooks.SOURCES.parent / "data")):
            if page.area in AREAS:
                nbformat.write(executed(page, period), FOLDER / f"{period}-{page.name}.ipynb")


if __name__ == "__main__":
    main()
