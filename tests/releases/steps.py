"""What a test of releases does: release, be refused, correct records, rewrite a file."""

import json

from ctanalysis.__main__ import main

QUARTERS = [f"FY{2012 + n // 4}Q{n % 4 + 1}" for n in range(13)]
LATEST = "2015-06-01"  # a day after every period


def bytes_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def run(ours, period="FY2013", day="2013-11-01"):
    return main(["release", "--date", day, "-p", "period", period, "-p", "project", str(ours)])


def refused(ours, capsys, *said, **asked):
    """Runs a release that must be refused: status 2, a plain sentence,
    and not a byte of releases/ other than before.
    """
    before = bytes_of(ours / "releases")
    assert run(ours, **asked) == 2
    words = capsys.readouterr().err
    assert "Traceback" not in words and all(part in words for part in said), words
    assert bytes_of(ours / "releases") == before
    return words


def corrected(folder, change):
    """Changes the project's rows: change(rows) works on lists of cells, the header left out."""
    path = folder / "records" / "rows.csv"
    header, *rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    change(rows)
    path.write_text("".join(",".join(row) + "\n" for row in [header, *rows]), encoding="utf-8")


def restate(folder, period, revision, reason="Entered late."):
    (folder / "judgements").mkdir(exist_ok=True)
    with (folder / "judgements" / "restatements.toml").open("a", encoding="utf-8") as file:
        file.write(
            f'[[restatement]]\nperiod = "{period}"\nrevision = {revision}\nreason = {json.dumps(reason)}\n'
            'role = "officer"\ndate = 2015-01-01\n'
        )


def rewritten(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
