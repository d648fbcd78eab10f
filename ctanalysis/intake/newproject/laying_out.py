"""From the commented files beside this module to a folder that `project.load` accepts, all or nothing."""

from collections.abc import Iterable
from pathlib import Path
from shutil import copyfile, copytree, rmtree
from tempfile import mkdtemp

from ctanalysis.base.errors import Refused
from ctanalysis.project import examples
from ctanalysis.project.csv_files import Delivery, PublishedFigure, Target
from ctanalysis.project.descriptor import Package
from ctanalysis.project.strict import Strict, read_json

FILES = Path(__file__).resolve().parent / "files"
LIBRARY = Path(__file__).resolve().parents[3]
LISTS: dict[str, type[Strict]] = {"targets.csv": Target, "published.csv": PublishedFigure, "deliveries.csv": Delivery}
RESIDENTS = (  # of the example of a rate
    "year,population,source\n"
    '2026,1000000,"illustrative: put the number of your statistical office here, and its yearbook as the source"\n'
)


def lay_out(folder: str | Path) -> Path:
    """Lays out a new project folder and returns its path.

    Refused: nothing named, something that is already there, no folder to put it in, a place inside
    the library. Nothing is overwritten; when something fails nothing is left behind.
    """
    place = _place(folder)
    fresh = Path(mkdtemp(prefix=f".{place.name}.new-", dir=place.parent))
    try:
        _fill(fresh)
        fresh.chmod(0o755)
        _put(fresh, place)
    except BaseException:
        rmtree(fresh, ignore_errors=True)
        raise
    return Path(folder)


def _place(folder: str | Path) -> Path:
    """Where it is to be, if it may be there."""
    if not str(folder).strip() or "\0" in str(folder):
        raise Refused(
            "No folder is named for the new project. Name one that there is not yet, as in NEW=../my-project."
        )
    place = Path(folder).resolve()
    if place.is_relative_to(LIBRARY):
        raise Refused(
            f"{folder}: it is inside the library, which is shared; records of people must not be. "
            "Choose a place beside it, as in NEW=../my-project."
        )
    if not place.parent.is_dir():
        raise Refused(
            f"{folder}: there is no folder {place.parent} to put it in. Make that first, or correct the name."
        )
    if Path(folder).is_symlink() or (place.exists() and not _is_empty(place)):
        raise Refused(_taken(folder))
    return place


def _is_empty(place: Path) -> bool:
    return place.is_dir() and not any(place.iterdir())


def _taken(folder: str | Path) -> str:
    return f"{folder}: there is something already, and nothing is overwritten. Name a folder that there is not yet."


def _fill(fresh: Path) -> None:
    copytree(FILES, fresh, copy_function=copyfile, dirs_exist_ok=True)
    (fresh / "indicators").mkdir()
    _write(fresh / "indicators" / "1.1-example.toml", examples.laid_out())
    for name, model in LISTS.items():
        _write(fresh / name, _header(model.model_fields))
    _write(fresh / "population.csv", RESIDENTS)
    for table in read_json(fresh / "datapackage.json", Package).resources:
        for path in table.paths:  # the folder of the table's files, with one that shows its columns
            (fresh / path).mkdir(parents=True, exist_ok=True)
            _write(fresh / path / f"{table.name}.csv", _header(table.fields))


def _header(names: Iterable[str]) -> str:
    return ",".join(names) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _put(fresh: Path, place: Path) -> None:
    """The filled folder in its place, unless something came to be there in the meantime."""
    try:
        if place.exists():
            place.rmdir()
        fresh.rename(place)
    except OSError:
        if place.exists():
            raise Refused(_taken(place)) from None
        raise
