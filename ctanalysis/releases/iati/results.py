"""The result elements of an activity: a result for each name of a result and level, its indicators, their days."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from ctanalysis.evaluation import Evaluation
from ctanalysis.project.sheets import Sheet
from ctanalysis.releases.iati.text import in_each, narrative
from ctanalysis.releases.iati.told import Number, Told, baseline, periods, without_number

KINDS = {"output": "1", "outcome": "2", "context": "9"}  # of the list ResultType; 9 is "other"
UNIT, PERCENTAGE = "1", "2"  # of the list IndicatorMeasure
OWN = "99"  # of the list IndicatorVocabulary: the reporting organisation's
ASCENDING = {"increase": "true", "decrease": "false"}


def results(told: Sequence[Evaluation]) -> Iterator[Element]:
    """The result elements of what an evaluation tells, in the order of the sheets' first ones.

    told: the evaluation in each of its languages, the first one first.
    """
    first = told[0].project.sheets
    named = [(sheet.level, sheet.result) for sheet in first]
    order = {key: place for place, key in reversed([*enumerate(named)])}
    sheets = sorted(first, key=lambda sheet: order[sheet.level, sheet.result])
    for (level, _), group in groupby(sheets, key=lambda sheet: (sheet.level, sheet.result)):
        of_result = list(group)
        adds = _boolean(all(_adds_up(sheet) for sheet in of_result))
        element = Element("result", {"type": KINDS[level], "aggregation-status": adds})
        code = of_result[0].code
        narrative(element, "title", in_each(told, lambda one, code=code: one.project.sheet(code).result))  # type: ignore[misc]
        element.extend(_indicator(told, sheet) for sheet in of_result)
        yield element


def _indicator(told: Sequence[Evaluation], sheet: Sheet) -> Element:
    sheets = {one.project.facts.language: one.project.sheet(sheet.code) for one in told}
    keys = {"measure": PERCENTAGE if sheet.measure == "share" else UNIT}
    if sheet.direction in ASCENDING:
        keys["ascending"] = ASCENDING[sheet.direction]
    element = Element("indicator", keys | {"aggregation-status": _boolean(_adds_up(sheet))})
    narrative(element, "title", {code: f"{one.name} ({one.unit})" for code, one in sheets.items()})
    narrative(element, "description", in_each(told, lambda one: _description(one, sheet.code)))
    SubElement(element, "reference", {"vocabulary": OWN, "code": sheet.code})
    before = baseline(told[0], sheet)
    if before is not None:
        day = sheet.baseline.date
        found = SubElement(
            element, "baseline", {"iso-date": day.isoformat(), "year": str(day.year), "value": before.value}
        )
        narrative(found, "comment", {code: one.baseline.note for code, one in sheets.items()})
    by_language = {one.project.facts.language: periods(one, sheet) for one in told}
    for spans in zip(*by_language.values(), strict=True):
        element.append(_period(dict(zip(by_language, spans, strict=True))))
    return element


def _description(told: Evaluation, code: str) -> str:
    sheet = told.project.sheet(code)
    return " ".join([sheet.definition, *without_number(told, sheet)])


def _period(told: Mapping[str, Told]) -> Element:
    """What is told of some days. told: by language."""
    element, first = Element("period"), next(iter(told.values()))
    for name, day in zip(("period-start", "period-end"), first.days, strict=True):
        SubElement(element, name, {"iso-date": day})
    for name in ("target", "actual"):
        for numbers in zip(*(getattr(one, f"{name}s") for one in told.values()), strict=True):
            _number(element, name, dict(zip(told, numbers, strict=True)))
    return element


def _number(period: Element, name: str, told: Mapping[str, Number]) -> None:
    first = next(iter(told.values()))
    element = SubElement(period, name, {"value": first.value})
    for dimension, category in first.dimensions:
        SubElement(element, "dimension", {"name": dimension, "value": category})
    narrative(element, "comment", {code: " ".join(number.comments) for code, number in told.items()})


def _adds_up(sheet: Sheet) -> bool:
    """Whether numbers of consecutive days add up."""
    return sheet.counts_up and sheet.adds_up


def _boolean(truth: bool) -> str:
    return "true" if truth else "false"
