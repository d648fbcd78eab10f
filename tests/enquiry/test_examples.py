"""Every public name of the vocabulary has a docstring with an example that runs."""

import doctest
import inspect

import pytest

import ctanalysis as ct
from ctanalysis import enquiry
from ctanalysis.enquiry import Answer, Enquiry, Indicator
from ctanalysis.enquiry.question import Question
from tests.conftest import evaluated

SHORT = ("code", "name", "unit", "definition", "breakdowns", "card", "project", "sheet")  # of an Indicator, a line each
PUBLIC = {f"Enquiry.{name}": member for name, member in vars(Enquiry).items() if not name.startswith("_")}
PUBLIC |= {name: getattr(enquiry, name) for name in enquiry.__all__} | {
    "Answer.of": Answer.of,
    "Answer.asked": Answer.asked,
}
PUBLIC |= {name: getattr(ct, name) for name in ct.__all__} | {"Evaluation.by": ct.Evaluation.by}


@pytest.mark.few(1)
@pytest.mark.parametrize("name", PUBLIC)
def test_an_example_stands_in_the_docstring_and_runs(name, p, monkeypatch):
    """As it stands; the project is read once for all of them."""
    found = inspect.getdoc(PUBLIC[name])
    assert found and ">>> " in found
    if name != "open":
        monkeypatch.setattr(ct, "open", lambda: p)
    if name != "evaluate":
        monkeypatch.setattr(ct, "evaluate", evaluated)
    names = {"ct": ct, "open": ct.open, **vars(enquiry), "Question": Question, "pd": __import__("pandas")}
    test = doctest.DocTestParser().get_doctest(found, names, name, None, 0)
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=(said := []).append)
    assert result.failed == 0, "".join(said)


ASKED = {
    "indicators": {},
    "values": {"code": "1.4", "period": "FY2014"},
    "exact": {"code": "1.4", "period": "FY2014", "i_may_see_the_records": True},
    "compare": {"code": "1.3", "period": "FY2015Q1", "with_period": "FY2014Q1"},
    "track": {"period": "FY2015Q1"},
    "findings": {"period": "FY2015Q1"},
    "pathway": {"period": "FY2015Q1"},
    "projection": {"code": "1.1", "period": "FY2015Q1"},
}


@pytest.mark.parametrize("word", ASKED)
def test_the_docstring_says_the_columns_that_there_are(word, p):
    """At least half of them by their names; the units of shares, where there are some."""
    said = inspect.getdoc(getattr(Enquiry, word))
    answer = getattr(p, word)
    frame = answer(**ASKED[word]) if ASKED[word] else answer
    named = [name for name in frame.columns if name in said]
    assert len(named) >= len(frame.columns) / 2, [name for name in frame.columns if name not in said]


def test_what_frames_are_is_all_asked():
    """A word that answers with a frame, and is not looked at above, is missed here."""
    frames = {"Answer", "ExactFrame"}
    words = {name for name, one in vars(Enquiry).items() if not name.startswith("_")}
    returned = {name: getattr(getattr(Enquiry, name), "fget", None) or getattr(Enquiry, name) for name in words}
    assert {name for name, one in returned.items() if one.__annotations__["return"].__name__ in frames} == {*ASKED}


def test_every_property_of_an_evaluation_says_what_it_is():
    """And who may be refused is told so where they ask."""
    members = {name: one for name, one in vars(ct.Evaluation).items() if not name.startswith("_")}
    spoken = [one for one in members.values() if callable(one) or hasattr(one, "fget") or hasattr(one, "func")]
    assert len(spoken) > 10 and all(inspect.getdoc(one) for one in spoken)
    assert all("Refused" in inspect.getdoc(one) for one in (ct.evaluate, ct.named, ct.open, Enquiry, ct.Evaluation.by))


def test_every_property_of_an_indicator_says_what_it_is():
    """In a line."""
    members = [name for name in vars(Indicator) if not name.startswith("_")]
    assert set(members) | set(Indicator.__dataclass_fields__) == set(SHORT)
    assert all(inspect.getdoc(getattr(Indicator, name)) for name in members)


def test_tab_shows_the_words_and_nothing_internal(p):
    """What completion is offered."""
    assert set(dir(p)) == {name.removeprefix("Enquiry.") for name in PUBLIC if name.startswith("Enquiry.")}
    assert set(dir(ct)) == {"Evaluation", "Refused", "evaluate", "named", "open"}
