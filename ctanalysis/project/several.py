"""Which project folders are meant: names, or patterns with * in them."""

from glob import glob
from pathlib import Path

from ctanalysis.base.errors import Refused


def chosen(text: str, example: str, fewest: int = 1) -> list[Path]:
    """The folders that a text names, in its order, those of a pattern by their names.

    text: folders or patterns with blanks between them, or one folder whose name has blanks. example: of what to type,
    for a refusal. Refused: none is named, a name of nothing, a folder twice, fewer than there are to be.
    """
    names = [text] if text.strip() and Path(text).is_dir() else text.split()
    if not names:
        raise Refused(f"No projects are named: {example}.")
    found = [folder for name in names for folder in _folders(name, example)]
    for folder in found:
        if sum(folder.resolve() == other.resolve() for other in found) > 1:
            raise Refused(f"{folder}: this project is named twice. Name each once, as in {example}.")
    if len(found) < fewest:
        raise Refused(f"'{text}' is one project; side by side are at least two, as in {example}.")
    return found


def _folders(name: str, example: str) -> list[Path]:
    found = [folder for folder in map(Path, sorted(glob(name))) if folder.is_dir()]
    if not found:
        raise Refused(f"'{name}': there is no such folder. Name the projects' folders, as in {example}.")
    return found
