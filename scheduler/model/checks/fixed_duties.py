"""Fixed shifts that break a rule among themselves, told before a search that could only fail.

Called by ``check`` and before every ``solve`` with facts against which nothing stands. Only rules are asked
that no further duty can mend, so that what is found here is found in every roster.
"""

from collections.abc import Iterator

from scheduler.domain.facts.absence import pins_kept
from scheduler.domain.facts.agent import Agent, Pin
from scheduler.domain.facts.problem import Problem, ShiftTemplate
from scheduler.domain.findings.faults import FactPath, error
from scheduler.domain.findings.finding import Finding, Place
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Duty, Roster
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import text


def fixed_against_rules(problem: Problem, rules: RuleBook) -> Iterator[Finding]:
    """An error at the later of fixed shifts, or at one after the history, that no legal roster can hold."""
    kept = {fact for rule in rules.rules if rule.is_must for fact in rule.heeded()}
    if "agents.pins" not in kept or not any(agent.pins for agent in problem.agents):
        return
    whole = Roster(duties=tuple(_duties(problem, only_whole=True)))
    days = Roster(duties=tuple(_duties(problem, only_whole=False)))
    paths = _paths(problem)
    for rule in rules.rules:
        if rule.is_must and isinstance(rule, AgentRule) and rule.breaks_for_good:
            for violation in rule.check(problem, days if rule.breaks_for_good == "days" else whole):
                yield from _told(rule, violation, paths)


def _told(rule: AgentRule, violation: Violation, paths: dict[tuple[str, int], FactPath]) -> Iterator[Finding]:
    there = [paths[violation.agent or "", day] for day in violation.days if (violation.agent, day) in paths]
    if there:
        found = error(
            there[-1],
            text("{violation}, and what is fixed stays.", violation=violation.sentence),
            text('Mend what is fixed, or the rule "{rule}" on Rules.', rule=rule.name),
        )
        others = {"beside": Place(path=there[0])} if len(there) > 1 else {}
        yield found.model_copy(update=others)


def _paths(problem: Problem) -> dict[tuple[str, int], FactPath]:
    """Where each fixed shift stands, by agent and day."""
    return {
        (agent.name, problem.grid.day_index(pin.day)): ("agents", index, "pins", at, "day")
        for index, agent in enumerate(problem.agents)
        for at, pin in enumerate(agent.pins)
        if not pin.off
    }


def _duties(problem: Problem, *, only_whole: bool) -> Iterator[Duty]:
    """Fixed shifts as duties without breaks; one with an open start or length as the first that it could be.

    Parameters
    ----------
    only_whole
        Leave those with an open start or length out.
    """
    for agent in problem.agents:
        for pin in pins_kept(problem, agent):
            day = problem.grid.day_index(pin.day)
            if pin.off or not 0 <= day < problem.grid.days:
                continue
            template = _template(problem, agent, pin)
            starts = template.starts if pin.start is None else (pin.start,)
            lengths = template.lengths if pin.length_minutes is None else (pin.length_minutes,)
            if only_whole and (len(starts) > 1 or len(lengths) > 1):
                continue
            start = problem.grid.instant_on_day(day, starts[0], problem.zone_of(agent))
            yield Duty(agent=agent.name, day=day, template=template.name, start=start, end=start + lengths[0])


def _template(problem: Problem, agent: Agent, pin: Pin) -> ShiftTemplate:
    return problem.template_named[pin.template or problem.contract_of(agent).templates[0]]
