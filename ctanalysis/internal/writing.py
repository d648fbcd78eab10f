"""internal/<period>/: the working tables as a workbook, as a page and as values, each marked, all or nothing."""

from pathlib import Path

from ctanalysis.base.harmless import harmless
from ctanalysis.base.replacing import replacing
from ctanalysis.internal.exact import Exact, calculated
from ctanalysis.internal.grids import grids
from ctanalysis.internal.page import page
from ctanalysis.internal.workbook import workbook
from ctanalysis.periods import Period
from ctanalysis.project import MARKING, Project, clear_outputs

BEFORE = "INTERNAL-"  # in the names, so that a file that was passed on still says what it is


def write(project: Project, period: Period, folder: Path) -> None:
    """Writes the working tables of a period in the place of the folder; only who wrote them may read them.

    Refused: records that cannot be read; what there was before is then as it was.
    """
    clear_outputs(project.folder)
    exact = calculated(project, period)
    laid = grids(exact)
    files = {
        "working-tables.xlsx": workbook(exact, laid),
        "working-tables.html": page(exact, laid).encode(),
        "values.csv": _values(exact),
    }
    with replacing(folder) as fresh:
        fresh.chmod(0o700)
        for name, content in files.items():
            path = fresh / f"{BEFORE}{name}"
            path.touch(mode=0o600)
            path.write_bytes(content)


def _values(exact: Exact) -> bytes:
    """Every value as a row of indicators.csv, with what else must travel with it."""
    frame = exact.values.assign(
        category=[harmless(label) for label in exact.values["category"]],
        caveat=[exact.caveats.get(code, "") for code in exact.values["indicator"]],
        records=exact.kind,
        marking=MARKING,
    )
    return frame.to_csv(index=False, float_format="%.15g", lineterminator="\n").encode()
