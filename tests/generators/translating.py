"""Any project told in more languages: each word of it with the code of the language behind it, so that a test can tell.

The words are no Russian and no Kyrgyz. A test of the words themselves takes the shipped project.
"""

import json

from ctanalysis.project import load
from ctanalysis.project.words import _called, _of_tables


def translate(folder, *codes, reviewed=()):
    """The project in a folder, told in these languages beside its first; reviewed: those that somebody has read."""
    path = folder / "project.toml"
    text = path.read_text(encoding="utf-8")
    [line] = [line for line in text.splitlines() if line.startswith("language = ")]
    first = line.partition('"')[2][:2]
    path.write_text(text.replace(line, f"languages = {json.dumps([first, *codes])}"), encoding="utf-8")
    (folder / "translations").mkdir(exist_ok=True)
    for code in codes:
        words = "\n".join(_words(load(folder), code))
        (folder / "translations" / f"{code}.toml").write_text(words, encoding="utf-8")
    for code in reviewed:
        review(folder, code)
    return folder


def review(folder, code):
    """Somebody has read the words in a language."""
    (folder / "judgements").mkdir(exist_ok=True)
    with (folder / "judgements" / "reviews.toml").open("a", encoding="utf-8") as file:
        file.write(f'[[review]]\nlanguage = "{code}"\nrole = "Editor"\ndate = 2014-01-15\n')


def _words(project, code):
    """The lines of a translation: every word that it must have."""

    def said(text):
        return json.dumps(f"{text} {code}", ensure_ascii=False)

    facts, quality = project.facts, project.quality
    yield "[facts]"
    for name in ("name", "country", "donor", "implementer", "locations"):
        yield f"{name} = {said(getattr(facts, name))}"
    yield from (f"{name} = {said(text)}" for name in ("notice", "targets_note") if (text := getattr(facts, name)))
    yield f"currency = {said(facts.funding.currency)}"
    for name, texts in (
        ("partners", facts.partners),
        ("statements", [one.text for one in facts.statements]),
        ("limits", [one.text for one in facts.limits]),
    ):
        yield f"{name} = [{', '.join(map(said, texts))}]"
    if facts.region:
        yield f"region = {said(facts.region.statement)}\nregion_name = {said(facts.region.name)}"
    for area in facts.areas:
        yield f'[areas."{area.code}"]\nname = {said(area.name)}\npurpose = {said(area.purpose)}'
    yield f"[quality]\nnote = {said(quality.note)}"
    for name in ("validity", "integrity", "precision", "reliability", "timeliness"):
        yield f"{name} = {said(getattr(quality, name).reason)}"
    yield "[policy]"
    yield from (f"{name} = {said(rule.describes)}" for name, rule in project.policy.rules.items())
    yield "[criteria]"
    yield from (f"{one.name} = {said(one.missing)}" for one in facts.criteria)
    yield "[standards]"
    yield from (f'"{one.code}" = {said(one.name)}' for one in facts.standards)
    for sheet in project.every_sheet:
        yield f'[indicators."{sheet.code}"]\nname = {said(sheet.name)}\nunit = {said(sheet.unit)}'
        yield f"definition = {said(sheet.definition)}\nlimitations = {said(sheet.limitations)}"
    for sheet in project.milestones:
        yield f'[indicators."{sheet.code}"]\nname = {said(sheet.name)}\nreached = {said("reached")}'
        yield f"not_reached = {said('not reached')}\n"
        yield f"definition = {said(sheet.definition)}\nlimitations = {said(sheet.limitations)}"
    yield "[labels]"
    every = dict.fromkeys([*(word for word, _ in _of_tables(project)), *_called(project)])
    yield from (f"{json.dumps(word, ensure_ascii=False)} = {said(word)}" for word in every)
