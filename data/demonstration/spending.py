"""What the project spends: four budget lines a month, well inside the published funding."""

from data.demonstration import days
from data.demonstration.chance import Chance
from data.demonstration.tables import Row, decimal, numbered

# US dollars in a usual month.
LINES = {"Prevention": 5500, "Protection": 5000, "Cooperation": 2300, "Management": 3300}

# In per cent of a usual month: offices open in the first quarter, activities in the second.
BEGINNING = (30, 45, 55, 75, 85, 90)

# The month, counted from the first, and line in which more was booked back than was spent.
CORRECTIONS = {(17, "Cooperation"): -41260, (31, "Prevention"): -88475}


def expenditures(chance: Chance) -> list[Row]:
    """What was spent in each month on each budget line, in US dollars."""
    rows: list[Row] = [
        {"date": day, "line": line, "amount_usd": decimal(_cents(chance, month, line), 2)}
        for month, day in enumerate(days.month_ends(days.FIRST, days.LAST))
        for line in LINES
    ]
    return numbered(rows, "expenditure_id", "EX{:03}")


def _cents(chance: Chance, month: int, line: str) -> int:
    """Near the line's usual month, give or take a fifth."""
    pace = BEGINNING[month] if month < len(BEGINNING) else 100
    # Dollars times per cent are cents; the rest is in hundredths of a per cent.
    spent = LINES[line] * pace * chance.between(8000, 12000) // 10000
    return CORRECTIONS.get((month, line), spent)
