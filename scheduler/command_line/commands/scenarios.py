"""``scenarios``: what each scenario requires, beside what is planned."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Annotated

import typer

from scheduler.app.scenarios import with_scenarios
from scheduler.command_line.commands.options import Input, the_day
from scheduler.command_line.output.exits import in_words
from scheduler.command_line.output.terminal import say_findings
from scheduler.domain import Problem
from scheduler.domain.facts.scenarios import shares
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.texts import text

_WIDEST = 14


def scenarios(
    week: Input,
    day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Show each interval of this day, in agents."),
    ] = None,
) -> None:
    """Show what each scenario of an input requires, beside what is planned.

    For example: staffcurve scenarios week.xlsx --day 2026-06-15
    """
    with in_words():
        asked = with_scenarios(week)
        say_findings(asked.findings)
        problem = asked.problem
        on = None if day is None else the_day(problem, day)
    for line in _by_day(problem) if on is None else _by_interval(problem, on):
        typer.echo(line)


def _by_day(problem: Problem) -> Iterator[str]:
    """A line a day and skill, in agent-hours; the shares above."""
    yield _line(text("day"), text("skill"), [text("planned"), *(one.name for one in problem.scenarios)])
    of = shares(problem.scenarios).values()
    yield _line(text("share"), "", ["", *(f"{float(share):.1%}" for share in of)])
    hours = problem.grid.interval_minutes / MINUTES_PER_HOUR
    for skill, curves in _curves(problem).items():
        for number in range(problem.grid.days):
            intervals = problem.grid.intervals_of(number)
            sums = [sum(curve[at] for at in intervals) * hours for curve in curves]
            if any(sums):
                shown = [f"{one:,.1f}" for one in sums]
                yield _line(f"{problem.grid.date(number):%a %Y-%m-%d}", skill, shown)
    yield text("In agent-hours.")


def _by_interval(problem: Problem, on: date) -> Iterator[str]:
    yield _line(text("start"), text("skill"), [text("planned"), *(one.name for one in problem.scenarios)])
    for skill, curves in _curves(problem).items():
        for at in problem.grid.intervals_of(problem.grid.day_index(on)):
            if any(curve[at] for curve in curves):
                start = f"{problem.grid.interval_start(at):%Y-%m-%d %H:%M}"
                yield _line(start, skill, [str(curve[at]) for curve in curves])


def _curves(problem: Problem) -> dict[str, list[tuple[int, ...]]]:
    """By skill, what is planned and what each scenario requires."""
    return {
        one.skill: [
            one.required,
            *(problem.scenario_curve[scenario.name, one.skill] for scenario in problem.scenarios),
        ]
        for one in problem.demand
    }


def _line(when: str, skill: str, figures: Sequence[str]) -> str:
    cells = "".join(f" {_short(figure):>{_WIDEST}}" for figure in figures)
    return f"{when:<17} {_short(skill):<{_WIDEST}}{cells}"


def _short(name: str) -> str:
    return name if len(name) <= _WIDEST else f"{name[: _WIDEST - 3]}..."
