"""What a spreadsheet refuses to take into a cell, and what it paints red because it can only be seen afterwards.

Every cell of a column has one validation, with what is shown when the cell is chosen and when it
refuses. Pasting goes round them; what is missing, there twice or does not add up is painted.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.formatting.rule import FormulaRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.datavalidation import DataValidation

from ctanalysis.base.workbooks import as_text
from ctanalysis.intake.templates.advice import cut, fitting, how_to_write
from ctanalysis.intake.templates.columns import Bound, Column
from ctanalysis.intake.templates.words import phrase
from ctanalysis.records.consistency import HALF_OF_LEAST

TITLE, PROMPT, ERROR = 32, 255, 225  # characters that Excel has room for; it does not open a file with more
MOST_INTEGER, MOST_NUMBER = 10**15 - 1, 10**11 - 1  # what is read as such at all
Arguments = dict[str, Any]  # of a DataValidation
RED = DifferentialStyle(font=Font(color="9C0006"), fill=PatternFill(bgColor="FFC7CE"))


@dataclass(frozen=True)
class Cells:
    """The cells of a sheet in which records are entered.

    letters: by field, of its column. first, last: rows. lists: by field, the name of its list.
    """

    letters: Mapping[str, str]
    first: int
    last: int
    lists: Mapping[str, str]

    def column(self, name: str) -> str:
        """The cells of a field: A5:A5004"""
        return f"{self.letters[name]}{self.first}:{self.letters[name]}{self.last}"

    def uppermost(self, name: str) -> str:
        """The first cell of a field, as a formula of another column names it: $A5"""
        return f"${self.letters[name]}{self.first}"


def validation(column: Column, cells: Cells, languages: Sequence[str]) -> DataValidation:
    """The DataValidation of a column: what its cells take, what is shown when one is chosen, what when it refuses."""
    usual: Arguments = {"allow_blank": True, "showInputMessage": True, "showErrorMessage": True, "errorStyle": "stop"}
    made = DataValidation(**(usual | RULES[column.kind](column, cells)))
    made.promptTitle = as_text(cut(column.word(languages[0]), TITLE))
    made.prompt = as_text(fitting([*_prompts(column, languages)], PROMPT))
    made.errorTitle = phrase(languages[0], "refused")
    made.error = as_text(fitting([how_to_write(column, language) for language in languages], ERROR))
    made.add(cells.column(column.field.name))
    return made


def _prompts(column: Column, languages: Sequence[str]) -> Iterator[str]:
    for language in languages:
        yield how_to_write(column, language) + (f" {phrase(language, 'required')}" if column.required else "")


def _choose(column: Column, cells: Cells) -> Arguments:
    return {"type": "list", "formula1": cells.lists[column.field.name]}


def _between(kind: str, low: Bound | str, high: Bound | str) -> Arguments:
    return {"type": kind, "operator": "between", "formula1": str(low), "formula2": str(high)}


def _date(column: Column, cells: Cells) -> Arguments:
    """Bounds as Excel's numbers for days.

    Where a formula names a cell that is blank, Excel takes anything, unless blanks are not ignored.
    """
    low, high = (int(to_excel(day)) for day in column.days)  # type: ignore[no-untyped-call]  # openpyxl's stubs
    earlier = [cells.uppermost(field.name) for field in column.after]
    if earlier:
        return _between("date", f"MAX({','.join([str(low), *earlier])})", high) | {"allow_blank": False}
    return _between("date", low, high)


def _integer(column: Column, cells: Cells) -> Arguments:
    return _between("whole", *_numbers(column, MOST_INTEGER))


def _number(column: Column, cells: Cells) -> Arguments:
    return _between("decimal", *_numbers(column, MOST_NUMBER))


def _numbers(column: Column, most: int) -> tuple[Bound, Bound]:
    return -most if column.low is None else column.low, most if column.high is None else column.high


def _code(column: Column, cells: Cells) -> Arguments:
    """No blanks around it; where it must be unique, no other cell of the column the same to the letter.

    COUNTIF would take 007 for 7, and A* for a pattern.
    """
    letter = cells.letters[column.field.name]
    cell, whole = f"{letter}{cells.first}", f"${letter}${cells.first}:${letter}${cells.last}"
    tests = [f"EXACT({cell},TRIM({cell}))"]
    tests += [f"SUMPRODUCT(--EXACT({whole},{cell}))<2"] if column.unique else []
    return {"type": "custom", "formula1": f'OR({cell}="",AND({",".join(tests)}))', "allow_blank": not column.unique}


def _free(column: Column, cells: Cells) -> Arguments:
    return _code(column, cells) if column.unique else {"type": None}


RULES: dict[str, Callable[[Column, Cells], Arguments]] = {
    "choose": _choose,
    "date": _date,
    "several": _free,
    "period": _free,
    "integer": _integer,
    "number": _number,
    "key": _code,
    "reference": _code,
    "text": _free,
}


def painting(column: Column, cells: Cells) -> Iterator[tuple[str, Rule]]:
    """The conditional formats of a column: (area, rule)."""
    area = cells.column(column.field.name)
    cell = f"{cells.letters[column.field.name]}{cells.first}"
    if column.required:
        row = [*map(cells.uppermost, cells.letters)]
        yield area, _red(f"AND(COUNTA({row[0]}:{row[-1]})>0,LEN(TRIM({cell}))=0)")
    if column.unique:
        yield area, Rule(type="duplicateValues", dxf=RED)
    for field in column.after:
        earlier = cells.uppermost(field.name)
        yield area, _red(f"AND(ISNUMBER({cell}),ISNUMBER({earlier}),{cell}<{earlier})")
    for fields in column.parts:
        parts = [cells.uppermost(field.name) for field in fields]
        all_filled = f"COUNT({cell},{','.join(parts)})={len(parts) + 1}"
        yield area, _red(f"AND({all_filled},ABS({cell}-({'+'.join(parts)}))>{HALF_OF_LEAST:.5f})")


def _red(formula: str) -> Rule:
    rule: Rule = FormulaRule(  # type: ignore[no-untyped-call]  # openpyxl's stubs give it no types
        formula=[formula], font=RED.font, fill=RED.fill
    )
    return rule
