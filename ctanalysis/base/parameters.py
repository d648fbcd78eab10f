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
SPANS = {
    "since": "only periods that end in this one or later: FY2014",
    "periods": 'only these periods: "FY2014 FY2015Q1"',
}
RELEASE = {
    "date": "the day of the release: 2015-01-20",
    "dry": "1: only say what the release would tell, and what not",
}

REGION = {"projects": "the folders of the projects, with * for any name: projects/*"}


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
