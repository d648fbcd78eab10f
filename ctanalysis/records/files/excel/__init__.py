"""The reading of Excel workbooks by a process of its own: run as `python excel`, it knows nothing of the library."""

from ctanalysis.records.files.excel.scan import (
    MEMORY,
    MOST_CELLS,
    MOST_INFLATED,
    MOST_PARTS,
    MOST_RATIO,
    MOST_TEXT,
    SECONDS,
    Scan,
    pieces,
)

__all__ = [
    "MEMORY",
    "MOST_CELLS",
    "MOST_INFLATED",
    "MOST_PARTS",
    "MOST_RATIO",
    "MOST_TEXT",
    "SECONDS",
    "Scan",
    "pieces",
]
