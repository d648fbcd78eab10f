"""A finding in words for a partner: titles and labels, in the place of names and codes that only the project uses."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from ctanalysis.language import Speech
from ctanalysis.project import Project
from ctanalysis.project.descriptor import Table
from ctanalysis.project.fields import Field
from ctanalysis.records import Finding
from ctanalysis.records.findings import ENGLISH

CODED = ("category",)  # the rules that list codes of a field's categories
NAME = re.compile(r"(?<![\w/.])'?([A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*)'?(?![\w/])")


def worded(project: Project) -> Callable[[Finding, Speech], Finding]:
    """A function that gives a finding of the project in words for the partner of its file, in a language."""
    tables = project.package.tables

    def titles_of(fields: Mapping[str, Field], code: str) -> dict[str, str]:
        return {name: field.translations.get(code, field.title) for name, field in fields.items()}

    @cache
    def others(code: str) -> dict[str, str]:
        fields = {name: field for table in tables.values() for name, field in table.fields.items()}
        return titles_of(fields, code) | {name: one.title for name, one in tables.items()}

    def of(finding: Finding, speech: Speech = ENGLISH) -> Finding:
        table = tables.get(finding.table)
        titles = others(speech.code) | (titles_of(table.fields, speech.code) if table else {})
        says = _labelled(finding, table, speech) if table else finding.says
        says, do = (speech.heard(_titled(text, titles)) for text in (says, finding.do))
        return replace(finding, says=says, do=do)

    return of


def _labelled(finding: Finding, table: Table, speech: Speech) -> str:
    """What is wrong, with the labels of a list's codes."""
    field = table.fields.get(finding.field)
    if finding.rule not in CODED or field is None or not field.categories:
        return finding.says
    codes = ", ".join(category.value for category in field.categories)
    labels = ", ".join(category.translations.get(speech.code, category.label) for category in field.categories)
    return finding.says.replace(codes, labels)


def _titled(text: str, titles: dict[str, str]) -> str:
    """The text with titles for names. A name that is a plain word is one only where it stands in quotation marks."""

    def title(match: re.Match[str]) -> str:
        name, is_quoted = match[1], match[0].startswith("'") and match[0].endswith("'")
        if name in titles and (is_quoted or not name.isalpha()):
            return f"'{titles[name]}'"
        return match[0]

    return NAME.sub(title, text)
