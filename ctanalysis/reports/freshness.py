"""Whether a report is older than anything that it is made from."""

from pathlib import Path

from ctanalysis.project import SHIPPED, output_folder

ROOT = SHIPPED.parent
MADE = ("reports", "releases", "internal", "templates", "__pycache__", ".ipynb_checkpoints")


def is_fresh(folder: Path, project: Path) -> bool:
    """Whether the report in `folder` is there and newer than the project, the library, the notebooks and the lock.

    Folders count as well: a file that was taken away changes the time of its folder.
    """
    manifest = folder / "manifest.json"
    sources = [
        project,
        ROOT / "ctanalysis",
        ROOT / "notebooks",
        ROOT / "requirements.lock",
        output_folder(project, "releases") / "ledger.csv",
    ]
    return manifest.exists() and manifest.stat().st_mtime_ns > max(newest(source) for source in sources)


def newest(path: Path) -> int:
    """The time of the last change of a file, or of a folder and all that is in it, but for what was made from it."""
    times = [path.stat().st_mtime_ns] if path.is_file() else [0]
    if path.is_dir():
        inside = [child for child in path.iterdir() if child.name not in MADE and not child.name.startswith(".")]
        times += [newest(child) for child in inside] + [_of_listing(path)]
    return max(times)


def _of_listing(folder: Path) -> int:
    """A folder's own time says that something was put in or taken away; not where it also holds what is made."""
    holds_made = any((folder / name).exists() for name in MADE)
    return 0 if holds_made else folder.stat().st_mtime_ns
