"""quality.toml: how good data must be for each of the five data quality standards (USAID ADS 201.3.5.7).

The file and each of its parts may be left out: what stands below is then in force. No threshold
is USAID's; all are illustrative until a project agrees its own, and `note` says so in every report.
"""

from datetime import date

from pydantic import Field

from ctanalysis.project.strict import Strict

NOTE = "These thresholds are illustrative: they are not agreed with anybody yet."


class ShareThreshold(Strict):
    """At most so many per cent, and why."""

    at_most: float | int = Field(ge=0, le=100)
    reason: str


class GapThreshold(Strict):
    """At most so many gaps: quarters in which a partner has no row, or sent nothing; and why."""

    gaps: int = Field(ge=0)
    reason: str


class DelayThreshold(GapThreshold):
    """Records are sent at most so many days after the end of their period."""

    due_days: int = Field(ge=0)


class Ended(Strict):
    """A partner that nothing is expected of after a day, as deliveries.csv and the records name it; and why."""

    partner: str
    last: date
    reason: str


class Quality(Strict):
    """The thresholds by standard."""

    note: str = NOTE
    validity: ShareThreshold = Field(
        default_factory=lambda: ShareThreshold(
            at_most=2, reason="Rows that are held back or implausible leave a result too low, too high or one-sided."
        )
    )
    integrity: ShareThreshold = Field(
        default_factory=lambda: ShareThreshold(
            at_most=5,
            reason="Rows that may stand twice, or that were guessed rather than counted, can be mistakes or made up.",
        )
    )
    precision: ShareThreshold = Field(
        default_factory=lambda: ShareThreshold(
            at_most=10, reason="Where more is not recorded, a breakdown says little of those it leaves out."
        )
    )
    reliability: GapThreshold = Field(
        default_factory=lambda: GapThreshold(
            gaps=0, reason="Periods compare only where the definition and the partners who report are the same."
        )
    )
    timeliness: DelayThreshold = Field(
        default_factory=lambda: DelayThreshold(
            gaps=0, due_days=30, reason="Records that come late, or not at all, come too late to manage by."
        )
    )
    ended: tuple[Ended, ...] = ()

    def expects(self, partner: str, day: date) -> bool:
        """Whether records of a day are expected of a partner."""
        return not any(one.partner == partner and one.last < day for one in self.ended)
