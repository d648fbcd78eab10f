"""Writes docs/dictionary.md from the shipped project's folder: its tables, fields, categories and indicators.

make accept writes it; tests/docs/test_dictionary.py fails where it is not what the folder says.
"""

from pathlib import Path

from ctanalysis.evaluation import SHIPPED
from ctanalysis.project import load
from ctanalysis.tables.in_words import calculation_in_words

PAGE = Path(__file__).parents[2] / "docs" / "dictionary.md"
MOST = 12  # categories that are listed
ABOUT = (
    "The tables, fields and indicators of the shipped project, from its folder (`data/datapackage.json`, "
    "`data/policy.toml`, `data/indicators/`). `make accept` writes this page; a test fails where it is not "
    "what the folder says. What stands in brackets beside a category is how records and reference sheets write it."
)


def cell(text):
    """A text in a cell of a table."""
    return " ".join(str(text).split()).replace("|", "\\|")


def row(*cells):
    return f"| {' | '.join(map(cell, cells))} |"


def field_row(field):
    """A line on a field: what it is called, of what type, with which categories."""
    codes = {one.label: one.value for one in field.categories or ()}
    labels = [
        f"{label} (`{codes[label]}`)" if codes.get(label, label) != label else label for label in field.labels or ()
    ]
    shown = ", ".join(labels[:MOST]) + (f" and {len(labels) - MOST} more" if len(labels) > MOST else "")
    states = [word for word, is_so in (("identifies somebody: never shown", field.private),) if is_so]
    return row(f"`{field.name}`", field.title, field.type, shown or "; ".join(states))


def tables(project):
    """A section for each table."""
    for name, table in project.package.tables.items():
        rule = project.policy.rules[table.disclosure]
        yield f"### {name}\n"
        yield f"About {rule.describes}. Its files: {', '.join(f'`{path}`' for path in table.paths)}.\n"
        yield row("field", "title", "type", "categories") + "\n" + row(*["---"] * 4)
        for field in table.fields.values():
            yield field_row(field)
        for names, other in table.references.items():
            yield f"\n`{names if isinstance(names, str) else ', '.join(names)}` refers to `{other}`."
        yield ""


def indicators(project):
    """A section for each indicator."""
    for sheet in project.sheets:
        ways = "; ".join(" × ".join(way) for way in sheet.disaggregations) or "nothing"
        yield f"### {sheet.code} {sheet.name}\n"
        yield f"{cell(sheet.definition)}\n"
        yield f"- Area: {project.area(sheet.area).name}; level: {sheet.level}; unit: {sheet.unit}"
        yield f"- Calculated: {cell(calculation_in_words(project, sheet))}"
        yield f"- Broken down by: {ways}"
        yield f"- About: {project.disclosure_rule(sheet).describes}\n"


def page():
    """The text of the page."""
    project = load(SHIPPED)
    lines = ["# Data dictionary\n", ABOUT, "\n## Tables\n", *tables(project), "## Indicators\n", *indicators(project)]
    return "\n".join(lines).rstrip() + "\n"


def main():
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
