"""The activity as a document: who reports, who funds and carries out, since when, and the results."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ctanalysis.evaluation import Evaluation
from ctanalysis.project.beyond import Iati
from ctanalysis.project.facts import Facts
from ctanalysis.releases.iati.results import results
from ctanalysis.releases.iati.text import LANGUAGE, harmless, in_each, narrative

NAME = "iati-results.xml"
VERSION = "2.03"
FUNDING, IMPLEMENTING = "1", "4"  # of the list OrganisationRole
IMPLEMENTATION, FINALISATION = "2", "3"  # of the list ActivityStatus
ACTUAL_START, PLANNED_END, ACTUAL_END = "2", "3", "4"  # of the list ActivityDateType


def document(evaluation: Evaluation, day: str, others: Sequence[Evaluation] = ()) -> bytes | None:
    """The results of an evaluation, released as of a day (ISO), as an IATI file; None where it has no identifiers.

    others: the same evaluation in the other languages of the release. The same bytes for the same evaluations and day.
    It holds what indicators.csv and tracking.csv of the release hold.
    """
    facts, told = evaluation.project.facts, (evaluation, *others)
    if facts.iati is None:
        return None
    root = Element("iati-activities", {"version": VERSION})
    keys = {"last-updated-datetime": f"{day}T00:00:00Z", LANGUAGE: facts.language}
    activity = SubElement(root, "iati-activity", keys)
    _who(activity, told, facts.iati, day)
    _when(activity, facts, day)
    SubElement(activity, "recipient-country", {"code": facts.iati.country})
    activity.extend(results(told))
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _who(activity: Element, told: Sequence[Evaluation], iati: Iati, day: str) -> None:
    SubElement(activity, "iati-identifier").text = iati.identifier
    keys = {"ref": iati.organisation, "type": iati.organisation_type}
    reporting = SubElement(activity, "reporting-org", keys)
    SubElement(reporting, "narrative").text = harmless(iati.organisation_name)
    narrative(activity, "title", in_each(told, lambda one: f"{one.project.facts.name}, {one.project.facts.country}"))
    narrative(activity, "description", in_each(told, lambda one: _description(one, day)))
    for role, name in ((FUNDING, "donor"), (IMPLEMENTING, "implementer")):
        names = in_each(told, lambda one, name=name: getattr(one.project.facts, name))  # type: ignore[misc]
        narrative(activity, "participating-org", names)
        activity[-1].set("role", role)


def _description(told: Evaluation, day: str) -> str:
    facts, plain = told.project.facts, told.project.speech.plain
    said = [plain("iati.invented"), facts.notice] if facts.synthetic else []
    said += [plain("iati.release", day=day), plain("iati.protected")]
    return " ".join([*(area.purpose for area in facts.areas), *filter(None, said)])


def _when(activity: Element, facts: Facts, day: str) -> None:
    over = facts.end.isoformat() < day
    SubElement(activity, "activity-status", {"code": FINALISATION if over else IMPLEMENTATION})
    for kind, date in ((ACTUAL_START, facts.start), (ACTUAL_END if over else PLANNED_END, facts.end)):
        SubElement(activity, "activity-date", {"type": kind, "iso-date": date.isoformat()})
