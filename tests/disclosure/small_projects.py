"""Small projects whose every register is published, and the reader who keeps those that would look the same.

There is no solver here: of each publication, each run of quarters and each group of people, the least and the most in
all the registers that lead to it. Fewer than three is small, so that a cell is shown where it is 1 or 2 in all of them.
"""

from itertools import combinations, product

import numpy as np

from ctanalysis.disclosure import waiting
from ctanalysis.disclosure.waiting import Node, Side, Split

FEW = 3


def parts(total, count):
    """All ways to share people out to so many categories."""
    return (
        [(total,)]
        if count == 1
        else [(first, *rest) for first in range(total + 1) for rest in parts(total - first, count - 1)]
    )


def registers(quarters, count):
    """Every register of a project: an array of people by register, year and category. quarters: people, by year."""
    return np.array(list(product(*(parts(sum(year), count) for year in quarters))))


def nodes(register, names):
    """The ends of years of one register, the last of them the project's. register: people by year and category."""
    to_date = np.cumsum(register, axis=0).tolist()
    last = len(to_date) - 1
    return [
        Node(str(place), dict(zip(names, counts, strict=True)), place == last) for place, counts in enumerate(to_date)
    ]


def publication(tree, register, names):
    """What the waiting rule tells of a register."""
    return tuple((one.day, one.side, one.one) for one in waiting.told(tree, nodes(register, names), FEW))


def groups(count):
    """Every group of categories but all of them."""
    return [group for size in range(1, count) for group in combinations(range(count), size)]


def shown(quarters, people, printed, asked):
    """The cells that some publication shows to be of 1 or 2 people: {(publication, group, first quarter, the next)}.

    people: as registers() gives it. printed: what is told of each of them. asked: groups of categories.
    """
    ids = {one: place for place, one in enumerate(dict.fromkeys(printed))}
    looks = np.array([ids[one] for one in printed])
    order = np.argsort(looks, kind="stable")
    begins = np.searchsorted(looks[order], np.arange(len(ids)))
    found = set()
    for group, (first, after) in product(asked, runs(quarters)):
        least, most = run_of(quarters, people[order][:, :, list(group)].sum(axis=2), first, after)
        small = (np.minimum.reduceat(least, begins) >= 1) & (np.maximum.reduceat(most, begins) < FEW)
        found |= {(int(place), group, first, after) for place in np.flatnonzero(small)}
    return found


def runs(quarters):
    return list(combinations(range(sum(map(len, quarters)) + 1), 2))


def run_of(quarters, counts, first, after):
    """The least and the most people of a group in a run of quarters, where its years hold so many of it.

    A year's group may be anywhere in the year: inside the run, as far as there is room, or outside it.
    """
    least = most = 0
    start = 0
    for year, of_group in zip(quarters, counts.T, strict=True):
        inside = sum(number for place, number in enumerate(year, start) if first <= place < after)
        least = least + np.maximum(0, of_group - (sum(year) - inside))
        most = most + np.minimum(of_group, inside)
        start += len(year)
    return least, most


# --- The trees ---------------------------------------------------------------------------------------


def chain(names):
    """A chain of categories in this order."""
    return waiting.chain({name: [name] for name in names})


SEX = ["women", "men"]
FORMS = ["labour", "sexual", "other"]
SEX_BY_AGE = ["adult women", "girls", "adult men", "boys"]
FINE = ["labour", "begging", "servitude", "organs"]
TREES = {
    "sex": (SEX, chain(SEX)),
    "forms": (FORMS, chain(FORMS)),
    "sex by age": (
        SEX_BY_AGE,
        Split(
            Side("women", ("adult women", "girls"), chain(["adult women", "girls"])),
            Side("men", ("adult men", "boys"), chain(["adult men", "boys"])),
        ),
    ),
    "fine": (FINE, waiting.chain({"labour": ["labour"], "other": FINE[1:]})),
}
