"""A period's report: the notebooks run through papermill, their pages, the values, the figures; all or nothing."""

from ctanalysis.reports import languages
from ctanalysis.reports.files import write_values
from ctanalysis.reports.index import write as write_index
from ctanalysis.reports.languages import Asked
from ctanalysis.reports.made_from import Source, source
from ctanalysis.reports.making import make, make_from, remake
from ctanalysis.reports.manifest import NAME as MANIFEST
from ctanalysis.reports.manifest import files_of, internal_half, library_commit
from ctanalysis.reports.notebooks import Page, check_parameters, chosen, read
from ctanalysis.reports.pieces import as_released

__all__ = [
    "MANIFEST",
    "Asked",
    "Page",
    "Source",
    "as_released",
    "check_parameters",
    "chosen",
    "files_of",
    "internal_half",
    "languages",
    "library_commit",
    "make",
    "make_from",
    "read",
    "remake",
    "source",
    "write_index",
    "write_values",
]
