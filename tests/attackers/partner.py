"""A partner, who knows its own clients. It takes all of them out of everything printed, and looks at the others.

As with whoever knows one record this is measured, and not forbidden: a rule that looks at hidden numbers would speak.
"""

from collections import Counter

from tests.attackers import insider
from tests.attackers.public import Printed


def without(printed, clients):
    """What is printed, of the others only. clients: (day, {field: category}) of each."""
    found = []
    for cell in printed:
        names = [] if cell.way == "total" else cell.way.split(" × ")
        wanted = dict(zip(names, cell.category.split(" × "), strict=names != []))
        own = sum(cell.first <= day <= cell.last and wanted.items() <= what.items() for day, what in clients)
        found.append(Printed(*cell[:5], max(0, cell.low - own), cell.high - own, cell.few))
    return found


def opened(printed, public, clients):
    """The cells of 1 to 9 others that it shows, and that nobody shows without knowing its clients."""
    return insider.shown(without(printed, clients), public) - insider.shown(printed, public)


def beside_the_largest(cells):
    """Of told numbers, how many there are, and in how many fewer than ten remain beside the largest partner.

    cells: of each told number, the partner of each person in it.
    """
    left = [len(partners) - max(Counter(partners).values()) for partners in cells]
    return len(left), sum(number < 10 for number in left)
