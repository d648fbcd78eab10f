"""A folder is replaced whole or not at all, whoever else is at work and whatever stops half way."""

import pytest

from ctanalysis.base.errors import Refused
from ctanalysis.base.replacing import for_this_user, replacing


def written(folder, words):
    with replacing(folder) as fresh:
        (fresh / "page").write_text(words, encoding="utf-8")


def texts(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_a_new_folder_takes_the_place_of_the_old_one(tmp_path):
    """Nothing of the old one is left, neither in the folder nor beside it; anybody may read the new one."""
    folder = tmp_path / "reports" / "FY2014"
    written(folder, "old")
    (folder / "another").touch()
    written(folder, "new")
    assert texts(folder) == {"page": "new"}
    assert [path.name for path in folder.parent.iterdir()] == ["FY2014"]
    assert folder.stat().st_mode & 0o777 == 0o755


def test_what_stops_half_way_changes_nothing(tmp_path):
    """The old folder stays, and what was begun is removed."""
    folder = tmp_path / "FY2014"
    written(folder, "old")
    with pytest.raises(OSError, match="disk full"), replacing(folder) as fresh:
        (fresh / "page").write_text("half", encoding="utf-8")
        raise OSError("disk full")
    assert texts(folder) == {"page": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["FY2014"]


def test_after_a_kill_between_the_two_renames_the_old_folder_comes_back(tmp_path):
    """It stands aside under its other name; the next run puts it back before it begins."""
    folder = tmp_path / "FY2014"
    written(tmp_path / ".FY2014.old-killed", "old")
    with pytest.raises(OSError, match="again"), replacing(folder):
        assert texts(folder) == {"page": "old"}
        raise OSError("again")
    assert texts(folder) == {"page": "old"}


def test_an_old_folder_does_not_take_the_place_of_a_whole_one(tmp_path):
    """Where both are there the one in its place is the newer."""
    folder = tmp_path / "FY2014"
    written(folder, "newer")
    written(tmp_path / ".FY2014.old-killed", "older")
    with pytest.raises(OSError, match="stopped"), replacing(folder):
        raise OSError("stopped")
    assert texts(folder) == {"page": "newer"}


def test_of_two_at_once_the_last_to_end_stays(tmp_path):
    """Each writes into a folder of its own, so that neither finds files of the other."""
    folder = tmp_path / "FY2014"
    with replacing(folder) as one:
        (one / "page").write_text("one", encoding="utf-8")
        written(folder, "other")
    assert texts(folder) == {"page": "one"}
    assert [path.name for path in tmp_path.iterdir()] == ["FY2014"]


def test_a_folder_that_is_a_link_is_refused(tmp_path):
    """Neither it nor what it leads to is changed."""
    (tmp_path / "elsewhere").mkdir(mode=0o755)
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="this is a link"):
        written(tmp_path / "link", "new")
    for folder in ("link", "link/inner"):
        with pytest.raises(Refused, match="this is a link"):
            for_this_user(tmp_path / folder)
    assert texts(tmp_path / "elsewhere") == {} and (tmp_path / "elsewhere").stat().st_mode & 0o777 == 0o755
