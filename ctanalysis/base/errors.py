"""Input that cannot be accepted, explained so that a person can correct it."""


class Refused(Exception):
    """A refusal in plain words: where the fault is, which rule it breaks, what to do.

    It is shown without a traceback; `python -m ctanalysis` ends with exit status 2. Its text never
    contains a value from a record.
    """
