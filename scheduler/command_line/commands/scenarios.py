"""``scenarios``: what each scenario requires, beside what is planned."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from scheduler.app import planning
from scheduler.app.arguments.interruption import Interruption
from scheduler.app.input_checks.readings import accepted, preflighted
from scheduler.app.scenarios import with_scenarios
from scheduler.app.worst_case import STEPS, WorstCase, worst_case
from scheduler.command_line.commands.options import Force, Input, the_day
from scheduler.command_line.output.columns import WIDEST, short
from scheduler.command_line.output.delivery import deliver, must_be_outputs, must_not_lose_edits, say_failures
from scheduler.command_line.output.exits import Exit, in_words
from scheduler.command_line.output.live_line import LiveLine
from scheduler.command_line.output.terminal import money, say, say_findings
from scheduler.domain import Cancel, Problem, Stop
from scheduler.domain.facts.scenarios import shares
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.texts import text

WORTH_NO_WAIT = 0.001
"""Of the cost: a worst case that is proven to be within one in a thousand is not searched for further."""


def scenarios(
    week: Input,
    day: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="Show each interval of this day, a date or a weekday, in agents."),
    ] = None,
    worst: Annotated[
        Path | None,
        typer.Option(
            "--worst",
            metavar="ROSTER.xlsx",
            help="Write the roster whose dearest scenario is cheapest, instead of showing them.",
        ),
    ] = None,
    time_limit: Annotated[float, typer.Option(min=1, help="With --worst: seconds to search for.")] = 240.0,
    force: Force = False,
) -> None:
    """Show what each scenario of an input requires, beside what is planned.

    For example: staffcurve scenarios week.xlsx --day 2026-06-15
    """
    with in_words(text("Stopped before there was a roster; nothing was written.")) as interruption:
        if worst:
            _write_worst(week, worst, time_limit, interruption, force=force)
            return
        asked = with_scenarios(week)
        say_findings(asked.findings)
        problem = asked.problem
        on = the_day(problem, day)
    for line in _by_day(problem) if on is None else _by_interval(problem, on):
        typer.echo(line)


def _write_worst(
    week: Path, output: Path, time_limit: float, interruption: Interruption, *, force: bool
) -> None:
    """Search for the roster whose dearest scenario is cheapest, and write it."""
    before = must_be_outputs(output, None, week)
    read = preflighted(planning.read(week))
    problem, rules = accepted(read)
    say_findings(read.told)
    if not force:
        must_not_lose_edits(problem, rules, output)
    cancel = Cancel(is_patient=True)
    interruption.cancels(cancel)
    planning.load_search()
    with LiveLine(problem.currency, interruption, None) as live:
        found = worst_case(
            problem,
            rules,
            stop=Stop(seconds=time_limit / STEPS, gap=WORTH_NO_WAIT),
            progress=live,
            cancel=cancel,
        )
        interruption.only_remember()
        delivered = deliver(found.problem, rules, found.outcome, output, None, before)
    for line in _in_words(found):
        say(line)
    say_failures(delivered)
    if delivered.failures:
        raise typer.Exit(Exit.NOT_WRITTEN)
    say(
        text(
            "Written: {path}. The weights on its own sheet Scenarios are those with which it was found; "
            "verify it with them: staffcurve verify {path} {path}",
            path=output,
        )
    )
    if interruption.happened:
        raise typer.Exit(Exit.STOPPED)


def _in_words(found: WorstCase) -> Iterator[str]:
    currency = found.problem.currency
    for one in sorted(found.outcome.report.scenarios, key=lambda one: -one.cost_as_allocated):
        yield text("  - {scenario}: {cost}", scenario=one.name, cost=money(one.cost_as_allocated, currency))
    yield text(
        "As allocated, the dearest scenario costs {cost} ({scenario}). Proven: no legal roster costs less "
        "than {bound} in every scenario (gap {gap:.2%}); the weights that prove it are {weights}.",
        cost=money(found.cost, currency),
        scenario=found.dearest.name,
        bound=money(found.bound, currency),
        gap=found.gap,
        weights=", ".join(f"{one.name} {one.weight:g}" for one in found.proven_for.scenarios),
    )


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
    cells = "".join(f" {short(figure):>{WIDEST}}" for figure in figures)
    return f"{when:<17} {short(skill):<{WIDEST}}{cells}"
