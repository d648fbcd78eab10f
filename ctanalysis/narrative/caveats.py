"""The caveats of a page: the reasons for the mark that stands at numbers, each once."""

from dataclasses import replace

from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.text import Text, rendered
from ctanalysis.quality import Failure, failures_told


def caveats(evaluation: Evaluation, area: str = "") -> Text:
    """Under a heading, what failed which standard in which days, of an area or of all; empty where nothing did.

    area: the code of one. Which rows or deliveries it was is told as far as that is public.
    """
    project = evaluation.project
    codes = [sheet.code for sheet in project.sheets if area in ("", sheet.area)]
    every = [replace(one, codes=tuple(code for code in one.codes if code in codes)) for one in failures(evaluation)]
    found = [one for one in every if one.codes]
    return rendered("caveats", evaluation, "caveats", failures=found, asked=project.quality) if found else Text("")


def failures(evaluation: Evaluation) -> tuple[Failure, ...]:
    """What the caveats of an evaluation are about, each once, as far as it is public."""
    return failures_told(evaluation.quality, evaluation.project, evaluation.period, evaluation.printed)
