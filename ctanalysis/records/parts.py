"""A table that does not fit into memory, checked file by file: the checks that look at one file at a time.

    files of the table ─▶ each surveyed alone, with all other tables ─▶ findings and counts of rows, together
                                                                     ─▶ keys and codes of people, compared by hashes

What looks at rows of several files together is not done in parts: such rules are refused before anything is read, and
so are records in which a key, or a code of a person, stands in several files in a way that only all rows could settle.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ctanalysis.base.errors import Refused
from ctanalysis.base.spelling import skeleton
from ctanalysis.project.descriptor import Table
from ctanalysis.project.project import Project
from ctanalysis.project.row_calculations import Level, People
from ctanalysis.records.arrays import Codes
from ctanalysis.records.counted import parts_of
from ctanalysis.records.deliveries import Came
from ctanalysis.records.files import paths
from ctanalysis.records.findings import NO_RECORDS, UNREAD, Finding
from ctanalysis.records.reading import NONE_USED, UNREAD_DELIVERY, UNREAD_FILE, survey
from ctanalysis.records.result import Records

ALONE = (NO_RECORDS, UNREAD_FILE.rule, UNREAD_DELIVERY.rule)  # rules of findings that the other files would settle
IN_MEMORY = "check and calculate them in memory (make check, make report), on a machine that holds them"


@dataclass(frozen=True)
class Checked:
    """What is kept of parts that were checked.

    findings, tally: as of Records. keys: hashes of the keys, by the fields that must be unique. people: hashes of the
    codes of people, and of what they look like, by field. came: of the table.
    """

    findings: frozenset[Finding]
    tally: pd.DataFrame
    keys: dict[str, Codes]
    people: dict[str, Codes]
    came: Came

    def and_(self, other: "Checked") -> "Checked":
        """Both together."""
        return Checked(
            self.findings | other.findings,
            pd.concat([self.tally, other.tally]).drop_duplicates(ignore_index=True),
            {name: np.concatenate([one, other.keys[name]]) for name, one in self.keys.items()},
            {name: np.unique(np.concatenate([one, other.people[name]]), axis=0) for name, one in self.people.items()},
            Came(
                {*self.came.unusable, *other.came.unusable},
                {**self.came.good, **other.came.good},
                {**self.came.bad, **other.came.bad},
                {*self.came.files, *other.came.files},
                {*self.came.spared, *other.came.spared},
                self.came.knows_days and other.came.knows_days,
            ),
        )


def files_of(project: Project, table: str) -> list[str]:
    """The files of a table, one for each part. Refused: what is checked in them needs rows of several files."""
    described = project.package.tables[table]
    found = [*_across(project, described)]
    if found:
        raise Refused(f"Table '{table}' cannot be checked in parts: {'; '.join(found)}. So {IN_MEMORY}.")
    return [path for name in described.paths for path in paths.files_of(project.folder, described, name)]


def _across(project: Project, table: Table) -> Iterator[str]:
    """What is asked of a table that looks at rows of several files."""
    rules = project.rules.of(table.name)
    for kind in ("duplicate", "usual", "heaping", "gap"):
        if getattr(rules, kind):
            yield f"rules.toml has '{kind}' for it, which compares rows of all files"
    judged = {
        "corrections": [one.table for one in project.corrections],
        "same_people": [one.table for one in project.same_people],
        "accepted": [one.table for one in project.accepted],
    }
    for name, tables in judged.items():
        if table.name in tables:
            yield f"judgements/{name}.toml names rows of it, which are looked for in all files"
    if table.repeated:
        yield "its rows come again in later deliveries"
    if not table.keys:
        yield "it has no primaryKey, so that rows that were sent twice are seen in all files only"
    if any(table.name in other.references.values() for other in project.package.resources):
        yield "other tables refer to it"
    hidden = {name for names in _unique(table) for name in names} - {*table.shareable_fields}
    if hidden:
        yield f"{', '.join(sorted(hidden))} must be unique, and is identifying"


def _unique(table: Table) -> list[tuple[str, ...]]:
    """The fields whose values must be unique, alone or together."""
    alone = [(name,) for name in table.fields if name in table.unique]
    return [*dict.fromkeys([*alone, table.keys, *table.table_schema.unique_keys])]


def survey_part(project: Project, table: str, path: str) -> tuple[Records, Checked]:
    """The Records of one file of a table, and of all other tables; and what is kept of them. Refused: unread files."""
    tables = [one.model_copy(update={"path": path}) if one.name == table else one for one in project.package.resources]
    package = project.package.model_copy(update={"resources": tuple(tables)})
    records = survey(replace(project, package=package))
    is_none_used = {one for one in records.findings if one.says == NONE_USED.says and one.table == table}
    findings = {one for one in records.findings if one.rule not in ALONE} - is_none_used
    unread = sorted(one for one in findings if one.severity == UNREAD)
    if unread:
        raise Refused("\n".join(f"{project.folder}/{one}" for one in unread))
    described, frames = project.package.tables[table], (records[table], records.held[table])
    rows = {names: pd.concat([one[[*names]] for one in frames]) for names in _unique(described)}
    keys = {" and ".join(names): _hashes(values, names == described.keys) for names, values in rows.items()}
    for name in {name for names in _unique(described) for name in names}:
        if records[table][name].dtype == "str" and not records[table][name].str.isascii().all():
            raise Refused(f"'{name}' of {path} has letters that look like others: {IN_MEMORY}.")
    people = {name: _people(records[table][name]) for name in _codes_of_people(project, described)}
    return records, Checked(frozenset(findings), records.tally, keys, people, records.came[table])


def _codes_of_people(project: Project, table: Table) -> list[str]:
    """The fields by which people are counted, where no other table lists them."""
    counted = parts_of(project, table.name)
    names = {one.person for one in counted if isinstance(one, (People, Level)) and one.person}
    return sorted(name for name in names if name in table.fields and name not in table.references)


def _hashes(values: pd.DataFrame, is_key: bool = False) -> Codes:
    """A number for each row: the same for the same values; rows in which any is missing have none.

    Of a key, also for those that are the same but for capitals: they are to be looked at.
    """
    there = values.dropna().astype(str)
    there = there.apply(lambda texts: texts.str.upper()) if is_key else there
    return pd.util.hash_pandas_object(there, index=False).to_numpy()


def _people(codes: pd.Series) -> Codes:
    """Of each different code two numbers: of itself, and of what it looks like."""
    texts = pd.Series(codes.dropna().unique(), dtype=object)
    looks = pd.Series([skeleton(text) for text in texts], dtype=object)
    return np.column_stack([pd.util.hash_pandas_object(one, index=False).to_numpy() for one in (texts, looks)])


def check_together(table: str, checked: Checked) -> None:
    """Refused: a key stands in two rows, or a code of a person looks like another one, of two files."""
    for names, hashes in checked.keys.items():
        again = len(hashes) - len(np.unique(hashes))
        if again:
            raise Refused(
                f"'{names}' of table '{table}' stands in several rows, {again} more than it should: which of them to "
                f"hold back can only be told of all rows together. So {IN_MEMORY}."
            )
    for name, pairs in checked.people.items():
        if len(np.unique(pairs[:, 1])) < len(pairs):
            raise Refused(f"Codes in '{name}' of table '{table}' look like others in other files: {IN_MEMORY}.")
