"""A lock on a file or folder, for as long as the process that took it and its children live."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

NO_LOCKS = -1  # where the system has none


def lock_on(path: Path, wait: bool = False) -> int | None:
    """A lock on what stands there; None where another run has it, or nothing is there. wait: until nobody has it."""
    try:
        import fcntl
    except ImportError:  # Windows: nobody says whether a run still goes on, so nothing is removed
        return NO_LOCKS
    try:
        taken = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(taken, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        os.close(taken)
        return None if fault.errno in (errno.EWOULDBLOCK, errno.EINTR) else NO_LOCKS
    except BaseException:  # interrupted while it waited
        os.close(taken)
        raise
    return taken


def unlock(taken: int | None) -> None:
    """Gives a lock back."""
    if taken is not None and taken != NO_LOCKS:
        os.close(taken)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Nobody else is between here and the end, on any machine that shares the folder: a file that is locked, then gone.

    Whoever comes waits. A run that is killed leaves the file, and nobody has its lock.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    taken = _taken(path)
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()  # before the lock goes: who waits for it then sees that it is of no file
        unlock(taken)


def _taken(path: Path) -> int | None:
    """The lock on a file that is there: who waited for one that somebody else has taken away begins anew."""
    while True:
        path.touch()
        taken = lock_on(path, wait=True)
        with suppress(FileNotFoundError):
            if taken == NO_LOCKS or (taken is not None and os.path.samestat(os.fstat(taken), path.stat())):
                return taken
        unlock(taken)
