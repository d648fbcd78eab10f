"""What the attackers with a solver share: the questions, and the search for worlds that answer them.

A world is a register that fits everything printed. A number that is nothing in one world, or 10 and
more in one, is not shown to be small. Worlds are kept, and each is held against every question.
"""

from itertools import product

import numpy as np

from tests.attackers.public import ALL, Shown, ends_of, few, is_guarded, is_told, the_day_after, the_day_before


def questions(printed, public):
    """Every number that may not be shown to be small: the cells of every span of days from one printed day to
    another.
    """
    days = ends_of(printed)
    spans = [(a, the_day_before(b)) for place, a in enumerate(days) for b in days[place + 1 :]]
    if public.kind == "level":  # of the last day of a span; other days are not told and nothing links them
        spans = list(dict.fromkeys((cell.first, cell.last) for cell in printed))
    parts = (ALL, *public.parts) if public.share else (ALL,)
    asked = [
        (way, category, part)
        for way in ("total", *public.ways)
        for category in public.categories(way)
        for part in parts
        if is_guarded(public, way, part) and not is_told(public, category)
    ]
    return [(*span, *column) for span in spans for column in asked]


def hunt(asked, terms, solve, printed, public, enough=None):
    """The questions that no world answers with nothing, nor (unless they are printed as few) with 10 and more.

    terms: a matrix, a row for each question. solve(weights): a world in which weights @ world is smallest, exactly.
    enough: how many are enough.
    """
    marked = few(printed)
    may_be_large = np.array([place not in marked for place in asked])
    open_, least, most = np.ones(len(asked), bool), np.zeros(len(asked)), np.full(len(asked), np.inf)

    def look(weights):
        numbers = terms @ solve(weights)
        open_[(numbers < 0.001) | (may_be_large & (numbers > public.fewer_than - 0.001))] = False
        return numbers

    for weights in _general(terms):
        look(weights)
    found = []
    for place in range(len(asked)):
        if open_[place] and len(found) != enough:
            weights = terms[[place]].toarray().ravel()
            least[place] = look(weights)[place]
            if open_[place]:
                most[place] = look(-weights)[place]
            found += [Shown(*asked[place], least[place], most[place])] if open_[place] else []
    return found


def _general(terms):
    """Worlds with as little, and as much, as can be of everything that is asked for, and of every other question."""
    every = np.asarray(terms.sum(axis=0)).ravel()
    half = np.asarray(terms[::2].sum(axis=0)).ravel()
    return every, -every, half, half - every


def people_of(printed, public):
    """Kinds of people who are counted in each period: on which of the shortest spans they are seen, and what they are.

    Returns (days, list of (set of spans, {field: category})); fields that change with time are left out, so that of
    these cells only their total is known.
    """
    days = ends_of(printed)
    fields = [name for name in public.fields if name in public.lasting]
    what = [dict(zip(fields, found, strict=True)) for found in product(*(public.fields[name] for name in fields))]
    when = [
        {place for place, seen in enumerate(mask) if seen}
        for mask in product((0, 1), repeat=len(days) - 1)
        if any(mask)
    ]
    return days, [(spans, found) for spans in when for found in what]


def counted_people(place, days, people):
    """Which kinds of people a cell counts, as ones and zeros; None for a cell that the kinds do not tell."""
    first, last, way, category, _ = place
    spans = set(range(days.index(first), days.index(the_day_after(last))))
    wanted = {} if way == "total" else dict(zip(way.split(" × "), category.split(" × "), strict=True))
    if not wanted.keys() <= people[0][1].keys():
        return None
    return [float(bool(spans & seen) and wanted.items() <= found.items()) for seen, found in people]
