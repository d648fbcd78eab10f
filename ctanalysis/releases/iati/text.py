"""Texts of people in XML: what XML may not hold is taken out, whatever a sheet has in it."""

import re
from xml.etree.ElementTree import Element, SubElement

NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def narrative(parent: Element, name: str, text: str) -> None:
    """An element with a text in it, in the language of the activity; none where there is no text."""
    words = harmless(text)
    if words:
        SubElement(SubElement(parent, name), "narrative").text = words


def harmless(text: str) -> str:
    """The text on one line, without what XML may not hold."""
    return " ".join(NOT_IN_XML.sub("", text).split())
