"""How a number is shown: rounded as at school, with the decimals of its measure, thousands separated."""

from decimal import Decimal

import pytest

from ctanalysis.base.precision import as_shown, decimals, text

SHOWN = [
    # value, measure, status, what is shown
    (117_535, "sum", "exact", "117,535"),
    (0, "count", "exact", "0"),
    (2.5, "count", "exact", "3"),  # half away from zero, and not to the even number
    (-2.5, "count", "exact", "−3"),
    (57.66, "mean", "exact", "57.7"),
    (2.25, "mean", "exact", "2.3"),
    (50.0, "mean", "exact", "50.0"),  # the decimal stays, or it would look rounder than it is
    (0.745, "share", "exact", "74.5"),
    (0.745, "share", "rounded", "75"),
    (1, "share", "exact", "100.0"),
    (-0.04, "mean", "exact", "0.0"),  # nothing has no sign
]


@pytest.mark.parametrize("value, measure, status, shown", SHOWN)
def test_a_number_is_shown_with_the_decimals_of_its_measure(value, measure, status, shown):
    """Whole numbers of things, one decimal of a mean and of an exact share, none of a share of rounded numbers."""
    assert text(as_shown(value, measure, status), "en") == shown


@pytest.mark.parametrize("measure", ["count", "sum", "people", "level"])
@pytest.mark.parametrize("status", ["exact", "rounded"])
def test_things_have_no_decimals(measure, status):
    """However a count was published, it is of whole things."""
    assert decimals(measure, status) == 0


@pytest.mark.parametrize("locale, shown", [("en", "1,234.5"), ("ru", "1\N{NO-BREAK SPACE}234,5"), ("de", "1.234,5")])
def test_a_language_has_its_own_separators(locale, shown):
    """Thousands and decimals are separated as the language writes them."""
    assert text(Decimal("1234.5"), locale) == shown
