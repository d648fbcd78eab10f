"""How templates look: a few colours with enough contrast, one typeface, pages as wide as the paper."""

from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

FACE, LINE = "Calibri", 15  # points of a line of text of size 11
DARK, LIGHT, YELLOW, GREY, WHITE = "1F3864", "D9E2F3", "FFF2CC", "595959", "FFFFFF"
A4 = 9  # among the sizes of paper of a workbook
THIN = Side("thin", color="BFBFBF")
EDGE = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def plain() -> Font:
    """The font of a text."""
    return Font(FACE, 11)


def bold(size: int = 11, colour: str = "000000") -> Font:
    """The font of a heading. size: in points; colour: RRGGBB."""
    return Font(FACE, size, bold=True, color=colour)


def small(colour: str = GREY) -> Font:
    """The font of a remark. colour: RRGGBB."""
    return Font(FACE, 10, color=colour)


def filled(colour: str) -> PatternFill:
    """The background of a cell. colour: RRGGBB."""
    return PatternFill("solid", colour)


def fit_to_width(sheet: Worksheet) -> None:
    """Prints on landscape pages, as many as are needed downwards and one across."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
