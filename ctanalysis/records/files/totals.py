"""Words by which a row says that it is a total, in the languages of this region."""

import re

from ctanalysis.base.spelling import skeleton

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
    "бардыгы",
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
OF_WHAT = ("for", "of", "in", "за", "по", "на", "в", "боюнча")  # as in "Total for March"
LONGEST = 60  # characters: a longer text is no heading and no total
LONGEST_ENDING = 40  # of one that only ends with such words
SIGNS = ':.,;=()"«» -'  # around a word, not of it
WORDS = {skeleton(word) for word in TOTALS}
FIRST = {word[0] for word in WORDS}
LAST = {word[-1] for word in WORDS}
BEGINNINGS = {letter for letter in map(chr, range(0x530)) if skeleton(letter)[:1] in FIRST}  # of Latin and Cyrillic
ENDINGS = {letter for letter in map(chr, range(0x530)) if skeleton(letter)[:1] in LAST}
BETWEEN = {skeleton(word) for word in OF_WHAT}
PHRASES = "|".join(re.escape(word) for word in sorted(WORDS, key=len, reverse=True))
OF = "|".join(re.escape(word) for word in BETWEEN)
ALONE = re.compile(f"(?:{PHRASES})(?: (?:{OF}) .*)?")
BESIDE = re.compile(f"(?:{PHRASES})(?:[,:.;=(]| - ).*|(?=.*[^\\W\\d_]{{2}} |(?:19|20)[0-9]{{2}} ).* (?:{PHRASES})")
BEGINS = re.compile(f"(?:{PHRASES})(?:[ :.=].*)?")


def is_total(word: str, with_more: bool = False, of_key: bool = False) -> bool:
    """Whether a text says total, alone or of what: 'Total', 'Итого за март'.

    with_more: also where other words stand before it, or behind a sign: 'Бишкек Итог', '2014 Total', 'Total, March'.
    of_key: also where it only begins so, as 'Total March', which may be a name in any other column.
    """
    if len(word) > LONGEST or not _may_be(word, with_more or of_key):  # a table can have a million words
        return False
    plain = skeleton(word).strip(SIGNS)
    if ALONE.fullmatch(plain) or (of_key and BEGINS.fullmatch(plain)):
        return True
    beside = (with_more or of_key) and BESIDE.fullmatch(plain)
    return bool(beside) and (bool(BEGINS.match(plain)) or len(plain) <= LONGEST_ENDING)


def _may_be(word: str, at_end: bool) -> bool:
    begun = word.lstrip(SIGNS)[:1] in BEGINNINGS
    return begun or (at_end and " " in word.strip() and word.rstrip(SIGNS)[-1:] in ENDINGS)
