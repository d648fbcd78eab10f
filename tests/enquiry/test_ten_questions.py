"""Ten questions that evaluators really ask: each in at most three lines, as they would type them."""

import inspect

import pytest

QUESTIONS = []


def question(function):
    """At most three lines behind the docstring; the last is what the evaluator looks at."""
    QUESTIONS.append(function)
    return function


@question
def calls_by_oblast_over_time(p):
    """By oblast, every quarter."""
    return p.values("1.3", by="oblast", every="quarter")


@question
def women_and_men(p):
    """How many of those who called are women, and how many men?"""
    return p.values("hotline consultations", by="sex", every="year")


@question
def before_and_after(p):
    """Did the same people know more after the event than before? The test is paired (McNemar)."""
    print(p.findings("FY2015Q1").query("kind == 'gain'")["sentence"].item())
    return p.values("1.7", by="change", period="FY2015Q1")


@question
def audience_by_sex(p):
    """Who came to which kind of event? No sheet declares it."""
    return p.values("1.2", by=("audience", "sex"), period="FY2014")


@question
def per_100_000(p):
    """Where are events few for the people who live there?"""
    return p.values("1.8", by="oblast", period="FY2014").sort_values("value")


@question
def which_target_is_at_risk(p):
    """Of everything that adds up."""
    every = [p.projection(code) for code in p.indicators["code"]]
    return [one for one in every if len(one) and one["verdict"].isin(["at risk", "out of reach", "missed"]).any()]


@question
def where_people_drop_out(p):
    """From identification to follow-up."""
    return p.pathway()


@question
def two_quarters_with_a_test(p):
    """Is it more than a year before?"""
    return p.compare("1.3", "FY2015Q1", "FY2014Q1")


@question
def events_against_consultations(p):
    """Do consultations follow events? Thirteen quarters are few: n stands beside the number."""
    both = p.values(["1.1", "1.3"], every="quarter").pivot(index="period", columns="indicator", values="value")
    return both.corr(method="spearman").iloc[0, 1], len(both)


@question
def a_series_drawn(p):
    """Quarter by quarter."""
    return p.plot("1.3", every="quarter")


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.__name__)
def test_a_question_takes_three_lines_at_most(asked, p):
    """And is answered."""
    lines = inspect.getsource(asked).split('"""')[-1].strip().splitlines()
    assert 1 <= len(lines) <= 3
    assert asked(p) is not None


def test_the_answers(p, capsys):
    """What is seen: numbers of the shipped project."""
    assert len(QUESTIONS) == 10 and len(calls_by_oblast_over_time(p)) == 130
    assert women_and_men(p)["period"].nunique() == 3
    assert before_and_after(p)["told"].tolist() == ["about 105", "about 145", "about 5"]
    assert "39" in capsys.readouterr().out
    assert per_100_000(p)["oblast"].iloc[-1] == "Talas" or len(per_100_000(p)) == 9
    assert where_people_drop_out(p)["step"].nunique() == 5
    assert not two_quarters_with_a_test(p)["clear"].item()
    assert events_against_consultations(p)[1] == 13
    assert a_series_drawn(p).data["value"].notna().all()
