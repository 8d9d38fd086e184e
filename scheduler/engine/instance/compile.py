"""Compiling a problem and its rule book into the arrays that a search reads.

Limits over one day are folded into menus (``must``) and single-day prices (``prefer``); multi-day limits
become records of the agent; staffing limits become breakpoints and caps; break limits become regimes. What
none of these can carry raises: no rule is dropped in silence.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.errors import UnsupportedRule, unsupported
from scheduler.domain.values.price_parts import in_parts
from scheduler.engine.instance.break_layouts import BreakTerm, Layouts, Regime
from scheduler.engine.instance.headcount_costs import HeadRows
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.interval_costs import StaffingRows
from scheduler.engine.instance.limit_records import MultiDayLimit
from scheduler.engine.instance.pinned_breaks import BreakVerb, break_instants, pins_breaks
from scheduler.engine.instance.premium_costs import PremiumCosts
from scheduler.engine.instance.service_rows import ServiceRows
from scheduler.engine.instance.shift_options import ABSENT, Options
from scheduler.engine.instance.slots import Slots
from scheduler.engine.instance.verb_tables import amounts, free_amount
from scheduler.engine.kernel.arrays import BoolArray, Float64Array, Int32Array, Int64Array
from scheduler.model import (
    Gap,
    Headcount,
    Limit,
    Pair,
    Rest,
    Rule,
    RuleBook,
    Run,
    Service,
    Spread,
    Staffing,
    Total,
)
from scheduler.model.checks.preflight import split_days, unsearched
from scheduler.model.limits.breaks import BreakLimit
from scheduler.model.limits.kinds import AgentLimit, beyond_search
from scheduler.model.limits.verbs import Verb, Worked
from scheduler.pay.period_overtime import PeriodOvertime
from scheduler.pay.premium_times import PremiumTimes
from scheduler.texts import text


def compile_instance(problem: Problem, rules: RuleBook, slot_minutes: int = 0) -> Instance:
    """Prepare everything that a search reads; what is off or only reported is none of its business.

    Where premiums are no whole units, all prices are cut into as many parts as make them whole, and so are
    costs and bounds: see :attr:`Instance.parts`.

    Parameters
    ----------
    slot_minutes
        Its slots divide these minutes, too: those of an instance of more rules, whose breakpoints and prices
        are to fit both.

    Raises
    ------
    UnsupportedRule
        If a rule asks for something that the search cannot keep.
    """
    parts = problem.parts_of_a_unit
    if parts == 1:
        return _Preparation(problem, rules.planned, slot_minutes).instance()
    prepared = _Preparation(in_parts(problem, parts), in_parts(rules.planned, parts), slot_minutes)
    return replace(prepared.instance(), parts=parts)


class _Preparation:
    """Walks the rule book once and sorts every limit into its table."""

    def __init__(self, problem: Problem, rules: RuleBook, slot_minutes: int) -> None:
        self.problem, self.rules = problem, rules
        demanded = [(rule, list(rule.limits(problem))) for rule in rules.rules]
        inside = [limit for _, limits in demanded for limit in limits if isinstance(limit, BreakLimit)]
        pins: list[tuple[str, int, BreakVerb]] = []
        for _, limits in demanded:
            for limit in limits:
                if isinstance(limit, Total) and pins_breaks(verb := limit.of):
                    zone = problem.zone_of(problem.agent_named[limit.agent])
                    pins += [(zone, day, verb) for day in limit.on]
        wanted = (break_instants(problem, *pin) for pin in pins)
        self.slots = Slots.of(problem, inside, wanted, slot_minutes)
        self.options = Options.of(self.slots, pins)
        self.layouts = Layouts(self.options)
        self.number = {agent.name: i for i, agent in enumerate(problem.agents)}
        self.zone = np.array(
            [self.slots.zones.index(problem.zone_of(agent)) for agent in problem.agents], np.int32
        )
        agents, days = len(problem.agents), problem.grid.days
        self.verbs: dict[Verb, int] = {}
        self.multi_day_limits: list[list[MultiDayLimit]] = [[] for _ in problem.agents]
        self.terms: dict[tuple[int, int], list[BreakTerm]] = defaultdict(list)
        self.team: list[tuple[Rule, Staffing]] = []
        self.headcounts: list[tuple[Rule, Headcount]] = []
        self.services: list[tuple[Rule, Service]] = []
        self.barred: list[tuple[int, int, BoolArray]] = []
        self.pinned: dict[tuple[int, int], BoolArray] = {}
        self.prices: dict[tuple[int, int], Float64Array] = {}
        self.may_be_free = np.ones((agents, days), bool)
        self.priced_alone: set[str] = set()
        self._excess_cache: dict[tuple[object, ...], Int64Array] = {}
        self.one_a_day: set[tuple[int, int]] = set()
        for rule, limits in demanded:
            whole = not any(isinstance(limit, AgentLimit) and not _is_folded(limit) for limit in limits)
            for limit in limits:
                self.sort(rule, limit, whole)
        if len(self.one_a_day) < agents * days:
            raise UnsupportedRule([split_days()])
        self.keep_duties_apart()
        self.pay_beyond()

    def sort(self, rule: Rule, limit: Limit, may_fold: bool) -> None:
        """Put one limit where it belongs.

        A rule is folded wholly or not at all: the bound could not leave a folded part out.
        """
        price = None if rule.is_must else rule.cost_of(1, limit.price)
        if beyond_search(limit):
            raise UnsupportedRule([unsearched(rule, limit)])
        match limit:
            case Staffing():
                self.team.append((rule, limit))
            case Headcount():
                self.use(limit.of)
                self.headcounts.append((rule, limit))
            case Service():
                self.services.append((rule, limit))
            case BreakLimit():
                term = BreakTerm.of(limit, price)
                for day in limit.on:
                    self.terms[self.number[limit.agent], day].append(term)  # equal ones are paid twice
            case Total() if may_fold and _single_day(limit) is not None:
                self.fold(rule, limit, price)
            case Total(of=verb) | Run(of=verb) | Gap(after=verb):
                self.use(verb)
                self.multi_day_limits[self.number[limit.agent]].append(MultiDayLimit(rule.name, limit, price))
            case Pair(first=first, then=then):
                self.use(first)
                self.use(then)
                self.multi_day_limits[self.number[limit.agent]].append(MultiDayLimit(rule.name, limit, price))
            case Rest() | Spread():
                self.multi_day_limits[self.number[limit.agent]].append(MultiDayLimit(rule.name, limit, price))
            case _:
                raise unsupported(
                    text('the engine does not know the limit "{name}"', name=type(limit).__name__)
                )

    def use(self, verb: Verb) -> None:
        """Give a verb a column."""
        self.verbs.setdefault(verb, len(self.verbs))

    def fold(self, rule: Rule, limit: Total, price: int | None) -> None:
        """A limit on one day bars options (must) or prices them (prefer)."""
        day = _single_day(limit)
        assert day is not None
        agent = self.number[limit.agent]
        loose = limit.at_least is None and limit.at_most is not None and limit.carried_in < limit.at_most
        if limit.of == Worked():
            if price is None and limit.at_most in (0, 1):
                self.one_a_day.add((agent, day))
            if loose:  # at most one shift a day: the search has no other
                return
        zone = int(self.zone[agent])
        excess = self.excess(limit, zone, day)
        if pins_breaks(limit.of):
            mine = excess[:-1] == 0
            self.pinned[agent, day] = self.pinned.get((agent, day), np.zeros(self.options.count, bool)) | mine
        if price is None:
            if excess[:-1].any():
                self.barred.append((agent, day, excess[:-1] > 0))
            self.may_be_free[agent, day] &= excess[-1] == 0
        elif excess.any():
            self.priced_alone.add(rule.name)
            row = self.prices.setdefault((agent, day), np.zeros(self.options.count + 1))
            row += float(price) * excess

    def excess(self, limit: Total, zone: int, day: int) -> Int64Array:
        """By how much each option of a day, and the free day behind them, is beyond the limit."""
        key = (limit.of, zone, day, limit.at_least, limit.at_most, limit.carried_in)
        if key in self._excess_cache:
            return self._excess_cache[key]
        of_option = limit.carried_in + amounts(self.options, limit.of, zone, day).astype(np.int64)
        of_free_day = np.array([limit.carried_in + free_amount(limit.of)])
        excess = np.append(_beyond(of_option, limit), _beyond(of_free_day, limit))
        if not pins_breaks(limit.of):  # hardly two agents have one of those in common
            self._excess_cache[key] = excess
        return excess

    def keep_duties_apart(self) -> None:
        """Two duties never overlap, whatever the rules on rest say."""
        days = tuple(range(self.problem.grid.days))
        self.use(Worked())
        grid = self.problem.grid
        for i, agent in enumerate(self.problem.agents):
            zone = self.problem.zone_of(agent)
            last = max((grid.instant(worked.end, zone) for worked in agent.history), default=None)
            self.multi_day_limits[i].append(
                MultiDayLimit("", Gap(agent.name, 0, days, carried_in=last), None)
            )

    def pay_beyond(self) -> None:
        """Overtime of periods is a sum with a price beyond some number, as that of a preference is."""
        overtime = PeriodOvertime(PremiumTimes(self.problem))
        for i, agent in enumerate(self.problem.agents if overtime.numbers else ()):
            pay = self.problem.pay_of(agent)
            for number, total in overtime.totals(agent):
                premium = overtime.times.premiums[number]
                rate = premium.rate(pay)
                assert rate.denominator == 1  # prices are in as many parts as that takes
                if rate:
                    self.use(total.of)
                    beyond = MultiDayLimit(premium.name, total, int(rate), is_pay=True)
                    self.multi_day_limits[i].append(beyond)

    def premiums(self) -> dict[tuple[int, int], Float64Array]:
        """What each option is paid on top, by agent and day."""
        if not self.problem.paid_on_top:
            return {}
        costs = PremiumCosts(self.problem, self.options)
        agents, days = self.may_be_free.shape
        rows = {
            (agent, day): costs.row(agent, int(self.zone[agent]), day)
            for agent in range(agents)
            for day in range(days)
        }
        return {place: row for place, row in rows.items() if row is not None}

    def instance(self) -> Instance:
        """All of it."""
        agents, days = self.may_be_free.shape
        regimes: dict[Regime, int] = {}
        regime = np.zeros((agents, days), np.int32)
        for agent in range(agents):
            for day in range(days):
                terms = tuple(self.terms.get((agent, day), ()))
                regime[agent, day] = regimes.setdefault(terms, len(regimes))
        laid = np.stack([self.layouts.table(terms) for terms in regimes])
        for_pins = np.zeros(self.options.count, bool)
        for_pins[list(self.options.pinned)] = True
        menus = np.empty((agents, days, self.options.count), bool)
        every_day = np.arange(days)
        for agent in range(agents):
            exists = self.options.start_slot[self.zone[agent]] != ABSENT
            menus[agent] = exists & (laid[regime[agent], self.zone[agent], every_day] != ABSENT) & ~for_pins
        for (agent, day), mine in self.pinned.items():
            zone = self.zone[agent]
            legal = (self.options.start_slot[zone, day] != ABSENT) & (
                laid[regime[agent, day], zone, day] != ABSENT
            )
            menus[agent, day] |= mine & legal
        for agent, day, bars in self.barred:
            menus[agent, day] &= ~bars
        price_row, price = _rows_of(self.prices, agents, days, self.options.count)
        premiums = self.premiums()
        wished = price
        premium_row, premium = _rows_of(premiums, agents, days, self.options.count)
        if premiums:
            both = dict(premiums)
            for place, row in self.prices.items():
                both[place] = both[place] + row if place in both else row
            price_row, price = _rows_of(both, agents, days, self.options.count)
        return Instance(
            problem=self.problem,
            rules=self.rules,
            slots=self.slots,
            options=self.options,
            layouts=self.layouts,
            staffing=StaffingRows.of(self.problem, self.slots, self.team),
            heads=HeadRows.of(self.problem, self.headcounts),
            services=ServiceRows.of(self.problem, self.slots, self.services),
            verbs=list(self.verbs),
            multi_day_limits=self.multi_day_limits,
            menus=menus,
            may_be_free=self.may_be_free,
            zone=self.zone,
            regime=regime,
            regimes=list(regimes),
            price_row=price_row,
            price=price,
            wished=wished,
            premium_row=premium_row,
            premium=premium,
            priced_alone=self.priced_alone,
        )


def _rows_of(
    of: Mapping[tuple[int, int], Float64Array], agents: int, days: int, options: int
) -> tuple[Int32Array, Float64Array]:
    """The number of each agent's row on a day, -1 without one, and the distinct rows."""
    numbers: dict[bytes, int] = {}
    row_of = np.full((agents, days), -1, np.int32)
    kept: list[Float64Array] = []
    for (agent, day), row in of.items():
        key = row.tobytes()
        if key not in numbers:
            numbers[key] = len(kept)
            kept.append(row)
        row_of[agent, day] = numbers[key]
    return row_of, np.array(kept) if kept else np.zeros((1, options + 1))


def _single_day(limit: Total) -> int | None:
    """The day of a limit that looks at one day only."""
    if len(limit.on) == 1 and not limit.on_any_of:
        return limit.on[0]
    return None


def _is_folded(limit: AgentLimit) -> bool:
    """Whether the limit looks at one day only, or at the inside of shifts."""
    return isinstance(limit, BreakLimit) or (isinstance(limit, Total) and _single_day(limit) is not None)


def _beyond(total: Int64Array, limit: Total) -> Int64Array:
    short = 0 if limit.at_least is None else np.maximum(0, limit.at_least - total)
    over = 0 if limit.at_most is None else np.maximum(0, total - limit.at_most)
    return np.asarray(short + over, np.int64)
