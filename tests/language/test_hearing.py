"""What a check says in English is recognised in every other language: all of it, and nothing that it says no more."""

import ast
import re

import pytest

from ctanalysis.language import Speech, languages, messages
from ctanalysis.language.catalogue import FIRST
from ctanalysis.language.hearing import HEARD, PART, heard
from ctanalysis.project import SHIPPED, load
from ctanalysis.quality import summary, write
from ctanalysis.records import needed
from tests.conftest import ROOT, shipped_records

OTHERS = languages()[1:]
WHERE = (
    "records",
    *(f"quality/{name}.py" for name in ("standards", "failing", "assessment")),
    "disclosure/recoded.py",
)  # of what a check says
WORDS = 3  # of fewer, a text is a name of a rule, of a column, or a part of a longer one
NUMBERS = r"[0-9][0-9,]*"
SMALLER = re.compile(
    r"the sheet | by$|somebody |stands? |sent |; |, with |, so |: what | \(|\. |: |, or |, which | are |, and "
)
RULES = {  # names of rules, which stay as they are for a program to choose by
    "after other columns",
    "after records_through",
    "held back key",
    "look-alike code",
    "look-alike key",
    "not sent again",
    "row larger than limit",
    "to be looked at",
    "too few cells",
    "too many cells",
    "zeros as code",
}
REFUSE = {"parts.py"}  # modules whose sentences are refusals, which no check says
NOT_SAID = {"No records on this sheet: it is not read"} | {  # but in a workbook that is made, on reference sheets
    effect.several for effect in vars(needed).values() if isinstance(effect, needed.Effect)
}


def constants(path):
    """The texts of a module that are no docstring, as Python joins them; of those with parts, what stands between."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    of_blocks = (ast.Module, ast.ClassDef, ast.FunctionDef)
    blocks = [node.body[0] for node in ast.walk(tree) if isinstance(node, of_blocks) and node.body]
    docs = {id(first.value) for first in blocks if isinstance(first, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def said(path):
    """Of these the pieces of sentences in English: with words, and no signs of a regular expression."""
    for text in constants(path):
        if not re.search(r"\\|\(\?|,\?|[^ ]\|[^ ]|\[[^m]", text):
            for piece in re.split(r"{\w*}|/records/|" + NUMBERS, text.replace("{{", "{ ").replace("}}", " }")):
                whole = piece.strip(" .,;:'()")
                if len(re.findall(r"[A-Za-z']+", whole)) >= WORDS and " " in whole and whole not in RULES | NOT_SAID:
                    yield re.sub(r"\s+", " ", whole)


def modules():
    for name in WHERE:
        place = ROOT / "ctanalysis" / name
        found = [place] if place.is_file() else sorted(place.rglob("*.py"))
        yield from (path for path in found if path.name not in REFUSE)


def sentences(language):
    return [key.removeprefix(HEARD) for key in messages(language) if key.startswith(HEARD)]


def test_all_that_a_check_can_say_is_in_the_catalogue():
    """Each piece of a sentence in the code stands in a sentence of the catalogue."""
    known = "\n".join(
        re.sub(r"\s+", " ", re.sub(rf"{PART.pattern}|{NUMBERS}", " ", one)) for one in sentences(OTHERS[0])
    )
    lacking = [f"{path.name}: {piece}" for path in modules() for piece in said(path) if piece not in known]
    assert lacking == []


def test_nothing_is_in_the_catalogue_that_no_check_says():
    """Of each sentence of the catalogue some piece stands in the code, if it has as many words as a sentence has."""
    code = "\n".join([*messages(FIRST).values(), *(text for path in modules() for text in constants(path))])
    for sentence in sentences(OTHERS[0]):
        every = [words for piece in PART.split(sentence)[::2] for words in SMALLER.split(piece.rstrip())]
        whole = [words for words in (one.strip(" .,;:'()") for one in every) if len(words.split()) > WORDS + 1]
        assert not whole or any(words in code for words in whole), sentence


@pytest.mark.parametrize("language", OTHERS[1:])
def test_every_language_has_the_same_sentences(language):
    """With the same parts."""
    assert set(sentences(language)) == set(sentences(OTHERS[0]))


@pytest.mark.parametrize("language", OTHERS)
def test_every_part_is_said_and_no_sentence_stays_english(language):
    """What a sentence is about is in each language; but that it is a fiscal quarter is said once."""
    for sentence in sentences(language):
        text = messages(language)[HEARD + sentence]
        names = set(PART.findall(sentence))
        assert names - {"kind_too"} == set(re.findall(r"{{ (\w+)(?:\|\w+)? }}", text)), sentence
        assert heard(language, sentence) != sentence or not re.search("[a-z]{3}", PART.sub("", sentence)), sentence


def test_the_sentence_with_most_words_is_recognised():
    """Where one is the beginning of another, and where a part holds what stands between parts."""
    assert heard("ru", "must be unique, and the same row stands earlier").startswith("не должно повторяться")
    together = heard("ru", "day, place together must be unique, and the same row stands earlier")
    assert together.startswith("day, place вместе не должны")
    assert heard("ru", "'a' must be the sum of b, c (x (y))") == "'a' должно быть суммой: b, c (x (y))"


def test_numbers_of_evidence_are_written_as_the_language_does():
    """1,233 and 11.8 are 1 233 and 11,8; a code that looks like none stays."""
    told = heard("ru", "Rows that count, or may: 1,233; without oblast: 145. In per cent: 11.8, at most 10")
    assert "1\N{NO-BREAK SPACE}233" in told and "11,8" in told


def test_what_nobody_has_translated_stays_as_it_is():
    """Also in English, whatever it is."""
    for language in languages():
        assert heard(language, "is as nobody has said it before") == "is as nobody has said it before"
    assert Speech().heard("must not be empty") == "must not be empty"


@pytest.mark.parametrize("language", OTHERS)
def test_the_check_of_the_shipped_records_has_no_english_sentence(language, tmp_path):
    """Of findings and evidence: names of files, columns and tables, and reasons of the project's own, are its own."""
    project, speech = load(SHIPPED), Speech(language)
    records, titles = shipped_records(), [table.title for table in project.package.resources]
    for finding in records.findings:
        assert speech.heard(finding.says) != finding.says and speech.heard(finding.do) != finding.do, finding
    period = project.calendar.parse("FY2015Q1")
    told = summary(write(project, records, period, tmp_path), period, speech, titles)
    assert not re.findall(r"\b(row|rows|met|not|of|by|the|in|at most|late)\b", told)
