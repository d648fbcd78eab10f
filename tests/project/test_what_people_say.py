"""What people say beside the numbers is refused where it is about nothing, too early, empty, or of somebody."""

from dataclasses import replace

import pytest

from ctanalysis import Refused
from ctanalysis.project import SHIPPED, load
from ctanalysis.project.judgements import labels_of
from ctanalysis.project.judgements.public import could_be_somebodys
from tests.conftest import copied

SAID = {"period": "FY2015Q1", "text": "So it was.", "role": "Programme manager", "date": "2015-01-20"}
TO_DO = {**SAID, "id": "X1", "owner": "Finance officer", "due": "2015-02-27"}
WHOLE = {  # of each file an entry that is right
    "explanations": ("explanation", {**SAID, "indicator": "4.1", "action": "Nothing."}),
    "context": ("context", {**SAID, "source": "Official gazette"}),
    "actions": ("action", TO_DO),
    "lessons": ("lesson", SAID),
    "recommendations": ("recommendation", TO_DO),
    "questions": ("answer", {**SAID, "question": "Q1", "evidence": ["1.5"]}),
}
DAYS = ("date", "due", "done")


def toml(key, value):
    """A key as it stands in a file; a value that is None leaves it out."""
    shown = value if key in DAYS else f'"{value}"' if isinstance(value, str) else str(value).replace("'", '"')
    return f"{key} = {shown}"


def written(file, *changes):
    """The text of a file with an entry for each change, every key as in WHOLE but those changed."""
    kind, whole = WHOLE[file]
    entries = [{key: value for key, value in (whole | change).items() if value is not None} for change in changes]
    asked = '[[question]]\nid = "Q1"\ntext = "Was it so?"\n' if file == "questions" else ""
    return asked + "\n".join(
        f"[[{kind}]]\n" + "\n".join(toml(key, value) for key, value in entry.items()) for entry in entries
    )


def said_of(folder, file, *changes, more=""):
    """What is said of the shipped project with this in the place of one of its files; empty where nothing is."""
    project = copied(folder / "project")
    (project / "judgements" / f"{file}.toml").write_text(written(file, *changes) + "\n" + more, encoding="utf-8")
    try:
        load(project)
    except Refused as refusal:
        return str(refusal).replace(str(project), "project")
    return ""


@pytest.mark.parametrize("file", WHOLE)
def test_an_entry_that_is_right_is_read(file, tmp_path):
    """Also one that was written long after its period, when no records of that time are there yet."""
    later = {"date": "2015-06-30"} | ({"due": "2015-06-30"} if file in ("actions", "recommendations") else {})
    assert said_of(tmp_path, file, later) == ""


WRONG = [  # a file, what is changed in its entry, and what is said
    (
        "explanations",
        {"period": "FY2016Q1"},
        "explanation 1: FY2016Q1 is 2015-10-01 to 2015-12-31; the project ends on",
    ),
    ("lessons", {"period": "2014-12"}, "lesson 1: 2014-12 is a month"),
    ("context", {"period": "the winter"}, "context 1: 'the winter' is not a reporting period"),
    ("explanations", {"indicator": "9.9"}, "explanation 1: there is no indicator '9.9'. There are: 1.1, 1.2"),
    ("actions", {"indicator": "9.9"}, "action 1: there is no indicator '9.9'."),
    ("questions", {"evidence": ["1.5", "9.9"]}, "answer 1: there is no indicator '9.9'."),
    ("questions", {"question": "Q7"}, "answer 1: there is no question 'Q7'. There are: Q1."),
    (
        "explanations",
        {"date": "2014-12-30"},
        "explanation 1: its date, 2014-12-30, is before the last day of FY2015Q1, 2014-12-31: what is not over cannot "
        "be judged yet.",
    ),
    ("questions", {"date": "2014-12-30"}, "answer 1: its date, 2014-12-30, is before the last day of FY2015Q1"),
    ("lessons", {"date": "2014-09-30"}, "lesson 1: its date, 2014-09-30, is before the first day of FY2015Q1"),
    (
        "actions",
        {"due": "2015-01-19"},
        "'X1' is due on 2015-01-19, before its date, 2015-01-20, on which it was decided.",
    ),
    ("recommendations", {"done": "2015-01-19"}, "'X1' is done on 2015-01-19, before its date"),
    ("explanations", {"text": " "}, "'explanation.1.text': it is printed word for word, and must not be empty."),
    ("explanations", {"action": None}, "the key 'explanation.1.action' is missing."),
    ("context", {"source": ""}, "'context.1.source': it is printed word for word, and must not be empty."),
    ("lessons", {"name": "A. B."}, "the key 'lesson.A. B..name' is not known here."),
    (
        "lessons",
        {"text": "V-0123 came back."},
        "'lesson.1.text': it is published word for word, so it may hold no code",
    ),
    ("context", {"role": "somebody@example.org"}, "'context.1.role': it is published word for word"),
    ("actions", {"owner": "0555 12 34 56"}, "'action.1.owner': it is published word for word"),
    ("lessons", {"text": "=1+1"}, "'lesson.1.text': must not begin with ="),
    ("questions", {"evidence": []}, "needs either evidence, at least one indicator, or no_evidence, a sentence"),
    (
        "questions",
        {"no_evidence": "Nobody was asked."},
        "needs either evidence, at least one indicator, or no_evidence",
    ),
]


@pytest.mark.few(10)
@pytest.mark.parametrize("file, change, says", WRONG, ids=[f"{file}: {change}" for file, change, _ in WRONG])
def test_what_is_wrong_is_refused_in_a_sentence(file, change, says, tmp_path):
    """It names the file and the entry, and ends as a sentence does."""
    message = said_of(tmp_path, file, change)
    assert says in message and message.startswith(f"project/judgements/{file}.toml")
    assert all(line.endswith(".") for line in message.splitlines())
    assert not any(word in message for word in ("V-0123", "example.org", "0555", "Traceback", "pydantic"))


def test_what_stands_twice_is_refused(tmp_path):
    """Two explanations of one indicator and period, two actions of one name, two answers to one question."""
    twice = {"text": "Otherwise."}
    assert "2 entries are about the same thing ('4.1 in FY2015Q1'). Keep one." in said_of(
        tmp_path / "a", "explanations", {}, twice
    )
    assert "2 entries are about the same thing ('X1'). Keep one." in said_of(tmp_path / "b", "actions", {}, twice)
    assert "('Q1 in FY2015Q1'). Keep one." in said_of(tmp_path / "c", "questions", {}, twice)
    assert said_of(tmp_path / "d", "lessons", {}, twice) == ""  # there may be two lessons
    assert "('FY2015Q1'). Keep one." in said_of(tmp_path / "e", "lessons", {}, {})


def test_states_go_forward(tmp_path):
    """What was noted of an action is in the order of its days, from the day of the decision on."""
    states = [{"date": "2015-02-02"}, {"date": "2015-01-30"}]
    more = "\n".join(
        f'[[action.followed_up]]\ndate = {one["date"]}\ntext = "Half of it."\nrole = "Finance officer"'
        for one in states
    )
    assert "'X1': followed_up goes from the day of the decision on, the earlier state first." in said_of(
        tmp_path, "actions", {}, more=more
    )


def test_a_question_is_of_a_criterion_that_the_project_asks_for(tmp_path):
    """Coherence is of 2019, and the project of 2011-2015 does not ask for it."""
    more = '[[question]]\nid = "Q2"\ntext = "Does it fit?"\ncriterion = "coherence"'
    assert (
        "questions.toml, question 'Q2': the project does not ask for the criterion 'coherence' ([[criteria]] in "
        "project.toml). There are: relevance, effectiveness, efficiency, impact, sustainability."
    ) in said_of(tmp_path, "questions", {}, more=more)


@pytest.mark.parametrize(
    "old, new, says",
    [
        ('name = "impact"', 'name = "beauty"', "'criteria.beauty.name' must be one of: 'relevance', 'coherence'"),
        ('name = "impact"', 'name = "relevance"', "each of the criteria stands once"),
        ('indicators = ["4.1", "4.2"]', 'indicators = ["4.9"]', "criterion 'efficiency': there is no indicator '4.9'"),
        ('missing = "There is no comparison group, and', 'missed = "', "the key 'criteria.impact.missing' is missing."),
    ],
)
def test_criteria_are_checked(old, new, says, tmp_path):
    """An unknown one, one that stands twice, one of an indicator that there is not, one without what is missing."""
    folder = copied(tmp_path / "project")
    path = folder / "project.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        load(folder)
    assert says in str(refusal.value)


def test_the_life_of_the_project_may_be_spoken_of_at_any_time(tmp_path):
    """It ends later with each quarter: what was said of it in 2014 stays, with its day."""
    assert said_of(tmp_path, "explanations", {"period": "LOP", "date": "2014-02-01"}) == ""


@pytest.mark.parametrize(
    "text, is_somebodys",
    [
        ("by 31 December 2014, of FY2015Q1", False),
        ("117,535 participants from 2011 to 2015", False),
        ("on 2014-12-31, and on 2015-01-20 again", False),
        ("action A4, indicator 2.10", False),
        ("VT0042", True),
        ("client 10442", True),
        ("+996 (555) 123-456", True),
        ("0800 0000 189", True),
        ("a.b@example.org", True),
    ],
)
def test_what_could_be_somebodys(text, is_somebodys):
    """Years, days, periods and counts are nobody's; codes, long numbers, telephone numbers and addresses may be."""
    assert could_be_somebodys(text) == is_somebodys


def test_a_period_has_its_own(tmp_path):
    """Those of its own label, in the order of the file; and one explanation by indicator and period."""
    project = load(copied(tmp_path / "project"))
    now = project.judged.for_period(["FY2015Q1"])
    assert [one.indicator for one in now.explanations] == ["4.1", "1.6"]
    assert [one.id for one in now.actions] == ["A4"] and [one.id for one in now.recommendations] == ["R2"]
    assert len(now.answers) == 2 and now.questions == project.judged.questions
    assert project.judged.for_period(["FY2014"]).actions == ()
    quarter, other, life = map(project.calendar.parse, ("FY2015Q1", "FY2014Q4", "LOP"))
    assert project.explanation("4.1", quarter).role == "Finance officer"
    assert project.explanation("4.1", other) is None
    assert project.explanation("4.1", life) == project.explanation("4.1", quarter)  # of the same last day


LABELS = [
    ("FY2015Q1", ["FY2015Q1"]),
    ("FY2014Q4", ["FY2014Q4"]),
    ("FY2014H2", ["FY2014H2", "FY2014Q4"]),
    ("FY2014", ["FY2014", "FY2014H2", "FY2014Q4"]),
    ("2014-11", ["2014-11"]),
    ("LOP", ["LOP", "FY2015Q1"]),
]


@pytest.mark.parametrize(("label", "labels"), LABELS, ids=[label for label, _ in LABELS])
def test_what_its_last_part_is_told_is_told_of_a_longer_period(label, labels):
    """The fourth quarter's report speaks of the year so far: so it is the year's. Its own words come first."""
    calendar = load(SHIPPED).calendar
    assert list(labels_of(calendar, calendar.parse(label))) == labels


def test_a_year_s_own_words_come_before_its_last_quarter_s():
    """And without an explanation of its own it has the quarter's."""
    project = load(SHIPPED)
    year = project.calendar.parse("FY2014")
    said = project.judged.explanations[0]
    both = [said.model_copy(update={"period": period, "text": period}) for period in ("FY2014Q4", "FY2014")]
    for given, told in ((both, "FY2014"), (both[:1], "FY2014Q4")):
        judged = replace(project.judged, explanations=tuple(given))
        assert judged.explanation(said.indicator, labels_of(project.calendar, year)).text == told


def test_a_project_without_these_files_says_nothing(tmp_path):
    """All are optional."""
    folder = copied(tmp_path / "project")
    for file in WHOLE:
        (folder / "judgements" / f"{file}.toml").unlink()
    assert not any(vars(load(folder).judged).values())
