"""An empty project folder with commented files, for a project of which the library knows nothing.

What can be said from the models or from the shipped project is not written a second time: the
columns of CSV files are those of their models, the policy and the thresholds are the shipped ones.
"""

from ctanalysis.intake.newproject.laying_out import lay_out

__all__ = ["lay_out"]
