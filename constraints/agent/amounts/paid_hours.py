"""Paid hours a week or a month, or over the whole horizon."""

from collections.abc import Container, Iterator
from datetime import date
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
from scheduler.model.calendar.walks import (
    beyond,
    counts_the_past,
    dates_meant,
    dates_of_part,
    duties_of_part,
    is_whole,
    numbers,
    parts_meant,
)
from scheduler.model.calendar.weeks import less, parts_of, total_of
from scheduler.model.limits.kinds import Limit
from scheduler.model.limits.verbs import PaidMinutes
from scheduler.model.rules.rule import AgentRule, spoken
from scheduler.model.rules.words import Per, bounds, per_words
from scheduler.texts import marked, text


class PaidHours(AgentRule):
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
    per: Per = Field(
        default="week",
        description="What is counted: week is each calendar week, month each calendar month, horizon all the "
        "days meant together.",
    )
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
                days = part.before + part.days
                carried_in = paid_minutes_on(problem, agent, part.before)
                carried_in += paid_time_off_on(problem, agent, days)
                least = less(lower, excused_minutes(problem, agent, lower or 0, days))
                yield from total_of(agent, PaidMinutes(), part, least, upper, carried_in=carried_in)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = dates_meant(problem, self.scope)
        parts = parts_meant(problem, meant, self.per)
        for agent in self.scope.covered_agents(problem):
            lower, upper = self._agreed(problem, agent.contract)
            for first, dates in parts.items():
                every = dates_of_part(self.scope, self.per, first, dates)
                whole = is_whole(problem, self.scope, agent, every, dates)
                days = [problem.grid.day_index(on) for on in every]
                least = less(lower, excused_minutes(problem, agent, lower or 0, days))
                past, rostered = duties_of_part(problem, agent, roster, self.scope, every, dates)
                # the dates before the horizon belong to the part only where its first day is meant
                before = counts_the_past(problem, self.scope)
                credited = {on for on in every if on in dates or (before and on < problem.grid.first_day)}
                known = sum(duty.paid_minutes for duty in past) + _credited(problem, agent, credited)
                planned = sum(duty.paid_minutes for duty in rostered)
                amount = beyond(known, planned, least if whole else None, upper)
                if amount:
                    yield self.violation(
                        amount,
                        text(
                            "{agent} is paid {hours} {when}; the rule asks for {asked}",
                            agent=agent.name,
                            hours=spoken("minutes", known + planned),
                            when=from_to_days(first, dates[-1]),
                            asked=bounds(least, upper, "minutes"),
                        ),
                        agent=agent.name,
                        days=numbers(problem, dates),
                    )


def _credited(problem: Problem, agent: Agent, dates: Container[date]) -> int:
    """Paid minutes of absence on these dates."""
    credited = paid_absence(problem, agent).items()
    return sum(minutes for day, minutes in credited if problem.grid.date(day) in dates)
