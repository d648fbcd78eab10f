"""What protected values mean: results against baseline and targets."""

from ctanalysis.analysis.tracking import track

__all__ = ["track"]
