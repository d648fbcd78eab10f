"""The findings of a period as a table: how strong each is, what it does not show, and where it can be seen."""

import math

from ctanalysis.analysis.findings import FIGURES, Finding
from ctanalysis.evaluation import Evaluation
from ctanalysis.language import Speech
from ctanalysis.narrative.main_points import names, not_shown
from ctanalysis.narrative.numbers import Marks
from ctanalysis.tables.cells import untitled
from ctanalysis.tables.table import Table

LEAST = 0.001  # p-values below it are told as such
PLACES = 3  # their decimals
HEADER = ("finding", "strength", "not_shown", "shown_by")


def findings(evaluation: Evaluation) -> Table:
    """All findings in their order, by rules that are the same for every period (see docs/methods.md)."""
    speech = evaluation.project.speech
    rows = tuple(
        (
            speech.plain("table.findings.ranked", place=place, finding=names(evaluation, one)),
            strength(one, speech),
            not_shown(evaluation, one),
            speech.plain(f"table.findings.place.{FIGURES[one.kind]}"),
        )
        for place, one in enumerate(evaluation.findings, 1)
    )
    header = tuple(speech.plain(f"table.findings.{name}") for name in HEADER)
    return Table(speech.plain("table.findings.caption"), header, rows, numeric=False, speech=speech)


def strength(one: Finding, speech: Speech) -> str:
    """What is tested, by its p-value among all that the report might claim; the rest are facts of the records."""
    if math.isnan(one.p):
        return speech.plain("table.findings.recorded")
    least = one.p < LEAST
    p = Marks(speech).derived(LEAST if least else one.p, "p-value", places=PLACES)
    return untitled(speech.say("table.findings.clear_below" if least else "table.findings.clear", p=p))
