"""What must not be shown to be small: cells of every span of days, who was outside a span, who was corrected."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from ctanalysis.disclosure.audit.register import Days, Register, Terms, less
from ctanalysis.disclosure.audit.shapes import Column, Numbers

Small = Collection[tuple[int, date, date, int]]  # cells printed as small: column, first and last day, version


@dataclass(frozen=True)
class Target:
    """A number that must not be shown to be small: a cell of a span of days, or a part of it.

    zero: it is printed as small, so that readers must have to allow that it is nothing.
    """

    cell: Column
    start: date
    end: date
    version: int
    zero: bool


def targets(register: Register, small: Small) -> list[tuple[Target, Terms]]:
    """Every Target of a register, with the numbers whose sum it is."""
    return [*_cells(register, small), *_outside(register), *_corrected(register)]


def _cells(register: Register, small: Small) -> Iterator[tuple[Target, Terms]]:
    """Every cell of every span from one printed day to another."""
    for start, end in _spans(register):
        units = register.within(start, end)
        for columns, parts in register.shape.targets:
            for number, version in enumerate(register.versions):
                zero = (columns[0], start, end, number) in small and (len(columns), len(parts)) == (
                    1,
                    register.shape.parts,
                )
                yield (
                    Target(_named(register, columns), start, end, version, zero),
                    register.sum(units, columns, parts, number),
                )


def _spans(register: Register) -> list[Days]:
    units = register.units
    if not register.shape.adds_up:
        return list(units)
    return [(first, last) for number, (first, _) in enumerate(units) for _, last in units[number:]]


def _outside(register: Register) -> Iterator[tuple[Target, Terms]]:
    """People of a span who are not of one within it are a group, too."""
    for outer, inner in register.nested():
        for columns, parts in register.shape.targets:
            for number, version in enumerate(register.versions):
                target = Target(_named(register, columns), *register.units[outer], version, False)
                yield target, less(*(register.sum([unit], columns, parts, number) for unit in (outer, inner)))


def _corrected(register: Register) -> Iterator[tuple[Target, Terms]]:
    """Whoever a correction added or took out is a cell too, of all days at once."""
    units = range(len(register.units))
    for number, version in list(enumerate(register.versions))[1:]:
        for block in register.corrected(number):
            for columns, parts in register.shape.targets:
                places = register.places(units, columns, parts, block)
                start, end = register.units[0][0], register.units[-1][1]
                yield Target(_named(register, columns), start, end, version, False), (places, [1.0] * len(places))


def _named(register: Register, columns: Numbers) -> Column:
    """The cell of one column, or of several of one disaggregation together."""
    cells = [register.shape.columns[column] for column in columns]
    return cells[0][0], ", ".join(label for _, label in cells)
