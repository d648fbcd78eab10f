"""What happens in a project's life after releases, told by the real commands: the memory of the ledger is kept."""

import json

import pytest

from ctanalysis.disclosure import conditioned, ledger
from ctanalysis.disclosure.audit import opened
from ctanalysis.disclosure.audit.versions import versioned
from ctanalysis.evaluation import named
from ctanalysis.project import load
from tests.releases.steps import bytes_of, refused, rewritten, run

END = "end = 2015-09-30\n"


def broken(folder):
    """What can be shown from everything in the ledger to date."""
    project = load(folder)
    return opened(versioned(ledger.printed(project, ledger.read(project))), project, conditioned(project))


def names(folder):
    return [name for name, *_ in ledger.read(load(folder)).releases]


# --- An extension ---------------------------------------------------------------------------


def test_an_extension_that_names_the_former_end_keeps_the_memory(two, capsys):
    """The project ends nine months later than it was to. Without the former end it is another project: refused. With
    it, it is released beside all that was released before, and so the next time; nothing is opened.
    """
    before = bytes_of(two / "releases")
    rewritten(two / "project.toml", END, "end = 2016-06-30\n")
    refused(two, capsys, "another end of the project", "former_ends")
    rewritten(two / "project.toml", "end = 2016-06-30\n", "end = 2016-06-30\nformer_ends = [2015-09-30]\n")
    assert run(two) == 0 and run(two, "FY2014Q1", "2014-02-01") == 0
    assert names(two) == ["FY2012", "FY2013Q1", "FY2013", "FY2014Q1"] and broken(two) == []
    before.pop("index.html")
    ledger_before = before.pop("ledger.csv")
    after = bytes_of(two / "releases")
    assert before.items() <= after.items() and after["ledger.csv"].startswith(ledger_before)
    rewritten(two / "project.toml", "2016-06-30", "2016-12-31")
    refused(two, capsys, "former_ends", period="FY2014Q2", day="2014-05-01")
    rewritten(two / "project.toml", "[2015-09-30]", "[2015-09-30, 2016-06-30]")
    assert run(two, "FY2014Q2", "2014-05-01") == 0


def test_an_extension_after_the_end_was_released_is_refused(ours, capsys):
    """What was told on the day of the end, and what was not, followed from its being the end."""
    rewritten(ours / "project.toml", END, "end = 2013-03-31\n")
    assert run(ours, "FY2013Q2", "2013-05-01") == 0
    rewritten(ours / "project.toml", "end = 2013-03-31\n", END + "former_ends = [2013-03-31]\n")
    refused(ours, capsys, "another end of the project")


@pytest.mark.parametrize("day", ["2015-09-30", "2011-10-01", "2016-01-01"])
def test_a_former_end_is_before_the_end(two, capsys, day):
    """And after the start."""
    rewritten(two / "project.toml", END, f"{END}former_ends = [{day}]\n")
    refused(two, capsys, "former_ends")


# --- Other words ----------------------------------------------------------------------------


def relabelled(folder, **keys):
    """The category "seven" is called "семь"."""
    more = "".join(f', "{name}": {json.dumps(value)}' for name, value in keys.items())
    rewritten(folder / "datapackage.json", '"label": "seven"', f'"label": "семь"{more}')
    rewritten(folder / "policy.toml", '"seven"', '"семь"')


def test_a_label_in_another_language_keeps_the_memory(two, tmp_path, capsys):
    """Refused as another category; with what it was called formerly it is released as it would have been under the old
    label, and no value counts as restated. Nothing is opened.
    """
    import shutil

    as_it_was = shutil.copytree(two, tmp_path / "as it was")
    relabelled(two)
    refused(two, capsys, "other categories", "formerly")
    rewritten(two / "datapackage.json", '"label": "семь"', '"label": "семь", "formerly": ["seven"]')
    assert len(named("FY2013", two).restated) == 0
    assert run(two) == 0 == run(as_it_was) and broken(two) == []
    new, old = ((folder / "releases" / "FY2013" / "indicators.csv").read_text() for folder in (two, as_it_was))
    assert "семь" in new and new.replace("семь", "seven") == old
    cells = ledger.read(load(two)).cells
    assert "семь" in set(cells["category"]) and "seven" not in set(cells["category"])
    assert ",seven," in (two / "releases" / "ledger.csv").read_text(encoding="utf-8")


def test_a_label_that_changes_twice(two):
    """The first one stands first; whatever was released in between is the same category."""
    relabelled(two, formerly=["seven"])
    assert run(two) == 0
    rewritten(
        two / "datapackage.json",
        '"label": "семь", "formerly": ["seven"]',
        '"label": "жети", "formerly": ["seven", "семь"]',
    )
    rewritten(two / "policy.toml", '"семь"', '"жети"')
    assert run(two, "FY2014Q1", "2014-02-01") == 0 and broken(two) == []
    assert {"seven", "семь"}.isdisjoint(ledger.read(load(two)).cells["category"])


@pytest.mark.parametrize("former", ["bar", "семь"])
def test_a_former_label_is_no_other_category(two, capsys, former):
    """What was released of "bar" would otherwise count as "семь", or one of two as the other."""
    relabelled(two, formerly=["seven", former])
    refused(two, capsys, "was called formerly")
