"""What an input shows as its requirement, against what its volumes come to now.

Called where an input is read, after the requirement was computed anew.
"""

from collections.abc import Iterator, Mapping

from scheduler.domain.checks.demand.goals_together import uncomputed_goals
from scheduler.domain.checks.demand.placed_work import uncomputed_work
from scheduler.domain.checks.demand.scenarios import uncomputed_scenarios
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.faults import error, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.words import counted
from scheduler.texts import text


def stale_requirement(computed: Problem, shown: Mapping[tuple[str, int], int]) -> Iterator[Finding]:
    """Numbers that were computed from other volumes, or were changed by hand where nothing is read.

    Parameters
    ----------
    shown
        What the input shows as computed, by skill and interval.
    """
    volumes = {one.skill: index for index, one in enumerate(computed.volumes)}
    for steps in computed.requirement:
        other = [
            at
            for at, number in enumerate(steps.required)
            if (steps.skill, at) in shown and shown[steps.skill, at] != (number or 0)
        ]
        if other:
            yield warning(
                ("requirement", volumes[steps.skill], other[0]),
                text(
                    "{skill}: another requirement is shown than the volumes come to now, for {intervals}, "
                    "first "
                    "{first}: {said} stands there, {now} is planned.",
                    skill=steps.skill,
                    intervals=counted(len(other), "interval"),
                    first=f"{computed.grid.interval_start(other[0]):%Y-%m-%d %H:%M}",
                    said=shown[steps.skill, other[0]],
                    now=steps.required[other[0]] or 0,
                ),
                text("It is computed again. A number of your own belongs into Override."),
            )


def uncomputed_requirement(problem: Problem) -> Iterator[Finding]:
    """Volumes and scenarios of a problem made in Python, of which nobody has computed the requirement."""
    yield from uncomputed_scenarios(problem)
    yield from uncomputed_goals(problem)
    yield from uncomputed_work(problem)
    computed = {steps.skill for steps in problem.requirement}
    for index, volumes in enumerate(problem.volumes):
        if volumes.skill not in computed:
            yield error(
                ("volumes", index),
                text('the requirement of skill "{skill}" is not computed.', skill=volumes.skill),
                text("Call with_requirement on the problem before it is planned."),
            )
