"""People who stand in a breakdown under codes that the records have no more, while others came who are just like them.

Nobody leaves a breakdown, so that the same people under new codes would stand in it twice. Somebody who is erased, or a
partner that leaves, takes people out and brings none. Where both happened, for the same days and the same categories,
and of as many as a number is told of, or of more than half, codes were changed. What is said of it is for whoever has
the records; nothing that is published speaks of it.
"""

from collections import Counter
from collections.abc import Collection
from datetime import date

from ctanalysis import indicators
from ctanalysis.disclosure import ledger
from ctanalysis.disclosure.ledger import Ledger
from ctanalysis.disclosure.waiting.people import Nodes
from ctanalysis.project import Project
from ctanalysis.project.policy import TOTAL
from ctanalysis.records import Records

Profile = Counter[tuple[str, str | None]]  # how many first stood at a node in a category


def recoded(project: Project, rows: Records, released: Ledger) -> str:
    """What to say where people, or the rows of a share, have other codes by now than when they were told; else empty.

    Refused: as ledger.standing.
    """
    for (code, by), nodes in ledger.standing(project, released).items():
        days = [date.fromisoformat(day) for day, _ in nodes]
        known = indicators.known(project, rows, project.sheet(code), by, [*days, project.facts.records_through])
        everybody = {name for people in known.values() for name in people}
        told = nodes[-1][1]
        now = tuple((day, known.get(day, {})) for day, _ in nodes)
        both = (_profile(nodes, told.keys() - everybody) & _profile(now, everybody - told.keys())).total()
        if both >= project.disclosure_rule(project.sheet(code)).fewer_than or 2 * both > len(told) > 1:
            return _says(code, by)
    return ""


def _profile(nodes: Nodes, names: Collection[str]) -> Profile:
    """Of some people, at which node they first stood in a breakdown, and in which category."""
    found, before = Profile(), set[str]()
    for day, people in nodes:
        came = (people.keys() & names) - before
        found.update((day, people[name]) for name in came)
        before |= came
    return found


def _says(code: str, by: str) -> str:
    what = "rows counted by" if by == TOTAL else "people in"
    where = f"indicator {code}" if by == TOTAL else f"indicator {code} by {by}"
    return (
        f"Many of the {what} {where}, as it was released, are no longer in the records, and others came in their place "
        "for the same days. If these are the same under other codes, each would be counted twice: put the former codes "
        "back, in the files or in judgements/corrections.toml. If they really are others, the breakdown cannot go on: "
        'write ended = "the reason, which is printed" into its entry in policy.toml. The reason names nobody and no '
        "number."
    )
