"""A folder or a file that is replaced whole or not at all, whenever the run that replaces it ends.

    .FY2014.new-xxxxxxxx   what a run writes, locked for as long as the run and its children live
    .FY2014.old-xxxxxxxx   what stood there, where places are changed in two steps

The new one is written beside the old one. The two change places in one step where the system has such a step
(Linux), and in two elsewhere. What a run that was killed left behind goes with the next one.
"""

import ctypes
import errno
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from ctanalysis.base.errors import Refused
from ctanalysis.base.locks import NO_LOCKS, lock_on, unlock

HERE, EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
LEFT = re.compile(r"\.(.+)\.(new|old)-\w+")


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Gives an empty folder beside `folder` to write into; it takes the place of `folder` when all went well.

    When something raises, the new folder goes and `folder` is as it was. After a kill `folder` is the old or the new
    one; where places are changed in two steps and the kill comes between them, the next call puts the old one back.
    Two at once do not meet: each writes into a folder of its own, and the last to end stays. Refused: it is a link.
    """
    check_no_link(folder)
    with beside(folder) as fresh:
        yield fresh
        _take_place(fresh, folder)


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes a file whole or not at all: a text as UTF-8, bytes as they are. Of two at once the last to end stays."""
    with beside(path) as folder:
        fresh = folder / path.name
        data = content if isinstance(content, bytes) else content.replace("\n", os.linesep).encode("utf-8")
        write_through(fresh, data)
        fresh.replace(path)


def write_through(path: Path, content: bytes) -> None:
    """Writes a file, and waits until the disk has it."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def for_this_user(folder: Path) -> None:
    """Makes a folder where there is none, and takes away what others may do in it. Refused: it is a link."""
    check_no_link(folder, folder.parent)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(folder.stat().st_mode & 0o700)


def check_no_link(*folders: Path) -> None:
    """Refused: one of these folders, into which something is written, is a link to somewhere else."""
    for folder in folders:
        if folder.is_symlink():
            raise Refused(f"{folder}: this is a link. What is written there would stand elsewhere: make it a folder.")


def clear(parent: Path, name: str = "", tries: int = 1) -> None:
    """Removes from a folder what dead runs left in it, and puts back what they took away.

    name: only what they left of this file or folder. What a run that goes on is writing stays. tries: how often, a
    hundredth of a second apart, for the lock of a run that was just killed goes a moment after it.
    """
    for _ in range(tries):
        cleared = [_cleared(left, name) for left in sorted(parent.glob(".*"))]
        if all(cleared):
            return
        time.sleep(0.01)


def _cleared(left: Path, name: str) -> bool:
    """Whether a hidden file or folder is nothing that a run goes on writing: whatever it was, it is done with."""
    match = LEFT.fullmatch(left.name)
    if not match or name not in ("", match[1]):
        return True
    lock = lock_on(left)
    if lock is None:
        return False
    with suppress(OSError):  # whoever may not write here need not clear either
        _clear(left, lock, left.with_name(match[1]), match[2] == "old")
    return True


def _clear(left: Path, lock: int, place: Path, was_there: bool) -> None:
    try:
        if was_there and not place.exists():
            left.rename(place)
        elif lock != NO_LOCKS:
            _remove(left)
    finally:
        unlock(lock)


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A new folder beside `path`, as what dead runs left. It is removed at the end, with whatever then has its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    clear(path.parent, path.name)
    fresh, lock = _begun(path)
    try:
        yield fresh
    finally:
        _remove(fresh)
        unlock(lock)
        clear(path.parent, path.name)  # again: of a run that was just killed, some child may have lived until now


def _begun(path: Path) -> tuple[Path, int | None]:
    """A new folder beside `path`, and the lock that says that its run goes on."""
    while True:
        fresh = Path(mkdtemp(prefix=f".{path.name}.new-", dir=path.parent))
        lock = lock_on(fresh, wait=True)  # another run may be just clearing it
        with suppress(FileNotFoundError):
            fresh.chmod(0o755)
            return fresh, lock
        unlock(lock)


def _take_place(fresh: Path, folder: Path) -> None:
    """The new folder in the place of the old one, whoever else may be doing the same."""
    while why := _exchange(fresh, folder):
        if why == errno.ENOENT and _moved(fresh, folder):  # nothing stood there
            return
        if why != errno.ENOENT and _taken_in_two_steps(fresh, folder):
            return


def _taken_in_two_steps(fresh: Path, folder: Path) -> bool:
    """Puts the old folder aside and the new one in its place; False where somebody else was there before."""
    old = folder.with_name(f".{folder.name}.old-{fresh.name.rpartition('-')[2]}")
    lock = lock_on(folder, wait=True)
    try:
        with suppress(FileNotFoundError):
            folder.rename(old)
        taken = _moved(fresh, folder)
        _remove(old)
        return taken
    finally:
        with suppress(OSError):  # interrupted between the two
            old.rename(folder)
        unlock(lock)


def _moved(fresh: Path, folder: Path) -> bool:
    """Whether the new folder has gone to a place where there was none."""
    try:
        fresh.rename(folder)
        return True
    except OSError:
        if not folder.exists():
            raise
        return False


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_symlink() or path.is_file():
            path.unlink()
    rmtree(path, ignore_errors=True)


def _exchange(one: Path, other: Path) -> int:
    """Two folders change places in one step: 0, or the number of the system's error."""
    change = _renameat2()
    if change is None:
        return errno.ENOSYS
    done = change(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE) == 0
    return 0 if done else ctypes.get_errno()


@cache
def _renameat2() -> Callable[..., int] | None:
    """The system's call that exchanges two folders, where it has one."""
    try:
        found: Callable[..., int] = ctypes.CDLL(None, use_errno=True).renameat2
        return found
    except (AttributeError, OSError, TypeError):
        return None
