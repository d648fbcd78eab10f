"""What make check tells of each partner, the worst first: what matters before what is merely odd."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ctanalysis.intake.datacheck.screen import visible
from ctanalysis.intake.datacheck.severities import ORDER
from ctanalysis.language import Speech
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.records import HELD_BACK, LOOK, REPAIRED, UNREAD, Finding, Records
from ctanalysis.records.columns import Columns
from ctanalysis.records.findings import ENGLISH
from ctanalysis.records.gaps import quarters_without_rows

MOST_PARTNERS, MOST_FILES = 20, 5
NOBODY = ""  # whose files deliveries.csv does not name
UNNAMED = ENGLISH.plain("check.nobody")  # by which they are sorted, whatever the language
PARTS = {HELD_BACK: "check.rows_held", LOOK: "check.rows_to_see", REPAIRED: "check.rows_repaired"}
Rows = dict[str, set[tuple[str, str, int]]]  # by severity, (path, sheet, row)


@dataclass
class Told:
    """Of a partner: unread files, rows by file and severity, and what is missing, in words."""

    unread: set[str] = field(default_factory=set)
    files: dict[str, Rows] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def add(self, finding: Finding) -> None:
        """Adds a finding about one of the partner's files."""
        if finding.severity == UNREAD:
            self.unread.add(finding.path)
        elif finding.severity in PARTS:
            rows = self.files.setdefault(finding.path, {}).setdefault(finding.severity, set())
            rows.update((finding.path, finding.sheet, row) for row in finding.rows)

    def counts(self, path: str = "") -> dict[str, int]:
        """By severity, how many rows it has; of one file, or of all."""
        files = [self.files.get(path, {})] if path else list(self.files.values())
        return {severity: sum(len(rows.get(severity, ())) for rows in files) for severity in PARTS}

    @property
    def badness(self) -> tuple[int, ...]:
        """What partners are ordered by: what cannot be counted, or was not sent, before what is odd."""
        rows = self.counts()
        return len(self.unread), rows[HELD_BACK] + len(self.missing), *(rows[severity] for severity in ORDER[2:4])


def by_partner(project: Project, records: Records, period: Period, speech: Speech = ENGLISH) -> str:
    """Lines about each partner of deliveries.csv, and the files that it does not name; empty without deliveries."""
    if not project.deliveries:
        return ""
    told, plain = _told(project, records, period, speech), speech.plain
    ranked = sorted(told.items(), key=lambda item: ([-one for one in item[1].badness], item[0] or UNNAMED))
    bad = [(partner, one) for partner, one in ranked if any(one.badness)]
    lines = [line for partner, one in bad[:MOST_PARTNERS] for line in _lines(partner, one, speech)]
    if len(bad) > MOST_PARTNERS:
        lines.append(plain("check.more_partners", n=len(bad) - MOST_PARTNERS))
    if len(bad) < len(ranked):
        good = [partner or plain("check.nobody") for partner, one in ranked if not any(one.badness)]
        lines.append(plain("check.nothing_of", partners=", ".join(good)))
    return "\n".join(map(visible, [plain("check.by_partner"), *lines]))


def _told(project: Project, records: Records, period: Period, speech: Speech) -> dict[str, Told]:
    partners: dict[str, list[str]] = {}
    for delivery in project.deliveries:
        partners.setdefault(delivery.file, []).append(delivery.partner)
    names = {path: " and ".join(dict.fromkeys(sent_by)) for path, sent_by in partners.items()}
    told = {name: Told() for name in names.values()}
    for finding in records.findings:
        if finding.table and (finding.rows or finding.severity == UNREAD):
            told.setdefault(names.get(finding.path, NOBODY), Told()).add(finding)
    missing = (*_not_sent(project, records, period, speech), *_without_rows(project, records, period, speech))
    for partner, words in missing:
        told.setdefault(partner, Told()).missing.append(words)
    return told


def _not_sent(project: Project, records: Records, period: Period, speech: Speech) -> Iterator[tuple[str, str]]:
    """For each partner: what it sent before, and not of the period, or in part, or so that no row can be used."""
    found = [(one.quarter.start, table, one) for table, gone in records.missing.items() for one in gone]
    for _, table, one in sorted(found, key=lambda each: each[:2]):
        for partner in one.partners if _is_in(one.quarter, period) else ():
            title = project.package.tables[table].title
            yield partner, speech.plain(f"check.{one.lacks(partner)}", table=title, quarter=one.quarter.label)


def _without_rows(project: Project, records: Records, period: Period, speech: Speech) -> Iterator[tuple[str, str]]:
    """For each partner that a rule `gap` watches: what it has no row of in the period. Nobody who may be a person."""
    tables, private = project.package.tables, project.package.private_fields()
    unread = {finding.table for finding in records.of(UNREAD)}
    for rule in project.rules.gap:
        columns = Columns(project.package, records, rule.table)
        by = columns.located(rule.by)
        if rule.by in private[by.table] or unread & {rule.table, *columns.leads_to([rule.by, rule.field])}:
            continue
        for partner, quarters in quarters_without_rows(rule, columns, project):
            gone = [quarter for quarter in quarters if _is_in(quarter, period)]
            for quarter in (one for one in gone if project.quality.expects(partner, one.start)):
                yield partner, speech.plain("check.no_row", table=tables[rule.table].title, quarter=quarter.label)


def _is_in(quarter: Period, period: Period) -> bool:
    return period.start <= quarter.start and quarter.end <= period.end


def _lines(partner: str, told: Told, speech: Speech) -> Iterator[str]:
    rows, plain = told.counts(), speech.plain
    parts = [plain("check.files_unread", n=len(told.unread))] if told.unread else []
    parts += [plain(PARTS[HELD_BACK], n=rows[HELD_BACK])] if rows[HELD_BACK] else []
    parts += [plain("check.n_missing", n=len(told.missing))] if told.missing else []
    parts += [plain(PARTS[one], n=rows[one]) for one in (LOOK, REPAIRED) if rows[one]]
    yield f"{partner or plain('check.nobody')}: {'; '.join(parts)}"
    yield from (f"  {plain('check.unread', path=path)}" for path in sorted(told.unread))
    if told.missing:
        yield f"  {plain('check.missing', what=_first(told.missing, speech))}"
    worst = sorted(told.files, key=lambda path: ([-number for number in told.counts(path).values()], path))
    for path in worst[:MOST_FILES] if len(worst) > 1 or partner == NOBODY else ():
        counts = told.counts(path)
        yield f"  {path}: " + ", ".join(plain(PARTS[one], n=counts[one]) for one in PARTS if counts[one])


def _first(names: list[str], speech: Speech) -> str:
    """The first of some, and how many more there are."""
    first, left = ", ".join(names[:MOST_FILES]), len(names) - MOST_FILES
    return speech.plain("check.and_more", what=first, n=left) if left > 0 else first
