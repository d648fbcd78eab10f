"""The first attacker: a reader with a pencil, who subtracts in one table. The total, less the other rows."""

from collections import defaultdict
from math import inf

from tests.attackers.public import ALL, INSIDE, OUTSIDE, Shown, few, is_guarded, shows


def attack(printed, public):
    """The cells of each table that its own total and its other cells show to be of 1 to 9."""
    known = defaultdict(lambda: (0, inf)) | {cell[:5]: (cell.low, cell.high) for cell in printed}
    found = []
    for first, last, way in dict.fromkeys((c.first, c.last, c.way) for c in printed):
        for category in public.categories(way):
            for part in (ALL, INSIDE, OUTSIDE) if public.share else (ALL,):
                place = (first, last, way, category, part)
                low, high = _bounds(place, known, public)
                if is_guarded(public, way, part) and shows(low, high, place, few(printed), public):
                    found.append(Shown(*place, low, high))
    return found


def _bounds(place, known, public):
    """What a cell's own print says, what its table leaves for it, and of a share what its parts do."""
    first, last, way, category, part = place
    low, high = known.get(place, (0, inf))
    if part == OUTSIDE:
        whole, inside = (known.get((*place[:4], other), (0, inf)) for other in (ALL, INSIDE))
        return max(0, whole[0] - inside[1]), whole[1] - inside[0]
    total = known.get((first, last, "total", "all", part), (0, inf))
    others = [
        known.get((first, last, way, other, part), (0, inf)) for other in public.categories(way) if other != category
    ]
    if way == "total":
        return low, high
    return max(low, total[0] - sum(most for _, most in others)), min(high, total[1] - sum(least for least, _ in others))
