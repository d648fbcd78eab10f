"""Need 3 of the order of need: the shares of plans completed and of follow-ups held, and which rule tells them."""

from fractions import Fraction

from ctanalysis.disclosure.waiting import Side, Split, chain
from tests.bench import waiting
from tests.bench.rules import ALONE, COARSE_HOUSE, HOUSE, PLAIN, SILENT, WAITING, Print, gate
from tests.bench.told import Told
from tests.bench.truth import Truth, days
from tests.bench.waiting import NOT_RECORDED

SHARES = ("2.6", "2.7")
PARTS = ("women in it", "men in it", "women not", "men not")
OUTCOME = Split(  # shares by sex are one tree; a sex that is not recorded stands with the last category
    Side("in it", PARTS[:2], chain({name: [name] for name in PARTS[:2]})),
    Side("not in it", PARTS[2:], chain({name: [name] for name in PARTS[2:]})),
)


def shares(found, spans):
    """{(indicator, start, end, disaggregation, category): (part, whole)} of two shares, of things and not of people."""
    rows = found.exact[[pair in spans for pair in zip(found.exact["start"], found.exact["end"], strict=True)]]
    return {
        (row.indicator, row.start, row.end, row.disaggregation, row.category): (
            int(row.numerator),
            int(row.denominator),
        )
        for row in rows.itertuples()
    }


def is_share_told(part, whole, within=Fraction(5, 100)):
    """Whether a share of two prints is told: rounding cannot have moved it further than the policy's share_within."""
    if part.shown is None or not whole.shown:
        return False
    share, low = Fraction(part.shown, whole.shown), Fraction(part.low, whole.high)
    high = min(1, Fraction(part.high, max(1, whole.low)))
    return max(high - share, share - low) <= within


def shares_by_rule(found, spans, ends):
    """{rule: the cells of shares that are told}."""
    cells, told = shares(found, spans), {}
    for name, rule in PLAIN.items():
        told[name] = set()
        for cell, (part, whole) in cells.items():
            of = Print(whole, whole, whole) if cell[3] == "total" else rule((*cell, "all"), whole)
            if is_share_told(rule((*cell, "in it"), part), of):
                told[name].add(cell)
    values = found.of(spans | set(map(days, found.quarters)))
    for name, audited in ((ALONE, False), (HOUSE, True)):
        printed = gate(found.project, values, audited, ("year", "project"))
        told[name] = {cell for cell in cells if printed[cell].shown is not None}
    told[COARSE_HOUSE] = told[HOUSE]
    return told | {name: shares_waited_for(found, cells, ends, base) for name, base in WAITING.items()}


def shares_waited_for(found, cells, ends, base):
    """The shares that the waiting rule tells: those of sides that are numbers at both ends of their days.

    Of all rows a share is calculated from the class, to the nearest per cent; by sex, which the policy does not tell,
    from what is printed.
    """
    first, told = days(found.quarters[0])[0], set()
    for code in SHARES:
        classes = waiting.classes(OUTCOME, waiting.nodes(outcomes(found, code, ends), code, "outcome", ends))
        for cell, (_, whole) in cells.items():
            sides = {"all": OUTCOME.left.categories, "female": ("women in it",), "male": ("men in it",)}
            if base == next(iter(WAITING.values())):
                sides = {"all": sides["all"]}
            if cell[0] == code and cell[4] in sides:
                side = sides[cell[4]]
                printed = waiting.printed(classes, {cell[1:3]}, first, 1 if cell[4] == "all" else base)
                part, rest = (printed[*cell[1:3], one] for one in (side, tuple(map(_other, side))))
                if is_share_told(part, Print(whole, whole, whole) if cell[4] == "all" else _both(part, rest)):
                    told.add(cell)
    return told


def _other(label):
    """Those of the same sex who are not in the share."""
    return label.replace("in it", "not")


def _both(part, rest):
    if part.shown is None or rest.shown is None:
        return SILENT
    return Print(part.shown + rest.shown, part.low + rest.low, part.high + rest.high)


def outcomes(found, code, ends):
    """The truth of a share's rows in four parts, by outcome and sex: each as it was known at the next of these ends.

    A follow-up that is held after it was told as not held stays so: nobody changes sides.
    """
    quarters = [days(quarter) for quarter in found.quarters]
    known = {quarter: min([end for end in ends if end >= quarter[1]], default=quarters[-1][1]) for quarter in quarters}
    cells = shares(found, {(first, known[quarter]) for quarter in quarters for first, _ in quarters})
    numbers, counts = {}, []
    for place, (first, last) in enumerate(quarters):
        end, after = known[first, last], quarters[place + 1][0] if place + 1 < len(quarters) else None
        counts.append(_less(_four(cells, code, first, end), _four(cells, code, after, end) if last != end else None))
    for place, (first, _) in enumerate(quarters):
        for past in range(place, len(quarters)):
            span = [sum(part) for part in zip(*counts[place : past + 1], strict=True)]
            numbers[code, first, quarters[past][1], "total", "all"] = sum(span)
            for label, number in zip(PARTS, span, strict=True):
                numbers[code, first, quarters[past][1], "outcome", label] = number
    return Truth(found.project, found.quarters, None, numbers)


def _four(cells, code, first, end):
    """In and not in the share, of women and of all others."""
    part, whole = cells[code, first, end, "total", "all"]
    women, all_women = cells[code, first, end, "sex", "female"]
    return women, part - women, all_women - women, whole - part - (all_women - women)


def _less(counts, later):
    return counts if later is None else tuple(one - other for one, other in zip(counts, later, strict=True))


def shares_told(cells, told, parts):
    """Of need 3, by part; plans and follow-ups in the place of people."""

    def of(wanted):
        mine = [cell for cell in cells if wanted(cell) and cell[4] != NOT_RECORDED]
        known = [cell for cell in mine if cell in told]
        return Told(len(mine), len(known), sum(cells[cell][1] for cell in mine), sum(cells[cell][1] for cell in known))

    result = {
        (3, part): of(lambda cell, spans=spans: cell[3] == "total" and cell[1:3] in spans)
        for part, spans in parts.items()
    }
    return result | {(3, "by sex"): of(lambda cell: cell[3] == "sex" and cell[1:3] in parts["to date"])}
