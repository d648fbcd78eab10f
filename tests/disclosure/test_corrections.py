"""What corrections show: whoever was added, and whoever was taken out, is a group of people like any other.

The numbers are those of test_audit.py: about 10 is 10 to 12, about 15 is 13 to 17, about 25 is 23 to 27.
"""

from tests.disclosure.prints import YEAR_1, about, found, of_areas

AREAS = (("area",),)


def test_who_was_taken_out_is_a_group_of_their_own():
    """About 15 from the north, then about 10, three fewer in all: neither is small, but 1 to 3 were taken out."""
    before = of_areas(YEAR_1, 63, about(15), about(25), about(25))
    after = of_areas(YEAR_1, 60, about(10), about(25), about(25), 1)
    assert found(*before, *after, ways=AREAS) == {(*YEAR_1, "north")}
    assert found(*before, ways=AREAS) == found(*after, ways=AREAS) == set()


def test_whom_a_second_correction_takes_out_is_a_group_too():
    """The first correction changes no more than the total; the second takes 1 to 3 from the north."""
    releases = [
        of_areas(YEAR_1, 64, about(15), about(25), about(25)),
        of_areas(YEAR_1, 63, about(15), about(25), about(25), 1),
        of_areas(YEAR_1, 60, about(10), about(25), about(25), 2),
    ]
    assert found(*releases[0], *releases[1], ways=AREAS) == set()
    assert (*YEAR_1, "north") in found(*releases[0], *releases[1], *releases[2], ways=AREAS)


def test_a_correction_that_takes_out_enough_to_hide_among_shows_nobody():
    """About 30 from the north, then about 10: 16 to 22 were taken out, and no small group is shown."""
    before = of_areas(YEAR_1, 80, about(30), about(25), about(25))
    after = of_areas(YEAR_1, 60, about(10), about(25), about(25), 1)
    assert found(*before, *after, ways=AREAS) == set()
