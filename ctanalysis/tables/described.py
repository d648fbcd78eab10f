"""Fields, tables and conditions of a calculation, as a language calls them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ctanalysis.language import Speech
from ctanalysis.project import Project
from ctanalysis.project.conditions import Alternatives, Condition, Scalar, Where
from ctanalysis.project.fields import Field


@dataclass(frozen=True)
class Described:
    """A project, and the language in which its calculations are said."""

    project: Project
    speech: Speech

    def say(self, name: str, **parts: Any) -> str:
        """A message of calculations."""
        return self.speech.plain(f"calculation.{name}", **parts)

    def field(self, table: str, name: str) -> Field:
        """The field of a table, or of one to which it refers."""
        return self.project.package.locate(table, name).field

    def title(self, table: str, name: str) -> str:
        """What a field is called."""
        return self.called(self.field(table, name))

    def called(self, field: Field) -> str:
        """The same of the field itself."""
        return field.translations.get(self.speech.code, field.title)

    def quoted(self, names: Iterable[str], style: str = "standard") -> str:
        """Titles as a list, each in quotation marks."""
        return self.speech.series([self.say("title", title=name) for name in names], style)

    def table(self, name: str) -> str:
        """What a table is called."""
        table = self.project.package.tables[name]
        return table.translations.get(self.speech.code, table.title)

    def values(self, field: Field, values: Iterable[Scalar]) -> str:
        """Values of a field by their labels."""
        labels: Mapping[Any, str] = {
            one.value: one.translations.get(self.speech.code, one.label) for one in field.categories or ()
        } | {True: self.say("yes"), False: self.say("no")}
        return ", ".join(
            str(labels.get(value, value)) if isinstance(value, (bool, str)) else str(value) for value in values
        )

    def chosen(self, table: str, where: Where, ways: Alternatives) -> str:
        """Conditions behind the rows that they choose; empty where there are none."""
        either = self.say("or_way").join(self.conditions(table, one) for one in ways)
        parts = [self.conditions(table, where), self.say("ways", ways=either) if either else ""]
        conditions = self.say("and").join(filter(None, parts))
        return self.say("chosen", conditions=conditions) if conditions else ""

    def conditions(self, table: str, where: Where) -> str:
        """All conditions on the fields of a table's rows."""
        return self.say("and").join(self._condition(self.field(table, name), of) for name, of in where.items())

    def _condition(self, field: Field, condition: Condition) -> str:
        """One field's conditions in words."""
        tests = self.say("and").join(self._tests(field, condition))
        return self.say("condition", title=self.called(field), tests=tests)

    def _tests(self, field: Field, condition: Condition) -> Iterator[str]:
        is_, one_of, not_ = ("has", "has_any", "has_none") if field.type == "list" else ("is", "is_one_of", "is_not")
        if condition.among is not None:
            values = self.values(field, condition.among)
            yield self.say(is_ if len(condition.among) == 1 else one_of, values=values)
        if condition.excluded is not None:
            yield self.say(not_, values=self.values(field, condition.excluded))
        if condition.minimum is not None:
            yield self.say("at_least", number=condition.minimum)
        if condition.maximum is not None:
            yield self.say("at_most", number=condition.maximum)
        if condition.present is not None:
            by_then = "_by_then" if field.type == "date" else ""
            yield self.say(f"{'' if condition.present else 'not_'}recorded{by_then}")
