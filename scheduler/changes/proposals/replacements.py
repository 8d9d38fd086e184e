"""Who could take a duty: one that is open, or that of somebody who calls in sick."""

from collections.abc import Iterator
from dataclasses import replace

from scheduler.changes.proposals.offers import MOST_OFFERS, MOST_PROPOSALS, Offer, ranked
from scheduler.changes.proposals.placement import DayBreakLimits, with_breaks
from scheduler.changes.proposals.worth import WorthOf
from scheduler.domain.changes.proposals import Ranking
from scheduler.domain.facts.problem import Agent, Problem, ShiftTemplate
from scheduler.domain.results.roster import Duty, Roster
from scheduler.model.rules.book import RuleBook
from scheduler.verifier import DeltaEvaluation


def who_instead(
    problem: Problem,
    rules: RuleBook,
    roster: Roster,
    agent: str,
    day: int,
    *,
    may_move: bool = False,
    most: int = MOST_PROPOSALS,
) -> Ranking:
    """Rank who could take the duty of ``agent`` on a day as it is, with its breaks.

    Costs and coverage are those beside a roster without this duty and with nobody in its place.

    Parameters
    ----------
    may_move
        Whether people who work on that day already may leave their duty for this one.

    Raises
    ------
    ValueError
        If there is not exactly one duty of this agent on that day.
    """
    (duty,) = roster.on(agent, day)
    left = Roster(duties=tuple(one for one in roster.duties if one != duty))
    evaluation = DeltaEvaluation(problem, rules, left)
    worth = WorthOf(evaluation, duty.start, duty.end)
    offers = {}
    for other in problem.agents:
        if other.name != agent:
            theirs = duty.model_copy(update={"agent": other.name})
            offers[other.name] = (Offer(theirs, worth.saved(other, theirs, day), may_move),)
    return ranked(evaluation, day, offers, most=most)


def who_for(
    problem: Problem,
    rules: RuleBook,
    roster: Roster,
    day: int,
    template: str,
    *,
    start: int | None = None,
    length_minutes: int | None = None,
    may_move: bool = False,
    most: int = MOST_PROPOSALS,
) -> Ranking:
    """Rank who could take an open duty on a day.

    Parameters
    ----------
    template
        Name of its shift template.
    start, length_minutes
        Start in minutes after local midnight, and elapsed length. Where one is not given, those of the
        template are taken that win the most coverage and that the person may work.
    may_move
        Whether people who work on that day already may leave their duty for this one.
    """
    evaluation = DeltaEvaluation(problem, rules, roster)
    shift = problem.template_named[template]
    offers = _OpenOffers(evaluation, day, shift, _times(shift, start, length_minutes), may_move)
    return ranked(evaluation, day, {agent.name: offers.to(agent) for agent in problem.agents}, most=most)


def _times(shift: ShiftTemplate, start: int | None, length: int | None) -> list[tuple[int, int]]:
    return [
        (clock, minutes)
        for clock in (shift.starts if start is None else (start,))
        for minutes in (shift.lengths if length is None else (length,))
    ]


class _OpenOffers:
    """The duties of a template that are worth being offered, once for all agents who are alike there."""

    def __init__(
        self,
        evaluation: DeltaEvaluation,
        day: int,
        shift: ShiftTemplate,
        times: list[tuple[int, int]],
        may_move: bool,
    ) -> None:
        self._evaluation, self._day, self._shift, self._times = evaluation, day, shift, times
        self._may_move = may_move
        self._worth = WorthOf.around(evaluation, day)
        self._break_rules = DayBreakLimits(evaluation.problem, evaluation.rules, day)
        self._known: dict[object, tuple[Offer, ...]] = {}

    def to(self, agent: Agent) -> tuple[Offer, ...]:
        """What the agent is offered, the best for coverage beside its pay first."""
        problem = self._evaluation.problem
        alike = (
            problem.zone_of(agent),
            problem.pay_of(agent),
            frozenset(agent.skills),
            self._break_rules.of(agent),
            agent.name if self._may_move and self._evaluation.roster.on(agent.name, self._day) else "",
        )
        if alike not in self._known:
            self._known[alike] = tuple(self._best(agent))
        works = bool(self._evaluation.roster.on(agent.name, self._day))
        offers = self._known[alike][: 1 if works and not self._may_move else None]
        return tuple(
            replace(offer, duty=offer.duty and offer.duty.model_copy(update={"agent": agent.name}))
            for offer in offers
        )

    def _best(self, agent: Agent) -> list[Offer]:
        pay = self._evaluation.problem.pay_of(agent)
        found = list(self._offers(agent))
        found.sort(key=lambda offer: offer.cost(pay))
        return found[:MOST_OFFERS]

    def _offers(self, agent: Agent) -> Iterator[Offer]:
        problem = self._evaluation.problem
        zone = problem.zone_of(agent)
        theirs = self._evaluation.roster.on(agent.name, self._day) if self._may_move else ()
        worked = {(one.template, one.start, one.end) for one in theirs}
        for clock, minutes in self._times:
            start = problem.grid.instant_on_day(self._day, clock, zone)
            bare = Duty(
                agent=agent.name,
                day=self._day,
                template=self._shift.name,
                start=start,
                end=start + minutes,
            )
            if (bare.template, bare.start, bare.end) in worked:
                continue  # the very shift that they have
            worth = self._worth.of(agent, self._day)
            duty = with_breaks(problem, agent, self._break_rules.of(agent), bare, worth)
            yield Offer(duty, self._worth.saved(agent, duty, self._day), self._may_move)
