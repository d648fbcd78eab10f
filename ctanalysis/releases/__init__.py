"""A report that has been published: audited, copied whole, written into the ledger, never changed again."""

from ctanalysis.releases.cost import cost
from ctanalysis.releases.publishing import release, spoken

__all__ = ["cost", "release", "spoken"]
