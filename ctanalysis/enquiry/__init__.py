"""A project to think with: a question in a line, answered with what passed the gate, as a frame that shows itself.

question ─▶ named (which indicator, field, period) ─▶ reading (one calculation, one gate) ─▶ answer (frame and card)
"""

from ctanalysis.enquiry.answer import Answer
from ctanalysis.enquiry.enquiry import Enquiry
from ctanalysis.enquiry.indicator import Indicator
from ctanalysis.enquiry.marked import ExactFrame

__all__ = ["Answer", "Enquiry", "ExactFrame", "Indicator"]
