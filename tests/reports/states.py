"""One tiny project in the states that a run can find it in, and what must stand when the run has ended."""

import shutil
from dataclasses import dataclass
from functools import partial, wraps
from pathlib import Path

from ctanalysis.__main__ import main
from ctanalysis.reports import making, manifest
from tests.reports import tiny

LABELS = (tiny.EARLIER, tiny.PERIOD)


@dataclass(frozen=True)
class Stands:
    """A report's bytes by file, None where there is none, and its manifest with its internal half."""

    files: dict[Path, bytes] | None
    whole: dict | None


class States:
    """A project as it was, with and without its report, and as it is when something in it has changed."""

    def __init__(self, home):
        self.home, self.project = home, home / "our {data} (2)"
        self.scratch = home / "scratch"
        self.scratch.mkdir()
        tiny.project(self.project)
        shutil.copytree(self.project, home / "first")
        self.made()
        self.old = self.stands()
        shutil.copytree(self.project, home / "old")
        self.before = {"first": (Stands(None, None), self.old)}
        for name, change in (("record", tiny.one_more_record), ("target", tiny.another_target)):
            self.again("old")
            change(self.project)
            shutil.copytree(self.project, home / name)
            self.made()
            self.before[name] = self.old, self.stands()
            assert self.old.files != self.stands().files and len(self.old.files) == 46 and self.stands().whole

    page = Path("data-quality.html")

    @property
    def folder(self):
        return self.project / "reports" / tiny.PERIOD

    def again(self, name):
        """The project is as it was then."""
        shutil.rmtree(self.project)
        shutil.copytree(self.home / name, self.project)

    def made(self):
        making.make(tiny.PERIOD, self.project, say=lambda words: None)

    def stands(self, label=tiny.PERIOD):
        folder = self.folder.with_name(label)
        paths = [path for path in folder.rglob("*") if path.is_file()]
        files = {path.relative_to(folder): path.read_bytes() for path in paths} if folder.exists() else None
        return Stands(files, manifest.read_whole(folder))

    def left(self):
        """What of a run is left that nobody should see."""
        return [*self.scratch.iterdir(), *self.project.rglob(".*"), *self.project.rglob("failed")]

    def check(self, name, where):
        """Old or new, whole, its internal half its own or missed; then the next run ends well and leaves nothing."""
        old, new = self.before[name]
        found = self.stands()
        assert found.files in (old.files, new.files), where
        assert found.whole in (None, new.whole if found.files == new.files else old.whole), where
        assert [*self.scratch.iterdir()] == [], where
        self.made()
        assert self.stands() == new, where
        assert self.left() == [], where


def command(name, states, *options):
    """A command of the project, of both periods or of the later one."""
    which = ["--periods", " ".join(LABELS)] if name in ("reports", "plan") else ["-p", "period", tiny.PERIOD]
    return partial(main, [name, *which, "-p", "project", str(states.project), *options])


def reasons(states):
    """Why the reports are not what their inputs say."""
    given = making.source(states.project)
    return [making.reason(given, label) for label in LABELS]


def remembered(source, evaluation):
    """Sources and evaluations of the same inputs are made once, for they write nothing; inputs are hashed each time."""
    sources, evaluations = {}, {}

    @wraps(source)
    def one(project=""):
        given = source(project)
        return sources.setdefault(str(given.inputs), given)

    def other(given, label):
        key = str(given.inputs), label
        evaluations[key] = evaluations.get(key) or evaluation(given, label)
        return evaluations[key]

    return one, other
