"""Many comparisons in one report are counted as many: which of them are clear.

Benjamini and Hochberg, Journal of the Royal Statistical Society B 57, 1995, 289-300: of the n p-values in order, all up
to the last that is at most (its place / n) x level. Of what is called clear, at most so much is expected to be chance;
where nothing changed at all, at most `level` of all reports call anything clear.

What asks one question in several ways (the regions of an indicator; the same change against two earlier periods) is a
group, and counts once: by the p-value of Simes (Biometrika 73, 1986, 751-754). Within a group that is clear the same is
done at level x (groups that are clear / groups), by which no more is claimed by chance than before (Benjamini and
Bogomolov, Journal of the Royal Statistical Society B 76, 2014, 297-318).
"""

from collections.abc import Sequence

FALSE = 0.05  # the share of false claims that a report may be expected to make


def clear(p_values: Sequence[float], level: float = FALSE) -> list[bool]:
    """Which claims of a report are clear. p_values: of everything that it might have claimed, two-sided, 0 to 1."""
    order = sorted(p_values)
    passed = [p for place, p in enumerate(order, 1) if p <= place / len(order) * level]
    last = passed[-1] if passed else -1.0
    return [p <= last for p in p_values]


def together(p_values: Sequence[float]) -> float:
    """The p-value of a group: that nothing in it is more than chance (the least of n p / place, of p in order)."""
    return min(len(p_values) * p / place for place, p in enumerate(sorted(p_values), 1))


def clear_in_groups(groups: Sequence[Sequence[float]], level: float = FALSE) -> list[list[bool]]:
    """Which claims of each group are clear. groups: the p-values of each, of all that a report might have claimed."""
    found = clear([together(group) for group in groups], level)
    within = level * sum(found) / max(1, len(groups))
    return [clear(group, within) if told else [False] * len(group) for group, told in zip(groups, found, strict=True)]
