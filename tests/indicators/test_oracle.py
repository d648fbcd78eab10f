"""The library's values are those of the oracle, on the shipped project and on random ones.

Quarters, halves and years are worked out here once more, without the library.
"""

import math
from collections import Counter
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import pytest

from ctanalysis import indicators, project, records
from ctanalysis.analysis.milestones import milestones
from tests.generators import random_projects
from tests.oracles import milestones as oracle_of_milestones
from tests.oracles import oracle
from tests.oracles.expected import completed_months, completed_windows, expected_values
from tests.oracles.features import MUST_BE_MET, features

SHIPPED = Path(__file__).parents[2] / "data"
SEEDS = range(200)
BLOCK = 10
COLUMNS = ["value", "numerator", "denominator"]


def test_the_shipped_project_agrees_with_the_oracle():
    """Every value of every completed period of the shipped project is the oracle's."""
    windows = completed_windows(SHIPPED)
    assert differences(SHIPPED, windows, oracle.values(SHIPPED, windows)) == []
    assert differing_counts(SHIPPED, windows) == []


@pytest.mark.few(3)
@pytest.mark.parametrize(
    "first_seed", [seed if seed < 100 else pytest.param(seed, marks=pytest.mark.long) for seed in SEEDS[::BLOCK]]
)
def test_random_projects_agree_with_the_oracle(first_seed, random_folder):
    """Every value of every completed period of random projects is the oracle's."""
    for seed in range(first_seed, first_seed + BLOCK):
        with naming(seed):
            folder = random_folder(seed)
            found = differences(folder, completed_windows(folder), expected_values(folder))
            assert found == []
            assert differing_counts(folder, completed_windows(folder)) == []


@pytest.mark.few(1)
@pytest.mark.parametrize("first_seed", SEEDS[::BLOCK])
def test_months_of_random_projects_agree_with_the_oracle(first_seed, random_folder):
    """Every value of every completed month of random projects is the oracle's."""
    for seed in range(first_seed, first_seed + BLOCK):
        with naming(seed):
            folder = random_folder(seed)
            windows = completed_months(folder)
            assert differences(folder, windows, oracle.values(folder, windows)) == []


@pytest.mark.few(1)
@pytest.mark.parametrize("first_seed", SEEDS[::BLOCK])
def test_milestones_of_random_projects_agree_with_the_oracle(first_seed, random_folder):
    """Their state at the end of each completed period, when they are due, and whether they were late."""
    kinds = ("month", "quarter", "half", "year")
    for seed in range(first_seed, first_seed + BLOCK):
        folder = random_folder(seed)
        facts, loaded = oracle.read_toml(folder / "project.toml"), project.load(folder)
        for period in (one for kind in kinds for one in loaded.calendar.completed(kind)):
            expected = oracle_of_milestones.states(folder, facts, [period.end])
            found = {one.sheet.code: (one.state, one.due, one.late) for one in milestones(loaded, period)}
            assert found == {code: state for (code, _), state in expected.items()}, (seed, period.label)


@pytest.mark.long
def test_random_projects_are_not_all_alike(random_folder):
    """Each measure, operator, kind of table and state is met in several random projects."""
    met = Counter()
    for seed in SEEDS:
        met.update(features(random_folder(seed)))
    assert {feature: met[feature] for feature in MUST_BE_MET if met[feature] < 5} == {}


def test_a_seed_always_writes_the_same_project(tmp_path):
    """The same seed writes the same bytes, so that a failure can be looked at again."""
    random_projects.write(tmp_path / "one", 7)
    random_projects.write(tmp_path / "two", 7)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def contents(folder):
    """The bytes of every file in a folder, by its path there."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder): path.read_bytes() for path in files}


# --- Random projects, each written and worked out once --------------------------------------


@contextmanager
def naming(seed):
    """Name the seed in whatever fails."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"The project of seed {seed}.")
        raise


# --- Comparison -----------------------------------------------------------------------------


def differences(folder, windows, expected):
    """The first few values on which the library and the oracle disagree, in words."""
    found = library_values(folder, windows)
    told = [f"missing: {key}" for key in expected.keys() - found.keys()]
    told += [f"not expected: {key}" for key in found.keys() - expected.keys()]
    for key in expected.keys() & found.keys():
        if not is_same(found[key], expected[key]):
            told.append(f"{key}: {as_text(found[key])}, not {as_text(expected[key])}")
    told += [f"order of {key}" for key in differently_ordered(found, expected)]
    return sorted(told)[:10]


def differing_counts(folder, windows):
    """The first few values of which the library counts other rows, or other rows that lack something."""
    expected, found = oracle.row_counts(folder, windows), library_values(folder, windows, ["rows", "lacking"])
    assert expected.keys() == found.keys()
    return [key for key in expected if not all(map(is_equal, found[key], expected[key]))][:10]


def differently_ordered(found, expected):
    """The disaggregations whose categories are not in the oracle's order."""
    in_library, in_oracle = ordered_categories(found), ordered_categories(expected)
    return [key for key in in_oracle if in_library.get(key) != in_oracle[key]]


def ordered_categories(results):
    """The categories of each disaggregation in the order in which they are given."""
    ordered = {}
    for *key, category in results:
        ordered.setdefault(tuple(key), []).append(category)
    return ordered


def library_values(folder, windows, columns=(*COLUMNS, "status")):
    """The library's values, keyed as the oracle's are."""
    frame = calculated(folder, tuple(windows))
    names = ["indicator", "horizon", "start", "end", "disaggregation", "category"]
    keys = list(zip(*(frame[name].tolist() for name in names), strict=True))
    results = list(zip(*(frame[name].tolist() for name in columns), strict=True))
    assert len(set(keys)) == len(keys), "a value is there twice"
    return dict(zip(keys, results, strict=True))


@lru_cache(1)
def calculated(folder, windows):
    """The frame of the library's values; kept for what is asked of the same folder next."""
    facts = project.load(folder)
    return indicators.calculate(facts, records.read(facts), [indicators.Window(*window) for window in windows])


def is_same(found, expected):
    """Whether value, numerator, denominator and status agree; only a ratio may differ by a hair."""
    value, _, denominator, status = expected
    same_value = is_close if denominator is not None else is_equal
    return found[3] == status and same_value(found[0], value) and all(map(is_part, found[1:3], expected[1:3]))


def is_part(found, expected):
    """Whether a part is the oracle's: a mean of days, or of residents, but for rounding, other numbers exactly."""
    is_number = expected is not None and Decimal(expected.numerator) / expected.denominator
    is_mean = is_number is not False and Fraction(is_number) != expected
    return (is_close if is_mean else is_equal)(found, expected)


def is_equal(found, expected):
    """Whether a number of the library is exactly the oracle's, as near as a float can be."""
    if expected is None:
        return is_nothing(found)
    return found == float(expected)


def is_close(found, expected):
    """Whether a ratio of the library is the oracle's but for rounding."""
    if expected is None:
        return is_nothing(found)
    return math.isclose(found, float(expected), rel_tol=1e-12)


def is_nothing(found):
    """Whether the library gives no number: a NaN is not equal to itself."""
    return found is None or math.isnan(found)


def as_text(result):
    """A result for the message of a failure."""
    return tuple(str(one) for one in result)
