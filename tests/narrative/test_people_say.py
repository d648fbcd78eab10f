"""What people say is printed as theirs: word for word, with role and day, as text, beside the numbers it is of."""

import re

import pytest
from jinja2 import Environment, nodes

from ctanalysis import evaluate, narrative, tables
from ctanalysis.evaluation import SHIPPED
from ctanalysis.language import languages, messages
from tests.conftest import ROOT, copied, evaluated
from tests.narrative.test_narrative import OF_PEOPLE as SECTIONS
from tests.narrative.test_narrative import unmarked_digits

FILES = ("explanations", "context", "actions", "lessons", "recommendations", "questions")
NOW = "FY2015Q1"


def test_an_explanation_stands_beside_its_number():
    """The number as calculated, the text, what will be done, the role and the day."""
    assert (
        "Indicator 4.1: 42,700 US dollars were spent in October–December 2014. Explanation: “Several partners sent "
        "their invoices of December after the books of the quarter were closed.” What will be done: “Agree on a day of "
        "each month by which invoices are sent, and review the budget by line (action A4).” (Finance officer, 20 "
        "January 2015; illustrative)."
    ) in narrative.explanations(evaluated(NOW)).plain.splitlines()


def test_explanations_stand_in_the_order_of_the_indicators():
    """4.1 is first in the file, and 1.6 on the page."""
    assert re.findall(r"^Indicator (\S+):", narrative.explanations(evaluated(NOW)).plain, re.MULTILINE) == [
        "1.6",
        "4.1",
    ]


FOLLOWED = {
    "FY2014Q4": ["Owner: Finance officer; due on 31 December 2014."],
    "FY2015Q1": [
        "Owner: Finance officer; due on 31 December 2014. Overdue. “Some partners do; the others were asked again.” "
        "(Finance officer, 22 December 2014; illustrative).",
        "Owner: Programme manager; due on 15 December 2014. Done on 10 December 2014.",
        "Owner: Monitoring and evaluation officer; due on 31 March 2015. Not yet due.",
    ],
}


@pytest.mark.parametrize("period", FOLLOWED)
def test_actions_are_followed_up(period):
    """What was decided for FY2014Q4 is told there, and how it stood at the end of the next quarter in its report."""
    words = narrative.actions(evaluated(period)).plain
    for sentence in FOLLOWED[period]:
        assert sentence in words
    assert ("how it stood on 31 December 2014" in words) == (period == NOW)
    assert ("Done" in words) == (period == NOW)


def test_what_nobody_said_is_one_plain_line():
    """A section without anything says so, in one sentence."""
    assert [section(evaluated("FY2012Q1")).plain for section in SECTIONS if section is not narrative.criteria] == [
        "No context was noted for October–December 2011 (FY2012Q1).",
        "No deviation is explained for October–December 2011 (FY2012Q1).",
        "No action was decided for October–December 2011 (FY2012Q1), and none that was decided earlier was open.",
        "No lesson was noted for October–December 2011 (FY2012Q1).",
        "Nothing was recommended for October–December 2011 (FY2012Q1), and nothing that was recommended earlier was "
        "open.",
        "Asked and answered above, each under its criterion, as far as there is an answer: Q1 (effectiveness); Q2 "
        "(sustainability).",
    ]


def test_the_criteria_tell_what_there_is_and_what_there_is_not():
    """Under each criterion its question, evidence with its numbers to date, what is missing, and answers."""
    text = narrative.criteria(evaluated(NOW))
    assert text.html.startswith("<h2>By the criteria of the OECD-DAC</h2>")
    parts = dict(part.split("</h3>", 1) for part in text.html.split("<h3>")[1:])
    assert [name.split(":")[0] for name in parts] == [
        "Relevance",
        "Effectiveness",
        "Efficiency",
        "Impact",
        "Sustainability",
    ]
    plain = {name.split(":")[0]: " ".join(re.sub("<[^>]*>", "", part).split()) for name, part in parts.items()}
    assert plain["Impact"] == (
        "No evidence: no indicator of the project speaks of it. Evidence that there is not: “There is no comparison "
        "group, and no measurement of trafficking itself: nothing in the records answers this.”"
    )
    each = "Since 1 October 2011 it is 14.29 US dollars per consultation."
    assert f"4.2 Prevention spending per hotline consultation. {each}" in plain["Efficiency"]
    assert (
        "3.4 Premises provided rent-free for shelters and the hotline: 5 on 31 December 2014."
        in plain["Sustainability"]
    )
    assert (
        "2.6 Reintegration plans completed. In October 2013–September 2014, the last complete" in plain["Effectiveness"]
    )
    assert (
        "Evaluation question Q2: “Will services for victims of trafficking go on when the project has ended?” "
        "(illustrative) Answer: “It cannot be said yet.” (Evaluator, 27 January 2015; illustrative). No evidence: “No "
        "record says what governmental bodies will pay for after the last day of the project.”"
    ) in plain["Sustainability"]
    assert "Evidence: 1.4 Participants aware of the risks before the event; 1.5" in plain["Effectiveness"]


def changed(folder, file, old, new):
    """A copy of the shipped project with one text in one file changed."""
    project = copied(folder / "project")
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return project


def test_without_criteria_the_questions_are_told_in_full(tmp_path):
    """No heading stands alone, and answers stand under their questions."""
    project = changed(tmp_path, "judgements/questions.toml", "criterion =", "# criterion =")
    facts = project / "project.toml"
    facts.write_text(facts.read_text(encoding="utf-8").split("[[criteria]]")[0], encoding="utf-8")
    found = evaluate(NOW, project)
    assert narrative.criteria(found).html == ""
    assert narrative.questions(found).plain.splitlines()[:2] == [
        "Q1 Do participants know the risks better after an awareness-raising event than before it? (illustrative)",
        "Answer: “Those who were asked did, on the same day. They were not chosen by lot, and what is remembered later "
        "is not known.” (Evaluator, 27 January 2015; illustrative). Evidence: 1.4 Participants aware of the risks "
        "before the event; 1.5 Participants aware of the risks after the event; 1.7 Gain in awareness of the risks.",
    ]


def test_texts_are_text(tmp_path):
    """Markup, in whatever a person may write, is printed as it was written; digits in it are marked as theirs."""
    project = copied(tmp_path / "project")
    for file in FILES:
        path = project / "judgements" / f"{file}.toml"
        text = path.read_text(encoding="utf-8")
        keys = r"^((?:text|action|source|role|owner|no_evidence) = \")"
        path.write_text(
            re.sub(keys, r"\1<script>alert(7)</script> {{ 7 }} ", text, flags=re.MULTILINE), encoding="utf-8"
        )
    facts = project / "project.toml"
    text = facts.read_text(encoding="utf-8")
    facts.write_text(text.replace('missing = "', 'missing = "<script>7</script> '), encoding="utf-8")
    found = evaluate(NOW, project)
    html = "\n".join(section(found).html for section in SECTIONS)
    assert "<script" not in html and html.count("&lt;script&gt;") > 20 and "{{ 7 }}" in html
    assert unmarked_digits(html) == []


@pytest.mark.long
def test_said_twice_it_is_the_same():
    """Evaluated again from the same files, every byte of it is the same."""
    again = evaluate(NOW)
    assert [section(again).html for section in SECTIONS] == [section(evaluated(NOW)).html for section in SECTIONS]


def test_a_later_day_changes_nothing_in_an_earlier_report(tmp_path):
    """An action that is done in February, and a state noted in January, are unknown in a report up to December."""
    later = '\ndone = 2015-02-02\nfollowed_up = [{ date = 2015-01-30, text = "Half.", role = "Finance officer" }]'
    project = changed(tmp_path, "judgements/actions.toml", "due = 2015-03-31", f"due = 2015-03-31{later}")
    assert narrative.actions(evaluate(NOW, project)).html == narrative.actions(evaluated(NOW)).html


# --- No claim of what the project brought about ---------------------------------------------------

CAUSAL = {  # what says in a language that something came of the project
    "en": r"impact of the project|project's impact|\bcaus(?:ed|es|ing)\b|\bled to\b|thanks to|result(?:ed|ing) in\b|"
    r"due to the project|because of the project|owing to|brought about|made possible by|contributed to|attributable",
    "ru": r"благодаря|\bвызва(?:л|н)|\bприв(?:ел|ёл)[аио]?\b|вследствие|в результате|из-за проекта|обусловлен|"
    r"(?:воздейств|влияни)\w+ проекта|способствова|заслуг|по причине|стал[аио]? причин|за сч[её]т проекта",
    "ky": r"натыйжасында|аркасында|урматында|айынан|себебинен|себеп бол|алып кел(?:ди|ген)|салым кош|шартта(?:ды|ган)|"
    r"таасиринен|жарат(?:ты|кан)|долбоордун таасир|долбоордун жардамы менен",
}
DENIED = {  # said of what the records do not show
    "en": ("nothing here shows that the project caused a change",),
    "ru": ("здесь ничто не показывает, что изменение вызвано проектом", "а не то, к чему они привели"),
    "ky": ("бул жерде эч нерсе өзгөрүүнү долбоор жаратканын көрсөтпөйт",),
}


def causal(text, language="en"):
    """The first words of a text that say that something came of the project; None where there are none."""
    found = re.search(CAUSAL[language], re.sub("<[^>]*>", " ", text), re.IGNORECASE)
    return found and found[0]


@pytest.mark.parametrize("language", languages())
def test_no_causal_word_in_the_sentences(language):
    """Without a comparison nothing is said to have come of the project: in no message of any language."""
    said = messages(language)
    assert sum(len(re.findall(r"\w+", text)) for text in said.values()) > 5000  # they were read
    assert {key: found for key, text in said.items() if (found := causal(text, language))} == {}


def test_no_word_stands_in_the_templates():
    """All words are messages, so that the test above reads them all."""
    paths = [*(ROOT / "ctanalysis" / "narrative").glob("*.html")]
    parsed = [Environment().parse(path.read_text(encoding="utf-8")) for path in paths]
    text = " ".join(node.data for one in parsed for node in one.find_all(nodes.TemplateData))
    assert paths and re.findall(r"[^\W\d_]{2,}", re.sub("<[^>]*>", " ", text)) == []


def test_no_causal_word_in_the_shipped_texts():
    """In what people say, in the facts and in the sheets of the shipped project; but where it is denied."""
    english = [SHIPPED / "project.toml", *(SHIPPED / "indicators").glob("*.toml")]
    paths = [(path, "en") for path in [*english, *(SHIPPED / "judgements" / f"{file}.toml" for file in FILES)]]
    for path, language in [*paths, *((path, path.stem) for path in (SHIPPED / "translations").glob("*.toml"))]:
        text = path.read_text(encoding="utf-8")
        for denied in DENIED[language]:
            text = text.replace(denied, "")
        assert not causal(text, language), (path.name, causal(text, language))


@pytest.mark.parametrize(
    "claim, language",
    [
        ("The rise is due to the project.", "en"),
        ("Thanks to events", "en"),
        ("This has led to a fall.", "en"),
        ("Рост достигнут благодаря проекту.", "ru"),
        ("Это привело к снижению.", "ru"),
        ("Изменение вызвано мероприятиями.", "ru"),
        ("Иш-чаралардын натыйжасында өстү.", "ky"),
        ("Долбоордун аркасында азайды.", "ky"),
        ("Бул өсүшкө алып келди.", "ky"),
    ],
)
def test_a_causal_word_is_found(claim, language):
    """The tests above can fail."""
    assert causal(claim, language)


def test_every_shipped_text_is_called_illustrative():
    """Of each entry of the shipped files."""
    judged = evaluated(NOW).project.judged
    entries = [one for kind in vars(judged).values() for one in kind]
    assert len(entries) >= 15 and all(one.illustrative for one in entries)
    assert {one.period for one in entries if hasattr(one, "period")} == {"FY2014Q4", "FY2015Q1"}


def test_an_explanation_is_printed_once_and_marked():
    """On the evaluation in its section, on an area's page below the targets: always as illustrative where it is."""
    found = evaluated("FY2015Q1")
    text = "Several partners sent their invoices"
    notes = [str(note) for table in tables.tracking(found).tables for note in table.notes]
    assert not any(text in note for note in notes) and narrative.explanations(found).plain.count(text) == 1
    [note] = [
        str(note) for table in tables.tracking(found, "resources").tables for note in table.notes if text in str(note)
    ]
    assert note.startswith("4.1 Spending: “Several") and note.endswith("20 January 2015; illustrative)")


def test_evidence_of_a_criterion_has_its_unit():
    """Money and points say what they are; of what is counted the name does."""
    words = narrative.criteria(evaluated("FY2015Q1")).plain
    assert "581,052 US dollars." in words and "about 38 [u] percentage points (3,560 answered" in words
    assert "13,394 [u].\n" in words
