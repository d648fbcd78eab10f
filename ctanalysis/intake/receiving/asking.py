"""What is asked before a file is taken in: who sent it, and of which period."""

from collections.abc import Sequence
from datetime import date

from babel.lists import format_list

from ctanalysis.base.errors import Refused
from ctanalysis.base.spelling import skeleton
from ctanalysis.intake.datacheck import details
from ctanalysis.intake.datacheck.screen import visible
from ctanalysis.intake.receiving import saying
from ctanalysis.intake.receiving.request import Request
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.project.descriptor import Table
from ctanalysis.records import Records, spelt_partners
from ctanalysis.records.consistency import AFTER_SENDING
from ctanalysis.records.spelt_partners import lists_partners

SENT_BY = "deliveries.csv"
NEARLY = "PARTNER is nearly '{word}' of {place}; a capital, blank or letter differs. Write it so. Nothing was changed."
WRONG_THERE = (
    "PARTNER is right, and deliveries.csv has '{sent}', where {title} has '{partner}': spelt in two ways, one partner "
    "would be two. Write '{partner}' into deliveries.csv first, and run this again. Nothing was changed."
)
UNKNOWN = (
    "PARTNER: {partner} is neither in {titles} nor in deliveries.csv. Is it spelt right? Where it is a new partner, "
    "add its row to that table first, and run this again. Nothing was changed."
)
HALF_CONVERTED = "The days of column {column}{sheet} cannot be trusted: a spreadsheet has half converted them."


def check_partner(project: Project, records: Records, partner: str) -> None:
    """Refused: the partner is spelt otherwise than before; or a table of the project lists organisations' codes, and
    neither it nor deliveries.csv has this one. How that table spells it is right.
    """
    tables = listing(project, records)
    listed = of_tables(tables, partner, records)
    names = dict.fromkeys(one.partner for one in project.deliveries)
    sent = [name for name in names if skeleton(name) == skeleton(partner)]
    if listed and sent and partner not in sent:
        raise Refused(visible(WRONG_THERE.format(sent=sent[0], title=listed[0].title, partner=partner)))
    there = [(key, table) for table in tables for key in codes(records, table) if skeleton(key) == skeleton(partner)]
    spelt = [(key, f"{table.title} ({table.name})") for key, table in there] or [(one, SENT_BY) for one in sent]
    if spelt and partner not in {word for word, _ in spelt}:
        raise Refused(visible(NEARLY.format(word=spelt[0][0], place=spelt[0][1])))
    if tables and not listed and partner not in sent:
        titles = format_list([f"{table.title} ({table.name})" for table in tables], "or", locale="en")
        raise Refused(visible(UNKNOWN.format(partner=partner, titles=titles)))


def listing(project: Project, records: Records) -> list[Table]:
    """The tables that list organisations by their codes, as far as they have rows.

    A rule `gap` says by which field rows are a partner's, and that field refers to the table; or the code of a partner
    of deliveries.csv is a key of it.
    """
    tables = project.package.resources
    return [table for table in tables if (keys := codes(records, table)) and lists_partners(project, table, keys)]


def codes(records: Records, table: Table) -> set[str]:
    """The keys of a table's used rows, as far as it may list organisations."""
    return spelt_partners.codes(records.frames.get(table.name), table)


def of_tables(tables: list[Table], partner: str, records: Records) -> list[Table]:
    """Those of the tables that have a partner's code."""
    return [table for table in tables if partner in codes(records, table)]


def period(project: Project, records: Records, request: Request, place: str) -> Period:
    """The period that was named, or the one quarter in which all of the file's rows are dated.

    Refused: none can be told, or all days that count lie outside the one that was named.
    """
    calendar = project.calendar
    if request.period:
        named = calendar.delivered(request.period)
        _check_dated_in(project, records, named, place)
        return named
    days = [day for table in saying.tables_of(records, place) for day in saying.days_of(project, records, table, place)]
    quarters = sorted({calendar.containing(day.date(), "quarter").label for day in days})
    _check_sent_after(records, request, place, [day.date() for day in days])
    if len(quarters) == 1:
        return calendar.named(quarters[0])
    if quarters:
        raise Refused(f"{request.name}: its rows are dated in {', '.join(quarters)}. {_named(project, request)}")
    raise Refused(
        "\n".join([f"{request.name}: no row of it has a day. {_named(project, request)}", *_why(records, place)])
    )


def _check_sent_after(records: Records, request: Request, place: str, days: Sequence[date]) -> None:
    """Refused: all of the file's days are later than the one on which it was sent, held back for it or not."""
    held = any(one.rule == AFTER_SENDING.rule for one in records.findings if one.path == place)
    if min(days) > request.sent if days else held:
        raise Refused(
            f"{request.name}: its days are later than SENT={request.sent}. Correct SENT, or have the days corrected. "
            "Nothing was changed."
        )


def _named(project: Project, request: Request) -> str:
    last = project.calendar.previous(project.calendar.containing(request.sent, "quarter"))
    return f"Say which period was sent, as in PERIOD={last}."


def _why(records: Records, place: str) -> list[str]:
    """Why no row may have a day: the columns that a spreadsheet has altered, and all that was found in the file."""
    found = saying.of_path(records, place)
    bad = [one for one in found.findings if one.rule == "half converted"]
    columns = [
        HALF_CONVERTED.format(column=one.column, sheet=f" of sheet '{one.sheet}'" * bool(one.sheet)) for one in bad
    ]
    return [*map(visible, dict.fromkeys(columns)), *(["", details(found)] if found.findings else [])]


def _check_dated_in(project: Project, records: Records, named: Period, place: str) -> None:
    """Refused: days by which the file's rows are counted lie in other quarters only.

    A table of which each delivery has all rows anew, and one of what stands on a day, may have earlier days only.
    """
    days = {
        day.date()
        for table in saying.tables_of(records, place)
        if not project.package.tables[table].repeated
        for day in saying.counted_days_of(project, records, table, place)
    }
    if days and not any(named.start <= day <= named.end for day in days):
        quarters = sorted({project.calendar.containing(day, "quarter").label for day in days})
        raise Refused(f"All its days lie in {', '.join(quarters)}; PERIOD says {named}. Nothing was changed.")
