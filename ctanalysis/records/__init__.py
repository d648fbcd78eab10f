"""The records of a project: files as people really send them -> typed frames, and everything that was not as it should be.

    files ─▶ gathered words ─▶ corrections ─▶ types, schema, rules ─▶ used rows | held back, each with its finding

Nothing is guessed and nothing vanishes: every row that was read is used or held back, and a row
that is held back has a finding that says where, which rule and what to do. A finding never holds
a cell's value, but for the name of a partner that sent nothing. What is identifying stays in here, and so
does what is known of people who did not agree to statistical use.
"""

from ctanalysis.records.found import HELD_BACK, LOOK, NO_CONSENT, REPAIRED, UNREAD, Finding, Records
from ctanalysis.records.reading import read, survey

__all__ = ["HELD_BACK", "LOOK", "NO_CONSENT", "REPAIRED", "UNREAD", "Finding", "Records", "read", "survey"]
