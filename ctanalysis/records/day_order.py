"""What to do about a day such as 13/01/2015, of which only one order of day and month makes a day."""

import re
from datetime import datetime

ORDERS = {"day first": "%d{sign}%m{sign}%Y", "month first": "%m{sign}%d{sign}%Y"}
ONE_READING = (
    "It can only be {order}: write it as 2014-12-31; where the whole column is written so, say "
    '"format": "{form}" for the field in datapackage.json'
)


def advice(word: str) -> str:
    """What to do with two digits, two and a year, where one order alone makes a day of them; else nothing."""
    parts = re.fullmatch(r"[0-9]{2}([/-])[0-9]{2}\1[0-9]{4}", word)
    forms = {order: form.format(sign=parts[1]) for order, form in ORDERS.items()} if parts else {}
    days = [(order, form) for order, form in forms.items() if _is_day(word, form)]
    return ONE_READING.format(order=days[0][0], form=days[0][1]) if len(days) == 1 else ""


def other(form: str) -> str:
    """A format with day and month exchanged."""
    return form.translate(str.maketrans("dm", "md"))


def advice_beside(form: str, word: str) -> str:
    """What to do with a day that is none in a format, and is one with day and month exchanged; else nothing."""
    exchanged = other(form)
    order = "day first" if exchanged.index("%d") < exchanged.index("%m") else "month first"
    return ONE_READING.format(order=order, form=exchanged) if _is_day(word, exchanged) else ""


def _is_day(word: str, form: str) -> bool:
    try:
        datetime.strptime(word, form)
    except ValueError:
        return False
    return True
