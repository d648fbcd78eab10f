"""What is sent to a worker: names, and by what it can see that it has the same files. No value of any record.

The worker is to have the very folder of the project, on storage that all share, as the plan saw it. Whether it has, it
finds out by itself:

    internal/.cluster.new-xxxxxxxx/key    a secret of this run, which stands on that storage and is never sent
    digest                                of all the project's inputs with their hashes, keyed by that secret

Without the secret nobody on the way can try guesses at records on the digest. When the run ends, the secret goes.
"""

import hmac
import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ctanalysis.base.replacing import beside, for_this_user
from ctanalysis.formats import choice
from ctanalysis.project import SHIPPED, output_folder
from ctanalysis.reports import manifest
from ctanalysis.reports.inputs import LIBRARY, ROOT, Inputs, hash_of
from ctanalysis.reports.languages import Asked
from ctanalysis.reports.many import Work
from ctanalysis.reports.notebooks import SOURCES

LOCK = "requirements.lock"
KEY = "key"


@dataclass(frozen=True)
class Place:
    """A project of a run, as who calls named its folder. key: the folder of the run's secret in its internal/."""

    project: str
    key: str

    @property
    def folder(self) -> Path:
        return Path(self.project or SHIPPED)

    @property
    def secret(self) -> Path:
        """The file with the run's secret."""
        return output_folder(self.folder, "internal") / self.key / KEY

    def digest(self, inputs: Inputs) -> str:
        """Of all inputs, keyed by the run's secret. OSError: it cannot be read."""
        text = json.dumps(inputs.kinds, sort_keys=True, ensure_ascii=True)
        return hmac.new(self.secret.read_bytes(), text.encode("ascii"), sha256).hexdigest()


@dataclass(frozen=True)
class Task:
    """A unit of work as it is sent: the report of a period, by its label, with what is asked of it."""

    place: Place
    label: str
    asked: Asked
    digest: str

    def sent(self) -> dict[str, Any]:
        """As plain texts, lists and dictionaries."""
        return asdict(self)

    @classmethod
    def received(cls, sent: dict[str, Any]) -> "Task":
        """What sent() gave."""
        asked = Asked(*(tuple(sent["asked"][name]) for name in ("documents", "languages")))
        return cls(Place(**sent["place"]), sent["label"], asked, sent["digest"])


def asked(places: Sequence[Place], task: Task | None = None) -> dict[str, Any]:
    """What is asked of a worker: whether it has the same versions and these places, and if so to do a task."""
    wanted = {"versions": versions(), "places": [asdict(one) for one in places]}
    return wanted | ({"task": task.sent()} if task else {})


@contextmanager
def shared(work: Work) -> Iterator[tuple[Place, str]]:
    """The place of a project and the digest of its inputs, with a secret that stands there until the end."""
    internal = output_folder(work.given.project.folder, "internal")
    for_this_user(internal)
    with beside(internal / "cluster") as folder:
        place = Place(str(work.given.given), folder.name)
        (folder / KEY).write_bytes(secrets.token_bytes(32))
        yield place, place.digest(work.given.inputs)


@cache
def versions() -> dict[str, str]:
    """By what it is called in a sentence, the hash of what must be the same everywhere, as it is when first asked."""
    files = (path for folder in (LIBRARY, SOURCES) for path in sorted(folder.rglob("*")) if _is_ours(path))
    library = {path.relative_to(ROOT).as_posix(): hash_of(path) for path in files}
    lock = ROOT / LOCK
    return {
        f"of the lock ({LOCK})": hash_of(lock) if lock.is_file() else "",
        "of the library": _hash(library),
        "of Python or of packages": _hash(manifest.environment()),
        "of pandoc or typst": _hash(dict(choice.versions())),
    }


def _is_ours(path: Path) -> bool:
    return path.is_file() and not any(part.startswith((".", "__pycache__")) for part in path.relative_to(ROOT).parts)


def _hash(content: Any) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
