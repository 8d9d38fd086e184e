"""What ``verify`` and ``refresh`` say: is it legal, are the figures as stated, does the proof hold."""

from collections.abc import Iterator, Sequence

from scheduler.command_line.output.exits import Exit
from scheduler.command_line.output.terminal import money, reported_in_words, say, scenarios_in_words
from scheduler.domain import Problem, Report
from scheduler.domain.results.edited import ChangedBy, HandEdit, UntakenEdit
from scheduler.domain.results.reached import goals_in_words, work_in_words
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.money import in_currency
from scheduler.domain.values.words import counted
from scheduler.texts import text

MOST_EDITS = 40
"""So many have a line each; with more a person looks at the file."""


def exit_of(report: Report) -> Exit:
    """The exit code of a verdict."""
    if not report.is_legal or report.mismatches:
        return Exit.VERIFY_FOUND_SOMETHING
    return Exit.FIGURES_ARE_OLD if report.outdated or report.untaken else Exit.DONE


def report_in_words(problem: Problem, report: Report) -> list[str]:
    """The verifier's report as lines: legal or not, edits, the figures, the rules, and the proof."""
    return [
        *_legality(report),
        *edits_in_words(report),
        *_figures(problem, report),
        *report.not_read,
        *_preferences(problem, report),
        *reported_in_words(report),
        text("Cost, counted again: {total}.", total=money(report.cost.total, problem.currency)),
        *goals_in_words(report.goals, MOST_EDITS),
        *work_in_words(problem, report.coverage.required, report.coverage.missing),
        *scenarios_in_words(report, problem.currency),
        *_proof(problem, report),
    ]


def _legality(report: Report) -> Iterator[str]:
    kept = sum(not result.broken for result in report.rules)
    rules = text("{kept} of {rules} rules are kept everywhere", kept=kept, rules=len(report.rules))
    if report.is_legal:
        yield text("Legal: yes. Every rule that must be kept is kept; {rules}.", rules=rules)
        return
    breaches = [*report.misfits, *report.broken]
    yield text(
        "Legal: no, {breaches}; {rules}.", breaches=counted(len(breaches), "breach", "breaches"), rules=rules
    )
    yield from (f"  - {breach}" for breach in breaches)


def edits_in_words(report: Report) -> Iterator[str]:
    """What was edited in the file since it was written, and what of it cannot be taken, a line each."""
    if report.edits:
        yield text("Edited since it was written: {days}.", days=counted(len(report.edits), "duty", "duties"))
        yield from _some_of(report.edits)
    yield from untaken_in_words(report.untaken)


def untaken_in_words(untaken: Sequence[UntakenEdit]) -> Iterator[str]:
    """Edits that change nothing, each with what to change instead."""
    if untaken:
        yield text("Not taken: {edits}.", edits=counted(len(untaken), "edit"))
        yield from _some_of(untaken)


def say_untaken(untaken: Sequence[UntakenEdit]) -> None:
    """The same on stderr, for a command that reads a roster for something else."""
    for line in untaken_in_words(untaken):
        say(line, "yellow")


def _some_of(edits: Sequence[HandEdit | UntakenEdit]) -> Iterator[str]:
    yield from (f"  - {edit}" for edit in edits[:MOST_EDITS])
    if len(edits) > MOST_EDITS:
        yield text("  - and {more} more", more=len(edits) - MOST_EDITS)


def _figures(problem: Problem, report: Report) -> Iterator[str]:
    changes = "" if report.changed_by is None else _changed(problem, report.changed_by)
    if report.mismatches:
        wrong = counted(len(report.mismatches), "fault")
        yield (
            text("Figures: wrong, {wrong}; by the edits {changes}.", wrong=wrong, changes=changes)
            if changes
            else text("Figures: wrong, {wrong}.", wrong=wrong)
        )
    elif changes:
        yield text("Figures: changed by {changes}.", changes=changes)
    elif report.outdated:
        yield text("Figures: old.")
    else:
        yield text("Figures: as stated.")
    yield from (f"  - {fault}" for fault in (*report.mismatches, *report.outdated))


def _changed(problem: Problem, by: ChangedBy) -> str:
    """What edits changed: ``+16.25 EUR, 0.5 h more missing``."""
    parts = [text("{cost:+,.2f} {currency}", cost=in_currency(by.cost), currency=problem.currency)]
    for minutes, what in (
        (by.missing_minutes, text("missing")),
        (by.superfluous_minutes, text("superfluous")),
        (by.paid_minutes, text("paid in duties")),
    ):
        if minutes:
            parts.append(text("{hours:+,.4g} h {what}", hours=minutes / MINUTES_PER_HOUR, what=what))
    for people, what in (
        (by.missing_people, text("missing on shifts")),
        (by.superfluous_people, text("superfluous on shifts")),
    ):
        if people:
            parts.append(text("{people:+,} people {what}", people=people, what=what))
    return ", ".join(parts)


def _preferences(problem: Problem, report: Report) -> Iterator[str]:
    for result in report.rules:
        if result.broken and result.strength == "prefer" and result.cost:
            yield text(
                "Gave way {times}: {sentence} ({cost})",
                times=counted(result.broken, "time"),
                sentence=result.sentence,
                cost=money(result.cost, problem.currency),
            )


def _proof(problem: Problem, report: Report) -> Iterator[str]:
    if report.bound is None:
        yield text("Bound: none, the file holds no proof that fits this input.")
        return
    if report.proves_that_none_is_legal:
        yield text("Bound, computed again from the certificate: it proves that no legal roster exists.")
        return
    bound = money(report.bound, problem.currency)
    if report.gap is None:
        yield text(
            "Bound, computed again from the certificate: {bound} is the least that a legal roster "
            "costs. This one is not legal, so that no gap is told.",
            bound=bound,
        )
    else:
        yield text(
            "Bound, computed again from the certificate: {bound} (gap {gap:.2%}).",
            bound=bound,
            gap=report.gap,
        )
