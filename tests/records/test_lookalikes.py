"""A letter of another alphabet makes nobody and nothing new. How spellings settle is in base/test_spelling.py."""

import csv

from ctanalysis import records
from ctanalysis.base.spelling import cleaned
from ctanalysis.project import load
from ctanalysis.records import HELD_BACK, REPAIRED
from tests.generators.wrong import SHIPPED, copied, file_of
from tests.records.identifying import rewritten

CYRILLIC, LATIN = "АВЕКМНОРСТХаеорсху", "ABEKMHOPCTXaeopcxy"
LIKE = dict(zip(CYRILLIC + LATIN, LATIN + CYRILLIC, strict=True))


def disguised(word):
    """The word with its first letter that has a look-alike in the other alphabet written with that, or None."""
    place = next((place for place, sign in enumerate(word) if sign in LIKE), None)
    return None if place is None else word[:place] + LIKE[word[place]] + word[place + 1 :]


def test_a_letter_that_looks_alike_makes_no_category(tmp_path):
    """Every category of every table in every spelling: repaired to the category it was, and noted.

    One that is none is held back.
    """
    package = load(SHIPPED).package
    table = package.tables["victims"]
    tried = [
        (name, category.value, disguised(word))
        for name, field in table.fields.items()
        for category in field.categories or ()
        for word in category.spellings
        if disguised(word)
    ]
    assert len(tried) > 60
    template = {
        "person_id": "",
        "date_identified": "2012-01-01",
        "status": "",
        "sex": "",
        "age_group": "",
        "oblast": "",
        "exploitation": "",
        "country": "",
        "identified_by": "",
    }
    first = {name: field.categories[0].value for name, field in table.fields.items() if field.categories}
    rows = [
        template | first | {"person_id": f"P{9000 + number}", name: word}
        for number, (name, _, word) in enumerate(tried)
    ]
    rows += [
        template | first | {"person_id": f"P{8000 + number}", "oblast": word}
        for number, word in enumerate(("Оsh-2", "Ошшш"))
    ]

    def change(folder):
        with (folder / file_of("victims")).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(template))
            writer.writeheader()
            writer.writerows(rows)

    found = records.survey(load(copied(tmp_path / "p", change)))
    used = found["victims"].set_index("person_id")
    assert [used.loc[f"P{9000 + number}", name] for number, (name, _, _) in enumerate(tried)] == [
        value for _, value, _ in tried
    ]
    repaired = sorted(row for finding in found.of(REPAIRED) if finding.table == "victims" for row in finding.rows)
    assert repaired == list(range(2, 2 + len(tried)))
    [held] = [finding for finding in found.of(HELD_BACK) if finding.table == "victims"]
    assert (held.rule, held.rows) == ("category", (2 + len(tried), 3 + len(tried)))
    assert all(
        list(used[name].cat.categories) == [category.value for category in field.categories]
        for name, field in table.fields.items()
        if field.categories
    )


def test_a_letter_that_looks_alike_makes_no_person(tmp_path):
    """A Cyrillic Р in a code: beside the same code in Latin both rows are held back,
    and a service finds the person it was given to.
    """

    def change(folder):
        rewritten(
            folder, "victims", lambda number, row: row | {"person_id": {3: "Р0001"}.get(number, row["person_id"])}
        )
        rewritten(
            folder, "services", lambda number, row: row | {"person_id": row["person_id"].replace("P0050", "Р0050")}
        )

    found = records.survey(load(copied(tmp_path / "p", change)))
    assert ("look-alike key", (2, 3)) in {(finding.rule, finding.rows) for finding in found.of(HELD_BACK)}
    assert set(found["services"]["person_id"]) <= set(found["victims"]["person_id"]) and all(
        key == cleaned(key) and key.isascii() for key in found["victims"]["person_id"]
    )
    assert "P0050" in set(found["services"]["person_id"])
