"""Small random project folders of the shape of data/, to hold the library against the oracle.

The same seed always writes the same folder. The records are nasty on purpose: codes that look
like numbers or like missing values, keys that sort differently as text, several rows of a
person on one day, missing keys, decimals, days outside the project.
"""

from pathlib import Path
from random import Random

from tests.generators.random_projects.beside import add_milestone, add_residents
from tests.generators.random_projects.facts import project_facts, write_facts
from tests.generators.random_projects.files import write_sheets, write_tables
from tests.generators.random_projects.further import add_further
from tests.generators.random_projects.lists import add_lists
from tests.generators.random_projects.measures import add_measures
from tests.generators.random_projects.periods import add_periods
from tests.generators.random_projects.sheets import random_sheets
from tests.generators.random_projects.tables import random_tables


def write(folder, seed, every_measure=False):
    """Write the random project of a seed to a folder. every_measure: with those of further.py and beside.py, too."""
    random = Random(seed)
    folder = Path(folder)
    (folder / "indicators").mkdir(parents=True)
    (folder / "records").mkdir()
    facts = project_facts(random)
    tables = random_tables(random, facts)
    sheets = random_sheets(random, tables, facts)
    add_lists(seed, tables, sheets)
    add_periods(seed, tables, sheets, facts)
    add_measures(seed, tables, sheets, facts)
    if every_measure:
        add_further(seed, tables, sheets, facts)
    write_facts(folder, facts, seed)
    write_tables(folder, tables)
    if every_measure:
        add_residents(folder, seed, sheets, facts)
        add_milestone(folder, seed, facts)
    write_sheets(folder, sheets)
