"""Many comparisons in one report are counted as many: which of them are clear.

Benjamini and Hochberg, Journal of the Royal Statistical Society B 57, 1995, 289-300: of the n p-values in order, all up
to the last that is at most (its place / n) x level. Of what is called clear, at most so much is expected to be chance;
where nothing changed at all, at most `level` of all reports call anything clear.
"""

from collections.abc import Sequence

FALSE = 0.05  # the share of false claims that a report may be expected to make


def clear(p_values: Sequence[float], level: float = FALSE) -> list[bool]:
    """Which claims of a report are clear. p_values: of everything that it might have claimed, two-sided, 0 to 1."""
    order = sorted(p_values)
    passed = [p for place, p in enumerate(order, 1) if p <= place / len(order) * level]
    last = passed[-1] if passed else -1.0
    return [p <= last for p in p_values]
