"""What a notebook shows, as one hash: where it is as it was, the notebook need not run again.

    metadata of the notebook: "shows": ["tracking", ...]  ─▶ those parts of the evaluation ─▶ hash

A notebook that does not say what it shows may show everything. The hash is public: every part is published, and no
more than its page shows.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from ctanalysis.analysis.following_up import decided_before, decided_for
from ctanalysis.base.errors import Refused
from ctanalysis.evaluation import Evaluation
from ctanalysis.project.judgements import labels_of
from ctanalysis.reports import notebooks
from ctanalysis.reports.files import CSV
from ctanalysis.reports.inputs import Inputs
from ctanalysis.reports.languages import place
from ctanalysis.reports.manifest import environment

PARTS: dict[str, Callable[[Evaluation], pd.DataFrame]] = {
    "values": lambda evaluation: evaluation.values,
    "evidence": lambda evaluation: evaluation.evidence,
    "tracking": lambda evaluation: evaluation.tracking,
    "history": lambda evaluation: evaluation.history,
    "years": lambda evaluation: evaluation.years,
    "restated": lambda evaluation: evaluation.restated.assign(**{f"first: {evaluation.is_first_told}": ""}),
    "quality": lambda evaluation: evaluation.quality,
    "tally": lambda evaluation: evaluation.tally,
    "arrival": lambda evaluation: pd.DataFrame([asdict(evaluation.arrival)]),
    "same people": lambda evaluation: pd.DataFrame({"says": _sentences(evaluation)}),
    "people say": lambda evaluation: pd.DataFrame({"says": _said(evaluation)}),
}
ALWAYS = (
    "facts",
    "tables",
    "reference sheets",
    "milestones",
    "policy",
    "published figures",
    "residents",
    "library",
    "lock",
)


def hashes(evaluation: Evaluation, inputs: Inputs, others: Sequence[str] = ()) -> dict[str, str]:
    """By the place of each page, the hash of all that it is made of; none of evaluators' own: they may read anything.

    others: the languages beside the first. A page in one is made of what the first's is made of, and of its words.
    """
    every = notebooks.chosen(evaluation.project)
    chosen = [page for page in every if not page.own]
    parts = {name: part(evaluation).to_csv(**CSV) for name, part in PARTS.items()}
    asked = evaluation.project.quality.model_dump(mode="json", exclude={"ended"})  # which partner ended is not shown
    pages = [page.name for page in every]
    always = [environment(), pages, asked, *(inputs.kinds.get(kind) for kind in ALWAYS)]
    notebook = inputs.kinds["notebooks"]
    own = {page.source: [notebook[page.source.name], *map(parts.get, shows(page.source))] for page in chosen}
    first = {page.name: _hash([*always, page.area, *own[page.source]]) for page in chosen}
    words = {code: _words(evaluation, inputs, code) for code in others}
    told = {place(code, name): _hash([hashed, words[code]]) for code in others for name, hashed in first.items()}
    return first | told


def _words(evaluation: Evaluation, inputs: Inputs, code: str) -> list[Any]:
    """The project's words in a language, and whether they were reviewed; the library's are a part of it."""
    files = inputs.kinds.get("translations", {})
    own = {name: hashed for name, hashed in files.items() if PurePosixPath(name).stem == code}
    return [code, own, evaluation.project.reviewed(code)]


def shows(source: Path) -> list[str]:
    """The parts of the evaluation that a notebook says it shows. Refused: a part that there is not."""
    named = json.loads(source.read_text(encoding="utf-8"))["metadata"].get("shows", list(PARTS))
    unknown = [name for name in named if name not in PARTS]
    if unknown:
        raise Refused(f"{source.name} shows '{unknown[0]}' (its metadata): there are {', '.join(PARTS)}.")
    return list(named)


def _sentences(evaluation: Evaluation) -> list[str]:
    """Those that are printed; how many other judgements there are is not."""
    return [judged.unmatchable for judged in evaluation.project.same_people if judged.unmatchable]


def _said(evaluation: Evaluation) -> list[str]:
    """What people say of the period; of what is to be done only what was known by then, as on the page."""
    judged, period = evaluation.project.judged, evaluation.period
    labels = labels_of(evaluation.project.calendar, period)
    now = judged.for_period(labels)
    said = [*now.context, *now.explanations, *now.lessons, *now.questions, *now.answers]
    stood = [
        one.what
        for every in (judged.actions, judged.recommendations)
        for one in (*decided_for(every, period, labels), *decided_before(every, period, labels))
    ]
    return [f"{type(one).__name__} {one.model_dump_json()}" for one in (*said, *stood)]


def _hash(content: list[Any]) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
