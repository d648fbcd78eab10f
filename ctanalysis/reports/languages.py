"""The languages of a report: the first in reports/<period>/, each other one in <language>/ below it.

    asked for, or there already ─▶ pages of one evaluation ─▶ linked with each other ─▶ one manifest, in place at once

A run replaces the languages that it names. Of those that are there and that it does not name, a page stays as it is
while it shows what the report shows. Otherwise it is made again with the report: left alone, it would tell other
numbers than the page beside it; taken away, it would be lost because somebody did not name it. Where its language
cannot be told any more, for a sheet was written that is not translated yet, it is taken away, and this is said: a
translation never holds up a report that does not ask for it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from shutil import copyfile

from ctanalysis.base.errors import Refused
from ctanalysis.base.replacing import beside
from ctanalysis.language import Speech, languages
from ctanalysis.project import Project
from ctanalysis.project.translated import told_in
from ctanalysis.reports import manifest, notebooks

NAV = re.compile(r'<nav class="languages".*?</nav>\n', re.DOTALL)
HEAD = "</header>"  # before which it stands; nothing that people write comes before it


@dataclass(frozen=True)
class Asked:
    """What a run is asked for: documents, "docx" or "pdf", and languages, by their codes, in which it writes.

    Without a language it is the project's first. Pages and values in the first language are always written.
    """

    documents: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def others(self, project: Project) -> tuple[str, ...]:
        """The languages beside the first."""
        return tuple(code for code in self.languages if code != project.facts.languages[0])

    def of(self, place: str, project: Project) -> tuple[str, ...]:
        """The documents that are asked for of a page."""
        first = project.facts.languages[0]
        return self.documents if (parts(place)[0] or first) in (self.languages or (first,)) else ()


NOTHING = Asked()


def named(project: Project, text: str) -> tuple[str, ...]:
    """The languages that a text names by their codes, as in en,ru,ky, in the project's order.

    Refused: one that is none of the project's, a text that names none.
    """
    codes, there = text.replace(",", " ").casefold().split(), project.facts.languages
    unknown = [code for code in codes if code not in there]
    if unknown or (text and not codes):
        what = f"'{unknown[0]}' is no language of the project." if unknown else "LANGUAGES names no language."
        raise Refused(f"{what} There are: {', '.join(there)}.")
    return tuple(code for code in there if code in codes)


def speech(project: Project, text: str) -> Speech:
    """The one language that a text names, or the project's first. Refused: what named() refuses, and several."""
    codes = named(project, text)
    if len(codes) > 1:
        raise Refused(f"The check speaks one language, and several are named: {', '.join(codes)}. Name one of them.")
    return Speech(codes[0] if codes else project.facts.language)


def check_reviewed(project: Project, wanted: Sequence[str]) -> None:
    """Refused: a language whose words no native speaker has reviewed, which stays a draft."""
    for code in wanted:
        if not project.reviewed(code):
            raise Refused(
                f"Nobody has reviewed the words in the language '{code}': its pages stay drafts. When a native speaker "
                "has read them, note the review with role and day in judgements/reviews.toml, and release it then."
            )


def of_report(project: Project, folder: Path, wanted: Sequence[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """The other languages that a report in a folder is to have; and by code those that it loses, and why.

    wanted: those that are asked for; the others are there already. Refused: one that is asked for cannot be told.
    """
    first, found, lost = project.facts.languages[0], [], dict[str, str]()
    for code in (one for one in languages() if one != first and (one in wanted or (folder / one).is_dir())):
        try:
            told_in(project, code)
            found.append(code)
        except Refused as refusal:
            if code in wanted:
                raise
            lost[code] = str(refusal).splitlines()[0]
    return tuple(code for code in project.facts.languages if code in found), lost


def of_files(names: Collection[str], project: Project) -> tuple[str, ...]:
    """The other languages of a report by the names of its files, in the project's order."""
    there = {parts(name)[0] for name in names}
    return tuple(code for code in project.facts.languages if code in there)


@contextmanager
def only(report: Path, project: Project, others: Sequence[str]) -> Iterator[Path]:
    """A report as it is made in these languages beside the first: itself, or a copy beside it that goes at the end."""
    made = manifest.read(report)
    if made is None or of_files(made["files"], project) == tuple(others):
        yield report
        return
    with beside(report) as folder:
        fresh, names = folder / report.name, [page.name for page in notebooks.chosen(project) if not page.own]
        for name in made["files"]:
            if parts(name)[0] in ("", *others):
                (fresh / name).parent.mkdir(parents=True, exist_ok=True)
                copyfile(report / name, fresh / name)
        link(fresh, names, project.facts.languages[0], others)
        shown = {page: hashed for page, hashed in made["shown"].items() if parts(page)[0] in ("", *others)}
        manifest.rewrite(fresh, made | {"shown": shown})
        yield fresh


def place(code: str, name: str) -> str:
    """A page, or a file, of a language in a report: ru/evaluation; of the first, whose code is empty, its name."""
    return f"{code}/{name}" if code else name


def parts(place: str) -> tuple[str, str]:
    """The language of a page or file, empty of the first, and its name: ("ru", "evaluation")."""
    code, slash, name = place.partition("/")
    return (code, name) if slash and code in languages() else ("", place)


def link(report: Path, names: Sequence[str], first: str, others: Sequence[str]) -> None:
    """Links the pages of a report (their names) with the same in each other language that is there, and no other.

    first: the code of the first language.
    """
    for name in names:
        there = [code for code in ("", *others) if (report / f"{place(code, name)}.html").is_file()]
        for code in there:
            path = report / f"{place(code, name)}.html"
            text = path.read_text(encoding="utf-8")
            nav = _nav(Speech(code or first), list(_links(name, code, first, there)))
            linked = _without(text).replace(HEAD, nav + HEAD, 1)
            if linked != text:
                path.write_text(linked, encoding="utf-8")


def _without(page: str) -> str:
    """A page without its links to other languages."""
    head, end, rest = page.partition(HEAD)
    return NAV.sub("", head) + end + rest


def _links(name: str, code: str, first: str, there: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(code, address) of the same page in the other languages in which it is there."""
    up = "../" if code else ""
    for other in there:
        if other != code:
            yield other or first, f"{up}{place(other, name)}.html"


def _nav(speech: Speech, links: Sequence[tuple[str, str]]) -> str:
    """The links, each with the name of its language in itself; nothing where there is no other."""
    if not links:
        return ""
    lines = [
        f'<a href="{escape(address)}" hreflang="{code}" lang="{code}">{escape(Speech(code).plain("page.language"))}</a>'
        for code, address in links
    ]
    label = escape(speech.plain("page.languages"))
    return "\n".join([f'<nav class="languages" aria-label="{label}">', *lines, "</nav>", ""])
