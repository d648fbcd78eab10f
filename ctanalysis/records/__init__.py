"""The records of a project: files as people really send them -> typed frames, and findings about what is wrong in them.

    files ─▶ gathered words ─▶ corrections ─▶ types, schema, rules ─▶ used rows | held back, each with its finding

Nothing is guessed and nothing vanishes. Every row that was read is used or held back. A row that is
held back has a finding that says where it is, which rule it breaks and what to do. A finding never
holds a cell's value, but for the name of a partner that sent nothing. Identifying fields stay in
this room, and so does what the files say of people who did not agree to statistical use.
"""

from ctanalysis.records.findings import (
    ACCEPTED,
    HELD_BACK,
    LOOK,
    NO_CONSENT,
    NOT_COUNTED,
    ON_PURPOSE,
    PASSED,
    REPAIRED,
    STRUCK,
    UNREAD,
    Finding,
)
from ctanalysis.records.reading import first_step, read, survey
from ctanalysis.records.result import Records

__all__ = [
    "ACCEPTED",
    "HELD_BACK",
    "LOOK",
    "NOT_COUNTED",
    "NO_CONSENT",
    "ON_PURPOSE",
    "PASSED",
    "REPAIRED",
    "STRUCK",
    "UNREAD",
    "Finding",
    "Records",
    "first_step",
    "read",
    "survey",
]
