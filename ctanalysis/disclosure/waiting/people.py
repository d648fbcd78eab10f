"""Who stands in a breakdown at its next node, and where: nobody leaves it, and nobody changes sides.

A breakdown is of what was known when it was told. Whoever is entered late stands in it from the next node on; a record
that is struck or corrected stays in it as it was told. To begin anew without a struck record would show whose it was.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from ctanalysis.disclosure.waiting.splits import Node
from ctanalysis.indicators.known_people import LATE, REST

People = Mapping[str, str | None]  # the category of each person; None where it is not recorded
Nodes = tuple[tuple[str, People], ...]  # days (ISO), and who stands in a breakdown then
Standing = Mapping[tuple[str, str], Nodes]  # by sheet and field


def standing(told: People, known: People) -> dict[str, str | None]:
    """The people of a breakdown at its next node.

    told: those of the node before, as it was told; known: those of the records now. Only "not recorded" may become a
    category, once: with it the person is as if entered late. Of a cohort, one of the rest may come to the state late.
    """
    stayed = {
        person: known.get(person) if category is None or (category, known.get(person)) == (REST, LATE) else category
        for person, category in told.items()
    }
    return {**known, **stayed}


def at_nodes(told: Standing, known: Mapping[tuple[str, str], Mapping[str, People]]) -> Standing:
    """Who stands in each breakdown at each node: as it was told, then at each later day whoever is known by then.

    known: by sheet and field, the people known now, by day (ISO). Days before the last node are no nodes any more: what
    is told follows from every node before it.
    """
    return {key: tuple(_nodes(told.get(key, ()), by_day)) for key, by_day in known.items()}


def _nodes(told: Nodes, known: Mapping[str, People]) -> Iterator[tuple[str, People]]:
    yield from told
    last, people = told[-1] if told else ("", {})
    for day in sorted(day for day in known if day > last):
        people = standing(people, known[day])
        yield day, people


def node_of(
    day: str,
    people: People,
    categories: tuple[str, ...],
    is_end: bool = False,
    absent: frozenset[str] = frozenset(),
) -> tuple[Node, int]:
    """The node of some people, and how many of them are not recorded.

    absent: categories that were not there by then. ValueError: a category that is none of these, or was not there.
    """
    counts = Counter(people.values())
    if unknown := set(counts) - {*categories, None}:
        raise ValueError(f"a breakdown has no split for {len(unknown)} of the categories that its people have")
    if absent & set(counts):
        raise ValueError(f"somebody is of a category by {day} that was there since a later day only")
    return Node(day, {name: counts[name] for name in categories}, is_end, absent), counts[None]
