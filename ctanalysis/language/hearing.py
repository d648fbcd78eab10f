"""What the check of the records says in English, recognised sentence by sentence, and said in another language.

    "is after {{ day }}, up to which …" = "позже, чем {{ day }}, …"      in the catalogue, under [heard]

A finding passes through files, frames and the processes that open workbooks as plain text, which takes no key along. So
the catalogue has the English sentence itself beside its translation. A part of it is taken over as it stands; with the
filter `heard` it is said again, as a word or a sentence of its own. What nobody has translated stays English; the tests
hold what a check can say beside the catalogue.
"""

import re
from functools import cache, lru_cache

from ctanalysis.language.catalogue import FIRST, compiled, messages

HEARD = "heard."  # how its keys begin; what follows is the sentence in English
PART = re.compile(r"{{ (\w+) }}")
MOST = 4_096  # sentences that are remembered


@lru_cache(MOST)
def heard(language: str, text: str) -> str:
    """A sentence of a check in a language; as it is where the catalogue has none like it, and in English."""
    for sentence, key in _sentences(language):
        found = sentence.fullmatch(text)
        if found:
            message = compiled(language, key, False)
            return message if isinstance(message, str) else message.render(found.groupdict())
    return text


@cache
def _sentences(language: str) -> list[tuple[re.Pattern[str], str]]:
    """The sentences that are recognised, with their keys: those with most words of their own first."""
    keys = [key for key in messages(language) if key.startswith(HEARD)] if language != FIRST else []
    keys.sort(key=lambda key: -len(PART.sub("", key)))
    return [(_pattern(key.removeprefix(HEARD)), key) for key in keys]


def _pattern(sentence: str) -> re.Pattern[str]:
    """What matches an English sentence, its parts by their names."""
    words = PART.split(sentence)
    parts = (f"(?P<{one}>.+?)" if place % 2 else re.escape(one) for place, one in enumerate(words))
    return re.compile("".join(parts), re.DOTALL)
