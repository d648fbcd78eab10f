"""Records that do not fit into memory: in parts within a third of what their frame takes, where at once they do not."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.generators import small
from tests.indicators.test_in_parts import BY, OF

pytest.importorskip("dask")
pytestmark = pytest.mark.long
FILES, ROWS = 120, 10_000
WORDS = "What was said of this visit, in some words that nobody counts. " * 12
FIELDS = ("id", "day", "person", "sex", "kind", "amount", "done", "note")
WORK = """
import resource, sys, pickle
from ctanalysis import indicators, project, records
from ctanalysis.indicators.in_parts import in_parts
from tests.indicators.test_in_parts import windows_of
how, folder, limit, out = sys.argv[1:]
loaded = project.load(folder)
if int(limit):
    resource.setrlimit(resource.RLIMIT_DATA, (int(limit), int(limit)))
windows = windows_of(loaded)
if how == "parts":
    found = in_parts(loaded, "rows", windows)
    found = found.values, found.findings, found.tally, 0
else:
    read = records.survey(loaded)
    size = int(read["rows"].memory_usage(deep=True).sum())
    found = indicators.calculate(loaded, read, windows), tuple(sorted(read.findings)), read.tally, size
open(out, "wb").write(pickle.dumps(found))
"""


def folder_of(path):
    """A project with a long table of wide rows, one in ten thousand with a fault."""
    import numpy as np
    import pandas as pd

    folder = small.write(path, "day\n2012-01-01", f'measure = "count"\n{OF}{BY}')
    small.add_sheet(folder, "people", f'measure = "people"\n{OF}person = "person"\n{BY}', name="People", one="person")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    resource = package["resources"][0]
    kept = [field for field in resource["schema"]["fields"] if field["name"] in FIELDS]
    resource["schema"]["fields"] = [*kept, {"name": "note", "type": "string", "title": "note"}]
    resource["path"] = "records/rows"
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (folder / "records/rows.csv").unlink()
    (folder / "records/rows").mkdir()
    for number in range(FILES):
        chance = np.random.default_rng(number)
        days = np.datetime64("2011-10-01") + chance.integers(0, 1188, ROWS)
        frame = pd.DataFrame({"id": [f"r{number:03}{row:06}" for row in range(ROWS)], "day": days.astype(str)})
        frame["person"] = [f"P{one:05}" for one in chance.integers(0, 20_000, ROWS)]
        for name, values in (("sex", ["F", "M", ""]), ("kind", ["NA", "|", "007"]), ("done", ["true", "false"])):
            frame[name] = chance.choice(values, ROWS)
        frame["amount"] = chance.integers(0, 1000, ROWS) / 4
        frame["note"] = [f"{WORDS}{one}" for one in chance.integers(0, 10**9, ROWS)]
        frame.loc[number, "day"] = "soon"
        frame.to_parquet(folder / f"records/rows/{number:03}.parquet", index=False)
    return folder


def run(how, folder, limit, out):
    """The exit status. Arrow takes memory as it needs it, and not 1 GB of addresses at once, which would be counted."""
    command = [sys.executable, "-c", WORK, how, str(folder), str(limit), str(out)]
    environment = os.environ | {"ARROW_DEFAULT_MEMORY_POOL": "system"}
    return subprocess.run(command, cwd=Path(__file__).parents[2], env=environment, check=False).returncode


def test_a_third_of_the_memory_is_enough_in_parts(tmp_path):
    """The same values, findings and counts of rows; at once, the limit is too small."""
    import pickle

    import pandas as pd

    folder = folder_of(tmp_path / "project")
    assert run("whole", folder, 0, tmp_path / "whole") == 0
    values, findings, tally, size = pickle.loads((tmp_path / "whole").read_bytes())
    assert run("whole", folder, size // 3, tmp_path / "none") != 0
    assert run("parts", folder, size // 3, tmp_path / "parts") == 0
    mine = pickle.loads((tmp_path / "parts").read_bytes())
    pd.testing.assert_frame_equal(mine[0], values)
    assert mine[1] == findings and len(findings) == FILES
    pd.testing.assert_frame_equal(mine[2], tally)
    print(f"frame {size / 2**20:,.0f} MB, limit {size / 3 / 2**20:,.0f} MB")
