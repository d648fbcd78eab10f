"""A standard is met up to its limit, exactly: as the file writes the number, not as a computer rounds it."""

import pytest

from ctanalysis.quality.standards import MET, NOT_MET, _within


@pytest.mark.parametrize(("part", "whole", "limit"), [(69, 750, 9.2), (123, 750, 16.4), (299, 1625, 18.4), (1, 20, 5)])
def test_a_part_that_is_the_limit_is_within_it(part, whole, limit):
    """69 of 750 are 9.2 per cent; in a computer's numbers 9.2 x 750 is less than 6900."""
    assert _within(part, whole, limit) == MET
    assert _within(part + 1, whole, limit) == NOT_MET
