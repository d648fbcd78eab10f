"""The waiting rule: examples that can be followed with a pencil, and the same by brute force."""

from itertools import product
from math import isnan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctanalysis.disclosure import waiting
from ctanalysis.disclosure.waiting import Bounds, Class, Node, Shown, Side, Split, shares
from tests.oracles import waiting as oracle

SEX = Split(Side("women", ("female",)), Side("men", ("male",)))
FORMS = waiting.chain({"labour": ["labour"], "sexual": ["sexual"], "other": ["other"]})


def classes(growths, left, few=10):
    """Growths of everybody and of the left side between nodes -> the classes told, as pairs."""
    totals = [sum(growths[: place + 1]) for place in range(len(growths))]
    counts = [sum(left[: place + 1]) for place in range(len(left))]
    return [tuple(one) for one in waiting.classes_told(counts, totals, few)]


def words(told, side, round_to=10):
    return [waiting.shown(one.one, 10, round_to).in_words(10) for one in told if one.side == side]


# --- One node ------------------------------------------------------------------------------------


def test_a_first_year_of_27():
    """18 women and 9 men of 27: nine men are few, so that all with 18 women and more are one class.

    0-9 women are one class as well; 10 to 17 are numbers, as ten stand on either side.
    """
    assert classes([27], [18]) == [(18, 27)]
    assert classes([27], [27]) == [(18, 27)]
    assert classes([27], [9]) == classes([27], [0]) == [(0, 9)]
    assert [classes([27], [women]) for women in range(10, 18)] == [[(women, women)] for women in range(10, 18)]


@pytest.mark.parametrize(
    ("people", "women", "told"),
    [
        (0, 0, (0, 0)),  # nobody: everybody knows that there are no women
        (1, 1, (0, 1)),
        (9, 4, (0, 9)),  # fewer than ten: nothing but the total
        (10, 10, (0, 10)),  # 0-9 | 10 would say that one man or more is there
        (18, 9, (0, 18)),  # 0-9 leaves 9-18 men: then at least one man is there, and he may be one of 18
        (19, 9, (0, 9)),
        (19, 10, (10, 19)),
        (20, 10, (10, 10)),  # ten on either side
        (20, 11, (11, 20)),
        (21, 11, (11, 11)),
    ],
)
def test_one_node(people, women, told):
    assert classes([people], [women]) == [told]


def test_one_node_says_the_same_of_both_sides():
    """At the first node it does not matter which side comes first."""
    for people in range(19, 60):
        for women in range(people + 1):
            low, high = classes([people], [women])[0]
            assert classes([people], [people - women]) == [(people - high, people - low)]


# --- More nodes: the wait --------------------------------------------------------------------------


def test_the_shipped_project():
    """2.2 by sex: 18 of 27, then 40 of 70, then 73 of 128.

    The first year waits for a tenth man; the second has 22 more women and 21 more men; so has the third.
    """
    nodes = [
        Node("2012-09-30", {"female": 18, "male": 9}),
        Node("2013-09-30", {"female": 40, "male": 30}),
        Node("2014-09-30", {"female": 73, "male": 55}),
    ]
    told = waiting.told(SEX, nodes, 10)
    assert words(told, "women", round_to=1) == ["18–27", "40", "73"]
    assert words(told, "men", round_to=1) == ["fewer than 10", "30", "55"]
    assert words(told, "women") == ["18–27", "40", "70"]
    assert words(told, "men") == ["fewer than 10", "30", "60"]


def test_nine_more_men_are_waited_for():
    """20 | 20 is told. Nine men more: 30-39 women of 49, anchored where they were. The next one tells both years."""
    assert classes([40, 19], [20, 10]) == [(20, 20), (30, 39)]
    assert classes([40, 20], [20, 10]) == [(20, 20), (30, 30)]
    assert classes([40, 19, 21], [20, 10, 10]) == [(20, 20), (30, 39), (40, 40)]


def test_what_is_told_later_narrows_no_earlier_year_to_a_few():
    """5 women of 9, then 25 of 30. Told as it is, 25 would mean at least four women among the first nine, of whom
    nothing is told: 21 to 30 women leave it open that there were none.
    """
    assert classes([9, 21], [5, 20]) == [(0, 9), (21, 30)]


def test_a_year_without_anybody_tells_nothing_new():
    assert classes([27, 0, 43], [18, 0, 22]) == [(18, 27), (18, 27), (40, 40)]
    assert classes([20, 0], [10, 0]) == [(10, 10), (10, 10)]


@pytest.mark.parametrize(("women", "people"), [((12, 11), (24, 30)), ((12, 18), (24, 29)), ((12, 12), (24, 23))])
def test_nobody_leaves_and_nobody_changes_sides(women, people):
    """A struck record stays in its breakdown; a side that falls is refused, with no number in the words."""
    with pytest.raises(ValueError, match="has fallen: nobody leaves") as refused:
        waiting.classes_told(women, people, 10)
    assert not any(letter.isdigit() for letter in str(refused.value))


# --- Trees -----------------------------------------------------------------------------------------


def forms(*counts):
    return [
        Node(f"{2012 + place}-09-30", dict(zip(["labour", "sexual", "other"], one, strict=True)))
        for place, one in enumerate(counts)
    ]


def test_a_chain_waits_for_what_is_above_it():
    """16 | 19 are numbers, and the 14 | 5 of the 19 are a class, as fewer than ten are on one side. A year later
    49 | 42 are numbers, and the 42 are 30 | 12: by then ten are on either side.
    """
    told = waiting.told(FORMS, forms((16, 14, 5), (49, 30, 12)), 10)
    assert words(told, "labour", 1) == ["16", "49"]
    assert words(told, "all but labour", 1) == ["19", "42"]
    assert words(told, "sexual", 1) == ["10–19", "30"]
    assert words(told, "other", 1) == ["fewer than 10", "12"]


def test_where_the_split_above_is_a_range_the_one_within_it_is_not_told():
    """29 labour of 35: at most nine others. Whatever they are says nothing, and adds nothing to what is said."""
    for inside in [(6, 0), (3, 3), (0, 6)]:
        told = waiting.told(FORMS, forms((29, *inside)), 10)
        assert words(told, "labour", 1) == ["26–35"]
        assert words(told, "sexual", 1) == words(told, "other", 1) == ["fewer than 10"]
        assert [one.is_split for one in told] == [True, True, False, False]


def test_what_follows_of_a_split_that_waits():
    """10 | 12 of 22 others were told; then the others are 22-31: of the sexual there are 10 to 19."""
    told = waiting.told(FORMS, forms((20, 10, 12), (50, 12, 13)), 10)
    assert words(told, "all but labour", 1) == ["22", "22–31"]
    assert words(told, "sexual", 1) == ["10", "10–19"]
    assert words(told, "other", 1) == ["12", "12–21"]


def test_sex_by_age_as_one_tree():
    """Girls and boys are split from women and men, where both are told as numbers."""
    girls = Split(Side("adult women", ("wa",)), Side("girls", ("wc",)))
    boys = Split(Side("adult men", ("ma",)), Side("boys", ("mc",)))
    tree = Split(Side("women", ("wa", "wc"), girls), Side("men", ("ma", "mc"), boys))
    told = waiting.told(tree, [Node("2012-09-30", {"wa": 20, "wc": 11, "ma": 18, "mc": 2})], 10)
    assert {one.side: tuple(one.one) for one in told} == {
        "women": (31, 31),
        "men": (20, 20),
        "adult women": (20, 20),
        "girls": (11, 11),
        "adult men": (11, 20),
        "boys": (0, 9),
    }


def test_fine_categories_are_told_once_at_the_end():
    """And the chain of them stops at the first that is no number: begging and servitude stay together."""
    tree = waiting.chain({"labour": ["labour"], "other": ["begging", "servitude", "organs"]})
    first = Node("2012-09-30", {"labour": 20, "begging": 10, "servitude": 10, "organs": 10})
    last = Node("2013-09-30", {"labour": 40, "begging": 30, "servitude": 15, "organs": 2}, is_end=True)
    told = waiting.told(tree, [first, last], 10)
    assert [one.side for one in told if one.day == first.day] == ["labour", "other"]
    at_end = {one.side: (tuple(one.one), one.is_split) for one in told if one.day == last.day}
    assert at_end["begging"] == ((30, 30), True)
    assert at_end["other but begging"] == ((17, 17), True)
    assert at_end["servitude"] == ((0, 17), True)


# --- What is printed ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "printed"),
    [
        ((0, 9), "fewer than 10"),
        ((0, 0), "0"),
        ((10, 10), "10"),
        ((14, 14), "10"),
        ((15, 15), "20"),
        ((38, 47), "38–47"),  # not "fewer than ten more than 40": that is not so of 38
        ((0, 18), "0–18"),
        ((0, 4), "0–4"),
    ],
)
def test_shown_to_the_nearest_ten(one, printed):
    assert waiting.shown(Class(*one), 10, 10).in_words(10) == printed


def test_a_print_says_for_what_it_can_stand():
    """Every number that rounds to it, but none of fewer than ten, since a small number is never a class by itself."""
    for number in range(10, 120):
        for base in (1, 5, 10):
            told = waiting.shown(Class(number, number), 10, base)
            alike = [n for n in range(10, 200) if waiting.shown(Class(n, n), 10, base).value == told.value]
            assert (told.low, told.high) == (alike[0], alike[-1])


def test_a_year_is_the_difference_of_two_prints():
    forty, seventy = waiting.shown(Class(40, 40), 10, 10), waiting.shown(Class(73, 73), 10, 10)
    assert waiting.between(forty, seventy).value == 30
    assert waiting.between(Shown(None, 18, 27), Shown(40, 40, 40)) == Shown(None, 13, 22)


def test_a_year_is_no_more_than_everybody_who_came():
    """Five came in the year: no more of either side. Where nobody came, none is exact, whatever was printed."""
    one, other = Shown(None, 18, 27), Shown(None, 18, 32)
    assert waiting.between(one, other, growth=5) == Shown(None, 0, 5)
    assert waiting.between(one, other, growth=0) == Shown(0, 0, 0)


@pytest.mark.parametrize(
    ("one", "whole", "printed"),
    [
        ((60, 60), 81, (0.74, "rounded")),  # 74.07
        ((15, 15), 24, (0.63, "rounded")),  # 62.5: halves up
        ((29, 29), 200, (0.15, "rounded")),  # 14.5, which is 14 in a computer's numbers
        ((0, 9), 27, "0–34 %"),  # 33.3: the range holds all of the class
        ((18, 27), 27, "66–100 %"),  # 66.7
        ((0, 7), 7, "0–100 %"),
    ],
)
def test_a_share_in_whole_per_cent(one, whole, printed):
    value, status = shares.per_cent(Class(*one), whole)
    assert (value, status) == printed if isinstance(printed, tuple) else (isnan(value) and status == printed)


def test_the_share_of_a_year_follows_from_the_classes_at_both_its_ends():
    """20 counted by the first year and 50 by the second: 30 of the 40 who came. Beside a range there is a range."""
    assert shares.growth(Class(20, 20), Class(50, 50), 40) == (30, 30)
    assert shares.growth(Class(18, 27), Class(50, 50), 30) == (23, 30)
    assert shares.growth(Class(0, 9), Class(0, 9), 5) == (0, 5)


# --- The same by brute force -------------------------------------------------------------------------


def histories(growths, few):
    """Every way in which classes can be told of these growths, by the library: {(class, class, ...)}."""
    found = {(): Bounds()}
    for growth in growths:
        found = {
            (*told, tuple(one)): grown.narrowed(*one)
            for told, bounds in found.items()
            for grown in [bounds.grown(bounds.totals[-1] + growth)]
            for one in waiting.finest_classes(grown, few)
        }
    return found


@pytest.mark.parametrize("few", [2, 3, 4])
def test_the_classes_are_those_of_brute_force(few):
    """Of every three growths of at most six people, whatever was told before."""
    for growths in product(range(7), repeat=3):
        assert set(histories(growths, few)) == oracle.histories(growths, few), growths


@pytest.mark.parametrize("growths", [(27, 43), (12, 25), (9, 9, 9), (19, 10, 8), (3, 24, 11)])
def test_the_classes_are_those_of_brute_force_at_the_real_threshold(growths):
    assert set(histories(growths, 10)) == oracle.histories(growths, 10)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=5), st.data())
@settings(max_examples=150, deadline=None)
def test_what_was_told_is_told_again(growths, data):
    """A series told up to a node is the beginning of the series told later."""
    left = [data.draw(st.integers(0, growth)) for growth in growths]
    told = classes(growths, left)
    assert all(classes(growths[:count], left[:count]) == told[:count] for count in range(len(growths)))


@given(st.lists(st.integers(0, 40), min_size=1, max_size=5), st.data())
@settings(max_examples=150, deadline=None)
def test_the_same_totals_and_classes_say_the_same_next(growths, data):
    """Two registers with the same totals and classes up to a node: the next class is cut from the same classes.

    And every number of a class is in it: what is told is true, and the other side's class is what remains.
    """
    one, other = ([data.draw(st.integers(0, growth)) for growth in growths] for _ in range(2))
    first, second = classes(growths, one), classes(growths, other)
    for place in range(len(growths)):
        low, high = first[place]
        assert low <= sum(one[: place + 1]) <= high
        if first[:place] == second[:place]:
            assert first[place] == second[place] or not (low <= sum(other[: place + 1]) <= high)
