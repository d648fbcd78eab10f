"""Keys of the Data Package standard (v1 and v2) that datapackage.json may have, and what is done with each.

A key that only describes changes no value: it may stand there, and is not read. One that says how cells are read, or
what must be true of them, is either what is done anyway, or is refused with what to write instead: none is ignored.
Source: specs.frictionlessdata.io and datapackage.org/standard, of packages, resources, dialects, schemas and fields.
"""

from typing import Any

DESCRIBING: dict[str, set[str]] = {
    "package": {"id", "profile", "licenses", "sources", "homepage", "keywords", "contributors", "image", "version"}
    | {"created"},
    "table": {"$schema", "profile", "mediatype", "format", "licenses", "sources", "homepage", "keywords"},
    "dialect": {"$schema", "name", "title", "description", "csvddfVersion"},
    "schema": {"$schema", "name", "title", "description", "homepage", "keywords", "version", "created", "image"},
    "field": {"example", "rdfType", "categoriesOrdered"},
    "constraints": set(),
}
HEADINGS = "the row with the headings is found by their words"
QUOTED = 'text files are read with cells in " and a " inside a cell written twice: save them so'
FROM_FILES = "records are read from files of the project folder: save them as CSV or .xlsx, and give the path"
OWN_BOUNDS = 'write the first or last value that is allowed as "minimum" or "maximum"'
LENGTHS = (
    'of a text, write it as a "pattern", such as "^.{2,10}$" for 2 to 10 characters; of a list, "required": true says '
    "that it has a value at least, and how many it has is not checked"
)
ITEMS = (
    'how many values a list has is not checked; for one at least, write "required": true into "constraints", and take '
    "the key out"
)
PARTS = (
    'the parts of a list are the values of its "categories", which are texts, also 1 and 2: write "string", or take '
    "the key out"
)
NOT_CHECKED = "it is not checked here, and the manifest of each report has every file's hash: take it out"
PLACES = 'take them out of the files; or, of columns, list them in "ignoredColumns"'

# by level and key: the values that say what is done anyway, and what to do about any other
MEANING: dict[str, dict[str, tuple[tuple[Any, ...], str]]] = {
    "table": {
        "type": (("table",), FROM_FILES),
        "scheme": (("file",), FROM_FILES),
        "data": ((), FROM_FILES),
        "jsonSchema": ((), "it is for records in JSON. " + FROM_FILES[:1].upper() + FROM_FILES[1:]),
        "compression": ((), "put the unpacked file into the project folder, and take the key out"),
        "innerpath": ((), "put the unpacked file into the project folder, and take the key out"),
        "bytes": ((), NOT_CHECKED),
        "hash": ((), NOT_CHECKED),
        "missingValues": ((), "write it into the schema, or into a field"),
        "primaryKey": ((), "write it into the schema"),
        "fields": ((), "write them into the schema"),
    },
    "dialect": {
        "header": ((True,), f"{HEADINGS}: write a row of headings into each file, and take the key out"),
        "headerRows": ((), f"{HEADINGS}, also below a title and in two rows: take the key out"),
        "headerJoin": ((), f"{HEADINGS}, also in two rows: take the key out"),
        "caseSensitiveHeader": ((False,), "capitals make no difference in headings: take the key out"),
        "commentRows": ((), f"rows that are no records: {PLACES}"),
        "commentChar": ((None, ""), f"lines that are no records: {PLACES}"),
        "commentPrefix": ((None, ""), f"lines that are no records: {PLACES}"),
        "lineTerminator": (("\n", "\r\n"), "lines end as Windows or other systems end them: save the files so"),
        "quoteChar": (('"',), QUOTED),
        "doubleQuote": ((True,), QUOTED),
        "escapeChar": ((None, ""), QUOTED),
        "skipInitialSpace": ((False,), "save the files without blanks behind the delimiters, and take the key out"),
        "nullSequence": ((None, ""), 'write the mark into "missingValues" of the schema'),
        "sheetNumber": ((), 'name the sheet: "sheetName"'),
        "table": ((), FROM_FILES),
        "property": ((), FROM_FILES),
        "itemType": ((), FROM_FILES),
        "itemKeys": ((), FROM_FILES),
    },
    "schema": {
        "fieldsMatch": (
            ("exact", "equal"),
            "each field needs its column, in any order; further columns are named in the table's "
            '"ignoredColumns" ("*" for all that is no field), and a field that files lack is taken out',
        ),
    },
    "field": {
        "bareNumber": (
            (True,),
            'write the numbers without their units; for 45% say "percentage": true in its place',
        ),
        "itemType": (("string",), PARTS),
        "minItems": ((), ITEMS),
        "maxItems": ((), ITEMS),
    },
    "constraints": {
        "minLength": ((), LENGTHS),
        "maxLength": ((), LENGTHS),
        "minItems": ((), ITEMS),
        "maxItems": ((), ITEMS),
        "exclusiveMinimum": ((), OWN_BOUNDS),
        "exclusiveMaximum": ((), OWN_BOUNDS),
        "jsonSchema": ((), "it is for cells that hold JSON, which are not read: take it out"),
    },
}


def understood(level: str, given: Any) -> Any:
    """What is given without the keys that describe, or say what is done anyway. ValueError: a key that says otherwise.

    level: package, table, dialect, schema, field or constraints.
    """
    if not isinstance(given, dict):
        return given
    meaning = MEANING.get(level, {})
    for key in given:
        if key in meaning and not _is_done(given[key], meaning[key][0]):
            raise ValueError(f'"{key}" cannot be followed: {meaning[key][1]}')
    return {key: value for key, value in given.items() if key not in DESCRIBING[level] and key not in meaning}


def _is_done(value: Any, done: tuple[Any, ...]) -> bool:
    """Whether a value is one of those that say what is done anyway; alone or as a list of one."""
    value = value[0] if isinstance(value, tuple) and len(value) == 1 else value
    return any(value == other and type(value) is type(other) for other in done)


def with_marks(schema: Any) -> Any:
    """A schema whose marks of no value (missingValues) are those of each field that has none of its own.

    ValueError: they are no list of texts. Said of each field, it would send a person to a key that is not there.
    """
    if not isinstance(schema, dict) or not isinstance(schema.get("fields"), tuple):
        return schema
    marks = schema.get("missingValues", ())
    words = (
        [mark.get("value") if isinstance(mark, dict) else mark for mark in marks] if isinstance(marks, tuple) else [0]
    )
    if not all(isinstance(word, str) for word in words):
        raise ValueError('"missingValues" must be a list of texts, such as ["", "n/a"]')
    plain = {key: value for key, value in schema.items() if key != "missingValues"}
    said = {"missingValues": marks} if "missingValues" in schema else {}
    fields = tuple(said | field if isinstance(field, dict) else field for field in schema["fields"])
    return plain | {"fields": fields}


def plain(field: Any) -> Any:
    """A field without the format "default", and whose marks of no value are texts: a mark may have a label."""
    if isinstance(field, dict) and field.get("format") == "default":
        field = {key: value for key, value in field.items() if key != "format"}
    if not isinstance(field, dict) or not isinstance(field.get("missingValues"), tuple):
        return field
    marks = (mark.get("value", mark) if isinstance(mark, dict) else mark for mark in field["missingValues"])
    return field | {"missingValues": tuple(marks)}


def of_lists(field: Any) -> Any:
    """A field. ValueError: it has a key of lists, and is none."""
    for key, words in (("delimiter", "a delimiter"), ("itemType", "an itemType")):
        if isinstance(field, dict) and key in field and field.get("type") != "list":
            raise ValueError(
                f'only a list has {words}: where a cell holds several values, say "type": "list" and give it '
                '"categories"; else take the key out'
            )
    return field


def some_path(path: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """A table's path or paths. ValueError: there is none."""
    if not path:
        raise ValueError("it names no file: write the file or the folder with the table's records")
    return path
