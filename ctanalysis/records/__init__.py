"""The records of a project: its tables' files, strictly read and checked, as typed frames.

Nothing is guessed and nothing is dropped: either every row of every table is believed, or the
reading is refused with where, which rule and what to do. A refusal never holds a cell's value.
"""

from ctanalysis.records.reading import read

__all__ = ["read"]
