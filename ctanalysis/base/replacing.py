"""A folder that is replaced whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Yields an empty folder to write into, which takes the place of `folder` when the block ends.

    When the block raises, the new folder is removed and `folder` is as it was. If the process is killed
    between the two renames, the next call first puts the old folder back. Two processes can do this at
    the same time: each writes into a folder of its own, and that of the last to end stays.
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
    """Puts the new folder in the place of the old one, also while another process does the same."""
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
