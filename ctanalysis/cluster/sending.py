"""Who calls: sends the units of work to the scheduler, and says what comes of each as it ends."""

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import Any

from distributed import Client, KilledWorker, Security

from ctanalysis.base.errors import Refused
from ctanalysis.cluster import worker
from ctanalysis.cluster.address import Address
from ctanalysis.cluster.certificates import PATIENCE, Certificates, check
from ctanalysis.cluster.tasks import Place, Task, asked, shared
from ctanalysis.reports.many import Work
from ctanalysis.reports.running import Outcome, Outcomes, tidied

ALONE = 60  # seconds without any worker, after which a run ends
ON = "What is made is whole; the same command goes on from there."


def made(where: Address, certificates: Certificates, works: Sequence[Work]) -> Outcomes:
    """Makes the units of all projects on the workers of a scheduler: (name, outcome) of each, as they end.

    Refused: the scheduler cannot be reached, or is gone; no worker is there, or one that cannot take part.
    """
    with ExitStack() as stack:
        for work in works:
            stack.enter_context(tidied(work.given))
        if not any(work.stale for work in works):
            return
        check(where, certificates)
        client = stack.enter_context(_connected(where, certificates))
        places = [(work, *stack.enter_context(shared(work))) for work in works]
        _check_workers(client, where, [place for _, place, _ in places])
        yield from _Run(client, where, places).outcomes()


@contextmanager
def _connected(where: Address, certificates: Certificates) -> Iterator[Client]:
    """A client of the scheduler. Its own words nobody hears, for they come with tracebacks: sentences say the same."""
    logging.disable(logging.CRITICAL)  # for good: its threads still have something to say when it is closed
    authority, own, key = certificates.files
    tls = {"tls_ca_file": authority, "tls_client_cert": own, "tls_client_key": key} if where.tls else {}
    security = Security(require_encryption=where.tls, **tls)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of other versions of packages, which are looked at otherwise
        try:
            client = Client(str(where), security=security, timeout=PATIENCE, set_as_default=False)
        except (OSError, RuntimeError):
            raise Refused(f"{where}: this is no scheduler of Dask, or one of another version.") from None
    try:
        yield client
    finally:
        client.close(timeout=1)


def _workers(client: Client) -> list[str]:
    """The addresses of all workers that the scheduler knows; none where it cannot be asked."""
    try:
        return [*client.scheduler_info(n_workers=-1)["workers"]]
    except (OSError, RuntimeError):
        return []


def _check_workers(client: Client, where: Address, places: Sequence[Place]) -> None:
    """Refused: there is no worker, or one that cannot take part."""
    there = _workers(client)
    if not there:
        how = f"on each machine: make worker SCHEDULER={where}" if where.tls else f"here: dask worker {where}"
        raise Refused(f"{where}: there is no worker. Start one {how}.")
    wanted = asked(places)
    answers = {one: client.submit(worker.ask, wanted, workers=[one], pure=False) for one in there}
    for one, answer in answers.items():
        why = _outcome(answer).get("unfit", "")
        if why:
            raise Refused(f"The worker at {one} cannot take part: {why}.")


def _outcome(future: Any) -> Outcome:
    """What a worker answers, or what Dask says of it, without an exception's own words."""
    try:
        answer: Outcome = future.result()
        return answer
    except KilledWorker:
        return {"refused": "the worker that made it died, and so did each that was asked after it"}
    except Exception as fault:
        return {"unfit": f"it cannot begin ({type(fault).__name__}): it has another version of the library"}


class _Run:
    """What is still to be made. sent: by the key of each future, the name and the task."""

    def __init__(self, client: Client, where: Address, places: Sequence[tuple[Work, Place, str]]) -> None:
        self.client, self.where = client, where
        self.sent = dict[str, tuple[str, Task]]()
        self.futures = dict[str, Any]()
        self.ended: SimpleQueue[Any] = SimpleQueue()
        self.number = self.made = 0
        for work, place, digest in places:
            for label in work.stale:
                self._send(work.named(label), Task(place, label, work.asked, digest))

    def _send(self, name: str, task: Task) -> None:
        self.number += 1
        key = f"{name} {self.number} {task.place.key}"
        self.sent[key] = (name, task)
        self.futures[key] = self.client.submit(worker.ask, asked([task.place], task), key=key, pure=False)
        self.futures[key].add_done_callback(self.ended.put)

    def outcomes(self) -> Outcomes:
        """(name, outcome) of each unit, as they end. Refused: the scheduler is gone, or all workers are."""
        while self.sent:
            future = self._next()
            name, task = self.sent.pop(future.key)
            outcome = _outcome(self.futures.pop(future.key))
            if "unfit" in outcome:
                self._let_go(outcome)
                self._send(name, task)
                continue
            self.made += "notebooks" in outcome
            yield name, outcome

    def _next(self) -> Any:
        """What ends next."""
        without = 0
        while True:
            try:
                future = self.ended.get(timeout=1)
            except Empty:
                without = 0 if _workers(self.client) else without + 1
                future = None
            if self.client.status != "running" or (future and future.cancelled()):
                raise Refused(f"{self.where}: the scheduler is gone. {ON}")
            if future:
                return future
            if without >= ALONE:
                raise Refused(f"{self.where}: the last worker is gone. {ON} Start another one before.")

    def _let_go(self, outcome: Outcome) -> None:
        """A worker that came later and cannot take part is sent away, so that it takes nothing from the others."""
        if "at" in outcome:
            with suppress(OSError, RuntimeError):  # who is gone already need not be sent away
                self.client.retire_workers([outcome["at"]])
