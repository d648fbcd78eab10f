"""The columns of one Parquet file on standard output; run as a process of its own, which may fail or be ended alone.

    python parquet PATH ROWS COLUMNS

It imports nothing of the library. Every answer is a line of JSON: first {"names": ...}, the names of the columns. Then
it waits for a line with the places of the columns that are to be read, and reads no other: for each piece of rows comes
{"bytes": ...} and so many bytes of Arrow's stream format, each column with its different values once; at the end
{"end": true}. Where the file cannot be read, {"fault": what is wrong, and what to do, "place": of which column}.
"""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

MEMORY, SECONDS = 2 * 2**30, 120
MOST_INFLATED = 2**30  # bytes of the columns that are read
MOST_CELL = 131_072  # characters
MOST_NAMES, MOST_PARTS = 10 * 2**20, 1_000_000  # of what describes the file: bytes of a text, entries of a list
AT_A_TIME = 20_000  # rows
PARTS = "Send it in parts, as several files in the table's folder"
DAMAGED = "it is damaged, or no Parquet file", "Write it again, and send that"
SHUT = "it is encrypted", "Write it without encryption, and send it on a safe way"
LARGE = f"it becomes larger when it is opened than it may ({MOST_INFLATED // 2**20} MB)", PARTS
NESTED = (
    "column {column} holds lists or parts of its own in a cell",
    ("Write one value in a cell; several as one text with a delimiter between, or each in a column of its own"),
)
NO_VALUE = "column {column} holds what is no text, number, truth value or day", "Write it as one of these"
LONG_CELL = f"a cell of column {{column}} is longer than {MOST_CELL:,} characters", "Shorten it, or leave it empty"
NO_TEXT = "column {column} holds bytes in row {row} that are no UTF-8", "Write its texts as UTF-8, and send it again"


class Unreadable(Exception):
    """What is wrong and what to do; of which column, by its place."""

    def __init__(self, reason: tuple[str, str], place: int = -1, row: int = 0) -> None:
        super().__init__(reason)
        self.told = {"fault": [reason[0].replace("{row}", str(row)), reason[1]], "place": place}


def main(path: str, rows: int, columns: int) -> None:
    """Answers as this module says."""
    limit_myself()
    try:
        answer(path, rows, columns)
    except Unreadable as reason:
        tell(reason.told)
    except MemoryError:
        tell(Unreadable(LARGE).told)
    except Exception as error:  # whatever a damaged file makes a parser do; its words might hold a cell's
        tell(Unreadable(SHUT if "encrypt" in str(error).lower() else DAMAGED).told)


def limit_myself() -> None:
    """The system ends this process when it takes more than MEMORY or SECONDS."""
    os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"  # the others set memory aside that they do not need
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def tell(words: dict[str, Any], more: Any = b"") -> None:
    """A line of JSON, and what comes after it."""
    sys.stdout.buffer.write(json.dumps(words).encode() + b"\n")
    sys.stdout.buffer.write(more)
    sys.stdout.buffer.flush()


def answer(path: str, rows: int, columns: int) -> None:
    """The names; and, when it is told which, the columns."""
    sys.modules["numpy"] = None  # type: ignore[assignment]  # pyarrow would load it: its threads take memory
    import pyarrow as pa
    from pyarrow import parquet

    pa.set_cpu_count(1)
    most = {"thrift_string_size_limit": MOST_NAMES, "thrift_container_size_limit": MOST_PARTS}
    with parquet.ParquetFile(path, page_checksum_verification=True, **most) as plain:
        described, schema = plain.metadata, plain.schema_arrow
        check(described, schema, rows, columns)
        texts = [described.schema.column(place).path for place in leaves(schema, texts_of(pa, schema))]
    with parquet.ParquetFile(path, read_dictionary=texts, page_checksum_verification=True, **most) as file:
        tell({"names": schema.names})
        places = json.loads(sys.stdin.readline() or "[]")
        given = 0
        for batch in batches(pa, file, schema, places, described) if places else ():
            tell({"bytes": len(batch[1])}, batch[1])
            given += batch[0]
        if places and given != described.num_rows:
            raise Unreadable(DAMAGED)
        tell({"end": True})


def check(described: Any, schema: Any, rows: int, columns: int) -> None:
    """Unreadable: it says itself that it is too large."""
    if described.num_rows > rows:
        raise Unreadable((f"it has more than {rows:,} rows", PARTS))
    if len(schema) > columns or described.num_columns > columns:
        raise Unreadable((f"it has more than {columns:,} columns", "It is no table of records: send the right file"))
    if described.num_rows < 0 or not all(isinstance(name, str) for name in schema.names):
        raise Unreadable(DAMAGED)


def width(kind: Any) -> int:
    """How many columns of the file a column of a type has."""
    return sum(width(kind.field(place).type) for place in range(kind.num_fields)) or 1


def leaves(schema: Any, places: Sequence[int]) -> list[int]:
    """The numbers of the columns of the file that columns without parts are."""
    begins = [0]
    for field in schema:
        begins.append(begins[-1] + width(field.type))
    return [begins[place] for place in places]


def texts_of(pa: Any, schema: Any) -> list[int]:
    """The places of the columns of texts."""
    return [place for place, field in enumerate(schema) if is_text(pa, field.type)]


def is_text(pa: Any, kind: Any) -> bool:
    return any(one(kind) for one in (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary))


def check_columns(pa: Any, schema: Any, places: Sequence[int], described: Any) -> None:
    """Unreadable: of the columns to be read one holds no values, or all together become too large."""
    types = pa.types
    fits = (
        *(types.is_string, types.is_large_string, types.is_string_view, types.is_binary, types.is_large_binary),
        *(types.is_boolean, types.is_integer, types.is_floating, types.is_decimal, types.is_null),
        *(types.is_date, types.is_timestamp, types.is_time),
    )
    for place in places:
        kind = schema[place].type
        kind = kind.value_type if types.is_dictionary(kind) else kind
        if kind.num_fields or not any(one(kind) for one in fits):
            raise Unreadable(NESTED if kind.num_fields else NO_VALUE, place)
    parts = (described.row_group(number) for number in range(described.num_row_groups))
    chosen = leaves(schema, places)
    sizes = [part.column(leaf).total_uncompressed_size for part in parts for leaf in chosen]
    if min(sizes, default=0) < 0:
        raise Unreadable(DAMAGED)
    if sum(sizes) > MOST_INFLATED:
        raise Unreadable(LARGE)


def batches(pa: Any, file: Any, schema: Any, places: Sequence[int], described: Any) -> Iterator[tuple[int, Any]]:
    """The number of rows of each piece, and the piece in Arrow's stream format."""
    check_columns(pa, schema, places, described)
    row, left = 2, MOST_INFLATED
    numbers, chosen = [*range(described.num_row_groups)], leaves(schema, places)
    order = sorted(range(len(places)), key=chosen.__getitem__)  # as the reader gives the columns
    for batch in file.reader.iter_batches(AT_A_TIME, numbers, column_indices=chosen, use_threads=False):
        columns = {places[which]: batch.column(at) for at, which in enumerate(order)}
        coded = [encoded(pa, columns[place], place, row) for place in places]
        piece = pa.RecordBatch.from_arrays(coded, names=[str(place) for place in places])
        left -= piece.nbytes
        if left < 0:
            raise Unreadable(LARGE)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, piece.schema) as stream:
            stream.write_batch(piece)
        yield len(batch), memoryview(sink.getvalue())
        row += len(batch)


def encoded(pa: Any, column: Any, place: int, row: int) -> Any:
    """A column with its different values once. row: the number of its first one."""
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        used = pc.drop_null(column.indices.unique())
        codes = pc.index_in(column.indices, used)
        coded = pa.DictionaryArray.from_arrays(codes, column.dictionary.take(used))
    else:
        small = pa.types.is_float16(column.type)
        coded = (column.cast(pa.float32()) if small else column).dictionary_encode()
    values = coded.dictionary
    if is_text(pa, values.type) or pa.types.is_string_view(values.type) or pa.types.is_large_binary(values.type):
        coded = pa.DictionaryArray.from_arrays(coded.indices, checked(pa, coded, place, row))
    return coded


def checked(pa: Any, coded: Any, place: int, row: int) -> Any:
    """The texts of a column. Unreadable: one is too long, or none."""
    import pyarrow.compute as pc

    data = coded.dictionary.cast(pa.large_binary())
    if (pc.max(pc.binary_length(data)).as_py() or 0) > MOST_CELL:
        raise Unreadable(LONG_CELL, place)
    texts = data.view(pa.large_string())
    try:
        texts.validate(full=True)
    except pa.ArrowInvalid:
        no_text(data.to_pylist(), coded.indices.to_pylist(), place, row)
    return texts


def no_text(values: Sequence[bytes | None], codes: Sequence[int | None], place: int, row: int) -> NoReturn:
    """Unreadable: the first row whose bytes are no UTF-8."""
    for number, code in enumerate(codes):
        try:
            (values[code] or b"" if code is not None else b"").decode("utf-8")
        except UnicodeError:
            raise Unreadable(NO_TEXT, place, row + number) from None
    raise Unreadable(DAMAGED)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
