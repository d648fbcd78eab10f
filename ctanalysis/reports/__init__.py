"""A period's report: the notebooks run through papermill, their pages, the values, the figures; all or nothing."""

from ctanalysis.reports.files import write_values
from ctanalysis.reports.making import make, make_from, remake, source
from ctanalysis.reports.manifest import files_of, keep_internal, library_commit
from ctanalysis.reports.notebooks import check_parameters

__all__ = [
    "check_parameters",
    "files_of",
    "keep_internal",
    "library_commit",
    "make",
    "make_from",
    "remake",
    "source",
    "write_values",
]
