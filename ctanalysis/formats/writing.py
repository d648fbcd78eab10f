"""A page of a report as a document of one format or another."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from nbformat import NotebookNode

from ctanalysis.formats.cover import Cover
from ctanalysis.formats.document import Body, body
from ctanalysis.formats.pdf import pdf
from ctanalysis.formats.word import docx

WRITERS: Mapping[str, Callable[[Body, Cover, Path], bytes]] = MappingProxyType({"docx": docx, "pdf": pdf})


def written(kind: str, notebook: NotebookNode, cover: Cover, within: Path) -> bytes:
    """The bytes of the document of a notebook. kind: "docx" or "pdf"; within: a folder to work in.

    Refused: what writes it cannot.
    """
    return WRITERS[kind](body(notebook, cover.speech), cover, within)
