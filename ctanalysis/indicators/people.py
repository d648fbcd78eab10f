"""How many people stand behind each value: what the gate has to know of a count of services, or a sum of grants."""

from collections.abc import Sequence

import pandas as pd

from ctanalysis.indicators.values import calculate
from ctanalysis.indicators.windows import Window
from ctanalysis.project import Project
from ctanalysis.project.row_calculations import People
from ctanalysis.project.sheets import Sheet
from ctanalysis.records import Records


def with_people(
    project: Project, records: Records, windows: Sequence[Window], sheets: Sequence[Sheet] | None = None
) -> pd.DataFrame:
    """The exact values of calculate(), with the column `people`: distinct people with a row in each cell.

    people is NaN where the policy names no field by which the table's people are known, and of an audited class, whose
    breakdowns wait whatever is behind them.
    """
    sheets = project.sheets if sheets is None else sheets
    values = calculate(project, records, windows, sheets)
    countable = [sheet for sheet in sheets if _part(project, sheet)]
    if not countable:
        return values.assign(people=float("nan"))
    counting = [sheet.model_copy(update={"calculation": _part(project, sheet)}) for sheet in countable]
    people = calculate(project, records, windows, counting, each_category=True)
    behind = values["indicator"].isin([sheet.code for sheet in countable])
    values.loc[behind, "people"] = people["value"].to_numpy()
    return values


def _part(project: Project, sheet: Sheet) -> People | None:
    """The rows that a sheet counts, counted by person; None where people are not known, or its rows have no day."""
    part = sheet.row_calculation
    rule = project.disclosure_rule(sheet)
    person = "" if rule.audited else rule.person
    if not person or not hasattr(part, "date"):
        return None
    asked = {name: getattr(part, name) for name in ("table", "date", "where", "any")}
    return People(measure="people", counted="each period", person=person, rounds=sheet.rounds, **asked)
