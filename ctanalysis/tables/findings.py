"""The findings of a period as a table: how strong each is, what it does not show, and where it can be seen."""

import math

from ctanalysis.analysis.findings import FIGURES, Finding
from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.main_points import names, not_shown
from ctanalysis.tables.table import Table

LEAST = 0.001  # p-values below it are told as such
PLACES = {
    "data-quality": "Data quality",
    "quarters": "the area's page, By quarter",
    "headlines": "Headline results, figure",
    "tracking": "Indicator performance tracking",
    "funnel": "Reach, figure",
    "progress": "Progress towards targets, figure",
    "actions": "Explanations and actions",
    "restated": "Values restated",
}


def findings(evaluation: Evaluation) -> Table:
    """All findings in their order, by rules that are the same for every period (see docs/methods.md)."""
    rows = tuple(
        (f"{place}. {names(evaluation, one)}", _strength(one), not_shown(evaluation, one), PLACES[FIGURES[one.kind]])
        for place, one in enumerate(evaluation.findings, 1)
    )
    header = ("Finding", "Strength", "What it does not show", "Shown by")
    return Table("Findings, ranked", header, rows, numeric=False)


def _strength(one: Finding) -> str:
    """What is tested, by its p-value among all that the report might claim; the rest are facts of the records."""
    if math.isnan(one.p):
        return "as recorded"
    return f"clear (p below {LEAST})" if one.p < LEAST else f"clear (p = {one.p:.3f})"
