"""What was asked once is not asked again: in this process, and in the kernels of the report that it makes.

An answer depends on nothing but its question, so that it is kept under a hash of all that is asked of.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, TypeVar

FILE = "CTANALYSIS_ANSWERS"  # the environment variable that names the file in which a report hands its answers on
Answer = frozenset[tuple[str, ...]]


class Asked(Protocol):
    """A question with a hash of everything that is asked of."""

    @property
    def key(self) -> str: ...


Q = TypeVar("Q", bound=Asked)
KNOWN: dict[str, Answer] = {}


def asked_once(ask: Callable[[Q], Answer]) -> Callable[[Q], Answer]:
    """The function of a question (with its hash as `key`) to a frozenset of tuples, asked once for each question."""

    @wraps(ask)
    def answered(question: Q) -> Answer:
        if question.key not in KNOWN:
            found = _handed_on(os.environ.get(FILE, "")).get(question.key)
            KNOWN[question.key] = ask(question) if found is None else found
        return KNOWN[question.key]

    return answered


@contextmanager
def handed_on() -> Iterator[None]:
    """Within it, what this process knows is known to the processes that it starts."""
    with TemporaryDirectory() as folder:  # nobody else may read or write it
        path = Path(folder) / "answers.json"
        path.write_text(json.dumps({key: sorted(told) for key, told in KNOWN.items()}), encoding="utf-8")
        before = os.environ.get(FILE)
        os.environ[FILE] = str(path)
        try:
            yield
        finally:
            os.environ.pop(FILE) if before is None else os.environ.update({FILE: before})


@cache
def _handed_on(path: str) -> dict[str, Answer]:
    try:
        known = json.loads(Path(path).read_text(encoding="utf-8")) if path else {}
        return {key: frozenset(map(tuple, told)) for key, told in known.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}  # then it is asked anew
