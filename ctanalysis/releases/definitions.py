"""Whether what is to be released is defined as what was released before, so that both can be audited together."""

import pandas as pd

from ctanalysis.base.errors import Refused
from ctanalysis.disclosure import ledger
from ctanalysis.disclosure.ledger import Ledger
from ctanalysis.project import Project


def check(earlier: Ledger, project: Project) -> None:
    """Refused: an audited indicator has another definition than it was released with, or an indicator is gone.

    What was released under one definition is not laid beside another: no audit could say what both together tell.
    """
    gone = sorted(set(earlier.cells["indicator"]) - {sheet.code for sheet in project.sheets})
    if gone:
        raise Refused(
            f"Indicator {gone[0]} was released before, and indicators/ has it no more: put its reference sheet back, "
            "so that it can be audited. One that is reported no longer names the last day of its reports: retired."
        )
    told = earlier.cells[~earlier.cells["status"].isin(ledger.NOT_TOLD)]
    for (code, way), rows in told.groupby(["indicator", "disaggregation"], sort=False):
        _check(str(code), str(way), rows, project)


def _check(code: str, way: str, rows: pd.DataFrame, project: Project) -> None:
    """rows: the released cells of an indicator, of a breakdown or in all."""
    sheet, released = project.sheet(code), rows["definition"].iloc[-1]
    audited = ledger.AUDITED in ledger.definition(project, sheet) + released
    if not audited or not ledger.is_told_further(project, sheet, way):
        return
    if released in ledger.definitions(project, sheet, way, rows["end"].max()):
        return
    if way == "total":
        raise Refused(
            f"Indicator {code} was released before with another calculation, another policy, or other days of the "
            "project. What both tell together cannot be audited: give the changed indicator a code of its own. If only "
            f'the policy is another one, write formerly = ["{released}"] into its class in policy.toml.'
        )
    raise Refused(
        f"Indicator {code} by {way} was released before with other categories, in another order, under another "
        "policy, or with another end of the project. What is told next follows from what was told before: put back "
        "what it was. A project that was extended names its former_ends (project.toml); a category that is called "
        "otherwise what it was called formerly, one that was added the day since when it is there (datapackage.json). "
        'Where none of these is so, write ended = "the reason, which is printed" into its entry in policy.toml.'
    )
