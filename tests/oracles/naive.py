"""The rival of the calculation in tests/bench/bench.py: what a competent analyst would write in pandas.

For each indicator the tables that it needs are merged once; then, for each window, the rows are
filtered by conditions and days, and grouped once for each disaggregation. It is given all fair
help: typed frames, only the columns that are named, keys and categories as categoricals, people's
rows sorted beforehand, no frame of values to build. It knows what the shipped sheets need, no more.

Here too: the records so many times over, and the check that both sides agree.
"""

import numpy as np
import pandas as pd

SIGNS = {"got better": 1, "stayed": 0, "got worse": -1}


def calculate(project, records, windows):
    """(numerator, denominator) by indicator, number of the window and fields of the disaggregation."""
    found = {}
    for sheet in project.sheets:
        frame = joined(project.package, records, sheet)
        for number, window in enumerate(windows):
            rows = selected(counted(sheet), frame, str(window.start), str(window.end))
            for fields in ((), *sheet.disaggregations):
                found[sheet.code, number, fields] = measured(sheet.calculation, rows, fields, str(window.end))
            if sheet.measure == "gain":
                found[sheet.code, number, ("change",)] = changed(sheet.calculation, rows), None
    return found


def joins_only(project, records):
    for sheet in project.sheets:
        joined(project.package, records, sheet)


def counted(sheet):
    """The part of a calculation that says which rows count."""
    return getattr(sheet.calculation, "denominator", sheet.calculation)


def joined(package, records, sheet):
    """The columns that a sheet names, in one frame: those of referenced tables merged, categories by label."""
    table = package.tables[counted(sheet).table]
    places = {name: package.locate(table.name, name) for name in named(sheet)}
    frame = records[table.name][
        list(dict.fromkeys([table.key, *table.references, *(name for name in places if name in table.fields)]))
    ]
    for key, other in table.references.items():
        wanted = [name for name, place in places.items() if place.steps == ((key, other),)]
        if wanted:
            parent = records[other].rename(columns={package.tables[other].key: key})[[key, *wanted]]
            frame = frame.merge(parent.astype({key: frame[key].dtype}), on=key, how="left")
    for name in dict.fromkeys(name for fields in sheet.disaggregations for name in fields):
        frame[f"by {name}"] = labelled(frame[name], places[name])
    return frame.sort_values([sheet.calculation.date, table.key]) if sheet.measure == "people" else frame


def named(sheet):
    """The fields that a sheet names."""
    part, numerator = counted(sheet), getattr(sheet.calculation, "numerator", None)
    roles = [getattr(part, role, None) for role in ("date", "start", "end", "person", "column", "before", "after")]
    fields = [*filter(None, roles), *part.where, *(numerator.where if numerator else ())]
    return dict.fromkeys([*fields, *(name for way in sheet.disaggregations for name in way)])


def labelled(column, place):
    column = column.cat.rename_categories({category.value: category.label for category in place.field.categories})
    return column.cat.add_categories("not recorded").fillna("not recorded") if place.may_be_missing else column


def selected(part, frame, start, end):
    """The rows that count in a window."""
    rows = met(frame, part.where, end)
    if part.measure == "level":
        return rows[(rows[part.start] <= end) & ~(rows[part.end] <= end)]
    if part.measure == "people" and part.counted == "once":
        rows = rows.drop_duplicates(part.person)
    rows = rows[rows[part.date].between(start, end)]
    return rows.drop_duplicates(part.person) if part.measure == "people" else rows


def met(frame, where, end):
    """The rows that satisfy conditions; of these, the shipped sheets have membership and the presence of a date."""
    for name, test in where.items():
        frame = frame[frame[name] <= end if test.present else frame[name].isin(test.among)]
    return frame


def measured(calculation, rows, fields, end):
    column = getattr(calculation, "column", None)
    if calculation.measure == "share":
        return added(met(rows, calculation.numerator.where, end), fields), added(rows, fields)
    if calculation.measure == "gain":
        rows = rows.assign(gained=100 * gained(calculation, rows))[gained(calculation, rows).notna()]
        return added(rows, fields, "gained"), added(rows, fields)
    if calculation.measure == "mean":
        rows = rows[rows[column].notna()]
        return added(rows, fields, column), added(rows, fields)
    return added(rows, fields, column), None


def gained(calculation, rows):
    """After less before, of yes and no."""
    return rows[calculation.after].astype(float) - rows[calculation.before].astype(float)


def changed(calculation, rows):
    """How many got better, stayed and got worse; none where nobody is known."""
    by_sign = np.sign(gained(calculation, rows)).value_counts()
    numbers = pd.Series({name: by_sign.get(sign, 0) for name, sign in SIGNS.items()}, dtype=float)
    return numbers if numbers.sum() else numbers * np.nan


def added(rows, fields, column=None):
    """How many rows, or a column's sum over them, all in one or by category; no sum where rows have no value."""
    if not fields:
        return len(rows) if column is None else rows[column].sum(min_count=1) if len(rows) else 0
    groups = rows.groupby([f"by {name}" for name in fields], observed=False)
    if column is None:
        return groups.size()
    return groups[column].sum(min_count=1).where(groups.size() > 0, 0)


def check_equal(found, values, windows):
    """Asserts that the naive values are those of calculate(), in the same order; returns how many there are.

    Sums of decimals are compared by the ten-thousandth, which is what records hold; ratios as floats.
    """
    rows = [row for key, result in found.items() for row in flat(key, *result, windows)]
    told = ["indicator", "horizon", "start", "end", "disaggregation", "category"]
    assert [row[:6] for row in rows] == list(values[told].itertuples(index=False, name=None))
    upper, lower = (np.array([row[part] for row in rows], float) for part in (6, 7))
    ratio = ~np.isnan(values["denominator"].to_numpy())
    assert (np.isnan(lower) == ~ratio).all()
    ours = np.where(ratio, values["numerator"], values["value"])
    np.testing.assert_array_equal(np.round(upper, 4), ours)
    np.testing.assert_array_equal(lower, values["denominator"])
    value = np.where(ratio, upper / np.where(lower == 0, np.nan, lower), upper)
    np.testing.assert_allclose(values["value"], value, rtol=1e-12)
    assert (values["status"] == np.where(np.isnan(value), "no data", "exact")).all()
    return len(rows)


def flat(key, upper, lower, windows):
    code, number, fields = key
    window = windows[number]
    told = (code, window.horizon, str(window.start), str(window.end), " × ".join(fields) or "total")
    if not fields:
        return [(*told, "all", upper, lower)]
    categories = [" × ".join([label] if isinstance(label, str) else label) for label in upper.index]
    return [
        (*told, *row) for row in zip(categories, upper, [None] * len(upper) if lower is None else lower, strict=True)
    ]


def replicated(package, records, times):
    """The records so many times: new keys in the order of the rows, as in the shipped ones, and references to them."""

    def copies(table):
        return pd.concat([f"{copy:03}-" + records[table.name][table.key] for copy in range(times)], ignore_index=True)

    keys = {table.name: copies(table) for table in package.resources}
    return {table.name: enlarged(table, records[table.name], keys, times) for table in package.resources}


def enlarged(table, frame, keys, times):
    many = pd.concat([frame] * times, ignore_index=True)
    many[table.key] = keys[table.name]
    for name, parent in table.references.items():
        codes, size = frame[name].cat.codes.to_numpy(np.int64), len(keys[parent]) // times
        shifted = np.concatenate([np.where(codes < 0, -1, codes + copy * size) for copy in range(times)])
        many[name] = pd.Categorical.from_codes(shifted, pd.Index(keys[parent]))
    return many
