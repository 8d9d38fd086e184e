"""The kinds of limit on one agent's duties, but for those on breaks.

``excess`` is each kind's definition, counted over day numbers and windows.
"""

from dataclasses import dataclass, field
from typing import Literal

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.roster import Roster
from scheduler.model.limits.verbs import Verb, Worked, start_clock

Block = tuple[int, ...]
"""Days that count as one: a weekend is worked when any of its days is."""


def amount_on(problem: Problem, roster: Roster, agent: str, verb: Verb, day: int) -> int:
    """What a verb gives for an agent's day, over all duties that start on it."""
    duties = roster.on(agent, day)
    who = problem.agent_named[agent]
    if not duties:
        return verb.amount(problem, who, None)
    return sum(verb.amount(problem, who, duty) for duty in duties)


def beyond(total: int, at_least: int | None, at_most: int | None) -> int:
    """How far a number lies outside its bounds."""
    short = 0 if at_least is None else max(0, at_least - total)
    over = 0 if at_most is None else max(0, total - at_most)
    return short + over


@dataclass(frozen=True, slots=True)
class AgentLimit:
    """A limit on one agent's duties, by name.

    ``price`` is in cents per unit beyond, where it is not the rule's.
    """

    agent: str
    price: int | None = field(default=None, kw_only=True)

    def excess(self, problem: Problem, roster: Roster) -> int:
        """How far the roster is beyond the limit; 0 when it is kept."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Total(AgentLimit):
    """The sum of a verb over days (and over blocks, each counting 1 when any of its days does) is bounded.

    A ``Total`` over a single day bars or prices single shifts; it is how availability, entitlement and
    pins are said.
    """

    of: Verb
    on: tuple[int, ...] = ()
    on_any_of: tuple[Block, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    carried_in: int = 0

    def excess(self, problem: Problem, roster: Roster) -> int:
        total = self.carried_in
        total += sum(amount_on(problem, roster, self.agent, self.of, day) for day in self.on)
        total += sum(
            any(amount_on(problem, roster, self.agent, self.of, day) > 0 for day in block)
            for block in self.on_any_of
        )
        return beyond(total, self.at_least, self.at_most)


@dataclass(frozen=True, slots=True)
class Run(AgentLimit):
    """Blocks in a row on which a verb holds are bounded in number, for every run.

    ``carried_in`` counts those that ended right before the first block; ``None`` says that nothing is
    known of the time before. A run that touches the end of the blocks, or an unknown past, is exempt
    from ``at_least``, for it may be longer than what is seen. A run wholly in the past is judged only
    by ``at_least``, and only as it could still have been continued.
    """

    of: Verb
    over: tuple[Block, ...]
    at_least: int | None = None
    at_most: int | None = None
    carried_in: int | None = None

    def excess(self, problem: Problem, roster: Roster) -> int:
        holds = [
            any(amount_on(problem, roster, self.agent, self.of, day) > 0 for day in block)
            for block in self.over
        ]
        excess = 0
        length = self.carried_in or 0
        fresh = 0  # blocks of this run inside the horizon
        unknown_past = self.carried_in is None
        for position, held in enumerate(holds):
            if held:
                length, fresh = length + 1, fresh + 1
            if not held or position == len(holds) - 1:
                if length and fresh and self.at_most is not None:
                    excess += max(0, length - self.at_most)
                ended_in_sight = not held
                began_in_sight = not (unknown_past and fresh == position + held)
                if length and ended_in_sight and began_in_sight and self.at_least is not None:
                    excess += max(0, self.at_least - length)
                length = fresh = 0
        return excess


@dataclass(frozen=True, slots=True)
class Gap(AgentLimit):
    """Between a duty and the next lie at least ``at_least`` minutes.

    Parameters
    ----------
    at_least
        Minutes from ``since`` of one duty to the start of the next.
    since
        ``"end"`` for rest, ``"start"`` for the distance of two starts.
    on
        Days of the later duty that are meant.
    after
        Only after duties for which this verb holds.
    carried_in
        Instant of ``since`` of the last duty before the horizon, where known (and where ``after`` held).
    in_a_row
        Only after so many days in a row, or more, for which ``after`` holds, and not before one more of them:
        the time behind a row of nights that is over. 0 is after each duty.
    in_a_row_before
        Days in a row for which ``after`` held up to the eve of the horizon.
    """

    at_least: int
    on: tuple[int, ...]
    since: Literal["end", "start"] = "end"
    after: Verb = Worked()
    carried_in: int | None = None
    in_a_row: int = 0
    in_a_row_before: int = 0

    def excess(self, problem: Problem, roster: Roster) -> int:
        if self.in_a_row:
            return self._behind_rows(problem, roster)
        who = problem.agent_named[self.agent]
        excess = 0
        previous = self.carried_in
        for duty in roster.of(self.agent):
            if previous is not None and duty.day in self.on:
                excess += max(0, self.at_least - (duty.start - previous))
            counts = self.after.amount(problem, who, duty) > 0
            previous = (duty.end if self.since == "end" else duty.start) if counts else None
        return excess

    def _behind_rows(self, problem: Problem, roster: Roster) -> int:
        who = problem.agent_named[self.agent]
        excess, row, eve = 0, self.in_a_row_before, -1
        previous = self.carried_in  # of a row that is long enough
        for duty in roster.of(self.agent):
            counts = self.after.amount(problem, who, duty) > 0
            goes_on = counts and row > 0 and duty.day - eve in (0, 1)
            if previous is not None and duty.day in self.on and not goes_on:
                excess += max(0, self.at_least - (duty.start - previous))
            row = (row + duty.day - eve if goes_on else 1) if counts else 0
            eve = duty.day
            instant = duty.end if self.since == "end" else duty.start
            previous = instant if row >= self.in_a_row else None
        return excess


@dataclass(frozen=True, slots=True)
class Pair(AgentLimit):
    """What holds on one day bars what holds on another: both together count 1."""

    first: Verb
    first_day: int
    then: Verb
    then_day: int

    def excess(self, problem: Problem, roster: Roster) -> int:
        return int(
            amount_on(problem, roster, self.agent, self.first, self.first_day) > 0
            and amount_on(problem, roster, self.agent, self.then, self.then_day) > 0
        )


@dataclass(frozen=True, slots=True)
class Rest(AgentLimit):
    """Inside a window of instants, the longest stretch without duty has at least ``at_least`` minutes.

    ``busy`` are spans of duty from before the horizon that reach into the window.
    """

    since: int
    until: int
    at_least: int
    busy: tuple[tuple[int, int], ...] = ()

    def excess(self, problem: Problem, roster: Roster) -> int:
        spans = sorted([*self.busy, *((duty.start, duty.end) for duty in roster.of(self.agent))])
        longest, free_since = 0, self.since
        for start, end in spans:
            longest = max(longest, min(start, self.until) - free_since)
            free_since = max(free_since, end)
        longest = max(longest, self.until - free_since)
        return max(0, self.at_least - longest)


@dataclass(frozen=True, slots=True)
class Spread(AgentLimit):
    """Starts on these days (minutes after each local midnight) differ by at most ``at_most`` minutes."""

    on: tuple[int, ...]
    at_most: int

    def excess(self, problem: Problem, roster: Roster) -> int:
        who = problem.agent_named[self.agent]
        clocks = [start_clock(problem, who, duty) for duty in roster.of(self.agent) if duty.day in self.on]
        return max(0, max(clocks) - min(clocks) - self.at_most) if clocks else 0
