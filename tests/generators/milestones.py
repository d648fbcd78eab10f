"""A small project with a milestone beside its one number."""

from tests.generators import small

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'
ENTRY = {
    "indicator": '"m"',
    "reached": "2014-03-12",
    "evidence": '"The order is published on the site of the Ministry."',
    "role": '"project manager"',
    "date": "2014-04-02",
}


def write(folder, targets="", entry=ENTRY, more="", sheet=""):
    """The project: its milestone "m" is reached on 12 March 2014. entry: or None; more: after it; sheet: its keys."""
    small.write(folder, "day\n2013-12-01", COUNT, targets=targets)
    texts = "".join(f'{key} = "."\n' for key in small.SHEET_KEYS)
    (folder / "indicators" / "m.toml").write_text(
        f'code = "m"\nname = "An order on shelters"\narea = "work"\nlevel = "outcome"\nheadline = true\n{texts}{sheet}'
        'updated = 2015-01-01\n[words]\nreached = "The Ministry signed the order"\n'
        'not_reached = "The Ministry had not signed the order"\n[calculation]\nmeasure = "milestone"\n',
        encoding="utf-8",
    )
    if entry is not None:
        (folder / "judgements").mkdir()
        lines = "\n".join(f"{key} = {value}" for key, value in entry.items())
        (folder / "judgements" / "milestones.toml").write_text(f"[[milestone]]\n{lines}\n{more}", encoding="utf-8")
    return folder
