"""The pieces of a report, each made by itself: a page with its documents, the workbook, the Data Package."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from nbformat import NotebookNode

from ctanalysis.base.errors import Refused
from ctanalysis.evaluation import Evaluation
from ctanalysis.formats import package, sheets, writing
from ctanalysis.formats.cover import Cover, cover, draft
from ctanalysis.reports import notebooks, pages
from ctanalysis.reports.children import Say
from ctanalysis.reports.headings import headed
from ctanalysis.reports.inputs import Hashes
from ctanalysis.reports.made_from import Source
from ctanalysis.reports.planning import Plan

WORKBOOK, TITLE = "evaluation.xlsx", "Evaluation"
UNNUMBERED = "A draft."  # of an evaluator's own page, which may read anything, so that nothing says which draft it is
Work = Callable[[Say], None]


def works(given: Source, evaluation: Evaluation, planned: Plan, fresh: Path) -> dict[str, Work]:
    """By name, each piece that is planned as work for a process of its own; a refusal is what it says."""
    pieces = {name: partial(_page, given, evaluation, planned, fresh, name) for name in planned.at_work}
    pieces[WORKBOOK] = partial(_workbook, evaluation, planned.shown, fresh)
    return {name: partial(refusing, make) for name, make in pieces.items()}


def called(name: str) -> str:
    """What a work is called in a sentence."""
    return name if name == WORKBOOK else f"The page of {name}.ipynb"


def refusing(make: Callable[[], None], say: Say) -> None:
    """Makes a piece; a refusal is what it says."""
    try:
        make()
    except Refused as refusal:
        say(str(refusal))


def _page(given: Source, evaluation: Evaluation, planned: Plan, fresh: Path, name: str) -> None:
    """A notebook is run, if it is to be, and its page written; then its documents."""
    chosen = {page.name: page for page in notebooks.chosen(evaluation.project)}
    state = UNNUMBERED if chosen[name].own else draft(planned.shown[name])
    if name in planned.run:
        notebook = _executed(given, evaluation, fresh, chosen[name])
        notebooks.write(notebook, fresh / f"{name}.ipynb")
        titles = {page.name: page.title for page in chosen.values()}
        page = pages.page(notebook, name, evaluation, titles, state)
        (fresh / f"{name}.html").write_text(pages.as_own(page) if chosen[name].own else page, encoding="utf-8")
    else:
        notebook = notebooks.read(fresh / f"{name}.ipynb")
    for kind in planned.documents.get(name, ()):
        (fresh / f"{name}.{kind}").write_bytes(written(kind, notebook, evaluation, state, fresh))


def _executed(given: Source, evaluation: Evaluation, fresh: Path, page: notebooks.Page) -> NotebookNode:
    parameters = {"period": evaluation.period.label, "project": str(Path(given.given)) if given.given else ""}
    made = notebooks.execute(page, parameters, given.folder(evaluation.period.label), fresh)
    return made if page.own else headed(made, evaluation.project.speech)


def written(kind: str, notebook: NotebookNode, evaluation: Evaluation, state: str, within: Path) -> bytes:
    """A page as a document, "docx" or "pdf". within: a folder to work in."""
    title = notebook.metadata.get("title", TITLE)
    return writing.written(kind, notebook, cover(evaluation, title, state), within)


def _workbook(evaluation: Evaluation, shown: Hashes, fresh: Path) -> None:
    (fresh / WORKBOOK).write_bytes(sheets.report(evaluation, of_report(evaluation, draft(shown))))


def describe(evaluation: Evaluation, shown: Hashes, fresh: Path) -> None:
    """Writes datapackage.json beside the CSV files of a report."""
    (fresh / package.NAME).write_text(package.described(fresh, of_report(evaluation, draft(shown))), encoding="utf-8")


def of_report(evaluation: Evaluation, state: str) -> Cover:
    """What a file says of itself that is of the whole report."""
    return cover(evaluation, TITLE, state)


def as_released(path: Path, name: str, evaluation: Evaluation, words: str, within: Path) -> bytes | None:
    """A file of a draft with these words in the place of those that it is a draft; None of one that does not say so.

    name: of the file in the report; within: a folder to work in. Refused: a page has no such place.
    """
    if path.suffix == ".html":
        return pages.as_released(path.read_bytes().decode("utf-8"), words).encode("utf-8")
    if name == WORKBOOK:
        return sheets.report(evaluation, of_report(evaluation, words))
    if name == package.NAME:
        return package.described(path.parent, of_report(evaluation, words)).encode("utf-8")
    if path.suffix[1:] in writing.WRITERS:
        notebook = notebooks.read(path.with_suffix(".ipynb"))
        return written(path.suffix[1:], notebook, evaluation, words, within)
    return None
