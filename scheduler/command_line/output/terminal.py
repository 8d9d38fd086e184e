"""What a person sees of the command line: findings, a closing summary.

Everything here goes to stderr, so that stdout holds nothing but what was asked for. No decision about a
roster is made here.
"""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from traceback import extract_tb

from rich.console import Console
from rich.text import Text

from scheduler.app.arguments.interruption import ENDING_SIGNALS, Interruption
from scheduler.domain import Finding, Outcome, Problem, Report, Roster
from scheduler.domain.results.outcome import RuleResult, Status, StopReason
from scheduler.domain.results.reached import goals_in_words, work_in_words
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.money import in_currency
from scheduler.domain.values.words import counted
from scheduler.io.input.reading.unread_sheets import not_copied
from scheduler.model.calendar.absences import paid_time_off
from scheduler.model.calendar.closed_days import work_on_closed_days
from scheduler.texts import marked, text

REPORT_IT = marked(
    "Please report this line in the issue tracker of the project that you have staffcurve from, with "
    "`staffcurve --version` and the input."
)
MOST_GOALS = 8
"""So many service levels over days and weeks have a line each, the missed ones first."""
SECOND_SIGNAL_AFTER_SECONDS = 5.0
"""A second signal that comes sooner repeats the first, and ends nothing."""


def interruptible() -> Interruption:
    """What Ctrl-C, SIGTERM and a closed terminal do to a command."""
    return Interruption(ENDING_SIGNALS, SECOND_SIGNAL_AFTER_SECONDS)


def stderr() -> Console:
    """The console for everything that was not asked for on stdout."""
    return Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


_MOST_TOLD_AGAIN = 3
"""Warnings that commands tell in full which do not plan: more would hide what else they have to say."""


def say(line: str, style: str = "") -> None:
    """Print a line for the person, on stderr."""
    stderr().print(Text(line, style=style))


def say_findings(findings: Iterable[Finding], copy_in: Path | None = None) -> None:
    """Print findings on stderr, errors in red.

    Parameters
    ----------
    copy_in
        The roster workbook in whose copy of the input they are, where they are in one: rows of the planner's
        own file may be others.
    """
    console = stderr()
    told = list(findings)
    for finding in told:
        console.print(Text(finding_line(finding), style="red" if finding.is_error else "yellow"))
    if told and copy_in is not None:
        say(text("These cells are those of the copy of the input in {path}.", path=copy_in), "yellow")


def say_known(findings: Collection[Finding], check_it: str, copy_in: Path | None = None) -> None:
    """Warnings of an input that ``check`` and ``solve`` have told before; of many their number alone.

    Parameters
    ----------
    check_it
        What to type to see them.
    """
    if len(findings) <= _MOST_TOLD_AGAIN:
        say_findings(findings, copy_in)
        return
    said = text(
        "{warnings} of the input, as check tells them: {check_it}",
        warnings=counted(len(findings), "warning"),
        check_it=check_it,
    )
    say(said, "yellow")


def say_not_copied(sheets_beside: Collection[str], roster: Path | None = None) -> None:
    """Say what the copy of an input that was written leaves out.

    Parameters
    ----------
    roster
        The workbook that the input was read from, where it holds a roster whose duties are left out too.
    """
    if roster is not None:
        say(text("{path} holds a roster: only its input is copied.", path=roster))
    for sentence in not_copied(sheets_beside):
        say(sentence)


def finding_line(finding: Finding) -> str:
    """A finding as a line: ``Agents!D17  skill ...``, and a warning says that it is one."""
    if finding.is_error:
        return str(finding)
    return text(
        "{place}  warning: {message} {hint}", place=finding.place, message=finding.message, hint=finding.hint
    ).rstrip()


def money(cost: int, currency: str) -> str:
    """A cost in words: ``350,367.50 EUR``."""
    return f"{in_currency(cost):,.2f} {currency}"


def fault_in_words(fault: BaseException) -> str:
    """A fault of staffcurve itself: what, where in the program, and where to report it."""
    places = [frame for frame in extract_tb(fault.__traceback__) if _is_ours(frame.filename)]
    where = f" at {Path(places[-1].filename).name}:{places[-1].lineno}" if places else ""
    what = " ".join(f"{type(fault).__name__}: {fault}".split())
    if isinstance(fault, MemoryError):
        return text("The memory of this machine is not enough for that{where}.", where=where)
    return text(
        "This is a fault of staffcurve, {what}{where}. {report_it}",
        what=what,
        where=where,
        report_it=text(REPORT_IT),
    )


def _is_ours(filename: str) -> bool:
    return Path(__file__).parents[1] in Path(filename).parents


def say_outcome(problem: Problem, outcome: Outcome, written: Iterable[Path]) -> None:
    """Print the closing lines: cost, gap, broken preferences, and the files."""
    for line in summary(problem, outcome, written):
        say(line)


def summary(problem: Problem, outcome: Outcome, written: Iterable[Path]) -> list[str]:
    """The closing lines as text.

    Parameters
    ----------
    written
        The files that hold the roster.
    """
    currency, cost = problem.currency, outcome.cost
    parts = [
        text("wages {wages}", wages=money(cost.wages, currency)),
        text("missing staff {missing}", missing=money(cost.missing, currency)),
        text("superfluous staff {superfluous}", superfluous=money(cost.superfluous, currency)),
    ]
    if cost.rules:
        parts.append(text("rules that gave way {cost}", cost=money(sum(cost.rules.values()), currency)))
    lines = [
        text("Cost {total}: {parts}.", total=money(cost.total, currency), parts=", ".join(parts)),
        gap_in_words(outcome, currency),
        *goals_in_words(outcome.report.goals, MOST_GOALS),
        *work_in_words(problem, outcome.report.coverage.required, outcome.report.coverage.missing),
        *scenarios_in_words(outcome.report, currency),
        staffing_in_words(outcome),
        *work_on_closed_days(problem, outcome.roster),
    ]
    lines += [
        text(
            "Gave way: {sentence} ({times}, {cost})",
            sentence=result.sentence,
            times=counted(result.broken, "time"),
            cost=money(result.cost, currency),
        )
        for result in outcome.report.rules
        if result.broken and result.rule in cost.rules
    ]
    lines += reported_in_words(outcome.report)
    if ended := end_in_words(outcome):
        lines.append(ended)
    lines.append(
        text(
            "{roster}. Every rule that must be kept is kept; checked a second time. {seconds:.0f} s, first "
            "roster after {seconds_to_first_roster:.1f} s, seed {seed}.",
            roster=_roster_in_words(problem, outcome.roster),
            seconds=outcome.seconds,
            seconds_to_first_roster=outcome.seconds_to_first_roster,
            seed=outcome.seed,
        )
    )
    lines += [text("Written: {path}", path=path) for path in written]
    return lines


def _roster_in_words(problem: Problem, roster: Roster) -> str:
    """The roster with its paid hours: those in duties, and together with paid absence where there is any."""
    absent = sum(paid_time_off(problem, agent) for agent in problem.agents)
    if not absent:
        return str(roster)
    minutes = absent + sum(duty.paid_minutes for duty in roster.duties)
    return text(
        "{roster}, {hours:,.1f} paid hours with paid absence", roster=roster, hours=minutes / MINUTES_PER_HOUR
    )


def reported_in_words(report: Report) -> list[str]:
    """What rules found that are only reported, a line for each of them."""
    return [
        text("Reported: {sentence} {verdict}", sentence=result.sentence, verdict=_verdict(result))
        for result in report.rules
        if result.is_reported
    ]


def _verdict(result: RuleResult) -> str:
    if not result.broken:
        return text("Kept everywhere.")
    return text("Not kept: {broken}.", broken=result.broken_in_words)


def scenarios_in_words(report: Report, currency: str) -> Iterator[str]:
    """What the roster costs in each scenario, a line for each of them, the dearest first."""
    if report.scenarios:
        yield text(
            "This is the average over {scenarios}; other figures of staffing are counted from what is "
            "planned.",
            scenarios=counted(len(report.scenarios), "scenario"),
        )
    for one in sorted(report.scenarios, key=lambda one: -one.cost):
        yield text(
            "  - {scenario} ({share:.1%}): {cost}, {missing:,.1f} agent-hours missing, {superfluous:,.1f} "
            "superfluous",
            scenario=one.name,
            share=one.share,
            cost=money(one.cost, currency),
            missing=one.missing / MINUTES_PER_HOUR,
            superfluous=one.superfluous / MINUTES_PER_HOUR,
        )


def gap_in_words(outcome: Outcome, currency: str) -> str:
    """What the gap means, in a sentence."""
    distance = outcome.cost.total - outcome.bound
    if not outcome.report.is_proof_whole:
        return text(
            "There was no time to check the whole proof. What was checked proves that no legal roster "
            "costs less than {bound} (gap {gap:.2%}); --proof full checks all of it.",
            bound=money(outcome.bound, currency),
            gap=outcome.gap,
        )
    if distance == 0:
        return text("No legal roster is cheaper: this is proven.")
    if outcome.status is Status.OPTIMAL:
        return text(
            "No legal roster is cheaper: this is proven. Costs come in steps, and the bound of {bound} lies "
            "less than one step below.",
            bound=money(outcome.bound, currency),
        )
    return text(
        "Proven: no legal roster costs less than {bound}, so at most {distance} ({gap:.2%} of the cost, "
        "{gap_controllable:.2%} of what planning can influence) could still be saved.",
        bound=money(outcome.bound, currency),
        distance=money(distance, currency),
        gap=outcome.gap,
        gap_controllable=outcome.gap_controllable,
    )


def end_in_words(outcome: Outcome) -> str:
    """Why the search ended before its time; empty if it did not."""
    if outcome.stopped_by == StopReason.OPTIMAL:
        return text("Stopped after {seconds:.0f} s: nothing can be won any more.", seconds=outcome.seconds)
    if outcome.stopped_by == StopReason.GAP:
        return text(
            "Stopped after {seconds:.0f} s: what could still be won is no more than --gap allows; with "
            "--gap 0 it goes on.",
            seconds=outcome.seconds,
        )
    return ""


def staffing_in_words(outcome: Outcome) -> str:
    """Missing and superfluous agent-hours and people, in a sentence."""
    coverage, heads = outcome.coverage, outcome.report.headcounts
    parts = []
    if not heads.required or any(map(any, coverage.required.values())):
        missing = sum(map(sum, coverage.missing.values())) / MINUTES_PER_HOUR
        superfluous = sum(map(sum, coverage.superfluous.values())) / MINUTES_PER_HOUR
        parts.append(
            text(
                "{missing:,.1f} agent-hours missing, {superfluous:,.1f} superfluous; curve fit "
                "{curve_fit:.1%}",
                missing=missing,
                superfluous=superfluous,
                curve_fit=coverage.curve_fit,
            )
        )
    if heads.required:
        together, skilled = heads.together(), heads.among_them()
        parts.append(
            text(
                "{people} missing on shifts, {too_many:,} superfluous",
                people=counted(together.missing, "person", "people"),
                too_many=together.superfluous,
            )
        )
        if skilled.required:
            parts.append(text("of those required by skill {missing:,} missing", missing=skilled.missing))
    return text("Staffing: {parts}.", parts="; ".join(parts))


def counted_errors(number: int) -> str:
    """How many errors, in words."""
    return counted(number, "error") if number else text("no errors")


def counted_warnings(number: int) -> str:
    """How many warnings, in words."""
    return counted(number, "warning") if number else text("no warnings")


def as_sentence(words: str) -> str:
    """The words as a sentence begins."""
    return words[:1].upper() + words[1:]
