"""``demand``: the requirement shown step by step, and volumes of another tool taken in."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from scheduler.app import overwriting, planning, requirement
from scheduler.command_line.commands.options import Force, Input, the_day
from scheduler.command_line.output.columns import short
from scheduler.command_line.output.delivery import Refused, must_be_writable, must_end_in, must_not_lose_edits
from scheduler.command_line.output.exits import in_words, written
from scheduler.command_line.output.terminal import say, say_findings, say_not_copied
from scheduler.domain import Problem
from scheduler.domain.facts.volumes import RequirementSteps, Volumes
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.io.files.streams import JSON, WORKBOOK
from scheduler.texts import text

_OF_INTERVALS = "{:<17} {:<14} {:>9} {:>9} {:>6} {:>10} {:>12} {:>9}"
_OF_DAYS = "{:<15} {:<14} {:>9} {:>9} {:>10} {:>12} {:>6}"


def demand(
    week: Input,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="NEW.xlsx",
            help="The input to write, with its requirement, .xlsx or .json.",
        ),
    ] = None,
    volumes: Annotated[
        Path | None,
        typer.Option("--volumes", metavar="CALLS.csv", help="Volumes to take in first, by any interval."),
    ] = None,
    skill: Annotated[
        str | None, typer.Option(help="Whose volumes these are, where their table names no skill.")
    ] = None,
    day: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="Show each interval of this day, a date or a weekday."),
    ] = None,
    force: Force = False,
) -> None:
    """Show the requirement that the volumes of an input come to, step by step.

    For example: staffcurve demand week.xlsx --day 2026-06-15
    """
    with in_words():
        if output:
            must_end_in(output, WORKBOOK, JSON)
            before = must_be_writable(output, week, volumes)
        if skill is not None and volumes is None:
            raise Refused(text("--skill says whose --volumes are; there are none."))
        asked = requirement.asked_for(week, volumes, skill=skill, is_whole=output is not None)
        say_findings(asked.findings)
        problem = asked.problem
        on = the_day(problem, day)
        if output and not force:
            must_not_lose_edits(problem, asked.rules, output)
        if output:
            written(partial(planning.write_workbook, problem=problem, rules=asked.rules), output, before)
    for line in _by_interval(problem, on) if on else _by_day(problem):
        typer.echo(line)
    for note in asked.notes:
        say(note)
    if output:
        say_not_copied(asked.sheets_beside, week if overwriting.holds_roster(week) else None)
        say(text("Written: {path}", path=output))


def _by_day(problem: Problem) -> Iterator[str]:
    """A line a day and skill, in hours."""
    yield _OF_DAYS.format(
        text("day"), text("skill"), text("contacts"), text("workload h"), text("base h"), text("required h"),
        text("most"),
    )  # fmt: skip
    hours = problem.grid.interval_minutes / MINUTES_PER_HOUR
    for volumes, steps in _steps(problem):
        planned = problem.demand_for[steps.skill].required
        for on in range(problem.grid.days):
            intervals = problem.grid.intervals_of(on)
            if not any(steps.required[at] is not None or planned[at] for at in intervals):
                continue
            yield _OF_DAYS.format(
                f"{problem.grid.date(on):%a %Y-%m-%d}",
                short(steps.skill),
                f"{sum(volumes.contacts[at] or 0 for at in intervals):,.0f}",
                f"{sum(steps.workload[at] or 0 for at in intervals) * hours:,.1f}",
                f"{sum(steps.base_staff[at] or 0 for at in intervals) * hours:,.1f}",
                f"{sum(planned[at] for at in intervals) * hours:,.1f}",
                max(planned[at] for at in intervals),
            )
    total = sum(sum(problem.demand_for[steps.skill].required) for _, steps in _steps(problem)) * hours
    yield text("Required in all: {hours:,.1f} agent-hours.", hours=total)


def _by_interval(problem: Problem, on: date) -> Iterator[str]:
    """A line an interval and skill, each step a column."""
    yield _OF_INTERVALS.format(
        text("start"), text("skill"), text("contacts"), text("erlangs"), text("base"), text("shrinkage"),
        text("requirement"), text("override"),
    )  # fmt: skip
    for volumes, steps in _steps(problem):
        for at in problem.grid.intervals_of(problem.grid.day_index(on)):
            if steps.required[at] is None:
                continue
            override = volumes.override[at] if volumes.override else None
            yield _OF_INTERVALS.format(
                f"{problem.grid.interval_start(at):%Y-%m-%d %H:%M}",
                short(steps.skill),
                f"{volumes.contacts[at] or 0:g}",
                f"{steps.workload[at]:.2f}",
                steps.base_staff[at],
                f"{steps.shrinkage_percent[at]:g} %",
                steps.required[at],
                "" if override is None else override,
            ).rstrip()


def _steps(problem: Problem) -> Iterator[tuple[Volumes, RequirementSteps]]:
    volumes = {one.skill: one for one in problem.volumes}
    for steps in problem.requirement:
        yield volumes[steps.skill], steps
