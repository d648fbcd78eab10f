"""Parameters on a command line as papermill takes them, -p NAME VALUE, whatever a value begins with."""

from argparse import Action, ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from typing import Any

FLAG = "-p"
# what single commands take besides, and what it is
RECEIVE = {
    "file": "the file that was sent",
    "partner": "who sent it, as deliveries.csv names them",
    "sent": "the day on which it was sent: 2015-04-14",
    "complete": "1: move records_through, where all that is due has come",
    "dry": "1: only say what would be done",
}
FORMATS = {"formats": "formats to write beside html and xlsx: docx,pdf"}
LANGUAGES = {"languages": "the project's languages to write in; by default its first: en,ru,ky"}
SPANS = (
    FORMATS
    | LANGUAGES
    | {
        "since": "only periods that end in this one or later: FY2014",
        "periods": 'only these periods: "FY2014 FY2015Q1"',
    }
)
CERTIFICATES = {"certificates": "the folder with ca.pem, cert.pem and key.pem: certificates"}
REPORTS = {"scheduler": "of a Dask cluster, whose workers make the reports: tls://host:8786"} | CERTIFICATES
RELEASE = (
    FORMATS
    | LANGUAGES
    | {
        "date": "the day of the release: 2015-01-20",
        "dry": "1: only say what the release would tell, and what not",
    }
)
PROJECTS = {"projects": "the folders of the projects, with * for any name: projects/*"}
OPTIONS: dict[str, dict[str, str]] = {  # of which commands these are
    "report": FORMATS | LANGUAGES,
    "check": LANGUAGES,
    "reports": SPANS | PROJECTS | REPORTS,
    "plan": SPANS,
    "receive": RECEIVE,
    "release": RELEASE,
    "region": PROJECTS | LANGUAGES,
}
PLACED: dict[str, tuple[str, int | None, str]] = {  # what is given without a name: which, how many, what
    "newproject": ("folder", None, "where; it must not exist yet, or be empty"),
    "compare": ("folders", 2, "two reports or releases: reports/FY2014 releases/FY2014"),
    "sheet": ("code", None, "the indicator: 2.2"),
}
WORDS = {  # what each command does
    "report": "make the report of a period, by default the last complete quarter",
    "reports": "make the reports of all complete quarters, halves and years and of the project to date",
    "plan": "say which notebooks of which reports would run, and why",
    "verify": "make the report of a period again elsewhere, and say what differs from it and from its releases",
    "compare": "say what changed between two reports or releases, and because of what",
    "release": "publish the report of a period as of a day: "
    "audited against everything before, recorded, never changed again",
    "region": "make one page of several projects: what they share side by side, and what of it is not comparable",
    "check": "check the records, and their quality for a period; "
    "exit status 1 where rows are held back or a file cannot be read",
    "receive": "take in a file that a partner sent: put it where it belongs, note its delivery, check it",
    "internal": "write the exact working tables of a period, for those who may see the records; not for publication",
    "sheet": "print a reference sheet as it is read: its calculation in words, and its first values, as told",
    "templates": "write entry workbooks and XLSForms for the project's tables",
    "newproject": "lay out an empty project folder",
}


class AsTyped(Action):
    """Keeps the value of an option such as --file=VALUE. It may be --, of which argparse leaves an empty list."""

    def __call__(self, parser: ArgumentParser, names: Namespace, values: Any, option: str | None = None) -> None:
        setattr(names, self.dest, "--" if values == [] else values)


def joined(arguments: Sequence[str]) -> list[str]:
    """The arguments with each -p NAME VALUE in one: argparse would take a value such as --help for an option."""
    place = next((place for place, word in enumerate(arguments[:-2]) if word == FLAG), None)
    if place is None:
        return list(arguments)
    name, value = arguments[place + 1 : place + 3]
    return [*arguments[:place], f"{FLAG}{name}={value}", *joined(arguments[place + 3 :])]


def parameter(text: str) -> tuple[str, str]:
    """The name and the value of a joined parameter. ArgumentTypeError: it has no value."""
    name, equals, value = text.partition("=")
    if not equals:
        raise ArgumentTypeError("expected a name and a value")
    return name, value


def spoken(options: Namespace) -> str:
    """The languages that a command names, in LANGUAGES or, as papermill takes one, with -p language."""
    return f"{options.languages} {dict(options.parameters).get('language', '')}".strip()
