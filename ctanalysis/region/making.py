"""The page of a region is made whole or not at all, beside the reports of the library's checkout."""

from pathlib import Path

from ctanalysis.base.errors import Refused
from ctanalysis.base.replacing import check_no_link, replacing
from ctanalysis.project import SHIPPED, output_folder
from ctanalysis.project.several import chosen
from ctanalysis.region import languages, page, values
from ctanalysis.region.comparing import shared
from ctanalysis.region.members import FEWEST, loaded, members
from ctanalysis.reports.files import CSV
from ctanalysis.reports.languages import link

PLACE = "region"  # in the folder of reports
EXAMPLE = "make region PROJECTS='projects/*' PERIOD=FY2015Q1"
PAGE = "region"


def make(projects: str, label: str, named: str = "") -> Path:
    """Makes reports/region/<period>/ with region.html and region.csv, and returns the folder.

    projects: folders or patterns, see several.chosen. label: of a quarter, half or fiscal year. named: languages by
    their codes, see languages.named; the first that all projects have stands in the folder, others below it, and
    those that there are stay with it. Refused: what one of the projects is refused for, with its name; the page that
    there was is then as it was.
    """
    if not SHIPPED.is_dir():
        raise Refused("The page of a region is made in a checkout of the library, which this is not.")
    every = loaded(chosen(projects, EXAMPLE, FEWEST))
    codes = languages.named(every, named)
    days, found = members(every, label)
    place = output_folder(None, "reports") / PLACE
    check_no_link(place)
    folder = place / days.label
    first, *others = languages.with_there(every, codes, folder, f"{PAGE}.html")
    told = {code: languages.told_in(found, code) for code in (first, *others)}
    compared = shared(told[first], days)
    with replacing(folder) as fresh:
        for code in ("", *others):
            (fresh / code).mkdir(exist_ok=True)
            said = told[code or first], languages.retold(compared, told[code or first])
            text = page.page(days, *said, code or first, "../" if code else "")
            (fresh / code / f"{PAGE}.html").write_text(text, encoding="utf-8")
        link(fresh, [PAGE], first, others)
        values.frame(compared).to_csv(fresh / page.FILE, **CSV)
    return folder


def pages(folder: Path, named: str) -> list[Path]:
    """Where the page of a folder stands in the languages that are named, or in its first."""
    codes = languages.codes(named) or [""]
    return [*dict.fromkeys((folder / code if (folder / code).is_dir() else folder) / f"{PAGE}.html" for code in codes)]
