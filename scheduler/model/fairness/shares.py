"""Fair shares: what is due to each of what all have together.

Called by the limits and by the check of rules on fairness: a share is a fact of the input, settled before
anything is planned, so that both hold a roster against the same number. How far a roster is from it each of
them finds by itself.

A share is in proportion to contracted hours and to the days on which somebody may have what is shared, but
nobody's is more than they can have, or less than they cannot avoid; what is left over is shared out among the
others in the same proportion.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Literal, NamedTuple

from scheduler.domain.facts.absence import days_away, excused_minutes, paid_absence, paid_lengths
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_HOUR
from scheduler.model.fairness.open_days import Openings
from scheduler.model.fairness.reckoned_duties import UNKNOWN_HOURS, ReckonedDuties, usual_paid_minutes
from scheduler.model.limits.agent_limits import Block
from scheduler.model.limits.verbs import PaidMinutes, Verb

HUNDREDTHS = 100
RelativeTo = Literal["hours", "days"]
"""What a share is in proportion to: contracted hours and open days, or open days alone."""


@dataclass(frozen=True)
class Shared:
    """What is shared out: a verb's sum over days, or the number of blocks of days on which it holds.

    Parameters
    ----------
    together
        How much there is in all, where that is given; ``None`` is reckoned from what is asked for.
    carried_by
        The rule by whose name agents have points from before, which are taken off shares; empty is none.
    among
        Names of those who have it together; empty is everyone.
    """

    verb: Verb
    days: tuple[int, ...]
    blocks: tuple[Block, ...] = ()
    together: int | None = None
    relative_to: RelativeTo = "hours"
    carried_by: str = ""
    among: tuple[str, ...] = ()


class Claim(NamedTuple):
    """By what somebody takes part.

    It is their weight, the least and the most that they can have, and what they had too much before.
    """

    weight: int
    least: int
    most: int
    ahead: Fraction = Fraction(0)


def shares_of(problem: Problem, shared: Shared) -> Mapping[str, Fraction]:
    """The fair share of each agent who takes part, by name."""
    if shared not in problem.fair_shares_known:
        openings = Openings(problem, shared.verb)
        claims = {
            agent.name: _claim(problem, agent, shared, openings)._replace(
                ahead=points_before(agent, shared.carried_by)
            )
            for agent in _taking_part(problem, shared.among)
        }
        given = shared.together
        together = _reckoned(problem, shared, claims) if given is None else Fraction(given)
        problem.fair_shares_known[shared] = apportioned(together, claims)
    return problem.fair_shares_known[shared]


def _taking_part(problem: Problem, among: tuple[str, ...]) -> Sequence[Agent]:
    return [problem.agent_named[name] for name in among] if among else problem.agents


def points_before(agent: Agent, rule: str) -> Fraction:
    """What somebody had beyond their fair share before the horizon, by a rule's name."""
    return Fraction(dict(agent.fair_points).get(rule, 0), HUNDREDTHS)


def points_after(
    problem: Problem, had: Mapping[str, int], due: Mapping[str, Fraction], rule: str
) -> dict[str, Fraction]:
    """What each has had too much, with what was before: what they had, less what was due to them of it."""
    return {name: points_before(problem.agent_named[name], rule) + had[name] - due[name] for name in had}


def shares_of_hours(
    problem: Problem,
    days: Sequence[int],
    together: int | None,
    carried_by: str = "",
    among: tuple[str, ...] = (),
) -> Mapping[str, Fraction]:
    """The fair share of each who takes part of paid minutes on some days, credited absence included.

    Points from before are hours. ``among`` are the names of those who take part; empty is everyone.
    """
    shared = ("hours", tuple(days), together, carried_by, among)
    if shared not in problem.fair_shares_known:
        claims = {
            agent.name: _claim_of_hours(problem, agent, days)._replace(
                ahead=MINUTES_PER_HOUR * points_before(agent, carried_by)
            )
            for agent in _taking_part(problem, among)
        }
        absent = [minutes for agent in problem.agents for minutes in paid_absence(problem, agent).items()]
        credited = sum(minutes for day, minutes in absent if day in days)
        reckoned = ReckonedDuties.of(problem).sum_of(PaidMinutes(), days) + credited
        problem.fair_shares_known[shared] = apportioned(
            reckoned if together is None else Fraction(together), claims
        )
    return problem.fair_shares_known[shared]


def apportioned(together: Fraction, claims: Mapping[str, Claim]) -> dict[str, Fraction]:
    """Each the same multiple of their weight, less what they had too much before, within what they can have.

    It is all of it, where that is possible. With the multiple all grow from their least to their most, so
    that it is found by going through the multiples at which one of them begins to grow or is done. Where
    there is less than all cannot avoid, everybody has the same part of that.
    """
    turns: list[tuple[Fraction, int]] = []
    for weight, least, most, ahead in claims.values():
        if weight:
            turns += [((least + ahead) / weight, weight), ((most + ahead) / weight, -weight)]
    unavoidable = sum(claim.least for claim in claims.values())
    left = together - unavoidable
    if left <= 0 or not turns:
        part = min(Fraction(1), together / unavoidable) if unavoidable else Fraction(0)
        return {name: part * claim.least for name, claim in claims.items()}
    turns.sort()
    multiple, slope = turns[0][0], 0
    for turn, change in turns:
        if left <= slope * (turn - multiple):
            break
        left -= slope * (turn - multiple)
        multiple, slope = turn, slope + change
    if slope and left > 0:
        multiple += left / slope
    return {
        name: min(max(multiple * weight - ahead, Fraction(least)), Fraction(most))
        for name, (weight, least, most, ahead) in claims.items()
    }


def _claim(problem: Problem, agent: Agent, shared: Shared, openings: Openings) -> Claim:
    """Their hours times the days on which they may; no more than these, nor than duties of their hours."""
    opened = openings.of(agent)
    counted = opened.counted.intersection(shared.days)
    number = sum(not counted.isdisjoint(block) for block in shared.blocks) if shared.blocks else len(counted)
    duties = _usual_duties(problem, agent)
    # duties for which no day is left on which another shift is open, or which is not meant
    elsewhere = opened.others | {day for day in opened.counted if day not in shared.days}
    forced = 0 if duties is None or shared.blocks else max(0, int(duties) - len(elsewhere))
    most = number if duties is None else min(number, -int(-duties // 1))
    hours = (usual_paid_minutes(problem, agent) or UNKNOWN_HOURS) if shared.relative_to == "hours" else 1
    return Claim(hours * number, min(forced, most), most)


def _usual_duties(problem: Problem, agent: Agent) -> Fraction | None:
    """How many duties the contract comes to over the horizon, absence taken off; ``None`` without hours."""
    minutes = usual_paid_minutes(problem, agent)
    if minutes is None:
        return None
    days = range(problem.grid.days)
    whole = minutes * len(days) // DAYS_PER_WEEK
    credited = sum(paid for day, paid in paid_absence(problem, agent).items() if day in days)
    left = max(0, whole - excused_minutes(problem, agent, whole, days) - credited)
    return Fraction(2 * left, sum(paid_lengths(problem, agent)))


def _reckoned(problem: Problem, shared: Shared, claims: Mapping[str, Claim]) -> Fraction:
    """How much there is in all, by what is asked for."""
    duties = ReckonedDuties.of(problem)
    if not shared.blocks:
        return duties.sum_of(shared.verb, shared.days)
    people = sum(claim.most > 0 for claim in claims.values())
    return sum((_worked_blocks(duties, shared.verb, block, people) for block in shared.blocks), Fraction(0))


def _worked_blocks(duties: ReckonedDuties, verb: Verb, block: Iterable[int], people: int) -> Fraction:
    """How many people have a duty in a block, if who has one on a day says nothing of the other days."""
    if not people:
        return Fraction(0)
    each_day = [max(Fraction(0), 1 - duties.sum_of(verb, (day,)) / people) for day in block]
    free = prod(each_day, start=Fraction(1))
    return people * (1 - free)


def _claim_of_hours(problem: Problem, agent: Agent, days: Sequence[int]) -> Claim:
    """Their hours over the days on which they are there; within their contract, where all days are meant."""
    agreed, paid = problem.contract_of(agent), paid_absence(problem, agent)
    away = days_away(problem, agent)
    there = [day for day in days if day not in away or paid.get(day)]
    weight = (usual_paid_minutes(problem, agent) or UNKNOWN_HOURS) * len(there)
    credited = sum(paid.get(day, 0) for day in days)
    longest = credited + len([day for day in days if day not in away]) * paid_lengths(problem, agent)[1]
    if len(days) < problem.grid.days:
        return Claim(weight, min(credited, longest), longest)
    lower = (agreed.min_paid_minutes or 0) * len(days) // DAYS_PER_WEEK
    least = max(credited, lower - excused_minutes(problem, agent, lower, days))
    upper = (
        longest if agreed.max_paid_minutes is None else agreed.max_paid_minutes * len(days) // DAYS_PER_WEEK
    )
    most = max(credited, min(longest, upper))
    return Claim(weight, min(least, most), most)
