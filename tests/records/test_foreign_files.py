"""Files as other tools export them are read by changing only datapackage.json, and every value is right.

The exports are invented, and laid out as the tools lay them out: KoboToolbox (one sheet; a sheet for each repeat), ODK
Central (a file for each repeat), DHIS2 (events; values with periods in the place of days) and a spreadsheet with a row
of labels, tags of HXL and a list on a sheet of its own.
"""

import json

import openpyxl

from ctanalysis import project, records
from ctanalysis.records import LOOK, REPAIRED
from tests.generators import small
from tests.generators.sent import write

KEY = {"type": "string", "constraints": {"required": True, "unique": True}}


def key(name, title):
    return {"name": name, "title": title, **KEY}


def field(name, title, type="string", **more):
    return {"name": name, "title": title, "type": type, **more}


def table(name, path, fields, parent=None, **more):
    """A table whose first field is its key. parent: (its field, the table that it refers to, the key there)."""
    schema = {"fields": fields, "primaryKey": [fields[0]["name"]]}
    if parent:
        child, other, its_key = parent
        schema["foreignKeys"] = [{"fields": [child], "reference": {"resource": other, "fields": [its_key]}}]
    return {"name": name, "path": path, "title": name, "disclosure": "open", "schema": schema, **more}


def read(folder, *tables, zone="Asia/Bishkek", **files):
    """The Records of these tables; files: by name, the sheets by name with their rows, or the rows of a text file."""
    count = f'measure = "count"\ntable = "{tables[0]["name"]}"\ndate = "day"'
    small.write(folder, "day\n2014-01-01", count)
    (folder / "records/rows.csv").unlink()
    (folder / "project.toml").write_text(f'time_zone = "{zone}"\n' + small.FACTS, encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps({"name": "foreign", "resources": tables}), encoding="utf-8")
    for name, content in files.items():
        path = folder / "records" / name.replace("_", ".")
        if isinstance(content, dict):
            book = openpyxl.Workbook()
            book.remove(book.active)
            for title, rows in content.items():
                sheet = book.create_sheet(title)
                for row in rows:
                    sheet.append(row)
            book.save(path)
        else:
            write(path, content)
    return records.survey(project.load(folder))


def counted(folder, calculation):
    """The project's sheet with another calculation."""
    sheet = folder / "indicators/x.toml"
    before = sheet.read_text(encoding="utf-8").partition("[calculation]")[0]
    sheet.write_text(f"{before}[calculation]\n{calculation}\n", encoding="utf-8")


def rules(found):
    return {(one.severity, one.rule) for one in found.findings}


SUBMITTED = ("2014-03-31T20:15:00", "2014-04-01T08:00:00")


def test_kobo_with_groups_and_several_choices(tmp_path):
    """One sheet: groups before a slash, a column for each choice, what the tool adds, ninety columns of no table."""
    head = ["start", "meeting/day", "meeting/came", "help", "help/shelter", "help/legal", "_id", "_uuid"]
    head += [
        "_submission_time",
        "_validation_status",
        "_notes",
        "_index",
        *(f"extra/q{number}" for number in range(90)),
    ]
    more = ["", "", 1, *[None] * 90]
    rows = [
        ["2014-03-31T20:00:00.000+06:00", "2014-03-31", 12, "shelter legal", 1, 1, 71, "u-1", SUBMITTED[0], *more],
        ["2014-04-01T07:50:00.000+06:00", "2014-04-01", 7, "legal", 0, 1, 72, "u-2", SUBMITTED[1], *more],
    ]
    fields = [
        key("uuid", "_uuid"),
        field("day", "meeting/day", "date"),
        field("came", "meeting/came", "integer"),
        field("shelter", "help/shelter", "boolean"),
        field("legal", "help/legal", "boolean"),
        field("begun", "start", "date"),
        field("sent", "_submission_time", "date"),
    ]
    form = table("meetings", "records/form.xlsx", fields, ignoredColumns=["help", "extra/*"])
    found = read(tmp_path / "p", form, form_xlsx={"form": [head, *rows]})
    meetings = found["meetings"]
    assert meetings["uuid"].tolist() == ["u-1", "u-2"] and meetings["came"].sum() == 19
    assert (meetings["shelter"].sum(), meetings["legal"].sum()) == (1, 2)
    assert meetings["day"].astype(str).tolist() == ["2014-03-31", "2014-04-01"]
    assert meetings["begun"].equals(meetings["day"]) and meetings["sent"].equals(meetings["day"])
    assert rules(found) == {(REPAIRED, "spelling"), (LOOK, "ignored columns")}


HELP = [{"value": "shelter", "label": "shelter"}, {"value": "legal", "label": "legal aid"}]


def test_kobo_with_several_choices_as_a_list(tmp_path):
    """The same question declared a list: one column, a column for each choice, or both; by it rows count in each."""
    rows = [["2014-03-31", "shelter legal", 1, 1], ["2014-03-30", "legal", 0, 1], ["2014-03-29", None, None, None]]
    head = ["meeting/day", "help", "help/shelter", "help/legal"]
    for name, places in {"both": (0, 1, 2, 3), "one": (0, 1), "each": (0, 2, 3)}.items():
        sheet = [[*(row[place] for place in places), f"u-{row[0]}"] for row in rows]
        heading = [*(head[place] for place in places), "_uuid"]
        fields = [key("uuid", "_uuid"), field("day", "meeting/day", "date")]
        fields.append(field("help", "help", "list", delimiter=" ", categories=HELP))
        form = table("meetings", "records/form.xlsx", fields, due="never")
        found = read(tmp_path / name, form, form_xlsx={"form": [heading, *sheet]})
        assert not found.findings
        counted(tmp_path / name, 'measure = "count"\ntable = "meetings"\ndate = "day"\ndisaggregate = ["help"]')
        values = small.values(tmp_path / name, ("2014-01-01", "2014-03-31"))
        cells = [("total", "all"), ("help", "shelter"), ("help", "legal aid"), ("help", "not recorded")]
        assert [values[0, *cell].value for cell in cells] == [3, 1, 2, 1]


def test_kobo_with_a_repeat(tmp_path):
    """Two sheets, two tables: the repeat names its parent by _parent_index. No sheet is said to be unread; of the keys
    it is said that they begin anew in each export.
    """
    form = [
        ["day", "_id", "_uuid", "_submission_time", "_index"],
        ["2014-03-31", 71, "u-1", SUBMITTED[0], 1],
        ["2014-04-01", 72, "u-2", SUBMITTED[1], 2],
    ]
    head = ["sex", "_index", "_parent_table_name", "_parent_index", "_submission__id", "_submission__uuid"]
    people = [["F", 1, "form", 1, 71, "u-1"], ["M", 2, "form", 1, 71, "u-1"], ["F", 3, "form", 2, 72, "u-2"]]
    sexes = [{"value": "F", "label": "female"}, {"value": "M", "label": "male"}]
    visits = table(
        "visits",
        "records/form.xlsx",
        [key("visit", "_index"), field("day", "day", "date")],
        dialect={"sheetName": "form"},
    )
    guests = table(
        "guests",
        "records/form.xlsx",
        [key("guest", "_index"), field("visit", "_parent_index"), field("sex", "sex", categories=sexes)],
        ("visit", "visits", "visit"),
        dialect={"sheetName": "person"},
    )
    found = read(tmp_path / "p", visits, guests, form_xlsx={"form": form, "person": [head, *people]})
    assert [(one.rule, one.table, one.field) for one in found.findings] == [
        ("restarting key", "visits", "visit"),
        ("restarting key", "guests", "guest"),
        ("restarting key", "guests", "visit"),
    ]
    joined = found["guests"].merge(found["visits"], on="visit")
    assert joined[["sex", "day"]].astype(str).values.tolist() == [
        ["F", "2014-03-31"],
        ["M", "2014-03-31"],
        ["F", "2014-04-01"],
    ]


def test_kobo_with_a_repeat_by_its_uuid(tmp_path):
    """The same, where the repeat is linked by _submission__uuid."""
    form = [["day", "_id", "_uuid", "_submission_time"], ["2014-03-31", 71, "u-1", SUBMITTED[0]]]
    head = ["n", "_index", "_parent_table_name", "_parent_index", "_submission__id", "_submission__uuid"]
    items = [[5, 1, "form", 1, 71, "u-1"], [6, 2, "form", 1, 71, "u-1"]]
    visits = table(
        "visits",
        "records/form.xlsx",
        [key("visit", "_uuid"), field("day", "day", "date")],
        dialect={"sheetName": "form"},
    )
    must = {"constraints": {"required": True}}
    fields = [field("item", "_index", **must), field("visit", "_submission__uuid", **must), field("n", "n", "integer")]
    given = table("items", "records/form.xlsx", fields, ("visit", "visits", "visit"), dialect={"sheetName": "items"})
    given["schema"]["primaryKey"] = ["visit", "item"]
    found = read(tmp_path / "p", visits, given, form_xlsx={"form": form, "items": [head, *items]})
    assert not found.findings and found["items"].groupby("visit", observed=True)["n"].sum().to_dict() == {"u-1": 11}


def test_odk_central(tmp_path):
    """Two text files: KEY, PARENT_KEY, and a SubmissionDate of Greenwich, which is the next day in Bishkek."""
    submissions = [
        ["SubmissionDate", "day", "came", "meta-instanceID", "KEY", "SubmitterID", "SubmitterName", "ReviewState"],
        ["2014-03-31T20:15:00.123Z", "2014-03-31", "12", "uuid:a", "uuid:a", "5", "QX", ""],
        ["2014-04-01T08:00:00.456Z", "2014-04-01", "7", "uuid:b", "uuid:b", "5", "QX", "approved"],
    ]
    repeat = [
        ["sex", "PARENT_KEY", "KEY"],
        ["F", "uuid:a", "uuid:a/people[1]"],
        ["M", "uuid:a", "uuid:a/people[2]"],
        ["F", "uuid:b", "uuid:b/people[1]"],
    ]
    fields = [key("visit", "KEY"), field("day", "day", "date"), field("came", "came", "integer")]
    visits = table("visits", "records/submissions.csv", [*fields, field("sent", "SubmissionDate", "date")])
    people = [key("person", "KEY"), field("visit", "PARENT_KEY"), field("sex", "sex")]
    guests = table("guests", "records/people.csv", people, ("visit", "visits", "visit"))
    found = read(tmp_path / "p", visits, guests, submissions_csv=submissions, people_csv=repeat)
    assert found["visits"]["sent"].astype(str).tolist() == ["2014-04-01", "2014-04-01"]
    assert found["visits"]["came"].sum() == 19
    assert found["guests"].groupby("visit", observed=True).size().to_dict() == {"uuid:a": 2, "uuid:b": 1}
    assert rules(found) == {(REPAIRED, "spelling")}


def test_dhis2_events(tmp_path):
    """An export of events: days with a time of day that is always midnight, codes of forty columns of no table."""
    head = [
        "Event",
        "Program stage",
        "Event date",
        "Organisation unit",
        *(f"de{number}" for number in range(40)),
        "Came",
    ]
    rows = [[f"ev{number}", "A", f"2014-0{number}-01 00:00:00.0", "ou", *["x"] * 40, number] for number in range(1, 4)]
    fields = [key("event", "Event"), field("day", "Event date", "date"), field("came", "Came", "integer")]
    events = table("events", "records/events.csv", fields, ignoredColumns=["*"])
    found = read(tmp_path / "p", events, events_csv=[head, *rows])
    assert found["events"]["day"].astype(str).tolist() == ["2014-01-01", "2014-02-01", "2014-03-01"]
    assert found["events"]["came"].sum() == 6


def test_dhis2_data_values(tmp_path):
    """A long export: a row for each data element, month and place, with what the tool adds. Months make quarters."""
    head = ["no", "dataElement", "period", "orgUnit", "categoryOptionCombo", "value", "storedBy", "lastUpdated"]
    values = [
        ("women", "201401", "osh", 12),
        ("men", "201401", "osh", 8),
        ("women", "201402", "osh", 7),
        ("women", "201402", "batken", 5),
        ("men", "201404", "osh", 9),
    ]
    rows = [
        [str(number), element, period, unit, "HllvX50cXC0", str(value), "QX", "2014-05-01T08:00:00.000"]
        for number, (element, period, unit, value) in enumerate(values, 1)
    ]
    elements = [{"value": "women", "label": "women"}, {"value": "men", "label": "men"}]
    places = [{"value": "osh", "label": "Osh"}, {"value": "batken", "label": "Batken"}]
    fields = [
        key("number", "no"),
        field("element", "dataElement", categories=elements),
        field("day", "period", "date", format="month"),
        field("place", "orgUnit", categories=places),
        field("value", "value", "integer"),
    ]
    reached = table("reached", "records/values.csv", fields, ignoredColumns=["*"], due="never")
    found = read(tmp_path / "p", reached, values_csv=[head, *rows])
    assert rules(found) == {(LOOK, "ignored columns")} and found["reached"]["value"].sum() == 41
    women = 'measure = "sum"\ntable = "reached"\ndate = "day"\ncolumn = "value"\nwhere = { element = "women" }'
    counted(tmp_path / "p", f'{women}\ndisaggregate = ["place"]')
    days = ("2014-01-01", "2014-03-31"), ("2014-04-01", "2014-06-30"), ("2014-02-01", "2014-02-28")
    values = small.values(tmp_path / "p", *days, ("2014-02-01", "2014-02-14"))
    assert [values[place, "total", "all"].value for place in range(3)] == [24, 0, 12]
    assert [values[0, "place", name].value for name in ("Osh", "Batken")] == [19, 5]
    assert values[3, "total", "all"].status == "not this fine"


def test_dhis2_data_values_with_a_column_for_each(tmp_path):
    """A wide export of quarters: told of quarters, halves and fiscal years, not of months."""
    head = ["periodid", "organisationunitcode", "code", "Came women", "Came men"]
    rows = [["2013Q4", "osh", "a", "3", "1"], ["2014Q1", "osh", "b", "12", "8"], ["2014Q1", "batken", "c", "5", "0"]]
    fields = [
        key("id", "code"),
        field("day", "periodid", "date", format="quarter"),
        field("place", "organisationunitcode"),
        field("women", "Came women", "integer"),
        field("men", "Came men", "integer"),
    ]
    reached = table("reached", "records/wide.csv", fields, due="never")
    found = read(tmp_path / "p", reached, wide_csv=[head, *rows])
    assert not found.findings
    counted(tmp_path / "p", 'measure = "sum"\ntable = "reached"\ndate = "day"\ncolumn = "women"')
    days = ("2014-01-01", "2014-03-31"), ("2013-10-01", "2014-03-31"), ("2013-10-01", "2014-09-30")
    values = small.values(tmp_path / "p", *days, ("2014-01-01", "2014-01-31"))
    assert [values[place, "total", "all"].value for place in range(3)] == [17, 20, 20]
    assert values[3, "total", "all"].status == "not this fine"


def test_a_spreadsheet_with_labels_tags_and_a_list(tmp_path):
    """Groups over columns, labels and tags under them, numbers before the rows, and a list that names half of them."""
    records_sheet = [
        ["", "code", "day", "Came", "", "share"],
        ["", "", "", "women", "men", ""],
        ["", "#meta+id", "#date", "#reached+f", "#reached+m", "#indicator+num"],
        ["1", "m-1", "2014-03-31", 12, 8, "45 %"],
        ["2", "m-2", "2014-04-01", 7, 9, "60"],
    ]
    places = [["code", "day"], ["osh", "Monday"]]
    fields = [
        key("id", "code"),
        field("day", "day", "date"),
        field("women", "Came women", "integer"),
        field("men", "Came men", "integer"),
        field("share", "share", "number", percentage=True),
    ]
    meetings = table("meetings", "records/list.xlsx", fields, dialect={"sheetName": "Records"})
    found = read(tmp_path / "p", meetings, list_xlsx={"List": places, "Records": records_sheet})
    read_rows = found["meetings"]
    assert read_rows["women"].tolist() == [12, 7] and read_rows["men"].tolist() == [8, 9]
    assert read_rows["share"].tolist() == [45, 60]
    assert rules(found) == {(LOOK, "second heading"), (LOOK, "unread sheet"), (LOOK, "no heading")}
