"""Wrong records: the shipped ones with one cell, row or file changed."""

from tests.generators.wrong import Wrong, cells, encoded, file_of, line, lines, removed, written


def in_every_row(found):
    return [found[0], *(row + ",SECRET-7731" for row in found[1:])]


def without_its_first_row(found):
    return found[1:]


def wrong_cell(table, column, row, text="SECRET-7731", *says):
    return Wrong(cells(table, column, {row: text}), (file_of(table), *says), row, column, text)


WRONG_CELLS = {
    "a key that does not resolve": wrong_cell("services", "person_id", 7, "SECRET-7731", "'victims'"),
    "a key that does not resolve, last row": wrong_cell(
        "assessments", "organisation_id", 41, "SECRET-7731", "'organisations'"
    ),
    "a duplicated key": Wrong(
        cells("consultations", "consultation_id", {5: "SECRET-7731", 9: "SECRET-7731"}),
        (file_of("consultations"), "unique"),
        9,
        "consultation_id",
    ),
    "a duplicated key of people": Wrong(
        cells("victims", "person_id", {5: "SECRET-7731", 9: "SECRET-7731"}),
        (file_of("victims"), "unique"),
        9,
        "person_id",
    ),
    "a non-number": wrong_cell("attendance", "participants", 4, "SECRET-7731", "whole number"),
    "a half participant": wrong_cell("attendance", "participants", 4, "7731.5", "whole number"),
    "negative participants": wrong_cell("attendance", "participants", 4, "-7731", "at least 1"),
    "a number with a blank": wrong_cell("attendance", "participants", 4, "7 731", "whole number"),
    "a decimal comma": wrong_cell("assessments", "score", 5, "41,7731", "number such as 1200.50"),
    "a number with too many decimals": wrong_cell("assessments", "score", 5, "41.77311", "4 decimal places"),
    "a number with an exponent": wrong_cell("assessments", "score", 5, "7.731e1", "number"),
    "a number in digits of another script": wrong_cell("assessments", "score", 5, "٧٧", "number"),
    "not a number as pandas writes it": wrong_cell("assessments", "score", 5, "NaN", "number"),
    "a score above 100": wrong_cell("assessments", "score", 5, "7731.5", "at most 100"),
    "a score below 0": wrong_cell("assessments", "score", 5, "-7731.5", "at least 0"),
    "a date as 31.12.2014": wrong_cell("events", "date", 6, "31.12.2014", "day such as 2014-12-31"),
    "a date as 12/31/2014": wrong_cell("events", "date", 6, "12/31/2014", "day such as 2014-12-31"),
    "a date with a time": wrong_cell("events", "date", 6, "2014-12-30 00:00:00", "time of day", "read as the day"),
    "a date that the calendar does not have": wrong_cell("events", "date", 6, "2014-02-30", "day such as 2014-12-31"),
    "a date of the year 204": wrong_cell("events", "date", 6, "0204-12-30", "day such as 2014-12-31"),
    "a date in digits of another script": wrong_cell("events", "date", 6, "201٤-12-30", "day such as 2014-12-31"),
    "premises given back before they were provided": wrong_cell("premises", "end", 3, "1999-01-01", "before 'start'"),
    "a plan closed before it was started": wrong_cell("plans", "closed", 8, "1999-01-01", "before 'started'"),
    "an unknown category": wrong_cell("victims", "exploitation", 12, "SECRET-7731", "must be one of", "ForcedLabour"),
    "a category in small letters": wrong_cell("victims", "sex", 12, "feMINine", "not spelt", "as it was meant"),
    "a category with a blank behind": wrong_cell("victims", "sex", 12, "Feminine ", "not spelt"),
    "an empty required cell": wrong_cell("events", "date", 6, "", "must not be empty"),
    "an empty foreign key": wrong_cell("services", "person_id", 7, "", "must not be empty"),
    "a boolean 'yes'": wrong_cell("questionnaires", "aware_before", 10, "yes", "must be true or false"),
    "a boolean as a number": wrong_cell("questionnaires", "aware_before", 10, "7731", "must be true or false"),
}

REPAIRED_CELLS = ("a date with a time", "a category in small letters", "a category with a blank behind")
VICTIMS, SCORES, PREMISES = file_of("victims"), file_of("assessments"), file_of("premises")
FOLDER = "records/victims"  # of VICTIMS: what is said of the whole table names it

WRONG_FILES = {
    "a missing folder": Wrong(removed(FOLDER), (FOLDER, "no such file", "datapackage.json")),
    "a folder without its file": Wrong(removed(VICTIMS), (FOLDER, "the folder is empty", "Put the files")),
    "an empty file": Wrong(written(VICTIMS, ""), (VICTIMS, "empty", "names the columns")),
    "a header only": Wrong(lines("victims", lambda found: found[:1]), (FOLDER, "no rows", "mayBeEmpty")),
    "a missing column": Wrong(
        line("assessments", 1, lambda row: row.replace(",score", "")), (SCORES, "'score'", "missing"), column="score"
    ),
    "a misspelt column": Wrong(
        line("assessments", 1, lambda row: row.replace("score", "SECRET-7731")),
        (SCORES, "'score'", "missing"),
        column="score",
    ),
    "an extra column": Wrong(
        lines("assessments", lambda found: [found[0] + ",SECRET-7731", *(row + "," for row in found[1:])]),
        (SCORES, "column F", "score"),
    ),
    "a column twice": Wrong(
        lines("assessments", lambda found: [found[0] + ",score", *(row + ",SECRET-7731" for row in found[1:])]),
        (SCORES, "column F", "twice"),
    ),
    "no row of column names": Wrong(
        lines("victims", without_its_first_row), (VICTIMS, "person_id", "names the columns"), secret="P0001"
    ),
    "too many cells in every row": Wrong(
        lines("assessments", in_every_row), ("records/assessments", "none of the table's rows can be used")
    ),
    "cp1251 bytes": Wrong(
        encoded(file_of("organisations"), "cp1251", "Partner", "Партнёр SECRET-7731"),
        (file_of("organisations"), "UTF-8"),
    ),
    "cp1251 bytes far down": Wrong(
        encoded(file_of("consultations"), "cp1251", "C13390", "Ж13390"),
        (file_of("consultations"), "UTF-8"),
        secret="13390",
    ),
    "an unclosed quote": Wrong(
        line("assessments", 9, lambda row: row.replace(",", ',"SECRET-7731 ', 1)), (SCORES, "quotation mark"), row=9
    ),
    "an unclosed quote in the last row": Wrong(
        line("assessments", 41, lambda row: row.replace(",", ',"SECRET-7731 ', 1)), (SCORES, "quotation mark"), row=41
    ),
    "a workbook by the name of a table": Wrong(
        written(VICTIMS, b"PK\x03\x04\x14\x00\x06\x00\x08\x00SECRET-7731\xff\xfe\x00"), (VICTIMS,)
    ),
}

WRONG_ROWS = {  # held back, each with its own finding
    "too many cells in the first row": Wrong(
        line("assessments", 2, lambda row: row + ",SECRET-7731"), (SCORES, "cells"), row=2
    ),
    "too many cells in a row": Wrong(
        line("assessments", 9, lambda row: row + ",SECRET-7731"), (SCORES, "cells"), row=9
    ),
    "too many cells in the last row": Wrong(
        line("assessments", 41, lambda row: row + ",SECRET-7731"), (SCORES, "cells"), row=41
    ),
    "too few cells in a row": Wrong(
        line("assessments", 9, lambda row: row.rsplit(",", 1)[0]), (SCORES,), row=9, secret="SECRET"
    ),
    "too few cells where the last may be empty": Wrong(
        line("premises", 3, lambda row: row.rsplit(",", 1)[0]), (PREMISES,), row=3, secret="SECRET"
    ),
    "a row cut off in the middle": Wrong(
        line("follow_ups", 9, lambda row: "SECRET-7731," + ",".join(row.split(",")[1:3])),
        (file_of("follow_ups"),),
        row=9,
    ),
}

ONCE_WRONG_FILES = {  # read all the same
    "semicolons for commas": Wrong(
        lines("assessments", lambda found: [row.replace(",", ";") for row in found]),
        (SCORES, "semicolons"),
        secret="41.9",
    ),
    "a blank line": Wrong(line("assessments", 9, lambda row: ""), (SCORES,), row=9),
    "a blank line at the end": Wrong(lines("assessments", lambda found: [*found, ""]), (SCORES,), row=42),
    "a row of commas": Wrong(line("assessments", 9, lambda row: ",,,,"), (SCORES,), row=9),
    "UTF-16": Wrong(encoded(VICTIMS, "utf-16"), (VICTIMS, "UTF-8"), secret="P0001"),
}

WRONG_RECORDS = WRONG_CELLS | WRONG_ROWS | WRONG_FILES
