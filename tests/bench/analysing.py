"""All analyses of a period beside its evaluation: claims, findings, and every sentence that is made of them."""

from collections import defaultdict
from statistics import median
from time import process_time

from tests.bench.clocks import PERIOD, RUNS, fresh

SENTENCES = ("points", "also_found", "reach", "fairness", "pathway", "cost")
OF_AREAS = ("area", "paces", "signals")
PARTS = ("evaluate", "claims and findings", "sentences")
WANTED = "wanted: at most 0.5"


def analysing(folder):
    """Each run in a process of its own, where imports are done: a first run of each is thrown away."""
    runs = [fresh(seconds) for _ in range(RUNS)]
    ratios = sorted((run[PARTS[1]] + run[PARTS[2]]) / run[PARTS[0]] for run in runs)
    print(f"{PERIOD}, CPU seconds, median of {RUNS} runs, each in a process of its own and a first one thrown away\n")
    for part in PARTS:
        print(f"   {median(run[part] for run in runs):5.2f} s  {part}")
    print(f"\n   analyses take {median(ratios):.2f} of evaluate's time ({ratios[0]:.2f} to {ratios[-1]:.2f}); {WANTED}")


def seconds():
    """CPU seconds of the parts, of the second time that they are done."""
    from ctanalysis import evaluate, narrative

    for _ in range(2):
        took = defaultdict(float)
        evaluation = _timed(took, "evaluate", evaluate, PERIOD)
        _timed(took, "claims and findings", lambda one: (one.claims, one.findings), evaluation)
        for name in SENTENCES:
            _timed(took, "sentences", getattr(narrative, name), evaluation)
        for area in evaluation.project.facts.areas:
            for name in OF_AREAS:
                _timed(took, "sentences", getattr(narrative, name), evaluation, area.code)
    return dict(took)


def _timed(took, part, function, *arguments):
    start = process_time()
    found = function(*arguments)
    took[part] += process_time() - start
    return found
