"""A period that is released again: whether anything has changed that makes a revision of it, and what."""

from pathlib import Path

from ctanalysis.base.errors import Refused
from ctanalysis.reports import files_of
from ctanalysis.reports.comparing import unlike
from ctanalysis.reports.manifest import read
from ctanalysis.reports.printed import differing, in_words, numbers, printed

MOST = 8  # values and files that are named


def same(draft: Path, last: Path, reason: str, revision: int) -> str:
    """What to say where a report is not to be released again; empty where it is.

    draft, last: the folders of the report and of its last release. reason: of the revision (its number), where one is
    on the record; whatever differs may then be released. Refused: values differ, and there is no reason.
    """
    files = unlike(files_of(draft), (read(last) or {"files": {}})["files"])
    if not files:
        return "this report is released already, and nothing has changed"
    if reason:
        return ""
    values = differing(numbers(printed(last)), numbers(printed(draft)))
    entry = f'[[restatement]] with period = "{draft.name}", revision = {revision}, reason, role, date'
    if not len(values):
        return (
            "this report is released already, and every value is as it was released. What is said beside them differs "
            f"({_some(files)}): no revision is needed. For one all the same, say why in "
            f"judgements/restatements.toml ({entry}), and release it again."
        )
    lines = [*in_words(values.head(MOST)), *([f"and {len(values) - MOST} more"] if len(values) > MOST else [])]
    raise Refused(
        f"{last}: {draft.name} is released, and what is released is never changed; the report differs now. "
        f"If that is right, say why in judgements/restatements.toml ({entry}), "
        "where the reason is printed, so that it must say nothing of a person, "
        f"and release it again: it becomes revision {revision}. Values that differ:\n  " + "\n  ".join(lines)
    )


def _some(names: list[str]) -> str:
    return ", ".join(names[:MOST]) + (f" and {len(names) - MOST} more" if len(names) > MOST else "")
