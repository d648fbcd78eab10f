"""Who stands in a breakdown at its next node, and where: nobody leaves it, and nobody changes sides.

A breakdown is of what was known when it was told. Whoever is entered late stands in it from the next node on; a record
that is struck or corrected stays in it as it was told. To begin anew without a struck record would show whose it was.
"""

from collections import Counter
from collections.abc import Mapping

from ctanalysis.disclosure.waiting.splits import Node

People = Mapping[str, str | None]  # the category of each person; None where it is not recorded
# By sheet and field, the nodes that were told: the day (ISO), and who stood in the breakdown then.
Standing = Mapping[tuple[str, str], tuple[tuple[str, People], ...]]


def standing(told: People, known: People) -> dict[str, str | None]:
    """The people of a breakdown at its next node.

    told: those of the node before, as it was told; known: those of the records now. Only "not recorded" may become a
    category, once: with it the person is as if entered late.
    """
    stayed = {person: known.get(person) if category is None else category for person, category in told.items()}
    return {**known, **stayed}


def node_of(day: str, people: People, categories: tuple[str, ...], is_end: bool = False) -> tuple[Node, int]:
    """The node of some people, and how many of them are not recorded. ValueError: a category that is none of these."""
    counts = Counter(people.values())
    if unknown := set(counts) - {*categories, None}:
        raise ValueError(f"a breakdown has no split for {len(unknown)} of the categories that its people have")
    return Node(day, {name: counts[name] for name in categories}, is_end), counts[None]
