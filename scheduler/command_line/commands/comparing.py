"""``compare``: two rosters beside each other."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from scheduler.app.comparison import compare_planned, comparison_as_json, read_both
from scheduler.command_line.commands.options import InputOfRoster
from scheduler.command_line.output.delivery import STDOUT, must_be_json_output, write_json
from scheduler.command_line.output.exits import in_words, written
from scheduler.command_line.output.terminal import money
from scheduler.command_line.output.verdict import say_untaken
from scheduler.domain.changes.comparison import Comparison, Figures, signed_hours, signed_money
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.words import counted, hours_words, plain_rule_name
from scheduler.texts import marked, text

_CAUSES = {
    "wages": marked("wages"),
    "missing": marked("missing staff"),
    "superfluous": marked("superfluous staff"),
}


def compare(
    one: Annotated[
        Path, typer.Argument(metavar="A.xlsx", help="A roster workbook, or the JSON that solve wrote.")
    ],
    other: Annotated[Path, typer.Argument(metavar="B.xlsx", help="The roster that it is compared with.")],
    week: InputOfRoster = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="OUT.json", help="The same as JSON; - is stdout.")
    ] = None,
) -> None:
    """Say what differs between two rosters: every changed duty, cost, hours and coverage.

    For example: staffcurve compare monday.xlsx thursday.xlsx
    """
    with in_words():
        before = must_be_json_output(json, one, other, week)
        first, then = read_both(one, other, week)
        for planned in (first, then):
            say_untaken(planned.untaken)
        comparison = compare_planned(first, then)
        if json:
            written(partial(write_json, text=comparison_as_json(first.problem, comparison)), json, before)
    if json != STDOUT:
        for line in comparison_in_words(comparison):
            typer.echo(line)


def comparison_in_words(comparison: Comparison) -> Iterator[str]:
    """The whole comparison as lines: the summary, the inputs, every change, and the figures."""
    yield comparison.summary
    if comparison.input_differences:
        yield text("The two inputs differ, and each roster is counted against its own:")
        yield from (f"  - {sentence}" for sentence in comparison.input_differences)
    if comparison.duty_changes:
        yield text(
            "{changes}:", changes=counted(len(comparison.duty_changes), "changed duty", "changed duties")
        )
        yield from (f"  {change}" for change in comparison.duty_changes)
    if comparison.break_moves:
        yield text(
            "Only breaks move in {duties}:", duties=counted(len(comparison.break_moves), "duty", "duties")
        )
        yield from (f"  {change}" for change in comparison.break_moves)
    yield from _costs(comparison)
    yield from _staffing(comparison)
    yield from _legality(comparison)


def _costs(comparison: Comparison) -> Iterator[str]:
    before, after = comparison.before.cost.total, comparison.after.cost.total
    yield text(
        "Cost {before} → {after} ({difference}).",
        before=money(before, comparison.currency),
        after=money(after, comparison.currency),
        difference=signed_money(after - before),
    )
    for one in comparison.costs():
        if one.difference:
            cause = text(_CAUSES.get(one.cause, "")) or plain_rule_name(one.cause)
            kind = f" ({one.kind})" if one.kind and one.kind != one.cause else ""
            yield text(
                "  - {cause}{kind}: {before} → {after} ({difference})",
                cause=cause,
                kind=kind,
                before=money(one.before, comparison.currency),
                after=money(one.after, comparison.currency),
                difference=signed_money(one.difference),
            )
    yield from _pay_for_absence(comparison)


def _pay_for_absence(comparison: Comparison) -> Iterator[str]:
    """What is paid for leave and sick calls, where that differs: wages that fell away may stand there."""
    before, after = comparison.before.pay_for_absence, comparison.after.pay_for_absence
    if before == after:
        return
    yield text(
        "Beside the cost, pay for leave and sick calls {before} → {after} ({difference}); wages and this pay "
        "together {together}.",
        before=money(before, comparison.currency),
        after=money(after, comparison.currency),
        difference=signed_money(after - before),
        together=signed_money(after - before + comparison.after.cost.wages - comparison.before.cost.wages),
    )


def _staffing(comparison: Comparison) -> Iterator[str]:
    one, other = comparison.before, comparison.after
    yield text(
        "Paid hours in duties {before} → {after} ({difference}).",
        before=hours_words(one.paid_minutes),
        after=hours_words(other.paid_minutes),
        difference=signed_hours(other.paid_minutes - one.paid_minutes),
    )
    yield text(
        "Missing {missing:,.1f} → {then:,.1f} agent-hours, superfluous {superfluous:,.1f} → {later:,.1f}.",
        missing=one.missing_minutes / MINUTES_PER_HOUR,
        then=other.missing_minutes / MINUTES_PER_HOUR,
        superfluous=one.superfluous_minutes / MINUTES_PER_HOUR,
        later=other.superfluous_minutes / MINUTES_PER_HOUR,
    )
    if any((one.missing_people, other.missing_people, one.superfluous_people, other.superfluous_people)):
        yield text(
            "On shifts {missing} → {then} people are missing, {superfluous} → {later} superfluous.",
            missing=one.missing_people,
            then=other.missing_people,
            superfluous=one.superfluous_people,
            later=other.superfluous_people,
        )


def _legality(comparison: Comparison) -> Iterator[str]:
    if comparison.before.is_legal and comparison.after.is_legal:
        yield text("Both keep every rule that must be kept.")
        return
    yield text("The first {verdict}", verdict=_verdict(comparison.before))
    yield text("The second {verdict}", verdict=_verdict(comparison.after))


def _verdict(figures: Figures) -> str:
    if figures.is_legal:
        return text("keeps every rule that must be kept.")
    parts = [f"{plain_rule_name(rule)} ({counted(times, 'time')})" for rule, times in figures.broken.items()]
    if figures.impossible_duties:
        parts.append(
            text(
                "duties that the input does not offer ({times})",
                times=counted(figures.impossible_duties, "time"),
            )
        )
    return text("is not legal: {parts}. Run verify for each of them.", parts=", ".join(parts))
