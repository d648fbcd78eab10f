"""Working tables: exact values, for those who may see the records and nobody else.

    indicators ─▶ exact ─▶ grids ─▶ workbook, page ─▶ writing ─▶ internal/<period>/

What is here has not passed `disclosure`. It is another artefact than a report, in another folder,
and marked on every page, sheet and row. Nothing that makes reports imports this room, no report
links to what it writes, and no notebook of a report can ask for it; `enquiry` answers exact() with
its numbers, for who says that they may see the records. It holds numbers by category, never a row
of the records.
"""

from ctanalysis.internal.writing import write

__all__ = ["write"]
