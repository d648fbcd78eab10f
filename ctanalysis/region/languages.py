"""The languages of a region's page: those in which all its projects are told. What is comparable is decided once.

members ─▶ told in the first language ─▶ compared ─▶ the same rows, told in each other language
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ctanalysis.base.errors import Refused
from ctanalysis.project import Project
from ctanalysis.project.translated import told_in as project_told_in
from ctanalysis.region.comparing import Row, Shared
from ctanalysis.region.members import Member
from ctanalysis.tables.in_words import calculation_in_words


def common(projects: Sequence[Project]) -> tuple[str, ...]:
    """The languages that all projects name, in the first one's order. Refused: there is none."""
    first, *others = (project.facts.languages for project in projects)
    found = tuple(code for code in first if all(code in theirs for theirs in others))
    if not found:
        raise Refused(
            "These projects have no language in common: each names its own in project.toml (languages), with its words "
            "in translations/. Agree on one."
        )
    return found


def codes(text: str) -> list[str]:
    """The codes in a text, as in en,ru,ky."""
    return text.replace(",", " ").casefold().split()


def named(projects: Sequence[Project], text: str) -> list[str]:
    """The languages that a text names by their codes, as in en,ru,ky.

    Refused: one in which one of the projects is not told, with its folder; a text that names none.
    """
    there = common(projects)
    if text and not codes(text):
        raise Refused(f"LANGUAGES names no language. All of these projects are told in: {', '.join(there)}.")
    for code in codes(text):
        for project in projects:
            if code not in project.facts.languages:
                raise Refused(
                    f"The project in {project.folder} is not told in the language '{code}' (languages in "
                    f"project.toml, the words in translations/). All of these projects are told in: {', '.join(there)}."
                )
    return codes(text)


def with_there(projects: Sequence[Project], asked: Sequence[str], folder: Path, page: str) -> tuple[str, ...]:
    """The languages of a page: the first that all projects have, those named, and those that are there already.

    asked: those named; folder: of the page; page: the name of its file.
    """
    first, *others = common(projects)
    return (first, *(code for code in others if code in asked or (folder / code / page).is_file()))


def told_in(members: Sequence[Member], code: str) -> tuple[Member, ...]:
    """The projects in one of their languages. Refused: a word is missing."""
    return tuple(
        replace(
            member,
            project=project_told_in(member.project, code),
            evaluation=member.evaluation and member.evaluation.told_in(code),
        )
        for member in members
    )


def retold(compared: Sequence[Shared], members: Sequence[Member]) -> list[Shared]:
    """The same, with the words of the projects as they are told now."""
    by_folder = {member.project.folder: member for member in members}

    def of(row: Row) -> Row:
        member = by_folder[row.member.project.folder]
        if member.evaluation is None:
            return row
        project = member.evaluation.project
        sheet = project.sheet(row.sheet.code)
        words = calculation_in_words(project, sheet)
        return replace(row, member=member, evaluation=member.evaluation, sheet=sheet, calculation=words)

    found = []
    for one in compared:
        rows, others = (tuple(map(of, part)) for part in (one.rows, one.others))
        [standard, *_] = [
            standard
            for row in (*rows, *others)
            for standard in row.member.facts.standards
            if standard.code == one.standard.code
        ]
        without = tuple(by_folder[member.project.folder] for member in one.without)
        found.append(Shared(standard, rows, others, without))
    return found
