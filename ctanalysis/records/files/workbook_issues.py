"""Issues that only a workbook can have."""

from typing import Literal, TypeAlias

from ctanalysis.records.findings import HELD_BACK, LOOK, Issue

Kind: TypeAlias = Literal["uncalculated", "errors", "merged", "long", "masked"]  # of cells

HIDDEN_SHEET = Issue(
    LOOK,
    "hidden sheet",
    "the sheet is hidden, and was read",
    "Show it, and see whether it is meant to be sent",
)
HIDDEN_ROW = Issue(
    LOOK,
    "hidden row",
    "these rows are hidden in the sheet, and were read",
    "Show them (a filter may hide them), and delete those that are not meant",
)
CELLS: tuple[tuple[Kind, Issue], ...] = (
    (
        "uncalculated",
        Issue(
            HELD_BACK,
            "uncalculated",
            "is a formula without a stored value",
            "Open the workbook in Excel, let it calculate, and save it",
        ),
    ),
    (
        "errors",
        Issue(
            HELD_BACK, "errors", "is an error of Excel such as #REF!", "Correct the formula, or write the value itself"
        ),
    ),
    (
        "merged",
        Issue(
            HELD_BACK,
            "merged",
            "is inside a merged area, so it has no value of its own",
            "Unmerge the cells and fill each one",
        ),
    ),
    (
        "long",
        Issue(
            HELD_BACK,
            "long code",
            "is a number of more than 15 digits, of which Excel has lost the last ones",
            "Give the column the format Text in Excel, and write the codes again from their source",
        ),
    ),
    (
        "masked",
        Issue(
            HELD_BACK,
            "shown otherwise",
            "is a number of which its number format shows something else, such as <5 or n/a",
            "Give the cell the format General in Excel, and write what is meant: the number, or nothing",
        ),
    ),
)
OF_TYPES = {  # in fields of which an issue is one; each other is one in all
    "long": ("string",),  # a number so long is refused as a number
    "masked": ("integer", "number"),  # a text is read as it is shown
}


def is_of(cells: Kind, field_type: str) -> bool:
    """Whether cells of a kind are an issue in a field of a type."""
    return field_type in OF_TYPES.get(cells, (field_type,))
