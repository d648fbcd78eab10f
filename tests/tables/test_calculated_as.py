"""What is printed under "Calculated as", word by word: of each measure and each row of what evaluators ask for.

The sheets are those of the project tried from nothing (tests/generators/shelter_project.py), and of one small table.
"""

import pytest

from ctanalysis.project import examples, load
from ctanalysis.tables.in_words import calculation_in_words
from ctanalysis.tables.sheets import reference_sheet
from tests.generators import people_projects, shelter_project, small

ROWS = 'table = "rows"\ndate = "day"'
PEOPLE = f'measure = "people"\n{ROWS}\nperson = "person"'
LEVEL = 'measure = "level"\ntable = "rows"\nstart = "day"\nend = "end"'
DONE = "[calculation.numerator]\nwhere = { done = true }"
OF_EVALUATORS = {  # by the code of the sheet: one or several to each row of the table
    "1.1": (
        'Numerator: Sum of "amount" over rows of Spending (by "date") where "line" is hotline in the period. '
        'Rows without "date" are counted in no period. '
        'Rows without "amount" add nothing to the number. '
        'Rows without "line" are not counted. '
        'Denominator: Number of rows of Calls (by "date") in the period. '
        'Rows without "date" are counted in no period. '
        "Of a longer period it is the ratio of its own two numbers."
    ),
    "1.2": (
        'Numerator: Number of Nights, "from" on or before a day and "until" empty or after it, as a mean over the '
        "days of the period: what stands on each day, added up, by the number of the days. "
        'Rows without "from" stand in no period. '
        'Denominator: Sum of "beds" of Beds, "from" on or before a day and "until" empty or after it, as a mean over '
        "the days of the period: what stands on each day, added up, by the number of the days. "
        'Rows without "from" stand in no period. '
        'Rows without "beds" add nothing to the number. '
        "Of a longer period it is the ratio of its own two numbers."
    ),
    "1.3": (
        'Numerator: Number of rows of Calls (by "date") in the period. '
        'Rows without "date" are counted in no period. '
        "Denominator: The days of the period. "
        "Of a longer period it is the ratio of its own two numbers."
    ),
    "2": (
        'Numerator: Number of rows of Trainings (by "date") in the period. '
        'Rows without "date" are counted in no period. '
        "It is told for each 100,000 residents: those of population.csv, the mean of the calendar years that the "
        "period's days are in, each weighted by its days. "
        "It is not made up to a year: half a year has about half the rate of a year. "
        "Those not recorded have no rate, and are in the total."
    ),
    "3": (
        'Median of "cost" over rows of Trainings (by "date") in the period. '
        "Of an even number of rows it is halfway between the two in the middle (Hyndman & Fan, definition 2). "
        'Rows without "date" are counted in no period. '
        'Rows without "cost" add nothing to the number.'
    ),
    "4.1": (
        'Mean of the days from "asked on" to "answered on" over rows of Letters (by "asked on") in the period. '
        'Rows without "asked on" are counted in no period. '
        'Rows without "answered on" by the period\'s last day are left out: it has not come. '
        'Rows with "answered on" before "asked on" are held out.'
    ),
    "4.2": (
        'Median of the days from "asked on" to "answered on" over rows of Letters (by "asked on") in the period. '
        "Of an even number of rows it is halfway between the two in the middle (Hyndman & Fan, definition 2). "
        'Rows without "asked on" are counted in no period. '
        'Rows without "answered on" by the period\'s last day are left out: it has not come. '
        'Rows with "answered on" before "asked on" are held out.'
    ),
    "4.3": (
        'Denominator: Number of rows of Letters (by "asked on") in the period. '
        'Numerator: those of them with "answered on" within 10 days of "asked on". '
        "Each of them is counted on the day on which the 10 days are over. "
        'Rows without "asked on" are counted in no period. '
        'Rows with "answered on" before "asked on" are held out.'
    ),
    "5.1": (
        'Distinct "caller" among rows of Calls (by "date"), each counted once, on the first day by which there are 2 '
        "such rows in the whole project. "
        'Rows without "date" are counted in no period. '
        'Rows without "caller" are nobody\'s, and not counted.'
    ),
    "5.2": (
        'Distinct "person id" among rows of Services (by "date"), each counted once, on the first day by which there '
        'are such rows with 3 different values of "kind" in the whole project. '
        'Rows without "date" are counted in no period. '
        'Rows without "person id" are nobody\'s, and not counted. '
        'Rows without "kind" are not counted.'
    ),
    "6": (
        'Distinct "person id" among rows of Services (by "date") or rows of Returns (by "date"), each counted once, '
        "on the day of the first such row in the whole project. "
        'Of Services (by "date"), rows without "date" are counted in no period. '
        'Of Services (by "date"), rows without "person id" are nobody\'s, and not counted. '
        'Of Returns (by "date"), rows without "date" are counted in no period. '
        'Of Returns (by "date"), rows without "person id" are nobody\'s, and not counted.'
    ),
    "7.1": (
        'Distinct "person id" of Stays, "begun" on or before the period\'s last day and "ended" empty or after it. '
        'Rows without "begun" stand in no period. '
        'Rows without "person id" are nobody\'s, and not counted.'
    ),
    "7.2": (
        'Number of Nights, "from" on or before a day and "until" empty or after it, as a mean over the days of the '
        "period: what stands on each day, added up, by the number of the days. "
        'Rows without "from" stand in no period.'
    ),
    "8.1": (
        'Denominator: Distinct "person id" among rows of People (by "identified on"), each counted once, on the day '
        "of the first such row in the whole project. "
        'Numerator: those of them with rows of Services (by "date"), from the day on which they entered on, within '
        "30 days of it. "
        "Each of them is counted on the day on which the 30 days are over. "
        "To the end of a fiscal year are told those who entered in quarters of which all people have had their days. "
        'Of People (by "identified on"), rows without "identified on" are counted in no period. '
        'Of People (by "identified on"), rows without "person id" are nobody\'s, and not counted. '
        'Of Services (by "date"), rows without "date" are counted in no period. '
        'Of Services (by "date"), rows without "person id" are nobody\'s, and not counted.'
    ),
    "8.2": (
        'Denominator: Distinct "person id" among rows of Services (by "date"), each counted once, on the day of the '
        "first such row in the whole project. "
        'Numerator: those of them with rows of Leaving (by "left on"), from the day on which they entered on, within '
        "60 days of it. "
        "Each of them is counted on the day on which the 60 days are over. "
        "To the end of a fiscal year are told those who entered in quarters of which all people have had their days. "
        'Of Services (by "date"), rows without "date" are counted in no period. '
        'Of Services (by "date"), rows without "person id" are nobody\'s, and not counted. '
        'Of Leaving (by "left on"), rows without "left on" are counted in no period. '
        'Of Leaving (by "left on"), rows without "person id" are nobody\'s, and not counted.'
    ),
    "9": (
        '"aware after" less "aware before", where yes is 100 and no is 0, in percentage points. '
        'Mean over rows of Tests (by "date") in the period, the same rows on both sides. '
        'Rows without "date" are counted in no period. '
        'Rows without "aware before" or "aware after" are in no part of the gain.'
    ),
    "10.1": (
        'Sum of "women" and "men" over rows of Trainings (by "date") in the period. '
        'Rows without "date" are counted in no period. '
        'Rows without "women" or "men" are added as far as their other columns go.'
    ),
    "10.2": (
        'Sum of "women" and "men" over rows of Trainings (by "date") in the period. '
        'By trained, women is "women" and men is "men". '
        'Rows without "date" are counted in no period. '
        'Rows without "women" or "men" are added as far as their other columns go.'
    ),
    "11": (
        'Number of rows of Calls (by "date") where at least one of these holds: ("who" is victim) or ("who" is '
        'relative and "referred" is yes) in the period. '
        'Rows without "date" are counted in no period. '
        'Rows without "who" or "referred" are not counted, unless another condition holds.'
    ),
    "13.1": (
        'Largest value of "beds" over rows of Beds (by "from") in the period. '
        'Rows without "from" are counted in no period. '
        'Rows without "beds" add nothing to the number.'
    ),
    "13.2": (
        'Smallest value of "beds" over rows of Beds (by "from") in the period. '
        'Rows without "from" are counted in no period. '
        'Rows without "beds" add nothing to the number.'
    ),
    "13.3": (
        'Latest value of "beds" over rows of Beds (by "from") in the period. '
        'Rows without "from" are counted in no period. '
        'Rows without "beds" add nothing to the number.'
    ),
    "14": (
        'Denominator: Number of rows of Survey (by "date") in the period. '
        'Numerator: those of them where "knows" is yes. '
        'Only rows of one round of "round" count: of those that have rows in the period the latest, and never the '
        "baseline. "
        'It is held against the round baseline of "round", dated 16 January 2014. '
        'Rows without "date" are counted in no period. '
        'Rows without "round" are not counted. '
        'Rows without "knows" are in neither part.'
    ),
    "15": ('Number of rows of Trainings (by "date") in the period. Rows without "date" are counted in no period.'),
}
OTHERS = {  # what it is: its calculation, and how it is printed
    "a number of rows": (
        f'measure = "count"\n{ROWS}\nwhere = {{ kind = ["NA", "007"] }}',
        (
            'Number of rows of Rows (by "day") where "kind" is one of: Namibian, seven in the period. '
            'Rows without "day" are counted in no period. '
            'Rows without "kind" are not counted.'
        ),
    ),
    "a sum": (
        f'measure = "sum"\n{ROWS}\ncolumn = "amount"',
        (
            'Sum of "amount" over rows of Rows (by "day") in the period. '
            'Rows without "day" are counted in no period. '
            'Rows without "amount" add nothing to the number.'
        ),
    ),
    "a mean": (
        f'measure = "mean"\n{ROWS}\ncolumn = "amount"',
        (
            'Mean of "amount" over rows of Rows (by "day") in the period. '
            'Rows without "day" are counted in no period. '
            'Rows without "amount" add nothing to the number.'
        ),
    ),
    "people once": (
        PEOPLE,
        (
            'Distinct "person" among rows of Rows (by "day"), each counted once, on the day of the first such row in '
            "the whole project. "
            'Rows without "day" are counted in no period. '
            'Rows without "person" are nobody\'s, and not counted.'
        ),
    ),
    "people in each period": (
        PEOPLE + '\ncounted = "each period"',
        (
            'Distinct "person" among rows of Rows (by "day"), each counted once, if there is such a row in the period. '
            'Rows without "day" are counted in no period. '
            'Rows without "person" are nobody\'s, and not counted.'
        ),
    ),
    "a level": (
        LEVEL,
        (
            'Number of Rows, "day" on or before the period\'s last day and "end" empty or after it. '
            'Rows without "day" stand in no period.'
        ),
    ),
    "a level of a column": (
        LEVEL + '\ncolumn = "amount"',
        (
            'Sum of "amount" of Rows, "day" on or before the period\'s last day and "end" empty or after it. '
            'Rows without "day" stand in no period. '
            'Rows without "amount" add nothing to the number.'
        ),
    ),
    "people over the days": (
        LEVEL + '\nover = "days"\nperson = "person"',
        (
            'Distinct "person" of Rows, "day" on or before a day and "end" empty or after it, as a mean over the days '
            "of the period: what stands on each day, added up, by the number of the days. "
            'Rows without "day" stand in no period. '
            'Rows without "person" are nobody\'s, and not counted.'
        ),
    ),
    "a share": (
        f'measure = "share"\n[calculation.denominator]\nmeasure = "count"\n{ROWS}\n{DONE}',
        (
            'Denominator: Number of rows of Rows (by "day") in the period. '
            'Numerator: those of them where "done" is yes. '
            'Rows without "day" are counted in no period. '
            'Rows without "done" are in neither part.'
        ),
    ),
    "a share of those of whom it is not known, too": (
        f'measure = "share"\nunknown = "no"\n[calculation.denominator]\n{PEOPLE}\n{DONE}',
        (
            'Denominator: Distinct "person" among rows of Rows (by "day"), each counted once, on the day of the first '
            "such row in the whole project. "
            'Numerator: those of them where "done" is yes. '
            'Rows without "day" are counted in no period. '
            'Rows without "person" are nobody\'s, and not counted. '
            'Rows without "done" are in the denominator only.'
        ),
    ),
    "a gain of numbers": (
        f'measure = "gain"\n{ROWS}\nbefore = "score_before"\nafter = "score_after"',
        (
            '"score after" less "score before". '
            'Mean over rows of Rows (by "day") in the period, the same rows on both sides. '
            'Rows without "day" are counted in no period. '
            'Rows without "score before" or "score after" are in no part of the gain.'
        ),
    ),
}


@pytest.fixture(scope="module")
def doors(tmp_path_factory):
    return load(shelter_project.write(tmp_path_factory.mktemp("words") / "doors"))


@pytest.mark.parametrize("code", OF_EVALUATORS)
def test_each_row_of_the_table_is_printed_as_it_is_calculated(doors, code):
    assert calculation_in_words(doors, doors.sheet(code)) == OF_EVALUATORS[code]


def test_no_sheet_of_it_is_left_out(doors):
    assert OF_EVALUATORS.keys() == {sheet.code for sheet in doors.sheets}


@pytest.mark.parametrize("calculation, words", OTHERS.values(), ids=OTHERS)
def test_the_plain_ones_are(tmp_path, calculation, words):
    found = load(small.write(tmp_path / "p", "day\n2014-01-01", calculation))
    assert calculation_in_words(found, found.sheet("x")) == words


def test_a_milestone_is(doors):
    [milestone] = doors.milestones
    assert dict(reference_sheet(doors, milestone).rows)["Calculated as"] == (
        "Reached on the day that was decided, with its evidence. It is told, and never added."
    )


def test_no_measure_is_left_out(doors):
    """Every measure that a sheet can have is among them."""
    met = {sheet.calculation.measure for sheet in doors.sheets} | {"milestone"}
    met |= {calculation.split('"')[1] for calculation, _ in OTHERS.values()}
    assert met == {*examples.measures()}


@pytest.mark.parametrize(
    "code, lacks",
    {
        "either": [  # a condition of the first table alone, and the day of each
            'Of services (by "day"), rows without "kind" are not counted.',
            'Of stays (by "begun"), rows without "begun" are counted in no period.',
        ],
        "either-anew": ['Of stays (by "begun"), rows without "kind" are not counted.'],
        "in-90-days": [  # those of the later state
            'Of services (by "day"), rows without "person_id" are nobody\'s, and not counted.',
            'Of services (by "day"), rows without "kind" are not counted.',
        ],
        "more-kinds": ['Of services (by "day"), rows without "kind" are not counted.'],
    }.items(),
)
def test_of_several_tables_it_is_said_what_the_rows_of_each_may_lack(tmp_path, code, lacks):
    """A row of the second table without its day, its person or what is asked of it is named by the check, and here."""
    people_projects.write(tmp_path / "p", 0)
    found = load(tmp_path / "p")
    words = calculation_in_words(found, found.sheet(code))
    assert [one for one in lacks if words.count(one) != 1] == []
