"""When the records of each quarter were sent: invented days, most of them in time, two of them not."""

from datetime import date, timedelta

from data.demonstration.chance import Chance
from data.demonstration.days import LAST, month_ends, quarter
from data.demonstration.tables import Row

SENDER = "IOM"
NEVER_CHANGES = ("organisations",)  # a list, sent once
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
        {"file": files[table], "partner": SENDER, "period": _label(end), "sent": end + timedelta(days)}
        for table, end, days in sent
    ]


def _label(end: date) -> str:
    """FY2015Q1 for the quarter that ends in December 2014."""
    return f"FY{end.year + end.month // 12}Q{end.month // 3 % 4 + 1}"
