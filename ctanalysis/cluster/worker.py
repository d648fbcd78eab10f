"""What a worker does: it hands each unit of work to a maker, a fresh process beside it, and passes the answer on.

Nothing here raises: Dask would write an exception's words into its log, and send them.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from ctanalysis.base.errors import Refused
from ctanalysis.cluster import address

Maker = subprocess.Popen[bytes]
_IDLE: SimpleQueue[Maker] = SimpleQueue()  # one for each thread of the worker, once it has worked


def ask(asked: dict[str, Any]) -> dict[str, Any]:
    """What a maker answers, and at: this worker's address. asked: see tasks.asked().

    unfit: why this worker cannot take part.
    """
    from distributed import get_worker

    worker = get_worker()
    return {**_answer(asked, worker.address, worker.scheduler.address), "at": worker.address}


def _answer(asked: dict[str, Any], *addresses: str) -> dict[str, Any]:
    try:
        if not all(address.parsed(one).is_safe for one in addresses):
            return {"unfit": "it does not speak TLS, and is not on the scheduler's machine. Start it with make worker"}
        with _maker() as maker:
            return _said(maker, asked)
    except Refused:
        return {"unfit": "it speaks neither tls:// nor tcp://"}
    except OSError as fault:
        return {"unfit": f"no process can be started there ({fault.strerror})"}


def _said(maker: Maker, asked: dict[str, Any]) -> dict[str, Any]:
    assert maker.stdin and maker.stdout
    with suppress(BrokenPipeError):
        maker.stdin.write(json.dumps(asked).encode() + b"\n")
        maker.stdin.flush()
    line = maker.stdout.readline()
    if line.endswith(b"\n"):
        answer: dict[str, Any] = json.loads(line)
        return answer
    what = "refused" if "task" in asked else "unfit"
    return {what: "the process that makes reports there ended by itself"}


@contextmanager
def _maker() -> Iterator[Maker]:
    """One that has nothing to do, or a new one."""
    try:
        maker = _IDLE.get_nowait()
    except Empty:
        maker = _begun()
    yield maker
    if maker.poll() is None:
        _IDLE.put(maker)


def _begun() -> Maker:
    """A maker as if somebody had started it by hand: without what Dask has put on the path and into the environment.

    What it prints goes nowhere: a warning might hold a record's value, and the worker keeps a log.
    """
    kept = {name: text for name, text in os.environ.items() if not name.startswith("DASK_")}
    path = [place for place in os.environ.get("PYTHONPATH", "").split(os.pathsep) if not _is_dasks(place)]
    command = [sys.executable, "-m", "ctanalysis.cluster.maker"]
    return subprocess.Popen(
        command,
        env=kept | {"PYTHONPATH": os.pathsep.join(path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for the worker, with which it ends
    )


def _is_dasks(place: str) -> bool:
    return (Path(place) / "distributed").is_dir()
