"""What ``verify`` and ``refresh`` say: is it legal, are the figures as stated, does the proof hold."""

from collections.abc import Iterator

from scheduler.command_line.output.exits import Exit
from scheduler.command_line.output.terminal import money, reported_in_words
from scheduler.domain import Problem, Report
from scheduler.domain.results.edited import ChangedBy
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
    return Exit.FIGURES_ARE_OLD if report.outdated else Exit.DONE


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
    """What was edited in the file since it was written, a line each."""
    if not report.edits:
        return
    yield text("Edited since it was written: {days}.", days=counted(len(report.edits), "duty", "duties"))
    yield from (f"  - {edit}" for edit in report.edits[:MOST_EDITS])
    if len(report.edits) > MOST_EDITS:
        yield text("  - and {more} more", more=len(report.edits) - MOST_EDITS)


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
        (by.paid_minutes, text("paid")),
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
        if result.broken and result.strength == "prefer":
            yield text(
                "Gave way {times}: {sentence} ({cost})",
                times=counted(result.broken, "time"),
                sentence=result.sentence,
                cost=money(result.cost, problem.currency),
            )


def _proof(problem: Problem, report: Report) -> Iterator[str]:
    if report.bound is not None:
        yield text(
            "Bound, computed again from the certificate: {bound} (gap {gap:.2%}).",
            bound=money(report.bound, problem.currency),
            gap=report.gap,
        )
    else:
        yield text("Bound: none, the file holds no proof that fits this input.")
