"""The notebooks of a report: which, with which parameters, run by papermill, and cleaned of the run's traces."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from inspect import signature
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbformat import NotebookNode

from ctanalysis.base.errors import Refused
from ctanalysis.base.made_page import page_in_the_making
from ctanalysis.base.replacing import write_whole
from ctanalysis.evaluation import named
from ctanalysis.project import SHIPPED, Project
from ctanalysis.reports import own
from ctanalysis.reports.children import Ended
from ctanalysis.reports.headings import heading

SOURCES = Path(__file__).resolve().parent.parent.parent / "notebooks"  # in a checkout; the installed library has none
ALWAYS = ("evaluation", "data-quality")
AREA = "area"  # the notebook that is run for each area, with its code as a parameter
NOT_OF_AN_AREA = (*ALWAYS, "explore")  # whatever an area is called


@dataclass(frozen=True)
class Page:
    """A page of a report: the name of its files, its title, the notebook's file, and the code of its area.

    own: whether it is an evaluator's own, of the project's notebooks/.
    """

    name: str
    title: str
    source: Path
    area: str = ""
    own: bool = False


def chosen(project: Project) -> list[Page]:
    """The pages that a project's report is made of: the narrative, one for each area, evaluators' own, data quality.

    Refused: there are no notebooks, for the library was installed without its checkout; what own.sources refuses.
    """
    if not SOURCES.is_dir():
        raise Refused("The report notebooks do not come with the installed library. Make reports in a checkout of it.")
    titles = {name: heading(project.speech, name.replace("-", " ").capitalize()) for name in ALWAYS}
    first, last = (Page(name, titles[name], SOURCES / f"{name}.ipynb") for name in ALWAYS)
    names, source = names_of_areas([area.code for area in project.facts.areas]), SOURCES / f"{AREA}.ipynb"
    areas = [Page(names[area.code], area.name, source, area.code) for area in project.facts.areas]
    ours = [page for page in (first, *areas, last) if page.source.exists()]
    own_sources = own.sources(project, [*NOT_OF_AN_AREA, AREA, *names.values()])
    theirs = [Page(path.stem, _title(path.stem), path, own=True) for path in own_sources]
    return [*(page for page in ours if page != last), *theirs, *(page for page in ours if page == last)]


def _title(stem: str) -> str:
    words = " ".join(stem.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:]


def names_of_areas(codes: Sequence[str]) -> dict[str, str]:
    """By the code of each area the name of its page: the code, or area-<code> where another page has that name.

    Names that differ only in small and capital letters are one file on some computers.
    """
    names, taken = dict[str, str](), {*NOT_OF_AN_AREA}
    for code in sorted(codes, key=lambda code: code.casefold() in taken):  # who can keep its code does
        name = code
        while name.casefold() in taken:
            name = f"{AREA}-{name}"
        taken.add(name.casefold())
        names[code] = name
    return names


def check_parameters(names: Sequence[str]) -> None:
    """Refused: a parameter that the report notebooks do not have. papermill itself only warns of it."""
    legal = list(signature(named).parameters)
    unknown = [name for name in names if name not in legal]
    if unknown:
        raise Refused(f"'{unknown[0]}' is no parameter of the notebooks. They have: {', '.join(legal)}.")
    if len(set(names)) != len(names):
        raise Refused("A parameter is given twice. Give each one once.")


def execute(page: Page, parameters: dict[str, str], report: Path, fresh: Path | None = None) -> NotebookNode:
    """The page's notebook run through papermill, without the traces of this run.

    parameters: period and project, as papermill takes them. report: the folder
    of the report that it is for. fresh: the folder that becomes that report, which takes what papermill writes, so that
    a killed run leaves nothing elsewhere. Refused: the notebook stopped. It is then kept in reports/failed/, without
    the exception's words unless they are a refusal's own, for they might hold a record's value.
    """
    import papermill

    file = f"{page.name}.ipynb"
    given = parameters | ({AREA: page.area} if page.area else {})
    with TemporaryDirectory(dir=fresh) as folder:
        path = Path(folder).absolute() / file
        source = _own_source(page, path.with_name(f"source-{file}")) if page.own else page.source
        try:
            with page_in_the_making(page.name):
                _run(source, path, given)
        except papermill.PapermillExecutionError as error:
            kept = report.parent / "failed" / report.name / given.get("language", "") / file
            stopped = _as_it_ran(read(path))
            number = _number(stopped, read(page.source), error.cell_index) if page.own else 0
            _keep(stopped, given, kept)
            raise Refused(_stopped(error, file, kept, number)) from None
        except Ended as how:
            raise Refused(f"The notebook {file} stopped: {how}.\nThe report is as it was before.") from None
        except (RuntimeError, papermill.exceptions.PapermillException) as error:
            raise Refused(
                f"The notebook {file} could not be run ({type(error).__name__}). The report is as it was before."
            ) from None
        done = cleaned(read(path), given)
        return own.page_of(done, page.source, page.title) if page.own else _titled(done, page)


def _own_source(page: Page, path: Path) -> Path:
    """An evaluator's notebook without its outputs, in a file of its own, for papermill."""
    write(own.stripped(read(page.source), page.source), path)
    return path


def _titled(notebook: NotebookNode, page: Page) -> NotebookNode:
    """The notebook of an area under the area's name."""
    if page.area:
        name = " ".join(page.title.split())
        notebook.metadata["title"] = name
        notebook.cells[0].source = "# " + re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", name)  # no sign in it is markup
    return notebook


def _run(source: Path, path: Path, parameters: dict[str, str]) -> None:
    """Runs a notebook into another file, by papermill with our engine."""
    import papermill

    from ctanalysis.reports import engine

    papermill.execute_notebook(
        _for_papermill(source),
        _for_papermill(path),
        parameters,
        engine_name=engine.register(),
        request_save_on_cell_execute=False,
        kernel_name="python3",
        progress_bar=False,
        kernel_manager_class="ctanalysis.reports.kernel.LocalKernel",
        shutdown_kernel="immediate",
    )


def read(path: Path) -> NotebookNode:
    """The notebook in a file."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # nbformat is not typed
    return notebook


def _for_papermill(path: Path) -> str:
    """papermill reads braces in a path as parameters."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _as_it_ran(notebook: NotebookNode) -> NotebookNode:
    """The notebook without the cells by which papermill says that it stopped."""
    notebook.cells = [cell for cell in notebook.cells if not _is_tagged(cell, "papermill-error-cell-tag")]
    return notebook


def _is_tagged(cell: NotebookNode, tag: str) -> bool:
    return tag in cell.metadata.get("tags", ())


def _number(stopped: NotebookNode, source: NotebookNode, index: int) -> int:
    """Which cell of a notebook stopped, from 1. index: its place, from 0, among the cells that papermill ran.

    Papermill puts a cell below that of the parameters, where it has put none before.
    """
    is_there = any(_is_tagged(cell, own.INJECTED) for cell in source.cells)
    return sum(is_there or not _is_tagged(cell, own.INJECTED) for cell in stopped.cells[: index + 1])


def _stopped(error: Any, file: str, kept: Path, number: int) -> str:
    """What is said of a notebook that stopped. number: of the cell, where somebody can mend it; else 0."""
    reason = f"{error.ename}, which is a fault of the library or the notebook."
    if number:
        reason = f"{error.ename}, in its cell {number} from the top. Run it in JupyterLab, which says more."
    reason = error.evalue if error.ename == "Refused" else reason
    shown = kept.relative_to(Path.cwd()) if kept.is_relative_to(Path.cwd()) else kept
    return (
        f"The notebook {file} stopped: {reason}\n"
        f"The report is as it was before. The notebook as far as it came: {shown}"
    )


def _keep(notebook: NotebookNode, parameters: dict[str, str], path: Path) -> None:
    """Keeps the failed notebook without an exception's words: it stays where it stopped, and of what kind it was."""
    for output in (output for cell in notebook.cells for output in cell.get("outputs", ())):
        if output["output_type"] == "error" and output["ename"] != "Refused":
            output["evalue"], output["traceback"] = "", [output["ename"]]
    text: str = nbformat.writes(cleaned(notebook, parameters))  # type: ignore[no-untyped-call]  # nbformat is not typed
    write_whole(path, f"{text}\n")


def cleaned(notebook: NotebookNode, parameters: dict[str, str]) -> NotebookNode:
    """The same notebook for every run: no times, no random ids, no paths, no version of the kernel."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:02d}"
        for trace in ("papermill", "execution"):
            cell.metadata.pop(trace, None)
        if _is_tagged(cell, own.INJECTED):
            texts = shown_parameters(**parameters).items()
            cell.source = "\n".join(
                ["# Parameters", *(f"{name} = {json.dumps(text, ensure_ascii=False)}" for name, text in texts)]
            )
    return notebook


def shown_parameters(period: str, project: str | Path, **area: str) -> dict[str, str]:
    """The parameters as a report shows them, however its project was named: by its folder's own name, without a path.

    Of the shipped project there is no name, as none has to be given.
    """
    folder = Path(project or SHIPPED).resolve()
    return {"period": period, "project": "" if folder == SHIPPED else folder.name, **area}


def write(notebook: NotebookNode, path: Path) -> None:
    """Writes a notebook into a file."""
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]  # nbformat is not typed
