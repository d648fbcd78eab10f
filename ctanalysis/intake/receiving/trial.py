"""The project as it would be: what a plan changes, in a folder beside the real one that goes when all is said.

The records that stay are hard links where the disk has such, so that nothing large is copied.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from shutil import copyfile

from ctanalysis.base.errors import Refused
from ctanalysis.base.replacing import beside
from ctanalysis.intake.receiving.plan import Plan
from ctanalysis.project import Project, load
from ctanalysis.project.csv_files import Delivery
from ctanalysis.project.folder import FILES, JUDGEMENTS
from ctanalysis.records import Records, survey


@contextmanager
def begun(project: Project) -> Iterator[Path]:
    """A hidden folder in the project's, that nobody else may look into."""
    with beside(project.folder / "records") as folder:
        folder.chmod(0o700)
        yield folder


def laid_out(project: Project, plan: Plan, folder: Path) -> None:
    """Lays the project out as the plan has it."""
    names = [*FILES, *(f"judgements/{name}" for name in JUDGEMENTS)]
    sheets = [path.relative_to(project.folder).as_posix() for path in (project.folder / "indicators").glob("*.toml")]
    for name in (*names, *sheets, *_records(project)):
        if (project.folder / name).exists() and name not in plan.files:
            _link(project.folder / name, folder / name)
    for name in (path for table in project.package.resources for path in table.paths):
        if (project.folder / name).is_dir() and not (project.folder / name).is_symlink():
            (folder / name).mkdir(parents=True, exist_ok=True)  # one without a file is a finding, and must be there
    for name, data in plan.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).unlink(missing_ok=True)  # never through a link
        (folder / name).write_bytes(data)


def surveyed(project: Project, folder: Path, delivery: Delivery) -> tuple[Project, Records]:
    """The project in the folder and its Records, with a delivery of which the period is not known yet.

    Refused: what load and survey refuse, in the words that they have for the project itself.
    """
    with in_words_of(project, folder):
        changed = load(folder)
        return changed, survey(replace(changed, deliveries=(*changed.deliveries, delivery)))


def listed(project: Project, folder: Path) -> tuple[Project, Records]:
    """The project in the folder and its Records, with the deliveries that it lists. Refused: as by surveyed."""
    with in_words_of(project, folder):
        changed = load(folder)
        return changed, survey(changed)


@contextmanager
def in_words_of(project: Project, folder: Path) -> Iterator[None]:
    """What is refused within it names the project's folder."""
    try:
        yield
    except Refused as refusal:
        raise Refused(str(refusal).replace(str(folder), str(project.folder))) from None


def _records(project: Project) -> Iterator[str]:
    """The files of all tables, in the project folder. A link to another place stays out: it is never read."""
    for path in dict.fromkeys(path for table in project.package.resources for path in table.paths):
        place = project.folder / path
        if place.is_symlink():
            continue
        for file in place.iterdir() if place.is_dir() else (place,):
            if file.is_file() and not file.is_symlink():
                yield file.relative_to(project.folder).as_posix()


def _link(file: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        return
    try:
        os.link(file, place)
    except OSError:
        copyfile(file, place)
