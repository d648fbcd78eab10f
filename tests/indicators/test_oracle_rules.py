"""Eighty-four rules of the oracle, changed one at a time: on random projects each change is noticed.

Among them are those of ratios and rates, of people by several rows or tables, of cohorts, levels over days, rounds and
milestones. Elsewhere the library is held against the oracle as it is (test_oracle.py), so what differs from that
differs from the library. The oracles of a measure of its own change their rules where they are compared (MUTANTS,
agree_and_notice).
"""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from tests.oracles import amounts, milestones, oracle, rates, several, standing
from tests.oracles.expected import completed_windows, expected_values

pytestmark = pytest.mark.long
SEEDS = 200


def named(module, *names):
    """What the functions of a module are before anything is changed."""
    return [getattr(module, name) for name in names]


AMOUNT, IN_CELL, QUANTITY = *named(amounts, "amount", "in_cell"), oracle.quantity
FIRSTS, HOLDS, IN_TIME, OPERATOR, SIDES, UNLABELLED = named(
    oracle, "first_of_each_person", "holds", "in_time", "operator_holds", "sides", "labels_of_row"
)
RATIO, VAIN, REACHED_ON = named(oracle, "ratio", "asks_in_vain", "reached_on")
PER_SO_MANY, RESIDENTS, RESIDENTS_OF = named(rates, "rates", "mean_residents", "residents_of")
DAYS_OF, EACH_PERSON, STANDS = named(standing, "days_of", "each_person", "stands")
BY_TABLE, REACHING, ROUND_OF_DAYS = named(several, "by_table", "reaching", "round_of_days")


def last_of_each_person(found):
    """By the last row of each person."""
    known = [one for one in found if one["date"] and one["person"] is not None]
    return list({one["person"]: one for one in sorted(known, key=lambda one: (one["date"], one["key"]))}.values())


def by_the_last_key(found):
    """Ties on a day by the key that comes last."""
    turned = sorted(found, key=lambda one: one["key"], reverse=True)
    firsts = {}
    for one in sorted(turned, key=lambda one: one["date"] or date.min):
        if one["date"] is not None and one["person"] is not None:
            firsts.setdefault(one["person"], one)
    return list(firsts.values())


def by_number(found):
    """Ties on a day by keys as numbers: shorter ones first."""
    return FIRSTS(
        sorted((one | {"key": f"{len(one['key'])} {one['key']}"} for one in found), key=lambda one: one["key"])
    )


def operator(name, changed):
    """One operator of a condition otherwise."""
    return lambda value, of, operand, last: (
        changed(value, operand) if of == name and value is not None else OPERATOR(value, of, operand, last)
    )


def in_numerator_on_the_day(sheet, one, end):
    """Within so many days, the last of them not."""
    if "dates" not in one:
        return oracle.pairs_hold(one["numerator conditions"], end)
    first, second = one["dates"]
    return second is not None and (second - first).days < sheet["calculation"]["numerator"]["within"]


def due_a_day_later(tables, sheet, row):
    found = IN_TIME(tables, sheet, row)
    return found | {"due": found["due"] + timedelta(1)} if found.get("due") else found


def due_on_its_own_day(tables, sheet, row):
    found = IN_TIME(tables, sheet, row)
    return found | {"due": found["dates"][0]} if found else found


def from_the_start(sheet, project_start, window):
    """Whatever the day from which the definition is valid."""
    return window[1], window[2]


def never_to_date(sheet, project_start, window):
    """To date is not told of a definition that came later."""
    _, start, end = window
    late = start < sheet.get("valid_from", project_start) != project_start
    return (None if late else start), end


def linear(numbers, quarter):
    """Quantiles by definition 7, that of spreadsheets."""
    ordered = sorted(numbers)
    if not ordered:
        return None
    place = Fraction((len(ordered) - 1) * quarter, 4)
    below = ordered[int(place)]
    return below + (place - int(place)) * (ordered[min(int(place) + 1, len(ordered) - 1)] - below)


def upper(numbers, quarter):
    """Of two in the middle the upper one."""
    ordered = sorted(numbers)
    return ordered[min(len(ordered) * quarter // 4, len(ordered) - 1)] if ordered else None


def one_more_day(one, end=None):
    number = AMOUNT(one, end)
    return number + 1 if "days" in one and number is not None else number


def whole_rows_alone(one, end=None):
    return None if None in one.get("columns", {}).values() else AMOUNT(one, end)


def last_year_s_residents(rows, start, end, *of):
    """Those of the last day's year."""
    return RESIDENTS(rows, end, end, *of)


def all_for_those_not_recorded(rows, start, end, way, category, labels_of):
    """Who is not recorded is for each so many of all."""
    is_unknown = oracle.NOT_RECORDED in category
    return RESIDENTS(rows, start, end, *(("total", "all") if is_unknown else (way, category)), labels_of)


def made_up_to_a_year(folder, sheet, numbers, labels_of):
    """A rate of a quarter is made four times as large."""
    told = PER_SO_MANY(folder, sheet, numbers, labels_of)
    return {key: (of[0] and of[0] * 365 / oracle.days_of(*key[2:4]), *of[1:]) for key, of in told.items()}


def over_busy_days(calculation, each, is_in_cell):
    """The mean over the days on which anything stands."""
    return standing_mean(calculation, [rows for rows in each if any(map(is_in_cell, rows))], is_in_cell)


standing_mean = standing.mean_of_days


def without(*keys):
    """A calculation without some of its keys."""
    return lambda calculation: {name: of for name, of in calculation.items() if name not in keys}


def pooled(sheet, name):
    """The rows of all rounds."""
    return sheet | {"calculation": without("rounds")(sheet["calculation"])}


def first_round(days, listed, baseline, start, end):
    """Of the rounds in some days the one that began first."""
    there = [name for name in listed if name != baseline and any(start <= day <= end for day in days.get(name, []))]
    return min(there, key=lambda name: (min(days[name]), listed.index(name)), default=None)


# what is changed: (module, name of a function, what it is instead)
CHANGED = {
    "the last day is none of the period": (
        oracle,
        "is_dated_in",
        lambda one, a, b: bool(one["date"]) and a <= one["date"] < b,
    ),
    "the first day is none of the period": (
        oracle,
        "is_dated_in",
        lambda one, a, b: bool(one["date"]) and a < one["date"] <= b,
    ),
    "all that came before counts": (oracle, "is_dated_in", lambda one, a, b: bool(one["date"]) and one["date"] <= b),
    "what begins on the last day does not stand": (
        oracle,
        "is_open_after",
        lambda one, end: one["start"] is not None and one["start"] < end and (one["end"] is None or one["end"] > end),
    ),
    "what ends on the last day stands": (
        oracle,
        "is_open_after",
        lambda one, end: one["start"] is not None and one["start"] <= end and (one["end"] is None or one["end"] >= end),
    ),
    "what has no end stands nowhere": (
        oracle,
        "is_open_after",
        lambda one, end: None not in (one["start"], one["end"]) and one["start"] <= end < one["end"],
    ),
    "what has begun never ends": (
        oracle,
        "is_open_after",
        lambda one, end: one["start"] is not None and one["start"] <= end,
    ),
    "people count by their last row": (oracle, "first_of_each_person", last_of_each_person),
    "on one day by the last key": (oracle, "first_of_each_person", by_the_last_key),
    "on one day by keys as numbers": (oracle, "first_of_each_person", by_number),
    "who is nobody counts": (
        oracle,
        "first_of_each_person",
        lambda found: FIRSTS([one | {"person": one["person"] or "nobody"} for one in found]),
    ),
    "each row is a person": (oracle, "first_of_each_person", lambda found: [one for one in found if one["date"]]),
    "min is more than": (oracle, "operator_holds", operator("min", lambda value, operand: value > operand)),
    "max is less than": (oracle, "operator_holds", operator("max", lambda value, operand: value < operand)),
    "not is is": (
        oracle,
        "operator_holds",
        operator("not", lambda value, operand: oracle.is_any(value, oracle.as_list(operand))),
    ),
    "present is not asked": (
        oracle,
        "operator_holds",
        lambda v, of, o, last: of == "present" or OPERATOR(v, of, o, last),
    ),
    "what is missing satisfies not": (
        oracle,
        "operator_holds",
        lambda v, of, o, last: (v is None and of == "not") or OPERATOR(v, of, o, last),
    ),
    "later days are known": (oracle, "holds", lambda value, condition, last: HOLDS(value, condition, None)),
    "of a list all": (
        oracle,
        "is_any",
        lambda v, wanted: all(one in wanted for one in v) if isinstance(v, frozenset) else v in wanted,
    ),
    "all ways must hold": (
        oracle,
        "one_way_holds",
        lambda t, name, row, counted: all(oracle.row_holds(t, name, row, way) for way in counted.get("any", [])),
    ),
    "other ways are not asked": (oracle, "one_way_holds", lambda t, name, row, counted: True),
    "what is not known is no": (oracle, "asks_in_vain", lambda tables, sheet, row: False),
    "no is not known": (
        oracle,
        "asks_in_vain",
        lambda t, s, row: VAIN(t, s | {"calculation": s["calculation"] | {"unknown": "in neither"}}, row),
    ),
    "within is less than": (oracle, "is_in_numerator", in_numerator_on_the_day),
    "days are over a day later": (oracle, "in_time", due_a_day_later),
    "rows count on their own day": (oracle, "in_time", due_on_its_own_day),
    "nothing to add up is 0": (oracle, "quantity", lambda counted, rows: QUANTITY(counted, rows) or Fraction(0)),
    "an empty cell is 0": (amounts, "amount", lambda one, end=None: AMOUNT(one, end) or Fraction(0)),
    "of nobody a share is 0": (
        oracle,
        "ratio",
        lambda above, below: RATIO(above, below) if below else (Fraction(0), above, below, "exact"),
    ),
    "a definition holds from the start": (oracle, "described_days", from_the_start),
    "a later definition has nothing to date": (oracle, "described_days", never_to_date),
    "years are told for quarters": (oracle, "is_too_fine", lambda tables, sheet, facts, start, end: False),
    "quartiles as in a spreadsheet": (amounts, "quantile", linear),
    "of two in the middle the upper": (amounts, "quantile", upper),
    "the latest by the first key": (
        amounts,
        "extreme",
        lambda measure, rows, end: next(
            (
                AMOUNT(one, end)
                for one in sorted(rows, key=lambda one: (-one["date"].toordinal(), one["key"]))
                if AMOUNT(one, end) is not None
            ),
            None,
        ),
    ),
    "the first day is counted, too": (amounts, "amount", one_more_day),
    "an answer of after the period is known": (amounts, "amount", lambda one, end=None: AMOUNT(one)),
    "days that go back are days": (amounts, "is_backwards", lambda days: False),
    "a row lacks a column, and is not added": (amounts, "amount", whole_rows_alone),
    "each column is all of them": (amounts, "in_cell", lambda counted, one, cell: one),
    "yes is 1 and not 100": (
        oracle,
        "sides",
        lambda t, s, row: {side: v and v / 100 for side, v in SIDES(t, s, row).items()},
    ),
    "who stayed got worse": (
        oracle,
        "change_of",
        lambda one: (
            []
            if None in (one["before"], one["after"])
            else [["got better", "got worse"][one["after"] <= one["before"]]]
        ),
    ),
    "not recorded is no category": (
        oracle,
        "labels_of_row",
        lambda t, name, row, field: [one for one in UNLABELLED(t, name, row, field) if one != oracle.NOT_RECORDED],
    ),
    "every field may be missing": (oracle, "can_be_missing", lambda tables, name, field: True),
    "a ratio is the other way round": (oracle, "divided", lambda above, below: RATIO(below, above)),
    "of nothing a ratio is the number": (oracle, "divided", lambda above, below: RATIO(above, below or Fraction(1))),
    "the last day is none of the days": (
        oracle,
        "days_of",
        lambda first, last: Fraction((date.fromisoformat(last) - date.fromisoformat(first)).days),
    ),
    "residents are those of the last year": (rates, "mean_residents", last_year_s_residents),
    "a year without residents has some": (rates, "residents_of", lambda *asked: RESIDENTS_OF(*asked) or 1000),
    "those not recorded are all": (rates, "mean_residents", all_for_those_not_recorded),
    "a rate is that of a year": (rates, "rates", made_up_to_a_year),
    "a cohort is counted on entering": (oracle, "counted_on", lambda state, entered: entered),
    "a cohort is counted a day later": (
        oracle,
        "counted_on",
        lambda state, entered: entered + timedelta(state["within"] + 1 if "within" in state else 0),
    ),
    "a late state is one": (oracle, "is_soon", lambda state, entered, reached: True),
    "on the last day a state is late": (
        oracle,
        "is_soon",
        lambda state, entered, reached: "within" not in state or reached < entered + timedelta(state["within"]),
    ),
    "a state of before is one": (oracle, "is_not_before", lambda day, entered: True),
    "a state of the same day is none": (oracle, "is_not_before", lambda day, entered: day > entered),
    "anybody's state is one": (oracle, "is_same_person", lambda one, other: True),
    "one row makes a state": (
        oracle,
        "reached_on",
        lambda tables, state, *of: REACHED_ON(tables, without("at_least", "different")(state), *of),
    ),
    "values of a state need not differ": (
        oracle,
        "reached_on",
        lambda tables, state, *of: REACHED_ON(tables, without("different")(state), *of),
    ),
    "a gain is before less after": (
        oracle,
        "sides",
        lambda t, s, row: dict(zip(("after", "before"), SIDES(t, s, row).values(), strict=False)),
    ),
    "one row more": (several, "reaching", lambda of, found: REACHING(of | {"at_least": of["at_least"] + 1}, found)),
    "one row is enough": (several, "reaching", lambda of, found: REACHING(of | {"at_least": 1}, found)),
    "values need not differ": (several, "is_one_more", lambda calculation, one, before: True),
    "what is not recorded is a value": (
        several,
        "is_one_more",
        lambda calculation, one, before: "different" not in calculation or one["different"] not in before,
    ),
    "the first table alone": (several, "by_table", lambda sheet: BY_TABLE(sheet)[:1]),
    "the last day of all is not lived": (standing, "days_of", lambda start, end: DAYS_OF(start, end)[:-1]),
    "on the day of leaving one stays": (
        standing,
        "stands",
        lambda one, day: (
            STANDS(one, day) or (None not in (one["start"], one["end"]) and one["start"] <= day == one["end"])
        ),
    ),
    "the first night is the second": (standing, "stands", lambda one, day: STANDS(one, day) and one["start"] < day),
    "what stands has an end": (standing, "stands", lambda one, day: STANDS(one, day) and one["end"] is not None),
    "each row is somebody who stands": (
        standing,
        "each_person",
        lambda found: [one for one in found if one["person"] is not None],
    ),
    "nobody stands, too": (
        standing,
        "each_person",
        lambda found: EACH_PERSON([one | {"person": one["person"] or "nobody"} for one in found]),
    ),
    "who stands is of the last row": (
        standing,
        "each_person",
        lambda found: list(
            {one["person"]: one for one in sorted(found, key=lambda one: (one["start"], one["key"]))}.values()
        ),
    ),
    "a mean over the days on which anything stands": (standing, "mean_of_days", over_busy_days),
    "the baseline is a round": (
        several,
        "round_of_days",
        lambda days, listed, baseline, *of: ROUND_OF_DAYS(days, listed, None, *of),
    ),
    "the first round counts": (several, "round_of_days", first_round),
    "rounds are one pool": (several, "of_round", pooled),
    "a period is its first day": (
        oracle,
        "day_of_cell",
        lambda kind, cell, facts: oracle.period_of_cell(kind, cell, facts)[0] if kind else date.fromisoformat(cell),
    ),
}


OF_MILESTONES = {
    "it is known before it came": ("is_known", lambda reached, day: True),
    "on its day it is not known": ("is_known", lambda reached, day: reached < day),
    "on the last day it is not due": ("is_over", lambda due, day: due < day),
    "a later target is in force": ("in_force", lambda row, day: True),
    "the first target stays in force": ("in_force", lambda row, day: row["valid_from"] == ""),
    "all is due at the end": ("last_day", lambda label, facts: facts["end"]),
}


@pytest.mark.parametrize("rule", CHANGED)
def test_a_rule_that_is_changed_is_noticed(rule, random_folder, monkeypatch):
    """Some value of some random project is another one."""
    assert any(is_noticed(random_folder(seed), CHANGED[rule], monkeypatch) for seed in range(SEEDS))


def is_noticed(folder, changed, monkeypatch):
    expected = expected_values(folder)  # before the rule is changed, for what is read is kept
    with monkeypatch.context() as patch:
        patch.setattr(*changed)
        found = oracle.values(folder, completed_windows(folder))
    return found != expected


@pytest.mark.parametrize("rule", OF_MILESTONES)
def test_a_rule_of_milestones_that_is_changed_is_noticed(rule, random_folder, monkeypatch):
    """On some day, its own among them, the state of some milestone is another one."""
    assert any(is_noticed_of_milestones(random_folder(seed), OF_MILESTONES[rule], monkeypatch) for seed in range(SEEDS))


def is_noticed_of_milestones(folder, changed, monkeypatch):
    facts = oracle.read_toml(folder / "project.toml")
    reached = milestones.reached_on(folder, "m")
    days = sorted({end for _, _, end in completed_windows(folder)} | ({reached} if reached else set()))
    expected = milestones.states(folder, facts, days)
    with monkeypatch.context() as patch:
        patch.setattr(milestones, *changed)
        return milestones.states(folder, facts, days) != expected
