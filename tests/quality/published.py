"""Everything that a report says, as text."""

from ctanalysis import narrative, tables
from tests.figures.seen import charts
from tests.narrative.area_pages import area_pages


def everything(evaluation):
    """All that is told of an evaluation, by name."""
    areas = [area.code for area in evaluation.project.facts.areas]
    sections = (
        narrative.notice,
        narrative.introduction,
        narrative.headlines,
        narrative.progress,
        area_pages,
        narrative.limits,
        narrative.quality,
        narrative.caveats,
    )
    shown = (
        tables.quality,
        tables.tally,
        tables.published,
        tables.completeness,
        tables.states,
        tables.tracking,
        tables.reference_sheets,
    )
    told = {section.__name__: section(evaluation).html for section in sections}
    told |= {f"table {table.__name__}": table(evaluation)._repr_mimebundle_()["text/html"] for table in shown}
    told |= {
        f"breakdowns {area}": tables.breakdowns(evaluation, area)._repr_mimebundle_()["text/html"] for area in areas
    }
    told |= {f"chart {chart.name}": f"{chart.html}\n{chart.data.to_csv()}" for chart in charts(evaluation, areas)}
    return told | {
        name: getattr(evaluation, name).to_csv() for name in ("values", "tracking", "history", "quality", "tally")
    }
