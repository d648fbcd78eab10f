"""Pieces of HTML from templates that stand beside the code that fills them; whatever is put in comes out as text."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def filled(path: Path, **context: Any) -> str:
    """A template with what it asks for, without blank lines. Raises jinja2.UndefinedError where something lacks."""
    html = _environment(path.parent).get_template(path.name).render(context)
    return re.sub(r"\n\s*\n+", "\n", html).strip()


@cache
def _environment(folder: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
