"""The data quality standards: worked examples, every number counted again, nothing about people told, no caveat left out."""

import csv
import json
import random
import re
from dataclasses import replace
from datetime import date
from html import unescape

import pandas as pd
import pytest

from ctanalysis import Refused, evaluate, figures, narrative, quality, records, tables
from ctanalysis.evaluation import SHIPPED
from ctanalysis.project import load
from ctanalysis.project.quality import Quality
from ctanalysis.quality import MET, NOT_MET, UNKNOWN
from ctanalysis.reports import files
from tests.conftest import command, copied
from tests.generators import small
from tests.oracles import quality_oracle

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"\ndisaggregate = ["sex"]'
DUPLICATE = '[[duplicate]]\ntable = "rows"\nfields = ["person", "day"]\nreason = "one visit a day"\n'
RANGE = '[[range]]\ntable = "rows"\nfield = "amount"\nmaximum = 100\nreason = "more is a slip"\n'
GAP = '[[gap]]\ntable = "rows"\nfield = "day"\nby = "kind"\nreason = "each reports every quarter"\n'


# Worked examples: a small project of one table, whose one indicator counts rows by sex.


def assessed(folder, period="FY2014Q1", rules="", deliveries="", quality_="", corrections="", **of_small):
    """By standard, the rows of assess() for a small project with these files."""
    small.write(folder, **{"calculation": COUNT} | of_small)
    if rules:
        (folder / "rules.toml").write_text(rules, encoding="utf-8")
    if deliveries:
        (folder / "deliveries.csv").write_text(
            "file,partner,period,sent\n" + "".join(f"records/rows.csv,{line}\n" for line in deliveries.split()),
            encoding="utf-8",
        )
    if quality_:
        (folder / "quality.toml").write_text(quality_, encoding="utf-8")
    if corrections:
        (folder / "judgements").mkdir()
        (folder / "judgements" / "corrections.toml").write_text(corrections, encoding="utf-8")
    project = load(folder)
    frame = quality.assess(project, records.survey(project), project.calendar.parse(period))
    return {row.standard: row for row in frame.itertuples(index=False)}


def visits(count, day="2013-11-05", cells="F 1"):
    """So many rows of a day."""
    return "day sex amount\n" + f"{day} {cells}\n" * count


def test_rows_held_back_make_data_invalid(tmp_path):
    """3 of 103 rows cannot be read: 2.9 per cent, where 2 are allowed. With one of 101 the standard is met."""
    bad = "2013-11-06 F twelve\n"
    found = assessed(tmp_path / "a", table=visits(100) + bad * 3)["validity"]
    assert (found.verdict, found.rows, found.held_back, found.implausible) == (NOT_MET, 103, 3, 0)
    assert found.evidence == "Rows: 103; held back: 3; implausible: 0. In per cent: 2.9, at most 2"
    assert assessed(tmp_path / "b", table=visits(100) + bad)["validity"].verdict == MET


def test_a_held_back_row_counts_where_its_day_lies(tmp_path):
    """A row held back in January is no fault of October to December; one whose day cannot be read is one of every period."""
    table = visits(10) + "2014-01-06 F twelve\n" + "2013-13-45 F 1\n"
    assert assessed(tmp_path / "a", table=table)["validity"].held_back == 1
    assert assessed(tmp_path / "b", "FY2014Q2", table=table)["validity"].held_back == 2
    assert assessed(tmp_path / "c", "FY2012Q3", table=table)["validity"].held_back == 1


def test_a_day_that_the_project_did_not_have_cannot_be_believed(tmp_path):
    """A row of the year 2031, held back for its day, weighs on every period until its day is put right."""
    dates = '[[dates]]\ntable = "rows"\nfield = "day"\nreason = "the project\'s days"\n'
    table = visits(10) + "2031-11-05 F 1\n"
    assert assessed(tmp_path / "a", table=table, rules=dates)["validity"].held_back == 1
    assert assessed(tmp_path / "b", table=table)["validity"].held_back == 0


def test_what_is_outside_a_range_is_implausible(tmp_path):
    """4 amounts of 900 among 100 rows: used, and 4 per cent implausible."""
    found = assessed(tmp_path, table=visits(96) + "2013-11-06 F 900\n" * 4, rules=RANGE)["validity"]
    assert (found.verdict, found.rows, found.held_back, found.implausible) == (NOT_MET, 100, 0, 4)


VISITS = "day person amount\n" + "".join(f"2013-11-{day:02} p{day} 1\n" for day in range(1, 21))


def test_likely_duplicates_hurt_integrity(tmp_path):
    """The same person twice on one day is two rows of 21 that may stand twice."""
    found = assessed(tmp_path, table=VISITS + "2013-11-07 p7 2\n", rules=DUPLICATE)["integrity"]
    assert (found.verdict, found.rows, found.doubtful, found.corrected) == (NOT_MET, 21, 2, 0)


def test_a_correction_on_the_record_is_in_the_data_s_favour(tmp_path):
    """Somebody looked at one of the two and said why: only the other is still in doubt, 1 of 21."""
    correction = '[[correction]]\ntable = "rows"\nkey = "r0021"\nfield = "amount"\nexpect = "2"\nvalue = "3"\nreason = "the receipt"\nrole = "officer"\ndate = 2014-01-10\n'
    found = assessed(tmp_path, table=VISITS + "2013-11-07 p7 2\n", rules=DUPLICATE, corrections=correction)["integrity"]
    assert (found.verdict, found.doubtful, found.corrected) == (MET, 1, 1)


def test_a_key_that_stands_twice_hurts_integrity(tmp_path):
    """Two different rows with one code are held back, and 2 of 12 may be one thing: not met although no rule looks for doubles."""
    found = assessed(
        tmp_path,
        table="id day amount\n"
        + "".join(f"k{n} 2013-11-05 1\n" for n in range(10))
        + "same 2013-11-06 1\nsame 2013-11-07 2\n",
    )
    assert (found["integrity"].verdict, found["integrity"].doubtful) == (NOT_MET, 2)
    assert found["validity"].held_back == 2


def test_integrity_cannot_be_said_where_no_rule_looks(tmp_path):
    """Without a rule for doubles or guesses, that none was found says nothing."""
    assert assessed(tmp_path, table=VISITS)["integrity"].verdict == UNKNOWN


def test_what_is_not_recorded_hurts_precision(tmp_path):
    """2 of 10 without sex: 20 per cent, where 10 are allowed; 1 of 10 is just allowed."""
    found = assessed(tmp_path / "a", table=visits(8) + "2013-11-06 - 1\n" * 2)["precision"]
    assert (found.verdict, found.rows, found.not_recorded) == (NOT_MET, 10, 2)
    assert found.evidence == "Rows that count: 10; without sex: 2. In per cent: 20.0, at most 10"
    assert assessed(tmp_path / "b", table=visits(9) + "2013-11-06 - 1\n")["precision"].verdict == MET


def test_precision_asks_only_the_rows_that_count(tmp_path):
    """Sex may be empty in rows that the indicator's conditions leave out."""
    table = "day sex done\n" + "2013-11-05 F true\n" * 5 + "2013-11-05 - false\n" * 20
    found = assessed(tmp_path, table=table, calculation=COUNT + "\nwhere = { done = true }")
    assert (found["precision"].verdict, found["precision"].rows, found["validity"].rows) == (MET, 5, 25)


def test_a_changed_definition_is_not_reliable(tmp_path):
    """A definition valid from October 2013 breaks the series of every report that tells of days before and after."""
    changed, deliveries = "valid_from = 2013-10-01\n", "A,FY2014Q1,2014-01-10"
    assert (
        assessed(tmp_path / "a", table=visits(5), more=changed, deliveries=deliveries)["reliability"].verdict == NOT_MET
    )
    assert (
        assessed(tmp_path / "b", table=visits(5), more="valid_from = 2011-10-01\n", deliveries=deliveries)[
            "reliability"
        ].verdict
        == MET
    )
    assert (
        assessed(tmp_path / "c", "FY2013Q4", table=visits(5), more=changed, deliveries=deliveries)[
            "reliability"
        ].verdict
        == UNKNOWN
    )


def test_a_silent_partner_makes_quarters_differ(tmp_path):
    """Of two partners one has no row in the quarter: one gap. Before its first row nothing is expected of it."""
    table = "day sex kind\n2013-07-05 F 007\n2013-07-06 F |\n2013-11-05 F 007\n"
    assert assessed(tmp_path / "a", table=table, rules=GAP)["reliability"].gaps == 1
    assert assessed(tmp_path / "b", "FY2013Q3", table=table, rules=GAP)["reliability"].gaps == 0
    ended = '[[ended]]\npartner = "|"\nlast = 2013-09-30\nreason = "Its grant ended."\n'
    found = assessed(tmp_path / "c", table=table, rules=GAP, quality_=ended)["reliability"]
    assert (found.verdict, found.gaps) == (MET, 0)


def test_reliability_cannot_be_said_where_nobody_knows_who_reports(tmp_path):
    """No rule about gaps and no deliveries: whether the partners are the same is not known."""
    assert assessed(tmp_path, table=visits(5))["reliability"].verdict == UNKNOWN


@pytest.mark.parametrize(
    "deliveries, verdict, numbers",
    [
        ("A,FY2014Q1,2014-01-30", MET, (1, 0, 30, 0)),  # on the last day that is allowed
        ("A,FY2014Q1,2014-01-31", NOT_MET, (1, 1, 31, 0)),
        (
            "A,FY2014Q1,2014-01-10 A,FY2014Q1,2014-03-10",
            MET,
            (1, 0, 10, 0),
        ),  # sent again, corrected: the first time counts
        (
            "A,FY2013Q4,2013-10-10 A,FY2014Q1,2014-01-10 B,FY2013Q4,2013-10-10",
            NOT_MET,
            (1, 0, 10, 1),
        ),  # B sent before, and not now
        ("A,FY2014Q1,2014-01-10 B,FY2014Q2,2014-04-10", MET, (1, 0, 10, 0)),  # B begins later
        ("A,FY2014,2014-10-20", MET, (1, 0, 20, 0)),  # a year's records sent at its end
        ("A,FY2013,2013-10-20", NOT_MET, (0, 0, None, 1)),
        ("A,FY2014Q2,2014-04-10", UNKNOWN, (None, None, None, None)),
    ],
    ids=["in time", "late", "sent again", "missing", "later partner", "for the year", "nothing", "not yet"],
)
def test_deliveries_are_in_time_and_none_is_missing(tmp_path, deliveries, verdict, numbers):
    """Due within 30 days after the end of their period; whoever sent once is expected to send every quarter."""
    found = assessed(tmp_path, table=visits(5), deliveries=deliveries)["timeliness"]
    told = tuple(
        None if pd.isna(number) else number for number in (found.deliveries, found.late, found.latest, found.missing)
    )
    assert (found.verdict, told) == (verdict, numbers)


def test_a_year_needs_all_its_quarters(tmp_path):
    """A year with one quarter's delivery missing is not complete, and one late quarter is late in the year."""
    found = assessed(
        tmp_path,
        "FY2014",
        table=visits(5),
        deliveries="A,FY2014Q1,2014-01-10 A,FY2014Q2,2014-06-10 A,FY2014Q4,2014-10-10",
    )["timeliness"]
    assert (found.verdict, found.deliveries, found.late, found.latest, found.missing) == (NOT_MET, 3, 1, 71, 1)


def test_a_level_rests_on_what_stands_on_the_last_day(tmp_path):
    """Begun and not ended: 3 rows; one that ended before is not among them, nor one that began after."""
    table = (
        "day end kind\n"
        + "2013-01-01 - 007\n" * 2
        + "2013-01-01 2014-02-01 -\n"
        + "2013-01-01 2013-12-31 007\n"
        + "2014-01-01 - 007\n"
        + "2013-02-01 soon 007\n"
    )
    level = 'measure = "level"\ntable = "rows"\nstart = "day"\nend = "end"\ndisaggregate = ["kind"]'
    found = assessed(tmp_path, table=table, calculation=level)
    assert (found["validity"].rows, found["validity"].held_back) == (4, 1)
    assert (found["precision"].rows, found["precision"].not_recorded) == (3, 1)


def test_without_rows_there_is_nothing_to_judge(tmp_path):
    """A quarter without a row is neither good nor bad data."""
    found = assessed(tmp_path, "FY2012Q1", table=visits(5), rules=DUPLICATE)
    assert [found[standard].verdict for standard in ("validity", "integrity", "precision")] == [UNKNOWN] * 3


def test_without_breakdowns_precision_cannot_be_said(tmp_path):
    """A sheet that asks for no breakdown has no detail to be precise about."""
    assert (
        assessed(tmp_path, table=visits(5), calculation=COUNT.replace('\ndisaggregate = ["sex"]', ""))[
            "precision"
        ].verdict
        == UNKNOWN
    )


def test_a_file_that_cannot_be_read_leaves_nothing_to_say(tmp_path):
    """make check goes on where a file is unreadable; its indicators' data cannot be judged."""
    small.write(tmp_path / "p", visits(5), COUNT)
    (tmp_path / "p" / "records" / "rows.csv").write_bytes(b"\x00\x01\xff")
    project = load(tmp_path / "p")
    frame = quality.assess(project, records.survey(project), project.calendar.parse("FY2014Q1"))
    assert set(frame["verdict"]) == {UNKNOWN} and set(frame["evidence"]) == {"A file of its records could not be read"}


# quality.toml


def test_the_shipped_thresholds_are_the_defaults():
    """What stands in data/quality.toml is what is in force without it, and it says that it is illustrative."""
    assert load(SHIPPED).quality == Quality()
    assert "illustrative" in Quality().note


@pytest.mark.parametrize(
    "text, words",
    [
        ("[validty]\nat_most = 2\n", "validty"),
        ('[validity]\nat_most = -1\nreason = "."\n', "at_most"),
        ("[precision]\nat_most = 10\n", "reason"),
        ('[timeliness]\ndue_days = "soon"\ngaps = 0\nreason = "."\n', "due_days"),
    ],
)
def test_a_wrong_threshold_is_refused(tmp_path, text, words):
    """A misspelt standard, a negative share, a threshold without its reason, a word for a number."""
    with pytest.raises(Refused, match=f"quality.toml.*{words}"):
        assessed(tmp_path, table=visits(1), quality_=text)


def test_a_project_sets_its_own_thresholds(tmp_path):
    """With 5 per cent allowed, 3 of 103 is met; the other standards keep their defaults."""
    table = visits(100) + "2013-11-06 F twelve\n" * 3
    found = assessed(tmp_path, table=table, quality_='[validity]\nat_most = 5\nreason = "Agreed in March."\n')
    assert (found["validity"].verdict, found["precision"].verdict) == (MET, MET)


# Every number, counted again from the files.


PERIODS = ("FY2014", "FY2015Q1", "FY2012Q4", "LOP")
KEPT = ("EV0500", "A04000")  # rows that are corrected


def spoiled(folder, seed):
    """A copy of the shipped project with many things wrong, by chance."""
    copied(folder)
    chance = random.Random(seed)
    for table in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        path = folder / table["path"]
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        _spoil(rows, table["schema"], chance, max(1, len(rows) // 60))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    _spoil_deliveries(folder / "deliveries.csv", chance)
    _change(folder / "quality.toml", "# [[ended]]", '[[ended]]\npartner = "ORG03"\nlast = 2014-03-31\nreason = "."\n#')
    _change(folder / "indicators" / "1.6-advocacy.toml", 'code = "1.6"', 'code = "1.6"\nvalid_from = 2014-01-01')
    _change(
        folder / "indicators" / "2.4-voluntary-returns.toml", 'code = "2.4"', 'code = "2.4"\nvalid_from = 2014-11-01'
    )
    _change(
        folder / "rules.toml",
        "[[range]]",
        '[[duplicate]]\ntable = "events"\nfields = ["date", "kind", "oblast"]\nreason = "."\n\n[[gap]]\ntable = "events"\nfield = "date"\nby = "organisation_id"\nreason = "."\n\n[[range]]',
    )
    _change(
        folder / "judgements" / "same-people.toml",
        "unmatchable = ",
        'match = ["date_identified", "oblast", "sex"]\n# unmatchable = ',
    )
    (folder / "judgements" / "corrections.toml").write_text(
        "".join(
            f'[[correction]]\ntable = "{table}"\nkey = "{key}"\nfield = "{field}"\nexpect = "{_cell(folder, table, key, field)}"\nvalue = "{value}"\nreason = "."\nrole = "."\ndate = 2015-01-10\n'
            for table, key, field, value in (
                ("events", "EV0500", "audience", "Media"),
                ("attendance", "A04000", "participants", "20"),
            )
        ),
        encoding="utf-8",
    )
    return folder


def _spoil(rows, schema, chance, count):
    key, fields = schema["primaryKey"][0], {field["name"]: field for field in schema["fields"]}
    references = [one["fields"][0] for one in schema.get("foreignKeys", [])]
    for _ in range(count):
        row, name = chance.choice(rows), chance.choice([name for name in fields if name != key])
        if row[key] in KEPT:
            continue
        if chance.random() < 0.3:
            row[name] = ""
        elif name in references:
            row[name] = "NOBODY"
        elif fields[name]["type"] != "string" or "categories" in fields[name]:
            row[name] = chance.choice(["soon", "2031-05-05", "2009-02-03", "?"])
    for number in range(count // 2):
        row = dict(chance.choice([row for row in rows if row[key] not in KEPT]))
        rows.append(row if number % 3 == 0 else row | {key: f"{row[key]}-{number}"})
        if number % 5 == 4:
            rows.append(
                row
                | {
                    name: row[name] + "1"
                    for name in fields
                    if fields[name]["type"] == "string"
                    and name not in (key, *references)
                    and "categories" not in fields[name]
                }
            )


def _spoil_deliveries(path, chance):
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if chance.random() > 0.05]
    lines = [f"{line[:-2]}28" if line.endswith(("-01-20", "-04-20")) else line for line in lines]
    lines += [
        line.replace("2014-", "2015-", 1) if "," in line and chance.random() < 0.5 else line
        for line in chance.sample([line for line in lines if ",2014-" in line], 8)
    ]
    lines += [f"records/events.csv,ORG03,FY2013,{day}" for day in ("2013-10-12", "2013-11-12")]
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")


def _change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _cell(folder, table, key, field):
    with (folder / "records" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return next(row[field] for row in csv.DictReader(file) if key in row.values())


@pytest.fixture(scope="module", params=[3, 20, 117])
def wrong(request, tmp_path_factory):
    """A spoiled project, its records, and the oracle's view of them."""
    folder = spoiled(tmp_path_factory.mktemp("wrong") / "data", request.param)
    project = load(folder)
    found = records.survey(project)
    return project, found, quality_oracle.Folder(folder, found.findings)


@pytest.mark.parametrize(
    "period",
    [period if period in ("FY2014", "LOP") else pytest.param(period, marks=pytest.mark.long) for period in PERIODS],
)
def test_every_number_and_verdict_is_counted_again(wrong, period):
    """For all indicators of a project in which many things are wrong: all numbers of all standards, and what follows from them."""
    project, found, folder = wrong
    period = project.calendar.parse(period)
    frame = quality.assess(project, found, period)
    assert len(frame) == 5 * len(folder.sheets)
    told = {(row["indicator"], row["standard"]): row for row in frame.to_dict("records")}
    seen = set()
    for sheet in folder.sheets:
        for standard, numbers in quality_oracle.numbers(folder, sheet, period.start, period.end).items():
            row = told[sheet["code"], standard]
            got = {name: int(row[name]) for name in quality.NUMBERS if not pd.isna(row[name])}
            assert got == {name: number for name, number in numbers.items() if number is not None}, (
                sheet["code"],
                standard,
            )
            if row["verdict"] != UNKNOWN:
                assert row["verdict"] == quality_oracle.verdict(standard, numbers, folder.quality), (
                    sheet["code"],
                    standard,
                )
            seen.add((standard, row["verdict"]))
    assert {
        (standard, verdict) for standard in ("validity", "integrity", "precision") for verdict in (MET, NOT_MET)
    } <= seen


def test_what_is_spoiled_is_of_every_kind(wrong):
    """The projects above are wrong in all ways that a standard looks at; else nothing was tested."""
    _, found, _ = wrong
    rules = {finding.rule for finding in found.findings}
    assert {
        "type",
        "category",
        "key",
        "held back key",
        "unique",
        "project's dates",
        "duplicate",
        "same person",
        "range",
        "usual",
        "gap",
    } <= rules


def test_what_comes_later_changes_no_verdict_of_before(wrong, tmp_path):
    """Rows dated after the period change none of its numbers."""
    project, found, _ = wrong
    folder = copied(tmp_path / "later")
    before = quality.assess(load(folder), records.survey(load(folder)), project.calendar.parse("FY2012Q4"))
    with (folder / "records" / "events.csv").open("a", encoding="utf-8") as file:
        file.write(
            "EV9001,2014-12-30,AwarenessRaising,Communities,KG-GB,ORG01\nEV9002,2014-12-30,Nothing,Communities,KG-GB,ORG01\n"
        )
    project = load(folder)
    pd.testing.assert_frame_equal(
        before, quality.assess(project, records.survey(project), project.calendar.parse("FY2012Q4"))
    )


def test_a_stricter_threshold_never_forgives(wrong):
    """What is met with less allowed is met with more, and with everything allowed nothing fails."""
    project, found, _ = wrong
    shares = ("validity", "integrity", "precision")
    verdicts = []
    for allowed in (0, 2, 10, 100):
        asked = project.quality.model_copy(
            update={name: getattr(project.quality, name).model_copy(update={"at_most": allowed}) for name in shares}
        )
        frame = quality.assess(replace(project, quality=asked), found, project.calendar.parse("FY2014"))
        verdicts.append(frame.loc[frame["standard"].isin(shares), "verdict"].tolist())
    for strict, lenient in zip(verdicts, verdicts[1:]):
        assert all(after == MET for before, after in zip(strict, lenient) if before == MET)
    assert NOT_MET in verdicts[0] and NOT_MET not in verdicts[-1]


# What is told of it.


@pytest.fixture(scope="module")
def evaluation():
    return evaluate("FY2015Q1")


def test_the_shipped_project_is_an_honest_mix(evaluation):
    """Some data met a standard, some did not, of some it cannot be said: nothing here is made to look better than it is."""
    assert set(evaluation.quality["verdict"]) == {MET, NOT_MET, UNKNOWN}
    assert set(evaluation.caveats) < {sheet.code for sheet in evaluation.project.sheets}
    assert (
        evaluation.caveats["1.3"]
        == "Caveat: the reporting period's data did not meet the standard of precision (see Data quality)"
    )


def test_standards_are_named_in_one_caveat():
    """Three failures are one caveat that names them all; what cannot be said is none."""
    frame = pd.DataFrame(
        {
            "indicator": ["a"] * 4 + ["b"],
            "standard": ["validity", "precision", "timeliness", "integrity", "validity"],
            "verdict": [NOT_MET] * 3 + [UNKNOWN, MET],
        }
    )
    assert quality.caveats(frame) == {
        "a": "Caveat: the reporting period's data did not meet the standards of validity, precision, and timeliness (see Data quality)"
    }


def test_footnotes_name_each_caveat_once():
    """Two indicators with the same failure share a footnote; one without any has none."""
    found = {"1.1": "Caveat: x", "1.2": "Caveat: y", "1.3": "Caveat: x"}
    assert quality.footnotes(found, ["1.1", "1.2", "1.3", "1.4"]) == ("† 1.1 and 1.3: Caveat: x.", "† 1.2: Caveat: y.")
    assert (quality.mark(found, "1.1"), quality.mark(found, "1.4")) == (" †", "")


def test_no_number_about_people_is_public(evaluation):
    """Of every indicator whose table protects somebody, the public frame has the verdict and no number and no sentence of evidence."""
    project = evaluation.project
    protecting = [sheet.code for sheet in project.sheets if project.disclosure_rule(sheet).protects]
    about = evaluation.quality[evaluation.quality["indicator"].isin(protecting)]
    assert len(protecting) > 8 and about[list(quality.NUMBERS)].isna().all(axis=None)
    assert set(about["evidence"]) == {"the evidence is in internal/"} and not about["verdict"].isna().any()
    others = evaluation.quality[~evaluation.quality["indicator"].isin(protecting)]
    assert others["evidence"].str.contains(r"\d").any() and others["rows"].notna().any()


def test_a_table_that_refers_to_people_is_about_people(tmp_path):
    """Marked open, but naming the person in each row: it could be broken down by people, so the project is refused."""
    folder = copied(tmp_path / "data")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for table in package["resources"]:
        table["disclosure"] = "open" if table["name"] == "returns" else table["disclosure"]
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(
        Refused, match="table 'returns': it refers to table 'victims', whose class 'victims' is audited"
    ):
        load(folder)


def everything(evaluation):
    """All that is told of an evaluation, by name."""
    areas = [area.code for area in evaluation.project.facts.areas]
    sections = (
        narrative.notice,
        narrative.introduction,
        narrative.headlines,
        narrative.progress,
        narrative.areas,
        narrative.limits,
        narrative.quality,
    )
    shown = (
        tables.quality,
        tables.tally,
        tables.published,
        tables.completeness,
        tables.states,
        tables.tracking,
        tables.reference_sheets,
    )
    told = {section.__name__: section(evaluation).html for section in sections}
    told |= {f"table {table.__name__}": table(evaluation)._repr_mimebundle_()["text/html"] for table in shown}
    told |= {
        f"breakdowns {area}": tables.breakdowns(evaluation, area)._repr_mimebundle_()["text/html"] for area in areas
    }
    told |= {f"chart {chart.name}": f"{chart.alt}\n{chart.data.to_csv()}" for chart in charts(evaluation)}
    return told | {
        name: getattr(evaluation, name).to_csv() for name in ("values", "tracking", "history", "quality", "tally")
    }


def charts(evaluation):
    yield from (figures.headlines(evaluation), figures.progress(evaluation))
    for area in evaluation.project.facts.areas:
        yield figures.quarters(evaluation, area.code)
        yield from figures.breakdowns(evaluation, area.code).charts


def with_bad_victims(folder, count):
    """A copy of the shipped project with so many more rows of victims that are held back."""
    copied(folder)
    with (folder / "records" / "victims.csv").open("a", encoding="utf-8") as file:
        file.writelines(
            f"P9{number:03},when she came,ActualVictimOfTrafficking,Feminine,25-34,KG-O,ForcedLabour,KZ,NGO\n"
            for number in range(count)
        )
    return folder


@pytest.fixture(scope="module")
def bad_victims(tmp_path_factory):
    """Two projects that differ in how many rows about victims are held back, 37 and 38."""
    return [with_bad_victims(tmp_path_factory.mktemp(f"{count}") / "data", count) for count in (37, 38)]


def test_how_many_victims_were_held_back_is_told_nowhere(bad_victims):
    """37 or 38 held back: everything told is the same to the letter, and says that validity was not met; only internal/ differs."""
    both = [evaluate("FY2015Q1", folder) for folder in bad_victims]
    assert everything(both[0]) == everything(both[1])
    assert figures.headlines(both[0]).png() == figures.headlines(both[1]).png()
    assert "validity" in both[0].caveats["2.1"]
    internal = [
        quality.assess(project, records.survey(project), project.calendar.parse("FY2015Q1"))
        for project in map(load, bad_victims)
    ]
    held = [
        frame.loc[(frame["indicator"] == "2.1") & (frame["standard"] == "validity"), "held_back"].item()
        for frame in internal
    ]
    assert held == [37, 38]


@pytest.mark.long
def test_reports_of_both_are_the_same_bytes(bad_victims):
    """The whole report folder, byte by byte, does not say how many rows about victims were held back."""
    reports = []
    for folder in bad_victims:
        done = command("report", "-p", "period", "FY2015Q1", "-p", "project", str(folder))
        assert done.returncode == 0, done.stderr
        found = folder / "reports" / "FY2015Q1"
        reports.append(
            {
                path.relative_to(found).as_posix(): path.read_bytes()
                for path in sorted(found.rglob("*"))
                if path.is_file()
            }
        )
    assert reports[0] == reports[1]


def test_internal_has_every_number(tmp_path):
    """quality.write, for internal/, leaves nothing out."""
    project = load(SHIPPED)
    found, period = records.survey(project), project.calendar.parse("FY2015Q1")
    quality.write(project, found, period, tmp_path)
    frame = pd.read_csv(tmp_path / "quality.csv", dtype={"indicator": str} | dict.fromkeys(quality.NUMBERS, "Int64"))
    pd.testing.assert_frame_equal(frame, quality.told(project, found, period), check_dtype=False)


def test_rows_read_are_used_or_held_back(tmp_path):
    """Read = used + held back, of each file of a table that is about nobody; of the others it says where that is."""
    folder = copied(tmp_path / "data")
    with (folder / "records" / "events.csv").open("a", encoding="utf-8") as file:
        file.write("EV9001,soon,AwarenessRaising,Communities,KG-GB,ORG01\n")
    evaluation = evaluate("FY2015Q1", folder)
    table = tables.tally(evaluation)
    assert ("Events", "records/events.csv", "1,058", "1,057", "1") in table.rows
    assert (evaluation.tally["read"] == evaluation.tally["used"] + evaluation.tally["held_back"]).all()
    assert not [
        row for row in table.rows if row[0] in ("People identified", "Services", "Attendance", "Hotline consultations")
    ]
    assert "People identified" in table.notes[0] and table.notes[0].endswith("is in internal/.")


# The caveat goes wherever the indicator is told, and only there.


def sections(html):
    """A page's parts, from each heading to the next; list items on their own."""
    return re.split(r"(?=<h[1-3]\b)|(?=<li>)", html)


def missing_caveats(html, caveats):
    """(code, part) for each part of a page that tells a failed indicator's number without its caveat."""
    html = unescape(html)
    for part in sections(html):
        for code, words in caveats.items():
            if f'title="indicator {code}, ' in part and words not in part:
                yield code, part[:200]
    for table in re.findall(r"<table>.*?</table>(?:<p class=\"note\">.*?</p>)*", html, re.DOTALL):
        for code, words in caveats.items():
            rows = re.findall(rf'<th scope="row">({re.escape(code)} [^<]*)</th>', table)
            if (
                rows
                and "Validity</th>" not in table
                and "Evidence</th>" not in table
                and not (all(row.endswith(" †") for row in rows) and words in table)
            ):
                yield code, table[:200]


def without_breakdowns(html):
    """The list items of an indicator's breakdowns belong to its section, which has the caveat."""
    return html.replace("<li>By ", "<p>By ")


def test_every_page_tells_the_caveat_with_the_number(made, evaluation):
    """In every page of a report, wherever a number of a failed indicator stands, its caveat stands; figures and files have it as well."""
    names = {sheet.code: sheet.name for sheet in evaluation.project.sheets}
    assert len(evaluation.caveats) >= 4
    for page in ("evaluation", "prevention", "protection", "data-quality"):
        html = (made / f"{page}.html").read_text(encoding="utf-8")
        assert list(missing_caveats(without_breakdowns(html), evaluation.caveats)) == []
        alts = [unescape(alt) for alt in re.findall(r'<img[^>]*\balt="([^"]*)"', html)]
        captions = re.findall(
            r"<caption>(.*?)</caption>.*?</table>((?:<p class=\"note\">.*?</p>)*)", unescape(html), re.DOTALL
        )
        for code, words in evaluation.caveats.items():
            assert all(words in alt for alt in alts if names[code] in alt), (page, code)
            assert all(words in notes for caption, notes in captions if caption.startswith(f"{names[code]} by ")), (
                page,
                code,
            )
    assert list(
        missing_caveats('<li><data value="1" title="indicator 1.3, period">1</data></li>', evaluation.caveats)
    )  # it can fail


def test_every_file_tells_the_caveat_with_the_number(made, evaluation):
    """indicators.csv, tracking.csv, history.csv and the data of every figure have the caveat in each row of a failed indicator, and in no other."""
    paths = [made / f"{name}.csv" for name in ("indicators", "tracking", "history")] + sorted(
        (made / "figures").glob("*.csv")
    )
    assert len(paths) > 15
    for path in paths:
        frame = pd.read_csv(path, dtype={"indicator": str}, keep_default_na=False)
        codes = frame["indicator"] if "indicator" in frame else [path.stem.split("-")[0]] * len(frame)
        assert frame["caveat"].tolist() == [evaluation.caveats.get(code, "") for code in codes], path.name


def test_every_notebook_tells_the_caveat(made, evaluation):
    """The executed notebooks hold the same texts as the pages, in HTML and in plain words."""
    for name in ("evaluation", "prevention", "protection"):
        outputs = [
            output["data"]
            for cell in json.loads((made / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
            for output in cell.get("outputs", ())
            if "data" in output
        ]
        for kind in ("text/html", "text/plain"):
            text = unescape("\n".join("".join(data[kind]) for data in outputs if kind in data))
            told = [words for code, words in evaluation.caveats.items() if f"{code} " in text]
            assert told and all(words in text for words in told)


def test_evaluators_see_the_caveat(evaluation):
    """The frames of an evaluator have it as a column; what is Protected is as the gate left it."""
    frame = evaluation.by("1.3", "sex")
    assert set(frame["caveat"]) == {evaluation.caveats["1.3"]} and set(evaluation.by("1.1")["caveat"]) == {""}
    assert "caveat" not in evaluation.protected_values.values


def test_mended_data_lose_the_caveat(tmp_path):
    """The late questionnaires sent in time: nothing tells a caveat of theirs any more, and nothing else has changed."""
    folder = copied(tmp_path / "data")
    before = evaluate("FY2015Q1", folder)
    assert set(before.caveats) > {"1.4", "1.5"} and "timeliness" in before.caveats["1.4"]
    text = (folder / "deliveries.csv").read_text(encoding="utf-8")
    [line] = re.findall(r"records/questionnaires.csv,IOM,FY2015Q1,.*", text)
    (folder / "deliveries.csv").write_text(
        text.replace(line, "records/questionnaires.csv,IOM,FY2015Q1,2015-01-20"), encoding="utf-8"
    )
    after = evaluate("FY2015Q1", folder)
    assert set(after.caveats) == set(before.caveats) - {"1.4", "1.5"}
    for name, told in everything(after).items():
        assert "standard of timeliness" not in told, name
    pd.testing.assert_frame_equal(after.protected_values.values, before.protected_values.values)


def test_a_broken_standard_brings_the_caveat(tmp_path):
    """One standard stricter, and the headline, the progress, the section, the tables, the figures and the files of the indicator say so."""
    folder = copied(tmp_path / "data")
    _change(folder / "deliveries.csv", "records/events.csv,IOM,FY2015Q1,2015", "records/events.csv,IOM,FY2015Q1,2016")
    evaluation = evaluate("FY2015Q1", folder)
    words = evaluation.caveats["1.1"]
    assert "timeliness" in words
    told = {name: unescape(text) for name, text in everything(evaluation).items()}
    for name in (
        "headlines",
        "progress",
        "areas",
        "limits",
        "table tracking",
        "table published",
        "breakdowns prevention",
        "chart headlines",
        "chart progress",
        "chart prevention-quarters",
        "chart 1.1-oblast",
        "values",
        "tracking",
        "history",
    ):
        assert words in told[name], name
    for name in ("headlines", "progress", "areas"):
        assert list(missing_caveats(without_breakdowns(told[name]), {"1.1": words})) == []


def test_the_values_file_says_it_before_its_last_column(tmp_path, evaluation):
    """The caveat is a column of its own, and the last column still says that the records are synthetic."""
    files.write(evaluation, [], tmp_path)
    with (tmp_path / "indicators.csv").open(encoding="utf-8") as file:
        assert next(csv.reader(file))[-2:] == ["caveat", "records"]


def test_people_who_cannot_be_matched_are_a_limit(evaluation, tmp_path):
    """The sentence of judgements/same-people.toml stands among what the data cannot say; without it, it does not."""
    sentence = next(judged.unmatchable for judged in evaluation.project.same_people)
    assert sentence in narrative.limits(evaluation).plain
    folder = copied(tmp_path / "data")
    (folder / "judgements" / "same-people.toml").unlink()
    assert sentence not in narrative.limits(evaluate("FY2015Q1", folder)).plain


def test_the_narrative_says_what_was_asked_and_found(evaluation):
    """Each standard with its threshold, who did not meet it, and that nobody agreed the thresholds."""
    words = narrative.quality(evaluation).plain
    assert (
        "Precision: in each breakdown, at most 10 per cent of the rows that count are not recorded." in words
        and "Not met: 1.3." in words
    )
    assert (
        "Timeliness: records are sent within 30 days after their period's end" in words
        and "Not met: 1.4, 1.5." in words
    )
    assert evaluation.project.quality.note in words


def test_verdicts_are_tabled_for_every_indicator_and_standard(evaluation):
    """A row for each indicator, a column for each standard, and evidence with its numbers where the table is about nobody."""
    verdicts, evidence = tables.quality(evaluation).tables
    assert verdicts.header == ("Indicator", "Validity", "Integrity", "Precision", "Reliability", "Timeliness")
    assert len(verdicts.rows) == len(evaluation.project.sheets) and {
        cell for row in verdicts.rows for cell in row[1:]
    } == {MET, NOT_MET, UNKNOWN}
    assert {row[0].split()[0] for row in evidence.rows} == {"1.1", "1.6", "3.1", "3.2", "3.4", "3.5", "4.1"}
    assert (
        "1.1 Awareness-raising events held",
        "validity",
        "met",
        "Rows: 138; held back: 0; implausible: 0. In per cent: 0.0, at most 2.",
    ) in evidence.rows


def test_no_clock_decides():
    """The same records and period give the same verdicts whenever they are asked for; the day of sending stands in a file."""
    project = load(SHIPPED)
    found, period = records.survey(project), project.calendar.parse("FY2014")
    pd.testing.assert_frame_equal(quality.assess(project, found, period), quality.assess(project, found, period))
    assert min(delivery.sent for delivery in project.deliveries) > date(2011, 12, 31)
