"""What people say of a period beside its numbers: why a value deviates, what happened around it, what was learned.

Each text is published word for word, with the role of who said it and the day; never with a name.
"""

from datetime import date

from ctanalysis.project.judgements.public import PublicText
from ctanalysis.project.strict import Strict


class Said(Strict):
    """What somebody said of a period. illustrative: whether it is made up, and printed as that."""

    period: str
    text: PublicText
    role: PublicText
    date: date
    illustrative: bool = False


class Explanation(Said):
    """Why an indicator's value of a period is not what was expected. action: what will be done about it."""

    indicator: str
    action: PublicText


class Explanations(Strict):
    """judgements/explanations.toml."""

    explanation: tuple[Explanation, ...] = ()


class Context(Said):
    """What happened around the project in a period, with its source; of one indicator, or of all where it is empty."""

    indicator: str = ""
    source: PublicText


class Contexts(Strict):
    """judgements/context.toml."""

    context: tuple[Context, ...] = ()


class Lesson(Said):
    """What was learned in a period."""


class Lessons(Strict):
    """judgements/lessons.toml."""

    lesson: tuple[Lesson, ...] = ()
