"""Stories of a project's life, by the real commands: what is printed before and after, and that nothing is opened."""

import json
import re
import shutil
import zipfile

import pytest

from ctanalysis.__main__ import main
from ctanalysis.disclosure import conditioned, ledger
from ctanalysis.disclosure.audit import opened
from ctanalysis.disclosure.audit.versions import versioned
from ctanalysis.project import load
from ctanalysis.releases import publishing
from tests.generators import policies
from tests.releases.lives import DAYS, SEX, breakdowns, lasting, late, printed, released, total
from tests.releases.steps import bytes_of, corrected, refused, rewritten, run

END_1, END_2, END_3 = "2012-09-30", "2013-09-30", "2014-09-30"


@pytest.fixture
def folder(tmp_path):
    return lasting(tmp_path / "ours")


def broken(folder):
    """What can be shown from everything in the ledger to date."""
    project = load(folder)
    return opened(versioned(ledger.printed(project, ledger.read(project))), project, conditioned(project))


def test_it_begins_like_this(folder):
    """18 women | 15 men of 33 in the first year: both ten or more, so that they are numbers, to the nearest five."""
    first = released(folder, "FY2012")
    assert first[END_1, "sex", "female"] == "20" and first[END_1, "sex", "male"] == "15"
    assert (first[END_1, "sex", "recorded"], first[END_1, "sex", "not recorded"], total(first, END_1)) == (
        "33",
        "1",
        34,
    )
    second = released(folder, "FY2013")
    assert second[END_2, "sex", "recorded"] == "71" and second[END_2, "sex", "female"] == "47–56"
    assert broken(folder) == []


# --- 1. A late record ---------------------------------------------------------------------------------


def test_a_late_record_is_in_the_total_and_in_the_next_node(folder):
    """The revision has 35 in all, and every breakdown as it was told; the next year's end has one more."""
    first = released(folder, "FY2012")
    late(folder)
    revision = released(folder, "FY2012", "2013-01-10", "A man was entered late.")
    assert total(revision, END_1) == total(first, END_1) + 1 == 35
    assert breakdowns(revision) == breakdowns(first)
    second = released(folder, "FY2013")
    assert second[END_2, "sex", "recorded"] == "72" and total(second, END_2) == 75 and broken(folder) == []


@pytest.mark.few(1)
@pytest.mark.parametrize("day", ["2011-10-02", "2012-09-20"])
def test_a_revision_does_not_depend_on_who_was_late(tmp_path, day):
    """A woman or a man, of any kind, or nothing recorded: the revision is the same, byte for byte."""
    looks = set()
    for sex, kind in [("F", "NA"), ("M", "NA"), ("M", "007"), ("F", "|"), ("", "")]:
        folder = lasting(tmp_path / f"{sex}{len(looks)}{kind == 'NA'}{kind == '007'}{kind == '|'}")
        released(folder, "FY2012")
        late(folder, day, sex, kind)
        released(folder, "FY2012", "2013-01-10", "Somebody was entered late.")
        looks.add((folder / "releases" / "FY2012-revision-1" / "indicators.csv").read_bytes())
    assert len(looks) == 1


# --- 2. A late record that is found after two more releases -------------------------------------------


@pytest.mark.long
def test_a_late_record_after_two_more_releases(folder):
    """It changes the totals of both years, the breakdowns of neither, and stands in the third year's end."""
    before = [released(folder, "FY2012"), released(folder, "FY2013Q1"), released(folder, "FY2013")]
    late(folder)
    revised = [released(folder, period, "2013-12-10", "A man was entered late.") for period in ("FY2012", "FY2013")]
    for now, then in zip(revised, (before[0], before[2]), strict=True):
        assert breakdowns(now) == breakdowns(then)
    assert total(revised[1], END_2) == total(before[2], END_2) + 1
    third = released(folder, "FY2014")
    assert third[END_3, "sex", "recorded"] == str(71 + 32 + 1) and broken(folder) == []


# --- 3. An extension ----------------------------------------------------------------------------------


def test_an_extension_goes_on_where_it_was(folder):
    """With its former end on record; the breakdowns go on from what was told."""
    first = released(folder, "FY2012")
    rewritten(folder / "project.toml", "end = 2015-09-30\n", "end = 2016-06-30\n")
    assert run(folder, "FY2013", DAYS["FY2013"]) == 2
    rewritten(folder / "project.toml", "end = 2016-06-30\n", "end = 2016-06-30\nformer_ends = [2015-09-30]\n")
    second = released(folder, "FY2013")
    assert second[END_1, "sex", "female"] == first[END_1, "sex", "female"] and broken(folder) == []


def test_an_extension_after_the_end_was_told_goes_on_in_totals(folder, capsys):
    """What was told to the end follows from its being the end. Each breakdown is ended, which is said, and stays."""
    rewritten(folder / "project.toml", "end = 2015-09-30\n", "end = 2013-09-30\n")
    rewritten(folder / "project.toml", "records_through = 2014-12-31", "records_through = 2013-09-30")
    second = released(folder, "FY2013")
    rewritten(folder / "project.toml", "end = 2013-09-30\n", "end = 2015-09-30\nformer_ends = [2013-09-30]\n")
    rewritten(folder / "project.toml", "records_through = 2013-09-30", "records_through = 2014-12-31")
    refused(folder, capsys, "another end of the project", "ended", period="FY2014", day=DAYS["FY2014"])
    ended(folder)
    third = released(folder, "FY2014")
    assert total(third, END_3) == 106 and {key[0] for key in breakdowns(third)} <= {END_2}
    assert {key: shown for key, shown in third.items() if key[0] == END_2}.items() <= second.items()
    assert broken(folder) == []


def ended(folder, reason="The project was extended."):
    """Every breakdown of the policy is told no further."""
    path = folder / "policy.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    more = [f"{line}\nended = {json.dumps(reason)}" if line.startswith("order = ") else line for line in lines]
    path.write_text("\n".join(more) + "\n", encoding="utf-8")


# --- 4. Other words -----------------------------------------------------------------------------------


def test_labels_in_russian_keep_what_was_told(folder, capsys):
    """Women and men are called otherwise after the first year; what is printed is what would have been."""
    released(folder, "FY2012")
    as_it_was = shutil.copytree(folder, folder.with_name("as it was"))
    for old, new in (("female", "женщины"), ("male", "мужчины")):
        rewritten(folder / "datapackage.json", f'"label": "{old}"', f'"label": "{new}"')
        rewritten(folder / "policy.toml", f'"{old}"', f'"{new}"')
    refused(folder, capsys, "called formerly", period="FY2013")
    for old, new in (("female", "женщины"), ("male", "мужчины")):
        rewritten(folder / "datapackage.json", f'"label": "{new}"', f'"label": "{new}", "formerly": ["{old}"]')
    second, same = released(folder, "FY2013"), released(as_it_was, "FY2013")
    words = {"женщины": "female", "мужчины": "male"}
    assert {(*key[:2], words.get(key[2], key[2])): shown for key, shown in second.items()} == same
    assert second[END_2, "sex", "женщины"] == "47–56" and broken(folder) == []


# --- 5. A category that is added ----------------------------------------------------------------------

EIGHT = '{"value": "8", "label": "eight"'


def with_eight(folder, since=""):
    rewritten(
        folder / "datapackage.json",
        '{"value": "007", "label": "seven"}',
        '{"value": "007", "label": "seven"}, ' + EIGHT + (f', "since": "{since}"' if since else "") + "}",
    )
    rewritten(folder / "policy.toml", '"seven"]', '"seven", "eight"]')


def test_a_category_that_is_added_is_told_from_then_on(folder, capsys):
    """It stands last, and says since when it is there. What was told stays: nobody was in it."""
    first = released(folder, "FY2012")
    with_eight(folder)
    refused(folder, capsys, "the day since when it is there", period="FY2013")
    rewritten(folder / "datapackage.json", EIGHT, EIGHT + ', "since": "2012-10-01"')
    for number in range(12):
        late(folder, f"2013-05-{number + 1:02d}", "F", "8", f"p8{number:03d}")
    second = released(folder, "FY2013")
    assert breakdowns(first).items() <= breakdowns(second).items()
    assert second[END_1, "kind", "eight"] == "0" and (END_2, "kind", "eight") in second
    assert second[END_2, "kind", "recorded"] == str(34 + 40 + 12) and broken(folder) == []


def test_a_category_that_is_added_before_others_is_refused(folder, capsys):
    """What was told of the others would be another split."""
    released(folder, "FY2012")
    with_eight(folder, "2012-10-01")
    rewritten(folder / "policy.toml", '"seven", "eight"]', '"eight", "seven"]')
    refused(folder, capsys, "stands behind those that were there before", period="FY2013")


# --- 6. An indicator that is retired ------------------------------------------------------------------


def another(folder, code, policy="", **changes):
    """Another sheet of the same people under a code of its own."""
    text = (folder / "indicators" / "x.toml").read_text(encoding="utf-8").replace('code = "x"', f'code = "{code}"')
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new)
    (folder / "indicators" / f"{code}.toml").write_text(text, encoding="utf-8")


def test_a_retired_indicator_is_reported_no_longer_and_audited_still(folder, capsys):
    """Its sheet stays, with the last day of its reports; without the sheet nothing is released. Reported again, it goes
    on where it was.
    """
    another(folder, "y", ways=('disaggregate = ["sex", "kind"]', "disaggregate = []"))
    first = released(folder, "FY2012")
    sheet = folder / "indicators" / "x.toml"
    text, policy = sheet.read_text(encoding="utf-8"), (folder / "policy.toml").read_text(encoding="utf-8")
    sheet.unlink()
    (folder / "policy.toml").write_text(policies.policy(person="person"), encoding="utf-8")
    refused(folder, capsys, "put its reference sheet back", "retired", period="FY2013")
    sheet.write_text(text.replace("updated =", "retired = 2012-09-30\nupdated =", 1), encoding="utf-8")
    (folder / "policy.toml").write_text(policy, encoding="utf-8")
    second = released(folder, "FY2013")
    assert second == {(END_1, "total", "all"): "34"}, "archived, as it was told"
    assert "\ny," in (folder / "releases" / "FY2013" / "indicators.csv").read_text(encoding="utf-8")
    sheet.write_text(text, encoding="utf-8")
    third = released(folder, "FY2014")
    again = printed(folder, "FY2012")
    assert again == first and third[END_3, "sex", "recorded"] == str(71 + 32) and broken(folder) == []


# --- 7. A changed breakdown under a new code ----------------------------------------------------------


def test_a_new_code_is_no_new_history(folder, capsys):
    """Those done only, by sex, where all were told by sex: they are some of the same people. Its totals can be told."""
    released(folder, "FY2012")
    another(folder, "z", more=('date = "day"', 'date = "day"\nwhere = { done = true }'))
    told = [policies.breakdown("z", *SEX)]
    kept = (folder / "policy.toml").read_text(encoding="utf-8")
    (folder / "policy.toml").write_text(policies.policy(*told, person="person"), encoding="utf-8")
    refused(folder, capsys, "did not pass", period="FY2013")
    said = (folder / "internal" / "release" / "FY2013.txt").read_text(encoding="utf-8")
    assert "sex is told of indicators x and z, which are of the same people" in said
    (folder / "policy.toml").write_text(kept, encoding="utf-8")
    released(folder, "FY2013")
    values = (folder / "releases" / "FY2013" / "indicators.csv").read_text(encoding="utf-8")
    assert [line for line in values.splitlines() if line.startswith("z,") and ",total,all," in line]
    assert broken(folder) == []


# --- 8. Sheets with a condition -----------------------------------------------------------------------


def test_the_total_of_a_sheet_with_a_condition_is_never_told(folder):
    """ "Women" and "men" beside the whole by sex: their totals are cells of it, and not told whatever they are."""
    for code, value in (("w", "F"), ("m", "M")):
        where = ('date = "day"', f'date = "day"\nwhere = {{ sex = "{value}" }}')
        another(folder, code, more=where, ways=('disaggregate = ["sex", "kind"]', "disaggregate = []"))
    for period in ("FY2012", "FY2013", "FY2014"):
        released(folder, period)
        values = (folder / "releases" / period / "indicators.csv").read_text(encoding="utf-8").splitlines()
        mine = [line for line in values if line.startswith(("w,", "m,"))]
        assert mine and not [line for line in mine if "exact" in line or "rounded" in line], mine
    assert broken(folder) == []


@pytest.mark.long
def test_a_breakdown_that_is_taken_out_of_every_sheet_still_counts(folder, capsys):
    """Sex was told of FY2012. Then no sheet and no policy names it any more, and "women" would be a plain total: the
    audit knows what was told. Without that sheet totals go on; put back, the breakdown goes on where it was.
    """
    released(folder, "FY2012")
    sheet, policy = folder / "indicators" / "x.toml", folder / "policy.toml"
    kept = {path: path.read_text(encoding="utf-8") for path in (sheet, policy)}
    rewritten(sheet, 'disaggregate = ["sex", "kind"]', 'disaggregate = ["kind"]')
    kind = [policies.breakdown("x", "kind", ["Namibian", "bar", "seven"])]
    policy.write_text(policies.policy(*kind, person="person"), encoding="utf-8")
    where = ('date = "day"', 'date = "day"\nwhere = { sex = "F" }')
    another(folder, "w", more=where, ways=('disaggregate = ["kind"]', "disaggregate = []"))
    refused(folder, capsys, "did not pass", period="FY2013")
    said = (folder / "internal" / "release" / "FY2013.txt").read_text(encoding="utf-8")
    assert "the total of indicator w is of some by sex, which is told of indicator x" in said
    (folder / "indicators" / "w.toml").unlink()
    assert not [key for key in released(folder, "FY2013") if key[1] == "sex"]
    for path, text in kept.items():
        path.write_text(text, encoding="utf-8")
    third = released(folder, "FY2014")
    assert third[END_3, "sex", "recorded"] == "103" and broken(folder) == []


# --- 9. A partner that leaves -------------------------------------------------------------------------


def test_a_partner_that_leaves_takes_nobody_out_of_what_was_told(folder):
    """A third of the people are in its records, which are taken out. Totals are revised; those who were told stay told,
    and the next year's end is of them and of whoever came since.
    """
    first = released(folder, "FY2012")
    corrected(folder, lambda rows: rows.__setitem__(slice(None), [row for row in rows if int(row[3][1:]) % 3]))
    revision = released(folder, "FY2012", "2013-01-10", "A partner left, and its records are not the project's.")
    assert total(revision, END_1) == 22 and breakdowns(revision) == breakdowns(first)
    second = released(folder, "FY2013")
    assert total(second, END_2) == 49 and int(second[END_2, "sex", "recorded"]) == 33 + 26 and broken(folder) == []


# --- 9b. Codes that were changed ---------------------------------------------------------------------


def with_codes(folder, numbers, letter="n"):
    """The people of these numbers have other codes from now on; a code is a letter and a number."""
    corrected(
        folder, lambda rows: [row.__setitem__(3, letter + row[3][1:]) for row in rows if int(row[3][1:]) in numbers]
    )


@pytest.mark.few(1)
@pytest.mark.parametrize("numbers", [range(200), range(0, 34, 3)], ids=["all", "one partner's"])
def test_the_same_people_under_other_codes_are_not_told_twice(folder, capsys, numbers):
    """A new database numbers everybody anew, or a third of the first year's 34. The check says so, and nothing is
    released; how many they are, or who, is not said. With the former codes the next year is as it would have been.
    """
    released(folder, "FY2012")
    with_codes(folder, numbers)
    main(["check", "-p", "project", str(folder)])
    assert "are no longer in the records, and others came in their place" in capsys.readouterr().out
    asked = {"period": "FY2013", "day": DAYS["FY2013"]}
    words = refused(folder, capsys, "under other codes", "corrections.toml", "ended", **asked)
    assert not re.search(r"[np]0\d\d\d|\b\d+ (people|of)", words)
    with_codes(folder, numbers, "p")
    second = released(folder, "FY2013")
    assert second[END_2, "sex", "recorded"] == "71"
    main(["check", "-p", "project", str(folder)])
    assert "no longer in the records" not in capsys.readouterr().out


def test_who_left_and_others_who_came_late_are_no_new_codes(folder):
    """A partner leaves with a third of the first year's people, one record is erased more, and nine come late who are
    like some of them.
    """
    released(folder, "FY2012")
    corrected(folder, lambda rows: rows.__setitem__(slice(None), [row for row in rows if int(row[3][1:]) % 3]))
    for number in range(9):
        late(folder, person=f"p8{number:03d}")
    assert released(folder, "FY2013")[END_2, "sex", "recorded"] == str(33 + 26 + 9)


# --- 10. A restored ledger ----------------------------------------------------------------------------


@pytest.mark.long
def test_releases_that_are_restored_go_on(folder, capsys):
    """From a copy of releases/ and internal/ of the same day. With an older one of either nothing is released."""
    copies = folder.with_name("copies")
    released(folder, "FY2012")
    for name in ("releases", "internal"):
        shutil.copytree(folder / name, copies / "older" / name)
    released(folder, "FY2013")
    for name in ("releases", "internal"):
        shutil.copytree(folder / name, copies / "latest" / name)
    as_it_was = bytes_of(folder / "releases")
    for name in ("releases", "internal"):
        put_back(folder, copies / "older", name)
        refused(folder, capsys, "back from", period="FY2014", day=DAYS["FY2014"])
        put_back(folder, copies / "latest", name)
    assert bytes_of(folder / "releases") == as_it_was
    third = released(folder, "FY2014")
    assert third[END_3, "sex", "recorded"] == "103" and broken(folder) == []


def test_a_memory_that_was_edited_releases_nothing(folder, capsys):
    """Somebody corrects a man's sex in it, where the records have it right by now."""
    released(folder, "FY2012")
    path = folder / "internal" / "release" / "standing.json"
    before = path.read_text(encoding="utf-8")
    rewritten(path, '"p0020": "male"', '"p0020": "female"')
    refused(folder, capsys, "standing.json", "was changed", "back from the copy", period="FY2013")
    path.write_text(before, encoding="utf-8")
    released(folder, "FY2013")


def put_back(folder, copy, name):
    shutil.rmtree(folder / name, ignore_errors=True)
    shutil.copytree(copy / name, folder / name)


def test_a_ledger_without_its_memory_goes_on_in_totals(folder, capsys):
    """internal/ is lost, and there is no copy: who stood where is not known, and no number may be guessed."""
    first = released(folder, "FY2012")
    shutil.rmtree(folder / "internal")
    refused(folder, capsys, "standing.json", "ended", period="FY2013")
    ended(folder, "Who stood in it was lost.")
    second = released(folder, "FY2013")
    assert total(second, END_2) == 74 and {key[0] for key in breakdowns(second)} == {END_1}
    assert breakdowns(second) == breakdowns(first) and broken(folder) == []


# --- 11. Consent that is withdrawn after a release ----------------------------------------------------


CORRECTION = """[[correction]]
table = "rows"
key = "r0003"
field = "amount"
expect = "1"
value = "2"
reason = "The partner said so."
role = "officer"
date = 2012-10-10
"""


def checked(folder):
    """`make check` of a file with a day that is none: it goes back to the partner, marked, as a copy."""
    wrong = ["r9999", "2012-13-01", "", "p0003", "F", "NA", "1", "true"]
    corrected(folder, lambda rows: rows.append(wrong))
    main(["check", "-p", "project", str(folder)])
    corrected(folder, lambda rows: rows.remove(wrong))


def naming(folder, person, row):
    """The files that name a person or a row of theirs; of workbooks what is packed in them."""
    found = []
    for path in (path for path in sorted(folder.rglob("*")) if path.is_file()):
        packed = zipfile.ZipFile(path) if zipfile.is_zipfile(path) else None
        contents = [packed.read(name) for name in packed.namelist()] if packed else [path.read_bytes()]
        if any(name in content for content in contents for name in (person, row)):
            found.append(path.relative_to(folder).as_posix())
    return found


def test_consent_withdrawn_after_a_release(folder, capsys):
    """The record is erased, and so is everything that names the person: with the breakdowns ended nothing remembers
    who stood in them. What was told stays told; totals are only revised. A correction of the row and the marked copy
    that went back to the partner go by the steps of docs/releases.md, in their order.
    """
    corrections = folder / "judgements" / "corrections.toml"
    corrections.parent.mkdir(exist_ok=True)
    corrections.write_text(CORRECTION, encoding="utf-8")
    checked(folder)
    first = released(folder, "FY2012")
    named = naming(folder, b"p0003", b"r0003")
    assert {"records/rows.csv", "judgements/corrections.toml", "internal/release/standing.json"} <= {*named}
    assert any(name.startswith("internal/check/send-back/") and name.endswith(".xlsx") for name in named)
    corrected(folder, lambda rows: rows.__setitem__(slice(None), [row for row in rows if row[3] != "p0003"]))
    corrections.write_text("", encoding="utf-8")
    for path in (folder / "reports", *(folder / "internal").iterdir()):
        if path.name not in ("release", "manifests"):
            shutil.rmtree(path)
    ended(folder, "A record had to be erased.")
    revision = released(folder, "FY2012", "2013-01-10", "A record was erased.")
    assert total(revision, END_1) == 33 and breakdowns(revision) == breakdowns(first)
    assert naming(folder, b"p0003", b"r0003") == []
    second = released(folder, "FY2013")
    assert total(second, END_2) == 73 and {key[0] for key in breakdowns(second)} == {END_1} and broken(folder) == []


# --- A ledger of an older policy ----------------------------------------------------------------------


def under_an_older_policy(monkeypatch):
    """Releases tell sex as an older policy did: to the nearest five, without a base, under another definition."""
    cells_of = publishing.published_cells

    def older(evaluation):
        cells = cells_of(evaluation)
        mine, sexes = cells["indicator"] == "x", cells["disaggregation"] == "sex"
        cells.loc[mine, "definition"] = "audited-0123456789ab"
        cells.loc[mine & (cells["disaggregation"] == "kind"), ["value", "status"]] = [float("nan"), "withheld"]
        small = mine & sexes & (cells["category"] == "not recorded") & (cells["status"] != "not applicable")
        cells.loc[small, ["value", "status"]] = [float("nan"), "fewer than 10"]
        return cells[cells["category"] != "recorded"]

    monkeypatch.setattr(publishing, "published_cells", older)


def test_a_ledger_of_an_older_policy_goes_on(folder, capsys, monkeypatch):
    """Sex was told to the nearest five in a table by itself. Who vouches that only the policy is another one releases
    again: sex has ended, and stays as it was told; kind, which was not told, begins; totals go on.
    """
    with monkeypatch.context() as patched:
        under_an_older_policy(patched)
        first = released(folder, "FY2012")
    (folder / "internal" / "release" / "standing.json").unlink()
    policy = folder / "policy.toml"
    refused(folder, capsys, 'formerly = ["audited-0123456789ab"]', period="FY2013")
    rewritten(policy, "audited = true\n", 'audited = true\nformerly = ["audited-0123456789ab"]\n')
    refused(folder, capsys, "by sex was released before", "ended", period="FY2013")
    order = 'order = ["female", "male"]'
    rewritten(policy, order, f'{order}\nended = "It was told under an older policy."')
    second = released(folder, "FY2013")
    assert total(second, END_2) == 74 and (END_2, "kind", "Namibian") in second
    assert {key for key in second if key[1] == "sex"} == {(END_1, "sex", name) for name in (*SEX[1], "not recorded")}
    assert second[END_1, "sex", "female"] == first[END_1, "sex", "female"] == "20" and broken(folder) == []
