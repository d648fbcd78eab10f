"""The caveat goes wherever the indicator is reported, and only there."""

import csv
import json
import os
import re
from datetime import date
from functools import cache, partial
from html import unescape
from operator import attrgetter

import pandas as pd

from ctanalysis import evaluate, narrative, quality, records, tables
from ctanalysis.evaluation import SHIPPED
from ctanalysis.narrative.caveats import failures
from ctanalysis.project import load
from ctanalysis.quality import MET, NOT_MET, UNKNOWN
from ctanalysis.reports import files
from tests.conftest import copied, shipped_records
from tests.generators.wrong import file_of
from tests.quality.published import everything
from tests.quality.spoiled import changed


def sections(html):
    """A page's parts, from each heading to the next; list items on their own."""
    return re.split(r"(?=<h[1-3]\b)|(?=<li>)", html)


MARKED = re.compile(r'href="#caveats"')
NUMBER = re.compile(
    r'<data\b[^>]*title="indicator ([\d.]+), [^("]*\(([\d-]+) to ([\d-]+)\)"[^>]*>[^<]*</data>(?:</a>)?'
    r'(\N{NO-BREAK SPACE}<a\b[^>]*class="caveat")?'
)


def unmarked(html, evaluation):
    """(code, days) of each part of a page that tells totals of days that failed, and marks none of them; and of each
    number that is marked though nothing failed in its days.
    """
    html = unescape(html)
    caveat = cache(partial(beside, evaluation))
    for part in sections(html):
        told = [(code, *days, bool(mark)) for code, *days, mark in NUMBER.findall(part)]
        for code, start, end, mark in told:
            failed = bool(caveat(code, start, end))
            if mark and not failed:
                yield code, start, end
            if failed and not any(marked for other, *_, marked in told if other == code):
                yield code, start, end
    for table in re.findall(r"<table[^>]*>.*?</table>", without_figures(html), re.DOTALL):
        for code in evaluation.caveats:
            rows = re.findall(rf'<th[^>]*scope="row"[^>]*>({re.escape(code)} .*?)</th>', table)
            if "Validity</th>" not in table and "Evidence</th>" not in table and not all(map(MARKED.search, rows)):
                yield code, table[:200]


def beside(evaluation, code, start, end):
    """By the definition: the caveat of an indicator beside a number of some days; empty where none failed."""
    project, failed = evaluation.project, evaluation.quality.query("verdict == 'not met' and indicator == @code")
    life = (project.facts.start, evaluation.period.end)

    def is_of(label):
        first, last = life if label == "LOP" else attrgetter("start", "end")(project.calendar.parse(label))
        return first.isoformat() <= end and last.isoformat() >= start

    kept = failed.assign(days=[" ".join(filter(is_of, days.split())) for days in failed["days"]])
    return quality.caveats(kept[kept["days"] != ""], evaluation.period.label).get(code, "")


def days_of_breakdowns(evaluation, code):
    """The first and the last day (ISO) of each horizon for which an indicator's breakdowns are told."""
    told = evaluation.breakdown_horizons(evaluation.project.sheet(code))
    rows = evaluation.values[evaluation.values["horizon"].isin(told) & (evaluation.values["indicator"] == code)]
    return [*rows[["start", "end"]].drop_duplicates().itertuples(index=False, name=None)]


def without_figures(html):
    """The data of a figure stand under a note that names its caveats."""
    return re.sub(r"<details>.*?</details>", "", html, flags=re.DOTALL)


def without_breakdowns(html):
    """The list items of an indicator's breakdowns belong to its section, which has the mark."""
    return html.replace("<li>By ", "<p>By ")


PAGES = ("evaluation", "prevention", "protection", "cooperation", "resources", "data-quality")


def test_every_page_marks_the_number(made, evaluation):
    """Wherever a number of days that failed stands, a mark stands at it, and at no other. Figures say it shortly."""
    names = {sheet.code: sheet.name for sheet in evaluation.project.sheets}
    assert len(evaluation.caveats) >= 4
    for page in PAGES:
        html = (made / f"{page}.html").read_text(encoding="utf-8")
        assert list(unmarked(without_breakdowns(html), evaluation)) == [], page
        figures = [unescape(one) for one in re.findall(r"<figure.*?</figure>", html, re.DOTALL)]
        for code in evaluation.caveats:
            broken_down = [one for one in figures if f"<span>{code} {names[code]} by " in one and "Line:" not in one]
            is_of = any(beside(evaluation, code, *days) for days in days_of_breakdowns(evaluation, code))
            assert all(("see Caveats." in one) == is_of for one in broken_down), (page, code)
            about = [one for one in figures if re.search(rf"by indicators [^<]*\b{re.escape(code)}[, .]", one)]
            assert all(
                re.search(rf"\[u\] Caveat on [^:]*\b{re.escape(code)}\b[^:]*: see Caveats\.", one) for one in about
            )
        assert all(one.count("Caveat on") <= 1 for one in figures)
    title = 'title="indicator 1.3, period (2014-10-01 to 2014-12-31)"'
    assert list(unmarked(f'<li><data value="1" {title}>1</data></li>', evaluation))  # it can fail


def test_the_reason_stands_once_on_each_page(made, evaluation):
    """No text and no figure repeats why: it stands in one list at the page's end, of the indicators of that page."""
    areas = {sheet.code: sheet.area for sheet in evaluation.project.sheets}
    for page in PAGES:
        html = unescape((made / f"{page}.html").read_text(encoding="utf-8"))
        about = [code for code in evaluation.caveats if page in ("evaluation", "data-quality", areas[code])]
        assert "Caveat:" not in html and html.count('<h2 id="caveats">') == bool(about), page
        listed = html.partition('<h2 id="caveats">')[2]
        assert all(f'<span class="label">{code}</span>' in listed for code in about), page
        for failure in failures(evaluation):
            assert listed.count(f"({failure.standard}).") == sum(
                other.standard == failure.standard and bool(set(other.codes) & set(about))
                for other in failures(evaluation)
            )
        assert "did not meet the standard" not in html


def test_the_list_says_what_failed_and_in_which_days(evaluation):
    """Of tables about people the standard and the days, never how many rows."""
    words = narrative.caveats(evaluation).plain.splitlines()
    assert words[0] == "Caveats" and words[1].startswith("A number marked [u] is of days whose data did not meet")
    assert (
        "1.3 and 1.9, in FY2015Q1: in a breakdown, more than 10 per cent of the rows that count are not recorded "
        "(precision). Where more is not recorded, a breakdown says little of those it leaves out."
    ) in words
    assert narrative.caveats(evaluation, "resources").html == ""
    assert len(words) == 2 + len(failures(evaluation))


def test_rows_about_nobody_are_named(tmp_path):
    """Implausible spending of three other quarters: these are named, with the rows; the quarter itself has no mark."""
    folder = copied(tmp_path / "data")
    with (folder / file_of("expenditures")).open("a", encoding="utf-8") as file:
        days = ("2011-11-30", "2011-12-31", "2013-02-28", "2013-03-31", "2014-05-31", "2014-06-30")
        file.writelines(f"EX9{n:02},{day},Prevention,40000.00\n" for n, day in enumerate(days))
    found = evaluate("FY2015Q1", folder)
    [line] = [one for one in narrative.caveats(found, "resources").plain.splitlines() if one.startswith("4.1")]
    assert "in FY2012Q1, FY2013Q2, and FY2014Q3: more than 2 per cent of the rows are held back or implausible" in line
    assert f"Found: records/{file_of('expenditures').partition('records/')[2]}, rows " in line and "2011-11-30" in line
    said = narrative.area(found, "resources").plain
    assert "42,700 US dollars were spent in October–December 2014" in said
    assert re.search(r"Cumulative total since 1 October 2011: [\d,]+ \[u\]", said)


def test_every_file_tells_the_caveat_with_the_number(made, evaluation):
    """indicators.csv, tracking.csv, history.csv and the data of every figure have the caveat in each row of a failed
    indicator whose days are among those that failed, and in no other, beside what else is missing behind a value.
    """
    paths = [made / f"{name}.csv" for name in ("indicators", "tracking", "history")] + sorted(
        (made / "figures").glob("*.csv")
    )
    assert len(paths) > 15
    caveat = cache(partial(beside, evaluation))
    for path in paths:
        frame = pd.read_csv(path, dtype={"indicator": str}, keep_default_na=False)
        codes = frame["indicator"] if "indicator" in frame else [path.stem.split("-")[0]] * len(frame)
        days = frame[["start", "end"]].agg(tuple, axis=1) if "start" in frame else [("", "")] * len(frame)
        if "quarter" in frame:
            quarters = [evaluation.project.calendar.parse(label) for label in frame["quarter"]]
            days = [(one.start.isoformat(), one.end.isoformat()) for one in quarters]
        elif path.stem == "funnel":  # of the project to date
            days = [(evaluation.project.facts.start.isoformat(), evaluation.period.end.isoformat())] * len(frame)
        elif "category" in frame and "start" not in frame:  # the figure of a breakdown
            days = [days_of_breakdowns(evaluation, codes[0])[-1]] * len(frame)
        of = "quarter" not in frame and "start" in frame
        lacks = [evaluation.lacks.get((code, *its), "") if of else "" for code, its in zip(codes, days, strict=True)]
        caveats = [
            caveat(code, *its) if its[0] else evaluation.caveats.get(code, "")
            for code, its in zip(codes, days, strict=True)
        ]
        pairs = zip(caveats, lacks, strict=True)
        assert frame["caveat"].tolist() == ["; ".join(filter(None, pair)) for pair in pairs], path.name


def test_every_notebook_tells_the_caveat(made, evaluation):
    """The executed notebooks hold the same marks and the same list as the pages, in HTML and in plain words."""
    for name in ("evaluation", "prevention", "protection"):
        outputs = [
            output["data"]
            for cell in json.loads((made / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
            for output in cell.get("outputs", ())
            if "data" in output
        ]
        listed = narrative.caveats(evaluation, name if name != "evaluation" else "").plain.splitlines()
        for kind in ("text/html", "text/plain"):
            text = unescape("\n".join("".join(data[kind]) for data in outputs if kind in data))
            words = text if kind == "text/plain" else narrative.text.Text(text).plain
            assert len(listed) > 2 and all(words.count(line) == 1 for line in listed[1:]) and words.count("[u]") > 5


def test_evaluators_see_the_caveat(evaluation):
    """The frames of an evaluator have it as a column; what is Protected is as the gate left it."""
    frame = evaluation.by("1.3", "sex")
    assert set(frame["caveat"]) == {evaluation.caveats["1.3"]} and set(evaluation.by("1.1")["caveat"]) == {""}
    assert "caveat" not in evaluation.protected_values.values


def test_mended_data_lose_the_caveat(tmp_path):
    """The late questionnaires sent in time: nothing tells a caveat of theirs any more, and nothing else has changed."""
    folder = copied(tmp_path / "data")
    before = evaluate("FY2015Q1", folder)
    assert set(before.caveats) > {"1.4", "1.5", "1.7"} and "timeliness" in before.caveats["1.4"]
    text = (folder / "deliveries.csv").read_text(encoding="utf-8")
    [line] = re.findall(rf"{file_of('questionnaires')},IOM,FY2015Q1,.*", text)
    (folder / "deliveries.csv").write_text(
        text.replace(line, f"{file_of('questionnaires')},IOM,FY2015Q1,2015-01-20"), encoding="utf-8"
    )
    after = evaluate("FY2015Q1", folder)
    assert set(after.caveats) == set(before.caveats) - {"1.4", "1.5", "1.7"}
    for name, told in everything(after).items():
        assert "standard of timeliness" not in told and "(timeliness)" not in told, name
    pd.testing.assert_frame_equal(after.protected_values.values, before.protected_values.values)


def test_a_broken_standard_brings_the_caveat(tmp_path):
    """One standard stricter, and the headline, the progress, the section, the tables,
    the figures and the files of the indicator say so.
    """
    folder = copied(tmp_path / "data")
    sent = f"{file_of('events')},IOM,FY2015Q1"
    changed(folder / "deliveries.csv", f"{sent},2015", f"{sent},2016")
    evaluation = evaluate("FY2015Q1", folder)
    words = evaluation.caveats["1.1"]
    assert "timeliness" in words
    told = {name: unescape(text) for name, text in everything(evaluation).items()}
    for name in ("headlines", "progress", "area_pages", "table tracking", "table published", "breakdowns prevention"):
        assert list(unmarked(without_breakdowns(told[name]), evaluation)) == [], name
        assert "Caveat" not in told[name]
    for name in ("headlines", "progress", "prevention-quarters"):
        assert "[u] Caveat on 1.1" in told[f"chart {name}"], name
    assert "[u] Caveat on 1.1: see Caveats." in told["chart 1.1-oblast"] and "(timeliness)." in told["caveats"]
    for name in ("values", "tracking", "history"):
        assert words in told[name], name


def test_the_values_file_says_it_before_its_last_column(tmp_path, evaluation):
    """The caveat is a column of its own, and the last column still says that the records are synthetic."""
    files.write(evaluation, [], tmp_path)
    with (tmp_path / "indicators.csv").open(encoding="utf-8") as file:
        assert next(csv.reader(file))[-2:] == ["caveat", "records"]


def test_people_who_cannot_be_matched_are_a_limit(evaluation, tmp_path):
    """The sentence of judgements/same-people.toml stands among what the data cannot say; without it, it does not."""
    sentence = next(judged.unmatchable for judged in evaluation.project.same_people)
    assert sentence in narrative.limits(evaluation).plain
    folder = copied(tmp_path / "data")
    (folder / "judgements" / "same-people.toml").unlink()
    assert sentence not in narrative.limits(evaluate("FY2015Q1", folder)).plain


def test_the_narrative_says_what_was_asked_and_found(evaluation):
    """Each standard with its threshold, who did not meet it, and that nobody agreed the thresholds."""
    words = narrative.quality(evaluation).plain
    assert (
        "Precision: in each breakdown, at most 10 per cent of the rows that count are not recorded." in words
        and "Not met: 1.3, 1.9." in words
    )
    assert (
        "Timeliness: records are sent within 30 days after their period's end" in words
        and "Not met: 1.4, 1.5, 1.7." in words
    )
    assert evaluation.project.quality.note in words


def test_verdicts_are_tabled_for_every_indicator_and_standard(evaluation):
    """A row for each indicator, a column for each standard, and evidence with its numbers where the table is about
    nobody.
    """
    verdicts, evidence = tables.quality(evaluation).tables
    assert verdicts.header == ("Indicator", "Validity", "Integrity", "Precision", "Reliability", "Timeliness")
    assert len(verdicts.rows) == len(evaluation.project.sheets) and {
        cell for row in verdicts.rows for cell in row[1:]
    } == {MET, NOT_MET, UNKNOWN}
    assert {row[0].split()[0] for row in evidence.rows} == {"1.1", "1.6", "1.8", "3.1", "3.2", "3.4", "3.5", "4.1"}
    assert (
        "1.1 Awareness-raising events held",
        "validity",
        "met",
        "Rows: 138; held back: 0; implausible: 0. In per cent: 0.0, at most 2.",
    ) in evidence.rows


def test_no_clock_decides(tmp_path):
    """The same records and period give the same verdicts whatever time the files have.

    The day of sending stands in a file.
    """
    project, other = load(SHIPPED), load(copied(tmp_path / "data"))
    for path in other.folder.rglob("*"):
        os.utime(path, (2_000_000_000, 2_000_000_000))  # in the year 2033
    period = project.calendar.parse("FY2014")
    pd.testing.assert_frame_equal(
        quality.assess(project, shipped_records(), period), quality.assess(other, records.survey(other), period)
    )
    assert min(delivery.sent for delivery in project.deliveries) > date(2011, 12, 31)
