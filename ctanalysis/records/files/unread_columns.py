"""The columns that are not read: those that a survey tool has added, and those that the table's ignoredColumns name."""

from collections.abc import Iterator, Sequence

from ctanalysis.base.spelling import skeleton
from ctanalysis.project.descriptor import Table

# What a form asks of the telephone and not of a person; both tools have them in every new form, or offer them.
OF_THE_FORM = ("start", "end", "today", "username", "deviceid", "phonenumber", "simserial", "subscriberid", "audit")
# What KoboToolbox adds to the answers, and to each row of a repeat: nobody else names columns so.
OF_KOBO = (
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_submitted_by",
    "__version__",
    "_tags",
    "_index",
    "meta/instanceID",
    "meta/rootUuid",
    "formhub/uuid",
    "_attachments",
    "_geolocation",
    "_xform_id_string",
    "_parent_table_name",
    "_parent_index",
    "_submission__id",
    "_submission__uuid",
    "_submission__submission_time",
    "_submission__validation_status",
    "_submission__notes",
    "_submission__status",
    "_submission__submitted_by",
    "_submission___version__",
    "_submission__tags",
)
OF_CENTRAL = (
    "SubmissionDate",
    "meta-instanceID",
    "meta-instanceName",
    "KEY",
    "SubmitterID",
    "SubmitterName",
    "AttachmentsPresent",
    "AttachmentsExpected",
    "Status",
    "ReviewState",
    "DeviceID",
    "Edits",
    "FormVersion",
)
OF_ITS_REPEATS = ("PARENT_KEY", "KEY")
KOBO = {"_id", "_uuid", "_submission_time", "__version__"}  # one of them shows that it has written a file of answers
DELETED = "deleted"
OF_VALUES = {"dataelement", "period", "orgunit", "value"}  # beside it, in an export of data values from DHIS2


def is_of_central(cells: Sequence[str]) -> bool:
    """Whether ODK Central has written a row of headings."""
    return {"SubmissionDate", "KEY"} <= {*cells} or {*OF_ITS_REPEATS} <= {*cells}


def _added(cells: Sequence[str]) -> set[str]:
    """What a survey tool has added to a row of headings; it is passed over.

    What Kobo names so is known by itself; what everybody may name so, only beside it.
    """
    names = {*OF_KOBO} | ({*OF_ITS_REPEATS} if is_of_central(cells) else set())
    if {"SubmissionDate", "KEY"} <= {*cells}:
        return names | {*OF_CENTRAL, *OF_THE_FORM}
    return names if KOBO.isdisjoint(cells) else names | {*OF_THE_FORM}


def deleted(table: Table, cells: Sequence[str]) -> int | None:
    """The place of the column by which DHIS2 says that a value does not exist any more; None where there is none.

    None also where it is a column of the table itself.
    """
    plain = [cell.strip().casefold() for cell in cells]
    own = skeleton(DELETED) in table.meanings
    return plain.index(DELETED) if DELETED in plain and {*plain} >= OF_VALUES and not own else None


def of_tools(table: Table, cells: Sequence[str]) -> frozenset[int]:
    """The places of the columns that a survey tool has added. What is a heading of the table's own is none of them."""
    names, gone = _added(cells), deleted(table, cells)
    places = {place for place, cell in enumerate(cells) if cell in names or place == gone}
    meaning = table.meanings
    own = {meaning.get(skeleton(cell)) for place, cell in enumerate(cells) if place not in places and cell}
    return frozenset(place for place in places if meaning.get(skeleton(cells[place])) in own | {None})


def ignored(table: Table, cells: Sequence[str], longest: int) -> Iterator[tuple[int, bool]]:
    """The places of the columns that ignoredColumns names, each with whether only a pattern such as "_*" does."""
    meaning = table.meanings
    whole = {skeleton(heading) for heading in table.ignored_columns if not heading.endswith("*")}
    begins = tuple(skeleton(heading[:-1]) for heading in table.ignored_columns if heading.endswith("*"))
    for place, cell in enumerate(cells):
        word = skeleton(cell) if len(cell) < longest and (whole or begins) else ""
        if word and word not in meaning and (word in whole or word.startswith(begins)):
            yield place, word not in whole
