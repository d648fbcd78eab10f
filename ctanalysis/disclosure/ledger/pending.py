"""A release on its way: decided whole in one place that is not public, then moved to where it belongs.

    internal/release/            locked by the one run that reads, audits and publishes
    internal/release/pending/    the new ledger, the manifest's internal half, the folder of the release, the new index
    internal/release/head.txt    the ledger's last hash: where releases are taken away with their lines, it is missed;
                                 and the SHA-256 of standing.json, so that a change of it is seen
    internal/release/standing.json  who stood in the breakdowns that were told (see memory)

The ledger is moved first, so that nothing public is unrecorded. What a run that was killed or found the disk full has
left in pending/ is decided: whoever reads the ledger next moves the rest. What it had not yet decided is removed.
"""

import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from shutil import rmtree

from ctanalysis.base.errors import Refused
from ctanalysis.base.locks import lock_on, unlock
from ctanalysis.base.replacing import beside, for_this_user, write_through
from ctanalysis.disclosure.ledger.folders import RECORD, folder_of, folders
from ctanalysis.project import Project, output_folder

LEDGER, HALF, INDEX, HEAD = "ledger.csv", "manifest.json", "index.html", "head.txt"
STANDING = "standing.json"
WAITS = "Another release of this project is going on: this one waits until it has ended."
_HELD: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())


def workshop(project: Project) -> Path:
    """The folder in which releases are prepared."""
    return output_folder(project.folder, "internal") / "release"


def is_pending(project: Project) -> bool:
    """Whether a release is decided and not yet all in its places."""
    return (workshop(project) / "pending").is_dir()


@contextmanager
def alone(project: Project, say: Callable[[str], object] = lambda words: None) -> Iterator[None]:
    """Within it no other run releases anything of a project: it waits for one that does, and says so.

    It waits, for then two commands at once do what they would have done one after the other. Within it, the same again
    changes nothing.
    """
    place = workshop(project).absolute()
    if place in _HELD.get():
        yield
        return
    for_this_user(place)
    taken = lock_on(place)
    if taken is None:
        say(WAITS)
        taken = lock_on(place, wait=True)
    held = _HELD.set(_HELD.get() | {place})
    try:
        yield
    finally:
        _HELD.reset(held)
        unlock(taken)


@contextmanager
def decided(project: Project) -> Iterator[Path]:
    """Gives a new folder to prepare a release in; when all went well it is decided, and moved to its places.

    Refused: the releases are on another disk, where nothing can be moved in one step.
    """
    releases, place = folder_of(project), workshop(project) / "pending"
    releases.mkdir(parents=True, exist_ok=True)
    with beside(place) as fresh:
        if _disk(fresh) != _disk(releases):
            raise Refused(f"{releases} and {place.parent} are on two disks. A release needs both on one.")
        yield fresh
        fresh.rename(place)
    settle(project)


def _disk(path: Path) -> int:
    return path.stat().st_dev


def settle(project: Project) -> None:
    """Moves what is decided to its places, as far as that is not done. Refused: the ledger is another one by now."""
    place, releases = workshop(project) / "pending", folder_of(project)
    if not place.is_dir():
        return
    _check(place, releases / LEDGER)
    for one, target in _moves(place, releases):
        target.parent.mkdir(parents=True, exist_ok=True)
        one.replace(target)
    rmtree(place)


def _moves(place: Path, releases: Path) -> Iterator[tuple[Path, Path]]:
    """What is still to be moved, and whereto, in its order."""
    every = [(place / LEDGER, releases / LEDGER)]
    for folder in folders(place):
        halves = place.parents[1] / "manifests" / releases.name
        every += [(place / HALF, halves / f"{folder.name}.json"), (folder, releases / folder.name)]
    every.append((place / INDEX, releases / INDEX))
    every += [(place / name, place.parent / name) for name in (HEAD, STANDING)]  # what it names is then the head's
    return (move for move in every if move[0].exists())


def _check(place: Path, path: Path) -> None:
    """Refused: the ledger at a path is not the one to which the pending release was to be added, or was added."""
    there, fresh = path.read_bytes() if path.exists() else b"", place / LEDGER
    if fresh.exists():
        whole = fresh.read_bytes().startswith(there)
    else:
        heads = [json.loads((folder / RECORD).read_text(encoding="utf-8"))["ledger"] for folder in folders(place)]
        whole = all(there.rstrip().endswith(head.encode()) for head in heads)
    if not whole:
        raise Refused(
            f"{path}: this is not the ledger to which a release was added that was interrupted. Put it back as it was "
            f"then; or remove {place}, and that release has never been."
        )


def remembered(project: Project) -> tuple[str | None, str]:
    """The ledger's last hash, and that of standing.json, as the last release left them.

    None where nothing is remembered; the second is empty where a release before there was such a hash did.
    """
    try:
        last, _, memory = (workshop(project) / HEAD).read_text(encoding="utf-8").strip().partition("\n")
    except FileNotFoundError:
        return None, ""
    except UnicodeError:
        return "", ""
    return last, memory


def check_head(project: Project, heads: Collection[str]) -> None:
    """Refused: the ledger once had another last line than any of these, its releases' last ones."""
    last, _ = remembered(project)
    if last is not None and last not in heads:
        raise Refused(
            f"{folder_of(project)}: a release is gone from the ledger, or its lines were written anew: it has no more "
            f"the line that internal/release/{HEAD} remembers. What was published stays: put this folder back from the "
            "latest copy."
        )


def put_index(project: Project, text: str) -> None:
    """Writes the index of the releases anew, without any other file beside it."""
    path, content = folder_of(project) / INDEX, text.encode("utf-8")
    if path.is_file() and path.read_bytes() == content:
        return
    with beside(workshop(project) / INDEX) as fresh:
        write_through(fresh / INDEX, content)
        (fresh / INDEX).replace(path)
