"""A file of a project folder becomes a frozen object, or a refusal that says what is wrong in it."""

import csv
import io
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, ClassVar, TypeVar
from unicodedata import category

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from ctanalysis.base.between import between
from ctanalysis.base.errors import Refused
from ctanalysis.project.known_keys import keys_at


class Strict(BaseModel):
    """What every object read from a file is: frozen, exact about types, with no unknown key."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False, defer_build=True)


Model = TypeVar("Model", bound=BaseModel)


RUNS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫]")  # blanks are cut off when a file is opened


def _not_run(text: str) -> str:
    if RUNS.match(text):
        raise ValueError("must not begin with = + - @ or their wide forms: a spreadsheet would take it for a formula")
    return text


def _harmless(text: str) -> str:
    if any(category(character) in ("Cc", "Zl", "Zp") for character in text):
        raise ValueError("must not have a line break, a tab or another mark without a sign of its own in it")
    return _not_run(text)


NAME = r"^[A-Za-z_][A-Za-z0-9_-]*$"
CODE = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
LANGUAGE = r"^[a-z]{2,3}$"
Name = Annotated[str, Field(pattern=NAME)]  # of a field, a table, an area, a class
Code = Annotated[str, Field(pattern=CODE)]  # of an indicator; it is part of files' names
OneOrMore = BeforeValidator(lambda given: (given,) if isinstance(given, str) else given)  # "id" is ["id"]
Heading = Annotated[str, AfterValidator(_not_run)]  # of a file that was sent; it may have a line break
CellText = Annotated[str, AfterValidator(_harmless)]  # what stands in a table's cell


def read_toml(path: Path, model: type[Model]) -> Model:
    """The TOML file as a model. Refused: no such file, not TOML, or not what the model allows."""
    return build(model, parse(path, tomllib.loads, "TOML"), path)


def read_json(path: Path, model: type[Model]) -> Model:
    """The JSON file as a model. Refused: no such file, not JSON, or not what the model allows."""
    return build(model, parse(path, json.loads, "JSON"), path)


class Row(Strict):
    """A row of a small CSV file. optional: names of columns that may be left out."""

    optional: ClassVar[tuple[str, ...]] = ()

    @staticmethod
    def convert(row: dict[str, str]) -> dict[str, Any]:
        """Typed values of a row's texts. ValueError: a text that is no such value."""
        raise NotImplementedError


ModelRow = TypeVar("ModelRow", bound=Row)


def read_csv(path: Path, model: type[ModelRow]) -> tuple[ModelRow, ...]:
    """The rows of a small CSV file as a tuple of models; an empty cell is left out.

    model.convert(row) makes typed values of a row's texts. Refused: no such file, other columns
    than the model's, or a row that the model does not allow.
    """
    rows, columns = read_rows(path), list(model.model_fields)
    needed = [name for name in columns if name not in model.optional]
    if rows and (sign := between(rows[0], needed)):
        raise Refused(f"{path}: it has {sign} between its cells. Save it with commas between them (CSV UTF-8).")
    if not rows or sorted({*rows[0], *model.optional}) != sorted(columns) or len(rows[0]) != len({*rows[0]}):
        raise Refused(f"{path}: the first row must name these columns: {', '.join(needed)}.")
    return tuple(_row(model, rows[0], row, f"{path}, row {number}") for number, row in enumerate(rows[1:], 2))


def read_rows(path: Path) -> list[list[str]]:
    """The rows of a small CSV file, as they are. Refused: no such file, or a cell that nothing ends."""
    try:
        return list(csv.reader(io.StringIO(read_text(path))))
    except csv.Error:
        raise Refused(f"{path}: a cell is too long to be read. Shorten it, or close its quotation mark.") from None


def cells_of(columns: Sequence[str], row: Sequence[str], where: str) -> dict[str, str]:
    """The cells of a row by their columns, without blanks around them. Refused: more or fewer than columns."""
    if len(row) != len(columns):
        raise Refused(f"{where}: it has {len(row)} cells where the first row has {len(columns)}.")
    return {name: cell.strip() for name, cell in zip(columns, row, strict=True)}


def read_text(path: str | Path) -> str:
    """The text of a file. Refused: no such file, not readable, or not UTF-8."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Refused(f"{path}: there is no such file. A project folder needs it.") from None
    except UnicodeDecodeError:
        raise Refused(f"{path}: the text is not UTF-8. Save it as UTF-8.") from None
    except OSError as error:
        raise Refused(f"{path}: it cannot be read ({error.strerror}).") from None


def build(model: type[Model], data: Any, where: str | Path) -> Model:
    """The data as a model. Refused: the model does not allow it; with a sentence to each fault.

    where: what a sentence begins with, as a rule the file.
    """
    try:
        return model.model_validate(_frozen(data))
    except ValidationError as error:
        raise Refused("\n".join(f"{where}: {fault}" for fault in _sentences(error, data, model))) from None


def _frozen(data: Any) -> Any:
    """The same with tuples for lists, so that what is built from it cannot be changed."""
    if isinstance(data, dict):
        return {key: _frozen(value) for key, value in data.items()}
    return tuple(_frozen(item) for item in data) if isinstance(data, list) else data


def parse(path: Path, parser: Callable[[str], Any], kind: str) -> Any:
    try:
        return _frozen(parser(read_text(path)))
    except ValueError as error:  # both parsers' errors are ValueErrors that name line and column
        found = re.search(r"line ([0-9]+),? column ([0-9]+)", str(error))
        where = f"see line {found[1]}, column {found[2]}" if found else "see its end"
        raise Refused(f"{path}: it is not {kind}: {where}, or just before it.") from None
    except RecursionError:
        raise Refused(
            f"{path}: its brackets are too deep inside each other. No file of a project is written so."
        ) from None


def _row(model: type[ModelRow], columns: list[str], row: list[str], where: str) -> ModelRow:
    ends, unnamed = columns[len(row) :], [name for name in model.optional if name not in columns]
    if unnamed and len(row) == len(columns) + 1:
        raise Refused(
            f"{where}: it has a cell more than the first row. Where it is '{unnamed[0]}', add that to the first."
        )
    if {*ends} <= {*model.optional}:  # a row may end before them
        row = [*row, *("" for _ in ends)]
    filled = {name: cell for name, cell in cells_of(columns, row, where).items() if cell}
    try:
        data = model.convert(filled)
    except ValueError as error:
        raise Refused(f"{where}: {error}.") from None
    return build(model, data, where)


SENTENCES = {
    "extra_forbidden": "the key '{place}' is not known here. Correct its spelling or take it out.",
    "string_pattern_mismatch": "'{place}': {form}.",
    "missing": "the key '{place}' is missing.",
    "bool_type": "'{place}' must be true or false, without quotation marks.",
    "union_tag_invalid": "'{place}': there is no {discriminator} '{tag}'. There are: {expected_tags}.",
    "union_tag_not_found": "'{place}' must have the key {discriminator}.",
    "literal_error": "'{place}' must be one of: {expected}.",
    "string_type": "'{place}' must be a text, in quotation marks.",
    "int_type": "'{place}' must be a whole number, without quotation marks.",
    "int_from_float": "'{place}' must be a whole number.",
    "float_type": "'{place}' must be a number, without quotation marks.",
    "finite_number": "'{place}' must be a number that has an end.",
    "tuple_type": "'{place}' must be a list, in square brackets.",
    "dict_type": "'{place}' must have keys of its own.",
    "model_type": "'{place}' must have keys of its own.",
    "too_long": "'{place}' may have {max_length} item or items at most; it has {actual_length}.",
    "too_short": "'{place}' must have {min_length} item or items at least; it has {actual_length}.",
    "greater_than": "'{place}' must be more than {gt}.",
    "greater_than_equal": "'{place}' must be at least {ge}.",
    "less_than": "'{place}' must be less than {lt}.",
    "less_than_equal": "'{place}' must be at most {le}.",
    "date_type": "'{place}' must be a day such as 2014-12-31, without quotation marks.",
    "date_from_datetime_inexact": "'{place}' must be a day without a time of day.",
}
FORMS = {  # of texts, by the pattern that they must have
    NAME: "it begins with a letter from a to z or _, and may have letters, digits, - and _ only",
    CODE: "it begins with a letter from a to z or a digit, and may have letters, digits, . - and _ only",
    LANGUAGE: "a language is two or three small letters, such as ru",
}
OTHERWISE = (
    "'{place}' is not written as it may be. Compare it with the file of the project that comes with the library."
)


def _sentences(error: ValidationError, data: Any, model: type[BaseModel]) -> Iterator[str]:
    """A sentence to each fault; where a value may be of several kinds and is of none, one that names them all."""
    by_place: dict[str, list[str]] = {}
    for fault in error.errors(include_url=False):
        place = ".".join(_place(fault["loc"], data, fault["type"] == "missing"))
        known = _keys(model, fault)
        there = f" There are: {', '.join(known)}." if known else ""
        by_place.setdefault(place, []).append(_sentence(fault, place) + there)
    for place, faults in by_place.items():
        begins = f"'{place}' must "
        kinds = [fault.removeprefix(begins).removesuffix(".") for fault in dict.fromkeys(faults)]
        if all(fault.startswith(begins) for fault in faults):
            yield f"{begins}{'; or '.join(kinds)}."
        else:
            yield from dict.fromkeys(faults)


def _keys(model: type[BaseModel], fault: ErrorDetails) -> Sequence[str]:
    """The keys that may stand where there is another one, or none although there must be some."""
    if fault["type"] == "model_type":
        return keys_at(model, fault["loc"])
    return keys_at(model, fault["loc"][:-1]) if fault["type"] == "extra_forbidden" else ()


def _sentence(fault: ErrorDetails, place: str) -> str:
    if fault["type"] == "value_error":  # a sentence of ours
        message = fault["msg"].removeprefix("Value error, ")
        message = message[:1].lower() + message[1:]
        return f"'{place}': {message}." if place else f"{message}."
    given = {
        key: str(value) if key == "expected" else str(value).replace("'", "")
        for key, value in fault.get("ctx", {}).items()
    }
    if fault["type"] == "literal_error" and (others := _or_empty(fault["ctx"]["expected"])):
        return f"'{place}': leave it empty or write {others}."
    form = FORMS.get(str(fault.get("ctx", {}).get("pattern")), "it is not written as it may be")
    return SENTENCES.get(fault["type"], OTHERWISE).format(place=place or "it", form=form, **given)


def _or_empty(expected: str) -> str:
    """Between which texts one must choose, where an empty one is among them; else nothing."""
    others = expected.removeprefix("'', ").removeprefix("'' or ").removesuffix(" or ''")
    return "" if others == expected else f"one of: {others}" if "', '" in others else others.strip("'")


def _place(steps: Sequence[int | str], data: Any, is_missing: bool) -> Iterator[str]:
    """The way to a fault as a person would find it: items of lists by their names, only what is in the file.

    is_missing: the last step is a key that is not there; else, it would be a kind that pydantic has tried.
    """
    for number, step in enumerate(steps):
        if isinstance(data, dict) and (step in data or (is_missing and number == len(steps) - 1)):
            data = data.get(step)
            yield str(step)
        elif isinstance(data, (list, tuple)) and isinstance(step, int) and step < len(data):
            data = data[step]
            yield str(data.get("name", data.get("code", step + 1)) if isinstance(data, dict) else step + 1)
