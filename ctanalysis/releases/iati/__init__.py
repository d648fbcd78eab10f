"""iati-results.xml: what a release tells, as results of an activity in the IATI standard, version 2.03.

    values and tracking of the evaluation ─▶ told (days, targets, actuals) ─▶ results ─▶ document (the activity)

Only what is told as a number is a number there; the rest is left out, with a sentence that says so.
"""

from ctanalysis.releases.iati.document import NAME, document

__all__ = ["NAME", "document"]
