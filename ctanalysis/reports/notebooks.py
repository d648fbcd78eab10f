"""The notebooks of a report: which, with which parameters, run by papermill, and cleaned of the run's traces."""

import re
from inspect import signature
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

from ctanalysis.errors import Refused
from ctanalysis.evaluation import named

SOURCES = Path(__file__).resolve().parent.parent.parent / "notebooks"
ALWAYS = ("evaluation", "data-quality")


def chosen(project):
    """The notebooks that a project's report is made of: the narrative, one for each area that has one, data quality."""
    areas = [area.code for area in project.facts.areas]
    names = [ALWAYS[0], *(code for code in areas if re.fullmatch(r"[\w-]+", code)), ALWAYS[1]]
    return [path for path in (SOURCES / f"{name}.ipynb" for name in names) if path.exists()]


def check_parameters(names):
    """Refused: a parameter that the report notebooks do not have. papermill itself only warns of it."""
    known = list(signature(named).parameters)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Refused(f"'{unknown[0]}' is no parameter of the notebooks. They have: {', '.join(known)}.")


def execute(source, parameters, report):
    """The notebook run through papermill, without the traces of this run.

    Refused: the notebook stopped. It is then kept in reports/failed/, without the exception's
    words unless they are a refusal's own, for they might hold a record's value.
    """
    import papermill

    with TemporaryDirectory() as folder:
        path = Path(folder) / source.name
        try:
            papermill.execute_notebook(
                str(source), str(path), parameters, kernel_name="python3", progress_bar=False,
                kernel_manager_class="ctanalysis.reports.kernel.LocalKernel", shutdown_kernel="immediate",
            )
        except papermill.PapermillExecutionError as error:
            kept = report.parent / "failed" / report.name / source.name
            _keep(nbformat.read(path, as_version=4), kept)
            raise Refused(_stopped(error, source, kept)) from None
        return cleaned(nbformat.read(path, as_version=4))


def _stopped(error, source, kept):
    reason = error.evalue if error.ename == "Refused" else f"{error.ename}, which is a fault of the library or the notebook."
    shown = kept.relative_to(Path.cwd()) if kept.is_relative_to(Path.cwd()) else kept
    return f"The notebook {source.name} stopped: {reason}\nThe report is as it was before. The notebook as far as it came: {shown}"


def _keep(notebook, path):
    for output in (output for cell in notebook.cells for output in cell.get("outputs", ()) if output["output_type"] == "error"):
        if output["ename"] != "Refused":
            output["evalue"], output["traceback"] = "", output["traceback"][:-1]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(cleaned(notebook), path)


def cleaned(notebook):
    """The same notebook for every run: no times, no random ids, no paths, no version of the kernel."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:02d}"
        for trace in ("papermill", "execution"):
            cell.metadata.pop(trace, None)
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell.source = re.sub(r'(?m)^(project = ").*[/\\]([^/\\"]+)"$', r'\1\2"', cell.source)
    return notebook
