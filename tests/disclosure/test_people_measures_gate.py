"""What is told of people by several rows, of several tables, in cohorts: enumerated, at the gate, by the auditor.

A cohort is one split of two groups at once: of all who entered, and of all who are in the state; both are public.
"""

import json
import re
import shutil
from datetime import date
from itertools import product

import pandas as pd
import pytest

from ctanalysis import evaluate, indicators, records
from ctanalysis.base.errors import Refused
from ctanalysis.disclosure import conditioned, waiting
from ctanalysis.disclosure.audit import opened
from ctanalysis.disclosure.waiting.named import waiting as told_by_waiting
from ctanalysis.indicators.known_people import COUNTED, LATE, REST
from ctanalysis.project import load
from ctanalysis.records.missing import Missing
from ctanalysis.records.received import is_received
from tests.conftest import copied
from tests.disclosure.prints import NAN, exactly, printed
from tests.disclosure.small_projects import FEW
from tests.generators.wrong import SHIPPED

# --- Every register of small projects ----------------------------------------------------------------


def small_shown(totals, tell):
    """Of each register with these public totals, at one node or two, the cells of 1 or 2 people that its class shows.

    totals: by node, who entered and who is in the state, to date. tell: from counts to what is printed.
    """
    looks = {}
    for counts in product(*(range(min(pair) + 1) for pair in totals)):
        if all(
            0 <= b - a <= t - s for a, b, (s, _), (t, _) in zip(counts, counts[1:], totals, totals[1:], strict=False)
        ):
            looks.setdefault(tell(counts), []).append(counts)
    return [look for look, registers in looks.items() if any(map(is_small, questions(registers, totals)))]


def questions(registers, totals):
    """By question, its answers: those in time, late and elsewhere in the state, to date, and in the second year."""
    for place, (entered, state) in enumerate(totals):
        numbers = [counts[place] for counts in registers]
        yield numbers
        yield [entered - number for number in numbers]
        yield [state - number for number in numbers]
    if len(totals) > 1:
        grown = totals[1][0] - totals[0][0]
        numbers = [second - first for first, second in registers]
        yield from (numbers, [grown - number for number in numbers])


def is_small(answers):
    return min(answers) >= 1 and max(answers) < FEW


def told(totals, others=True):
    """What the waiting rule prints; others: beside all who are in the state."""
    entered, state = zip(*totals, strict=True)
    return lambda counts: tuple(waiting.classes_told(counts, entered, FEW, others=state if others else ()))


def by_totals_alone(totals):
    """Whether the public totals show a small cell of a cohort by themselves."""
    return bool(small_shown(totals, lambda counts: ""))


ONE = [((entered, state),) for entered in range(13) for state in range(13)]
TWO = [((a, s), (a + b, s + t)) for a, b, s, t in product((0, 2, 4, 7), (0, 1, 3, 6), (1, 3, 6), (0, 2, 5))]


@pytest.mark.parametrize("projects", [ONE, TWO], ids=["one node", "two nodes"])
def test_no_register_shows_who_was_in_time_or_late(projects):
    """Neither those counted, nor the rest, nor those of the state who are not counted."""
    assert [totals for totals in projects if not by_totals_alone(totals) and small_shown(totals, told(totals))] == []


def test_beside_the_total_of_the_state_a_split_of_those_who_entered_is_not_enough():
    """The rule without the second group shows who came to the state late: so the test above is alive."""
    found = [
        totals for totals in ONE if not by_totals_alone(totals) and small_shown(totals, told(totals, others=False))
    ]
    assert ((9, 7),) in found and len(found) > 10


# --- At the gate -------------------------------------------------------------------------------------

VICTIMS = '{ status = ["ActualVictimOfTrafficking"] }'
OF_SERVICES = 'table = "services"\nperson = "person_id"\ndate = "date"\n'
KINDS = '["SocialCare", "Health", "Legal", "Education", "Livelihood", "Financial"]'
ASSISTED = f'{{ status = ["ActualVictimOfTrafficking"], service = {KINDS} }}'
IDENTIFIED = f'measure = "people", table = "victims", person = "person_id", date = "date_identified", where = {VICTIMS}'
SERVED = 'table = "services", person = "person_id", date = "date"'
COHORT = f'measure = "share"\ndenominator = {{ {IDENTIFIED} }}\nnumerator = {{ %s }}\n'
CALCULATIONS = {
    "8.1": COHORT % f"{SERVED}, where = {ASSISTED}, within = 90",
    "8.2": COHORT % f"{SERVED}, where = {ASSISTED}, within = 30",
    "8.3": COHORT % 'table = "plans", person = "person_id", date = "started"',
    "8.4": f'measure = "share"\ndenominator = {{ measure = "people", {SERVED}, where = {ASSISTED} }}\n'
    f'numerator = {{ {SERVED}, where = {ASSISTED}, at_least = 3, different = "service", within = 180 }}\n',
    "8.5": f'measure = "people"\n{OF_SERVICES}where = {ASSISTED}\nat_least = 3\ndifferent = "service"\n',
    "8.6": f'measure = "people"\n{OF_SERVICES}also = [{{ table = "returns", date = "date" }}]\n',
    "8.7": COHORT % 'table = "follow_ups", person = "person_id", date = "held", within = 365',
}


def add(folder, code, calculation):
    """A sheet of the shipped project with another calculation."""
    head = (SHIPPED / "indicators/2.7-follow-up.toml").read_text(encoding="utf-8").split("[calculation]")[0]
    text = head.replace('code = "2.7"', f'code = "{code}"') + "[calculation]\n" + calculation
    (folder / "indicators" / f"{code}-tried.toml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = copied(tmp_path_factory.mktemp("people") / "project")
    without_cohorts(folder)
    for code, calculation in CALCULATIONS.items():
        add(folder, code, calculation)
    return folder


def without_cohorts(folder):
    """Takes the project's own cohorts away: of one state one cohort is told."""
    for code in ("2.8", "2.9", "2.10"):
        next(folder.glob(f"indicators/{code}-*")).unlink()
        targets = (folder / "targets.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        kept = "".join(line for line in targets if not line.startswith(f"{code},"))
        (folder / "targets.csv").write_text(kept, encoding="utf-8")
        facts = (folder / "project.toml").read_text(encoding="utf-8")
        step = re.compile(rf'\[\[pathway\]\]\nindicator = "{re.escape(code)}"\nname = .*\n\n?')
        (folder / "project.toml").write_text(step.sub("", facts), encoding="utf-8")


@pytest.fixture(scope="module")
def year(folder):
    return evaluate("FY2014", folder)


def total(evaluation, code, horizon="period"):
    (row,) = evaluation.by(code, horizon=horizon).itertuples()
    return row


def test_a_cohort_is_told_of_quarters_of_which_all_have_fallen_due(year):
    """72 were identified from July 2013 to June 2014; of the last of them 90 days were over on 28 September."""
    row = total(year, "8.1")
    identified = total(year, "2.1").value
    assert (row.status, row.denominator) == ("rounded", 72) and identified == 74
    assert row.value == round(row.value, 2)


def test_of_one_state_one_cohort_is_told_and_the_others_stay_inside(year):
    """8.2 is part of 8.1; 8.7 asks what 2.7 tells; 8.3 is told when all has fallen due, at the project's end."""
    assert {code: total(year, code).status for code in ("8.2", "8.3", "8.7")} == dict.fromkeys(
        ("8.2", "8.3", "8.7"), "not told"
    )
    assert total(year, "8.4").status != "not told"


def test_many_rows_and_several_tables_are_part_of_a_breakdown(year, folder):
    """Their totals would say how few had less, or are in both."""
    assert total(year, "8.5").status == total(year, "8.6").status == "not told"
    assert {"8.5", "8.6"} <= set(conditioned(load(folder)))


def test_a_figure_of_the_contract_is_told(folder, tmp_path):
    """Where policy.toml says so, the total is exact; of two of them the second is refused."""
    policy = (folder / "policy.toml").read_text(encoding="utf-8")
    other = tmp_path / "named"
    shutil.copytree(folder, other)
    (other / "policy.toml").write_text(policy.replace('["2.2"]', '["2.2", "8.5"]'), encoding="utf-8")
    assert "8.5" not in conditioned(load(other))
    (other / "policy.toml").write_text(policy.replace('["2.2"]', '["2.2", "8.5", "8.6"]'), encoding="utf-8")
    with pytest.raises(Refused, match=r"it and 8\.5 contract figures: the numbers of both say how few"):
        load(other)


@pytest.mark.parametrize(
    "code, change, says",
    [
        ("8.5", ("at_least = 3", 'at_least = 3\ncounted = "each period"'), "of people who were trafficked at_least"),
        ("8.1", ("services", "events"), "there is no field 'person_id'"),
        ("8.1", ("services", "consultations"), "there is no field 'person_id'"),
        ("8.6", ('"returns"', '"nowhere"'), "there is no table 'nowhere'"),
        ("8.5", ("at_least = 3\n", ""), "add at_least = 2, or more"),
        ("8.1", ("within = 90", 'within = 90 }\nunknown = "no"\n#'), "unknown says nothing of a cohort"),
        (
            "8.1",
            ('measure = "people", table = "victims"', 'measure = "people", counted = "each period", table = "victims"'),
            "enter once",
        ),
        (
            "8.4",
            ("denominator = { ", "denominator = { at_least = 2, "),
            "of people who were trafficked a share is of all",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(tmp_path, code, change, says):
    folder = copied(tmp_path / "project")
    add(folder, code, CALCULATIONS[code].replace(*change))
    with pytest.raises(Refused, match=says):
        load(folder)


# --- Who stands in a cohort ---------------------------------------------------------------------------


def test_who_comes_to_the_state_late_changes_no_side():
    """Told among the rest, and later in the state: among those of the state, and not among those counted."""
    told = {"A": REST, "B": REST, "C": COUNTED, "D": None}
    now = {"A": LATE, "B": COUNTED, "C": REST, "D": COUNTED, "E": REST}
    assert waiting.standing(told, now) == {"A": LATE, "B": REST, "C": COUNTED, "D": COUNTED, "E": REST}


def test_the_people_of_a_cohort_are_counted_from_the_rows(folder):
    """From the files alone: identified by the end of June 2013, and assisted on that day or within 90 days of it."""
    project = load(folder)
    rows = records.read(project)
    known = indicators.known(project, rows, project.sheet("8.1"), "total", [date(2013, 9, 30)])["2013-09-30"]
    actual = rows["victims"]["status"].astype(str) == "ActualVictimOfTrafficking"
    victims = rows["victims"][actual].set_index("person_id")["date_identified"]
    entered = victims[victims <= "2013-06-30"]
    services = rows["services"][rows["services"]["service"].isin(json.loads(KINDS))]
    days = services["person_id"].astype(str).map(entered)
    after = (services["date"] - days).dt.days
    counted = {*services["person_id"].astype(str)[after.between(0, 90)]}
    assert {who for who, side in known.items() if side == COUNTED} == counted
    assert {who for who, side in known.items() if side is not None} == {*entered.index}


def test_a_table_of_the_state_that_did_not_come_is_no_zero(folder):
    """Nothing came of services in a year: the cohort is not received, and 2.1, which does not read them, is."""
    project = load(folder)
    year = date(2012, 10, 1), date(2013, 9, 30)
    quarters = [
        one for one in project.calendar.completed("quarter") if one.start <= year[1] and one.end >= date(2012, 7, 1)
    ]
    missing = {"services": tuple(Missing(one) for one in quarters)}
    received = {code: is_received(project, missing, project.sheet(code), *year) for code in ("2.1", "8.1", "8.6")}
    assert received == {"2.1": True, "8.1": False, "8.6": False}


@pytest.mark.parametrize(
    ("gone", "told"),
    [("FY2013Q2", False), ("FY2012Q4", False), ("FY2012Q2", True), ("FY2014Q1", True)],
    ids=["in the year", "in the days before it", "long before", "after it"],
)
def test_one_quarter_in_which_the_state_may_have_been_reached_is_enough(folder, gone, told):
    """A partner sent nothing of services in one quarter: whoever was first assisted then would count as never assisted.

    Of the days before a year only those matter in which the days of a cohort of the year can have begun.
    """
    project, year = load(folder), (date(2012, 10, 1), date(2013, 9, 30))
    quarter = project.calendar.parse(gone)
    assert is_received(project, {"services": (Missing(quarter, ("A",)),)}, project.sheet("8.1"), *year) == told
    assert is_received(project, {"services": (Missing(quarter),)}, project.sheet("8.1"), *year)  # perhaps it was sent
    assert is_received(project, {"services": (Missing(quarter, ("A",), False),)}, project.sheet("8.1"), *year)
    assert is_received(project, {"victims": (Missing(quarter, ("A",)),)}, project.sheet("2.1"), *year)


# --- The auditor -------------------------------------------------------------------------------------

TO_DATE = "2011-10-01", "2012-09-30"


def audited(folder, value, status, state):
    """What the auditor opens, of a cohort of 50 and a total of those in the state."""
    project = load(folder)
    cells = [
        printed((TO_DATE, "total", "all", (value, NAN, 50.0, status)), code="8.1"),
        printed((TO_DATE, "total", "all", exactly(state)), code="2.2"),
    ]
    return opened(pd.concat(cells), project, conditioned(project))


def test_the_auditor_finds_who_came_late(folder):
    """80 % of 50 is 40 people; beside 43 who are in the state, three were not in time. Beside 60 nobody is shown."""
    assert [str(one) for one in audited(folder, 0.8, "rounded", 43)] != []
    assert audited(folder, 0.8, "rounded", 60) == []
    assert audited(folder, NAN, "66–86 %", 43) == []


def test_of_a_year_nothing_is_concluded_that_does_not_follow(folder):
    """Who is counted in a year may have come to the state in the year before: 40 of it beside 43 says nothing."""
    second = "2012-10-01", "2013-09-30"
    cells = [
        printed((second, "total", "all", (0.8, NAN, 50.0, "rounded")), code="8.1"),
        printed((second, "total", "all", exactly(43)), code="2.2"),
    ]
    assert opened(pd.concat(cells), load(folder)) == []


def test_shares_of_rows_come_before_cohorts(folder):
    """2.6 and 2.7 are told as they were without the new sheets, and before the project's own cohorts."""
    own = ["2.8", "2.9", "2.10"]
    *before, first, second, third = [one.sheet for one in told_by_waiting(load(SHIPPED))]
    assert before[-2:] == ["2.6", "2.7"] and [first, second, third] == own
    assert [one.sheet for one in told_by_waiting(load(folder))] == [*before, "8.1", "8.3", "8.4"]
