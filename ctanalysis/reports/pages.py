"""An executed notebook as a page of its own: no code, no script, no request to any host."""

import re
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from nbformat import NotebookNode

from ctanalysis.base.errors import Refused
from ctanalysis.evaluation import Evaluation
from ctanalysis.formats.characters import harmless
from ctanalysis.language import Speech

if TYPE_CHECKING:  # only a command that makes pages waits for them
    from jinja2 import Template
    from nbconvert import HTMLExporter

TEMPLATES = Path(__file__).parent
LAYOUT = TEMPLATES / "page" / "layout.html"
TEXT = r"""=(?:"[^"]|'[^'])"""  # the beginning of an attribute's: in single quotes where it has double ones
NAMELESS = re.compile(rf"<img(?![^>]*\balt{TEXT})|<svg(?![^>]*\baria-label{TEXT})")  # an image without a text
STATE = re.compile(r'(<span class="state">)[^<]*(</span>)')  # of a page: that it is a draft
OWN = re.compile(r'(<span class="own">)[^<]*(</span>)')  # of an evaluator's own: that it is not audited
LEADS = re.compile(r'(<a\b[^>]*\bhref=")#(caveats|(?:how|sheet)-[^"]+)(?=")')  # within the page, from a number
WHOLE = "evaluation.html"  # which has all that numbers lead to
EMPTY = re.compile(r"<th\b[^>]*></th>")  # a corner of a table, which heads nothing


def page(notebook: NotebookNode, name: str, evaluation: Evaluation, titles: Mapping[str, str], state: str = "") -> str:
    """The HTML of an executed notebook, in the language of the evaluation, without links to others (see languages).

    name: which of the report's pages it is; titles: of all of them by name, in their order; state: that it is a draft,
    and which. Refused: a figure has no alternative text.
    """
    project = evaluation.project
    body = EMPTY.sub("<td></td>", _anchored(exported(notebook)))
    if NAMELESS.search(body):
        raise Refused(f"A figure of {name} has no alternative text.")
    opening, end, rest = body.partition("</h1>")
    whole = layout(LAYOUT).render(
        title=notebook.metadata.get("title", name),
        facts=project.facts,
        language=project.speech.code,
        say=project.speech.say,
        reviewed=project.reviewed(project.facts.language),
        period=evaluation.period,
        opening=opening + end,
        body=rest,
        contents=_contents(body),
        pages=list(titles.items()),
        current=name,
        state=state,
    )
    return harmless(whole)


def as_own(page: str, speech: Speech) -> str:
    """The page of an evaluator's own notebook, which says so beside its state.

    What its numbers and their caveats lead to, and it has not, the evaluation's page has.
    """
    led = LEADS.sub(lambda found: found[0] if f'id="{found[2]}"' in page else f"{found[1]}{WHOLE}#{found[2]}", page)
    words = escape(speech.plain("page.own"), quote=False)
    return STATE.sub(lambda found: f'{found[0]} <span class="own">{words}</span>', led)


def as_released(page: str, words: str, speech: Speech) -> str:
    """A draft's page with these words in the place of those that it is a draft. Refused: it has no such place."""
    stamped, places = STATE.subn(lambda found: f"{found[1]}{escape(words)}{found[2]}", page)
    if places != 1:
        raise Refused("A page of this report does not say that it is a draft. Make the report again.")
    return OWN.sub(lambda found: f"{found[1]}{escape(speech.plain('page.own_recorded'))}{found[2]}", stamped)


def exported(notebook: NotebookNode) -> str:
    """The outputs and texts of a notebook as HTML."""
    return str(_exporter().from_notebook_node(notebook)[0])


@cache
def _exporter() -> "HTMLExporter":
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    config = Config(
        {
            "HTMLExporter": {
                "exclude_input": True,
                "exclude_input_prompt": True,
                "exclude_output_prompt": True,
                "exclude_anchor_links": True,
            }
        }
    )
    return HTMLExporter(config=config, extra_template_basedirs=[str(TEMPLATES)], template_name="page")  # type: ignore[no-untyped-call]  # nbconvert's is not typed


@cache
def layout(path: Path) -> "Template":
    """The template in a file, which may include the style of all pages.

    Markup in what it is given comes out as text.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader([path.parent, LAYOUT.parent])
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template(path.name)


def _anchored(body: str) -> str:
    """Headings with ids from their words, numbered where the words come twice."""
    seen: dict[str, int] = {}

    def heading(match: re.Match[str]) -> str:
        level, words = match[1], match[2]
        slug = re.sub(r"\W+", "-", re.sub(r"<[^>]*>", "", words).lower()).strip("-")
        seen[slug] = seen.get(slug, 0) + 1
        anchor = slug if seen[slug] == 1 else f"{slug}-{seen[slug]}"
        return f'<h{level} id="{escape(anchor)}">{words}</h{level}>'

    return re.sub(r"<h([23])[^>]*>(.*?)</h\1>", heading, body, flags=re.DOTALL)


def _contents(body: str) -> list[tuple[int, str, str]]:
    """(level, anchor, words) of the headings below the title."""
    headings = re.findall(r'<h([23]) id="([^"]*)">(.*?)</h\1>', body, flags=re.DOTALL)
    return [(int(level), anchor, re.sub(r"<[^>]*>", "", words).strip()) for level, anchor, words in headings]
