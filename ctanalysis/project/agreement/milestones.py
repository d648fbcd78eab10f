"""What was decided of milestones is about milestones, each once, and their targets are days."""

from collections import Counter
from collections.abc import Iterator

from ctanalysis.project.agreement import entries
from ctanalysis.project.project import Project

FILE = "judgements/milestones.toml"


def faults(project: Project) -> Iterator[str]:
    """A sentence to each entry that is about no milestone, twice there or too early, and to what is no target."""
    codes, start = [sheet.code for sheet in project.milestones], project.facts.start
    for one in project.reached:
        if one.indicator not in codes:
            there = f"There are: {', '.join(codes)}." if codes else 'No sheet has measure = "milestone".'
            yield f"{FILE}: '{one.indicator}' is no milestone. {there}"
        elif one.reached < start:
            yield f"{FILE}: '{one.indicator}' is reached on {one.reached}, before the project's first day, {start}."
    yield from entries.repeated(FILE, ((one.indicator,) for one in project.reached))
    targets = [target for target in project.targets if target.indicator in codes]
    for code in dict.fromkeys(target.indicator for target in targets if target.target.numbers != (1,)):
        yield f"targets.csv: the target of milestone '{code}' is 1, in the row of the period by whose end it is due."
    for (code, _), count in Counter((target.indicator, target.valid_from) for target in targets).items():
        if count > 1:
            yield f"targets.csv: milestone '{code}' is due once. Keep one row, and give a later day with valid_from."
