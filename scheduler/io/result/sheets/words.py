"""The result in sentences that a manager understands; figures in currency, agent-hours and people."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

from scheduler.domain import HeadcountCoverage, Outcome, Problem, Report, Status
from scheduler.domain.grid import MINUTES_PER_HOUR
from scheduler.domain.money import in_currency, ratio
from scheduler.domain.words import counted
from scheduler.io.result.sheets.page import spoken_date, with_demand

STATUS_WORDS = {
    Status.OPTIMAL: "Best possible, and proven to be",
    Status.FEASIBLE: "Legal roster",
    Status.INFEASIBLE: "No legal roster exists",
    Status.NOTHING_FOUND: "None found in the time given",
}


def percent(share: float, digits: int = 1) -> str:
    """A share as text, with one decimal more where it would show as 0.0 %."""
    if not isfinite(share):
        return "n/a"
    if 0 < abs(share) < 0.0995:
        digits = max(digits, 2)
    return f"{share:.{digits}%}".replace("%", " %")


def amount(problem: Problem, cost: int) -> str:
    """A cost in whole units of the currency."""
    return f"{in_currency(cost):,.0f} {problem.currency}"


def agent_hours(by_skill: dict[str, tuple[int, ...]]) -> float:
    """Agent-minutes of all skills as hours."""
    return sum(map(sum, by_skill.values())) / MINUTES_PER_HOUR


def shown_status(outcome: Outcome, report: Report) -> str:
    """The outcome in a few words."""
    if report.misfits or report.broken:
        return "Not legal"
    return STATUS_WORDS[outcome.status]


def plain_words(problem: Problem, outcome: Outcome, report: Report) -> list[str]:
    """The result in one or two sentences per point."""
    return [
        _legality(report),
        *_distance(problem, outcome),
        *_fit(problem, report),
        *(shortage.sentence for shortage in shortages(problem, report)[:1]),
        *(shortage.sentence for shortage in shift_shortages(problem, report)[:1]),
    ]


def _legality(report: Report) -> str:
    must = sum(result.strength == "must" for result in report.rules)
    if report.is_legal:
        return (
            f"The roster is legal: {must} {'rules that must be kept were' if must != 1 else 'rule was'} "
            "checked on the finished roster by a second program, and nothing is broken."
        )
    count = len(report.misfits) + len(report.broken)
    return f"The roster is NOT legal: {count} {'faults are' if count > 1 else 'fault is'} listed on Findings."


def _distance(problem: Problem, outcome: Outcome) -> list[str]:
    cost, bound = outcome.cost.total, outcome.bound
    if cost <= bound:
        return [f"It costs {amount(problem, cost)}, and it is proven that no legal roster can cost less."]
    sentences = [
        f"It costs {amount(problem, cost)}. It is proven that no legal roster for this input costs less than "
        f"{amount(problem, bound)}: a perfect plan could save {amount(problem, cost - bound)} more "
        f"({percent(outcome.gap)}) at the very most."
    ]
    if outcome.certificate.proof_checked == "partial":
        sentences[0] += " There was no time to check the whole proof; --proof full may prove more."
    fixed = outcome.certificate.unavoidable_wages
    if 0 < fixed < cost:
        sentences.append(
            f"{amount(problem, fixed)} are wages that every legal roster pays. Of the "
            f"{amount(problem, cost - fixed)} that planning can influence, at most "
            f"{percent(outcome.gap_controllable)} could still be saved."
        )
    return sentences


def _fit(problem: Problem, report: Report) -> Iterator[str]:
    if problem.demand or not problem.headcounts:
        coverage = with_demand(problem, report.coverage)
        yield (
            f"Staff follow the requirement with a curve fit of {percent(coverage.curve_fit)}: "
            f"of {counted(round(agent_hours(coverage.required)), 'agent-hour')} required, "
            f"{agent_hours(coverage.missing):,.1f} are missing; "
            f"{agent_hours(coverage.superfluous):,.1f} are more than needed."
        )
    if problem.headcounts:
        required, _, over, under = sums_of_all(report.headcounts)
        yield (
            f"Of {counted(required, 'person', 'people')} required on shifts "
            f"{under:,} {'is' if under == 1 else 'are'} missing; "
            f"{over:,} {'is' if over == 1 else 'are'} more than needed."
        )


def sums_of(heads: HeadcountCoverage, row: str, days: slice = slice(None)) -> tuple[int, int, int, int]:
    """People required, scheduled, missing and superfluous of one headcount, over the days that have one."""
    required, scheduled = heads.required[row][days], heads.scheduled[row][days]
    return (
        sum(number or 0 for number in required),
        sum(people for people, number in zip(scheduled, required, strict=True) if number is not None),
        sum(heads.superfluous[row][days]),
        sum(heads.missing[row][days]),
    )


def sums_of_all(heads: HeadcountCoverage, days: slice = slice(None)) -> tuple[int, int, int, int]:
    """The same of all rows together."""
    sums = [sums_of(heads, row, days) for row in heads.required]
    required, scheduled, over, under = map(sum, zip(*sums, strict=True)) if sums else (0, 0, 0, 0)
    return required, scheduled, over, under


@dataclass(frozen=True)
class Shortage:
    """Intervals in a row in which a skill is short."""

    skill: str
    first: int
    missing_minutes: int
    sentence: str


def shortages(problem: Problem, report: Report) -> list[Shortage]:
    """Stretches in which a skill is short, the one with most missing agent-hours first."""
    found = [
        _shortage(problem, skill, first, missing[first:last])
        for skill, missing in report.coverage.missing.items()
        for first, last in _stretches(missing)
    ]
    return sorted(found, key=lambda one: (-one.missing_minutes, one.first, one.skill))


@dataclass(frozen=True)
class ShiftShortage:
    """A day on which a shift is short of people."""

    row: str
    day: int
    missing: int
    sentence: str


def shift_shortages(problem: Problem, report: Report) -> list[ShiftShortage]:
    """Shifts and days that are short of people, the one with most missing first."""
    heads = report.headcounts
    found = [
        ShiftShortage(
            row,
            day,
            missing,
            f"{row} is short on {spoken_date(problem.grid.date(day))}: {missing:,} of "
            f"{counted(heads.required[row][day] or 0, 'person', 'people')} missing.",
        )
        for row, by_day in heads.missing.items()
        for day, missing in enumerate(by_day)
        if missing
    ]
    return sorted(found, key=lambda one: (-one.missing, one.day, one.row))


def _stretches(missing: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Maximal runs of short intervals, as first interval and the one after the last."""
    begin = None
    for position, minutes in enumerate((*missing, 0)):
        if minutes and begin is None:
            begin = position
        elif not minutes and begin is not None:
            yield begin, position
            begin = None


def _shortage(problem: Problem, skill: str, first: int, missing: tuple[int, ...]) -> Shortage:
    grid = problem.grid
    length = grid.interval_minutes
    begins, ends = grid.local(first * length), grid.local((first + len(missing)) * length)
    deepest = max(missing) / length
    sentence = (
        f"{skill} is short on {spoken_date(begins.date())}, {begins:%H:%M} to "
        f"{'' if ends.date() == begins.date() else spoken_date(ends.date()) + ' '}{ends:%H:%M}: "
        f"{sum(missing) / 60:,.1f} agent-hours missing, up to {deepest:,.1f} "
        f"{'agent' if deepest == 1 else 'agents'} at once."
    )
    return Shortage(skill, first, sum(missing), sentence)


def rule_share(outcome: Outcome, part: int) -> float:
    """A part of the total cost."""
    return ratio(part, outcome.cost.total)
