"""The facts of a random project: its days and its fiscal year."""

from datetime import date, timedelta

from tests.generators import policies
from tests.generators.random_projects.files import write_text, write_toml
from tests.generators.random_projects.vocabulary import AREA

# --- The project ----------------------------------------------------------------------------


def project_facts(random):
    """The days of the project and the first month of its fiscal year."""
    first_month = random.randint(1, 12)
    start = first_day_of_quarter(random, first_month)
    if random.random() < 0.25:
        start += timedelta(days=random.randint(1, 80))
    years = random.randint(1, 3)
    end = date(start.year + years, start.month, min(start.day, 28)) - timedelta(days=1)
    return {
        "first_month": first_month,
        "start": start,
        "end": end,
        "records_through": last_day_of_records(random, start, end),
    }


def first_day_of_quarter(random, first_month):
    """The first day of some quarter of the fiscal year."""
    month = (first_month - 1 + 3 * random.randint(0, 3)) % 12 + 1
    return date(random.randint(2009, 2019), month, 1)


def last_day_of_records(random, start, end):
    """The end of a month, the end of the project or any day of it after half a year."""
    if random.random() < 0.3:
        return end
    day = start + timedelta(days=random.randint(200, (end - start).days))
    if random.random() < 0.5:
        return day
    return max(day.replace(day=1) - timedelta(days=1), start + timedelta(days=190))


def write_facts(folder, facts, seed):
    """project.toml, the shipped policy, and the two files of figures without a row."""
    text = {
        "name": f"Random project {seed}",
        "country": "the Republic of Chance",
        "donor": "Nobody",
        "implementer": "Nobody",
        "partners": ["civil society organizations"],
        "locations": "nowhere",
        "start": facts["start"],
        "end": facts["end"],
        "language": "en",
        "synthetic": True,
        "records_through": facts["records_through"],
        "source": "None.",
        "fiscal_year": {"first_month": facts["first_month"]},
        "funding": {"amount": 1000, "currency": "US dollars"},
        "areas": [{"code": AREA, "name": "Work", "purpose": "Anything."}],
        "statements": [{"area": AREA, "as_of": facts["start"], "text": "Nothing was published."}],
        "limits": [{"text": "All of it is invented."}],
    }
    write_toml(folder / "project.toml", text)
    (folder / "policy.toml").write_text(policies.policy(person=""), encoding="utf-8")
    write_text(folder / "targets.csv", "indicator,period,target,rationale,valid_from\n")
    write_text(folder / "published.csv", "indicator,as_of,value,hedge,source\n")
