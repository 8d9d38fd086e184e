"""Breaks that are fixed where no rule on breaks lets them lie, told before a search that could only fail."""

from collections.abc import Iterator
from itertools import permutations, product

from scheduler.domain.facts.absence import pins_kept
from scheduler.domain.facts.problem import Agent, Pin, Problem, ShiftTemplate
from scheduler.domain.findings.faults import error
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.roster import Duty, PlacedBreak, Roster
from scheduler.domain.values.words import clock_words, listed
from scheduler.model.checks.break_room import MOST_IN_ANY_ORDER, OfRule, limits_on_breaks
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import text

_MOST_SHOWN = 6


def fixed_breaks(problem: Problem, rules: RuleBook) -> Iterator[Finding]:
    """An error at each row of Fixed whose breaks cannot lie there in any shift that it allows."""
    kept = {fact for rule in rules.rules if rule.is_must for fact in rule.heeded()}
    if "agents.pins" not in kept or not any(pin.break_starts for one in problem.agents for pin in one.pins):
        return
    limits = limits_on_breaks(problem, rules)
    for index, agent in enumerate(problem.agents):
        held = limits.get(agent.name, [])
        for at, pin in enumerate(agent.pins):
            if pin.break_starts and not pin.off and pin in pins_kept(problem, agent) and held:
                broken = _broken(problem, agent, pin, held)
                if broken is not None:
                    rule, sentence = broken
                    yield error(
                        ("agents", index, "pins", at, "break_starts"),
                        text(
                            "{agent} on {day}: breaks are fixed at {starts}, and {sentence}.",
                            agent=agent.name,
                            day=pin.day,
                            starts=listed([*map(clock_words, pin.break_starts)], _MOST_SHOWN),
                            sentence=sentence,
                        ),
                        text(
                            'Mend these times, or what "{rule}" asks for on Breaks or Rules.', rule=rule.name
                        ),
                    )


def _broken(problem: Problem, agent: Agent, pin: Pin, held: list[OfRule]) -> tuple[AgentRule, str] | None:
    """The rule that the first shift breaks, if every possible one breaks some rule; else ``None``."""
    first: tuple[AgentRule, str] | None = None
    for duty in _duties(problem, agent, pin):
        found = next(
            (
                one.rule
                for one in held
                if duty.day in one.limit.on
                and (not one.limit.templates or duty.template in one.limit.templates)
                and one.limit.excess_of(problem, agent, duty)
            ),
            None,
        )
        if not isinstance(found, AgentRule):
            return None
        if first is None:
            said = next((one.sentence for one in found.check(problem, Roster(duties=(duty,)))), "")
            first = (found, said) if said else None
    return first


def _duties(problem: Problem, agent: Agent, pin: Pin) -> Iterator[Duty]:
    """Every shift that the row allows, with its breaks at the times that are fixed."""
    grid, zone = problem.grid, problem.zone_of(agent)
    day = grid.day_index(pin.day)
    if not 0 <= day < grid.days:
        return
    at = [grid.instant_on_day(day, clock, zone) for clock in pin.break_starts]
    for template in _templates(problem, agent, pin):
        starts = template.starts if pin.start is None else (pin.start,)
        lengths = template.lengths if pin.length_minutes is None else (pin.length_minutes,)
        for clock, length in product(starts, lengths):
            breaks = template.breaks_of(length)
            if len(breaks) != len(at):
                continue
            start = grid.instant_on_day(day, clock, zone)
            for order in permutations(breaks) if len(breaks) <= MOST_IN_ANY_ORDER else [breaks]:
                placed = tuple(
                    PlacedBreak(
                        name=pause.name, start=instant, length_minutes=pause.length_minutes, paid=pause.paid
                    )
                    for pause, instant in zip(order, sorted(at), strict=True)
                )
                if start <= placed[0].start and placed[-1].end <= start + length:
                    yield Duty(
                        agent=agent.name, day=day, template=template.name, start=start, end=start + length,
                        breaks=placed,
                    )  # fmt: skip


def _templates(problem: Problem, agent: Agent, pin: Pin) -> Iterator[ShiftTemplate]:
    names = problem.contract_of(agent).templates if pin.template is None else (pin.template,)
    named = (problem.template_named[name] for name in names)
    return (one for one in named if pin.day.weekday() in one.weekdays)
