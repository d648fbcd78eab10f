"""An empty project folder with commented files, for a project of which the library knows nothing.

The columns of CSV files are those of their models. The policy and the thresholds are copies of the
shipped project's, since the installed library comes without it; a test holds them together.
"""

from ctanalysis.intake.newproject.laying_out import lay_out

__all__ = ["lay_out"]
