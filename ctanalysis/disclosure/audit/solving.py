"""One linear program at a time, by HiGHS; an answer that is not certain is no answer.

A solver that was read as "no bound, so nothing can be known" once passed everything. Here every
variable has an upper bound, so that there always is an answer, and every answer is looked at.
"""

from typing import Any, Protocol

import numpy as np

from ctanalysis.base.arrays import Floats
from ctanalysis.base.errors import Refused

SECONDS, NEAR = 60, 1e-6
OPTIMAL, INFEASIBLE = 0, 2  # of the states of scipy.optimize.milp


class NotAudited(Refused):
    """The audit could not be carried out, so nothing may be published."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "Nothing is made: what readers could work out from the printed numbers "
            f"cannot be checked, because {reason}."
        )


class Sums(Protocol):
    """Sums of numbers with the bounds of each: rows a sparse matrix of scipy, (sums, numbers); most: of any number."""

    @property
    def rows(self) -> Any: ...

    @property
    def low(self) -> Floats: ...

    @property
    def high(self) -> Floats: ...

    @property
    def most(self) -> float: ...


def smallest(weights: Floats, program: Sums) -> Floats:
    """A world (an array) in which weights @ world is smallest. NotAudited: no certain answer."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # half a second, for whoever audits

    rows, low, high = program.rows, program.low, program.high
    try:
        solution = milp(
            weights,
            constraints=LinearConstraint(rows, low, high),
            bounds=Bounds(0, program.most),
            options={"time_limit": SECONDS},
        )
    except (ValueError, ArithmeticError, RuntimeError, MemoryError) as error:
        raise NotAudited(f"the solver stopped ({type(error).__name__})") from None
    if solution.status == INFEASIBLE:
        raise NotAudited("the numbers that are printed contradict each other")
    if solution.status != OPTIMAL or not solution.success or solution.x is None:
        raise NotAudited("the solver gave no answer in time")
    return _believed(np.asarray(solution.x, float), program)


def _believed(world: Floats, program: Sums) -> Floats:
    """The world, if it is one: every number in it finite, and every rule kept."""
    if world.shape != (program.rows.shape[1],) or not np.isfinite(world).all():
        raise NotAudited("the solver gave an answer that is none")
    sums, slack = program.rows @ world, 1e-5 * (1 + np.abs(world).max(initial=0))
    if (world < -slack).any() or (sums < program.low - slack).any() or (sums > program.high + slack).any():
        raise NotAudited("the solver gave an answer that does not fit what is printed")
    return world
