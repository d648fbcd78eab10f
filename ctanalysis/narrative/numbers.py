"""Numbers, days and facts in sentences, as marked text that says where each comes from; and values in plain words."""

import math
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from ctanalysis import quality
from ctanalysis.analysis.values import Value
from ctanalysis.base import precision
from ctanalysis.disclosure.printed_bounds import of_range
from ctanalysis.language import Speech, speech_of
from ctanalysis.narrative.origins import leading
from ctanalysis.narrative.states import state
from ctanalysis.project import Project
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.sheets import Sheet

TOTAL = "all"  # the category of a total
PRICE = 100  # from here on, prices have no decimals
TENFOLD = 10  # from here on, derived numbers have no decimals
NOT_YET = Speech().plain("number.not_yet_told")  # a share that can be any, as few people are on either side
WORKED_OUT = Speech().plain("breakdown.worked_out")  # why other breakdowns are withheld
APART = "Those not recorded have no rate; they are in the total."
SEVERAL = Speech().plain("breakdown.several")
TOGETHER = Speech().plain("breakdown.together")  # why the shares of a breakdown are withheld
ABOUT = Speech().plain("number.about", number="")


class Marks:
    """The marks of one language, called by its sentences.

    Each method gives HTML: a number as <data> with its value and what it is of, a day or days as
    <time>, anything else that may hold digits as <span>.
    """

    def __init__(self, language: str | Speech) -> None:
        self.speech = speech_of(language)
        self.language = self.speech.code

    def value(self, value: Value) -> Markup:
        """A value as its number: 1,234 or about 84%."""
        number = precision.as_shown(value.value, value.measure, value.status)
        unit = "%" if value.sheet.measure == "share" else ""
        return self.data(number, value.source, unit, value.status) + self._flag_of_total(value)

    def caveat(self) -> Markup:
        """What marks a number whose days' data failed a standard."""
        mark = Markup('\u00a0<a class="caveat" href="#caveats" aria-label="{}">{}</a>')
        return mark.format(self.speech.plain("number.caveat_label"), quality.MARK)

    def flag(self, value: Value) -> Markup:
        """The same where it is so of a value; nothing where it is not."""
        return self.caveat() if value.failed else Markup("")

    def _flag_of_total(self, value: Value) -> Markup:
        """The same, but that the categories of a breakdown are not marked one by one."""
        return self.flag(value) if value.category == TOTAL else Markup("")

    def least(self, value: Value) -> Markup:
        """The least number for which a value stands: the 18 in between 18 and 27."""
        return self._end(value, value.low, "at least")

    def most(self, value: Value) -> Markup:
        """The most."""
        return self._end(value, value.high, "at most")

    def percents(self, least: int, most: int, value: Value) -> Markup:
        """The share that a value is of those whose category is recorded: 50–58%."""
        source = f"{value.source}, per cent of recorded"
        high = self.data(Decimal(most), source, "%")
        return high if least == most else Markup("{}–{}").format(self.data(Decimal(least), source), high)

    def numerator(self, value: Value) -> Markup:
        """How many are in a share: the 35 in 35 of 50."""
        return self.data(Decimal(int(value.numerator)), value.source, "", value.status)

    def denominator(self, value: Value) -> Markup:
        """The n: exact for a total, rounded with the rest for a category."""
        return self.data(
            Decimal(int(value.denominator)), value.source, "", "exact" if value.category == "all" else value.status
        )

    def change(self, difference: float, value: Value) -> Markup:
        """The size of a difference from the tracking table."""
        size = Decimal(repr(abs(difference)))
        return self.data(Decimal(int(size)) if size == int(size) else size, f"{value.source}, change")

    def target(self, number: float, value: Value) -> Markup:
        """A target, with the decimals of the value that it is for."""
        return self._set(number, value, "target")

    def baseline(self, number: float, value: Value) -> Markup:
        """A baseline, with the same."""
        return self._set(number, value, "baseline")

    def percent_of_target(self, number: float, value: Value) -> Markup:
        """How much of its target a value has reached, a whole per cent."""
        return self.percent(number, f"{value.source}, per cent of target")

    def percent_of_way(self, number: float, value: Value) -> Markup:
        """How much of the way from its baseline to its target a value has come, a whole per cent."""
        return self.percent(number, f"{value.source}, per cent of the way to the target")

    def percent(self, number: float, source: str) -> Markup:
        """A whole per cent."""
        return self.data(precision.as_shown(number, "count"), source, "%")

    def beyond(self, number: float, limit: float, source: str) -> Markup:
        """A per cent that is more than a limit; with a decimal where the whole per cent would be the limit itself."""
        places = int(precision.as_shown(number, "count") == precision.as_shown(limit, "count"))
        return self.derived(number, source, "%", places)

    def derived(self, number: float, source: str, unit: str = "", places: int | None = None) -> Markup:
        """A number that an analysis made of values. places: its decimals; without, three digits or so are shown."""
        if places is None:
            places = 0 if abs(number) >= TENFOLD or not number else 1 if abs(number) >= 1 else 2
        return self.data(Decimal(repr(number)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0, source, unit)

    def things(self, number: float, source: str) -> Markup:
        """So few things that were expected that half a one counts: with a decimal, where they are not whole."""
        return self.derived(number, source, places=0 if number == int(number) else 1)

    def money(self, number: float, source: str) -> Markup:
        """A price of one of something: with two decimals below a hundred."""
        return self.derived(number, source, places=2 if abs(number) < PRICE else 0)

    def between(self, low: float, high: float, source: str, unit: str = "", places: int | None = None) -> Markup:
        """An interval: 0.4 to 1.9."""
        ends = (
            self.derived(low, f"{source}, at least", unit, places),
            self.derived(high, f"{source}, at most", unit, places),
        )
        return self.speech.say("number.to", low=ends[0], high=ends[1])

    def points(self, low: float, high: float, source: str) -> Markup:
        """An interval of a difference of shares, in percentage points; below 0 with a minus."""
        return self.between(100 * low, 100 * high, source, places=0)

    def calendar(self, number: int) -> Markup:
        """A number that follows from the project's dates."""
        return self.data(Decimal(number), "calendar")

    def day(self, day: date) -> Markup:
        """31 December 2014."""
        return Markup('<time datetime="{}">{}</time>').format(
            day.isoformat(), format_date(day, self.speech.plain("days.pattern"), locale=self.language)
        )

    def span(self, start: date, end: date) -> Markup:
        """The months from one day to another: October–December 2014, October 2013–September 2014."""
        first, last, plain = self._month(start), self._month(end), self.speech.plain
        if (start.year, start.month) == (end.year, end.month):
            words = plain("days.month", month=first, year=end.year)
        elif start.year == end.year:
            words = plain("days.months", first=first, last=last, year=end.year)
        else:
            words = plain("days.years", first=first, first_year=start.year, last=last, last_year=end.year)
        return Markup('<time datetime="{}/{}">{}</time>').format(start.isoformat(), end.isoformat(), words)

    def label(self, text: str | int) -> Markup:
        """A word of the project's own (a category, a period's label), which may hold digits."""
        return Markup('<span class="label">{}</span>').format(self.speech.label(text))

    def state(self, status: str) -> Markup:
        """What is told where no number is, as a label: fewer than 10."""
        return Markup('<span class="label">{}</span>').format(state(status, self.speech))

    def said(self, text: str) -> str:
        """What an earlier room said, in this language."""
        return self.speech.label(text)

    def own(self, text: str) -> Markup:
        """What people wrote, word for word, in the language in which they did."""
        return Markup('<span class="fact"{}>{}</span>').format(self._written(), text)

    def aside(self, text: str) -> Markup:
        """The same without being a fact: what stands in no other language."""
        written = self._written()
        return Markup("<span{}>{}</span>").format(written, text) if written else escape(text)

    def found(self, text: str) -> Markup:
        """What the check of the data found, as a label; where it has no words in this language, as it is."""
        whole = self.speech.heard(text)
        words = whole if whole != text else "; ".join(map(self.speech.heard, text.split("; ")))
        return Markup('<span class="label"{}>{}</span>').format(self._written() if words == text else "", words)

    def _written(self) -> Markup:
        """The mark of another language than the page's."""
        written = self.speech.written
        return Markup(' lang="{}"').format(written) if self.language != written else Markup("")

    def words(self, text: str) -> Markup:
        """Words of a sheet in a sentence: those with digits, such as per 100,000 residents, as a label."""
        return self.label(text) if any(map(str.isdigit, text)) else escape(text)

    def fact(self, fact: str | float) -> Markup:
        """A fact or a published figure as its source has it."""
        text = fact if isinstance(fact, str) else format_decimal(fact, "#,##0.##", locale=self.language)
        return Markup('<span class="fact">{}</span>').format(text)

    def data(self, number: Decimal, source: str, unit: str = "", status: str = "exact") -> Markup:
        shown = precision.text(number, self.language) + (self.speech.percent if unit == "%" else unit)
        if status == "rounded":
            shown = self.speech.plain("number.about", number=shown)
        return leading(Markup('<data value="{}" title="{}">{}</data>').format(f"{number:f}", source, shown), source)

    def _set(self, number: float, value: Value, which: str) -> Markup:
        """A number that was set for an indicator, and not calculated."""
        unit = "%" if value.sheet.measure == "share" else ""
        return self.data(precision.as_shown(number, value.sheet.measure, "rounded"), f"{value.source}, {which}", unit)

    def _end(self, value: Value, end: float, which: str) -> Markup:
        number = precision.as_shown(end, value.sheet.measure, "rounded")
        return self.data(number, f"{value.source}, {which}", "%" if value.sheet.measure == "share" else "")

    def _month(self, day: date) -> str:
        name: str = get_month_names("wide", context="stand-alone", locale=self.language)[day.month]
        return name


def is_list(project: Project, sheet: Sheet, way: str) -> bool:
    """Whether a disaggregation is by a list, in several of whose categories one can be counted."""
    return way in {name for fields in sheet.disaggregations for name in fields} and (
        project.field(sheet, way).type == "list"
    )


def title_of(project: Project, sheet: Sheet, way: str) -> str:
    """The title of a disaggregation by one field: age group; where its coarse form is one too, age group in detail."""
    if way == sheet.beside[0]:
        return project.speech.label(way)
    title = project.title(sheet, way)
    if (way + COARSE,) not in sheet.disaggregations:
        return title
    return project.speech.plain("breakdown.title_in_detail", title=title)


def in_words(sheet: Sheet, value: float, status: str, language: str | Speech, high: float = math.nan) -> str:
    """1,234, about 84%, 18–27 or, where no number is shown, the status: fewer than 10, withheld, no data ...

    value, status, high: as in the frame of an evaluation's values; a share is a fraction of 1.
    """
    speech = speech_of(language)
    if status == "rounded" and value == 0 < high:
        return speech.plain("number.at_most_plain", number=f"{high:.0f}")
    if status not in ("exact", "rounded"):
        if of_range(status) == (0, 1) and sheet.measure == "share":
            return speech.plain("number.not_yet_told")
        return state(status, speech)
    shown = precision.text(precision.as_shown(value, sheet.measure, status), speech.code)
    shown += speech.percent if sheet.measure == "share" else ""
    return speech.plain("number.about", number=shown) if status == "rounded" else shown
