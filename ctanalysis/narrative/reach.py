"""Who and where it reached, how people fared on the pathway, and what it cost: in sentences."""

from ctanalysis.analysis import cost as costs
from ctanalysis.analysis import fairness as fair
from ctanalysis.analysis.pathway import fewest
from ctanalysis.analysis.pathway import pathway as steps_of
from ctanalysis.analysis.reach import PER, Reach, reaches
from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.text import Text, rendered
from ctanalysis.project import Project
from ctanalysis.project.facts import Fairness

MOST_RECENT = ("period", "last fiscal year")  # the horizons of which one is told, the first there is


def reach(evaluation: Evaluation) -> Text:
    """The rates of regions, those that stand out, and those where nothing was done."""
    found = reaches(evaluation.known)
    titles = {one.way: evaluation.project.title(one.sheet, one.way) for one in found}
    clear = evaluation.claims.by_code("region")
    alike = dict[str, list[str]]()
    for one in (one for one in found if not clear.get(one.sheet.code)):
        alike.setdefault(_verdict(one), []).append(one.sheet.code)
    return rendered("reach", evaluation, "reach", reaches=found, clear=clear, titles=titles, per=PER, alike=alike)


def _verdict(found: Reach) -> str:
    """The message for regions of which none stands out."""
    if found.spread is not None:
        return "none_stands_out"
    return "while_missing" if found.total.lack else "chance_unknown"


def fairness(evaluation: Evaluation) -> Text:
    """The share of women in what was done, and the gaps between women and men in what came of it."""
    facts, known = evaluation.project.facts, evaluation.known
    if facts.fairness is None:
        return rendered(
            "fairness", evaluation, "reach", proportions=(), gaps=(), clear={}, called={}, fallen_back=False
        )
    told: dict[str, fair.Proportion] = {}
    for one in sorted(fair.proportions(known), key=lambda one: fair.HORIZONS.index(one.of.horizon)):
        if one.of.horizon in MOST_RECENT:
            told.setdefault(one.of.sheet.code, one)
    shown = [told[sheet.code] for sheet in evaluation.project.sheets if sheet.code in told]
    called = _called(evaluation.project, facts.fairness)
    fallen_back = any(one.of.horizon != MOST_RECENT[0] for one in shown)
    context = {"clear": evaluation.claims.by_code("gap"), "called": called, "fallen_back": fallen_back}
    return rendered("fairness", evaluation, "reach", proportions=shown, gaps=fair.gaps(known), **context)


def _called(project: Project, chosen: Fairness) -> dict[str, str]:
    """The words for the field, as the first sheet that is broken down by it has them, and for its two categories."""
    sheet = next((sheet for sheet in project.sheets if (chosen.field,) in sheet.disaggregations), None)
    title = project.title(sheet, chosen.field) if sheet else chosen.field
    return {"field": title, "of": chosen.called[0], "beside": chosen.called[1]}


def pathway(evaluation: Evaluation) -> Text:
    """The step at which fewest go on; all numbers are in tables.pathway, and how to read them in figures.pathway."""
    steps = steps_of(evaluation.known)
    return rendered("pathway", evaluation, "reach", steps=steps, fewest=fewest(steps))


def cost(evaluation: Evaluation) -> Text:
    """What was spent of the funding, and for each result. How it stands beside the time is a finding."""
    known = evaluation.known
    return rendered("cost", evaluation, "reach", e=costs.execution(known), units=costs.unit_costs(known))
