"""How checks read a finished roster: dates, runs of dates, calendar weeks, parts of a duty.

Called by the ``check`` of rules and never by their ``limits``, which count day numbers and windows
instead; a mistake on one side shows against the other.
"""

from calendar import monthrange
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from scheduler.domain.facts.absence import dates_away
from scheduler.domain.facts.problem import Agent, Problem, Window, WorkedDuty
from scheduler.domain.results.roster import Duty, Roster
from scheduler.model.rules.scope import Scope
from scheduler.model.rules.words import Per

ONE_DAY = timedelta(days=1)
Spell = tuple[int, int, date]
"""Start and end of a duty as instants, and the local date that it belongs to."""


def dates_meant(problem: Problem, scope: Scope) -> tuple[date, ...]:
    """The dates of the horizon that lie in the rule's date range and are among those that it names."""
    first = problem.grid.first_day
    horizon = (first + i * ONE_DAY for i in range(problem.grid.days))
    within = (on for on in horizon if (scope.first_day or date.min) <= on <= (scope.last_day or date.max))
    return tuple(on for on in within if is_named(problem, scope, on))


def is_named(problem: Problem, scope: Scope, on: date) -> bool:
    """Whether a date is one of those that the rule names, by themselves, by their weekday or as holidays."""
    named = {*scope.dates, *(on for weekday in scope.weekdays if on.weekday() == weekday)}
    if scope.holidays:
        named |= {one.day for one in problem.holidays if one.kind != "working day"}
    return on in named if scope.weekdays or scope.dates or scope.holidays else True


def counts_the_past(problem: Problem, scope: Scope) -> bool:
    """Whether what was worked before the horizon counts: the rule does not only begin inside it."""
    return (scope.first_day or date.min) <= problem.grid.first_day


def duties_meant(problem: Problem, scope: Scope, roster: Roster) -> Iterator[tuple[Agent, Duty, date]]:
    """Each duty of the agents, dates and templates that are meant, with its agent and its date."""
    meant = set(dates_meant(problem, scope))
    for agent in scope.covered_agents(problem):
        for duty in roster.of(agent.name):
            on = problem.grid.date(duty.day)
            if on in meant and duty.template in (scope.templates or (duty.template,)):
                yield agent, duty, on


def past_dates(problem: Problem, agent: Agent, meant: tuple[date, ...]) -> list[date]:
    """Dates worked before the horizon; none where the rule only begins inside it."""
    first = problem.grid.first_day
    if not meant or meant[0] != first:
        return []
    return sorted({duty.day for duty in agent.history if duty.day < first})


def worked_dates(problem: Problem, agent: Agent, roster: Roster, meant: tuple[date, ...]) -> list[date]:
    """Dates worked, in order: those of the roster that are meant, after those of the history."""
    rostered = {problem.grid.date(duty.day) for duty in roster.of(agent.name)}
    return past_dates(problem, agent, meant) + [on for on in meant if on in rostered]


def of_dates_meant(problem: Problem, dates: Iterable[date], meant: tuple[date, ...]) -> list[date]:
    """Those of these dates that are meant, and those before the horizon unless the rule begins inside it."""
    first = problem.grid.first_day
    looks_back = bool(meant) and meant[0] == first
    return [on for on in dates if on in meant or (looks_back and on < first)]


def free_dates(problem: Problem, agent: Agent, roster: Roster, meant: tuple[date, ...]) -> list[date]:
    """Dates off, in order: those of the roster that are meant, after those since the last duty before it.

    A date away is not one.
    """
    rostered = {problem.grid.date(duty.day) for duty in roster.of(agent.name)}
    past = past_dates(problem, agent, meant)
    idle = (problem.grid.first_day - past[-1]).days - 1 if past else 0
    before = [problem.grid.first_day - i * ONE_DAY for i in range(idle, 0, -1)]
    away = dates_away(problem, agent)
    return [on for on in before if on not in away] + [
        on for on in meant if on not in rostered and on not in away
    ]


def runs(dates: Iterable[date]) -> Iterator[tuple[date, ...]]:
    """Dates in order, cut into runs without a hole."""
    run: list[date] = []
    for on in dates:
        if run and on - run[-1] != ONE_DAY:
            yield tuple(run)
            run = []
        run.append(on)
    if run:
        yield tuple(run)


def too_long(dates: list[date], meant: tuple[date, ...], at_most: int) -> Iterator[tuple[date, ...]]:
    """Runs longer than ``at_most`` that reach into the dates meant."""
    for run in runs(dates):
        if meant and run[-1] >= meant[0] and len(run) > at_most:
            yield run


def too_short(
    problem: Problem,
    agent: Agent,
    dates: list[date],
    meant: tuple[date, ...],
    at_least: int,
    is_closed: bool = False,
) -> Iterator[tuple[date, ...]]:
    """Runs shorter than ``at_least`` whose beginning and end are both in sight.

    A run that ended earlier than the eve of the first date meant is past judging, and so is one that
    meets a date away: nobody knows how long it would have been. With ``is_closed`` the first and the last
    date that are planned are the beginning and the end, where nothing else is known.
    """
    if not meant:
        return
    first_planned = problem.grid.first_day
    last_planned = first_planned + (problem.grid.days - 1) * ONE_DAY
    past_is_known = bool(past_dates(problem, agent, meant)) or (is_closed and meant[0] == first_planned)
    ends_are_known = is_closed and meant[-1] == last_planned
    away = dates_away(problem, agent)
    for run in runs(on for on in dates if on not in away):
        begins_in_sight = (past_is_known or run[0] > meant[0]) and run[0] - ONE_DAY not in away
        ends_in_sight = (ends_are_known or run[-1] < meant[-1]) and run[-1] + ONE_DAY not in away
        ends_in_sight &= run[-1] >= meant[0] - ONE_DAY
        if begins_in_sight and ends_in_sight and len(run) < at_least:
            yield run


def rows_out_of_bounds(
    problem: Problem,
    agent: Agent,
    dates: list[date],
    meant: tuple[date, ...],
    at_least: int | None,
    at_most: int | None,
) -> Iterator[tuple[tuple[date, ...], int]]:
    """Runs that are too long, then those that are too short, each with by how much."""
    if at_most is not None:
        for run in too_long(dates, meant, at_most):
            yield run, len(run) - at_most
    if at_least is not None:
        for run in too_short(problem, agent, dates, meant, at_least):
            yield run, at_least - len(run)


def week_start(problem: Problem, on: date) -> date:
    """The first date of the calendar week that a date lies in."""
    while on.weekday() != problem.week_starts_on:
        on -= ONE_DAY
    return on


def weeks_meant(problem: Problem, meant: tuple[date, ...]) -> dict[date, tuple[date, ...]]:
    """The dates meant by calendar week, whose first date is the key."""
    weeks: dict[date, tuple[date, ...]] = {}
    for on in meant:
        monday = week_start(problem, on)
        weeks[monday] = (*weeks.get(monday, ()), on)
    return weeks


def parts_meant(problem: Problem, meant: tuple[date, ...], per: Per) -> dict[date, tuple[date, ...]]:
    """The dates meant by part of the calendar, whose first date is the key; or all under their first."""
    if per == "week":
        return weeks_meant(problem, meant)
    if per == "horizon":
        return {meant[0]: meant} if meant else {}
    parts: dict[date, list[date]] = {}
    for on in meant:
        parts.setdefault(part_start(problem, on, per), []).append(on)
    return {first: tuple(dates) for first, dates in parts.items()}


def part_start(problem: Problem, on: date, per: Per) -> date:
    """The first date of the calendar week, month, quarter or year that a date lies in."""
    if per == "week":
        return week_start(problem, on)
    first_month = {"quarter": on.month - (on.month - 1) % 3, "year": 1}.get(per, on.month)
    return date(on.year, first_month, 1)


def dates_of_part(
    problem: Problem, scope: Scope, per: Per, first: date, meant: tuple[date, ...]
) -> tuple[date, ...]:
    """All dates of a part of :func:`parts_meant` that the rule names, planned or not."""
    if per == "horizon":
        return meant
    last = first + 6 * ONE_DAY
    if per != "week":
        month = first.month + {"quarter": 2, "year": 11}.get(per, 0)
        last = date(first.year, month, monthrange(first.year, month)[1])
    dates = (first + i * ONE_DAY for i in range((last - first).days + 1))
    return tuple(on for on in dates if is_named(problem, scope, on))


def is_whole(
    problem: Problem, scope: Scope, agent: Agent, dates: Iterable[date], meant: Container[date]
) -> bool:
    """Whether each of these dates is either meant, or before the horizon and known from the history."""
    is_known = bool(agent.history) and counts_the_past(problem, scope)
    return all(on in meant or (on < problem.grid.first_day and is_known) for on in dates)


def spells(problem: Problem, agent: Agent, roster: Roster) -> list[Spell]:
    """Every duty of the agent in order of time, history first."""
    grid, zone = problem.grid, problem.zone_of(agent)
    past = sorted(
        (grid.instant(duty.start, zone), grid.instant(duty.end, zone), duty.day)
        for duty in agent.history
        if duty.day < grid.first_day
    )
    return past + [(duty.start, duty.end, grid.date(duty.day)) for duty in roster.of(agent.name)]


def wall_clock(problem: Problem, agent: Agent, duty: Duty) -> int:
    """Minutes that the agent's wall clock shows at the start, counted from midnight of the duty's date."""
    shown = problem.grid.local(duty.start, problem.zone_of(agent)).replace(tzinfo=None)
    midnight = datetime.combine(problem.grid.date(duty.day), datetime.min.time())
    return round((shown - midnight).total_seconds() / 60)


def wall_clocks(problem: Problem, agent: Agent, roster: Roster) -> dict[date, list[int]]:
    """The clock of every start by the date of its duty, those before the horizon too."""
    clocks: dict[date, list[int]] = {}
    for past in agent.history:
        if past.day < problem.grid.first_day and past.start.date() == past.day:
            since = past.start - datetime.combine(past.day, datetime.min.time())
            clocks.setdefault(past.day, []).append(round(since.total_seconds() / 60))
    for duty in roster.of(agent.name):
        clocks.setdefault(problem.grid.date(duty.day), []).append(wall_clock(problem, agent, duty))
    return clocks


def minutes_where(
    problem: Problem,
    agent: Agent,
    duty: Duty,
    windows: Iterable[Window],
    bad: Callable[[int], bool],
) -> int:
    """Minutes of a duty that are bad, judged part by part between the windows' edges and midnights."""
    grid, zone = problem.grid, problem.zone_of(agent)
    edges = {duty.start, duty.end}
    for window in windows:
        edges |= {grid.instant(window.start, zone), grid.instant(window.end, zone)}
    edges |= {grid.day_start(duty.day + later, zone) for later in range(1, 4)}
    inside = sorted(edge for edge in edges if duty.start <= edge <= duty.end)
    return sum(end - begin for begin, end in pairwise(inside) if bad(begin))


def near(problem: Problem, windows: Iterable[Window]) -> dict[int, list[Window]]:
    """For each day the windows that its duties can meet: they may start as late as two dates after it."""
    grid = problem.grid
    met: dict[int, list[Window]] = {}
    for window in windows:
        first = grid.day_index(window.start.date()) - 4
        last = grid.day_index(window.end.date()) + 1
        for day in range(max(0, first), min(grid.days - 1, last) + 1):
            met.setdefault(day, []).append(window)
    return met


def lies_in(problem: Problem, agent: Agent, windows: Iterable[Window], instant: int) -> bool:
    """Whether an instant lies in one of these windows of local time."""
    grid, zone = problem.grid, problem.zone_of(agent)
    return any(
        grid.instant(window.start, zone) <= instant < grid.instant(window.end, zone) for window in windows
    )


def numbers(problem: Problem, dates: Iterable[date]) -> tuple[int, ...]:
    """Day numbers of those dates that lie in the horizon, for a violation's ``days``."""
    days = (problem.grid.day_index(on) for on in dates)
    return tuple(day for day in days if 0 <= day < problem.grid.days)


def duties_of_part(
    problem: Problem,
    agent: Agent,
    roster: Roster,
    scope: Scope,
    every: Container[date],
    meant: tuple[date, ...],
) -> tuple[list[WorkedDuty], list[Duty]]:
    """The duties of a part: those from before the horizon, where they count, and those of the roster.

    Parameters
    ----------
    every
        All dates of the part.
    meant
        Those of them that are meant.
    """
    first = problem.grid.first_day
    counts = counts_the_past(problem, scope)
    past = [duty for duty in agent.history if counts and duty.day in every and duty.day < first]
    days = map(problem.grid.day_index, meant)
    return past, [duty for day in days for duty in roster.on(agent.name, day)]


def beyond(known: int, planned: int, at_least: int | None, at_most: int | None) -> int:
    """How far ``known + planned`` is outside its bounds; an excess of ``known`` alone counts nothing."""
    if at_least is not None and known + planned < at_least:
        return at_least - known - planned
    if at_most is not None and known + planned > at_most:
        return min(planned, known + planned - at_most)
    return 0


def intervals_by_date(problem: Problem, meant: tuple[date, ...]) -> dict[date, range]:
    """The intervals that start on each of these dates of the campaign's calendar."""
    by_date = {on: range(0) for on in meant}
    for interval in range(problem.grid.intervals):
        on = problem.grid.interval_start(interval).date()
        if on in by_date:
            first = by_date[on].start if by_date[on] else interval
            by_date[on] = range(first, interval + 1)
    return by_date


def sum_over(minutes: Mapping[str, Sequence[int]], skill: str, intervals: range) -> int:
    """Agent-minutes of a skill over some intervals; nothing is counted for a skill that is not listed."""
    return sum(minutes[skill][interval] for interval in intervals) if minutes.get(skill) else 0


def changes_of(spans: Iterable[tuple[int, int]]) -> dict[int, int]:
    """By how many the number of spans that hold changes, by instant."""
    changes: dict[int, int] = {}
    for start, end in spans:
        changes[start] = changes.get(start, 0) + 1
        changes[end] = changes.get(end, 0) - 1
    return changes


def beyond_at_once(changes: Mapping[int, int], at_most: int, since: int, until: int) -> int:
    """Minutes between two instants in which more than ``at_most`` hold, for each that is too many."""
    there = sum(change for instant, change in changes.items() if instant <= since)
    within = sorted(instant for instant in changes if since < instant < until)
    over = 0
    for begin, end in pairwise([since, *within, until]):
        there += changes[begin] if begin > since else 0
        over += max(0, there - at_most) * (end - begin)
    return over
