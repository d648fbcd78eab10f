"""Targets, published figures, contract figures, spending and the pathway are of indicators that there are."""

from collections.abc import Iterable, Iterator

from ctanalysis.project.agreement import entries
from ctanalysis.project.project import Project


def faults(project: Project) -> Iterator[str]:
    """A sentence to each figure of targets.csv, published.csv and policy.toml that is of nothing, or twice there."""
    codes = list(dict.fromkeys(sheet.code for sheet in project.sheets))
    milestones = [sheet.code for sheet in project.milestones]
    yield from _unknown("targets.csv", (target.indicator for target in project.targets), [*codes, *milestones])
    yield from _unknown("published.csv", (figure.indicator for figure in project.published), codes)
    shares = {sheet.code for sheet in project.sheets if sheet.measure == "share"}
    for code in dict.fromkeys(
        t.indicator for t in project.targets if t.indicator in shares and max(t.target.numbers) > 1
    ):
        yield f"targets.csv: a target of indicator '{code}' is above 1; write a share of 75 per cent as 0.75."
    for name, rule in project.policy.rules.items():
        for code in rule.contract_figures:
            if code not in codes:
                yield f"policy.toml, class '{name}': there is no indicator '{code}'. There are: {', '.join(codes)}."
    yield from _of_facts(project, codes)
    yield from entries.repeated("targets.csv", ((t.indicator, t.period, t.valid_from) for t in project.targets))
    yield from entries.repeated("published.csv", ((p.indicator, p.as_of) for p in project.published))
    yield from entries.periods("targets.csv", project.targets, project.calendar)


def _of_facts(project: Project, codes: list[str]) -> Iterator[str]:
    """What project.toml says of indicators."""
    facts, spending = project.facts, project.facts.funding.spending
    steps = [step.indicator for step in facts.pathway]
    yield from _unknown("project.toml, funding", filter(None, [spending]), codes)
    yield from _unknown("project.toml, pathway", steps, codes)
    yield from _unknown("project.toml, costs", (cost.per for cost in facts.costs), codes)
    measures = {sheet.code: sheet.measure for sheet in project.sheets}
    if measures.get(spending, "sum") != "sum":
        yield f"project.toml, funding: indicator '{spending}' is no sum. Name the one of what was spent."
    for code in (code for code in steps[1:] if measures.get(code, "share") != "share"):
        yield f"project.toml, pathway: indicator '{code}' is no share. Steps after the first are shares."
    if len({*steps}) != len(steps):
        yield "project.toml, pathway: an indicator is named twice. Each step is an indicator of its own."


def _unknown(name: str, named: Iterable[str], codes: list[str]) -> Iterator[str]:
    for code in dict.fromkeys(code for code in named if code not in codes):
        yield f"{name}: there is no indicator '{code}'. There are: {', '.join(codes)}."
