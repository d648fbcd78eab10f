"""The catalogue of findings and comparisons, beside the tests that read them aloud: each kind of sentence is in one."""

import ast
import re
from types import SimpleNamespace

import pytest

from ctanalysis import narrative, tables
from ctanalysis.analysis.findings import FIGURES, Finding
from ctanalysis.language import Speech, messages
from ctanalysis.narrative.main_points import not_shown
from ctanalysis.tables.findings import strength
from tests.conftest import ROOT, evaluated

KINDS = ("changes.", "why.", "main_points.", "signals.", "table.findings.")

FINDINGS = {  # kind: what it is called, what it does not show, where it is shown
    "not received": ("Records not received", "That there was nothing.", "Data quality"),
    "results": (
        "Results",
        "Why the numbers are what they are, or what they would be without the project.",
        "the area's page, By quarter",
    ),
    "gain": (
        "Gain of the same people",
        "That it lasts, or that it would not have come by itself: nobody else was asked.",
        "Headline results, figure",
    ),
    "pace": (
        "Pace",
        "What happens if something changes: it goes on as it was.",
        "Indicator performance tracking",
    ),
    "signal": ("Signal in a series", "Why the level is another one.", "the area's page, By quarter"),
    "spending": ("Spending", "Whether the money was well spent.", "Indicator performance tracking"),
    "differ": ("Regions or groups that differ", "Whether needs differ as the numbers do.", "Reach, figure"),
    "targets": (
        "Where the targets stand",
        "Whether the targets were the right ones.",
        "Progress towards targets, figure",
    ),
    "standard": ("Data quality standards not met", "That the numbers are wrong; they may be.", "Data quality"),
    "explanation": (
        "Explanations outstanding",
        "That something went wrong: more than was to be expected asks for one, too.",
        "Indicator performance tracking",
    ),
    "overdue": ("Overdue", "That nothing was done: it may not have been noted.", "Explanations and actions"),
    "restated": (
        "Values restated",
        "That the earlier values were careless: late records change them.",
        "Values restated",
    ),
}


@pytest.mark.parametrize("kind", FIGURES)
def test_what_a_finding_is_what_it_does_not_show_and_where_it_stands(kind):
    """In the words of the table of findings, for every kind that there is."""
    speech = Speech()
    project = SimpleNamespace(project=SimpleNamespace(speech=speech))
    assert FINDINGS[kind] == (
        speech.plain(f"main_points.kind.{kind}"),
        not_shown(project, Finding(kind, 1, ())),
        speech.plain(f"table.findings.place.{FIGURES[kind]}"),
    )


@pytest.mark.parametrize(
    "p, words",
    [(float("nan"), "as recorded"), (0.0004, "clear (p below 0.001)"), (0.02, "clear (p = 0.020)")],
)
def test_how_strong_a_finding_is(p, words):
    """A fact of the records has no p-value; what is clear has its own, or is told to be below the least."""
    assert strength(Finding("gain", 1, (), p), Speech()) == words


def test_the_table_of_findings_of_the_shipped_quarter():
    """Headed, in order, and each with its strength: the gain is clear, the results are as recorded."""
    found = tables.findings(evaluated("FY2015Q1"))
    assert (found.caption, found.header) == (
        "Findings, ranked",
        ("Finding", "Strength", "What it does not show", "Shown by"),
    )
    assert found.rows[0] == ("1. Gain of the same people: 1.7", "clear (p below 0.001)", *FINDINGS["gain"][1:])
    assert {row[1] for row in found.rows if ". Results" in row[0]} == {"as recorded"}


SHIPPED = [  # the quarter, where it is read, and what
    ("FY2015Q1", "also_found", "Overdue, of what was decided before: A2 “Have every partner send its financial report"),
    ("FY2012Q2", "also_found", "Nothing else stands out."),
    (
        "2014-12",
        "points",
        "events were held (24 a year before), which swings so much that no lasting change is shown;",
    ),
    (
        "FY2015Q1",
        "prevention",
        "No clear change from October–December 2013 (113): a difference of this size is within what chance and "
        "clustering bring.",
    ),
    (
        "FY2014Q1",
        "prevention",
        "113 awareness-raising events were held in October–December 2013. It swings so much from quarter to quarter "
        "that the difference from October–December 2012 (94) may be chance: only 3.1 times as many or more would be "
        "likely to show",
    ),
    (
        "FY2014",
        "protection",
        "The difference from October 2012–September 2013 (64–75%) may be chance: only a difference of 32 "
        "percentage points or more would be likely to show.",
    ),
    ("FY2015Q1", "cooperation", "The same as on 30 September 2014 (5)."),
    (
        "FY2015Q1",
        "signals",
        "The latest quarter of each series is held against limits from the quarters before it. Within them, it varies "
        "as it always has. Whether a level has shifted for good (eight quarters in a row on one side of the centre) "
        "cannot be seen in so few quarters, so that is not looked for.",
    ),
    (
        "FY2015Q1",
        "signals",
        "1,233 [u] in October–December 2014 is above the usual limits (239 to 1,038 at this time of the year).",
    ),
    (
        "FY2015Q1",
        "signals",
        "Not judged: 1.7, 1.8, and 1.9. What carries over from quarter to quarter, or is of other units each time, has "
        "no usual limits.",
    ),
    (
        "FY2015Q1",
        "signals",
        "Not judged: 3.5. The latest quarter is not told, or lacks some of its records, so it is not judged.",
    ),
]


@pytest.mark.few(1)
@pytest.mark.parametrize("period, place, words", SHIPPED)
def test_what_the_shipped_reports_say(period, place, words):
    """Read aloud, of the main points, what else was found, an area's results, and its series."""
    found = evaluated(period)
    areas = [area.code for area in found.project.facts.areas]
    if place in ("points", "also_found"):
        text = getattr(narrative, place)(found).plain
    elif place == "signals":
        text = "\n".join(narrative.signals(found, code).plain for code in areas)
    else:
        text = narrative.area(found, place).plain
    assert words in text


# Said in situations that no test reads aloud yet. Whoever adds a message adds its test; this list only grows shorter.
UNREAD = {
    *(f"changes.{name}" for name in ("clearly_changed", "not_compared_earlier", "small_but_clear", "small_from")),
    *(f"changes.{name}" for name in ("too_varied",)),
    *(
        f"main_points.{name}"
        for name in ("all_short", "each_least", "least", "nothing", "rate_others_none", "rest_one")
    ),
    *(f"main_points.{name}" for name in ("restated", "this.varies", "verdict.few")),
    *(f"why.{name}" for name in ("a state, not a flow", "part of the records missing")),
}


def literals(path):
    """The texts of a module, each with the parts of it that stand one after another joined."""
    return [
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def plain(text):
    return " ".join(re.sub("<[^>]*>", "", text).split()).lower()


def longest(message):
    """The longest part of a message that is the same whatever is filled in."""
    parts = (part.strip(" .,;:()") for part in re.split("{{.*?}}", plain(message)))
    return max(parts, key=len)


def unread():
    """The messages whose words stand in no text of the tests of analyses and of the narrative."""
    paths = [path for room in ("analysis", "narrative") for path in (ROOT / "tests" / room).rglob("*.py")]
    told = [text for path in paths for text in literals(path)]
    read = "\n".join(map(plain, [*told, (ROOT / "tests/references/main-points.txt").read_text(encoding="utf-8")]))
    asked = {key: longest(text) for key, text in messages("en").items() if key.startswith(KINDS)}
    assert len(asked) > 150
    return {key for key, words in asked.items() if words not in read}


def test_every_kind_of_sentence_is_read_aloud_somewhere():
    """A sentence that no test holds may say anything."""
    assert unread() == UNREAD
