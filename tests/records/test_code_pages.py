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


UTF_8 = "Save it as CSV UTF-8."  # and no code page beside it
OTHERS = {  # words of other code pages, or of no sure one; and a page that would make other words of them unseen
    "a French word of one letter": ("cp1252", ("à Osh", "plain"), None),
    "a letter alone": ("cp1252", ("É.",), None),
    "Turkish": ("cp1254", ("Şişli", "Ayşe"), "cp1252"),
    "Turkish, one name": ("cp1254", ("Ayşe",), "cp1252"),
    "Polish and Czech": ("cp1250", ("Łódź", "Čapek"), "cp1252"),
    "Czech, one name": ("cp1250", ("Čapek",), "cp1252"),
    "Czech, in other places of a word": ("cp1250", ("Jiří", "Růžička"), "cp1252"),
    "Polish": ("cp1250", ("Gdańsk", "Kościuszko"), "cp1252"),
    "Serbian": ("cp1250", ("Petrović",), "cp1252"),
    "Romanian": ("cp1250", ("Brăila",), "cp1252"),
    "a Latin letter beside one Cyrillic letter": ("cp1251", ("Xа", "plain"), None),
    "Latin letters that look Cyrillic": ("cp1251", ("Aлo",), None),
    "DOS": ("cp866", ("Бишкек",), "cp1251"),
    "DOS, as Kazakh": ("cp866", ("Бишкек",), "ptcp154"),
    "KOI8": ("koi8-r", ("Бишкек",), "cp1251"),
    "KOI8, as Kazakh": ("koi8-r", ("Бишкек", "Ош"), "ptcp154"),
    "KOI8, small letters": ("koi8-r", ("кафе", "школа"), None),
    "KOI8, capitals": ("koi8-r", ("БИШКЕК", "ОШ"), None),
}


@pytest.mark.parametrize("case", OTHERS)
def test_no_code_page_is_advised_that_makes_other_words_of_them(tmp_path, case):
    """Each was once told to declare a page in which it is read without a finding, and a name as another: UTF-8 alone is
    advised now. Where such a page is declared, the file is refused; where it could as well be right, it is read.
    """
    encoding, names, declared = OTHERS[case]
    assert advice(of_names(tmp_path / "p", encoding, *names)).endswith(UTF_8)
    if declared:
        said = advice(of_names(tmp_path / "q", encoding, *names, declared=declared))
        assert f"the text is not in {declared}" in said or "wrong letters" in said


@pytest.mark.parametrize("names", [("Өмүрбек", "Ысык-Көл"), ("Үсөн", "Ош")])
def test_letters_that_one_cyrillic_page_has(tmp_path, names):
    """ң, ө and ү are in PTCP154 only: CP1251, which would make other letters of them, is neither advised nor taken."""
    said = advice(of_names(tmp_path / "p", "ptcp154", *names))
    assert '"encoding": "ptcp154"' in said and "cp1251" not in said
    assert of_names(tmp_path / "q", "ptcp154", *names, declared="ptcp154")["rows"]["name"].tolist() == list(names)
    assert "wrong letters" in advice(of_names(tmp_path / "r", "ptcp154", *names, declared="cp1251"))


FINE = {
    "a letter alone": ("cp1251", ("А1", "г. О")),
    "signs alone": ("cp1251", ("№ 5", "25°")),
    "names of firms": ("cp1251", ("МегаКом", "ОшГУ", "ОсОО «Ак-Суу»")),
    "Ukrainian": ("cp1251", ("Київ", "Єва")),
    "Tajik": ("ptcp154", ("Ҳисор", "Қӯрғонтеппа")),
    "a Latin letter typed among them": ("cp1251", ("Oш", "Xамид")),
    "money and measures": ("cp1252", ("£5", "25 m²", "½")),
    "Czech with letters that both have": ("cp1252", ("Žižek", "Novák")),
    "French, German, Portuguese": ("cp1252", ("Molière", "Größe", "São João", "où", "Cœur")),
}


@pytest.mark.parametrize("case", FINE)
def test_a_page_that_is_declared_rightly_is_read(tmp_path, case):
    """To the letter, though some of it could be of another page."""
    encoding, names = FINE[case]
    assert of_names(tmp_path / "p", encoding, *names, declared=encoding)["rows"]["name"].tolist() == list(names)
