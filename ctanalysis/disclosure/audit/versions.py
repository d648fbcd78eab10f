"""Printed cells of several releases as versions of one register: a correction begins another one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from ctanalysis.disclosure.ledger import CELL, PRINTED

SAYS_NOTHING = ("withheld", "not told", "not applicable", "not this fine", "not received", "no data")
NOTHING = pd.DataFrame(columns=[*CELL, *PRINTED, "version"])

Texts = tuple[Any, ...]  # the entries of CELL, or of PRINTED


def versioned(releases: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The cells of releases, each a frame of printed cells, in their order; with the column `version`, by indicator.

    A release begins a new version of an indicator where it prints a cell otherwise than the version
    before does. Cells that say nothing are left out, and so are repetitions.
    """
    parts = [so_far([cells[cells["indicator"] == code] for cells in releases]).cells for code in _codes(releases)]
    return _joined(parts)


@dataclass(frozen=True)
class Printed:
    """What releases printed of one indicator.

    cells: as versioned() gives them. version: the last one. values: what each cell of the last version is printed as.
    """

    cells: pd.DataFrame
    version: int = 0
    values: Mapping[Texts, Texts] = field(default_factory=dict)

    def followed_by(self, release: pd.DataFrame) -> "Printed":
        """With the cells of one more release; in `cells`, repetitions within it and of others stay."""
        cells = release.loc[~release["status"].isin(SAYS_NOTHING), [*CELL, *PRINTED]]
        values = _values(cells)
        otherwise = any(self.values.get(cell, value) != value for cell, value in values.items())
        version = self.version + otherwise
        cells = _joined([self.cells, cells.assign(version=version)])
        return Printed(cells, version, values if otherwise else {**self.values, **values})


def so_far(releases: Iterable[pd.DataFrame]) -> Printed:
    """What releases, each a frame of printed cells of one indicator, printed in their order."""
    printed = Printed(NOTHING)
    for release in releases:
        printed = printed.followed_by(release)
    return replace(printed, cells=printed.cells.drop_duplicates(ignore_index=True))


def _joined(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    frames = [frame for frame in frames if len(frame)]
    return pd.concat(frames, ignore_index=True) if frames else NOTHING


def _codes(releases: Sequence[pd.DataFrame]) -> list[str]:
    return list(dict.fromkeys(code for cells in releases for code in cells["indicator"]))


def _values(cells: pd.DataFrame) -> dict[Texts, Texts]:
    """By cell, the numbers and the status with which it is printed; -1 for no number."""
    columns = [cells[name].fillna(-1).to_numpy() for name in PRINTED]
    places, printed = (zip(*part, strict=True) for part in ([cells[name].to_numpy() for name in CELL], columns))
    return dict(zip(places, printed, strict=True))
