"""Two reports or releases of one period beside each other: which values changed, and because of what."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ctanalysis.base.errors import Refused
from ctanalysis.base.replacing import for_this_user
from ctanalysis.disclosure import ledger
from ctanalysis.project import MARKING, SHIPPED, Project, load
from ctanalysis.reports import causes, manifest
from ctanalysis.reports.inputs import INTERNAL, ROOT, Hashes, Inputs
from ctanalysis.reports.manifest import Manifest
from ctanalysis.reports.printed import CAVEAT, RANGE, differing, in_words, printed

MOST, FILES = 40, 8  # differences of values, and files of a kind, that are named on the screen


@dataclass(frozen=True)
class Difference:
    """values: a row for each value, baseline and target that differs: COLUMNS and because, in words.

    kinds: by kind of input, the files that differ. unknown: whether an internal half is missing, so that nothing can be
    said of the kinds in it. by_hand: files that are not as they were made. notes: for internal/, a line for each.
    """

    values: pd.DataFrame
    kinds: dict[str, list[str]]
    unknown: bool
    by_hand: tuple[str, ...]
    notes: tuple[str, ...]


def compare(one: Path, other: Path) -> Difference:
    """What changed from one report or release to another. Refused: a folder that is none, reports of two periods."""
    before, after = (read(report) for report in (one, other))
    if before["period"] != after["period"]:
        raise Refused(f"{one} is of {before['period']}, {other} of {after['period']}: compare reports of one period.")
    halves = [manifest.read_internal(report) for report in (one, other)]
    known = all(halves)
    kinds = Inputs(_inputs(after, halves[1] if known else None)).changed(_inputs(before, halves[0] if known else None))
    values = differing(printed(one), printed(other))
    by_hand = tuple(str(report / name) for report in (one, other) for name in changed_by_hand(report))
    because = _because(values, kinds, known, bool(by_hand), other)
    return Difference(values.assign(because=because), kinds, not known, by_hand, tuple(_notes(kinds, halves)))


def read(report: Path) -> Manifest:
    """The manifest of a report or release. Refused: a folder that is none."""
    found = manifest.read(report)
    if found is None:
        raise Refused(
            f"{report}: this is no report or release with a manifest that can be read (make report makes one)."
        )
    return found


def environment(found: Manifest) -> dict[str, Hashes]:
    """The versions in a manifest, as inputs of a kind of their own."""
    return {"versions": {"Python": found["python"], **found["packages"]}}


def changed_by_hand(report: Path) -> list[str]:
    """The names of a report's files that are not as its manifest says, or as the record of its release does."""
    there = ledger.files_of(report)
    made = read(report)["files"] | {name: there[name] for name in (manifest.NAME,) if name in there}
    return unlike(there, made if (recorded := ledger.recorded_files(report)) is None else recorded)


def unlike(one: Hashes, other: Hashes) -> list[str]:
    """The names of files that are not the same in both."""
    return sorted(name for name in one | other if one.get(name) != other.get(name))


def said(difference: Difference) -> Iterator[str]:
    """What changed, in lines for the screen: of inputs that are not public only that they did."""
    yield "No value differs." if difference.values.empty else f"Values that differ: {len(difference.values)}"
    for because, rows in difference.values.groupby("because", sort=False):
        yield f"because of {because}: {len(rows)}"
        yield from (f"  {line}" for line in in_words(rows.head(MOST)))
        if len(rows) > MOST:
            yield f"  and {len(rows) - MOST} more"
    yield from (f"changed by hand: {name}" for name in difference.by_hand)
    yield from (f"input that differs: {listed(kind, names)}" for kind, names in difference.kinds.items())
    if difference.unknown:
        yield f"of {', '.join(INTERNAL)} nothing can be said: internal/manifests/ does not hold both reports"


def listed(kind: str, names: list[str]) -> str:
    """A kind of input with the files that differ; which records is for internal/ only."""
    if kind == causes.LEDGER:
        return "ledger (what was released before)"
    more = f" and {len(names) - FILES} more" if len(names) > FILES else ""
    return kind if kind in INTERNAL else f"{kind}: {', '.join(names[:FILES])}{more}"


def write_internal(difference: Difference, one: Path, other: Path) -> Path | None:
    """Writes which record files and judgements differ to internal/ of the second report; None where none do."""
    if not difference.notes:
        return None
    one, other = one.absolute(), other.absolute()
    name = "--".join(f"{report.parent.name}-{report.name}" for report in (one, other))
    place = other.parents[1] / "internal" / "compare" / f"{name}.txt"
    for_this_user(place.parent)
    place.write_text("\n".join([MARKING, *difference.notes, ""]), encoding="utf-8")
    return place


def _inputs(found: Manifest, half: Manifest | None) -> dict[str, Hashes]:
    kinds: dict[str, Hashes] = found["inputs"] | (half["inputs"] if half else {})
    return kinds | environment(found)


def _because(values: pd.DataFrame, kinds: causes.Changed, known: bool, by_hand: bool, report: Path) -> list[str]:
    """Of each value that differs, the kinds of input that can have changed it."""
    project = _project(report.absolute().parents[1])
    own = causes.of_values(kinds, project) if project else {}
    everything = [kind for kind in kinds if kind not in (*causes.CODE, causes.TARGETS)]
    code = [kind for kind in causes.CODE if kind in kinds]
    rest = [*code, *([] if known else ["what internal/ does not hold"]), *(["a change by hand"] if by_hand else [])]

    def kinds_of(indicator: str, disaggregation: str, what: str) -> list[str]:
        if what not in ("value", CAVEAT, *RANGE):
            of_plans = (causes.TARGETS, causes.SHEETS, "facts", "milestones")
            return [kind for kind in of_plans if kind in kinds]
        found = own.get(indicator, everything)
        if what == CAVEAT:
            found = [*found, *(kind for kind in causes.OF_CAVEATS if kind in kinds)]
        return [kind for kind in found if kind != causes.LEDGER or disaggregation != "total"]

    cells = values[["indicator", "disaggregation", "what"]].itertuples(index=False, name=None)
    return [" or ".join(dict.fromkeys([*kinds_of(*cell), *rest])) or "nothing that is known" for cell in cells]


def _project(home: Path) -> Project | None:
    """The project whose reports stand in a folder; None where it cannot be read."""
    try:
        return load(SHIPPED if home.resolve() == ROOT else home)
    except (Refused, OSError):
        return None


def _notes(kinds: dict[str, list[str]], halves: list[Manifest | None]) -> Iterator[str]:
    """Which files differ of those that are not public, with the rows that were read and used of them."""
    for kind, names in kinds.items():
        for name in names if kind in INTERNAL else ():
            rows = [_rows(half, name) for half in halves]
            yield f"{kind}: {name}" + (f": {rows[0]} -> {rows[1]}" if any(rows) else "")


def _rows(half: Manifest | None, name: str) -> str:
    """How many rows of a record file were read and used."""
    rows = [row for row in (half or {}).get("rows", ()) if row["path"] == name]
    return f"{sum(row['read'] for row in rows)} rows, {sum(row['used'] for row in rows)} used" if rows else ""
