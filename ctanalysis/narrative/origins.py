"""Where a number leads: from its mark in the page to how its indicator was calculated, on the same page."""

import re

from markupsafe import Markup

OF_INDICATOR = re.compile(r"indicator ([^ ,]+)")  # how the source of a mark begins


def anchor_of(code: str) -> str:
    """The id of the place where it stands how an indicator was calculated."""
    return f"how-{code}"


def leading(data: Markup, source: str) -> Markup:
    """A number's mark that leads there; as it is where it is of no indicator. source: of what it is (Value.source)."""
    found = OF_INDICATOR.match(source)
    return Markup('<a class="origin" href="#{}">{}</a>').format(anchor_of(found[1]), data) if found else data
