"""Where the panels of a figure stand: the text around them is measured once, and nothing is solved when it is drawn.

Panels stand one below the other. All lengths are inches, and sizes of text points.
"""

import re
from functools import cache
from math import cos, radians, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

POINTS = 72  # an inch
LINE = 1.2  # from line to line, of the size of the text
EDGE = 0.07  # between what is drawn and the edge of the page
GAP = 0.1  # between a panel and what stands above or below it
TICK = 7 / POINTS  # a tick, and what keeps its label off it


def wrapped(text: str, room: float, size: float, weight: str = "normal") -> list[str]:
    """The lines of a text, each with as many words as there is room for; only a word with more letters is broken."""
    if width(text, size, weight) <= room:
        return [text]
    lines = list[str]()
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, weight) <= room:
            lines[-1] = longer
        else:
            lines.extend(_broken(word, room, size, weight))
    return lines


def _broken(word: str, room: float, size: float, weight: str) -> list[str]:
    """A word in parts for which there is room: behind its own hyphens, and where it has none there, between letters."""
    if width(word, size, weight) <= room:
        return [word]
    parts = [""]
    for piece in re.split("(?<=-)", word):
        each = [piece] if width(piece, size, weight) <= room else [*piece]
        for part in each:
            longer = parts[-1] + part
            parts[-1:] = [longer] if not parts[-1] or width(longer, size, weight) <= room else [parts[-1], part]
    return parts


def width(text: str, size: float, weight: str = "normal") -> float:
    """How wide the longest line of a text is."""
    return max(sum(_advance(character, weight) for character in line) for line in text.split("\n")) * size / POINTS


@cache
def _advance(character: str, weight: str) -> float:
    """From a character to the next, of the size of the text."""
    from matplotlib.font_manager import FontProperties, findfont, get_font  # only who draws waits for it
    from matplotlib.ft2font import LoadFlags

    font = get_font(findfont(FontProperties(weight=weight)))
    if not font.get_char_index(ord(character)):
        return 1.0  # a letter that the font has not, drawn as a box
    return font.load_char(ord(character), LoadFlags.NO_SCALE).horiAdvance / font.units_per_EM


def height(lines: int, size: float) -> float:
    """How high so many lines of text are."""
    return lines * size * LINE / POINTS


def stack(figure: "Figure", above: float, below: float) -> None:
    """Gives the panels the height of the page, less the lines above and below all of them and what is around each."""
    panels, high = figure.axes, figure.get_figheight()
    if not panels:
        return
    over = max(_over(panel) for panel in panels)
    bottom, top = EDGE + below + GAP + _under(panels[-1]), high - EDGE - above - GAP - over
    each = (top - bottom - (over + GAP) * (len(panels) - 1)) / len(panels)
    figure.subplots_adjust(bottom=bottom / high, top=top / high, hspace=(over + GAP) / each)


def _under(panel: "Axes") -> float:
    """The room for the labels below a panel, however they are turned."""
    if not panel.xaxis.get_visible():
        return 0
    longest = max(panel.get_xticklabels(), key=lambda label: len(label.get_text()))
    size, angle = float(longest.get_fontsize()), radians(longest.get_rotation())
    return TICK + width(longest.get_text(), size) * sin(angle) + height(1, size) * cos(angle)


def _over(panel: "Axes") -> float:
    """The room for the title of a panel."""
    return TICK + height(1, float(panel.title.get_fontsize())) if panel.get_title("left") else 0
