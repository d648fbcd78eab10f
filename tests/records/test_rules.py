"""The project's own rules about records: each kind by an example that can be read aloud,
and by an oracle in plain Python.

A small project of one table (see small.py); rows are r0001, r0002 ... and stand in rows 2, 3 ... of records/rows.csv.
"""

from math import log, sqrt
from statistics import NormalDist, median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctanalysis import records
from ctanalysis.project import load
from tests.generators import small
from tests.records.ruled import COUNT, add_fields, found, project

MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


# Rules that hold back.


def test_a_day_before_another_is_held_back(tmp_path):
    """Ended before it began: held back. The same day, or no end yet: in order."""
    table = """day        end
               2012-01-05 2012-01-04
               2012-01-05 2012-01-05
               2012-01-05 -"""
    rules = '[[order]]\ntable = "rows"\nfirst = "day"\nthen = "end"\nreason = "it ends after it begins"'
    assert found(tmp_path / "p", table, rules) == {"order": [2]}


def test_days_are_the_projects_and_not_after_sending(tmp_path):
    """The project is 2011-10-01 to 2015-09-30, its records are complete to 2014-12-31,
    and this file was last sent on 2015-01-20.
    """
    table = """day
               2011-09-30
               2011-10-01
               2015-10-01
               2015-01-20
               2015-01-21
               2014-12-31"""
    rules = '[[dates]]\ntable = "rows"\nfield = "day"\nreason = "it was in the project\'s time"'
    sent = "file,partner,period,sent\nrecords/rows.csv,A,FY2014Q4,2014-10-15\nrecords/rows.csv,A,FY2015Q1,2015-01-20\n"
    assert found(tmp_path / "p", table, rules, deliveries_csv=sent) == {
        "project's dates": [2, 4],
        "after sending": [6],
        "after records_through": [5],
        "earlier rows": [],  # of the file: one is of before July 2014
    }


def test_the_projects_last_day_is_one_of_its_days(tmp_path):
    """30 September 2015 is the project's; 1 October is not."""
    rules = '[[dates]]\ntable = "rows"\nfield = "day"\nreason = "."'
    assert found(tmp_path / "p", "day\n2015-09-30\n2015-10-01\n2012-01-01", rules) == {
        "after records_through": [2],
        "project's dates": [3],
    }


def test_a_sum_that_does_not_agree_is_held_back(tmp_path):
    """women + men + not recorded = all, to the last decimal; where one is missing nothing can be said."""
    fields = [{"name": name, "type": "number", "title": name} for name in ("all", "women", "men", "unknown")]
    folder = small.write(tmp_path / "p", "day\n2012-01-01", COUNT)
    add_fields(folder, fields)
    rows = ["12,7,4,1", "12,7,4,2", "0.3,0.1,0.2,0", "12,,4,1", ",7,4,1", "0.0001,0,0,0"]
    (folder / "records/rows.csv").write_text(
        "id,all,women,men,unknown,day\n" + "".join(f"r{n},{row},2012-01-02\n" for n, row in enumerate(rows, 1)),
        encoding="utf-8",
    )
    (folder / "rules.toml").write_text(
        (
            '[[sum]]\ntable = "rows"\ntotal = "all"\nparts = ["women", "men", "unknown"]\n'
            'reason = "everybody is counted once"'
        ),
        encoding="utf-8",
    )
    [finding] = records.survey(load(folder)).findings
    assert (finding.rule, finding.rows, finding.field, finding.column, finding.severity) == (
        "sum",
        (3, 7),
        "all",
        "B",
        records.HELD_BACK,
    )


# Rules that ask for a look.


def test_what_is_outside_a_range_is_counted_and_named(tmp_path):
    """3 to 10 is plausible: 2 and 11 are named, and all rows are used."""
    amounts = [2, 3, 10, 11, "-"]
    made = project(
        tmp_path / "p",
        "day amount\n" + "\n".join(f"2012-01-01 {amount}" for amount in amounts),
        '[[range]]\ntable = "rows"\nfield = "amount"\nminimum = 3\nmaximum = 10\nreason = "."',
    )
    read = records.survey(made)
    assert [(finding.rule, finding.rows, finding.severity) for finding in read.findings] == [
        ("range", (2, 5), records.LOOK)
    ]
    assert len(read["rows"]) == 5 and list(read.flags["rows"]["range"]) == [True, False, False, True, False]


def test_the_same_person_day_and_service_is_named_twice(tmp_path):
    """Both rows of a likely duplicate are named. An empty cell is like another one, not like a filled one."""
    table = """day        person kind
               2012-01-01 p1     NA
               2012-01-01 p1     007
               2012-01-02 p1     NA
               2012-01-01 p1     NA
               2012-01-01 -      NA
               2012-01-01 -      NA
               2012-01-03 -      NA"""
    assert found(
        tmp_path / "p", table, '[[duplicate]]\ntable = "rows"\nfields = ["person", "day", "kind"]\nreason = "."'
    ) == {"duplicate": [2, 5, 6, 7]}


def test_a_partner_without_rows_in_a_quarter_is_a_gap(tmp_path):
    """person stands for the partner: a has rows in Q1 and Q3 of FY2014, b from FY2014Q4 on.

    Records are complete to FY2015Q1.
    """
    table = """day        person
               2013-10-01 a
               2014-06-30 a
               2014-07-01 b
               2014-12-31 b
               2014-12-31 a"""
    says = [
        f.says
        for f in records.survey(
            project(
                tmp_path / "p", table, '[[gap]]\ntable = "rows"\nfield = "day"\nby = "person"\nreason = "all report"'
            )
        ).findings
    ]
    assert says == ["person 'a' has no row in FY2014Q2, FY2014Q4 (all report)"]


def scores(values):
    """The modified z-score of each value, of log(1 + value) where none is negative; 0 where all are the same."""
    scaled = [log(1 + value) for value in values] if min(values) >= 0 else list(values)
    middle = median(scaled)
    distances = [abs(value - middle) for value in scaled]
    if median(distances) > 0:
        return [0.6745 * distance / median(distances) for distance in distances]
    mean = sum(distances) / len(distances)
    return [distance / (1.253314 * mean) if mean else 0 for distance in distances]


@MANY
@given(
    st.dictionaries(
        st.sampled_from("abc"),
        st.lists(st.integers(-3, 40) | st.sampled_from([0, 300, 4000]), min_size=1, max_size=9),
        min_size=1,
    )
)
def test_usual_is_the_modified_z_score(tmp_path_factory, by_partner):
    """The rows that the rule names are those whose score, from the definition,
    is beyond 3.5 among at least five of the partner's.
    """
    rows = [(partner, value) for partner, values in by_partner.items() for value in values]
    expected, sharp = [], True
    for number, (partner, value) in enumerate(rows, 2):
        values = by_partner[partner]
        score = scores(values)[values.index(value)]
        sharp &= abs(score - 3.5) > 1e-9
        if len(values) >= 5 and score > 3.5:
            expected.append(number)
    if sharp:
        table = "day person amount\n" + "\n".join(f"2012-01-01 {partner} {value}" for partner, value in rows)
        rule = '[[usual]]\ntable = "rows"\nfield = "amount"\nby = "person"\nreason = "."'
        assert found(tmp_path_factory.mktemp("usual") / "p", table, rule).get("usual", []) == expected


@pytest.mark.parametrize(
    "values, far",
    [
        ([-1, -1, -1, 0, 1, 1, 5.16], []),  # 0.6745 x 5.16 / 1 = 3.48
        ([-1, -1, -1, 0, 1, 1, 5.20], [8]),  # 0.6745 x 5.20 / 1 = 3.507
        (
            [0, 0, 0, 0, 0, 0, 0, -1, 0.94],
            [9],
        ),  # the median distance is 0, the mean one 1.94 / 9: 1 is beyond, 0.94 / (1.253314 x 1.94 / 9) = 3.48 within
        ([0, 0, 0, 0, 0, 0, 0, -1, 0.97], [9, 10]),  # 0.97 / (1.253314 x 1.97 / 9) = 3.54
        ([0, 0, 0, 0, 9], [6]),  # the fewest that are judged: 5 / 1.253314 = 3.99
    ],
    ids=["just within", "just beyond", "one of two beyond, by the mean", "both beyond, by the mean", "of five"],
)
def test_how_far_is_too_far(tmp_path, values, far):
    """On both sides of 3.5, by hand and by the definition."""
    expected = [number for number, score in enumerate(scores(values), 2) if score > 3.5]
    table = "day person amount\n" + "\n".join(f"2012-01-01 a {value}" for value in values)
    named = found(
        tmp_path / "p", table, '[[usual]]\ntable = "rows"\nfield = "amount"\nby = "person"\nreason = "."'
    ).get("usual", [])
    assert named == expected == far


@pytest.mark.parametrize(
    "partners, ending, named",
    [(1, 13, True), (2, 13, False), (1, 12, False)],
    ids=["one partner", "two partners", "fewer"],
)
def test_how_many_round_numbers_are_too_many(tmp_path, partners, ending, named):
    """13 of 30 is 3.195 standard deviations above 6: beyond the 3.09 of one partner in a thousand projects,
    within the 3.29 of one of two.
    """
    rows = [f"2012-01-01 a {20 if number < ending else 21}" for number in range(30)] + (
        ["2012-01-01 b 21"] if partners == 2 else []
    )
    named_rows = found(
        tmp_path / "p",
        "day person amount\n" + "\n".join(rows),
        '[[heaping]]\ntable = "rows"\nfield = "amount"\nby = "person"\nreason = "."',
    )
    assert named_rows == ({"heaping": list(range(2, 2 + ending))} if named else {})


def test_twenty_numbers_are_enough_and_nineteen_are_not(tmp_path):
    for count, named in ((20, True), (19, False)):
        rows = "\n".join("2012-01-01 a 20" for _ in range(count))
        assert (
            bool(
                found(
                    tmp_path / str(count),
                    f"day person amount\n{rows}",
                    '[[heaping]]\ntable = "rows"\nfield = "amount"\nby = "person"\nreason = "."',
                )
            )
            == named
        )


@MANY
@given(
    st.dictionaries(
        st.sampled_from("abc"),
        st.lists(st.integers(5, 60) | st.sampled_from([10, 15, 20, 25, 30]), min_size=1, max_size=40),
        min_size=1,
    )
)
def test_heaping_is_the_normal_test(tmp_path_factory, by_partner):
    """The rows named are those ending in 0 or 5 of partners who have too many of them, from the definition."""
    limit = NormalDist().inv_cdf(1 - 0.001 / len(by_partner))
    rows = [(partner, value) for partner, values in by_partner.items() for value in values]
    heaped = set()
    for partner, values in by_partner.items():
        counted = [value for value in values if value >= 10]
        ending = [value for value in counted if value % 5 == 0]
        if len(counted) >= 20 and (len(ending) - 0.2 * len(counted)) / sqrt(0.2 * 0.8 * len(counted)) > limit:
            heaped.add(partner)
    expected = [
        number
        for number, (partner, value) in enumerate(rows, 2)
        if partner in heaped and value >= 10 and value % 5 == 0
    ]
    table = "day person amount\n" + "\n".join(f"2012-01-01 {partner} {value}" for partner, value in rows)
    rule = '[[heaping]]\ntable = "rows"\nfield = "amount"\nby = "person"\nreason = "."'
    assert found(tmp_path_factory.mktemp("heaping") / "p", table, rule).get("heaping", []) == expected


def test_heaping_is_found_where_there_is_some(tmp_path):
    """Thirty numbers of one partner all end in 0: all are named; those of the other end in every digit."""
    rows = [f"2012-01-01 a {10 * (1 + n % 7)}" for n in range(30)] + [f"2012-01-01 b {10 + n}" for n in range(30)]
    named = found(
        tmp_path / "p",
        "day person amount\n" + "\n".join(rows),
        '[[heaping]]\ntable = "rows"\nfield = "amount"\nby = "person"\nreason = "."',
    )
    assert named == {"heaping": list(range(2, 32))}
