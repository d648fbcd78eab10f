"""What a report prints, read from its files, and what differs between two of them.

indicators.csv, history.csv ─▶ values, with their ranges, rows and caveats ─┐
tracking.csv ─▶ baselines and targets                                       ├▶ what differs, each cell once
milestones.csv ─▶ what was reached                                         ─┘
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from ctanalysis.base.errors import Refused
from ctanalysis.disclosure.ledger import CELL, PRINTED
from ctanalysis.disclosure.protected import UNTOLD, WITHHELD

VALUES = ("indicators.csv", "history.csv")
BESIDE = ("low", "high", "rows", "lacking", "caveat")  # of a value; older reports may lack some
RANGE = BESIDE[:-1]  # of these, as of the value itself, only the records and their rules are a reason
CAVEAT = BESIDE[-1]
TRACKING = "tracking.csv"
TRACKED = ["baseline", "target", "target_low", "target_high"]  # all else in it follows from these and the values
MILESTONES = "milestones.csv"
OF_MILESTONES = ["name", "state", "due", "reached", "evidence", "role", "date"]
COLUMNS = [*CELL, "what", "before", "after"]
KEY = ["file", "horizon", *COLUMNS[:-2]]
NONE = "there was none"


def printed(report: Path) -> pd.DataFrame:
    """Everything of a report that can differ, as it is printed: KEY and PRINTED, texts. what: "value", or another.

    Refused: a file of values is gone or cannot be read.
    """
    try:
        frames = [frame for name in VALUES for frame in _values(report / name)]
        tracking = _read(report / TRACKING, ["horizon", *CELL[:3]], TRACKED).assign(file=TRACKING)
        milestones = [_milestones(report / MILESTONES)] if (report / MILESTONES).exists() else []
    except (OSError, ValueError, KeyError) as error:
        raise Refused(f"{report}: its values cannot be read ({type(error).__name__}).") from None
    own = ["file", "horizon", *CELL[:3]]
    frames.append(tracking.melt(own, TRACKED, "what", "value").assign(disaggregation="total", category="all"))
    return pd.concat([*frames, *milestones], ignore_index=True).fillna("")[[*KEY, *PRINTED]]


def numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """Of a frame of printed() the values, baselines and targets: what a release promises not to change unsaid."""
    return frame[frame["what"].isin(("value", *TRACKED))]


def _values(path: Path) -> Iterator[pd.DataFrame]:
    """The values of a file, and what stands beside them."""
    place, whole = ["horizon", *CELL], pd.read_csv(path, dtype=str, keep_default_na=False)
    yield whole[[*place, *PRINTED]].assign(file=path.name, what="value")
    for name in (name for name in BESIDE if name in whole):
        yield whole[place].assign(file=path.name, what=name, value=whole[name])


def _milestones(path: Path) -> pd.DataFrame:
    frame = _read(path, ["indicator"], OF_MILESTONES)
    return frame.melt(["indicator"], OF_MILESTONES, "what", "value").assign(file=MILESTONES)


def _read(path: Path, columns: list[str], optional: Sequence[str] = ()) -> pd.DataFrame:
    """The columns of a file. optional: those that the files of earlier versions may not have, then empty."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    return frame.assign(**{name: "" for name in optional if name not in frame})[[*columns, *optional]]


def differing(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """What differs between two frames of printed(), each cell once, wherever it is printed: COLUMNS.

    Of what stands beside a value that itself differs nothing is said, nor of a column that one of the two lacks.
    """
    before, after = (frame[_in_both(frame, other)] for frame, other in ((before, after), (after, before)))
    both = before.merge(after, on=KEY, how="outer", suffixes=("_before", "_after")).fillna(NONE)
    for side in ("before", "after"):
        value, status = both[f"value_{side}"], both[f"status_{side}"]
        both[side] = value.where(value != "", status).replace("", "none")
    same = pd.concat([both[f"{name}_before"] == both[f"{name}_after"] for name in PRINTED], axis=1).all(axis=1)
    same |= both[["status_before", "status_after"]].isin((UNTOLD, WITHHELD)).all(axis=1)  # older reports had one word
    found = both.loc[~same, COLUMNS].drop_duplicates()
    order = found["what"].map({name: place for place, name in enumerate(("value", *BESIDE))}).fillna(-1)
    found = found.iloc[order.argsort(kind="stable")]
    beside = found["what"].isin(BESIDE) & found.assign(is_beside=order >= 0).duplicated([*CELL, "is_beside"])
    return found[~beside].reset_index(drop=True)


def _in_both(frame: pd.DataFrame, other: pd.DataFrame) -> pd.Series:
    """Which rows are of columns that both reports have."""
    lacking = [name for name in BESIDE if name not in set(other["what"])]
    return ~frame["what"].isin(lacking)


def in_words(values: pd.DataFrame) -> list[str]:
    """Each value that differs, as a line: with its days and category, which a milestone has not."""
    return [
        f"{indicator}{f', {start} to {end}, {by}: {category}' if start else ''}: "
        f"{'' if what == 'value' else f'{what} '}{before} -> {after}"
        for indicator, start, end, by, category, what, before, after in values[COLUMNS].to_numpy(str).tolist()
    ]
