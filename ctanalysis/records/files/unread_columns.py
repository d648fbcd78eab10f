"""The columns that are not read: those that a survey tool has added, and those that the table's ignoredColumns name."""

from collections.abc import Iterator, Sequence

from ctanalysis.base.spelling import skeleton
from ctanalysis.project.descriptor import Table

# What a form asks of the telephone and not of a person; both tools have them in every new form, or offer them.
OF_THE_FORM = ("start", "end", "today", "username", "deviceid", "phonenumber", "simserial", "subscriberid", "audit")
# What survey tools add to the answers that they export, by columns that nobody else names so; it is passed over.
ADDED = {
    ("_id", "_uuid", "_submission_time"): (  # KoboToolbox
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
        *OF_THE_FORM,
    ),
    ("SubmissionDate", "KEY"): (  # ODK Central
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
        *OF_THE_FORM,
    ),
    ("_parent_table_name", "_parent_index"): (  # a repeat of KoboToolbox, whose rows name their parent
        "_index",
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
    ),
    ("PARENT_KEY", "KEY"): ("PARENT_KEY", "KEY"),  # a repeat of ODK Central
}


def of_tools(table: Table, cells: Sequence[str]) -> frozenset[int]:
    """The places of the columns that a survey tool has added. What is a heading of the table's own is none of them."""
    names = {name for signs, names in ADDED.items() if set(signs) <= {*cells} for name in names}
    places = {place for place, cell in enumerate(cells) if cell in names}
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
