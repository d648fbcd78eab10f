"""The promise, release after release: nothing that was hidden is opened, whatever is corrected later."""

from datetime import date, timedelta
from functools import partial
from random import Random

import pytest

from ctanalysis import Refused, releases
from ctanalysis.disclosure import conditioned, ledger
from ctanalysis.disclosure.audit import opened
from ctanalysis.disclosure.audit.versions import versioned
from ctanalysis.disclosure.waiting import Class, series
from ctanalysis.project import load
from tests.generators import worlds
from tests.releases.steps import QUARTERS, corrected, restate


def long_project(folder, seed, quarters=13):
    """A project whose people come over thirteen quarters."""
    made, random = worlds.project(folder, seed), Random(seed)
    firsts = [date(2011 + (9 + 3 * n) // 12, (9 + 3 * n) % 12 + 1, 1) for n in range(quarters)]
    days = sorted(
        first + timedelta(random.randrange(85)) for first in firsts for _ in range(random.choice([0, 2, 5, 8, 12]))
    )
    labels = {
        name: tuple(random.choices(categories, [random.choice([1, 3, 9]) for _ in categories], k=len(days)))
        for name, categories in made.fields.items()
    }
    worlds.write(folder, worlds.Register(tuple(days), labels))
    return made


def broken(folder):
    """What can be shown from everything in the ledger to date."""
    project = load(folder)
    return opened(versioned(ledger.printed(project, ledger.read(project))), project, conditioned(project))


def seeds(short, every):
    """The first seeds for make test, the others for make test-all."""
    return [*range(short), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(short, every))]


@pytest.mark.parametrize("seed", seeds(1, 20))
def test_thirteen_releases_keep_every_promise(tmp_path, seed):
    """After each of thirteen quarterly releases nothing that was ever printed opens a cell."""
    folder = tmp_path / "p"
    long_project(folder, seed)
    for number, period in enumerate(QUARTERS):
        releases.release(period, f"2015-06-{number + 1:02d}", folder, say=lambda words: None)
        assert broken(folder) == [], period
    assert len(ledger.read(load(folder)).releases) == 13


def moved(rows, random):
    """A case moved to another quarter, perhaps of another year."""
    random.choice(rows)[1] = random.choice(["2011-11-02", "2012-05-03", "2012-12-04", "2013-08-05"])


def late(rows, random):
    rows.append(
        [
            "r9999",
            random.choice(["2012-01-02", "2013-03-03"]),
            "",
            "p9999",
            random.choice("FM"),
            random.choice(["NA", "|"]),
            "1",
            "true",
        ]
    )


def taken_out(rows, random):
    rows.remove(random.choice(rows))


def recategorised(rows, random):
    row = random.choice(rows)
    row[4], row[5] = random.choice("FM"), random.choice(["NA", "|", "007"])


STORIES = [moved, late, taken_out, recategorised]


def story(folder, seed):
    """Both years released, a correction, the next quarter released, a correction, the second year released again.

    A case is moved between quarters, entered late, taken out, or its category corrected. After each release what can
    be shown from everything printed, and whether it was refused.
    """
    random = Random(seed)
    long_project(folder, seed, 9)
    restate(folder, "FY2013", 1)
    for number, (period, change) in enumerate(
        [("FY2012", None), ("FY2013", STORIES[seed % 4]), ("FY2014Q1", random.choice(STORIES)), ("FY2013", None)]
    ):
        refusal = ""
        try:
            releases.release(period, f"2015-06-{number + 1:02d}", folder, say=lambda words: None)
        except Refused as refused:
            refusal = str(refused)
        yield broken(folder), refusal
        if change:
            corrected(folder, partial(change, random=random))


@pytest.mark.few(2)
@pytest.mark.parametrize("seed", seeds(4, 50))
def test_a_late_correction_opens_nothing(tmp_path, seed):
    """Whatever is corrected between releases, nothing is opened, ever, and nothing has to be refused."""
    for number, (opened_cells, refusal) in enumerate(story(tmp_path / "p", seed)):
        assert (opened_cells, refusal) == ([], ""), number
    hidden = ledger.read(load(tmp_path / "p")).cells["status"].str.contains("–|fewer than")
    assert hidden.any(), "nothing was hidden, so that nothing could be opened"


def test_a_rule_that_is_broken_is_refused_by_the_audit(tmp_path, monkeypatch):
    """The audit is alive: were every number told as it is, nothing of it would be published."""
    folder = tmp_path / "p"
    long_project(folder, 1)
    monkeypatch.setattr(
        series, "finest_classes", lambda bounds, *_: [Class(n, n) for n in range(bounds.last[0], bounds.last[1] + 1)]
    )
    with pytest.raises(Refused, match="did not pass"):
        releases.release("FY2013", "2015-06-01", folder, say=lambda words: None)
    assert not (folder / "releases" / "ledger.csv").exists()
