"""Whether the breaks of a shift have places that keep the limits on breaks, by a search over their order.

All that a limit asks of breaks is between one and the next, so that for one order the ends that can be
reached after each break say everything.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import permutations
from typing import NamedTuple

from scheduler.domain.facts.problem import Agent, Break, Problem, ShiftTemplate
from scheduler.domain.findings.faults import GRAIN_MINUTES
from scheduler.model.limits.breaks import BreakGap, BreakLimit, BreakOrder, BreakWindow, WorkStretch
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import AgentRule, Rule

MOST_IN_ANY_ORDER = 6
"""Breaks of one shift of which every order is tried; of more only the one in which they stand."""


class OfRule(NamedTuple):
    """A limit on breaks, and the rule that it is of."""

    rule: Rule
    limit: BreakLimit


def limits_on_breaks(problem: Problem, rules: RuleBook) -> dict[str, list[OfRule]]:
    """What rules that must be kept ask of the breaks of each agent; like limits of two agents are equal."""
    found: dict[str, list[OfRule]] = defaultdict(list)
    for rule in rules.rules:
        for limit in rule.limits(problem) if rule.is_must and isinstance(rule, AgentRule) else ():
            if not isinstance(limit, BreakLimit):
                break  # all limits of a rule are of one kind
            found[limit.agent].append(OfRule(rule, replace(limit, agent="")))
    return found


def of_template(problem: Problem, limits: Iterable[OfRule], template: ShiftTemplate) -> list[OfRule]:
    """Those of the limits that hold for a shift on every day."""
    return [
        one
        for one in limits
        if len(one.limit.on) == problem.grid.days
        if not one.limit.templates or template.name in one.limit.templates
    ]


def may_work(problem: Problem, template: ShiftTemplate) -> Iterator[Agent]:
    """The agents whose contract has the shift."""
    return (agent for agent in problem.agents if template.name in problem.contract_of(agent).templates)


def has_room(template: ShiftTemplate, start: int, length: int, limits: Sequence[BreakLimit]) -> bool:
    """Whether the breaks of a shift have places that keep all of these limits.

    Parameters
    ----------
    start
        Clock minute at which it begins.
    """
    breaks = template.breaks_of(length)
    is_ordered = len(breaks) > MOST_IN_ANY_ORDER or any(isinstance(one, BreakOrder) for one in limits)
    orders = [breaks] if is_ordered else permutations(breaks)
    stretch = min((one.at_most for one in limits if isinstance(one, WorkStretch)), default=length)
    gaps = [one for one in limits if isinstance(one, BreakGap)]
    least = max((one.at_least or 0 for one in gaps), default=0)
    most = min((one.at_most for one in gaps if one.at_most is not None), default=length)
    in_windows = any(isinstance(one, BreakWindow) for one in limits)
    end = start + length
    for order in orders:
        ends = {start}
        for number, pause in enumerate(order):
            low, high = (least, min(most, stretch)) if number else (0, stretch)
            ends = {
                at + pause.length_minutes
                for at in _starts(pause, start, length, in_windows)
                if any(low <= at - before <= high for before in ends)
            }
        if any(end - before <= stretch for before in ends):
            return True
    return False


def _starts(pause: Break, start: int, length: int, in_windows: bool) -> Iterator[int]:
    """Clock minutes at which a break may begin inside the shift: in its window, or anywhere."""
    latest = start + length - pause.length_minutes
    if not in_windows:
        yield from range(start, latest + 1, GRAIN_MINUTES)
        return
    first, last = pause.earliest_start, pause.latest_start
    if pause.measured_from == "start":
        first, last = start + first, start + last
    elif pause.measured_from == "end":
        first, last = start + length - first, start + length - last
    yield from (at for at in range(first, last + 1, pause.step_minutes) if start <= at <= latest)
