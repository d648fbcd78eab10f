"""The pieces of a report, each made by itself: a page with its documents, the workbook, the Data Package."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from nbformat import NotebookNode

from ctanalysis.base.errors import Refused
from ctanalysis.evaluation import Evaluation
from ctanalysis.formats import package, sheets, writing
from ctanalysis.formats.cover import Cover, cover, number
from ctanalysis.language import Speech
from ctanalysis.reports import notebooks, pages
from ctanalysis.reports.children import Say
from ctanalysis.reports.headings import headed, heading
from ctanalysis.reports.inputs import Hashes
from ctanalysis.reports.languages import parts, place
from ctanalysis.reports.made_from import Source
from ctanalysis.reports.planning import Plan

WORKBOOK, TITLE = "evaluation.xlsx", "Evaluation"
Work = Callable[[Say], None]


def works(given: Source, evaluation: Evaluation, planned: Plan, fresh: Path) -> dict[str, Work]:
    """By name, each piece that is planned as work for a process of its own; a refusal is what it says."""
    told = {code: evaluation.told_in(code) for code in ("", *planned.languages)}
    for code in planned.languages:
        (fresh / code).mkdir(exist_ok=True)
    pieces = {page: partial(_page, given, told[parts(page)[0]], planned, fresh, page) for page in planned.at_work}
    for code, one in told.items():
        pieces[place(code, WORKBOOK)] = partial(_workbook, one, planned.of_first, fresh / code)
    return {name: partial(refusing, make) for name, make in pieces.items()}


def called(name: str) -> str:
    """What a work is called in a sentence."""
    return name if parts(name)[1] == WORKBOOK else f"The page of {name}.ipynb"


def refusing(make: Callable[[], None], say: Say) -> None:
    """Makes a piece; a refusal is what it says."""
    try:
        make()
    except Refused as refusal:
        say(str(refusal))


def _page(given: Source, told: Evaluation, planned: Plan, fresh: Path, page: str) -> None:
    """A notebook is run, if it is to be, and its page written; then its documents. told: in the page's language."""
    (code, name), speech = parts(page), told.project.speech
    chosen = {one.name: one for one in notebooks.chosen(told.project) if not (code and one.own)}
    own = chosen[name].own  # which may read anything, so that nothing says which draft it is
    state = speech.plain("page.a_draft") if own else draft(planned.shown[name], speech)
    if page in planned.run:
        notebook = _executed(given, told, fresh, chosen[name], code)
        notebooks.write(notebook, fresh / f"{page}.ipynb")
        titles = {one.name: one.title for one in chosen.values()}
        html = pages.page(notebook, name, told, titles, state)
        (fresh / f"{page}.html").write_text(pages.as_own(html, speech) if own else html, encoding="utf-8")
    else:
        notebook = notebooks.read(fresh / f"{page}.ipynb")
    for kind in planned.documents.get(page, ()):
        (fresh / f"{page}.{kind}").write_bytes(written(kind, notebook, told, state, fresh))


def draft(shown: Hashes | str, speech: Speech) -> str:
    """What a draft says of its state: its number, the same in all languages. shown: as number() takes it."""
    return speech.plain("page.draft", number=number(shown))


def _executed(given: Source, told: Evaluation, fresh: Path, page: notebooks.Page, code: str) -> NotebookNode:
    parameters = {"period": told.period.label, "project": str(Path(given.given)) if given.given else ""}
    spoken = {"language": code} if code else {}
    made = notebooks.execute(page, parameters | spoken, given.folder(told.period.label), fresh)
    return made if page.own else headed(made, told.project.speech)


def written(kind: str, notebook: NotebookNode, evaluation: Evaluation, state: str, within: Path) -> bytes:
    """A page as a document, "docx" or "pdf". within: a folder to work in."""
    title = notebook.metadata.get("title", TITLE)
    return writing.written(kind, notebook, cover(evaluation, title, state), within)


def _workbook(evaluation: Evaluation, shown: Hashes, fresh: Path) -> None:
    state = draft(shown, evaluation.project.speech)
    (fresh / WORKBOOK).write_bytes(sheets.report(evaluation, of_report(evaluation, state)))


def describe(evaluation: Evaluation, shown: Hashes, fresh: Path) -> None:
    """Writes datapackage.json beside the CSV files of a report."""
    state = draft(shown, evaluation.project.speech)
    (fresh / package.NAME).write_text(package.described(fresh, of_report(evaluation, state)), encoding="utf-8")


def of_report(evaluation: Evaluation, state: str) -> Cover:
    """What a file says of itself that is of the whole report."""
    return cover(evaluation, heading(evaluation.project.speech, TITLE), state)


def as_released(path: Path, name: str, evaluation: Evaluation, words: str, within: Path) -> bytes | None:
    """A file of a draft with these words in the place of those that it is a draft; None of one that does not say so.

    name: of the file in the report; evaluation, words: in its language; within: a folder to work in. Refused: a page
    has no such place.
    """
    if path.suffix == ".html":
        text = path.read_bytes().decode("utf-8")
        return pages.as_released(text, words, evaluation.project.speech).encode("utf-8")
    if parts(name)[1] == WORKBOOK:
        return sheets.report(evaluation, of_report(evaluation, words))
    if name == package.NAME:
        return package.described(path.parent, of_report(evaluation, words)).encode("utf-8")
    if path.suffix[1:] in writing.WRITERS:
        notebook = notebooks.read(path.with_suffix(".ipynb"))
        return written(path.suffix[1:], notebook, evaluation, words, within)
    return None
