"""Clocks: seconds of a command, of a function in a process of its own, of the best of several runs."""

import resource
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from time import perf_counter, process_time, thread_time
from unittest.mock import patch

PERIOD = "FY2015Q1"
SIZES = {1: 3, 10: 2, 100: 1}  # times the shipped records: how often each side is timed, the best counts
RUNS = 5  # of each import


def doing(words):
    """Says what the bench is doing; it is no result."""
    print(f"   {words}", file=sys.stderr, flush=True)


def spent(command):
    """Wall and CPU seconds of a command and of all processes that it waits for."""
    wall, before = perf_counter(), children()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - wall, children() - before


def children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def fresh(function, *arguments):
    """What a function gives in a process of its own, in which nothing of a report is imported."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def timed(parts, name, clock, function, *arguments, **options):
    """Calls a function; its CPU seconds go to a part."""
    start = clock()
    try:
        return function(*arguments, **options)
    finally:
        parts[name] += clock() - start


def clocked(parts, name, module, function, clock=thread_time):
    """Within it, the seconds of a module's function go to a part."""
    return patch.object(module, function, partial(timed, parts, name, clock, getattr(module, function)))


def best(runs, function, *arguments):
    found = []
    for _ in range(runs):
        start = process_time()
        function(*arguments)
        found.append(process_time() - start)
    return min(found)
