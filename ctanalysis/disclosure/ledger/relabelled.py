"""What was released under a category's former label is read under the one that it has now."""

import pandas as pd

from ctanalysis.project import Project


def relabelled(cells: pd.DataFrame, project: Project) -> pd.DataFrame:
    """The ledger's cells with each category as it is called now: what its `formerly` names is the same category."""
    labels = _labels(project)
    if not labels:
        return cells
    keys = zip(cells["indicator"], cells["disaggregation"], cells["category"], strict=True)
    return cells.assign(category=[_now(labels, *key) for key in keys])


def _labels(project: Project) -> dict[tuple[str, str], dict[str, str]]:
    """By indicator and field, former labels and today's; of fields that have any."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for sheet in project.sheets:
        for name in {name for way in sheet.disaggregations for name in way}:
            now = labels_now(project, sheet.code, name)
            found |= {(sheet.code, name): now} if now else {}
    return found


def labels_now(project: Project, code: str, name: str) -> dict[str, str]:
    """Of a field of an indicator, former labels and today's."""
    field = project.field(project.sheet(code), name)
    return {former: category.label for category in field.categories or () for former in category.formerly}


def _now(labels: dict[tuple[str, str], dict[str, str]], code: str, way: str, category: str) -> str:
    fields, parts = way.split(" × "), category.split(" × ")
    if len(fields) != len(parts):  # the total
        return category
    pairs = zip(fields, parts, strict=True)
    return " × ".join(labels.get((code, name), {}).get(part, part) for name, part in pairs)
