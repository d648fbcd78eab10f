"""Every public name of the vocabulary has a docstring with an example that runs."""

import doctest
import inspect

import pytest

import ctanalysis as ct
from ctanalysis.enquiry import Answer, Enquiry, Indicator

SHORT = ("code", "name", "unit", "definition", "breakdowns", "card", "project", "sheet")  # of an Indicator, a line each
PUBLIC = {f"Enquiry.{name}": member for name, member in vars(Enquiry).items() if not name.startswith("_")}
PUBLIC |= {"Enquiry": Enquiry, "Answer": Answer, "Answer.of": Answer.of, "Indicator": Indicator, "open": ct.open}


@pytest.mark.parametrize("name", PUBLIC)
def test_an_example_stands_in_the_docstring_and_runs(name, p, monkeypatch):
    """As it stands; the project is read once for all of them."""
    found = inspect.getdoc(PUBLIC[name])
    assert found and ">>> " in found
    if name != "open":
        monkeypatch.setattr(ct, "open", lambda: p)
    names = {"ct": ct, "open": ct.open, "Answer": Answer, "pd": __import__("pandas")}
    test = doctest.DocTestParser().get_doctest(found, names, name, None, 0)
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=(said := []).append)
    assert result.failed == 0, "".join(said)


def test_every_property_of_an_indicator_says_what_it_is():
    """In a line."""
    members = [name for name in vars(Indicator) if not name.startswith("_")]
    assert set(members) | set(Indicator.__dataclass_fields__) == set(SHORT)
    assert all(inspect.getdoc(getattr(Indicator, name)) for name in members)


def test_tab_shows_the_words_and_nothing_internal(p):
    """What completion is offered."""
    assert set(dir(p)) == {name.removeprefix("Enquiry.") for name in PUBLIC if name.startswith("Enquiry.")}
    assert set(dir(ct)) == {"Evaluation", "Refused", "evaluate", "named", "open"}
