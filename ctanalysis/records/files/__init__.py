"""Files as people send them -> one table of coded texts, each row knowing its file, sheet and row.

    files ─▶ sheets (text, workbook) ─▶ header ─▶ coded words

Nothing is typed or believed here; a file that cannot be read at all is a finding.
"""

from ctanalysis.records.files.gathered import Gathered
from ctanalysis.records.files.gathering import UNREAD_SHEET, gather
from ctanalysis.records.files.paths import unused
from ctanalysis.records.files.words import Words

__all__ = ["UNREAD_SHEET", "Gathered", "Words", "gather", "unused"]
