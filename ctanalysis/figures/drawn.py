"""A chart that stands in several notebooks, or reports, is drawn once: its image is kept while they are made.

The folder is named by a context variable, so that processes that are forked meanwhile know it as well.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path

_FOLDER: ContextVar[Path | None] = ContextVar("the folder of the images that are kept", default=None)


@contextmanager
def drawn_once(folder: Path) -> Iterator[None]:
    """Within it, images are kept in a folder that exists, and none is drawn that is there.

    Of several within each other the outermost counts.
    """
    token = _FOLDER.set(_FOLDER.get() or folder.resolve())
    try:
        yield
    finally:
        _FOLDER.reset(token)


def kept(determines: str, draw: Callable[[], bytes]) -> bytes:
    """The image that is kept for the text that determines it; drawn, and kept, where there is none."""
    folder = _FOLDER.get()
    if folder is None:
        return draw()
    path = folder / f"{sha256(determines.encode()).hexdigest()}.png"
    with _alone(path.with_suffix(".lock")):
        with suppress(OSError):
            return path.read_bytes()
        image = draw()
        with suppress(OSError):  # an image that cannot be kept is drawn again
            _write(path, image)
        return image


def _write(path: Path, image: bytes) -> None:
    """Whole or not at all."""
    fresh = path.with_suffix(f".{os.getpid()}")
    try:
        fresh.write_bytes(image)
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One process at a time, where the system has locks; the lock of a process that is killed goes with it."""
    try:
        import fcntl

        lock = os.open(path, os.O_CREAT | os.O_RDWR)
    except (ImportError, OSError):
        yield
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
