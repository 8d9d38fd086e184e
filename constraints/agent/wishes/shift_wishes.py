"""Shifts that agents would like to work on some day, or would rather not."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Literal

from scheduler.domain.facts.absence import dates_away, days_away
from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.model.calendar.walks import dates_meant
from scheduler.model.limits.kinds import Limit, Total
from scheduler.model.limits.verbs import OfTemplate, Worked
from scheduler.model.rules.wishes import WishRule
from scheduler.texts import marked, text


class ShiftWishes(WishRule):
    """Everyone works the shifts that they wish for, and none of those that they would rather not work.

    A wish with a price of its own costs that where it is not granted, not the rule's. A wish for a shift on a
    day away lapses: nobody could grant it.
    """

    heeds = (("agents.shift_wishes", marked("wishes for shifts are")),)

    kind: Literal["shift_wishes"] = "shift_wishes"

    def limits(self, problem: Problem) -> Iterator[Limit]:
        days = set(self.scope.days(problem))
        for agent in self.scope.covered_agents(problem):
            for wish in agent.shift_wishes:
                day = problem.grid.day_index(wish.day)
                if day not in days or (wish.wanted and day in days_away(problem, agent)):
                    continue
                of = Worked() if wish.template is None else OfTemplate(frozenset({wish.template}))
                price = self.price_for(agent, wish.price)
                if wish.wanted:
                    yield Total(agent.name, of=of, on=(day,), at_least=1, price=price)
                else:
                    yield Total(agent.name, of=of, on=(day,), at_most=0, price=price)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = set(dates_meant(problem, self.scope))
        for agent in self.scope.covered_agents(problem):
            worked: dict[date, list[str]] = defaultdict(list)
            for duty in roster.of(agent.name) if agent.shift_wishes else ():
                worked[problem.grid.date(duty.day)].append(duty.template)
            for wish in agent.shift_wishes:
                if wish.day not in meant or (wish.wanted and wish.day in dates_away(problem, agent)):
                    continue
                fitting = sum(wish.template in (None, template) for template in worked[wish.day])
                shift = text("a shift") if wish.template is None else f'"{wish.template}"'
                if wish.wanted and not fitting:
                    amount, said = (
                        1,
                        text(
                            "{agent} does not work {shift} on {day}, as wished",
                            agent=agent.name,
                            shift=shift,
                            day=wish.day,
                        ),
                    )
                elif not wish.wanted and fitting:
                    amount, said = (
                        fitting,
                        text(
                            "{agent} works {shift} on {day}, against a wish",
                            agent=agent.name,
                            shift=shift,
                            day=wish.day,
                        ),
                    )
                else:
                    continue
                days = (problem.grid.day_index(wish.day),)
                price = self.price_for(agent, wish.price)
                yield self.violation(amount, said, agent=agent.name, days=days, price=price)
