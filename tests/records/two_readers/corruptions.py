"""Changes of clean tables at random: of cells, of rows, of what stands in them."""

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.records.two_readers.package import CLEAN, FIELDS

SIGNS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=6)
NUMBERS = st.one_of(
    st.integers(-1000, 10**18).map(str),
    st.floats().map(str),
    st.decimals(-1000, 1000, places=3).map(str),
    st.integers(0, 10**7).map("{:,}".format),
    st.integers(0, 10**7).map(lambda number: f"{number:,}".replace(",", " ")),
    st.integers(0, 500).map(lambda number: f"{number},5"),
    st.sampled_from(
        [
            "+5",
            ".5",
            "5.",
            "1_000",
            "1e5",
            "٣٤",
            "½",
            "-0",
            "007",
            "<5",
            "-99",
            "-9",
            "-999",
            "1 2 3",
            "1.000,5",
            "1,234,56",
            "INF",
            "nan",
            "12 people",
            "0.00001",
            "9" * 12,
        ]
    ),
)
DAYS = st.one_of(
    st.tuples(
        st.dates(),
        st.sampled_from(
            ["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d.%m.%y", "%Y-%m-%d 00:00:00", "%Y-%m-%dT09:30", "%d.%m.%Y 10:00"]
        ),
    ).map(lambda pair: pair[0].strftime(pair[1])),
    st.sampled_from(
        [
            "2014-1-5",
            "2014-02-30",
            "5.1.2014",
            "41800",
            "2014-03",
            "٢٠١٤-٠١-٠١",
            "1899-12-31",
            "2100-01-01",
            "99.99.2014",
        ]
    ),
)
WORDS = st.sampled_from(
    [
        "",
        " ",
        "\u00a0",
        "n/a",
        "unknown",
        "-",
        "TRUE",
        "yes",
        "YES",
        "no",
        "1",
        "0",
        "false",
        "total",
        "ИТОГО:",
        "visit_id",
        "visit code",
        "KG-GO",
        "kg-go",
        "Osh city",
        "г. Ош",
        "Osh  city",
        "Naryn",
        "Nаryn",
        "spring",
        "Spring",
        "AB-123",
        "AB-1234",
        "ab-123",
        "AB–123",
        "AB-123\n",
        "АВ-123",
        "P1",
        "Р1",
        "p1",
        "P9",
        "V1",
        "V 1",
        "None",
        "NaN",
        "null",
        "=1+1",
        "a\nb",
        'a "word"',
    ]
)
EDITS = st.sampled_from(
    [
        lambda text: f" {text}",
        lambda text: f"{text}\u00a0",
        lambda text: f"{text}\u200b",
        lambda text: text.replace("-", "–"),
        lambda text: text.replace(" ", "  "),
        str.upper,
        str.lower,
        lambda text: text.translate(str.maketrans("PVABCOae", "РVАВСОае")),
        lambda text: text.replace("0", "O"),
        lambda text: text[:-1],
        lambda text: f"{text}\n",
        lambda text: f"-{text}",
        lambda text: text * 2,
    ]
)


@dataclass(frozen=True)
class Change:
    """One corruption of a table: what is done to the cells of a row (rows and places from 0)."""

    kind: str
    table: str
    row: int
    place: int
    other: int
    text: str
    edit: Callable[[str], str]

    def __call__(self, tables):
        rows = tables[self.table]
        cells, there = rows[self.row], rows[self.other]
        if self.kind == "end early":
            del cells[1 + self.place :]
        elif self.kind == "go on":
            cells.append(self.text)
        elif self.kind == "empty":
            cells[:] = [""] * self.place
        elif self.kind == "add":
            rows.append([self.text] * self.place)
        elif self.kind == "repeat":
            cells[:] = there
        elif self.place < len(cells):
            cells[self.place] = {
                "write": self.text,
                "edit": self.edit(cells[self.place]),
                "copy": there[self.place] if self.place < len(there) else "",
            }[self.kind]


def changes(table):
    row, place = st.integers(0, len(CLEAN[table]) - 1), st.integers(0, len(FIELDS[table]) - 1)
    kinds = st.sampled_from(
        [*["write"] * 4, *["edit"] * 3, "copy", "copy", "repeat", "end early", "go on", "empty", "add"]
    )
    return st.builds(Change, kinds, st.just(table), row, place, row, SIGNS | NUMBERS | DAYS | WORDS, EDITS)


CHANGES = st.one_of(*map(changes, ("rows", "rows", "partners")))
