"""A reference sheet is read, or refused with what is possible at the place of each fault, and an example."""

import re
import tomllib
from pathlib import Path
from typing import Any

from ctanalysis.base.errors import Refused
from ctanalysis.project import examples
from ctanalysis.project.sheets import MilestoneSheet, Sheet
from ctanalysis.project.strict import build, parse

MISSING = re.compile(r"the key '([\w.]+)' is missing\.")
OF_CALCULATION = re.compile(r"'calculation[.']|a disaggregation is ")


def read_sheet(path: Path) -> Sheet | MilestoneSheet:
    """The reference sheet in a TOML file. Refused: not TOML, or not what a sheet of its measure allows."""
    data = parse(path, tomllib.loads, "TOML")
    measure = _measure(data)
    if measure is not None and measure not in examples.measures():
        raise Refused(
            f"{path}: 'calculation': there is no measure '{measure}'. There are: {', '.join(examples.measures())}.\n"
            f"{shown(examples.FIRST)}"
        )
    try:
        return build(MilestoneSheet, data, path) if measure == "milestone" else build(Sheet, data, path)
    except Refused as refusal:
        near = measure if measure is None else examples.near(data["calculation"])
        raise Refused(_with_examples(str(refusal), str(near))) from None


def shown(measure: str) -> str:
    """The example of a measure as a refusal shows it; empty where there is none."""
    text = examples.example(measure)
    return f"An example:\n{_indented(text.rstrip())}" if text else ""


def _measure(data: dict[str, Any]) -> Any:
    """The measure that a sheet's text names; None where it names none."""
    calculation = data.get("calculation")
    return calculation.get("measure") if isinstance(calculation, dict) else None


def _with_examples(refusal: str, measure: str) -> str:
    """A refusal with the text to paste for what is missing, and the measure's example for a wrong calculation."""
    own = measure == "milestone" and "'words" in refusal
    lines = [_with_the_line(line, own) for line in refusal.splitlines()]
    if own or OF_CALCULATION.search(refusal):
        lines.append(shown(measure) or shown(examples.FIRST))
    return "\n".join(lines)


def _with_the_line(sentence: str, own: bool) -> str:
    if sentence.endswith("must have the key measure."):
        return f"{sentence} There are: {', '.join(examples.measures())}."
    found = MISSING.search(sentence)
    written = examples.line(found[1]) if found and not own else ""
    return f"{sentence} Write for example:\n{_indented(written)}" if written else sentence


def _indented(text: str) -> str:
    return re.sub("^", "    ", text, flags=re.MULTILINE)
