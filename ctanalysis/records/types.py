"""Texts become typed columns, each by the type that the schema gives its field."""

import numpy as np
import pandas as pd

DECIMALS = 4  # what sums keep exactly: a ten-thousandth of a unit
RULES = {
    "integer": "must be a whole number such as 120",
    "number": f"must be a number such as 1200.50, with at most {DECIMALS} decimal places",
    "boolean": "must be true or false",
    "date": "must be a day such as 2014-12-31",
}


def typed(table, cells, keys):
    """The typed frame and the faults found on the way, sentences.

    cells: the texts, a column for each field. keys: the primary keys of each table that this one
    refers to as an Index, None for one that has faults itself.
    """
    columns, faults = {}, []
    for name, field in table.fields.items():
        text = cells[name]
        missing = text.isin(field.missing).to_numpy()
        column, wrong, rule = _column(table, field, text.mask(missing), keys)
        faults += said(name, wrong & ~missing, rule)
        columns[name] = column
    return pd.DataFrame(columns, index=cells.index), faults


def said(name, wrong, rule):
    """The fault as a sentence that names the first rows, or nothing where no row is wrong."""
    rows = np.flatnonzero(wrong) + 2
    if not len(rows):
        return []
    listed = ", ".join(map(str, rows[:5])) + (f" and {len(rows) - 5} more" if len(rows) > 5 else "")
    return [f"column '{name}', row{'s' if len(rows) > 1 else ''} {listed}: {rule}."]


def _column(table, field, text, keys):
    """The typed column, which rows do not fit, and the rule that they break."""
    if field.name in table.references:
        return _referring(table.references[field.name], text, keys)
    if field.categories:
        values = [category.value for category in field.categories]
        column = pd.Series(pd.Categorical(text.where(text.isin(values)), categories=values), index=text.index)
        return column, column.isna().to_numpy(), f"must be one of: {', '.join(values)}"
    if field.type == "string":
        return text, np.zeros(len(text), bool), ""
    column = CONVERTERS[field.type](text)
    return column, column.isna().to_numpy(), RULES[field.type]


def _referring(parent, text, keys):
    keys = keys[parent]
    if keys is None:  # its own faults are told; which keys it has is not known
        return text, np.zeros(len(text), bool), ""
    column = pd.Series(pd.Categorical.from_codes(keys.get_indexer(text), keys), index=text.index)
    return column, column.isna().to_numpy(), f"must be a key that table '{parent}' has"


def _numbers(text, pattern):
    return pd.to_numeric(text.where(text.str.fullmatch(pattern)), errors="coerce")


def _integers(text):
    return _numbers(text, r"-?[0-9]{1,15}").astype("Int64")


def _decimals(text):
    return _numbers(text, rf"-?[0-9]{{1,11}}(\.[0-9]{{1,{DECIMALS}}})?").astype("float64")


def _booleans(text):
    return text.map({"true": True, "false": False}).astype("boolean")


def _dates(text):
    shaped = text.where(text.str.fullmatch(r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"))
    return pd.to_datetime(shaped, format="%Y-%m-%d", errors="coerce").astype("datetime64[s]")


CONVERTERS = {"integer": _integers, "number": _decimals, "boolean": _booleans, "date": _dates}
