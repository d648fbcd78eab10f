"""A reference sheet that is written wrong is answered with what is possible there, and text that can be pasted."""

import re
import tomllib

import pytest

from ctanalysis import Refused
from ctanalysis.__main__ import main
from ctanalysis.intake import newproject
from ctanalysis.project import SHIPPED, examples, load
from ctanalysis.project.reading_sheets import read_sheet
from ctanalysis.project.sheets import Sheet
from tests.generators import milestones, small

OLDER = """code = "1.4"
name = "Participants aware before"
area = "prevention"
level = "outcome"
unit = "per cent"
direction = "increase"
headline = false
result = "r"
performance_plan_report = "No."
definition = "d"
rationale = "w"
source = "s"
method = "m"
frequency = "Quarterly"
responsible = "o"
target_rationale = "t"
previous_assessments = "p"
next_assessment = "n"
limitations = "l"
changes = "None."
updated = 2015-01-15
[baseline]
date = 2011-10-01
note = "None."
[words]
one = "participant"
many = "of participants"
was = "was aware"
were = "were aware"
none = "Nobody was aware"
[calculation]
measure = "share"
disaggregate = ["sex", ["sex", "age_group"]]
[calculation.denominator]
measure = "count"
table = "questionnaires"
date = "date"
where = { round = "before" }
[calculation.numerator]
where = { aware = true }
"""


def written(folder, text):
    path = folder / "x.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder, text):
    """What is said of a sheet, sentence by sentence, and the lines that are to be pasted."""
    path = written(folder, text)
    with pytest.raises(Refused) as refusal:
        read_sheet(path)
    lines = str(refusal.value).replace(str(path), "x.toml").splitlines()
    pasted = [line.removeprefix("    ") for line in lines if line.startswith("    ")]
    return [line for line in lines if not line.startswith("    ")], "\n".join(pasted)


def test_an_older_sheet_is_read_as_it_was(tmp_path):
    """A sheet from before targets had forms and milestones were there: every key has the value that it had."""
    sheet, text = read_sheet(written(tmp_path, OLDER)), tomllib.loads(OLDER)
    calculation = text.pop("calculation")
    assert isinstance(sheet, Sheet) and sheet.disaggregations == (("sex",), ("sex", "age_group"))
    assert sheet.model_dump(include=set(text), exclude_unset=True) == text
    assert sheet.calculation.denominator.table == calculation["denominator"]["table"]
    assert (sheet.baseline.value, sheet.valid_from, sheet.retired) == (None, None, None)


@pytest.mark.parametrize("key", [name for name, field in Sheet.model_fields.items() if field.is_required()])
def test_what_is_missing_comes_as_text_to_paste(tmp_path, key):
    """Each key that a sheet must have is taken out, and what the refusal shows is pasted: it is a sheet again."""
    if key == "calculation":
        text = OLDER[: OLDER.index("[calculation]")]
    else:
        text = re.sub(rf"^({key} = .*|\[{key}\]\n(?:\w+ = .*\n)+)", "", OLDER, flags=re.MULTILINE)
    said, pasted = refused(tmp_path, text)
    assert said[0].startswith(f"x.toml: the key '{key}' is missing.") and pasted
    again = f"{text}\n{pasted}\n" if pasted.startswith(("[", "#")) else f"{pasted}\n{text}"
    assert isinstance(read_sheet(written(tmp_path, again)), Sheet)


@pytest.mark.parametrize(
    "measure", [*(name for name in examples.measures() if name != "milestone"), *examples.FORMS["share"]]
)
def test_each_key_of_a_calculation_is_shown_when_it_is_misspelt(tmp_path, measure):
    """Every key of every example, a letter too many: the refusal names the right one, and shows the example."""
    sheet = OLDER[: OLDER.index("[calculation]")]
    example = examples.example(measure)
    for key in re.findall(r"^(\w+) = ", example, re.MULTILINE):
        if key == "measure":
            continue
        said, pasted = refused(
            tmp_path, sheet + re.sub(rf"^{key} = ", f"{key}z = ", example, count=1, flags=re.MULTILINE)
        )
        [unknown] = [line for line in said if f"{key}z' is not known here" in line]
        named = unknown.split("There are: ")[1].rstrip(".").split(", ")
        assert key in named and ("counted" in named) <= (measure in ("people", "share-cohort")), "no others"
        assert said[-1] == "An example:" and pasted == example.rstrip()


def of_share(denominator, numerator, more=""):
    """A sheet of a share with these parts."""
    return (
        f'{OLDER[: OLDER.index("[calculation]")]}[calculation]\nmeasure = "share"\n{more}[calculation.denominator]\n'
        f"{denominator}\n[calculation.numerator]\n{numerator}\n"
    )


ROWS = 'measure = "count"\ntable = "services"\ndate = "date"'
PEOPLE = 'measure = "people"\ntable = "services"\nperson = "person_id"\ndate = "date"'
LEVEL = 'measure = "level"\ntable = "stays"\nstart = "begun"\nend = "ended"\nover = "days"'


@pytest.mark.parametrize(
    "text, measure, form",
    [
        (of_share(ROWS, "wher = { sex = 'F' }"), "share", "share"),
        (of_share(ROWS, 'days = ["date", "until"]'), "share", "share-in-time"),
        (
            of_share(PEOPLE, 'table = "services"\nperson = "person_id"\nday = "until"\nwithin = 90'),
            "share",
            "share-cohort",
        ),
        (of_share(LEVEL, LEVEL), "ratio", "ratio"),
        (of_share(ROWS, 'measure = "sum"\ntable = "costs"\ndate = "date"\ncolumn = "amount"'), "ratio", "ratio"),
        (of_share(ROWS, 'table = "costs"\ndate = "date"'), "ratio", "ratio"),
        (of_share('measure = "days"', "where = { sex = 'F' }"), "ratio", "ratio"),
    ],
    ids=["rows", "in time", "cohort", "occupancy", "two measures", "two tables", "days"],
)
def test_the_example_of_a_share_is_the_one_that_is_near(tmp_path, text, measure, form):
    """The fault is said first. One example follows: of rows, of days, of a cohort; of two numbers that of a ratio."""
    said, pasted = refused(tmp_path, text)
    assert said[0].startswith("x.toml: ") and said[-1] == "An example:" and len(pasted.splitlines()) <= 16
    assert pasted == examples.example(form).rstrip()
    assert ('measure = "ratio"' in said[0]) == (measure == "ratio")


def test_each_form_of_a_share_is_a_sheet(tmp_path):
    for form in ("share", *examples.FORMS["share"]):
        text = OLDER[: OLDER.index("[calculation]")] + examples.example(form)
        assert isinstance(read_sheet(written(tmp_path, text)), Sheet)


def test_rounds_name_the_keys_that_they_take(tmp_path):
    """rounds = "round" is a text where there are keys."""
    said, _ = refused(tmp_path, of_share(ROWS, "where = { sex = 'F' }", 'rounds = "round"\n'))
    assert said[0] == "x.toml: 'calculation.rounds' must have keys of its own. There are: field, baseline."
    count = OLDER[: OLDER.index("[calculation]")] + f'[calculation]\n{ROWS}\nrounds = "round"\n'
    assert "There are: field, baseline." in refused(tmp_path, count)[0][0]


@pytest.mark.parametrize(
    "text",
    [
        of_share(PEOPLE, PEOPLE.replace('measure = "people"\n', "") + '\nat_least = 2\ndifferent = "person_id"'),
        OLDER[: OLDER.index("[calculation]")] + f'[calculation]\n{PEOPLE}\nat_least = 2\ndifferent = "person_id"\n',
    ],
    ids=["a cohort", "people"],
)
def test_different_people_of_one_person_are_always_one(tmp_path, text):
    said, _ = refused(tmp_path, text)
    assert "which are always of one" in said[0]


WRONG = {  # in the sheet of a new project, what is written in the place of what, and what is answered
    "a measure": (
        'measure = "people"',
        'measure = "person"',
        "there is no measure 'person'. There are: count, sum, mean",
    ),
    "no measure": ('measure = "people"\n', "", "must have the key measure. There are: count, sum, mean"),
    "a key of another measure": ('counted = "once"', 'column = "cost"', "'calculation.column' is not known.*person"),
    "a word": (
        'counted = "once"',
        'counted = "twice"',
        "'calculation.counted' must be one of: 'once' or 'each period'",
    ),
    "a condition": ('service = ["shelter", ', 'age = { least = 3 }, service = ["shelter", ', "min, max, present"),
    "a field": ('person = "person_id"', 'person = "name"', "no field 'name'.*There are: service_id, person_id, date"),
    "a field of another type": ('date = "date"\ncounted', 'date = "sex"\ncounted', "type date.*There are: date, until"),
    "a category": (
        '"shelter", "health"',
        '"shelters", "health"',
        "'shelters' is no category.*There are: shelter, health",
    ),
    "a category in other words": (
        '"shelter", "health"',
        '"Shelter", "health"',
        "'Shelter' is no.*. Write shelter. There",
    ),
    "a value of another type": ('["shelter", "health", "legal", "education"]', "1", "no string. There are: shelter"),
    "an order that is none": (
        '["shelter", "health", "legal", "education"]',
        '{ min = "legal" }',
        "There are: date, until, cost",
    ),
    "a breakdown": ('["sex", "region"]', '["sex", "cost"]', "no categories. There are: sex, service, consent, region"),
    "three fields": ('["sex", "region"]', '[["sex", "region", "service"]]', "one field or a list of two"),
    "a table": ('table = "services"', 'table = "service"', "no table 'service'. There are: partners, services"),
}


@pytest.mark.parametrize("old, new, said", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_answered_with_what_is_possible_and_an_example(tmp_path, old, new, said):
    """A wrong key, measure, field, type, value or combination, in the project as it is laid out."""
    folder = newproject.lay_out(tmp_path / "new")
    path = folder / "indicators" / "1.1-example.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        load(folder)
    message = str(refusal.value)
    assert re.search(said, message) and "1.1-example.toml" in message
    assert "An example:\n    # people: " in message and '\n    measure = "people"\n' in message


def test_an_identifying_field_is_never_proposed(tmp_path):
    """A field that may say who somebody is can be counted by no sheet, so no refusal names it among those that can."""
    folder = newproject.lay_out(tmp_path / "new")
    field = '{"name": "telephone", "type": "string", "title": "t", "identifying": true, "identifyingBecause": "b"},'
    package, path = folder / "datapackage.json", folder / "indicators" / "1.1-example.toml"
    text = package.read_text(encoding="utf-8")
    place = text.index('{\n            "name": "until"')
    package.write_text(text[:place] + field + text[place:], encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace('"person_id"', '"name"', 1), encoding="utf-8")
    with pytest.raises(Refused, match=r"no field 'name'.*There are: service_id, person_id, date, until") as refusal:
        load(folder)
    assert "telephone" not in str(refusal.value)


# --- A sheet as it is read -----------------------------------------------------------------------


def test_a_sheet_as_it_is_read(tmp_path, capsys):
    """What it prints, the calculation in words, and its numbers: 1 in the quarter, 2 to date."""
    folder = small.write(tmp_path / "p", "day\n2012-12-01\n2013-12-01", milestones.COUNT)
    assert main(["sheet", "x", "-p", "period", "FY2014Q1", "-p", "project", str(folder)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("x Things counted\n") and "  Precise definition: .\n" in said
    assert '  Calculated as: Number of rows of Rows (by "day") in the period. ' in said
    assert (
        "  period, October–December 2013: 1\n" in said and "  project to date, October 2011–December 2013: 2\n" in said
    )


def test_a_sheet_shows_no_number_that_a_report_hides(tmp_path, capsys):
    """Of three callers one is a man: the breakdown is what the gate lets through, without the small numbers."""
    rows = "day person sex\n2013-10-01 a F\n2013-11-01 b F\n2013-12-01 c M"
    calculation = 'measure = "people"\ntable = "rows"\nperson = "person"\ndate = "day"\ndisaggregate = ["sex"]'
    folder = small.write(tmp_path / "p", rows, calculation, disclosure="callers")
    assert main(["sheet", "x", "-p", "period", "FY2014Q1", "-p", "project", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "  period, October–December 2013: 3\n" in said and "Calculated as: Distinct" in said
    assert not re.search(r"^(female|male)\t\d", said, re.MULTILINE)


def test_a_milestone_as_it_is_read(tmp_path, capsys):
    """Its words and its state."""
    folder = milestones.write(tmp_path / "p")
    assert main(["sheet", "m", "-p", "period", "FY2014Q2", "-p", "project", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "Data type: yes or no" in said and said.endswith("may tell them\n  reached\n")


def test_a_sheet_without_records_is_read_all_the_same(tmp_path, capsys):
    """Whoever writes a sheet before any record came sees what it says, and why there is no number."""
    folder = newproject.lay_out(tmp_path / "new")
    assert main(["sheet", "1.1", "-p", "period", "FY2026Q1", "-p", "project", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "Calculated as: Distinct" in said and "none yet: " in said


def test_a_sheet_that_is_none_is_refused(capsys):
    """With the codes that there are."""
    assert main(["sheet", "9.9", "-p", "project", str(SHIPPED)]) == 2
    assert "There is no indicator '9.9'. There are: 1.1, 1.2" in capsys.readouterr().err
