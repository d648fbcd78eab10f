"""Printed cells of several releases as versions of one register: a correction begins another one."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ctanalysis.disclosure.ledger import CELL, PRINTED

SAYS_NOTHING = ("withheld", "not applicable", "no data")


def versioned(releases: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The cells of releases, each a frame of printed cells, in their order; with the column `version`, by indicator.

    A release begins a new version of an indicator where it prints a cell otherwise than the version
    before does. Cells that say nothing are left out, and so are repetitions.
    """
    parts = [_of_indicator([cells[cells["indicator"] == code] for cells in releases]) for code in _codes(releases)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*CELL, *PRINTED, "version"])


def once(releases: Sequence[pd.DataFrame]) -> list[pd.DataFrame]:
    """The same releases with nothing said twice, one frame for each version.

    versioned() of these frames and of any that follow gives the same as of all releases, in less time.
    """
    return [cells for _, cells in versioned(releases).groupby("version", sort=True)]


def _codes(releases: Sequence[pd.DataFrame]) -> list[str]:
    return list(dict.fromkeys(code for cells in releases for code in cells["indicator"]))


def _of_indicator(releases: Sequence[pd.DataFrame]) -> pd.DataFrame:
    version, kept = 0, []
    printed: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for release in releases:
        cells = release.loc[~release["status"].isin(SAYS_NOTHING), CELL + PRINTED].drop_duplicates()
        values_of = (
            {tuple(row[: len(CELL)]): tuple(row[len(CELL) :]) for row in cells.fillna(-1).itertuples(index=False)}
            if len(releases) > 1
            else {}
        )
        if any(printed.get(cell, values) != values for cell, values in values_of.items()):
            version, printed = version + 1, {}
        printed |= values_of
        kept.append(cells.assign(version=version))
    return pd.concat(kept, ignore_index=True).drop_duplicates(ignore_index=True)
