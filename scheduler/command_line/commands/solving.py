"""``solve``: the search with its progress, and the roster written."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from scheduler.app import overwriting, planning
from scheduler.app.arguments.interruption import Interruption
from scheduler.app.input_checks.readings import accepted, preflighted
from scheduler.app.results import read_back as results
from scheduler.command_line.commands.options import Force, Input, Workers
from scheduler.command_line.output.delivery import (
    STDOUT,
    deliver,
    must_be_outputs,
    must_not_lose_edits,
    say_failures,
)
from scheduler.command_line.output.exits import Exit, in_words
from scheduler.command_line.output.live_line import LiveLine
from scheduler.command_line.output.terminal import (
    as_sentence,
    fault_in_words,
    say,
    say_findings,
    say_not_copied,
    say_outcome,
)
from scheduler.command_line.output.verdict import edits_in_words
from scheduler.domain import (
    BrokenOff,
    Cancel,
    FailedVerification,
    Outcome,
    Phase,
    Problem,
    Progress,
    Roster,
    Stop,
)
from scheduler.domain.results.certificate import Proof
from scheduler.domain.values.words import counted
from scheduler.model import RuleBook
from scheduler.texts import text

WORTH_NO_WAIT = 0.0002
"""Of the cost: 2 in 10,000. Nobody waits for less; what a roster turns out to cost differs by more."""
MOST_BREACHES = 10
"""Of a roster to begin from; ``verify`` says all."""


def solve(
    week: Input,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="ROSTER.xlsx", help="The roster workbook to write."),
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="OUT.json", help="The result as JSON; - is stdout.")
    ] = None,
    time_limit: Annotated[float, typer.Option(min=0.1, help="Seconds to search for.")] = 60.0,
    gap: Annotated[
        float,
        typer.Option(
            min=0, max=1, help="Stop once at most this part of the cost could still be won; 0.01 is 1 %."
        ),
    ] = WORTH_NO_WAIT,
    seed: Annotated[int, typer.Option(min=0, help="Chooses between equally good ways to search.")] = 1,
    workers: Workers = None,
    start: Annotated[
        Path | None, typer.Option(metavar="LAST.xlsx", help="Begin from the roster in this workbook.")
    ] = None,
    proof: Annotated[
        Proof,
        typer.Option(help="Check the bound's proof within a fifth of the time, 5 to 60 s, or all of it."),
    ] = "quick",
    force: Force = False,
) -> None:
    """Make the roster: legal, near the least cost, with a proof of how near.

    For example: staffcurve solve week.xlsx -o roster.xlsx --time-limit 120
    """
    with in_words(text("Stopped before there was a roster; nothing was written.")) as interruption:
        before = must_be_outputs(output, json, week, start)
        read = preflighted(planning.read(week))
        problem, rules = accepted(read)
        say_findings(read.told)
        if not force:
            must_not_lose_edits(problem, rules, output, json, plans_on=True)
        begin_from = None
        if start:
            begun = results.read_start(start, problem, rules)
            begin_from, problem = begun.roster, begun.problem
            say_findings(tuple(map(read.located, begun.credited)))
            _say_of_start(start, begun)
        elif overwriting.holds_roster(week):
            _say_not_used(week)
        say(f"{problem}. {counted(sum(rule.is_on for rule in rules.rules), 'rule')}.")
        with LiveLine(problem.currency, interruption, time_limit) as live:
            outcome, fault = _searched(
                problem, rules, live, interruption,
                stop=Stop(seconds=time_limit, gap=gap), seed=seed, workers=workers, start=begin_from,
                proof=proof,
            )  # fmt: skip
            interruption.only_remember()
            live(Progress(phase=Phase.WRITING, elapsed_seconds=outcome.seconds))
            delivered = deliver(problem, rules, outcome, output, json, before)
        say_outcome(problem, outcome, [path for path in delivered.written if path != STDOUT])
        if output in delivered.written:
            say_not_copied(read.sheets_beside)
        say_failures(delivered)
        if isinstance(fault, FailedVerification):
            say(
                text(
                    "{sentence}\nWhat was written is the best roster that does pass.",
                    sentence=as_sentence(str(fault)),
                ),
                "red",
            )
            raise typer.Exit(Exit.VERIFY_FOUND_SOMETHING)
        if fault is not None:
            say(fault_in_words(fault.__cause__ or fault), "red")
            raise typer.Exit(Exit.FAULT_OF_STAFFCURVE)
        if delivered.failures:
            raise typer.Exit(Exit.NOT_WRITTEN)
        if interruption.happened:
            say(text("Stopped before the time was up; this is the best roster until then."))
            raise typer.Exit(Exit.STOPPED)


def _say_not_used(week: Path) -> None:
    say(
        text(
            "{week} holds a roster: its duties are not used, only its input. To plan on from them run the "
            "same with --start {week}.",
            week=week,
        ),
        "yellow",
    )


def _say_of_start(start: Path, begun: results.Start) -> None:
    """What was edited in the roster to begin from, that this is no lock, and what it breaks."""
    for line in edits_in_words(begun.report):
        say(line)
    if begun.days_by_hand:
        days = counted(begun.days_by_hand, "person's day", "people's days")
        said = text(
            "{days} edited by hand may change: the whole week is planned anew. staffcurve repair keeps such "
            "days; so do rows on the sheet Fixed.",
            days=days,
        )
        say(said, "yellow")
    breaches = [*begun.report.misfits, *begun.report.broken]
    if not breaches:
        return
    say(
        text(
            "{start} is not legal: {breaches}. The search begins from it and looks for a legal one.",
            start=start,
            breaches=counted(len(breaches), "breach", "breaches"),
        ),
        "yellow",
    )
    for breach in breaches[:MOST_BREACHES]:
        say(f"  - {breach}", "yellow")
    if len(breaches) > MOST_BREACHES:
        say(text("  - and {more} more", more=len(breaches) - MOST_BREACHES), "yellow")


def _searched(
    problem: Problem,
    rules: RuleBook,
    live: LiveLine,
    interruption: Interruption,
    *,
    stop: Stop,
    seed: int,
    workers: int | None,
    start: Roster | None,
    proof: Proof,
) -> tuple[Outcome, FailedVerification | BrokenOff | None]:
    """The best roster, and the fault if something went wrong after it was found."""
    cancel = Cancel(is_patient=True)
    interruption.cancels(cancel)
    planning.load_search()
    search = partial(planning.solve, problem, rules, stop=stop, seed=seed, workers=workers, start=start)
    try:
        return search(progress=live, cancel=cancel, proof=proof), None
    except (FailedVerification, BrokenOff) as fault:
        if fault.outcome is None:
            raise
        return fault.outcome, fault
