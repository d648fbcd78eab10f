"""What categories are called in sentences, and what the working tables break down: of labels and fields that there are.

Nothing that is misspelt is passed over.
"""

import pytest

from ctanalysis import Refused
from ctanalysis.evaluation import SHIPPED
from ctanalysis.project import load
from tests.conftest import copied

SHEET = "indicators/2.2-victims-assisted.toml"
CALLED = 'called = { female = "women and girls", male = "men and boys", adults = "adults", children = "children" }'
WORKING = 'working_tables = ["oblast", "exploitation", "country"]'


def changed(folder, old, new):
    """A copy of the shipped project with a line of the sheet changed."""
    path = copied(folder) / SHEET
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_a_label_that_is_no_category_is_refused(tmp_path):
    """A slip in a label would otherwise leave the sentence without the word that was meant."""
    with pytest.raises(Refused, match=r"words.called: 'femal' is no category by which it is broken down") as no:
        load(changed(tmp_path / "data", CALLED, CALLED.replace("female", "femal")))
    assert SHEET in str(no.value) and "female, male" in str(no.value)


def test_the_working_tables_break_down_by_fields_that_there_are(tmp_path):
    """A field that is nowhere, and one without categories, are refused like those of a report."""
    with pytest.raises(Refused, match="there is no field 'oblat' in table 'services'"):
        load(changed(tmp_path / "one", WORKING, WORKING.replace("oblast", "oblat")))
    with pytest.raises(Refused, match="it cannot be disaggregated by 'date', which has no categories"):
        load(changed(tmp_path / "two", WORKING, WORKING.replace("oblast", "date")))


def test_the_working_tables_are_no_part_of_what_is_published():
    """By oblast those assisted are in internal/ only: no disaggregation of a report."""
    sheet = load(SHIPPED).sheet("2.2")
    assert ("oblast",) in sheet.working_tables and ("oblast",) not in sheet.disaggregations
