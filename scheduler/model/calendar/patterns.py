"""Days in a row that must not all be as some verbs say, in the kinds of limit that carry it.

Called by the ``limits`` of rules, whose ``check`` asks each day itself; two days are a pair, more of them a
sum along a pattern.
"""

from collections.abc import Iterator, Sequence

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.model.limits.kinds import Pair, Total
from scheduler.model.limits.verbs import AlongPattern, Anything, Free, OfTemplate, Verb, Worked
from scheduler.model.rules.day_items import DayItem


def verb_of(problem: Problem, item: DayItem) -> Verb:
    """The verb that holds on a day that is as a pattern says."""
    match item.what:
        case "any":
            return Anything()
        case "free":
            return Free()
        case "work":
            return Worked()
        case "of":
            return OfTemplate(frozenset(item.templates))
        case _:
            return OfTemplate(frozenset(problem.template_named).difference(item.templates))


def barred(agent: Agent, verbs: Sequence[Verb], first: int) -> Iterator[Pair | Total]:
    """The days from ``first`` on must not all be as these verbs say."""
    days = [(first + place, verb) for place, verb in enumerate(verbs) if not isinstance(verb, Anything)]
    if len(days) == 1:
        ((day, verb),) = days
        yield Total(agent.name, of=verb, on=(day,), at_most=0)
    elif len(days) == 2:
        (day, verb), (then_day, then) = days
        yield Pair(agent.name, verb, day, then, then_day)
    else:
        along = AlongPattern(tuple(verbs), first % len(verbs))
        yield Total(
            agent.name,
            of=along,
            on=tuple(range(first, first + len(verbs))),
            at_most=along.amount_of_all - 1,
        )
