"""What is fixed beforehand stays as it is."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal

from scheduler.domain.facts.absence import pins_kept
from scheduler.domain.facts.problem import Agent, Pin, Problem
from scheduler.domain.results.outcome import Violation
from scheduler.domain.results.roster import Duty, Roster
from scheduler.model.calendar.walks import dates_meant, numbers, wall_clock
from scheduler.model.limits.kinds import Limit, Total
from scheduler.model.limits.verbs import DiffersFrom, Worked
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import marked, text


class Pins(AgentRule):
    """Whatever stands on Fixed stays as it is there: days off, shifts, starts, lengths, breaks.

    A pin that is not a day off asks for a duty on its day; a duty that differs from it counts once,
    whatever differs. A sick call cancels the shifts that are pinned on its days.
    """

    heeds = (("agents.pins", marked("what is fixed is")),)

    kind: Literal["pins"] = "pins"

    def limits(self, problem: Problem) -> Iterator[Limit]:
        days = set(self.scope.days(problem))
        for agent in self.scope.covered_agents(problem):
            for pin in pins_kept(problem, agent):
                day = problem.grid.day_index(pin.day)
                if day not in days:
                    continue
                yield Total(agent.name, of=DiffersFrom(pin), on=(day,), at_most=0)
                if not pin.off:
                    yield Total(agent.name, of=Worked(), on=(day,), at_least=1)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        meant = set(dates_meant(problem, self.scope))
        for agent in self.scope.covered_agents(problem):
            by_date: dict[date, list[Duty]] = defaultdict(list)
            for duty in roster.of(agent.name) if agent.pins else ():
                by_date[problem.grid.date(duty.day)].append(duty)
            for pin in pins_kept(problem, agent):
                if pin.day not in meant:
                    continue
                duties = by_date[pin.day]
                reasons = [reason for duty in duties if (reason := _difference(problem, agent, pin, duty))]
                if not duties and not pin.off:
                    reasons = [text("there is no duty")]
                for reason in reasons:
                    yield self.violation(
                        1,
                        text(
                            "what is fixed for {agent} on {day} is not kept: {reason}",
                            agent=agent.name,
                            day=pin.day,
                            reason=reason,
                        ),
                        agent=agent.name,
                        days=numbers(problem, [pin.day]),
                    )


def _difference(problem: Problem, agent: Agent, pin: Pin, duty: Duty) -> str:
    """In what a duty differs from the pin; empty when it does not."""
    if pin.off:
        return text("the day was to be off")
    if pin.template is not None and pin.template != duty.template:
        return text(
            'the shift is "{template}", not "{pin_template}"',
            template=duty.template,
            pin_template=pin.template,
        )
    if pin.start is not None and pin.start != wall_clock(problem, agent, duty):
        return text("the shift starts at another time")
    if pin.length_minutes is not None and duty.start + pin.length_minutes != duty.end:
        return text("the shift has another length")
    midnight = datetime.combine(pin.day, datetime.min.time())
    zone = problem.zone_of(agent)
    pinned = tuple(
        problem.grid.instant(midnight + timedelta(minutes=clock), zone) for clock in pin.break_starts
    )
    if pinned and pinned != tuple(pause.start for pause in duty.breaks):
        return text("the breaks lie elsewhere")
    return ""
