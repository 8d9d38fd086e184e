"""Who covers which skill when: staffing recounted from the roster, minute by minute.

Agents of several skills are allocated, each to exactly one, at the least staffing cost, and so is deferred
work placed. Between two moments at which somebody comes, goes, or takes a break nothing changes, so each
such span is counted once, and like situations share one allocation.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from scheduler.domain.facts.demand import Demand
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.outcome import Coverage
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.money import hourly
from scheduler.model.limits.kinds import Allocated, Level
from scheduler.model.rules.book import RuleBook
from scheduler.verifier.recount.allocation.placing import IntervalCosts, Span, place
from scheduler.verifier.recount.allocation.skills import Situation, allocate
from scheduler.verifier.recount.staffing_costs import CostsByRule, StaffingTerm, StaffingTerms, staffing_terms


@dataclass(frozen=True)
class StaffingCount(CostsByRule):
    """Coverage, who is allocated where, and what missing and superfluous agents cost."""

    coverage: Coverage
    allocated: Allocated


def count_coverage(problem: Problem, rules: RuleBook, roster: Roster) -> Coverage:
    """Staffing per skill and interval in agent-minutes, recounted from the roster."""
    return count_staffing(problem, rules, roster).coverage


def at_work(problem: Problem, agent: Agent, roster: Roster) -> Iterator[tuple[int, int]]:
    """Spans of work inside the horizon; duties from before it count without breaks."""
    spans = list(problem.work_reaching_in(agent))
    spans += [stretch for duty in roster.of(agent.name) for stretch in duty.stretches()]
    for start, end in spans:
        if max(start, 0) < min(end, problem.grid.minutes):
            yield max(start, 0), min(end, problem.grid.minutes)


def count_staffing(problem: Problem, rules: RuleBook, roster: Roster) -> StaffingCount:
    """Coverage with the cost of missing and superfluous agents.

    What is required of deferred work is what is placed in an interval, in the way that costs this roster
    least.
    """
    problem = with_work_placed(problem, rules, roster)
    terms = staffing_terms(problem, rules)
    tallies = [_SkillTally.of(problem, skill.name, terms) for skill in problem.skills]
    for start, length, staff in _allocations(problem, roster, staffing_situations(problem, terms)):
        for tally, number in zip(tallies, staff, strict=True):
            tally.add(start, length, number)
    missing, superfluous = Counter[str](), Counter[str]()
    for tally in tallies:
        missing.update(tally.missing_costs)
        superfluous.update(tally.superfluous_costs)
    return StaffingCount(
        Coverage(
            interval_minutes=problem.grid.interval_minutes,
            **{row: {tally.skill: tuple(tally.rows[row]) for tally in tallies} for row in ROWS},
        ),
        {tally.skill: tally.levels for tally in tallies},
        missing_costs=dict(missing),
        superfluous_costs=dict(superfluous),
    )


def with_work_placed(problem: Problem, rules: RuleBook, roster: Roster) -> Problem:
    """The same problem, with the deferred work where it costs this roster least."""
    if not problem.deferred_work:
        return problem
    terms = staffing_terms(problem, rules)
    fixed = StaffingTerms(tuple(term for term in terms.all if not term.limit.is_placed))
    groups, pieces = _pieces(problem, roster)
    spans: list[list[Span]] = [[] for _ in range(problem.grid.intervals)]
    for start, length, counts in pieces:
        spans[start // problem.grid.interval_minutes].append((length, counts))
    demand = problem.demand_for
    situations = staffing_situations(problem, fixed)
    for work in problem.deferred_work:
        mine = [term for term in terms.by_skill.get(work.skill, ()) if term.limit.is_placed]
        if not mine:
            continue
        costs = IntervalCosts(
            groups,
            spans,
            situations,
            [skill.name for skill in problem.skills].index(work.skill),
            sum(term.price for term in mine if term.limit.at_least is not None),
            sum(term.price for term in mine if term.limit.at_most is not None),
        )
        placed = place(work, costs.at)
        required = tuple(placed.get(at, 0) for at in range(problem.grid.intervals))
        demand = {**demand, work.skill: demand[work.skill].model_copy(update={"required": required})}
    return problem.model_copy(update={"demand": tuple(demand.values())})


def _pieces(
    problem: Problem, roster: Roster
) -> tuple[list[tuple[int, ...]], Iterator[tuple[int, int, tuple[int, ...]]]]:
    """Skill sets; spans in which nobody comes or goes: first minute, length, who is at work of each set."""
    groups, presence = presence_by_skills(problem, roster)
    minutes = problem.grid.minutes
    edge = np.arange(minutes) % problem.grid.interval_minutes == 0
    edge[1:] |= (presence[:, 1:] != presence[:, :-1]).any(axis=0)
    starts = np.flatnonzero(edge).tolist()
    counts = presence[:, starts].T.tolist()
    ends = [*starts[1:], minutes]
    return groups, (
        (start, end - start, tuple(present)) for start, end, present in zip(starts, ends, counts, strict=True)
    )


def _allocations(
    problem: Problem, roster: Roster, situations: list[Situation]
) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Spans in which nobody comes or goes: first minute, length, and agents allocated to each skill."""
    groups, pieces = _pieces(problem, roster)
    number_of = {situation: number for number, situation in enumerate(dict.fromkeys(situations))}
    numbers = [number_of[situation] for situation in situations]
    known: dict[tuple[tuple[int, ...], int], tuple[int, ...]] = {}
    for start, length, present in pieces:
        interval = start // problem.grid.interval_minutes
        key = (present, numbers[interval])
        if key not in known:
            known[key] = allocate(groups, key[0], situations[interval])
        yield start, length, known[key]


ROWS = ("required", "scheduled", "missing", "superfluous", "below_minimum", "above_maximum")
"""What is counted for each skill and interval, in agent-minutes; fields of ``Coverage``."""


@dataclass
class _SkillTally:
    """What is counted of one skill.

    ``together`` are the intervals in which a service level is agreed over a day or a week: who is there
    beyond what is required answers in time, and is not superfluous.
    """

    skill: str
    interval_minutes: int
    demand: Demand | None
    terms: Sequence[StaffingTerm]
    rows: dict[str, list[int]]
    together: frozenset[int]
    levels: list[Level] = field(default_factory=list)
    missing_costs: Counter[str] = field(default_factory=Counter)
    superfluous_costs: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, problem: Problem, skill: str, terms: StaffingTerms) -> "_SkillTally":
        """With nothing counted yet."""
        charged = [term for term in terms.by_skill.get(skill, ()) if term.is_requirement]
        rows = {row: [0] * problem.grid.intervals for row in ROWS}
        together = {at for one in problem.goal_tables if one.skill == skill for at in one.intervals}
        demand = problem.demand_for.get(skill)
        return cls(skill, problem.grid.interval_minutes, demand, charged, rows, frozenset(together))

    def add(self, start: int, length: int, staff: int) -> None:
        """Count so many agents on the skill for some minutes of one interval."""
        interval, rows = start // self.interval_minutes, self.rows
        self.levels.append((start, start + length, staff))
        rows["scheduled"][interval] += staff * length
        if self.demand is not None:
            required, floor, cap = self._asked(self.demand, interval)
            rows["required"][interval] += required * length
            rows["missing"][interval] += max(0, required - staff) * length
            spare = 0 if interval in self.together else max(0, staff - required)
            rows["superfluous"][interval] += spare * length
            rows["below_minimum"][interval] += max(0, floor - staff) * length
            rows["above_maximum"][interval] += 0 if cap is None else max(0, staff - cap) * length
        for term in self.terms:
            at_least, at_most = term.at_least(interval), term.at_most(interval)
            if at_least is not None and staff < at_least:
                self.missing_costs[term.rule] += hourly(term.price, (at_least - staff) * length)
            if at_most is not None and staff > at_most:
                self.superfluous_costs[term.rule] += hourly(term.price, (staff - at_most) * length)

    @staticmethod
    def _asked(demand: Demand, interval: int) -> tuple[int, int, int | None]:
        """Required, minimum and maximum agents."""
        return (
            demand.required[interval] if demand.required else 0,
            demand.minimum[interval] if demand.minimum else 0,
            demand.maximum[interval] if demand.maximum else None,
        )


def skills_of(problem: Problem, agent: Agent) -> tuple[int, ...]:
    """The positions of an agent's skills among the problem's: the group that the agent counts in."""
    return tuple(
        sorted(position for position, skill in enumerate(problem.skills) if skill.name in agent.skills)
    )


def presence_by_skills(
    problem: Problem, roster: Roster
) -> tuple[list[tuple[int, ...]], np.ndarray[tuple[int, int], np.dtype[np.int64]]]:
    """Skill sets that somebody has, and who of them is at work: shape (sets, minutes), agents."""
    changes: dict[tuple[int, ...], list[tuple[int, int]]] = defaultdict(list)
    for agent in problem.agents:
        skills = skills_of(problem, agent)
        if skills:
            changes[skills].extend(at_work(problem, agent, roster))
    groups = sorted(changes, key=lambda skills: (len(skills), skills))
    presence = np.zeros((len(groups), problem.grid.minutes + 1), dtype=np.int64)
    for row, skills in enumerate(groups):
        for start, end in changes[skills]:
            presence[row, start] += 1
            presence[row, end] -= 1
    return groups, presence.cumsum(axis=1)[:, :-1]


def staffing_situations(problem: Problem, terms: StaffingTerms) -> list[Situation]:
    """The staffing costs of each interval."""
    required = [
        problem.demand_for[skill.name].required if skill.name in problem.demand_for else ()
        for skill in problem.skills
    ]
    return [
        Situation(
            terms=tuple(
                tuple(
                    (term.at_least(i), term.at_most(i), None if term.is_must else term.price)
                    for term in terms.by_skill.get(skill.name, ())
                )
                for skill in problem.skills
            ),
            required=tuple(row[i] if row else 0 for row in required),
        )
        for i in range(problem.grid.intervals)
    ]
