"""What sheets share with others: standards of the project, each of one sheet; dimensions that some are told by."""

from collections.abc import Iterator, Sequence

from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.project import Project
from ctanalysis.project.sheets import Printed, Sheet


def faults(project: Project, files: Sequence[tuple[Printed, str]]) -> Iterator[str]:
    """A sentence to each sheet whose standard the project has not, or another sheet that is told has, too.

    And to each dimension of IATI by which none is broken down.
    """
    yield from _dimensions(project)
    known, first = [one.code for one in project.facts.standards], dict[str, str]()
    for sheet, file in files:
        if sheet.standard is None:
            continue
        where = f"indicators/{file}"
        if sheet.standard not in known:
            there = ", ".join(known) or "none"
            yield f"{where}: project.toml has no [[standards]] with the code '{sheet.standard}'. There are: {there}."
        elif not isinstance(sheet, Sheet):
            yield f"{where}: a milestone has no number to lay beside those of others. Take its standard out."
        elif not sheet.retired and first.setdefault(sheet.standard, file) != file:
            yield f"{where}: it names the standard '{sheet.standard}', as {first[sheet.standard]} does. Take one out."


def _dimensions(project: Project) -> Iterator[str]:
    told = dict.fromkeys(
        name.removesuffix(COARSE) for sheet in project.sheets for fields in sheet.disaggregations for name in fields
    )
    for name in project.facts.iati.dimensions if project.facts.iati else ():
        if name not in told:
            there = ", ".join(told) or "none"
            yield f"project.toml: 'iati.dimensions': no indicator is broken down by '{name}'. There are: {there}."
