"""A process of a worker that makes units of work, each in a forked child, as make reports does on one machine.

It has imported and done once what every notebook needs. It is asked through its standard input, a line for each unit,
and answers with a line. When its worker ends, so does it, and the child with it: nothing goes on unseen.
"""

import hmac
import json
import os
import sys
from functools import partial
from selectors import EVENT_READ, DefaultSelector
from typing import Any

from ctanalysis.base.errors import Refused
from ctanalysis.base.locks import alone
from ctanalysis.cluster.tasks import Place, Task, versions
from ctanalysis.project import output_folder
from ctanalysis.reports import units
from ctanalysis.reports.children import Child, Ended, Say, can_fork
from ctanalysis.reports.made_from import source
from ctanalysis.reports.planning import reason
from ctanalysis.reports.running import Outcome, of_child
from ctanalysis.reports.warm import warm

CHANGED = (
    "a file of the project was changed since the run began, or its worker does not see it yet. The report is as it "
    "was before. Make it again."
)


def main() -> None:
    """Answers until its standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what anything prints is no answer
    warm()
    versions()  # as this process has imported them
    while line := sys.stdin.buffer.readline():
        asked = json.loads(line)
        why = unfit(asked)
        said = {"unfit": why} if why or "task" not in asked else made(Task.received(asked["task"]))
        print(json.dumps(said), file=answers, flush=True)


def unfit(asked: dict[str, Any]) -> str:
    """Why this worker cannot take part; empty where it can. asked: versions and places, see tasks.asked()."""
    if not can_fork():
        return "processes cannot be forked safely there: reports are made by workers on Linux"
    for what, hashed in versions().items():
        if asked["versions"].get(what) != hashed:
            return f"it has another version {what}. Bring it to the one that is used here, and start it again"
    for place in (Place(**one) for one in asked["places"]):
        if not (place.folder / "project.toml").is_file():
            return f"it has no project folder {place.folder} (from {_here()})"
        if not os.access(place.secret, os.R_OK):
            return f"its {place.folder} is another folder than here, or it may not read internal/ in it. All share one"
    return ""


def _here() -> str:
    return "the folder that it was started in"


def made(task: Task) -> Outcome:
    """Makes a unit in a child; ends this process, and the child with it, when nobody waits for the answer any more."""
    with Child(partial(_work, task)) as child, DefaultSelector() as both:
        both.register(child, EVENT_READ)
        both.register(sys.stdin, EVENT_READ)
        if any(key.fileobj is sys.stdin for key, _ in both.select()):
            sys.exit()  # nothing is asked before it is answered: the worker is gone
        try:
            return of_child([{"refused": "it said nothing"}, *child.messages()][-1])
        except Ended as how:
            return of_child(how)


def _work(task: Task, say: Say) -> None:
    try:
        say({"notebooks": _made(task)})
    except Refused as refusal:
        say({"refused": str(refusal)})


def _made(task: Task) -> list[str]:
    """What was made; nothing where another run, or a worker that was thought dead, has made it meanwhile."""
    reports = output_folder(task.place.folder, "reports")
    with alone(reports / f".{task.label}.new-lock"):
        given = source(task.place.project)
        if not hmac.compare_digest(task.place.digest(given.inputs), task.digest):
            raise Refused(CHANGED)
        return units.make(given, task.label, task.asked, 1) if reason(given, task.label, task.asked) else []


if __name__ == "__main__":
    main()
