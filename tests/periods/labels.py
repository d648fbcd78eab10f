"""The forms of a period's label."""

from pathlib import Path

DATA = Path(__file__).parents[2] / "data"


FORMS = (
    "FY2015Q1 (a quarter)",
    "FY2014H1 (a half)",
    "FY2014 (a fiscal year)",
    "2014-12 (a calendar month)",
    "LOP (the life of the project to date)",
)


def said(period):
    return period.label, period.start, period.end
