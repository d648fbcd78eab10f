"""The rules of rules.toml are about fields that there are, of types that can be compared so."""

from collections.abc import Iterator

from ctanalysis.project.agreement import fields, identifying
from ctanalysis.project.agreement.fields import NUMERIC
from ctanalysis.project.descriptor import Package
from ctanalysis.project.project import Project
from ctanalysis.project.rules import Gap, Rule


def faults(project: Project) -> Iterator[str]:
    """A sentence to each table or field that a rule names and that is not there, or of another type."""
    tables = project.package.tables
    for rule in project.rules.all:
        where = f"rules.toml, a rule about table '{rule.table}'"
        if rule.table not in tables:
            yield f"{where}: there is no such table. There are: {', '.join(tables)}."
        else:
            yield from (f"{where}: {fault}" for fault in _rule(rule, project.package))


def _rule(rule: Rule, package: Package) -> Iterator[str]:
    for types, keys in ((NUMERIC, rule.numeric), (("date",), rule.dated), (None, rule.any_type)):
        for name in rule.named(keys):
            yield from fields.faults(package, rule.table, name, types)
    if isinstance(rule, Gap):
        yield from identifying.named(package, rule.table, (rule.by, rule.field), "no gap is told of it")
