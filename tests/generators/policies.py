"""The shipped policy, with another class of people who were trafficked: for projects that have other sheets."""

import json

from ctanalysis.evaluation import SHIPPED


def policy(*breakdowns, person="person_id", fewer_than=10, round_to=5):
    """The text of policy.toml. breakdowns: as breakdown() gives them; without any the class has totals only."""
    head, rest = (SHIPPED / "policy.toml").read_text(encoding="utf-8").split("\n[victims]\n")
    others = rest[rest.index("\n[callers]") :]
    lines = [
        'describes = "people who were trafficked"',
        f"person = {json.dumps(person)}" if person else "",
        f"audited = true\nfewer_than = {fewer_than}\nround_to = {round_to}\nshare_within = 5",
        "one_way = []\ntwo_way = []",
        *(['nodes = ["year"]', *breakdowns] if breakdowns else []),
    ]
    return head + "\n[victims]\n" + "\n".join(lines) + "\n" + others


def breakdown(sheet, by, order, **more):
    """One entry of the class. more: its other keys."""
    keys = {"sheet": sheet, "by": by, "order": list(order)} | more
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items()]
    return "\n[[victims.breakdowns]]\n" + "\n".join(lines)
