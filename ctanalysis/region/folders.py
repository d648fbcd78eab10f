"""Which project folders are meant: names, or patterns with * in them."""

from glob import glob
from pathlib import Path

from ctanalysis.base.errors import Refused

EXAMPLE = "make region PROJECTS='projects/*' PERIOD=FY2015Q1"
FEWEST = 2


def chosen(text: str) -> list[Path]:
    """The folders that a text names, in its order, those of a pattern by their names.

    text: folders or patterns with blanks between them, or one folder whose name has blanks. Refused: none is named, a
    name of nothing, a folder twice, fewer than two.
    """
    names = [text] if text.strip() and Path(text).is_dir() else text.split()
    if not names:
        raise Refused(f"No projects are named: {EXAMPLE}.")
    found = [folder for name in names for folder in _folders(name)]
    for folder in found:
        if sum(folder.resolve() == other.resolve() for other in found) > 1:
            raise Refused(f"{folder}: this project is named twice. Name each once, as in {EXAMPLE}.")
    if len(found) < FEWEST:
        raise Refused(f"'{text}' is one project; side by side are at least two, as in {EXAMPLE}.")
    return found


def _folders(name: str) -> list[Path]:
    found = [folder for folder in map(Path, sorted(glob(name))) if folder.is_dir()]
    if not found:
        raise Refused(f"'{name}': there is no such folder. Name the projects' folders, as in {EXAMPLE}.")
    return found
