"""What a finding is to whoever sent the file: how pressing, in which colour, in which words.

What was repaired comes last: it asks nothing of anybody. What only the project's own staff could
do, in the project's own files, is not asked of a partner.
"""

import re

from ctanalysis.language import Speech
from ctanalysis.records import ACCEPTED, HELD_BACK, LOOK, PASSED, REPAIRED, UNREAD, Finding
from ctanalysis.records.findings import ENGLISH

ORDER = (UNREAD, HELD_BACK, LOOK, REPAIRED, PASSED, ACCEPTED)
COLOURS = {UNREAD: "FFC7CE", HELD_BACK: "FFC7CE", LOOK: "FFEB9C", REPAIRED: "BDD7EE", PASSED: "E2EFDA"}
GREY = "D9D9D9"  # what was left out
MEANT = (HELD_BACK, LOOK, REPAIRED, PASSED)  # whose meaning a copy explains
OWN_FILE = re.compile(r"[\w/]+\.(json|toml)")
CLAUSES = re.compile(r"(; |, or |, или |, же )")


def urgency(finding: Finding) -> int:
    """A number to sort findings by, the most pressing first; equal ones stay in their order."""
    return ORDER.index(finding.severity)


def problem(finding: Finding, speech: Speech = ENGLISH) -> str:
    """Which rule is broken, without the names of the project's own files. The finding: in the words of its partner."""
    return OWN_FILE.sub(speech.plain("copy.the_project"), finding.says)


def to_do(finding: Finding, speech: Speech = ENGLISH) -> str:
    """What to do, up to the first clause that only the project's own staff could follow.

    All of it where that is the first.
    """
    clauses = CLAUSES.split(finding.do)
    own = next((place for place, clause in enumerate(clauses) if OWN_FILE.search(clause)), len(clauses) + 1)
    return "".join(clauses[: own - 1]) or OWN_FILE.sub(speech.plain("copy.the_project"), finding.do)
