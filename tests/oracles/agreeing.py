"""What the tests of a measure by an oracle of its own share: numbers that are the same, and rules that are noticed."""

import math


def same(ours, theirs):
    """Whether numbers of the library are the oracle's, but for rounding; its None is a NaN of ours."""
    return all(
        math.isnan(one) if other is None else math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)
        for one, other in zip(ours, theirs, strict=True)
    )


def agree_and_notice(differing, folder, seeds, rules):
    """The library agrees with the oracle on the project of each seed; without any one of its rules, not on all.

    differing(folder, seed, rules): on what they differ, empty where on nothing. rules: {name: whether it holds}.
    """
    noticed = set()
    for seed in seeds:
        assert differing(folder / str(seed), seed) == [], seed
        for rule in rules:
            if rule not in noticed and differing(folder / str(seed), seed, rules | {rule: False}):
                noticed.add(rule)
    assert noticed == set(rules)
