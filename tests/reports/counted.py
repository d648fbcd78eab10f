"""A run in a process group of its own, whose file operations are counted in all its processes, as they come.

    open for writing · half a write · the other half · mkdir · chmod · lock · exchange · rename · remove · rmdir

Before each one it is asked what happens now: nothing, a kill, a full disk, a wait for another run.
"""

import builtins
import errno
import gc
import io
import mmap
import os
import re
import select
import signal
import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass

from ctanalysis.base import replacing
from ctanalysis.reports import children

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
HANGS = 300  # seconds
TAKES_ROOM = ("open", "write", "os.mkdir")
ON_A_PATH = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod")


class Counter:
    """Counts the operations below a folder, or on a name in an opened one. what: is told each before it is done."""

    def __init__(self, root, what):
        self.root, self.what, self.shared, self.open = f"{root}/", what, mmap.mmap(-1, 8), io.open

    @property
    def number(self):
        return int.from_bytes(self.shared[:], "little")

    def tick(self, operation):
        self.shared[:] = (self.number + 1).to_bytes(8, "little")
        self.what(self.number, operation)

    def begin(self):
        """From now on, in this process and those that it forks."""
        sys.addaudithook(self.heard)
        builtins.open = io.open = self.opened
        exchange = replacing._renameat2()
        if exchange:
            replacing._renameat2 = lambda: lambda *given: self.exchanged(exchange, given)

    def is_below(self, path):
        return isinstance(path, (str, os.PathLike)) and (os.fspath(path) + "/").startswith(self.root)

    def heard(self, event, given):
        if event == "open" and given[2] & WRITING and self.is_below(given[0]):
            self.tick(f"open {given[0]}")
        elif event == "fcntl.flock":
            self.tick("lock")
        elif event in ON_A_PATH and (self.is_below(given[0]) or not os.path.isabs(given[0])):
            self.tick(f"{event} {given[0]}")

    def exchanged(self, exchange, given):
        self.tick("exchange")
        done = exchange(*given)
        self.tick("exchanged")
        return done

    def opened(self, file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, *more, **named):
        """open(), of which the first write of a file is done in halves."""
        if not (set(mode) & set("wxa") and self.is_below(file)):
            return self.open(file, mode, buffering, encoding, errors, newline, *more, **named)
        raw = Halved(file, mode.replace("t", "").replace("b", ""))
        raw.tick = self.tick
        buffered = io.BufferedWriter(raw)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, encoding, errors, newline)


class Halved(io.FileIO):
    """A file whose first write stops half way, as on a kill."""

    whole = False

    def write(self, data):
        self.tick(f"write {self.name}")
        if self.whole or len(data) < 2:
            return super().write(data)
        self.whole = True
        return super().write(memoryview(data)[: len(data) // 2])


@dataclass
class Run:
    """A started run. pid: of its first process, and of its group."""

    pid: int
    counter: Counter
    reader: int

    def read(self):
        if not select.select([self.reader], [], [], HANGS)[0]:
            os.killpg(self.pid, signal.SIGKILL)
            raise AssertionError("some process of the run goes on without an end")
        return os.read(self.reader, 65536)

    def end(self):
        """Waits until all its processes are gone: its exit status, and what it said."""
        said = b""
        while more := self.read():
            said += more
        os.close(self.reader)
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        with suppress(ProcessLookupError):
            while True:  # a process closes its files one by one: the last of them, and so its locks, after what it says
                os.killpg(self.pid, 0)
                os.sched_yield()
        return status, said.decode()


def start(work, root, what=lambda number, operation: None):
    """Forks a run of work() that gives its exit status; what is done below root is counted."""
    counter, (reader, writer) = Counter(root, what), os.pipe()
    sys.stdout.flush()
    parent, pid = os.getpid(), os.fork()
    if pid:
        os.close(writer)
        return Run(pid, counter, reader)
    status = 70
    try:
        children._die_with(parent)  # where a test fails that holds it
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background job is made deaf to
        os.dup2(writer, 1)
        os.dup2(writer, 2)
        os.close(reader)
        sys.stdout = sys.stderr = open(writer, "w", buffering=1, encoding="utf-8")  # noqa: SIM115  ends with the process
        gc.freeze()  # what is shared with the tests' own process is not looked through
        counter.begin()
        status = work() or 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def killed_at(count):
    """At the count-th operation all processes of the run are killed."""

    def what(number, operation):
        if number >= count:
            os.killpg(0, signal.SIGKILL)
            signal.pause()

    return what


def full_from(count):
    """From the count-th operation on there is no room on the disk."""

    def what(number, operation):
        if number >= count and operation.startswith(TAKES_ROOM):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), operation.partition(" ")[2])

    return what


class Gate:
    """Where a run waits until another has gone on: before the first operation that a pattern finds."""

    def __init__(self, pattern):
        self.pattern, self.was_reached = pattern, mmap.mmap(-1, 1)
        self.waits, self.goes = os.pipe(), os.pipe()

    def __call__(self, number, operation):
        if re.search(self.pattern, operation) and not self.was_reached[0]:
            self.was_reached[0] = 1
            os.write(self.waits[1], b".")
            os.read(self.goes[0], 1)

    def reached(self):
        """Waits until the run waits."""
        os.read(self.waits[0], 1)

    def open(self):
        """Lets the run go on."""
        os.write(self.goes[1], b".")
