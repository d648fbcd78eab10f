"""A project of two rows whose report has two tiny notebooks: a warm process makes it in a quarter of a second."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests.generators import small

PERIOD, EARLIER = "FY2014Q1", "FY2013Q4"
ROWS = "day\n2013-11-05\n2013-12-06\n"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
DOTS = f"""
class Dot:
    def __init__(self, name):
        self.name = name

    def _repr_mimebundle_(self, include=None, exclude=None):
        texts = {{"image/png": "{PIXEL}", "text/plain": self.name, "text/csv": f"name\\n{{self.name}}\\n"}}
        return texts, {{"image/png": {{"name": self.name, "alt": "A dot."}}}}

for number in range(9):
    display(Dot(f"NAME-{{number}}"))
"""
VALUES = "import ctanalysis as ct\nprint(ct.named(period, project, language).values.to_csv())"
NOTEBOOKS = {"evaluation": ("values",), "data-quality": ()}  # and what they show
PARAMETERS = new_code_cell('period = ""\nproject = ""\nlanguage = ""', metadata={"tags": ["parameters"]})


def project(folder):
    """The project in a new folder."""
    return small.write(folder, ROWS, 'table = "rows"\nmeasure = "count"\ndate = "day"', "x,FY2014,4,.,\n")


def one_more_record(folder):
    """One late record arrives: the evaluation shows it, the data quality does not."""
    with (folder / "records" / "rows.csv").open("a", encoding="utf-8") as file:
        file.write("late,2013-12-07,,,,,,\n")


def another_target(folder):
    """No page shows it: only the values are written again."""
    (folder / "targets.csv").write_text(
        "indicator,period,target,rationale,valid_from\nx,FY2014,5,.,\n", encoding="utf-8"
    )


def another_last_day(folder, old="2014-12-31", new="2014-12-30"):
    """Every page names the day through which the records are complete."""
    path = folder / "project.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def notebooks(folder, last=""):
    """The two notebooks in a new folder. last: a cell of the evaluation that stands after the others."""
    folder.mkdir()
    for name, shows in NOTEBOOKS.items():
        code = [VALUES] if shows else []
        code += [DOTS.replace("NAME", name)] + ([last] if shows and last else [])
        cells = [new_markdown_cell(f"# {name}"), PARAMETERS, *map(new_code_cell, code)]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        metadata = {"shows": list(shows), "title": name, "kernelspec": kernel}
        nbformat.write(new_notebook(cells=cells, metadata=metadata), folder / f"{name}.ipynb")
    return folder
