"""Notebooks of a project's own folder: an evaluator's pages of a report, run as the others are, and never audited.

notebooks/*.ipynb with a cell tagged "parameters" ─▶ without its outputs ─▶ run ─▶ without its code, marked as a draft

No check of names can see what such a notebook reads. So its words may hold no number, its code is left out of the page,
and it is released only if each output with a number is what the library itself says (see releases.own_pages).
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from ctanalysis.base.errors import Refused
from ctanalysis.project import MARKING, Project

FOLDER = "notebooks"  # of a project
TAG, INJECTED = "parameters", "injected-parameters"  # of a cell: the second is papermill's
NAME = re.compile(r"[A-Za-z][A-Za-z_-]*")
NO_ALT = "A figure of an evaluator's own, without a description."
WORDS = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(thir|four|fif|six|seven|eigh|nine)teen"
    r"|(twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?|dozens?)\b",
    re.IGNORECASE,
)
TYPED = (
    "{file}: its text has {fault}. A number is never typed: it would stay when the records change. Let a cell show it, "
    'as with p.sentence("1.3", period) or p.values("1.3", period=period), and name an indicator by its words.'
)
PYTHON = {  # of a notebook's metadata
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},
}
ADDRESS = re.compile(r" at 0x[0-9a-f]+")  # of an object in this run
PICTURE = re.compile(r"!\[|<\s*(img|svg|object|iframe|script|style|embed|video|canvas)\b", re.IGNORECASE)


def sources(project: Project, taken: Iterable[str]) -> list[Path]:
    """The notebooks that are run with a project's report: those with a cell tagged parameters, by name.

    taken: names of the other pages. Refused, before anything is run: a file that is no notebook; a name that no page
    can have, or another has; a number or a picture in its text.
    """
    others = {name.casefold() for name in taken}
    found = [path for path in sorted((project.folder / FOLDER).glob("*.ipynb")) if _is_page(path)]
    for path in found:
        if not NAME.fullmatch(path.stem) or WORDS.search(path.stem.replace("_", " ")):
            raise Refused(
                f"{_named(path)}: a page is named with letters, - and _, without a number. Rename the notebook."
            )
        if path.stem.casefold() in others:
            raise Refused(f"{_named(path)}: a report has a page of this name. Give the notebook another one.")
        _check_text(_content(path)["cells"], path)
        others.add(path.stem.casefold())
    return found


def _check_text(cells: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Refused: a number, or a picture, that somebody has typed or put into the text of a notebook."""
    for cell in cells:
        source = cell.get("source", "")
        text = source if isinstance(source, str) else "".join(map(str, source))
        is_picture = cell.get("attachments") or PICTURE.search(text)
        fault = "" if cell.get("cell_type") == "code" else "a picture" if is_picture else number_in(text)
        if fault:
            raise Refused(TYPED.format(file=_named(path), fault=fault))


def _is_page(path: Path) -> bool:
    """Whether a notebook has parameters. Refused: a tag that was meant to be that, and a file that is no notebook."""
    tags = {str(tag) for cell in _content(path)["cells"] for tag in cell.get("metadata", {}).get("tags", ())}
    near = sorted(tag for tag in tags - {TAG} if tag.strip().casefold().removesuffix("s") == TAG.removesuffix("s"))
    if near:
        raise Refused(f"{_named(path)}: a cell is tagged {near[0]!r}. Write {TAG!r}: it is then run for each period.")
    return TAG in tags


def _content(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(found["cells"], list) and all(isinstance(cell, dict) for cell in found["cells"]):
            return dict(found)
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        pass
    raise Refused(f"{_named(path)}: this is no notebook that can be read. Save it again in JupyterLab, or move it out.")


def hash_of_source(path: Path) -> str:
    """A hash of what was typed: outputs and counts, which each run in JupyterLab changes, are no part of it."""
    cells = [(cell.get("cell_type"), cell.get("source"), cell.get("attachments")) for cell in _content(path)["cells"]]
    return sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()


def stripped(notebook: NotebookNode, path: Path) -> NotebookNode:
    """The notebook without outputs. Refused: its text, as in sources().

    One that some program has written without saying in which language it is, is in Python.
    """
    _check_text(notebook.cells, path)
    for name, what in PYTHON.items():
        notebook.metadata.setdefault(name, _node(what))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def number_in(text: str) -> str:
    """The first number of a text, in quotation marks: digits of any script, or a word for more than one; else empty."""
    digit = next((letter for letter in text if unicodedata.numeric(letter, None) is not None), "")
    word = WORDS.search(text)
    return repr(digit) if digit else repr(word[0]) if word else ""


def page_of(notebook: NotebookNode, path: Path, title: str) -> NotebookNode:
    """An executed notebook as it stands in a report: a heading, outputs with texts, and no code but the parameters.

    What else an editor keeps in a notebook is left out. Refused: an output shows exact values.
    """
    _heading(notebook, title)
    notebook.metadata = _node({**PYTHON, "title": title})
    for cell in notebook.cells:
        tags = [tag for tag in cell.metadata.get("tags", ()) if tag in (TAG, INJECTED)]
        cell.metadata = _node({"tags": tags} if tags else {})
        if cell.cell_type == "code" and INJECTED not in tags:
            cell.source = ""
        for output in cell.get("outputs", ()):
            _clean(output, path)
    return notebook


def _node(content: dict[str, Any]) -> NotebookNode:
    return NotebookNode(content)  # type: ignore[no-untyped-call]  # nbformat is not typed


def _heading(notebook: NotebookNode, title: str) -> None:
    from nbformat.v4 import new_markdown_cell

    first = next((cell for cell in notebook.cells if cell.cell_type == "markdown"), None)
    if first is None or not re.match(r"# \S", first.source):
        notebook.cells.insert(0, new_markdown_cell(f"# {title}", id="cell-title"))  # type: ignore[no-untyped-call]


def _clean(output: NotebookNode, path: Path) -> None:
    """An output without traces of its run, each figure with a description."""
    if MARKING in "".join(texts_of(output)):
        raise Refused(f"{_named(path)}: it shows exact values, which are never on a page. Take them out.")
    if "text/plain" in output.get("data", {}):
        output.data["text/plain"] = ADDRESS.sub("", output.data["text/plain"])
    if "image/png" in output.get("data", {}):
        output.metadata.setdefault("image/png", {}).setdefault("alt", NO_ALT)


def texts_of(output: NotebookNode) -> Iterator[str]:
    """Everything that an output says, as text."""
    yield from (str(output[name]) for name in ("text", "ename", "evalue") if name in output)
    for data in output.get("data", {}).values():
        yield data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)


def _named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
