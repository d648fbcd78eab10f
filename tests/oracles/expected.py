"""The oracle's values of a project in every period that is complete, the periods worked out without the library."""

from datetime import date, timedelta
from functools import cache

from tests.oracles import oracle


@cache
def expected_values(folder):
    """The oracle's values of a project for its completed periods."""
    return oracle.values(folder, completed_windows(folder))


# --- Periods --------------------------------------------------------------------------------


def completed_windows(folder):
    """Each completed quarter, half and year, alone and to date, and the whole project so far."""
    facts = oracle.read_toml(folder / "project.toml")
    start, through = facts["start"], facts["records_through"]
    windows = [("project to date", start, through)]
    first_month = facts["fiscal_year"]["first_month"]
    for fiscal_start, first, last in fiscal_periods(first_month, start, through):
        windows.append(("period", first, last))
        windows.append(("fiscal year to date", fiscal_start, last))
        windows.append(("project to date", start, last))
    return sorted(set(windows))


def completed_months(folder):
    """Each completed calendar month."""
    facts = oracle.read_toml(folder / "project.toml")
    of = facts["fiscal_year"]["first_month"], facts["start"], facts["records_through"]
    return [("period", first, last) for _, first, last in fiscal_periods(*of, lengths=(1,))]


def fiscal_periods(first_month, start, through, lengths=(3, 6, 12)):
    """The completed periods of so many months: first day of the year, first day, last day."""
    found = []
    for year in range(start.year - 1, through.year + 1):
        for months in lengths:
            for before in range(0, 12, months):
                first = first_of_month(year, first_month + before)
                last = first_of_month(year, first_month + before + months) - timedelta(days=1)
                if start <= last <= through:
                    found.append((date(year, first_month, 1), first, last))
    return found


def first_of_month(year, month):
    """The first day of a month; month 13 is January of the next year."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
