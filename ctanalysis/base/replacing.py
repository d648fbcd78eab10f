"""A folder that is replaced whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Gives an empty folder beside `folder` to write into; it takes the place of `folder` when all went well.

    When something raises, the new folder goes and `folder` is as it was. After a kill between the
    two renames, the next call first puts the old folder back. Two at once do not meet: each writes
    into a folder of its own, and the last to end stays.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    _put_back(folder)
    fresh = Path(mkdtemp(prefix=f".{folder.name}.new-", dir=folder.parent))
    fresh.chmod(0o755)
    try:
        yield fresh
    except BaseException:
        rmtree(fresh, ignore_errors=True)
        raise
    _swap(folder, fresh)


def _put_back(folder: Path) -> None:
    for old in sorted(folder.parent.glob(f".{folder.name}.old-*")):
        if not folder.exists():
            old.rename(folder)


def _swap(folder: Path, fresh: Path) -> None:
    """The new folder in the place of the old one, whoever else may be doing the same."""
    while True:
        old = folder.with_name(fresh.name.replace(".new-", ".old-"))
        if folder.exists():
            folder.rename(old)
        try:
            fresh.rename(folder)
        except OSError:
            if not folder.exists():
                raise
            rmtree(old, ignore_errors=True)
            continue
        rmtree(old, ignore_errors=True)
        return
