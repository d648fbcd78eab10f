"""translations/: every word has its place; one that is missing, or is nobody's, is refused with its name."""

import pytest

from ctanalysis.base.errors import Refused
from ctanalysis.project import load
from ctanalysis.project.translated import told_in
from tests.conftest import copied


def changed(folder, old, new, file="translations/ru.toml"):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('[indicators."1.1"]', '[indicators."9.9"]', "has no indicator: 1.1"),
        ("[areas.resources]", "[areas.money]", "has no area: resources"),
        ('south = "юг"', "", "has no label: south"),
        ('south = "юг"', 'south = "юг"\nwest = "запад"', "has, and the project has not, label: west"),
        ('targets_note = "', 'unknown = "', "unknown"),
        ('impact = "', 'nothing = "', "has no criterion: impact"),
        ('unit = "посещения"\n', "", "has no text of: unit of 1.2"),
        ('callers = "', 'others = "', "class of the policy: callers"),
    ],
)
def test_a_word_that_is_missing_or_nobodys_is_refused(tmp_path, old, new, words):
    """A page is never half translated."""
    with pytest.raises(Refused, match=words):
        told_in(load(changed(copied(tmp_path / "project"), old, new)), "ru")


def test_a_language_without_its_file_is_refused(tmp_path):
    """And so is a file of a language that there is none of."""
    folder = copied(tmp_path / "project")
    (folder / "translations" / "ky.toml").unlink()
    with pytest.raises(Refused, match=r"translations/ky\.toml is missing"):
        told_in(load(folder), "ky")
    (folder / "translations" / "xx.toml").write_text("")
    with pytest.raises(Refused, match=r"xx\.toml"):
        load(folder)


@pytest.mark.parametrize(
    "written", ['languages = ["en", "en"]', 'languages = ["fr"]', "languages = []", 'language = "xx"']
)
def test_languages_are_those_of_the_catalogue(tmp_path, written):
    """Each once, and none that the library has no words in."""
    folder = changed(copied(tmp_path / "project"), 'languages = ["en", "ru", "ky"]', written, "project.toml")
    with pytest.raises(Refused, match="languages"):
        load(folder)


def test_a_project_without_translations_has_its_one_language(tmp_path):
    """As it always had."""
    folder = changed(copied(tmp_path / "project"), 'languages = ["en", "ru", "ky"]', 'language = "en"', "project.toml")
    assert load(folder).facts.languages == ("en",)


def test_a_sheet_may_be_written_first_and_translated_later(tmp_path):
    """What is not asked for in another language needs no words in it."""
    folder = changed(copied(tmp_path / "project"), '[indicators."1.1"]', '[indicators."9.9"]')
    assert told_in(load(folder), "en").facts.language == "en"


def test_a_review_is_of_a_language_of_the_project(tmp_path):
    """With role and day; it makes of a draft what was reviewed."""
    folder = copied(tmp_path / "project")
    reviews = folder / "judgements" / "reviews.toml"
    reviews.write_text('[[review]]\nlanguage = "ru"\nrole = "editor of the Ministry"\ndate = 2015-02-01\n')
    project = load(folder)
    assert project.reviewed("en") and project.reviewed("ru") and not project.reviewed("ky")
    reviews.write_text(reviews.read_text().replace('"ru"', '"tg"'))
    with pytest.raises(Refused, match="'tg' is no language"):
        load(folder)
