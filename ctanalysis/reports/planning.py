"""What of a report is to be made: the notebooks to run, the documents to write, and what stays as it is.

Everything follows from what files hold: the inputs that the manifest names, and what a page shows, as a hash.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ctanalysis.evaluation import Evaluation
from ctanalysis.formats.choice import DOCUMENTS, versions
from ctanalysis.reports import manifest, notebooks, shown
from ctanalysis.reports.inputs import Hashes
from ctanalysis.reports.made_from import Source

Asked = Sequence[str]  # of the formats of documents
Documents = Mapping[str, tuple[str, ...]]  # by the name of a page, formats of documents


@dataclass(frozen=True)
class Plan:
    """What of a report is to be made. run: names of the notebooks to run. documents: of each page those to write.

    shown: of each page, the hash of what it shows. kept: the files of pages that are as they were, with their hashes.
    gone: documents of pages that are not what they were, and that nobody asks for: they are taken away. writers: the
    versions of what writes documents.
    """

    run: tuple[str, ...]
    shown: Hashes
    documents: Documents = field(default_factory=dict)
    kept: Hashes = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    writers: Mapping[str, str] = field(default_factory=dict)

    @property
    def at_work(self) -> tuple[str, ...]:
        """The pages of which anything is to be made, and what, in words for the screen."""
        return tuple(dict.fromkeys([*self.run, *(name for name, of in self.documents.items() if of)]))

    @property
    def told(self) -> list[str]:
        """What is to be made, in words."""
        return [
            *self.run,
            *(f"{name}.{one}" for name, of in self.documents.items() for one in of),
            *(f"without {name}" for name in self.gone),
        ]


def everything(given: Source, evaluation: Evaluation, asked: Asked = ()) -> Plan:
    """All notebooks of a report, and of each page the documents that are asked for."""
    names = tuple(page.name for page in notebooks.chosen(given.project))
    documents = dict.fromkeys(_of_the_report(given), tuple(asked))
    return Plan(names, shown.hashes(evaluation, given.inputs), documents, writers=versions())


def _of_the_report(given: Source) -> list[str]:
    """The pages that documents are made of: not of evaluators' own, which are read on the screen, with their banner."""
    return [page.name for page in notebooks.chosen(given.project) if not page.own]


def reason(given: Source, label: str, asked: Asked = ()) -> str:
    """Why the report of a period is not what its inputs say today; empty where nothing has changed."""
    folder = given.folder(label)
    if not folder.exists():
        return "there is none yet"
    before = manifest.read_whole(folder)
    if before is None:
        return "its manifest is not whole"
    changed = given.inputs.changed(before["inputs"])
    if changed:
        return "; ".join(f"{kind}: {', '.join(names)}" for kind, names in changed.items())
    if {name: before[name] for name in manifest.environment()} != manifest.environment():
        return "other versions of Python or of packages"
    if files(folder) != before["files"]:
        return "a file of it was changed or taken away"
    return _lacking(given, before, asked)


def _lacking(given: Source, before: Mapping[str, Any], asked: Asked) -> str:
    """Why the documents that are asked for are not there."""
    names = _of_the_report(given)
    lacking = [one for one in asked if any(f"{name}.{one}" not in before["files"] for name in names)]
    if lacking:
        return f"{' and '.join(lacking)} asked for"
    return "other versions of pandoc or typst" if asked and before.get("formats") != versions() else ""


def plan(given: Source, evaluation: Evaluation, asked: Asked = ()) -> Plan:
    """Which notebooks of a report are to be run: those that show what has changed, or whose page was changed.

    A document is kept beside a page that is kept; where it is not asked for, it is else taken away.
    """
    folder = given.folder(evaluation.period.label)
    now = shown.hashes(evaluation, given.inputs)
    before = manifest.read_whole(folder) or {"shown": {}, "files": {}}
    there = files(folder)
    whole = {name for name, hashed in there.items() if hashed == before["files"].get(name)}
    kept = {name for name in now if whole.issuperset(pages(name)) and now[name] == before["shown"].get(name)}
    stay = {name: [*_documents(name, whole, before)] if name in kept else [] for name in now}
    write = {name: tuple(one for one in asked if f"{name}.{one}" not in stay[name]) for name in now}
    written = {f"{name}.{one}" for name, of in write.items() for one in of}
    files_kept = [file for name in now if name in kept for file in (*pages(name), *stay[name])]
    gone = [name for name in there if Path(name).suffix[1:] in DOCUMENTS and name not in written | {*files_kept}]
    run = tuple(page.name for page in notebooks.chosen(given.project) if page.name not in kept)
    writers = versions() or before.get("formats", {})
    return Plan(run, now, write, {file: there[file] for file in files_kept}, tuple(gone), writers)


def _documents(name: str, whole: set[str], before: Mapping[str, Any]) -> Iterator[str]:
    """The documents of a page that can stay beside it, by what wrote them."""
    same = versions() in ({}, before.get("formats"))
    yield from (file for one in DOCUMENTS if same and (file := f"{name}.{one}") in whole)


def pages(name: str) -> tuple[str, str]:
    """The files of a page: the notebook as it was run, and what was made of it."""
    return f"{name}.ipynb", f"{name}.html"


def files(folder: Path) -> Hashes:
    """The files of a report with their hashes; none where there is no report, or another run is just replacing it."""
    try:
        return manifest.files_of(folder)
    except FileNotFoundError:
        return {}
