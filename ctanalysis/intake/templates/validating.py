"""What a spreadsheet refuses to take into a cell, and what it paints red because it can only be seen afterwards.

Every cell of a column has one validation, with what is told when the cell is chosen and when it
is refused. Pasting goes round them; what is missing, there twice or does not add up is painted.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from openpyxl.formatting.rule import FormulaRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.datavalidation import DataValidation

from ctanalysis.base.workbooks import as_text
from ctanalysis.intake.templates.advice import cut, fitting, how
from ctanalysis.intake.templates.columns import Bound, Column
from ctanalysis.intake.templates.words import said
from ctanalysis.records.rules import HALF_OF_LEAST

TITLE, PROMPT, ERROR = 32, 255, 225  # characters that Excel has room for; it does not open a file with more
MOST_INTEGER, MOST_NUMBER = 10**15 - 1, 10**11 - 1  # what is read as such at all
Arguments = dict[str, Any]  # of a DataValidation
RED = DifferentialStyle(font=Font(color="9C0006"), fill=PatternFill(bgColor="FFC7CE"))


def validation(
    column: Column,
    columns: Sequence[tuple[Column, str]],
    names: Mapping[str, str],
    languages: Sequence[str],
    rows: tuple[int, int],
) -> DataValidation:
    """The DataValidation of a column.

    columns: (Column, letter) of the table. names: by field, of its list. rows: the first and the last.
    """
    letters = {other.field.name: letter for other, letter in columns}
    rule = RULES[column.kind](column, letters, rows, names)
    usual: Arguments = {"allow_blank": True, "showInputMessage": True, "showErrorMessage": True, "errorStyle": "stop"}
    found = DataValidation(**(usual | rule))
    found.promptTitle = as_text(cut(column.word(languages[0]), TITLE))
    found.prompt = as_text(fitting([*_told(column, languages)], PROMPT))
    found.errorTitle = said(languages[0], "refused")
    found.error = as_text(fitting([how(column, language) for language in languages], ERROR))
    letter = letters[column.field.name]
    found.add(f"{letter}{rows[0]}:{letter}{rows[1]}")
    return found


def _told(column: Column, languages: Sequence[str]) -> Iterator[str]:
    for language in languages:
        yield how(column, language) + (f" {said(language, 'required')}" if column.required else "")


def _choose(column: Column, letters: Mapping[str, str], rows: tuple[int, int], names: Mapping[str, str]) -> Arguments:
    return {"type": "list", "formula1": names[column.field.name]}


def _between(kind: str, low: Bound | str, high: Bound | str) -> Arguments:
    return {"type": kind, "operator": "between", "formula1": str(low), "formula2": str(high)}


def _date(column: Column, letters: Mapping[str, str], rows: tuple[int, int], names: Mapping[str, str]) -> Arguments:
    """Bounds as Excel's numbers for days.

    Where a formula names a cell that is blank, Excel takes anything, unless blanks are not ignored.
    """
    low, high = (int(to_excel(day)) for day in column.days)  # type: ignore[no-untyped-call]  # openpyxl's stubs
    earlier = [f"${letters[field.name]}{rows[0]}" for field in column.after]
    if earlier:
        return _between("date", f"MAX({','.join([str(low), *earlier])})", high) | {"allow_blank": False}
    return _between("date", low, high)


def _integer(column: Column, letters: Mapping[str, str], rows: tuple[int, int], names: Mapping[str, str]) -> Arguments:
    return _between("whole", *_numbers(column, MOST_INTEGER))


def _number(column: Column, letters: Mapping[str, str], rows: tuple[int, int], names: Mapping[str, str]) -> Arguments:
    return _between("decimal", *_numbers(column, MOST_NUMBER))


def _numbers(column: Column, most: int) -> tuple[Bound, Bound]:
    return -most if column.low is None else column.low, most if column.high is None else column.high


def _code(column: Column, letters: Mapping[str, str], rows: tuple[int, int], names: Mapping[str, str]) -> Arguments:
    """No blanks around it; where it must be unique, no other cell of the column the same to the letter.

    COUNTIF would take 007 for 7, and A* for a pattern.
    """
    first, last = rows
    letter = letters[column.field.name]
    cell, whole = f"{letter}{first}", f"${letter}${first}:${letter}${last}"
    tests = [f"EXACT({cell},TRIM({cell}))"]
    tests += [f"SUMPRODUCT(--EXACT({whole},{cell}))<2"] if column.unique else []
    return {"type": "custom", "formula1": f'OR({cell}="",AND({",".join(tests)}))', "allow_blank": not column.unique}


def _free(column: Column, letters: Mapping[str, str], rows: tuple[int, int], names: Mapping[str, str]) -> Arguments:
    return _code(column, letters, rows, names) if column.unique else {"type": None}


RULES: dict[str, Callable[[Column, Mapping[str, str], tuple[int, int], Mapping[str, str]], Arguments]] = {
    "choose": _choose,
    "date": _date,
    "integer": _integer,
    "number": _number,
    "key": _code,
    "reference": _code,
    "text": _free,
}


def painting(
    column: Column, columns: Sequence[tuple[Column, str]], rows: tuple[int, int]
) -> Iterator[tuple[str, Rule]]:
    """The conditional formats of a column: (area, rule)."""
    letters = {other.field.name: letter for other, letter in columns}
    letter, first = letters[column.field.name], rows[0]
    area = f"{letter}{first}:{letter}{rows[1]}"
    if column.required:
        whole = f"${columns[0][1]}{first}:${columns[-1][1]}{first}"
        yield area, _red(f"AND(COUNTA({whole})>0,LEN(TRIM({letter}{first}))=0)")
    if column.unique:
        yield area, Rule(type="duplicateValues", dxf=RED)
    for field in column.after:
        earlier = f"${letters[field.name]}{first}"
        yield area, _red(f"AND(ISNUMBER({letter}{first}),ISNUMBER({earlier}),{letter}{first}<{earlier})")
    for parts in column.parts:
        cells = [f"${letters[field.name]}{first}" for field in parts]
        all_filled = f"COUNT({letter}{first},{','.join(cells)})={len(cells) + 1}"
        yield area, _red(f"AND({all_filled},ABS({letter}{first}-({'+'.join(cells)}))>{HALF_OF_LEAST:.5f})")


def _red(formula: str) -> Rule:
    rule: Rule = FormulaRule(  # type: ignore[no-untyped-call]  # openpyxl's stubs give it no types
        formula=[formula], font=RED.font, fill=RED.fill
    )
    return rule
