"""pandoc, as it comes with its Python package: HTML in, a document out, the same bytes for the same HTML."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from ctanalysis.base.errors import Refused

THEN = "315532800"  # 1 January 1980: the first day that a zip file can name, in seconds
PARTS = Path(__file__).parent / "parts"


def run(options: Sequence[str], folder: Path, given: str = "") -> bytes:
    """What pandoc writes. folder: where it works, and all that it reads beside `given` stands.

    It sees no settings of the user, for it looks for them among our parts. Refused: it failed.
    """
    import pypandoc

    binary = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc")
    done = subprocess.run(
        [binary, f"--data-dir={PARTS}", *options],
        cwd=folder,
        input=given.encode("utf-8"),
        env=os.environ | {"SOURCE_DATE_EPOCH": THEN},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise Refused(f"pandoc could not write a document (exit status {done.returncode}).")
    return done.stdout


def converted(html: str, to: str, folder: Path, *options: str) -> bytes:
    """HTML below a title as a document of another format, by our filter: its headings go a level up."""
    shared = ("--from=html", f"--to={to}", f"--lua-filter={PARTS / 'filter.lua'}")
    return run([*shared, *options, "--output=-"], folder, html)
