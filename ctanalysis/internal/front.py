"""What stands before the tables: what this is, who may see it, of what it is, and how to read it."""

from ctanalysis.internal.exact import Exact

SYNTHETIC = "Synthetic: made by a program. They describe no real person, event or organisation."
RECORDED = "Recorded: they are about real people."


def words(exact: Exact) -> tuple[tuple[str, str], ...]:
    """(heading, text) of each line, for the first sheet of the workbook and the top of the page."""
    facts, period = exact.project.facts, exact.period
    return (
        (
            "What this is",
            "Exact values of every indicator, by every breakdown of its reference sheet. "
            "Nothing is rounded and nothing is withheld: a number here may stand for one person.",
        ),
        (
            "Who may see it",
            "Those who may see the project's records, and nobody else. Pass it on only to them, on a safe way. "
            "Publish no number from it: what may be told is in the report (make report).",
        ),
        ("Project", f"{facts.name} in {facts.country}"),
        ("Period", f"{period}: {period.start} to {period.end}"),
        (
            "Records",
            f"{SYNTHETIC if facts.synthetic else RECORDED} Complete through {facts.records_through}. "
            "Rows that were held back are not counted; make check says which.",
        ),
        (
            "How to read it",
            '0 is a real zero. "no data": there was nothing to add up or to divide by. '
            '"not received": no records of these days came that can be used. '
            '"not this fine": the records know longer periods, and not these days. '
            '"not applicable": the project or the definition did not exist then. '
            "Per cents and means are shown with one decimal; what they were calculated from is below them, exact.",
        ),
    )


def title(exact: Exact) -> str:
    """The heading of the workbook and of the page: Working tables, FY2015Q1."""
    return f"Working tables, {exact.period}"
