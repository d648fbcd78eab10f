"""The headings of notebooks and the titles of pages in a language; words of which the catalogue has none stay."""

import re

from nbformat import NotebookNode

from ctanalysis.language import Speech, messages

HEADING = re.compile(r"(#+) (.+)")


def heading(speech: Speech, words: str) -> str:
    """A heading of a notebook in a language."""
    return messages(speech.code).get(f"heading.{words}", words)


def headed(notebook: NotebookNode, speech: Speech) -> NotebookNode:
    """The notebook with its headings and its title in a language."""
    for cell in notebook.cells:
        found = HEADING.fullmatch(cell.source) if cell.cell_type == "markdown" else None
        if found:
            cell.source = f"{found[1]} {heading(speech, found[2])}"
    if "title" in notebook.metadata:
        notebook.metadata["title"] = heading(speech, notebook.metadata["title"])
    return notebook
