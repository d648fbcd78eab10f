"""A report in several languages: what a run writes, keeps and takes away; no page beside other numbers than its own."""

import json
import re
import shutil

import pytest

from ctanalysis import Refused, releases
from ctanalysis.__main__ import main
from ctanalysis.disclosure import ledger
from ctanalysis.project import load
from ctanalysis.reports import Asked, languages, making, manifest, notebooks, running, units
from tests.generators import small, translating
from tests.reports import tiny
from tests.reports.test_formats import BOTH, documents, pandoc_and_typst  # noqa: F401  # a fixture

QUIET = {"say": lambda words: None}
ALL = ("en", "ru", "ky")
LINK = re.compile(r'<a href="([^"]*)" hreflang="(\w+)" lang="(\w+)">([^<]*)</a>')
PRINTED = re.compile(r"<pre>,indicator.*?</pre>", re.DOTALL)  # the values that a page of the tiny report shows


@pytest.fixture(scope="module", name="kept")
def projects(tmp_path_factory):
    """The tiny project told in three languages; with its report in all of them; and with that released in two."""
    home = tmp_path_factory.mktemp("languages")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notebooks, "SOURCES", tiny.notebooks(home / "notebooks"))
        patch.setattr(making, "CORES", 1)
        folder = translating.translate(tiny.project(home / "ours"), "ru", "ky")
        shutil.copytree(folder, home / "untold")
        made(folder, *ALL)
        shutil.copytree(folder, home / "told")
        translating.review(folder, "ru")
        releases.release(tiny.PERIOD, "2014-02-01", folder, **QUIET)
        shutil.move(folder, home / "released")
        yield home


@pytest.fixture(name="ours")
def project(kept, tmp_path):
    """The project without a report."""
    return shutil.copytree(kept / "untold", tmp_path / "ours")


@pytest.fixture
def told(kept, tmp_path):
    """The project with its report in three languages."""
    return shutil.copytree(kept / "told", tmp_path / "ours")


@pytest.fixture
def reviewed(kept, tmp_path):
    """The project with a draft in three languages, of which one is reviewed, and its release."""
    return shutil.copytree(kept / "released", tmp_path / "ours")


def made(ours, *codes, formats=(), **how):
    return making.make(tiny.PERIOD, ours, asked=Asked(formats, codes), **{**QUIET, **how})


def _page(path):
    return path.read_text(encoding="utf-8")


def bytes_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def without_links(files):
    """The bytes of files, pages without their links, and without the manifest, which names all files."""
    texts = {name: data for name, data in files.items() if name != manifest.NAME}
    return {
        name: languages._without(data.decode()).encode() if name.endswith(".html") else data
        for name, data in texts.items()
    }


def shown(report):
    """By language, the values that the page of the evaluation shows."""
    pages = {path.parent.name: path.read_text(encoding="utf-8") for path in report.rglob("evaluation.html")}
    return {code: PRINTED.search(page)[0] for code, page in pages.items()}


def test_a_run_writes_the_languages_that_it_names_and_leaves_the_others(ours):
    """Each in a folder of its own, with pages, workbook and figures. Of what was there only the links change."""
    report = made(ours)
    first = bytes_of(report)
    made(ours, "ru")
    second = bytes_of(report)
    made(ours, "ky")
    third = bytes_of(report)
    assert without_links(first).items() <= without_links(second).items() <= without_links(third).items()
    own = {name for name in first if name.endswith((".html", ".ipynb", ".xlsx")) or name.startswith("figures/")}
    assert {*second} - {*first} == {f"ru/{name}" for name in own}
    assert {*third} - {*second} == {f"ky/{name}" for name in own}
    assert b'<html lang="ru">' in third["ru/evaluation.html"] and "Оценка".encode() in third["ru/evaluation.html"]
    assert making.reason(making.source(ours), tiny.PERIOD, Asked((), ALL)) == ""


@pytest.mark.long
def test_the_same_languages_have_the_same_bytes_in_whatever_order_they_came(ours, kept, tmp_path):
    """All at once, one after the other, or with one that went again."""
    told = shutil.copytree(kept / "told", tmp_path / "there" / "ours")
    report = told / "reports" / tiny.PERIOD
    for code in ("ky", "ru"):
        made(ours, code)
    assert bytes_of(ours / "reports" / tiny.PERIOD) == bytes_of(report)
    for folder, code in ((told, "ru"), (ours, "ky")):
        shutil.rmtree(folder / "reports" / tiny.PERIOD / code)
        made(folder)
    assert "hreflang" in _page(report / "evaluation.html") and not (report / "ru").exists()
    made(ours, "ky")
    shutil.rmtree(ours / "reports" / tiny.PERIOD / "ru")
    made(ours)
    assert bytes_of(ours / "reports" / tiny.PERIOD) == bytes_of(report)


def test_no_page_is_ever_beside_other_numbers(told):
    """A late record, and a run that names no language: those that are there are made again, and none is lost."""
    report = told / "reports" / tiny.PERIOD
    before = shown(report)
    tiny.one_more_record(told)
    said = []
    made(told, say=said.append)
    after = shown(report)
    assert said == [f"{tiny.PERIOD}: evaluation, ru/evaluation, ky/evaluation"]  # the other page shows no record
    assert {*after} == {tiny.PERIOD, "ru", "ky"} and len({*after.values()}) == 1
    assert {*before.values()}.isdisjoint(after.values())
    pages = "".join(map(_page, report.rglob("evaluation.html")))
    numbers = re.findall(r'<span class="state">(?:Draft|Черновик|Долбоор текст) (\w{8})', pages)
    assert len(numbers) == 3 and len({*numbers}) == 1  # one number for the same draft in all languages


def test_what_shows_nothing_that_has_changed_stays(told):
    """Another target is on no page: in all languages the pages are as they were."""
    report = told / "reports" / tiny.PERIOD
    before = {name: data for name, data in bytes_of(report).items() if name.endswith((".html", ".ipynb"))}
    tiny.another_target(told)
    said = []
    made(told, say=said.append)
    assert said == [f"{tiny.PERIOD}: the values only"] and before.items() <= bytes_of(report).items()


def test_other_words_make_the_pages_of_their_language_again(told):
    """And of no other."""
    report = told / "reports" / tiny.PERIOD
    path = told / "translations" / "ru.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("Small Project ru", "Малый проект"), encoding="utf-8")
    said = []
    made(told, say=said.append)
    assert said == [f"{tiny.PERIOD}: ru/evaluation, ru/data-quality"]
    assert "Малый проект" in _page(report / "ru" / "evaluation.html")
    translating.review(told, "ky")
    said.clear()
    made(told, say=said.append)
    assert said == [f"{tiny.PERIOD}: ky/evaluation, ky/data-quality"]
    assert "долбоор текст: эне тилинде" not in _page(report / "ky" / "evaluation.html")


def test_a_translation_that_is_not_complete_holds_up_nothing_that_does_not_ask_for_it(told):
    """A new sheet: its language is taken away, and it is said why; asked for, it is refused, and all is as it was."""
    report = told / "reports" / tiny.PERIOD
    shutil.rmtree(report / "ky")
    before = bytes_of(told)
    small.add_sheet(told, "y", 'table = "rows"\nmeasure = "count"\ndate = "day"')
    with pytest.raises(Refused, match=r"translations/ru\.toml has no indicator: y\."):
        made(told, "ru")
    assert before.items() <= bytes_of(told).items()
    said = []
    made(told, say=said.append)
    assert said[0].startswith(f"{tiny.PERIOD}: evaluation, data-quality, without ru: ")
    assert said[0].endswith("translations/ru.toml has no indicator: y.")
    assert not (report / "ru").exists() and "hreflang" not in _page(report / "evaluation.html")


def test_a_language_that_the_project_has_no_more_is_taken_away(told):
    """With a word, and its links."""
    report = told / "reports" / tiny.PERIOD
    path = told / "project.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"en", "ru", "ky"', '"en", "ru"'), encoding="utf-8")
    (told / "translations" / "ky.toml").unlink()
    said = []
    made(told, say=said.append)
    assert "without ky: The project is not told in the language 'ky'." in said[0]
    assert not (report / "ky").exists() and [link[1] for link in LINK.findall(_page(report / "evaluation.html"))] == [
        "ru"
    ]


def test_each_page_links_to_the_same_in_every_other_language(told):
    """Each with the name of its language in itself, marked as that; and every link leads to a page that is there."""
    report = told / "reports" / tiny.PERIOD
    names = {"en": "English", "ru": "Русский", "ky": "Кыргызча"}
    for code in ALL:
        for page in ("evaluation", "data-quality"):
            path = report / languages.place("" if code == "en" else code, f"{page}.html")
            links = LINK.findall(_page(path))
            assert [(own, lang, name) for _, own, lang, name in links] == [
                (other, other, names[other]) for other in ALL if other != code
            ]
            for address, other, *_ in links:
                there = (path.parent / address).resolve()
                assert f'<html lang="{other}">' in _page(there) and there.name == path.name
    assert "hreflang" not in _page(made_alone(told))


def made_alone(told):
    """The page of a report in one language."""
    return making.make(tiny.EARLIER, told, **QUIET) / "evaluation.html"


def test_a_file_that_was_taken_away_comes_again_with_its_page(told):
    """A language is whole, or is not there."""
    report = told / "reports" / tiny.PERIOD
    before = bytes_of(report)
    (report / "ru" / "evaluation.html").unlink()
    (report / "ky" / "data-quality.ipynb").write_text("other", encoding="utf-8")
    said = []
    made(told, say=said.append)
    assert said == [f"{tiny.PERIOD}: ru/evaluation, ky/data-quality"] and bytes_of(report) == before


def test_one_that_stops_leaves_all_as_it_was(told, monkeypatch):
    """In whatever language: none is replaced without the others."""
    report = told / "reports" / tiny.PERIOD
    before = bytes_of(report)
    tiny.one_more_record(told)
    execute = notebooks.execute

    def stops(page, parameters, *places):
        if parameters.get("language") == "ky":
            raise Refused("The notebook stopped.")
        return execute(page, parameters, *places)

    monkeypatch.setattr(notebooks, "execute", stops)
    with pytest.raises(Refused, match="stopped"):
        made(told)
    assert bytes_of(report) == before


@pytest.mark.long
def test_documents_are_in_the_languages_that_are_named(ours, installed):
    """LANGUAGES=ru FORMATS=docx is the Russian Word file; without LANGUAGES it is the first language's."""
    report = made(ours, "ru", formats=("docx",))
    assert documents(report) == {} and len(documents(report / "ru")) == 2
    assert b"docx: " in documents(report / "ru")["evaluation.docx"]
    made(ours, "en", "ru", formats=BOTH)
    assert len(documents(report)) == len(documents(report / "ru")) == 4
    given = making.source(ours)
    assert making.reason(given, tiny.PERIOD, Asked(("pdf",), ("ky",))) == "ky and pdf in ky asked for"
    tiny.one_more_record(ours)
    said = []
    made(ours, "ky", formats=("pdf",), say=said.append)
    assert "ru/evaluation, " in said[0] and "without ru/evaluation.docx" in said[0]  # as of the first language
    assert {*documents(report / "ky")} == {"evaluation.pdf", "data-quality.pdf"}


@pytest.mark.long
def test_many_reports_and_their_plan(ours, capsys):
    """make reports and make plan take languages, too."""
    named = ["-p", "project", str(ours), "--periods", f"{tiny.EARLIER} {tiny.PERIOD}"]
    assert main(["reports", *named]) == 0
    assert main(["plan", *named, "--languages", "ru"]) == 0
    said = capsys.readouterr().out
    assert f"{tiny.PERIOD}: ru/evaluation, ru/data-quality (ru asked for)" in said
    assert main(["reports", *named, "--languages", "ky,ru"]) == 0
    for period in (tiny.EARLIER, tiny.PERIOD):
        assert languages.of_files(manifest.read(ours / "reports" / period)["files"], load(ours)) == ("ru", "ky")
    given = making.source(ours)
    assert units.stale(running.periods(given.project.calendar, named=tiny.PERIOD), given, Asked((), ALL)) == {}


@pytest.mark.parametrize("command", ["report", "reports", "plan", "release"])
@pytest.mark.parametrize(
    ("written", "says"),
    [("xx", "'xx' is no language of the project"), ("ru;ky", "'ru;ky' is no"), (",", "LANGUAGES names no language")],
)
def test_what_is_no_language_is_refused(ours, capsys, command, written, says):
    """With those that there are, before anything is done."""
    period = [] if command in ("reports", "plan") else ["-p", "period", tiny.PERIOD]
    assert main([command, "--languages", written, "-p", "project", str(ours), *period]) == 2
    out, said = capsys.readouterr()
    assert says in said and "There are: en, ru, ky." in said and not (ours / "reports").exists() and out == ""


def test_the_command_says_where_each_language_is_that_it_was_asked_for(told, capsys):
    """The first one's page where none was named."""
    command = ["report", "-p", "period", tiny.PERIOD, "-p", "project", str(told)]
    place = f"{told}/reports/{tiny.PERIOD}"
    for named, pages in (("", ["evaluation.html"]), ("ru,en", ["evaluation.html", "ru/evaluation.html"])):
        assert main([*command, "--languages", named]) == 0
        assert capsys.readouterr().out.splitlines()[-len(pages) :] == [f"{place}/{page}" for page in pages]


# --- Releases ------------------------------------------------------------------------------------


def test_a_release_holds_the_languages_that_were_reviewed(reviewed):
    """And no other: no file of it, no link to it, no word of it in the manifest. The draft keeps all three."""
    draft, released = (reviewed / place / tiny.PERIOD for place in ("reports", "releases"))
    assert (draft / "ky" / "evaluation.html").exists() and not (released / "ky").exists()
    head = ledger.read(load(reviewed)).head
    for code, words in (
        ("", f"Released on 2014-02-01. The ledger of all releases then ended with {head}."),
        ("ru", f"Опубликовано 2014-02-01. Реестр всех публикаций заканчивался тогда на {head}."),
    ):
        page = _page(released / code / "evaluation.html")
        assert words in page and "Draft" not in page and "Черновик" not in page
        assert [link[1] for link in LINK.findall(page)] == (["en"] if code else ["ru"])
    made_of = manifest.read(released)
    assert languages.of_files(made_of["files"], load(reviewed)) == ("ru",) and not [
        name for name in made_of["shown"] if "ky" in name
    ]
    assert "носитель языка" not in _page(released / "ru" / "evaluation.html")
    ledger.check_files(load(reviewed), ledger.read(load(reviewed)).releases)


def test_a_release_is_what_a_draft_in_its_languages_is(reviewed, tmp_path):
    """Its manifest, byte for byte: the third language of the draft leaves no trace."""
    shutil.rmtree(reviewed / "reports" / tiny.PERIOD)
    alone = made(reviewed, "ru") / manifest.NAME
    released = reviewed / "releases" / tiny.PERIOD / manifest.NAME
    assert json.loads(released.read_bytes())["files"] == json.loads(alone.read_bytes())["files"]


@pytest.mark.long
def test_the_same_release_again_changes_nothing_and_is_verified(reviewed, capsys):
    """Whatever other languages the draft has by then."""
    before = bytes_of(reviewed / "releases")
    command = ["-p", "period", tiny.PERIOD, "-p", "project", str(reviewed)]
    assert main(["release", "--date", "2014-03-01", *command]) == 0
    assert "nothing has changed" in capsys.readouterr().out and bytes_of(reviewed / "releases") == before
    assert main(["verify", *command]) == 0 and "DIFFERS" not in capsys.readouterr().out
    index = _page(reviewed / "reports" / "index.html")
    assert "the draft is not what was released" not in index
    page = reviewed / "releases" / tiny.PERIOD / "ru" / "evaluation.html"
    page.write_text(_page(page).replace("Опубликовано", "Издано"), encoding="utf-8")
    assert main(["release", "--date", "2014-03-01", *command]) == 2
    assert "a file in it is not what was released" in capsys.readouterr().err


def test_the_languages_of_a_release_can_be_named(ours, capsys):
    """The first alone, though another is reviewed; one that nobody has reviewed is refused, and nothing is done."""
    translating.review(ours, "ru")
    command = ["release", "--date", "2014-02-01", "-p", "period", tiny.PERIOD, "-p", "project", str(ours)]
    assert main([*command, "--languages", "ru,ky"]) == 2
    assert "Nobody has reviewed the words in the language 'ky'" in capsys.readouterr().err
    assert not (ours / "releases").exists()
    assert main([*command, "--languages", "en"]) == 0
    assert not (ours / "releases" / tiny.PERIOD / "ru").exists()


def test_both_indexes_list_languages_and_formats(reviewed, installed):
    """Of each report and release those that are there; every link leads to a file."""
    made(reviewed, "ru", formats=("docx",))
    for place, codes in (("reports", ["ru", "ky"]), ("releases", ["en", "ru"])):
        page = _page(reviewed / place / "index.html")
        assert [code for _, code, *_ in LINK.findall(page)] == codes
        assert page.count("The records behind these reports are invented.") == 1
        for address in re.findall(r'href="([^"]*)"', page):
            assert (reviewed / place / address).resolve().is_file(), address
    assert f'href="{tiny.PERIOD}/ru/evaluation.docx">Word<' in _page(reviewed / "reports" / "index.html")
