"""Whether an evaluator's own pages may be released: each number on them is one that the ledger will have recorded.

    output with a mark      asked again ─▶ the same, word for word, and every cell of it recorded
    output without one      text alone, and no number in it
    all other               the release is refused

What somebody has typed, worked out, drawn or asked past a reference sheet has no mark, so that it is never released.
"""

from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from nbformat import NotebookNode

from ctanalysis import reports
from ctanalysis.base.errors import Refused
from ctanalysis.disclosure import ledger
from ctanalysis.enquiry.again import Asking
from ctanalysis.enquiry.question import MARK
from ctanalysis.enquiry.reading import Reading
from ctanalysis.evaluation import Evaluation
from ctanalysis.reports.own import number_in, stripped, texts_of

NEAR = 1e-9  # a share went through per cent, and back
TEXTS = {"text/plain", "text/markdown"}
NO_WAY = (
    "{page}.ipynb is an evaluator's own notebook, and it is not released: {why}. Of such a page only what a reference "
    'sheet declares and this report tells may be released, as p.values("1.3", by="sex", period=period) shows it. Take '
    "the rest out, or move the notebook into a folder in notebooks/, where it is not run. {period} is not released."
)


def check(draft: Path, given: reports.Source, evaluation: Evaluation, cells: pd.DataFrame) -> None:
    """Refused: an own page of a report that is about to be released has a number that no ledger records.

    draft: the report's folder; cells: of published_cells.
    """
    own = [page for page in reports.chosen(evaluation.project) if page.own]
    if not own:
        return
    read = Reading(given.project, given.records, given.released)
    read.evaluations[evaluation.period.label] = evaluation
    printed = [*ledger.CELL, *ledger.PRINTED]
    parts = given.released.cells[printed], cells[printed], evaluation.evidence[printed]
    recorded = pd.concat(parts, ignore_index=True)
    beside = _Beside(Asking(read), evaluation, recorded)
    for page in own:
        for why in beside.faults(reports.read(draft / f"{page.name}.ipynb"), page.source):
            raise Refused(NO_WAY.format(page=page.name, why=why, period=evaluation.period))


class _Beside:
    """What the outputs of a page are held beside. recorded: every released cell and those of the report, in order."""

    def __init__(self, asking: Asking, evaluation: Evaluation, recorded: pd.DataFrame) -> None:
        self.asking, self.evaluation = asking, evaluation
        self.caveats = {*evaluation.values["caveat"], *evaluation.history["caveat"], *evaluation.years["caveat"]}
        last = recorded.drop_duplicates(ledger.CELL, keep="last")
        keys = last[ledger.CELL].itertuples(index=False, name=None)
        self.told = dict(zip(keys, last[["value", "status"]].itertuples(index=False, name=None), strict=True))

    def faults(self, notebook: NotebookNode, source: Path) -> Iterator[str]:
        """What of a page may not be released, in words."""
        outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
        for number, output in enumerate(outputs, 1):
            mark = output.get("metadata", {}).get(MARK)
            why = self._marked(output, mark) if isinstance(mark, dict) else _unmarked(output)
            if why:
                yield f"its output {number} {why}"
        stripped(notebook, source)

    def _marked(self, output: NotebookNode, mark: dict[str, Any]) -> str:
        """What is wrong with an output that carries a mark; empty where nothing is."""
        try:
            said, cells, caveats, period = self.asking.again(mark)
        except Refused:
            return "has a mark of nothing that can be asked"
        if _as_kept(output.get("data", {}), output.get("metadata", {})) != _as_kept(*said):
            return "is not what the library says"
        if period and period != self.evaluation.period.label:
            return f"is of {period}, and this report of {self.evaluation.period}"
        missing = [cell for cell in cells.itertuples(index=False, name=None) if not self._is_recorded(cell)]
        if missing:
            return f"tells what this report does not: {_in_words(missing[0])}"
        return "has a caveat that this report does not have" if caveats - self.caveats else ""

    def _is_recorded(self, cell: tuple[Any, ...]) -> bool:
        *key, value, status = cell
        if status in ledger.NOT_TOLD:
            return True
        recorded, as_told = self.told.get(tuple(key), (float("nan"), ""))
        return bool(as_told == status and np.isclose(recorded, value, rtol=NEAR, atol=NEAR, equal_nan=True))


def _as_kept(data: Mapping[str, str], about: Mapping[str, Any]) -> tuple[Any, ...]:
    """What an output shows and says of itself, however its lines are kept."""
    return {kind: text.replace("\n", "") for kind, text in data.items()}, dict(about)


def _unmarked(output: NotebookNode) -> str:
    """What is wrong with an output without a mark; empty where it is text without a number."""
    data = output.get("data", {})
    if output["output_type"] == "error" or {*data} - TEXTS or output.get("metadata"):
        return "is no answer of the library's, and may hold a number"
    markdown, text = data.get("text/markdown", ""), unescape(" ".join(texts_of(output)))
    if "<" in markdown or "](" in markdown:
        return "is no answer of the library's, and may hold a picture"
    number = number_in(text)
    return f"has a number without a mark, {number}" if number else ""


def _in_words(cell: tuple[Any, ...]) -> str:
    code, start, end, way, category, *_ = cell
    of = "in all" if way == "total" else f"{category} ({way})"
    return f"{code}, {start} to {end}, {of}"
