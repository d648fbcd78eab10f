"""The auditor fails closed: a solver that fails, or anything that it does not know, is never read as safe."""

from types import SimpleNamespace

import numpy as np
import pytest
import scipy.optimize

from ctanalysis.disclosure.audit import NotAudited, is_safe, opened
from tests.disclosure.prints import FEW, NAN, YEAR_1, about, exactly, printed, project
from tests.generators import linked_projects as linked

ASKED = [(YEAR_1, "total", "all", exactly(45)), (YEAR_1, "sex", "female", about(40)), (YEAR_1, "sex", "male", FEW)]


def answer(size, **more):
    return SimpleNamespace(**{"status": 0, "success": True, "x": np.zeros(size), "message": "."} | more)


def stops(error):
    def milp(weights, **_):
        raise error

    return milp


def answers(**more):
    return lambda weights, **_: answer(
        len(weights), **{key: value(len(weights)) if callable(value) else value for key, value in more.items()}
    )


WORLD = {
    "a world of nobody": np.zeros,
    "more than is printed": lambda n: np.full(n, 900.0),
    "less than nobody": lambda n: np.full(n, -5.0),
    "one number is missing": lambda n: np.append(np.zeros(n - 1), np.nan),
    "one number is endless": lambda n: np.append(np.zeros(n - 1), np.inf),
    "minus endless": lambda n: np.full(n, -np.inf),
    "one number too many": lambda n: np.zeros(n + 1),
    "one too few": lambda n: np.zeros(n - 1),
    "no numbers": lambda n: np.zeros(0),
    "a table": lambda n: np.zeros((n, 1)),
}
FAULTS = {
    "timeout": answers(status=1, success=False, x=None),
    "timeout with a world": answers(status=1, success=False),
    "infeasible": answers(status=2, success=False, x=None),
    "unbounded": answers(status=3, success=False, x=None),
    "another status": answers(status=4, success=False, x=None),
    "an unknown status": answers(status=17),
    "no success": answers(success=False),
    "no world": answers(x=None),
    "timeout said to be a success": answers(status=1),
    "unbounded said to be a success": answers(status=3),
    **{name: answers(x=world) for name, world in WORLD.items()},
    **{
        type(error).__name__: stops(error)
        for error in (
            ValueError("x"),
            MemoryError(),
            RuntimeError("x"),
            ZeroDivisionError(),
            OverflowError(),
            FloatingPointError(),
        )
    },
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("after", [0, 1])
def test_a_solver_that_fails_is_never_read_as_safe(fault, after, monkeypatch):
    """At once, or after one good answer: whatever a solver gives that is no certain answer, nothing is published."""
    good, calls = scipy.optimize.milp, []

    def milp(weights, **more):
        calls.append(1)
        return good(weights, **more) if len(calls) <= after else FAULTS[fault](weights, **more)

    monkeypatch.setattr(scipy.optimize, "milp", milp)
    with pytest.raises(NotAudited):
        opened(printed(*ASKED), project())
    calls.clear()
    with pytest.raises(NotAudited):
        is_safe(printed(*ASKED), project())


@pytest.mark.parametrize(
    "status, success",
    [(1, False), (2, False), (3, False), (4, False), (17, False), (0, False), (1, True), (3, True), (4, True)],
)
def test_a_true_answer_with_a_doubt_is_none(status, success, monkeypatch):
    """The world is a good one, and the solver says that it ran out of time, or that it was no success:
    it is not believed.
    """
    good = scipy.optimize.milp
    monkeypatch.setattr(
        scipy.optimize,
        "milp",
        lambda weights, **more: answer(0, x=good(weights, **more).x, status=status, success=success),
    )
    with pytest.raises(NotAudited):
        opened(printed(*ASKED), project())


def test_a_world_with_less_than_nobody_in_it_is_none(monkeypatch):
    """Five women less than nobody, and five people less in all:
    everything adds up, no printed number speaks against it, and it is no world.
    """
    monkeypatch.setattr(scipy.optimize, "milp", answers(x=lambda size: np.array([-5.0, -5.0, 0.0])))
    with pytest.raises(NotAudited):
        opened(printed((YEAR_1, "sex", "male", FEW)), project())


def test_whoever_interrupts_interrupts(monkeypatch):
    """Ctrl-C is no answer either, and passes through."""
    monkeypatch.setattr(scipy.optimize, "milp", stops(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        opened(printed(*ASKED), project())


def test_twenty_solver_faults_and_more():
    assert len(FAULTS) >= 20


WRONG = {
    "an indicator": (printed(*ASKED, code="nobody's"), "no indicator"),
    "a category": (printed((YEAR_1, "sex", "both", about(10))), "no cell"),
    "a breakdown": (printed((YEAR_1, "colour", "red", about(10))), "no breakdown"),
    "a breakdown that exists elsewhere": (printed((YEAR_1, "area", "north", about(10))), "no breakdown"),
    "a state": (printed((YEAR_1, "sex", "male", "hidden")), "none of the states"),
    "another threshold": (printed((YEAR_1, "sex", "male", "fewer than 5")), "none of the states"),
    "few people of people": (printed((YEAR_1, "sex", "male", f"{FEW} people")), "none of the states"),
    "a number with a hidden cell": (printed((YEAR_1, "sex", "male", (4.0, NAN, NAN, FEW))), "none of the states"),
    "a number with a withheld cell": (
        printed((YEAR_1, "sex", "male", (4.0, NAN, NAN, "withheld"))),
        "none of the states",
    ),
    "an exact cell without number": (printed((YEAR_1, "sex", "male", (NAN, NAN, NAN, "exact"))), "none of the states"),
    "few of services": (printed((YEAR_1, "sex", "male", FEW), code="services"), "none of the states"),
    "few people of a share of people": (
        printed((YEAR_1, "sex", "male", "fewer than 10 people"), code="share"),
        "none of the states",
    ),
    "what contradicts itself": (
        printed((YEAR_1, "sex", "male", about(40)), (YEAR_1, "total", "all", exactly(20))),
        "contradict",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_the_auditor_does_not_know_is_refused(what):
    """A cell that the project's files do not know, or a state that the policy does not, is no safe cell."""
    cells, says = WRONG[what]
    code = cells["indicator"].iloc[0]
    with pytest.raises(NotAudited, match=says):
        opened(cells, project(code if code in linked.CALCULATIONS else "once"))
