"""The result elements of an activity: a result for each name of a result and level, its indicators, their days."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from ctanalysis.evaluation import Evaluation
from ctanalysis.project.sheets import Sheet
from ctanalysis.releases.iati import told
from ctanalysis.releases.iati.text import narrative
from ctanalysis.releases.iati.told import Number, Words

KINDS = {"output": "1", "outcome": "2", "context": "9"}  # of the list ResultType; 9 is "other"
UNIT, PERCENTAGE = "1", "2"  # of the list IndicatorMeasure
OWN = "99"  # of the list IndicatorVocabulary: the reporting organisation's
ASCENDING = {"increase": "true", "decrease": "false"}


def results(evaluation: Evaluation, words: Words) -> Iterator[Element]:
    """The result elements of what an evaluation tells, in the order of the sheets' first ones."""
    named = [(sheet.level, sheet.result) for sheet in evaluation.project.sheets]
    order = {key: place for place, key in reversed([*enumerate(named)])}
    sheets = sorted(evaluation.project.sheets, key=lambda sheet: order[sheet.level, sheet.result])
    for (level, result), group in groupby(sheets, key=lambda sheet: (sheet.level, sheet.result)):
        of_result = list(group)
        adds = _boolean(all(_adds_up(sheet) for sheet in of_result))
        element = Element("result", {"type": KINDS[level], "aggregation-status": adds})
        narrative(element, "title", result)
        element.extend(_indicator(evaluation, sheet, words) for sheet in of_result)
        yield element


def _indicator(evaluation: Evaluation, sheet: Sheet, words: Words) -> Element:
    keys = {"measure": PERCENTAGE if sheet.measure == "share" else UNIT}
    if sheet.direction in ASCENDING:
        keys["ascending"] = ASCENDING[sheet.direction]
    element = Element("indicator", keys | {"aggregation-status": _boolean(_adds_up(sheet))})
    narrative(element, "title", f"{sheet.name} ({sheet.unit})")
    narrative(element, "description", " ".join([sheet.definition, *told.without_number(evaluation, sheet, words)]))
    SubElement(element, "reference", {"vocabulary": OWN, "code": sheet.code})
    before = told.baseline(evaluation, sheet)
    if before is not None:
        day = sheet.baseline.date
        found = SubElement(
            element, "baseline", {"iso-date": day.isoformat(), "year": str(day.year), "value": before.value}
        )
        narrative(found, "comment", sheet.baseline.note)
    element.extend(_period(one) for one in told.periods(evaluation, sheet, words))
    return element


def _period(one: told.Told) -> Element:
    element = Element("period")
    for name, day in zip(("period-start", "period-end"), one.days, strict=True):
        SubElement(element, name, {"iso-date": day})
    _numbers(element, "target", one.targets)
    _numbers(element, "actual", one.actuals)
    return element


def _numbers(period: Element, name: str, numbers: Iterable[Number]) -> None:
    for number in numbers:
        element = SubElement(period, name, {"value": number.value})
        for dimension, category in number.dimensions:
            SubElement(element, "dimension", {"name": dimension, "value": category})
        narrative(element, "comment", " ".join(number.comments))


def _adds_up(sheet: Sheet) -> bool:
    """Whether numbers of consecutive days add up."""
    return sheet.counts_up and sheet.adds_up


def _boolean(truth: bool) -> str:
    return "true" if truth else "false"
