"""The page of a region in a language: its words are in the catalogue, its numbers are marked with what they are of."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from babel.dates import get_month_names
from babel.lists import format_list
from markupsafe import Markup

from ctanalysis import narrative
from ctanalysis.analysis.values import Value
from ctanalysis.language import Speech
from ctanalysis.narrative.numbers import Marks, in_words
from ctanalysis.narrative.origins import anchor_of
from ctanalysis.narrative.residents import made_up_residents
from ctanalysis.region.comparing import PER, Row, Shared
from ctanalysis.region.members import Days, Member
from ctanalysis.reports.pages import layout

TEMPLATE = Path(__file__).with_name("region.html")
FILE = "region.csv"  # with the same numbers, beside the page in the first language


class Said:
    """What the template asks of rows and members, in one language."""

    def __init__(self, members: Sequence[Member], mark: Marks) -> None:
        self.mark = mark
        countries = [member.facts.country for member in members]
        self.twice = {one for one in countries if countries.count(one) > 1}

    def name(self, member: Member) -> str:
        """What a project is called on the page: its country; where two are of the same, with its own name."""
        country = member.facts.country[:1].upper() + member.facts.country[1:]
        return f"{country}: {member.facts.name}" if member.facts.country in self.twice else country

    def names(self, members: Sequence[Member]) -> str:
        """What several projects are called, in a list."""
        return format_list([self.name(member) for member in members], locale=self.mark.language)

    def cell(self, value: Value) -> Markup:
        """A value as its number, or what stands for it."""
        if value.number:
            return self.mark.value(value)
        words = in_words(value.sheet, value.value, value.status, self.mark.speech, value.high)
        return self.mark.label(words) + self.mark.flag(value)

    def own(self, member: Member, words: str) -> Markup:
        """What a project's people wrote; where it has no other words, marked with the language in which they did."""
        told = member.project.speech.label(words)
        written = member.facts.languages[0] if told == words else self.mark.language
        return Marks(replace(self.mark.speech, written=written)).own(told)

    def place(self, one: Shared, row: Row) -> str:
        """The id of the place on the page where it stands how a row is calculated."""
        [number] = [number for number, rows in enumerate(one.calculated, 1) if row in rows]
        return anchor_of(f"{one.standard.code}-{number}")

    def led(self, html: Markup, one: Shared, row: Row) -> Markup:
        """A row's line whose numbers lead there: several projects may have an indicator of the same code."""
        return Markup(str(html).replace(f'href="#{anchor_of(row.sheet.code)}"', f'href="#{self.place(one, row)}"'))

    def per(self, row: Row) -> Markup:
        """The period's number for each 100,000 residents."""
        source = f"{row.period.source}, for each {PER} residents"
        return self.mark.derived(row.per, source) if row.per is not None else Markup("–")

    def month(self, number: int) -> str:
        """The name of a month."""
        name: str = get_month_names("wide", context="stand-alone", locale=self.mark.language)[number]
        return name


def page(days: Days, members: Sequence[Member], compared: Sequence[Shared], code: str, up: str = "") -> str:
    """The page in a language (its code), the same text for the same evaluations, without links to others.

    members, compared: told in this language. up: what leads to the folder of the values: "../", or nothing.
    """
    speech = Speech(code)
    mark = Marks(speech)
    told = [member for member in members if member.evaluation]
    text: str = layout(TEMPLATE).render(
        language=code,
        say=speech.say,
        reviewed=all(member.project.reviewed(code) for member in members),
        file=Markup('<a href="{}">{}</a>').format(f"{up}{FILE}", FILE),
        mark=mark,
        said=Said(members, mark),
        days=days,
        per=PER,
        region=_region(members),
        members=members,
        told=told,
        lacking=[member for member in members if not member.evaluation],
        compared=compared,
        alone=_alone(told, compared),
        caveats=list(_caveats(compared)),
        residents=list(_residents(compared)),
        promises=[(of, Markup(html)) for of, html in _grouped(told, _promise)],
        complete=_grouped(told, lambda member: member.facts.records_through.isoformat()),
        targets=_grouped(told, lambda member: member.facts.targets_note),
        sources=_grouped(members, lambda member: member.facts.source),
        invented=_grouped([one for one in members if one.facts.synthetic], lambda member: member.facts.notice),
        recorded=_grouped([one for one in members if not one.facts.synthetic], lambda member: member.facts.notice),
    )
    return text.lstrip() + "\n"


def _region(members: Sequence[Member]) -> str:
    """What the projects call their region, where all that name one call it the same."""
    named = {member.facts.region.name for member in members if member.facts.region}
    return named.pop() if len(named) == 1 else ""


def _alone(told: Sequence[Member], compared: Sequence[Shared]) -> list[tuple[Member, list[str]]]:
    """By project, the headline indicators that are beside no other's."""
    there = {(row.member.project.folder, row.sheet.code) for one in compared for row in one.every}
    found = []
    for member in told:
        sheets = member.evaluation.project.sheets if member.evaluation else ()
        rest = [s for s in sheets if s.headline and (member.project.folder, s.code) not in there]
        found.append((member, [f"{s.code} {s.name}" for s in rest]))
    return [(member, names) for member, names in found if names]


def _caveats(compared: Iterable[Shared]) -> Iterable[tuple[Row, str]]:
    """The rows that have a caveat, each with its words."""
    for one in compared:
        for row in one.every:
            if row.sheet.code in row.evaluation.caveats and (row.period.failed or row.to_date.failed):
                yield row, row.evaluation.caveats[row.sheet.code]


def _residents(compared: Iterable[Shared]) -> Iterable[tuple[Member, str]]:
    """Which numbers of residents are made up, once for each project."""
    rows = {row.member.project.folder: row for one in compared for row in one.every if row.per is not None}
    for row in rows.values():
        yield from (
            (row.member, words) for words in made_up_residents(row.evaluation.project, row.period.start, row.period.end)
        )


def _promise(member: Member) -> str:
    """What is told of whom and what is promised, in the project's own words, as HTML."""
    return narrative.protection_of_people(member.evaluation).html if member.evaluation else ""


def _grouped(members: Sequence[Member], said: Callable[[Member], str]) -> list[tuple[list[Member], str]]:
    """What is said of projects, once where it is the same of several, with these."""
    found: dict[str, list[Member]] = {}
    for member in members:
        found.setdefault(said(member), []).append(member)
    return [(of, words) for words, of in found.items()]
