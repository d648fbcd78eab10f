"""What is published of the quality of data: every verdict, the evidence of tables that are about nobody.

How many rows about people were read, held back or looked odd is not public, nor whether many of
them are not recorded in a breakdown: that is a cell of it.
"""

import pandas as pd

from ctanalysis.project import Project
from ctanalysis.quality.assessment import NUMBERS
from ctanalysis.quality.standards import UNKNOWN
from ctanalysis.records import Records

ELSEWHERE = "the evidence is in internal/"
OF_PARTNERS = ("reliability", "timeliness")


def public(frame: pd.DataFrame, project: Project) -> pd.DataFrame:
    """The part of verdicts that is published: of tables about people the verdicts without their evidence.

    frame: as quality.verdicts or quality.assess returns it. Returns the same columns; evidence says
    where it is, numbers are missing, and the precision of audited indicators is "cannot be said". Nor is it public
    which partners did not report, or late; failed_by is left of rows of tables that are about nobody.
    """
    people = [s.code for s in project.sheets if any(p.calculation.table not in project.open_tables for p in s.by_table)]
    hidden = frame["indicator"].isin(people)
    published = frame.assign(evidence=frame["evidence"].mask(hidden, ELSEWHERE))
    published["failed_by"] = frame["failed_by"].mask(hidden | frame["standard"].isin(OF_PARTNERS), "")
    published[list(NUMBERS)] = published[list(NUMBERS)].mask(hidden)
    # how many are not recorded is a cell of a breakdown
    cell = frame["indicator"].isin(having(project, "audited")) & (frame["standard"] == "precision")
    return published.assign(verdict=published["verdict"].mask(cell, UNKNOWN), days=published["days"].mask(cell, ""))


def having(project: Project, name: str) -> list[str]:
    """The codes of the sheets of which a table has a disclosure rule that is audited, or protects (name)."""
    return [
        sheet.code
        for sheet in project.sheets
        if any(getattr(project.disclosure_rule(part), name) for part in sheet.by_table)
    ]


def tally(project: Project, records: Records) -> pd.DataFrame:
    """Rows read = used + held back, by file and sheet, of the tables that are about nobody.

    Returns a frame with table, title, path, sheet, read, used, held_back, passed_over.
    """
    titles = {name: project.package.tables[name].title for name in project.open_tables}
    rows = records.tally[records.tally["table"].isin(titles)].reset_index(drop=True)
    rows.insert(1, "title", rows["table"].map(titles))
    return rows[["table", "title", "path", "sheet", "read", "used", "held_back", "passed_over"]]
