"""python -m data.demonstration: writes the synthetic records of this project folder again."""

from pathlib import Path

from data import demonstration

demonstration.write(Path(__file__).resolve().parent.parent)
