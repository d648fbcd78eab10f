"""The only gate: exact values go in, `Protected` comes out; nothing else is said, drawn, tabled or written.

What is done to a value follows from the policy's rule for its table, and from nothing else: the
same cell is printed the same whatever else is asked for.
"""

from ctanalysis.disclosure.breakdowns import conditioned
from ctanalysis.disclosure.gate import protect
from ctanalysis.disclosure.protected import Protected

__all__ = ["Protected", "conditioned", "protect"]
