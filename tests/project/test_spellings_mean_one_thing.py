"""A word that heads a column, or stands for a category, means one thing: what could be two is refused, not guessed."""

import json
import re

import pytest

from ctanalysis import Refused
from ctanalysis.project import load
from tests.generators import small

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'


def project(folder, ignored=(), **fields):
    """A small project: more keys for some of its fields by name, and columns that are not read."""
    small.write(folder, "day\n2014-01-01", COUNT)
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    [table] = package["resources"]
    table["ignoredColumns"] = list(ignored)
    for field in table["schema"]["fields"]:
        field.update(fields.get(field["name"], {}))
    path.write_text(json.dumps(package), encoding="utf-8")
    return load(folder)


def test_columns_that_are_not_read_have_names_of_their_own(tmp_path):
    """A partner's row numbers and remarks are no field's words."""
    table = project(tmp_path / "p", ["№ п/п", "remarks"]).package.tables["rows"]
    assert table.ignored_columns == ("№ п/п", "remarks")


@pytest.mark.parametrize("ignored", ["sex", "SEX", " Sex "])
def test_a_column_that_is_read_is_not_ignored(tmp_path, ignored):
    """However a field's word is spelled, it cannot be among the columns that are not read."""
    with pytest.raises(Refused, match=r"\"ignoredColumns\" names the column 'sex', which is a field"):
        project(tmp_path / "p", ["remarks", ignored])


def test_two_columns_have_two_words(tmp_path):
    """A translation of one column that is the title of another would be both."""
    with pytest.raises(Refused, match=r"a spelling means several columns: person, kind. Take it out of all but one"):
        project(tmp_path / "p", person={"translations": {"ru": "вид"}}, kind={"title": "Вид"})


def test_two_categories_have_two_words(tmp_path):
    """The same word for female and male would make either of them a guess."""
    categories = [{"value": "F", "label": "female"}, {"value": "M", "label": "Female"}]
    with pytest.raises(Refused, match="a spelling means several categories of 'sex': F, M"):
        project(tmp_path / "p", sex={"categories": categories})


def test_several_faults_are_said_in_the_order_of_the_file(tmp_path):
    """Not in that of a set, which is another one in each process."""
    words = [f"word {number}" for number in range(1, 10)]
    categories = [{"value": "F", "label": "female", "alternatives": words}]
    categories += [{"value": f"M{word[-1]}", "label": f"M{word[-1]}", "alternatives": [word]} for word in words]
    with pytest.raises(Refused) as refusal:
        project(tmp_path / "p", sex={"categories": categories})
    found = re.findall(r"several categories of 'sex': F, M(\d)", str(refusal.value))
    assert "".join(found) == "123456789"


def test_one_word_may_stand_twice_for_one_thing(tmp_path):
    """A column whose title is its name in another spelling still means itself alone."""
    field = project(tmp_path / "p", sex={"title": "SEX", "translations": {"ru": "Sex"}}).package.tables["rows"].fields
    assert field["sex"].title == "SEX"
