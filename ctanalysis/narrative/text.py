"""Text for a notebook: HTML for the page, plain words for everything else."""

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from ctanalysis import quality
from ctanalysis.evaluation import Evaluation
from ctanalysis.language import Speech, speech_of
from ctanalysis.narrative import numbers

BLANKS = re.compile(r"[ \t\r\n]+")  # and not the space within a number, at which no line ends


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


def render(section: str, language: str | Speech, words: str = "sentences", **context: Any) -> Text:
    """A section of the file <words>.html, said in a language. jinja2.UndefinedError: a sentence lacks a value."""
    html = getattr(_sentences(words, speech_of(language)), section)(**context)
    return Text(re.sub(r"\s*(</?(?:p|ul|li|h[23])\b[^>]*>)\s*", _block, BLANKS.sub(" ", str(html))).strip())


def rendered(section: str, evaluation: Evaluation, words: str = "sentences", **context: Any) -> Text:
    """The same of an evaluation: in its project's language, with the facts of the project and the period."""
    project = evaluation.project
    return render(section, project.speech, words, facts=project.facts, period=evaluation.period, **context)


def _block(match: re.Match[str]) -> str:
    """A block's tag without the spaces around it; what ends a block or holds others ends a line."""
    tag = match[1]
    return tag + ("\n" if tag.startswith("</") or tag == "<ul>" else "")


def fragment(macro: str, language: str | Speech, words: str, **context: Any) -> Markup:
    """Part of a sentence, of a macro in the file <words>.html, on one line."""
    said = getattr(_sentences(words, speech_of(language)), macro)(**context)
    return Markup(BLANKS.sub(" ", str(said)).strip())


def warm() -> None:
    """Reads all that is said in English, so that processes forked from now on need not."""
    for path in Path(__file__).parent.glob("*.html"):
        _sentences(path.stem, Speech())


@cache
def _sentences(words: str, speech: Speech) -> Any:
    return _environment(speech).get_template(f"{words}.html").module


@cache
def _environment(speech: Speech) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    marks = numbers.Marks(speech)
    environment.globals |= {"mark": marks, "say": speech.say, "caveat": marks.caveat, "sign": quality.MARK}
    environment.tests |= {"rise": lambda number: number > 0, "single": lambda number: abs(number) == 1}
    environment.filters["label"] = marks.label
    environment.filters["inner"] = lambda words: Markup(str(words)[:1].lower() + str(words)[1:])
    environment.filters["opening"] = lambda words: Markup(str(words)[:1].upper() + str(words)[1:])
    environment.filters["series"] = lambda items: Markup(speech.series(map(escape, items)))
    return environment
