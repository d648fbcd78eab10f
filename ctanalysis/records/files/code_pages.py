"""Which code page a text that is no UTF-8 may be of: one in which all its words look like words.

    words with letters beyond ASCII ─▶ as this page reads them ─▶ those that no language of the page writes so
    Ayþe, Èapek (Ayşe, Čapek as Western)    вЙЫЛЕЛ, ЃЁиЄҐЄ (Бишкек of KOI8 and of DOS as Cyrillic)

A page is named to people only where it shows itself: "à" of one is "а" of another, and either is a word.
"""

import re
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

CYRILLIC, KYRGYZ, WESTERN = "cp1251", "ptcp154", "cp1252"
MOST = 10_000  # different words that are looked at
FEW = 10  # of so many words one may be a name of another language
RUN = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
BETWEEN = re.compile("[’‘“”«»–—…•°№§\xa0]+")
AROUND = "„‚‹›¿¡ªº¹²³¼½¾£€¥¢¤±×÷µ·©®™¬"
RUSSIAN = "а-яёА-ЯЁ"
ALIKE = "ABCEHKMOPTXaceopxy"  # Latin letters that are Cyrillic ones to the eye
OWN = {  # the letters that words of a page may have: what it is named for, and all that it is there for
    CYRILLIC: (RUSSIAN, f"{RUSSIAN}іїєґўІЇЄҐЎ{ALIKE}"),
    KYRGYZ: (f"{RUSSIAN}ңөүҢӨҮ", f"{RUSSIAN}ңөүҢӨҮғӣқӯҳҷҒӢҚӮҲҶәұһіӘҰҺІўЎ{ALIKE}"),
}
TITLE = re.compile(f"[А-ЯЁӨҮ][{RUSSIAN}ңөү]*[а-яёңөү][{RUSSIAN}ңөү]*")
INVERTED = re.compile("[а-яё]+[А-ЯЁ].*|.*[а-яё][ЁЄЇҐЎІӘҰ].*")  # no word begins with a small letter before a capital
ACCENTED = "àâäçéêëîïôöûüÿñáíóúãõåæøœßèìòù"
VOWELS = "aeiouyàâäéêëîïôöûüáíóúãõåæøœèìòù"
NOT_WESTERN = re.compile(  # letters of cp1250 and cp1254, as cp1252 reads them: č ř ě ů ň ń ő ă ś ć
    rf"è(?=[{VOWELS}])|ø(?=[{VOWELS}])|[ìòù](?=\w)|ñ(?![{VOWELS}])|õ(?!e)|ã(?![oe]|$)|œ(?!u)|æ(?=[{VOWELS}])"
    rf"|(?<=[{VOWELS}])æ|[{ACCENTED}]{{3}}"
)


def words_of(path: Path) -> list[bytes]:
    """The different words of a file that have letters beyond ASCII, the first MOST of them."""
    with open(path, "rb") as file:
        found = (word for line in file for word in RUN.findall(line))
        return [*islice(dict.fromkeys(islice(found, MOST * FEW)), MOST)]


def fits(words: Iterable[bytes], page: str) -> bool:
    """Whether a page that is declared makes words of nearly all of them."""
    return _fits(_read(words, page), page, narrow=False)


def named(words: list[bytes]) -> tuple[str, ...]:
    """Those that can be named to people: several where they make the same of the words, none where it is not sure."""
    read = {page: _read(words, page) for page in (CYRILLIC, KYRGYZ, WESTERN)}
    sure = [page for page, texts in read.items() if _fits(texts, page, narrow=True) and _shows(texts, page)]
    return tuple(sure) if len({tuple(read[page] or ()) for page in sure}) == 1 else ()


def _read(words: Iterable[bytes], page: str) -> list[str] | None:
    """The words as a page reads them, without signs around and between; None where some byte is nothing in it."""
    try:
        texts = [part.strip(AROUND) for word in words for part in BETWEEN.split(word.decode(page))]
    except UnicodeDecodeError:
        return None
    return [text for text in texts if not text.isascii() and any(map(str.isalpha, text))]


def _fits(texts: list[str] | None, page: str, narrow: bool) -> bool:
    """Whether nearly all are words. narrow: of the languages that the page is named for."""
    if texts is None:
        return False
    if page == WESTERN:
        words = sum(_is_western(text, "" if narrow else "šžýÿ") for text in texts)
    else:
        letters = re.compile(f"[{OWN[page][0 if narrow else 1]}]+")
        words = sum(bool(letters.fullmatch(text)) and not INVERTED.fullmatch(text) for text in texts)
    return (len(texts) - words) * FEW <= len(texts)


def _is_western(text: str, more: str) -> bool:
    """Whether a Western language may write a word so: its letters, and at least one of English unless it is alone.

    more: letters that stand for the same in Western and in other pages.
    """
    low = text.lower()
    letters = re.fullmatch(f"[a-z{ACCENTED}{more}]+", low) and (len(low) == 1 or re.search("[a-z]", low))
    return bool(letters) and not NOT_WESTERN.search(low)


def _shows(texts: list[str] | None, page: str) -> bool:
    """Whether some word is sure to be of the page: Cyrillic ones with a capital, Western ones among Latin letters."""
    if page != WESTERN:
        return any(TITLE.fullmatch(text) for text in texts or ())
    latin = (re.sub("[^A-Za-z]", "", text) for text in texts or ())
    return any(len(letters) > 1 and not re.fullmatch(f"[{ALIKE}]*", letters) for letters in latin)
