"""releases/index.html: every release in its order, from the ledger and the releases' own records."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ctanalysis.disclosure import ledger
from ctanalysis.disclosure.ledger import Ledger
from ctanalysis.project import Project
from ctanalysis.releases import iati
from ctanalysis.reports.index import Told, told
from ctanalysis.reports.pages import layout

LAYOUT = Path(__file__).with_name("index.html")


NOWHERE: Mapping[str, Path] = MappingProxyType({})


def page(project: Project, published: Ledger, reasons: Sequence[str], elsewhere: Mapping[str, Path] = NOWHERE) -> str:
    """The page of a project's releases, the same text for the same releases.

    published: the project's Ledger; reasons: why each of its releases was made, in their order. elsewhere: by name,
    folders that are not in place yet.
    """
    restating = ledger.restating(published)
    rows = [
        _row(published, release, reason)
        | {"restated": [_words(*later, project) for later in restating[release[:2]]]}
        | {"languages": _languages(project, ledger.name_of(*release[:2]), elsewhere)}
        for release, reason in zip(published.releases, reasons, strict=True)
    ]
    speech = project.speech
    said = {"facts": project.facts, "language": speech.code, "say": speech.say}
    return layout(LAYOUT).render(said, rows=rows, head=published.head) + "\n"


def _languages(project: Project, name: str, elsewhere: Mapping[str, Path]) -> list[Told]:
    """The languages and formats of a release; the first language is called as the release is."""
    files = ledger.files_of(elsewhere.get(name, ledger.folder_of(project) / name))
    others = [one for one in told(project, files) if one.code != project.facts.language]
    first = next((one for one in told(project, files) if one not in others), None)
    if first is None:
        return others
    results = ((iati.NAME, project.speech.plain("index.iati")),) if iati.NAME in files else ()
    return [replace(first, name=name, formats=(*first.formats, *results)), *others]


def _row(published: Ledger, release: ledger.Release, reason: str) -> dict[str, Any]:
    """What the page says of a release; latest: the revision of its period that is current."""
    name, revision, day = release
    latest = published.revisions(name) - 1
    return {
        "period": name,
        "revision": revision,
        "day": day,
        "reason": reason,
        "latest": latest,
        "folder": ledger.name_of(name, revision),
        "current": ledger.name_of(name, latest),
    }


def _words(name: str, revision: int, project: Project) -> dict[str, str]:
    """A release by its folder and in words: FY2014 revision 1."""
    words = f"{name} {project.speech.plain('index.revision', number=revision)}" if revision else name
    return {"folder": ledger.name_of(name, revision), "words": words}
