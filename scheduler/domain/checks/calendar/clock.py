"""Effects of a change of clock on an input: intervals that it cuts, times that it skips or shows twice.

Nothing is moved or dropped here: the engine and the verifier leave out starts that no clock shows, and read
other skipped times as if the clock had not changed yet. These findings say so, and what to write instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from scheduler.domain.facts.problem import Agent, Headcount, Pin, Problem, ShiftTemplate
from scheduler.domain.findings.faults import GRAIN_MINUTES, FactPath, error, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.grid import MINUTES_PER_DAY, TimeGrid
from scheduler.domain.values.words import clock_words, either, hours_words
from scheduler.texts import text, text_n


@dataclass(frozen=True)
class Clock:
    """One zone's clock over the horizon."""

    grid: TimeGrid
    zone: str

    @cached_property
    def _is_even(self) -> dict[date, bool]:
        return {}

    def is_even(self, on: date) -> bool:
        """Whether the date has 24 hours; nothing is skipped then, nor shown twice."""
        if on not in self._is_even:
            day = self.grid.day_index(on)
            length = self.grid.day_start(day + 1, self.zone) - self.grid.day_start(day, self.zone)
            self._is_even[on] = length == MINUTES_PER_DAY
        return self._is_even[on]

    def is_skipped(self, moment: datetime) -> bool:
        """Whether the clock never shows that local time."""
        return not self.is_even(moment.date()) and self.read_as(moment) != moment

    def is_twice(self, moment: datetime) -> bool:
        """Whether the clock shows that local time twice."""
        return (
            not self.is_even(moment.date())
            and not self.is_skipped(moment)
            and self.grid.instant(moment, self.zone) != self.grid.instant(moment.replace(fold=1), self.zone)
        )

    def read_as(self, moment: datetime) -> datetime:
        """What the clock shows at the instant that a local time is read as."""
        return self.shows_after(moment, 0)

    def shows_after(self, moment: datetime, minutes: int) -> datetime:
        """What the clock shows so many elapsed minutes after a local time."""
        instant = self.grid.instant(moment, self.zone) + minutes
        return self.grid.local(instant, self.zone).replace(tzinfo=None, fold=0)

    def next_shown(self, moment: datetime) -> datetime:
        """The first time after a skipped one that the clock shows and at which a shift may start."""
        step = timedelta(minutes=GRAIN_MINUTES)
        while self.is_skipped(moment):
            moment += step
        return moment

    def on_day(self, day: int, clock_minute: int) -> datetime:
        """The local time of ``clock_minute`` (1500 is 01:00 the next day) on a day of the horizon."""
        return datetime.combine(self.grid.date(day), time()) + timedelta(minutes=clock_minute)

    @cached_property
    def uneven_days(self) -> list[int]:
        """Days on which duties may start or go on while the clock is changed."""
        days = range(self.grid.days)
        return [day for day in days if any(not self.is_even(self.grid.date(day + by)) for by in (0, 1, 2))]


def clock_faults(problem: Problem) -> Iterator[Finding]:
    """Findings on changes of the campaign's and the agents' clocks."""
    grid = problem.grid
    clocks = clocks_of(problem)
    campaign = Clock(grid, grid.time_zone)
    yield from _cut_intervals(campaign)
    yield from _days_that_are_not(campaign, ("grid", "first_day"))
    for zone, (clock, index) in clocks.items():
        path = ("agents", index, "time_zone")
        if zone != grid.time_zone:
            yield from _days_that_are_not(clock, path)
        if any(grid.day_start(day, zone) % GRAIN_MINUTES for day in range(grid.days + 1)):
            yield error(
                path,
                text(
                    'the clock "{zone}" does not differ from the campaign\'s, "{time_zone}", by a '
                    "multiple of {grain_minutes} minutes.",
                    zone=zone,
                    time_zone=grid.time_zone,
                    grain_minutes=GRAIN_MINUTES,
                ),
            )
    yield from _starts_at_a_change(problem, {zone: clock for zone, (clock, _) in clocks.items()})
    yield from _moments_at_a_change(problem, {zone: clock for zone, (clock, _) in clocks.items()})


def clocks_of(problem: Problem) -> dict[str, tuple[Clock, int]]:
    """The clock of every zone that agents have, with the first agent who has it."""
    found: dict[str, tuple[Clock, int]] = {}
    for index, agent in enumerate(problem.agents):
        zone = problem.zone_of(agent)
        if zone not in found:
            found[zone] = Clock(problem.grid, zone), index
    return found


def _cut_intervals(clock: Clock) -> Iterator[Finding]:
    """A change of clock by a fraction of an interval, after which intervals begin at no round time."""
    grid = clock.grid
    for day in range(grid.days):
        change = abs(grid.day_start(day + 1) - grid.day_start(day) - MINUTES_PER_DAY)
        if change % grid.interval_minutes and change < MINUTES_PER_DAY:
            fitting = [length for length in (5, 10, 15, 30, 60) if change % length == 0]
            yield error(
                ("grid", "interval_minutes"),
                text(
                    'the clock of "{zone}" is changed by {change} on {day}, which is no multiple of the '
                    "interval of {interval_minutes} minutes.",
                    zone=clock.zone,
                    change=hours_words(change),
                    day=grid.date(day),
                    interval_minutes=grid.interval_minutes,
                ),
                text("Take intervals of {fitting} minutes.", fitting=either([*map(str, fitting)]))
                if fitting
                else text("Plan the days before and after it apart."),
            )
            return


def _days_that_are_not(clock: Clock, path: FactPath) -> Iterator[Finding]:
    """Dates that a zone left out when it crossed the date line."""
    grid = clock.grid
    for day in range(grid.days):
        if grid.day_start(day + 1, clock.zone) <= grid.day_start(day, clock.zone):
            yield error(
                path,
                text('{day} does not exist on the clock of "{zone}".', day=grid.date(day), zone=clock.zone),
                text("Plan the days before and after it apart."),
            )


def _starts_at_a_change(problem: Problem, clocks: dict[str, Clock]) -> Iterator[Finding]:
    """Starts of shifts, and windows of breaks by the clock, that a change skips or shows twice."""
    zones = zones_by_template(problem)
    for index, template in enumerate(problem.templates):
        for zone in sorted(zones.get(template.name, ())):
            clock = clocks[zone]
            for day in clock.uneven_days:
                if problem.grid.weekday(day) in template.weekdays:
                    yield from _starts_on(clock, day, ("templates", index), template)


def zones_by_template(problem: Problem) -> dict[str, set[str]]:
    """The zones of those who may work a shift, by its name."""
    zones: dict[str, set[str]] = {}
    for agent in problem.agents:
        contract = problem.contract_named.get(agent.contract)
        for name in contract.templates if contract else ():
            zones.setdefault(name, set()).add(problem.zone_of(agent))
    return zones


def _starts_on(clock: Clock, day: int, path: FactPath, template: ShiftTemplate) -> Iterator[Finding]:
    starts = [clock.on_day(day, start) for start in template.starts]
    whose = text('shift "{name}"', name=template.name)
    skipped = [start for start in starts if clock.is_skipped(start)]
    if skipped and len(skipped) == len(starts):
        yield warning(
            (*path, "earliest_start"),
            text(
                '{whose}: {these} does not exist on {first:%Y-%m-%d}, when the clock of "{zone}" is put '
                "forward: nobody can start it then.",
                whose=whose,
                these=_these(skipped, starts),
                first=skipped[0],
                zone=clock.zone,
            ),
            text(
                "Let it start at {next_shown:%H:%M} too, or expect nobody on it.",
                next_shown=clock.next_shown(skipped[-1]),
            ),
        )
    elif skipped:
        yield warning(
            (*path, "earliest_start"),
            text_n(
                '{whose}: {these} does not exist on {first:%Y-%m-%d}, when the clock of "{zone}" is put '
                "forward; the others stay.",
                '{whose}: {these} do not exist on {first:%Y-%m-%d}, when the clock of "{zone}" is put '
                "forward; the others stay.",
                len(skipped),
                whose=whose,
                these=_these(skipped, starts),
                first=skipped[0],
                zone=clock.zone,
            ),
        )
    twice = [start for start in starts if clock.is_twice(start)]
    if twice:
        yield warning(
            (*path, "earliest_start"),
            text_n(
                '{whose}: {these} comes twice on {first:%Y-%m-%d}, when the clock of "{zone}" is put back; '
                "the first time is meant.",
                '{whose}: {these} come twice on {first:%Y-%m-%d}, when the clock of "{zone}" is put back; '
                "the first time is meant.",
                len(twice),
                whose=whose,
                these=_these(twice, starts),
                first=twice[0],
                zone=clock.zone,
            ),
        )
    for at, band in enumerate(template.breaks):
        for number, pause in enumerate(band.breaks):
            for key in ("earliest_start", "latest_start") if pause.measured_from == "clock" else ():
                moment = clock.on_day(day, getattr(pause, key))
                if clock.is_skipped(moment):
                    yield warning(
                        (*path, "breaks", at, "breaks", number, key),
                        text(
                            'break "{pause}" of {whose}: {not_shown}',
                            pause=pause.name,
                            whose=whose,
                            not_shown=_not_shown(clock, moment),
                        ),
                    )


def _these(some: list[datetime], starts: list[datetime]) -> str:
    """Some of a shift's starts: ``its start 02:30``, ``4 of its 12 starts (02:00 to 02:45)``."""
    if len(some) == 1:
        return (
            text("its only start {first:%H:%M}", first=some[0])
            if len(starts) == 1
            else text("its start {first:%H:%M}", first=some[0])
        )
    few = (
        text("{some} of its {starts} starts", some=len(some), starts=len(starts))
        if len(some) < len(starts)
        else text("each of its starts")
    )
    return text("{few} ({first:%H:%M} to {last:%H:%M})", few=few, first=some[0], last=some[-1])


def _not_shown(clock: Clock, moment: datetime) -> str:
    return text(
        '{moment:%Y-%m-%d %H:%M} does not exist on the clock of "{zone}", which is put forward then; it is '
        "read as {read_as:%H:%M}.",
        moment=moment,
        zone=clock.zone,
        read_as=clock.read_as(moment),
    )


def _moments_at_a_change(problem: Problem, clocks: dict[str, Clock]) -> Iterator[Finding]:
    """Times of windows and of history that a change skips or shows twice, each told once for all agents."""
    found: dict[tuple[str, datetime], tuple[FactPath, int]] = {}
    for index, agent in enumerate(problem.agents):
        clock = clocks[problem.zone_of(agent)]
        for key in ("available", "unavailable", "time_off", "history"):
            for at, entry in enumerate(getattr(agent, key)):
                for side in ("start", "end"):
                    moment: datetime = getattr(entry, side)
                    if not clock.is_even(moment.date()):
                        first, times = found.get((clock.zone, moment), (("agents", index, key, at, side), 0))
                        found[clock.zone, moment] = first, times + 1
    for (zone, moment), (path, times) in found.items():
        clock = clocks[zone]
        said = "" if times == 1 else text("It stands here {times} times.", times=times)
        if clock.is_skipped(moment):
            yield warning(path, _not_shown(clock, moment), said)
        elif clock.is_twice(moment):
            yield warning(
                path,
                text(
                    '{moment:%Y-%m-%d %H:%M} comes twice on the clock of "{zone}", which is put back then; '
                    "the first time is meant.",
                    moment=moment,
                    zone=zone,
                ),
                said,
            )


def headcount_clock_faults(problem: Problem) -> Iterator[Finding]:
    """People who are asked for on a day on which no start of their shift exists."""
    zones = {problem.zone_of(agent) for agent in problem.agents}
    clocks = [Clock(problem.grid, zone) for zone in sorted(zones)]
    days = sorted({day for clock in clocks for day in clock.uneven_days})
    for index, wanted in enumerate(problem.headcounts):
        template = problem.template_named[wanted.template]
        for day in days:
            if wanted.required[day] and problem.grid.weekday(day) in template.weekdays:
                yield from _nobody_can_start(
                    clocks, day, ("headcounts", index, "required", day), wanted, template
                )


def _nobody_can_start(
    clocks: list[Clock], day: int, path: FactPath, wanted: Headcount, template: ShiftTemplate
) -> Iterator[Finding]:
    if all(has_no_start(clock, day, template) for clock in clocks):
        asked = wanted.required[day] or 0
        yield warning(
            path,
            text_n(
                '"{row}": {asked:,} person is asked for on {day}, but no start of shift "{template}" '
                "exists then: the clock is put forward.",
                '"{row}": {asked:,} people are asked for on {day}, but no start of shift "{template}" '
                "exists then: the clock is put forward.",
                asked,
                row=wanted.row,
                asked=asked,
                day=clocks[0].grid.date(day),
                template=template.name,
            ),
            text("Write 0 for that day, or let the shift start at another time too."),
        )


def has_no_start(clock: Clock, day: int, template: ShiftTemplate) -> bool:
    """Whether the clock skips every start of a shift on a day."""
    return all(clock.is_skipped(clock.on_day(day, start)) for start in template.starts)


def pin_clock_faults(problem: Problem, path: FactPath, agent: Agent, pin: Pin) -> Iterator[Finding]:
    """Times of what is fixed that the agent's clock skips or shows twice."""
    clock = Clock(problem.grid, problem.zone_of(agent))
    day = problem.grid.day_index(pin.day)
    fixed: list[tuple[FactPath, str, int]] = (
        [((*path, "start"), "start", pin.start)] if pin.start is not None else []
    )
    fixed += [((*path, "break_starts", at), "break", start) for at, start in enumerate(pin.break_starts)]
    for where, what, minutes in fixed:
        moment = clock.on_day(day, minutes)
        whose = (
            text(
                "{agent} on {day}: the start at {minutes}",
                agent=agent.name,
                day=pin.day,
                minutes=clock_words(minutes),
            )
            if what == "start"
            else text(
                "{agent} on {day}: the break at {minutes}",
                agent=agent.name,
                day=pin.day,
                minutes=clock_words(minutes),
            )
        )
        if clock.is_skipped(moment):
            yield error(
                where,
                text(
                    '{whose} does not exist: the clock of "{zone}" is put forward then.',
                    whose=whose,
                    zone=clock.zone,
                ),
                text("Write {next_shown:%H:%M}, or leave it open.", next_shown=clock.next_shown(moment)),
            )
        elif clock.is_twice(moment):
            yield warning(
                where,
                text(
                    '{whose} comes twice, as the clock of "{zone}" is put back then; the first time is '
                    "meant.",
                    whose=whose,
                    zone=clock.zone,
                ),
            )
    template = problem.template_named.get(pin.template or "")
    if template and pin.start is None and template.starts and has_no_start(clock, day, template):
        yield error(
            (*path, "template"),
            text(
                '{agent} on {day}: no start of shift "{template}" exists then, as the clock of "{zone}" is '
                "put forward.",
                agent=agent.name,
                day=pin.day,
                template=template.name,
                zone=clock.zone,
            ),
            text("Fix another shift, or none."),
        )
