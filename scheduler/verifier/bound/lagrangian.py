"""No legal roster can cost less than this: the bound, recomputed from its certificate alone.

Give every agent-slot on a skill a price, and every day of a headcount, and let anyone buy and sell there.
Then staffing and weeks come apart: each slot and day takes the staff that is cheapest at its price, each
agent takes the week that is worth most, and the sum of these independent optima is below the cost of
every legal roster, whatever the prices are (Lagrangian relaxation; Held and Karp 1971). Good prices make
it high, bad ones only low.

    L =   sum over skills and slots of  min over staff s of  staffing cost(s) + price x s
        + sum over headcounts and days of  min over heads h of  cost of h heads + price x h
        + sum over crews of  what the cheapest whole number of them costs more (see ``crew_disjunction``)
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
from numpy.typing import NDArray

from scheduler.domain.certificate import Certificate
from scheduler.domain.problem import Agent, Problem
from scheduler.model.book import RuleBook
from scheduler.model.preflight import leaves_one_duty_a_day
from scheduler.verifier.bound.agent_classes import AgentClass, CarriedLimits
from scheduler.verifier.bound.crew_disjunction import CrewMarket
from scheduler.verifier.bound.dual_prices import HeadMarket, SlotMarket
from scheduler.verifier.bound.dynamic_program import POSSIBLE, TooManyMembers, relaxed_week
from scheduler.verifier.bound.limit_automaton import Told
from scheduler.verifier.bound.pricing_groups import Frame, Frames, Member
from scheduler.verifier.bound.shift_worth import Layouts
from scheduler.verifier.bound.start_windows import best_of
from scheduler.verifier.bound.week_network import AgentWeeks, agent_weeks, days_of
from scheduler.verifier.bound.week_sizes import WeekSizes
from scheduler.verifier.patience import OutOfPatience, Patience
from scheduler.verifier.recount.headcounts import Row, rows_of
from scheduler.verifier.recount.staffing_costs import pieces_of

Ints = NDArray[np.int64]
Some = TypeVar("Some")

NO_ROSTER = 2**62
"""The bound where the certificate shows that no legal roster exists: above every cost."""

LOOK_SECONDS = 0.2
"""So often somebody is told how far it is."""
MOST_CHOICES = 2_000_000
"""So many shifts, over all days, may the classes have to choose from that are planned together; more would
not be faster, but take more memory."""


@dataclass(frozen=True)
class Recomputed:
    """What follows from a certificate, in sixtieths of a cent.

    Parameters
    ----------
    is_whole
        Whether everything was looked at that the certificate asks for; else the bound is true, and lower.
    """

    bound: int
    unavoidable_wages: int
    is_whole: bool = True


NOTHING_PROVEN = Recomputed(bound=0, unavoidable_wages=0, is_whole=False)
"""What is true without looking: no price and no wage is below zero."""


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
    """Wages that every roster pays which keeps the certificate's carried rules."""
    return recompute(problem, rules, certificate).unavoidable_wages


def recompute(
    problem: Problem, rules: RuleBook, certificate: Certificate, patience: Patience | None = None
) -> Recomputed:
    """Bound and unavoidable wages; see :func:`recompute_bound`.

    Where it is ended early, agents whose best weeks were not found yet are taken to choose every day as if
    it were the only one, which is worth no less; and where not even that is known, nothing is proven.
    """
    patience = patience or Patience()
    try:
        patience.check()
        return _recomputed(problem, rules, certificate, patience)
    except OutOfPatience:
        return NOTHING_PROVEN
    except KeyboardInterrupt:
        if not patience.keeps_what_is_done:
            raise
        return NOTHING_PROVEN


def _recomputed(
    problem: Problem, rules: RuleBook, certificate: Certificate, patience: Patience
) -> Recomputed:
    pieces, rows = pieces_of(problem, rules), rows_of(problem, rules)
    _fits(problem, rules, certificate, rows)
    slots, heads = SlotMarket(problem, certificate, pieces), HeadMarket(problem, certificate, rows)
    crews = CrewMarket(problem, certificate, slots)
    staffing, headcounts = slots.staffing(), heads.staffing()
    if staffing is None or headcounts is None:
        return Recomputed(NO_ROSTER, NO_ROSTER)
    bound, wages = staffing + headcounts, 0
    carried = CarriedLimits()
    limits = carried.by_agent(problem, rules, certificate.carried_rules)
    classes: Counter[AgentClass] = Counter()
    for agent in problem.agents:
        patience.check()
        bound -= slots.worth_of_history(agent)
        kind = AgentClass(
            worth=slots.worth_to(agent),
            premiums=heads.premiums_of(agent) + crews.premiums_of(agent),
            zone=problem.zone_of(agent),
            pay=problem.pay_of(agent),
            busy_until=_busy_until(problem, agent),
            limits=limits.get(agent.name, ()),
        )
        classes[kind] += 1
    sizes = WeekSizes(problem)
    for kind in classes:
        sizes.hold(kind)
    layouts = Layouts(problem, certificate.slot_minutes)
    frames = Frames(layouts, carried)
    framed: dict[AgentClass, tuple[Frame, Member]] = {}
    for kind in classes:
        patience.check()
        framed[kind] = frames.of(kind)
    of_crews = crews.costs({kind: member for kind, (_, member) in framed.items()}, classes, layouts)
    if of_crews is None:
        return Recomputed(NO_ROSTER, NO_ROSTER)
    bound += of_crews
    weeks = _Weeks(framed, layouts, patience)
    for kind, best in weeks.best():
        if best.min() < POSSIBLE:
            return Recomputed(NO_ROSTER, NO_ROSTER)
        bound -= classes[kind] * int(best[0])
        wages -= classes[kind] * int(best[1])
    if weeks.is_whole:
        return Recomputed(bound, wages)
    return Recomputed(max(bound, NOTHING_PROVEN.bound), wages, is_whole=False)


def _busy_until(problem: Problem, agent: Agent) -> int | None:
    """When the last duty from before the horizon ended, if that is not long ago."""
    zone = problem.zone_of(agent)
    ends = [problem.grid.instant(worked.end, zone) for worked in agent.history]
    return max((end for end in ends if end > -1440), default=None)


class _Weeks:
    """The best weeks of all classes, as far as patience goes."""

    def __init__(
        self, framed: Mapping[AgentClass, tuple[Frame, Member]], layouts: Layouts, patience: Patience
    ) -> None:
        self.layouts, self.patience = layouts, patience
        self.is_whole = True
        together: dict[Frame, list[Member]] = {}
        for frame, member in framed.values():
            together.setdefault(frame, []).append(member)
        self.parts: list[tuple[Frame, Sequence[Member]]] = []
        for frame, members in together.items():
            members.sort(key=lambda member: member.templates)  # the more alike, the smaller the table
            each = sum(len(table.start) for table in layouts.tables(frame.zone))
            at_once = max(1, MOST_CHOICES // max(1, each))
            self.parts += [(frame, some) for some in _parts(members, at_once)]

    def best(self) -> Iterator[tuple[AgentClass, Ints]]:
        """For each class the most that a week is worth after its costs, and after its wage alone."""
        found = [_relaxed(frame, members, self.layouts, self.patience) for frame, members in self.parts]
        self._find(found)
        for (_, members), values in zip(self.parts, found, strict=True):
            yield from zip((member.kind for member in members), values.T, strict=True)

    def _find(self, found: list[Ints]) -> None:
        """Put the best weeks in the place of what is no less, part by part."""
        left, whole = len(self.parts), len(self.parts)
        # Threads are enough: nearly all the time goes into operations on long arrays, which let others run.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            running = {pool.submit(self._best, *part): place for place, part in enumerate(self.parts)}
            try:
                while running:
                    done, _ = wait(running, LOOK_SECONDS, FIRST_COMPLETED)
                    for one in done:
                        place = running.pop(one)
                        best = one.result()
                        self.is_whole &= best is not None
                        found[place] = found[place] if best is None else best
                        left -= 1
                    self.patience.told(1 - left / whole)
            except BaseException as fault:
                self.patience.give_up()
                is_kept = isinstance(fault, KeyboardInterrupt) and self.patience.keeps_what_is_done
                if not is_kept:
                    raise
                self.is_whole = False

    def _best(self, frame: Frame, members: Sequence[Member]) -> Ints | None:
        """The best weeks of a part, shape (2, members); ``None`` if that was ended early."""
        told = self.patience.check
        try:
            told()
            return _best_of(agent_weeks(frame, members, self.layouts, told), told)
        except OutOfPatience:
            return None


def _parts(members: Sequence[Some], most: int) -> Iterator[Sequence[Some]]:
    return (members[begin : begin + most] for begin in range(0, len(members), most))


def _relaxed(frame: Frame, members: Sequence[Member], layouts: Layouts, patience: Patience) -> Ints:
    """What is no less than the best weeks of some members, and quick to find; shape (2, members)."""
    return relaxed_week(days_of(frame, members, layouts, patience.check))


def _best_of(weeks: AgentWeeks, told: Told) -> Ints:
    """The best weeks, for fewer members at a time where they are too many for one table."""
    try:
        return best_of(weeks, told)
    except TooManyMembers:
        halves = _parts(range(len(weeks.entries)), -(-len(weeks.entries) // 2))
        return np.concatenate([_best_of(weeks.of(half), told) for half in halves], axis=1)


def _fits(problem: Problem, rules: RuleBook, certificate: Certificate, rows: tuple[Row, ...]) -> None:
    slot = certificate.slot_minutes
    if slot < 1 or problem.grid.interval_minutes % slot:
        raise ValueError(f"slots of {slot} min do not divide the interval")
    if not leaves_one_duty_a_day(problem, rules):
        raise ValueError("a best week has one duty a day, and no rule asks that of everybody on every day")
    slots, days = problem.grid.minutes // slot, problem.grid.days
    planned = {rule.name for rule in rules.planned.rules}
    for what, names, known in (
        ("price", certificate.prices, set(problem.skill_named)),
        ("headcount price", certificate.headcount_prices, {row.name for row in rows}),
        ("carried rule", certificate.carried_rules, planned),
    ):
        unknown = [name for name in names if name not in known]
        if unknown:
            raise ValueError(f'{what} "{unknown[0]}" is not in the input')
    for priced, number, what in (
        (certificate.prices, slots, "slots"),
        (certificate.headcount_prices, days, "days"),
    ):
        for name, prices in priced.items():
            if len(prices) != number:
                raise ValueError(
                    f'the prices of "{name}" are {len(prices)}, but the horizon has {number} {what}'
                )
