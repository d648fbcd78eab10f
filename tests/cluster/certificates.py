"""Certificates by the very commands that docs/cluster.md has, and others that are expired or foreign."""

import re
import subprocess

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
[AUTHORITY, MACHINE] = re.findall(r"```sh title=\"certificates\"\n(.*?)```", PAGE, re.DOTALL)


def authority(folder):
    """A folder in which the page's commands for an authority were typed."""
    folder.mkdir(parents=True)
    _typed(AUTHORITY, folder)
    return folder


def machine(folder, days=""):
    """The folder of one machine's certificates, signed by the authority in `folder`. days: 0, of one that has expired.

    Its name is the page's own.
    """
    commands = re.sub(r"-days \d+", f"-days {days}", MACHINE) if days else MACHINE
    _typed(commands, folder)
    made = folder / "certificates"
    return made.rename(folder / f"certificates-{days or 'good'}")


def _typed(commands, folder):
    done = subprocess.run(["sh", "-euc", commands], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
