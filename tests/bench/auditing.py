"""Auditing a release, beside making its report."""

import sys
from collections import Counter
from shutil import copytree, rmtree
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from unittest.mock import patch

from tests.bench.checking import TURNS
from tests.bench.clocks import PERIOD, clocked, fresh, spent


def auditing(folder):
    project, releases = copytree("data", folder / "audited"), list(fresh(in_order, "data"))
    *earlier, last = releases
    print(
        f"Auditing each release beside everything published before it: {len(releases)} of the shipped "
        "project, in their order; CPU seconds of one process\n"
    )
    for (label, _), found in zip(earlier, fresh(all_audited, project, earlier), strict=True):
        print_audit(label, found)
    turns = [(fresh(audited, project, last[0]), made(project, last[0])) for _ in range(TURNS)]
    audit, gate = (median(found[name] for found, _ in turns) for name in ("seconds", "gate"))
    report = median(took for _, took in turns)
    print_audit(last[0], turns[0][0] | {"seconds": audit, "gate": gate})
    print(
        f"\n   {last[0]}: its audit {audit:.2f} s, making its report {report:.1f} s (all its processes, the "
        f"gate's asking of {gate:.2f} s once), both with all earlier"
    )
    print(
        f"   releases in hand: median of {TURNS} runs, by turns: the audit takes {audit / report:.2f} times as "
        "long as the report"
    )


def print_audit(label, found):
    print(
        (
            "   {:8} {seconds:5.2f} s  {cells:6,} printed cells, {variables:6,} variables, {rows:6,} rows, "
            "{programs:4} linear programs, {targets:6,} cells asked for, {opened} opened; the gate had asked "
            "{gate:5.2f} s"
        ).format(label, **found)
    )


def in_order(folder):
    """Every complete quarter and year as (label, a day after it ended), a quarter before the year that it ends.

    The last quarter is the last of all.
    """
    from datetime import timedelta

    from ctanalysis.project import load

    calendar = load(folder).calendar
    periods = sorted(
        (period for kind in ("quarter", "year") for period in calendar.completed(kind)),
        key=lambda period: (period.end, -period.start.toordinal()),
    )
    assert periods[-1].label == PERIOD
    return [(period.label, (period.end + timedelta(20)).isoformat()) for period in periods]


def all_audited(project, releases):
    return [audited(project, *one) for one in releases]


def made(project, label):
    """CPU seconds of making a report that is not there yet."""
    rmtree(project / "reports", ignore_errors=True)
    return spent([sys.executable, "-m", "ctanalysis", "report", "-p", "period", label, "-p", "project", str(project)])[
        1
    ]


def audited(project, label, day=""):
    """The time and size of a release's audit, as publishing does it.

    With a day it is then published: an empty folder, since only the ledger is asked.
    """
    from ctanalysis.disclosure import conditioned, gate, ledger
    from ctanalysis.evaluation import named
    from ctanalysis.releases import publishing

    asked = Counter()
    with clocked(asked, "the gate", gate, "decided", process_time):
        evaluation = named(label, project)
    known, cells = ledger.read(evaluation.project), publishing.published_cells(evaluation)
    frames = [*ledger.printed(evaluation.project, known), cells]
    found = size_of_audit(frames, evaluation.project, conditioned(evaluation.project))
    if day:
        with TemporaryDirectory() as nothing:
            lines, head = ledger.lines_of(cells, (label, 0, day), known.head)
            record = {"release": label, "revision": 0, "date": day, "reason": "", "ledger": head}
            publishing._publish(nothing, ledger.folder_of(evaluation.project), lines, record)
    return found | {"gate": asked["the gate"]}


def size_of_audit(frames, project, conditioned):
    from importlib import import_module

    from ctanalysis.disclosure.audit.versions import versioned

    auditor, programs, solved = import_module("ctanalysis.disclosure.audit.shown_small"), [], []
    program, smallest = auditor.Program, auditor.smallest
    kept = lambda *arguments: programs.append(program(*arguments)) or programs[-1]  # noqa: E731
    counted = lambda *arguments: solved.append(1) or smallest(*arguments)  # noqa: E731
    with patch.object(auditor, "Program", kept), patch.object(auditor, "smallest", counted):
        start = process_time()
        found = auditor.opened(versioned(frames), project, conditioned)
        took = process_time() - start
    return {
        "seconds": took,
        "opened": len(found),
        "programs": len(solved),
        "cells": sum(len(one.cells) for one in programs),
        "variables": sum(one.rows.shape[1] for one in programs),
        "rows": sum(one.rows.shape[0] for one in programs),
        "targets": sum(len(one.targets) for one in programs),
    }
