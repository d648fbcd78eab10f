"""What is told after records have changed: of days told before, the same; from the next node on, whoever is known.

The shipped project is evaluated as a release would remember it, its records are changed, and it is evaluated again.
FY2012 was told as 18–27 women and fewer than 10 men, of 27 recorded; by FY2013 they are 40 and 30, of 70.
"""

import csv

import pytest

from ctanalysis import evaluate, indicators, records
from ctanalysis.disclosure import ledger, protect
from ctanalysis.indicators.horizons import windows
from ctanalysis.project import load
from tests.conftest import copied, evaluated
from tests.disclosure.test_waiting_gate import said
from tests.generators.wrong import file_of

SEX = "2.2", "sex", "project to date"


class Told:
    """A copy of the shipped project of which some year was released. folder: of the copy."""

    def __init__(self, folder, patch):
        self.folder, self.patch = folder, patch

    def remembers(self, year):
        """The memory of a release of a year of the records as they are now."""
        standing = evaluate(year, self.folder).standing
        self.patch.setattr(ledger, "standing", lambda *_: standing)

    def change(self, table, edit):
        """The rows of a table changed: edit takes a list of dicts and gives one."""
        path = self.folder / file_of(table)
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(edit(rows))

    def relabel(self, person, **labels):
        self.change("victims", lambda rows: [row | (labels if row["person_id"] == person else {}) for row in rows])

    def strike(self, person):
        for table in ("services", "plans", "follow_ups", "returns", "referrals", "victims"):
            self.change(table, lambda rows: [row for row in rows if row["person_id"] != person])

    def first(self, year, **labels):
        """The code of somebody who was first assisted in a year and has these labels."""
        nodes = dict(evaluated("FY2014").standing["2.2", "sex"])
        before, now = nodes.get(f"{year - 1}-09-30", {}), nodes[f"{year}-09-30"]
        with (self.folder / file_of("victims")).open(encoding="utf-8", newline="") as file:
            rows = {row["person_id"]: row for row in csv.DictReader(file)}
        chosen = (who for who in now if who not in before and labels.items() <= rows[who].items())
        return next(who for who in chosen if who in rows)


@pytest.fixture
def told(tmp_path, monkeypatch):
    return Told(copied(tmp_path / "project"), monkeypatch)


def add(told, person, day, **labels):
    """One more person, identified and assisted on a day, like somebody else in everything but these labels."""
    told.change("victims", lambda rows: [*rows, rows[0] | {"person_id": person, "date_identified": day} | labels])
    told.change("services", lambda rows: [*rows, rows[0] | {"service_id": "S99999", "person_id": person, "date": day}])


FY2012 = {"female": "18–27", "male": "fewer than 10", "not recorded": 1, "recorded": 27}
FY2013 = {"female": 40, "male": 30, "not recorded": 3, "recorded": 70}


def test_a_late_record_changes_the_total_and_enters_the_next_node(told):
    """A man of September 2012, found after FY2012 was told: its total is one more, its breakdown as it was. By FY2013
    he is one of 31 men.
    """
    told.remembers("FY2012")
    before = evaluate("FY2012", told.folder).values
    add(told, "P9001", "2012-09-20", sex="Masculine")
    after = evaluate("FY2012", told.folder).values
    differ = before[~(before["value"].eq(after["value"]) | before["value"].isna())]
    assert set(differ["disaggregation"]) == {"total"} and set(differ["indicator"]) <= {"2.1", "2.2", "2.3", "2.5"}
    assert (before["status"] == after["status"]).all() and (before["category"] == after["category"]).all()
    year = evaluate("FY2013", told.folder)
    assert said(year, *SEX) == FY2013 | {"recorded": 71}
    assert dict(year.standing["2.2", "sex"])["2013-09-30"]["P9001"] == "male"
    assert said(year, "2.2", "sex", "period")["recorded"] == 71 - 27


def test_without_a_memory_the_same_late_record_is_one_of_ten_men(told):
    """Why it is needed: told anew, FY2012 would print 18 women and 10 men, and say that the added person is a man."""
    add(told, "P9001", "2012-09-20", sex="Masculine")
    assert said(evaluate("FY2012", told.folder), *SEX) == {"female": 20, "male": 10, "not recorded": 1, "recorded": 28}


@pytest.mark.long
def test_a_struck_record_stays_as_it_was_told(told):
    """A woman of FY2012 is struck after FY2012 was told: its total is one less, and nothing else; so in FY2013."""
    told.remembers("FY2012")
    woman = told.first(2012, sex="Feminine")
    told.strike(woman)
    year = evaluate("FY2012", told.folder)
    assert said(year, "2.2", "total", "project to date") == {"all": 27}
    assert said(year, *SEX) == FY2012
    assert said(evaluate("FY2013", told.folder), *SEX) == FY2013
    assert said(evaluate("FY2013", told.folder), "2.2", "total", "project to date") == {"all": 72}


@pytest.mark.long
def test_a_corrected_category_stays_as_it_was_told(told):
    """A woman of FY2012 turns out to be a man, and afterwards it is found to be unknown: she stands where she stood."""
    told.remembers("FY2012")
    woman = told.first(2012, sex="Feminine")
    for sex in ("Masculine", ""):
        told.relabel(woman, sex=sex)
        assert said(evaluate("FY2012", told.folder), *SEX) == FY2012
        assert said(evaluate("FY2013", told.folder), *SEX) == FY2013
        assert dict(evaluate("FY2013", told.folder).standing["2.2", "sex"])["2013-09-30"][woman] == "female"


@pytest.mark.long
def test_what_was_not_recorded_may_become_known_once(told):
    """Of the one of FY2012 it becomes known that she is a woman: FY2012 says still that it is not, and by FY2013 she
    is the 41st. What is said of her after that changes nothing.
    """
    told.remembers("FY2012")
    person = told.first(2012, sex="")
    told.relabel(person, sex="Feminine")
    assert said(evaluate("FY2012", told.folder), *SEX) == FY2012
    now = {"female": 40, "male": 30, "not recorded": 2, "recorded": 71}
    assert said(evaluate("FY2013", told.folder), *SEX) == now
    told.remembers("FY2013")
    told.relabel(person, sex="Masculine")
    assert said(evaluate("FY2013", told.folder), *SEX) == now


@pytest.mark.long
def test_a_follow_up_that_was_told_as_not_held_stays_so(told):
    """All were held in truth, as is found after FY2014 was told: its share stays. Told anew, it would be of all."""
    told.remembers("FY2014")
    before = said(evaluate("FY2014", told.folder), "2.7", "total", "period")
    told.change("follow_ups", lambda rows: [row | {"held": row["held"] or row["due_date"]} for row in rows])
    assert said(evaluate("FY2014", told.folder), "2.7", "total", "period") == before == {"all": 0.62}
    told.patch.undo()
    assert said(evaluate("FY2014", told.folder), "2.7", "total", "period") == {"all": "83–100 %"}


@pytest.mark.long
def test_a_series_told_up_to_a_node_is_the_beginning_of_the_series_told_later(told):
    """With FY2012 told and records changed, FY2013 and FY2014 tell FY2012 as it was, and FY2013 alike."""
    told.remembers("FY2012")
    add(told, "P9001", "2012-09-20", sex="Masculine")
    told.strike(told.first(2012, sex="Feminine"))
    first = evaluate("FY2013", told.folder)
    told.remembers("FY2013")
    add(told, "P9002", "2013-09-20", sex="Masculine")
    later = evaluate("FY2014", told.folder)
    for key, nodes in first.standing.items():
        assert later.standing[key][: len(nodes)] == nodes
    assert said(later, "2.2", "sex", "previous period") == said(first, "2.2", "sex", "period")


@pytest.mark.long
def test_a_node_that_was_left_out_stays_out(told):
    """FY2013 was told and FY2012 was not a node then, since nothing had come: it is none any more. What is told of
    FY2013 would otherwise follow from another series.
    """
    standing = {key: nodes[1:] for key, nodes in evaluate("FY2013", told.folder).standing.items()}
    told.patch.setattr(ledger, "standing", lambda *_: standing)
    assert set(said(evaluate("FY2012", told.folder), *SEX).values()) == {"not told"}
    assert evaluate("FY2014", told.folder).standing["2.2", "sex"][0][0] == "2013-09-30"


# --- A breakdown that has ended -------------------------------------------------------------------------


@pytest.mark.long
def test_what_was_told_of_a_breakdown_that_has_ended_is_told_from_the_ledger(told):
    """Records were erased. FY2012 is told as it was printed, to date and as a year; FY2013 tells no sex any more."""
    released = evaluate("FY2012", told.folder).protected_values.values
    path = told.folder / "policy.toml"
    text = path.read_text(encoding="utf-8")
    ended = 'order = ["female", "male"]\nended = "Records had to be erased."'
    path.write_text(text.replace('order = ["female", "male"]', ended), encoding="utf-8")
    project = load(told.folder)
    assert ("2.2", "sex") not in evaluate("FY2013", told.folder).standing
    spans = windows(project, project.calendar.parse("FY2013"))
    exact = indicators.with_people(project, records.read(project), spans)
    found = protect(exact, project, {}, [released]).values
    sex = found[(found["indicator"] == "2.2") & (found["disaggregation"] == "sex")]
    by_span = {
        (row.horizon, row.category): row.status if row.status not in ("rounded", "exact") else row.value
        for row in sex.itertuples()
    }
    assert {category: by_span["previous period", category] for category in FY2012} == FY2012
    assert {of for (horizon, _), of in by_span.items() if horizon == "project to date"} == {"not told"}
    assert said(evaluate("FY2013", told.folder), "2.2", "age_group:coarse", "project to date")["recorded"]
