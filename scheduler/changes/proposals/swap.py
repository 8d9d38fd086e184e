"""Two duties that change hands, or one that is given away: yes or no, by the verifier's word."""

from scheduler.changes.comparison.compare import changes_between
from scheduler.changes.proposals.sequential_placement import SequentialPlacement
from scheduler.domain.changes.proposals import Proposal
from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.roster import Roster
from scheduler.model.rules.book import RuleBook
from scheduler.verifier import DeltaEvaluation
from scheduler.verifier.delta_evaluation import Judged, Weeks


def swap(
    problem: Problem, rules: RuleBook, roster: Roster, agent: str, day: int, other: str, other_day: int
) -> Proposal:
    """Judge a swap: the duty of ``agent`` on ``day`` goes to ``other``, and the one of ``other`` comes back.

    Each duty keeps its breaks when it changes hands, where the other's rules allow them. Where ``other`` is
    free on ``other_day`` the duty is given away.
    """
    given, taken = roster.on(agent, day), roster.on(other, other_day)
    kept = tuple(duty for duty in roster.duties if duty not in (*given, *taken))
    placement = SequentialPlacement(problem, rules, Roster(duties=kept), (*given, *taken))
    comes_to = {agent: taken, other: given}
    for name in sorted(comes_to, key=list(problem.agent_named).index):  # as the days of a roster are read
        for duty in comes_to[name]:
            bare = duty.model_copy(update={"agent": name, "breaks": ()})
            placement.place(problem.agent_named[name], [bare])
    weeks = {name: tuple(duty for duty in placement.duties if duty.agent == name) for name in comes_to}
    evaluation = DeltaEvaluation(problem, rules, roster)
    return proposal_of(evaluation, weeks, evaluation.judge(weeks))


def proposal_of(evaluation: DeltaEvaluation, weeks: Weeks, judged: Judged) -> Proposal:
    """Judged weeks as a proposal: each day that changes, and the verdict on them."""
    touched = evaluation.problem.model_copy(
        update={"agents": tuple(map(evaluation.problem.agent_named.__getitem__, weeks))}
    )
    before = Roster(duties=tuple(duty for agent in weeks for duty in evaluation.roster.of(agent)))
    after = Roster(duties=tuple(duty for duties in weeks.values() for duty in duties))
    return Proposal(
        changes=tuple(changes_between(touched, before, after)),
        obstacles=judged.obstacles,
        remarks=judged.remarks,
        effect=judged.effect,
    )
