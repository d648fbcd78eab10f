"""What was typed on the command line of make receive, checked: which file, who sent it, when, of which period."""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from ctanalysis.base.errors import Refused
from ctanalysis.periods import in_capitals
from ctanalysis.project import Project
from ctanalysis.records.files import limits, paths
from ctanalysis.records.findings import Unreadable, shown

AS_TYPED = 'make receive FILE="../report of March.xlsx" PARTNER=ORG05 SENT=2015-04-14'
LATEST = timedelta(366)  # after the project: nothing here knows what day it is today
FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Request:
    """A file to take in. inside: where in the project folder it lies already, empty where it is elsewhere."""

    file: Path
    name: str
    inside: str
    partner: str
    sent: date
    period: str
    dry: bool
    complete: bool


def checked(project: Project, typed: dict[str, str]) -> Request:
    """The Request of what was typed: file, partner, sent, period, dry, complete; an empty text was not given.

    Refused: something is missing, no such file, no day, or a partner that is no name.
    """
    file = _file(project, typed["file"])
    return Request(
        file,
        _name(file),
        _inside(project, file),
        _partner(typed["partner"].strip()),
        _day(project, typed["sent"].strip()),
        in_capitals(typed["period"].strip()),
        switch("DRY", typed["dry"].strip()),
        switch("COMPLETE", typed["complete"].strip()),
    )


def _file(project: Project, typed: str) -> Path:
    """The file, from where the command runs or, as make check names it, from the project's folder."""
    if not typed.strip() or "\0" in typed:
        raise Refused(f"No file is named: {AS_TYPED}.")
    file = Path(typed) if Path(typed).exists() else project.folder / typed
    if not file.exists():
        raise Refused(f"{shown(typed)}: there is no such file. {AS_TYPED}.")
    if file.is_dir():
        raise Refused(f"{shown(typed)}: it is a folder. Name one file in it: {AS_TYPED}.")
    try:
        paths.check(file.parent, file.name)
        limits.check_size(file, limits.most_bytes(file))
    except Unreadable as fault:
        raise Refused(f"{shown(typed)}: {fault.says}. {fault.do.removesuffix(paths.OR_OUT)}.") from None
    return file


def _name(file: Path) -> str:
    """What the file will be called: its own name, in the composed form of its letters, which not every disk keeps."""
    name = unicodedata.normalize("NFC", file.name)
    if name.startswith(paths.PASSED_OVER):
        raise Refused(f"{name}: programs leave files of such names in folders, and they are passed over. Rename it.")
    return name


def _inside(project: Project, file: Path) -> str:
    home, place = project.folder.resolve(), file.resolve()
    return place.relative_to(home).as_posix() if place.is_relative_to(home) else ""


def _partner(partner: str) -> str:
    if not partner:
        raise Refused(f"PARTNER is not given: who sent the file. {AS_TYPED}.")
    if not partner.isprintable() or partner.startswith(FORMULA):
        raise Refused("PARTNER must be a name or a code, and must not begin with = + - or @.")
    return partner


def _day(project: Project, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise Refused("SENT must be the day on which the file was sent; write it like SENT=2015-04-14.")
    if day > project.facts.end + LATEST:
        raise Refused(
            f"SENT={day} is more than a year after the project's last day ({project.facts.end}). Is the year right?"
        )
    return day


def switch(name: str, text: str) -> bool:
    """Whether a variable is 1. Refused: it is anything else that is not empty."""
    if text not in ("", "1"):
        raise Refused(f"{name} is 1 or left out: {name}=1.")
    return text == "1"
