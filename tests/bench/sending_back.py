"""make check on a long workbook: copies of the rows to be looked at, of all rows, as they were once, and of fewer."""

from contextlib import redirect_stdout
from io import StringIO
from statistics import median
from unittest.mock import patch

from tests.bench.clocks import children, fresh

LONG, TURNS, ONE_IN = 46_000, 3, 150
HEADINGS = ("номер встречи", "день встречи", "центр", "тема", "женщины", "мужчины", "пол не записан", "всего")
TOPICS = ("документы и патент", "безопасная миграция")


def sending_back(folder):
    project, short = long_workbook(folder / "long"), long_workbook(folder / "short", LONG // 4)
    runs = ((project, False), (project, True), (short, False))
    turns = [[fresh(check, *run) for run in runs] for _ in range(TURNS)]
    ours, all_rows, quarter = (median(turn[side][0] for turn in turns) for side in range(len(runs)))
    size, whole = (turns[0][side][1] / 1e6 for side in (0, 1))
    ratios = sorted(other[0] / mine[0] for mine, other, _ in turns)
    print(
        f"The check of the second project with a workbook of {LONG:,} rows, of which one in {ONE_IN} is wrong; CPU "
        f"seconds with all that it starts, each in a process of its own: median of {TURNS} runs, by turns\n"
    )
    print(f"   rows to be looked at   {ours:6.1f} s   {size:5.2f} MB")
    print(
        f"   all rows, by cell      {all_rows:6.1f} s   {whole:5.2f} MB   {median(ratios):.1f} times as long "
        f"({ratios[0]:.1f} to {ratios[-1]:.1f})"
    )
    print(f"   a quarter of the rows  {quarter:6.1f} s   four times as many take {ours / quarter:.1f} times as long")


def long_workbook(folder, rows=LONG):
    """The second project with a workbook of so many meetings, from a seed; the sum of one in ONE_IN does not agree."""
    import shutil
    from datetime import date, timedelta
    from random import Random

    import openpyxl

    from tests.generators.second_project import SECOND

    shutil.copytree(SECOND, folder, ignore=shutil.ignore_patterns("reports", "internal", "releases"))
    book, random = openpyxl.Workbook(), Random(7)
    book.active.append(HEADINGS)
    for number in range(rows):
        counts = random.randrange(5, 40), random.randrange(5, 40), random.randrange(3)
        day = date(2021, 1, 4) + timedelta(random.randrange(170))
        total = sum(counts) + (number % ONE_IN == 0)
        book.active.append([f"X-{number:05}", day, f"M{1 + number % 3}", TOPICS[number % 2], *counts, total])
    book.save(folder / "records/vokhuriho/2021/umed.xlsx")
    return folder


def check(folder, all_rows):
    """CPU seconds of the data check with its copies, and the bytes of the long one. all_rows: as it was once."""
    from time import process_time

    from ctanalysis.intake import datacheck
    from ctanalysis.intake.datacheck import plans
    from ctanalysis.project import load

    start = process_time() + children()
    with patch.object(plans, "WHOLE", LONG + 1 if all_rows else plans.WHOLE), redirect_stdout(StringIO()):
        datacheck.check(load(folder), folder / "check")
    spent = process_time() + children() - start
    return spent, (folder / "check/send-back/vokhuriho-2021-umed.xlsx").stat().st_size
