"""A plain total with a condition that a share, or some columns, part people by says what the share leaves open.

Beside 2.6 ("about 79 % of 47 plans completed") the number of plans completed, as it is, would say how many were not;
and the number that women's column adds up to is a cell of the sum of women and men. No other sheet may tell either.
"""

import json
import re

import pytest

from ctanalysis import evaluate
from ctanalysis.disclosure import conditioned
from ctanalysis.project import load
from tests.conftest import copied, evaluated
from tests.generators.wrong import file_of

COUNTED = {
    "lost": 'measure = "count"\ntable = "plans"\ndate = "closed"\nwhere = { outcome = ["LostContact"] }',
    "completed": 'measure = "people"\ntable = "plans"\nperson = "person_id"\ndate = "closed"\n'
    'where = { outcome = ["Completed"] }\ndisaggregate = []',
    "not held": 'measure = "count"\ntable = "follow_ups"\ndate = "due_date"\nwhere = { held = { present = false } }',
    "livelihood": 'measure = "people"\ntable = "services"\nperson = "person_id"\ndate = "date"\n'
    'where = { service = ["Livelihood"] }\ndisaggregate = []',
}


def with_sheet(folder, calculation):
    """The shipped project with one more sheet, 2.99, of a calculation."""
    text = (folder / "indicators/2.1-victims-identified.toml").read_text(encoding="utf-8")
    text = text[: text.index("[calculation]")].replace('code = "2.1"', 'code = "2.99"')
    text = re.sub(r"standard = .*\n", "", text.replace("headline = true", "headline = false"))
    (folder / "indicators/2.99-more.toml").write_text(f"{text}[calculation]\n{calculation}\n", encoding="utf-8")
    return folder


@pytest.mark.few(2)
@pytest.mark.parametrize("name", COUNTED)
def test_a_total_with_the_condition_of_a_share_is_not_told(tmp_path, name):
    """Of no period: the share of the same people is told by the waiting rule."""
    folder = with_sheet(copied(tmp_path / "data"), COUNTED[name])
    assert "2.99" in conditioned(load(folder))
    values = evaluate("FY2014", folder).values
    told = values[(values["indicator"] == "2.99") & (values["status"] != "not applicable")]
    assert len(told) and set(told["status"]) == {"not told"} and told["value"].isna().all()


def test_what_the_shipped_sheets_tell_is_as_it_was():
    """A share is not cut by what it is itself of, nor those identified by the status that all are asked for."""
    assert not {"2.1", "2.2", "2.6", "2.7", "2.8", "2.9", "2.10"} & {*conditioned(evaluated("FY2014").project)}


MEN = (
    'measure = "people"\ntable = "victims"\nperson = "person_id"\ndate = "date_identified"\ndisaggregate = []\n'
    'where = { status = ["ActualVictimOfTrafficking"], sex = ["Masculine"] }'
)


def test_what_a_retired_sheet_broke_down_still_counts(tmp_path):
    """2.2 by sex is told no more. Men identified were a cell beside it, and are one: its tables are public."""
    folder = with_sheet(copied(tmp_path / "data"), MEN)
    path = folder / "indicators/2.2-victims-assisted.toml"
    path.write_text("retired = 2014-09-30\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    found = evaluate("FY2015Q1", folder)
    assert "2.2" not in {sheet.code for sheet in found.project.sheets}
    for frame in (found.values, found.history, found.years):
        told = frame[(frame["indicator"] == "2.99") & (frame["status"] != "not applicable")]
        assert len(told) and set(told["status"]) == {"not told"} and told["value"].isna().all()


BY_COLUMNS = 'measure = "sum"\ntable = "attendance"\ndate = "date"\ndisaggregate = ["gender"]\n'
BY_COLUMNS += 'columns = { gender = { female = "women", male = "men" } }'
RATIO = """measure = "ratio"
[calculation.numerator]
measure = "sum"
table = "attendance"
date = "date"
column = "women"
[calculation.denominator]
measure = "count"
table = "attendance"
date = "date"
"""


def test_a_ratio_of_one_of_the_columns_tells_no_cell(tmp_path):
    """Two women of 6,552 rows: the sum by columns withholds them, and so does a ratio of them to all rows."""
    folder = copied(tmp_path / "data")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    [table] = [one for one in package["resources"] if one["name"] == "attendance"]
    table["schema"]["fields"] += [
        {"name": name, "title": name, "type": "integer", "description": "Of them."} for name in ("women", "men")
    ]
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    path = folder / file_of("attendance")
    first, *rows = path.read_text(encoding="utf-8").splitlines()
    women = [1, 1, *[0] * (len(rows) - 2)]
    lines = [f"{first},women,men", *(f"{row},{number},5" for row, number in zip(rows, women, strict=True))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with_sheet(folder, BY_COLUMNS)
    sheet = (folder / "indicators/2.99-more.toml").read_text(encoding="utf-8")
    ratio = sheet[: sheet.index("[calculation]")].replace('"2.99"', '"2.98"') + "[calculation]\n" + RATIO
    (folder / "indicators/2.98-ratio.toml").write_text(ratio, encoding="utf-8")
    assert "2.98" in conditioned(load(folder))
    values = evaluate("FY2014", folder).values
    of_ratio = values[(values["indicator"] == "2.98") & (values["status"] != "not applicable")]
    assert len(of_ratio) and of_ratio[["value", "numerator"]].isna().all(axis=None)
