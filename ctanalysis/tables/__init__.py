"""Protected values and reference sheets -> accessible tables, for the page and as plain text."""

from ctanalysis.tables.breakdowns import breakdown, breakdowns
from ctanalysis.tables.calculated import calculated
from ctanalysis.tables.changes import changes
from ctanalysis.tables.evidence import completeness, published, restated, states
from ctanalysis.tables.findings import findings
from ctanalysis.tables.quality import quality, tally
from ctanalysis.tables.reach import fairness, pathway, reach
from ctanalysis.tables.results import tracking
from ctanalysis.tables.sheets import reference_sheets
from ctanalysis.tables.table import Table
from ctanalysis.tables.utility import utility

__all__ = [
    "Table",
    "breakdown",
    "breakdowns",
    "calculated",
    "changes",
    "completeness",
    "fairness",
    "findings",
    "pathway",
    "published",
    "quality",
    "reach",
    "reference_sheets",
    "restated",
    "states",
    "tally",
    "tracking",
    "utility",
]
