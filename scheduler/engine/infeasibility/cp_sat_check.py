"""One agent's hard limits as a CP-SAT model: a second opinion on whether any legal week exists.

It is built from the limits themselves, not from the automata of the pricing problem, so that a mistake in
either shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from ortools.sat.python import cp_model

from scheduler.engine.infeasibility.run_network import add_run_network, sum_beyond_runs
from scheduler.engine.instance.instance import Instance
from scheduler.model import Gap, Pair, Rest, Run, Spread, Total
from scheduler.model.limits.kinds import AgentLimit
from scheduler.model.limits.verbs import Verb

FAR_MINUTES = 1 << 24
"""Further from the horizon's start than any instant."""
LATEST_CLOCK_MINUTES = 4000
"""Later than any clock time after local midnight."""


@dataclass(frozen=True)
class CheckPolicy:
    """Parameters of the second opinion."""

    most_seconds: float = 20.0
    """Time limit for one agent's week, which takes well under a second as a rule. A week that is not decided
    in it is not called a contradiction; longer only helps for weeks that are very hard."""


POLICY = CheckPolicy()


class LegalWeek(Enum):
    """What is known of whether there is a week that keeps every hard limit."""

    EXISTS = "exists"
    EXCLUDED = "excluded"
    UNDECIDED = "undecided"
    """CP-SAT could not tell in time: a contradiction is claimed only where it is proven."""


def legal_week(
    instance: Instance, at_work: int | None = None, *, most_seconds: float = POLICY.most_seconds
) -> LegalWeek:
    """Whether the first agent of the instance has a week that keeps every hard limit.

    Parameters
    ----------
    at_work
        An instant, in minutes from the horizon's start, at which a duty has to be under way; breaks are not
        looked at.
    most_seconds
        For CP-SAT, which takes no longer than its own limit.
    """
    hard = [one.limit for one in instance.multi_day_limits[0] if one.price is None]
    runs = [one for one in hard if isinstance(one, Run)]
    if sum_beyond_runs(instance) is not None:
        return LegalWeek.EXCLUDED
    by_times = at_work is not None or any(isinstance(one, Gap | Rest | Spread) for one in hard)
    week = _Week(instance, by_times=by_times)
    if at_work is not None:
        week.be_at_work(at_work)
    for limit in hard:
        week.keep(limit)
    add_run_network(week.model, week.free, runs)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = min(most_seconds, POLICY.most_seconds)
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 2  # half the time for sums over months
    said = solver.solve(week.model)
    if said == cp_model.UNKNOWN:
        return LegalWeek.UNDECIDED
    return LegalWeek.EXCLUDED if said == cp_model.INFEASIBLE else LegalWeek.EXISTS


class _Week:
    """A boolean per day and option of the menu; what is not chosen is free.

    Of options that no limit tells apart there is one.

    Parameters
    ----------
    by_times
        Whether limits tell options apart by when they begin and end.
    """

    def __init__(self, instance: Instance, *, by_times: bool) -> None:
        self.instance = instance
        self.model = cp_model.CpModel()
        self.chosen: list[dict[int, cp_model.IntVar]] = []
        self.free: list[cp_model.IntVar] = []
        for day in range(instance.problem.grid.days):
            menu = self._different(day, by_times=by_times)
            self.chosen.append({o: self.model.new_bool_var(f"day {day} option {o}") for o in menu})
            self.free.append(self.model.new_bool_var(f"day {day} free"))
            self.model.add_exactly_one([*self.chosen[day].values(), self.free[day]])
            if not instance.may_be_free[0, day]:
                self.model.add(self.free[day] == 0)

    def _different(self, day: int, *, by_times: bool) -> list[int]:
        """The first of each set of options of the day's menu that are alike to every limit."""
        options, zone, menu = self.instance.options, self.instance.zone[0], self.instance.menus[0, day]
        seen = [*self.instance.amount[:, zone, day]]
        if by_times:
            seen += [options.start_instant[zone, day], options.elapsed, options.clock]
        numbers = menu.nonzero()[0]
        firsts = np.unique(np.array(seen)[:, numbers], axis=1, return_index=True)[1]
        return sorted(numbers[firsts].tolist())

    def amount(self, verb: Verb, day: int) -> cp_model.LinearExpr:
        """The verb's amount on the day."""
        column = self.instance.column(verb)
        row = self.instance.amount[column, self.instance.zone[0], day]
        free_amount = int(self.instance.struct.kept["free_amount"][column])
        variables = [*self.chosen[day].values(), self.free[day]]
        weights = [*(int(row[o]) for o in self.chosen[day]), free_amount]
        return cp_model.LinearExpr.weighted_sum(variables, weights)

    def holds(self, verb: Verb, days: tuple[int, ...]) -> cp_model.IntVar:
        """Whether the verb says more than nothing on any of the days."""
        held = self.model.new_bool_var("held")
        terms = []
        for day in days:
            column = self.instance.column(verb)
            row = self.instance.amount[column, self.instance.zone[0], day]
            terms += [x for o, x in self.chosen[day].items() if row[o] > 0]
            if self.instance.struct.kept["free_amount"][column] > 0:
                terms.append(self.free[day])
        self.model.add_max_equality(held, [*terms, 0] if terms else [0])
        return held

    def instant(self, day: int, at_end: bool) -> cp_model.LinearExpr:
        """Start or end of the day's duty; 0 on a free day."""
        weights = self._instants(day, at_end)
        return cp_model.LinearExpr.weighted_sum(list(self.chosen[day].values()), weights)

    def _instants(self, day: int, at_end: bool) -> list[int]:
        """Where the duties that may be chosen on a day start, or end."""
        options = self.instance.options
        start = options.start_instant[self.instance.zone[0], day]
        return [int(start[o] + (options.elapsed[o] if at_end else 0)) for o in self.chosen[day]]

    def be_at_work(self, instant: int) -> None:
        """Let one of the duties that are under way at this instant be chosen."""
        options = self.instance.options
        self.model.add_at_least_one(
            x
            for day, on_day in enumerate(self.chosen)
            for o, x in on_day.items()
            if 0 <= instant - options.start_instant[self.instance.zone[0], day, o] < options.elapsed[o]
        )

    def keep(self, limit: AgentLimit) -> None:
        """State one hard limit."""
        match limit:
            case Total():
                terms = [self.amount(limit.of, day) for day in limit.on]
                terms += [self.holds(limit.of, block) for block in limit.on_any_of]
                total = cp_model.LinearExpr.sum(terms) + limit.carried_in
                if limit.at_least is not None:
                    self.model.add(total >= limit.at_least)
                if limit.at_most is not None:
                    self.model.add(total <= limit.at_most)
            case Run():
                self.keep_run(limit)
            case Gap():
                self.keep_gap(limit)
            case Pair():
                first = self.holds(limit.first, (limit.first_day,))
                self.model.add_bool_or([~first, ~self.holds(limit.then, (limit.then_day,))])
            case Rest():
                self.keep_rest(limit)
            case Spread():
                clocks = self.instance.options.clock
                low, high = (
                    self.model.new_int_var(0, LATEST_CLOCK_MINUTES, name) for name in ("low", "high")
                )
                self.model.add(high - low <= limit.at_most)
                for day in limit.on:
                    for o, x in self.chosen[day].items():
                        self.model.add(low <= int(clocks[o])).only_enforce_if(x)
                        self.model.add(high >= int(clocks[o])).only_enforce_if(x)

    def keep_run(self, limit: Run) -> None:
        """Windows for the longest run; a run that begins must last, where its end is in sight."""
        held = [self.holds(limit.of, block) for block in limit.over]
        carried = limit.carried_in or 0
        past: list[cp_model.IntVar | int] = [1] * carried
        line = [*past, *held]
        if limit.at_most is not None:
            for end in range(carried, len(line)):
                window = line[max(0, end - limit.at_most) : end + 1]
                if len(window) == limit.at_most + 1:
                    self.model.add(cp_model.LinearExpr.sum(window) <= limit.at_most)
        if limit.at_least is None:
            return
        for end in range(carried - 1 if carried else 0, len(line) - 1):
            # a run that ends at `end`, began in sight and is too short is not allowed
            for length in range(1, limit.at_least):
                begin = end - length + 1
                if begin < 0 or (begin == 0 and limit.carried_in is None):
                    continue
                literals = [self._literal(line[i], False) for i in range(begin, end + 1)]
                literals.append(self._literal(line[end + 1], True))
                if begin > 0:
                    literals.append(self._literal(line[begin - 1], True))
                self.model.add_bool_or(literals)

    def _literal(self, value: cp_model.IntVar | int, positive: bool) -> cp_model.LiteralT:
        if isinstance(value, int):
            return bool(value) == positive
        return value if positive else ~value

    def keep_gap(self, limit: Gap) -> None:
        """Every pair of duties with nothing in between, so near that they can be too close.

        Behind a row the earlier one is its last.
        """
        if limit.in_a_row:
            self.keep_gap_behind_rows(limit)
            return
        days = range(len(self.chosen))
        at_end = limit.since == "end"
        starts = [self._instants(day, at_end=False) for day in days]
        begins = [self._instants(day, at_end) for day in days]
        for later in limit.on:
            if not starts[later]:
                continue
            if limit.carried_in is not None and min(starts[later]) < limit.carried_in + limit.at_least:
                enforce = [~self.free[later], *(self.free[d] for d in range(later))]
                start = self.instant(later, at_end=False)
                self.model.add(start >= limit.carried_in + limit.at_least).only_enforce_if(enforce)
            for earlier in days:
                if earlier >= later or not begins[earlier]:
                    continue
                if min(starts[later]) - max(begins[earlier]) >= limit.at_least:
                    continue
                between = [self.free[d] for d in range(earlier + 1, later)]
                enforce = [
                    ~self.free[later],
                    self.holds(limit.after, (earlier,)),
                    ~self.free[earlier],
                    *between,
                ]
                gap = self.instant(later, at_end=False) - self.instant(earlier, at_end)
                self.model.add(gap >= limit.at_least).only_enforce_if(enforce)

    def keep_gap_behind_rows(self, limit: Gap) -> None:
        """For each end of a row that is long enough, and each duty behind it with nothing in between."""
        held: list[cp_model.IntVar | int] = [1] * limit.in_a_row_before
        held += [self.holds(limit.after, (day,)) for day in range(len(self.chosen))]
        before, at_end = limit.in_a_row_before, limit.since == "end"
        for later in limit.on:
            start = self.instant(later, at_end=False)
            for earlier in range(-1, later):
                place = before + earlier
                if place + 1 < limit.in_a_row and earlier >= 0:
                    continue
                enforce = [~self.free[later], *(self.free[day] for day in range(earlier + 1, later))]
                if earlier < 0:
                    if limit.carried_in is None:
                        continue
                    since: cp_model.LinearExpr | int = limit.carried_in
                else:
                    row = held[place + 1 - limit.in_a_row : place + 1]
                    enforce += [one for one in row if not isinstance(one, int)]
                    since = self.instant(earlier, at_end)
                goes_on = before if earlier < 0 else 1
                if later == earlier + 1 and goes_on:
                    following = held[before + later]
                    assert not isinstance(following, int)
                    enforce.append(~following)
                self.model.add(start >= since + limit.at_least).only_enforce_if(enforce)

    def keep_rest(self, limit: Rest) -> None:
        """Some free stretch of the window begins at its start or after a duty and is long enough."""
        begins = [limit.since, *(end for _, end in limit.busy)]
        near = [day for day in range(len(self.chosen)) if self._reaches_into(limit, day)]
        ways = []
        for begin in begins:
            ways.append(self._free_stretch(begin, limit, None, near))
        for day in near:
            ways.append(self._free_stretch(self.instant(day, at_end=True), limit, day, near))
        self.model.add_bool_or(ways)

    def _reaches_into(self, limit: Rest, day: int) -> bool:
        """Whether a duty of the day may lie in the window, for most of a long horizon's days do not."""
        starts, ends = self._instants(day, at_end=False), self._instants(day, at_end=True)
        return bool(starts) and min(starts) < limit.until and max(ends) > limit.since

    def _free_stretch(
        self, begin: cp_model.LinearExprT, limit: Rest, day: int | None, near: Sequence[int]
    ) -> cp_model.IntVar:
        way = self.model.new_bool_var("rest")
        if day is not None:
            self.model.add_implication(way, ~self.free[day])
        since = self.model.new_int_var(-FAR_MINUTES, FAR_MINUTES, "since")
        self.model.add(since == begin).only_enforce_if(way)
        self.model.add(since >= limit.since).only_enforce_if(way)
        self.model.add(since + limit.at_least <= limit.until).only_enforce_if(way)
        for other in near:
            before = self.model.new_bool_var("before")
            self.model.add(self.instant(other, at_end=True) <= since).only_enforce_if(
                way, before, ~self.free[other]
            )
            self.model.add(self.instant(other, at_end=False) >= since + limit.at_least).only_enforce_if(
                way, ~before, ~self.free[other]
            )
        for start, end in limit.busy:
            before = self.model.new_bool_var("busy before")
            self.model.add(since >= end).only_enforce_if(way, before)
            self.model.add(since + limit.at_least <= start).only_enforce_if(way, ~before)
        return way
