"""The entries of a list: about periods that the project has, and one about each thing."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from ctanalysis.base.errors import Refused
from ctanalysis.periods import Calendar
from ctanalysis.project.csv_files import Delivery, Target
from ctanalysis.project.judgements import Restatement


def periods(name: str, entries: Iterable[Target | Delivery | Restatement], calendar: Calendar) -> Iterator[str]:
    """A sentence to each label in the file of this name that names no period of the project; of targets also months."""
    for period, is_target in dict.fromkeys((entry.period, isinstance(entry, Target)) for entry in entries):
        try:
            (calendar.named if is_target else calendar.delivered)(period)
        except Refused as refusal:
            yield f"{name}: {refusal}"


def repeated(name: str, keys: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """A sentence to each key that several entries of the file of this name have; its first part is shown."""
    for key, count in Counter(keys).items():
        if count > 1:
            yield f"{name}: {count} entries are about the same thing ('{key[0]}'). Keep one."
