"""releases/index.html: every release in its order, from the ledger and the releases' own records."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ctanalysis.disclosure import ledger
from ctanalysis.disclosure.ledger import Ledger
from ctanalysis.project import Project
from ctanalysis.reports.pages import layout

LAYOUT = Path(__file__).with_name("index.html")


def page(project: Project, published: Ledger, reasons: Sequence[str]) -> str:
    """The page of a project's releases, the same text for the same releases.

    published: the project's Ledger; reasons: why each of its releases was made, in their order.
    """
    restating = ledger.restating(published)
    rows = [
        _row(published, release, reason) | {"restated": [_words(*later) for later in restating[release[:2]]]}
        for release, reason in zip(published.releases, reasons, strict=True)
    ]
    return layout(LAYOUT).render(facts=project.facts, rows=rows, head=published.head) + "\n"


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


def _words(name: str, revision: int) -> dict[str, str]:
    """A release by its folder and in words: FY2014 revision 1."""
    return {"folder": ledger.name_of(name, revision), "words": f"{name} revision {revision}" if revision else name}
