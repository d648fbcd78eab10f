"""The folders of releases: each keeps a report as it was released, and a record of the release."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ctanalysis.base.errors import Refused
from ctanalysis.disclosure.ledger.lines import RELEASE, Release
from ctanalysis.language import Speech, languages
from ctanalysis.project import Project, output_folder

RECORD = "release.json"  # in each released folder


def folder_of(project: Project) -> Path:
    """Where the releases of a project are."""
    return output_folder(project.folder, "releases")


def name_of(release: str, revision: int) -> str:
    """The folder of a release: FY2014, and FY2014-revision-1 of its first revision."""
    return f"{release}-revision-{revision}" if revision else release


def folders(folder: Path) -> list[Path]:
    """The released folders in the folder of releases, by name."""
    return sorted(path for path in folder.glob("*") if path.is_dir() and not path.name.startswith("."))


def check_folders(folder: Path, heads: Mapping[tuple[str, int], str], path: Path) -> None:
    """Refused: a folder is none of the ledger's releases as they were, or one is gone.

    heads: by release and revision the hash of the last line. path: of the ledger.
    """
    names = {name_of(*key): head for key, head in heads.items()}
    for released in folders(folder):
        if released.name not in names or names[released.name] != _recorded(released).get("ledger"):
            raise Refused(
                f"{released}: the ledger ({path.name}) does not end with this release as it was. "
                "Put both back from a copy."
            )
    missing = [name for name in names if not (folder / name).is_dir()]
    if missing:
        raise Refused(
            f"{folder}: the folder of release {missing[0]} is gone. What was published stays: put it back from a copy."
        )


def reasons(project: Project, releases: Iterable[Release]) -> list[str]:
    """Why each release was made, in their order; empty of a first one.

    Refused: a release's own record says another release or day than the ledger.
    """
    return [_reason(folder_of(project) / name_of(*release[:2]), release) for release in releases]


def _reason(released: Path, release: Release) -> str:
    record = _recorded(released)
    reason = record.get("reason")
    if [record.get(name) for name in RELEASE] != [*release] or not isinstance(reason, str):
        raise Refused(
            f"{released}: its record ({RECORD}) does not say what the ledger says of it. "
            "Put the folder back from a copy."
        )
    return reason


def said_of(release: Release, head: str, speech: Speech) -> str:
    """What each page of a release says of it. head: of the ledger with it, so that a copy of any page anchors it."""
    _, revision, day = release
    said = speech.plain("page.released_again" if revision else "page.released", day=day, revision=revision)
    return f"{said} {speech.plain('page.ledger_ended', head=head)}"


@cache
def _ended() -> re.Pattern[str]:
    """The sentence on a page, in whatever language, with the hash of the ledger's last line."""
    said = [Speech(code).plain("page.ledger_ended", head="HEAD") for code in languages()]
    return re.compile("|".join(re.escape(one).replace("HEAD", r"(\w+)") for one in said))


def check_files(project: Project, releases: Iterable[Release]) -> None:
    """Refused: a file of a released folder is not what it was, its record included; more or less is in it."""
    reasons(project, releases)
    for released in folders(folder_of(project)):
        if _recorded(released).get("files") != files_of(released):
            raise Refused(f"{released}: a file in it is not what was released. Put the folder back from a copy.")
        for path in released.rglob("*"):
            is_empty = path.is_dir() and not any(path.iterdir())
            if path.is_symlink() or (is_empty and path != released / "figures"):  # of a report without any
                raise Refused(f"{path}: it was not released. Put the folder back from a copy.")
        for page in sorted(released.rglob("*.html")):
            _check_page(page, _recorded(released).get("ledger"))


def _check_page(page: Path, head: Any) -> None:
    """Refused: a released page names another end of the ledger; older pages name none."""
    found = _ended().search(page.read_text(encoding="utf-8"))
    if found and head not in found.groups():
        raise Refused(
            f"{page}: the ledger that it was released with ended otherwise: the ledger was written anew. "
            "Put the folder of releases back from a copy."
        )


def files_of(folder: Path) -> dict[str, str]:
    """The files of a report by name, each with a hash of its bytes; without the record of a release."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != RECORD)
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in paths}


def recorded_files(report: Path) -> dict[str, str] | None:
    """The files of a release as its record has them, each with its hash; None where a report is no release."""
    files = _recorded(report).get("files")
    return files if isinstance(files, dict) else None


def _recorded(released: Path) -> dict[str, Any]:
    try:
        record = json.loads((released / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}
