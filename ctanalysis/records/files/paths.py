"""Which files a table is in: those that datapackage.json names, and those in the folders that it names."""

import os
from collections.abc import Collection
from pathlib import Path

from ctanalysis.project.descriptor import Table
from ctanalysis.records.files import limits
from ctanalysis.records.findings import Unreadable, shown

TEXT, WORKBOOK, PARQUET = (".csv", ".tsv", ".txt"), (".xlsx",), (".parquet",)
READ = (*TEXT, *WORKBOOK, *PARQUET)
PASSED_OVER = ("~$", ".")  # what Excel, macOS and others leave in folders
NOT_FILES = ("Thumbs.db", "desktop.ini", "_SUCCESS", "_metadata", "_common_metadata")
KINDS = {
    ".xls": "it is a workbook of an old Excel",
    ".xlsm": "it is a workbook with macros",
    ".xlsb": "it is a binary workbook",
    ".ods": "it is a workbook of another program",
    ".numbers": "it is a workbook of another program",
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz"), "it is an archive, which has to be unpacked"),
}

OR_OUT = ", or move it out"  # of a file that lies in the folder of a table


def files_of(folder: Path, table: Table, name: str) -> list[str]:
    """The paths of the files that a path of a table stands for: itself, or the files of that folder by name.

    None of a folder without files (or that is not there) where another path of the table has some.
    Unreadable: a folder elsewhere, with too many files, or without any where the table has none elsewhere.
    """
    path = folder / name
    if not path.is_dir():
        is_no_folder = path.exists() or path.suffix.lower() in READ
        return [name] if is_no_folder or not _has_others(folder, table, name) else []
    _check_place(folder, path)
    names = _in_folder(path)
    if not names and not table.may_be_empty and not _has_others(folder, table, name):
        raise Unreadable("the folder is empty", f"Put the files of table '{table.name}' into it")
    if len(names) > limits.FILES:
        raise Unreadable(
            f"there are more than {limits.FILES} files in the folder",
            "Join them, or take out those that are no records",
        )
    return [f"{name.rstrip('/')}/{child}" for child in names]


def _in_folder(path: Path) -> list[str]:
    """The names of the files in a folder that somebody has put there."""
    return sorted(child.name for child in path.iterdir() if not _left_over(child.name))


def _has_others(folder: Path, table: Table, name: str) -> bool:
    """Whether another path of a table is a file, or a folder with files."""
    others = [folder / other for other in table.paths if other != name]
    return any(_in_folder(path) if path.is_dir() else path.is_file() for path in others)


def check(folder: Path, name: str) -> None:
    """Unreadable: no file, a link out of the folder, or a kind that is not read."""
    path = folder / name
    if shown(name) != name:
        raise Unreadable(
            "its name holds a character that cannot be shown", "Give it a name of letters, digits, blanks, - and _"
        )
    _check_place(folder, path)
    if path.is_dir():
        raise Unreadable("it is a folder within a folder", "Put the files themselves into the table's folder")
    if not path.exists():
        raise Unreadable("there is no such file", "datapackage.json names it: put it there, or correct its name")
    if not path.is_file():
        raise Unreadable(
            "it is no file, but something that a program writes into or a device",
            "Take it out, and put the file itself there",
        )
    suffix = path.suffix.lower()
    if suffix not in READ:
        raise Unreadable(
            KINDS.get(suffix, "it is no CSV file and no Excel workbook"),
            f"Save it as CSV UTF-8 or as an Excel workbook (.xlsx){OR_OUT}",
        )


def _check_place(folder: Path, path: Path) -> None:
    """Unreadable: the path leads out of the folder."""
    if path.is_symlink() or not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise Unreadable("it is a link to another place", "Put the file itself into the project folder")


def unused(folder: Path, used: Collection[str]) -> list[str]:
    """Files in records/ that no table names: somebody may have meant them to be read."""
    home = folder / "records"
    paths = home.rglob("*") if home.is_dir() and not home.is_symlink() else ()
    names = sorted(
        shown(path.relative_to(folder).as_posix()) for path in paths if path.is_file() and not _left_over(path.name)
    )
    return [name for name in names if name not in used and not any(name.startswith(f"{folder}/") for folder in used)]


def _left_over(name: str) -> bool:
    """Whether a file is one that a program leaves in a folder, and nobody sent."""
    return name.startswith(PASSED_OVER) or name in NOT_FILES
