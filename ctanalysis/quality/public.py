"""What is published of the quality of data: every verdict, the evidence of tables that are about nobody, the caveats.

How many rows about people were read, held back or looked odd is not public, nor whether many of
them are not recorded in a breakdown: that is a cell of it.
"""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from babel.lists import format_list

from ctanalysis.project import Project
from ctanalysis.quality.assessment import NUMBERS
from ctanalysis.quality.standards import NOT_MET, UNKNOWN
from ctanalysis.records import Records

ELSEWHERE = "the evidence is in internal/"
MARK = "†"
MOST_NAMED = 4
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


def caveats(frame: pd.DataFrame, label: str) -> dict[str, str]:
    """By indicator, of each whose data failed a standard, the words that stand wherever it is reported.

    label: of the reporting period. Days other than the period's own are named.
    """
    failed = frame[frame["verdict"] == NOT_MET]
    return {
        str(code): _caveat(list(zip(rows["standard"], rows["days"], strict=True)), label)
        for code, rows in failed.groupby("indicator", sort=False)
    }


def mark(caveats: Mapping[str, str], code: str) -> str:
    """What stands behind an indicator's name where its caveat stands in a footnote; nothing where it has none."""
    return f" {MARK}" if code in caveats else ""


def footnotes(caveats: Mapping[str, str], codes: Iterable[str]) -> tuple[str, ...]:
    """The caveats of the indicators that have one, each once, behind the mark and the codes that it is about."""
    about: dict[str, list[str]] = {}
    for code in (code for code in dict.fromkeys(codes) if code in caveats):
        about.setdefault(caveats[code], []).append(code)
    return tuple(f"{MARK} {format_list(of, locale='en')}: {words}." for words, of in about.items())


def _caveat(failed: Sequence[tuple[str, str]], label: str) -> str:
    """Caveat: the reporting period's data did not meet the standards of precision and timeliness (see Data quality)"""
    own = [standard for standard, days in failed if label in days.split()]
    parts = [f"the reporting period's data did not meet the {_standards(own)}"] if own else []
    others = {days: [s for s, of in failed if of == days and label not in of.split()] for _, days in failed}
    for days, standards in others.items():
        if standards:
            parts.append(f"the data of other days ({_named(days)}) did not meet the {_standards(standards)}")
    return f"Caveat: {'; '.join(parts)} (see Data quality)"


def _standards(names: Sequence[str]) -> str:
    return f"standard{'s' if len(names) > 1 else ''} of {format_list(list(names), locale='en')}"


def _named(days: str) -> str:
    """FY2012Q1 and FY2013Q3; of many, how many quarters."""
    labels = days.split()
    if len(labels) > MOST_NAMED:
        return f"{len(labels)} quarters from {min(labels)} to {max(labels)}"
    return format_list(["the project to date" if one == "LOP" else one for one in labels], locale="en")
