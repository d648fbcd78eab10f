"""Questions that no sheet asks: answered by the rules of the class, or refused; never by the numbers."""

from dataclasses import replace
from random import Random

import pytest

import ctanalysis as ct
from ctanalysis.enquiry.own import labels_of
from ctanalysis.enquiry.reading import Reading

FIELDS = ("sex", "age_group", "oblast", "exploitation", "country", "audience", "topic", "kind", "service")
LABELS = ("female", "male", "Talas", "Osh oblast", "forced labour", "children", "shelter", "media")


def test_a_breakdown_that_no_sheet_declares(p):
    """Audience by sex of participants: by the rules of participants, and the rows add up to the declared breakdown."""
    own = p.values("1.2", by=("audience", "sex"), period="FY2014")
    assert own["audience"].nunique() == 5 and set(own["status"]) == {"rounded", "fewer than 5"}
    declared = p.values("1.2", by="sex", period="FY2014").set_index("sex")["value"]
    both = own.groupby("sex")["value"].sum()
    assert (both[["female", "male"]] - declared[["female", "male"]]).abs().max() <= 5 * 2.5 + 2.5


def test_a_condition_is_the_cell_of_that_breakdown(p):
    """Of those who are protected: the very cells, whichever way they are asked for."""
    by_both = p.values("1.2", by=("audience", "sex"), period="FY2014")
    asked = p.values("1.2", where={"audience": "schools"}, by="sex", period="FY2014")
    assert asked["told"].tolist() == by_both.loc[by_both["audience"] == "schools and colleges", "told"].tolist()
    one = p.values("1.3", where={"sex": "female"}, period="FY2014")
    assert one["told"].tolist() == p.values("1.3", by="sex", period="FY2014")["told"].tolist()[:1]


def test_about_nobody_everything_can_be_asked(p):
    """Events: as many conditions as there are fields; exact, and parts add up to the whole."""
    asked = {"audience": ["schools and colleges", "media"], "oblast": "Talas"}
    own = p.values("1.1", where=asked, every="year")
    assert set(own["status"]) == {"exact"} and own["value"].sum() > 0
    by = p.values("1.1", by=("oblast", "audience"), every="year")
    cells = by[(by["oblast"] == "Talas") & by["audience"].isin(asked["audience"])]
    assert own["value"].tolist() == cells.groupby("period")["value"].sum().tolist()


@pytest.mark.parametrize(
    "code, asked, words",
    [
        ("1.2", {"where": {"audience": "media", "oblast": "Talas"}, "by": "sex"}, "2 fields at most.* this has 3"),
        ("1.2", {"where": {"sex": ["female", "male"]}}, "takes one category.* Break down by sex"),
        ("1.2", {"where": {"audience": "nobody"}}, "no category of audience. There are: schools"),
        ("1.2", {"where": {"oblast": "Narin"}}, "no category of oblast. Near to it: Naryn."),
        ("1.2", {"where": {"oblast": {"not": "Naryn"}}}, "where takes a category of oblast as it is called, or a list"),
        ("1.1", {"where": {"oblast": None}}, "where takes a category of oblast as it is called.* There are: Batken"),
        ("1.1", {"where": {"oblast": [7]}}, "'7' is no category of oblast. There are: Batken"),
        ("1.2", {"by": "attendance_id"}, "cannot be asked by 'attendance_id'"),
        ("1.9", {"by": "topic"}, "is a rate"),
        ("2.2", {"by": "oblast"}, "Many small questions would add up.*make internal"),
        ("2.2", {"by": ("sex", "age_group")}, "about people who were trafficked"),
        ("2.5", {"where": {"service": "shelter"}}, "about people who were trafficked"),
    ],
)
def test_what_is_refused_says_why_and_the_way(p, code, asked, words):
    """In a sentence."""
    with pytest.raises(ct.Refused, match=words):
        p.values(code, period="FY2014", **asked)


def test_yes_and_no_are_asked_as_python_has_them(p):
    """Of a field that is true or false, True is its category yes."""
    field = p.project.package.tables["questionnaires"].fields["aware_before"]
    assert [labels_of(field, word) for word in (True, False, "yes")] == [("yes",), ("no",), ("yes",)]


def questions(codes, number):
    """So many random ones."""
    random = Random(20150209)
    for _ in range(number):
        by = random.sample(FIELDS, random.randrange(3))
        where = {field: random.choice(LABELS) for field in random.sample(FIELDS, random.randrange(3))}
        yield (
            random.choice(codes),
            {"by": tuple(by) or None, "where": where, "every": random.choice(["year", "quarter"])},
        )


def answer(p, code, asked):
    """What is told, or the refusal."""
    try:
        return p.values(code, **asked)
    except ct.Refused as refused:
        return str(refused)


@pytest.mark.parametrize("number", [100, pytest.param(1000, marks=pytest.mark.long)])
def test_many_small_questions_about_people_tell_no_more_than_the_reports(p, number):
    """However many: each is refused, or its cells are those of a breakdown that the policy tells."""
    answered = 0
    codes = ["2.1", "2.2", "2.3", "2.5", "2.6"]
    for code, asked in questions(codes, number):
        found = answer(p, code, asked)
        if isinstance(found, str):
            continue
        answered += 1
        fields = [name for name in found.columns if name in FIELDS]
        declared = p.values(code, by=tuple(fields) or None, every=asked["every"])
        keys = ["period", *fields]
        both = found.merge(declared, on=keys, suffixes=("", "_declared"))
        assert len(both) == len(found) and (both["told"] == both["told_declared"]).all()
    assert answered > number / 20


def test_what_is_refused_does_not_depend_on_the_numbers(p):
    """With every victim's sex and oblast, and every service, shifted among people, the same questions are refused."""
    read = p._reading()
    frames = {name: frame.copy() for name, frame in read.rows.frames.items()}
    for name in ("victims", "services", "attendance"):
        fields = [field for field in FIELDS if field in frames[name]]
        frames[name][fields] = frames[name][fields].iloc[::-1].to_numpy()
    other = ct.open()
    other._read = (other_signature(other), Reading(read.whole, replace(read.rows, frames=frames), read.released))
    for code, asked in questions(["1.2", "2.1", "2.2", "2.5"], 60):
        one, two = answer(p, code, asked), answer(other, code, asked)
        assert isinstance(one, str) == isinstance(two, str) and (not isinstance(one, str) or one == two)


def other_signature(enquiry):
    """That of its folder, so that it is not read again."""
    from ctanalysis.enquiry.reading import signature

    return signature(enquiry._folder)
