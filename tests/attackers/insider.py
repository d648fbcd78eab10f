"""The seventh attacker: somebody who knows one record. They take that person out of everything printed and look again.

What an insider learns is not forbidden - the promise says so - but measured: for each person, how many
cells that nobody else can open does this one person open?
"""

from tests.attackers.public import Printed
from tests.attackers.rounding import attack as narrow
from tests.attackers.subtraction import attack as subtract


def without(printed, person):
    """What is printed, with one person taken out. person: (day, {field: category})."""
    day, what = person

    def has(cell):
        wanted = (
            {} if cell.way == "total" else dict(zip(cell.way.split(" × "), cell.category.split(" × "), strict=True))
        )
        return cell.first <= day <= cell.last and wanted.items() <= what.items()

    return [
        Printed(*cell[:5], max(0, cell.low - 1), cell.high - 1, cell.few) if has(cell) else cell for cell in printed
    ]


def shown(printed, public):
    """The cells that the methods of attackers 1 and 4 show to be of 1 to 9."""
    return {cell[:5] for attack in (subtract, narrow) for cell in attack(printed, public)}
