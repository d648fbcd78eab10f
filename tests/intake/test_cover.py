"""The covering sheet of a marked copy: what is wrong, in short, and in the language of the file's headings."""

import datetime
import re

import pytest

from ctanalysis.intake import datacheck
from ctanalysis.intake.datacheck import cover
from ctanalysis.intake.datacheck.wording import worded
from ctanalysis.project import SHIPPED, load
from ctanalysis.records import HELD_BACK, Finding
from tests.intake.copies import sent_back
from tests.intake.partner_files import EVENT_ROWS, NAME, laid_out, of_events

WRONG = [
    *EVENT_ROWS,
    ["E-104", "2 марта", "много", "Ош"],
    ["E-105", datetime.date(2015, 3, 2), "мало", "Ощ"],
    [None, datetime.date(2015, 3, 3), 4, "Баткен"],
]


def cells(sheet):
    return [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]


@pytest.fixture
def checked(tmp_path):
    """A function: the copy of what ORG05 sent, with these headings."""

    def of(headings=None):
        project = laid_out(tmp_path / "project")
        of_events(project / "records" / "events", headings, WRONG)
        datacheck.check(load(project), tmp_path / "check")
        return sent_back(tmp_path / "check", NAME)

    return of


def test_a_file_with_russian_headings_has_a_summary_in_russian(checked):
    """Six rows, three of them counted. Two numbers of guests that are words, a day, a place and a missing code: each
    thing that is wrong once, with how many rows have it, the column as the file calls it, the most frequent first.
    """
    book = checked()
    assert book.sheetnames == ["Сводка", "Замечания", "Мероприятия"]
    rows = cells(book["Сводка"])
    assert rows[0] == [f"Что найдено в файле {NAME}"]
    assert rows[1][0].startswith("Пожалуйста, исправьте свой собственный файл") and "«Замечания»" in rows[1][0]
    assert rows[2] == ["Лист «Мероприятия». Прочитано строк: 6. Учтено: 3. Не учтено, пока не исправлено: 3."]
    assert rows[4] == ["Что это значит", "Лист", "Столбец", "Что не так", "Строк"]
    held, of_type = "не учитывается, пока не исправлено", "Значение записано не так, как нужно для этого столбца"
    assert [(row[0], row[2], row[3].partition(" (")[0], row[4]) for row in rows[5:9]] == [
        (held, "количество участников", of_type, "2"),
        (held, "дата мероприятия", of_type, "1"),
        (held, "код", "Ячейка не заполнена, а должна быть заполнена", "1"),
        (held, "область", "Такого значения нет в списке", "1"),
    ]
    assert "много" not in str(rows) and "event_id" not in str(rows)


def test_its_findings_are_in_russian_too(checked):
    """The sheet that names every cell, and the comments of cells: what is wrong, what to do, and what the colours mean;
    columns and lists as the partner calls them.
    """
    book = checked()
    rows = cells(book["Замечания"])
    assert ["Важность", "Лист", "Ячейки", "Столбец", "Что не так", "Что делать"] in rows
    told = [" ".join(map(str, row)) for row in rows]
    assert any("Должно быть целым числом, например 120" in row and "Отклонено" not in row for row in told)
    assert any("Должно быть одним из значений: Ош, Баткен Исправьте" in row for row in told)
    sheet = book["Мероприятия"]
    comments = [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
    assert "Отклонено: не должно быть пустым. Заполните ячейку; если строка — итог, уберите её из файла." in comments
    english = re.compile(r"\b(the|row|rows|cell|must|correct|held|sheet|column|file)\b", re.IGNORECASE)
    assert [text for text in [*told, *comments] if english.search(text)] == []


def test_a_file_with_english_headings_has_one_in_english(checked):
    """The words of the fields or their titles: English, and the rule as it is told elsewhere."""
    book = checked(["event_id", "day of the event", "guests", "oblast"])
    assert book.sheetnames[0] == "Summary"
    rows = cells(book["Summary"])
    assert rows[2] == ["Sheet “Мероприятия”. Rows read: 6. Counted: 3. Not counted until they are put right: 3."]
    assert ["guests", "Must be a whole number such as 120", "2"] in [row[2:] for row in rows]
    assert ["oblast", "Must be one of: Ош, Баткен", "1"] in [row[2:] for row in rows]  # labels, and not OSH, BAT


@pytest.mark.parametrize("language", ["en", "ru", "ky"])
def test_every_language_has_every_word(language):
    """The same keys, severities and places to fill in as in English."""
    words, english = cover._words(language), cover._words("en")
    assert set(words) - {"rules"} == set(english)
    assert set(words["severities"]) == set(english["severities"]) and len(words["columns"]) == len(english["columns"])
    for key in ("title", "request", "balance", "of_sheet"):
        assert sorted(part.split("}")[0] for part in words[key].split("{")[1:]) == sorted(
            part.split("}")[0] for part in english[key].split("{")[1:]
        )


SAID = {
    "a field with a code's name": (
        "is far outside what the same organisation_id usually reports",
        "is far outside what the same 'organisation code' usually reports",
    ),
    "a table": ("must be a key that table 'organisations' has", "must be a key that table 'Organisations' has"),
    "fields in quotation marks": ("'date' must not be before 'kind'", "'date' must not be before 'kind of event'"),
    "plain words": ("the date must be one of a kind", "the date must be one of a kind"),
    "a file's path": ("stands in records/organisations/a.csv", "stands in records/organisations/a.csv"),
}


@pytest.mark.parametrize("says, told", SAID.values(), ids=SAID)
def test_partners_are_told_titles_and_not_names_of_fields(says, told):
    """organisation_id is a name of the project's own; the partner knows the organisation code."""
    finding = Finding("events", "records/events.csv", "", "A", "date", "usual", HELD_BACK, says, says)
    in_words = worded(load(SHIPPED))(finding)
    assert (in_words.says, in_words.do) == (told, told)


def test_a_list_of_codes_is_told_by_its_labels():
    """Of sex the codes are Feminine and Masculine; of another rule nothing is replaced."""
    says = "must be one of: Feminine, Masculine"
    finding = Finding("victims", "records/victims.csv", "", "C", "sex", "category", HELD_BACK, says, "Correct it")
    assert worded(load(SHIPPED))(finding).says == "must be one of: female, male"
