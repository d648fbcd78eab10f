"""Templates for good data, from a project's own Data Package: for each table a workbook to write in and a form.

    descriptor ─▶ columns (what may be written) ─▶ entry: lists, validation, instructions
                                                └▶ xlsform: questions, choices, constraints

What is filled in by hand is read back as it is. Labels are in every language that the project
gives them in. The same project gives the same bytes.
"""

from pathlib import Path

from ctanalysis.base.replacing import replacing
from ctanalysis.intake.templates.entry import workbook
from ctanalysis.intake.templates.xlsform import form
from ctanalysis.project import Project

__all__ = ["write"]

KINDS = {"excel": workbook, "xlsform": form}


def write(project: Project, folder: str | Path) -> list[Path]:
    """Writes excel/<table>.xlsx and xlsform/<table>.xlsx for each table; returns their paths.

    All are written, or the folder is as it was.
    """
    folder = Path(folder)
    names = [(kind, table) for kind in KINDS for table in project.package.resources]
    with replacing(folder) as fresh:
        for kind, table in names:
            (fresh / kind).mkdir(exist_ok=True)
            (fresh / kind / f"{table.name}.xlsx").write_bytes(KINDS[kind](project, table))
    return [folder / kind / f"{table.name}.xlsx" for kind, table in names]
