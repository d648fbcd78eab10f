"""Work in a forked child: what it does, leaves open or breaks ends with it; what came of it is said through a pipe."""

import ctypes
import json
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from selectors import EVENT_READ, DefaultSelector
from typing import Any

from jupyter_client.jsonutil import json_default

from ctanalysis.base.errors import Refused

Say = Callable[[Any], None]
MEGABYTE = 1024 * 1024
LARGEST = 64 * MEGABYTE  # of one message
MEMORY = 4096 * MEGABYTE  # of address space beside what the parent has
PATIENCE = 10  # seconds, with what a killed child has left that does not end
DIES_WITH_ITS_PARENT = 1  # PR_SET_PDEATHSIG of Linux


class Ended(RuntimeError):
    """A child that ended without having done its work: how, in words that follow its name."""


def can_fork() -> bool:
    """Whether a process can be forked safely: not on Windows, and by Apple's advice not on macOS."""
    return hasattr(os, "fork") and sys.platform != "darwin"


class Child:
    """A forked process that works, says what JSON can hold, and ends hard: nothing else of it reaches its parent.

    work: is given a function that says a message to the parent. seconds: after which it is ended; memory: bytes of
    address space that it may take beside its parent's. Within `with` it is waited for, or killed when something raises.
    """

    def __init__(self, work: Callable[[Say], None], seconds: int = 0, memory: int = MEMORY) -> None:
        reader, writer = os.pipe()
        self.seconds = seconds
        sys.stdout.flush()
        sys.stderr.flush()
        parent, mask = os.getpid(), signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        self.pid = os.fork()
        if self.pid == 0:
            _work(work, writer, lambda: _begin(parent, mask, seconds, memory))
        os.close(writer)
        self._reader = os.fdopen(reader, "rb")
        self._status: int | None = None
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)  # an interruption from here on finds a child to end
        except BaseException:
            self._end()
            raise

    def fileno(self) -> int:
        """Of the pipe: readable when there is a message, or the child has ended."""
        return self._reader.fileno()

    def messages(self) -> Iterator[Any]:
        """What the child says, until it has done its work. Raises Ended where it ends otherwise."""
        while line := self._reader.readline():
            message = json.loads(line)
            if message == {"done": True}:
                return
            if isinstance(message, dict) and "ended" in message:
                raise Ended(message["ended"])
            yield message
        raise Ended(self._how())

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None and self._status is None:
            self._end()
        self._wait()
        self._reader.close()

    def _end(self) -> None:
        """Kills it, and waits until it and its children are gone: they hold the other end of the pipe."""
        os.kill(self.pid, signal.SIGKILL)
        self._wait()
        with DefaultSelector() as selector:
            selector.register(self, EVENT_READ)
            while selector.select(PATIENCE) and os.read(self.fileno(), MEGABYTE):
                pass

    def _wait(self) -> int:
        if self._status is None:
            self._status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self._status

    def _how(self) -> str:
        status = self._wait()
        if status == -signal.SIGALRM:
            return f"took longer than {self.seconds} seconds"
        if status < 0:
            return f"was ended by signal {-status} ({signal.Signals(-status).name})"
        return f"ended by itself with exit status {status}"


def _work(work: Callable[[Say], None], writer: int, begin: Callable[[], None]) -> None:
    """In the child: never returns."""
    status = 1
    try:
        begin()
        with os.fdopen(writer, "wb") as pipe:

            def say(message: Any) -> None:
                line = json.dumps(message, default=json_default).encode() + b"\n"
                if len(line) > LARGEST:
                    raise Ended(f"gave more than {LARGEST // MEGABYTE} MB to show")
                pipe.write(line)
                pipe.flush()

            try:
                work(say)
                say({"done": True})
            except Ended as how:
                say({"ended": str(how)})
            except Exception as fault:
                say({"ended": f"stopped ({_kind(fault)})"})
        status = 0
    finally:
        os._exit(status)


def _kind(fault: Exception) -> str:
    """What went wrong, without an exception's own words: they might hold a record's value."""
    is_the_systems = isinstance(fault, OSError) and fault.errno is not None
    return os.strerror(fault.errno) if is_the_systems else type(fault).__name__  # type: ignore[attr-defined]


def _begin(parent: int, mask: Iterable[int], seconds: int, memory: int) -> None:
    """What is a child's own: its clock, its limit of memory, its end with its parent, and Ctrl-C as before it began."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds)
    _die_with(parent)
    _limit(memory)
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _die_with(parent: int) -> None:
    """Where the system can: whoever kills the parent has killed its children as well."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).prctl(DIES_WITH_ITS_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it was killed before that
        os._exit(1)


def _limit(memory: int) -> None:
    """At most so much more address space than there is now, where the system says how much that is."""
    import resource  # there is none where nothing can be forked

    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            taken = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = taken + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def each(
    works: Mapping[str, Callable[[Say], None]], at_once: int, seconds: int = 0
) -> Generator[tuple[str, Any], None, None]:
    """Works in children of their own, so many at once: as each ends, (its name, its last message or how it Ended)."""
    if not can_fork():
        for name, work in works.items():
            yield name, _ended_here(name, work)
        return
    waiting = list(works.items())
    with ExitStack() as stack, DefaultSelector() as running:
        while waiting or running.get_map():
            while waiting and len(running.get_map()) < at_once:
                name, work = waiting.pop(0)
                running.register(stack.enter_context(Child(work, seconds)), EVENT_READ, name)
            for key, _ in running.select():
                running.unregister(key.fileobj)
                yield key.data, _outcome(key.fileobj)  # type: ignore[arg-type]  # what was registered: a Child


def here(works: Mapping[str, Callable[[Say], None]]) -> Generator[tuple[str, Any], None, None]:
    """Works in this process, one after the other: as each ends, (its name, its last message)."""
    for name, work in works.items():
        messages: list[Any] = [None]
        work(messages.append)
        yield name, messages[-1]


def _ended_here(name: str, work: Callable[[Say], None]) -> Any:
    """The last message of a work in this process, or how it Ended: as of a child, what one meets is not the others'."""
    try:
        return dict(here({name: work}))[name]
    except Refused:
        raise
    except Exception as fault:
        return Ended(f"stopped ({_kind(fault)})")


def _outcome(child: Child) -> Any:
    """The last message of a child, which has begun to say it or has ended."""
    try:
        return [None, *child.messages()][-1]
    except Ended as how:
        return how
