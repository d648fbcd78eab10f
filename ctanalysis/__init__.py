"""Reproducible evaluation of a counter-trafficking project, one reporting period at a time.

import ctanalysis as ct
evaluation = ct.evaluate("FY2015Q1")
evaluation.by("1.2", "sex")

p = ct.open()
p.values("1.3", by="sex", every="quarter")
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ctanalysis.base.errors import Refused
from ctanalysis.evaluation import Evaluation, evaluate, named

if TYPE_CHECKING:
    from ctanalysis.enquiry import Enquiry

pd.set_option("mode.string_storage", "python")  # pyarrow is for files: looked at one by one, its texts are slower

__all__ = ["Evaluation", "Refused", "evaluate", "named", "open"]


def open(project: str | Path = "") -> "Enquiry":
    """A project to think with: open() the shipped one, open("../tajikistan") that of another folder.

    Refused, when it is asked: a folder that is none, records or sheets at fault.

    >>> open().values("1.3", period="FY2015Q1")["told"].tolist()
    ['1,233']
    """
    from ctanalysis.enquiry import Enquiry  # who makes a report does not wait for it
    from ctanalysis.project import SHIPPED

    return Enquiry(project or SHIPPED)


def __dir__() -> list[str]:
    return __all__
