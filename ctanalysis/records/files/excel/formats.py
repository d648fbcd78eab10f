"""What a cell's number format shows of its number, where it shows more than the number. It imports nothing.

    000          7     007         a code with its zeros
    "A"000       7     A007        a code with its letters
    000\\-00     12345 123-45
    "<"0         5     <5          a limit, and no 5
    0;-0;"n/a"   0     n/a         no number at all

The parts of a format, divided by semicolons, are those of numbers above 0, below 0, and of 0. Of a part that has a
point, a condition, a scale or a day nothing is said here: what is shown there is a rounded number, or another thing.
"""

import re
from functools import lru_cache

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]|(?P<colour>\[[A-Za-zА-я]+ ?[0-9]*\])'
    r"|_.|(?P<general>General)|(?P<digits>[0#?]+)|(?P<plain>[^\[\]\"\\_*.,%@;A-Za-z])|(?P<letter>[CF-FI-LO-RT-XZ])"
)
BETWEEN = re.compile(';(?=(?:[^"]*"[^"]*")*[^"]*$)')  # a semicolon outside of quotation marks
LIMIT = re.compile(r"\s*[<>≤≥~≈]\s*[0-9]+\s*")
DIGIT, LETTER = re.compile("[0-9]"), re.compile(r"[^\W\d_]")


@lru_cache(1_000)
def shown(form: str, number: int) -> str:
    """A whole number as a format shows it, where that is known and is more than the number; else an empty text."""
    if form in ("General", "0", "@") or number < 0:
        return ""
    parts = BETWEEN.split(form)
    part = (parts[2:3] or parts)[0] if number == 0 else parts[0]
    tokens = list(TOKEN.finditer(part))
    if "".join(token[0] for token in tokens) != part:
        return ""
    said = _filled(tokens, number)
    return "" if said == str(number) else said


def hides(said: str) -> bool:
    """Whether what is shown of a number is no number: a limit, or a word without a digit. A dash is a nought."""
    return bool(LIMIT.fullmatch(said) or (LETTER.search(said) and not DIGIT.search(said)))


def _filled(tokens: list[re.Match[str]], number: int) -> str:
    """The tokens of a format from right to left, each placeholder with a digit; the first has all that are left."""
    left, said = str(number), []
    places = sum(len(token["digits"] or "") for token in tokens)
    for token in reversed(tokens):
        for place in reversed(token["digits"] or ""):
            places -= 1
            digit = left if not places else left[-1:]
            said.append(digit or ("0" if place == "0" else ""))
            left = left[: len(left) - len(digit)]
        if token["general"]:
            said.append(left)
        said.append("".join(token[name] or "" for name in ("quoted", "escaped", "currency", "plain", "letter")))
    return "".join(reversed(said)).strip()
