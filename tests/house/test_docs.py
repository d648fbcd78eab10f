"""What the README and docs/ say: the policy as it is, the promise whole, words that are used, pages that are linked."""

import re

import pytest

import ctanalysis as ct
from ctanalysis.evaluation import SHIPPED
from ctanalysis.project import load
from tests.bench import attacker, rules, truth, utility
from tests.conftest import ROOT

PROJECT = load(SHIPPED)
RULE = PROJECT.disclosure_rule(PROJECT.sheet("2.2"))
README = ROOT / "README.md"
DOCS = ROOT / "docs"


def words_of(path):
    """The text of a page with single blanks, without what is only emphasis."""
    return " ".join(path.read_text(encoding="utf-8").replace("**", "").split())


# --- The README and the pages that it leads to ---------------------------------------------------


def test_the_readme_is_short_and_leads_to_every_page():
    """At most 120 lines; each page of docs/ is linked from the README or from a page that it links."""
    text = README.read_text(encoding="utf-8")
    assert text.count("\n") <= 120
    linked, new = set(), {(ROOT / link).resolve() for link in links(text)}
    while new:
        linked |= new
        pages = [page for page in new if page.suffix == ".md"]
        new = {(page.parent / link).resolve() for page in pages for link in links(page.read_text(encoding="utf-8"))}
        new -= linked
    assert [path for path in linked if not path.exists()] == []
    assert {path for path in DOCS.iterdir() if path.is_file()} <= linked


def links(text):
    """Where the links and images of a page lead within the repository."""
    return re.findall(r"\]\(([\w./-]+)\)", text)


def test_the_readme_s_example_runs():
    """The lines for evaluators, as they stand."""
    example = re.search(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)[1]
    names = {}
    exec(example, names)
    p = names["p"]
    assert len(p.values("1.3", by="oblast", every="quarter")) == 13 * 10
    assert set(p.values("2.2", by="sex", horizon="last fiscal year")["horizon"]) == {"last fiscal year"}
    assert set(ct.evaluate("FY2015Q1").by("1.2", ("sex", "age_group"))["disaggregation"]) == {"sex × age_group"}


PROMISE = (
    "rom everything this project has published to date, together and with the rules known, no breakdown cell of 1 to "
    f"{RULE.fewer_than - 1} people who were trafficked can be computed, nor shown to lie within 1 to "
    f"{RULE.fewer_than - 1}. If the check cannot finish, nothing is published."
)
NOT_PROMISED = (
    "not recorded: of how many people a breakdown is not recorded, and of how many it is, is published exactly;",
    "totals and the differences between them, which are published by policy, and with them how many people were "
    "entered late, and for which quarter;",
    "that there is at least one: it can be seen that a category is not empty; there may then as well be ten or more;",
    "several categories taken together, other than all but one;",
    "how indicators with different definitions overlap;",
    "an insider: whoever knows some of the records, or more from elsewhere, can conclude more;",
    "a partner that knows its own clients: it can take them out of what is printed, and few may remain.",
    "For callers and participants each table is looked at by itself.",
)


def test_the_promise_is_whole():
    """No sentence of it is missing or weaker, and neither is what is not promised."""
    page = words_of(DOCS / "protection.md")
    assert PROMISE in words_of(README) and PROMISE in page
    assert [limit for limit in NOT_PROMISED if limit not in page] == []


def test_the_pages_name_the_policy_as_it_is():
    """The numbers of the README and of docs/protection.md are those of policy.toml."""
    for path in (README, DOCS / "protection.md"):
        text = words_of(path)
        for numbers in (
            f'"fewer than {RULE.fewer_than}"',
            "to the nearest ten",
            "at least ten more people stand on either",
        ):
            assert numbers.casefold() in text.casefold(), (path.name, numbers)
    assert RULE.fewer_than == RULE.round_to == len(range(18, 28)) == 10 and RULE.nodes == ("year",)
    page = words_of(DOCS / "protection.md")
    half = RULE.round_to // 2
    assert f"40 to the nearest ten: {40 - half} to {40 + half - 1}" in page
    assert f'"about 30" may be {30 - RULE.round_to + 1} to {30 + RULE.round_to - 1}' in page
    assert "its ends are at most ten points apart" in page and 2 * RULE.share_within == 10
    for name in ("callers", "participants"):
        rule = PROJECT.policy.rules[name]
        assert f'a number below {rule.fewer_than} in a breakdown is "fewer than {rule.fewer_than}"' in page
        assert f"the others are rounded to the nearest {rule.round_to}." in page


# --- The glossary --------------------------------------------------------------------------------


def test_each_word_of_the_glossary_is_used():
    """In the code, in the texts of reports, or on a page; in the singular or the plural."""
    terms = re.findall(r"^- \*\*(.+?)\*\*: \S", (DOCS / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    places = [*(ROOT / "ctanalysis").rglob("*.py"), *(ROOT / "ctanalysis").rglob("*.html"), README, *DOCS.glob("*.md")]
    text = "\n".join(words_of(path) for path in places if path.name != "glossary.md")
    assert len(terms) == len(set(terms)) >= 30
    assert [term for term in terms if not re.search(rf"\b{re.escape(term)}s?\b", text)] == []


# --- docs/disclosure.md --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def text():
    return " ".join(rules.PAGE.read_text(encoding="utf-8").split())


def test_the_page_names_the_policy_as_it_is(text):
    """The numbers that the policy hides and rounds by are on the page, and so are the rules compared."""
    assert f"to the end of each year, to the nearest {RULE.round_to}, in ranges" in text
    assert f"a cell to be of 1-{RULE.fewer_than - 1}." in text and f"The policy's {RULE.fewer_than} is" in text
    assert RULE.audited and not RULE.one_way and RULE.breakdowns and next(iter(rules.WAITING.values())) == RULE.round_to
    for name in (*rules.PLAIN, rules.ALONE, rules.HOUSE):
        assert text.count(f"| {name} |") == 3  # two calendars, and the order of need
    for name in rules.WAITING:
        assert text.count(f"| {name} |") == 4  # simulated registers as well


def test_the_sheets_are_those_that_add_up():
    """Compared are all audited indicators that add up over time."""
    adds_up = [
        sheet.code
        for sheet in PROJECT.sheets
        if PROJECT.disclosure_rule(sheet).audited
        and sheet.measure in ("people", "count", "sum")
        and getattr(sheet.calculation, "counted", "once") == "once"
    ]
    assert tuple(adds_up) == rules.SHEETS


@pytest.mark.parametrize("told", [*rules.PLAIN.values()], ids=[*rules.PLAIN])
def test_what_is_printed_can_stand_for_the_number(told):
    """Of every rule: a number lies within what its print can stand for, and whatever lies there can print so."""
    for number in range(60):
        for draw in range(30):
            one = told(("2.1", str(draw)), number)
            assert one.low <= number <= one.high
            if draw == 0 and told is not rules.random_three:
                inside = [other for other in range(90) if told(("2.1", "0"), other) == one]
                assert inside == list(range(int(one.low), int(one.high) + 1))


def test_the_attacker_finds_what_anybody_can():
    """Of exact quarters every small cell is found; of totals alone none is; of one year's exact breakdown, its own."""
    found = truth.truth()
    cells = {
        (cell[1], cell[2], cell[4]): number
        for cell, number in found.numbers.items()
        if cell[0] == "2.2" and cell[3] == "exploitation"
    }
    quarters = {truth.days(quarter) for quarter in found.quarters}
    year = sorted({cell[:2] for cell in cells} - quarters)[2]  # a year's first day to its last
    small = sum(1 <= number <= 9 for number in cells.values())

    def attacked(spans):
        exact = {cell: rules.Print(number, number, number) for cell, number in cells.items() if cell[:2] in spans}
        return attacker.Attacker(found, "2.2", "exploitation", exact).attack()

    assert attacked(quarters) == (small, small, small)
    assert attacked(set()) == (small, 0, 0)
    assert attacked({year})[1] >= sum(1 <= cells[cell] <= 9 for cell in cells if cell[:2] == year) > 0


@pytest.mark.long
def test_the_page_is_what_the_script_writes():
    """make accept would change nothing."""
    assert utility.page() == rules.PAGE.read_text(encoding="utf-8")
