"""What a test needs beside a total is rounded, too: it is taken where it leaves the test the least sure."""

import math
from dataclasses import replace

import pytest

from ctanalysis.analysis.change import gains
from ctanalysis.analysis.fairness import gaps, proportions
from ctanalysis.analysis.family import claimed
from ctanalysis.analysis.variation import apart, spread
from ctanalysis.indicators.evidence import EVIDENCE
from tests.conftest import evaluated


def otherwise(known, change):
    """What is known, with every piece of evidence as `change` has it."""
    rows = {key: [change(one) for one in row] if key[2] == EVIDENCE else row for key, row in known.by_key.items()}
    found = replace(known)
    found.__dict__["by_key"] = rows
    return found


def wider(one):
    return replace(one, low=one.low * 0.9, high=one.high * 1.2)


def surenesses(known):
    """By question, its p-value; and of what has none how wide it is."""
    found = {(one.kind, one.code, one.detail): one.p for one in claimed(known).all}
    widths = {("share", one.of.sheet.code, one.of.horizon): one.high - one.low for one in proportions(known)}
    return found | {key: width for key, width in widths.items() if not math.isnan(width)}


@pytest.mark.parametrize("period", ["FY2015Q1", pytest.param("FY2014", marks=pytest.mark.long)])
def test_the_wider_it_is_the_less_sure_is_anything(period):
    """Ends that are farther apart: no p-value falls, no interval is narrower, and some are not the same."""
    known = evaluated(period).known
    before, after = surenesses(known), surenesses(otherwise(known, wider))
    assert before.keys() >= after.keys()  # what was told of too few units may not be tested at all
    assert all(after[key] >= before[key] - 1e-12 for key in after)
    differ = {key[0] for key in after if after[key] > before[key]}
    assert {"change", "gain", "share"} <= differ


@pytest.mark.parametrize("end", ["low", "high"])
def test_its_middle_is_not_asked_for(end):
    """Only the ends are what it is known to lie between."""
    known = evaluated("FY2015Q1").known
    assert surenesses(otherwise(known, lambda one: replace(one, value=getattr(one, end)))) == surenesses(known)


def test_each_takes_the_end_that_is_against_it():
    """The design effect of a gain and of a gap where it is most, the effective number of a sum where it is fewest."""
    known = evaluated("FY2015Q1").known
    most = otherwise(known, lambda one: replace(one, high=2 * one.high) if one.category == "design effect" else one)
    fewest = otherwise(known, lambda one: replace(one, low=one.low / 2) if one.category == "effective number" else one)
    assert gains(most)[0].effect > gains(known)[0].effect
    assert gains(most)[0].p > gains(known)[0].p
    pairs = zip(gaps(most), gaps(known), strict=True)
    assert all(wide.compared.low < told.compared.low for wide, told in pairs)
    assert apart(fewest, "1.2") == pytest.approx(2 * apart(known, "1.2"))
    assert spread(fewest, "1.2").dispersion >= spread(known, "1.2").dispersion
