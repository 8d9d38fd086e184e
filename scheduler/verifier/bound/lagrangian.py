"""The bound: a lower bound on the cost of every legal roster, recomputed from its certificate alone.

Lagrangian relaxation (Held and Karp 1971): the constraints that link staff to agents' weeks, one per skill
and slot and one per headcount and day, are relaxed at the certificate's dual prices. The rest separates: each
slot and day takes the staff that is cheapest at its price, and each agent the week of greatest worth. The sum
of these independent optima is at most the cost of every legal roster, at any prices; better prices only make
it higher.

    L =   sum over skills and slots of  min over staff s of  staffing cost(s) + price x s
        + sum over headcounts and days of  min over heads h of  cost of h heads + price x h
        + of deferred work  the cheapest place of each portion (see ``deferred_places``)
        + of each goal over a day or a week the same for all its slots together (``goal_multipliers``)
        + sum over crews of  the excess cost of the cheapest whole number of them (see ``crew_disjunction``)
        - what duties from before the horizon are worth inside it
        - sum over agents of the greatest  worth - wage - broken preferences  of a legal week
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.certificate import Certificate
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.money import NO_ROSTER
from scheduler.domain.values.price_parts import in_parts
from scheduler.model.checks.preflight import leaves_one_duty_a_day
from scheduler.model.rules.book import RuleBook
from scheduler.texts import text
from scheduler.verifier.bound.best_week.dynamic_program import POSSIBLE, TooManyMembers, relaxed_week
from scheduler.verifier.bound.best_week.limit_automaton import Checkpoint
from scheduler.verifier.bound.best_week.start_windows import best_of
from scheduler.verifier.bound.best_week.week_network import AgentWeeks, agent_weeks, days_of
from scheduler.verifier.bound.best_week.week_sizes import WeekSizes
from scheduler.verifier.bound.crew_disjunction import CrewDisjunctions
from scheduler.verifier.bound.dual_prices import HeadcountPrices, SlotPrices
from scheduler.verifier.bound.goal_multipliers import PlannedGoal, planned_goals
from scheduler.verifier.bound.pricing.agent_classes import AgentClass, CarriedLimits
from scheduler.verifier.bound.pricing.overtime_limits import OvertimeLimits
from scheduler.verifier.bound.pricing.pricing_groups import Member, PricingGroup, PricingGroups
from scheduler.verifier.bound.pricing.shift_worth import ShiftWorths
from scheduler.verifier.recount.exact import Ints
from scheduler.verifier.recount.headcounts import CountedRow, rows_of
from scheduler.verifier.recount.staffing_costs import staffing_terms
from scheduler.verifier.recount.time_budget import TimeBudget, TimeIsUp
from scheduler.verifier.recount.wages import Wages

Some = TypeVar("Some")

REPORT_SECONDS = 0.2
"""Time between two reports of progress."""
MOST_CHOICES = 2_000_000
"""Most shifts, over all days, of the classes in one table; more are not faster and take more memory."""


@dataclass(frozen=True)
class Recomputed:
    """What follows from a certificate, in sixtieths of a cent.

    Parameters
    ----------
    is_whole
        Whether there was time for the whole certificate; otherwise the bound is valid, but lower.
    has_all_limits
        Whether every carried limit was counted; otherwise some needed too many states, and the bound is
        valid, but may be lower than that of a search that carries them.
    """

    bound: int
    unavoidable_wages: int
    is_whole: bool = True
    has_all_limits: bool = True

    def in_units(self, parts: int) -> "Recomputed":
        """The same, counted in so many parts of the unit, rounded down to whole ones."""
        return Recomputed(self.bound // parts, self.unavoidable_wages // parts, self.is_whole)


NOTHING_PROVEN = Recomputed(bound=0, unavoidable_wages=0, is_whole=False)
"""The bound without any work: no cost and no wage is below zero."""


def recompute_bound(problem: Problem, rules: RuleBook, certificate: Certificate) -> int:
    """A lower bound on the cost of every legal roster, from the certificate's prices.

    Raises
    ------
    ValueError
        If the certificate does not fit the problem: unknown names, rows of the wrong length, slots that
        do not divide every start, length and break, or more in one agent's week than is counted exactly.
    """
    return recompute(problem, rules, certificate).bound


def unavoidable_wages(problem: Problem, rules: RuleBook, certificate: Certificate) -> int:
    """Least wages of a roster that keeps the certificate's carried rules."""
    return recompute(problem, rules, certificate).unavoidable_wages


def recompute(
    problem: Problem, rules: RuleBook, certificate: Certificate, budget: TimeBudget | None = None
) -> Recomputed:
    """Bound and unavoidable wages; see :func:`recompute_bound`.

    If it is ended early, an agent whose best week was not found yet has the relaxed week, which chooses each
    day by itself and is worth no less; without even that, nothing is proven.
    """
    budget = budget or TimeBudget()
    parts = problem.parts_of_a_unit
    try:
        budget.check()
        if parts == 1:
            return _recomputed(problem, rules, certificate, budget)
        whole = certificate.with_amounts(lambda amount: amount * parts)
        proven = _recomputed(in_parts(problem, parts), in_parts(rules, parts), whole, budget)
        return proven if proven.bound == NO_ROSTER else proven.in_units(parts)
    except TimeIsUp:
        return NOTHING_PROVEN
    except KeyboardInterrupt:
        if not budget.keeps_what_is_done:
            raise
        return NOTHING_PROVEN


def _recomputed(
    problem: Problem, rules: RuleBook, certificate: Certificate, budget: TimeBudget
) -> Recomputed:
    terms, rows = staffing_terms(problem, rules), rows_of(problem, rules)
    _fits(problem, rules, certificate, rows)
    goals = planned_goals(problem, rules)
    _goals_fit(certificate, goals)
    _work_fits(problem, certificate)
    slots = SlotPrices(problem, certificate, terms, goals)
    heads = HeadcountPrices(problem, certificate, rows)
    crews = CrewDisjunctions(problem, certificate, slots)
    staffing, headcounts = slots.staffing(), heads.staffing()
    if staffing is None or headcounts is None:
        return Recomputed(NO_ROSTER, NO_ROSTER)
    bound, wages, wages_of = staffing + headcounts, 0, Wages(problem)
    carried = CarriedLimits()
    limits = carried.by_agent(problem, rules, certificate.carried_rules)
    overtime = OvertimeLimits(problem, wages_of, carried, certificate.carried_rules)
    classes: Counter[AgentClass] = Counter()
    for agent in problem.agents:
        budget.check()
        bound -= slots.worth_of_history(agent)
        agent_class = AgentClass(
            worth=slots.worth_to(agent),
            premiums=heads.premiums_of(agent) + crews.premiums_of(agent),
            zone=problem.zone_of(agent),
            pay=problem.pay_of(agent),
            busy_until=_busy_until(problem, agent),
            limits=(*limits.get(agent.name, ()), *overtime.of(agent)),
            paid_on_top=wages_of.premiums_of(agent),
        )
        classes[agent_class] += 1
    sizes = WeekSizes(problem)
    for agent_class in classes:
        sizes.check_size(agent_class)
    shift_worths = ShiftWorths(problem, certificate.slot_minutes)
    groups = PricingGroups(shift_worths, carried)
    grouped: dict[AgentClass, tuple[PricingGroup, Member]] = {}
    for agent_class in classes:
        budget.check()
        grouped[agent_class] = groups.of(agent_class)
    of_crews = crews.costs(
        {agent_class: member for agent_class, (_, member) in grouped.items()}, classes, shift_worths
    )
    if of_crews is None:
        return Recomputed(NO_ROSTER, NO_ROSTER)
    bound += of_crews
    weeks = _Weeks(grouped, shift_worths, budget)
    for agent_class, best in weeks.best():
        if best.min() < POSSIBLE:
            return Recomputed(NO_ROSTER, NO_ROSTER)
        bound -= classes[agent_class] * int(best[0])
        wages -= classes[agent_class] * int(best[1])
    if weeks.is_whole:
        return Recomputed(bound, wages, has_all_limits=weeks.has_all_limits)
    return Recomputed(  # no roster costs less than its wages
        max(bound, wages), wages, is_whole=False, has_all_limits=weeks.has_all_limits
    )


def _busy_until(problem: Problem, agent: Agent) -> int | None:
    """The end of the last duty from before the horizon, if it lies within a day of it."""
    zone = problem.zone_of(agent)
    ends = [problem.grid.instant(worked.end, zone) for worked in agent.history]
    return max((end for end in ends if end > -MINUTES_PER_DAY), default=None)


class _Weeks:
    """The best weeks of all classes, as far as the time budget goes."""

    def __init__(
        self,
        grouped: Mapping[AgentClass, tuple[PricingGroup, Member]],
        shift_worths: ShiftWorths,
        budget: TimeBudget,
    ) -> None:
        self.shift_worths, self.budget = shift_worths, budget
        self.is_whole = True
        self.has_all_limits = True
        together: dict[PricingGroup, list[Member]] = {}
        for group, member in grouped.values():
            together.setdefault(group, []).append(member)
        self.parts: list[tuple[PricingGroup, Sequence[Member]]] = []
        for group, members in together.items():
            members.sort(key=lambda member: member.templates)  # members with like templates make small tables
            each = sum(len(table.start) for table in shift_worths.tables(group.zone))
            at_once = max(1, MOST_CHOICES // max(1, each))
            self.parts += [(group, some) for some in _parts(members, at_once)]

    def best(self) -> Iterator[tuple[AgentClass, Ints]]:
        """For each class the greatest worth of a week less all its costs, and less its wage alone."""
        found = [_relaxed(group, members, self.shift_worths, self.budget) for group, members in self.parts]
        self._find(found)
        for (_, members), values in zip(self.parts, found, strict=True):
            yield from zip((member.agent_class for member in members), values.T, strict=True)

    def _find(self, found: list[Ints]) -> None:
        """Replace the relaxed weeks by the best ones, part by part."""
        left, whole = len(self.parts), len(self.parts)
        # Threads are enough: nearly all time goes into operations on long arrays, which release the GIL.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            running = {pool.submit(self._best, *part): place for place, part in enumerate(self.parts)}
            try:
                while running:
                    done, _ = wait(running, REPORT_SECONDS, FIRST_COMPLETED)
                    for one in done:
                        place = running.pop(one)
                        best = one.result()
                        self.is_whole &= best is not None
                        found[place] = found[place] if best is None else best
                        left -= 1
                    self.budget.report(1 - left / whole)
            except BaseException as fault:
                self.budget.end()
                is_kept = isinstance(fault, KeyboardInterrupt) and self.budget.keeps_what_is_done
                if not is_kept:
                    raise
                self.is_whole = False

    def _best(self, group: PricingGroup, members: Sequence[Member]) -> Ints | None:
        """The best weeks of a part, shape (2, members); ``None`` if ended early."""
        checkpoint = self.budget.check
        try:
            checkpoint()
            weeks = agent_weeks(group, members, self.shift_worths, checkpoint)
            if not weeks.has_all_limits:
                self.has_all_limits = False
            return _best_of(weeks, checkpoint)
        except TimeIsUp:
            return None


def _parts(members: Sequence[Some], most: int) -> Iterator[Sequence[Some]]:
    return (members[begin : begin + most] for begin in range(0, len(members), most))


def _relaxed(
    group: PricingGroup, members: Sequence[Member], shift_worths: ShiftWorths, budget: TimeBudget
) -> Ints:
    """The relaxed weeks of some members, which are worth no less and quick to find; shape (2, members)."""
    return relaxed_week(days_of(group, members, shift_worths, budget.check))


def _best_of(weeks: AgentWeeks, checkpoint: Checkpoint) -> Ints:
    """The best weeks; members that are too many for one table are halved."""
    try:
        return best_of(weeks, checkpoint)
    except TooManyMembers:
        halves = _parts(range(len(weeks.entries)), -(-len(weeks.entries) // 2))
        return np.concatenate([_best_of(weeks.of(half), checkpoint) for half in halves], axis=1)


def _goals_fit(certificate: Certificate, goals: Mapping[str, Sequence[PlannedGoal]]) -> None:
    names = [goal.table.name for each in goals.values() for goal in each]
    unknown = [name for name in certificate.goals if name not in names]
    if unknown:
        raise ValueError(text('goal "{first}" is not in the input', first=unknown[0]))
    if len(set(names)) < len(names):
        raise ValueError(text("several rules of the book plan by the same service goal"))
    for skill in goals:
        if any(row.skill == skill for row in certificate.crews):
            raise ValueError(text('"{skill}" has a goal over a day or a week, and no crews', skill=skill))


def _work_fits(problem: Problem, certificate: Certificate) -> None:
    for work in problem.deferred_work:
        if any(row.skill == work.skill for row in certificate.crews):
            raise ValueError(text('the work of "{skill}" is placed, and has no crews', skill=work.skill))


def _fits(problem: Problem, rules: RuleBook, certificate: Certificate, rows: tuple[CountedRow, ...]) -> None:
    slot = certificate.slot_minutes
    if slot < 1 or problem.grid.interval_minutes % slot:
        raise ValueError(text("slots of {slot} min do not divide the interval", slot=slot))
    if not leaves_one_duty_a_day(problem, rules):
        raise ValueError(
            text("a best week has one duty a day, and no rule asks that of everybody on every day")
        )
    slots, days = problem.grid.minutes // slot, problem.grid.days
    planned = {rule.name for rule in rules.planned.rules}
    planned |= {one.name for one in problem.premiums if one.over_period_minutes is not None}
    for what, names, known in (
        ("price", certificate.prices, set(problem.skill_named)),
        ("headcount price", certificate.headcount_prices, {row.name for row in rows}),
        ("carried rule", certificate.carried_rules, planned),
    ):
        unknown = [name for name in names if name not in known]
        if unknown:
            raise ValueError(text('{what} "{first}" is not in the input', what=what, first=unknown[0]))
    for priced, number, what in (
        (certificate.prices, slots, "slots"),
        (certificate.headcount_prices, days, "days"),
    ):
        for name, prices in priced.items():
            if len(prices) != number:
                raise ValueError(
                    text(
                        'the prices of "{name}" are {prices}, but the horizon has {number} {what}',
                        name=name,
                        prices=len(prices),
                        number=number,
                        what=what,
                    )
                )
