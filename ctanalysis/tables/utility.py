"""What protection costs: how many cells of the breakdowns are shown, and how far rounding moves them."""

from ctanalysis.disclosure.ledger import CELL
from ctanalysis.disclosure.printed_bounds import of_range
from ctanalysis.disclosure.protected import UNTOLD, only_protected
from ctanalysis.disclosure.waiting.cells import RECORDED
from ctanalysis.evaluation import Evaluation

NARROW = 11  # numbers: a range of more tells too little to be counted


def utility(evaluation: Evaluation) -> dict[str, dict[str, int | float]]:
    """What protection costs, by class of the policy that hides or rounds.

    Of each: "cells", how many cells its breakdowns have, of an audited class those of the days for which the policy
    tells them; "share told", the share of them that is shown, as a number or as a range of at most NARROW numbers;
    "mean absolute rounding", which is that of the rule, over all numbers that could be rounded to one: the true one is
    a number about people, and not public.
    """
    frame, project = only_protected(evaluation.protected_values), evaluation.project
    frame = frame[(frame["disaggregation"] != "total") & (frame["status"] != "not applicable")]
    frame = frame[frame["category"] != RECORDED]
    costs: dict[str, dict[str, int | float]] = {}
    for name, rule in project.policy.rules.items():
        cells = frame[
            frame["indicator"].isin([sheet.code for sheet in project.sheets if project.disclosure_rule(sheet) is rule])
        ].drop_duplicates(CELL)
        if rule.audited:
            cells = cells[cells["status"] != UNTOLD]
        if rule.protects and len(cells):
            ranges = cells["status"].map(lambda status: of_range(status) is not None)
            narrow = ranges & (cells["high"] - cells["low"] < NARROW)
            shown = cells["status"].isin(("rounded", "exact")) | narrow
            costs[name] = {
                "cells": len(cells),
                "share told": round(float(shown.mean()), 3),
                "mean absolute rounding": _rounding(rule.round_to),
            }
    return costs


def _rounding(base: int) -> float:
    """The mean distance of whole numbers from their nearest multiple of a base."""
    return sum(min(rest, base - rest) for rest in range(base)) / base
