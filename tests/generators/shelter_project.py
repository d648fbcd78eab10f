"""A project tried from nothing: shelters, a hotline, trainings, a survey of two rounds, people assisted and money.

All of its folder is written here, records row by row. SHEETS has, for each row of the table of what evaluators ask for,
the sheets that answer it; the text of a sheet is that of a file in indicators/.
"""

import csv
import json

from tests.generators.small import SHEET_KEYS

PROJECT = """
name = "Open Doors"
country = "a country of two oblasts"
donor = "a donor"
implementer = "a shelter association"
partners = ["North shelter", "South shelter"]
locations = "north and south"
start = 2013-10-01
end = 2015-09-30
language = "en"
synthetic = true
records_through = 2014-12-31
source = "Written for a test; it describes nobody."
[fiscal_year]
first_month = 10
[funding]
amount = 50000
currency = "US dollars"
[[areas]]
code = "doors"
name = "Shelter, hotline and trainings"
purpose = "That whoever was trafficked finds a door."
"""
POLICY = """
[victims]
describes = "people who were trafficked"
person = "person_id"
audited = true
fewer_than = 10
round_to = 10
share_within = 5
one_way = []
two_way = []
[callers]
describes = "people who called the hotline"
person = "caller"
fewer_than = 5
round_to = 5
share_within = 5
one_way = ["any"]
two_way = []
[participants]
describes = "people who were asked"
fewer_than = 5
round_to = 5
share_within = 5
one_way = ["any"]
two_way = []
[open]
describes = "beds, trainings, letters and money: nobody in particular"
fewer_than = 0
round_to = 1
share_within = 5
one_way = ["any"]
two_way = ["any"]
"""
MILESTONES = """
[[milestone]]
indicator = "12"
reached = 2014-11-12
evidence = "The order is on the site of the Ministry."
role = "project manager"
date = 2014-12-02
"""
POPULATION = """
year oblast population
2013 north 100000
2013 south 300000
2014 north 200000
2014 south 300000
"""
CATEGORIES = {  # of fields that have some; the others are known by their endings, see field()
    "oblast": ("north", "south"),
    "sex": ("female", "male"),
    "kind": ("shelter", "medical", "legal"),
    "who": ("victim", "relative", "other"),
    "line": ("hotline", "shelter"),
    "round": ("baseline", "endline"),
}
DAYS = ("date", "from", "until", "asked_on", "answered_on", "identified_on", "begun", "ended", "left_on")
NUMBERS = ("beds", "women", "men", "cost", "amount")
YES_OR_NO = ("referred", "aware_before", "aware_after", "knows")
TABLES = {  # name: (class of the policy, rows as the partner enters them; "-" is an empty cell)
    "beds": (
        "open",  # so many beds have stood from a day until another
        """shelter oblast from until beds
        North north 2014-01-01 2014-11-01 4
        South south 2014-10-01 - 6
        North north 2014-11-01 - 8""",
    ),
    "nights": (
        "open",  # one bed in use, from the first evening until the morning of leaving
        """shelter oblast from until
        North north 2014-10-01 2014-10-04
        South south 2014-11-10 2014-11-20
        North north 2014-12-25 -""",
    ),
    "calls": (
        "callers",
        """date caller who referred
        2014-10-02 C1 victim no
        2014-10-09 C1 victim yes
        2014-11-03 C2 relative yes
        2014-11-04 C3 relative no
        2014-12-01 C3 other yes
        2014-12-02 C3 relative no""",
    ),
    "trainings": (
        "open",
        """date oblast women men cost
        2014-02-10 north 10 7 100
        2014-05-10 south 3 5 200
        2014-10-15 north 12 8 300
        2014-11-11 south 6 4 1000
        2014-12-12 south 0 9 400""",
    ),
    "tests": (
        "participants",  # one row for each person, before and after a training
        """date sex aware_before aware_after
        2014-10-15 female no yes
        2014-10-15 female no yes
        2014-10-15 male yes no
        2014-11-11 male no yes
        2014-11-11 female yes yes""",
    ),
    "survey": (
        "participants",
        """date round knows
        2014-01-15 baseline yes
        2014-01-15 baseline no
        2014-01-16 baseline no
        2014-01-16 baseline no
        2014-11-20 endline yes
        2014-11-20 endline yes
        2014-11-21 endline yes
        2014-11-21 endline no""",
    ),
    "letters": (
        "open",  # to ministries, and their answers
        """asked_on answered_on
        2014-10-01 2014-10-05
        2014-10-02 2014-10-12
        2014-11-01 2014-12-01
        2014-12-20 -""",
    ),
    "people": (
        "victims",
        """person_id sex identified_on
        P1 female 2014-08-20
        P2 female 2014-09-10
        P3 male 2014-10-05
        P4 female 2014-11-05
        P5 male 2014-12-15""",
    ),
    "services": (
        "victims",
        """person_id date kind
        P1 2014-08-25 shelter
        P1 2014-10-20 medical
        P1 2014-10-21 legal
        P2 2014-10-30 shelter
        P3 2014-10-05 shelter
        P3 2014-10-06 shelter
        P3 2014-10-07 medical
        P4 2014-11-25 legal""",
    ),
    "returns": (
        "victims",
        """person_id date
        P3 2014-10-02
        P4 2014-12-01
        P5 2014-12-14""",
    ),
    "stays": (
        "victims",
        """person_id begun ended
        P1 2014-08-25 2014-10-22
        P2 2014-10-30 2014-12-31
        P3 2014-10-05 2014-11-05
        P3 2014-11-20 -
        P4 2014-11-25 -""",
    ),
    "leaving": (
        "victims",  # who broke off
        """person_id left_on
        P2 2014-11-15""",
    ),
    "spending": (
        "open",
        """date line amount
        2014-10-31 hotline 300
        2014-11-30 hotline 150
        2014-11-30 shelter 2000""",
    ),
}


def ratio(numerator, denominator):
    """The calculation of one thing for each of another, of a share and of a cohort: its two parts."""
    return f"[calculation.numerator]\n{numerator}\n[calculation.denominator]\n{denominator}"


OVER_DAYS = 'measure = "level"\nover = "days"\nstart = "from"\nend = "until"'
BEDS, NIGHTS = f'{OVER_DAYS}\ntable = "beds"\ncolumn = "beds"', f'{OVER_DAYS}\ntable = "nights"'
CALLS = 'measure = "count"\ntable = "calls"\ndate = "date"'
DAYS_OF_IT = 'measure = "days"'
TRAININGS = 'table = "trainings"\ndate = "date"'
ASSISTED = 'measure = "people"\ntable = "services"\nperson = "person_id"\ndate = "date"'
LETTERS = 'table = "letters"\ndate = "asked_on"\n'
BETWEEN = 'days = ["asked_on", "answered_on"]'
IDENTIFIED = 'measure = "people"\ntable = "people"\nperson = "person_id"\ndate = "identified_on"'
HOTLINE = 'measure = "sum"\ntable = "spending"\ndate = "date"\ncolumn = "amount"\nwhere = { line = ["hotline"] }'
SHEETS = {  # row of the table: {code: (name, unit, what stands under [calculation])}
    "ratio of two, from different tables": {
        "1.1": ("Cost per call", "US dollars per call", f'measure = "ratio"\n{ratio(HOTLINE, CALLS)}'),
        "1.2": ("Bed occupancy", "nights per bed", f'measure = "ratio"\n{ratio(NIGHTS, BEDS)}'),
        "1.3": ("Calls a day", "calls per day", f'measure = "ratio"\n{ratio(CALLS, DAYS_OF_IT)}'),
    },
    "rate per 100,000 residents, by oblast": {
        "2": (
            "Trainings per 100,000",
            "trainings per 100,000",
            f'measure = "rate"\ndisaggregate = ["oblast"]\n[calculation.numerator]\nmeasure = "count"\n{TRAININGS}',
        ),
    },
    "median and quartiles": {
        "3": ("Cost of a training", "US dollars", f'measure = "median"\n{TRAININGS}\ncolumn = "cost"'),
    },
    "days from one date to another": {
        "4.1": ("Mean wait for an answer", "days", f'measure = "mean"\n{LETTERS}{BETWEEN}'),
        "4.2": ("Median wait for an answer", "days", f'measure = "median"\n{LETTERS}{BETWEEN}'),
        "4.3": (
            "Answered within ten days",
            "per cent",
            'measure = "share"\n' + ratio(f"{BETWEEN}\nwithin = 10", f'measure = "count"\n{LETTERS}'),
        ),
    },
    "people with at least n rows, or n different values": {
        "5.1": (
            "Callers who called again",
            "people",
            'measure = "people"\ntable = "calls"\nperson = "caller"\ndate = "date"\nat_least = 2\ndisaggregate = []',
        ),
        "5.2": ("Three kinds of service", "people", f'{ASSISTED}\nat_least = 3\ndifferent = "kind"\ndisaggregate = []'),
    },
    "people of several tables": {
        "6": (
            "People assisted or brought home",
            "people",
            f'{ASSISTED}\nalso = [{{ table = "returns", date = "date" }}]\ndisaggregate = []',
        ),
    },
    "people standing in a level, and the mean level over days": {
        "7.1": (
            "People in shelter",
            "people",
            'measure = "level"\ntable = "stays"\nperson = "person_id"\nstart = "begun"\nend = "ended"\n'
            "disaggregate = []",
        ),
        "7.2": ("Beds in use", "beds", f'{NIGHTS}\ndisaggregate = ["oblast"]'),
    },
    "a cohort": {
        "8.1": (
            "Assisted within thirty days",
            "per cent",
            'measure = "share"\ndisaggregate = []\n'
            + ratio('table = "services"\nperson = "person_id"\ndate = "date"\nwithin = 30', IDENTIFIED),
        ),
        "8.2": (
            "Broke off within sixty days",
            "per cent",
            'measure = "share"\ndisaggregate = []\n'
            + ratio('table = "leaving"\nperson = "person_id"\ndate = "left_on"\nwithin = 60', ASSISTED),
        ),
    },
    "gain of the same people": {
        "9": (
            "Gain in awareness",
            "percentage points",
            'measure = "gain"\ntable = "tests"\ndate = "date"\nbefore = "aware_before"\nafter = "aware_after"\n'
            'disaggregate = ["sex"]',
        ),
    },
    "several columns, and columns as categories": {
        "10.1": ("People trained", "people", f'measure = "sum"\n{TRAININGS}\ncolumns = ["women", "men"]'),
        "10.2": (
            "Women and men trained",
            "people",
            f'measure = "sum"\n{TRAININGS}\ncolumns = {{ trained = {{ women = "women", men = "men" }} }}\n'
            'disaggregate = ["trained"]',
        ),
    },
    "one condition or another": {
        "11": (
            "Calls of need",
            "calls",
            f'{CALLS}\nany = [{{ who = "victim" }}, {{ who = "relative", referred = true }}]',
        ),
    },
    "milestone": {"12": ("An order on shelters", "", 'measure = "milestone"')},
    "largest, smallest, latest": {
        f"13.{number}": (
            f"{word} number of beds",
            "beds",
            f'measure = "{measure}"\ntable = "beds"\ndate = "from"\ncolumn = "beds"',
        )
        for number, (measure, word) in enumerate({"max": "Largest", "min": "Smallest", "last": "Latest"}.items(), 1)
    },
    "baseline and endline": {
        "14": (
            "Know the hotline",
            "per cent",
            'measure = "share"\nrounds = { field = "round", baseline = "baseline" }\n'
            + ratio("where = { knows = true }", 'measure = "count"\ntable = "survey"\ndate = "date"'),
        ),
    },
    "months": {"15": ("Trainings held", "trainings", f'measure = "count"\n{TRAININGS}\ndisaggregate = ["oblast"]')},
}


def write(folder):
    """The project folder. Returns it."""
    for name in ("indicators", "records", "judgements"):
        (folder / name).mkdir(parents=True)
    package = {"name": "open-doors", "resources": [resource(name) for name in TABLES]}
    texts = {
        "project.toml": PROJECT,
        "policy.toml": POLICY,
        "judgements/milestones.toml": MILESTONES,
        "datapackage.json": json.dumps(package, indent=1),
        "targets.csv": "indicator,period,target,rationale,valid_from\n15,FY2015,8,Illustrative.,\n",
        "published.csv": "indicator,as_of,value,hedge,source\n",
    }
    for sheets in SHEETS.values():
        texts |= {f"indicators/{code}.toml": sheet(code, *said) for code, said in sheets.items()}
    for path, text in texts.items():
        (folder / path).write_text(text, encoding="utf-8")
    write_csv(folder / "population.csv", [{**row, "source": "A yearbook, table 2"} for row in read(POPULATION)])
    for name in TABLES:
        write_csv(folder / "records" / f"{name}.csv", rows(name))
    return folder


def sheet(code, name, unit, calculation):
    """The text of a reference sheet."""
    lines = [
        f'code = "{code}"\nname = "{name}"\narea = "doors"\nlevel = "outcome"\nheadline = true\nupdated = 2015-01-01'
    ]
    lines += [f'{key} = "."' for key in SHEET_KEYS]
    if not unit:  # a milestone
        words = 'reached = "The Ministry signed the order"\nnot_reached = "The Ministry had not signed the order"'
        return "\n".join([*lines, f"[words]\n{words}\n[calculation]\n{calculation}\n"])
    words = f'one = "of {name}"\nmany = "of {name}"\nwas = "was found"\nwere = "were found"\nnone = "Nothing of {name}"'
    lines += [f'unit = "{unit}"\ndirection = "none"\n[baseline]\ndate = 2014-01-16\nnote = "None."']
    return "\n".join([*lines, f"[words]\n{words}\n[calculation]\n{calculation}\n"])


def rows(name):
    """The rows of a table, numbered."""
    return [{"number": f"{name[:2]}{place}", **row} for place, row in enumerate(read(TABLES[name][1]), 1)]


def read(text):
    """Rows as {field: cell} of a text whose first line names the fields."""
    header, *lines = [line.split() for line in text.strip().splitlines()]
    return [dict(zip(header, ["" if cell == "-" else cell for cell in line], strict=True)) for line in lines]


def resource(name):
    """A table of datapackage.json."""
    fields = [{"name": one, "title": one.replace("_", " "), **kind(one)} for one in rows(name)[0]]
    schema = {"fields": fields, "primaryKey": ["number"]}
    about = {"title": name.title(), "path": f"records/{name}.csv", "disclosure": TABLES[name][0], "due": "never"}
    return {"name": name, **about, "schema": schema}


def kind(field):
    """The type of a field, its categories and constraints."""
    if field in CATEGORIES:
        return {"type": "string", "categories": [{"value": one, "label": one} for one in CATEGORIES[field]]}
    if field == "number":
        return {"type": "string", "constraints": {"required": True, "unique": True}}
    if field in YES_OR_NO:
        return {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}
    known = {"date": DAYS, "number": NUMBERS}
    return {"type": next((name for name, fields in known.items() if field in fields), "string")}


def write_csv(path, found):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*found[0]], lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)
