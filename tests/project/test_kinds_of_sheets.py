"""What a reference sheet says of its numbers: by what it measures, whether periods add up, what its conditions mean."""

import pytest

from ctanalysis import Refused
from ctanalysis.project import load
from tests.generators import small

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'
PEOPLE = 'measure = "people"\ntable = "rows"\nperson = "person"\ndate = "day"'
LEVEL = 'measure = "level"\ntable = "rows"\nstart = "day"\nend = "end"'
KINDS = {
    # calculation: measure, is a ratio, counts each period anew, periods add up
    COUNT: ("count", False, False, True),
    COUNT.replace("count", "sum") + '\ncolumn = "amount"': ("sum", False, False, True),
    COUNT.replace("count", "mean") + '\ncolumn = "amount"': ("mean", True, False, True),
    PEOPLE: ("people", False, False, True),
    PEOPLE + '\ncounted = "once"': ("people", False, False, True),
    PEOPLE + '\ncounted = "each period"': ("people", False, True, False),
    LEVEL: ("level", False, False, False),
}


def sheet(folder, calculation):
    return load(small.write(folder, "day\n2014-01-01", calculation)).sheet("x")


def kind(found):
    return found.measure, found.is_ratio, found.counts_each_period, found.adds_up


def share(denominator):
    """A share of what another calculation counts: those that are done."""
    done = "[calculation.numerator]\nwhere = { done = true }"
    return f'measure = "share"\n[calculation.denominator]\n{denominator}\n{done}'


@pytest.mark.parametrize(
    "calculation, expected", KINDS.items(), ids=[" ".join(calculation.split()) for calculation in KINDS]
)
def test_what_a_calculation_is(tmp_path, calculation, expected):
    """Things and people counted once add up over time; people counted in each period and states of a day do not."""
    assert kind(sheet(tmp_path / "p", calculation)) == expected


@pytest.mark.parametrize(
    "denominator", [COUNT, PEOPLE, PEOPLE + '\ncounted = "each period"'], ids=["count", "people", "each period"]
)
def test_a_share_adds_up_as_its_denominator_does(tmp_path, denominator):
    """It is a ratio whatever it is of; whether its parts add up is said by what it is of."""
    assert kind(sheet(tmp_path / "p", share(denominator))) == ("share", True, *KINDS[denominator][2:])


def test_conditions_are_read_as_a_person_writes_them(tmp_path):
    """A bare value is equality, a list one of these, "not" none of these; bounds and presence are named."""
    where = 'sex = "F", kind = ["NA", "007"], person = { not = "p1" }, amount = { min = 1, max = 5 }'
    found = sheet(tmp_path / "p", f"{COUNT}\nwhere = {{ {where}, end = {{ present = true }} }}").calculation.where
    assert found["sex"].among == ("F",) and found["kind"].among == ("NA", "007")
    assert found["person"].excluded == ("p1",)
    assert (found["amount"].minimum, found["amount"].maximum) == (1, 5)
    assert found["end"].present is True and found["sex"].present is None


def test_breakdowns_are_written_with_the_calculation(tmp_path):
    """One field, or a list of two different ones."""
    found = sheet(tmp_path / "p", COUNT + '\ndisaggregate = ["sex", ["sex", "kind"]]')
    assert found.disaggregations == (("sex",), ("sex", "kind"))


@pytest.mark.parametrize("fields", ['["sex", "sex"]', '["sex", "kind", "done"]', "[]"])
def test_a_breakdown_is_by_one_field_or_by_two(tmp_path, fields):
    """The same field twice, three fields, or none are no breakdown."""
    with pytest.raises(Refused, match="one field or a list of two different ones"):
        sheet(tmp_path / "p", f"{COUNT}\ndisaggregate = [{fields}]")
