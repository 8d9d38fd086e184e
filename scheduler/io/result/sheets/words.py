"""The result in sentences that a manager understands; figures in currency, agent-hours and people."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

from scheduler.domain import Outcome, Problem, Report, Status
from scheduler.domain.results.reached import goals_in_words, work_in_words
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.money import NO_ROSTER, in_currency, ratio
from scheduler.domain.values.words import counted, spoken_date
from scheduler.io.result.contents.scenario_figures import dearest
from scheduler.io.result.sheets.page import with_demand
from scheduler.model.calendar.closed_days import work_on_closed_days
from scheduler.texts import marked, text, text_n

MOST_GOALS = 8
"""So many service levels over days and weeks have a sentence each, the missed ones first."""
STATUS_WORDS = {
    Status.OPTIMAL: marked("Best possible, and proven to be"),
    Status.FEASIBLE: marked("Legal roster"),
    Status.INFEASIBLE: marked("No legal roster exists"),
    Status.NOTHING_FOUND: marked("None found in the time given"),
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
        return text("Not legal")
    return text(STATUS_WORDS[outcome.status])


def plain_words(problem: Problem, outcome: Outcome, report: Report) -> list[str]:
    """The result in one or two sentences per point."""
    return [
        _legality(report),
        *_distance(problem, outcome, is_legal=report.is_legal),
        *goals_in_words(report.goals, MOST_GOALS),
        *work_in_words(problem, report.coverage.required, report.coverage.missing),
        *over_scenarios(problem, report),
        *_fit(problem, report),
        *work_on_closed_days(problem, outcome.roster),
        *(shortage.sentence for shortage in shortages(problem, report)[:1]),
        *(shortage.sentence for shortage in shift_shortages(problem, report)[:1]),
    ]


def _legality(report: Report) -> str:
    must = sum(result.strength == "must" for result in report.rules)
    if report.is_legal:
        return text_n(
            "The roster is legal: {must} rule was checked on the finished roster by a second program, and "
            "nothing is broken.",
            "The roster is legal: {must} rules that must be kept were checked on the finished roster by a "
            "second program, and nothing is broken.",
            must,
            must=must,
        )
    count = len(report.misfits) + len(report.broken)
    return text_n(
        "The roster is NOT legal: {count} fault is listed on Findings.",
        "The roster is NOT legal: {count} faults are listed on Findings.",
        count,
        count=count,
    )


def _distance(problem: Problem, outcome: Outcome, *, is_legal: bool) -> list[str]:
    cost, bound = outcome.cost.total, outcome.bound
    if bound >= NO_ROSTER:
        return [
            text(
                "It costs {cost}. It is proven that this input has no legal roster.",
                cost=amount(problem, cost),
            )
        ]
    if not is_legal:
        return [
            text(
                "It costs {cost}. No legal roster for this input costs less than {bound}; that does not "
                "compare with a roster that is not legal.",
                cost=amount(problem, cost),
                bound=amount(problem, bound),
            )
        ]
    if cost <= bound:
        return [
            text(
                "It costs {cost}, and it is proven that no legal roster can cost less.",
                cost=amount(problem, cost),
            )
        ]
    if outcome.status is Status.OPTIMAL:
        return [
            text(
                "It costs {cost}, and it is proven that no legal roster can cost less: costs come in steps, "
                "and the bound of {bound} lies less than one step below.",
                cost=amount(problem, cost),
                bound=amount(problem, bound),
            )
        ]
    sentences = [
        text(
            "It costs {cost}. It is proven that no legal roster for this input costs less than {bound}: a "
            "perfect plan could save {saving} more ({gap}) at the very most.",
            cost=amount(problem, cost),
            bound=amount(problem, bound),
            saving=amount(problem, cost - bound),
            gap=percent(outcome.gap),
        )
    ]
    if outcome.certificate.proof_checked == "partial":
        sentences[0] += text(" There was no time to check the whole proof; --proof full may prove more.")
    fixed = outcome.certificate.unavoidable_wages
    if 0 < fixed < cost and outcome.certificate.proof_checked == "full":
        sentences.append(
            text(
                "{fixed} are wages that every legal roster pays. Of the {cost} that planning can "
                "influence, at most {gap_controllable} could still be saved.",
                fixed=amount(problem, fixed),
                cost=amount(problem, cost - fixed),
                gap_controllable=percent(outcome.gap_controllable),
            )
        )
    return sentences


def over_scenarios(problem: Problem, report: Report) -> Iterator[str]:
    """What the roster costs over the scenarios, where there are any."""
    if not report.scenarios:
        return
    worst = dearest(report.scenarios)
    average = sum(one.share * one.cost for one in report.scenarios)
    yield text(
        "The cost is the average over {scenarios}; missing and superfluous agents are counted from what is "
        "planned, but on Scenario costs. With people on the skills that are best once it is known what "
        "comes, it is {average} on average, and {cost} in the dearest scenario ({dearest}).",
        scenarios=counted(len(report.scenarios), "scenario"),
        average=amount(problem, round(average)),
        cost=amount(problem, worst.cost),
        dearest=worst.name,
    )


def _fit(problem: Problem, report: Report) -> Iterator[str]:
    if problem.demand or not problem.headcounts:
        coverage = with_demand(problem, report.coverage)
        yield (
            text(
                "Staff follow the requirement with a curve fit of {curve_fit}: of {required} required, "
                "{missing:,.1f} are missing; {superfluous:,.1f} are more than needed.",
                curve_fit=percent(coverage.curve_fit),
                required=counted(round(agent_hours(coverage.required)), "agent-hour"),
                missing=agent_hours(coverage.missing),
                superfluous=agent_hours(coverage.superfluous),
            )
        )
    if problem.headcounts:
        required, _, over, under = report.headcounts.together()
        missing = text_n("{under:,} is missing", "{under:,} are missing", under, under=under)
        beyond = text_n("{over:,} is more than needed", "{over:,} are more than needed", over, over=over)
        yield text(
            "Of {people} required on shifts {missing}; {beyond}.",
            people=counted(required, "person", "people"),
            missing=missing,
            beyond=beyond,
        )
        skilled = report.headcounts.among_them()
        if skilled.required:
            yield text_n(
                "Of these, {skilled:,} are required by skill: {under:,} is missing.",
                "Of these, {skilled:,} are required by skill: {under:,} are missing.",
                skilled.missing,
                skilled=skilled.required,
                under=skilled.missing,
            )


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
            text(
                "{row} is short on {day}: {missing:,} of {people} missing.",
                row=row,
                day=spoken_date(problem.grid.date(day)),
                missing=missing,
                people=counted(heads.required[row][day] or 0, "person", "people"),
            ),
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
    several = 1 if deepest == 1 else 2
    until = f"{ends:%H:%M}" if ends.date() == begins.date() else f"{spoken_date(ends.date())} {ends:%H:%M}"
    sentence = text_n(
        "{skill} is short on {date}, {begins:%H:%M} to {until}: {missing:,.1f} agent-hours missing, up to "
        "{deepest:,.1f} agent at once.",
        "{skill} is short on {date}, {begins:%H:%M} to {until}: {missing:,.1f} agent-hours missing, up to "
        "{deepest:,.1f} agents at once.",
        several,
        skill=skill,
        date=spoken_date(begins.date()),
        begins=begins,
        until=until,
        missing=sum(missing) / 60,
        deepest=deepest,
    )
    return Shortage(skill, first, sum(missing), sentence)


def rule_share(outcome: Outcome, part: int) -> float:
    """A part of the total cost."""
    return ratio(part, outcome.cost.total)
