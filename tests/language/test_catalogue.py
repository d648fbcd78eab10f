"""The catalogue: the same messages with the same parts in each language, and no branch but plural forms and letters."""

import re
from decimal import Decimal

import pytest
from jinja2 import Environment, UndefinedError, nodes
from markupsafe import Markup

from ctanalysis.base.errors import Refused
from ctanalysis.language import Speech, Worded, languages, messages
from ctanalysis.language.catalogue import environment
from ctanalysis.language.hearing import HEARD
from tests.conftest import ROOT

NUMBERS = (0, 1, 2, 5, 11, 21, 22, 101, 1204)
FREE = {
    "name",
    "one",
    "many",
    "was",
    "were",
    "nothing",
    "unit",
}  # the words of a sheet: a language builds on some of them
FILTERS = {"plural", "opening", "inner", "number", "heard", "figure"}
FORMS = {
    "en": {1: "one"},
    "ru": {1: "one", 21: "one", 101: "one", 2: "few", 22: "few", 1204: "few", 0: "many", 5: "many", 11: "many"},
    "ky": {1: "one"},
}  # of the numbers above; the others are "other"
EVERY = [(language, key) for language in languages() for key in messages("en")]


def parsed(text):
    return Environment().parse(text)


def parts(text):
    """The names that a message asks for."""
    return {node.name for node in parsed(text).find_all(nodes.Name)}


@pytest.mark.parametrize("language", languages()[1:])
def test_each_language_has_the_same_messages(language):
    """None is missing, and none is too many, but what is recognised in English (see test_hearing)."""
    assert {key for key in messages(language) if not key.startswith(HEARD)} == messages("en").keys()


@pytest.mark.parametrize("language", languages()[1:])
def test_each_message_asks_for_the_same_parts(language):
    """A number that one language says, all say; of the words of a sheet each takes those that it builds on."""
    for key, text in messages("en").items():
        assert parts(messages(language)[key]) - FREE == parts(text) - FREE, key


def test_each_message_that_a_template_names_is_there():
    """What it says by name, that is: of others a part of the name is worked out."""
    named = {
        (path.name, key)
        for path in (ROOT / "ctanalysis").rglob("*.html")
        for key in re.findall(r"""\b(?:say|plain)\((["'])([^"']+)\1[,)]""", path.read_text(encoding="utf-8"))
    }
    assert len(named) > 50 and [one for one in sorted(named) if one[1][1] not in messages("en")] == []


@pytest.mark.parametrize("language", languages())
def test_messages_only_fill_in_and_choose_forms(language):
    """There is no statement in a message, and no other expression than a name with a filter of the catalogue's."""
    for key, text in messages(language).items():
        tree = parsed(text)
        assert all(isinstance(node, nodes.Output) for node in tree.body), key
        assert {node.name for node in tree.find_all(nodes.Filter)} <= FILTERS, key
        allowed = (nodes.Name, nodes.Filter, nodes.Const, nodes.TemplateData)
        assert all(isinstance(node, allowed) for node in tree.find_all(nodes.Expr)), key


@pytest.mark.few(1)
@pytest.mark.parametrize("language", languages())
def test_every_message_can_be_said_of_each_number(language):
    """With 0, 1, 2, 5, 11, 21, 22, 101 and 1204: no brace is left, no form is missing, as HTML and as plain text."""
    for key, text in messages(language).items():
        for number in NUMBERS:
            given = dict.fromkeys(parts(text), number)
            for said in (Speech(language).say(key, **given), Speech(language).plain(key, **given)):
                assert "{{" not in said and "}}" not in said, key
                assert not parts(text) or str(number) in re.sub(r"[\s,]", "", said) or "plural" in text


@pytest.mark.parametrize("language", languages())
def test_plural_forms_are_those_of_the_language(language):
    """By the rules of CLDR, as a table; a fraction has the form "other"."""
    plural = environment(language, False).filters["plural"]
    forms = {form: form for form in plural.forms}
    for number in NUMBERS:
        assert plural(number, **forms) == FORMS[language].get(number, "other"), number
    assert plural(1.5, **forms) == "other"
    with pytest.raises(ValueError, match="plural forms must be"):
        plural(1, one="x")


@pytest.mark.parametrize(
    ("language", "written"), [("en", "1,204"), ("ru", "1\N{NO-BREAK SPACE}204"), ("ky", "1\N{NO-BREAK SPACE}204")]
)
def test_numbers_are_written_as_the_language_writes_them(language, written):
    """With its own separators, and its own space before per cent."""
    assert written in Speech(language).plain("lack.from", rows=1204, every=1205, number=1, what="")
    assert Speech(language).percent == {"ru": "\N{NO-BREAK SPACE}%"}.get(language, "%")


def test_a_part_that_is_missing_is_refused():
    """A message never leaves a gap; and what is no message is none in any language."""
    with pytest.raises(UndefinedError):
        Speech("ru").say("changes.by")
    with pytest.raises(KeyError):
        Speech("ru").say("changes.nothing_of_the_kind")


def test_parts_are_escaped_unless_they_are_marked_up():
    """What comes from a project's folder is text, whatever signs it has."""
    said = Speech().say("people.source", source="<script>")
    assert said == "Source: &lt;script&gt;."
    assert Speech().say("people.source", source=Markup("<b>x</b>")) == "Source: <b>x</b>."
    assert Speech().plain("people.source", source="a & b") == "Source: a & b."


def test_an_unknown_language_is_refused_with_those_there_are():
    """Never guessed."""
    with pytest.raises(Refused, match="en, ky, ru"):
        messages("xx")


def test_what_was_said_in_english_can_be_said_again():
    """Also lists, and texts that were joined; and it is a text for all who compare it."""
    english, russian = Speech(), Speech("ru")
    late = english.worded("lack.without", quarters=["FY2014Q1", "FY2014Q2"])
    both = Worded.joined([late, english.worded("lack.some"), ""])
    assert both == "without the records of FY2014Q1 and FY2014Q2; some partners' records are missing"
    assert russian.label(both) == "без записей за: FY2014Q1 и FY2014Q2; записи некоторых партнёров отсутствуют"
    assert english.label(both) == both
    assert (
        russian.label(english.worded("lack.not_recorded", fields=Worded.either(["a", "b", "c"])))
        == "не указано: a, b или c"
    )


def test_letters_change_outside_of_marks():
    """The first letter of a sentence may stand within a mark."""
    made = environment("ru", True).from_string("{{ x|opening }} {{ x|inner }}")
    assert made.render(x=Markup("<data>около 5</data>")) == "<data>Около 5</data> <data>около 5</data>"


def test_numbers_with_decimals_are_told_in_each_language():
    """Forms follow the number that is shown."""
    text = {"en": "percentage points", "ru": "п. п.", "ky": "пайыздык пункт"}
    for language, words in text.items():
        assert Speech(language).plain("points.percentage", n=float(Decimal("7.6"))) == words
        assert re.search(r"\w", Speech(language).plain("points.percentage", n=1))
