"""The only gate: exact values go in, `Protected` comes out; nothing else is told, drawn, tabled or written.

What is done to a value follows from the policy's rule for its table, and from nothing else: the
same cell prints the same whatever is asked beside it.
"""

from ctanalysis.disclosure.breakdowns import conditioned
from ctanalysis.disclosure.gate import protect
from ctanalysis.disclosure.protected import Protected

__all__ = ["Protected", "conditioned", "protect"]
