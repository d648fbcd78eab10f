"""What a report holds beside its pages: values, tracking table and history as CSV, figures and their data."""

from base64 import b64decode
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from nbformat import NotebookNode

from ctanalysis.analysis.milestones import Milestone, milestones
from ctanalysis.evaluation import Evaluation

CSV: dict[str, Any] = {"index": False, "float_format": "%.15g", "lineterminator": "\n", "encoding": "utf-8"}


def write(evaluation: Evaluation, notebooks: Iterable[NotebookNode], folder: Path) -> None:
    """Writes the values and the figures of a report in its first language into a folder."""
    write_values(evaluation, folder)
    write_figures(notebooks, folder)


def write_figures(notebooks: Iterable[NotebookNode], folder: Path) -> None:
    """Writes figures/ into a folder, with each figure of executed notebooks, and the data that it draws."""
    (folder / "figures").mkdir()
    for output in _figures(notebooks):
        name = output["metadata"]["image/png"]["name"]
        (folder / "figures" / f"{name}.png").write_bytes(b64decode(output["data"]["image/png"]))
        if "image/svg+xml" in output["data"]:  # not of an image that a notebook drew its own way
            (folder / "figures" / f"{name}.svg").write_text(output["data"]["image/svg+xml"], encoding="utf-8")
        (folder / "figures" / f"{name}.csv").write_text(output["data"]["text/csv"], encoding="utf-8")


def write_values(evaluation: Evaluation, folder: Path) -> None:
    """Writes indicators.csv, tracking.csv and history.csv, and of a project with milestones their own.

    Every row ends with the caveat of its indicator's data, and whether the records are synthetic.
    """
    records = "synthetic" if evaluation.project.facts.synthetic else "recorded"
    for name, values in (
        ("indicators", pd.concat([evaluation.values, evaluation.evidence], ignore_index=True)),
        ("tracking", evaluation.tracking),
        ("history", pd.concat([evaluation.history, evaluation.years], ignore_index=True)),
    ):
        values.assign(records=records).to_csv(folder / f"{name}.csv", **CSV)
    rows = [_row(one) for one in milestones(evaluation.project, evaluation.period)]
    if rows:
        pd.DataFrame(rows).assign(records=records).to_csv(folder / "milestones.csv", **CSV)


def _row(one: Milestone) -> dict[str, object]:
    told = {name: getattr(one.reached, name, "") for name in ("reached", "evidence", "role", "date")}
    return {"indicator": one.sheet.code, "name": one.sheet.name, "state": one.state, "due": one.due or "", **told}


def _figures(notebooks: Iterable[NotebookNode]) -> Iterator[NotebookNode]:
    for notebook in notebooks:
        for cell in notebook.cells:
            yield from (output for output in cell.get("outputs", ()) if "image/png" in output.get("data", {}))
