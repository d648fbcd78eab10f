"""Whether what is to be released is defined as what was released before, so that both can be audited together."""

from ctanalysis.base.errors import Refused
from ctanalysis.disclosure import ledger
from ctanalysis.disclosure.ledger import Ledger
from ctanalysis.project import Project
from ctanalysis.project.sheets import Sheet


def check(earlier: Ledger, project: Project) -> None:
    """Refused: an audited indicator has another definition than it was released with, or an indicator is gone.

    What was released under one definition is not laid beside another: no audit could say what both together tell.
    """
    before = dict(zip(earlier.cells["indicator"], earlier.cells["definition"], strict=True))
    for sheet in project.sheets:
        released, now = before.get(sheet.code, ""), ledger.definition(project, sheet)
        if released and ledger.AUDITED in now + released and released not in _the_same(earlier, project, sheet):
            raise Refused(
                f"Indicator {sheet.code} was released before with another calculation, other categories, another "
                "policy, or other days of the project. What both tell together cannot be audited: "
                "give the changed indicator a code of its own. A project that was extended names its former_ends "
                "(project.toml), a category that is called otherwise what it was called formerly (datapackage.json)."
            )
    gone = sorted(set(before) - {sheet.code for sheet in project.sheets})
    if gone:
        raise Refused(
            f"Indicator {gone[0]} was released before, and indicators/ has it no more: "
            "put its reference sheet back, so that it can be audited."
        )


def _the_same(earlier: Ledger, project: Project, sheet: Sheet) -> set[str]:
    """The definitions with which a sheet's numbers are of the same as now.

    Those with a former end of the project are, as long as nothing was released up to it: which breakdowns are told
    depends on the project's end only on that day.
    """
    last = earlier.cells.loc[earlier.cells["indicator"] == sheet.code, "end"].max()
    ends = [None, *(end for end in project.facts.former_ends if last < end.isoformat())]
    return {ledger.definition(project, sheet, end) for end in ends}
