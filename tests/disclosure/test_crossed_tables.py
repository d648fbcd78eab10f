"""When a table by two things at once is asked for: only where its margins are large enough for all its cells.

The policy hides fewer than 10 and allows three categories of each thing, with "not recorded" four: a margin of 40 can
be shared out to four cells of 10. With a margin of 39, that the table is withheld could tell of a small cell.
"""

import pytest

from ctanalysis.disclosure.withholding import decided
from tests.disclosure.prints import YEAR_1, about, exactly, printed
from tests.generators import linked_projects as linked

AREAS = ("north", "south", "west")


def told(women, area, **rule):
    """Which tables of a year are told, where so many women are printed, and so many people in each of three areas."""
    men = 3 * area - women
    cells = [
        (YEAR_1, "total", "all", exactly(3 * area)),
        (YEAR_1, "sex", "female", about(women)),
        (YEAR_1, "sex", "male", about(men)),
        *((YEAR_1, "area", name, about(area)) for name in AREAS),
        *((YEAR_1, "sex × area", f"female × {name}", about(15)) for name in AREAS),
        *((YEAR_1, "sex × area", f"male × {name}", about(5 * round(men / 15))) for name in AREAS),
    ]
    frame = printed(*cells, code="crossed").drop(columns="version")
    frame = frame.assign(narrow=frame["disaggregation"] != "total", allowed=True)
    project = linked.with_sheets("crossed", ways=(("sex",), ("area",), ("sex", "area")), **rule)
    return {way for *_, way in decided(frame, project)}


@pytest.mark.parametrize("women, area", [(39, 40), (40, 39)])
def test_with_one_margin_of_39_the_table_by_two_is_not_asked(women, area):
    """One margin that is too small for four cells of 10 is enough, by either thing."""
    assert told(women, area) == {"sex", "area"}


def test_with_margins_of_40_the_table_by_two_is_told():
    """Each margin has room for four cells of 10, and nothing is opened."""
    assert told(40, 40) == {"sex", "area", "sex × area"}


def test_the_margin_follows_from_the_number_of_categories():
    """Where the policy allows two categories, three cells of 10 are enough: with "not recorded" 30, and not 29."""
    assert "sex × area" in told(40, 30, two_way_categories=2)
    assert "sex × area" not in told(40, 29, two_way_categories=2)
