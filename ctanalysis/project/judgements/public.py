"""Texts of people that are published word for word: none is empty, and none holds what could be somebody's."""

import re
from typing import Annotated

from pydantic import AfterValidator

from ctanalysis.project.strict import CellText

DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
SOMEBODYS = re.compile(  # a long number, a code such as AB-123, an address, a telephone number in groups
    r"\d{5}|\b(?!FY\d{4})[^\W\d]+[-_]?\d{3}|@|\d(?:[ ()/-]{0,2}\d){8}"
)


def could_be_somebodys(text: str) -> bool:
    """Whether there is a code, a long number or an address in a text; a day such as 2014-12-31 is none."""
    return bool(SOMEBODYS.search(DAY.sub("", text)))


def check_public(**texts: str) -> None:
    """ValueError: a text that is published word for word could name somebody."""
    if any(map(could_be_somebodys, texts.values())):
        raise ValueError(f"{' and '.join(texts)} are published word for word, so they {NOTHING_OF_ANYBODY}")


NOTHING_OF_ANYBODY = "may hold no code, no address and no long number, which could be somebody's"


def _names_nobody(text: str) -> str:
    if not text.strip():
        raise ValueError("it is printed word for word, and must not be empty")
    if could_be_somebodys(text):
        raise ValueError(f"it is published word for word, so it {NOTHING_OF_ANYBODY}")
    return text


PublicText = Annotated[CellText, AfterValidator(_names_nobody)]
