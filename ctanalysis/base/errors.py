"""What a person did that cannot be accepted, said so that they can put it right."""


class Refused(Exception):
    """A refusal in plain words: where, which rule, what to do.

    Shown without a traceback; `python -m ctanalysis` ends with exit status 2. The text never
    holds a value from a record.
    """
