"""The aggregated linear programme: how many of each class of like agents start which shift and break when.

Implicit modelling of breaks (Bechtold and Jacobs 1990; Aykin 1996 for windows): variables count the agents of
a class per (day, option), and breaks are not tied to shifts but counted per start, in running sums: at any
time, those who have begun a break are at least those who must have and at most those who may. Its size does
not grow with headcount. Rest between days, hours, days and runs are stated per class in sum. It is a
relaxation with approximations, which is enough: its duals are *prices*, and any prices give a valid bound
once the Lagrangian is evaluated at them.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers import highs_pb2

from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.goals.linear_rows import add_goals
from scheduler.engine.instance.headcount_costs import UNSAID, segments_of
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.interval_costs import NO_CAP, StaffingBreakpoint
from scheduler.engine.instance.shift_options import ABSENT
from scheduler.engine.kernel.arrays import Float64Array
from scheduler.engine.lp.builder import INFINITE, Programme
from scheduler.model import Gap, Run, Total
from scheduler.model.limits.kinds import Block
from scheduler.model.limits.verbs import Free, Verb, Worked


@dataclass(frozen=True)
class AggregatedPolicy:
    """Parameters of how long the programme is thought to take, and of how it is written down."""

    least_seconds: float = 12.0
    """Less is never planned for: the real week of 475 agents takes 10 to 25 s."""
    size_per_second: float = 300.0
    """Classes times days times options that are written down and solved in a second. The real week has 4,284
    of them; four weeks of 100 like agents have 65,000, nine seconds of which are for writing down alone, and
    while that goes on no pricing call comes to its turn."""
    sampled_agents: int = 20
    """Agents of a class whose wishes are averaged. More average wishes better and take longer; the prices are
    a start, and any are valid."""


POLICY = AggregatedPolicy()


@dataclass(frozen=True, eq=False)
class _Class:
    """Agents that one set of variables counts."""

    agents: tuple[int, ...]
    zone: int
    group: int
    regime: int
    pay: float


def aggregated_prices(lagrangian: Lagrangian, seconds: float) -> Float64Array | None:
    """Duals of the staffing and headcount rows as a vector of prices; ``None`` if not found in time."""
    return _Relaxation(lagrangian).prices(seconds)


def seconds_for(instance: Instance) -> float:
    """About how long it takes to write the programme down and solve it; it may well be twice as long."""
    size = len(_classes(instance)) * instance.problem.grid.days * instance.options.count
    return max(POLICY.least_seconds, size / POLICY.size_per_second)


class _Relaxation:
    """Builds and solves the programme of one problem."""

    def __init__(self, lagrangian: Lagrangian) -> None:
        self.lagrangian, self.instance = lagrangian, lagrangian.instance
        self.rows = Programme()
        self.supply: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
        self.heads: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
        for one in _classes(self.instance):
            self.add_class(one)
        self.staffing_row: dict[tuple[int, int], int] = {}
        self.add_staffing()
        self.head_row: dict[tuple[int, int], int] = {}
        self.add_headcounts()

    def add_class(self, one: _Class) -> None:
        """Variables of a class by shift, its limits in sum, and its breaks."""
        instance, options = self.instance, self.instance.options
        days, count = instance.problem.grid.days, float(len(one.agents))
        members, is_priced = np.array(one.agents), bool((instance.price_row >= 0).any())
        open_to = instance.menus[members].sum(axis=0)
        starts = options.start_slot[one.zone]
        x: list[dict[int, int]] = []
        for day in range(days):
            on_day: dict[int, int] = {}
            for o in np.nonzero(open_to[day])[0].tolist():
                price = (
                    np.mean([_alone(instance, int(a), day, o) for a in members[: POLICY.sampled_agents]])
                    if is_priced
                    else 0
                )
                on_day[o] = self.rows.variable(
                    one.pay * float(options.paid[o]) + float(price), float(open_to[day, o])
                )
                for row in np.nonzero(instance.heads.counts[:, members[0]])[0].tolist():
                    if instance.amount[instance.column(instance.heads.verbs[row]), one.zone, day, o] > 0:
                        self.heads[row, day].append((on_day[o], 1.0))
            x.append(on_day)
            working = float(instance.menus[members, day].any(axis=1).sum())
            must = float((~instance.may_be_free[members, day]).sum())
            self.rows.row([(v, 1.0) for v in on_day.values()], must, min(working, count))
        self.add_limits(one, x, count)
        self.add_rest(one, x, count)
        for day in range(days):
            families: dict[tuple[int, int, int], list[int]] = defaultdict(list)
            for o in x[day]:
                families[int(options.template[o]), int(options.elapsed[o]), int(options.family[o])].append(o)
            for alike in families.values():
                alike.sort(key=lambda o: int(starts[day, o]))
                self.add_family(one, day, alike, x[day])

    def add_family(self, one: _Class, day: int, alike: list[int], x: dict[int, int]) -> None:
        """Options that differ by their start only: running sums of starts, presence, and breaks."""
        starts = [int(slot) for slot in self.instance.options.start_slot[one.zone, day, alike]]
        length = self.length(alike[0])
        begun = [self.rows.variable() for _ in alike]
        for i, o in enumerate(alike):
            before = [(begun[i - 1], -1.0)] if i else []
            self.rows.row([(begun[i], 1.0), *before, (x[o], -1.0)], 0.0, 0.0)
        for slot in range(starts[0], starts[-1] + length):
            here, gone = bisect_right(starts, slot) - 1, bisect_right(starts, slot - length) - 1
            self.supply[one.group, slot].append((begun[here], 1.0))
            if gone >= 0:
                self.supply[one.group, slot].append((begun[gone], -1.0))
        self.add_breaks(one, day, alike, begun)

    def length(self, option: int) -> int:
        """Slots of an option."""
        return int(self.instance.options.elapsed[option]) // self.instance.slots.minutes

    def add_limits(self, one: _Class, x: list[dict[int, int]], count: float) -> None:
        """Totals and longest runs, summed over the class where every member has the like."""
        instance = self.instance
        totals: dict[tuple[str, Verb, Block], list[Total]] = defaultdict(list)
        runs: dict[tuple[str, Verb, tuple[Block, ...], int], list[Run]] = defaultdict(list)
        for agent in one.agents:
            for multi_day in instance.multi_day_limits[agent]:
                if multi_day.price is not None:
                    continue
                if isinstance(multi_day.limit, Total) and not multi_day.limit.on_any_of:
                    totals[multi_day.rule, multi_day.limit.of, multi_day.limit.on].append(multi_day.limit)
                elif isinstance(multi_day.limit, Run) and multi_day.limit.of in (Worked(), Free()):
                    run = multi_day.limit
                    if run.at_most is not None:
                        runs[multi_day.rule, run.of, run.over, run.at_most].append(run)
        for (_, verb, on), limits in totals.items():
            if len(limits) < count:
                continue
            column = instance.column(verb)
            terms = [
                (v, float(instance.amount[column, one.zone, day, o])) for day in on for o, v in x[day].items()
            ]
            if isinstance(verb, Free):
                continue
            low = sum(
                limit.at_least - limit.carried_in if limit.at_least is not None else 0 for limit in limits
            )
            high = sum(
                limit.at_most - limit.carried_in if limit.at_most is not None else INFINITE
                for limit in limits
            )
            self.rows.row(terms, float(low), float(high))
        for (_, verb, over, at_most), run_limits in runs.items():
            if len(run_limits) < count:
                continue
            blocks = [block[0] for block in over]
            for begin in range(len(blocks) - at_most):
                window = blocks[begin : begin + at_most + 1]
                terms = [(v, 1.0) for day in window for v in x[day].values()]
                if isinstance(verb, Worked):
                    self.rows.row(terms, high=count * at_most)
                else:
                    self.rows.row(terms, low=count)

    def add_rest(self, one: _Class, x: list[dict[int, int]], count: float) -> None:
        """At any time, those still resting and those who have started again are at most the whole class."""
        instance, slot = self.instance, self.instance.slots.minutes
        rest = max(
            multi_day.limit.at_least
            for multi_day in instance.multi_day_limits[one.agents[0]]
            if isinstance(multi_day.limit, Gap) and multi_day.limit.since == "end" and multi_day.price is None
        )
        starts = instance.options.start_slot[one.zone]
        for day in range(len(x) - 1):
            for time in sorted({int(starts[day + 1, o]) for o in x[day + 1]}):
                tired = [
                    (v, 1.0)
                    for o, v in x[day].items()
                    if starts[day, o] + self.length(o) + -(-rest // slot) > time
                ]
                if not tired:
                    break
                begun = [(v, 1.0) for o, v in x[day + 1].items() if starts[day + 1, o] <= time]
                self.rows.row([*tired, *begun], high=count)

    def add_breaks(self, one: _Class, day: int, alike: list[int], started: list[int]) -> None:
        """Breaks of one family of options (ordered by start) on a day, by running sums."""
        instance, rows = self.instance, self.rows
        starts = instance.options.start_slot[one.zone, day]
        layouts = [int(instance.layout[one.regime, one.zone, day, o]) for o in alike]
        if any(layout == ABSENT for layout in layouts):
            return
        variants = [instance.layouts.variants[instance.layouts.from_[layout]][0] for layout in layouts]
        breaks = int(variants[0]["breaks"])
        begun: list[tuple[int, list[int]]] = []  # per break: first slot, running sum variable per slot
        for j in range(breaks):
            length = int(variants[0]["length"][j])
            windows = [
                (int(starts[o] + v["first"][j]), int(starts[o] + v["last"][j]))
                for o, v in zip(alike, variants, strict=True)
            ]
            first, last = min(w[0] for w in windows), max(w[1] for w in windows)
            sums = [rows.variable() for _ in range(first, last + 1)]
            for t, variable in enumerate(sums):
                before = sums[t - 1] if t else None
                at_t = [(variable, 1.0)] + ([(before, -1.0)] if before is not None else [])
                rows.row(at_t, low=0.0)  # running sums do not fall
                for busy in range(first + t, first + t + length):
                    self.supply[one.group, busy] += [(v, -w) for v, w in at_t]
                # all whose window has closed have begun the break, none whose window is yet to open
                closed = sum(window[1] <= first + t for window in windows)
                opened = sum(window[0] <= first + t for window in windows)
                must = [(started[closed - 1], -1.0)] if closed else []
                if t == len(sums) - 1:
                    rows.row([(variable, 1.0), *must], 0.0, 0.0)
                    continue
                if must:
                    rows.row([(variable, 1.0), *must], low=0.0)
                rows.row([(variable, 1.0), *([(started[opened - 1], -1.0)] if opened else [])], high=0.0)
            if begun:
                self.keep_apart(begun[-1], (first, sums), variants[0], j)
            begun.append((first, sums))

    def keep_apart(
        self, one: tuple[int, list[int]], other: tuple[int, list[int]], variant: np.void, j: int
    ) -> None:
        """The gap between two breaks in running sums: the second begins neither too soon nor too late."""
        (first_one, one_sums), (first_other, other_sums) = one, other
        cut = int(variant["length"][j - 1])
        least, most = (
            cut + int(variant["gap_least"]),
            cut + min(int(variant["gap_most"]), int(variant["work_most"])),
        )
        for t, variable in enumerate(other_sums):
            soon = first_other + t - least - first_one
            if soon < 0:
                self.rows.row([(variable, 1.0)], high=0.0)
            elif soon < len(one_sums) - 1:
                self.rows.row([(variable, 1.0), (one_sums[soon], -1.0)], high=0.0)
            late = first_other + t - most - first_one
            if 0 <= late < len(one_sums):
                self.rows.row([(variable, 1.0), (one_sums[late], -1.0)], low=0.0)

    def add_staffing(self) -> None:
        """Supply of each group divided among its skills; missing and superfluous staff are priced."""
        lagrangian, instance, rows = self.lagrangian, self.instance, self.rows
        groups = instance.staffing.groups
        for slot in range(lagrangian.low, lagrangian.high):
            on_skill: dict[int, list[tuple[int, float]]] = defaultdict(list)
            for group, (skills, _) in enumerate(groups):
                terms = self.supply.get((group, slot), [])
                given = float(lagrangian.given[group, slot])
                if not skills or (not terms and not given):
                    continue
                shares = [rows.variable() for _ in skills]
                rows.row([*((v, -1.0) for v in shares), *terms], -given, -given)
                for k, share in zip(sorted(skills), shares, strict=True):
                    on_skill[k].append((share, 1.0))
            for k in range(lagrangian.skills):
                limits = [
                    one
                    for one in instance.staffing.breakpoints
                    if one.skill == k and 0 <= one.at[slot] < NO_CAP
                ]
                wanted = [one for one in limits if not one.hard] or limits
                if not wanted:
                    continue
                required = float(wanted[0].at[slot])
                terms = list(on_skill[k])
                for one in limits:
                    if one.over:
                        terms.append((rows.variable(float(one.price)), -1.0))
                    elif one.at[slot] > 0:
                        top = required if one.hard else float(one.at[slot])
                        terms.append((rows.variable(float(one.price), top), 1.0))
                self.staffing_row[k, slot] = rows.row(terms, *_bounds(limits, required))
        add_goals(rows, self.staffing_row, instance.services.rows)

    def add_headcounts(self) -> None:
        """People who count in each row on each day; missing and superfluous heads are priced."""
        headcounts, rows = self.instance.heads, self.rows
        breakpoints: dict[tuple[int, int], list[tuple[int, float, bool]]] = defaultdict(list)
        for one in headcounts.breakpoints:
            for day in np.flatnonzero(one.at != UNSAID).tolist():
                breakpoints[one.row, day].append((int(one.at[day]), float(one.price), one.over))
        for (row, day), mine in sorted(breakpoints.items()):
            first, segments, _ = segments_of(mine)
            terms = list(self.heads[row, day])
            for part in segments:  # heads + below - beyond = first breakpoint
                if part.down and first:
                    terms.append((rows.variable(part.price, float(first)), 1.0))
                elif not part.down:
                    terms.append((rows.variable(part.price, part.most), -1.0))
            self.head_row[row, day] = rows.row(terms, float(first), float(first))

    def solved(self, settings: mathopt.SolveParameters) -> mathopt.SolveResult:
        """The programme solved by HiGHS."""
        model = mathopt.Model.from_model_proto(self.rows.as_proto())
        return mathopt.solve(model, mathopt.SolverType.HIGHS, params=settings)

    def prices(self, seconds: float) -> Float64Array | None:
        """Solve by interior points and read the duals off the rows; ``None`` if time ran out.

        No crossover to a vertex: duals from the middle of the optimal face are the better guide.
        """
        settings = mathopt.SolveParameters(
            time_limit=timedelta(seconds=seconds),
            lp_algorithm=mathopt.LPAlgorithm.BARRIER,
            highs=highs_pb2.HighsOptionsProto(string_options={"run_crossover": "off"}),
        )
        result = self.solved(settings)
        if not result.has_dual_feasible_solution():
            return None
        duals = {row.id: value for row, value in result.dual_values().items()}
        prices = self.lagrangian.nothing()
        staffing, headcounts = (
            self.lagrangian.shape.staffing(prices),
            self.lagrangian.shape.headcounts(prices),
        )
        for (k, slot), number in self.staffing_row.items():
            staffing[k, slot] = duals[number]
        for (row, day), number in self.head_row.items():
            headcounts[row, day] = duals[number]
        low, high = self.lagrangian.box()
        return np.clip(prices, low, high)


def _alone(instance: Instance, agent: int, day: int, option: int) -> float:
    row = int(instance.price_row[agent, day])
    return 0.0 if row < 0 else float(instance.price[row, option])


def _classes(instance: Instance) -> list[_Class]:
    """Agents by skills, clock, pay, break rules and templates."""
    members: dict[tuple[int, int, int, int, str, int], list[int]] = defaultdict(list)
    heads = instance.heads.of_agent
    for agent in range(instance.agents):
        key = (
            int(instance.staffing.group[agent]),
            int(instance.zone[agent]),
            int(instance.regime[agent, 0]),
            int(instance.pay[agent]),
            instance.problem.agents[agent].contract,
            int(heads[agent]),
        )
        members[key].append(agent)
    return [
        _Class(tuple(agents), zone, group, regime, float(pay))
        for (group, zone, regime, pay, _, _), agents in members.items()
    ]


def _bounds(limits: Sequence[StaffingBreakpoint], required: float) -> tuple[float, float]:
    """Of a row that is to be at what is required: open to the side on which nothing is limited."""
    low = required if any(not one.over for one in limits) else -INFINITE
    return low, required if any(one.over for one in limits) else INFINITE
