"""Checks of service goals: that each can be met, says what it needs, and holds at other times."""

from collections.abc import Iterator

from scheduler.domain.checks.demand.goals_together import together_faults
from scheduler.domain.checks.demand.handling_times import handling_faults
from scheduler.domain.checks.demand.placed_work import PLACED, placed_faults
from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.service_goals import ServiceGoal
from scheduler.domain.findings.faults import FactPath, error, warning
from scheduler.domain.findings.finding import Finding, unknown_name
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_DAY
from scheduler.domain.values.words import clock_words, hours_words
from scheduler.texts import text

_ALL = 100
_HARDLY_ANY = 20
"""A service level below it is hardly meant; the trade promises 70 to 95 %."""
_OF_A_QUEUE = ("service_level_percent", "asa_seconds", "abandonment_percent", "patience_seconds")


def goal_faults(problem: Problem) -> Iterator[Finding]:
    """What is wrong with service goals, one row after the other."""
    with_volumes = {volumes.skill for volumes in problem.volumes}
    before: dict[str, list[ServiceGoal]] = {}
    for index, goal in enumerate(problem.service_goals):
        path = ("service_goals", index)
        if goal.skill not in problem.skill_named:
            message, hint = unknown_name(text("skill"), goal.skill, problem.skill_named, "Skills")
            yield error((*path, "skill"), message, hint)
        elif goal.skill not in with_volumes:
            tell = warning if goal.skill in problem.demand_for and not goal.is_together else error
            yield tell(
                (*path, "skill"),
                text('skill "{skill}" has a service goal, but no volumes.', skill=goal.skill),
                text("Give it contacts on Volumes, or remove the goal."),
            )
        yield from _time_faults(goal, path)
        yield from _goal_handling_faults(goal, path)
        yield from _level_faults(goal, path)
        yield from _channel_faults(goal, path)
        if 0 < (goal.deadline_minutes or 0) < problem.grid.interval_minutes:
            yield warning(
                (*path, "deadline_minutes"),
                text(
                    "a deadline of {deadline} is shorter than an interval of {interval} min: the work is "
                    "done in the interval in which it comes.",
                    deadline=hours_words(goal.deadline_minutes or 0),
                    interval=problem.grid.interval_minutes,
                ),
                text("Write at least one interval, or plan it as calls where it cannot wait."),
            )
        yield from together_faults(problem, goal, path)
        earlier = before.setdefault(goal.skill, [])
        yield from placed_faults(problem, goal, earlier, path)
        if earlier and earlier[0].channel != goal.channel:
            yield error(
                (*path, "channel"),
                text(
                    'skill "{skill}" is {other} in another row.', skill=goal.skill, other=earlier[0].channel
                ),
                text("A skill has one channel; give the other work a skill of its own."),
            )
        if any(_overlap(goal, one) for one in earlier):
            yield error(
                (*path, "weekdays"),
                text('skill "{skill}" has two goals at the same time.', skill=goal.skill),
                text("Let weekdays or opening hours set them apart."),
            )
        earlier.append(goal)


def _goal_handling_faults(goal: ServiceGoal, path: FactPath) -> Iterator[Finding]:
    """Of outbound work, whose volumes are hours, a handling time means nothing."""
    if goal.aht_seconds is not None and goal.channel != "outbound":
        place, is_deferrable = (*path, "aht_seconds"), goal.channel == "deferrable"
        yield from handling_faults(place, goal.skill, goal.aht_seconds, may_be_long=is_deferrable)


def _time_faults(goal: ServiceGoal, path: FactPath) -> Iterator[Finding]:
    if not goal.weekdays:
        yield error((*path, "weekdays"), text("the goal holds on no weekday."))
    if (goal.opens is None) != (goal.closes is None):
        key = "closes" if goal.closes is None else "opens"
        yield error(
            (*path, key),
            text("opening hours have a beginning and an end."),
            text("Write both Opens and Closes, or neither: then it is open wherever there are volumes."),
        )
    elif goal.opens is not None and goal.closes is not None and goal.opens >= goal.closes:
        yield error(
            (*path, "closes"),
            text(
                "closes at {closes}, which is not after {opens}.",
                closes=clock_words(goal.closes),
                opens=clock_words(goal.opens),
            ),
            text("For the small hours of the next day write 25:30, for midnight 24:00."),
        )


def _level_faults(goal: ServiceGoal, path: FactPath) -> Iterator[Finding]:
    if goal.service_level_percent is not None:
        if goal.service_level_percent >= _ALL:
            yield error(
                (*path, "service_level_percent"),
                text("no number of agents answers 100 % of the contacts in time."),
                text("Write less, such as 95 %."),
            )
        elif goal.service_level_percent < _HARDLY_ANY:
            yield warning(
                (*path, "service_level_percent"),
                text(
                    "no more than {level:g} % are to be answered in time.", level=goal.service_level_percent
                ),
                text("Write 80 if 80 % is meant."),
            )
        if goal.within_seconds is None:
            yield error(
                (*path, "within_seconds"),
                text("{level:g} % are to be answered, but not said is within how many seconds.",
                     level=goal.service_level_percent),
                text("Write it under Within: 20."),
            )  # fmt: skip
    elif goal.within_seconds is not None:
        yield error(
            (*path, "service_level_percent"),
            text("within {seconds:g} s are to be answered, but not said is how many.",
                 seconds=goal.within_seconds),
            text("Write it under Service level: 80 %."),
        )  # fmt: skip
    if goal.abandonment_percent is not None and goal.patience_seconds is None:
        yield error(
            (*path, "patience_seconds"),
            text("how many hang up follows from their patience, which is not given."),
            text("Write the mean time after which callers hang up, such as 120."),
        )
    for key in ("asa_seconds", "abandonment_percent", "occupancy_percent", "patience_seconds"):
        if getattr(goal, key) == 0:
            yield error((*path, key), text("0 cannot be met by any number of agents."), text("Write more."))
    if goal.channel in ("calls", "chats") and all(
        getattr(goal, key) is None
        for key in ("service_level_percent", "asa_seconds", "abandonment_percent", "occupancy_percent")
    ):
        yield error(
            (*path, "service_level_percent"),
            text('nothing is promised to the callers of "{skill}".', skill=goal.skill),
            text("Write a service level, an ASA, a share that may hang up or a greatest occupancy."),
        )


def _channel_faults(goal: ServiceGoal, path: FactPath) -> Iterator[Finding]:
    """Settings that another channel has."""
    if goal.channel != "chats":
        for key, is_said in (
            ("side_by_side", goal.side_by_side > 1),
            ("slower_percent", goal.slower_percent > 0),
        ):
            if is_said:
                yield error(
                    (*path, key), text("only chats are handled side by side."), text("Clear the cell.")
                )
    if goal.channel in ("calls", "chats"):
        if goal.deadline_minutes is not None:
            yield error(
                (*path, "deadline_minutes"),
                text(
                    "only deferrable work has a deadline; {channel} wait for an answer.", channel=goal.channel
                ),
                text("Clear the cell, or write deferrable under Channel."),
            )
        return
    for key in (*_OF_A_QUEUE, *(("method",) if goal.method not in ("stationary", PLACED) else ())):
        if getattr(goal, key) is not None:
            yield error(
                (*path, key),
                text("nobody waits on a line for {channel} work.", channel=goal.channel),
                text("Clear the cell."),
            )
    if goal.channel == "deferrable" and not goal.deadline_minutes:
        yield error(
            (*path, "deadline_minutes"),
            text("until when the work is to be done is not said."),
            text("Write the hours from its arrival, such as 24."),
        )
    if goal.channel == "outbound" and goal.deadline_minutes is not None:
        yield error(
            (*path, "deadline_minutes"),
            text("outbound work is given as hours at their time, and has no deadline."),
            text("Clear the cell."),
        )


def _overlap(one: ServiceGoal, other: ServiceGoal) -> bool:
    """Whether two goals hold at one time of a week."""

    def times(goal: ServiceGoal) -> list[tuple[int, int]]:
        opens = goal.opens or 0
        closes = MINUTES_PER_DAY if goal.closes is None else goal.closes
        return [(day * MINUTES_PER_DAY + opens, day * MINUTES_PER_DAY + closes) for day in goal.weekdays]

    week = DAYS_PER_WEEK * MINUTES_PER_DAY
    return any(
        first < end_of_other + shift and start_of_other + shift < end
        for first, end in times(one)
        for start_of_other, end_of_other in times(other)
        for shift in (-week, 0, week)
    )
