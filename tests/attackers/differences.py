"""The third attacker: what lies between two releases. One category at a time, all spans of days laid on one line.

The number of people up to a day only grows; a printed span of days says how much it grew between
two days. The tightest bounds between any two days are shortest paths (Floyd and Warshall).
Where numbers do not add up over days there is only this: a span has no more than those within it.
"""

from math import inf

import numpy as np

from tests.attackers.public import ALL, Shown, ends_of, few, is_guarded, shows, the_day_after, the_day_before


def attack(printed, public):
    """Cells of any span from one printed day to another that differences show to be of 1 to 9."""
    if public.kind != "adds up":
        return _of_spans_within_spans(printed, public) if public.kind == "each period" else []
    days, marked, found = ends_of(printed), few(printed), []
    for way, category, part in dict.fromkeys((c.way, c.category, c.part) for c in printed):
        if is_guarded(public, way, part):
            least, most = _between([c for c in printed if (c.way, c.category, c.part) == (way, category, part)], days)
            for a in range(len(days)):
                for b in range(a + 1, len(days)):
                    place = (days[a], the_day_before(days[b]), way, category, part)
                    if shows(least[a, b], most[a, b], place, marked, public):
                        found.append(Shown(*place, least[a, b], most[a, b]))
    return found


def _between(cells, days):
    """The least and the most between any two days, from the first to the second."""
    size = len(days)
    path = np.full((size, size), inf)  # path[a, b]: the count at day b is at most this above that at day a
    path[np.triu_indices(size)[::-1]] = 0  # backwards in time it is not above
    for cell in cells:
        a, b = days.index(cell.first), days.index(the_day_after(cell.last))
        path[a, b], path[b, a] = min(path[a, b], cell.high), min(path[b, a], -cell.low)
    for middle in range(size):
        path = np.minimum(path, path[:, [middle]] + path[[middle], :])
    return -path.T, path


def _of_spans_within_spans(printed, public):
    """Of people counted in each period: a span has at least the largest of those within it,
    where the category stays with a person; who is in the longer one only is between too.
    """
    found, marked = [], few(printed)
    for cell in printed:
        stays = cell.way == "total" or set(cell.way.split(" × ")) <= public.lasting
        if not (stays and is_guarded(public, cell.way, cell.part)):
            continue
        same = [other for other in printed if (other.way, other.category, other.part) == (cell.way, cell.category, ALL)]
        least = max(other.low for other in same if cell.first <= other.first and other.last <= cell.last)
        most = min(other.high for other in same if other.first <= cell.first and cell.last <= other.last)
        if shows(least, most, cell[:5], marked, public):
            found.append(Shown(*cell[:5], least, most))
    return found
