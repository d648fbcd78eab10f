"""Letters of text files that are not UTF-8: no code page is advised that makes wrong letters of right ones."""

import pytest

from ctanalysis.records import UNREAD
from tests.generators.sent import field, surveyed

NAMES = [field("name")]


def of_names(folder, encoding, *names, declared=None):
    """The Records of a text file in an encoding, of a table that declares one."""
    text = "id,day,name\n" + "".join(f"r{row},2014-01-02,{name}\n" for row, name in enumerate(names, 2))
    table = {"encoding": declared} if declared else {}
    return surveyed(folder, NAMES, text.encode(encoding), name="rows.csv", table=table)


def advice(found):
    [finding] = found.of(UNREAD)
    return str(finding)


@pytest.mark.parametrize("names", [("Café", "Zoë"), ("Sørensen",), ("l’église", "Müller"), ("naïve", "plain")])
def test_western_letters(tmp_path, names):
    """cp1252 is advised, and no Cyrillic code page, which would read é as й. Followed, the names are right."""
    said = advice(of_names(tmp_path / "p", "cp1252", *names))
    assert '"encoding": "cp1252"' in said and "cp1251" not in said and "ptcp154" not in said
    found = of_names(tmp_path / "q", "cp1252", *names, declared="cp1252")
    assert found["rows"]["name"].tolist() == list(names)


@pytest.mark.parametrize("names", [("Айгуль", "Бишкек"), ("Ош", "Каракол", "Cafe Ала-Тоо")])
def test_cyrillic_letters(tmp_path, names):
    """cp1251 is advised as before, and no Western code page. Followed, the names are right."""
    said = advice(of_names(tmp_path / "p", "cp1251", *names))
    assert '"encoding": "cp1251"' in said and "cp1252" not in said
    found = of_names(tmp_path / "q", "cp1251", *names, declared="cp1251")
    assert found["rows"]["name"].tolist() == list(names)


@pytest.mark.parametrize(
    ("encoding", "names", "declared", "words"),
    [
        ("cp1252", ("Café", "Zoë"), "cp1251", "Western"),
        ("cp1252", ("Café", "Zoë"), "ptcp154", "Western"),
        ("cp1251", ("Бишкек",), "cp1252", "Cyrillic"),
    ],
)
def test_a_code_page_that_would_make_wrong_letters(tmp_path, encoding, names, declared, words):
    """Declared wrongly, é would be read as й without a word, and Б as Á: the file is refused."""
    said = advice(of_names(tmp_path / "p", encoding, *names, declared=declared))
    assert words in said and "wrong letters" in said and not any(name in said for name in names)


@pytest.mark.parametrize("encoding", ["cp1251", "cp1252"])
def test_signs_that_both_code_pages_have(tmp_path, encoding):
    """Quotation marks and degrees are the same bytes in both: whichever is declared, the text is what it was."""
    names = ["«Ala-Too»", "25°C", "\u201cUmut\u201d \u2013 \u2026"]
    assert of_names(tmp_path / "p", encoding, *names, declared=encoding)["rows"]["name"].tolist() == names


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_letters_of_dos_and_of_old_macintoshes(tmp_path, encoding):
    """é is another byte there; cp1252 would read it as a sign, so only UTF-8 is advised."""
    said = advice(of_names(tmp_path / "p", encoding, "Caféine", "Zoë"))
    assert "CSV UTF-8" in said and '"encoding"' not in said
