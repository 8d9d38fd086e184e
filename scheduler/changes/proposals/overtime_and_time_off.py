"""Overtime and voluntary time off: who could work longer on a day, and who could go home.

A duty may begin earlier or end later (or the other way round) as any shift template allows that the person
is entitled to; its breaks are laid anew. Only what wins coverage, or rids the day of superfluous staff, is
proposed.
"""

from collections.abc import Callable, Iterator

from scheduler.changes.proposals.offers import MOST_OFFERS, MOST_PROPOSALS, Offer, ranked
from scheduler.changes.proposals.placement import DayBreakLimits, break_excess, with_breaks
from scheduler.changes.proposals.worth import WorthOf, worth_between
from scheduler.domain.changes.proposals import Proposal, Ranking
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.roster import Duty, Roster
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.words import counted, spoken_date
from scheduler.model.rules.book import RuleBook
from scheduler.texts import marked, text
from scheduler.verifier import DeltaEvaluation


def overtime(
    problem: Problem, rules: RuleBook, roster: Roster, day: int, *, most: int = MOST_PROPOSALS
) -> Ranking:
    """Rank who could stay longer or come earlier on a day on which staff is missing."""
    evaluation = DeltaEvaluation(problem, rules, roster)
    situation = _situation(
        problem,
        day,
        evaluation.missing_on(day),
        marked("Missing on {day}: {numbers}."),
        marked("Nobody is missing on {day}."),
    )
    return _ranked(evaluation, day, most, situation, _is_longer, _covers_more, or_off=False)


def time_off(
    problem: Problem, rules: RuleBook, roster: Roster, day: int, *, most: int = MOST_PROPOSALS
) -> Ranking:
    """Rank who could go home earlier, come later or have the day off where staff is superfluous."""
    evaluation = DeltaEvaluation(problem, rules, roster)
    situation = _situation(
        problem,
        day,
        evaluation.superfluous_on(day),
        marked("Superfluous on {day}: {numbers}."),
        marked("Nobody is superfluous on {day}."),
    )
    return _ranked(evaluation, day, most, situation, _is_shorter, _frees_superfluous, or_off=True)


def _situation(problem: Problem, day: int, beside: tuple[int, int], some: str, none: str) -> str:
    """Agent-minutes beside the requirement by the interval, and people beside that by shift, in words."""
    minutes, people = beside
    said = [
        text("{hours:,.4g} agent-hours", hours=minutes / MINUTES_PER_HOUR) if minutes else "",
        text("{people} on shifts", people=counted(people, "person", "people")) if people else "",
    ]
    numbers, on = ", ".join(filter(None, said)), spoken_date(problem.grid.date(day))
    return text(some, day=on, numbers=numbers) if numbers else text(none, day=on)


def _ranked(
    evaluation: DeltaEvaluation,
    day: int,
    most: int,
    situation: str,
    is_meant: Callable[[Duty, Duty], bool],
    wins: Callable[[Proposal], bool],
    *,
    or_off: bool,
) -> Ranking:
    problem, roster = evaluation.problem, evaluation.roster
    hours = _OtherHours(evaluation, day, is_meant, or_off)
    at_work = [agent for agent in problem.agents if len(roster.on(agent.name, day)) == 1]
    offers = {agent.name: offered for agent in at_work if (offered := hours.of(agent))}
    found = ranked(evaluation, day, offers, most=most, wins=wins)
    others = {"without": len(at_work) - len(offers), "off": len(problem.agents) - len(at_work)}
    return found.model_copy(update={"situation": situation, **others})


def _is_longer(duty: Duty, other: Duty) -> bool:
    return other.start <= duty.start and duty.end <= other.end and other != duty


def _is_shorter(duty: Duty, other: Duty) -> bool:
    return duty.start <= other.start and other.end <= duty.end and other != duty


def _covers_more(proposal: Proposal) -> bool:
    effect = proposal.effect
    # the cost tells of people missing by skill, who are no part of the numbers
    return min(effect.missing_minutes, effect.missing_people, effect.missing) < 0


def _frees_superfluous(proposal: Proposal) -> bool:
    effect = proposal.effect
    return min(effect.superfluous_minutes, effect.superfluous_people, effect.superfluous) < 0


class _OtherHours:
    """The other hours on a day that are worth being offered to somebody who works on it."""

    def __init__(
        self, evaluation: DeltaEvaluation, day: int, is_meant: Callable[[Duty, Duty], bool], or_off: bool
    ) -> None:
        self._evaluation, self._day, self._is_meant, self._or_off = evaluation, day, is_meant, or_off
        self._worth = WorthOf.around(evaluation, day)
        self._break_rules = DayBreakLimits(evaluation.problem, evaluation.rules, day)

    def of(self, agent: Agent) -> tuple[Offer, ...]:
        """The best for the cost, as far as it is known before rules are checked."""
        problem = self._evaluation.problem
        (duty,) = self._evaluation.roster.on(agent.name, self._day)
        pay, worth = problem.pay_of(agent), self._worth.of(agent, self._day)
        # the breaks' places come later: until then the whole stretch counts as worked
        promising = sorted(
            self._spans(agent, duty),
            key=lambda bare: pay * bare.elapsed_minutes - worth_between(worth, bare.start, bare.end),
        )
        offers = [Offer(None, self._worth.saved(agent, None, self._day))] if self._or_off else []
        limits = self._break_rules.of(agent)
        for bare in promising[:MOST_OFFERS]:
            laid = with_breaks(problem, agent, limits, bare, worth)
            if not break_excess(problem, agent, limits, laid):
                offers.append(Offer(laid, self._worth.saved(agent, laid, self._day)))
        offers.sort(key=lambda offer: offer.cost(pay))
        return tuple(offers)

    def _spans(self, agent: Agent, duty: Duty) -> Iterator[Duty]:
        """The shifts of the contract that are longer (or shorter) than the duty, without their breaks."""
        problem, grid = self._evaluation.problem, self._evaluation.problem.grid
        zone = problem.zone_of(agent)
        for template in problem.shifts_of(problem.contract_of(agent), self._day):
            for clock in template.starts:
                start = grid.instant_on_day(self._day, clock, zone)
                for length in template.lengths:
                    bare = duty.model_copy(
                        update={
                            "template": template.name,
                            "start": start,
                            "end": start + length,
                            "breaks": (),
                        }
                    )
                    if bare.elapsed_minutes != duty.elapsed_minutes and self._is_meant(duty, bare):
                        yield bare
