"""Records that are read file by file give the values and the findings of records that are read at once."""

import json
from random import Random

import pandas as pd
import pytest

from ctanalysis import indicators, project, records
from ctanalysis.base.errors import Refused
from ctanalysis.indicators import horizons
from ctanalysis.indicators.in_parts import in_parts
from tests.generators import small

pytest.importorskip("dask")
OF = 'table = "rows"\ndate = "day"\n'
BY = 'disaggregate = ["sex", ["sex", "kind"]]\n'
SHEETS = {
    "people": f'measure = "people"\n{OF}person = "person"\nwhere = {{ done = true }}\n{BY}',
    "sum": f'measure = "sum"\n{OF}column = "amount"\n{BY}',
    "mean": f'measure = "mean"\n{OF}column = "amount"\n',
    "level": f'measure = "level"\ntable = "rows"\nstart = "day"\nend = "end"\n{BY}',
    "share": f'measure = "share"\n{BY}[calculation.denominator]\nmeasure = "count"\n{OF}'
    "[calculation.numerator]\nwhere = { done = true }\n",
    "share-of-people": f'measure = "share"\n{BY}[calculation.denominator]\nmeasure = "people"\n{OF}person = "person"\n'
    "[calculation.numerator]\nwhere = { done = true }\n",
}
FILES, ROWS = 5, 600


def folder_of(tmp_path, seed=3, faulty=True):
    """A project whose rows are in several files; one row in thirty has a fault."""
    folder = small.write(tmp_path / "project", "day\n2012-01-01", f'measure = "count"\n{OF}{BY}')
    for code, calculation in SHEETS.items():
        small.add_sheet(folder, code, calculation, name=f"Things by {code}", one=f"thing {code}")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][0]["path"] = "records/rows"
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (folder / "records/rows.csv").unlink()
    (folder / "records/rows").mkdir()
    drawn = Random(seed)
    for file in range(FILES):
        lines = [row(drawn, file * ROWS + number, faulty) for number in range(ROWS)]
        text = "\n".join(["id,day,end,person,sex,kind,amount,done", *lines])
        (folder / f"records/rows/{file}.csv").write_text(text + "\n", encoding="utf-8")
    return folder


def row(drawn, number, faulty):
    months = drawn.randrange(39)
    day = f"{2011 + (9 + months) // 12}-{(9 + months) % 12 + 1:02}-{drawn.randint(1, 28):02}"
    if faulty and drawn.random() < 0.03:
        day = drawn.choice(["soon", "", "2035-01-01"])
    end = drawn.choice(["", "2014-06-30"])
    person = drawn.choice(["", *(f"P{drawn.randrange(300):03}" for _ in range(9))])
    sex, kind, done = map(drawn.choice, (["F", "M", ""], ["NA", "|", "007"], ["true", "false", ""]))
    return f"r{(number * 7919) % 100_000:05},{day},{end},{person},{sex},{kind},{drawn.randrange(900) / 4},{done}"


def windows_of(loaded):
    ended = [one for kind in ("quarter", "year") for one in loaded.calendar.completed(kind)]
    return [window for one in ended for window in horizons.windows(loaded, one)[:3]]


def test_values_and_findings_are_those_of_all_rows_together(tmp_path):
    """Every value of every quarter, every finding and every count of rows, of five files with faults in them."""
    loaded = project.load(folder_of(tmp_path))
    whole, windows = records.survey(loaded), windows_of(loaded)
    found = in_parts(loaded, "rows", windows)
    pd.testing.assert_frame_equal(found.values, indicators.calculate(loaded, whole, windows))
    assert found.findings == tuple(sorted(whole.findings)) and len(found.findings) > 5
    pd.testing.assert_frame_equal(found.tally, whole.tally)


def test_a_key_in_two_files_is_refused(tmp_path):
    """Which of two rows to hold back can only be told of all rows together."""
    folder = folder_of(tmp_path, faulty=False)
    first, last = folder / "records/rows/0.csv", folder / "records/rows/4.csv"
    last.write_text(last.read_text(encoding="utf-8") + first.read_text(encoding="utf-8").splitlines()[1] + "\n")
    loaded = project.load(folder)
    with pytest.raises(Refused, match="'id' of table 'rows' stands in several rows, 1 more than it should"):
        in_parts(loaded, "rows", windows_of(loaded))


def test_a_code_but_for_capitals_in_another_file_is_refused(tmp_path):
    """P001 and p001 may be one person; in one file it would be a finding."""
    folder = folder_of(tmp_path, faulty=False)
    last = folder / "records/rows/4.csv"
    last.write_text(last.read_text(encoding="utf-8") + "r99999,2012-01-01,,p001,F,NA,1,true\n", encoding="utf-8")
    loaded = project.load(folder)
    with pytest.raises(Refused, match="Codes in 'person' of table 'rows' look like others"):
        in_parts(loaded, "rows", windows_of(loaded))


@pytest.mark.parametrize(
    ("calculation", "why"),
    [
        (f'measure = "median"\n{OF}column = "amount"\n', "a median does not add up"),
        (f'measure = "people"\n{OF}person = "person"\ncounted = "each period"\n', "its people are not counted once"),
        ('measure = "level"\ntable = "rows"\nstart = "day"\nend = "end"\nperson = "person"\n', "people who stand"),
    ],
)
def test_what_cannot_be_calculated_in_parts_is_refused_by_name(tmp_path, calculation, why):
    """Before any record is read: never a wrong number."""
    folder = folder_of(tmp_path)
    small.add_sheet(folder, "other", calculation, name="What is refused")
    loaded = project.load(folder)
    with pytest.raises(Refused, match=f"indicator other cannot: {why}"):
        in_parts(loaded, "rows", windows_of(loaded))


def test_rules_that_compare_rows_of_all_files_are_refused(tmp_path):
    """A rule about duplicates sees rows of one file only."""
    folder = folder_of(tmp_path)
    (folder / "rules.toml").write_text(
        '[[duplicate]]\ntable = "rows"\nfields = ["day", "person"]\nreason = "twice"\n', encoding="utf-8"
    )
    loaded = project.load(folder)
    with pytest.raises(Refused, match=r"rules.toml has 'duplicate' for it"):
        in_parts(loaded, "rows", windows_of(loaded))
