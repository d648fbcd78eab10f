"""Of each measure: a table, field, kind of field or category that is none is answered with those that there are.

Each is put into the example of the measure, in the project as it is laid out; the refusal shows the example again.
"""

import re

import pytest

from ctanalysis import Refused
from ctanalysis.intake import newproject
from ctanalysis.project import examples, load

FORMS = [one for name in examples.measures() for one in (name, *examples.FORMS.get(name, ())) if name != "milestone"]
KEYS = "person|date|start|end|column|before|after"
OTHER = {"date": "cost", "start": "cost", "end": "cost", "person": "cost", "column": "date", "before": "date"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return newproject.lay_out(tmp_path_factory.mktemp("new") / "project")


def refusal(folder, form, text):
    """What is said of the example of a form of a measure, with another text in it."""
    path = folder / "indicators" / "1.1-example.toml"
    path.write_text(examples.sheet() + text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load(folder)
    said, _, example = str(refused.value).partition("\nAn example:\n")
    assert "1.1-example.toml" in said and "There are: " in said, text
    assert re.sub("^    ", "", example, flags=re.MULTILINE).startswith(examples.example(form).rstrip()), text
    return said


def changed(form, pattern, new):
    """The example of a form, once for each place in its lines (and not in its comments) where the pattern is."""
    text = examples.example(form)
    for found in re.finditer(pattern, text, re.MULTILINE):
        if form != examples.IN_TIME or '"date' not in found[0]:  # there it is two things at once: see below
            yield found, text[: found.start()] + found.expand(new) + text[found.end() :]


@pytest.mark.parametrize("form", FORMS)
def test_a_table_that_is_none(folder, form):
    for _, text in changed(form, r'^table = "(\w+)"', r'table = "\1z"'):
        assert "no table" in refusal(folder, form, text)


@pytest.mark.parametrize("form", FORMS)
def test_a_field_that_is_none(folder, form):
    for found, text in changed(form, rf'^({KEYS}) = "(\w+)"', r'\1 = "\2z"'):
        assert f"no field '{found[2]}z'" in refusal(folder, form, text)
    for found, text in changed(form, r'^(where = \{ |days = \[")(\w+)', r"\1\2z"):
        assert f"no field '{found[2]}z'" in refusal(folder, form, text)


@pytest.mark.parametrize("form", FORMS)
def test_a_field_of_another_kind(folder, form):
    """What is no day, no number, or nobody."""
    for key, other in OTHER.items():
        for _, text in changed(form, rf'^({key}) = "\w+"', rf'\1 = "{other}"'):
            assert f"field '{other}' must be of type" in refusal(folder, form, text)


@pytest.mark.parametrize("other, said", {"datez": "no field 'datez'", "cost": "field 'cost' must be of type"}.items())
def test_the_day_from_which_days_are_counted(folder, other, said):
    """It is that by which rows count, too, so both are written."""
    text = examples.example(examples.IN_TIME).replace('"date"', f'"{other}"')
    assert said in refusal(folder, examples.IN_TIME, text)


@pytest.mark.parametrize("form", FORMS)
def test_a_category_that_is_none(folder, form):
    for found, text in changed(form, r'^(where = \{ \w+ = (?:\[|\{ not = )?")(\w+)', r"\1\2z"):
        assert f"'{found[2]}z' is no category" in refusal(folder, form, text)


def test_each_key_of_each_example_was_tried():
    """So that no loop above is of nothing: of all examples together, every key that names a field or a table."""
    met = {found[1] for form in FORMS for found, _ in changed(form, rf'^(table|{KEYS}) = "\w+"', r"\g<0>")}
    assert met == {"table", *KEYS.split("|")}
