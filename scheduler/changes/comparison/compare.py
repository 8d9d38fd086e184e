"""Two rosters, day by day and person by person."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from scheduler.changes.comparison.input_differences import input_differences
from scheduler.domain.changes.comparison import Change, Comparison, Differs, Figures
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.duty_words import breaks_words, day_words
from scheduler.domain.results.outcome import Report
from scheduler.domain.results.roster import AgentDay, Duty, PlacedBreak, Roster
from scheduler.model.calendar.absences import pay_for_time_off
from scheduler.model.rules.book import RuleBook


def compare(
    problem: Problem,
    rules: RuleBook,
    before: tuple[Roster, Report],
    after: tuple[Roster, Report],
    *,
    other: tuple[Problem, RuleBook] | None = None,
    reasons: Mapping[AgentDay, str] | None = None,
) -> Comparison:
    """What differs between two rosters, and by how much.

    Parameters
    ----------
    before, after
        The rosters, each with the verifier's report on it.
    other
        The input of the second roster, where it is not the first one's.
    reasons
        Why days were changed, by agent and day of the first horizon; for those who changed them.
    """
    problem_after, rules_after = other or (problem, rules)
    return Comparison(
        currency=problem.currency,
        changes=tuple(changes_between(problem, before[0], after[0], problem_after, reasons=reasons)),
        before=Figures.of(*before, _pay_for_absence(problem)),
        after=Figures.of(*after, _pay_for_absence(problem_after)),
        input_differences=input_differences(problem, rules, problem_after, rules_after),
    )


def _pay_for_absence(problem: Problem) -> int:
    return sum(pay_for_time_off(problem, agent) for agent in problem.agents)


def changes_between(
    problem: Problem,
    before: Roster,
    after: Roster,
    other: Problem | None = None,
    *,
    reasons: Mapping[AgentDay, str] | None = None,
) -> Iterator[Change]:
    """Every person and day on which two rosters differ, in the order of the agents, then of the days.

    Parameters
    ----------
    other
        The problem of the second roster, where it is not the first one's; horizons may differ.
    reasons
        Why days were changed, by agent and day.
    """
    then = other or problem
    old, new = _by_agent_day(before), _by_agent_day(moved(after, then, problem))
    order = dict.fromkeys(
        [*problem.agent_named, *then.agent_named, *(agent for agent, _ in (*old, *new))], None
    )
    rank = {agent: position for position, agent in enumerate(order)}
    for agent, day in sorted(old.keys() | new.keys(), key=lambda key: (rank[key[0]], key[1])):
        was, becomes = old.get((agent, day), ()), new.get((agent, day), ())
        differs = tuple(_differs(was, becomes))
        if differs:
            yield _change(problem, then, agent, day, was, becomes, differs, (reasons or {}).get((agent, day)))


def _by_agent_day(roster: Roster) -> dict[AgentDay, tuple[Duty, ...]]:
    days: dict[AgentDay, list[Duty]] = defaultdict(list)
    for duty in sorted(roster.duties, key=lambda duty: (duty.start, duty.end)):
        days[duty.agent, duty.day].append(duty)
    return {key: tuple(duties) for key, duties in days.items()}


def moved(roster: Roster, of: Problem, to: Problem) -> Roster:
    """The roster with days and instants counted in the horizon of another problem."""
    days = to.grid.day_index(of.grid.first_day)
    minutes = round((of.grid.origin - to.grid.origin).total_seconds() / 60)
    if days == minutes == 0:
        return roster
    return Roster(
        duties=tuple(
            duty.model_copy(
                update={
                    "day": duty.day + days,
                    "start": duty.start + minutes,
                    "end": duty.end + minutes,
                    "breaks": tuple(
                        pause.model_copy(update={"start": pause.start + minutes}) for pause in duty.breaks
                    ),
                }
            )
            for duty in roster.duties
        )
    )


def _differs(was: Sequence[Duty], becomes: Sequence[Duty]) -> Iterator[Differs]:
    if bool(was) != bool(becomes):
        yield Differs.FREEDOM
        return
    if [duty.template for duty in was] != [duty.template for duty in becomes]:
        yield Differs.TEMPLATE
    if [duty.start for duty in was] != [duty.start for duty in becomes]:
        yield Differs.START
    if [duty.elapsed_minutes for duty in was] != [duty.elapsed_minutes for duty in becomes]:
        yield Differs.LENGTH
    elif [(duty.template, duty.start) for duty in was] == [(duty.template, duty.start) for duty in becomes]:
        taken, then = ([_taken(duty.breaks) for duty in duties] for duties in (was, becomes))
        if taken != then:
            yield Differs.BREAKS


def _taken(breaks: Sequence[PlacedBreak]) -> list[tuple[int, str, int, bool]]:
    return sorted((pause.start, pause.name, pause.length_minutes, pause.paid) for pause in breaks)


def _change(
    problem: Problem,
    then: Problem,
    agent: str,
    day: int,
    was: tuple[Duty, ...],
    becomes: tuple[Duty, ...],
    differs: tuple[Differs, ...],
    reason: str | None,
) -> Change:
    one, other = problem.agent_named.get(agent), then.agent_named.get(agent)
    if differs == (Differs.BREAKS,):
        said = _breaks_that_differ(problem, one or other, was, becomes)
    else:
        said = day_words(problem, one or other, day, was), day_words(problem, other or one, day, becomes)
    return Change(
        agent=agent,
        day=day,
        on=problem.grid.date(day),
        before=was,
        after=becomes,
        was=said[0],
        becomes=said[1],
        differs=differs,
        reason=reason or "",
    )


def _breaks_that_differ(
    problem: Problem, agent: Agent | None, was: Sequence[Duty], becomes: Sequence[Duty]
) -> tuple[str, str]:
    """The breaks that are not the same in both, with the template of the first duty that has any."""
    pairs = zip(was, becomes, strict=True)
    one, other = next(pair for pair in pairs if _taken(pair[0].breaks) != _taken(pair[1].breaks))
    left = [pause for pause in one.breaks if pause not in other.breaks]
    right = [pause for pause in other.breaks if pause not in one.breaks]
    return f"{one.template}: {breaks_words(problem, agent, left)}", breaks_words(problem, agent, right)
