"""The waiting rule: how closely a breakdown of people can be told, with nothing withheld because of its numbers.

A breakdown is a tree of two-sided splits that is fixed beforehand (women | men). It is told to date, at nodes:
the ends of fiscal years. What is told of a side is the class in which its number is; a number once at least ten
more people stand on either side than when it was last told, a range until then. The classes follow from the totals
and from the classes told before, never from the number itself, so that nothing can be read from what is missing.

Small pure functions: bounds (what is known of a series), classes (which are safe, and the finest of them), series
(one split over its nodes), splits (a tree of them), people (who stands in a breakdown), shown and shares (what is
printed of a class). Of a project: named (which breakdowns wait) and cells (what is printed of each). Nothing here asks
the auditor.
"""

from ctanalysis.disclosure.waiting.bounds import Bounds
from ctanalysis.disclosure.waiting.classes import Class, finest_classes, is_safe
from ctanalysis.disclosure.waiting.people import People, Standing, at_nodes, node_of, standing
from ctanalysis.disclosure.waiting.series import classes_told
from ctanalysis.disclosure.waiting.shown import Shown, between, shown
from ctanalysis.disclosure.waiting.splits import Node, Side, Split, Told, chain, told

__all__ = [
    "Bounds",
    "Class",
    "Node",
    "People",
    "Shown",
    "Side",
    "Split",
    "Standing",
    "Told",
    "at_nodes",
    "between",
    "chain",
    "classes_told",
    "finest_classes",
    "is_safe",
    "node_of",
    "shown",
    "standing",
    "told",
]
