"""One Excel workbook as JSON on standard output; run as a process of its own, which may fail or be ended alone.

    python excel PATH ROWS COLUMNS [SHEET]

It imports nothing of the library. The JSON holds for each sheet its name, rows of texts, hidden
rows, cells inside merged areas, formulas without a stored value, numbers that are shown as 007 or A007
(with what is shown), and the cells of each of KINDS; or, where the workbook cannot be read, "fault": what is wrong,
and what to do. With SHEET, that sheet alone is read and held to ROWS and COLUMNS; of the others there is the first
filled row.
"""

import datetime
import gc
import json
import os
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from ctanalysis.records.files.excel import formats, scan
else:
    import formats
    import scan

KINDS = (
    "errors",
    "days",
    "long",
    "typed",
    "masked",
)  # errors of Excel; real days and times; LONG numbers; fractions, yes and no;
# numbers of which a format shows something else
TIMES = (datetime.date, datetime.time, datetime.timedelta)
LONG = 10**15  # Excel keeps 15 digits: of a longer number the last are not those that were typed
OWN_FORMATS = 164  # the number of the first number format that is a workbook's own
PLAIN_TEXT = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}t"
TRIED = -1, 0, 1.5, 7, 12345  # of which at least one is shown otherwise by a format that says more than the number
PERCENT_DECIMALS = 4  # of a number that is shown in per cent, as many as records keep


def main(path: str, rows: int, columns: int, name: str = "") -> None:
    """Writes the workbook as JSON to standard output, or what is wrong with it."""
    limit_myself()
    gc.disable()  # nothing here refers to itself, and looking for what does takes a sixth of the time
    try:
        scans = scan.scanned(path, rows, columns)
        given: dict[str, Any] = {"sheets": list(sheets(path, scans, name))}
    except scan.Unreadable as reason:
        given = {"fault": reason.args}
    except MemoryError:
        given = {"fault": ["it needs more memory than it may", scan.CLEAR]}
    except Exception:  # whatever a damaged file makes a parser do; its words might hold a cell's
        given = {"fault": scan.DAMAGED}
    sys.stdout.buffer.write(json.dumps(given, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def limit_myself() -> None:
    """The system ends this process when it takes more than MEMORY or SECONDS."""
    try:
        import resource
    except ImportError:  # not on Windows; the caller's clock ends it there
        return
    resource.setrlimit(resource.RLIMIT_AS, (scan.MEMORY, scan.MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (scan.SECONDS, scan.SECONDS))


def sheets(path: str, scans: dict[str, scan.Scan], name: str) -> Iterator[dict[str, Any]]:
    """Each worksheet as records/files/workbook.py has it in RawSheet."""
    book = opened(path)
    left, (percents, forms) = scan.MOST_TEXT, styles_of(book)
    for sheet in book.worksheets:
        seen = scans[sheet._worksheet_path.lstrip("/")]
        is_meant = name in ("", sheet.title)
        if is_meant and seen.beyond:
            raise scan.Unreadable(*seen.beyond)
        sheet.reset_dimensions()
        rows, cells_of, formulas = [], {kind: list[scan.Place]() for kind in KINDS}, {row for row, _ in seen.formulas}
        shown: list[tuple[int, int, str]] = []
        for row, all_cells in zip(range(1, seen.rows + 1), sheet.iter_rows(), strict=False):
            cells = all_cells[: seen.columns]
            values = [cell.value for cell in cells]
            texts = [text(value) for value in values] if not percents else in_percent(cells, percents)
            if any(texts) or row in formulas:
                left -= check_text(texts, left)
                rows.append((row, texts))
                note(row, cells, values, cells_of)
                shown += as_shown(row, cells, forms) if forms else ()
                cells_of["masked"] += masked(row, cells, forms) if forms else ()
                cells_of["masked"] += untold(row, cells, percents) if percents else ()
                if not is_meant:
                    break
        seen_in = {"hidden_rows": seen.hidden, "uncalculated": seen.formulas, "shown": shown, **cells_of}
        seen_in["merged"] = list(covered(seen.merged, rows, seen.columns))
        yield {"name": sheet.title, "hidden": sheet.sheet_state != "visible", "rows": rows, **seen_in}


def opened(path: str) -> Any:
    """The workbook, row by row, with the values that formulas have stored."""
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it: its threads take more than MEMORY
    sys.modules["PIL"] = None  # type: ignore[assignment]  # nor what draws: it takes a tenth longer
    os.environ["OPENPYXL_DEFUSEDXML"] = "False"  # slower by a fifth, to refuse what scan.py has refused: a DOCTYPE
    import openpyxl
    from openpyxl.reader import strings
    from openpyxl.worksheet import _reader

    plain = plainly(_reader.Text)  # type: ignore[attr-defined]
    strings.Text = _reader.Text = plain  # type: ignore[attr-defined]  # of this process alone
    return openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)


def plainly(their_own: Any) -> Any:
    """openpyxl's reader of texts, but for those that have no form of their own, which are nearly all: it takes a
    quarter of the time of a sheet to find that out.
    """

    class Text(NamedTuple):
        content: str

        @staticmethod
        def from_tree(node: Any) -> Any:
            is_plain = len(node) == 1 and not node.attrib and node[0].tag == PLAIN_TEXT
            return Text(node[0].text or "") if is_plain else their_own.from_tree(node)

    return Text


def styles_of(book: Any) -> tuple[dict[int, str], dict[int, str]]:
    """By the number of their style, the formats that show numbers in per cent; and those that show more than them."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    forms = [
        BUILTIN_FORMATS.get(style.numFmtId, "")
        if style.numFmtId < OWN_FORMATS
        else book._number_formats[style.numFmtId - OWN_FORMATS]
        for style in book._cell_styles
    ]
    percents = {style: form for style, form in enumerate(forms) if "%" in formats.LITERAL.sub("", form)}
    return percents, {
        style: form
        for style, form in enumerate(forms)
        if formats.CONDITION.search(form)
        or any(formats.shown(form, number) or formats.alters(form, number) for number in TRIED)
    }


def as_shown(row: int, cells: Iterable[Any], forms: dict[int, str]) -> Iterator[tuple[int, int, str]]:
    """The numbers of a row that are shown as 007, A007 or 1.10: row, column, what is shown. forms: by style."""
    for place, form, number in numbers_of(cells, forms):
        said = formats.shown(form, number)
        if said:
            yield row, place, said


def masked(row: int, cells: Iterable[Any], forms: dict[int, str]) -> Iterator[scan.Place]:
    """The cells of a row that show something else than their number. forms: by style."""
    for place, form, number in numbers_of(cells, forms):
        if formats.hides(formats.shown(form, number)) or formats.alters(form, number):
            yield row, place


def numbers_of(cells: Iterable[Any], forms: dict[int, str]) -> Iterator[tuple[int, str, float]]:
    """The numbers of cells that have one of these formats: column, format, number. forms: by style."""
    for place, cell in enumerate(cells, 1):
        form = forms.get(getattr(cell, "_style_id", 0), "")
        if form and type(cell.value) in (int, float) and -LONG < cell.value < LONG:
            yield place, form, cell.value


def note(row: int, cells: Sequence[Any], values: Iterable[Any], cells_of: dict[str, list[scan.Place]]) -> None:
    """Adds the cells of a row to those of their kind. values: those of the cells."""
    for place, value in enumerate(values):
        of_type = type(value)
        if of_type is str:
            kind = "errors" if cells[place].data_type == "e" else ""
        elif of_type is int or of_type is float:
            kind = "long" if not -LONG < value < LONG else "typed" if of_type is float else ""
        elif value is None:
            continue
        else:
            kind = "days" if isinstance(value, TIMES) else "typed" if of_type is bool else ""
        if kind:
            cells_of[kind].append((row, place + 1))


def in_percent(cells: Iterable[Any], percents: dict[int, str]) -> list[str]:
    """The texts of cells, of which those of some styles show their number in per cent. percents: formats by style."""
    return [text(cell.value, is_percentage(cell, percents) is True) for cell in cells]


def untold(row: int, cells: Iterable[Any], percents: dict[int, str]) -> Iterator[scan.Place]:
    """The cells of a row of which nobody can tell whether their format shows them in per cent."""
    for place, cell in enumerate(cells, 1):
        if is_percentage(cell, percents) is None:
            yield row, place


def is_percentage(cell: Any, percents: dict[int, str]) -> bool | None:
    """Whether a cell's number is shown in per cent; None where that cannot be told."""
    form = percents.get(getattr(cell, "_style_id", 0))
    return formats.in_percent(form, cell.value) if form and type(cell.value) in (int, float) else False


def check_text(texts: list[str], left: int) -> int:
    """Takes the empty cells at a row's end away. Gives the number of its characters; Unreadable: more than are left."""
    while len(texts) > 1 and not texts[-1]:
        texts.pop()
    characters = sum(map(len, texts))
    if characters > left:
        raise scan.Unreadable(f"it has more than {scan.MOST_TEXT:,} characters", "Send it in parts")
    return characters


def covered(areas: Iterable[str], rows: list[tuple[int, list[str]]], columns: int) -> Iterator[scan.Place]:
    """The cells of merged areas that hold no value of their own, within rows: (number, texts)."""
    numbers = [number for number, _ in rows]
    width, count = min(columns, max((len(texts) for _, texts in rows), default=0)), 0
    for area in areas:
        start, _, stop = area.partition(":")
        first, last = scan.place(start), scan.place(stop or start)
        if first and last:
            for row in numbers[bisect_left(numbers, first[0]) : bisect_right(numbers, last[0])]:
                for column in range(first[1], min(last[1], width) + 1):
                    if (row, column) != first:
                        scan.check_cells(count := count + 1)
                        yield row, column


def text(value: Any, is_percentage: bool = False) -> str:
    """A cell's value as in a CSV file: days as 2014-12-31, numbers with the digits that Excel shows, 45% as shown."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, datetime.datetime):
        is_day = value.time() == datetime.time()
        return value.date().isoformat() if is_day else value.isoformat(sep=" ", timespec="seconds")
    if is_percentage and isinstance(value, int | float):
        return text(float(round(value * 100, PERCENT_DECIMALS))) + "%"
    if not isinstance(value, float):
        return str(value)
    digits = f"{value:.15g}"  # as many as Excel keeps
    return f"{value:.15f}".rstrip("0").rstrip(".") if "e" in digits else digits


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
