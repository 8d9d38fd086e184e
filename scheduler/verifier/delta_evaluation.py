"""Delta evaluation: a roster, and what changed weeks of a few people do to it.

What a rule on agents says of one person depends on that person's duties alone, so only those who are touched
are checked anew: all of them in one pass. Rules on the team, coverage and headcounts are counted anew in
full. So the result is that of two full verifications, at a fraction of their time.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import floor

from scheduler.domain.changes.proposals import Effect, Obstacle
from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Coverage, Violation
from scheduler.domain.results.reached import HeadcountCoverage
from scheduler.domain.results.roster import Duty, Roster
from scheduler.domain.values.words import plain_rule_name
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import AgentRule, TeamRule
from scheduler.verifier.recount.coverage import count_staffing
from scheduler.verifier.recount.headcounts import count_heads
from scheduler.verifier.recount.impossible_duties import Starts, misfits, readable
from scheduler.verifier.recount.wages import Wages

Weeks = Mapping[str, tuple[Duty, ...]]
"""All duties of the horizon that each of some agents is to have."""


@dataclass
class PersonCount:
    """What is counted of one person's duties.

    Parameters
    ----------
    wages
        In sixtieths of a cent, rounded down.
    misfits
        Duties that are not possible, a sentence each.
    """

    wages: int = 0
    paid_minutes: int = 0
    misfits: tuple[str, ...] = ()
    violations: list[Violation] = field(default_factory=list)


@dataclass(frozen=True)
class TeamCount:
    """What is counted of everybody together: staffing, and the violations of rules on the team."""

    missing_cost: int
    superfluous_cost: int
    missing_minutes: int
    superfluous_minutes: int
    missing_people: int
    superfluous_people: int
    violations: tuple[Violation, ...]


@dataclass(frozen=True)
class Judged:
    """What changed weeks do to a roster: what they break anew, and what they win or cost."""

    obstacles: tuple[Obstacle, ...]
    remarks: tuple[str, ...]
    effect: Effect


class DeltaEvaluation:
    """A roster of which changed versions are judged."""

    def __init__(self, problem: Problem, rules: RuleBook, roster: Roster) -> None:
        self.problem, self.rules, self.roster = problem, rules, roster
        self._starts, self._wages = Starts(problem.grid), Wages(problem)
        active = list(rules.active())
        self._agent_rules = [rule for rule in active if isinstance(rule, AgentRule)]
        self._team_rules = [rule for rule in active if isinstance(rule, TeamRule) and not rule.is_inherent]
        self._own_costs = {rule.name for rule in active if rule.has_own_cost}

    @cached_property
    def team(self) -> TeamCount:
        """What is counted of the team as it stands."""
        return self._team(self.roster)

    @cached_property
    def people(self) -> dict[str, PersonCount]:
        """What is counted of every person as they stand."""
        return self.count_people(self.roster.by_agent, self.problem.agent_named)

    def with_weeks(self, weeks: Weeks) -> Roster:
        """The roster in which some agents have other duties."""
        kept = (duty for duty in self.roster.duties if duty.agent not in weeks)
        return Roster(duties=(*kept, *(duty for duties in weeks.values() for duty in duties)))

    def judge(self, weeks: Weeks) -> Judged:
        """What these weeks, all of them together, do to the roster."""
        before = {agent: self.people[agent] for agent in weeks} if "people" in self.__dict__ else None
        before = before or self.count_people(self.roster.by_agent, weeks)
        return self.judged(before, self.count_people(weeks, weeks), self.count_team(weeks))

    def judged(
        self, before: Mapping[str, PersonCount], after: Mapping[str, PersonCount], team: TeamCount
    ) -> Judged:
        """The difference that the counts of these people, with the team's, make."""
        was, then = (
            [one for count in counts.values() for one in count.violations] for counts in (before, after)
        )
        if team is not self.team:
            was += self.team.violations
            then += team.violations
        costs: dict[str, int] = defaultdict(int)
        for sign, violations in ((-1, was), (1, then)):
            for one in violations:
                costs[one.rule] += sign * self.cost_of([one])
        new = list(_worse(was, then))
        impossible = [
            Obstacle(agent=agent, sentence=sentence)
            for agent, count in after.items()
            for sentence in (Counter(count.misfits) - Counter(before[agent].misfits)).elements()
        ]
        return Judged(
            obstacles=(
                *impossible,
                *(Obstacle(rule=one.rule, agent=one.agent, sentence=one.sentence) for one in new if one.must),
            ),
            remarks=tuple(f"{plain_rule_name(one.rule)}: {one.sentence}" for one in new if one.reported),
            effect=Effect(
                wages=sum(count.wages for count in after.values())
                - sum(count.wages for count in before.values()),
                missing=team.missing_cost - self.team.missing_cost,
                superfluous=team.superfluous_cost - self.team.superfluous_cost,
                rules={rule: cost for rule, cost in costs.items() if cost},
                paid_minutes=sum(count.paid_minutes for count in after.values())
                - sum(count.paid_minutes for count in before.values()),
                missing_minutes=team.missing_minutes - self.team.missing_minutes,
                superfluous_minutes=team.superfluous_minutes - self.team.superfluous_minutes,
                missing_people=team.missing_people - self.team.missing_people,
                superfluous_people=team.superfluous_people - self.team.superfluous_people,
            ),
        )

    def cost_of(self, violations: Iterable[Violation]) -> int:
        """What violations cost that are not paid for as missing and superfluous staff."""
        return sum(one.cost for one in violations if one.rule in self._own_costs)

    def count_people(self, weeks: Weeks, agents: Collection[str]) -> dict[str, PersonCount]:
        """What is counted of each of these agents with these duties, whatever the others do."""
        touched = tuple(agent for agent in self.problem.agents if agent.name in agents)
        problem = self.problem.model_copy(update={"agents": touched})
        roster = Roster(duties=tuple(duty for agent in touched for duty in weeks.get(agent.name, ())))
        counts = {agent.name: PersonCount() for agent in touched}
        known = readable(problem, roster)
        for rule in self._agent_rules:
            for violation in rule.check(self.problem if rule.asks_by_team else problem, known):
                if violation.agent is None:
                    raise TypeError(f"{rule.name} is a rule on agents and names none")
                if violation.agent in counts:
                    counts[violation.agent].violations.append(violation)
        for agent in touched:
            count, duties = counts[agent.name], roster.of(agent.name)
            count.paid_minutes = sum(duty.paid_minutes for duty in duties)
            count.wages = floor(self._wages.of_roster(duties))
            alone = problem.model_copy(update={"agents": (agent,)})
            count.misfits = tuple(one.sentence for one in misfits(alone, Roster(duties=duties), self._starts))
        return counts

    def count_team(self, weeks: Weeks) -> TeamCount:
        """What is counted of the team where some agents have other duties."""
        return self._team(self.with_weeks(weeks))

    def missing_on(self, day: int) -> tuple[int, int]:
        """What is missing on a day as the roster stands: agent-minutes, and people on shifts."""
        coverage, heads = self._counted
        return self._minutes_on(day, coverage.missing), heads.together(slice(day, day + 1)).missing

    def superfluous_on(self, day: int) -> tuple[int, int]:
        """The same of what is superfluous."""
        coverage, heads = self._counted
        return self._minutes_on(day, coverage.superfluous), heads.together(slice(day, day + 1)).superfluous

    @cached_property
    def _counted(self) -> tuple[Coverage, HeadcountCoverage]:
        known = readable(self.problem, self.roster)
        return (
            count_staffing(self.problem, self.rules, known).coverage,
            count_heads(self.problem, self.rules, known).coverage,
        )

    def _minutes_on(self, day: int, by_skill: Mapping[str, tuple[int, ...]]) -> int:
        grid = self.problem.grid
        first, last = (grid.day_start(one) // grid.interval_minutes for one in (day, day + 1))
        return sum(sum(minutes[first:last]) for minutes in by_skill.values())

    def _team(self, roster: Roster) -> TeamCount:
        problem, rules = self.problem, self.rules
        known = readable(problem, roster)
        staffing, heads = count_staffing(problem, rules, known), count_heads(problem, rules, known)
        people = heads.coverage.together()
        coverage = staffing.coverage
        return TeamCount(
            missing_cost=staffing.missing_cost + heads.missing_cost,
            superfluous_cost=staffing.superfluous_cost + heads.superfluous_cost,
            missing_minutes=sum(map(sum, coverage.missing.values())),
            superfluous_minutes=sum(map(sum, coverage.superfluous.values())),
            missing_people=people.missing,
            superfluous_people=people.superfluous,
            violations=tuple(
                one for rule in self._team_rules for one in rule.check(problem, known, coverage)
            ),
        )


def _worse(before: Iterable[Violation], after: Iterable[Violation]) -> Iterator[Violation]:
    """Violations by which a rule is broken more than it was: of the same agent, or on the same days.

    A run that was too long by two days and then is by one has other days and another sentence, but is no
    fault of the change.
    """

    def key(one: Violation) -> tuple[object, ...]:
        return one.rule, one.must, one.agent, one.days if one.agent is None else ()

    amounts: Counter[tuple[object, ...]] = Counter()
    known = set()
    for one in before:
        amounts[key(one)] -= one.amount
        known.add((key(one), one.sentence))
    after = list(after)
    for one in after:
        amounts[key(one)] += one.amount
    for one in after:
        if amounts[key(one)] > 0 and (key(one), one.sentence) not in known:
            yield one
