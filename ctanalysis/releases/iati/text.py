"""Texts of people in XML: what XML may not hold is taken out, whatever a sheet has in it."""

import re
from collections.abc import Callable, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement

from ctanalysis.evaluation import Evaluation

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def narrative(parent: Element, name: str, texts: Mapping[str, str]) -> None:
    """An element with a text in it, in each language once; none where there is no text.

    texts: by the codes of languages, that of the activity first. A text that is the same in another language, since
    nobody has translated it, is not said again.
    """
    first, *others = texts.items()
    words = harmless(first[1])
    if not words:
        return
    element = SubElement(parent, name)
    SubElement(element, "narrative").text = words
    for code, text in others:
        if harmless(text) not in ("", words):
            SubElement(element, "narrative", {LANGUAGE: code}).text = harmless(text)


def in_each(told: Sequence[Evaluation], what: Callable[[Evaluation], str]) -> dict[str, str]:
    """What is said of an evaluation, by the codes of the languages in which it is told."""
    return {one.project.facts.language: what(one) for one in told}


def harmless(text: str) -> str:
    """The text on one line, without what XML may not hold."""
    return " ".join(NOT_IN_XML.sub("", text).split())
