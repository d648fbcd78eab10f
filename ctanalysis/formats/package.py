"""datapackage.json: the CSV files of a report as a Data Package (Frictionless Standards), for programs to read."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from ctanalysis.formats.cover import Cover

NAME = "datapackage.json"
TITLES = {
    "indicators.csv": "Every value of the report",
    "tracking.csv": "Indicator performance tracking",
    "history.csv": "Totals of every quarter and fiscal year",
    "milestones.csv": "Milestones",
}


def described(folder: Path, cover: Cover) -> str:
    """The descriptor of all CSV files in a report's folder, as JSON."""
    paths = [*(folder / name for name in TITLES), *sorted((folder / "figures").glob("*.csv"))]
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"report-{cover.period.casefold()}",
        "title": f"{cover.title}, {cover.period}",
        "description": " ".join(
            filter(None, [f"{cover.project}, {cover.days}.", cover.state, f"{cover.notice}." if cover.notice else ""])
        ),
        "resources": [_resource(path, folder) for path in paths if path.exists()],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(path: Path, folder: Path) -> dict[str, Any]:
    """A file with its fields. Those of a figure's data are told by what stands in them."""
    data, name = path.read_bytes(), path.relative_to(folder).as_posix()
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    return {
        "name": name.removesuffix(".csv").translate(str.maketrans("/ ", "--")).casefold(),
        "title": TITLES.get(name, f"The data that figures/{path.stem}.png draws"),
        "path": name,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "schema": {"fields": [_field(frame[column], name in TITLES) for column in frame], "missingValues": [""]},
    }


def _field(texts: "pd.Series[str]", described: bool) -> dict[str, str]:
    name = str(texts.name)
    if described:
        kind, words = _fields()[name]
        return {"name": name, "type": kind, "description": words}
    told = texts[texts != ""]
    is_number = len(told) and name != "indicator" and bool(pd.to_numeric(told, errors="coerce").notna().all())
    return {"name": name, "type": "number" if is_number else "string"}


@cache
def _fields() -> dict[str, tuple[str, str]]:
    """By the name of a column of the report's own files, its type and what it is."""
    found: dict[str, tuple[str, str]] = json.loads(Path(__file__).with_name("fields.json").read_text(encoding="utf-8"))
    return found
