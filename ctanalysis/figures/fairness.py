"""Women and men, girls and boys: beside each other in what was done, and among people who were trafficked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd

from ctanalysis.analysis.fairness import proportions
from ctanalysis.disclosure.waiting.cells import RECORDED
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import about, rows
from ctanalysis.figures.breakdowns import draw_rows, ends, row
from ctanalysis.figures.chart import Chart
from ctanalysis.figures.rows import Part, Row, Scale
from ctanalysis.figures.style import MEN, WOMEN
from ctanalysis.figures.words import CROSS, category, heads, say
from ctanalysis.indicators.categories import NOT_RECORDED
from ctanalysis.narrative.numbers import title_of
from ctanalysis.narrative.waiting import TO_DATE, told_breakdowns
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.shorthand import explained
from ctanalysis.tables.table import Table

DATA = ["indicator", "disaggregation", "category", "start", "end", "value", "low", "high", "status", "caveat"]


@dataclass(frozen=True)
class Group:
    """A breakdown of one indicator under its heading; frame: its rows as by() has them, those not recorded last.

    titles: of the fields by which it is broken down.
    """

    heading: str
    sheet: Sheet
    way: str
    titles: list[str]
    frame: pd.DataFrame


def women_and_men(evaluation: Evaluation) -> Chart:
    """Both categories of project.toml's [fairness] beside each other, of each headline that counts up.

    Where a breakdown by that field and another is told of the period, it stands below: women and girls by age.
    """
    fairness, speech = evaluation.project.facts.fairness, evaluation.project.speech
    field = fairness.field if fairness else ""
    groups = [
        _group(evaluation, sheet, CROSS.join(fields), "period")
        for sheet in evaluation.project.sheets
        if sheet.headline and sheet.counts_up and not evaluation.project.disclosure_rule(sheet).audited
        for fields in sheet.disaggregations
        if fields[0] == field
    ]
    shown = [one for group in groups for one in _both(evaluation, group)]
    called = dict(zip(("called", "beside"), fairness.called if fairness else ("", ""), strict=True))
    measure = say(speech, "fairness.measure", **called)
    apart = [_missing(evaluation, group) for group in groups if CROSS not in group.way]
    notes = (say(speech, "fairness.how", **called), say(speech, "fairness.apart", names=apart)) if shown else ()
    return _chart(evaluation, "women-and-men", groups, shown, (_message(evaluation), measure, notes))


def people(evaluation: Evaluation) -> Chart:
    """People who were trafficked by sex and by adult and child, each by itself: to the end of the last fiscal year."""
    sheets = [sheet for sheet in evaluation.project.sheets if sheet.headline and _is_audited(evaluation, sheet)]
    groups = [_group(evaluation, *one) for sheet in sheets for one in _last_told(evaluation, sheet)]
    groups = [group for group in groups if group.frame["high"].notna().any()]
    names = [*dict.fromkeys(group.sheet.name for group in groups)]
    fairness, speech = evaluation.project.facts.fairness, evaluation.project.speech
    title, notes = say(speech, "people.none"), (say(speech, "anywhere"),) if groups else ()
    shown = [one for group in groups for one in _each(evaluation, group)]
    if groups and fairness:
        title = say(speech, "people.title", name=names[0], first=shown[1].name, label=shown[1].label)
        notes = (say(speech, "people.how", called=fairness.called[0], beside=fairness.called[1]), *notes)
    measure = say(speech, "people.measure", names=names or ["–"])
    return _chart(evaluation, "people", groups, shown, (title, measure, notes))


def _is_audited(evaluation: Evaluation, sheet: Sheet) -> bool:
    return evaluation.project.disclosure_rule(sheet).audited


def _last_told(evaluation: Evaluation, sheet: Sheet) -> Iterator[tuple[Sheet, str, str]]:
    """Of a sheet that is told by the field of fairness, that breakdown and those by broad groups: adults and children.

    Of the project to the last year's end; in the first year, of that.
    """
    found, fairness = dict[str, str](), evaluation.project.facts.fairness
    for way, horizon in told_breakdowns(evaluation, sheet):
        if way not in found or horizon == TO_DATE:
            found[way] = horizon
    for way, horizon in found.items():
        if fairness and (fairness.field,) in sheet.disaggregations and (way == fairness.field or way.endswith(COARSE)):
            yield sheet, way, horizon


def _group(evaluation: Evaluation, sheet: Sheet, way: str, horizon: str) -> Group:
    frame = evaluation.by(sheet.code, way, horizon)
    titles, when = (
        [title_of(evaluation.project, sheet, one) for one in way.split(CROSS)],
        about.days_of(evaluation, frame),
    )
    about_it = {"code": sheet.code, "name": sheet.name, "titles": titles, "when": when}
    heading = say(evaluation.project.speech, "fairness.heading", **about_it)
    frame = frame[frame["category"] != RECORDED]
    last = frame["category"].str.contains(NOT_RECORDED)
    return Group(heading, sheet, way, titles, pd.concat([frame[~last], frame[last]], ignore_index=True))


def _labels(evaluation: Evaluation, sheet: Sheet) -> tuple[str, str]:
    """The labels of the two categories in a sheet's own table."""
    fairness = evaluation.project.facts.fairness
    if fairness is None:
        return "", ""
    labels = {one.value: one.label for one in evaluation.project.field(sheet, fairness.field).categories or ()}
    return labels[fairness.share_of], labels[fairness.beside]


def _both(evaluation: Evaluation, group: Group) -> Iterator[Row]:
    """A heading, and a row for all or for each category of the other field: one to the left, the other to the right."""
    of, beside = _labels(evaluation, group.sheet)
    speech = evaluation.project.speech
    cells = {one.category: one for one in about.cells(group.frame)}
    others = dict.fromkeys(name.partition(CROSS)[2] for name in cells if NOT_RECORDED not in name)
    pairs = [(other, *(cells.get(CROSS.join(filter(None, [one, other]))) for one in (of, beside))) for other in others]
    found = [(other, one, two) for other, one, two in pairs if one is not None and two is not None]
    most = max((ends(one, False)[1] for _, *two in found for one in two), default=0) or 1
    if found:
        yield Row(group.heading)
    for other, one, two in found:
        (low, high), (least, greatest) = ends(one, False), ends(two, False)
        parts = (Part(-low / most, 0, WOMEN), Part(-high / most, -low / most, WOMEN, hatched=True),
                 Part(0, least / most, MEN), Part(least / most, greatest / most, MEN, hatched=True))  # fmt: skip
        left, right = (about.short(evaluation, group.sheet, cell) for cell in (one, two))
        name = category(speech, other) if other else say(speech, "fairness.everybody")
        yield Row(name, say(speech, "fairness.both", first=left, beside=right), parts)


def _each(evaluation: Evaluation, group: Group) -> Iterator[Row]:
    """A heading, and a row for each category, on a scale of the group's own."""
    found = [row(evaluation, group.sheet, one, rough=True) for one in about.cells(group.frame)]
    most = max((one.end for one in found), default=0) or 1
    yield Row(group.heading)
    for one in found:
        yield one._replace(parts=tuple(part._replace(low=part.low / most, high=part.high / most) for part in one.parts))


def _missing(evaluation: Evaluation, group: Group) -> str:
    """How many are not recorded, in words."""
    last = about.cells(group.frame)[-1]
    many = about.told(evaluation, group.sheet, last) if last.category == NOT_RECORDED else "0"
    return say(evaluation.project.speech, "fairness.missing", number=many, code=group.sheet.code)


def _message(evaluation: Evaluation) -> str:
    fairness, speech = evaluation.project.facts.fairness, evaluation.project.speech
    found = [one for one in proportions(evaluation.known) if one.of.horizon == "period" and one.of.sheet.headline]
    if not found or fairness is None:
        return say(speech, "fairness.none")
    share, name = speech.per_cent(100 * found[0].share), found[0].of.sheet.words.many
    return say(speech, "fairness.title", name=name, percent=share, called=fairness.called[0])


def _chart(
    evaluation: Evaluation,
    name: str,
    groups: Sequence[Group],
    shown: Sequence[Row],
    words: tuple[str, str, tuple[str, ...]],
) -> Chart:
    """words: its message, what is measured, and how it is to be read."""
    (title, measure, notes), speech = words, evaluation.project.speech
    codes = [*dict.fromkeys(group.sheet.code for group in groups)]
    cells = [
        (_named(evaluation, group, one.category), about.told(evaluation, group.sheet, one))
        for group in groups
        for one in about.cells(group.frame)
    ]
    said = [f"{one.name} {one.label}" for one in shown if one.label]
    low = -1 if name == "women-and-men" else 0
    return Chart(
        name=name,
        title=title,
        subtitle=about.subtitle(evaluation, measure, _when(evaluation, groups)) if shown else "",
        alt=say(speech, "lines", title=title, lines=said[:4]) if said else f"{title}.",
        data=_data(groups),
        height=rows.height(shown),
        draw=partial(draw_rows, shown=tuple(shown), scale=Scale(low, 1)),
        speech=speech,
        synthetic=evaluation.project.facts.synthetic,
        notes=(*notes, *explained((one.label for one in shown), speech), *about.caveats(evaluation, codes)),
        source=about.source(evaluation, codes),
        table=Table(title, heads(speech, "who", "number"), tuple(cells), speech=speech),
    )


def _when(evaluation: Evaluation, groups: Sequence[Group]) -> str:
    """The days of the breakdowns, from the first of any to the last."""
    days = [(one.start, one.end) for group in groups for one in about.cells(group.frame)]
    return about.days(evaluation, *(date.fromisoformat(day) for day in (min(days)[0], max(end for _, end in days))))


def _named(evaluation: Evaluation, group: Group, name: str) -> str:
    """A category with its indicator; of what is not recorded also what that is: the sex, or the age."""
    speech = evaluation.project.speech
    what = f" ({', '.join(map(speech.label, group.titles))})" if name == NOT_RECORDED else ""
    return f"{group.sheet.code} {category(speech, name)}{what}"


def _data(groups: Sequence[Group]) -> pd.DataFrame:
    parts = [group.frame.assign(indicator=group.sheet.code, disaggregation=group.way)[DATA] for group in groups]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=DATA)
