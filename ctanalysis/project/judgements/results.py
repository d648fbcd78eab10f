"""What people decided about results: why they were released again, and which milestones were reached."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from ctanalysis.project.judgements.public import check_public
from ctanalysis.project.strict import CellText, Strict


class Restatement(Strict):
    """Why the report of a period was released again with other values. revision: 1, 2, ..."""

    period: str
    revision: int = Field(ge=1)
    reason: CellText
    role: str
    date: date

    @model_validator(mode="after")
    def _names_nobody(self) -> Self:
        check_public(reason=self.reason, role=self.role)
        return self


class Restatements(Strict):
    """judgements/restatements.toml."""

    restatement: tuple[Restatement, ...] = ()


class ReachedMilestone(Strict):
    """That a milestone was reached on a day, and what shows it; decided by somebody on `date`."""

    indicator: str
    reached: date
    evidence: CellText
    role: CellText
    date: date

    @model_validator(mode="after")
    def _seen_and_names_nobody(self) -> Self:
        check_public(evidence=self.evidence, role=self.role)
        if not self.evidence.strip() or not self.role.strip():
            raise ValueError("evidence says what shows that it was reached, and role who decided: neither is empty")
        if self.date < self.reached:
            raise ValueError("date, when this was decided, is before reached: what has not come yet is not reached")
        return self


class Milestones(Strict):
    """judgements/milestones.toml."""

    milestone: tuple[ReachedMilestone, ...] = ()
