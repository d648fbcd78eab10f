"""What a notebook holds: one project and one period, read, calculated and protected."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from ctanalysis import indicators, quality, records
from ctanalysis.analysis.change import Change, changes
from ctanalysis.analysis.family import Claims, claimed
from ctanalysis.analysis.findings import Beside, Finding, findings
from ctanalysis.analysis.known import Known, in_order
from ctanalysis.analysis.tracking import track
from ctanalysis.base.errors import Refused
from ctanalysis.disclosure import Protected, ledger
from ctanalysis.disclosure.of_report import of_report
from ctanalysis.disclosure.protected import only_protected
from ctanalysis.disclosure.standing import standing
from ctanalysis.disclosure.waiting import Standing
from ctanalysis.indicators.evidence import EVIDENCE
from ctanalysis.indicators.horizons import QUARTER, YEAR, year_ends
from ctanalysis.periods import Period
from ctanalysis.project import SHIPPED, Project, load
from ctanalysis.project.sheets import Sheet
from ctanalysis.project.translated import told_in
from ctanalysis.quality.received import Arrival


@dataclass(frozen=True, repr=False)
class Evaluation:
    """A period of a project, as it may be published.

    For evaluators: values, tracking and history are tidy frames, and by() asks for one indicator; their column caveat
    says which data quality standards its data did not meet. low and high say for which numbers a value stands. For
    reports: protected_values, protected_tracking and protected_history are the same without caveat, Protected; caveats
    has its words by indicator. protected_years: totals of every complete fiscal year, horizon "fiscal year".
    protected_baselines: those of baseline rounds. protected_evidence: see evidence.

    released: the Ledger of what was published; restated: the values that were published otherwise. quality, tally,
    arrival: as quality.of_report, quality.tally and quality.arrival give them. lacks: by indicator, first and last day,
    what is missing of its records, in words. standing: who stands in each breakdown at each node; it is never shown.
    Horizons of values: "period", "fiscal year to date", "project to date", "previous period", "same period last year";
    "last fiscal year" and "project to last year end" are the last complete fiscal year and the project up to it, for
    what is published once a year; "as published" is the project up to the day of a published figure, and "archived" of
    an indicator that is told no more up to its last quarter. history: the totals of every quarter, horizon "quarter".

    >>> import ctanalysis as ct
    >>> len(ct.evaluate("FY2015Q1").history) == 13 * 26
    True
    """

    project: Project
    period: Period
    protected_values: Protected
    protected_tracking: Protected
    protected_history: Protected
    protected_years: Protected
    protected_baselines: Protected
    protected_evidence: Protected
    released: ledger.Ledger
    quality: pd.DataFrame
    tally: pd.DataFrame
    arrival: Arrival
    lacks: Mapping[tuple[str, str, str], str]
    standing: Standing = field(default_factory=dict)

    @cached_property
    def caveats(self) -> dict[str, str]:
        """By indicator, the words of its caveat; none where its data met every standard in the days that are told."""
        return quality.caveats_told(self.quality, self.project, self.period, self.printed)

    @cached_property
    def caveats_beside(self) -> Callable[[str, str], dict[str, str]]:
        """By first and last day (ISO), the caveats of numbers of these days."""
        return quality.caveats_beside(self.quality, self.project, self.period)

    @cached_property
    def failed(self) -> frozenset[tuple[str, str, str]]:
        """Of what is printed, the indicators with the first and last day (ISO) of which they have a caveat."""
        told = self.printed[["indicator", "start", "end"]].drop_duplicates().itertuples(index=False, name=None)
        return frozenset((code, *days) for code, *days in told if code in self.caveats_beside(*days))

    @property
    def restated(self) -> pd.DataFrame:
        """What earlier releases of the period, or of others, printed otherwise: a frame as ledger.restated gives it."""
        return ledger.restated(self.released, self.printed, self.period.label)

    @property
    def is_first_told(self) -> bool:
        """Whether nothing had been released before this report, as it was released if it was."""
        return not len(ledger.before(self.released, self.printed, self.period.label))

    @cached_property
    def printed(self) -> pd.DataFrame:
        """Every value that the report prints: those of its horizons, of each quarter and of each fiscal year."""
        parts = (self.protected_values, self.protected_history, self.protected_years)
        return pd.concat(map(only_protected, parts), ignore_index=True)

    @property
    def values(self) -> pd.DataFrame:
        """The columns of indicators.values.COLUMNS and caveat; a row for each horizon, disaggregation and category."""
        return self._with_caveats(self.protected_values)

    @property
    def evidence(self) -> pd.DataFrame:
        """The columns of values; what tests of changes need beside totals (see indicators.evidence)."""
        return self._with_caveats(self.protected_evidence)

    @cached_property
    def known(self) -> Known:
        """What analyses may see of this evaluation."""
        values = self.protected_values.and_(self.protected_evidence)
        protected = (values, self.protected_history, self.protected_years, self.protected_tracking)
        return Known(self.project, self.period, *protected, self.lacks, self.failed)

    @cached_property
    def claims(self) -> Claims:
        """Everything that the report might claim, and what of it is clear when all is counted as many."""
        return claimed(self.known)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What of the period deserves attention, ranked (see analysis.findings)."""
        return findings(
            self.known, self.claims, Beside(tuple(self.caveats), tuple(self.restated["indicator"].unique()))
        )

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every comparison of the period's totals with earlier ones."""
        return changes(self.known)

    @property
    def tracking(self) -> pd.DataFrame:
        """The columns of analysis.tracking.COLUMNS and caveat; a row for each indicator and tracked horizon."""
        return self._with_caveats(self.protected_tracking)

    @property
    def history(self) -> pd.DataFrame:
        """The columns of values; a row for the total of each indicator in each quarter."""
        return self._with_caveats(self.protected_history)

    @property
    def years(self) -> pd.DataFrame:
        """The columns of values; a row for the total of each indicator in each complete fiscal year."""
        return self._with_caveats(self.protected_years)

    def _with_caveats(self, protected: Protected) -> pd.DataFrame:
        return quality.with_caveats(protected.values, self.caveats_beside, self.lacks)

    def told_in(self, language: str) -> "Evaluation":
        """The same evaluation in one of the project's languages. Refused: it has no such language."""
        told = told_in(self.project, language)
        return self if told is self.project else replace(self, project=told)

    def is_of(self, label: str, project: Path) -> bool:
        """Whether this is the evaluation of a period of the project in a folder."""
        return label == self.period.label and project.resolve() == self.project.folder.resolve()

    def __repr__(self) -> str:
        return f"<Evaluation of {self.period}: {self.project.facts.name}>"

    def by(
        self, indicator: str, disaggregation: str | Iterable[str] = "total", horizon: str = "period"
    ) -> pd.DataFrame:
        """One indicator's values, with the columns of values: by("1.2", "sex"), by("1.2", ("sex", "age_group")).

        Refused: an indicator, disaggregation or horizon that there is not.

        >>> import ctanalysis as ct
        >>> ct.evaluate("FY2015Q1").by("1.3", "sex")["category"].tolist()
        ['female', 'male', 'not recorded']
        """
        sheet = self.project.sheet(indicator)
        wanted = disaggregation if isinstance(disaggregation, str) else " × ".join(disaggregation)
        ways = ["total", *(" × ".join(fields) for fields in sheet.disaggregations), *filter(None, sheet.beside[:1])]
        _check_among(wanted, ways, f"disaggregation of indicator {indicator}")
        _check_among(horizon, dict.fromkeys(self.protected_values.values["horizon"]), "horizon of this evaluation")
        told = self.protected_values.where(indicator=indicator, disaggregation=wanted, horizon=horizon)
        return self._with_caveats(told)

    def breakdown_horizons(self, sheet: Sheet) -> tuple[str, ...]:
        """The horizons for which breakdowns are told: the period (of people no month), or of the last year end."""
        rule = self.project.disclosure_rule(sheet)
        if "any" in rule.one_way:
            return () if self.period.kind == "month" and rule.protects else ("period",)
        ended = self.project.calendar.last_year_end(self.period.end)
        return ("last fiscal year", "project to last year end") if ended else ()


_PREPARED: ContextVar[Evaluation | None] = ContextVar("prepared", default=None)


def evaluate(period: str | Period = "", project: str | Path = "") -> Evaluation:
    """The evaluation of a period: evaluate("FY2015Q1").

    period: a label; empty for the last quarter that the records complete. project: a project's folder; empty for the
    shipped one. Refused: a period or folder that is none, records or sheets at fault.

    >>> import ctanalysis as ct
    >>> ct.evaluate("FY2015Q1").by("1.3", "total")["value"].tolist()
    [1233.0]
    """
    loaded = load(project or SHIPPED)
    reported = loaded.calendar.parse(str(period)) if period else loaded.calendar.latest()
    return evaluated(loaded, records.read(loaded), reported)


def evaluated(
    project: Project, rows: records.Records, period: Period, before: ledger.Ledger | None = None
) -> Evaluation:
    """The evaluation of a period from records that are read already. before: what was released; all, by default."""
    released, project = ledger.read(project) if before is None else before, project.reporting(period.end)
    stand = standing(project, rows, year_ends(project, period), released)
    history, others = of_report(project, period, rows, stand, released).split("horizon", QUARTER)
    of_years, others = others.split("horizon", YEAR)
    baselines, others = others.split("horizon", indicators.BASELINE)
    evidence, values = others.split("disaggregation", EVIDENCE)
    lacks = quality.lacks(project, rows, values, history, of_years)
    tracked = track(values, project, period, baselines, in_order(history, project, lacks))
    found = quality.of_report(project, rows, period), quality.tally(project, rows)
    told = (values, tracked, history, of_years, baselines, evidence)
    return Evaluation(project, period, *told, released, *found, quality.arrival(project, rows, period), lacks, stand)


def named(period: str | Period, project: str | Path = "", language: str = "") -> Evaluation:
    """evaluate() for a report notebook, in one of the project's languages; by default in its first.

    Refused: no period, a language that is not the project's, a project that papermill has made a number of.

    >>> import ctanalysis as ct
    >>> ct.named("FY2015Q1").period.label
    'FY2015Q1'
    """
    if not isinstance(project, (str, Path)):
        raise Refused("'project' is no text: papermill makes a number of 2026. Write its place: -p project ./2026.")
    if not period:
        raise Refused("No period is named: give the parameter 'period', as in -p period FY2015Q1.")
    ready = _PREPARED.get()
    is_ready = ready and ready.is_of(str(period), Path(project or SHIPPED))
    return (ready if ready and is_ready else evaluate(period, project)).told_in(language)


@contextmanager
def prepared(evaluation: Evaluation) -> Iterator[None]:
    """Within it, and in processes forked within it, named() has this evaluation at hand."""
    token = _PREPARED.set(evaluation)
    try:
        yield
    finally:
        _PREPARED.reset(token)


def _check_among(name: str, allowed: Iterable[str], what: str) -> None:
    if name not in allowed:
        raise Refused(f"'{name}' is no {what}. There are: {', '.join(allowed)}.")
