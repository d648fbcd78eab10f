"""What of a report is to be made: the notebooks to run, the documents to write, and what stays as it is.

Everything follows from what files hold: the inputs that the manifest names, and what a page shows, as a hash.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ctanalysis.evaluation import Evaluation
from ctanalysis.formats.choice import DOCUMENTS, versions
from ctanalysis.reports import languages, manifest, notebooks, shown
from ctanalysis.reports.inputs import Hashes
from ctanalysis.reports.languages import NOTHING, Asked, parts, place
from ctanalysis.reports.made_from import Source

Documents = Mapping[str, tuple[str, ...]]  # by the place of a page, formats of documents


@dataclass(frozen=True)
class Plan:
    """What of a report is to be made. A page is named by its place in it: evaluation, ru/evaluation.

    run: pages whose notebooks are to be run. documents: of each page those to write. shown: of each page, the hash of
    what it shows. kept: the files of pages that are as they were, with their hashes. gone: what is taken away, in
    words: documents of pages that are not what they were, and that nobody asks for; languages that cannot be told any
    more. writers: the versions of what writes documents. languages: those of the report beside its first.
    """

    run: tuple[str, ...]
    shown: Hashes
    documents: Documents = field(default_factory=dict)
    kept: Hashes = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    writers: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()

    @property
    def of_first(self) -> Hashes:
        """Of each page in the first language, the hash of what it shows, whatever other languages there are."""
        return {name: hashed for name, hashed in self.shown.items() if parts(name) == ("", name)}

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


def again(given: Source, evaluation: Evaluation, asked: Asked = NOTHING) -> Plan:
    """All notebooks of a report, in the languages and with the documents that it has already or that are asked for."""
    folder = given.folder(evaluation.period.label)
    others, lost = languages.of_report(given.project, folder, asked.others(given.project))
    there = {code: {path.suffix[1:] for path in (folder / code).glob("*.*")} for code in ("", *others)}

    def documents(page: str) -> tuple[str, ...]:
        wanted = {*there[parts(page)[0]], *asked.of(page, given.project)}
        return tuple(one for one in DOCUMENTS if one in wanted)

    return replace(everything(given, evaluation, documents, others), gone=tuple(_said(lost)))


def _said(lost: Mapping[str, str]) -> list[str]:
    """The languages that are taken away, and why."""
    return [f"{code}: {why}" for code, why in lost.items()]


def everything(
    given: Source, evaluation: Evaluation, documents: Callable[[str], tuple[str, ...]], others: Sequence[str] = ()
) -> Plan:
    """All notebooks of a report. documents: gives those to write of a page; others: the languages beside the first."""
    now = shown.hashes(evaluation, given.inputs, others)
    write = {name: documents(name) for name in now}
    return Plan(tuple(_places(given, others)), now, write, writers=versions(), languages=tuple(others))


def _places(given: Source, others: Sequence[str]) -> list[str]:
    """The pages of a report. Evaluators' own stand in their language alone, and no document is made of them."""
    chosen = notebooks.chosen(given.project)
    return [
        *(page.name for page in chosen),
        *(place(one, page.name) for one in others for page in chosen if not page.own),
    ]


def reason(given: Source, label: str, asked: Asked = NOTHING) -> str:
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
    """Why the languages or documents that are asked for are not there."""
    names = [page.name for page in notebooks.chosen(given.project) if not page.own]
    lacking = dict[str, None]()
    for code in ("", *asked.others(given.project)):
        for page in (place(code, name) for name in names):
            kinds = [*(["html"] if code else []), *asked.of(page, given.project)]
            lacking |= {_called(file): None for one in kinds if (file := f"{page}.{one}") not in before["files"]}
    if lacking:
        return f"{' and '.join(lacking)} asked for"
    return "other versions of pandoc or typst" if asked.documents and before.get("formats") != versions() else ""


def _called(file: str) -> str:
    """What a reason calls a file that is not there: docx, ru, docx in ru."""
    code, kind = parts(file)[0], file.rpartition(".")[2]
    return code if code and kind == "html" else f"{kind} in {code}" if code else kind


def plan(given: Source, evaluation: Evaluation, asked: Asked = NOTHING) -> Plan:
    """Which notebooks of a report are to be run: those that show what has changed, or whose page was changed.

    A document is kept beside a page that is kept; where it is not asked for, it is else taken away. Of languages see
    reports.languages.
    """
    folder = given.folder(evaluation.period.label)
    others, lost = languages.of_report(given.project, folder, asked.others(given.project))
    now = shown.hashes(evaluation, given.inputs, others)
    before = manifest.read_whole(folder) or {"shown": {}, "files": {}}
    there = files(folder)
    whole = {name for name, hashed in there.items() if hashed == before["files"].get(name)}
    kept = {name for name in now if whole.issuperset(pages(name)) and now[name] == before["shown"].get(name)}
    stay = {name: [*_documents(name, whole, before)] if name in kept else [] for name in now}
    write = {
        name: tuple(one for one in asked.of(name, given.project) if f"{name}.{one}" not in stay[name]) for name in now
    }
    written = {f"{name}.{one}" for name, of in write.items() for one in of}
    files_kept = [file for name in now if name in kept for file in (*pages(name), *stay[name])]
    gone = [name for name in there if Path(name).suffix[1:] in DOCUMENTS and name not in written | {*files_kept}]
    gone = [name for name in gone if parts(name)[0] not in lost] + _said(lost)
    run = tuple(page for page in _places(given, others) if page not in kept)
    writers = versions() or before.get("formats", {})
    return Plan(run, now, write, {file: there[file] for file in files_kept}, tuple(gone), writers, others)


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
