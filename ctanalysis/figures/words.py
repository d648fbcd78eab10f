"""The words of figures: one catalogue for each language, and no word of a figure anywhere else."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from babel.lists import format_list
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined


def say(message: str, language: str = "en", **context: Any) -> str:
    """A message of the catalogue as plain text. Raises jinja2.UndefinedError where one lacks a value."""
    return re.sub(r"\s+", " ", str(getattr(_catalogue(language), message)(**context))).strip()


@cache
def _catalogue(language: str) -> Any:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined, autoescape=False
    )
    environment.filters["series"] = lambda items: format_list([*map(str, items)], locale=language)
    environment.filters["number"] = lambda number: format_decimal(number, "#,##0.##", locale=language)
    return environment.get_template(f"words.{language}.j2").module
