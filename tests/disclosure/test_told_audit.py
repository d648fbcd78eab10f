"""The auditor reads what the waiting rule prints: bounds of numbers and ranges, years that follow, one register."""

from dataclasses import replace

import pandas as pd
import pytest

from ctanalysis.disclosure.audit import NotAudited, opened
from ctanalysis.disclosure.audit.attributes import every_told
from ctanalysis.disclosure.audit.told_share import bounds
from tests.disclosure.prints import FEW, NAN, TO_YEAR_2, YEAR_1, YEAR_2, about, exactly, found, printed
from tests.generators import linked_projects as linked


def table(days, way, categories, recorded, blank=0, version=0):
    """A breakdown with its own base and its total, which has those not recorded in it. categories: {name: print}."""
    cells = categories | {"recorded": exactly(recorded), "not recorded": exactly(blank)}
    rows = [(days, way, name, what, version) for name, what in cells.items()]
    return [(days, "total", "all", exactly(recorded + blank), version), *rows]


def by_sex(days, female, male, recorded, blank=0, version=0):
    return table(days, "sex", {"female": female, "male": male}, recorded, blank, version)


FIRST = by_sex(YEAR_1, "18–27", FEW, 27)


def refusal(*cells, codes=("once",), conditioned=()):
    """Why the auditor has no answer."""
    frames = [printed(*of, code=code) for code, of in zip(codes, cells, strict=True)]
    project = linked.with_sheets(*codes, ways=[("sex",)])
    with pytest.raises(NotAudited) as refused:
        opened(pd.concat(frames), project, conditioned)
    return str(refused.value)


def test_a_range_that_leaves_nobody_possible_is_safe():
    """27 = 18 to 27 women | 0 to 9 men."""
    assert found(*FIRST) == set()


@pytest.mark.parametrize(
    ("female", "male"),
    [("18–26", "1–9"), ("20–26", "1–7"), (exactly(25), exactly(2)), ("10–27", exactly(3))],
)
def test_a_range_that_is_too_narrow_is_found(female, male):
    """That there is a man, and that there are fewer than ten."""
    assert (*YEAR_1, "male") in found(*by_sex(YEAR_1, female, male, 27))


def test_a_number_stands_for_all_that_are_rounded_to_it():
    """70 = 36 to 44 | 26 to 34, to the nearest ten; "40" and "28–37" show nobody, "40" and "1–9" do."""
    assert found(*by_sex(YEAR_1, about(40), about(30), 70)) == set()


def test_a_quarter_within_a_year_is_looked_at():
    """Of 27 people nine came in the first quarter. 0 to 8 are men, so that one of the nine is a woman, and no more than
    nine are.
    """
    first, rest = ("2011-10-01", "2011-12-31"), ("2012-01-01", "2012-09-30")
    quarters = [(first, "total", "all", exactly(9)), (rest, "total", "all", exactly(18))]
    narrow = by_sex(YEAR_1, "19–27", "0–8", 27)
    assert found(*narrow) == set() and (*first, "female") in found(*narrow, *quarters)
    assert found(*FIRST, *quarters) == set()


def test_late_people_are_not_in_the_quarters_of_the_year_in_which_they_are_told():
    """With two of an earlier year the base grows by 29; the totals of the second year's quarters say nothing of it."""
    second = [
        (TO_YEAR_2, "total", "all", exactly(56), 1),
        (YEAR_1, "total", "all", exactly(29), 1),
        (YEAR_2, "total", "all", exactly(27), 1),
    ]
    base = by_sex(TO_YEAR_2, about(35), about(20), 56, version=1)[1:]
    assert found(*FIRST, *second, *base) == set()


def test_the_second_year_follows_from_both_ends():
    """40 of 70 to date after 18 to 27 of 27: 11 to 24 women came, to the nearest five 38 to 42."""
    to_date = by_sex(TO_YEAR_2, about(40), about(30), 70)
    year = by_sex(YEAR_2, "11–24", "19–32", 43)
    assert found(*FIRST, *to_date, *year) == set()
    for female in ("12–24", "11–23", about(20), exactly(15), FEW):
        assert "does not follow" in refusal([*FIRST, *to_date, *by_sex(YEAR_2, female, "19–32", 43)]), female


def test_a_year_of_numbers_is_their_difference():
    numbers = [*by_sex(YEAR_1, about(30), about(20), 50), *by_sex(TO_YEAR_2, about(60), about(40), 100)]
    assert found(*numbers, *by_sex(YEAR_2, about(30), about(20), 50)) == set()
    assert "does not follow" in refusal([*numbers, *by_sex(YEAR_2, about(35), about(20), 50)])


def test_a_year_whose_end_before_is_not_printed_is_read_by_itself():
    """The first report was of the second year: a difference of two rounded numbers is 4 off either way."""
    second = [*by_sex(TO_YEAR_2, about(60), about(40), 100), *by_sex(YEAR_2, about(30), about(20), 50)]
    assert found(*second) == set()
    narrow = [*second[:6], *by_sex(YEAR_2, "60–64", "1–4", 64)]
    assert (*YEAR_2, "male") in found(*narrow)


def test_a_base_that_differs_between_releases_is_refused():
    """Nobody leaves a breakdown: after a correction its total is another one, and its base is not."""
    again = by_sex(YEAR_1, "18–27", FEW, 26, version=1)
    assert "printed in two ways" in refusal([*FIRST, *again])
    corrected = [(YEAR_1, "total", "all", exactly(26), 1), *((*cell[:4], 1) for cell in FIRST[1:])]
    assert found(*FIRST, *corrected) == set()


def test_a_cell_that_is_told_otherwise_later_is_refused():
    """A late man: the range that was told stays."""
    assert "printed in two ways" in refusal([*FIRST, *by_sex(YEAR_1, about(20), FEW, 27, version=1)])


def test_other_days_are_refused():
    quarter = ("2011-10-01", "2011-12-31"), ("2012-01-01", "2012-03-31")
    assert "neither a year" in refusal([*FIRST, *by_sex(quarter[1], about(20), FEW, 27)])


def test_a_breakdown_without_its_base_beside_one_with_it_is_refused():
    """A ledger of an older policy: to date it has one table more. The way out is said."""
    older = [(TO_YEAR_2, "sex", "female", about(40)), (TO_YEAR_2, "sex", "male", about(30))]
    newer = [(*cell[:4], 1) for cell in by_sex(YEAR_1, "18–27", FEW, 27)]
    assert "ended" in refusal([*older, *newer])


def test_of_the_same_people_an_attribute_is_told_once():
    """Women and men of two indicators of one table, or of one under two codes."""
    assert "the same people" in refusal(FIRST, FIRST, codes=("once", "crossed"))


def with_twins(kinds, *ways):
    """Those known by sex, and by another field of their own, kind, with these categories."""
    cells = [*FIRST, *table(YEAR_1, ways[0] if ways else "kind", kinds, 27)[1:]]
    return printed(*cells, code="once"), linked.with_sheets("once", ways=[("sex",), ("kind",)])


@pytest.mark.parametrize(
    "kinds",
    [
        {"female": about(20), "male": FEW},
        {"Female": about(20), "Male": FEW},
        {"female": about(20), "male": FEW, "another": FEW},
    ],
    ids=["the same", "in capitals", "with one more"],
)
def test_an_attribute_under_another_name_is_told_once(kinds):
    """Gender beside sex: each hides what the other may show, for they are rounded on lines of their own."""
    with pytest.raises(NotAudited, match=r"have the same categories \(female, male\): one attribute"):
        opened(*with_twins(kinds), ())


def test_an_attribute_under_another_name_of_another_indicator_is_told_once():
    """Those known by sex, those served by gender: how few were known and not served."""
    by_kind = table(YEAR_1, "kind", {"female": "10–19", "male": FEW}, 19)
    frames = [printed(*FIRST, code="once"), printed(*by_kind, code="each")]
    project = linked.with_sheets("once", "each", ways=[("sex",), ("kind",)])
    with pytest.raises(NotAudited, match="indicator once by sex and indicator each by kind have the same"):
        opened(pd.concat(frames), project, ())


@pytest.mark.parametrize("kinds", [{"labour": about(20), "other": FEW}, {"female": about(20), "none of these": FEW}])
def test_other_categories_are_another_attribute(kinds):
    """One word in common, as "other", is no twin."""
    assert [told.name for told in every_told(*with_twins(kinds), ())] == ["sex", "kind"]


def with_sex_in_two_tables(*codes):
    """The project in which the sex of people also stands in the table of services, noted there once more."""
    project = linked.with_sheets(*codes, ways=[("sex",)])
    tables = project.package.tables
    again = (*tables["services"].table_schema.fields, tables["people"].fields["sex"])
    schema = tables["services"].table_schema.model_copy(update={"fields": again})
    services = tables["services"].model_copy(update={"table_schema": schema})
    vars(services).pop("fields", None)  # a copy has what was kept of the first
    others = tuple(one for one in project.package.resources if one.name != "services")
    return replace(project, package=project.package.model_copy(update={"resources": (*others, services)}))


def test_an_attribute_that_stands_in_two_tables_is_told_once():
    """Women and men of those known, and of those served, by fields of two tables: the people are the same."""
    project = with_sex_in_two_tables("once", "each")
    assert {project.package.locate(table, "sex").table for table in ("people", "services")} == {"people", "services"}
    frames = [printed(*FIRST, code="once"), printed(*by_sex(YEAR_1, about(15), FEW, 20), code="each")]
    with pytest.raises(NotAudited, match="sex is told of indicators once and each, which are of the same people"):
        opened(pd.concat(frames), project, ())


def test_a_total_with_a_condition_in_another_table_is_a_cell_of_the_breakdown():
    """Women served beside women and men known, by the fields of two tables."""
    project = with_sex_in_two_tables("once", "each")
    where = linked.with_sheets("women").sheet("women").calculation.where
    each = project.sheet("each")
    women = each.model_copy(update={"calculation": each.calculation.model_copy(update={"where": where})})
    project = replace(project, sheets=(project.sheet("once"), women))
    frames = [printed(*FIRST, code="once"), printed((YEAR_1, "total", "all", exactly(22)), code="each")]
    with pytest.raises(NotAudited, match="the total of indicator each is of some by sex"):
        opened(pd.concat(frames), project, ("each",))


def test_a_total_with_a_condition_is_a_cell_of_the_breakdown():
    """Women in all beside women and men: also where both are large."""
    women = [(YEAR_1, "total", "all", exactly(22))]
    words = refusal(by_sex(YEAR_1, about(20), about(20), 40), women, codes=("once", "women"), conditioned=("women",))
    assert "not told by itself" in words


def forms(days, work, street, recorded, **fine):
    """By kind: work (labour, servitude) and street (begging); fine ones where they are given."""
    cells = table(days, "kind:coarse", {"work": work, "street": street}, recorded)
    return cells + (table(days, "kind", fine, recorded)[1:] if fine else [])


def test_coarse_and_fine_categories_are_one_register():
    """50 = 28 to 32 in work | 18 to 22 on the street: 28 to 32 in labour say that nobody, or few, are in servitude; by
    their own range they are one at least.
    """
    ways = (("kind",), ("kind:coarse",))
    assert found(*forms(YEAR_1, about(30), about(20), 50), ways=ways) == set()
    fine = {"labour": "20–30", "servitude": FEW, "begging": about(20)}
    assert found(*forms(YEAR_1, about(30), about(20), 50, **fine), ways=ways) == set()
    early = forms(YEAR_1, about(30), about(20), 50, **(fine | {"labour": about(20), "servitude": "6–9"}))
    assert (*YEAR_1, "servitude") in found(*early, ways=ways)


def test_all_others_together_are_a_group():
    """45 in all: 36 to 44 of one kind, and neither of the two others can be shown to be there; both together can."""
    kinds = {"labour": "36–44", "begging": "0–9", "servitude": "0–9"}
    assert {cell[2] for cell in found(*table(YEAR_1, "kind", kinds, 45), ways=(("kind",),))} == {"begging, servitude"}


# --- Shares -----------------------------------------------------------------------------------------


def share(days, value, of, version=0):
    what = (NAN, NAN, float(of), value) if isinstance(value, str) else (value, NAN, float(of), "rounded")
    return (days, "total", "all", what, version)


@pytest.mark.parametrize(
    ("value", "status", "of", "fits"),
    [(0.68, "rounded", 34, (23, 23)), (0.5, "rounded", 400, (198, 201)), (NAN, "56–84 %", 25, (14, 21))],
)
def test_a_share_stands_for_these_numbers(value, status, of, fits):
    """In plain arithmetic: those of which the per cent, halves up, is the one that is printed."""
    assert bounds(value, status, of) == fits
    low, high = (56, 84) if status != "rounded" else (100 * value - 0.5, 100 * value + 0.499)
    counted = [n for n in range(of + 1) if low - 1e-9 <= 100 * n / of <= high + 1e-9]
    assert (min(counted), max(counted)) == fits


def test_a_share_of_a_few_is_a_range():
    """23 of 34 counted, 11 not: a number; of 12 a number would show that 3 were not."""
    assert found(share(YEAR_1, 0.68, 34), code="share") == set()
    assert found(share(YEAR_1, 0.75, 12), code="share") == {(*YEAR_1, "counted"), (*YEAR_1, "rest")}
    assert found(share(YEAR_1, "25–100 %", 12), code="share") == set()


def test_two_shares_to_date_show_no_year():
    """25 of 47, then 30 of 60: 5 of the 13 in between. The range that the rule tells leaves nobody possible."""
    first = share(YEAR_1, 0.53, 47)
    assert (*YEAR_2, "counted") in found(first, share(TO_YEAR_2, 0.5, 60), code="share")
    assert found(first, share(TO_YEAR_2, "41–63 %", 60), code="share") == set()


def test_a_share_is_told_in_one_way():
    later = share(YEAR_1, 0.7, 34, 1)
    project = linked.with_sheets("share", ways=[("sex",)])
    with pytest.raises(NotAudited, match="printed in two ways"):
        opened(printed(share(YEAR_1, 0.68, 34), later, code="share"), project)
    older = (YEAR_2, "total", "all", (0.5, 20.0, 40.0, "rounded"))
    with pytest.raises(NotAudited, match="older policy"):
        opened(printed(share(YEAR_1, 0.68, 34), older, code="share"), project)
