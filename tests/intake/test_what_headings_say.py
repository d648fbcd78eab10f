"""A file whose headings are not all known is told what is truly unknown, however its headings are laid out."""

import pytest

from ctanalysis import project
from ctanalysis.base.errors import Refused
from ctanalysis.intake.receiving.headings import attempt
from ctanalysis.records import LOOK, UNREAD
from tests.generators.sent import by_key, field, sent, surveyed, told
from tests.intake.partner_files import received

MEASURES = ("seats", "cost", "score", "done")
FIELDS = [field("topic")]
FIELDS += [
    {"name": name, "type": "number", "title": name, "alternatives": [f"Показатели {word}"]}
    for name, word in zip(MEASURES, ("мест", "стоимость", "балл", "состоялось"), strict=True)
]
UPPER = ["№", "id", "day", "topic", "Показатели", "", "", ""]
LOWER = ["", "", "", "", "мест", "стоимость", "балл", "состоялось"]
ROW = ["1", "r2", "2014-01-02", "law", "7", "1", "2", "3"]


def said_of(folder, rows, **more):
    table = project.load(sent(folder, FIELDS, [["id"]], **more)).package.tables["rows"]
    return "\n".join(attempt(table, list(enumerate(rows, 1))).lines())


def test_two_levels_of_which_one_heading_is_unknown(tmp_path):
    """The levels are joined before one looks for what lacks: only № is unknown, and it may be ignored."""
    said = said_of(tmp_path / "p", [["Отчёт"], UPPER, LOWER, ROW])
    assert said.count("has a heading that is not known") == 1 and "column A has" in said
    assert "missing" not in said and "Add a column" not in said and '"ignoredColumns"' in said


@pytest.mark.parametrize("name", ["rows.csv", "rows.xlsx"])
def test_the_check_says_the_same(tmp_path, name):
    """Not that seats, cost, score and done are missing; and the advice followed, all values are read."""
    [finding] = surveyed(tmp_path / "p", FIELDS, [UPPER, LOWER, ROW], name=name).of(UNREAD)
    assert "column A of row 2 is none of table 'rows'" in finding.says and "missing" not in finding.says
    found = surveyed(tmp_path / "q", FIELDS, [UPPER, LOWER, ROW], name=name, table={"ignoredColumns": ["№"]})
    assert not told(found) and by_key(found, "done") == {"r2": 3}


def test_two_levels_that_lack_a_column_truly(tmp_path):
    """One column of the group is not there: it alone is missing."""
    said = said_of(tmp_path / "p", [UPPER[1:-1], LOWER[1:-1], ROW[1:-1]])
    assert "missing: done\n" in said and "Add a column with the heading 'done'" in said
    [finding] = surveyed(tmp_path / "q", FIELDS, [UPPER[1:-1], LOWER[1:-1], ROW[1:-1]], name="rows.csv").of(UNREAD)
    assert "column 'done' is missing in row 2" in finding.says


# Headings with the group of their question before them.

VISITS = [field("seats", "integer"), field("topic")]
GROUPED = ["grp/id", "grp/day", "grp/plan/seats", "topic"]
VISIT = ["r2", "2014-01-02", "7", "law"]


@pytest.mark.parametrize("name", ["rows.csv", "rows.xlsx"])
@pytest.mark.parametrize("tools", [(), ("_uuid",), ("_id", "_uuid", "_submission_time"), ("__version__", "_index")])
@pytest.mark.parametrize("sign", ["/", ".", ":"])
def test_headings_with_groups(tmp_path, sign, tools, name):
    """They are read by what stands behind the group, whatever the tool added, and it is noted which."""
    heads = [heading.replace("/", sign) for heading in GROUPED]
    found = surveyed(tmp_path / "p", VISITS, [[*heads, *tools], [*VISIT, *tools]], name=name)
    assert told(found) == [(LOOK, "grouped headings", "", ())] and by_key(found, "seats") == {"r2": 7}
    assert "columns A to C were read by what stands behind the group" in str(found.findings[0])


def test_headings_of_central_have_a_dash(tmp_path):
    heads = [heading.replace("/", "-") for heading in GROUPED]
    rows = [[*heads, "SubmissionDate", "KEY"], [*VISIT, "2014-01-03", "uuid:a"]]
    assert by_key(surveyed(tmp_path / "p", VISITS, rows, name="rows.csv"), "seats") == {"r2": 7}
    [finding] = surveyed(tmp_path / "q", VISITS, [heads, VISIT], name="rows.csv").of(UNREAD)
    assert "none of the first" in finding.says  # a dash of anybody else is part of a word: "non-seats" are no seats


def test_a_list_in_columns_with_a_group(tmp_path):
    """grp/services/legal: the group goes, and the column of the category stays."""
    kinds = [{"value": name, "label": name} for name in ("shelter", "legal")]
    fields = [field("services", "list", delimiter=" ", categories=kinds)]
    heads = ["grp/id", "grp/day", "grp/services/shelter", "grp/services/legal", "_uuid"]
    found = surveyed(tmp_path / "p", fields, [heads, ["r2", "2014-01-02", "0", "1", "u"]], name="rows.csv")
    assert by_key(found, "services") == {"r2": "legal"}


@pytest.mark.parametrize(
    "heads",
    [
        ["a/id", "a/day", "a/seats", "b/seats", "topic"],  # which of the two is meant?
        ["id", "day", "seats of/topic", "x/y", "_uuid"],  # no name of a group has a blank
    ],
)
def test_what_may_be_another_column_is_asked_about(tmp_path, heads):
    rows = [heads, ["x"] * len(heads)]
    assert surveyed(tmp_path / "p", VISITS, rows, name="rows.csv").of(UNREAD)


def test_a_column_of_the_table_beats_one_in_a_group(tmp_path):
    """help/topic is another question than topic: it stays unknown, and is asked about."""
    rows = [["id", "day", "seats", "topic", "help/topic", "_uuid"], [*VISIT, "x", "u"]]
    [finding] = surveyed(tmp_path / "p", VISITS, rows, name="rows.csv").of(UNREAD)
    assert "column E of row 1 is none" in finding.says


def test_a_group_that_is_ignored_stays_so(tmp_path):
    """A pattern of ignoredColumns is asked first, so that nothing is read which somebody has left out."""
    rows = [["grp/id", "grp/day", "grp/seats", "grp/topic", "extra/seats", "_uuid"], [*VISIT, "99", "u"]]
    found = surveyed(tmp_path / "p", VISITS, rows, name="rows.csv", table={"ignoredColumns": ["extra/*"]})
    assert by_key(found, "seats") == {"r2": 7}


def test_receive_takes_such_a_file(project, sent):
    """The events of a form in a group; a heading that stays unknown is asked about alone."""
    sent.mkdir()
    file = sent / "form.csv"
    text = "g/event_id,g/day,g/guests,g/oblast,_uuid{more}\nE-7,2015-02-03,12,OSH,u-1{more}\n"
    file.write_text(text.format(more=",g/extra"), encoding="utf-8")
    with pytest.raises(Refused, match="column F has a heading that is not known") as refused:
        received(project, file)
    assert "missing" not in str(refused.value) and "column E" not in str(refused.value)
    file.write_text(text.format(more=""), encoding="utf-8")
    assert "1 row read = 1 used" in received(project, file)
