"""No legal roster can cost less than this: the bound, recomputed from its certificate alone.

Give every agent-slot on a skill a price, and every day of a headcount, and let anyone buy and sell there.
Then staffing and weeks come apart: each slot and day takes the staff that is cheapest at its price, each
agent takes the week that is worth most, and the sum of these independent optima is below the cost of
every legal roster, whatever the prices are (Lagrangian relaxation; Held and Karp 1971). Good prices make
it high, bad ones only low.

    L =   sum over skills and slots of  min over staff s of  staffing cost(s) + price x s
        + sum over headcounts and days of  min over heads h of  cost of h heads + price x h
        - sum over presence caps and slots of  cap price x cap
        + sum over crews of  what the cheapest whole number of them costs more (see ``crews``)
        - what duties from before the horizon are worth inside it
        - sum over agents of the greatest  worth - wage - broken preferences  of a legal week
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.outcome import Certificate
from scheduler.domain.problem import Agent, Problem
from scheduler.model.book import RuleBook
from scheduler.verifier.agent_class import AgentClass, CarriedLimits
from scheduler.verifier.agent_weeks import AgentWeeks, agent_weeks
from scheduler.verifier.best_week import POSSIBLE, TooManyMembers
from scheduler.verifier.crews import CrewMarket
from scheduler.verifier.exact import WeekSizes
from scheduler.verifier.frames import Frame, Frames, Member
from scheduler.verifier.heads import Row, rows_of
from scheduler.verifier.layouts import Layouts
from scheduler.verifier.market import HeadMarket, SlotMarket
from scheduler.verifier.pieces import Pieces, pieces_of
from scheduler.verifier.spreads import best_of

Ints = NDArray[np.int64]
Some = TypeVar("Some")

NO_ROSTER = 2**62
"""The bound where the certificate shows that no legal roster exists: above every cost."""

MOST_CHOICES = 2_000_000
"""So many shifts, over all days, may the classes have to choose from that are planned together; more would
not be faster, but take more memory."""


@dataclass(frozen=True)
class Recomputed:
    """What follows from a certificate, in sixtieths of a cent."""

    bound: int
    unavoidable_wages: int


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


def recompute(problem: Problem, rules: RuleBook, certificate: Certificate) -> Recomputed:
    """Bound and unavoidable wages; see :func:`recompute_bound`."""
    pieces, rows = pieces_of(problem, rules), rows_of(problem, rules)
    _fits(problem, rules, certificate, pieces, rows)
    slots, heads = SlotMarket(problem, certificate, pieces), HeadMarket(problem, certificate, rows)
    crews = CrewMarket(problem, certificate, slots)
    staffing, headcounts = slots.staffing(), heads.staffing()
    if staffing is None or headcounts is None:
        return Recomputed(NO_ROSTER, NO_ROSTER)
    bound, wages = staffing + headcounts - slots.caps_bought(), 0
    carried = CarriedLimits()
    limits = carried.by_agent(problem, rules, certificate.carried_rules)
    classes: Counter[AgentClass] = Counter()
    for agent in problem.agents:
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
    framed = {kind: frames.of(kind) for kind in classes}
    of_crews = crews.costs({kind: member for kind, (_, member) in framed.items()}, classes, layouts)
    if of_crews is None:
        return Recomputed(NO_ROSTER, NO_ROSTER)
    bound += of_crews
    for kind, best in _best_weeks(framed, layouts):
        if best.min() < POSSIBLE:
            return Recomputed(NO_ROSTER, NO_ROSTER)
        bound -= classes[kind] * int(best[0])
        wages -= classes[kind] * int(best[1])
    return Recomputed(bound, wages)


def _busy_until(problem: Problem, agent: Agent) -> int | None:
    """When the last duty from before the horizon ended, if that is not long ago."""
    zone = problem.zone_of(agent)
    ends = [problem.grid.instant(worked.end, zone) for worked in agent.history]
    return max((end for end in ends if end > -1440), default=None)


def _best_weeks(
    framed: Mapping[AgentClass, tuple[Frame, Member]], layouts: Layouts
) -> Iterator[tuple[AgentClass, Ints]]:
    """For each class the most that a week is worth after its costs, and after its wage alone."""
    together: dict[Frame, list[Member]] = {}
    for frame, member in framed.values():
        together.setdefault(frame, []).append(member)
    planned: list[tuple[Frame, Sequence[Member]]] = []
    for frame, members in together.items():
        members.sort(key=lambda member: member.templates)  # the more alike, the smaller the table
        each = sum(len(table.start) for table in layouts.tables(frame.zone))
        planned += [(frame, some) for some in _parts(members, max(1, MOST_CHOICES // max(1, each)))]
    # Threads are enough: nearly all the time goes into operations on long arrays, which let others run.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        best = pool.map(lambda part: _best(part[0], part[1], layouts), planned)
        for (_, some), values in zip(planned, best, strict=True):
            yield from zip((member.kind for member in some), values.T, strict=True)


def _parts(members: Sequence[Some], most: int) -> Iterator[Sequence[Some]]:
    return (members[begin : begin + most] for begin in range(0, len(members), most))


def _best(frame: Frame, members: Sequence[Member], layouts: Layouts) -> Ints:
    """The same for some members of a frame; shape (2, members)."""
    return _best_of(agent_weeks(frame, members, layouts))


def _best_of(weeks: AgentWeeks) -> Ints:
    try:
        return best_of(weeks)
    except TooManyMembers:
        halves = _parts(range(len(weeks.entries)), -(-len(weeks.entries) // 2))
        return np.concatenate([_best_of(weeks.of(half)) for half in halves], axis=1)


def _fits(
    problem: Problem, rules: RuleBook, certificate: Certificate, pieces: Pieces, rows: tuple[Row, ...]
) -> None:
    slot = certificate.slot_minutes
    if slot < 1 or problem.grid.interval_minutes % slot:
        raise ValueError(f"slots of {slot} min do not divide the interval")
    slots, days = problem.grid.minutes // slot, problem.grid.days
    active = {rule.name for rule in rules.active()}
    for what, names, known in (
        ("price", certificate.prices, set(problem.skill_named)),
        ("team price", certificate.team_prices, {piece.rule for piece in pieces.of_presence}),
        ("headcount price", certificate.headcount_prices, {row.name for row in rows}),
        ("carried rule", certificate.carried_rules, active),
    ):
        unknown = [name for name in names if name not in known]
        if unknown:
            raise ValueError(f'{what} "{unknown[0]}" is not in the input')
    for priced, number, what in (
        (certificate.prices, slots, "slots"),
        (certificate.team_prices, slots, "slots"),
        (certificate.headcount_prices, days, "days"),
    ):
        for name, prices in priced.items():
            if len(prices) != number:
                raise ValueError(
                    f'the prices of "{name}" are {len(prices)}, but the horizon has {number} {what}'
                )
