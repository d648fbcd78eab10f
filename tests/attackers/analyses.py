"""Somebody who has the published CSV files alone, and makes every page of the analyses from them.

Where each number is the same, none of them tells more than the files do.
"""

import json
import re
from dataclasses import replace

import numpy as np
import pandas as pd

from ctanalysis import figures, narrative, tables
from ctanalysis.disclosure.protected import released
from ctanalysis.indicators.evidence import EVIDENCE
from ctanalysis.indicators.horizons import QUARTER
from ctanalysis.reports.files import write_values
from tests.conftest import ROOT

PLACE = re.compile(r"\d+\.\d{5,}")  # in a drawing: the last of its decimals depends on how a number is written
CALL = re.compile(r"(narrative|tables|figures)\.(\w+)\(evaluation(, area)?\)")


def called():
    """What the report's notebooks put on their pages: (of an area, what makes it)."""
    cells = [
        "".join(cell["source"])
        for name in ("evaluation", "area", "data-quality")
        for cell in json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    ]
    found = [match.groups() for source in cells for match in CALL.finditer(source)]
    rooms = {"narrative": narrative, "tables": tables, "figures": figures}
    return dict.fromkeys((bool(area), getattr(rooms[room], name)) for room, name, area in found)


def pages(evaluation, *more, drawn=True):
    """The HTML of everything that notebooks put on a page, by what makes it; more: of others than them.

    drawn: also the figures.
    """
    areas = dict.fromkeys(sheet.area for sheet in evaluation.project.sheets)
    asked = [(of_area, one) for of_area, one in called() if drawn or "figures" not in one.__module__]
    asked += [(False, one) for one in more]
    made = {
        (area, one.__module__, one.__qualname__): one(evaluation, area) if of_area else one(evaluation)
        for of_area, one in asked
        for area in (areas if of_area else [""])
    }
    return {" ".join(name): _html(shown) for name, shown in made.items()}


def _html(shown):
    """Of figures with their drawings, to a thousandth of a point: nothing can be measured in them that the files do not
    say.
    """
    charts = shown.charts if isinstance(shown, figures.Gallery) else (shown,)
    if all(isinstance(one, figures.Chart) for one in charts):
        return PLACE.sub(lambda place: f"{float(place[0]):.3f}", "".join(one.html for one in charts))
    return shown._repr_mimebundle_()["text/html"]


def read_files(folder, likewise):
    """The three files as frames with the columns and types of a Protected like them."""
    frames = {}
    for name in ("indicators", "tracking", "history"):
        frame = pd.read_csv(folder / f"{name}.csv", keep_default_na=False, dtype=str)
        kinds = likewise[name].dtypes
        frame = frame[[*kinds.index]]
        for column, kind in kinds.items():
            if kind.kind in "fi":
                frame[column] = [float(cell) if cell else np.nan for cell in frame[column]]
        frames[name] = frame
    return frames


def by_files_alone(evaluation, folder):
    """The evaluation of somebody who has the published CSV files, and nothing of the gate or of the records."""
    write_values(evaluation, folder)
    likewise = {"indicators": evaluation.protected_values, "tracking": evaluation.protected_tracking}
    likewise |= {"history": evaluation.protected_history}
    read = read_files(folder, {name: one.values for name, one in likewise.items()})
    beside = read["indicators"]["disaggregation"] == EVIDENCE
    quarters = read["history"]["horizon"] == QUARTER
    return replace(
        evaluation,
        protected_values=released(read["indicators"][~beside].reset_index(drop=True)),
        protected_evidence=released(read["indicators"][beside].reset_index(drop=True)),
        protected_tracking=released(read["tracking"]),
        protected_history=released(read["history"][quarters].reset_index(drop=True)),
        protected_years=released(read["history"][~quarters].reset_index(drop=True)),
        protected_baselines=released(evaluation.protected_baselines.values.iloc[:0]),
        standing={},
    )
