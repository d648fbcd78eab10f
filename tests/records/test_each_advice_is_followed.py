"""Every advice of the reading of records is among the cases that follow it, or is named here with the reason."""

from pathlib import Path

from ctanalysis import records
from tests.records import (
    test_each_advice_of_cells,
    test_each_advice_of_deliveries,
    test_each_advice_of_parquet,
    test_each_advice_of_projects,
    test_each_advice_of_rows,
    test_each_advice_of_texts,
    test_each_advice_of_workbooks,
    test_each_hint,
)
from tests.records.followed import advice_in, is_followed

HOME = Path(records.__file__).parent
OF_HINTS = ("hints.py", "day_order.py", "several.py", "thousands.py")  # see test_each_hint.py
FILES = (
    test_each_advice_of_cells,
    test_each_advice_of_texts,
    test_each_advice_of_workbooks,
    test_each_advice_of_parquet,
    test_each_advice_of_rows,
    test_each_advice_of_projects,
    test_each_advice_of_deliveries,
)
ELSEWHERE = {  # what the advice begins with, or what its longest part does, by the module in which it is followed
    "tests/records/test_keys_of_exports.py": (
        "Let the field have the title",
        '" in datapackage.json, a column that this file has: it stays the same',
        '", which this file has, and this one: "primaryKey" in datapackage.json',
        "Keep the latest export alone in the project folder",
        '", and let the field have that as its title in datapackage.json',
    ),
    "tests/records/test_words_of_conditions.py": (
        'Where it stands for no value, list it in "missingValues" of the field in datapackage.json; where it is an',
    ),
    "tests/records/test_deleted_values.py": ("Nothing, if it was",),
    "tests/intake/test_what_headings_say.py": ("Nothing, if they are these columns; list the heading of one",),
    "tests/intake/test_written_otherwise.py": (
        ' between; or take "delimiter" out of the table\'s "dialect" there: what each',
    ),
    "tests/intake/test_sentences.py": ("Write it as the table has it: spelt in two ways, one partner",),
}
FOLLOWED = [
    *ELSEWHERE.values(),
    *(case.advice for module in FILES for case in module.CASES.values()),
    *((advice,) for _, _, advice, _, _ in test_each_hint.CASES.values()),
    *(case.advice for _, _, case in test_each_advice_of_texts.LIMITS.values()),
    *((advice,) for advice in test_each_advice_of_texts.MOMENTS),
    test_each_advice_of_workbooks.NEW_BOOK.advice,
]
IN_MEMORY = "followed in test_each_advice_of_projects.test_a_table_that_is_checked_in_memory"
EXCEPTIONS = {
    "It may be meant to do harm: do not open it, and ask the sender": "nothing is to be done to the file",
    "Put yours into {}/records/, in the folder of their table, or take in what a partner sent with {} (its README.md "
    "says what to fill in before).": "followed in test_each_advice_of_projects.test_the_first_records",
    "Fill the cell; where the row is a total, take it out of the file": "followed in test_totals_beside."
    "test_a_last_row_that_is_the_sum_of_all_above_is_looked_at",
    "Table '{}' cannot be checked in parts: {}. So {}.": IN_MEMORY,
    "So {}.": IN_MEMORY,
    "Codes in '{}' of table '{}' look like others in other files: {}.": IN_MEMORY,
}
NO_ADVICE = {
    "Accepted as it is: {} looked at it on {}: {}": "somebody has decided already",
    "Western, as in café": "says of letters what they look like",
    "No records on this sheet: it is not read.": "stands in a sheet",
    "На этом листе нет записей: он не читается.": "stands in a sheet",
    "Бул баракта жазуулар жок: ал окулбайт.": "stands in a sheet",
}


def test_each_advice_is_among_the_cases():
    """An advice that is new is followed, too."""
    modules = [path for path in HOME.rglob("*.py") if path.relative_to(HOME).as_posix() not in OF_HINTS]
    texts = {text for path in modules for text in advice_in(path)}
    assert len(texts) > 100 and {*EXCEPTIONS, *NO_ADVICE} <= texts
    lacking = sorted(text for text in texts - {*NO_ADVICE} if not is_followed(text, FOLLOWED))
    assert lacking == sorted(EXCEPTIONS)
