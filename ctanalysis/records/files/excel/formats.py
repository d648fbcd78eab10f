"""What a cell's number format shows of its number, where it shows more than the number. It imports nothing.

    000          7     007         a code with its zeros
    "A"000       7     A007        a code with its letters
    000\\-00     12345 123-45
    0.00         1.1   1.10        a code with its last zero
    "<"0         5     <5          a limit, and no 5
    0" тыс."     5     5 тыс.      a thousand times as much
    0;-0;"n/a"   0     n/a         no number at all
    [<5]"<5";0   3     <5

The parts of a format, divided by semicolons, are those of numbers above 0, below 0, and of 0, or those for which a
condition holds. Of a part that has a scale or a day nothing is said here, nor of a number that is rounded or has a
minus: what is shown there is another thing.
"""

import operator
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]|(?P<colour>\[[A-Za-zА-я]+ ?[0-9]*\])'
    r"|_.|(?P<general>General)|(?P<digits>[0#?]+)|(?P<point>\.)|(?P<plain>[^\[\]\"\\_*.,%@;A-Za-z])"
    r"|(?P<letter>[CF-FI-LO-RT-XZ])"
)
BETWEEN = re.compile(';(?=(?:[^"]*"[^"]*")*[^"]*$)')  # a semicolon outside of quotation marks
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)\]")
HOLDS = {"<": operator.lt, "<=": operator.le, "=": operator.eq, "<>": operator.ne, ">=": operator.ge, ">": operator.gt}
LITERAL = re.compile(r'"[^"]*"|\\.|_.')  # what a number format says to the letter
THOUSANDS = re.compile("(?<=[0#?]),(?=[0#?])")
LIMIT = re.compile(r"\s*[<>≤≥~≈]\s*[0-9]+(?:\.[0-9]+)?\s*")
TIMES = re.compile(r"[0-9]\s*(тыс|млн|млрд|миң|thousand|million|billion|mln|bn|k\b|к\b)", re.IGNORECASE)
OWN_DIGITS = re.compile(r"[0.][\sp'’/:–-]?d|d[\sp'’/:–-]?[0.]|0p(?:0{1,2}(?!0)|0{4})")  # of _kinds()
OWN_MINUS = re.compile(r"\s*[-−–(]")
DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
DIGIT, LETTER = re.compile("[0-9]"), re.compile(r"[^\W\d_]")
BY_SIGN, NUMBERS = 2, 3  # parts of a format that are for numbers; the fourth is for texts


@lru_cache(10_000)
def shown(form: str, number: float) -> str:
    """A number as a format shows it, where that is known and is more than the number; else an empty text."""
    if form in ("General", "0", "@"):
        return ""
    part = part_for(form, number)
    said = _said(THOUSANDS.sub("", CONDITION.sub("", part)), Decimal(f"{abs(number):.15g}")) if part else ""
    if hides(said):
        return said
    digits, is_whole = DECIMAL.search(said), number % 1 == 0
    is_same = digits is not None and Decimal(digits[0]) == Decimal(f"{number:.15g}")
    is_plain = said == f"{number:.15g}" or (is_whole and is_same and DECIMAL.fullmatch(said))  # 12.00 is 12
    return said if number >= 0 and (is_whole or is_same) and not is_plain else ""


def hides(said: str) -> bool:
    """Whether what is shown of a number is not that number: a limit, thousands of it, or a word without a digit.

    A dash is a nought.
    """
    return bool(LIMIT.fullmatch(said) or TIMES.search(said) or (LETTER.search(said) and not DIGIT.search(said)))


@lru_cache(10_000)
def alters(form: str, number: float) -> bool:
    """Whether a format shows another number than there is: with digits, a point or a minus of its own, or without one.

    It is so in 0",000", 0"00", "1"00, 0"."00, -0 and (0), and below 0 in 0;0. A number in red has no minus.
    """
    part = "" if form in ("General", "0", "@") else part_for(form, number) or ""
    tokens = list(TOKEN.finditer(THOUSANDS.sub("", CONDITION.sub("", part))))
    if "".join(token[0] for token in tokens) != THOUSANDS.sub("", CONDITION.sub("", part)):
        return False
    told = "".join(_kinds(token) for token in tokens)
    if "0" not in told or (not number and not re.search("[1-9]", _literals(tokens))):
        return False
    if number < 0 and len(BETWEEN.split(form)) > 1:
        return not re.search(r"[-−–(]|[^\W\d_]", _literals(tokens)) and not any(token["colour"] for token in tokens)
    return bool(OWN_DIGITS.search(told) or (number > 0 and OWN_MINUS.match(_literals(tokens, before="0"))))


def part_for(form: str, number: float) -> str | None:
    """The part of a format that shows a number; None where that cannot be told."""
    parts = BETWEEN.split(form)[:NUMBERS]
    conditions = [CONDITION.search(LITERAL.sub("", part)) for part in parts]
    if not any(conditions):
        by_sign = {1: (0, 0, 0), BY_SIGN: (0, 1, 0)}.get(len(parts), (0, 1, 2))
        return parts[by_sign[0 if number > 0 else 1 if number < 0 else 2]]
    if conditions[0] is None:
        return None
    for part, condition in zip(parts[:BY_SIGN], conditions, strict=False):
        if condition and HOLDS[condition[1]](number, float(condition[2])):
            return part
        if not condition:
            return part if len(parts) == BY_SIGN else None  # for numbers below 0, or for all others
    return parts[BY_SIGN] if len(parts) > BY_SIGN else None


def in_percent(form: str, number: float) -> bool | None:
    """Whether a format shows a number in per cent; None where that cannot be told."""
    part = part_for(form, number)
    if part is None:
        signs = {"%" in LITERAL.sub("", one) for one in BETWEEN.split(form)[:NUMBERS]}
        return signs.pop() if len(signs) == 1 else None
    return "%" in LITERAL.sub("", part)


def _said(part: str, number: Decimal) -> str:
    """A number as one part of a format shows it; an empty text where that is not known."""
    tokens = list(TOKEN.finditer(part))
    points = [place for place, token in enumerate(tokens) if token["point"]]
    if "".join(token[0] for token in tokens) != part or len(points) > 1:
        return ""
    before, behind = (tokens[: points[0]], tokens[points[0] + 1 :]) if points else (tokens, [])
    places = sum(len(token["digits"] or "") for token in behind)
    is_general = any(token["general"] for token in tokens)
    if is_general and number % 1:
        return ""
    whole, _, decimals = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}".partition(".")
    if not points:
        return _filled(before, whole).strip()
    return f"{_filled(before, whole)}.{_decimals(behind, decimals)}".strip()


def _filled(tokens: list[re.Match[str]], number: str) -> str:
    """The tokens of a format from right to left, each placeholder with a digit; the first has all that are left."""
    left, said = number, []
    places = sum(len(token["digits"] or "") for token in tokens)
    for token in reversed(tokens):
        for place in reversed(token["digits"] or ""):
            places -= 1
            digit = left if not places else left[-1:]
            said.append(digit or ("0" if place == "0" else ""))
            left = left[: len(left) - len(digit)]
        if token["general"]:
            said.append(left)
        said.append(_literal(token))
    return "".join(reversed(said))


def _decimals(tokens: list[re.Match[str]], decimals: str) -> str:
    """The tokens behind the point, from left to right; noughts at the end are shown where a 0 stands."""
    said, left = [], decimals
    for token in tokens:
        for place in token["digits"] or "":
            said.append(left[:1] if place == "0" or left.strip("0") else "")
            left = left[1:]
        said.append(_literal(token))
    return "".join(said)


def _kinds(token: re.Match[str]) -> str:
    """A token with 0 for a digit of the number and d for one of its own; a point or comma of its own is p."""
    own = re.sub("[.,]", "p", re.sub("[0-9]", "d", _literal(token)))
    return "0" * len(token["digits"] or token["general"] or "") or ("." if token["point"] else own)


def _literals(tokens: list[re.Match[str]], before: str = "") -> str:
    """What a part says of its own; up to the first digit of the number, where only that is asked for."""
    places = [place for place, token in enumerate(tokens) if before and "0" in _kinds(token)]
    return "".join(_literal(token) for token in tokens[: places[0] if places else len(tokens)])


def _literal(token: re.Match[str]) -> str:
    return "".join(token[name] or "" for name in ("quoted", "escaped", "currency", "plain", "letter"))
