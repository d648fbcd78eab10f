"""What every notebook needs first, done once in a process before its children are forked."""

import gc
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@cache
def warm() -> None:
    """Imports and does once in this process what every notebook does, so that its children need not."""
    import scipy.optimize  # noqa: F401  for the auditor

    from ctanalysis import narrative
    from ctanalysis.figures.chart import Chart
    from ctanalysis.reports import cells, engine, notebooks, pages  # noqa: F401  cells: for the children

    engine.register()
    narrative.warm()
    Chart("warm", "Warm", "", pd.DataFrame({"n": [1]}), 100.0, _draw).png()
    pages.exported(notebooks.read(notebooks.SOURCES / "evaluation.ipynb"))
    gc.freeze()  # what is there by now is shared with the children, and not looked through again


def _draw(figure: "Figure", data: pd.DataFrame) -> None:
    figure.subplots().bar(data["n"], data["n"])
