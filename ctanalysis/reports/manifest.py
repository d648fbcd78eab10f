"""What a report says of how it was made, so that it can be made again and compared.

    reports/<period>/manifest.json                  public: inputs and outputs with their hashes, parameters, versions
    internal/manifests/reports/<period>.json        the inputs that are not public, with the rows of each record file
    internal/manifests/releases/<release>.json      the same of a release

The internal half names the public one by its hash: where the two do not belong together, the report is made again.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from ctanalysis.base.errors import Refused
from ctanalysis.base.replacing import for_this_user, write_whole
from ctanalysis.disclosure import ledger
from ctanalysis.evaluation import Evaluation
from ctanalysis.formats.choice import DOCUMENTS
from ctanalysis.project import MARKING, Project
from ctanalysis.reports import notebooks
from ctanalysis.reports.inputs import ROOT, Hashes, Inputs, hash_of
from ctanalysis.tables import utility

NAME = "manifest.json"
NOBODY: Mapping[str, str] = MappingProxyType({})
Manifest = dict[str, Any]


def write(
    evaluation: Evaluation, inputs: Inputs, shown: Hashes, fresh: Path, writers: Mapping[str, str] = NOBODY
) -> None:
    """Writes the public half into a new report, which holds all its other files.

    shown: of each notebook, the hash of what it shows. writers: the versions of what writes documents.
    """
    rewrite(fresh, _public(evaluation, inputs, shown) | {"formats": dict(writers)})


def rewrite(fresh: Path, public: Manifest) -> None:
    """Writes the public half with the files that stand in a report; and what wrote documents, where there are any."""
    files = files_of(fresh)
    has_documents = any(name.rpartition(".")[2] in DOCUMENTS for name in files)
    formats = public["formats"] if has_documents else {}
    whole = {name: public[name] for name in public if name != "formats"} | {"files": files, "formats": formats}
    (fresh / NAME).write_text(_json(whole), encoding="utf-8")


def write_internal(project: Project, inputs: Inputs, rows: pd.DataFrame, fresh: Path, report: Path) -> None:
    """Writes the internal half of the report that is about to stand in `report`. rows: the tally of the records."""
    _write_internal(
        _internal(report),
        {
            "marking": MARKING,
            "manifest": hash_of(fresh / NAME),
            "inputs": inputs.internal,
            "rows": rows.astype(object).to_dict("records"),
            "entries": {
                "corrections": len(project.corrections),
                "same people": len(project.same_people),
                "accepted findings": len(project.accepted),
            },
        },
    )


def internal_half(report: Path, released: Path) -> str:
    """The internal half of a report, for what of it is released. Refused: it is gone, or of another one."""
    half = read_internal(report)
    if half is None:
        raise Refused(
            f"{report}: what the report was made from is not in internal/. Make it again, and release it then."
        )
    return _json(half | {"manifest": hash_of(released / NAME)})


def read(report: Path) -> Manifest | None:
    """The manifest of a report or release; None where it is not whole."""
    try:
        found = json.loads((report / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and _is_whole(found) else None


def _is_whole(found: Manifest) -> bool:
    """Whether it has everything that is asked of a manifest, each of its kind."""
    flat = [found.get(name) for name in ("packages", "shown", "files")]
    inputs = found.get("inputs")
    if not isinstance(inputs, dict) or not all(isinstance(found.get(name), str) for name in ("python", "period")):
        return False
    return all(_are_texts(texts) for texts in (*flat, *inputs.values()))


def _are_texts(found: Any) -> bool:
    return isinstance(found, dict) and all(isinstance(text, str) for text in found.values())


def read_internal(report: Path) -> Manifest | None:
    """The internal half of a report or release; None where there is none, or one of another report."""
    try:
        half = json.loads(_internal(report).read_text(encoding="utf-8"))
        whole = half["manifest"] == hash_of(report / NAME) and all(map(_are_texts, half["inputs"].values()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return half if whole else None


def has_internal(report: Path) -> bool:
    """Whether there is an internal half of a report or release, be it of this one or not."""
    return _internal(report).is_file()


def read_whole(report: Path) -> Manifest | None:
    """The manifest of a report with its internal half, inputs of both together; None where one of them is missing."""
    public, internal = read(report), read_internal(report)
    if public is None or internal is None:
        return None
    return public | {"inputs": public["inputs"] | internal["inputs"]}


def environment() -> Manifest:
    """The versions with which a report is made: Python, and every package of the lock that is installed.

    What writes documents is beside it, under "formats", and only where there are documents.
    """
    return {"python": sys.version.split()[0], "packages": dict(_versions())}


def library_commit() -> str:
    """The commit of the library where it is a git checkout, with "and changes" where files were changed since."""
    try:
        if Path(_git("rev-parse", "--show-toplevel")).resolve() != ROOT:
            return "not under version control"  # but in a folder that is
        commit = _git("rev-parse", "HEAD")
        changes = _git("status", "--porcelain", "--", "ctanalysis", "notebooks", "requirements.lock")
    except (OSError, subprocess.CalledProcessError):
        return "not under version control"
    return f"{commit} and changes" if changes else commit


def _git(*words: str) -> str:
    """What git says of the library's folder, wherever it was called from."""
    environment = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "--no-optional-locks", *words]
    asked = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return asked.stdout.strip()


@cache
def _versions() -> tuple[tuple[str, str], ...]:
    lock = ROOT / "requirements.lock"
    text = lock.read_text(encoding="utf-8") if lock.exists() else ""
    names = dict.fromkeys(re.findall(r"^([\w.-]+)==", text, re.MULTILINE))
    return tuple((name, found) for name in names if (found := _version(name)))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def files_of(report: Path) -> Hashes:
    """The files of a report with their hashes, without its manifest."""
    return {name: hashed for name, hashed in ledger.files_of(report).items() if name != NAME}


def _public(evaluation: Evaluation, inputs: Inputs, shown: Hashes) -> Manifest:
    facts, period = evaluation.project.facts, evaluation.period
    return {
        "project": facts.name,
        "period": period.label,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "records_through": facts.records_through.isoformat(),
        "synthetic": facts.synthetic,
        "breakdowns": utility(evaluation),
        "parameters": notebooks.shown_parameters(period.label, evaluation.project.folder),
        **environment(),
        "inputs": inputs.public,
        "shown": shown,
    }


def _internal(report: Path) -> Path:
    """Reports, releases and internal/ stand beside each other."""
    report = report.absolute()
    return report.parents[1] / "internal" / "manifests" / report.parent.name / f"{report.name}.json"


def _write_internal(place: Path, half: Manifest) -> None:
    """Whole or not at all, and for this user only."""
    for_this_user(place.parent)
    write_whole(place, _json(half))


def _json(content: Manifest) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
