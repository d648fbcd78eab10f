"""How templates look: a few colours with enough contrast, one typeface, pages as wide as the paper."""

from openpyxl.styles import Border, Font, PatternFill, Side

FACE, LINE = "Calibri", 15  # points of a line of text of size 11
DARK, LIGHT, YELLOW, GREY, WHITE = "1F3864", "D9E2F3", "FFF2CC", "595959", "FFFFFF"
THIN = Side("thin", color="BFBFBF")
EDGE = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def plain():
    return Font(FACE, 11)


def bold(size=11, colour="000000"):
    return Font(FACE, size, bold=True, color=colour)


def small(colour=GREY):
    return Font(FACE, 10, color=colour)


def filled(colour):
    return PatternFill("solid", colour)


def fit_to_width(sheet):
    """Prints on landscape pages, as many as are needed downwards and one across."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = (
        "landscape",
        9,
        0,
    )  # 9 is A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
