"""``repair``: a roster brought in order again with few changes."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from scheduler.app import planning
from scheduler.app.arguments.interruption import Interruption
from scheduler.app.input_checks.readings import accepted, preflighted
from scheduler.app.repair import repairing
from scheduler.app.repair.repairable import Repairable, read_repairable
from scheduler.app.repair.short_weeks import with_short_weeks
from scheduler.command_line.commands.options import Force, Input, Workers
from scheduler.command_line.output.delivery import (
    STDOUT,
    must_be_json_output,
    must_be_writable,
    must_end_in,
    must_not_lose_edits,
    write_json,
)
from scheduler.command_line.output.exits import Exit, in_words, written
from scheduler.command_line.output.live_line import LiveLine
from scheduler.command_line.output.terminal import say, say_findings, say_not_copied
from scheduler.domain import (
    Cancel,
    Contradiction,
    Finding,
    NothingFound,
    Outcome,
    Phase,
    Problem,
    Progress,
    Stop,
)
from scheduler.domain.changes.repair import Repaired
from scheduler.domain.results.certificate import Proof
from scheduler.domain.values.words import counted
from scheduler.io.files.streams import JSON, WORKBOOK
from scheduler.model import RuleBook
from scheduler.texts import text, text_n

MOST_BREACHES = 20
"""So many of a roster that is not legal have a line each; all of them stand on its sheets."""


def repair(
    week: Input,
    roster: Annotated[
        Path,
        typer.Argument(
            metavar="ROSTER", help="The roster as it was: a workbook, or the JSON that solve wrote."
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="NEW.xlsx", help="The repaired roster to write.")
    ],
    from_: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="2026-06-17T10:00", help="Everything before this moment stands still."
        ),
    ] = None,
    change_price: Annotated[
        float, typer.Option(min=0, max=1e6, help="Price of a person's day that changes.")
    ] = repairing.CHANGE_PRICE / 100,
    break_price: Annotated[
        float, typer.Option(min=0, max=1e6, help="Price of a person's day on which only breaks move.")
    ] = repairing.BREAK_PRICE / 100,
    most_changes: Annotated[int | None, typer.Option(min=0, help="No more changes than these.")] = None,
    lock: Annotated[
        list[str] | None,
        typer.Option(metavar="SHEET!RANGE", help="Cells of Roster or Duties that stay; may be repeated."),
    ] = None,
    keep_edits: Annotated[
        bool,
        typer.Option(
            "--keep-edits/--free-edits", help="Whether days edited by hand in ROSTER stay as they are."
        ),
    ] = True,
    time_limit: Annotated[float, typer.Option(min=0.1, help="Seconds for everything together.")] = 60.0,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="OUT.json", help="The changes as JSON; - is stdout.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Chooses between equally good ways to search.")] = 1,
    workers: Workers = None,
    proof: Annotated[
        Proof,
        typer.Option(help="Check the bound's proof within a fifth of the time, 5 to 60 s, or all of it."),
    ] = "quick",
    force: Force = False,
) -> None:
    """Bring a roster in order again with few changes, after somebody fell ill or the demand moved.

    For example: staffcurve repair week.xlsx roster.xlsx -o new.xlsx --from 2026-06-17T10:00
    """
    with in_words(text("Stopped before there was a roster; nothing was written.")) as interruption:
        must_end_in(output, WORKBOOK, JSON)
        before = must_be_writable(output, week, roster)
        before_json = must_be_json_output(json, week, roster, output)
        read = preflighted(with_short_weeks(planning.as_it_stands(week)))
        problem, rules = accepted(read)
        say_findings(read.told)
        if not force:
            must_not_lose_edits(problem, rules, output, json)
        old = read_repairable(roster, problem, lock or (), keeps_edits=keep_edits)
        say_findings(old.findings)
        problem = old.settled(problem)
        cancel = Cancel(is_patient=True)
        interruption.cancels(cancel)
        planning.load_search()
        with LiveLine(problem.currency, interruption, time_limit) as live:
            try:
                repaired = repairing.repair(
                    problem, rules, old.roster, from_=from_, change_price=round(100 * change_price),
                    break_price=round(100 * break_price), most_changes=most_changes, locked=old.locked,
                    certificate=old.certificate, stop=Stop(seconds=time_limit), seed=seed, workers=workers,
                    progress=partial(_told, live, interruption), cancel=cancel, proof=proof,
                )  # fmt: skip
            except (Contradiction, NothingFound) as none:
                _say_locks(tuple(map(read.located, none.locks)))
                if none.nearest is not None:
                    _write_nearest(output, problem, rules, none.nearest, old, from_)
                raise
            interruption.only_remember()
        say_findings(tuple(map(read.located, repaired.findings)))
        notes: list[str] = []

        def write(path: Path) -> None:
            notes[:] = repairing.write_repaired(path, problem, rules, repaired, old)

        written(write, output, before, keeps=True)
        if json:
            as_json = partial(write_json, text=repairing.repair_as_json(problem, repaired))
            written(as_json, json, before_json)
        if json != STDOUT:
            for line in repair_in_words(problem, repaired):
                typer.echo(line)
        for note in notes:
            say(note)
        say_not_copied(read.sheets_beside)
        say(text("Written: {path}", path=output))
        if interruption.happened:
            say(text("Stopped before the time was up; this is the best roster until then."))
            raise typer.Exit(Exit.STOPPED)


def _say_locks(locks: tuple[Finding, ...]) -> None:
    """Which locks stand in the way of a legal roster."""
    if not locks:
        return
    say(
        text_n(
            "A lock stands in the way. Without it a legal roster was found:",
            "{locks} locks stand in the way. Without them a legal roster was found:",
            len(locks),
            locks=len(locks),
        ),
        "yellow",
    )
    for lock in locks:
        say(f"  - {lock}", "yellow")


def _write_nearest(
    output: Path, problem: Problem, rules: RuleBook, nearest: Outcome, old: Repairable,
    from_: str | None,
) -> None:  # fmt: skip
    """Write what is nearest to a legal roster under another name, and say what it breaks."""
    path = repairing.not_legal_beside(output)
    before = must_be_writable(path)
    breaches = [*nearest.report.misfits, *nearest.report.broken]
    say(
        text(
            "The nearest roster found is not legal, {breaches}:",
            breaches=counted(len(breaches), "breach", "breaches"),
        ),
        "yellow",
    )
    for breach in breaches[:MOST_BREACHES]:
        say(f"  - {breach}")
    if len(breaches) > MOST_BREACHES:
        say(text("  - and {more} more", more=len(breaches) - MOST_BREACHES))
    notes: list[str] = []

    def write(target: Path) -> None:
        notes[:] = repairing.write_nearest(target, problem, rules, nearest, old, from_)

    written(write, path, before)
    for note in notes:
        say(note)
    say(text("Written: {path}, which is not legal; {output} was not written.", path=path, output=output))


def _told(live: LiveLine, interruption: Interruption, progress: Progress) -> None:
    """Show one look at a search; checks between two searches may be stopped like these."""
    is_check = progress.phase == Phase.VERIFYING
    live(progress.model_copy(update={"phase": text("checking")}) if is_check else progress)


def repair_in_words(problem: Problem, repaired: Repaired) -> Iterator[str]:
    """The repair as lines: the summary, what changes buy, and every change with its reason."""
    yield from repaired.summary
    for said in repaired.past:
        yield text("The past breaks a rule, and stands: {said}.", said=said)
    yield text("What changes buy:")
    yield from (f"  - {point.in_words(problem.currency)}" for point in repaired.curve)
    kinds = (
        (text("Changed:"), repaired.changes),
        (text("Cancelled:"), repaired.fallen),
        (text("Only breaks move:"), repaired.break_moves),
    )
    for heading, changes in kinds:
        if changes:
            yield heading
            yield from (f"  {change}" for change in changes)
