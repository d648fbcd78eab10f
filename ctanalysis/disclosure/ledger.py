"""The ledger of a project: every cell of every release, in the order in which they were published.

    releases/ledger.csv     one line for each published cell; never changed, only added to

Each line ends with a hash of itself and of the line before, so that a line that was changed, taken
out or put in between is found; a line cut off at the end is found by the releases' own folders,
which keep the hash of their last line. It holds published values and nothing else.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from ctanalysis.base.errors import Refused
from ctanalysis.project import Project, output_folder
from ctanalysis.project.sheets import Sheet

CELL = ["indicator", "start", "end", "disaggregation", "category"]
PRINTED = ["value", "numerator", "denominator", "status"]
RELEASE = ["release", "revision", "date"]
COLUMNS = [*RELEASE, *CELL[:1], "definition", *CELL[1:], *PRINTED, "chain"]
NUMBERS = PRINTED[:3]
RECORD = "release.json"  # in each released folder
AUDITED = "audited-"

Release = tuple[str, int, str]  # name, revision, date
Line = dict[str, str]  # of the ledger, by column


@dataclass(frozen=True)
class Ledger:
    """What was released of a project.

    releases: (name, revision, date) in their order. cells: the ledger's lines as a frame with COLUMNS,
    value, numerator and denominator float64, revision int64. head: the last line's hash.
    """

    releases: tuple[Release, ...]
    cells: pd.DataFrame
    head: str

    def frames(self) -> list[pd.DataFrame]:
        """The cells of each release, in their order."""
        cells = dict(iter(self.cells.groupby(["release", "revision"], sort=False)))
        return [cells[name, revision] for name, revision, _ in self.releases]

    def revisions(self, name: str) -> int:
        """How many times a period was released."""
        return sum(release == name for release, _, _ in self.releases)


def folder_of(project: Project) -> Path:
    """Where the releases of a project are."""
    return output_folder(project.folder, "releases")


def read(project: Project) -> Ledger:
    """The Ledger of a project, checked from its first line. Refused: it, or a released folder, was changed."""
    folder = folder_of(project)
    path = folder / "ledger.csv"
    if not path.exists() and not _folders(folder):
        return Ledger((), _frame([]), "")
    lines = _lines(path)
    heads = _heads(lines, path)
    _check_folders(folder, heads, path)
    days = {(line["release"], int(line["revision"])): line["date"] for line in lines}
    releases = tuple((*key, days[key]) for key in heads)
    return Ledger(releases, _frame(lines), lines[-1]["chain"] if lines else "")


def printed(project: Project, known: Ledger) -> list[pd.DataFrame]:
    """What is public of a project: the exact figures of published.csv, then each release.

    Returns frames in their order, the first with the columns CELL and PRINTED, those of releases with COLUMNS.
    """
    figures = [
        figure for figure in project.published if not figure.hedge and not project.sheet(figure.indicator).is_ratio
    ]
    start = project.facts.start.isoformat()
    rows = [
        (f.indicator, start, f.as_of.isoformat(), "total", "all", float(f.value), float("nan"), float("nan"), "exact")
        for f in figures
    ]
    return [pd.DataFrame(rows, columns=[*CELL, *PRINTED]), *known.frames()]


def restated(known: Ledger, told: pd.DataFrame, period: str) -> pd.DataFrame:
    """The values of a period's report that were released otherwise.

    Returns a frame with CELL, was, was_status, value, status, and release: the one that printed them last.
    A report that is as it was released says what it said then: what came after is left out.
    """
    cells, own = known.cells, known.revisions(period) - 1
    mine = (cells["release"] == period) & (cells["revision"] == own)
    if mine.any() and not len(_changed(cells[mine], told)):
        cells = cells.iloc[: int(mine.to_numpy().argmax())]
    return _changed(cells, told)


def _changed(cells: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    last = cells[~cells["status"].isin(("withheld", "not applicable"))].drop_duplicates(CELL, keep="last")
    both = told.drop_duplicates(CELL).merge(last[CELL + PRINTED + ["release"]], on=CELL, suffixes=("", "_was"))
    same = both["status"] == both["status_was"]
    for name in NUMBERS:
        same &= both[name].map(_text) == both[f"{name}_was"].map(_text)
    changed = both[~same].rename(columns={"value_was": "was", "status_was": "was_status"})
    return changed[[*CELL, "was", "was_status", "value", "status", "release"]].reset_index(drop=True)


def name_of(release: str, revision: int) -> str:
    """The folder of a release: FY2014, and FY2014-revision-1 of its first revision."""
    return f"{release}-revision-{revision}" if revision else release


def definition(project: Project, sheet: Sheet) -> str:
    """What an indicator's numbers are of, as a hash of twelve letters.

    It is of the calculation, its categories and what the policy does to them; of an audited indicator
    of the project's days, too, behind a mark (AUDITED).
    """
    rule = project.disclosure_rule(sheet)
    names = sorted({name for fields in sheet.disaggregations for name in fields})
    fields = {name: project.package.locate(sheet.calculation.table, name).field for name in names}
    labels = {
        name: [field.labels, [category.coarse for category in field.categories or ()]] for name, field in fields.items()
    }
    days = (
        [str(project.facts.start), str(project.facts.end), project.facts.fiscal_year.first_month]
        if rule.audited
        else []
    )
    said = [
        sheet.calculation.model_dump(mode="json"),
        str(sheet.valid_from),
        labels,
        rule.model_dump(mode="json"),
        *days,
    ]
    return (AUDITED if rule.audited else "") + sha256(
        json.dumps(said, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()[:12]


def lines_of(cells: pd.DataFrame, release: Release, head: str) -> tuple[str, str]:
    """Ledger lines of published cells, as text, and the hash of the last one.

    cells: a frame with CELL, PRINTED and definition. head: the hash of the line before.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    for row in cells[COLUMNS[3:-1]].itertuples(index=False):
        texts = [*map(str, release), *(_text(value) for value in row)]
        head = _hash(head, texts)
        writer.writerow([*texts, head])
    return file.getvalue(), head


HEADER = ",".join(COLUMNS) + "\n"


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else "" if pd.isna(value) else f"{value:.15g}"


def _hash(before: str, texts: Iterable[str]) -> str:
    return sha256("\x1f".join([before, *texts]).encode()).hexdigest()


def _lines(path: Path) -> list[Line]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    except FileNotFoundError:
        raise Refused(
            f"{path}: the ledger is gone, though there are releases. If the first release was interrupted, "
            "remove its folder and release again; else put the ledger back from a copy."
        ) from None
    except (UnicodeError, csv.Error):
        raise Refused(f"{path}: the ledger cannot be read. Put it back from a copy.") from None
    if not rows or rows[0] != COLUMNS:
        raise Refused(f"{path}, line 1: the ledger was changed. Put it back from a copy.")
    return [_line(path, number, row) for number, row in enumerate(rows[1:], 2)]


def _line(path: Path, number: int, row: list[str]) -> Line:
    if len(row) != len(COLUMNS) or not row[1].isdigit():
        raise Refused(f"{path}, line {number}: the ledger was changed. Put it back from a copy.")
    return dict(zip(COLUMNS, row, strict=True))


def _heads(lines: list[Line], path: Path) -> dict[tuple[str, int], str]:
    """Each release's last hash, in their order."""
    heads, before = {}, ""
    for number, line in enumerate(lines, 2):
        if line["chain"] != _hash(before, [line[name] for name in COLUMNS[:-1]]):
            raise Refused(
                f"{path}, line {number}: the ledger was changed here, or a line before was. Put it back from a copy."
            )
        before = heads[line["release"], int(line["revision"])] = line["chain"]
    return heads


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.is_dir() and not path.name.startswith("."))


def _check_folders(folder: Path, heads: Mapping[tuple[str, int], str], path: Path) -> None:
    names = {name_of(*key): head for key, head in heads.items()}
    for released in _folders(folder):
        if released.name not in names or names[released.name] != _recorded(released).get("ledger"):
            raise Refused(
                f"{released}: the ledger ({path.name}) does not end with this release as it was. If its release was "
                "interrupted, remove the folder and release again; else put both back from a copy."
            )
    missing = [name for name in names if not (folder / name).is_dir()]
    if missing:
        raise Refused(
            f"{folder}: the folder of release {missing[0]} is gone. What was published stays: put it back from a copy."
        )


def reasons(project: Project, known: Ledger) -> list[str]:
    """Why each release was made, in their order; empty of a first one.

    Refused: a release's own record says another release or day than the ledger.
    """
    return [_reason(folder_of(project) / name_of(*release[:2]), release) for release in known.releases]


def _reason(released: Path, release: Release) -> str:
    record = _recorded(released)
    reason = record.get("reason")
    if [record.get(name) for name in RELEASE] != [*release] or not isinstance(reason, str):
        raise Refused(
            f"{released}: its record ({RECORD}) does not say what the ledger says of it. "
            "Put the folder back from a copy."
        )
    return reason


def check_files(project: Project, known: Ledger) -> None:
    """Refused: a file of a released folder is not what it was, its record included."""
    reasons(project, known)
    for released in _folders(folder_of(project)):
        if _recorded(released).get("files") != files_of(released):
            raise Refused(f"{released}: a file in it is not what was released. Put the folder back from a copy.")


def files_of(folder: Path) -> dict[str, str]:
    """The files of a report by name, each with a hash of its bytes; without the record of a release."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != RECORD)
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in paths}


def _recorded(released: Path) -> dict[str, Any]:
    try:
        found = json.loads((Path(released) / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _frame(lines: list[Line]) -> pd.DataFrame:
    frame = pd.DataFrame(lines, columns=COLUMNS)
    return frame.assign(
        revision=frame["revision"].astype("int64"),
        **{name: pd.to_numeric(frame[name].replace("", None)).astype("float64") for name in NUMBERS},
    )
