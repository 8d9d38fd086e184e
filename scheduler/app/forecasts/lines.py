"""The forecast of one skill told line by line: for Volumes, for the sheet Forecast, and as sentences."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import exp

import numpy as np

from scheduler.demand import forecast as method
from scheduler.demand.forecast.model import Components
from scheduler.demand.forecast.past import HOLIDAY
from scheduler.domain import Finding
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_HOUR, TimeGrid
from scheduler.domain.values.words import WEEKDAYS, counted, listed
from scheduler.io.input.writing.forecast_written import EstimateLine, ForecastInterval, ScoreLine
from scheduler.texts import text

FAR_DAYS = 28
"""From the history to the first day: beyond it the forecast says so."""
_SHOWN = 12


@dataclass(frozen=True)
class SkillHistory:
    """The history of one skill, and what speaks against it.

    Parameters
    ----------
    left_out
        Days of it that lie behind the first day to foretell.
    """

    skill: str
    past: method.PastVolumes
    faults: tuple[Finding, ...] = ()
    left_out: int = 0


@dataclass
class SkillForecast:
    """The forecast of one skill, told line by line."""

    history: SkillHistory
    days: list[date]
    minutes: int
    time_zone: str
    found: method.Forecast = field(init=False)
    scored: method.Backtest = field(init=False)
    scatter: method.Dispersion = field(init=False)

    def __post_init__(self) -> None:
        self.past, self.skill = self.history.past, self.history.skill
        self.found = method.forecast(self.past, self.days)
        self.scored = method.backtest(self.past)
        self.scatter = method.dispersion(self.past, self.found)

    def intervals(self) -> Iterator[ForecastInterval]:
        """What is expected; an hour that the clock repeats comes twice, one that it skips not at all."""
        grid = TimeGrid.model_construct(
            first_day=self.days[0],
            days=len(self.days),
            interval_minutes=self.minutes,
            time_zone=self.time_zone,
        )
        for row, day in enumerate(self.days):
            for at in grid.intervals_of(row):
                start = grid.interval_start(at)
                minute = start.hour * MINUTES_PER_HOUR + start.minute
                contacts = self.found.contacts[row, minute // self.minutes]
                if np.isnan(contacts):
                    continue
                aht = self.found.aht_seconds
                seconds = np.nan if aht is None else aht[row, minute // self.minutes]
                yield ForecastInterval(
                    day,
                    minute,
                    self.skill,
                    round(float(contacts), 2),
                    None if np.isnan(seconds) else round(float(seconds), 1),
                )

    def scores(self) -> Iterator[ScoreLine]:
        """The backtest."""
        for what, both in (
            (text("contacts"), self.scored.contacts),
            (text("contacts on holidays"), self.scored.holidays),
            (text("handling time"), self.scored.aht),
        ):
            for method_, score in zip(
                (text("forecast"), text("mean of the last four")), both or (), strict=False
            ):
                shares = (score.wape, score.bias, score.within_5, score.within_10)
                yield ScoreLine(
                    self.skill,
                    what,
                    method_,
                    score.days,
                    score.intervals,
                    *(round(100 * one, 4) for one in shares),
                )

    def estimates(self) -> Iterator[EstimateLine]:
        """Level, factors, scatter and odd days."""
        calls, handling = self.found.of_contacts, self.found.of_aht
        yield self._line(
            text("Level"), text("an ordinary day: contacts, seconds"), *map(self._level, (calls, handling))
        )
        for weekday in range(DAYS_PER_WEEK):
            pair = (_factor(one.days.weekday[weekday] if one else None) for one in (calls, handling))
            yield self._line(text("Weekday"), WEEKDAYS[weekday], *pair)
        for label in calls.days.labels:
            both = (_factor(_of_label(one, label)) for one in (calls, handling))
            yield self._line(
                text("Calendar"), text("any other holiday") if label == HOLIDAY else label, *both
            )
        for on, factor in sorted(self.past.given_factors.items()):
            if on in self.days or self.past.first_day <= on < self.past.end:
                yield self._line(text("Own factor"), str(on), factor, None)
        profiles = [one.profile if one else None for one in (calls, handling)]
        widths = (one.width if one else None for one in profiles)
        yield self._line(text("Profile"), text("smoothed over intervals"), *widths)
        common = (one.common_days if one else None for one in profiles)
        yield self._line(text("Profile"), text("days of all weekdays added"), *common)
        yield self._line(
            text("Scatter"), text("of days, beyond chance (%)"), 100 * self.scatter.of_days, None
        )
        yield self._line(text("Scatter"), text("within days (1 is chance)"), self.scatter.within_days, None)
        for at in calls.unusual_days:
            yield self._line(
                text("Odd day"), str(self.past.days[at]), _factor(float(calls.days.residuals[at])), None
            )

    def notes(self) -> Iterator[str]:
        """What was found, as sentences."""
        yield text(
            "{skill}: {days} of history from {first} to {last}; days scatter by {percent:.1f} % beyond "
            "chance, intervals {times:.1f} times as much as chance.",
            skill=self.skill,
            days=counted(len(self.past.contacts), "day"),
            first=self.past.first_day,
            last=self.past.end - timedelta(days=1),
            percent=100 * self.scatter.of_days,
            times=self.scatter.within_days,
        )
        if self.scored.contacts is not None:
            made, plain = self.scored.contacts
            yield text(
                "{skill}: a week ahead it was off by {wape:.1f} % of the contacts, the mean of the last four "
                "same weekdays by {plain:.1f} %, over {weeks}.",
                skill=self.skill,
                wape=100 * made.wape,
                plain=100 * plain.wape,
                weeks=counted(len(self.scored.origins), "week"),
            )
        else:
            yield text(
                "{skill}: too short for a backtest, which needs three weeks with contacts.", skill=self.skill
            )
        if self.history.left_out:
            yield text(
                "{skill}: {days} of the history from {first} on are not used.",
                skill=self.skill,
                days=counted(self.history.left_out, "day"),
                first=self.days[0],
            )
        far = (self.days[0] - self.past.end).days
        if far >= FAR_DAYS:
            yield text(
                "{skill}: the history ends {days} before the first day; a trend is not carried that far.",
                skill=self.skill,
                days=counted(far, "day"),
            )
        odd = [str(self.past.days[at]) for at in self.found.of_contacts.unusual_days]
        if odd:
            yield text(
                "{skill}: unlike other days, and with little weight: {shown}. Say on Calendar what was then.",
                skill=self.skill,
                shown=listed(odd, _SHOWN),
            )
        for day, label in self.found.unseen:
            is_holiday = HOLIDAY in self.past.labels_of(day) and HOLIDAY in self.found.of_contacts.days.labels
            yield text(
                '{skill}: no day of the history is "{label}", so {day} is foretold as {other}. '
                "Write its Factor on Calendar if you know better.",
                skill=self.skill,
                label=label,
                day=day,
                other=text("holidays are on the whole") if is_holiday else text("if it were not"),
            )
        closed = [
            str(day) for day, row in zip(self.days, self.found.contacts, strict=True) if np.isnan(row).all()
        ]
        if closed:
            yield text(
                "{skill}: closed on {shown}, as such weekdays are in the history.",
                skill=self.skill,
                shown=listed(closed, _SHOWN),
            )

    def _level(self, of: Components | None) -> float | None:
        return None if of is None else exp(of.level(self.past, self.days[0]))

    def _line(self, what: str, which: str, contacts: float | None, aht: float | None) -> EstimateLine:
        rounded = (None if one is None else round(float(one), 3) for one in (contacts, aht))
        return EstimateLine(self.skill, what, which, *rounded)


def _of_label(of: Components | None, label: str) -> float | None:
    """Logarithm of a label's factor; of a holiday by name, with what it has in common with others."""
    if of is None or label not in of.days.labels:
        return None
    common = of.days.labels.get(HOLIDAY, 0.0) if label.startswith(f"{HOLIDAY}: ") else 0.0
    return of.days.labels[label] + common


def _factor(logarithm: float | None) -> float | None:
    """A factor from its logarithm; nothing where it is not known."""
    return None if logarithm is None or np.isnan(logarithm) else exp(logarithm)
