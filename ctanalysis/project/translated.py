"""A project as it is told in another of its languages: the same facts, sheets and rules, with other words."""

from dataclasses import replace
from typing import Any

from ctanalysis.base.errors import Refused
from ctanalysis.project.facts import Facts
from ctanalysis.project.project import Project
from ctanalysis.project.sheets import MilestoneSheet, Sheet
from ctanalysis.project.translations import SheetWords, Translation
from ctanalysis.project.words import check, labels

STANDARDS = ("validity", "integrity", "precision", "reliability", "timeliness")
ONE_EACH = ("name", "country", "donor", "implementer", "partners", "locations", "notice", "targets_note")


def told_in(project: Project, language: str) -> Project:
    """The project in one of its languages; as it is where it is its own. Refused: it has no such language."""
    if language in ("", project.facts.language):
        return project
    if language not in project.facts.languages:
        raise Refused(
            f"The project is not told in the language '{language}'. It has: {', '.join(project.facts.languages)} "
            "(languages in project.toml, the words in translations/)."
        )
    words = check(project, language)
    return replace(
        project,
        facts=_facts(project.facts, words, language),
        policy=_policy(project, words),
        sheets=tuple(_sheet(sheet, words.indicators[sheet.code]) for sheet in project.sheets),
        retired=tuple(_sheet(sheet, words.indicators[sheet.code]) for sheet in project.retired),
        milestones=tuple(_milestone(sheet, words.indicators[sheet.code]) for sheet in project.milestones),
        quality=_quality(project, words),
        labels=tuple(sorted((words.texts | labels(project, words, language)).items())),
    )


def _facts(facts: Facts, words: Translation, language: str) -> Facts:
    said = words.facts
    update: dict[str, Any] = {name: getattr(said, name) for name in ONE_EACH} | {"language": language}
    update["funding"] = facts.funding.model_copy(update={"currency": said.currency})
    update["areas"] = tuple(one.model_copy(update=dict(words.areas[one.code])) for one in facts.areas)
    update["statements"] = _texts(facts.statements, said.statements)
    update["limits"] = _texts(facts.limits, said.limits)
    update["criteria"] = tuple(one.model_copy(update={"missing": words.criteria[one.name]}) for one in facts.criteria)
    if facts.region:
        update["region"] = facts.region.model_copy(update={"statement": said.region, "name": said.region_name})
    update["standards"] = tuple(one.model_copy(update={"name": words.standards[one.code]}) for one in facts.standards)
    if facts.fairness:
        called = tuple(words.labels[one] for one in facts.fairness.called)
        update["fairness"] = facts.fairness.model_copy(update={"called": called})
    return facts.model_copy(update=update)


def _texts(parts: tuple[Any, ...], texts: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(one.model_copy(update={"text": text}) for one, text in zip(parts, texts, strict=True))


def _policy(project: Project, words: Translation) -> Any:
    rules = {
        name: rule.model_copy(update={"describes": words.policy.get(name, rule.describes)})
        for name, rule in project.policy.rules.items()
    }
    return project.policy.model_copy(update={"root": rules})


def _quality(project: Project, words: Translation) -> Any:
    quality, said = project.quality, words.quality
    reasons = {name: getattr(quality, name).model_copy(update={"reason": getattr(said, name)}) for name in STANDARDS}
    return quality.model_copy(update=reasons | {"note": said.note})


def _sheet(sheet: Sheet, said: SheetWords) -> Sheet:
    """With its words: sentences of other languages than that of the folder are built on the name, and not on verbs."""
    one, many = said.one or said.unit, said.many or said.unit
    words = sheet.words.model_copy(update={"one": one, "many": many, "was": "", "were": "", "none": said.name})
    return sheet.model_copy(update=_printed(said) | {"unit": said.unit, "words": words})


def _milestone(sheet: MilestoneSheet, said: SheetWords) -> MilestoneSheet:
    words = {"reached": said.reached, "not_reached": said.not_reached}
    return sheet.model_copy(update=_printed(said) | {"words": sheet.words.model_copy(update=words)})


def _printed(said: SheetWords) -> dict[str, Any]:
    return {name: getattr(said, name) for name in ("name", "definition", "limitations")}
