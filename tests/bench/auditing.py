"""Auditing a release, beside making its report."""

import json
import sys
from contextlib import ExitStack
from shutil import copytree, rmtree
from statistics import median
from time import process_time
from unittest.mock import patch

from tests.bench.checking import TURNS
from tests.bench.clocks import PERIOD, fresh, spent


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
    audit = median(found["seconds"] for found, _ in turns)
    report = median(took for _, took in turns)
    print_audit(last[0], turns[0][0] | {"seconds": audit})
    print(
        f"\n   {last[0]}: its audit {audit:.2f} s, making its report {report:.1f} s (all its processes), "
        "both with all earlier"
    )
    print(
        f"   releases in hand: median of {TURNS} runs, by turns: the audit takes {audit / report:.2f} times as "
        "long as the report"
    )


def print_audit(label, found):
    print(
        (
            "   {:8} {seconds:5.2f} s  {cells:6,} printed cells, {variables:6,} variables, {rows:6,} rows, "
            "{programs:4} linear programs, {targets:6,} cells asked for, {opened} opened"
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

    With a day it is then published: an empty folder, since only the ledger and who stood where are asked.
    """
    from ctanalysis.disclosure import conditioned, ledger
    from ctanalysis.evaluation import named
    from ctanalysis.releases import publishing

    evaluation = named(label, project)
    known, cells = ledger.read(evaluation.project), publishing.published_cells(evaluation)
    frames = [*ledger.printed(evaluation.project, known), cells]
    found = size_of_audit(frames, evaluation.project, conditioned(evaluation.project))
    if day:
        published(evaluation, known, cells, (label, 0, day))
    return found


def published(evaluation, known, cells, release):
    """Puts a release without a report into the ledger."""
    from ctanalysis.disclosure import ledger

    project = evaluation.project
    lines, head = ledger.lines_of(cells, release, known.head)
    path = ledger.folder_of(project) / ledger.LEDGER
    before = path.read_text(encoding="utf-8") if path.exists() else ledger.HEADER
    record = dict(zip(ledger.RELEASE, release, strict=True)) | {"reason": "", "ledger": head, "files": {}}
    with ledger.decided(project) as fresh:
        (fresh / release[0]).mkdir()
        files = {
            f"{release[0]}/{ledger.RECORD}": json.dumps(record),
            ledger.LEDGER: before + lines,
            ledger.HALF: "{}",
            ledger.INDEX: "",
        }
        for name, text in files.items():
            (fresh / name).write_text(text, encoding="utf-8")
        for name, content in ledger.files_of_memory(project, evaluation.standing, head).items():
            (fresh / name).write_bytes(content)


def size_of_audit(frames, project, conditioned):
    from importlib import import_module

    from ctanalysis.disclosure.audit.linear_program import Program
    from ctanalysis.disclosure.audit.versions import versioned

    rooms = [import_module(f"ctanalysis.disclosure.audit.{name}") for name in ("told_register", "told_share")]
    auditor, programs, solved = import_module("ctanalysis.disclosure.audit.shown_small"), [], []
    smallest = auditor.smallest
    kept = lambda *arguments: programs.append(Program(*arguments)) or programs[-1]  # noqa: E731
    counted = lambda *arguments: solved.append(1) or smallest(*arguments)  # noqa: E731
    with ExitStack() as patched:
        for room in (auditor, *rooms):
            patched.enter_context(patch.object(room, "Program", kept))
        patched.enter_context(patch.object(auditor, "smallest", counted))
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
