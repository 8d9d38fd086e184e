"""The next horizon's problem and rules, made of this one's and of its roster.

Called by the app. Facts that come again every week are laid over the new days; facts of a date are kept where
the date is still to come, and dropped where it is past. What is dropped, and what nobody can know, is told
in a note each: the result is a proposal to look through, not a plan.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from scheduler.demand.requirement import with_requirement
from scheduler.domain.facts.agent import Agent
from scheduler.domain.facts.demand import Demand
from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.spreading import with_usual
from scheduler.domain.facts.usual import dates_of
from scheduler.domain.facts.volumes import Volumes
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.grid import DAYS_PER_WEEK, TimeGrid
from scheduler.domain.values.words import counted, listed
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import Rule
from scheduler.rolling.balances import balances_of
from scheduler.rolling.demand import Moved, moved
from scheduler.rolling.history import history_of, reach_days
from scheduler.rolling.points import points_of
from scheduler.rolling.scenarios import still_to_come
from scheduler.texts import text, text_n

_SHOWN = 5
_WEEKEND = 2
_Dropped = list[tuple[str, date]]
"""Whose entry was dropped, and of which day."""


@dataclass(frozen=True)
class NextWeek:
    """The next horizon, and what a planner should know of how it was made.

    Parameters
    ----------
    notes
        Sentences: what was dropped, with how many and the first of them, and what to look at.
    """

    problem: Problem
    rules: RuleBook
    notes: tuple[str, ...]


def moved_on(problem: Problem, rules: RuleBook, roster: Roster, first_day: date | None = None) -> NextWeek:
    """The next horizon.

    Parameters
    ----------
    first_day
        Its first day. Where ``None`` it is the day after the last one, or that after a weekend of which
        nothing is known, so that Monday to Friday are followed by Monday to Friday.
    """
    old = problem.grid
    new = old.model_copy(update={"first_day": first_day or _next_day(problem)})
    notes: list[str] = []
    given = problem.with_given_demand().demand
    wanted = moved(given, problem.headcounts, problem.volumes, old, new)
    reach = reach_days(rules)
    dropped: dict[str, _Dropped] = {}
    agents = []
    staying = [one for one in problem.agents if one.leaves_on is None or one.leaves_on >= new.first_day]
    points = points_of(problem, rules, roster)
    kept, gone = _rules(rules, {agent.name for agent in staying}, new.first_day)
    balances = balances_of(problem, kept, gone, roster, new.first_day)
    for agent in staying:
        facts = _kept(agent, problem, new, dropped)
        facts["history"] = history_of(problem, agent, roster, new, reach)
        facts["fair_points"] = points[agent.name]
        facts["balances"] = balances[agent.name]
        agents.append(agent.model_copy(update=facts))
    scenarios, scenario_notes = still_to_come(problem.scenarios, new.first_day)
    fields = {
        "grid": new,
        "history_until": min(old.date(old.days - 1), new.date(-1)),
        "demand": wanted.demand,
        "headcounts": wanted.headcounts,
        "volumes": wanted.volumes,
        "requirement": (),
        "scenarios": scenarios,
        "agents": tuple(agents),
    }
    notes += _left_notes([agent.name for agent in problem.agents if agent not in staying])
    notes += _dropped_notes(dropped)
    notes += _looked_back_notes(agents, new.first_day)
    notes += _name_notes(problem.name)
    notes += _rule_notes(gone)
    notes += _holiday_notes(problem, new)
    notes += _demand_notes(problem, wanted, new)
    notes += scenario_notes
    moved_problem = with_requirement(with_usual(problem.model_copy(update=fields)))
    return NextWeek(moved_problem, kept, tuple(notes))


def _next_day(problem: Problem) -> date:
    grid = problem.grid
    known = {grid.weekday(day) for day in range(grid.days)}
    by_interval: tuple[Demand | Volumes, ...] = (*problem.demand, *problem.volumes)
    known.update(weekday for one in by_interval for usual in one.usual for weekday in usual.weekdays)
    dated = {later.day for one in by_interval for later in one.later}
    dated |= {later.day for wanted in problem.headcounts for later in wanted.later}
    days = range(grid.days, grid.days + _WEEKEND + 1)
    worked = (day for day in days if grid.weekday(day) in known or grid.date(day) in dated)
    return grid.date(next(worked, grid.days))


def _kept(agent: Agent, problem: Problem, new: TimeGrid, dropped: dict[str, _Dropped]) -> dict[str, Any]:
    """An agent's facts of single days that are still to come; those that come again are laid anew."""
    old, first = problem.grid, new.first_day
    # absence of the week before counts in hours, and in days in a row
    since = {
        "available": first,
        "unavailable": first - timedelta(days=1),
        "time_off": first - timedelta(days=DAYS_PER_WEEK),
    }
    again: dict[str, set[Any]] = {key: set() for key in since}
    for usual in agent.usual_windows:
        again[usual.kind].update(usual.windows(old))
    facts: dict[str, Any] = {}
    for key, day in since.items():
        single = [one for one in getattr(agent, key) if (one.start, one.end) not in again[key]]
        facts[key] = tuple(one for one in single if one.last_day >= day)
        gone = [(agent.name, one.start.date()) for one in single if one.last_day < day]
        dropped.setdefault(key, []).extend(gone)
    wished = {
        (on, wish.template, wish.wanted) for wish in agent.usual_wishes for on in dates_of(wish.weekdays, old)
    }
    wishes = [one for one in agent.shift_wishes if (one.day, one.template, one.wanted) not in wished]
    free = [on for on in agent.preferred_days_off if on not in dates_of(agent.usual_days_off, old)]
    facts["shift_wishes"] = tuple(wish for wish in wishes if wish.day >= first)
    facts["preferred_days_off"] = tuple(on for on in free if on >= first)
    facts["pins"] = tuple(pin for pin in agent.pins if pin.day >= first)
    facts["usual_windows"] = tuple(
        usual
        for usual in agent.usual_windows
        if usual.last_day is None or usual.last_day >= since[usual.kind]
    )
    for key, days in (
        ("shift_wishes", [wish.day for wish in wishes]),
        ("preferred_days_off", free),
        ("pins", [pin.day for pin in agent.pins]),
    ):
        dropped.setdefault(key, []).extend((agent.name, on) for on in days if on < first)
    return facts


def _rules(rules: RuleBook, agents: set[str], first: date) -> tuple[RuleBook, list[str]]:
    """The rules that still hold for somebody on some day, and the names of the others."""
    kept: list[Rule] = []
    gone = []
    for rule in rules.rules:
        scope = rule.scope
        named = tuple(name for name in scope.agents if name in agents)
        if (scope.last_day is not None and scope.last_day < first) or (scope.agents and not named):
            gone.append(rule.name)
        elif named != scope.agents:
            kept.append(rule.model_copy(update={"scope": scope.model_copy(update={"agents": named})}))
        else:
            kept.append(rule)
    stand = [  # in place of a rule that no longer holds they stand for themselves
        rule.model_copy(update={"instead_of": ""}) if rule.instead_of in gone else rule for rule in kept
    ]
    return RuleBook(rules=tuple(stand)), gone


def _dropped_notes(dropped: dict[str, _Dropped]) -> Iterator[str]:
    kinds = {
        "available": text("availability"),
        "unavailable": text("unavailability"),
        "time_off": text("time off"),
        "pins": text("what was fixed"),
        "shift_wishes": text("wishes"),
        "preferred_days_off": text("preferred days off"),
    }
    for key, kind in kinds.items():
        entries = dropped.get(key, [])
        if entries:
            agent, on = entries[0]
            yield text_n(
                "{entries} of {kind} is past and left out: {agent} on {on}.",
                "{entries} of {kind} are past and left out, first {agent} on {on}.",
                len(entries),
                entries=counted(len(entries), "entry", "entries"),
                kind=kind,
                agent=agent,
                on=on,
            )


def _looked_back_notes(agents: Sequence[Agent], first: date) -> Iterator[str]:
    """Absences that are past and stay, for hours and days in a row count across the two weeks."""
    past = [
        (one.name, leave.start.date()) for one in agents for leave in one.time_off if leave.last_day < first
    ]
    if past:
        agent, on = past[0]
        yield text_n(
            "{entries} of time off of the week before stays ({agent} on {on}): rules that look back read it.",
            "{entries} of time off of the week before stay (first {agent} on {on}): rules that look back "
            "read them.",
            len(past),
            entries=counted(len(past), "entry", "entries"),
            agent=agent,
            on=on,
        )


def _name_notes(name: str) -> Iterator[str]:
    """A name that seems to say which week it is of."""
    if any(sign.isdecimal() for sign in name):
        yield text('The name stays "{name}"; write the new one on Settings.', name=name)


def _left_notes(gone: Sequence[str]) -> Iterator[str]:
    if gone:
        yield text_n(
            "{agents} has left and is left out: {names}.",
            "{agents} have left and are left out: {names}.",
            len(gone),
            agents=counted(len(gone), "agent"),
            names=listed(gone, _SHOWN),
        )


def _rule_notes(gone: Sequence[str]) -> Iterator[str]:
    if gone:
        yield text(
            "{rules} held until a day that is past, or for nobody who is left, and is left out: {names}.",
            rules=counted(len(gone), "rule"),
            names=listed(gone, _SHOWN),
        )


def _demand_notes(problem: Problem, wanted: Moved, new: TimeGrid) -> Iterator[str]:
    if wanted.unknown:
        yield text(
            "Nothing is known of what is needed on {days}, since these weekdays were not planned: they count "
            "as closed.",
            days=_dates(wanted.unknown),
        )
    if wanted.closed:
        yield text(
            "What was needed on {days} by date does not come again, and no row says what is needed on other "
            "days of that weekday: nobody is wanted on {closed}. Add rows for it, if it is not closed.",
            days=_dates(wanted.alone),
            closed=_dates(wanted.closed),
        )
    of_weekday = tuple(on for on in wanted.exceptions if on not in wanted.alone)
    if of_weekday:
        yield text(
            "What was needed on {days} by date does not come again; its weekday counts.",
            days=_dates(of_weekday),
        )
    if wanted.skipped:
        yield text(
            "What is needed on {days} by date lies before {first_day} and is left out.",
            days=_dates(wanted.skipped),
            first_day=new.first_day,
        )
    if wanted.overridden:
        yield text(
            "What overrode the requirement on {days} does not come again.", days=_dates(wanted.overridden)
        )
    if problem.demand or problem.headcounts:
        yield " ".join(_sources(wanted, new.days, is_by_interval=bool(problem.demand)))


def _holiday_notes(problem: Problem, new: TimeGrid) -> Iterator[str]:
    """Public holidays among the new days, on which as many are needed as on any such weekday."""
    days = range(new.days)
    found = [
        one for one in problem.holidays if new.day_index(one.day) in days and one.kind == "public holiday"
    ]
    if found:
        yield text(
            "Holidays lie in these days: {holidays}. What is needed then is as on other days, and nobody has "
            "the day off by itself.",
            holidays=", ".join(f"{one.day} ({one.name})" for one in found),
        )


def _sources(wanted: Moved, days: int, *, is_by_interval: bool) -> Iterator[str]:
    """Of how many days what is needed stands there by date, and of how many it is that of a weekday."""
    by_number: dict[int, list[str]] = {}
    for name, own in wanted.own:
        by_number.setdefault(own, []).append(name)
    holidays = text("Look at holidays, those of the new days and those that lay in the old ones.")
    if is_by_interval:
        holidays += text(" A row on Demand with a date, no Start and 0 closes that day.")
    if set(by_number) == {0}:
        yield text("What is needed is that of the same weekdays.")
        yield holidays
    else:
        shown = [
            text("{own} of {days} ({names})", own=own, days=counted(days, "day"), names=listed(names, _SHOWN))
            for own, names in sorted(by_number.items(), reverse=True)
        ]
        yield text("What is needed is what was given by date for {shown}.", shown="; ".join(shown))
        if by_number.keys() - {days}:
            yield text("On the other days it is that of the same weekdays.")
            yield holidays
    if wanted.kept:
        yield text("Numbers of {days} stay for the weeks after.", days=counted(len(wanted.kept), "later day"))


def _dates(days: Iterable[date]) -> str:
    return listed([str(on) for on in days], _SHOWN)
