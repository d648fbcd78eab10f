"""Who stood in each breakdown when it was told: a private memory, written with each release.

    internal/release/standing.json

Nobody leaves a breakdown and nobody changes sides, so each later node follows from it (see waiting.people). It names
the last line of the ledger with which it was written, of each node the one with which it was first told, and the
SHA-256 of the memory before it. Its own stands in head.txt beside it. None of these is ever public: whoever knows most
of the people could try out with it where the others stand.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from ctanalysis.base.errors import Refused
from ctanalysis.disclosure.ledger.pending import HEAD, STANDING, alone, remembered, settle, workshop
from ctanalysis.disclosure.ledger.public import NOT_TOLD
from ctanalysis.disclosure.ledger.reading import Ledger
from ctanalysis.disclosure.ledger.relabelled import labels_now
from ctanalysis.disclosure.waiting.cells import RECORDED
from ctanalysis.disclosure.waiting.named import is_reached_later, waiting
from ctanalysis.disclosure.waiting.people import People, Standing
from ctanalysis.indicators.known_people import begins
from ctanalysis.project import MARKING, Project
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.policy import TOTAL

Key = tuple[str, str]  # sheet and field of a breakdown


def standing(project: Project, released: Ledger) -> Standing:
    """Who stood in each breakdown of the policy at each node that was told in these releases.

    Refused: such breakdowns were told, and what was kept of them is gone, was changed, or is of another ledger. What is
    refused is looked at once more when nobody is publishing.
    """
    try:
        return _standing(project, released)
    except Refused:
        if not workshop(project).is_dir():
            raise
    with alone(project):
        settle(project)
        return _standing(project, released)


def _standing(project: Project, released: Ledger) -> Standing:
    path, told = workshop(project) / STANDING, _told(project, released.cells)
    if not told:
        return {}
    memory = _memory(path)
    if memory is None or not _belongs(memory, path, released, project):
        raise Refused(_missing(path, told))
    found = {key: _nodes(memory, key, set(released.cells["chain"])) for key in told}
    lost = [key for key, nodes in found.items() if not _is_whole(project, released.cells, key, nodes)]
    if lost:
        raise Refused(_missing(path, lost))
    return {key: tuple((day, _renamed(people, project, key)) for day, people in found[key]) for key in told}


def files_of_memory(project: Project, now: Standing, head: str) -> dict[str, bytes]:
    """The files that remember one more release, by name: who stands where, and what is remembered of the ledger.

    now: who stands in breakdowns at nodes that the release tells. head: of the ledger with it.
    """
    memory = _with(project, now, head).encode("utf-8")
    return {STANDING: memory, HEAD: f"{head}\n{_hash(memory)}\n".encode()}


def _with(project: Project, now: Standing, head: str) -> str:
    """The memory with one more release, without the breakdowns that the policy has ended.

    Of what is dropped not even a hash is kept, with which it could be tried out who was erased.
    """
    path = workshop(project) / STANDING
    memory = _memory(path) or {"breakdowns": []}
    there = {key: {node["day"]: node for node in nodes} for key, nodes in _by_key(memory)}
    ended = {(one.sheet, one.by) for one in waiting(project) if one.ended}
    breakdowns = []
    for sheet, by in (key for key in dict.fromkeys([*there, *now]) if key not in ended):
        nodes = there.get((sheet, by), {})
        for day, people in now.get((sheet, by), ()):
            nodes.setdefault(day, {"day": day, "ledger": head, "people": dict(people)})
        breakdowns.append({"sheet": sheet, "by": by, "nodes": [nodes[day] for day in sorted(nodes)]})
    before = _hash(path.read_bytes()) if path.is_file() and not ended & {*there} else ""
    whole = {"marking": MARKING, "ledger": head, "before": before, "breakdowns": breakdowns}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()


def _told(project: Project, cells: pd.DataFrame) -> list[Key]:
    """The breakdowns that were told by the waiting rule, with their own base, and are to be told further."""
    keys = [(one.sheet, one.by) for one in waiting(project) if not one.ended]
    return [key for key in keys if len(_own(cells, key))]


def _own(cells: pd.DataFrame, key: Key) -> pd.DataFrame:
    """The cells that say of how many people, or rows, a breakdown was told."""
    of = (cells["indicator"] == key[0]) & (cells["disaggregation"] == key[1])
    if key[1] == TOTAL:
        return cells[of & cells["denominator"].notna() & cells["numerator"].isna()]
    return cells[of & (cells["category"] == RECORDED) & ~cells["status"].isin(NOT_TOLD)]


def _bases(project: Project, cells: pd.DataFrame, key: Key) -> dict[str, float]:
    """By node (ISO day), how many people a breakdown was told of to date; of a share, how many rows."""
    sheet, rows = project.sheet(key[0]), _own(cells, key)
    if not is_reached_later(project, sheet):  # else it is told of each year's own rows
        rows = rows[rows["start"] == begins(project, sheet).isoformat()]
    return dict(zip(rows["end"], rows["denominator" if key[1] == TOTAL else "value"], strict=True))


def _memory(path: Path) -> dict[str, Any] | None:
    """What the file holds; None where there is none, or it is no such file."""
    try:
        memory = json.loads(path.read_text(encoding="utf-8"))
        nodes = [node for _, nodes in _by_key(memory) for node in nodes]
        whole = all(isinstance(node[name], kind) for node in nodes for name, kind in _NODE.items())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return memory if whole and isinstance(memory.get("ledger"), str) else None


_NODE: Mapping[str, type] = {"day": str, "ledger": str, "people": dict}


def _by_key(memory: Mapping[str, Any]) -> list[tuple[Key, list[Any]]]:
    return [((one["sheet"], one["by"]), one["nodes"]) for one in memory["breakdowns"]]


def _belongs(memory: Mapping[str, Any], path: Path, released: Ledger, project: Project) -> bool:
    """Whether it is, byte for byte, what the last release wrote with the last line of the ledger.

    One that was written before its hash was kept says of no memory before it, and is known by that line only.
    """
    last, content = remembered(project)
    if "before" in memory or content:
        return memory["ledger"] == last and _hash(path.read_bytes()) == content
    return memory["ledger"] in (released.head, last)


def _nodes(memory: Mapping[str, Any], key: Key, chain: set[str]) -> list[tuple[str, People]]:
    """The nodes of a breakdown that were told with lines of this chain, by day."""
    nodes = [node for one, nodes in _by_key(memory) if one == key for node in nodes if node["ledger"] in chain]
    return sorted((node["day"], node["people"]) for node in nodes)


def _is_whole(project: Project, cells: pd.DataFrame, key: Key, nodes: list[tuple[str, People]]) -> bool:
    """Whether the memory holds as many people at each node as the ledger tells."""
    counts = {day: sum(category is not None for category in people.values()) for day, people in nodes}
    if is_reached_later(project, project.sheet(key[0])):
        earlier = [0, *counts.values()]
        counts = {day: number - before for (day, number), before in zip(counts.items(), earlier, strict=False)}
    return _bases(project, cells, key).items() <= counts.items()


def _renamed(people: People, project: Project, key: Key) -> dict[str, str | None]:
    """With each category as it is called now."""
    now = {} if key[1] == TOTAL else labels_now(project, key[0], key[1].removesuffix(COARSE))
    return {person: None if label is None else now.get(label, label) for person, label in people.items()}


def _missing(path: Path, told: list[Key]) -> str:
    sheet, by = told[0]
    return (
        f"{path}: indicator {sheet} by {by} was released, and who stood in it is not known any more: this file is "
        f"gone, was changed, or is of another ledger. Put it and {HEAD} beside it back from the copy that belongs "
        'to releases/. Where there is none, or records had to be erased, write ended = "the reason, which is printed" '
        "into the [[...breakdowns]] entry of policy.toml: what was told of it stays, and it is told no further."
    )
