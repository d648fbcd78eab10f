"""What the project's own files say of an indicator's numbers: its categories, what adds up, what is small.

Everybody may read them, so a reader knows it. Written from datapackage.json, policy.toml and the
reference sheets, not from the gate.
"""

from dataclasses import dataclass
from itertools import product

from ctanalysis.audit.solving import NotAudited

NOT_RECORDED, CROSS = "not recorded", " × "


@dataclass(frozen=True)
class Shape:
    """An indicator's numbers.

    columns: (disaggregation, category), the total first. ways: the columns of each disaggregation.
    sums: (the column of a whole, those of its parts). parts: 2 for a share (those it counts, and
    the rest), else 1. asked: (column, parts) that must not be shown to be small. adds_up: whether
    spans of days add up. nested: whether a span has no more than one that it lies in; lasting:
    the columns that do not change with time. of_things: people stand behind its
    numbers. whole: only whole numbers occur. conditioned: its total is itself part of a breakdown.
    """

    sheet: object
    rule: object
    columns: tuple
    ways: tuple
    sums: tuple
    parts: int
    asked: tuple
    adds_up: bool
    nested: bool
    lasting: tuple
    of_things: bool
    whole: bool
    conditioned: bool

    def place(self, disaggregation, category):
        """The column of a cell. NotAudited: the project's files know no such cell."""
        try:
            return self.columns.index((disaggregation, category))
        except ValueError:
            raise NotAudited(f"indicator {self.sheet.code} has no cell '{category}' by {disaggregation}") from None

    def printed(self, row, interval):
        """(parts, bounds) of what a row prints: a share prints two numbers, of which the bounds of each are known."""
        if not self.sheet.is_ratio:
            return [((0,), interval(row.value, row.status, self.rule, self.of_things, self.whole))]
        known = row.status not in ("withheld", "no data") and row.denominator == row.denominator
        if not known:
            return [] if row.status in ("withheld", "no data") else [((*range(self.parts),), interval(row.value, row.status, self.rule, self.of_things))]
        exact = row.disaggregation == "total" and not self.conditioned
        denominator = ((*range(self.parts),), interval(row.denominator, "exact" if exact else "rounded", self.rule, self.of_things))
        return [denominator, ((1,), interval(row.numerator, "rounded", self.rule, self.of_things))] if self.parts == 2 else [denominator]


def shape(project, sheet, conditioned, printed):
    """The Shape of a sheet. conditioned: its total is itself part of a breakdown. printed: the disaggregations that are; of others nothing can be known but through two-way ones."""
    crossed = {name for fields in sheet.disaggregations if len(fields) == 2 and CROSS.join(fields) in printed for name in fields}
    fields = [fields for fields in sheet.disaggregations if CROSS.join(fields) in printed or (len(fields) == 1 and fields[0] in crossed)]
    columns, ways, sums = [("total", "all")], [(0,)], []
    for names in fields:
        labels = [_labels(project, sheet, name) for name in names]
        first = len(columns)
        columns += [(CROSS.join(names), CROSS.join(found)) for found in product(*labels)]
        ways.append(tuple(range(first, len(columns))))
        sums.append((0, ways[-1]))
    sums += _margins(fields, columns)
    parts = 2 if sheet.measure == "share" else 1
    part = getattr(sheet.calculation, "denominator", sheet.calculation)
    each = getattr(part, "counted", "once") != "once"
    return Shape(
        sheet, project.rule(sheet), tuple(columns), tuple(ways), tuple(sums), parts, _asked(len(columns), parts, conditioned),
        adds_up=part.measure != "level" and not each, nested=each, lasting=_lasting(project, sheet, columns, part),
        of_things=bool(project.rule(sheet).person) and sheet.measure != "people", whole=_is_whole(project, sheet), conditioned=conditioned,
    )


def _is_whole(project, sheet):
    column = getattr(sheet.calculation, "column", None)
    return sheet.is_ratio or column is None or project.package.locate(sheet.calculation.table, column).field.type == "integer"


def _labels(project, sheet, name):
    located = project.package.locate(sheet.calculation.table, name)
    return [*located.field.labels, *([NOT_RECORDED] if located.may_be_missing else [])]


def _margins(fields, columns):
    """Two-way cells add up to the one-way cells of each of their fields, where these are printed too."""
    for names in (names for names in fields if len(names) == 2):
        for place, name in enumerate(names):
            if (name,) in fields:
                for whole, (way, category) in enumerate(columns):
                    if way == name:
                        yield whole, tuple(number for number, (other, label) in enumerate(columns) if other == CROSS.join(names) and label.split(CROSS)[place] == category)


def _asked(count, parts, conditioned):
    """Every cell of a breakdown; of a share also those it counts and the rest, in its total too; a total that is part of a breakdown."""
    whole = [(column, tuple(range(parts))) for column in range(0 if conditioned else 1, count)]
    return tuple(whole + [(column, (part,)) for column in range(count) for part in range(parts) if parts > 1])


def _lasting(project, sheet, columns, part):
    """The columns that stay the same for a person: the total, and fields of a table in which each person has one row."""
    def stays(way):
        located = [project.package.locate(sheet.calculation.table, name) for name in way.split(CROSS)]
        return all(place.steps and place.steps[0][0] == getattr(part, "person", None) for place in located)

    return tuple(number for number, (way, _) in enumerate(columns) if way == "total" or stays(way))
