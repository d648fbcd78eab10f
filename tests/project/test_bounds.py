"""Numbers of a project's files at the edge of what they may be: the last that is taken, the next that is refused."""

import pytest

from ctanalysis import Refused
from ctanalysis.project import load
from tests.generators.wrong import copied

BOUNDS = [
    # file, what stands there, the key, the last number that is taken, the first that is refused
    ("project.toml", "amount = 746414", "amount", 1, 0),
    ("project.toml", "first_month = 10", "first_month", 1, 0),
    ("project.toml", "first_month = 10", "first_month", 12, 13),
    ("policy.toml", "share_within = 5", "share_within", 1, 0),
    ("policy.toml", "share_within = 5", "share_within", 100, 101),
    ("policy.toml", "two_way = []", "two_way = []\ntwo_way_categories", 2, 1),
    ("policy.toml", "fewer_than = 0 ", "fewer_than", 0, -1),
    ("policy.toml", "round_to = 1 ", "round_to", 1, 0),
    ("quality.toml", "at_most = 2", "at_most", 0, -1),
    ("quality.toml", "at_most = 2", "at_most", 100, 101),
    ("quality.toml", "gaps = 0", "gaps", 0, -1),
    ("quality.toml", "due_days = 30", "due_days", 0, -1),
    ("indicators/2.8-assisted-within-thirty-days.toml", "within = 30", "within", 3_660, 3_661),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return copied(tmp_path_factory.mktemp("bounds") / "data", _without_what_is_said)


def _without_what_is_said(folder):
    """Where another month begins the year, what is said of a quarter may have been said before it is over."""
    for name in ("explanations", "questions"):
        (folder / "judgements" / f"{name}.toml").unlink()


@pytest.fixture
def changed(folder):
    """load() of the project with one text of one file changed; put back afterwards."""
    before = {}

    def load_changed(file, old, new):
        path = folder / file
        before[path] = before.get(path, path.read_bytes())
        text = before[path].decode()
        assert old in text, f"{file} no longer holds {old}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return load(folder)

    yield load_changed
    for path, data in before.items():
        path.write_bytes(data)


@pytest.mark.parametrize("file, old, key, taken, refused", BOUNDS, ids=[f"{key} {last}" for *_, key, last, _ in BOUNDS])
def test_a_number_at_its_bound(changed, file, old, key, taken, refused):
    """The bound itself is taken; one beyond it is refused with the file and the key."""
    changed(file, old, f"{key} = {taken} ")
    with pytest.raises(Refused) as refusal:
        changed(file, old, f"{key} = {refused} ")
    assert file in str(refusal.value) and key.split()[-1] in str(refusal.value)


def test_a_target_may_be_nothing_and_not_less(changed):
    """That there are to be no more cases is a target; fewer than none is not. A share of all is 1."""
    row = "1.1,FY2012,180"
    changed("targets.csv", row, "1.1,FY2012,0")
    with pytest.raises(Refused, match="row 2"):
        changed("targets.csv", row, "1.1,FY2012,-1")


def test_a_share_s_target_is_at_most_all(changed):
    """Indicator 1.5 is a share: 1 is all of them, and 1.01 was meant as a per cent. A count may be more than 1."""
    changed("targets.csv", "1.5,FY2012,0.7", "1.5,FY2012,1")
    with pytest.raises(Refused, match=r"targets.csv: a target of indicator '1.5' is above 1"):
        changed("targets.csv", "1.5,FY2012,0.7", "1.5,FY2012,1.01")
