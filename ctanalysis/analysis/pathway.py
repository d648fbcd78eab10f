"""The pathway: how many people were found, and of those who came so far, what share went on, by fiscal year.

    project.toml, pathway ─▶ totals of each complete fiscal year, to date ─▶ Step by step, as they are told

Every step has a cohort of its own: those who came to it, each in the fiscal year in which they came, or in which their
days were over. So who is not yet due is in no share, and neither kept nor lost.
"""

from dataclasses import dataclass

from ctanalysis.analysis.known import Known
from ctanalysis.analysis.values import Value
from ctanalysis.project.sheets import Sheet


@dataclass(frozen=True)
class Step:
    """A step of the pathway. name: who has come so far, as project.toml has it.

    by_year: its values of the complete fiscal years, in order. to_date: of the project to the last year's end, or,
    where it counts people, to the period's last day; None where no year has ended.
    """

    name: str
    by_year: tuple[Value, ...]
    to_date: Value | None

    @property
    def sheet(self) -> Sheet:
        """The sheet of its indicator."""
        return self.by_year[0].sheet

    @property
    def is_share(self) -> bool:
        """Whether it is a share of those who came so far; the first step counts people."""
        return self.sheet.measure == "share"


def pathway(known: Known) -> tuple[Step, ...]:
    """The steps of the project's pathway, in order; none where the project names none, or no year has ended."""
    steps = known.project.facts.pathway
    return tuple(_step(known, step.indicator, step.name) for step in steps if known.by_year.get(step.indicator))


def _step(known: Known, code: str, name: str) -> Step:
    is_share = known.project.sheet(code).measure == "share"
    to_date = known.total(code, "project to last year end" if is_share else "project to date")
    return Step(name, known.by_year[code], to_date)
