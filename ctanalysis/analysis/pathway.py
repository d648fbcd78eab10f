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
class Fewest:
    """The step at which the smallest share goes on. is_certain: of all that they stand for; steps: with a share."""

    name: str
    value: Value
    is_certain: bool
    steps: int


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
    def told(self) -> Value | None:
        """To date, where anything of it is told; else of the last fiscal year."""
        if self.to_date is not None and self.to_date.told:
            return self.to_date
        return next((value for value in reversed(self.by_year) if value.told), self.to_date)

    @property
    def is_share(self) -> bool:
        """Whether it is a share of those who came so far; the first step counts people."""
        return self.sheet.measure == "share"


def pathway(known: Known) -> tuple[Step, ...]:
    """The steps of the project's pathway, in order; none where the project names none, or no year has ended."""
    steps = known.project.facts.pathway
    return tuple(_step(known, step.indicator, step.name) for step in steps if known.by_year.get(step.indicator))


def fewest(steps: tuple[Step, ...]) -> Fewest | None:
    """The step at which the smallest share goes on; None where no share is told."""
    found = [(step, step.told) for step in steps if step.is_share]
    shares = [(step, value) for step, value in found if value and value.told]
    if not shares:
        return None
    step, value = min(shares, key=lambda one: one[1].high)
    others = (other for _, other in shares if other is not value)
    return Fewest(step.name, value, all(value.high <= other.low for other in others), len(shares))


def _step(known: Known, code: str, name: str) -> Step:
    is_share = known.project.sheet(code).measure == "share"
    to_date = known.total(code, "project to last year end" if is_share else "project to date")
    return Step(name, known.by_year[code], to_date)
