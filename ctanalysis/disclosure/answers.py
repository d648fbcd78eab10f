"""What was asked once is not asked again: in this process, and in those that it forks.

An answer depends on nothing but its question, so that it is kept under a hash of all that is asked of. No file
holds it: whoever read such a hash could try out what the records may be.
"""

from collections.abc import Callable
from functools import wraps
from typing import Protocol, TypeVar

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
            KNOWN[question.key] = ask(question)
        return KNOWN[question.key]

    return answered
