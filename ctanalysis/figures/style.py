"""The style of all figures: sizes, colours and fonts. Nothing else in this room names a colour or a size of text.

Lengths are pixels of a page, 96 an inch. A figure is as wide as a printed page of A4 with margins of 25 mm allows, and
on a phone of 360 pixels its text is still nine pixels high: so it has one size of text, which is that of the page.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.typing import RcKeyType

INCH, POINT = 96, 0.75  # pixels an inch, points a pixel
WIDTH, HIGHEST = 560, 700  # of a drawing: how wide it is, and how high at most, so that its words fit the page, too
TEXT, TITLE, NOTE = 16, 18, 13  # text; and, in the image that stands by itself, its title and its notes
LINE = 20  # from line to line of text
DPI = 120  # dots an inch of the image: for Word and a projector

INK, PALE, PAPER = "#22303c", "#5a6772", "#ffffff"  # text, text that stands back, what it stands on
BLUE, ORANGE, GREY = "#1f5a8a", "#d97706", "#8a939b"  # numbers; those of the period, or that stand out; not recorded
LIGHT, TINT, RULE = "#d5e3ef", "#e4e9ee", "#9aa5af"  # of a range, what is usual, lines
WOMEN, MEN = "#6b3fa0", "#2a9d8f"
SHADES = ("#eef4f9", "#cfdfec", "#a9c5dd", "#7eaacd", "#1f5a8a")  # from little to much
MEET = (  # colours that stand beside each other in a figure, and so must differ for everybody, and in grey
    (BLUE, ORANGE),
    (BLUE, GREY),
    (BLUE, LIGHT),
    (WOMEN, MEN),
    (WOMEN, GREY),
    (BLUE, TINT),
    (ORANGE, TINT),
)
# text, and what it stands on
READ = (
    (INK, PAPER),
    (PALE, PAPER),
    (INK, TINT),
    (INK, LIGHT),
    (PAPER, SHADES[-1]),
    *((INK, one) for one in SHADES[:-1]),
)

FONTS = "Arial, 'Liberation Sans', 'Noto Sans', 'DejaVu Sans', sans-serif"  # each of them has ң, ө and ү
STYLE: "dict[RcKeyType, Any]" = {
    "font.family": "DejaVu Sans",  # comes with matplotlib, and is wider than the others: what has room in it has room
    "font.size": TEXT * POINT,
    "text.color": INK,
    "text.parse_math": False,
    "text.hinting": "no_hinting",  # two thirds of the time, and letters as far apart at any size
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": RULE,
    "axes.labelcolor": INK,
    "axes.titlesize": TEXT * POINT,
    "axes.titlelocation": "left",
    "axes.titley": 1.0,  # where it stands, so that it is not looked for
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.fonttype": "none",  # text stays text
}
