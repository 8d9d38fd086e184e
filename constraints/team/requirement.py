"""The staffing requirement: as many agents as are required, interval by interval."""

from collections.abc import Iterator
from typing import Literal

from pydantic import model_validator

from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.finding import Finding, Place
from scheduler.domain.results.outcome import Coverage, Violation
from scheduler.domain.results.roster import Roster
from scheduler.model.calendar.staffing import demand_meant, masked, priced_curves, without_goals
from scheduler.model.calendar.walks import dates_meant, intervals_by_date, numbers, sum_over
from scheduler.model.limits.kinds import Limit, Staffing
from scheduler.model.rules.rule import Strength, TeamRule, spoken
from scheduler.model.rules.scope import WHEN
from scheduler.texts import marked, text


class Requirement(TeamRule):
    """In every interval as many agents are at work on each skill as it requires.

    A missing and a superfluous agent-hour have the prices of the skill; their cost is reported as the
    roster's missing and superfluous staff, not as the cost of this rule. With the strength ``must``
    nobody may be missing; superfluous staff is priced all the same.

    With scenarios each of their curves is priced at its share, and what is planned is what must be. Where a
    service level is agreed over a day or a week the requirement is just above the workload, and who is there
    beyond it is not superfluous. Of deferred work that the roster places, the requirement of an interval is
    what is placed there, in the way that costs least.
    """

    unit = "hour"
    costs_as_staff = True
    scope_fields = ("skills", *WHEN)
    heeds = (("demand.required", marked("required agents are")), ("scenarios", marked("scenarios are")))

    kind: Literal["requirement"] = "requirement"
    strength: Strength = Strength.PREFER

    @property
    def needs_price(self) -> bool:
        """No: every skill has its own."""
        return False

    @model_validator(mode="after")
    def _prices_are_the_skills(self) -> "Requirement":
        if self.price is not None:
            raise ValueError(text("the requirement has no price of its own; give it to the skills"))
        return self

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """A must, or some days alone, where the roster places deferred work: it has no time of its own."""
        meant = self.scope.skills
        placed = [one.skill for one in problem.deferred_work if not meant or one.skill in meant]
        if placed and self.is_must:
            yield Finding(
                place=Place(path=("strength",)),
                message=text(
                    'the work of "{skill}" is placed by the roster, and no interval must have it.',
                    skill=placed[0],
                ),
                hint=text(
                    "Write prefer: what misses its deadline has the price of a missing agent. Or name the "
                    "other skills under Skills, and give this one a row of its own at prefer."
                ),
            )
        if placed and len(self.scope.days(problem)) < problem.grid.days:
            yield Finding(
                place=Place(path=("scope", "weekdays")),
                message=text(
                    'the work of "{skill}" is placed by the roster on any day, and this holds on some alone.',
                    skill=placed[0],
                ),
                hint=text("Leave days, dates and weekdays out, or name the other skills under Skills."),
            )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        placed = {work.skill for work in problem.deferred_work}
        for demand in demand_meant(problem, self.scope):
            has_scenarios = bool(problem.scenarios)
            if self.is_must and has_scenarios:  # what is planned must be there; what may come has its price
                yield Staffing(demand.skill, at_least=masked(problem, self.scope, demand.required, 0))
            for curve, missing, superfluous in priced_curves(problem, demand):
                at_least = masked(problem, self.scope, curve, 0)
                at_most = masked(problem, self.scope, without_goals(problem, demand.skill, curve), None)
                yield Staffing(
                    demand.skill,
                    at_least=at_least,
                    price=missing,
                    may_be_missed=has_scenarios,
                    is_placed=demand.skill in placed,
                )
                yield Staffing(
                    demand.skill, at_most=at_most, price=superfluous, is_placed=demand.skill in placed
                )

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        by_date = intervals_by_date(problem, dates_meant(problem, self.scope))
        for demand in demand_meant(problem, self.scope):
            skill = problem.skill_named[demand.skill]
            missing_price, superfluous_price = skill.missing_price, skill.superfluous_price
            if problem.scenarios:  # their curves are what costs, and not the planned one
                missing_price = superfluous_price = 0
            for on, intervals in by_date.items():
                missing = sum_over(coverage.missing, demand.skill, intervals)
                if missing:
                    yield self.violation(
                        missing,
                        text(
                            '"{skill}" lacks {missing} of work on {on}',
                            skill=demand.skill,
                            missing=spoken("minutes", missing),
                            on=on,
                        ),
                        days=numbers(problem, [on]),
                        price=missing_price,
                    )
                superfluous = sum_over(coverage.superfluous, demand.skill, intervals)
                if superfluous:
                    too_many = self.violation(
                        superfluous,
                        text(
                            '"{skill}" has {superfluous} of work too much on {on}',
                            skill=demand.skill,
                            superfluous=spoken("minutes", superfluous),
                            on=on,
                        ),
                        days=numbers(problem, [on]),
                        price=superfluous_price,
                    )
                    yield too_many.model_copy(update={"must": False})
