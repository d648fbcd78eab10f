"""Signals: what the control chart of an indicator says of its latest quarter, in a row of numbers and in words."""

import re
from dataclasses import replace

import pytest

from ctanalysis import evaluate, narrative
from ctanalysis.analysis.signals import CLASSED, NO_PARTS, signals
from ctanalysis.narrative.signals import sentence
from tests.analysis.test_pace import COUNT, SUM, of, rows
from tests.conftest import evaluated
from tests.generators import small

USUAL = [40, 44, 38, 41, 45, 39, 42, 40]


def words(signal, clear=True):
    return re.sub("<[^>]*>", "", sentence(signal, clear))


SITUATIONS = [  # what one says of it, the quarters, and what is said
    ("as always", [*USUAL, 43], "43 in October–December 2013 is within usual variation ("),
    ("twice as many", [*USUAL, 90], "90 in October–December 2013 is above the usual limits ("),
    ("hardly any", [*USUAL, 4], "4 in October–December 2013 is below the usual limits ("),
    ("for the second time", [*USUAL[:7], 90, 91], ", as all have been since July–September 2013."),
    ("five quarters", [40, 44, 38, 41, 45], "Too few quarters to say what is usual: six before it are needed."),
    ("always the same", [5, 5, 5, 5, 5, 5, 5], "All earlier quarters are alike, so that they show no usual variation."),
    ("eight above", [*USUAL[:6], 46, 44, 45, 47, 43, 46], "within usual variation"),
]  # fmt: skip


@pytest.mark.parametrize("_, amounts, said", SITUATIONS, ids=[case[0] for case in SITUATIONS])
def test_what_is_said(tmp_path, _, amounts, said):
    """Situation and sentence."""
    last = len(amounts) - 1
    period = f"FY{2012 + last // 4}Q{last % 4 + 1}"
    [signal] = signals(of(tmp_path, amounts, "", period).known)
    assert said in words(signal)


def test_a_signal_that_is_not_clear_among_many_says_so(tmp_path):
    """Beyond the limits, and yet one of many numbers that were looked at."""
    [signal] = signals(of(tmp_path, [*USUAL, 60], "", "FY2014Q1").known)
    assert signal.rule == "beyond limits"
    assert words(signal, clear=False).endswith("Among all that this report compares, that may be chance.")
    assert "chance" not in words(signal, clear=True)


def test_a_rule_that_cannot_fire_is_named(tmp_path):
    """Eight in a row cannot be seen in nine quarters: it is recorded, and said once."""
    found = of(tmp_path, [*USUAL, 43], "", "FY2014Q1")
    [signal] = signals(found.known)
    assert ("run", "too few quarters") in signal.not_applied
    assert narrative.signals(found, signal.sheet.area).plain.count("cannot be seen in so few quarters") == 1


def test_a_shift_is_told_with_the_quarter_it_began_in(tmp_path):
    """Eight quarters in a row; and after one that was recognised before, since when the limits are anew."""
    [signal] = signals(of(tmp_path, [*USUAL, 43], "", "FY2014Q1").known)
    since = signal.series[3]
    assert words(replace(signal, usual=False, rule="run", side=1, since=since)) == (
        "Eight quarters in a row, since July–September 2012, are above the usual centre: the level has shifted."
    )
    assert words(replace(signal, shifts=(since,))).endswith(
        "The limits are those since July–September 2012, when the level shifted."
    )


@pytest.mark.parametrize(
    "why, said",
    [
        (CLASSED, "Some quarters are told as classes only, so that limits would be those of a selection."),
        (NO_PARTS, "Of how many it is a share is not told, so there are no limits."),
    ],
)
def test_why_a_series_is_not_judged(tmp_path, why, said):
    """Whatever the reason is, it has its sentence."""
    [signal] = signals(of(tmp_path, [*USUAL, 43], "", "FY2014Q1").known)
    assert words(replace(signal, usual=False, not_applied=(("all", why),))) == said


def test_small_counts_have_exact_limits(tmp_path):
    """Two a quarter: from none to seven; eight is beyond that."""
    table = "day\n" + "\n".join(line.split()[0] for line in rows(*range(7)).splitlines()[1:] for _ in range(2))
    found = evaluate("FY2013Q3", small.write(tmp_path / "p", table, COUNT))
    [signal] = signals(found.known)
    assert (signal.usual, signal.limits[-1].lower, signal.limits[-1].upper) == (True, 0, 7)
    assert ("below", "no lower limit") in signal.not_applied


def test_what_did_not_come_is_a_gap_and_never_a_signal(tmp_path):
    """The quarter whose records did not come is not judged, and is no part of what others are judged by."""
    folder = small.write(tmp_path / "p", rows(*USUAL), SUM, due="quarter")
    [signal] = signals(evaluate("FY2014Q1", folder).known)
    assert not signal.judged and signal.p_value == 1 and dict(signal.not_applied) == {"all": "not told"}


def test_a_changed_definition_begins_anew(tmp_path):
    """After 400 a quarter, 40 are no signal: the quarters before are of another definition."""
    found = of(tmp_path, [400] * 8 + [40], "", "FY2014Q1", more="valid_from = 2013-10-01\n")
    [signal] = signals(found.known)
    assert len(signal.series) == 1 and dict(signal.not_applied) == {"all": "too few quarters"}


def test_the_shipped_project():
    """Everything that is told in numbers has a chart or the reason why it has none; nothing untold is charted."""
    found = {one.sheet.code: one for one in signals(evaluated("FY2015Q1").known)}
    assert {"1.1", "1.2", "1.3", "1.5", "2.1", "2.2", "4.1"} <= {code for code, one in found.items() if one.judged}
    assert all(dict(found[code].not_applied)["all"] == "not independent" for code in ("3.2", "3.4", "1.9"))
    assert not {"2.3", "2.6", "2.7", "2.8"} & found.keys()
    assert all(0 <= one.p_value <= 1 and len(one.limits) == len(one.series) for one in found.values())
