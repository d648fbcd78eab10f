"""The breakdowns that policy.toml tells by the waiting rule: read, and refused where they cannot be told."""

import shutil

import pytest

from ctanalysis.base.errors import Refused
from ctanalysis.disclosure import ledger
from ctanalysis.project import SHIPPED, load
from tests.conftest import copied
from tests.generators.second_project import SECOND

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


ENDED_SHARE = """
[[victims.breakdowns]]
sheet = "2.6"
by = "total"
ended = "Records had to be erased."
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


@pytest.mark.few(10)
@pytest.mark.parametrize(
    ("breakdowns", "said"),
    [
        ([changed(ASSISTED, "2.2", "2.99")], "there is no indicator '2.99'"),
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
        ([changed(ASSISTED, '"sex"', '"total"')], 'by = "total" is of a share that has ended: it has no order'),
        ([ENDED_SHARE.replace("2.6", "2.2")], 'by = "total" is of a share that has ended, and why'),
        ([ENDED_SHARE.split("ended", maxsplit=1)[0]], 'by = "total" is of a share that has ended, and why'),
        ([ASSISTED + 'ended = "=1"\n'], "a spreadsheet would take it for a formula"),
        ([changed(ASSISTED, "2.2", "2.5")], "only a count of people, each of them once, can wait"),
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


def test_a_breakdown_that_has_ended_says_why(tmp_path):
    """So does a share, which has an entry for that alone."""
    ended = ASSISTED + 'ended = "Records had to be erased."\n'
    sex, share = load(policy(tmp_path, ended, ENDED_SHARE)).policy.rules["victims"].breakdowns
    assert sex.ended == share.ended == "Records had to be erased." and share.by == "total"


def test_a_breakdown_of_a_sheet_that_is_a_cell_of_another_is_refused(tmp_path):
    """Of the women assisted, by age, beside all assisted by sex: the base of the one is a cell of the other."""
    folder = policy(tmp_path, ASSISTED, changed(AGES, "2.2", "2.99"))
    sheet = next((folder / "indicators").glob("2.2-*.toml")).read_text(encoding="utf-8")
    women = sheet.replace('code = "2.2"', 'code = "2.99"').replace("where = { ", 'where = { sex = ["Feminine"], ')
    (folder / "indicators" / "2.99-women.toml").write_text(women, encoding="utf-8")
    with pytest.raises(Refused, match="by age_group:coarse: its sheet has a condition on sex"):
        load(folder)


# --- A policy from before breakdowns waited ---------------------------------------------------------------

OLDER = """one_way = ["year", "project"]
two_way = []
"""


def older(tmp_path):
    """The second project with the policy that it had; the text of its other keys."""
    folder = shutil.copytree(SECOND, tmp_path / "second", ignore=shutil.ignore_patterns("reports", "internal"))
    path = folder / "policy.toml"
    head, rest = path.read_text(encoding="utf-8").split("one_way = []", 1)
    others = rest[rest.index("\n[ishtirokchiyon]") :]
    path.write_text(head + OLDER + others, encoding="utf-8")
    return folder, head, others


def test_an_older_policy_is_refused_with_the_text_to_paste(tmp_path):
    """The text in its place, as it is said, is taken: each attribute of people of the first indicator that has it."""
    folder, head, others = older(tmp_path)
    with pytest.raises(
        Refused, match="class 'bozgashtagon': one_way and two_way are not for an audited class"
    ) as refused:
        load(folder)
    text = str(refused.value)
    assert "withheld because of its numbers" in text and "Traceback" not in text
    pasted = text[text.index("one_way = []") :]
    (folder / "policy.toml").write_text(head + pasted + others, encoding="utf-8")
    told = load(folder).policy.rules["bozgashtagon"].breakdowns
    assert [(one.sheet, one.by) for one in told] == [("B1", "jins"), ("B1", "sinn"), ("B1", "mintaqa")]
    assert told[0].order == ("женщины", "мужчины")


def test_an_older_policy_of_two_things_at_once_is_refused_too(tmp_path):
    folder, *_ = older(tmp_path)
    path = folder / "policy.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(OLDER, 'one_way = []\ntwo_way = ["whole"]\n'), encoding="utf-8")
    with pytest.raises(Refused, match="one_way and two_way are not for an audited class any more"):
        load(folder)


def test_coarse_and_fine_categories_are_one_entry_of_the_text(tmp_path):
    """The shipped project with an older policy: ages of those assisted have their fine categories with them."""
    folder = policy(tmp_path, nodes="", spans='["year", "project"]')
    with pytest.raises(Refused) as refused:
        load(folder)
    text = str(refused.value)
    assert 'by = "age_group:coarse"\norder = ["children", "adults"]\nfine = ["0–17", "18–24"' in text
    assert text.count("[[victims.breakdowns]]") == 5


def test_the_definitions_of_classes_without_the_promise_are_what_they_were():
    """As they were hashed before policies had breakdowns: a ledger that was begun then goes on."""
    project = load(SHIPPED)
    was = {"1.1": "32a0bc05fe6d", "1.2": "4c8d95f6bc06", "1.3": "b032a8823765", "3.1": "6f006544bd6e"}
    assert {code: ledger.definition(project, project.sheet(code)) for code in was} == was
