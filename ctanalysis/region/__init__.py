"""Several projects side by side, on one page: what they share, and what of it is not comparable.

    folders ─▶ members (each evaluated, of the same days) ─▶ comparing (by standard indicator) ─▶ page, values

Its numbers are totals that each project may tell by its own gate, and nothing else.
"""

from ctanalysis.region.making import make, pages

__all__ = ["make", "pages"]
