"""What may be given once only: two entries about one thing would leave it open which of them counts."""

import pytest

from ctanalysis import Refused
from ctanalysis.project import load
from tests.generators.wrong import copied

CORRECTION = (
    '[[correction]]\ntable = "events"\nkey = "EV0006"\nfield = "audience"\nexpect = "Communities"\n'
    'value = "Officials"\nreason = "."\nrole = "officer"\ndate = 2015-01-10\n'
)
RESTATEMENT = '[[restatement]]\nperiod = "FY2014"\nrevision = 1\nreason = "."\nrole = "officer"\ndate = 2015-02-10\n'
TWICE = {
    "a published figure": ("published.csv", "1.1,2014-12-31,940,about,another source\n", "1.1"),
    "a target": ("targets.csv", "1.1,FY2012,181,.,\n", "1.1"),
    "a correction": ("judgements/corrections.toml", CORRECTION * 2, "events"),
    "a reason of a restatement": ("judgements/restatements.toml", RESTATEMENT * 2, "FY2014"),
}
AGAIN = {
    "a published figure of another day": ("published.csv", "1.1,2014-11-30,900,about,another source\n"),
    "a target of another period": ("targets.csv", "1.1,FY2012Q1,18,.,\n"),
    "a target valid from another day": ("targets.csv", "1.1,FY2012,181,.,2012-01-01\n"),
    "a correction of another field": (
        "judgements/corrections.toml",
        CORRECTION + CORRECTION.replace("audience", "kind"),
    ),
    "a second restatement": ("judgements/restatements.toml", RESTATEMENT + RESTATEMENT.replace("= 1\n", "= 2\n")),
}


def added(file, text):
    """Adds text at the end of a file of the project."""

    def change(folder):
        (folder / file).write_text((folder / file).read_text(encoding="utf-8") + text, encoding="utf-8")

    return change


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The shipped project without its records, which are not read here."""
    return copied(tmp_path_factory.mktemp("twice") / "data", lambda folder: None)


@pytest.fixture
def changed(folder):
    """The project with a text at the end of one of its files; put back afterwards."""
    before = {}

    def change(file, text):
        before[file] = (folder / file).read_bytes()
        added(file, text)(folder)
        return folder

    yield change
    for file, data in before.items():
        (folder / file).write_bytes(data)


@pytest.mark.parametrize("file, text, about", TWICE.values(), ids=TWICE)
def test_what_is_given_twice_is_refused(changed, file, text, about):
    """The file, how many entries, and what they are about are named; one is to be kept."""
    with pytest.raises(Refused) as refusal:
        load(changed(file, text))
    assert f"{file}: 2 entries are about the same thing ('{about}'). Keep one." in str(refusal.value)


@pytest.mark.parametrize("file, text", AGAIN.values(), ids=AGAIN)
def test_what_is_about_another_thing_is_not_given_twice(changed, file, text):
    """Another day, period, field or revision is another thing."""
    load(changed(file, text))
