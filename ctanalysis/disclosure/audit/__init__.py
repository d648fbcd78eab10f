"""The auditor: what a reader could work out from everything that is printed, with the rules known.

It sees printed values only, no records and no true value, and knows nothing of how the gate came
to them. It fails closed: whatever keeps it from an answer is NotAudited, and nothing is published.
"""

from ctanalysis.disclosure.audit.shown_small import Opened, is_safe, opened
from ctanalysis.disclosure.audit.solving import NotAudited

__all__ = ["NotAudited", "Opened", "is_safe", "opened"]
