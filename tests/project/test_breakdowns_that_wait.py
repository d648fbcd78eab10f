"""The breakdowns that policy.toml tells by the waiting rule: read, and refused where they cannot be told."""

import pytest

from ctanalysis.base.errors import Refused
from ctanalysis.project import load
from tests.conftest import copied

ASSISTED = """
[[victims.breakdowns]]
sheet = "2.2"
by = "sex"
order = ["female", "male"]
"""
FORMS = """
[[victims.breakdowns]]
sheet = "2.1"
by = "exploitation"
not_recorded = "last"
order = ["forced labour", "sexual exploitation", "forced begging", "servitude", "another form"]
"""
AGES = """
[[victims.breakdowns]]
sheet = "2.2"
by = "age_group:coarse"
order = ["adults", "children"]
fine = ["25–34", "18–24", "35–49", "50 and over", "0–17"]
"""


def policy(tmp_path, *breakdowns, nodes='nodes = ["year"]', spans="[]", folder=None):
    """The shipped project whose policy for people who were trafficked has these breakdowns."""
    folder = folder or copied(tmp_path / "project")
    path = folder / "policy.toml"
    head, rest = path.read_text(encoding="utf-8").split("\n[victims]\n")
    victims, others = rest.split("\n[[victims.breakdowns]]", 1)[0], rest[rest.index("\n[callers]") :]
    lines = [line for line in victims.splitlines() if not line.startswith(("one_way", "two_way", "nodes"))]
    lines += [f"one_way = {spans}", "two_way = []", nodes, *breakdowns]
    path.write_text(head + "\n[victims]\n" + "\n".join(lines) + "\n" + others, encoding="utf-8")
    return folder


def test_the_breakdowns_are_read_in_their_order(tmp_path):
    rule = load(policy(tmp_path, ASSISTED, FORMS)).policy.rules["victims"]
    sex, forms = rule.breakdowns
    assert (sex.sheet, sex.by, sex.not_recorded) == ("2.2", "sex", "apart")
    assert forms.order[0] == "forced labour" and forms.not_recorded == "last"


def test_coarse_categories_are_those_of_the_descriptor(tmp_path):
    """In the order of their splits; the fine ones are told when the project has ended."""
    *_, ages = load(policy(tmp_path, ASSISTED, AGES)).policy.rules["victims"].breakdowns
    assert ages.order == ("adults", "children") and ages.fine[0] == "25–34"


def changed(text, old, new):
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("breakdowns", "said"),
    [
        ([changed(ASSISTED, "2.2", "2.9")], "there is no indicator '2.9'"),
        ([changed(ASSISTED, "2.2", "1.2")], "its table is of another class"),
        ([changed(ASSISTED, "2.2", "2.3")], "only a count of people, each of them once, can wait"),
        ([changed(ASSISTED, "2.2", "2.6")], "only a count of people, each of them once, can wait"),
        ([changed(ASSISTED, '"sex"', '"shoe"')], "there is no field 'shoe'"),
        ([changed(ASSISTED, '"male"', '"mail"')], "order: sex has no such category: mail"),
        ([changed(ASSISTED, '"male"', '"mail"')], "order must name every category; it lacks: male"),
        ([changed(ASSISTED, ', "male"', "")], "a breakdown has two categories or more"),
        ([changed(ASSISTED, '"male"', '"female"')], "a label stands in the order of its splits twice"),
        ([changed(ASSISTED, '"male"', '"=male"')], "a spreadsheet would take it for a formula"),
        ([ASSISTED + 'fine = ["female", "male"]\n'], "fine is of a coarse form"),
        ([changed(AGES, "age_group", "sex")], "has no coarse categories"),
        ([ASSISTED, ASSISTED], "a sheet is broken down by the same field twice"),
        ([ASSISTED, changed(ASSISTED, "2.2", "2.1")], "sex is told of indicator 2.2 and of 2.1"),
        ([ASSISTED + 'ordered = "rarest"\n'], "the key"),
        ([ASSISTED + 'not_recorded = "hidden"\n'], "must be one of"),
    ],
)
def test_what_cannot_be_told_is_refused(tmp_path, breakdowns, said):
    with pytest.raises(Refused) as refused:
        load(policy(tmp_path, *breakdowns))
    assert said in str(refused.value)
    assert "pydantic" not in str(refused.value)


def test_breakdowns_need_nodes(tmp_path):
    """Nodes alone are those of shares, which need no entry."""
    assert not load(policy(tmp_path / "a")).policy.rules["victims"].breakdowns
    with pytest.raises(Refused, match="breakdowns need nodes"):
        load(policy(tmp_path / "b", ASSISTED, nodes=""))
    with pytest.raises(Refused, match="must be one of"):
        load(policy(tmp_path / "c", ASSISTED, nodes='nodes = ["quarter"]'))


def test_a_class_that_waits_has_no_other_breakdowns(tmp_path):
    with pytest.raises(Refused, match=r"write one_way = \[\] and two_way = \[\]"):
        load(policy(tmp_path, ASSISTED, spans='["year"]'))
