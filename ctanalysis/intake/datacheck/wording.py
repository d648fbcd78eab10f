"""A finding in words for a partner: titles and labels, in the place of names and codes that only the project uses."""

import re
from collections.abc import Callable
from dataclasses import replace

from ctanalysis.project import Project
from ctanalysis.project.descriptor import Table
from ctanalysis.records import Finding

CODED = ("category",)  # the rules that list codes of a field's categories
NAME = re.compile(r"(?<![\w/.])'?([A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*)'?(?![\w/])")


def worded(project: Project) -> Callable[[Finding], Finding]:
    """A function that gives a finding of the project in words for the partner of its file."""
    tables = project.package.tables
    others = {name: field.title for table in tables.values() for name, field in table.fields.items()}

    def of(finding: Finding) -> Finding:
        table = tables.get(finding.table)
        titles = others | {name: one.title for name, one in tables.items()}
        titles |= {name: field.title for name, field in table.fields.items()} if table else {}
        says = _labelled(finding, table) if table else finding.says
        return replace(finding, says=_titled(says, titles), do=_titled(finding.do, titles))

    return of


def _labelled(finding: Finding, table: Table) -> str:
    """What is wrong, with the labels of a list's codes."""
    field = table.fields.get(finding.field)
    if finding.rule not in CODED or field is None or not field.categories:
        return finding.says
    codes = ", ".join(category.value for category in field.categories)
    labels = ", ".join(category.label for category in field.categories)
    return finding.says.replace(codes, labels)


def _titled(text: str, titles: dict[str, str]) -> str:
    """The text with titles for names. A name that is a plain word is one only where it stands in quotation marks."""

    def title(match: re.Match[str]) -> str:
        name, is_quoted = match[1], match[0].startswith("'") and match[0].endswith("'")
        if name in titles and (is_quoted or not name.isalpha()):
            return f"'{titles[name]}'"
        return match[0]

    return NAME.sub(title, text)
