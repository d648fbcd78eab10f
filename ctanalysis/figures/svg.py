"""An SVG of matplotlib as a page can hold it: only the drawing, named for whoever cannot see it, no name used twice."""

import re
from html import escape

from ctanalysis.figures.style import FONTS, POINT, WIDTH

USED = re.compile(r'(?:url\(#|href="#)([^)"]+)')
NAMED = re.compile(r' id="([^"]*)"')
HEAD = re.compile(r"^.*?<svg[^>]*>", re.DOTALL)
NOT_OF_THE_DRAWING = re.compile(r"\s*(?:<metadata>.*?</metadata>|<defs>\s*<style.*?</style>\s*</defs>)", re.DOTALL)
PAGE = re.compile(r'<g id="patch_1">.*?</g>', re.DOTALL)  # the white of the page
FONT = re.compile(r"(style=\"[^\"]*?)'DejaVu Sans'")
UPRIGHT = re.compile(r' transform="rotate\(-?0 [^"]*"')


def cropped(drawn: str, top: float, high: float, title: str, alt: str) -> str:
    """The part of an image that is so high, from a top, in pixels; as a document of its own.

    Its names are used in it, its fonts are those of the page, and it is an image with a text.
    """
    body = NOT_OF_THE_DRAWING.sub("", HEAD.sub("", drawn, count=1))
    body = UPRIGHT.sub("", FONT.sub(lambda found: found[1] + FONTS, PAGE.sub("", body, count=1)))
    used = set(USED.findall(body))
    body = NAMED.sub(lambda found: found[0] if found[1] in used else "", body)
    body = re.sub(r"<(/?)g>\s*", lambda found: f"<{found[1]}g>", re.sub(r"\s*<!--.*?-->\s*", "", body))
    points = " ".join(f"{number * POINT:.6g}" for number in (0, top, WIDTH, high))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
        'preserveAspectRatio="xMinYMin" '
        f'aria-label="{escape(alt)}" width="{WIDTH}" height="{high:g}" viewBox="{points}">'
        f"<title>{escape(title)}</title>\n{body.strip()}\n"
    )


def inline(document: str) -> str:
    """The same as part of a page: without the title, which would show at a pointer what stands above it."""
    return re.sub(r"<title>.*?</title>\n", "", document, count=1, flags=re.DOTALL)
