"""What is told of whom: of the same people an attribute is told once, whatever the indicator is called.

Indicators of one class may count the same people, one of them a part of the other's. An attribute that is told of both
shows how few there are between them; so does a total of one of its categories. History belongs to the attribute of the
people, so that a new code is no way around it. Nor is another table: a field of one name is one attribute, wherever in
a class of people it stands.

A field that says the same under another name (gender beside sex) is the same attribute, too. No name tells that, and
the auditor sees no records; but such a twin has the same categories. So two fields whose categories are called alike
are refused. Nobody here can know it of one attribute under two names and in two sets of words.
"""

from collections.abc import Collection
from itertools import combinations, product

import pandas as pd

from ctanalysis.disclosure.audit.solving import NotAudited
from ctanalysis.disclosure.audit.told import RECORDED, Told, says, told_fields
from ctanalysis.project import Project
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.sheets import Sheet

BASES = {RECORDED, "not recorded"}  # not who shares a trait, but how many
YES_NO = {"yes", "no"}
Attribute = tuple[str, str, str]  # "table" or "class", its name, and a field


def every_told(cells: pd.DataFrame, project: Project, conditioned: Collection[str]) -> list[Told]:
    """The breakdowns that are told by the waiting rule.

    cells: all that is printed. conditioned: codes of indicators whose total is itself part of a breakdown. NotAudited:
    an attribute is told of two indicators, or in a total too.
    """
    found, of = list[Told](), dict[Attribute, Sheet]()
    sheets = [sheet for sheet in project.sheets if project.disclosure_rule(sheet).audited]
    for sheet in sheets:
        printed = cells[cells["indicator"] == sheet.code]
        for name in told_fields(printed):
            for other in (of.setdefault(one, sheet) for one in _attributes(project, sheet, name)):
                _check_once(name, other, sheet)
            found.append(Told.of(project, sheet, name, printed))
    for first, second in combinations(found, 2):
        _check_twins(first, second)
    figures = {code for sheet in sheets for code in project.disclosure_rule(sheet).contract_figures}
    others = {sheet.code for sheet in sheets} - figures  # an attribute was told, though no sheet names it any more
    for code in sorted(others.union(conditioned)):
        if says(cells[cells["indicator"] == code]).any():
            _check_condition(project, project.sheet(code), of)
    return found


def _attributes(project: Project, sheet: Sheet, name: str) -> tuple[Attribute, Attribute]:
    """The field where it stands, and by its name among all fields of the class: people may be in several tables."""
    located = project.package.locate(sheet.calculation.table, name.removesuffix(COARSE))
    people = project.package.tables[sheet.calculation.table].disclosure
    return ("table", located.table, located.field.name), ("class", people, located.field.name)


def _check_once(name: str, other: Sheet, sheet: Sheet) -> None:
    """NotAudited: an attribute is told of another indicator."""
    if other is not sheet:
        raise NotAudited(
            f"{name} is told of indicators {other.code} and {sheet.code}, which are of the same people. "
            "What was told of one of them stays: the other has totals only, or another attribute"
        )


def _check_twins(one: Told, other: Told) -> None:
    """NotAudited: two fields have the same categories, or all of one are among those of the other."""
    if one.name == other.name:
        return
    for few, many in product(_categories(one), _categories(other)):
        if {*few} <= {*many} or {*many} <= {*few}:
            raise NotAudited(
                f"{one} and {other} have the same categories ({', '.join(sorted(few & many))}): one attribute of the "
                "same people is told once. Take one of them out of policy.toml; if they are two things, say so in "
                "their labels (from the south, to the south)"
            )


def _categories(told: Told) -> list[set[str]]:
    """What the categories are called by which a breakdown is told, coarse and fine; none of yes and no, or of one."""
    columns = {column for table in told.cells.values() for column in table}
    ways = [{label.casefold() for of, label in columns if of == way} - BASES for way in {of for of, _ in columns}]
    return [labels for labels in ways if len(labels) > 1 and labels != YES_NO]


def _check_condition(project: Project, sheet: Sheet, told: dict[Attribute, Sheet]) -> None:
    """NotAudited: a total is of a category of an attribute that is told."""
    inside = getattr(sheet.calculation, "inside", {})  # of a share
    asked = [(part, name) for part in sheet.by_table for name in part.calculation.chosen_by]
    for part, name in (*asked, *((sheet, name) for name in inside)):
        for other in (told[one] for one in _attributes(project, part, name) if one in told):
            raise NotAudited(
                f"the total of indicator {sheet.code} is of some by {name}, which is told of indicator {other.code}: "
                "it is a cell of that breakdown, and is not told by itself"
            )
