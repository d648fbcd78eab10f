"""What a report is made from: every file of the project, the library and the notebooks, by kind, with its hash.

A change is a change of content: no time stamp counts, so that a checkout or a copy changes nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ctanalysis.project import SHIPPED, Project
from ctanalysis.reports.notebooks import Page
from ctanalysis.reports.own import hash_of_source

ROOT = SHIPPED.parent
LIBRARY = Path(__file__).resolve().parents[1]
LATER = ("region", "releases", "intake", "internal", "__main__.py")  # of the library, what no report is made with
CACHES = ("__pycache__", ".ipynb_checkpoints")
KINDS = {  # of the files of a project folder
    "project.toml": "facts",
    "datapackage.json": "tables",
    "indicators": "reference sheets",
    "targets.csv": "targets",
    "published.csv": "published figures",
    "population.csv": "residents",
    "policy.toml": "policy",
    "rules.toml": "rules",
    "quality.toml": "quality thresholds",
    "deliveries.csv": "deliveries",
    "judgements/corrections.toml": "corrections",
    "judgements/same-people.toml": "same people",
    "judgements/restatements.toml": "restatements",
    "judgements/accepted.toml": "accepted findings",
    "judgements/milestones.toml": "milestones",
    "judgements/explanations.toml": "explanations",
    "judgements/context.toml": "context",
    "judgements/actions.toml": "actions",
    "judgements/lessons.toml": "lessons",
    "judgements/recommendations.toml": "recommendations",
    "judgements/questions.toml": "evaluation questions",
    "judgements/reviews.toml": "reviews of translations",
    "translations": "translations",
    "records": "records",
}
# A public hash of these would let guesses be tried: at records, at what was decided about single ones, at partners.
INTERNAL = (
    "records",
    "deliveries",
    "corrections",
    "same people",
    "restatements",
    "quality thresholds",
    "accepted findings",
    "own notebooks",  # an evaluator's code may name what only those know who may see the records
)
Hashes = dict[str, str]


@dataclass(frozen=True)
class Inputs:
    """The hashes of all inputs: by kind, by the file's path in its folder. ledger: the head of what was published."""

    kinds: dict[str, Hashes]

    @property
    def public(self) -> dict[str, Hashes]:
        """Those that a report may name."""
        return {kind: files for kind, files in self.kinds.items() if kind not in INTERNAL}

    @property
    def internal(self) -> dict[str, Hashes]:
        """Those of the records and of what was decided about single ones."""
        return {kind: files for kind, files in self.kinds.items() if kind in INTERNAL}

    def changed(self, before: dict[str, Hashes]) -> dict[str, list[str]]:
        """By kind, the files that are not what they were."""
        kinds = dict.fromkeys([*self.kinds, *before])
        pairs = {kind: (self.kinds.get(kind, {}), before.get(kind, {})) for kind in kinds}
        differ = {
            kind: sorted(name for name in now | then if now.get(name) != then.get(name))
            for kind, (now, then) in pairs.items()
        }
        return {kind: names for kind, names in differ.items() if names}


def inputs(project: Project, pages: Iterable[Page], head: str) -> Inputs:
    """The inputs of the reports of a project. pages: that they are made of; head: of the project's ledger."""
    lock = ROOT / "requirements.lock"
    pages = [*pages]
    theirs = {page.source.name: hash_of_source(page.source) for page in pages if page.own}
    library = (path for place in sorted(LIBRARY.iterdir()) if place.name not in LATER for path in _files(place))
    return Inputs(
        _of_project(project)
        | {
            "library": {path.relative_to(LIBRARY).as_posix(): hash_of(path) for path in library},
            "notebooks": {path.name: hash_of(path) for path in _sources(pages)},
            "lock": {lock.name: hash_of(lock)} if lock.exists() else {},
            "ledger": {"head": head} if head else {},
        }
        | ({"own notebooks": theirs} if theirs else {})
    )


def _sources(pages: Iterable[Page]) -> list[Path]:
    """The files of the library's own notebooks, each once."""
    return [*dict.fromkeys(page.source for page in pages if not page.own)]


def _of_project(project: Project) -> dict[str, Hashes]:
    """The files of a project's folder, its records wherever in it they are."""
    tables = {path: KINDS["records"] for table in project.package.resources for path in table.paths}
    kinds: dict[str, Hashes] = {}
    for name, kind in (KINDS | tables).items():
        for path in _files(project.folder / name):
            kinds.setdefault(kind, {})[_name(path.relative_to(project.folder))] = hash_of(path)
    return kinds


def _name(path: Path) -> str:
    """A path that can be written: what of it is no text, as people's archives leave it, as an escape."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


def hash_of(path: Path) -> str:
    """The SHA-256 of a file."""
    return sha256(path.read_bytes()).hexdigest()


def _files(place: Path) -> Iterator[Path]:
    """A file, or the files of a folder by their names, but for hidden ones and those that Python and Jupyter keep.

    A link to a folder within it is not followed: nothing is read through one.
    """
    if place.is_file():
        yield place
    elif place.is_dir() and place.name not in CACHES:
        for path in sorted(place.iterdir()):
            if not (path.name in CACHES or path.name.startswith(".") or (path.is_symlink() and path.is_dir())):
                yield from _files(path)
