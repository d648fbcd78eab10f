"""Seven attackers: what a reader could try with everything that was published, the rules known.

Each is a function (printed cells, what is public of the indicator) -> the cells that it shows to be of
1 to 9 people. None shares a line with ctanalysis.disclosure.audit. The sixth reads rendered files (parsing), and
feeds the others; the seventh knows one record and is reported, not forbidden (insider).
"""

from tests.attackers import differences, integer, linked, rounding, subtraction

ATTACKERS = {
    "subtraction": subtraction.attack,
    "linked tables": linked.attack,
    "differences": differences.attack,
    "rounding": rounding.attack,
    "whole numbers": integer.attack,
}
