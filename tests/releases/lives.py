"""What the stories of a project's life share: a project of three years, and what a release printed."""

import pandas as pd

from tests.generators import policies, worlds
from tests.releases.steps import corrected, restate, run

SEX = ("sex", ["female", "male"])
DAYS = {"FY2012": "2012-11-01", "FY2013": "2013-11-01", "FY2014": "2014-11-01", "FY2013Q1": "2013-02-01"}


def lasting(folder, women=(18, 30, 12), men=(15, 8, 20), blank=(1, 2, 0)):
    """A project whose people come in the first quarter of each of three years; by sex, and by kind."""
    made = worlds.project(folder, 4)
    path = folder / "indicators" / "x.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(text[text.index("disaggregate") :], 'disaggregate = ["sex", "kind"]\n'), "utf-8")
    told = [policies.breakdown("x", *SEX), policies.breakdown("x", "kind", ["Namibian", "bar", "seven"])]
    (folder / "policy.toml").write_text(policies.policy(*told, person="person"), encoding="utf-8")
    rows, kinds = [], ["NA", "NA", "|", "NA", "007"]
    for year, counts in enumerate(zip(women, men, blank, strict=True)):
        for sex, count in zip(("F", "M", ""), counts, strict=True):
            for _ in range(count):
                number = len(rows)
                day = f"{2011 + year}-11-{1 + number % 28:02d}"
                rows.append([f"r{number:04d}", day, "", f"p{number:04d}", sex, kinds[number % 5], "1", "true"])
    corrected(folder, lambda old: old.__setitem__(slice(None), rows))
    return made.folder


def late(folder, day="2012-09-20", sex="M", kind="NA", person="p9999"):
    """Somebody who is entered late."""
    corrected(folder, lambda rows: rows.append([f"r{person[1:]}", day, "", person, sex, kind, "1", "true"]))


def released(folder, period, day="", reason=""):
    """Releases a period, as a revision where there is a reason; what it printed."""
    revision = sum(path.name.partition("-")[0] == period for path in (folder / "releases").glob("*"))
    if reason:
        restate(folder, period, revision, reason)
    assert run(folder, period, day or DAYS[period]) == 0
    return printed(folder, f"{period}-revision-{revision}" if revision else period)


def printed(folder, name):
    """{(last day of what is told to date, disaggregation, category): what is printed} of a release."""
    values = pd.read_csv(folder / "releases" / name / "indicators.csv")
    values = values[
        (values["start"] == "2011-10-01")
        & (values["indicator"] == "x")
        & (~values["status"].isin(["withheld", "not told"]))
    ]
    keys = zip(values["end"], values["disaggregation"], values["category"], strict=True)
    shown = values["value"].map("{:.0f}".format).where(values["value"].notna(), values["status"])
    return dict(zip(keys, shown, strict=True))


def breakdowns(cells):
    return {key: shown for key, shown in cells.items() if key[1] != "total"}


def total(cells, day):
    return int(cells[day, "total", "all"])
