"""Evidence at the gate: what a test needs beside a value (see indicators.evidence), so rough that it tells no more.

Of an audited class there is none. Of tables about nobody it is told as it is. Of all others it is told to two
significant digits, of ten units or more, where the total itself is told as a number, and where no few of the units make
up the whole: beside an exact total, an effective number near 1 would be the size of one of them. Of a gain it is told
where it is told how many changed; else "no evidence" would say that nobody did.
"""

import math

import numpy as np
import pandas as pd

from ctanalysis.disclosure.protected import UNTOLD
from ctanalysis.disclosure.small_cells import WINDOW
from ctanalysis.indicators.evidence import EFFECTIVE, EVIDENCE, UNITS
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
    enough = (_at_least(rows, UNITS, LEAST_UNITS) & ~_below(rows, EFFECTIVE, LEAST_EFFECTIVE)) | is_open
    shown = enough & _is_told(rows, cells) & rows["value"].notna().to_numpy(bool)
    number = rows["value"].where(is_open, rows["value"].map(rounded)).where(shown)
    return rows.assign(value=number, status=np.select([~shown, is_open], [UNTOLD, "exact"], "rounded"))


def rounded(number: float) -> float:
    """A number to two significant digits, halves away from zero."""
    if not number or math.isnan(number):
        return number
    unit = _unit(number)
    return math.copysign(math.floor(abs(number) / unit + 0.5) * unit, number) if unit >= 1 else _decimal(number, unit)


def bounds(number: float, status: str) -> tuple[float, float]:
    """The numbers for which evidence stands as it is told; NaN where it is not."""
    half = _unit(number) / 2 if status == "rounded" and number else 0.0
    return (number - half, number + half) if status in NUMBERS else (math.nan, math.nan)


def _decimal(number: float, unit: float) -> float:
    """Of a small number, so that 0.29 is 0.29 and not 0.28999."""
    places = round(-math.log10(unit))
    return math.copysign(math.floor(abs(number) * 10**places + 0.5) / 10**places, number)


def _unit(number: float) -> float:
    """Of which numbers one that is told to two significant digits is a multiple: 10 of 140, 0.1 of 1.4."""
    return float(10.0 ** (math.floor(math.log10(abs(number))) - DIGITS + 1))


def _at_least(rows: pd.DataFrame, what: str, least: float) -> pd.Series:
    """Of each row, whether the evidence of its window says at least so much."""
    return _of_window(rows, what) >= least


def _below(rows: pd.DataFrame, what: str, least: float) -> pd.Series:
    """Of each row, whether the evidence of its window says less; not where it says nothing."""
    return _of_window(rows, what) < least


def _of_window(rows: pd.DataFrame, what: str) -> pd.Series:
    number = rows["value"].where(rows["category"] == what)
    return number.groupby([rows[name] for name in WINDOW]).transform("max")


def _is_told(rows: pd.DataFrame, cells: pd.DataFrame) -> pd.Series:
    """Of each row, whether the value that it is for is told as a number, of a gain with how many changed."""
    asked = cells[cells["disaggregation"].isin([TOTAL, CHANGE])]
    numbers = asked["status"].isin(NUMBERS).groupby([asked[name] for name in WINDOW]).all()
    found = pd.MultiIndex.from_frame(rows[WINDOW])
    return pd.Series(numbers.reindex(found, fill_value=False).to_numpy(bool), rows.index)
