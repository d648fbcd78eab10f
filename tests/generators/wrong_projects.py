"""Wrong projects: each the shipped one with one thing changed in its facts, tables, sheets,
targets or published figures.
"""

from tests.generators.wrong import Wrong, described, field_of, removed, replaced, written

PROJECT, PACKAGE, POLICY, TARGETS, PUBLISHED = (
    "project.toml",
    "datapackage.json",
    "policy.toml",
    "targets.csv",
    "published.csv",
)
EVENTS = "indicators/1.1-awareness-raising-events.toml"
ASSISTED = "indicators/2.2-victims-assisted.toml"
WHERE = 'where = { kind = ["AwarenessRaising"] }'


def referring_in_a_circle(resource):
    resource["schema"]["fields"].append({"name": "event_id", "type": "string", "title": "event"})
    resource["schema"]["foreignKeys"] = [
        {"fields": ["event_id"], "reference": {"resource": "events", "fields": ["event_id"]}}
    ]


def referring_to(table):
    def edit(resource):
        resource["schema"]["foreignKeys"][0]["reference"]["resource"] = table

    return edit


WRONG_FACTS = {
    "no project folder": Wrong(removed(PROJECT), ("project.toml", "not a project folder")),
    "project.toml not TOML": Wrong(replaced(PROJECT, "country =", "country"), (PROJECT, "not TOML")),
    "project.toml not UTF-8": Wrong(written(PROJECT, 'name = "Проект"'.encode("cp1251")), (PROJECT, "UTF-8")),
    "project.toml without a key": Wrong(
        replaced(PROJECT, "country =", "# country ="), (PROJECT, "'country' is missing")
    ),
    "project.toml with an unknown key": Wrong(
        replaced(PROJECT, "country =", 'contry = "x"\ncountry ='), (PROJECT, "'contry'")
    ),
    "project that ends before it starts": Wrong(
        replaced(PROJECT, "end = 2015", "end = 2010"), (PROJECT, "end is before its start")
    ),
    "synthetic as text": Wrong(replaced(PROJECT, "synthetic = true", 'synthetic = "true"'), (PROJECT, "'synthetic'")),
    "a thirteenth month": Wrong(replaced(PROJECT, "first_month = 10", "first_month = 13"), (PROJECT, "first_month")),
    "a day that is none": Wrong(replaced(PROJECT, "start = 2011-10-01", "start = 2011-10-41"), (PROJECT,)),
    "a statement about an unknown area": Wrong(
        replaced(PROJECT, '[[statements]]\narea = "cooperation"', '[[statements]]\narea = "elsewhere"'),
        (PROJECT, "area"),
    ),
    "policy without a class": Wrong(
        replaced(POLICY, "[callers]", "[caller]"), (PACKAGE, "'consultations'", POLICY, "'callers'")
    ),
    "fewer_than not a multiple of round_to": Wrong(
        replaced(POLICY, "fewer_than = 10 ", "fewer_than = 11 "), (POLICY, "victims", "multiple of round_to")
    ),
    "a span that is none": Wrong(
        replaced(POLICY, 'one_way = ["any"]', 'one_way = ["quarter"]'), (POLICY, "callers.one_way", "'year'")
    ),
    "no policy": Wrong(removed(POLICY), (POLICY, "no such file")),
}

WRONG_TABLES = {
    "datapackage.json not JSON": Wrong(replaced(PACKAGE, '"name"', "name"), (PACKAGE, "not JSON")),
    "no datapackage.json": Wrong(removed(PACKAGE), (PACKAGE, "no such file")),
    "a table with an unknown key": Wrong(
        described("events", lambda t: t.update(order=[["date", "date"]])), (PACKAGE, "order")
    ),
    "an encoding that is not read": Wrong(
        described("events", lambda t: t.update(encoding="koi8-r")), (PACKAGE, "encoding", "cp1251")
    ),
    "a field with an unknown rule": Wrong(
        described("events", lambda t: field_of(t, "date")["constraints"].update(minLength=3)), (PACKAGE, "minLength")
    ),
    "a pattern for a day": Wrong(
        described("events", lambda t: field_of(t, "date")["constraints"].update(pattern="x")), (PACKAGE, "pattern")
    ),
    "a pattern that is none": Wrong(
        described("events", lambda t: field_of(t, "event_id")["constraints"].update(pattern="(")),
        (PACKAGE, "regular expression"),
    ),
    "a spelling that means two categories": Wrong(
        described("events", lambda t: field_of(t, "oblast")["categories"][0].update(alternatives=["BISHKEK city"])),
        (PACKAGE, "'events'", "several categories", "KG-B, KG-GB"),
    ),
    "a heading that means two columns": Wrong(
        described("events", lambda t: field_of(t, "kind").update(alternatives=["Date"])),
        (PACKAGE, "'events'", "several columns", "date, kind"),
    ),
    "a field of an unknown type": Wrong(
        described("events", lambda t: field_of(t, "date").update(type="datetime")), (PACKAGE, "type", "'date'")
    ),
    "a table without disclosure class": Wrong(
        described("events", lambda t: t.pop("disclosure")), (PACKAGE, "disclosure")
    ),
    "a table of an unknown class": Wrong(
        described("events", lambda t: t.update(disclosure="public")), (PACKAGE, "'events'", "'public'", "victims")
    ),
    "a foreign key to no table": Wrong(
        described("events", referring_to("partners")), (PACKAGE, "'events'", "'organisation_id'")
    ),
    "a foreign key to no table, which a sheet looks through": Wrong(
        described("attendance", referring_to("meetings")), (PACKAGE, "'attendance'", "'event_id'")
    ),
    "a foreign key that is no field": Wrong(
        described("events", lambda t: t["schema"]["foreignKeys"][0].update(fields=["partner"])),
        (PACKAGE, "'events'", "'partner'"),
    ),
    "a foreign key to another field than the key": Wrong(
        described("events", lambda t: t["schema"]["foreignKeys"][0]["reference"].update(fields=["name"])),
        (PACKAGE, "'events'", "'organisation_id'"),
    ),
    "a primary key not unique": Wrong(
        described("events", lambda t: field_of(t, "event_id")["constraints"].pop("unique")),
        (PACKAGE, "'events'", "'event_id'", "unique"),
    ),
    "a primary key not required": Wrong(
        described("events", lambda t: field_of(t, "event_id")["constraints"].pop("required")),
        (PACKAGE, "'events'", "'event_id'", "required"),
    ),
    "a primary key that is no field": Wrong(
        described("events", lambda t: t["schema"].update(primaryKey=["id"])), (PACKAGE, "'events'", "'id'")
    ),
    "no primary key": Wrong(described("events", lambda t: t["schema"].pop("primaryKey")), (PACKAGE, "primaryKey")),
    "two fields with one name": Wrong(
        described("expenditures", lambda t: t["schema"]["fields"].append(field_of(t, "line"))),
        (PACKAGE, "'expenditures'", "same name"),
    ),
    "two tables with one name": Wrong(
        described("expenditures", lambda t: t.update(name="premises")), (PACKAGE, "same name")
    ),
    "two categories with one value": Wrong(
        described("events", lambda t: field_of(t, "kind")["categories"].append({"value": "Advocacy", "label": "more"})),
        (PACKAGE, "same value"),
    ),
    "categories of a number": Wrong(
        described(
            "attendance", lambda t: field_of(t, "participants").update(categories=[{"value": "1", "label": "one"}])
        ),
        (PACKAGE, "categories"),
    ),
    "an order of what is no date": Wrong(
        replaced("rules.toml", 'then = "end"', 'then = "place"'), ("rules.toml", "'premises'", "'place'", "date")
    ),
    "tables that refer to each other in a circle": Wrong(
        described("organisations", referring_in_a_circle), (PACKAGE, "circle", "events", "organisations")
    ),
}

WRONG_SHEETS = {
    "no sheets": Wrong(removed("indicators"), ("indicators", "no reference sheet")),
    "a sheet that is not TOML": Wrong(replaced(EVENTS, "definition =", "definition"), (EVENTS, "not TOML")),
    "a sheet with an unknown key": Wrong(replaced(EVENTS, "notes =", "remarks ="), (EVENTS, "'remarks'")),
    "a sheet without a definition": Wrong(
        replaced(EVENTS, "definition =", "# definition ="), (EVENTS, "'definition' is missing")
    ),
    "a calculation with an unknown key": Wrong(
        replaced(EVENTS, 'date = "date"', 'date = "date"\ngroup = "kind"'), (EVENTS, "group")
    ),
    "a calculation without a date": Wrong(replaced(EVENTS, 'date = "date"', ""), (EVENTS, "date", "missing")),
    "an unknown measure": Wrong(
        replaced(EVENTS, 'measure = "count"', 'measure = "cuont"'), (EVENTS, "'cuont'", "count, sum")
    ),
    "an unknown level": Wrong(
        replaced(EVENTS, 'level = "output"', 'level = "impact"'), (EVENTS, "'level'", "'outcome'")
    ),
    "an unknown table": Wrong(
        replaced(EVENTS, 'table = "events"', 'table = "meetings"'), ("indicators", "1.1", "'meetings'", "events")
    ),
    "an unknown column of dates": Wrong(
        replaced(EVENTS, 'date = "date"', 'date = "day"'), ("indicators", "1.1", "'day'", "'events'")
    ),
    "an unknown column to add up": Wrong(
        replaced("indicators/1.2-participants.toml", 'column = "participants"', 'column = "people"'),
        ("indicators", "1.2", "'people'"),
    ),
    "a column of words to add up": Wrong(
        replaced("indicators/1.2-participants.toml", 'column = "participants"', 'column = "sex"'),
        ("indicators", "1.2", "'sex'", "number"),
    ),
    "a date that is none": Wrong(
        replaced(EVENTS, 'date = "date"', 'date = "kind"'), ("indicators", "1.1", "'kind'", "date")
    ),
    "an unknown person": Wrong(
        replaced(ASSISTED, 'person = "person_id"', 'person = "client"'), ("indicators", "2.2", "'client'")
    ),
    "an unknown field in where": Wrong(
        replaced(EVENTS, WHERE, 'where = { sort = "Advocacy" }'), ("indicators", "1.1", "'sort'")
    ),
    "an unknown category in where": Wrong(
        replaced(EVENTS, "AwarenessRaising", "AwarenessRasing"),
        ("indicators", "1.1", "'AwarenessRasing'", "'kind'", "AwarenessRaising"),
    ),
    "an unknown category in a numerator": Wrong(
        replaced("indicators/2.6-plans-completed.toml", '"Completed"', '"Complete"'),
        ("indicators", "2.6", "'Complete'", "Completed"),
    ),
    "an unknown condition": Wrong(
        replaced(EVENTS, WHERE, 'where = { kind = { equals = "Advocacy" } }'), (EVENTS, "equals")
    ),
    "a number for a category": Wrong(
        replaced(EVENTS, WHERE, "where = { kind = 1 }"), ("indicators", "1.1", "'kind'", "string")
    ),
    "min on a category": Wrong(
        replaced(EVENTS, WHERE, 'where = { kind = { min = "Advocacy" } }'), ("indicators", "1.1", "'kind'", "min")
    ),
    "a date condition in people": Wrong(
        replaced(ASSISTED, "where = {", "where = { date_identified = { present = true },"),
        ("indicators", "2.2", "'date_identified'", "people cannot be counted"),
    ),
    "an unknown field in disaggregate": Wrong(
        replaced(EVENTS, '"oblast"', '"region"'), ("indicators", "1.1", "'region'")
    ),
    "a disaggregation by a field without categories": Wrong(
        replaced(ASSISTED, '"sex", ', '"sex", "person_id", '), ("indicators", "2.2", "'person_id'", "categories")
    ),
    "a disaggregation by three fields": Wrong(
        replaced(EVENTS, '["oblast", "audience"]', '[["oblast", "audience", "kind"]]'), (EVENTS, "disaggregation")
    ),
    "a sheet of people that waits and has no table": Wrong(
        replaced(ASSISTED, 'table = "services"', 'table = "persons"'), (ASSISTED, "no table 'persons'", "victims")
    ),
    "two sheets with one code": Wrong(
        replaced(EVENTS, 'code = "1.1"', 'code = "1.2"'),
        ("1.2-participants.toml", "1.1-awareness-raising-events.toml", "'1.2'"),
    ),
    "an unknown area": Wrong(
        replaced(EVENTS, 'area = "prevention"', 'area = "prevntion"'),
        ("indicators", "1.1", "'prevntion'", "prevention"),
    ),
}

WRONG_FIGURES = {
    "no targets": Wrong(removed(TARGETS), (TARGETS, "no such file")),
    "targets with another column": Wrong(replaced(TARGETS, "rationale", "reason"), (TARGETS, "rationale")),
    "a target for an unknown indicator": Wrong(
        replaced(TARGETS, "1.1,FY2012", "9.9,FY2012"), (TARGETS, "'9.9'", "1.1")
    ),
    "a share's target in per cent": Wrong(
        replaced(TARGETS, "1.5,FY2012,0.7", "1.5,FY2012,70"), (TARGETS, "'1.5'", "0.75")
    ),
    "a table outside the folder": Wrong(
        replaced(PACKAGE, "records/events", "../events"), (PACKAGE, "'events'", "inside the project folder")
    ),
    "a target for a period that is none": Wrong(
        replaced(TARGETS, "1.1,FY2012", "1.1,2012"), (TARGETS, "'2012'", "FY2012")
    ),
    "a target for a year before the project": Wrong(
        replaced(TARGETS, "1.1,FY2012", "1.1,FY2011"), (TARGETS, "FY2011", "2011-10-01")
    ),
    "a target that is no number": Wrong(
        replaced(TARGETS, "1.1,FY2012,180", "1.1,FY2012,many"), (TARGETS, "row 2", "number")
    ),
    "a target below nothing": Wrong(
        replaced(TARGETS, "1.1,FY2012,180", "1.1,FY2012,-180"), (TARGETS, "row 2", "'target'")
    ),
    "a target without end": Wrong(replaced(TARGETS, "1.1,FY2012,180", "1.1,FY2012,inf"), (TARGETS, "row 2", "number")),
    "a target left empty": Wrong(replaced(TARGETS, "1.1,FY2012,180", "1.1,FY2012,"), (TARGETS, "row 2", "'target'")),
    "a target with a cell too many": Wrong(
        replaced(TARGETS, "1.1,FY2012,180", "1.1,FY2012,1,180"), (TARGETS, "row 2", "6 cells")
    ),
    "a target given twice": Wrong(replaced(TARGETS, "1.1,FY2013", "1.1,FY2012"), (TARGETS, "'1.1'", "2 entries")),
    "a published figure of an unknown indicator": Wrong(
        replaced(PUBLISHED, "1.1,2014", "9.9,2014"), (PUBLISHED, "'9.9'", "1.1")
    ),
    "a published figure with a bad date": Wrong(
        replaced(PUBLISHED, "1.1,2014-12-31", "1.1,31.12.2014"), (PUBLISHED, "row 2", "2014-12-31")
    ),
    "a published figure as of a week": Wrong(
        replaced(PUBLISHED, "1.1,2014-12-31", "1.1,2014-W52-3"), (PUBLISHED, "row 2", "2014-12-31")
    ),
    "a published figure that is no number": Wrong(
        replaced(PUBLISHED, ",935,", ",nearly 935,"), (PUBLISHED, "row 2", "number")
    ),
    "a published figure with another hedge": Wrong(
        replaced(PUBLISHED, "nearly", "almost"), (PUBLISHED, "row 2", "'hedge'", "'nearly'")
    ),
    "published.csv without rows or columns": Wrong(written(PUBLISHED, ""), (PUBLISHED, "columns")),
}

WRONG_ASKED = {
    "spending of no indicator": Wrong(
        replaced(PROJECT, 'spending = "4.1"', 'spending = "4.9"'), (PROJECT, "funding", "'4.9'", "4.1")
    ),
    "spending that is no sum": Wrong(replaced(PROJECT, 'spending = "4.1"', 'spending = "1.1"'), (PROJECT, "no sum")),
    "costs without spending": Wrong(replaced(PROJECT, 'spending = "4.1"', "#"), (PROJECT, "costs", "[funding]")),
    "a cost of no indicator": Wrong(replaced(PROJECT, 'per = "1.2"', 'per = "1.99"'), (PROJECT, "costs", "'1.99'")),
    "a cost of a share": Wrong(replaced(PROJECT, 'per = "1.2"', 'per = "1.4"'), (PROJECT, "costs", "'1.4'")),
    "the cost of spending": Wrong(replaced(PROJECT, 'per = "1.2"', 'per = "4.1"'), (PROJECT, "costs", "'4.1'")),
    "a cost twice": Wrong(replaced(PROJECT, 'per = "1.2"', 'per = "1.3"'), (PROJECT, "costs", "twice")),
    "a line that is no category": Wrong(
        replaced(PROJECT, 'line = "Protection"', 'line = "Protektion"'), (PROJECT, "'Protektion'", "Prevention")
    ),
    "spending without a breakdown": Wrong(
        replaced("indicators/4.1-spending.toml", 'disaggregate = ["line"]', ""), (PROJECT, "costs", "'4.1'", "no line")
    ),
    "fairness by a field that no sheet has": Wrong(
        replaced(PROJECT, 'field = "sex"', 'field = "gender"'), (PROJECT, "fairness", "'gender'", "sex")
    ),
    "fairness of a category that there is not": Wrong(
        replaced(PROJECT, 'share_of = "Feminine"', 'share_of = "female"'), (PROJECT, "'female'", "Feminine")
    ),
    "fairness of one category": Wrong(
        replaced(PROJECT, 'beside = "Masculine"', 'beside = "Feminine"'), (PROJECT, "fairness", "two categories")
    ),
    "a pathway of no indicator": Wrong(
        replaced(PROJECT, 'indicator = "2.8"', 'indicator = "2.88"'), (PROJECT, "pathway", "'2.88'")
    ),
    "a pathway that begins with a share": Wrong(
        replaced(PROJECT, 'indicator = "2.1"', 'indicator = "1.4"'), (PROJECT, "pathway", "'1.4'", "first step")
    ),
    "a pathway that goes on with a number": Wrong(
        replaced(PROJECT, 'indicator = "2.8"', 'indicator = "2.2"'), (PROJECT, "pathway", "'2.2'", "no share")
    ),
    "a pathway with a step twice": Wrong(
        replaced(PROJECT, 'indicator = "2.8"', 'indicator = "2.9"'), (PROJECT, "pathway", "twice")
    ),
}

WRONG_PROJECTS = WRONG_ASKED | WRONG_FACTS | WRONG_TABLES | WRONG_SHEETS | WRONG_FIGURES
