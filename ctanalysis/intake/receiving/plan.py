"""Where a file belongs, and which files of the project change with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from ctanalysis.base.errors import Refused
from ctanalysis.intake.receiving import editing
from ctanalysis.intake.receiving.request import Request
from ctanalysis.project import Project
from ctanalysis.project.descriptor import Table
from ctanalysis.records.files import paths

SHARED = "records/workbooks"  # of workbooks with sheets of several tables


@dataclass
class Plan:
    """place: where the file goes, in the project folder. files: by path in that folder, what each becomes.

    linked: the tables of which datapackage.json has to name the file, or its folder, from now on.
    """

    place: str
    files: dict[str, bytes] = field(default_factory=dict)
    linked: list[str] = field(default_factory=list)


def planned(project: Project, request: Request, data: bytes, names: Iterable[str]) -> Plan:
    """The Plan for a file with this content, of the tables of these names. Refused: something is there already."""
    tables = [project.package.tables[name] for name in names]
    _check_new(project, request, data)
    one = tables[0] if len(tables) == 1 else None
    folder = _folder(project, one) if one else _shared(project)
    plan = Plan(f"{folder}/{request.name}")
    _check_free(project, plan.place, request)
    plan.files[plan.place] = data
    for table in tables:
        if not _reads(table, plan.place):
            plan.linked.append(table.name)
            text = _text(project, plan, "datapackage.json")
            put(plan, "datapackage.json", editing.with_path(text, table.name, folder if one else plan.place))
    return plan


def put(plan: Plan, name: str, text: str) -> None:
    """Puts a changed text file into the plan."""
    plan.files[name] = text.encode("utf-8")


def add_delivery(project: Project, plan: Plan, request: Request, period: str) -> None:
    """Puts the row of the delivery into the plan."""
    row = {"file": plan.place, "partner": request.partner, "period": period, "sent": request.sent.isoformat()}
    put(plan, "deliveries.csv", editing.with_delivery(_text(project, plan, "deliveries.csv"), row))


def _text(project: Project, plan: Plan, name: str) -> str:
    """A file as the plan has it, or as it is; empty where there is none."""
    path = project.folder / name
    data = plan.files.get(name) or (path.read_bytes() if path.exists() else b"")
    return data.decode("utf-8")


def _reads(table: Table, place: str) -> bool:
    """Whether a table is read from a file, or from a folder with it."""
    return any(place == path or place.startswith(f"{path.rstrip('/')}/") for path in table.paths)


def _folder(project: Project, table: Table) -> str:
    """The folder of a table's files: one that datapackage.json names, or else one of its name, to be named there."""
    for path in table.paths:
        if (project.folder / path).is_dir() or Path(path).suffix.lower() not in paths.READ:
            return path.rstrip("/")
    return _free_folder(project, f"records/{table.name}")


def _shared(project: Project) -> str:
    return _free_folder(project, SHARED)


def _free_folder(project: Project, wanted: str) -> str:
    """A folder that no table is read from, and that is no file."""
    folder, number = wanted, 2
    while (project.folder / folder).is_file() or any(_reads(table, folder) for table in project.package.resources):
        folder, number = f"{wanted}-{number}", number + 1
    return folder


def _check_new(project: Project, request: Request, data: bytes) -> None:
    """Refused: the same content is read already, by whatever name. All of its rows would be there twice."""
    for path in _read_files(project):
        if path.stat().st_size == len(data) and sha256(path.read_bytes()).digest() == sha256(data).digest():
            there = path.relative_to(project.folder).as_posix()
            raise Refused(
                f"{request.name}: the same content is read already: {there}. Where only its delivery is missing, "
                "write a row for it into deliveries.csv."
            )


def _read_files(project: Project) -> list[Path]:
    places = [project.folder / path for table in project.package.resources for path in table.paths]
    files = [file for place in places for file in (place.iterdir() if place.is_dir() else (place,))]
    return list(dict.fromkeys(file for file in files if file.is_file()))


def _check_free(project: Project, place: str, request: Request) -> None:
    if (project.folder / place).exists() and place != request.inside:
        raise Refused(
            f"{place}: there is a file of this name with other content, and nothing is overwritten. Where this one "
            "takes its place, take the old one out first; otherwise give this one another name."
        )
