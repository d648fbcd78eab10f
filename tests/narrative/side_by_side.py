"""The main points of every quarter, one below the other, as they are kept in references/main-points.txt."""

from pathlib import Path

from ctanalysis import narrative

KEPT = Path(__file__).parents[1] / "references" / "main-points.txt"


def main_points(evaluation):
    """A quarter's: its label and, under it, a numbered line to each point."""
    points = narrative.points(evaluation).plain.splitlines()
    return "\n".join([evaluation.period.label, *(f"{place}. {words}" for place, words in enumerate(points, 1))]) + "\n"


def kept():
    """By label, what is kept of a quarter."""
    parts = KEPT.read_text(encoding="utf-8").split("\n\n")
    return {part.split("\n")[0]: part.rstrip("\n") + "\n" for part in parts}
