"""A file that is written otherwise than its table says is told which table it is, and why it cannot be read."""

import json
from itertools import product

import pytest

from ctanalysis.base.errors import Refused
from ctanalysis.project import load
from ctanalysis.records import UNREAD, survey
from tests.generators.sent import by_key, field, surveyed
from tests.intake.partner_files import IN_RUSSIAN, everything, received

ROWS = [["Y-1", "2015-02-03", "12", "Ош"], ["Y-2", "2015-03-04", "7", "Баткен"]]
DECLARED = {"encoding": "cp1251", "dialect": {"delimiter": ";"}}
NAMES = {",": "a comma", ";": "a semicolon", "\t": "a tab"}


@pytest.fixture
def declared(project):
    """The project whose events come as CP1251 with semicolons."""
    return saying(project, DECLARED)


def saying(project, keys):
    path = project / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    events = next(one for one in package["resources"] if one["name"] == "events")
    for key in ("encoding", "dialect"):
        events.pop(key, None)
    events |= keys
    path.write_text(json.dumps(package), encoding="utf-8")
    (project / "records/events/earlier.csv").unlink(missing_ok=True)
    (project / "deliveries.csv").write_text("file,partner,period,sent\n", encoding="utf-8")
    return project


def events(folder, encoding="cp1251", sign=";", heads=IN_RUSSIAN["events"], rows=ROWS):
    folder.mkdir(exist_ok=True)
    path = folder / "events.csv"
    path.write_bytes("\n".join(sign.join(row) for row in [heads, *rows, []]).encode(encoding))
    return path


def refused(project, file):
    before = everything(project)
    with pytest.raises(Refused) as refusal:
        received(project, file)
    assert everything(project) == before
    return str(refusal.value)


@pytest.mark.parametrize(
    ("encoding", "sign", "heads"),
    [
        *product(["utf-8"], NAMES, [IN_RUSSIAN["events"], ["event_id", "day", "guests", "oblast"]]),
        *product(["cp1251"], [",", "\t"], [IN_RUSSIAN["events"], ["event_id", "day", "guests", "oblast"]]),
    ],
)
def test_the_table_and_the_reason_are_named(declared, sent, encoding, sign, heads):
    """The encoding, the delimiter or both: never that columns of another table are missing."""
    said = refused(declared, events(sent, encoding, sign, heads))
    assert "its headings are those of table 'events' (events), but" in said
    assert ("the text is UTF-8, not cp1251 as datapackage.json says" in said) == (encoding == "utf-8")
    wrong = f'it has {NAMES[sign]} between its cells, and "delimiter" in datapackage.json says a semicolon'
    assert (wrong in said) == (sign != ";")
    assert "missing" not in said and "nearest" not in said


def test_what_is_written_as_declared_is_taken_in(declared, sent):
    assert "2 rows read = 2 used" in received(declared, events(sent))


def test_the_advice_followed(declared, sent):
    """Saved with the mark of UTF-8 and with semicolons; or with the settings taken out: the file is read."""
    assert "which puts a mark before it" in refused(declared, events(sent, "utf-8"))
    assert "2 rows read = 2 used" in received(declared, events(sent, "utf-8-sig"))


@pytest.mark.parametrize("sign", [",", "\t"])
def test_the_delimiter_taken_out(declared, sent, sign):
    assert 'take "delimiter" out of the table\'s "dialect" there' in refused(declared, events(sent, "cp1251", sign))
    assert "2 rows read = 2 used" in received(saying(declared, {"encoding": "cp1251"}), events(sent, "cp1251", sign))


def test_the_check_names_the_delimiter(tmp_path):
    """A file that was dropped into the folder: the check says the same, and the advice helps."""
    table = {"dialect": {"delimiter": ";"}}
    rows = [["id", "day", "n"], ["r2", "2014-01-02", "7"]]
    [one] = surveyed(tmp_path / "p", [field("n", "integer")], rows, name="rows.csv", table=table).of(UNREAD)
    assert one.says == 'it has a comma between its cells, and "delimiter" in datapackage.json says a semicolon'
    assert by_key(surveyed(tmp_path / "q", [field("n", "integer")], rows, name="rows.csv"), "n") == {"r2": 7}


def test_no_table_at_all_is_said_as_before(declared, sent):
    said = refused(declared, events(sent, heads=["a", "b", "c", "d"], rows=[["1", "2", "3", "4"]]))
    assert "none of its first 30 rows names the columns of a table" in said


# What the next step will ask is said in the first.

TYPED = [["Y-1", "03.02.2015", "1,5", "Ош"], ["Y-2", "04.03.2015", "7", "Нарын"]]


def test_what_comes_next_is_said_at_once(project, sent):
    """CP1251 where UTF-8 is read: days with points, a decimal comma and an unknown word are named at once."""
    said = refused(saying(project, {}), events(sent, rows=TYPED))
    assert "table 'events'" in said and "not UTF-8" in said and "cp1251" in said
    assert "When that is put right, these will be asked about as well:" in said
    assert "column B 'day': must be a day" in said and '"format": "%d.%m.%Y"' in said
    assert "column C 'guests'" in said and "column D 'oblast': must be one of" in said
    assert "Нарын" not in said and "03.02" not in said and "1,5" not in said
    file = events(sent, "utf-8", rows=TYPED)  # the first put right, the check asks about just these
    (project / "records/events/sent.csv").write_bytes(file.read_bytes())
    asked = {one.field for one in survey(load(project)).findings if one.severity == "held back"}
    assert asked == {"day", "guests", "oblast"}


def test_headings_are_among_what_comes_next(project, sent):
    """A heading that is not known is asked about in the first round as well."""
    said = refused(saying(project, {}), events(sent, heads=[*IN_RUSSIAN["events"][:3], "край"]))
    assert "not UTF-8" in said and "column D has a heading that is not known" in said


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8"])
def test_a_sign_far_down_that_no_such_encoding_has(project, sent, encoding):
    """It is refused in a sentence, wherever in the file it stands."""
    project = saying(project, {"encoding": encoding, "dialect": {"delimiter": ";"}})
    for number, sign in product((2, 400), (b"\x98", b"\x98\xff")):
        file = events(sent, "cp1251", ",", ["event_id", "day", "guests", "oblast"], ROWS[:1] * 900)
        lines = file.read_bytes().split(b"\n")
        lines[number] += b" \xee" + sign
        file.write_bytes(b"\n".join([*lines[:1], lines[1] + b"\xff", *lines[2:]]))
        assert refused(project, file)
