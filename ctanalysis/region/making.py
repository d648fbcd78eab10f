"""The page of a region is made whole or not at all, beside the reports of the library's checkout."""

from pathlib import Path

from ctanalysis.base.errors import Refused
from ctanalysis.base.replacing import check_no_link, replacing
from ctanalysis.project import SHIPPED, output_folder
from ctanalysis.project.several import chosen
from ctanalysis.region import page, values
from ctanalysis.region.comparing import shared
from ctanalysis.region.members import FEWEST, members
from ctanalysis.reports.files import CSV

PLACE = "region"  # in the folder of reports
EXAMPLE = "make region PROJECTS='projects/*' PERIOD=FY2015Q1"


def make(projects: str, label: str) -> Path:
    """Makes reports/region/<period>/ with region.html and region.csv, and returns the folder.

    projects: folders or patterns, see several.chosen. label: of a quarter, half or fiscal year. Refused: what one of
    the projects is refused for, with its name; the page that there was is then as it was.
    """
    if not SHIPPED.is_dir():
        raise Refused("The page of a region is made in a checkout of the library, which this is not.")
    days, found = members(chosen(projects, EXAMPLE, FEWEST), label)
    compared = shared(found, days)
    place = output_folder(None, "reports") / PLACE
    check_no_link(place)
    folder = place / days.label
    with replacing(folder) as fresh:
        (fresh / "region.html").write_text(page.page(days, found, compared), encoding="utf-8", newline="\n")
        values.frame(compared).to_csv(fresh / "region.csv", **CSV)
    return folder
