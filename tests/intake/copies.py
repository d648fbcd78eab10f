"""A marked copy that was sent back: its cells with their colours and comments."""

import openpyxl

RED, YELLOW, BLUE, GREEN, GREY, NONE = "FFC7CE", "FFEB9C", "BDD7EE", "E2EFDA", "D9D9D9", ""


STORE = "Held back: is a formula without a stored value. Open the workbook in Excel, let it calculate, and save it."


def sent_back(to, name):
    return openpyxl.load_workbook(to / "send-back" / name)


def seen(cell, without=()):
    """Value, colour and comment of a cell; a colour that is the partner's own is none."""
    colour = cell.fill.fgColor.rgb[2:] if cell.fill.fill_type else NONE
    return cell.value, NONE if colour in without else colour, cell.comment.text if cell.comment else ""


def cells_of(sheet):
    return [
        cell
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None or cell.fill.fill_type or cell.comment
    ]
