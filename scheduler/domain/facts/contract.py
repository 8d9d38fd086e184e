"""Contracts: pay, hours, and the shifts that may be worked; premiums and holidays: what is paid on top.

Part of the problem's published JSON schema, see :mod:`scheduler.domain.facts.problem`.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Annotated, Literal

from pydantic import Field

from scheduler.domain.facts.agent import Agent
from scheduler.domain.values.calendar_fields import Day
from scheduler.domain.values.fields import (
    EACH_ONCE,
    Cents,
    ClockMinute,
    Label,
    Minutes,
    MinutesOfDay,
    MinutesOfWeek,
    MinutesUpToDay,
    Name,
    Names,
    OneOrMore,
    PositiveMinutes,
    Weekdays,
)
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.shares import Exact, fraction_of, spelt_fraction
from scheduler.texts import marked


class Contract(Frozen):
    """What was agreed: pay, weekly paid hours, and which shifts may be worked."""

    name: Name = Field(description="What agents and rules call it; unique.")
    pay_per_hour: Cents = Field(description="Cents per paid hour.")
    min_paid_minutes: MinutesOfWeek | None = Field(
        default=None,
        description="Least paid minutes per week, kept by the rule paid_hours; null is no limit.",
    )
    max_paid_minutes: Minutes | None = Field(
        default=None, description="Most paid minutes per week, kept by the rule paid_hours; null is no limit."
    )
    templates: tuple[Name, ...] = Field(
        description="Names of the shift templates that may be worked, kept by the rule entitlement."
    )


BASIC_PAY = marked("basic pay")
"""What the line of the hour's pay is called."""


def _says_nothing(value: object) -> bool:
    """Whether a field that came later is as if it were not there, so that digests of older files stay."""
    return not value


class PayPremium(Frozen):
    """What is paid on top of the hour for work at some times; every field that is given narrows it."""

    name: Name = Field(description="What pay lines call it; unique.")
    start: ClockMinute = Field(
        default=0, description="From when on each day, on the agent's clock, in minutes after midnight."
    )
    end: ClockMinute = Field(
        default=MINUTES_PER_DAY,
        description="Until when, in minutes after the same midnight; an end that is not after the start is "
        "on the next day.",
    )
    weekdays: Weekdays = Field(
        default=(),
        description="Weekdays on which its hours begin, 0 for Monday to 6 for Sunday, beside dates and "
        "holidays; where none of them is given it holds on every day.",
    )
    dates: Annotated[tuple[Day, ...], EACH_ONCE] = Field(
        default=(), description="Dates on which its hours begin, beside weekdays and holidays."
    )
    on_holidays: bool = Field(
        default=False,
        description="Whether its hours begin on every public holiday, beside weekdays and dates.",
    )
    over_minutes: MinutesUpToDay | None = Field(
        default=None,
        description="Only for paid minutes of a duty beyond so many, as overtime of the day on which it "
        "starts; 0 makes all of it overtime. Start and end are not given then.",
    )
    over_period_minutes: PositiveMinutes | None = Field(
        default=None,
        exclude_if=_says_nothing,
        description="Only for paid minutes of an agent in a period beyond so many, as overtime of the week; "
        "what was worked in it before the horizon counts. No times, days or shifts are given then.",
    )
    period: Literal["week", "month", "horizon"] = Field(
        default="week",
        exclude_if=lambda period: period == "week",
        description="What over_period_minutes counts over: week is each calendar week, month each calendar "
        "month, horizon all planned days together.",
    )
    period_days: OneOrMore | None = Field(
        default=None,
        exclude_if=_says_nothing,
        description="Number of days of each period, one after the other from period_from on, instead of "
        "period.",
    )
    period_from: Day | None = Field(
        default=None,
        exclude_if=_says_nothing,
        description="A local date on which a period of period_days begins; any of them will do.",
    )
    counts_once: bool = Field(
        default=False,
        exclude_if=_says_nothing,
        description="Whether minutes that premiums with over_minutes pay as overtime of the day do not count "
        "towards over_period_minutes.",
    )
    least_minutes: MinutesOfDay | None = Field(
        default=None,
        exclude_if=_says_nothing,
        description="Pays each duty as if it had at least so many paid minutes: for those that it lacks. "
        "Without a rate they are paid as any others; start and end are not given then.",
    )
    log_in_minutes: MinutesOfDay | None = Field(
        default=None,
        exclude_if=_says_nothing,
        description="Pays each duty so many minutes more, for logging in and starting up, which staff "
        "nothing and count towards overtime. Without a rate they are paid as any others; start and end are "
        "not given then.",
    )
    templates: Names = Field(default=(), description="Only shifts of these templates; empty is all.")
    contracts: Names = Field(default=(), description="Only agents with these contracts; empty is everyone.")
    teams: Names = Field(default=(), description="Only agents of these teams; empty is everyone.")
    agents: Names = Field(default=(), description="Only these agents; empty is everyone.")
    percent: Exact | None = Field(
        default=None,
        description="Per cent of the agent's pay per hour that are paid on top, as text: 25, 12.5, 33 1/3. "
        "Either this or money_per_hour.",
    )
    money_per_hour: Cents | None = Field(
        default=None, description="Cents that are paid on top for each hour. Either this or percent."
    )
    meets: Literal["adds", "highest wins"] = Field(
        default="adds",
        description="What happens where several hold: one that adds is paid on top of all others; of those "
        "that say highest wins, only the one that pays most is.",
    )
    source: Label = Field(
        default="",
        exclude_if=_says_nothing,
        description="Where it comes from, such as the article of a law; shown beside it.",
    )

    @property
    def is_by_clock(self) -> bool:
        """Whether it holds at times of the clock, and is not of a number of minutes."""
        return not self.numbers_of_minutes

    @property
    def numbers_of_minutes(self) -> tuple[str, ...]:
        """The fields that make it overtime, a least, or time for logging in; a premium has one at most."""
        fields = ("over_minutes", "over_period_minutes", "least_minutes", "log_in_minutes")
        return tuple(name for name in fields if getattr(self, name) is not None)

    @property
    def adds_minutes(self) -> bool:
        """Whether it pays for minutes that no duty has."""
        return self.least_minutes is not None or self.log_in_minutes is not None

    @property
    def until(self) -> int:
        """The end in minutes after the midnight of the day on which its hours begin."""
        return self.end if self.end > self.start else self.end + MINUTES_PER_DAY

    def rate(self, pay_per_hour: int) -> Fraction:
        """What a minute of it is worth at this pay, in sixtieths of a cent."""
        if self.percent is not None:
            return pay_per_hour * fraction_of(self.percent) / 100
        if self.money_per_hour is None and self.adds_minutes:
            return Fraction(pay_per_hour)
        return Fraction(self.money_per_hour or 0)


class Holiday(Frozen):
    """A date that is no ordinary day of its weekday."""

    day: Day = Field(description="The date; unique.")
    name: Name = Field(description="What pay lines and reports call it.")
    kind: Literal["public holiday", "working day"] = Field(
        default="public holiday",
        description="A public holiday, or a Saturday or Sunday on which people work as on any other day "
        "(working day): premiums of weekdays do not hold on it.",
    )
    multiple: Exact | None = Field(
        default=None,
        description="Pay of an hour on it, in times of an ordinary hour's, as text: 2, 1.5, 4/3. Of several "
        "premiums that say highest wins, and this, the highest is paid. Null is no pay of its own.",
    )


def premiums_on_holidays(holidays: Iterable[Holiday]) -> tuple[PayPremium, ...]:
    """The multiples of holidays as premiums on their dates, one for each name and multiple."""
    dates: dict[tuple[str, Fraction], list[date]] = defaultdict(list)
    for one in holidays:
        if one.multiple is not None and fraction_of(one.multiple) > 1:
            dates[one.name, fraction_of(one.multiple) - 1].append(one.day)
    return tuple(
        PayPremium(name=name, dates=tuple(on), percent=spelt_fraction(100 * share), meets="highest wins")
        for (name, share), on in dates.items()
    )


def parts_of_a_unit(paid: Iterable[Contract | Agent], premiums: Iterable[PayPremium]) -> int:
    """Into how many parts the unit of costs is cut, so that a minute of every premium is whole."""
    pays = {one.pay_per_hour for one in paid if one.pay_per_hour is not None}
    rates = {premium.rate(pay) for pay in pays for premium in premiums}
    return lcm(*(rate.denominator for rate in rates))
