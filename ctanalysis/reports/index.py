"""reports/index.html: the reports of a project, newest first, in each of their formats, and the headline series.

What it says follows from the reports' own manifests and from the ledger; it is made anew with each run.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ctanalysis.base.errors import Refused
from ctanalysis.base.replacing import write_whole
from ctanalysis.disclosure import ledger
from ctanalysis.disclosure.ledger import Ledger
from ctanalysis.formats.characters import harmless
from ctanalysis.formats.choice import DOCUMENTS
from ctanalysis.language import Speech
from ctanalysis.narrative.numbers import in_words
from ctanalysis.periods import Period
from ctanalysis.project import Project, output_folder
from ctanalysis.reports import manifest, notebooks, pages
from ctanalysis.reports.languages import of_files, parts, place
from ctanalysis.reports.manifest import Manifest

NAME, START = "index.html", "evaluation"
LAYOUT = Path(__file__).parent / "page" / "reports.html"
QUARTERS = 8  # of the headline series
DATA = {"evaluation.xlsx": "workbook", "indicators.csv": "values", "tracking.csv": "tracking", "history.csv": "history"}
FORMATS = {"docx": "word", "pdf": "pdf", "xlsx": "workbook"}  # of the evaluation: what they are called (index.…)


@dataclass(frozen=True)
class Report:
    """A report that is there: its period, its folder, its manifest."""

    period: Period
    folder: Path
    made: Manifest


def write(project: Project, released: Ledger) -> None:
    """Writes the index, unless it is there as it should be; nothing where there is no report."""
    folder = output_folder(project.folder, "reports")
    found = sorted(_reports(project, folder), key=lambda one: (one.period.end, one.period.start), reverse=True)
    if not found:
        return
    text, path = page(project, found, released), folder / NAME
    if not path.is_file() or path.read_bytes() != text.encode("utf-8"):
        write_whole(path, text.encode("utf-8"))


def page(project: Project, found: list[Report], released: Ledger) -> str:
    """The page of these reports, the newest first."""
    last = {name: (revision, day) for name, revision, day in released.releases}
    titles = {page.name: page.title for page in notebooks.chosen(project)}
    rows = [_row(project, one, last.get(one.period.label), titles) for one in found]
    quarters, series = _series(project, found[0])
    speech = project.speech
    said = {"facts": project.facts, "language": speech.code, "say": speech.say}
    html = pages.layout(LAYOUT).render(said, rows=rows, quarters=quarters, series=series)
    return harmless(html) + "\n"


@dataclass(frozen=True)
class Told:
    """A report in a language: its code and own name, the page that is linked to, and (file, what it is) of formats."""

    code: str
    name: str
    page: str
    formats: tuple[tuple[str, str], ...]


def told(project: Project, files: Collection[str]) -> list[Told]:
    """A report by the names of its files, in each language in which its evaluation is there, the first one first."""
    first, *others = project.facts.languages
    found = []
    for folder in ("", *others):
        code, page = folder or first, place(folder, START)
        kinds = [(f"{page}.{kind}", project.speech.plain(f"index.{words}")) for kind, words in FORMATS.items()]
        if f"{page}.html" in files:
            formats = tuple((file, words) for file, words in kinds if file in files)
            found.append(Told(code, Speech(code).plain("page.language"), f"{page}.html", formats))
    return found


def _reports(project: Project, folder: Path) -> Iterator[Report]:
    """The reports in the folder, as far as their manifests can be read."""
    for there in sorted(folder.iterdir()) if folder.is_dir() else ():
        made = None if there.name.startswith(".") else manifest.read(there)
        if made and made["period"] == there.name:
            try:
                yield Report(project.calendar.parse(there.name), there, made)
            except Refused:  # of a period that is not the project's, or not complete any more
                continue


def _row(project: Project, one: Report, last: tuple[int, str] | None, titles: Mapping[str, str]) -> dict[str, Any]:
    """What the index says of a report. last: revision and day of its last release; titles: of its pages, by name."""
    return {
        "period": one.period,
        "pages": [
            _links(name, title, one, project) for name, title in titles.items() if f"{name}.html" in one.made["files"]
        ],
        "languages": [told for told in told(project, one.made["files"]) if told.code != project.facts.language],
        "data": [
            (name, project.speech.plain(f"index.{words}")) for name, words in DATA.items() if name in one.made["files"]
        ],
        "released": last and _released(project, one, *last),
    }


def _links(name: str, title: str, one: Report, project: Project) -> dict[str, Any]:
    """A page, and the documents that there are of it."""
    kinds = [kind for kind in DOCUMENTS if f"{name}.{kind}" in one.made["files"]]
    words = {kind: project.speech.plain(f"index.{FORMATS[kind]}") for kind in kinds}
    return {"name": name, "title": title, "documents": [(f"{name}.{kind}", words[kind]) for kind in kinds]}


def _released(project: Project, one: Report, revision: int, day: str) -> dict[str, Any]:
    """The last release of the period, and whether the report is as it was released."""
    name = ledger.name_of(one.period.label, revision)
    as_it_was = manifest.read(ledger.folder_of(project) / name)
    same = as_it_was is not None and _same(project, as_it_was["files"], one.made["files"])
    return {"folder": name, "revision": revision, "day": day, "same": same}


def _same(project: Project, released: Mapping[str, str], made: Mapping[str, str]) -> bool:
    """Whether a report is as it was released: in those languages in which both are."""
    if of_files(released, project) == of_files(made, project):
        return released == made
    both, other = (
        {name: hashed for name, hashed in one.items() if parts(name)[0] == "" and not name.endswith(".html")}
        for one in (released, made)
    )  # pages link to those in other languages; what they show stands in their notebooks
    return both == other


def _series(project: Project, newest: Report) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """The last quarters, and of each headline indicator its totals in them, in words; as the newest report tells them.

    Nothing where its history cannot be read.
    """
    try:
        history = pd.read_csv(newest.folder / "history.csv", dtype=str, keep_default_na=False)
        of_quarters = history[(history["horizon"] == "quarter") & (history["disaggregation"] == "total")]
    except (OSError, ValueError, KeyError):
        return [], []
    ends = sorted(of_quarters["end"].unique())[-QUARTERS:]
    labels = {one.end.isoformat(): one.label for one in project.calendar.completed("quarter")}
    told = {(row["indicator"], row["end"]): _told(project, row) for row in of_quarters.to_dict("records")}
    sheets = [sheet for sheet in project.sheets if sheet.headline]
    rows = [(f"{sheet.code} {sheet.name}", [told.get((sheet.code, end), "–") for end in ends]) for sheet in sheets]
    return [labels.get(end, end) for end in ends], rows


def _told(project: Project, row: Mapping[Any, str]) -> str:
    if row["indicator"] not in {sheet.code for sheet in project.sheets}:
        return ""
    value, high = (float(row[name] or "nan") for name in ("value", "high"))
    return in_words(project.sheet(row["indicator"]), value, row["status"], project.facts.language, high)
