"""Each advice about a line of deliveries.csv that says otherwise than its file, followed to the letter."""

import pytest

from tests.records.followed import HEAD, ROWS, Case, Ours, check, each
from tests.records.test_each_advice_of_projects import ACCEPTED, BY

HEADED = "file,partner,period,sent,rows\n"
OF_Q2, OF_Q3 = (f"records/rows.csv,P1,FY2014Q{number},2014-07-02" for number in (2, 3))
EMPTY_Q3 = {"deliveries.csv": f"{HEADED.strip().removesuffix(',rows')}\n{OF_Q2}\n{OF_Q3}\n"}
ASK_NOTHING = (
    "Ask whether nothing happened: where so, write none into the column rows of that line (add rows to the first line,",
    "else correct its period, or ask for the right file",
)
NONE_AND_ROWS = {"deliveries.csv": f"{HEADED}{OF_Q2},none\n"}
WHICH = ("Ask which is so: take none out of that line, or the rows out of the file",)
LATE_ROWS = (
    "Ask whether they came late: where so, say it in judgements/accepted.toml, with the file and this sentence as what",
    "else correct the days, or the period in deliveries.csv",
)
WAS_LATE = [*ROWS, ["r4", "2014-04-04", "9"]]
OF_BOTH = {"r2": 7, "r3": 8, "r4": 9}
EARLIER = "has rows of days before FY2014Q3, the first period that deliveries.csv lists it for (number of rows: 2)"
LOOKED_AT = f'[[accepted]]\nrule = "earlier rows"\nwhat = "{EARLIER}"\nfile = "records/rows.csv"\n{BY}'
ONLY_Q3 = {"deliveries.csv": f"{HEADED}{OF_Q3}\n"}
CASES = {
    "a delivery without a row: nothing happened": Case(
        ASK_NOTHING, Ours(files=EMPTY_Q3), {"files": {"deliveries.csv": f"{HEADED}{OF_Q2}\n{OF_Q3},none\n"}}
    ),
    "a delivery without a row: its period": Case(
        ASK_NOTHING, Ours(files=EMPTY_Q3), {"files": {"deliveries.csv": f"{HEADED}{OF_Q2}\n"}}
    ),
    "a delivery without a row: another file": Case(
        ASK_NOTHING, Ours(files=EMPTY_Q3), {"rows": [*ROWS, ["r4", "2014-04-04", "9"]]}, OF_BOTH
    ),
    "rows of no delivery: none is wrong": Case(
        WHICH, Ours(files=NONE_AND_ROWS), {"files": {"deliveries.csv": f"{HEADED}{OF_Q2}\n"}}
    ),
    "rows of no delivery: the rows are wrong": Case(
        WHICH, Ours(files=NONE_AND_ROWS), {"rows": [HEAD, ["r2", "2014-04-02", "7"], ["r3", "2014-04-03", "8"]]}
    ),
    "rows before the delivery: late": Case(
        LATE_ROWS,
        Ours(WAS_LATE, files=ONLY_Q3),
        {"files": ONLY_Q3 | {ACCEPTED: LOOKED_AT}},
        OF_BOTH,
    ),
    "rows before the delivery: the period": Case(
        LATE_ROWS, Ours(WAS_LATE, files=ONLY_Q3), {"files": EMPTY_Q3}, OF_BOTH
    ),
    "rows before the delivery: the days": Case(
        LATE_ROWS,
        Ours(WAS_LATE, files=ONLY_Q3),
        {"rows": [HEAD, ["r2", "2014-04-02", "7"], ["r3", "2014-04-03", "8"], WAS_LATE[-1]]},
        OF_BOTH,
    ),
}


@pytest.mark.parametrize("name", each(CASES))
def test_an_advice_about_a_delivery_that_is_followed(tmp_path, name):
    check(tmp_path, CASES[name])
