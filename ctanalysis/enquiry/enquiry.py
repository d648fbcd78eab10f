"""Enquiry: a project to think with, a question in a line."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from ctanalysis import narrative
from ctanalysis.base.errors import Refused
from ctanalysis.enquiry import of_period
from ctanalysis.enquiry.answer import Answer
from ctanalysis.enquiry.comparing import Two, comparison
from ctanalysis.enquiry.drawing import drawn
from ctanalysis.enquiry.exact import check_may_see, exact_answer
from ctanalysis.enquiry.indicator import Indicator, indicators, project_card
from ctanalysis.enquiry.marked import ExactFrame
from ctanalysis.enquiry.named import Named, fields_of, horizon_of, periods_of, sheet_of
from ctanalysis.enquiry.own import Where, own_answer
from ctanalysis.enquiry.question import Drawing, Question, Sentence
from ctanalysis.enquiry.reading import Reading, Signature, signature
from ctanalysis.enquiry.tidy import Asked
from ctanalysis.enquiry.values import answered, known_way, own_way
from ctanalysis.evaluation import Evaluation
from ctanalysis.periods import Period
from ctanalysis.project import Project

By = str | Iterable[str] | None


class Enquiry:
    """A project's folder, asked. Every answer has passed the report's gate, and is a tidy frame or a figure.

    The folder is read when it is first asked, and again when one of its files has changed. Refused, at each question:
    records or sheets at fault, and what there is not, with what is near to it.

    >>> import ctanalysis as ct
    >>> p = ct.open()
    >>> p.values("1.3", every="year")["value"].tolist()
    [2689.0, 4223.0, 5249.0]
    """

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder)
        self._read: tuple[Signature, Reading] | None = None

    def __dir__(self) -> list[str]:
        return [name for name in vars(type(self)) if not name.startswith("_")]

    def _reading(self) -> Reading:
        """The project as its files are now."""
        now = signature(self._folder)
        if self._read is None or self._read[0] != now:
            self._read = now, Reading.of(self._folder)
        return self._read[1]

    @property
    def project(self) -> Project:
        """The project's facts, sheets and policy.

        >>> import ctanalysis as ct
        >>> ct.open().project.facts.country
        'the Kyrgyz Republic'
        """
        return self._reading().project

    @property
    def indicators(self) -> Answer:
        """All indicators: columns code, name, area, level, measure, unit, breakdowns; a row for each.

        >>> import ctanalysis as ct
        >>> ct.open().indicators["code"].tolist()[:3]
        ['1.1', '1.2', '1.3']
        """
        return indicators(self.project)

    def indicator(self, code: Named) -> Indicator:
        """One indicator, by its code, its number, its name or a part of it.

        >>> import ctanalysis as ct
        >>> ct.open().indicator("hotline consultations per").code
        '1.9'
        """
        return Indicator(self.project, sheet_of(self.project, code))

    def period(self, label: str = "") -> Period:
        """A period by its label; the last complete quarter without one. Refused: it cannot be reported.

        >>> import ctanalysis as ct
        >>> ct.open().period("fy2014").end.isoformat()
        '2014-09-30'
        """
        return periods_of(self.project.calendar, None, label)[0]

    def evaluation(self, period: str | Period = "") -> Evaluation:
        """Everything that a report of a period holds (see ct.evaluate).

        >>> import ctanalysis as ct
        >>> ct.open().evaluation("FY2014")
        <Evaluation of FY2014: USAID Counter-Trafficking Project>
        """
        read = self._reading()
        return read.evaluation(periods_of(read.project.calendar, None, period)[0])

    def values(  # noqa: PLR0913, PLR0917  # a question has these parts, and each is named
        self,
        code: Named | Sequence[Named],
        by: By = None,
        every: str | None = None,
        period: str | Period | None = None,
        horizon: str | None = None,
        where: Where | None = None,
    ) -> Answer:
        """The values of an indicator, or of several side by side, in one period or in every one.

        by: a field, or two in either order: "sex", ("sex", "age_group"). every: "quarter", "half", "year" or
        "month"; period: a label; without both the last complete quarter. horizon: over which days of each period, as
        "project to date" or "last fiscal year"; "period" without. where: only a part, as {"audience": "schools"}.
        Both by and where take any field with categories, as far as the policy tells it of those whom it is about.
        Returns a tidy frame: indicator, name, unit, period, start, end, a column for each field, value, low, high,
        status, told, caveat; of shares (in per cent) and means numerator and denominator. A breakdown that is not told
        of these days says of which it is. Refused: an indicator, field, period or horizon that there is not.

        >>> import ctanalysis as ct
        >>> ct.open().values(1.3, by="sex", period="FY2014")[["sex", "value"]].to_dict("list")
        {'sex': ['female', 'male', 'not recorded'], 'value': [2405.0, 2465.0, 378.0]}
        """
        read = self._reading()
        periods, over = periods_of(read.project.calendar, every, period), horizon_of(read.project, horizon)
        codes = [code] if isinstance(code, (str, int, float)) else [*code]
        sheets = [sheet_of(read.project, one) for one in codes]
        fields = fields_of(by)
        ways = [known_way(read, sheet, fields) for sheet in sheets]
        if not where and None not in ways:
            return answered(read, [Asked(one, way or (), periods, over) for one, way in zip(sheets, ways, strict=True)])
        if len(sheets) > 1:
            raise Refused("A question of your own is of one indicator: ask for each by itself.")
        return own_answer(read, Asked(sheets[0], (), periods, over), fields, where or {})

    def exact(  # noqa: PLR0913, PLR0917  # a question has these parts, and each is named
        self,
        code: Named,
        by: By = None,
        every: str | None = None,
        period: str | Period | None = None,
        horizon: str | None = None,
        where: Where | None = None,
        i_may_see_the_records: bool = False,
    ) -> ExactFrame:
        """Exact values, nothing rounded or withheld: for those who may see the records, never for publication.

        code, by, every, period, horizon, where: as of values(), for whomever it is about. Returns a tidy frame that is
        marked, and so is whatever is made of it: marking, indicator, name, unit, period, start, end, a column for each
        field, exact_value (a share in per cent), of shares and means exact_numerator and exact_denominator, status.
        Refused: who asks has not said i_may_see_the_records=True; a page of a report is made.

        >>> import ctanalysis as ct
        >>> ct.open().exact("1.3", period="FY2014", i_may_see_the_records=True)["exact_value"].tolist()
        [5249.0]
        """
        check_may_see(i_may_see_the_records)
        read = self._reading()
        periods, over = periods_of(read.project.calendar, every, period), horizon_of(read.project, horizon)
        return exact_answer(read, Asked(sheet_of(read.project, code), (), periods, over), fields_of(by), where or {})

    def compare(self, code: Named, period: str | Period, with_period: str | Period, by: By = None) -> Answer:
        """A period beside an earlier one of its kind: the total, and each category of a breakdown.

        Returns a row for each: both values as told, the difference, the size (a ratio or a difference) with its 95 %
        interval (low, high), p, the method, whether it is clear, and the sentence that a report would have.
        Refused: periods of two kinds, or the earlier one named first.

        >>> import ctanalysis as ct
        >>> ct.open().compare("1.3", "FY2015Q1", "FY2014Q1")["verdict"].tolist()
        ['no clear change']
        """
        read = self._reading()
        sheet, calendar = sheet_of(read.project, code), read.project.calendar
        now, before = (periods_of(calendar, None, one)[0] for one in (period, with_period))
        return comparison(read, sheet, Two(now, before), own_way(read, sheet, fields_of(by)))

    def track(self, period: str | Period = "") -> Answer:
        """Every indicator beside its targets, a row for each horizon.

        Returns indicator, name, unit, horizon, start, end, actual, target, target_by, percent_of_target, expected,
        deviation, baseline, change, change_on_last_year (shares in per cent), status, caveat, told.

        >>> import ctanalysis as ct
        >>> ct.open().track("FY2014")["horizon"].unique().tolist()
        ['period', 'fiscal year to date', 'project to date']
        """
        evaluation = self.evaluation(period)
        return of_period.tracking(evaluation).asked(Question.of("track", evaluation))

    def findings(self, period: str | Period = "", rank: int | None = None) -> Answer:
        """What of a period deserves attention: rank, kind, indicators, finding, sentence, strength, not_shown.

        rank: of one of them, to see it alone.

        >>> import ctanalysis as ct
        >>> len(ct.open().findings("FY2015Q1", rank=1))
        1
        """
        evaluation = self.evaluation(period)
        return of_period.findings(evaluation, rank).asked(Question.of("findings", evaluation, rank=rank))

    def pathway(self, period: str | Period = "") -> Answer:
        """How far people who were found came, by fiscal year.

        Returns step, indicator, name, unit, period, start, end, value (of the step before, in per cent, but for the
        first), low, high, of (how many), status, told.

        >>> import ctanalysis as ct
        >>> ct.open().pathway()["step"].iloc[0]
        'identified'
        """
        evaluation = self.evaluation(period)
        return of_period.pathway(evaluation).asked(Question.of("pathway", evaluation))

    def projection(self, code: Named, period: str | Period = "") -> Answer:
        """Where what adds up will stand at the end of the fiscal year and of the project, with 80 % intervals.

        Returns a row for each of the two: actual, target_low, target_high, projected, low, high, verdict,
        needed_each_quarter, sentence; none where quarters do not add up.

        >>> import ctanalysis as ct
        >>> ct.open().projection("1.1")["over"].tolist()
        ['fiscal year', 'project']
        """
        evaluation = self.evaluation(period)
        sheet = sheet_of(evaluation.project, code)
        return of_period.projection(evaluation, sheet).asked(Question.of("projection", evaluation, code=sheet.code))

    def plot(self, code: Named, every: str = "quarter", by: By = None, horizon: str | None = None) -> Drawing:
        """An indicator over time, a bar for each period; by one field or two a panel for each category, on one scale.

        What is not told is written, and is no bar. The figure shows itself, and has its data and its text.

        >>> import ctanalysis as ct
        >>> ct.open().plot("1.3", every="year").data["told"].tolist()
        ['2,689', '4,223', '5,249']
        """
        answer, read = self.values(code, by=by, every=every, horizon=horizon), self._reading()
        sheet = sheet_of(read.project, code)
        return drawn(read, sheet, every, answer)

    def sentence(self, code: Named, period: str | Period = "") -> Sentence:
        """What a report of the period says of an indicator.

        >>> import ctanalysis as ct
        >>> ct.open().sentence("1.3", "FY2015Q1").plain.splitlines()[0]
        '1.3 Hotline consultations'
        """
        evaluation = self.evaluation(period)
        found = sheet_of(evaluation.project, code).code
        return Sentence(narrative.indicator(evaluation, found).html, Question.of("sentence", evaluation, code=found))

    def _repr_html_(self) -> str:
        return project_card(self.project, dir(self)).html

    def __repr__(self) -> str:
        return project_card(self.project, dir(self)).plain
