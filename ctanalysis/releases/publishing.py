"""The order in which a report is released: made, audited against everything before, copied, recorded, listed."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from ctanalysis import reports
from ctanalysis.base.errors import Refused
from ctanalysis.base.replacing import for_this_user, write_through, write_whole
from ctanalysis.disclosure import conditioned, ledger
from ctanalysis.disclosure.audit import NotAudited, opened
from ctanalysis.disclosure.audit.versions import versioned
from ctanalysis.disclosure.ledger import Ledger
from ctanalysis.disclosure.recoded import recoded
from ctanalysis.evaluation import Evaluation
from ctanalysis.periods import Period
from ctanalysis.project import MARKING, SHIPPED, Project, clear_outputs, load
from ctanalysis.releases import again, copying, definitions, index, own_pages, telling
from ctanalysis.releases.copying import Next

NOTHING = reports.Asked()


def release(
    period: str,
    day: str,
    project: str | Path = "",
    say: Callable[[str], object] = print,
    asked: reports.Asked = NOTHING,
) -> Path:
    """Releases the report of a period as of a day (ISO text), and returns its folder.

    asked: documents to write of each page, beside those that the report has; and the languages of the release beside
    the first, by default all whose words were reviewed.
    The same report again changes nothing, but for an index of releases that was harmed. It waits for another release
    of the project that is going on. Refused: what reports.make refuses; a ledger that was changed; a day that is none,
    or before an earlier release; a report that differs from what was released without a reason in
    judgements/restatements.toml; an audit that finds a cell, or ends without an answer. Nothing is then published.
    """
    with ledger.alone(load(project or SHIPPED), say):
        clear_outputs(project)
        given = reports.source(project)
        others = spoken(given.project, asked.languages)
        first = given.project.facts.language
        released = _release(given, (period, day), say, reports.Asked(asked.documents, (first, *others)))
        now = load(project or SHIPPED)
        reports.write_index(now, ledger.read(now))
        return released


def spoken(project: Project, named: Sequence[str]) -> tuple[str, ...]:
    """The languages of a release beside the first: those that are named; where none is, all that were reviewed.

    Refused: one is named whose words nobody has reviewed.
    """
    reports.languages.check_reviewed(project, named)
    others = project.facts.languages[1:]
    return tuple(code for code in others if (code in named if named else project.reviewed(code)))


def _release(given: reports.Source, key: tuple[str, str], say: Callable[[str], object], asked: reports.Asked) -> Path:
    evaluation = checked(given, *key)
    made = reports.remake(given, evaluation, say, asked)  # what is audited is what is copied, whatever lay there
    with reports.languages.only(made, given.project, asked.others(given.project)) as draft:
        return _release_draft(given, evaluation, key[1], say, (draft, reports.internal_half(made, draft)))


def _release_draft(
    given: reports.Source, evaluation: Evaluation, day: str, say: Callable[[str], object], whole: tuple[Path, str]
) -> Path:
    """whole: the draft that is released, and its internal half."""
    (draft, half), earlier = whole, given.released
    folder, revision = ledger.folder_of(evaluation.project), earlier.revisions(evaluation.period.label)
    last = folder / ledger.name_of(evaluation.period.label, max(revision - 1, 0))
    reason = on_record(evaluation, revision)
    as_before = again.same(draft, last, reason, revision) if revision else ""
    if as_before:
        say(f"{evaluation.period}: {as_before}")
        ledger.put_index(given.project, index.page(given.project, earlier, _reasons(given.project, earlier)))
        return last
    cells = published_cells(evaluation)
    own_pages.check(draft, given, evaluation, cells)
    _audit(cells, given, evaluation)
    made = Next(draft, half, evaluation, earlier, (evaluation.period.label, revision, day), reason)
    released = _publish(made, cells)
    for line in _published(made, cells):
        say(line)
    return released


def checked(given: reports.Source, period: str, day: str) -> Evaluation:
    """The evaluation of a period that may be released as of a day, as far as can be said before it is audited."""
    of_a_quarter(given.project, period)
    earlier = given.released
    ledger.check_files(given.project, earlier.releases)
    _check_day(day, given.project.calendar.parse(period), earlier)
    definitions.check(earlier, given.project)
    evaluation = given.evaluation(period)
    if words := recoded(given.project, given.records, earlier):
        raise Refused(f"{evaluation.period} is not released. {words}")
    return evaluation


def of_a_quarter(project: Project, period: str) -> None:
    """Refused: the period is a month, beside which nothing that was released is audited."""
    if project.calendar.parse(period).kind == "month":
        raise Refused(
            f"{period} is a month, and no month is released: what months and quarters tell together is not audited. "
            "Release the quarter, half or year. make report makes a draft of a month."
        )


def _reasons(project: Project, published: Ledger) -> list[str]:
    return ledger.reasons(project, published.releases)


def published_cells(evaluation: Evaluation) -> pd.DataFrame:
    """Every cell that a report prints, once, with what it is a number of.

    Returns a frame with the ledger's CELL, definition and PRINTED.
    """
    cells, project = evaluation.printed.drop_duplicates(ledger.CELL), evaluation.project
    keys = list(zip(cells["indicator"], cells["disaggregation"], strict=True))
    defined = {key: ledger.definition(project, project.sheet(key[0]), key[1]) for key in dict.fromkeys(keys)}
    cells = cells.assign(definition=[defined[key] for key in keys])
    return cells[["indicator", "definition", *ledger.CELL[1:], *ledger.PRINTED]].reset_index(drop=True)


def _check_day(day: str, period: Period, earlier: Ledger) -> None:
    if not day:
        raise Refused("The day of the release is missing: make release PERIOD=FY2014 DATE=2015-01-20.")
    try:
        released = date.fromisoformat(day)
    except (ValueError, TypeError):
        raise Refused(f"'{day}' is no day: write the day of the release like DATE=2015-01-20.") from None
    if released.isoformat() != day or released <= period.end:
        raise Refused(f"'{day}' cannot be the day on which {period} was released: the period ends on {period.end}.")
    if earlier.releases and day < earlier.releases[-1][2]:
        name, _, last = earlier.releases[-1]
        raise Refused(f"{name} was released on {last}; a release after it cannot be of {day}.")


def _check_draft(draft: Path, evaluation: Evaluation, folder: Path) -> None:
    """Refused: the records were changed between the evaluation that is audited and the report that is copied.

    folder: an empty one, to write the values of the evaluation into.
    """
    reports.write_values(evaluation, folder)
    if any(path.read_bytes() != (draft / path.name).read_bytes() for path in folder.iterdir()):
        raise Refused(f"{evaluation.period}: the records were changed while the report was made. Release it again.")


def on_record(evaluation: Evaluation, revision: int) -> str:
    """The reason of a revision that stands in judgements/restatements.toml; empty where none does."""
    for restated in evaluation.project.restatements:
        if (restated.period, restated.revision) == (evaluation.period.label, revision):
            return restated.reason
    return ""


def found_open(cells: pd.DataFrame, earlier: Ledger, project: Project) -> list[str]:
    """What the audit of these cells beside everything published finds; none where it passes. For internal/ only."""
    try:
        so_far = versioned([*ledger.printed(project, earlier), cells])
        return [str(cell) for cell in opened(so_far, project, conditioned(project))]
    except NotAudited as reason:
        return [str(reason)]


def _audit(cells: pd.DataFrame, given: reports.Source, evaluation: Evaluation) -> None:
    """Refused: a cell can be shown to be small. Which one is written to internal/ only."""
    place = ledger.workshop(evaluation.project) / f"{evaluation.period.label}.txt"
    failures = found_open(cells, given.released, given.project)  # with the indicators that are reported no longer
    place.unlink(missing_ok=True)
    if failures:
        for_this_user(place.parent)
        write_whole(place, "\n".join([MARKING, *failures, ""]))
        raise Refused(
            f"{evaluation.period} is not released: the audit of everything published to date did not pass. "
            f"{place.parent.parent.name}/release/{place.name} says of which tables; "
            "coarsen or withhold them (policy.toml), and release again."
        )


def _check_alone(earlier: Ledger, evaluation: Evaluation) -> None:
    """Refused: somebody else released something since the ledger was read, which this audit did not look at.

    So it can be where the system has no locks.
    """
    if ledger.read(evaluation.project).head != earlier.head:
        raise Refused(
            f"{evaluation.period} is not released: another release was published meanwhile. "
            "Release it again, so that both are audited together."
        )


def _publish(made: Next, cells: pd.DataFrame) -> Path:
    """Publishes a report with its record, its lines in the ledger and its place in the index; returns its folder."""
    project, name = made.evaluation.project, ledger.name_of(*made.key[:2])
    path = ledger.folder_of(project) / ledger.LEDGER
    lines, head = ledger.lines_of(cells, made.key, made.earlier.head)
    _check_alone(made.earlier, made.evaluation)
    with ledger.decided(project) as fresh:
        with TemporaryDirectory(dir=fresh) as written:
            _check_draft(made.draft, made.evaluation, Path(written))
        write_through(fresh / ledger.HALF, made.half.encode("utf-8"))
        copying.copy(made, fresh / name, head)
        whole = (path.read_bytes() if path.exists() else ledger.HEADER.encode()) + lines.encode("utf-8")
        write_through(fresh / ledger.LEDGER, whole)
        listed, _ = ledger.parsed(whole, path, project)
        page = index.page(project, listed, [*_reasons(project, made.earlier), made.reason], {name: fresh / name})
        write_through(fresh / ledger.INDEX, page.encode("utf-8"))
        for private, content in ledger.files_of_memory(project, made.evaluation.standing, head).items():
            write_through(fresh / private, content)
    return path.parent / name


def _published(made: Next, cells: pd.DataFrame) -> Iterator[str]:
    """What was done, in lines for the screen."""
    before, (_, revision, day) = len(made.earlier.releases), made.key
    beside = f"beside {before} earlier {'release' if before == 1 else 'releases'}" if before else "as the first of all"
    name = f"{made.evaluation.period}{f', revision {revision},' if revision else ''}"
    yield f"{name} is released as of {day}: audited {beside}, recorded, and never changed from now on."
    if made.languages:
        yield f"It is told in: {', '.join((made.evaluation.project.facts.language, *made.languages))}."
    yield from telling.told(made.evaluation, cells)
    yield "Keep a copy of releases/, and of internal/release/ where only those may read it who may see the records."
