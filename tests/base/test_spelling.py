"""What a reader would call the same word is the same word.

Files of the simplest kind read to the same words as all others.
"""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctanalysis.base.spelling import all_clean, ascii_joined, cleaned, lookalike, skeleton
from ctanalysis.project import load
from ctanalysis.records.files import gather
from ctanalysis.records.files import text as texts
from tests.generators import small
from tests.generators.wrong import file_of


@pytest.mark.parametrize(
    "typed", ["Ош", "Ош ", "\u00a0Ош", "Oш", "ОШ", "О\u200bш", "о\u00adш", "\ufeffОш", "ош\t", "ош"]
)
def test_osh_is_osh_however_it_is_typed(typed):
    """Blanks, invisible signs, capitals and a Latin O make no other place."""
    assert skeleton(typed) == skeleton("Ош")


@pytest.mark.parametrize(
    "one, other",
    [
        ("Ош", "Ошский"),
        ("Чүй", "Чуя"),
        ("Feminine", "Masculine"),
        ("10-17", "18-24"),
        ("KG-O", "KG-GO"),
        ("Талас", "Тала"),
    ],
)
def test_different_words_stay_different(one, other):
    """What a reader would tell apart is told apart."""
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize("dash", "-\u2010\u2011\u2012\u2013\u2014\u2212")
def test_a_dash_is_a_dash(dash):
    assert cleaned(f"10{dash}17") == "10-17"


def test_kyrgyz_letters_are_kept_and_composed():
    """ң, ө and ү are letters of their own; й typed as и with a sign is й."""
    assert cleaned("Ысык-Көл ң ү") == "Ысык-Көл ң ү"
    assert cleaned(unicodedata.normalize("NFD", "Нарын й ё")) == "Нарын й ё"


def test_letters_that_look_alike_are_alike_in_either_alphabet():
    """Every capital that Cyrillic shares with Latin, and Ү, which looks like Y."""
    assert skeleton("АВЕКМНОРСТУХҮІЅЈҺ") == skeleton("ABEKMHOPCTYXYISJH")
    assert lookalike("аеорсухіѕјһ") == "aeopcyxisjh"


def test_keys_keep_their_capitals():
    """P1 and p1 are two keys; a Cyrillic Р in one of them is seen."""
    assert (
        lookalike("P1") != lookalike("p1") and lookalike("Р1") == lookalike("P1") and lookalike("р1") == lookalike("p1")
    )


@given(st.text())
def test_cleaning_and_skeletons_settle(text):
    """Cleaning what is clean changes nothing, and a word and its cleaned form are the same word."""
    assert cleaned(cleaned(text)) == cleaned(text)
    assert skeleton(cleaned(text)) == skeleton(text)


@given(
    st.lists(st.text(alphabet="ab ", max_size=4), max_size=4)
    | st.lists(st.text(alphabet="ab \t\n\0ө", max_size=4), max_size=4)
)
def test_asking_all_words_at_once_is_asking_each(words):
    """all_clean promises what cleaned would do, and is true of every list of ASCII words that it leaves alone."""
    same = all(word.isascii() and cleaned(word) == word for word in words)
    assert all_clean(ascii_joined(words)) == same


# Two ways into the house, one result.

CELL = st.text(alphabet=st.sampled_from("ab1 -,;\"'\n\r\tөОo\u00a0"), max_size=4)
LINES = st.lists(st.lists(CELL, min_size=0, max_size=4).map(",".join), max_size=8)

SIMPLE = st.text(alphabet=st.sampled_from("ab1 -;'\tөОo\u00a0"), max_size=4)
EVEN = st.lists(st.lists(SIMPLE, min_size=3, max_size=3).map(",".join), max_size=8)


def gathered(folder):
    """What is gathered of the small table: words by row and field, row numbers, issues and findings."""
    project = load(folder)
    found = gather(project, project.package.tables["rows"])
    rows = list(zip(*([found.words[name][code] for code in found.codes[name]] for name in found.codes), strict=True))
    return rows, found.row.tolist(), [note[1:] for note in found.issues], found.findings


@settings(max_examples=150, deadline=None)
@given(LINES | EVEN, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.booleans())
def test_files_of_the_simplest_kind_read_to_the_same_words(tmp_path_factory, lines, ending, ended, marked):
    """Read by pandas or by csv: the same rows, numbers, issues and findings, whatever stands in the lines."""
    folder = small.write(
        tmp_path_factory.mktemp("plain") / "p", "id", 'measure = "count"\ntable = "rows"\ndate = "day"'
    )
    package = (folder / "datapackage.json").read_text(encoding="utf-8")
    names = [field["name"] for field in small.FIELDS]
    width = 3
    for name in names[width:]:
        package = drop_field(package, name)
    (folder / "datapackage.json").write_text(package, encoding="utf-8")
    content = ending.join([",".join(names[:width]), *lines]) + (ending if ended else "")
    (folder / "records/rows.csv").write_bytes(content.encode("utf-8-sig" if marked else "utf-8"))
    plain = gathered(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts, "_is_even", lambda *_: False)
        assert gathered(folder) == plain


def drop_field(package, name):
    import json

    package = json.loads(package)
    schema = package["resources"][0]["schema"]
    schema["fields"] = [field for field in schema["fields"] if field["name"] != name]
    return json.dumps(package)


def test_the_simplest_kind_is_really_read_the_fast_way():
    """The shipped tables without quotation marks are.

    Otherwise the comparison above would compare one way with itself.
    """
    from ctanalysis.evaluation import SHIPPED

    project = load(SHIPPED)
    table = project.package.tables["consultations"]
    _header, pieces = texts.plain(SHIPPED / file_of(table.name), table)
    assert sum(len(numbers) for numbers, _ in pieces) == 13394
