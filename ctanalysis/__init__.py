"""Reproducible evaluation of a counter-trafficking project, one reporting period at a time.

import ctanalysis as ct
evaluation = ct.evaluate("FY2015Q1")
evaluation.by("1.2", "sex")
"""

from ctanalysis.base.errors import Refused
from ctanalysis.evaluation import Evaluation, evaluate, named

__all__ = ["Evaluation", "Refused", "evaluate", "named"]
