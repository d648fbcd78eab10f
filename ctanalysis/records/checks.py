"""What the schema says of the cells of a table: types, required fields, unique values, consent."""

from collections.abc import Mapping

import pandas as pd

from ctanalysis.project.descriptor import Consent
from ctanalysis.project.facts import Facts
from ctanalysis.records import shape, summed, uniqueness
from ctanalysis.records.findings import HELD_BACK, NO_CONSENT, REPAIRED, Issue
from ctanalysis.records.issues import TableIssues
from ctanalysis.records.references import Keys
from ctanalysis.records.typed import Typed
from ctanalysis.records.types import typed_words

FILL = "Fill the cell"
FILL_KEY = "Fill the cell; where the row is a total, take it out of the file"
NO_AGREEMENT = "does not say that the person agreed to statistical use, so the row is not used"


def check(issues: TableIssues, keys: Mapping[str, Keys | None], facts: Facts) -> dict[str, Typed]:
    """Adds all faults of single cells and of keys; returns by field the Typed words.

    keys, facts: see types.typed_words.
    """
    table, gathered = issues.gathered.table, issues.gathered
    shape.check(issues)
    issues.shaped = ~issues.held
    typed = {}
    for name in table.fields:
        typed[name] = typed_words(table, name, gathered.words[name], keys, facts)
        _cells(issues, name, typed[name])
    summed.check(issues, typed)
    for name in table.fields:
        if name in table.unique:
            uniqueness.check(issues, name, typed[name])
    together = dict.fromkeys((table.keys, *table.table_schema.unique_keys))
    for names in (names for names in together if len(names) > 1):
        uniqueness.check_together(issues, names, typed)
    if table.consent:
        _consent(issues, table.consent, typed[table.consent.field])
    return typed


def _consent(issues: TableIssues, consent: Consent, typed: Typed) -> None:
    """Adds the rows whose person did not say that they agree to statistical use: silence is no consent."""
    agreed = pd.Series(typed.values).eq(consent.value).fillna(False).to_numpy(bool)
    without = issues.shaped & ~issues.gathered.rows_with(consent.field, agreed)
    do = "Nothing, where they did not agree; where they did, write it here"
    issues.add(Issue(HELD_BACK, NO_CONSENT, NO_AGREEMENT, do, consent.field), without)


def _cells(issues: TableIssues, name: str, typed: Typed) -> None:
    """Adds the faults and repairs of one field's cells, of rows that are not held for their shape."""
    gathered = issues.gathered
    missing = gathered.rows_with(name, typed.missing)
    issues.filled[name] = ~missing
    if gathered.table.fields[name].constraints.required:
        required = Issue(
            HELD_BACK, "required", "must not be empty", FILL_KEY if name in gathered.table.keys else FILL, name
        )
        issues.add(required, missing & issues.shaped)
    for breach, wrong in typed.breaches.items():
        rows = gathered.rows_with(name, wrong) & issues.shaped
        issues.add(Issue(HELD_BACK, breach.rule, breach.says, breach.do, name), rows)
    for says, repaired in typed.repaired.items():
        rows = gathered.rows_with(name, repaired & ~typed.faulty) & issues.shaped
        issues.add(Issue(REPAIRED, "spelling", says, "Nothing; better corrected at its source", name), rows)
