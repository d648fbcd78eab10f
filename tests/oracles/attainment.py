"""How a value stands against its target and baseline, in plain Python from the definition, number by number.

A printed value stands for every number from its least to its most. What is said of it must be so of each of them.
"""

NOTHING = ""


def numbers(least, most, steps=50):
    """Some of the numbers for which a print stands, its ends among them."""
    return [least + (most - least) * step / steps for step in range(steps + 1)]


def place_of(number, target):
    """Where one number lies. target: {"level": 60}, or {"low": 40}, {"high": 60}, or both."""
    if "level" in target:
        if number == target["level"]:
            return "at"
        return "below" if number < target["level"] else "above"
    if "low" in target and number < target["low"]:
        return "below"
    if "high" in target and number > target["high"]:
        return "above"
    return "within"


def place(least, most, target):
    """Where a print lies, if all its numbers lie there."""
    places = {place_of(number, target) for number in numbers(least, most)}
    return places.pop() if len(places) == 1 else NOTHING


def per_cent_of_target(direction, value, target):
    """None where no per cent is told: of what is to decrease, of a range, of a maximum, of 0."""
    asked = target.get("level", target.get("low"))
    if direction == "decrease" or "high" in target or not asked or value is None:
        return None
    return 100 * value / asked


def per_cent_of_way(direction, value, most, target, baseline):
    """How much of the way from the baseline down to the target is gone; None where there is no such way."""
    goal = target.get("level", target.get("high"))
    if direction != "decrease" or goal is None or baseline is None or value is None:
        return None
    if baseline <= goal or most > baseline:
        return None
    whole, gone = baseline - goal, baseline - value
    return 100 * gone / whole
