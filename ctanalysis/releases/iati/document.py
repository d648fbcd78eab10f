"""The activity as a document: who reports, who funds and carries out, since when, and the results."""

import tomllib
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ctanalysis.evaluation import Evaluation
from ctanalysis.project.beyond import Iati
from ctanalysis.project.facts import Facts
from ctanalysis.releases.iati.results import results
from ctanalysis.releases.iati.text import harmless, narrative
from ctanalysis.releases.iati.told import Words

NAME = "iati-results.xml"
VERSION = "2.03"
FUNDING, IMPLEMENTING = "1", "4"  # of the list OrganisationRole
IMPLEMENTATION, FINALISATION = "2", "3"  # of the list ActivityStatus
ACTUAL_START, PLANNED_END, ACTUAL_END = "2", "3", "4"  # of the list ActivityDateType
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def document(evaluation: Evaluation, day: str) -> bytes | None:
    """The results of an evaluation, released as of a day (ISO), as an IATI file; None where it has no identifiers.

    The same bytes for the same evaluation and day. It holds what indicators.csv and tracking.csv of the release hold.
    """
    facts = evaluation.project.facts
    if facts.iati is None:
        return None
    words = _words(facts.language)
    root = Element("iati-activities", {"version": VERSION})
    keys = {"last-updated-datetime": f"{day}T00:00:00Z", LANGUAGE: facts.language}
    activity = SubElement(root, "iati-activity", keys)
    _who(activity, facts, facts.iati, words, day)
    _when(activity, facts, day)
    SubElement(activity, "recipient-country", {"code": facts.iati.country})
    activity.extend(results(evaluation, words))
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _who(activity: Element, facts: Facts, iati: Iati, words: Words, day: str) -> None:
    SubElement(activity, "iati-identifier").text = iati.identifier
    keys = {"ref": iati.organisation, "type": iati.organisation_type}
    reporting = SubElement(activity, "reporting-org", keys)
    SubElement(reporting, "narrative").text = harmless(iati.organisation_name)
    narrative(activity, "title", f"{facts.name}, {facts.country}")
    said = [words["invented"], facts.notice] if facts.synthetic else []
    said += [words["release"].format(day=day), words["protected"]]
    narrative(activity, "description", " ".join([*(area.purpose for area in facts.areas), *filter(None, said)]))
    for role, name in ((FUNDING, facts.donor), (IMPLEMENTING, facts.implementer)):
        organisation = SubElement(activity, "participating-org", {"role": role})
        SubElement(organisation, "narrative").text = harmless(name)


def _when(activity: Element, facts: Facts, day: str) -> None:
    over = facts.end.isoformat() < day
    SubElement(activity, "activity-status", {"code": FINALISATION if over else IMPLEMENTATION})
    for kind, date in ((ACTUAL_START, facts.start), (ACTUAL_END if over else PLANNED_END, facts.end)):
        SubElement(activity, "activity-date", {"type": kind, "iso-date": date.isoformat()})


@cache
def _words(language: str) -> Words:
    return tomllib.loads(Path(__file__).with_name(f"words.{language}.toml").read_text(encoding="utf-8"))
