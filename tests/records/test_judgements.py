"""The project's judgements about records: the same person under two codes, corrections on the record."""

import pytest

from ctanalysis import Refused, records
from tests.records.ruled import found, project

SAME = """[[people]]
table = "rows"
{how}
reason = "."
role = "officer"
date = 2015-01-01
"""


def test_one_person_under_two_codes_is_named_by_the_projects_own_rule(tmp_path):
    """Rows that agree in day, sex and kind may be one person; the rule is the project's, and both rows are counted."""
    table = """day        sex kind
               2012-01-01 F   NA
               2012-01-01 F   NA
               2012-01-01 M   NA
               2012-01-02 F   NA"""
    assert found(
        tmp_path / "p", table, judgements__same_people_toml=SAME.format(how='match = ["day", "sex", "kind"]')
    ) == {"same person": [2, 3]}


@pytest.mark.parametrize(
    "how", ["", 'match = ["day"]\nunmatchable = "No."', 'match = ["name"]'], ids=["neither", "both", "no such field"]
)
def test_a_judgement_about_people_that_says_nothing_is_refused(tmp_path, how):
    """Either fields to match by, or the sentence that says why there are none."""
    with pytest.raises(Refused, match="same-people"):
        project(tmp_path / "p", "day\n2012-01-01", judgements__same_people_toml=SAME.format(how=how))


CORRECTION = """[[correction]]
table = "rows"
key = "{key}"
field = "{field}"
expect = "{expect}"
value = "{value}"
reason = "The partner said so by telephone."
role = "officer"
date = 2015-01-01
"""
ROWS = """day        person amount
          2012-01-01 p1     5
          -          p2     SECRET-7731
          2012-01-03 -      7"""


def corrected(folder, **what):
    return records.read(project(folder, ROWS, judgements__corrections_toml=CORRECTION.format(**what)))["rows"]


def test_a_correction_changes_the_value_and_frees_the_row(tmp_path):
    """A number that is none is held back; corrected on the record, the row is used with the corrected value."""
    assert list(records.read(project(tmp_path / "before", ROWS))["rows"]["id"]) == ["r0001", "r0003"]
    frame = corrected(tmp_path / "after", key="r0002", field="amount", expect="SECRET-7731", value="6")
    assert list(frame["id"]) == ["r0001", "r0002", "r0003"] and list(frame["amount"]) == [5, 6, 7]


def test_a_correction_fills_an_empty_cell_and_empties_a_filled_one(tmp_path):
    """expect and value may be empty: an empty cell."""
    assert list(corrected(tmp_path / "fill", key="r0003", field="person", expect="", value="p9")["person"]) == [
        "p1",
        "p9",
    ]
    assert corrected(tmp_path / "clear", key="r0001", field="person", expect="p1", value="")[
        "person"
    ].isna().tolist() == [True, True]


@pytest.mark.parametrize(
    "what",
    [
        {"key": "r0001", "field": "amount", "expect": "4", "value": "6"},
        {"key": "r0009", "field": "amount", "expect": "5", "value": "6"},
    ],
    ids=["another value there", "no such row"],
)
def test_a_correction_that_no_longer_matches_stops_the_run(tmp_path, what):
    """The file has changed since: nothing is read until somebody has decided again; the message holds no value."""
    with pytest.raises(Refused, match=r"corrections\.toml") as refusal:
        corrected(tmp_path / "p", **what)
    assert "7731" not in str(refusal.value) and what["key"] not in str(refusal.value)


def test_two_corrections_of_one_cell_are_refused(tmp_path):
    """Which of them would hold?"""
    twice = 2 * CORRECTION.format(key="r0001", field="amount", expect="5", value="6")
    with pytest.raises(Refused, match="2 entries"):
        project(tmp_path / "p", ROWS, judgements__corrections_toml=twice)


@pytest.mark.parametrize(
    "rules, says",
    [
        ('[[order]]\ntable = "row"\nfirst = "day"\nthen = "end"\nreason = "."', "no such table"),
        ('[[order]]\ntable = "rows"\nfirst = "day"\nthen = "amount"\nreason = "."', "'amount' must be of type date"),
        ('[[range]]\ntable = "rows"\nfield = "person"\nminimum = 1\nreason = "."', "'person' must be of type"),
        ('[[range]]\ntable = "rows"\nfield = "amount"\nreason = "."', "minimum, a maximum or both"),
        ('[[rnage]]\ntable = "rows"\nfield = "amount"\nreason = "."', "'rnage' is not known"),
        ('[[usual]]\ntable = "rows"\nfield = "amount"\nreason = "."', "by' is missing"),
        ('[[gap]]\ntable = "rows"\nfield = "day"\nby = "partner"\nreason = "."', "no field 'partner'"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(tmp_path, rules, says):
    """Unknown tables, fields, kinds and keys are refused with what is wrong, and none is passed over."""
    with pytest.raises(Refused, match=r"rules\.toml") as refusal:
        project(tmp_path / "p", "day\n2012-01-01", rules)
    assert says in str(refusal.value)


def test_a_misspelt_file_of_rules_is_not_passed_over(tmp_path):
    """rule.toml would be read by nobody."""
    with pytest.raises(Refused, match=r"rule\.toml: this is none of a project's files"):
        project(tmp_path / "p", "day\n2012-01-01", rule_toml="")
