"""Whether rows of a file that is to be taken in came before: the same ones, later states of them, or others."""

from collections.abc import Iterator

import pandas as pd

from ctanalysis.base.errors import Refused
from ctanalysis.intake.datacheck.screen import visible
from ctanalysis.intake.receiving import saying
from ctanalysis.project import Project
from ctanalysis.project.descriptor import Table
from ctanalysis.records import HELD_BACK, Records
from ctanalysis.records.files.restarting import RESTARTING
from ctanalysis.records.findings import Finding
from ctanalysis.records.repeated import UNCLEAR

ENOUGH = 2  # rows that may be compared: of one alone the day may have been corrected
NOTHING = "Nothing was changed."
THERE = "Keys of this file stand in {where} already"
REPLACED = (
    ": does it replace that? Then take the old one out first: the file, and its line of deliveries.csv. Where it does "
    "not, the keys of one of them are wrong"
)
ALL_ANEW = (
    '; where each delivery has all rows anew, say "repeated": "later delivery" for the table in datapackage.json. '
)
OTHERS = (
    ", and hardly one of these rows has the same day or the same text there: they are other records, and no later "
    "states of those. Have the keys of one of the files corrected, such as by a code of its own before each; or, where "
    'another column tells the rows apart, make it part of the "primaryKey" in datapackage.json. '
)


def check_sent_once(project: Project, records: Records, place: str) -> None:
    """Refused: a key of the file stands in another file already, and its table does not say "repeated"."""
    others: dict[str, None] = {}
    doubled = [project.package.tables[name] for name in saying.tables_of(records, place)]
    doubled = [table for table in doubled if not table.repeated and _is_doubled(records, table, place)]
    for table in doubled:
        others |= dict.fromkeys(_shared(records, table, place))
    if not others:
        return
    there = THERE.format(where=", ".join(others))
    anew = [one for one in records.findings if one.rule == RESTARTING and one.field in _keys(doubled, one.table)]
    if anew:
        raise Refused(visible(f"{there}: '{anew[0].field}' {anew[0].says}. {anew[0].do}. {NOTHING}"))
    if any(_are_others(records, table, place) for table in doubled):
        raise Refused(visible(f"{there}{OTHERS}{NOTHING}"))
    raise Refused(visible(f"{there}{REPLACED}{ALL_ANEW}{NOTHING}"))


def _keys(tables: list[Table], name: str) -> set[str]:
    return {key for table in tables if table.name == name for key in table.keys}


def _is_doubled(records: Records, table: Table, place: str) -> bool:
    return any(one.path == place and one.table == table.name for one in _doubled(records))


def _are_others(records: Records, table: Table, place: str) -> bool:
    """Whether hardly a row of the file has a day or a text in common with the one of another file that has its key.

    Where neither has any, it cannot be said. Categories are the same by chance.
    """
    held, places = records.held[table.name], records.places[table.name]
    if not table.keys or not {*table.keys} <= {*held.columns}:
        return False
    paths = places.loc[places["held"], "path"].astype(str).reset_index(drop=True)
    rows = held.astype(object).reset_index(drop=True).assign(here=(paths == place).to_numpy(bool))
    pairs = rows[rows["here"]].merge(rows[~rows["here"]], on=[*table.keys], suffixes=("", ":other"))
    told = [
        name
        for name, field in table.fields.items()
        if name in held.columns and name not in table.keys and field.type in ("date", "string") and not field.categories
    ]
    both = pd.DataFrame({name: pairs[name].notna() & pairs[f"{name}:other"].notna() for name in told})
    same = pd.DataFrame({name: both[name] & (pairs[name] == pairs[f"{name}:other"]) for name in told})
    asked = both.any(axis=1)
    return int(asked.sum()) >= ENOUGH and 2 * int(same[asked].any(axis=1).sum()) < int(asked.sum())


def check_later(records: Records, place: str) -> None:
    """Refused: rows of the file say something else in another one, and nothing tells which is the later state."""
    unclear = [one for one in records.of(HELD_BACK) if (one.rule, one.says) == (UNCLEAR.rule, UNCLEAR.says)]
    tables = {one.table for one in unclear if one.path == place}
    others = dict.fromkeys(one.path for one in unclear if one.table in tables and one.path != place)
    if tables:
        raise Refused(
            visible(
                f"Rows of this file stand in {', '.join(others)} too, and say something else there. Nothing tells "
                "which is the later state: both are of one period and were sent on one day, or deliveries.csv lacks "
                "the other. Say the day on which this one was sent (SENT=...), list the other in deliveries.csv, or "
                "take it out: the file, and its line. Nothing was changed."
            )
        )


def _doubled(records: Records) -> Iterator[Finding]:
    return (one for one in records.of(HELD_BACK) if one.rule == "unique")


def _shared(records: Records, table: Table, place: str) -> Iterator[str]:
    """The other files in which a key of the file stands. Rows with one key are all held back."""
    held, places = records.held[table.name], records.places[table.name]
    paths = places.loc[places["held"], "path"].reset_index(drop=True)
    here = (paths == place).to_numpy(bool)
    for names in ([*table.keys], *([name] for name in sorted(table.unique))):
        if names and {*names} <= {*held.columns}:
            keys = held[names].astype(object).reset_index(drop=True).dropna()
            own = {*keys[here[keys.index]].itertuples(index=False, name=None)}
            met = [key in own for key in keys.itertuples(index=False, name=None)]
            yield from dict.fromkeys(path for path in paths[keys.index][met] if path != place)
