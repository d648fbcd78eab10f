"""The breakdowns that policy.toml tells by the waiting rule: read, and refused where they cannot be told."""

import pytest

from ctanalysis.base.errors import Refused
from ctanalysis.project import load
from tests.bench import needs
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


def policy(tmp_path, *breakdowns, nodes='nodes = ["year"]', spans="[]"):
    """The shipped project whose policy for people who were trafficked has these breakdowns."""
    folder = copied(tmp_path / "project")
    path = folder / "policy.toml"
    text = path.read_text(encoding="utf-8")
    head, victims = text.split("[victims]\n")
    victims, others = victims.split("\n[callers]")
    lines = [line for line in victims.splitlines() if not line.startswith(("one_way", "two_way "))]
    lines += [f"one_way = {spans}", "two_way = []", nodes, *breakdowns]
    path.write_text(head + "[victims]\n" + "\n".join(lines) + "\n[callers]" + others, encoding="utf-8")
    return folder


def test_the_breakdowns_are_read_in_their_order(tmp_path):
    rule = load(policy(tmp_path, ASSISTED, FORMS)).policy.rules["victims"]
    sex, forms = rule.breakdowns
    assert (sex.sheet, sex.by, sex.not_recorded) == ("2.2", "sex", "apart")
    assert forms.order[0] == "forced labour" and forms.not_recorded == "last"


def test_coarse_categories_are_those_of_the_descriptor(tmp_path):
    """In the order of their splits; the fine ones are told when the project has ended."""
    folder = needs.with_coarse_categories(policy(tmp_path, ASSISTED, AGES), fine=True)
    *_, ages = load(folder).policy.rules["victims"].breakdowns
    assert ages.order == ("adults", "children") and ages.fine[0] == "25–34"


def changed(text, old, new):
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("breakdowns", "said"),
    [
        ([changed(ASSISTED, "2.2", "2.9")], "there is no indicator '2.9'"),
        ([changed(ASSISTED, "2.2", "1.2")], "its table is of another class"),
        ([changed(ASSISTED, "2.2", "2.3")], "only a count of people or things that adds up over time can wait"),
        ([changed(ASSISTED, "2.2", "2.6")], "only a count of people or things that adds up over time can wait"),
        ([changed(ASSISTED, '"sex"', '"shoe"')], "there is no field 'shoe'"),
        ([changed(ASSISTED, '"male"', '"mail"')], "order: sex has no such category: mail"),
        ([changed(ASSISTED, '"male"', '"mail"')], "order must name every category; it lacks: male"),
        ([changed(ASSISTED, ', "male"', "")], "must have 2 item or items at least"),
        ([changed(ASSISTED, '"male"', '"female"')], "a label stands in the order of its splits twice"),
        ([changed(ASSISTED, '"male"', '"=male"')], "a spreadsheet would take it for a formula"),
        ([ASSISTED + 'fine = ["female", "male"]\n'], "fine is of a coarse form"),
        ([AGES], "has no coarse categories"),
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


def test_breakdowns_and_nodes_go_together(tmp_path):
    with pytest.raises(Refused, match="breakdowns and nodes go together"):
        load(policy(tmp_path / "a", ASSISTED, nodes=""))
    with pytest.raises(Refused, match="breakdowns and nodes go together"):
        load(policy(tmp_path / "b"))
    with pytest.raises(Refused, match="must be one of"):
        load(policy(tmp_path / "c", ASSISTED, nodes='nodes = ["quarter"]'))


def test_a_class_that_waits_has_no_other_breakdowns(tmp_path):
    with pytest.raises(Refused, match=r"write one_way = \[\] and two_way = \[\]"):
        load(policy(tmp_path, ASSISTED, spans='["year"]'))
