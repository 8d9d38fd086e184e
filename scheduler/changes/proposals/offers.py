"""Duties offered to people: who could take one, who could stay longer, who could go home.

Each person is offered a few duties, the most promising first, and takes the first that is legal. All are
judged together: rules on agents look at each of them alone, so that everybody's answer comes from one pass
of the verifier's checks. Each offer is judged as if it were the only change.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from scheduler.changes.proposals.swap import proposal_of
from scheduler.domain.changes.proposals import Proposal, Ranking
from scheduler.domain.facts.problem import Agent
from scheduler.domain.results.roster import Duty
from scheduler.model.calendar.history import paid_time_off_on
from scheduler.model.limits.kinds import Balance
from scheduler.model.rules.rule import TeamRule
from scheduler.verifier import DeltaEvaluation
from scheduler.verifier.delta_evaluation import PersonCount, TeamCount

MOST_PROPOSALS = 10
"""Proposals that a planner is shown unless more are asked for."""
MOST_OFFERS = 3
"""Starts and lengths that are offered to each person, the best for the cost."""


@dataclass(frozen=True)
class Offer:
    """A duty that somebody could have on the day.

    Parameters
    ----------
    duty
        ``None`` is the day off.
    is_instead
        Whether it takes the place of what they have on the day, or comes on top of it.
    saved
        By how much missing and superfluous staff costs less then, in sixtieths of a cent.
    """

    duty: Duty | None
    saved: int
    is_instead: bool = True

    def cost(self, pay: int) -> int:
        """What it costs at this pay, as far as that is known before any rule is checked."""
        return pay * (self.duty.paid_minutes if self.duty else 0) - self.saved


@dataclass(frozen=True)
class _Answer:
    """An agent's week with an offered duty, and what is counted of it."""

    agent: Agent
    offer: Offer
    duties: tuple[Duty, ...]
    count: PersonCount


def ranked(
    evaluation: DeltaEvaluation,
    day: int,
    offers: Mapping[str, tuple[Offer, ...]],
    *,
    most: int = MOST_PROPOSALS,
    wins: Callable[[Proposal], bool] = bool,
) -> Ranking:
    """Everybody's best legal offer, the cheapest first; the others with what stands in the way of theirs.

    Parameters
    ----------
    offers
        To each agent, the most promising first.
    most
        So many proposals are made; how many more could follow is counted.
    wins
        Which legal proposals are worth being made; the others are counted.
    """
    teams = _Teams(evaluation, day)
    proposals: list[Proposal] = []
    useless = 0
    waiting, refused = _answers(evaluation, day, offers)
    waiting.sort(key=lambda answer: _cost(evaluation, answer))
    while waiting and len(proposals) < most:
        answer = waiting.pop(0)
        proposal = _proposal(evaluation, day, answer, teams.of(answer.agent, answer.duties))
        if not proposal.is_possible:
            refused.append(proposal)
        elif wins(proposal):
            proposals.append(proposal)
        else:
            useless += 1
    return Ranking(
        proposals=tuple(sorted(proposals, key=lambda one: (one.effect.cost, len(one.remarks)))),
        refused=tuple(refused),
        more=len(waiting),
        useless=useless,
    )


def _answers(
    evaluation: DeltaEvaluation, day: int, offers: Mapping[str, tuple[Offer, ...]]
) -> tuple[list[_Answer], list[Proposal]]:
    """The first offer of each agent that breaks no rule of their own, and the refusals of the others."""
    settled: dict[str, _Answer] = {}
    refused: dict[str, Proposal] = {}
    for turn in range(max(map(len, offers.values()), default=0)):
        open_offers = {
            agent: offered[turn]
            for agent, offered in offers.items()
            if turn < len(offered) and agent not in settled
        }
        weeks = {agent: _week(evaluation, agent, day, offer) for agent, offer in open_offers.items()}
        counts = evaluation.count_people(weeks, weeks)
        for name, offer in open_offers.items():
            agent = evaluation.problem.agent_named[name]
            answer = _Answer(agent, offer, weeks[name], counts[name])
            proposal = _proposal(evaluation, day, answer, evaluation.team)
            if proposal.is_possible:
                settled[name] = answer
                refused.pop(name, None)
            else:
                refused.setdefault(name, proposal)
    return list(settled.values()), list(refused.values())


def _week(evaluation: DeltaEvaluation, agent: str, day: int, offer: Offer) -> tuple[Duty, ...]:
    kept = tuple(one for one in evaluation.roster.of(agent) if one.day != day or not offer.is_instead)
    return kept if offer.duty is None else (*kept, offer.duty)


def _cost(evaluation: DeltaEvaluation, answer: _Answer) -> int:
    """What the answer costs, as far as that is known before everybody is counted anew."""
    before = evaluation.people[answer.agent.name]
    apart = evaluation.cost_of(answer.count.violations) - evaluation.cost_of(before.violations)
    return answer.count.wages - before.wages + apart - answer.offer.saved


def _proposal(evaluation: DeltaEvaluation, day: int, answer: _Answer, team: TeamCount) -> Proposal:
    name = answer.agent.name
    judged = evaluation.judged({name: evaluation.people[name]}, {name: answer.count}, team)
    dates = next(week for week in evaluation.problem.weeks if day in week)
    absent = paid_time_off_on(evaluation.problem, answer.agent, dates)
    before, after = (
        absent + sum(duty.paid_minutes for duty in duties if duty.day in dates)
        for duties in (evaluation.roster.of(name), answer.duties)
    )
    proposal = proposal_of(evaluation, {name: answer.duties}, judged)
    return proposal.model_copy(update={"week_minutes": (before, after)})


class _Teams:
    """What is counted of the team with somebody's changed week, once for all who are alike there.

    Agents with the same skills whom the same team rules mean count the same when they work the same minutes,
    unless a rule compares the agents with one another.
    """

    def __init__(self, evaluation: DeltaEvaluation, day: int) -> None:
        self._evaluation, self._day = evaluation, day
        rules = [rule for rule in evaluation.rules.active() if isinstance(rule, TeamRule)]
        self._rules = rules
        self._are_shared = not any(
            isinstance(limit, Balance) for rule in rules for limit in rule.limits(evaluation.problem)
        ) and all(rule.is_planned or rule.is_inherent for rule in rules)
        self._known: dict[object, TeamCount] = {}

    def of(self, agent: Agent, duties: tuple[Duty, ...]) -> TeamCount:
        """The count with this agent's week."""
        key = agent.name if not self._are_shared else self._alike(agent)
        then = (key, *self._work(self._evaluation.roster.of(agent.name)), None, *self._work(duties))
        if then not in self._known:
            self._known[then] = self._evaluation.count_team({agent.name: duties})
        return self._known[then]

    def _alike(self, agent: Agent) -> tuple[object, ...]:
        return frozenset(agent.skills), *(rule.scope.covers(agent) for rule in self._rules)

    def _work(self, duties: Iterable[Duty]) -> Iterable[object]:
        """What the team sees of the duties of the day."""
        return (
            (duty.template, *duty.stretches(), *(pause.start for pause in duty.breaks))
            for duty in duties
            if duty.day == self._day
        )
