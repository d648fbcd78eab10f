"""When the records of each quarter were sent: invented days, most of them in time, two of them not."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from data.demonstration.chance import Chance
from data.demonstration.days import LAST, month_ends, quarter
from data.demonstration.tables import Row

SENDER = "IOM"
NEVER_CHANGES = ("organisations",)  # a list, sent once
NOTHING = {  # table and quarter: delivered, and there was nothing to record
    ("follow_ups", "FY2012Q1"),
    ("follow_ups", "FY2012Q2"),
    ("assessments", "FY2012Q1"),
    ("assessments", "FY2013Q1"),
}
LATE = {("questionnaires", 12): 41, ("support", 10): 37}  # table and quarter: days after its end


def deliveries(chance: Chance, first: date, files: dict[str, str]) -> list[Row]:
    """One delivery of each table and quarter. files: by table, its file."""
    ends = [end for end in month_ends(first, LAST) if end.month % 3 == 0]
    sent = [
        (table, end, LATE.get((table, quarter(end)), chance.between(9, 27)))
        for end in ends
        for table in files
        if table not in NEVER_CHANGES
    ]
    return [
        {
            "file": files[table],
            "partner": SENDER,
            "period": _label(end),
            "sent": end + timedelta(days),
            "rows": "none" if (table, _label(end)) in NOTHING else "",
        }
        for table, end, days in sent
    ]


def save(path: Path, sent: Iterable[Row]) -> None:
    """Writes deliveries.csv; a line ends before the cell `rows` where that says nothing."""
    lines = [",".join(str(cell) for cell in row.values() if cell) for row in sent]
    text = "\n".join(["file,partner,period,sent,rows", *lines, ""])
    path.write_bytes(text.encode("utf-8"))


def _label(end: date) -> str:
    """FY2015Q1 for the quarter that ends in December 2014."""
    return f"FY{end.year + end.month // 12}Q{end.month // 3 % 4 + 1}"
