"""Input that cannot be accepted, explained so that a person can correct it."""


class Refused(Exception):
    """A refusal in plain words: where the fault is, which rule it breaks, what to do.

    It is shown without a traceback; `python -m ctanalysis` ends with exit status 2. Its text never
    contains a value from a record.

    >>> import ctanalysis as ct
    >>> try:
    ...     ct.open().values("9.9")
    ... except ct.Refused as refusal:
    ...     print(refusal)
    There is no indicator '9.9'. There are 26: see indicators.
    """

    def _render_traceback_(self) -> list[str]:
        """In a notebook, too, the sentence alone: IPython asks for it."""
        return [f"{type(self).__name__}: {self}"]
