"""The five data quality standards (USAID ADS 201.3.5.7), computed for each indicator and period.

    records ─▶ assess ─▶ a verdict and its evidence for each indicator and standard
                            ├─▶ public ─▶ what a report may show, and the caveat of what failed
                            └─▶ write  ─▶ internal/, with every number

The rows of an indicator are those of its sheet's table that are dated in the period (for a level:
that stand on its last day), with the rows of held-back records that are. A row whose day cannot be
read is of every period in which it may lie (see records.dating). How good is good enough stands in
quality.toml. "met" and "not met" say what was found; "cannot be said" says that there was nothing to
find it in: no rows, no deliveries listed, no rule that looks. It is no failure and carries no caveat.
Verdicts are of the whole period's data: rows that came later play no part, but where a rule finds
that a row stands twice.
"""

from ctanalysis.quality.assessment import COLUMNS, NUMBERS, assess, evidence_in, failures, summary, verdicts, write
from ctanalysis.quality.basis import Basis
from ctanalysis.quality.caveats import (
    MARK,
    Failure,
    caveats,
    caveats_beside,
    caveats_told,
    failures_told,
    mark,
    pointer,
    with_caveats,
)
from ctanalysis.quality.data import Data
from ctanalysis.quality.failing import failed_by_in, shortened
from ctanalysis.quality.lacks import lacks
from ctanalysis.quality.of_report import last_quarter, of_report
from ctanalysis.quality.public import public, tally
from ctanalysis.quality.received import (
    DOUBTED,
    Arrival,
    arrival,
    check_some_came,
    lack,
    lack_notes,
    lacking_alike,
    unfilled,
)
from ctanalysis.quality.standards import MET, NOT_MET, STANDARDS, UNKNOWN

__all__ = [
    "COLUMNS",
    "DOUBTED",
    "MARK",
    "MET",
    "NOT_MET",
    "NUMBERS",
    "STANDARDS",
    "UNKNOWN",
    "Arrival",
    "Basis",
    "Data",
    "Failure",
    "arrival",
    "assess",
    "caveats",
    "caveats_beside",
    "caveats_told",
    "check_some_came",
    "evidence_in",
    "failed_by_in",
    "failures",
    "failures_told",
    "lack",
    "lack_notes",
    "lacking_alike",
    "lacks",
    "last_quarter",
    "mark",
    "of_report",
    "pointer",
    "public",
    "shortened",
    "summary",
    "tally",
    "unfilled",
    "verdicts",
    "with_caveats",
    "write",
]
