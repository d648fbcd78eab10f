"""Why no median of people who were trafficked is told, not even to date, at year ends, of at least 20, rounded."""

from itertools import product

PRINTED = ((21, 30), (23, 35), (25, 40))  # to the end of each of three years: of how many people, and the median age
BANDS = ("to 32", "33 to 37", "38 to 42", "43 and more")  # what is told as 30, 35 and 40 to the nearest five, and above
BAND_OF = {30: 0, 35: 1, 40: 2}


def test_three_medians_show_a_single_person():
    """Every way in which people may have the three medians has one person of 33 to 37, and no other number.

    By hand: of 21 people with the median in "to 32" at least 11 are there. Of 23 the middle one is the 12th, who is 33
    to 37: so of these 23 at most 11 are to 32, and somebody is 33 to 37. Of 25 the middle one is the 13th, who is 38 or
    older, so at most 12 are to 37: the 11, and one.
    """
    assert {cells[1] for cells in ways_of_the_second_year()} == {1}


def ways_of_the_second_year():
    """How many people may be in each band at the second year's end: nobody leaves, all three medians as told."""
    (first, one), (second, two), (third, three) = PRINTED
    for before in spread(first):
        if median_is_in(before, BAND_OF[one]):
            for cells in more(before, second - first):
                later = more(cells, third - second)
                if median_is_in(cells, BAND_OF[two]) and any(median_is_in(last, BAND_OF[three]) for last in later):
                    yield cells


def spread(number):
    """Every way to put so many people into the bands."""
    found = product(range(number + 1), repeat=len(BANDS) - 1)
    return [(*cells, number - sum(cells)) for cells in found if sum(cells) <= number]


def more(cells, number):
    return [tuple(map(sum, zip(cells, others, strict=True))) for others in spread(number)]


def median_is_in(cells, band):
    """Whether the middle one of an odd number of people is in a band."""
    middle = sum(cells) // 2 + 1
    return sum(cells[:band]) < middle <= sum(cells[: band + 1])
