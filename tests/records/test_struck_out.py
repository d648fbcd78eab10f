"""A row struck out on the record stays in sight and counts nowhere; of two rows with one key, the right one stays."""

import pytest

from ctanalysis import Refused, quality, records
from ctanalysis.intake import datacheck
from ctanalysis.records import PASSED
from tests.records.ruled import project

BY = 'reason = "The receipt says 25."\nrole = "finance officer"\ndate = 2015-01-10\n'
CSV = "id,day,end,person,sex,kind,amount,done\n"
TWICE = f"{CSV}a,2014-10-01,,p1,,,250,\na,2014-10-01,,p1,,,25,\nb,2014-11-01,,p2,,,7,\n"


def strike(key="a", field="amount", expect="250", more="strike = true\n"):
    return f'[[correction]]\ntable = "rows"\nkey = "{key}"\nfield = "{field}"\nexpect = "{expect}"\n{more}{BY}'


def made(folder, corrections, csv=TWICE, rules=""):
    found = project(folder, "day\n2014-10-01", rules, judgements__corrections_toml=corrections)
    (folder / "records" / "rows.csv").write_text(csv, encoding="utf-8")
    return found


def test_of_two_rows_with_one_key_the_right_one_is_counted(tmp_path):
    """Key a stands in two rows, 250 and 25: both are held back. With the first struck out the second counts, and the
    sum is 25 + 7. Rows read = used + held back + passed over holds: 3 = 2 + 0 + 1, for the project decided so.
    """
    before = records.survey(made(tmp_path / "before", ""))
    assert before["rows"]["amount"].tolist() == [7] and before.tally["held_back"].tolist() == [2]
    found = records.survey(made(tmp_path / "after", strike()))
    assert found["rows"]["amount"].tolist() == [25, 7]
    assert found.tally[["read", "used", "held_back", "passed_over"]].values.tolist() == [[3, 2, 0, 1]]
    assert [(finding.rule, finding.rows) for finding in found.of(PASSED)] == [("struck out", (2,))]


def test_a_row_with_a_key_of_its_own_is_struck_out(tmp_path):
    """A test entry: what stands in the row is not judged any more, and the others stay."""
    csv = TWICE.replace("b,2014-11-01,,p2,,,7,", "b,2014-11-01,,p2,,,seven,x")
    found = records.survey(made(tmp_path / "p", strike() + strike("b", "amount", "seven"), csv))
    assert found["rows"]["amount"].tolist() == [25]
    assert [(finding.rule, finding.rows) for finding in found.findings] == [("struck out", (2, 4))]


def test_a_struck_row_is_in_no_rule_and_in_no_standard(tmp_path):
    """Its days are in the wrong order and it doubles another: neither is said. Validity counts the two rows that are
    records, none held back.
    """
    rules = '[[order]]\ntable = "rows"\nfirst = "day"\nthen = "end"\nreason = "."\n'
    rules += '[[duplicate]]\ntable = "rows"\nfields = ["person"]\nreason = "."\n'
    csv = TWICE.replace("a,2014-10-01,,p1,,,250", "a,2014-10-01,2014-09-01,p1,,,250")
    found = made(tmp_path / "p", strike(), csv, rules)
    surveyed = records.survey(found)
    assert {finding.rule for finding in surveyed.findings} == {"struck out"}
    frame = quality.assess(found, surveyed, found.calendar.parse("FY2015Q1"))
    validity = frame[frame["standard"] == "validity"].iloc[0]
    assert (validity["verdict"], validity["rows"], validity["held_back"]) == ("met", 2, 0)
    assert datacheck.status(surveyed) == 0


def test_the_row_that_is_left_can_be_corrected(tmp_path):
    """Strike out 250, and read 26 for 25: in whatever order they are written."""
    correct = strike(expect="25", more='value = "26"\n')
    for name, text in (("one", strike() + correct), ("other", correct + strike())):
        assert records.survey(made(tmp_path / name, text))["rows"]["amount"].tolist() == [26, 7]


REFUSED = {
    "no such row": (strike("z"), "no row has its key"),
    "another value by now": (strike(expect="300"), "no longer holds what was expected"),
    "a field in which both agree": (strike(field="person", expect="p1"), "2 rows have its key and what is expected"),
    "a value for one of two": (strike(more='value = "9"\n'), "2 rows have its key. Strike out those that are wrong"),
    "both struck and changed": (strike(more='strike = true\nvalue = "9"\n'), "give either value"),
    "neither": (strike(more=""), "give either value"),
    "struck twice": (strike() + strike(), "2 entries are about the same thing"),
}


@pytest.mark.parametrize("text, says", REFUSED.values(), ids=REFUSED)
def test_a_striking_out_that_is_not_clear_is_refused(tmp_path, text, says):
    """With a sentence that names the file, and neither the key nor a value."""
    with pytest.raises(Refused) as refusal:
        records.survey(made(tmp_path / "p", text))
    assert says in str(refusal.value) and "corrections.toml" in str(refusal.value)
    assert "250" not in str(refusal.value).replace("2015", "")


def test_three_rows_with_one_key(tmp_path):
    """Two of them are struck out, each by what stands in it."""
    csv = TWICE + "a,2014-10-01,,p1,,,2500,\n"
    found = records.survey(made(tmp_path / "p", strike() + strike(expect="2500"), csv))
    assert found["rows"]["amount"].tolist() == [25, 7]
