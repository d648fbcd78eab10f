"""A word that may mean two categories, or two columns, is asked about, and never advised as another spelling of one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctanalysis.base.nearness import Nearness
from ctanalysis.evaluation import SHIPPED
from ctanalysis.project import load
from ctanalysis.records import HELD_BACK, hints, several
from tests.generators.sent import by_key, field, surveyed

PLACES = {
    "KG-O": ["Osh oblast", "Ошская область", "Ош облусу", "Ошская обл."],
    "KG-GO": ["Osh city", "город Ош", "Ош шаары", "г. Ош"],
    "KG-GB": ["Bishkek city", "город Бишкек", "Бишкек"],
    "KG-B": ["Batken", "Баткенская область"],
}
CATEGORIES = [{"value": code, "label": words[0], "alternatives": words[1:]} for code, words in PLACES.items()]


@pytest.mark.parametrize(
    ("word", "means"),
    [
        ("Ош", ["KG-O", "KG-GO"]),
        ("Oш", ["KG-O", "KG-GO"]),  # a Latin O
        ("osh", ["KG-O", "KG-GO"]),
        ("OSH.", ["KG-O", "KG-GO"]),
        ("Ошский", ["KG-O", "KG-GO"]),
        ("г.Оша", ["KG-O", "KG-GO"]),
        ("город", ["KG-GO", "KG-GB"]),
        ("область", ["KG-O", "KG-B"]),
        ("KG", ["KG-O", "KG-GO", "KG-GB", "KG-B"]),
        ("Ошская облсть", ["KG-O"]),  # a slip
        ("Ош обл", ["KG-O"]),
        ("Osh City centre", ["KG-GO"]),
        ("Баткен", ["KG-B"]),
        ("Batkn", ["KG-B"]),
        ("Бишкекк", ["KG-GB"]),
        ("Москва", []),
        ("18-24", []),
        ("", []),
        ("г", []),
        ("Ош " * 100, []),  # a text, and no name
    ],
)
def test_what_a_word_may_mean(word, means):
    assert Nearness({code: [code, *words] for code, words in PLACES.items()}).of(word) == means


def places(folder, word):
    """A file with two places, the second of them spelt as nobody knows it."""
    rows = [["id", "day", "place"], ["r2", "2014-01-02", "KG-B"], ["r3", "2014-01-03", word]]
    return surveyed(folder, [field("place", categories=CATEGORIES)], rows, name="rows.csv")


@pytest.mark.parametrize("word", ["Ош", "Osh", "Ошский", "город", "KG"])
def test_a_name_of_two_places_is_asked_about(tmp_path, word):
    """Listed as an alternative of the oblast, all of the city's rows would be counted there. The row waits; written as
    it was meant, it is right.
    """
    [finding] = places(tmp_path / "p", word).of(HELD_BACK)
    assert finding.do == hints.WHICH and "alternatives" not in finding.do and word not in str(finding).split()
    assert by_key(places(tmp_path / "city", "г. Ош"), "place") == {"r2": "KG-B", "r3": "KG-GO"}


@pytest.mark.parametrize("word", ["Баткен", "Ошская облсть", "Москва"])
def test_another_spelling_of_one_is_still_an_alternative(tmp_path, word):
    [finding] = places(tmp_path / "p", word).of(HELD_BACK)
    assert '"alternatives"' in finding.do


AID = [{"value": "shelter", "label": "Shelter"}, {"value": "aid", "label": "Legal aid"}]


@pytest.mark.parametrize(
    ("word", "between"),
    [
        ("shelter legal", " "),
        ("food water", " "),
        ("Shelter spa", " "),
        ("shelter, spa", ","),
        ("food;water", ";"),
        ("aa/b", "/"),
        ("x\ny", "\\n"),
    ],
)
def test_several_words_of_which_not_all_are_known(tmp_path, word, between):
    """As the first lists of a file come: never advised as another spelling alone."""
    rows = [["id", "day", "x"], ["r2", "2014-01-02", word], ["r3", "2014-01-03", "Shelter"]]
    [finding] = surveyed(tmp_path / "p", [field("x", categories=AID)], rows).of(HELD_BACK)
    assert finding.do == several.PERHAPS_SEVERAL.format(between=between)


@pytest.mark.parametrize("word", ["Legal ayd", "Sheltr", "spa", "Legal aids", "a word of its own " * 5])
def test_several_words_that_are_one(tmp_path, word):
    rows = [["id", "day", "x"], ["r2", "2014-01-02", word]]
    [finding] = surveyed(tmp_path / "p", [field("x", categories=AID)], rows, name="rows.csv").of(HELD_BACK)
    assert finding.do.startswith("Correct it; where it is another spelling of one of them")


SHARED = st.text("абвгдеж", min_size=2, max_size=6)


@settings(max_examples=200, deadline=None)
@given(SHARED, st.lists(SHARED, min_size=2, max_size=5, unique=True))
def test_a_stem_of_several_is_always_asked_about(stem, endings):
    """Whatever a stem is: where two or more categories begin with it, it is advised as another spelling of none."""
    known = Nearness({str(number): [f"{stem}{ending} область"] for number, ending in enumerate(endings)})
    assert len(known.of(stem)) == len(endings)
    assert hints.of_category(stem, (), known) == hints.WHICH


@pytest.mark.long
def test_many_words_that_are_no_category_take_no_time(tmp_path):
    """A column of 40,000 different words is another column: nobody compares each with each."""
    rows = [["id", "day", "place"], *([f"r{n}", "2014-01-02", f"Ош {n}x"] for n in range(40_000))]
    found = surveyed(tmp_path / "p", [field("place", categories=CATEGORIES)], rows, name="rows.csv")
    [finding] = (one for one in found.of(HELD_BACK) if one.rule == "category")
    assert len(finding.rows) == 40_000


def test_no_shipped_spelling_means_two_places():
    """Every spelling of the shipped places means its own, as the list says; a stem of the two Oshes is asked about."""
    known = load(SHIPPED).package.tables["events"].fields["oblast"].categories
    near = Nearness({one.value: one.spellings for one in known})
    assert near.of("Ош") == ["KG-O", "KG-GO"]
    assert all(near.of(word)[:1] for one in known for word in one.spellings)
