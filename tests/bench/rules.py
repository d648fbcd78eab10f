"""Disclosure rules to compare: a function (cell, its number) -> Print; the policy, and the older one."""

from collections import namedtuple
from dataclasses import replace
from hashlib import sha256
from math import inf
from unittest.mock import patch

import numpy as np
import pandas as pd

from ctanalysis.disclosure import conditioned, ledger, protect
from ctanalysis.disclosure.gate import _each
from ctanalysis.evaluation import SHIPPED
from tests.bench.older import decided

PAGE = SHIPPED.parent / "docs" / "disclosure.md"
SHEETS = ("2.1", "2.2", "2.4", "2.5", "3.3")  # about people who were trafficked, and adding up over time
SEED = 1
CELL = ["indicator", "start", "end", "disaggregation", "category"]

Print = namedtuple("Print", "shown low high")  # shown: None where no number is told; low, high: what it can stand for
SILENT = Print(None, 0, inf)


# --- The rules: a function (cell, its number) -> Print ------------------------------------------


def half_up(number, base):
    return int(np.floor(number / base + 0.5)) * base


def nearest(number, base, least=0):
    """Rounded to the nearest multiple; least: of numbers that are rounded at all."""
    shown = half_up(number, base)
    return Print(shown, max(least, shown - base // 2), shown + base // 2)


def hiding(first, last, base=1):
    """Numbers from first to last are one class, the others rounded to a base (1: told as they are)."""

    def told(cell, number):
        if first <= number <= last:
            return Print(None, first, last)
        return Print(0, 0, 0) if number == 0 else nearest(number, base, last + 1)

    return told


def midpoint_six(cell, number):
    """0 is 0, 1 to 6 is 3, 7 to 12 is 9, and so on."""
    if number == 0:
        return Print(0, 0, 0)
    shown = (number - 1) // 6 * 6 + 3
    return Print(shown, shown - 2, shown + 3)


def random_three(cell, number):
    """To a multiple of 3 above or below, the nearer one twice as often; multiples of 3 stay."""
    drawn = int.from_bytes(sha256("|".join([str(SEED), *cell]).encode()).digest()[:8]) / 2**64
    rest = number % 3
    shown = number - rest + (3 if rest and drawn < rest / 3 else 0)
    return Print(shown, max(0, shown - 2), shown + 2)


NHS = "1-7 hidden, zeros shown, others to the nearest 5 (NHS, OpenSAFELY)"
PLAIN_HOUSE = "0-9 one class, others to the nearest 5"
PLAIN = {
    "1-4 hidden, zeros shown, others exact": hiding(1, 4),
    "1-9 hidden, zeros shown, others exact": hiding(1, 9),
    NHS: hiding(1, 7, 5),
    "every cell to the nearest 5": lambda cell, number: nearest(number, 5),
    "midpoint of sixes, zeros shown (OpenSAFELY)": midpoint_six,
    "random rounding to base 3 (Stats NZ)": random_three,
    "0-9 one class, others exact": hiding(0, 9),
    PLAIN_HOUSE: hiding(0, 9, 5),
}
ALONE, HOUSE = (
    "the same, tables withheld that give a cell away by themselves",
    "the older policy: the same, tables withheld that the audit opens, or whose absence would tell",
)
COARSE_HOUSE = "the older policy, asked of coarse tables only"
WAITING = {  # {name: round_to}; told to date, and nothing withheld because of its numbers: see tests/bench/waiting.py
    "**the policy**: the waiting rule, numbers to the nearest 10": 10,
    "the waiting rule, numbers to the nearest 5": 5,
    "the waiting rule, numbers as they are": 1,
}


def gate(project, exact, audited, spans):
    """What the gate tells of exact values of a class whose tables are looked at by themselves, when it may tell
    breakdowns of these spans, to the nearest five: {cell: Print}. audited: as the older policy withheld them.
    """
    own = {"audited": False, "one_way": spans, "round_to": 5, "nodes": (), "breakdowns": ()}
    alone, laid_beside = with_rule(project, **own), with_rule(project, **own | {"audited": True})
    with patch("ctanalysis.disclosure.gate.NOT_RECORDED", ""):  # it split those not recorded, too
        rows, cells = protect(exact, alone).values, _each(exact, alone, conditioned(alone))
    keys = list(zip(*(rows[name] for name in CELL), strict=True))
    printed = ledger.printed(project, ledger.Ledger((), pd.DataFrame(columns=ledger.COLUMNS), ""))
    safe = decided(cells, laid_beside, printed) if audited else {key[:4] for key in keys}
    rule = alone.disclosure_rule(alone.sheet("2.1"))
    return {
        key: _as_print(row, rule) if key[:4] in safe or not is_narrow else SILENT
        for key, row, is_narrow in zip(keys, rows.itertuples(), cells["narrow"], strict=True)
    }


def with_rule(project, **own):
    """The project with another rule for people who were trafficked."""
    classes = project.policy.rules
    classes = classes | {"victims": classes["victims"].model_copy(update=own)}
    return replace(project, policy=project.policy.model_copy(update={"root": classes}))


def _as_print(row, rule):
    if row.status == "rounded":
        return nearest(row.value, rule.round_to, rule.fewer_than)
    if row.status == f"fewer than {rule.fewer_than}":
        return Print(None, 0, rule.fewer_than - 1)
    assert row.disaggregation == "total" or row.status in (
        "withheld",
        "not told",
        f"fewer than {rule.fewer_than} people",
    ), row.status
    return Print(None, 0, inf) if row.status.startswith("fewer than") else SILENT
