"""The pages of a report in the project's other languages, from the same evaluation: reports/<period>/<language>/.

Values, figures, workbook and documents are written once, in the first language. Each folder names by its hash the
report that it is of; when that is made anew, the folder goes with the old one: no page stands beside other values.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ctanalysis.base.errors import Refused
from ctanalysis.base.replacing import replacing
from ctanalysis.evaluation import Evaluation, prepared
from ctanalysis.formats.cover import number
from ctanalysis.language import Speech
from ctanalysis.project import Project
from ctanalysis.reports import manifest, notebooks, pieces
from ctanalysis.reports import pages as written
from ctanalysis.reports.children import Ended, each
from ctanalysis.reports.headings import headed
from ctanalysis.reports.inputs import hash_of
from ctanalysis.reports.made_from import Source

START = "evaluation"  # the page that is linked to


def asked(project: Project, text: str) -> tuple[str, ...]:
    """The project's other languages that are asked for by their codes, as in en,ru,ky; the first is always written.

    Refused: a language that is none of the project's.
    """
    names, there = text.replace(",", " ").casefold().split(), project.facts.languages
    unknown = [name for name in names if name not in there]
    if unknown:
        raise Refused(f"'{unknown[0]}' is no language of the project. There are: {', '.join(there)}.")
    return tuple(code for code in there[1:] if code in names)


def check_reviewed(project: Project, wanted: Sequence[str]) -> None:
    """Refused: a language whose words no native speaker has reviewed, which stays a draft."""
    for code in wanted:
        if not project.reviewed(code):
            raise Refused(
                f"Nobody has reviewed the words in the language '{code}': its pages stay drafts. When a native speaker "
                "has read them, note the review with role and day in judgements/reviews.toml, and release it then."
            )


def write(
    given: Source, label: str, wanted: Sequence[str], at_once: int, say: Callable[[str], object] = print
) -> list[Path]:
    """Writes the pages of a report in languages, unless they are of this very report; returns their folders."""
    evaluation = None
    for code in stale(given, label, wanted):
        evaluation = evaluation or given.evaluation(label)
        say(f"{label}: in {code}")
        write_in(given, evaluation, code, wanted, at_once)
    return [given.folder(label) / code for code in wanted]


def stale(given: Source, label: str, wanted: Sequence[str]) -> list[str]:
    """Those of the languages in which the pages are not there, or not of the report as it stands."""
    folder = given.folder(label)
    made = folder / manifest.NAME
    return [code for code in wanted if not made.is_file() or _of(folder / code) != hash_of(made)]


def _of(folder: Path) -> str:
    """The hash of the report that the pages in a folder are of; empty where they are not as they were made."""
    made = manifest.read(folder)
    files = {path.name: hash_of(path) for path in folder.glob("*") if path.name != manifest.NAME}
    return str(made["report"]) if made and made.get("files") == files else ""


@dataclass(frozen=True)
class _Run:
    """A run in one language. told: the evaluation in it; wanted: all languages of the run; fresh: its new folder."""

    given: Source
    told: Evaluation
    wanted: Sequence[str]
    fresh: Path

    @property
    def report(self) -> Path:
        """The folder of the report whose pages these are."""
        return self.given.folder(self.told.period.label)


def pages(project: Project) -> list[notebooks.Page]:
    """The pages that are told in other languages: not evaluators' own, which stand in their language alone."""
    return [page for page in notebooks.chosen(project) if not page.own]


def write_in(given: Source, evaluation: Evaluation, language: str, wanted: Sequence[str], at_once: int) -> list[str]:
    """Writes the folder of one language, and returns the names of its pages. wanted: all languages of the run.

    Refused: a notebook that stopped; the folder is then as it was.
    """
    told = evaluation.told_in(language)
    with replacing(given.folder(told.period.label) / language) as fresh:
        run = _Run(given, told, wanted, fresh)
        works = {page.name: partial(pieces.refusing, partial(_page, run, page)) for page in pages(run.told.project)}
        with prepared(told), closing(each(works, at_once)) as ended:
            for name, outcome in ended:
                if outcome:
                    words = f"its process {outcome}." if isinstance(outcome, Ended) else outcome
                    raise Refused(f"{pieces.called(name)} was not made: {words}")
        made = {"period": told.period.label, "language": language, "report": hash_of(run.report / manifest.NAME)}
        files = {path.name: hash_of(path) for path in sorted(fresh.iterdir())}
        (fresh / manifest.NAME).write_text(json.dumps(made | {"files": files}, indent=1) + "\n", encoding="utf-8")
    return [*works]


def _page(run: _Run, page: notebooks.Page) -> None:
    told, speech = run.told, run.told.project.speech
    project = str(Path(run.given.given)) if run.given.given else ""
    parameters = {"period": told.period.label, "project": project, "language": speech.code}
    notebook = headed(notebooks.execute(page, parameters, run.report, run.fresh), speech)
    notebooks.write(notebook, run.fresh / f"{page.name}.ipynb")
    shown = (manifest.read(run.report) or {"shown": {}})["shown"].get(page.name, "")
    titles, state = (
        {one.name: one.title for one in pages(run.told.project)},
        speech.plain("page.draft", number=number(shown)),
    )
    about = written.About(page.name, titles, state, tuple(_links(told.project, page.name, run.wanted)))
    (run.fresh / f"{page.name}.html").write_text(written.page_about(notebook, told, about), encoding="utf-8")


def _links(project: Project, name: str, wanted: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """(code, its own name, address) of the same page in the languages of the run."""
    first, *_ = project.facts.languages
    for code in (first, *wanted):
        if code != project.facts.language:
            folder = "../" if code == first else f"../{code}/"
            yield code, Speech(code).plain("page.language"), f"{folder}{name}.html"
