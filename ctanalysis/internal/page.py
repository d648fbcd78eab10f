"""INTERNAL-working-tables.html: one page that needs nothing else, with the mark at its top and on each printed page."""

from collections.abc import Sequence
from pathlib import Path

from ctanalysis.internal import front
from ctanalysis.internal.exact import Exact
from ctanalysis.internal.grid import Grid
from ctanalysis.project import MARKING


def page(exact: Exact, grids: Sequence[Grid]) -> str:
    """The page's text; every word from a project is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(Path(__file__).parent)
    layout = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template("layout.html")
    return layout.render(
        marking=MARKING,
        title=front.title(exact),
        words=front.words(exact),
        grids=grids,
        language=exact.project.facts.language,
    )
