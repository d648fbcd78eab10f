"""What a finding is to whoever sent the file: how pressing, in which colour, in which words.

What was repaired comes last: it asks nothing of anybody. What only the project's own staff could
do, in the project's own files, is not asked of a partner.
"""

import re

from ctanalysis.records import ACCEPTED, HELD_BACK, LOOK, PASSED, REPAIRED, UNREAD, Finding

ORDER = (UNREAD, HELD_BACK, LOOK, REPAIRED, PASSED, ACCEPTED)
COLOURS = {UNREAD: "FFC7CE", HELD_BACK: "FFC7CE", LOOK: "FFEB9C", REPAIRED: "BDD7EE", PASSED: "E2EFDA"}
GREY = "D9D9D9"  # what was left out
MEANINGS = {
    HELD_BACK: "The row is not counted until this is put right.",
    LOOK: "The row is counted as it is. See whether it is right.",
    REPAIRED: "The row is counted as it was meant. Nothing must be done.",
    PASSED: "The row is no record, so it is not counted. Nothing must be done, unless it is one.",
}
OWN_FILE = re.compile(r"[\w/]+\.(json|toml)")
CLAUSES = re.compile(r"(; |, or )")


def urgency(finding: Finding) -> int:
    """A number to sort findings by, the most pressing first; equal ones stay in their order."""
    return ORDER.index(finding.severity)


def problem(finding: Finding) -> str:
    """Which rule is broken, without the names of the project's own files."""
    return OWN_FILE.sub("the project", finding.says)


def to_do(finding: Finding) -> str:
    """What to do, up to the first clause that only the project's own staff could follow.

    All of it where that is the first.
    """
    clauses = CLAUSES.split(finding.do)
    own = next((place for place, clause in enumerate(clauses) if OWN_FILE.search(clause)), len(clauses) + 1)
    return "".join(clauses[: own - 1]) or OWN_FILE.sub("the project", finding.do)
