"""The ledger of a project: every cell of every release, in the order in which they were published.

    releases/ledger.csv     one line for each published cell; never changed, only added to

Each line ends with a hash of itself and of the line before, so that a line that was changed, taken
out or put in between is found; a line cut off at the end is found by the releases' own folders,
which keep the hash of their last line, in their record and on each page; a release taken away with its
lines is found by what internal/ remembers. It holds published values and nothing else.
"""

from ctanalysis.disclosure.ledger.defined import AUDITED, definition, definitions, is_told_further
from ctanalysis.disclosure.ledger.folders import (
    RECORD,
    check_files,
    files_of,
    folder_of,
    name_of,
    reasons,
    recorded_files,
    said_of,
)
from ctanalysis.disclosure.ledger.lines import CELL, COLUMNS, HEADER, PRINTED, RELEASE, Release, lines_of
from ctanalysis.disclosure.ledger.memory import files_of_memory, standing
from ctanalysis.disclosure.ledger.pending import (
    HALF,
    HEAD,
    INDEX,
    LEDGER,
    STANDING,
    alone,
    decided,
    put_index,
    workshop,
)
from ctanalysis.disclosure.ledger.public import (
    NOT_TOLD,
    before,
    changed,
    printed,
    restated,
    restating,
)
from ctanalysis.disclosure.ledger.reading import Ledger, parsed, read

__all__ = [
    "AUDITED",
    "CELL",
    "COLUMNS",
    "HALF",
    "HEAD",
    "HEADER",
    "INDEX",
    "LEDGER",
    "NOT_TOLD",
    "PRINTED",
    "RECORD",
    "RELEASE",
    "STANDING",
    "Ledger",
    "Release",
    "alone",
    "before",
    "changed",
    "check_files",
    "decided",
    "definition",
    "definitions",
    "files_of",
    "files_of_memory",
    "folder_of",
    "is_told_further",
    "lines_of",
    "name_of",
    "parsed",
    "printed",
    "put_index",
    "read",
    "reasons",
    "recorded_files",
    "restated",
    "restating",
    "said_of",
    "standing",
    "workshop",
]
