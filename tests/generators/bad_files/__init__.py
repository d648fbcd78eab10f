"""Files as tired people send them, named for what is wrong with each, and what must come of every one.

Each is made anew and put into records/meetings/ of a small project (see case.project): six meetings with
ten columns, A to J, the records on rows 2 to 7 of the file. Every text that is a record's own begins
with QX, and may stand in no finding, message or exception.
"""

from tests.generators.bad_files.cells import DAYS, KEYS, NUMBERS, WORDS
from tests.generators.bad_files.encodings import ENCODINGS, OTHER_KINDS
from tests.generators.bad_files.folders import FOLDERS
from tests.generators.bad_files.shapes import SHAPES, TOTALS
from tests.generators.bad_files.workbooks import NO_WORKBOOKS, WORKBOOKS

BAD = ENCODINGS | OTHER_KINDS | SHAPES | TOTALS | NUMBERS | DAYS | WORDS | KEYS | WORKBOOKS | NO_WORKBOOKS | FOLDERS
