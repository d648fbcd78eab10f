"""Examples of what a reference sheet can say: laid out in a new project, and shown beside a refusal.

sheet.toml is a sheet up to its calculation; beside it stands a file for each measure.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from ctanalysis.project.calculations import Calculation, Milestone
from ctanalysis.project.numerators import are_two_numbers

FOLDER = Path(__file__).resolve().parent
FIRST = "people"  # the measure of the sheet in a new project
IN_TIME, COHORT = "share-in-time", "share-cohort"
FORMS = {"share": (IN_TIME, COHORT)}  # of a measure that is written in several forms, the further ones


def measures() -> tuple[str, ...]:
    """Every measure that a reference sheet can have."""
    kinds = (*get_args(get_args(Calculation)[0]), Milestone)
    return tuple(name for kind in kinds for name in get_args(kind.model_fields["measure"].annotation))


def example(measure: str) -> str:
    """The example of a measure, or of a form of one, TOML with a comment before it; empty of what is neither."""
    path, forms = FOLDER / f"{measure}.toml", [one for more in FORMS.values() for one in more]
    return path.read_text(encoding="utf-8") if measure in (*measures(), *forms) and path.exists() else ""


def near(calculation: Mapping[str, Any]) -> str:
    """The measure, or the form of it, that a calculation comes near to, as it is written: whose example helps."""
    measure, above, below = (calculation.get(key) for key in ("measure", "numerator", "denominator"))
    if measure != "share" or not isinstance(above, Mapping):
        return str(measure)
    if are_two_numbers(above, below):
        return "ratio"
    return COHORT if "table" in above else IN_TIME if {"days", "within"} & {*above} else "share"


def sheet() -> str:
    """An example of a reference sheet with its comments, up to its calculation."""
    return (FOLDER / "sheet.toml").read_text(encoding="utf-8")


def laid_out() -> str:
    """The sheet of a new project: calculated by the first measure, with an example of every other one switched off."""
    forms = [form for name in measures() for form in (name, *FORMS.get(name, ())) if form != FIRST]
    others = (re.sub("^", "# ", example(name).rstrip(), flags=re.MULTILINE) for name in forms)
    return "\n".join([sheet(), example(FIRST), *(f"{text}\n" for text in others if text != "# ")])


def line(key: str) -> str:
    """How a key of a sheet is written, by its example: unit = "people"; empty where there is none.

    key: with the name of its table before it: words.one.
    """
    *tables, name = key.split(".")
    text = sheet().partition(f"\n[{tables[0]}]\n")[2] if tables else sheet()
    found = re.search(rf"^(?:# )?({re.escape(name)} = .+|\[{re.escape(name)}\](?:\n[a-z_]+ = .+)+)", text, re.MULTILINE)
    return found[1] if found else ""
