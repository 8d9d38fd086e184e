"""Paid hours a week or a month, or over the whole horizon."""

from collections.abc import Container, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.absence import excused_minutes, paid_absence
from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.findings.finding import Finding, Place
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.fields import Minutes
from scheduler.domain.values.words import from_to_days
from scheduler.model.calendar.history import paid_minutes_on, paid_time_off_on
from scheduler.model.calendar.part_walks import Count, Dates, PeriodRule
from scheduler.model.calendar.walks import (
    counts_the_past,
    duties_of_part,
    numbers,
)
from scheduler.model.calendar.weeks import carried_in, less, parts_of, total_of
from scheduler.model.limits.kinds import Limit
from scheduler.model.limits.verbs import PaidMinutes
from scheduler.model.rules.rule import spoken
from scheduler.model.rules.words import Per, bounds, per_words
from scheduler.texts import marked, text


class PaidHours(PeriodRule):
    """Everyone is paid the hours agreed: per week, those of the contract where none are given here.

    Paid absence counts, on its days on which the contract works; days away without stated hours (outside of
    employment, or by a sick call) lower the lower bound by their part of it. In a week that is cut by the
    horizon's start the upper bound counts the history too; the lower one is held only against weeks of which
    all seven days are planned or known from the history. What was paid before the horizon is held against
    nobody; where it exceeds the bound, nothing more may be worked.
    """

    unit = "hour"

    heeds = (
        ("contracts.min_paid_minutes", marked("the hours of contracts are")),
        ("contracts.max_paid_minutes", marked("the most hours of contracts are")),
    )
    period_field = "per"

    kind: Literal["paid_hours"] = "paid_hours"
    per: Per = "week"
    at_least_minutes: Minutes | None = Field(
        default=None,
        description="Least paid minutes; null takes the contract's, where per "
        "is week. Equal bounds are exact.",
    )
    at_most_minutes: Minutes | None = Field(
        default=None, description="Most paid minutes; null takes the contract's, where per is week."
    )

    @property
    def is_of_contract(self) -> bool:
        """Whether the least hours are those of each contract."""
        return self.per == "week" and self.at_least_minutes is None

    @property
    def looks_at(self) -> frozenset[str]:
        """The hours of contracts that it does not give itself."""
        if self.per != "week":
            return frozenset()
        own = {"min": self.at_least_minutes, "max": self.at_most_minutes}
        return frozenset(f"contracts.{end}_paid_minutes" for end, given in own.items() if given is None)

    @property
    def sentence(self) -> str:
        """The rule in words."""
        if self.at_least_minutes is None and self.at_most_minutes is None:
            return text("Everyone is paid the hours of their contract in each calendar week.")
        hours = bounds(self.at_least_minutes, self.at_most_minutes, "minutes")
        return text("Everyone is paid {hours} {when}.", hours=hours, when=per_words(self.per))

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """Hours not of a week without a bound, and bounds that exclude each other with a contract's."""
        if self.per != "week":
            if self.at_least_minutes is None and self.at_most_minutes is None:
                yield Finding(
                    place=Place(path=("per",)),
                    message=text(
                        "hours that are not of a week need their own bounds: a contract's are per week."
                    ),
                    hint=text("Give at_least_minutes, at_most_minutes, or both."),
                )
            return
        for contract in dict.fromkeys(agent.contract for agent in self.scope.covered_agents(problem)):
            if contract not in problem.contract_named:
                continue
            lower, upper = self._agreed(problem, contract)
            own = (self.at_least_minutes, self.at_most_minutes)
            if lower is not None and upper is not None and lower > upper and None in own:
                yield Finding(
                    place=Place(path=("at_least_minutes" if own[0] is not None else "at_most_minutes",)),
                    message=text(
                        'with the contract "{contract}" this asks for at least {lower} and at most {upper}.',
                        contract=contract,
                        lower=spoken("minutes", lower),
                        upper=spoken("minutes", upper),
                    ),
                    hint=text("Give both bounds here, or mend the contract."),
                )

    def _agreed(self, problem: Problem, contract: str) -> tuple[int | None, int | None]:
        """The lower and the upper bound that hold for a contract, in paid minutes."""
        lower, upper = self.at_least_minutes, self.at_most_minutes
        if self.per == "week":
            agreed = problem.contract_named[contract]
            lower = agreed.min_paid_minutes if lower is None else lower
            upper = agreed.max_paid_minutes if upper is None else upper
        return lower, upper

    def limits_days(self, problem: Problem, agent: Agent) -> bool:
        return self._agreed(problem, agent.contract)[1] is not None

    def limits(self, problem: Problem) -> Iterator[Limit]:
        parts = parts_of(problem, self.scope, self.per)
        for agent in self.scope.covered_agents(problem):
            lower, upper = self._agreed(problem, agent.contract)
            for part in parts:
                excused = excused_minutes(problem, agent, lower or 0, part.before + part.days)
                carried = carried_in(problem, agent, self.name, part, partial(_paid_on, problem, agent))
                absent = paid_time_off_on(problem, agent, part.days)
                carried = replace(carried, amount=carried.amount + absent)
                yield from total_of(agent, PaidMinutes(), part, less(lower, excused), upper, carried)

    def count_of(self, problem: Problem, roster: Roster, agent: Agent) -> Count:
        looks_back = counts_the_past(problem, self.scope)

        def count(every: Dates, dates: Dates) -> tuple[int, int]:
            past, rostered = duties_of_part(problem, agent, roster, self.scope, every, dates)
            # the dates before the horizon belong to the part only where its first day is meant
            before = (on for on in every if looks_back and on < problem.grid.first_day)
            credited = _credited(problem, agent, {*before, *dates})
            paid = sum(duty.paid_minutes for duty in past)
            return paid + credited, sum(duty.paid_minutes for duty in rostered)

        return count

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for one in self.counted(problem, roster):
            lower, upper = self._agreed(problem, one.agent.contract)
            days = [problem.grid.day_index(on) for on in one.named]
            least = less(lower, excused_minutes(problem, one.agent, lower or 0, days))
            amount = one.beyond(least, upper)
            if amount:
                yield self.violation(
                    amount,
                    text(
                        "{agent} is paid {hours} {when}; the rule asks for {asked}",
                        agent=one.agent.name,
                        hours=spoken("minutes", one.number),
                        when=from_to_days(one.first, one.dates[-1]),
                        asked=bounds(least, upper, "minutes"),
                    ),
                    agent=one.agent.name,
                    days=numbers(problem, one.dates),
                )


def _credited(problem: Problem, agent: Agent, dates: Container[date]) -> int:
    """Paid minutes of absence on these dates."""
    credited = paid_absence(problem, agent).items()
    return sum(minutes for day, minutes in credited if problem.grid.date(day) in dates)


def _paid_on(problem: Problem, agent: Agent, days: Container[int]) -> int:
    """Paid minutes on days before the horizon, of duties and of absence."""
    return paid_minutes_on(problem, agent, days) + paid_time_off_on(problem, agent, days)
