"""Where only some were asked, the indicator that counts all is there, and counts."""

from collections.abc import Iterator, Sequence

from ctanalysis.project.project import Project
from ctanalysis.project.sheets import Printed, Sheet

WITH_N = ("share", "mean", "median", "gain")


def faults(project: Project, files: Sequence[tuple[Printed, str]]) -> Iterator[str]:
    """A sentence to each asked_of that names no indicator that counts, or stands where nobody is asked."""
    counting = {sheet.code for sheet in project.sheets if sheet.counts_up}
    for sheet, file in files:
        if not isinstance(sheet, Sheet) or sheet.asked_of is None:
            continue
        where = f"indicators/{file}: 'asked_of'"
        if sheet.measure not in WITH_N:
            yield f"{where}: only a {', '.join(WITH_N[:-1])} or {WITH_N[-1]} is of those who were asked. Take it out."
        elif sheet.asked_of not in counting:
            there = ", ".join(sorted(counting)) or "none"
            yield f"{where}: no indicator '{sheet.asked_of}' counts rows, people or a sum. Those that do: {there}."
