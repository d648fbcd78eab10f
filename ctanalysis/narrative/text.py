"""Text for a notebook: HTML for the page, plain words for everything else."""

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from babel.lists import format_list
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative import numbers


@dataclass(frozen=True)
class Text:
    """A piece of the narrative, escaped HTML."""

    html: str

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.plain}

    @property
    def plain(self) -> str:
        """The words without the marks, a paragraph or list item a line."""
        lines = re.sub(r"</(p|li|h\d)>", "\n", self.html)
        words = unescape(re.sub(r"<[^>]*>", "", lines))
        return "\n".join(" ".join(line.split()) for line in words.splitlines() if line.strip())


def render(section: str, language: str, words: str = "sentences", **context: Any) -> Text:
    """A section's sentences in a language, of the file <words>.<language>.html.

    Raises jinja2.UndefinedError where one lacks a value.
    """
    html = getattr(_sentences(words, language), section)(**context)
    return Text(re.sub(r"\s*(</?(?:p|ul|li|h[23])\b[^>]*>)\s*", _block, re.sub(r"\s+", " ", str(html))).strip())


def rendered(section: str, evaluation: Evaluation, words: str = "sentences", **context: Any) -> Text:
    """The same of an evaluation: in its project's language, with the facts of the project and the period."""
    facts = evaluation.project.facts
    return render(section, facts.language, words, facts=facts, period=evaluation.period, **context)


def _block(match: re.Match[str]) -> str:
    """A block's tag without the spaces around it; what ends a block or holds others ends a line."""
    tag = match[1]
    return tag + ("\n" if tag.startswith("</") or tag == "<ul>" else "")


def fragment(macro: str, language: str, words: str, **context: Any) -> Markup:
    """Part of a sentence, of a macro in the file <words>.<language>.html, on one line."""
    return Markup(re.sub(r"\s+", " ", str(getattr(_sentences(words, language), macro)(**context))).strip())


def warm() -> None:
    """Reads the sentences of every language, so that processes forked from now on need not."""
    for path in Path(__file__).parent.glob("*.*.html"):
        _sentences(*path.name.split(".")[:2])


@cache
def _sentences(words: str, language: str) -> Any:
    return _environment(language).get_template(f"{words}.{language}.html").module


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    marks = numbers.Marks(language)
    environment.globals["mark"] = marks
    environment.globals |= {"caveat": numbers.CAVEAT, "several": numbers.SEVERAL, "together": numbers.TOGETHER}
    environment.globals["worked_out"] = numbers.WORKED_OUT
    environment.tests |= {"rise": lambda number: number > 0, "single": lambda number: abs(number) == 1}
    environment.filters["label"] = marks.label
    environment.filters["inner"] = lambda words: Markup(str(words)[:1].lower() + str(words)[1:])
    environment.filters["opening"] = lambda words: Markup(str(words)[:1].upper() + str(words)[1:])
    environment.filters["series"] = lambda items: Markup(format_list([*map(escape, items)], locale=language))
    return environment
