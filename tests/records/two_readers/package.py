"""A small Data Package with fields of every kind, its clean tables,
and the same package in words that frictionless knows.
"""

from copy import deepcopy

KEY = {"required": True, "unique": True}
PARTNERS = [
    {"name": "partner_id", "type": "string", "title": "partner code", "constraints": KEY},
    {"name": "name", "type": "string", "title": "name of the partner", "constraints": {"required": True}},
    {"name": "since", "type": "date", "title": "since", "format": "%d.%m.%Y"},
]
VISITS = [
    {"name": "visit_id", "type": "string", "title": "visit code", "constraints": KEY},
    {"name": "partner_id", "type": "string", "title": "partner", "constraints": {"required": True}},
    {
        "name": "place",
        "type": "string",
        "title": "place",
        "constraints": {"required": True},
        "categories": [
            {"value": "KG-GO", "label": "Osh city", "alternatives": ["г. Ош"]},
            {"value": "KG-C", "label": "Chüy"},
            {"value": "KG-N", "label": "Naryn"},
        ],
    },
    {"name": "season", "type": "string", "title": "season", "constraints": {"enum": ["spring", "autumn"]}},
    {"name": "form", "type": "string", "title": "form", "constraints": {"pattern": "[A-Z]{2}-[0-9]{3}|none"}},
    {
        "name": "people",
        "type": "integer",
        "title": "people",
        "missingValues": ["unknown"],
        "constraints": {"required": True, "minimum": 0, "maximum": 500},
    },
    {"name": "change", "type": "integer", "title": "change"},
    {
        "name": "cost",
        "type": "number",
        "title": "cost",
        "decimalChar": ",",
        "groupChar": " ",
        "constraints": {"minimum": 1},
    },
    {"name": "weight", "type": "number", "title": "weight", "constraints": {"maximum": 99.5}},
    {"name": "paid", "type": "boolean", "title": "paid", "trueValues": ["yes", "ooba"], "falseValues": ["no"]},
    {"name": "day", "type": "date", "title": "day", "constraints": {"minimum": "2014-01-01", "maximum": "2014-12-31"}},
    {"name": "left", "type": "date", "title": "left on", "format": "%d.%m.%Y"},
    {"name": "phone", "type": "string", "title": "phone", "constraints": {"unique": True}},
    {"name": "note", "type": "string", "title": "note", "missingValues": ["n/a"]},
]
PACKAGE = {
    "name": "small",
    "resources": [
        {
            "name": "partners",
            "path": "records/partners.csv",
            "title": "Partners",
            "disclosure": "open",
            "schema": {"fields": PARTNERS, "primaryKey": ["partner_id"]},
        },
        {
            "name": "rows",
            "path": "records/rows.csv",
            "title": "Visits",
            "disclosure": "open",
            "schema": {
                "fields": VISITS,
                "primaryKey": ["visit_id"],
                "foreignKeys": [
                    {"fields": ["partner_id"], "reference": {"resource": "partners", "fields": ["partner_id"]}}
                ],
            },
        },
    ],
}
FIELDS = {"partners": {field["name"]: field for field in PARTNERS}, "rows": {field["name"]: field for field in VISITS}}
CLEAN = {
    "partners": [
        ["P1", "Umut", "01.02.2012"],
        ["P2", "Sezim", ""],
        ["P3", "Каниет", "31.12.2013"],
        ["P4", "Akjol", "15.06.2010"],
        ["P5", "Ayalzat", ""],
    ],
    "rows": [
        [
            f"V{n}",
            f"P{1 + n % 4}",
            ("KG-GO", "KG-C", "KG-N")[n % 3],
            ("spring", "autumn", "")[n % 3],
            f"AB-{n:03}",
            str(7 * n),
            str(n - 6),
            f"{n} {n:03},{n}" if n % 2 else f"{n + 1}",
            f"{n}.25",
            ("yes", "no", "ooba")[n % 3],
            f"2014-{n:02}-15",
            f"{n + 10}.{n:02}.2014",
            f"0555 12-{n:02}",
            ("", "a note", "came, and left", "n/a")[n % 4],
        ]
        for n in range(1, 9)
    ],
}
OWN = (
    "alternatives",
    "translations",
    "sensitive",
    "identifying",
    "identifyingBecause",
    "consent",
    "disclosure",
    "mayBeEmpty",
    "ignoredColumns",
)  # of our descriptor, beyond the standard


def stripped(described):
    """A descriptor without the keys that are ours alone."""
    if isinstance(described, dict):
        return {key: stripped(value) for key, value in described.items() if key not in OWN}
    return [stripped(item) for item in described] if isinstance(described, list) else described


def for_frictionless(package, folder=None):
    """The same descriptor as frictionless can check it.

    It does not know categories, so it gets them as the enum of their values; and it would guess the dialect and the
    header. Nor does it know a folder for a path: of the project folder it gets the files in it.
    """
    told = stripped(deepcopy(package))
    for resource in told["resources"]:
        if folder and (folder / resource["path"]).is_dir():
            first, *others = sorted(
                path.relative_to(folder).as_posix() for path in (folder / resource["path"]).iterdir()
            )
            resource |= {"path": first, "extrapaths": others}
        resource |= {
            "type": "table",
            "encoding": "utf-8",
            "dialect": {
                "headerRows": [1],
                "delimiter": ",",
                "lineTerminator": "\n",
                "quoteChar": '"',
                "skipInitialSpace": False,
            },
        }
        for field in resource["schema"]["fields"]:
            if "categories" in field:
                field.setdefault("constraints", {})["enum"] = [
                    category["value"] for category in field.pop("categories")
                ]
    return told
