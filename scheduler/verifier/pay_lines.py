"""Pay lines held against the recount of wages: their sums, their rates, and the hours that each can have.

Lines are split by kind in ``scheduler.pay``, of which nothing is used here. Where two kinds are worth the
same, either may have the minutes; all else follows from the duties.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Protocol

from scheduler.domain.facts.absence import paid_absence
from scheduler.domain.facts.contract import BASIC_PAY
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.results.roster import Duty, Roster
from scheduler.domain.values.money import in_currency
from scheduler.domain.values.words import hours_words
from scheduler.texts import text
from scheduler.verifier.recount.wages import Wages


class Line(Protocol):
    """One person's pay of one kind, its cost in sixtieths of a cent."""

    @property
    def agent(self) -> str:
        """Whose pay it is."""

    @property
    def kind(self) -> str:
        """What it is for."""

    @property
    def minutes(self) -> int:
        """For how many minutes."""

    @property
    def cost(self) -> Fraction:
        """In sixtieths of a cent, exactly."""

    @property
    def is_absence(self) -> bool:
        """Whether it is paid beside the roster's cost."""


def pay_line_faults(problem: Problem, roster: Roster, lines: Iterable[Line]) -> Iterator[str]:
    """What is wrong with pay lines, in a sentence each."""
    of_people: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        of_people[line.agent].append(line)
    wages = Wages(problem)
    for name in of_people.keys() - problem.agent_named.keys():
        yield text("there are pay lines of {agent}, whom nobody knows.", agent=name)
    for agent in problem.agents:
        yield from _of_person(problem, wages, agent, roster.of(agent.name), of_people[agent.name])


def _of_person(
    problem: Problem, wages: Wages, agent: Agent, duties: Sequence[Duty], lines: Sequence[Line]
) -> Iterator[str]:
    kinds = [(line.kind, line.is_absence) for line in lines]
    for kind, _ in sorted(kind for kind, times in Counter(kinds).items() if times > 1):
        yield text("{agent} has several pay lines of {kind}.", agent=agent.name, kind=text(kind))
    worked = {line.kind: line for line in lines if not line.is_absence}
    together = sum((line.cost for line in lines if not line.is_absence), Fraction())
    counted = wages.of_roster(duties)
    if together != counted:
        yield text(
            "the pay lines of {agent} come to {together}, and the recount gives {counted}.",
            agent=agent.name,
            together=f"{in_currency(together):,.2f}",
            counted=f"{in_currency(counted):,.2f}",
        )
    basic, paid = worked.pop(BASIC_PAY, None), sum(duty.paid_minutes for duty in duties)
    if (basic.minutes if basic else 0) != paid:
        yield _other_hours(agent, BASIC_PAY, basic.minutes if basic else 0, paid)
    for kind, line in worked.items():
        least, most = wages.minutes_by_name(agent, kind, duties)
        if not least <= line.minutes <= most:
            yield _other_hours(agent, kind, line.minutes, most)
        rates = wages.rates_by_name(agent, kind)
        if not rates or not min(rates) * line.minutes <= line.cost <= max(rates) * line.minutes:
            yield text("the pay of {agent} for {kind} is not at its rate.", agent=agent.name, kind=kind)
    away = sum(line.minutes for line in lines if line.is_absence)
    absent = sum(
        minutes for day, minutes in paid_absence(problem, agent).items() if 0 <= day < problem.grid.days
    )
    if away != absent:
        yield _other_hours(agent, text("absence"), away, absent)
    pay = problem.pay_of(agent)
    if any(line.cost != pay * line.minutes for line in lines if line.is_absence):
        yield text(
            "the pay of {agent} for {kind} is not at its rate.", agent=agent.name, kind=text("absence")
        )


def _other_hours(agent: Agent, kind: str, said: int, counted: int) -> str:
    return text(
        "the pay lines of {agent} have {said} of {kind}, and the recount gives {counted}.",
        agent=agent.name,
        said=hours_words(said),
        kind=text(kind),
        counted=hours_words(counted),
    )
