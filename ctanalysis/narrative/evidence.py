"""What the records say of an indicator in one short sentence, to stand beside what people say of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from ctanalysis.analysis.milestones import Milestone, milestones
from ctanalysis.analysis.values import Key, Value, values_by_breakdown
from ctanalysis.evaluation import Evaluation


@dataclass(frozen=True)
class Evidence:
    """An indicator by its code and name, with its totals by horizon. milestone: where it is yes or no."""

    code: str
    name: str
    totals: Callable[[], dict[Key, list[Value]]] = field(repr=False)  # asked only where it stands beside a text
    milestone: Milestone | None
    has_caveat: bool

    def at(self, horizon: str) -> Value | None:
        """The total at a horizon; None if there is none, as of an indicator that is no longer reported."""
        return self.totals().get((self.code, horizon, "total"), [None])[0]


def evidence(evaluation: Evaluation) -> Callable[[str], Evidence]:
    """By the code of an indicator, its Evidence in an evaluation."""
    project = evaluation.project
    protected = evaluation.protected_values.where(disaggregation="total")
    totals = cache(lambda: values_by_breakdown(protected, project, evaluation.lacks, evaluation.failed))
    reached = {one.sheet.code: one for one in milestones(project, evaluation.period)}

    def of(code: str) -> Evidence:
        milestone = reached.get(code)
        name = milestone.sheet.name if milestone else project.sheet(code).name
        return Evidence(code, name, totals, milestone, code in evaluation.caveats)

    return of
