"""The words of categories, fields and groups in a language, and what of a translation is missing or too much."""

from collections.abc import Iterable, Iterator

from ctanalysis.base.errors import Refused
from ctanalysis.project.categories import Translations
from ctanalysis.project.project import Project
from ctanalysis.project.sheets import Sheet
from ctanalysis.project.translations import Translation

FEW = 5  # named in a refusal
WRITTEN = (
    "result",
    "performance_plan_report",
    "rationale",
    "source",
    "method",
    "frequency",
    "responsible",
    "target_rationale",
    "previous_assessments",
    "next_assessment",
    "changes",
    "notes",
    "retired_because",
)  # texts of a sheet that stay as they are where they have no other words


def labels(project: Project, words: Translation, language: str) -> dict[str, str]:
    """By each word of a category, field or group, the same in a language. What two fields call alike is in `labels`."""
    found: dict[str, set[str]] = {}
    for word, translations in _of_tables(project):
        found.setdefault(word, set()).update(filter(None, [translations.get(language)]))
    return {word: texts.pop() for word, texts in found.items() if len(texts) == 1} | words.labels


def check(project: Project, language: str) -> Translation:
    """The words of a project in a language. Refused: one is missing, or there is one of what the project has not.

    This is asked where the language is told, so that a sheet can be written first and translated later.
    """
    file = f"{project.folder}/translations/{language}.toml"
    if language not in project.translations:
        raise Refused(f"{file} is missing: project.toml names the language '{language}'.")
    words, found = project.translations[language], list[str]()
    for what, there, asked in _keys(project, words, language):
        for kind, names in (("has no", asked - there), ("has, and the project has not,", there - asked)):
            if names:
                more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
                found.append(f"{file} {kind} {what}: {', '.join(sorted(names)[:FEW])}{more}.")
    if found:
        raise Refused("\n".join(found))
    return words


def faults(project: Project) -> Iterator[str]:
    """Reviews of translations that there are not."""
    for review in project.reviews:
        if review.language not in project.facts.languages[1:]:
            yield f"judgements/reviews.toml: '{review.language}' is no language into which the project is translated."


def _keys(project: Project, words: Translation, language: str) -> Iterator[tuple[str, set[str], set[str]]]:
    """Each kind of key: those that a translation has, and those that it must have."""
    facts, sheets = project.facts, (*project.every_sheet, *project.milestones)
    yield "area", {*words.areas}, {area.code for area in facts.areas}
    yield "indicator", {*words.indicators}, {sheet.code for sheet in sheets}
    yield "criterion", {*words.criteria}, {one.name for one in facts.criteria}
    yield "standard", {*words.standards}, {one.code for one in facts.standards}
    yield "class of the policy", {*words.policy}, {*project.policy.rules}
    yield "statement", _numbers(words.facts.statements), _numbers(facts.statements)
    yield "limit", _numbers(words.facts.limits), _numbers(facts.limits)
    yield "text of", _texts_of(words), _texts_of_folder(project)
    asked = {word for word, _ in _of_tables(project)} | {*_called(project)}
    known = {*labels(project, words, language)}
    free = {*_roles(project)}
    yield "label", known - free, asked - free
    yield "text", {*words.texts}, {*words.texts} & {*_written(project)}


def _numbers(parts: Iterable[object]) -> set[str]:
    return {str(number) for number, _ in enumerate(parts, 1)}


def _texts_of(words: Translation) -> set[str]:
    """The texts that may be left out where the folder has none."""
    facts = {name for name in ("notice", "targets_note", "region", "region_name") if getattr(words.facts, name)}
    units = {f"unit of {code}" for code, one in words.indicators.items() if one.unit}
    return facts | units | {f"reached of {code}" for code, one in words.indicators.items() if one.reached}


def _texts_of_folder(project: Project) -> set[str]:
    facts = {name for name in ("notice", "targets_note", "region") if getattr(project.facts, name)}
    facts |= {"region_name"} if project.facts.region else set()
    units = {f"unit of {sheet.code}" for sheet in project.every_sheet}
    return facts | units | {f"reached of {sheet.code}" for sheet in project.milestones}


def _of_tables(project: Project) -> Iterator[tuple[str, Translations]]:
    """Each word of a field or a category of the tables, with what it is called in other languages."""
    for table in project.package.resources:
        yield table.title, table.translations
        for field in table.fields.values():
            yield field.title, field.translations
            for category in field.categories or ():
                yield category.label, category.translations
                if category.coarse and category.coarse != category.label:
                    yield category.coarse, {}


def _called(project: Project) -> Iterator[str]:
    """What sentences call groups of people, and the steps of the pathway."""
    facts = project.facts
    yield from facts.fairness.called if facts.fairness else ()
    yield from (step.name for step in facts.pathway)
    sheets: tuple[Sheet, ...] = project.every_sheet
    yield from (called for sheet in sheets for called in sheet.words.called.values())


def _written(project: Project) -> Iterator[str]:
    """What reference sheets say beside what every language must have, and the names of standards and sources."""
    for sheet in (*project.every_sheet, *project.milestones):
        yield from (str(getattr(sheet, name, "") or "") for name in WRITTEN)
    yield from (sheet.baseline.note for sheet in project.every_sheet)
    yield from (one.source for one in project.facts.standards)
    yield from (source.rstrip(".") for source, *_ in project.population.sources())


def _roles(project: Project) -> Iterator[str]:
    """Roles of people, which may have a word, and why something is told no further."""
    judged = project.judged
    for said in (judged.explanations, judged.context, judged.lessons, judged.answers, project.reached):
        yield from (one.role for one in said)
    yield from (one.role for one in (*judged.actions, *judged.recommendations))
    yield from (one.owner for one in (*judged.actions, *judged.recommendations))
    yield from (state.role for one in (*judged.actions, *judged.recommendations) for state in one.followed_up)
    yield from (one.ended for rule in project.policy.rules.values() for one in rule.breakdowns if one.ended)
