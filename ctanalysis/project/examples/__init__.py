"""Examples of what a reference sheet can say: laid out in a new project, and shown beside a refusal.

sheet.toml is a sheet up to its calculation; beside it stands a file for each measure.
"""

import re
from pathlib import Path
from typing import get_args

from ctanalysis.project.calculations import Calculation, Milestone

FOLDER = Path(__file__).resolve().parent
FIRST = "people"  # the measure of the sheet in a new project


def measures() -> tuple[str, ...]:
    """Every measure that a reference sheet can have."""
    kinds = (*get_args(get_args(Calculation)[0]), Milestone)
    return tuple(name for kind in kinds for name in get_args(kind.model_fields["measure"].annotation))


def example(measure: str) -> str:
    """The example of a measure, TOML with a comment before it; empty of what is no measure."""
    path = FOLDER / f"{measure}.toml"
    return path.read_text(encoding="utf-8") if measure in measures() and path.exists() else ""


def sheet() -> str:
    """An example of a reference sheet with its comments, up to its calculation."""
    return (FOLDER / "sheet.toml").read_text(encoding="utf-8")


def laid_out() -> str:
    """The sheet of a new project: calculated by the first measure, with an example of every other one switched off."""
    others = (re.sub("^", "# ", example(name).rstrip(), flags=re.MULTILINE) for name in measures() if name != FIRST)
    return "\n".join([sheet(), example(FIRST), *(f"{text}\n" for text in others if text != "# ")])


def line(key: str) -> str:
    """How a key of a sheet is written, by its example: unit = "people"; empty where there is none.

    key: with the name of its table before it: words.one.
    """
    *tables, name = key.split(".")
    text = sheet().partition(f"\n[{tables[0]}]\n")[2] if tables else sheet()
    found = re.search(rf"^(?:# )?({re.escape(name)} = .+|\[{re.escape(name)}\](?:\n[a-z_]+ = .+)+)", text, re.MULTILINE)
    return found[1] if found else ""
