"""The files of a plan in their places: all of them, or the folder is as it was."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ctanalysis.base.errors import Refused
from ctanalysis.base.replacing import write_whole

Before = dict[str, bytes | None]


def before(folder: Path, names: list[str]) -> Before:
    """What files hold; None of one that is not there."""
    return {name: (folder / name).read_bytes() if (folder / name).is_file() else None for name in names}


def change(folder: Path, files: Mapping[str, bytes], was: Before, taken: str = "") -> None:
    """Writes the files, each whole, and removes the one that was taken from its place in the folder.

    was: what they held when the plan was made. Refused: one of them has changed since. When anything raises, all are as
    they were.
    """
    if before(folder, [*was]) != was:
        raise Refused("A file of the project changed meanwhile. Nothing was done: run this again.")
    made = [parent for name in files for parent in (folder / name).parents if not parent.exists()]
    moved = before(folder, [taken]) if taken and taken not in files else {}
    try:
        for name, data in files.items():
            write_whole(folder / name, data)
        for name in moved:
            (folder / name).unlink()
    except BaseException:
        _back(folder, was | {name: was.get(name) for name in files} | moved, made)
        raise


def _back(folder: Path, was: Before, made: list[Path]) -> None:
    for name, data in was.items():
        if data is None:
            (folder / name).unlink(missing_ok=True)
        elif before(folder, [name])[name] != data:
            write_whole(folder / name, data)
    for parent in made:
        with suppress(OSError):  # it was not made, or holds something else by now
            parent.rmdir()
