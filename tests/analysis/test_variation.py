"""By how much an indicator varies by chance: from quarters that are whole."""

import pytest

from ctanalysis import evaluate
from ctanalysis.analysis.variation import apart, spread
from tests.analysis.test_pace import COUNT, rows
from tests.generators import small

USUAL = [40, 44, 38, 41, 45]


def known(folder, amounts, starts):
    """A count with as many rows in each quarter; the project starts on a day of the first."""
    table = rows(*amounts).splitlines()
    days = [line.split()[0] for line, count in zip(table[1:], amounts, strict=True) for _ in range(count)]
    small.write(folder, "day\n" + "\n".join(days), COUNT)
    facts = folder / "project.toml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("2011-10-01", starts), encoding="utf-8")
    return evaluate("FY2013Q2", folder).known


@pytest.mark.parametrize("starts", ["2011-11-01", "2011-10-01"], ids=["in November", "with its first quarter"])
def test_a_first_quarter_that_was_no_whole_one_says_nothing_of_chance(tmp_path, starts):
    """Three in the few days of the first quarter, about forty in each other: of a whole quarter that would be much.

    In so few quarters no season and no level of a year can be told from chance: they vary about their mean.
    """
    found = apart(known(tmp_path / "p", [3, *USUAL], starts), "x")
    assert (found > 3) == (starts == "2011-10-01")


def test_before_four_quarters_nobody_knows(tmp_path):
    """Three quarters say nothing of how they vary."""
    found = known(tmp_path / "p", [40, 44, 38], "2011-10-01")
    assert spread(found, "x") is None or spread(found, "x").degrees >= 3
