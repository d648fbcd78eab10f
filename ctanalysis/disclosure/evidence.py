"""Evidence at the gate: what a test needs beside a value (see indicators.evidence), so rough that it tells no more.

Of an audited class there is none. Of tables about nobody it is told as it is. Of all others it is told to two
significant digits, of ten units or more and of no month, where the total itself is told as a number. Of a sum, units
have to be of fewer_than people or more in the mean, and no few of them may make up the whole: beside an exact total, an
effective number near 1 would be the size of one of them, and that of very small ones would say how many each of them
has. Where people themselves are the units, their number is rounded as all numbers of people are (round_to): else what a
condition cuts out would be told exactly. Of a gain it is told where it is told how many changed; else "no evidence"
would say that nobody did.
"""

import math

import numpy as np
import pandas as pd

from ctanalysis.disclosure.breakdowns import is_finer
from ctanalysis.disclosure.protected import UNTOLD
from ctanalysis.disclosure.small_cells import WINDOW
from ctanalysis.indicators.evidence import EFFECTIVE, EVIDENCE, UNITS, behind, tested
from ctanalysis.project import Project
from ctanalysis.project.policy import TOTAL
from ctanalysis.project.row_calculations import CHANGE

LEAST_UNITS = 10
LEAST_EFFECTIVE = 5
DIGITS = 2  # significant ones
NUMBERS = ("exact", "rounded")


def apart(values: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Exact evidence, and all other exact values."""
    is_evidence = values["disaggregation"] == EVIDENCE
    return values[is_evidence], values[~is_evidence]


def told(evidence: pd.DataFrame, cells: pd.DataFrame, project: Project) -> pd.DataFrame:
    """What is told of evidence. evidence: exact (see apart). cells: what the gate tells of the values that it is for.

    Returns the rows of evidence without those of audited classes: status "exact", "rounded" or "not told".
    """
    sheets = {code: project.sheet(code) for code in evidence["indicator"].unique()}
    audited = [code for code, sheet in sheets.items() if project.disclosure_rule(sheet).audited]
    about_nobody = [code for code, sheet in sheets.items() if sheet.calculation.table in project.open_tables]
    rows = evidence[~evidence["indicator"].isin(audited)]
    is_open = rows["indicator"].isin(about_nobody).to_numpy(bool)
    least = rows["indicator"].map({code: project.disclosure_rule(sheet).fewer_than for code, sheet in sheets.items()})
    units, effective = _of_window(rows, UNITS), _of_window(rows, EFFECTIVE)
    is_sum = rows["indicator"].isin([code for code, sheet in sheets.items() if tested(sheet).measure == "sum"])
    large = ~is_sum | ((effective >= LEAST_EFFECTIVE) & (_totals(rows, cells) >= least * units))
    enough = ((units >= LEAST_UNITS) & large & ~is_finer(rows, project)) | is_open
    shown = enough & _is_told(rows, cells) & rows["value"].notna().to_numpy(bool)
    own = [steps(project, code, what) for code, what in zip(rows["indicator"], rows["category"], strict=True)]
    told = pd.Series([rounded(*one) for one in zip(rows["value"], own, strict=True)], rows.index, float)
    number = rows["value"].where(is_open, told).where(shown)
    return rows.assign(value=number, status=np.select([~shown, is_open], [UNTOLD, "exact"], "rounded"))


def steps(project: Project, code: str, what: str) -> int:
    """Of what evidence is told in multiples at the least: where people themselves are the units, of round_to."""
    sheet = tested(project.sheet(code))
    are_units = what == UNITS and (sheet.measure == "mean" or behind(project, sheet) is None)
    return project.disclosure_rule(sheet).round_to if are_units else 0


def rounded(number: float, least: int = 0) -> float:
    """A number to two significant digits, halves away from zero; in multiples of at least so many."""
    if not number or math.isnan(number):
        return number
    unit = max(_unit(number), least)
    return math.copysign(math.floor(abs(number) / unit + 0.5) * unit, number) if unit >= 1 else _decimal(number, unit)


def bounds(number: float, status: str, least: int = 0) -> tuple[float, float]:
    """The numbers for which evidence stands as it is told (see rounded); NaN where it is not."""
    half = max(_unit(number), least) / 2 if status == "rounded" and number else 0.0
    return (number - half, number + half) if status in NUMBERS else (math.nan, math.nan)


def _decimal(number: float, unit: float) -> float:
    """Of a small number, so that 0.29 is 0.29 and not 0.28999."""
    places = round(-math.log10(unit))
    return math.copysign(math.floor(abs(number) * 10**places + 0.5) / 10**places, number)


def _unit(number: float) -> float:
    """Of which numbers one that is told to two significant digits is a multiple: 10 of 140, 0.1 of 1.4."""
    return float(10.0 ** (math.floor(math.log10(abs(number))) - DIGITS + 1))


def _of_window(rows: pd.DataFrame, what: str) -> pd.Series:
    number = rows["value"].where(rows["category"] == what)
    return number.groupby([rows[name] for name in WINDOW]).transform("max")


def _totals(rows: pd.DataFrame, cells: pd.DataFrame) -> pd.Series:
    """Of each row, the number that is told of its window; of a rate, the number that it is made of."""
    totals = cells[cells["disaggregation"] == TOTAL].drop_duplicates(WINDOW).set_index(WINDOW)
    numbers = totals["numerator"].where(totals["numerator"].notna(), totals["value"])
    return pd.Series(numbers.reindex(pd.MultiIndex.from_frame(rows[WINDOW])).to_numpy(float), rows.index)


def _is_told(rows: pd.DataFrame, cells: pd.DataFrame) -> pd.Series:
    """Of each row, whether the value that it is for is told as a number, of a gain with how many changed."""
    asked = cells[cells["disaggregation"].isin([TOTAL, CHANGE])]
    numbers = asked["status"].isin(NUMBERS).groupby([asked[name] for name in WINDOW]).all()
    found = pd.MultiIndex.from_frame(rows[WINDOW])
    return pd.Series(numbers.reindex(found, fill_value=False).to_numpy(bool), rows.index)
