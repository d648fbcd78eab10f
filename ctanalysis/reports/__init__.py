"""A period's report: the notebooks run through papermill, their pages, the values, the figures; all or nothing."""

from ctanalysis.reports.files import write_values
from ctanalysis.reports.making import Source, make, make_from, remake, source
from ctanalysis.reports.manifest import files_of, internal_half, library_commit
from ctanalysis.reports.notebooks import Page, check_parameters, chosen, read
from ctanalysis.reports.pages import as_released

__all__ = [
    "Page",
    "Source",
    "as_released",
    "check_parameters",
    "chosen",
    "files_of",
    "internal_half",
    "library_commit",
    "make",
    "make_from",
    "read",
    "remake",
    "source",
    "write_values",
]
