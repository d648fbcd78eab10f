"""A folder before and after: whatever is sent, nothing else in it may change.

What must be said of a workbook that is not read.
"""

from ctanalysis.records import UNREAD
from tests.generators import hostile
from tests.generators.hostile import BOOK, CORE, SHEET, STRINGS, STYLES

TOO_LARGE, TOO_FAR, TOO_MANY = (
    "becomes larger when it is opened than it may",
    "beyond row 50,000 or column 1,000",
    "more than 1,000,000 cells",
)
DAMAGED, DOCTYPE, SLOW = (
    "damaged, or no Excel workbook",
    "document type declaration",
    "takes too long, or too much memory",
)


def everything(folder):
    """Every file below a folder, but for what Python and the tests themselves leave."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def with_parts(**changed):
    """A workbook of two rows with some of its parts replaced; a part's name is given by the constant's name."""
    names = {"sheet": SHEET, "strings": STRINGS, "styles": STYLES, "book": BOOK, "core": CORE}
    return hostile.parts(hostile.row(2) + hostile.row(3)) | {names[name]: content for name, content in changed.items()}


def rows(count, cells, first=2):
    """Pieces of a sheet: so many rows with these cells."""
    return (f'<row r="{number}">{cells}</row>' for number in range(first, first + count))


def said(found):
    return "\n".join(map(str, found.of(UNREAD)))


def inserted(part, old, new):
    """A workbook of two rows with a text in one of its parts replaced."""
    found = hostile.parts(hostile.row(2) + hostile.row(3))
    assert old in found[part]
    return found | {part: found[part].replace(old, new, 1)}
