"""Words by which a row says that it is a total, in the languages of this region."""

import re
from collections.abc import Collection, Iterable
from functools import cache
from itertools import islice

from babel.dates import get_month_names

from ctanalysis.base.spelling import UPPER, skeleton

TOTALS = (
    "total",
    "totals",
    "grand total",
    "subtotal",
    "sub-total",
    "итого",
    "всего",
    "итог",
    "итоги",
    "подитог",
    "жыйынтыгы",
    "жыйынтык",
    "бардыгы",
    "барлыгы",
    "баардыгы",
    "жалпы саны",
    "жалпысынан",
    "жалпы жыйынтык",
    "overall total",
    "σ",
    "∑",
    "баары",
    "жалпы",
    "ҷамъ",
    "ҳамагӣ",
    "jami",
    "барлығы",
    "общий итог",
    "промежуточный итог",
    "итого общий",
    "общая сумма",
    "сумма",
    "жами",
    "ҷамъи умумӣ",
    "жалпы жыйынтыгы",
    "umumiy jami",
)
IN_ROOTS = ("l", "m", "g")  # each of them has one of these, which is found sooner
UNSURE = ("sum", "overall")  # words with another meaning
ROOTS = ("total", "sum", "jami", "itogo", "overall")  # of those that are written in plain ASCII
OF_WHAT = ("for", "of", "in", "за", "по", "на", "в", "боюнча")  # as in "Total for March"
LONGEST = 60  # characters: a longer text is no heading and no total
LONGEST_ENDING = 40  # of one that only ends with such words
SIGNS = ':.,;=()"«» -'  # around a word, not of it
WORDS = {skeleton(word) for word in TOTALS}
FIRST = {word[0] for word in WORDS}
LAST = {word[-1] for word in WORDS}
BEGINNINGS = {letter for letter in map(chr, range(0x530)) if skeleton(letter)[:1] in FIRST}  # of Latin and Cyrillic
ENDINGS = {letter for letter in map(chr, range(0x530)) if skeleton(letter)[:1] in LAST}
BEGINNINGS |= {word[0] for word in WORDS}
BETWEEN = {skeleton(word) for word in OF_WHAT}
BEHIND = skeleton("боюнча")  # stands behind what it is of
PHRASES = "|".join(re.escape(word) for word in sorted(WORDS, key=len, reverse=True))
OF = "|".join(re.escape(word) for word in BETWEEN)
ALONE = re.compile(f"(?:.* {BEHIND} )?(?:{PHRASES})(?: (?:{OF}) .*| {BEHIND})?")
PERHAPS = re.compile(f"(?:{PHRASES}|{'|'.join(map(skeleton, UNSURE))})(?:[ ._/#№-]{{1,2}}[0-9]+)?")
BESIDE = re.compile(f"(?:{PHRASES})(?:[,:.;=(]| - ).*|(?=.*[^\\W\\d_]{{2}} |(?:19|20)[0-9]{{2}} ).* (?:{PHRASES})")
BEGINS = re.compile(f"(?:{PHRASES})(?:[ :.=].*)?")
WITH_MORE = re.compile(f"(?:{PHRASES})(?:[ :.=,;(]| - )(?P<more>.*)")
WITHIN = re.compile(f"(?:^|[\\W_])(?:{PHRASES})(?:$|[\\W_])")
ANY = (*WORDS, *map(skeleton, UNSURE))
SHORTEST = [word for word in ANY if not any(other != word and other in word for other in ANY)]
ALIKE = [(chr(letter), chr(alike)) for letter, alike in UPPER.items()]
AT_A_TIME = 20_000  # texts
A_PERIOD = re.compile("(?:FY ?)?[0-9].*|[QH] ?[1-4].*|[IVX]+ .*")  # of a skeleton
LANGUAGES = ("en", "ru", "ky")  # of months


def is_total(word: str, with_more: bool = False, of_key: bool = False) -> bool:
    """Whether a text says total, alone or of what: 'Total', 'Итого за март'.

    with_more: also where other words stand before it, or behind a sign: 'Бишкек Итог', '2014 Total', 'Total, March'.
    of_key: also where it only begins so, as 'Total March', which may be a name in any other column.
    """
    if len(word) > LONGEST or not _may_be(word):  # a table can have a million words
        return False
    plain = skeleton(word).strip(SIGNS)
    if ALONE.fullmatch(plain) or (of_key and BEGINS.fullmatch(plain)):
        return True
    beside = (with_more or of_key) and BESIDE.fullmatch(plain)
    return bool(beside) and (bool(BEGINS.match(plain)) or len(plain) <= LONGEST_ENDING)


def may_be_total(word: str) -> bool:
    """Whether a text says total, alone, of what or with a number ('Итого-1'), or has a word that may mean it."""
    if len(word) > LONGEST or not _may_be(word):
        return False
    plain = skeleton(word).strip(SIGNS)
    return bool(ALONE.fullmatch(plain) or PERHAPS.fullmatch(plain))


def with_total(words: Iterable[str]) -> list[str]:
    """Those of many texts that have a word for a total somewhere; they are looked at together first."""
    found, rest = [], iter(words)
    while block := [*islice(rest, AT_A_TIME)]:
        there = _there("\0".join(block))
        found += [word for word in block if there and len(word) <= LONGEST and _holds(_upper(word), there)]
    return found


def _there(joined: str) -> list[str]:
    """The words for a total, by those that no other one of them is in, that many texts have."""
    if joined.isascii() and not any_may_be(joined):
        return []
    plain = _upper(joined)
    return [word for word in SHORTEST if word in plain]


def _upper(text: str) -> str:
    """A text as its skeleton is, but for blanks and dashes: many at once."""
    text = text.upper()
    for letter, alike in () if text.isascii() else ALIKE:  # faster than str.translate
        text = text.replace(letter, alike)
    return text


def _holds(plain: str, there: Iterable[str]) -> bool:
    return any(word in plain for word in there) and bool(WITHIN.search(plain) or PERHAPS.fullmatch(plain.strip(SIGNS)))


def any_may_be(joined: str) -> bool:
    """Whether any of many texts of plain ASCII, joined, may be such a one: they are looked at together."""
    lower = joined.lower()
    return any(letter in lower for letter in IN_ROOTS) and any(root in lower for root in ROOTS)


def is_named_so(word: str, known: Collection[str]) -> bool:
    """Whether a text that begins with a word for a total may be a name: 'Jami Foundation', and not 'Total March'.

    It is none alone or of what ('Total for March'), before a period, or before a word that is known. known: skeletons.
    """
    plain = skeleton(word).strip(SIGNS)
    found = None if len(word) > LONGEST or ALONE.fullmatch(plain) else WITH_MORE.fullmatch(plain)
    more = found["more"].strip(SIGNS) if found else ""
    return bool(more) and more not in known and not A_PERIOD.fullmatch(more) and more.split()[0] not in _months()


@cache
def _months() -> set[str]:
    """The skeletons of the names of months, as they stand alone and beside a day."""
    every = (
        get_month_names(width, context, language).values()
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for language in LANGUAGES
    )
    return {skeleton(name).strip(SIGNS) for names in every for name in names}


def _may_be(word: str) -> bool:
    begun = word.lstrip(SIGNS)[:1] in BEGINNINGS
    return begun or (" " in word.strip() and word.rstrip(SIGNS)[-1:] in ENDINGS)
