"""What project.toml asks of indicators: spending and its lines, who is held beside whom, and the pathway."""

from collections.abc import Iterator

from ctanalysis.project.agreement import fields
from ctanalysis.project.categories import Category
from ctanalysis.project.project import Project
from ctanalysis.project.sheets import Sheet


def faults(project: Project) -> Iterator[str]:
    """A sentence to each thing that project.toml asks of an indicator or a category that there is not, or not such."""
    yield from _spending(project)
    yield from _costs(project)
    yield from _fairness(project)
    yield from _pathway(project)


def _spending(project: Project) -> Iterator[str]:
    code = project.facts.funding.spending
    if code:
        yield from _unknown(project, "funding", code)
    if any(sheet.measure != "sum" for sheet in _of(project, code)):
        yield f"project.toml, funding: indicator '{code}' is no sum. Name the one of what was spent."


def _costs(project: Project) -> Iterator[str]:
    costs, spending = project.facts.costs, project.facts.funding.spending
    if costs and not spending:
        yield (
            "project.toml, costs: nothing says what was spent. Name its indicator under [funding], as in "
            'spending = "4.1", or take costs out.'
        )
        return
    for cost in costs:
        yield from _unknown(project, "costs", cost.per)
        if cost.per == spending or any(not sheet.counts_up for sheet in _of(project, cost.per)):
            yield f"project.toml, costs: indicator '{cost.per}' is no number of what was done or of people. Name one."
    if len({(cost.line, cost.per) for cost in costs}) != len(costs):
        yield "project.toml, costs: a line is named twice for the same indicator. Take one of them out."
    yield from _lines(project, [*dict.fromkeys(cost.line for cost in costs)])


def _lines(project: Project, named: list[str]) -> Iterator[str]:
    """A sentence to each line that is no category by which spending is broken down."""
    for sheet in _of(project, project.facts.funding.spending)[:1] if named else ():
        lines = [one.value for way in _ways(sheet) for one in _categories(project, sheet, way)]
        if not lines:
            yield (
                f"project.toml, costs: indicator '{sheet.code}' is broken down by no line. Write disaggregate into its "
                "sheet, or take costs out."
            )
            continue
        for line in (line for line in named if line not in lines):
            yield f"project.toml, costs: there is no line '{line}'. There are: {', '.join(lines)}."


def _fairness(project: Project) -> Iterator[str]:
    fairness = project.facts.fairness
    if fairness is None:
        return
    field, both = fairness.field, (fairness.share_of, fairness.beside)
    sheets = [sheet for sheet in project.sheets if field in _ways(sheet)]
    if not sheets:
        ways = dict.fromkeys(way for sheet in project.sheets for way in _ways(sheet))
        yield (
            f"project.toml, fairness: no indicator is broken down by '{field}' alone. There are: "
            f"{', '.join(ways) or 'none'}."
        )
        return
    values = [[one.value for one in _categories(project, sheet, field)] for sheet in sheets]
    there = dict.fromkeys(value for of_sheet in values for value in of_sheet)
    for value in (value for value in both if there and value not in there):
        yield f"project.toml, fairness: '{value}' is no category of '{field}'. There are: {', '.join(there)}."
    if both[0] == both[1]:
        yield "project.toml, fairness: share_of and beside are the same. Name two categories."
    if any(_is_list(project, sheet, field) for sheet in sheets):
        yield f"project.toml, fairness: '{field}' is a list, so one person may be both. Name a field of one value."


def _pathway(project: Project) -> Iterator[str]:
    steps = [step.indicator for step in project.facts.pathway]
    for code in steps:
        yield from _unknown(project, "pathway", code)
    if any(not sheet.counts_up for sheet in _of(project, next(iter(steps), ""))):
        yield f"project.toml, pathway: indicator '{steps[0]}' counts nobody. The first step is how many were found."
    for code in steps[1:]:
        if any(sheet.measure != "share" for sheet in _of(project, code)):
            yield f"project.toml, pathway: indicator '{code}' is no share. Steps after the first are shares."
    if len({*steps}) != len(steps):
        yield "project.toml, pathway: an indicator is named twice. Each step is an indicator of its own."


def _unknown(project: Project, where: str, code: str) -> Iterator[str]:
    codes = dict.fromkeys(sheet.code for sheet in project.sheets)
    if code not in codes:
        yield f"project.toml, {where}: there is no indicator '{code}'. There are: {', '.join(codes)}."


def _of(project: Project, code: str) -> list[Sheet]:
    """The sheets of an indicator: one for each of its definitions."""
    return [sheet for sheet in project.sheets if sheet.code == code]


def _ways(sheet: Sheet) -> list[str]:
    """By what a sheet is broken down, one thing at a time."""
    return [names[0] for names in sheet.disaggregations if len(names) == 1]


def _categories(project: Project, sheet: Sheet, way: str) -> tuple[Category, ...]:
    """The categories of a breakdown; none where its field is not there, which is said of the sheet."""
    return (project.field(sheet, way).categories or ()) if _is_there(project, sheet, way) else ()


def _is_list(project: Project, sheet: Sheet, way: str) -> bool:
    return _is_there(project, sheet, way) and project.field(sheet, way).type == "list"


def _is_there(project: Project, sheet: Sheet, way: str) -> bool:
    return sheet.by_columns[0] == way or not fields.missing(project.package, sheet.calculation.table, way)
