"""Only shifts that the contract entitles to."""

from collections.abc import Iterator
from typing import Literal

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Roster
from scheduler.model.calendar.walks import dates_meant
from scheduler.model.limits.kinds import Limit, Total
from scheduler.model.limits.verbs import OfTemplate
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import marked, text


class Entitlement(AgentRule):
    """Everyone works only shifts that their contract entitles them to.

    The weekdays and times of a shift belong to its template: a duty that its template does not allow is
    no duty at all, and no rule.
    """

    heeds = (("contracts.templates", marked("the shifts of contracts are")),)
    may_give_way = False

    kind: Literal["entitlement"] = "entitlement"

    def limits(self, problem: Problem) -> Iterator[Limit]:
        every = frozenset(problem.template_named)
        barred = {
            contract.name: OfTemplate(every - frozenset(contract.templates)) for contract in problem.contracts
        }
        days = [(day,) for day in self.scope.days(problem)]
        for agent in self.scope.covered_agents(problem):
            of = barred[agent.contract]
            for day in days if of.templates else ():
                yield Total(agent.name, of=of, on=day, at_most=0)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = set(dates_meant(problem, self.scope))
        for agent in self.scope.covered_agents(problem):
            contract = problem.contract_of(agent)
            for duty in roster.of(agent.name):
                on = problem.grid.date(duty.day)
                if duty.template not in contract.templates and on in meant:
                    yield self.violation(
                        1,
                        text(
                            '{agent} works "{template}" on {on}; the contract "{contract}" allows only '
                            "{templates}",
                            agent=agent.name,
                            template=duty.template,
                            on=on,
                            contract=contract.name,
                            templates=", ".join(contract.templates),
                        ),
                        agent=agent.name,
                        days=(duty.day,),
                    )
