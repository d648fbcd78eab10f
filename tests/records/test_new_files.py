"""A new file never makes old ones suspect: what is unusual, and what is heaped, is asked of each delivery by itself.

A small project whose table is a folder of files; `person` stands for the partner. Every file is of one quarter, or,
where a test says so, grows from quarter to quarter.
"""

import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ctanalysis import records
from ctanalysis.project import load
from tests.generators import small
from tests.records.ruled import COUNT

MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
RULES = "\n".join(
    f'[[{kind}]]\ntable = "rows"\nfield = "amount"\nby = "person"\nreason = "."' for kind in ("usual", "heaping")
)
QUARTERS = {"FY2012Q1": ("2011-11-01", "2012-01-10"), "FY2012Q2": ("2012-02-01", "2012-04-10")} | {
    "FY2012Q3": ("2012-05-01", "2012-07-10")
}


def project(folder, files, deliveries):
    """A project of files (name to rows of (partner, day, amount)) and deliveries (file, period, day of sending)."""
    small.write(folder, "day\n2011-11-01", COUNT)
    (folder / "records/rows.csv").unlink()
    (folder / "rules.toml").write_text(RULES, encoding="utf-8")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][0]["path"] = "records/rows"
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    write(folder, files, deliveries)
    return folder


def write(folder, files, deliveries):
    (folder / "records/rows").mkdir(exist_ok=True)
    for name, rows in files.items():
        lines = [f"{name}-{number},{day},{who},{amount}" for number, (who, day, amount) in enumerate(rows)]
        text = "\n".join(["id,day,person,amount,end,sex,kind,done", *(f"{line},,,," for line in lines), ""])
        (folder / f"records/rows/{name}.csv").write_text(text, encoding="utf-8")
    lines = [f"records/rows/{name}.csv,P,{period},{sent}" for name, period, sent in deliveries]
    (folder / "deliveries.csv").write_text("\n".join(["file,partner,period,sent", *lines, ""]), encoding="utf-8")


def named(folder, but=()):
    """{(file, rule): rows} of what was found in the files, but for some."""
    found = records.survey(load(folder)).findings
    return {
        (path, finding.rule): finding.rows
        for finding in found
        if finding.rows and (path := finding.path.rpartition("/")[2].removesuffix(".csv")) not in but
    }


def rows(quarter, amounts, who="a"):
    return [(who, QUARTERS[quarter][0], amount) for amount in amounts]


STEADY = [10, 11, 12, 13, 12, 11, 12]
ROUND, COUNTED = [20] * 20, [11, 12, 13, 14, 16, 17, 18, 19, 21, 22, 23, 24, 26, 27, 28, 29, 31, 32, 33, 34]


def test_a_slip_is_seen_among_what_was_sent_before(tmp_path):
    """Three numbers are too few to judge 130 by. With the seven of the quarter before, 10 to 13, it is far off."""
    last = {"q2": rows("FY2012Q2", [12, 130, 11])}
    alone = project(tmp_path / "alone", last, [("q2", "FY2012Q2", "2012-04-10")])
    assert named(alone) == {}
    files = {"q1": rows("FY2012Q1", STEADY), **last}
    after = project(tmp_path / "p", files, [("q1", "FY2012Q1", "2012-01-10"), ("q2", "FY2012Q2", "2012-04-10")])
    assert named(after) == {("q2", "usual"): (3,)}


def test_growth_makes_no_start_suspect(tmp_path):
    """A start of 10 to 13 people stays right when seven meetings of 500 follow: these are what is new."""
    files = {"q1": rows("FY2012Q1", STEADY)}
    folder = project(tmp_path / "p", files, [("q1", "FY2012Q1", "2012-01-10")])
    assert named(folder) == {}
    write(
        folder,
        files | {"q2": rows("FY2012Q2", [500] * 20)},
        [("q1", "FY2012Q1", "2012-01-10"), ("q2", "FY2012Q2", "2012-04-10")],
    )
    assert named(folder, ["q2"]) == {}


def test_guessed_numbers_of_one_quarter_are_its_own(tmp_path):
    """Twenty round numbers in a quarter: named there. The twenty counted ones before and after are left alone."""
    files = {
        "q1": rows("FY2012Q1", [*COUNTED, 20, 30]),
        "q2": rows("FY2012Q2", ROUND),
        "q3": rows("FY2012Q3", [*COUNTED, 20, 30]),
    }
    sent = [(name, quarter, QUARTERS[quarter][1]) for name, quarter in zip(files, QUARTERS, strict=True)]
    assert named(project(tmp_path / "p", files, sent)) == {("q2", "heaping"): tuple(range(2, 22))}


def test_a_small_delivery_is_judged_with_the_one_before_it(tmp_path):
    """Five round numbers say nothing; after twenty round ones of the same partner they do, and of another they do not.

    Of the counted numbers before these, nothing is asked: the latest twenty are enough.
    """
    for who, found in (("a", True), ("b", False)):
        files = {
            "q1": rows("FY2012Q1", COUNTED),
            "q2": rows("FY2012Q2", ROUND),
            "q3": rows("FY2012Q3", [20, 30, 40, 50, 60, 27], who),
        }
        sent = [(name, quarter, QUARTERS[quarter][1]) for name, quarter in zip(files, QUARTERS, strict=True)]
        heaped = named(project(tmp_path / who, files, sent))
        assert heaped.get(("q3", "heaping")) == ((2, 3, 4, 5, 6) if found else None)


def test_a_file_that_nobody_listed_is_judged_by_itself(tmp_path):
    """Without a line of deliveries.csv nobody knows what came first: 130 is one of three numbers, and no more."""
    files = {
        "q1": rows("FY2012Q1", STEADY),
        "q2": rows("FY2012Q2", [12, 130, 11]),
        "q3": rows("FY2012Q3", [*STEADY, 900]),
    }
    assert named(project(tmp_path / "p", files, [])) == {("q3", "usual"): (9,)}


AMOUNTS = st.lists(st.integers(5, 60) | st.sampled_from([10, 20, 30, 40, 900]), min_size=1, max_size=25)
FILES = st.lists(st.dictionaries(st.sampled_from("ab"), AMOUNTS, min_size=1), min_size=1, max_size=3)
AT = st.integers(0, 3)


@pytest.mark.long
@MANY
@given(FILES, st.dictionaries(st.sampled_from("abc"), AMOUNTS, min_size=1), st.booleans(), AT, st.booleans())
@example([{"a": [*COUNTED, 20, 30]}], {"a": [500] * 25}, True, 1, True)
@example([{"b": [5]}, {"b": [5]}, {"a": [10, 11, 12, 13]}], {"a": [900] * 25}, True, 0, False)
@example([{"a": ROUND[:18]}, {"a": [20]}], {"a": ROUND, "b": ROUND, "c": [7]}, True, 0, True)
def test_what_is_found_in_old_files_stays_the_same(tmp_path_factory, old, new, is_listed, line, is_late):
    """Whatever the new file holds, wherever its name and its line stand among the others.

    It was sent after them; or it is listed below them, and was sent when the first one was.
    """
    files, sent = {}, []
    for number, (by_partner, (quarter, (_, day))) in enumerate(zip(old, QUARTERS.items(), strict=False)):
        files[f"m{number}"] = [row for who, amounts in by_partner.items() for row in rows(quarter, amounts, who)]
        sent.append((f"m{number}", quarter, day))
    folder = project(tmp_path_factory.mktemp("new") / "p", files, sent)
    before = named(folder)
    name = f"{'z' if line % 2 else 'a'}-new"
    files[name] = [row for who, amounts in new.items() for row in rows("FY2012Q3", amounts, who)]
    if is_listed:
        place = min(line, len(sent)) if is_late else len(sent)
        sent.insert(place, (name, "FY2012Q3", "2012-07-11" if is_late else "2012-07-01"))
    write(folder, files, sent)
    assert named(folder, [name]) == before


@pytest.mark.long
@MANY
@given(FILES, st.dictionaries(st.sampled_from("abc"), AMOUNTS, min_size=1))
def test_what_is_found_in_old_rows_of_a_growing_file_stays_the_same(tmp_path_factory, old, new):
    """A file of all quarters: each row is of the quarter of its day, and new rows below change nothing above them."""
    table, sent = [], []
    for by_partner, (quarter, (_, day)) in zip(old, QUARTERS.items(), strict=False):
        table += [row for who, amounts in by_partner.items() for row in rows(quarter, amounts, who)]
        sent.append(("all", quarter, day))
    folder = project(tmp_path_factory.mktemp("grows") / "p", {"all": table}, sent)
    before = named(folder)
    more = [(who, "2012-08-01", amount) for who, amounts in new.items() for amount in amounts]
    write(folder, {"all": table + more}, [*sent, ("all", "FY2012Q4", "2012-10-10")])
    old_rows = {key: tuple(row for row in found if row < len(table) + 2) for key, found in named(folder).items()}
    assert {key: found for key, found in old_rows.items() if found} == before
