"""A project folder: its facts, sheets, tables, targets, policy and published figures, as frozen objects.

Everything about a project is in its folder; nothing about a project is in the library.
"""

from ctanalysis.project.folder import MARKING, SHIPPED, clear_outputs, load, output_folder
from ctanalysis.project.project import Project

__all__ = ["MARKING", "SHIPPED", "Project", "clear_outputs", "load", "output_folder"]
