"""No legal roster can cost less than this: the bound, recomputed from its certificate alone.

Give every agent-slot on a skill a price, and every day of a headcount, and let anyone buy and sell there.
Then staffing and weeks come apart: each slot and day takes the staff that is cheapest at its price, each
agent takes the week that is worth most, and the sum of these independent optima is below the cost of
every legal roster, whatever the prices are (Lagrangian relaxation; Held and Karp 1971). Good prices make
it high, bad ones only low.

    L =   sum over skills and slots of  min over staff s of  staffing cost(s) + price x s
        + sum over headcounts and days of  min over heads h of  cost of h heads + price x h
        - sum over presence caps and slots of  cap price x cap
        - what duties from before the horizon are worth inside it
        - sum over agents of the greatest  worth - wage - broken preferences  of a legal week
"""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.money import hourly
from scheduler.domain.outcome import Certificate
from scheduler.domain.problem import Agent, Problem
from scheduler.model.book import RuleBook
from scheduler.model.limits import AgentLimit, Total
from scheduler.verifier.agent_class import AgentClass, Carried, Premium
from scheduler.verifier.agent_weeks import agent_weeks
from scheduler.verifier.best_week import NEVER, POSSIBLE, TooManyStates
from scheduler.verifier.heads import Row, rows_of
from scheduler.verifier.layouts import Layouts, Worth
from scheduler.verifier.pieces import Piece, Pieces, pieces_of
from scheduler.verifier.spreads import best_of

Ints = NDArray[np.int64]

NO_ROSTER = 2**62
"""The bound where the certificate shows that no legal roster exists: above every cost."""

_DAYS_AROUND = 5 * 1440


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
        do not divide every start, length and break.
    """
    return recompute(problem, rules, certificate).bound


def unavoidable_wages(problem: Problem, rules: RuleBook, certificate: Certificate) -> int:
    """Wages that every roster pays which keeps the certificate's carried rules."""
    return recompute(problem, rules, certificate).unavoidable_wages


def recompute(problem: Problem, rules: RuleBook, certificate: Certificate) -> Recomputed:
    """Bound and unavoidable wages; see :func:`recompute_bound`."""
    pieces, rows = pieces_of(problem, rules), rows_of(problem, rules)
    _fits(problem, rules, certificate, pieces, rows)
    market = _Market(problem, certificate, pieces)
    heads = _HeadMarket(problem, certificate, rows)
    staffing, headcounts = market.staffing(), heads.staffing()
    if staffing is None or headcounts is None:
        return Recomputed(NO_ROSTER, NO_ROSTER)
    bound, wages = staffing + headcounts - market.caps_bought(), 0
    classes: Counter[AgentClass] = Counter()
    limits = _limits_by_agent(problem, rules, certificate)
    layouts = Layouts(problem, certificate.slot_minutes)
    for agent in problem.agents:
        kind = _class_of(problem, agent, market, heads, limits.get(agent.name, ()))
        bound -= market.worth_of_history(agent, kind)
        classes[kind] += 1
    for kind, agents in classes.items():
        best = _best(kind, layouts, market.worth(kind), heads.premiums(kind))
        if min(best) < POSSIBLE:
            return Recomputed(NO_ROSTER, NO_ROSTER)
        bound -= agents * int(best[0])
        wages -= agents * int(best[1])
    return Recomputed(bound, wages)


class _Market:
    """What it is worth to be at work, slot by slot, at the certificate's prices."""

    def __init__(self, problem: Problem, certificate: Certificate, pieces: Pieces) -> None:
        self.problem = problem
        self.slot = certificate.slot_minutes
        self.slots = problem.grid.minutes // self.slot
        self.interval = np.arange(self.slots) * self.slot // problem.grid.interval_minutes
        self.pieces = pieces
        nothing = (0,) * self.slots
        self.prices = {
            skill.name: np.array(certificate.prices.get(skill.name, nothing), dtype=np.int64)
            for skill in problem.skills
        }
        self.caps = [self._cap(piece, certificate) for piece in pieces.of_presence]
        self._worth: dict[tuple[tuple[str, ...], tuple[int, ...]], Worth] = {}

    def _cap(self, piece: Piece, certificate: Certificate) -> tuple[frozenset[str], Ints, Ints]:
        """Who counts for a presence cap, its price in each slot, and the cap."""
        bounds = [piece.at_most(interval) for interval in range(self.problem.grid.intervals)]
        capped = np.array([bound is not None for bound in bounds])[self.interval]
        most = np.array([bound or 0 for bound in bounds], dtype=np.int64)[self.interval]
        given = certificate.team_prices.get(piece.rule, (0,) * self.slots)
        price = np.maximum(0, np.array(given, dtype=np.int64)) * capped
        if not piece.is_must:  # one may also pay to break it, so it is never worth more
            price = np.minimum(price, hourly(piece.price, self.slot))
        return frozenset(piece.limit.agents), price, most

    def caps_bought(self) -> int:
        """Value of all capped presence."""
        return sum(int((price * most).sum()) for _, price, most in self.caps)

    def caps_of(self, agent: Agent) -> tuple[int, ...]:
        """Numbers of the priced presence caps that count an agent."""
        return tuple(
            number for number, (who, price, _) in enumerate(self.caps) if agent.name in who and price.any()
        )

    def staffing(self) -> int | None:
        """Cheapest staff of every slot at its price; ``None`` where a must cannot be met by anyone."""
        total = 0
        for skill in self.problem.skills:
            holders = sum(skill.name in agent.skills for agent in self.problem.agents)
            cheapest = self._cheapest_staff(skill.name, holders)
            if cheapest is None:
                return None
            total += cheapest
        return total

    def _cheapest_staff(self, skill: str, holders: int) -> int | None:
        price = self.prices[skill]
        fewest, most = np.zeros(self.slots, dtype=np.int64), np.full(self.slots, holders, dtype=np.int64)
        floors: list[tuple[Ints, int]] = []
        caps: list[tuple[Ints, int]] = []
        for piece in self.pieces.by_skill.get(skill, ()):
            intervals = range(self.problem.grid.intervals)
            floor = np.array([piece.at_least(i) or 0 for i in intervals], dtype=np.int64)[self.interval]
            tops = [piece.at_most(i) for i in intervals]
            cap = np.array([NO_ROSTER if top is None else top for top in tops], dtype=np.int64)[self.interval]
            if piece.is_must:
                fewest, most = np.maximum(fewest, floor), np.minimum(most, cap)
            else:
                floors.append((floor, hourly(piece.price, self.slot)))
                caps.append((cap, hourly(piece.price, self.slot)))
        if bool((fewest > most).any()):
            return None
        # The cost is linear between these numbers of staff, so that one of them is cheapest.
        kinks = [fewest, most, *(kink for kink, _ in floors + caps)]
        best = np.full(self.slots, NO_ROSTER, dtype=np.int64)
        for kink in kinks:
            staff = np.clip(kink, fewest, most)
            cost = price * staff
            for floor, each in floors:
                cost = cost + each * np.maximum(0, floor - staff)
            for cap, each in caps:
                cost = cost + each * np.maximum(0, staff - cap)
            best = np.minimum(best, cost)
        return int(best.sum())

    def _per_slot(self, kind: AgentClass) -> Ints:
        """Worth of one agent at work in each slot of the horizon."""
        worth = np.zeros(self.slots, dtype=np.int64)
        if kind.skills:
            worth = np.max([self.prices[skill] for skill in kind.skills], axis=0)
        for number in kind.caps:
            worth = worth - self.caps[number][1]
        return worth

    def worth(self, kind: AgentClass) -> Worth:
        """The same summed up, with days around the horizon that are worth nothing."""
        key = (kind.skills, kind.caps)
        if key not in self._worth:
            around = np.zeros(_DAYS_AROUND // self.slot, dtype=np.int64)
            steps = np.concatenate([around, self._per_slot(kind), around])
            self._worth[key] = Worth(-_DAYS_AROUND, np.concatenate([[0], steps.cumsum()]))
        return self._worth[key]

    def worth_of_history(self, agent: Agent, kind: AgentClass) -> int:
        """What an agent's duties from before the horizon are worth inside it, rounded up."""
        if not agent.history:
            return 0
        worth, total = self._per_slot(kind), 0
        starts = np.arange(self.slots) * self.slot
        for begin, end in self.problem.work_reaching_in(agent):
            inside = np.maximum(0, np.minimum(end, starts + self.slot) - np.maximum(begin, starts))
            total += int((inside * worth).sum())
        return -(-total // self.slot)


class _HeadMarket:
    """What it is worth to count for a headcount, day by day, at the certificate's prices."""

    def __init__(self, problem: Problem, certificate: Certificate, rows: tuple[Row, ...]) -> None:
        self.rows = rows
        nothing = (0,) * problem.grid.days
        self.prices = [
            np.array(certificate.headcount_prices.get(row.name, nothing), dtype=np.int64) for row in rows
        ]

    def staffing(self) -> int | None:
        """Cheapest heads of every row and day at its price; ``None`` where a must cannot be met by anyone."""
        total = 0
        for row, prices in zip(self.rows, self.prices, strict=True):
            cheapest = row.cheapest(prices)
            if cheapest is None:
                return None
            total += cheapest
        return total

    def rows_of(self, agent: Agent) -> tuple[int, ...]:
        """Numbers of the priced rows that count an agent."""
        return tuple(
            number
            for number, row in enumerate(self.rows)
            if agent.name in row.agents and self.prices[number].any()
        )

    def premiums(self, kind: AgentClass) -> tuple[Premium, ...]:
        """What the days of a class are worth besides."""
        return tuple(Premium(self.rows[number].of, self.prices[number]) for number in kind.heads)


def _best(kind: AgentClass, layouts: Layouts, worth: Worth, premiums: tuple[Premium, ...]) -> Ints:
    """Most that a week is worth after its costs, and after its wage alone."""
    dropped: frozenset[int] = frozenset()
    while True:
        weeks = agent_weeks(kind, layouts, worth, (kind.skills, kind.caps), dropped, premiums)
        if weeks is None:
            return np.full(2, NEVER, dtype=np.int64)
        try:
            return best_of(weeks)
        except TooManyStates as too_many:
            numbers = [n for n in range(len(weeks.meters) + len(dropped)) if n not in dropped]
            dropped |= {numbers[too_many.meter]}


def _class_of(
    problem: Problem, agent: Agent, market: _Market, heads: _HeadMarket, limits: tuple[Carried, ...]
) -> AgentClass:
    ends = [end for _, end in _history(problem, agent) if end > -_DAYS_AROUND]
    return AgentClass(
        skills=tuple(sorted(set(agent.skills))),
        caps=market.caps_of(agent),
        heads=heads.rows_of(agent),
        zone=problem.zone_of(agent),
        pay=problem.pay_of(agent),
        busy_until=max((end for end in ends if end > -1440), default=None),
        limits=limits,
    )


def _history(problem: Problem, agent: Agent) -> list[tuple[int, int]]:
    zone = problem.zone_of(agent)
    return [
        (problem.grid.instant(worked.start, zone), problem.grid.instant(worked.end, zone))
        for worked in agent.history
    ]


def _limits_by_agent(
    problem: Problem, rules: RuleBook, certificate: Certificate
) -> dict[str, tuple[Carried, ...]]:
    collected: dict[str, list[Carried]] = {}
    for rule in rules.active():
        if rule.name in certificate.carried_rules:
            for limit in rule.limits(problem):
                if isinstance(limit, AgentLimit):
                    price = limit.price if isinstance(limit, Total) else None
                    unit_price = None if rule.is_must else rule.cost_of(1, price)
                    anyone = Carried(replace(limit, agent=""), unit_price)
                    collected.setdefault(limit.agent, []).append(anyone)
    return {agent: tuple(limits) for agent, limits in collected.items()}


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
