"""Checks of scenarios: that each changes something there is, at a time that is planned, to what can be.

Called by :mod:`scheduler.domain.checks.problem`.
"""

from collections.abc import Iterator, Sequence

from scheduler.domain.checks.demand.scenario_effects import effect_faults
from scheduler.domain.facts.problem import Problem
from scheduler.domain.facts.scenarios import Scenario, ScenarioChange, shares
from scheduler.domain.findings.faults import FactPath, error, warning
from scheduler.domain.findings.finding import Finding, unknown_name
from scheduler.domain.values.fields import MOST_WANTED
from scheduler.domain.values.percent import WHOLE, is_finer
from scheduler.domain.values.words import clock_words, listed
from scheduler.texts import text

_SHOWN = 5


def scenario_faults(problem: Problem) -> Iterator[Finding]:
    """What is wrong with scenarios, or looks wrong."""
    if not problem.scenarios:
        return
    asked = {one.skill for one in problem.demand} | {one.skill for one in problem.volumes}
    if not asked:
        yield error(
            ("scenarios", 0, "name"),
            text("there is nothing that scenarios could change: neither Demand nor Volumes have numbers."),
            text("Headcounts stay as they are in every scenario."),
        )
        return
    for index, scenario in enumerate(problem.scenarios):
        wrong = [
            fault
            for at, change in enumerate(scenario.changes)
            for fault in _change_faults(problem, asked, change, ("scenarios", index, "changes", at))
        ]
        yield from wrong
        if not any(fault.is_error for fault in wrong):
            yield from (*_number_faults(problem, scenario, index), *effect_faults(problem, scenario, index))
    if all(any(change.percent for change in one.changes) for one in problem.scenarios):
        yield warning(
            ("scenarios", 0, "name"),
            text("no scenario is as planned: what Demand and Volumes say counts only as these change it."),
            text("Add a row with a name, a weight and no change, unless this is meant."),
        )
    yield from _prices_too_small(problem)


def uncomputed_scenarios(problem: Problem) -> Iterator[Finding]:
    """Scenarios of a problem that was made in Python, of which nobody has computed the requirement."""
    for index, scenario in enumerate(problem.scenarios):
        if any((scenario.name, demand.skill) not in problem.scenario_curve for demand in problem.demand):
            yield error(
                ("scenarios", index),
                text('the requirement of scenario "{scenario}" is not computed.', scenario=scenario.name),
                text("Call with_requirement on the problem before it is planned."),
            )


def _change_faults(
    problem: Problem, asked: set[str], change: ScenarioChange, path: FactPath
) -> Iterator[Finding]:
    skill = change.skill
    if skill is not None and skill not in problem.skill_named:
        message, hint = unknown_name(text("skill"), skill, problem.skill_named, "Skills")
        yield error((*path, "skill"), message, hint)
    elif skill is not None and skill not in asked:
        yield error(
            (*path, "skill"),
            text(
                'skill "{skill}" has numbers neither on Demand nor on Volumes: nothing of it can change.',
                skill=skill,
            ),
            text("Give it rows there, or take it out of the scenario."),
        )
    if change.end <= change.start:
        yield error(
            (*path, "end"),
            text(
                "from {start} to {end} is no time.",
                start=clock_words(change.start),
                end=clock_words(change.end),
            ),
            text("For the small hours of the next day write 25:30."),
        )
    if is_finer(change.percent):
        yield error(
            (*path, "percent"), text("{percent} % has more than two decimals.", percent=change.percent)
        )
    grid = problem.grid
    outside = [on for on in change.days if not 0 <= grid.day_index(on) < grid.days]
    if outside:
        yield warning(
            (*path, "days"),
            text(
                "not planned, and so not changed: {days}.", days=listed([str(on) for on in outside], _SHOWN)
            ),
            text("See First day and Days on Settings; the week that has them will heed them."),
        )


def _number_faults(problem: Problem, scenario: Scenario, index: int) -> Iterator[Finding]:
    """A time at which less than nothing is left, or more than can be counted with."""
    grid = problem.grid
    demand = {one.skill: one.required for one in problem.demand}
    contacts = {one.skill: one.contacts for one in problem.volumes}
    for at in range(grid.intervals):
        moment = grid.interval_start(at)
        on = [number for number, change in enumerate(scenario.changes) if change.percent]
        for skill in sorted(demand.keys() | contacts.keys()):
            here = [number for number in on if scenario.changes[number].holds(skill, moment)]
            if not here:
                continue
            path = ("scenarios", index, "changes", here[-1], "percent")
            factor = WHOLE + scenario.hundredths(skill, moment)
            numbers = [_number_at(of[skill], at) for of in (demand, contacts) if skill in of]
            if factor < 0:
                yield error(
                    path,
                    text(
                        '{scenario}: on {when} less than nothing is left of "{skill}".',
                        scenario=scenario.name,
                        when=f"{moment:%Y-%m-%d %H:%M}",
                        skill=skill,
                    ),
                    text("The changes of one time are added, and must not go below -100 %."),
                )
                return
            if max(numbers) * factor > MOST_WANTED * WHOLE:
                yield error(
                    path,
                    text(
                        '{scenario}: on {when} more come to "{skill}" than can be counted with '
                        "({most:,} are the most).",
                        scenario=scenario.name,
                        when=f"{moment:%Y-%m-%d %H:%M}",
                        skill=skill,
                        most=MOST_WANTED,
                    ),
                )
                return


def _number_at(curve: Sequence[float | None], at: int) -> float:
    """Of an interval; 0 where the curve says nothing, or is too short, which is told as such."""
    return (curve[at] if at < len(curve) else None) or 0


def _prices_too_small(problem: Problem) -> Iterator[Finding]:
    """A price of which the share of a scenario is less than a cent."""
    least = min(shares(problem.scenarios).items(), key=lambda one: one[1])
    for index, skill in enumerate(problem.skills):
        for key in ("missing_price", "superfluous_price"):
            price = getattr(skill, key)
            if skill.name in problem.demand_for and 0 < price * least[1] < 1:
                yield warning(
                    ("skills", index, key),
                    text(
                        "{scenario}: its share of this price is less than a cent, and prices are divided "
                        "among scenarios in whole cents.",
                        scenario=least[0],
                    ),
                    text("Give the scenario more weight, or leave it out."),
                )
                return
