"""Nobody is in the outputs: identifiers are refused or stay in `records`, rows without consent are not used, and no letter makes a new category or person."""

import csv
import json
import zipfile

import openpyxl
import pytest

from ctanalysis import Refused, indicators, quality, records
from ctanalysis.base.spelling import cleaned
from ctanalysis.evaluation import windows
from ctanalysis.intake import datacheck
from ctanalysis.project import load
from ctanalysis.records import HELD_BACK, LOOK, NO_CONSENT, REPAIRED
from tests.generators.wrong import SHIPPED, TOKEN, Wrong, copied, described, field_of, replaced, written

PACKAGE = "datapackage.json"
WHY = "Only by it can one person under two codes be found."
NAME = {"name": "alias", "type": "string", "title": "alias", "identifying": True, "identifyingBecause": WHY}
BORN = {"name": "born_on", "type": "date", "title": "born on", "identifying": True, "identifyingBecause": WHY}


def with_fields(table, *fields):
    """The fields put into a table's description."""
    return described(table, lambda resource: resource["schema"]["fields"].extend(dict(field) for field in fields))


def marked(table, name, **more):
    """A field of a table with other keys as well."""
    return described(
        table, lambda resource: field_of(resource, name).update({"identifying": True, "identifyingBecause": WHY} | more)
    )


def consenting(table, **consent):
    return described(table, lambda resource: resource.update(consent=consent))


def all_of(*changes):
    """Several changes as one."""

    def change(folder):
        for one in changes:
            one(folder)

    return change


def in_sheet(file, old, new):
    """A text in a sheet replaced, which then may name an identifying field of victims."""
    return all_of(
        with_fields("victims", NAME, BORN, dict(NAME, name="number", title="number", type="number")),
        replaced(f"indicators/{file}", old, new),
    )


def without_reason(field):
    return {key: value for key, value in field.items() if key != "identifyingBecause"}


def unmarked(field):
    return {key: value for key, value in field.items() if not key.startswith("identifying")}


WAYS_OUT = ("records/victims.csv", "Take its column out", '"ignoredColumns"', '"identifyingBecause": "..."')
ASSISTED, IDENTIFIED, SERVICES = (
    "2.2-victims-assisted.toml",
    "2.1-victims-identified.toml",
    "2.5-services-delivered.toml",
)
GAP = '\n[[gap]]\ntable = "services"\nfield = "date"\nby = "alias"\nreason = "."\n'
CORRECTION = '[[correction]]\ntable = "victims"\nkey = "P0001"\nfield = "{}"\nexpect = "{}"\nvalue = "{}"\nreason = "."\nrole = "."\ndate = 2015-01-10\n'


def appended(file, text):
    return lambda folder: (folder / file).write_text(
        (folder / file).read_text(encoding="utf-8") + text, encoding="utf-8"
    )


IDENTIFIERS = {
    "an identifying field without a reason": Wrong(
        with_fields("victims", without_reason(NAME)), (PACKAGE, "'victims'", "'alias' is marked identifying", *WAYS_OUT)
    ),
    "an identifying field of a table about nobody": Wrong(
        marked("organisations", "name", identifyingBecause=None),
        (PACKAGE, "'organisations'", "'name' is marked identifying", "records/organisations.csv"),
    ),
    "a reason that is empty": Wrong(
        with_fields("victims", dict(NAME, identifyingBecause=" ")), (PACKAGE, "alias", "must say in a sentence why")
    ),
    "a reason of what is not marked": Wrong(
        with_fields("victims", dict(NAME, identifying=False)), (PACKAGE, "alias", "not marked identifying")
    ),
    "an identifier for a key": Wrong(
        marked("victims", "person_id"), (PACKAGE, "'victims'", "'person_id'", "code made for the project")
    ),
    "an identifier for the key of a table about nobody": Wrong(
        marked("events", "event_id"), (PACKAGE, "'events'", "'event_id'", "code made for the project")
    ),
    "an identifier that refers to a table": Wrong(
        marked("services", "organisation_id"), (PACKAGE, "'services'", "'organisation_id'", "code made for the project")
    ),
    "an identifier that people are known by": Wrong(
        all_of(described("services", lambda t: t["schema"]["foreignKeys"].pop(0)), marked("services", "person_id")),
        (PACKAGE, "'services'", "'person_id'", "code made for the project"),
    ),
    "an identifier that is a closed list": Wrong(
        marked("victims", "sex"), (PACKAGE, "'victims'", "'sex'", "closed list")
    ),
    "an identifier that is an enum": Wrong(
        with_fields("victims", dict(NAME, constraints={"enum": ["a", "b"]})),
        (PACKAGE, "'victims'", "'alias'", "closed list"),
    ),
    "a free text about people": Wrong(
        with_fields("victims", unmarked(NAME)),
        (PACKAGE, "'victims'", "'alias' is a free text", "Give it categories", *WAYS_OUT),
    ),
    "a free text that is sensitive": Wrong(
        with_fields("victims", unmarked(NAME) | {"sensitive": True}), (PACKAGE, "'victims'", "'alias' is a free text")
    ),
    "a free text in a table that refers to people": Wrong(
        with_fields("services", unmarked(NAME)),
        (PACKAGE, "'services'", "'alias' is a free text", "records/services.csv"),
    ),
    "a birth date": Wrong(
        with_fields("victims", unmarked(BORN)),
        (PACKAGE, "'victims'", "'born_on' is a birth date", "age group", *WAYS_OUT),
    ),
    "a sheet with a condition on it": Wrong(
        in_sheet(IDENTIFIED, "where = {", "where = { alias = { present = true },"),
        (IDENTIFIED, "'alias'", "'victims'", "never leaves the records"),
    ),
    "a sheet with a condition on it from afar": Wrong(
        in_sheet(ASSISTED, "where = {", "where = { alias = { present = true },"),
        (ASSISTED, "'alias'", "'victims'", "never leaves the records"),
    ),
    "a sheet broken down by it": Wrong(
        in_sheet(ASSISTED, '"oblast"', '"alias"'), (ASSISTED, "'alias'", "'victims'", "never leaves the records")
    ),
    "a sheet that counts people by it": Wrong(
        in_sheet(ASSISTED, 'person = "person_id"', 'person = "alias"'),
        (ASSISTED, "'alias'", "'victims'", "never leaves the records"),
    ),
    "a sheet dated by it": Wrong(
        in_sheet(IDENTIFIED, 'date = "date_identified"', 'date = "born_on"'),
        (IDENTIFIED, "'born_on'", "'victims'", "never leaves the records"),
    ),
    "a sheet that adds it up": Wrong(
        in_sheet(SERVICES, 'measure = "count"', 'measure = "sum"\ncolumn = "number"'),
        (SERVICES, "'number'", "'victims'", "never leaves the records"),
    ),
    "a share that chooses by it": Wrong(
        in_sheet("2.6-plans-completed.toml", "where = { outcome", "where = { alias = { present = true }, outcome"),
        ("2.6", "'alias'", "'victims'", "never leaves the records"),
    ),
    "a gap that is told by it": Wrong(
        all_of(with_fields("victims", NAME), appended("rules.toml", GAP)), ("rules.toml", "'alias'", "no gap is told")
    ),
    "a correction that writes it down": Wrong(
        all_of(
            with_fields("victims", NAME),
            written("judgements/corrections.toml", CORRECTION.format("alias", TOKEN, TOKEN)),
        ),
        ("corrections.toml", "'alias'", "must not be written"),
    ),
}
IDENTIFIERS |= {
    f"a birth date called {title}": Wrong(
        with_fields("victims", {"name": "day", "type": "date"} | heading),
        (PACKAGE, "'victims'", "'day' is a birth date"),
    )
    for title, heading in {
        "Birthday": {"title": "Birthday"},
        "born": {"title": "Person was BORN on"},
        "DOB": {"title": "client_DOB"},
        "дата рождения": {"title": "day", "translations": {"ru": "Дата рождения"}},
        "туулган": {"title": "day", "translations": {"ky": "Туулган күнү"}},
        "таваллуд": {"title": "day", "alternatives": ["рӯзи таваллуд"]},
    }.items()
}
CONSENTS = {
    "no such field": Wrong(
        consenting("victims", field="agreed", value=True), (PACKAGE, "'victims'", "'agreed'", "no field")
    ),
    "a date": Wrong(
        consenting("victims", field="date_identified", value=True),
        (PACKAGE, "'victims'", "'date_identified'", "boolean field or one with categories"),
    ),
    "an identifier": Wrong(
        all_of(with_fields("victims", dict(NAME, type="boolean")), consenting("victims", field="alias", value=True)),
        (PACKAGE, "'victims'", "'alias'", "boolean field or one with categories"),
    ),
    "no category": Wrong(
        consenting("victims", field="status", value="yes"), (PACKAGE, "'victims'", "'status'", "no category")
    ),
    "true of categories": Wrong(
        consenting("victims", field="status", value=True), (PACKAGE, "'victims'", "'status'", "no category")
    ),
    "yes of a boolean": Wrong(
        consenting("questionnaires", field="aware_before", value="yes"),
        (PACKAGE, "'questionnaires'", "'aware_before'", "true or false"),
    ),
    "a number": Wrong(consenting("questionnaires", field="aware_before", value=1), (PACKAGE, "consent")),
    "without its value": Wrong(consenting("questionnaires", field="aware_before"), (PACKAGE, "value")),
    "of a class that protects nobody": Wrong(
        consenting("assessments", field="improved", value=True), (PACKAGE, "'assessments'", "'open' protects nobody")
    ),
}


@pytest.mark.parametrize("wrong", [pytest.param(wrong, id=name) for name, wrong in (IDENTIFIERS | CONSENTS).items()])
def test_it_is_refused_in_a_sentence(tmp_path, wrong):
    """File, table, field and what to do, before a record is read."""
    with pytest.raises(Refused) as refusal:
        load(copied(tmp_path / "p", wrong.change))
    assert [name for name in wrong.names if name not in str(refusal.value)] == []
    assert TOKEN not in str(refusal.value)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(with_fields("victims", NAME, BORN), id="with a reason"),
        pytest.param(
            with_fields("victims", dict(unmarked(NAME), categories=[{"value": "a", "label": "a"}])), id="a closed list"
        ),
        pytest.param(with_fields("victims", dict(unmarked(NAME), constraints={"enum": ["a", "b"]})), id="an enum"),
        pytest.param(
            with_fields("victims", {"name": "birth_year", "type": "integer", "title": "year of birth"}),
            id="a birth year",
        ),
        pytest.param(with_fields("events", unmarked(NAME)), id="a text about an event"),
        pytest.param(with_fields("premises", unmarked(BORN)), id="a date about premises"),
        pytest.param(
            consenting("victims", field="status", value="ActualVictimOfTrafficking"), id="consent as a category"
        ),
        pytest.param(lambda folder: None, id="as it is shipped"),
    ],
)
def test_what_is_no_identifier_or_has_a_reason_is_read(tmp_path, change):
    """The rules refuse no more than they mean."""
    assert load(copied(tmp_path / "p", change))


# It is read and checked, and stays where it is read.


def rewritten(folder, table, edit):
    """A table's rows, dicts by column, as edit(number, row) gives them; a row that it gives as None is taken out."""
    path = folder / f"records/{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [edited for number, row in enumerate(csv.DictReader(file), 2) if (edited := edit(number, row))]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


SAME = f'[[people]]\ntable = "victims"\nmatch = ["alias", "born_on"]\nreason = "{WHY}"\nrole = "."\ndate = 2015-01-10\n'
ORDER = '\n[[order]]\ntable = "victims"\nfirst = "born_on"\nthen = "date_identified"\nreason = "nobody is met before birth"\n'
UNBORN, NO_DAY, LATE = (
    12,
    13,
    14,
)  # rows of victims: no day of birth that there is, no day at all, born after they were met


def canary(number):
    """What identifies the person in a row: nobody else has it but the person of rows 20 and 21."""
    return f"Qxnm{20 if number == 21 else number:03}"


def named(folder):
    """The shipped project with an alias and a birth date of each victim, each a canary, and with mistakes in four of them."""

    def edit(number, row):
        born = f"19{number % 50 + 40}-03-{number % 27 + 1:02}" if number != 21 else "1960-03-21"
        wrong = {UNBORN: "1990-02-30", NO_DAY: TOKEN, LATE: "2016-01-01", 20: "1960-03-21"}
        more = {"sex": TOKEN} if number == 30 else {}
        return row | more | {"alias": canary(number), "born_on": wrong.get(number, born)}

    rewritten(folder, "victims", edit)
    with_fields("victims", NAME, BORN)(folder)
    written("judgements/same-people.toml", SAME)(folder)
    appended("rules.toml", ORDER)(folder)


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """The project with identifiers, its Records, and the folder that a check wrote."""
    place = tmp_path_factory.mktemp("named")
    project = load(copied(place / "p", named))
    return project, datacheck.check(project, place / "check"), place / "check"


def test_identifiers_are_checked_like_all_fields(checked):
    """Types, an order of days and the matching of people under two codes look at them."""
    _, found, _ = checked
    of = {(finding.rule, finding.field, finding.rows) for finding in found.findings if finding.table == "victims"}
    assert {
        ("type", "born_on", (UNBORN,)),
        ("type", "born_on", (NO_DAY,)),
        ("order", "date_identified", (LATE,)),
        ("same person", "person_id", (20, 21)),
    } <= of
    assert {finding.severity for finding in found.findings if finding.rule == "same person"} == {LOOK}


def test_no_frame_has_them(checked):
    """Neither of used rows nor of those held back; the other fields are all there, and nothing that is told depends on them."""
    project, found, _ = checked
    assert project.package.private_fields()["victims"] == {"person_id", "alias", "born_on"}
    for frames in (found.frames, found.held):
        assert list(frames["victims"]) == [
            name for name in project.package.tables["victims"].fields if name not in ("alias", "born_on")
        ]
        assert not any(
            value.startswith("Qxnm")
            for frame in frames.values()
            for name in frame
            for value in frame[name].dropna().astype(str)
        )
    assert len(found["victims"]) + len(found.held["victims"]) == len(found.places["victims"]) == 230
    period = project.calendar.parse("FY2015Q1")
    assert len(indicators.calculate(project, found, windows(project, period))) and len(
        quality.told(project, found, period)
    )


def every_byte(folder):
    """What is in every file, those inside workbooks too."""
    for path in (path for path in folder.rglob("*") if path.is_file()):
        yield path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as parts:
                yield from (parts.read(name) for name in parts.namelist())


def test_nobody_is_in_what_a_check_says_and_writes(checked):
    """No code of a person, no alias and no birth date: on the screen, in any byte of the files, in the Records as they show themselves."""
    project, found, folder = checked
    private = (
        {canary(number) for number in range(2, 232)}
        | {TOKEN, "1990-02-30", "2016-01-01", "1960-03-21"}
        | set(found["victims"]["person_id"])
    )
    told = "\n".join(
        [datacheck.summary(found), datacheck.said(found, 10**6), repr(found), str(found.findings), repr(project.rules)]
    ).encode() + b"\n".join(every_byte(folder))
    assert b"born_on" in told
    assert [text for text in private if text.encode() in told] == []


def test_nobody_is_in_what_a_refusal_says(tmp_path):
    """A correction that no longer matches; a table without a row that can be used."""

    def spoilt(folder):
        named(folder)
        written("judgements/corrections.toml", CORRECTION.format("sex", "F", "M"))(folder)
        rewritten(
            folder,
            "victims",
            lambda number, row: (
                row | {"sex": "M" if row["person_id"] == "P0001" else row["sex"], "date_identified": TOKEN}
            ),
        )

    folder = copied(tmp_path / "p", spoilt)
    said = []
    with pytest.raises(Refused) as refusal:
        records.read(load(folder))
    said.append(str(refusal.value))
    (folder / "judgements/corrections.toml").write_text("", encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        records.read(load(folder))
    said.append(str(refusal.value))
    assert "no longer holds what was expected" in said[0] and "none of the table's rows can be used" in said[1]
    assert not any(secret in text for text in said for secret in (TOKEN, "Qxnm", "P0001", "1960-03-21"))


# Consent.

FEW = ("P0003", "P0010", "P0042", "P0100", "P0149")
SILENT = ("P0007", "P0120")  # of whom nothing is written


def asked(folder, kind="boolean"):
    """The shipped project with consent recorded of every victim: most agreed, FEW did not, of SILENT nothing is known."""
    words = {"boolean": ("true", "false"), "string": ("yes", "no")}[kind]

    def edit(_, row):
        return row | {"consent": "" if row["person_id"] in SILENT else words[row["person_id"] in FEW]}

    rewritten(folder, "victims", edit)
    choices = (
        {"categories": [{"value": "yes", "label": "agreed"}, {"value": "no", "label": "did not agree"}]}
        if kind == "string"
        else {}
    )
    with_fields("victims", {"name": "consent", "type": kind, "title": "agreed to statistical use"} | choices)(folder)
    consenting("victims", field="consent", value=True if kind == "boolean" else "yes")(folder)


def without_them(folder):
    """The same with nothing in it of those who did not agree."""
    asked(folder)
    for table in ("victims", "services", "returns", "plans", "follow_ups", "referrals"):
        rewritten(folder, table, lambda _, row: None if row["person_id"] in FEW + SILENT else row)


@pytest.fixture(scope="module", params=["boolean", "string"])
def surveyed(request, tmp_path_factory):
    """The project with consent, its Records, and the folder that a check wrote."""
    place = tmp_path_factory.mktemp("asked")
    project = load(copied(place / "p", lambda folder: asked(folder, request.param)))
    return project, datacheck.check(project, place / "check"), place / "check"


def rows_about(table, people):
    with (SHIPPED / f"records/{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(number for number, row in enumerate(csv.DictReader(file), 2) if row["person_id"] in people)


ABOUT_PEOPLE = ("victims", "services", "returns", "plans", "follow_ups", "referrals")


def test_rows_without_consent_are_held_back_with_all_that_is_about_the_same_people(surveyed):
    """A no and a silence alike; one finding a table, which names rows and no value."""
    project, found, _ = surveyed
    for table in ABOUT_PEOPLE:
        rows = rows_about(table, FEW + SILENT)
        findings = [finding for finding in found.findings if finding.table == table]
        assert [
            (finding.rule, finding.severity, finding.rows) for finding in findings if finding.severity == HELD_BACK
        ] == ([(NO_CONSENT, HELD_BACK, rows)] if rows else [])
        assert not set(found[table]["person_id"]) & {*FEW, *SILENT} and len(found[table]) + len(rows) == len(
            found.places[table]
        )
    [finding] = [finding for finding in found.findings if finding.table == "victims"]
    assert (
        "statistical use" in str(finding)
        and "Nothing, where they did not agree" in finding.do
        and "true" not in finding.says
        and "did not agree" not in finding.says
    )


def test_they_are_counted_in_internal_alone(surveyed):
    """tally.csv balances, findings.csv names the rows; the copies to be sent back have none of them."""
    _, found, folder = surveyed
    with (folder / "tally.csv").open(encoding="utf-8-sig", newline="") as file:
        tally = {row["table"]: row for row in csv.DictReader(file)}
    with (folder / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        named = [(row["table"], int(row["row"])) for row in csv.DictReader(file) if row["rule"] == NO_CONSENT]
    assert named == [(table, row) for table in ABOUT_PEOPLE for row in rows_about(table, FEW + SILENT)]
    assert [int(tally["victims"][name]) for name in ("read", "used", "held_back")] == [230, 223, 7]
    for table in ("victims", "services"):
        sheet = openpyxl.load_workbook(folder / f"send-back/{table}.xlsx").worksheets[1]
        filled = {cell.row for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert 1 in filled and not filled & set(rows_about(table, FEW + SILENT))


def test_nothing_of_them_leaves_records(surveyed):
    """Their rows have a place and no content in the frames of what is held back."""
    _, found, _ = surveyed
    for table in ABOUT_PEOPLE:
        assert len(found.held[table]) == len(rows_about(table, FEW + SILENT)) and found.held[table].isna().all(
            axis=None
        )


def test_what_is_told_is_what_would_be_told_had_they_never_been_written_down(surveyed, tmp_path):
    """Every value of every sheet and every standard of quality, with its evidence: how many did not agree can be read off nothing."""
    project, found, _ = surveyed
    other = load(copied(tmp_path / "p", without_them))
    read = records.read(other)
    assert len(read["victims"]) == 223 and not [finding for finding in read.findings if finding.severity == HELD_BACK]
    for label in ("FY2015Q1", "FY2014", "FY2012Q2"):
        period = project.calendar.parse(label)
        spans = windows(project, period)
        assert indicators.with_people(project, found, spans).equals(indicators.with_people(other, read, spans))
        assert quality.assess(project, found, period).equals(quality.assess(other, read, period))
        assert quality.told(project, found, period).equals(quality.told(other, read, period))
    assert quality.tally(project, found).equals(quality.tally(other, read))


def test_a_fault_in_such_a_row_changes_nothing(tmp_path):
    """A row with another mistake is still without consent, and so is what refers to it; a wrong word is no consent."""

    def change(folder):
        asked(folder)
        wrong = {FEW[0]: {"sex": TOKEN}, FEW[1]: {"consent": TOKEN}}
        rewritten(folder, "victims", lambda _, row: row | wrong.get(row["person_id"], {}))

    found = records.survey(load(copied(tmp_path / "p", change)))
    rules = {(finding.rule, finding.rows) for finding in found.findings if finding.table == "victims"}
    assert rules == {
        ("category", rows_about("victims", FEW[:1])),
        ("type", rows_about("victims", FEW[1:2])),
        (NO_CONSENT, rows_about("victims", FEW + SILENT)),
    }
    assert {
        finding.rule for finding in found.findings if finding.table == "services" and finding.severity == HELD_BACK
    } == {NO_CONSENT}
    assert TOKEN not in str(found.findings)


def test_consent_that_is_withdrawn_on_the_record(tmp_path):
    """A correction to 'no' is no mistake of the correction: the person and all that was done for them go."""
    change = all_of(asked, written("judgements/corrections.toml", CORRECTION.format("consent", "true", "false")))
    found = records.survey(load(copied(tmp_path / "p", change)))
    [finding] = [finding for finding in found.findings if finding.table == "victims"]
    assert finding.rows == rows_about("victims", ("P0001", *FEW, *SILENT)) and "P0001" not in set(
        found["services"]["person_id"]
    )


def test_what_is_held_back_for_a_grandparents_consent(tmp_path):
    """The rows that refer to such a row are without consent to those that refer to them."""

    def change(folder):
        asked(folder)
        resource = {
            "name": "visits",
            "path": "records/visits.csv",
            "title": "Visits",
            "disclosure": "victims",
            "schema": {
                "fields": [
                    {"name": name, "type": "string", "title": name, "constraints": {"required": True} | unique}
                    for name, unique in (("visit_id", {"unique": True}), ("service_id", {}), ("person_id", {}))
                ],
                "primaryKey": ["visit_id"],
                "foreignKeys": [
                    {"fields": ["service_id"], "reference": {"resource": "services", "fields": ["service_id"]}}
                ],
            },
        }
        package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
        package["resources"].append(resource)
        (folder / PACKAGE).write_text(json.dumps(package), encoding="utf-8")
        with (folder / "records/services.csv").open(encoding="utf-8", newline="") as file:
            ids = [f"{row['service_id']},{row['person_id']}" for row in csv.DictReader(file)]
        (folder / "records/visits.csv").write_text(
            "visit_id,service_id,person_id\n" + "".join(f"V{number},{one}\n" for number, one in enumerate(ids)),
            encoding="utf-8",
        )

    found = records.survey(load(copied(tmp_path / "p", change)))
    [finding] = [finding for finding in found.findings if finding.table == "visits"]
    assert (finding.rule, finding.rows) == (NO_CONSENT, rows_about("services", FEW + SILENT))


# A letter of another alphabet makes nobody and nothing new. How spellings settle is in test_spelling.py.

CYRILLIC, LATIN = "АВЕКМНОРСТХаеорсху", "ABEKMHOPCTXaeopcxy"
LIKE = dict(zip(CYRILLIC + LATIN, LATIN + CYRILLIC))


def disguised(word):
    """The word with its first letter that has a look-alike in the other alphabet written with that, or None."""
    place = next((place for place, sign in enumerate(word) if sign in LIKE), None)
    return None if place is None else word[:place] + LIKE[word[place]] + word[place + 1 :]


def test_a_letter_that_looks_alike_makes_no_category(tmp_path):
    """Every category of every table in every spelling: repaired to the category it was, and noted; one that is none is held back."""
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
        with (folder / "records/victims.csv").open("w", encoding="utf-8", newline="") as file:
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
    """A Cyrillic Р in a code: beside the same code in Latin both rows are held back, and a service finds the person it was given to."""

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
