"""The data check: the findings in the records, worded so that somebody can act on them.

    records ─▶ the screen (summary, details) | internal/check/: findings.csv, tally.csv, send-back/*.xlsx

A finding names the place, the rule and what to do, never what a cell says. The partner's own
workbook comes back with its cells marked, without the values of sensitive fields.
"""

from ctanalysis.intake.datacheck.arriving import arrived
from ctanalysis.intake.datacheck.partners import by_partner
from ctanalysis.intake.datacheck.screen import details, in_short, summary
from ctanalysis.intake.datacheck.telling import told, told_in_short
from ctanalysis.intake.datacheck.writing import check, status, write

__all__ = [
    "arrived",
    "by_partner",
    "check",
    "details",
    "in_short",
    "status",
    "summary",
    "told",
    "told_in_short",
    "write",
]
