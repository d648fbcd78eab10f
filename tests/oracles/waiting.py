"""The waiting rule by brute force: every series that a reader has to allow is written down, and counted.

From the rule's text, with no shortest path, no constraint and no line of the library: a reader keeps the series of
numbers that fit the totals and the classes told so far; what is known of a span is the least and the most in them.
"""

from itertools import combinations


def is_safe(series, totals, few):
    """Whether these series of X, all that fit, show no span of either side to be of 1 to few - 1 people.

    series: tuples that begin with 0, the start; totals: the same of T.
    """
    for i, j in combinations(range(len(totals)), 2):
        left = [one[j] - one[i] for one in series]
        whole = totals[j] - totals[i]
        right = [whole - number for number in left]
        for side in (left, right):
            if max(side) < min(few - 1, whole) or min(side) > max(0, whole - (few - 1)):
                return False
            if min(side) >= 1 and max(side) < few:
                return False
    return True


def partition(series, totals, few):
    """The finest safe classes of the last number of these series, from the least upwards: [(low, high), ...]."""
    values = sorted({one[-1] for one in series})
    classes, since = [], 0
    for place, value in enumerate(values):
        if is_safe([one for one in series if values[since] <= one[-1] <= value], totals, few):
            classes.append((values[since], value))
            since = place + 1
    if since < len(values):
        low = classes.pop()[0] if classes else values[0]
        classes.append((low, values[-1]))
    return classes


def longer(series, growth):
    """Every series with one more node, at which T has grown by so many."""
    return [(*one, one[-1] + more) for one in series for more in range(growth + 1)]


def histories(growths, few):
    """Every way in which classes can be told of these growths of T: {(class, class, ...)}."""
    found = {(): [(0,)]}
    totals = (0,)
    for growth in growths:
        totals = (*totals, totals[-1] + growth)
        now = {}
        for told, before in found.items():
            series = longer(before, growth)
            for low, high in partition(series, totals, few):
                now[*told, (low, high)] = [one for one in series if low <= one[-1] <= high]
        found = now
    return set(found)
