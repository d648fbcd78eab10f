"""The words of a random project: fields, codes, marks of missing, kinds of sheets."""

AREA = "work"
AUDITED = "victims"
CLASSES = [AUDITED, "callers", "participants", "open"]

# Category fields that a table may have, each with the codes that it may declare.
CODES = {
    "sex": ["Feminine", "Masculine", "X"],
    "age_group": ["0-17", "18-24", "25+", "007"],
    "country": ["RU", "KZ", "NA", "null", "Other"],
    "kind": ["One", "Two", "nan", "1", "01"],
}
BOOLEANS = ["agreed", "safe"]
NUMBERS = {"visits": "integer", "score": "integer", "amount": "number", "hours": "number"}
STRINGS = ["worker", "place"]
DATES = ["began", "ended", "held"]
MARKS_OF_MISSING = [[""], ["", "unknown"], ["-"], ["", "-99", "n/a"]]

# One sheet of each kind: measure, and what else its calculation says.
SHEET_KINDS = [
    "count",
    "sum",
    "people once",
    "people each period",
    "level",
    "level of column",
    "mean",
    "share of count",
    "share of sum",
    "share of people once",
    "share of people each period",
]
