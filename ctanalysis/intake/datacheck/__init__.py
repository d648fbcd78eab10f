"""The data check: what was found in the records, told so that somebody can act on it.

    records ─▶ the screen (summary, said) | internal/check/: findings.csv, tally.csv, send-back/*.xlsx

A finding names the place, the rule and what to do, never what a cell says. The partner's own
workbook comes back with its cells marked, without the values of sensitive fields.
"""

from ctanalysis.intake.datacheck.screen import said, summary
from ctanalysis.intake.datacheck.writing import check, status, write

__all__ = ["check", "said", "status", "summary", "write"]
