"""Identifiers without a reason are refused in a sentence.

Those with one are read and checked, and stay in `records`.
"""

import pytest

from ctanalysis import Refused, indicators, quality, records
from ctanalysis.indicators.horizons import windows
from ctanalysis.intake import datacheck
from ctanalysis.project import load
from ctanalysis.records import LOOK
from tests.generators.wrong import TOKEN, Wrong, copied, described, written
from tests.records.identifying import (
    BORN,
    CORRECTION,
    NAME,
    PACKAGE,
    WHY,
    all_of,
    appended,
    consenting,
    every_byte,
    in_sheet,
    marked,
    rewritten,
    with_fields,
    without_reason,
)


def unmarked(field):
    return {key: value for key, value in field.items() if not key.startswith("identifying")}


WAYS_OUT = ("records/victims and", "Take its column out", '"ignoredColumns"', '"identifyingBecause": "..."')
ASSISTED, IDENTIFIED, SERVICES = (
    "2.2-victims-assisted.toml",
    "2.1-victims-identified.toml",
    "2.5-services-delivered.toml",
)
GAP = '\n[[gap]]\ntable = "services"\nfield = "date"\nby = "alias"\nreason = "."\n'


IDENTIFIERS = {
    "an identifying field without a reason": Wrong(
        with_fields("victims", without_reason(NAME)), (PACKAGE, "'victims'", "'alias' is marked identifying", *WAYS_OUT)
    ),
    "an identifying field of a table about nobody": Wrong(
        marked("organisations", "name", identifyingBecause=None),
        (PACKAGE, "'organisations'", "'name' is marked identifying", "records/organisations"),
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
        (PACKAGE, "'services'", "'alias' is a free text", "records/services"),
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


SAME = f'[[people]]\ntable = "victims"\nmatch = ["alias", "born_on"]\nreason = "{WHY}"\nrole = "."\ndate = 2015-01-10\n'
ORDER = (
    '\n[[order]]\ntable = "victims"\nfirst = "born_on"\nthen = "date_identified"\n'
    'reason = "nobody is met before birth"\n'
)
UNBORN, NO_DAY, LATE = (
    12,
    13,
    14,
)  # rows of victims: no day of birth that there is, no day at all, born after they were met


def canary(number):
    """What identifies the person in a row: nobody else has it but the person of rows 20 and 21."""
    return f"Qxnm{20 if number == 21 else number:03}"


def named(folder):
    """The shipped project with an alias and a birth date of each victim, each a canary,
    and with mistakes in four of them.
    """

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
    """Neither of used rows nor of those held back.

    The other fields are all there, and nothing that is told depends on them.
    """
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
        quality.verdicts(project, found, period)
    )


def test_nobody_is_in_what_a_check_says_and_writes(checked):
    """No code of a person, no alias and no birth date: on the screen, in any byte of the files,
    in the Records as they show themselves.
    """
    project, found, folder = checked
    private = (
        {canary(number) for number in range(2, 232)}
        | {TOKEN, "1990-02-30", "2016-01-01", "1960-03-21"}
        | set(found["victims"]["person_id"])
    )
    told = "\n".join(
        [
            datacheck.summary(found),
            datacheck.details(found, 10**6),
            repr(found),
            str(found.findings),
            repr(project.rules),
        ]
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
