"""One shift, or one length, all week."""

from collections.abc import Iterator
from itertools import combinations
from typing import Literal

from pydantic import Field

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Duty, Roster
from scheduler.model.calendar.walks import dates_meant, numbers, weeks_meant
from scheduler.model.calendar.weeks import weeks_of
from scheduler.model.limits.kinds import Limit, Pair
from scheduler.model.limits.verbs import OfLength, OfTemplate, Verb
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import text


class SameShift(AgentRule):
    """Within a calendar week everyone works shifts of one ``what``.

    Of each week every two days with different shifts count. Only days that are planned are compared.
    """

    kind: Literal["same_shift"] = "same_shift"
    what: Literal["template", "length"] = Field(
        default="template",
        description="What is the same: template is the shift, wherever its start lies; length is the time "
        "from start to end.",
    )

    @property
    def sentence(self) -> str:
        """The rule in words."""
        if self.what == "length":
            return text("Within a calendar week everyone works shifts of one length.")
        return text("Within a calendar week everyone works one shift.")

    def limits(self, problem: Problem) -> Iterator[Limit]:
        differing = list(self._differing(problem))
        weeks = [week.days for week in weeks_of(problem, self.scope)]
        for agent in self.scope.covered_agents(problem):
            for days in weeks:
                for day, later in combinations(days, 2):
                    for one, others in differing:
                        # the later day first: automata cannot carry that, and these would be too many states
                        yield Pair(agent.name, others, later, one, day)

    def _differing(self, problem: Problem) -> Iterator[tuple[Verb, Verb]]:
        """Each shift, or length, with all others."""
        if self.what == "template":
            names = frozenset(problem.template_named)
            for name in problem.template_named if len(names) > 1 else ():
                yield OfTemplate(frozenset((name,))), OfTemplate(names - {name})
            return
        lengths = frozenset(length for template in problem.templates for length in template.lengths)
        for length in sorted(lengths) if len(lengths) > 1 else ():
            yield OfLength(frozenset((length,))), OfLength(lengths - {length})

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        weeks = weeks_meant(problem, dates_meant(problem, self.scope))
        for agent in self.scope.covered_agents(problem):
            for monday, dates in weeks.items():
                days = map(problem.grid.day_index, dates)
                duties = [duty for day in days for duty in roster.on(agent.name, day)]
                amount = sum(self._differs(one, other) for one, other in combinations(duties, 2))
                if amount:
                    yield self.violation(
                        amount,
                        text(
                            "{agent} works different shifts in the week of {monday}",
                            agent=agent.name,
                            monday=monday,
                        ),
                        agent=agent.name,
                        days=numbers(problem, dates),
                    )

    def _differs(self, one: Duty, other: Duty) -> bool:
        if self.what == "template":
            return one.template != other.template
        return one.elapsed_minutes != other.elapsed_minutes
