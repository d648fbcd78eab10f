"""What is public of a project: which cells were printed, of what they are numbers, and which are otherwise now."""

import pandas as pd

from ctanalysis.disclosure.ledger.lines import CELL, NUMBERS, PRINTED, text
from ctanalysis.disclosure.ledger.reading import Ledger
from ctanalysis.disclosure.protected import UNTOLD, WITHHELD
from ctanalysis.project import Project

NOT_TOLD = (UNTOLD, WITHHELD, "not applicable", "not this fine", "not received")


def printed(project: Project, ledger: Ledger) -> list[pd.DataFrame]:
    """What is public of a project: the exact figures of published.csv, then each release.

    Returns frames in their order, the first with the columns CELL and PRINTED, those of releases with COLUMNS.
    """
    figures = [
        figure for figure in project.published if not figure.hedge and not project.sheet(figure.indicator).is_ratio
    ]
    start = project.facts.start.isoformat()
    rows = [
        (f.indicator, start, f.as_of.isoformat(), "total", "all", float(f.value), float("nan"), float("nan"), "exact")
        for f in figures
    ]
    return [pd.DataFrame(rows, columns=[*CELL, *PRINTED]), *ledger.frames()]


def restated(ledger: Ledger, values: pd.DataFrame, period: str) -> pd.DataFrame:
    """The values of a period's report that were released otherwise, be it long ago.

    Returns a frame with CELL, was, was_status, value, status, and release: the last one that printed them so. A report
    that is as it was released says what it said then: what came after is left out.
    """
    return changed(before(ledger, values, period), values)


def before(ledger: Ledger, values: pd.DataFrame, period: str) -> pd.DataFrame:
    """The cells that were released before a period's report; of one that is as it was released, before that release."""
    cells, own = ledger.cells, ledger.revisions(period) - 1
    mine = (cells["release"] == period) & (cells["revision"] == own)
    if mine.any() and not len(changed(cells[mine], values)):
        return cells.iloc[: int(mine.to_numpy().argmax())]
    return cells


def restating(ledger: Ledger) -> dict[tuple[str, int], list[tuple[str, int]]]:
    """By release and revision, the later ones that tell a value of it otherwise than it was told until then."""
    numbers = {release[:2]: number for number, release in enumerate(ledger.releases)}
    cells = ledger.cells[[*CELL, *PRINTED, "release", "revision"]]
    keys = zip(cells["release"], cells["revision"], strict=True)
    cells = cells.assign(
        number=[numbers[key] for key in keys],
        printed=["\x1f".join(map(text, row)) for row in cells[PRINTED].itertuples(index=False, name=None)],
    )
    last = cells.groupby(CELL, sort=False)[["printed", "status"]].shift()
    others = cells[last["printed"].notna() & (last["printed"] != cells["printed"]) & ~last["status"].isin(NOT_TOLD)]
    pairs = cells[[*CELL, "number"]].merge(others[[*CELL, "number"]], on=CELL, suffixes=("", "_later"))
    found = sorted(
        {(one, later) for one, later in zip(pairs["number"], pairs["number_later"], strict=True) if one < later}
    )
    names = list(numbers)
    return {key: [names[later] for one, later in found if one == number] for key, number in numbers.items()}


def changed(cells: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """The values that some of these cells of the ledger tell otherwise: a frame as restated() gives it."""
    told = cells.loc[~cells["status"].isin(NOT_TOLD), [*CELL, *PRINTED, "release"]]
    told = told.drop_duplicates([*CELL, *PRINTED], keep="last")
    both = values.drop_duplicates(CELL).merge(told, on=CELL, suffixes=("", "_was"))
    same = both["status"] == both["status_was"]
    for name in NUMBERS:
        same &= both[name].map(text) == both[f"{name}_was"].map(text)
    differ = both[~same].drop_duplicates(CELL, keep="last")
    differ = differ.rename(columns={"value_was": "was", "status_was": "was_status"})
    return differ[[*CELL, "was", "was_status", "value", "status", "release"]].reset_index(drop=True)
