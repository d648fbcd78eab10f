"""What may be written in each column of a table: the same for an entry workbook and for a form.

It is what the reading of records checks: types, required, unique, categories, bounds, the
project's dates, order of days, sums. What is only worth a look (rules.toml) is not refused here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ctanalysis.intake.templates.words import phrase
from ctanalysis.project import Project
from ctanalysis.project.categories import Category
from ctanalysis.project.descriptor import Table
from ctanalysis.project.fields import Field

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2099, 12, 31)  # what is read as a day at all
Bound = date | int | float | None
KINDS = {"date": "date", "integer": "integer", "number": "number"}


@dataclass(frozen=True)
class Choice:
    """One of a closed list: its code, and by language what a cell may hold and what people read."""

    value: str
    written: Mapping[str, str | int | float]
    label: Mapping[str, str]


@dataclass(frozen=True)
class Column:
    """A column, and what may be written in it.

    kind: choose, several, date, period, integer, number, key, reference or text. low, high: bounds, both included,
    or None. parent: the table that a reference names. after: the fields whose day is never later
    than this one's. parts: for each sum that this is the total of, its fields.
    """

    field: Field
    kind: str
    choices: tuple[Choice, ...] = ()
    low: Bound = None
    high: Bound = None
    parent: Table | None = None
    after: tuple[Field, ...] = ()
    parts: tuple[tuple[Field, ...], ...] = ()

    @property
    def required(self) -> bool:
        """Whether every row must have a value."""
        return self.field.constraints.required

    @property
    def unique(self) -> bool:
        """Whether no two rows may have the same value."""
        return self.field.constraints.unique

    @property
    def days(self) -> tuple[date, date]:
        """The bounds of a column of days."""
        assert isinstance(self.low, date) and isinstance(self.high, date)
        return self.low, self.high

    def word(self, language: str) -> str:
        """What people call the column."""
        return word(self.field, language)


Lettered = Sequence[tuple[Column, str]]  # the columns of a table, each with its letter in a workbook


def word(described: Table | Field, language: str) -> str:
    """The word of a table or a field in a language; its title where it has none."""
    return described.translations.get(language, described.title)


def languages(project: Project, table: Table) -> tuple[str, ...]:
    """The languages of a table: the project's own, then those into which it is translated."""
    fields = table.fields.values()
    categories = [category for field in fields for category in field.categories or ()]
    translated: list[Table | Field | Category] = [table, *fields, *categories]
    others = (language for named in translated for language in named.translations)
    return tuple(dict.fromkeys([project.facts.language, *others]))


def columns(project: Project, table: Table) -> tuple[Column, ...]:
    """The Columns of a table in their order."""
    spoken = languages(project, table)
    return tuple(_column(project, table, field, spoken) for field in table.fields.values())


def _column(project: Project, table: Table, field: Field, spoken: Sequence[str]) -> Column:
    choices = _choices(field, spoken)
    low, high = _bounds(project, table, field)
    return Column(
        field,
        _kind(table, field, choices),
        choices,
        low,
        high,
        project.package.tables.get(table.references.get(field.name, "")),
        tuple(
            table.fields[rule.first]
            for rule in project.rules.order
            if (rule.table, rule.then) == (table.name, field.name) and rule.first in table.fields
            if not (field.period or table.fields[rule.first].period)  # a text, of which no cell knows the first day
        ),
        tuple(
            _own(table, rule.parts)
            for rule in project.rules.sum
            if (rule.table, rule.total) == (table.name, field.name) and _own(table, rule.parts)
        ),
    )


def _own(table: Table, names: Iterable[str]) -> tuple[Field, ...]:
    """The fields of these names; nothing where one of them is in another table."""
    return tuple(table.fields[name] for name in names) if all(name in table.fields for name in names) else ()


def _kind(table: Table, field: Field, choices: Sequence[Choice]) -> str:
    if field.type == "list":
        return "several"
    if choices:
        return "choose"
    if field.name in table.references:
        return "reference"
    if field.period:
        return "period"
    return KINDS.get(field.type) or ("key" if field.name == table.key else "text")


def _choices(field: Field, spoken: Sequence[str]) -> tuple[Choice, ...]:
    if field.type == "boolean":
        return tuple(
            _yes_or_no(key, words, spoken) for key, words in (("yes", field.true_values), ("no", field.false_values))
        )
    if field.categories:
        labels = (
            (category, {language: category.translations.get(language, category.label) for language in spoken})
            for category in field.categories
        )
        return tuple(Choice(category.value, _written(field, category, label), label) for category, label in labels)
    listed = field.constraints.enum or ()
    return tuple(
        Choice(str(value), dict.fromkeys(spoken, value), dict.fromkeys(spoken, str(value))) for value in listed
    )


def _written(field: Field, category: Category, label: Mapping[str, str]) -> Mapping[str, str]:
    """The labels; of a list, the value where a label has what stands between the parts of a cell."""
    between = field.delimiter if field.type == "list" else None
    return {language: category.value if between and between in word else word for language, word in label.items()}


def _yes_or_no(key: str, words: Sequence[str], spoken: Sequence[str]) -> Choice:
    """A cell holds one of the field's own words: that of the language where the field has it."""
    label = {language: phrase(language, key) for language in spoken}
    return Choice(words[0], {language: word if word in words else words[0] for language, word in label.items()}, label)


def _bounds(project: Project, table: Table, field: Field) -> tuple[Bound, Bound]:
    rules = field.constraints
    if field.type != "date" or field.period:
        assert not isinstance(rules.minimum, str) and not isinstance(rules.maximum, str)  # see Field
        return rules.minimum, rules.maximum
    lows, highs = [FIRST_DAY], [LAST_DAY]
    if any((rule.table, rule.field) == (table.name, field.name) for rule in project.rules.dates):
        lows, highs = [project.facts.start], [project.facts.end]
    lows += [date.fromisoformat(rules.minimum)] if isinstance(rules.minimum, str) else []
    highs += [date.fromisoformat(rules.maximum)] if isinstance(rules.maximum, str) else []
    return max(lows), min(highs)
