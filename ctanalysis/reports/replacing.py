"""A folder that is replaced whole or not at all."""

from contextlib import contextmanager
from shutil import rmtree


@contextmanager
def replacing(folder):
    """Gives an empty folder beside `folder` to write into; it takes the place of `folder` when all went well.

    When something raises, the new folder goes and `folder` is as it was. After a kill between the
    two renames, the next call first puts the old folder back.
    """
    fresh, old = (folder.with_name(f".{folder.name}.{which}") for which in ("new", "old"))
    if old.exists() and not folder.exists():
        old.rename(folder)
    for left in (fresh, old):
        rmtree(left, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        yield fresh
    except BaseException:
        rmtree(fresh, ignore_errors=True)
        raise
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    rmtree(old, ignore_errors=True)
