"""A period's report: the notebooks run through papermill, their pages, the values, the figures; all or nothing."""

from ctanalysis.reports.files import write_values
from ctanalysis.reports.making import make, remake
from ctanalysis.reports.notebooks import check_parameters

__all__ = ["check_parameters", "make", "remake", "write_values"]
