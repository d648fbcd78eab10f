"""A project with an evaluator's own notebook beside tiny report notebooks."""

import json

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

PERIOD, DAY = "FY2021Q2", "2021-08-01"
OPEN = "import ctanalysis as ct\np = ct.open(project)"


def put(folder, *cells, name="mine", tag="parameters"):
    """Writes an own notebook with outputs of yesterday: texts are code, markdown() is text."""
    parameters = new_code_cell('period = ""\nproject = ""', metadata={"tags": [tag] if tag else []})
    made = [new_code_cell(cell) if isinstance(cell, str) else cell for cell in (OPEN, *cells)]
    for cell in made:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [new_output("stream", text="of yesterday: 99")], 7
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    place = folder / "notebooks" / f"{name}.ipynb"
    place.parent.mkdir(exist_ok=True)
    nbformat.write(new_notebook(cells=[parameters, *made], metadata={"kernelspec": kernel}), place)
    return place


def markdown(text, **more):
    return new_markdown_cell(text, **more)


def outputs(report, name="mine"):
    """Everything that the cells of an executed page show."""
    cells = json.loads((report / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    return [output for cell in cells for output in cell.get("outputs", ())]
