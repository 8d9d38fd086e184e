"""Checks that contracts' hours can be reached: a subset sum over the duties that each day can hold.

A day holds at most one duty, so a week's paid minutes are a sum of at most one possible duty per day. The
reachable sums are the bits of one integer (dynamic programming on a bitset). No rule is looked at, so that a
finding holds for every roster.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.domain.checks.calendar.possible_days import PossibleDays, paid_choices
from scheduler.domain.facts.absence import excused_minutes, paid_absence
from scheduler.domain.facts.agent import TimeOff
from scheduler.domain.facts.problem import Agent, Contract, Problem
from scheduler.domain.findings.faults import FactPath, as_warning, error
from scheduler.domain.findings.finding import Finding, Place
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.words import LIKE_A_MONTH, counted, hours_words, month_in_weeks
from scheduler.texts import text, text_n


@dataclass(frozen=True)
class HeldHours:
    """Agents whom rules hold to the hours of their contract; for others a fault of hours is a warning.

    Parameters
    ----------
    by_shifts
        Who must have these hours, in the shifts of the contract.
    by_days
        Those of them who must also be left alone when they are away or have a day off.
    entitled
        Who must work no other shifts than those of the contract; everybody, where nothing is given.
    fixed
        Whose fixed shifts must be worked, and who must be left alone when they are away.
    """

    by_shifts: frozenset[str]
    by_days: frozenset[str]
    entitled: frozenset[str] | None = None
    fixed: frozenset[str] = frozenset()


def hours_faults(problem: Problem, held: HeldHours | None = None) -> list[Finding]:
    """Contracts whose weekly hours no shifts add up to, and agents whose days cannot hold theirs.

    Parameters
    ----------
    held
        Everybody, where nothing is given.
    """
    found = []
    hopeless = set()
    for index, contract in enumerate(problem.contracts):
        fault = _contract_fault(problem, ("contracts", index), contract)
        if fault is not None:
            hopeless.add(contract.name)
            who = {agent.name for agent in problem.agents if agent.contract == contract.name}
            found.append(fault if held is None or not who or who & held.by_shifts else as_warning(fault))
    days = PossibleDays(problem)
    for index, agent in enumerate(problem.agents):
        if agent.contract not in hopeless:  # reported at the contract, once
            faults = _agent_faults(problem, days, ("agents", index), agent)
            is_held = held is None or agent.name in held.by_days
            found += faults if is_held else map(as_warning, faults)
    return found


def _contract_fault(problem: Problem, path: FactPath, contract: Contract) -> Finding | None:
    """Hours that a week without any absence cannot hold."""
    templates = problem.shifts_of(contract)
    if contract.min_paid_minutes is None:
        return None
    sums, choices = (
        1,
        [paid_choices([one for one in templates if weekday in one.weekdays]) for weekday in range(7)],
    )
    for of_day in choices:
        sums = _with_day(sums, of_day)
    if _reaches(sums, contract, 0, 0):
        return None
    weekdays = len({weekday for template in templates for weekday in template.weekdays})
    only = (
        text('the only entitled shift "{template}"', template=templates[0].name)
        if len(templates) == 1
        else text("the entitled shifts")
    )
    return error(
        (*path, "min_paid_minutes"),
        text_n(
            'contract "{contract}": {asked} a week cannot be reached: {only} on {days} gives {reached}.',
            'contract "{contract}": {asked} a week cannot be reached: {only} on {days} give {reached}.',
            len(templates),
            contract=contract.name,
            asked=_hours_asked(contract),
            only=only,
            days=counted(weekdays, "day"),
            reached=_what_is_reached(sums, contract, choices),
        ),
        month_in_weeks(least / MINUTES_PER_HOUR)
        if (least := contract.min_paid_minutes) >= LIKE_A_MONTH
        else _within_reach(sums, least, text("entitle to other shifts")),
    )


def _agent_faults(problem: Problem, days: PossibleDays, path: FactPath, agent: Agent) -> Iterator[Finding]:
    """Full weeks in which availability and absence leave too little room for the contract's hours."""
    contract = problem.contract_of(agent)
    free = {pin.day for pin in agent.pins if pin.off}
    if contract.min_paid_minutes is None or not (
        agent.available or agent.unavailable or agent.time_off or free or agent.starts_on or agent.leaves_on
    ):
        return
    for week in problem.weeks:
        if len(week) < 7:
            continue
        first = problem.grid.date(week[0])
        paid = paid_absence(problem, agent)
        credited = sum(paid.get(day, 0) for day in week)
        unasked = credited + excused_minutes(problem, agent, contract.min_paid_minutes, week)
        sums, choices = (
            1,
            [
                days.choices(agent, contract, day)
                for day in week
                if problem.grid.date(day) not in free and agent.is_employed_on(problem.grid.date(day))
            ],
        )
        for of_day in choices:
            sums = _with_day(sums, of_day)
        if not _reaches(sums, contract, credited, unasked):
            paid_off = (
                text(" and {credited} of paid time off", credited=hours_words(credited)) if credited else ""
            )
            yield error(
                path,
                (
                    text(
                        "{agent}: {asked} in the week from {first} do not fit: availability, time off and "
                        "days off leave room for {reached}{paid_off}.",
                        agent=agent.name,
                        asked=_hours_asked(contract),
                        first=first,
                        reached=_what_is_reached(sums, contract, choices),
                        paid_off=paid_off,
                    )
                    if not credited
                    else text(
                        "{agent}: {asked} in the week from {first} do not fit: availability, time off and "
                        "days off leave {reached}{paid_off}.",
                        agent=agent.name,
                        asked=_hours_asked(contract),
                        first=first,
                        reached=_what_is_reached(sums, contract, choices),
                        paid_off=paid_off,
                    )
                ),
                text("Open more days, or give a contract with other hours."),
            ).model_copy(update={"beside": _cause(problem, path, agent, week)})
            return


def _cause(problem: Problem, path: FactPath, agent: Agent, week: Sequence[int]) -> Place | None:
    """The first row of a week that takes away from it, paid absence before the others."""
    first, last = problem.grid.date(week[0]), problem.grid.date(week[-1])
    found = [
        (not (isinstance(window, TimeOff) and window.paid_minutes), (*path, key, at))
        for key in ("time_off", "unavailable", "available")
        for at, window in enumerate(getattr(agent, key))
        if window.start.date() <= last and first <= window.last_day
    ]
    found += [
        (True, (*path, "pins", at))
        for at, pin in enumerate(agent.pins)
        if pin.off and first <= pin.day <= last
    ]
    if not found:
        return None
    is_unpaid, cause = min(found, key=lambda one: one[0])
    return Place(path=cause if is_unpaid else (*cause, "paid_minutes"))


def _with_day(sums: int, choices: tuple[int, ...]) -> int:
    """The reachable sums after one more day that is free or holds one of these; bit n is the sum n."""
    more = sums
    for paid in choices:
        more |= sums << max(paid, 0)
    return more


def _reaches(sums: int, contract: Contract, credited: int, unasked: int) -> bool:
    least = max(0, (contract.min_paid_minutes or 0) - unasked)
    reached = sums >> least
    if contract.max_paid_minutes is None:
        return reached != 0
    width = contract.max_paid_minutes - credited - least + 1
    if width <= 0:  # the absence alone is as much as may be paid
        return True
    return reached & ((1 << width) - 1) != 0


def _what_is_reached(sums: int, contract: Contract, choices: Sequence[tuple[int, ...]]) -> str:
    """The sums right below and right above what is asked for; or the most, and what it is the sum of."""
    least = contract.min_paid_minutes or 0
    most = sums.bit_length() - 1
    if most < least:
        longest = Counter(paid for of_day in choices if (paid := max(of_day, default=0)) > 0)
        parts = (
            text("{hours} × {days}", hours=hours_words(paid), days=counted(times, "day"))
            for paid, times in sorted(longest.items(), reverse=True)
        )
        if not longest:
            return text("at most {most}", most=hours_words(most))
        return text("at most {most} ({parts})", most=hours_words(most), parts=" + ".join(parts))
    below = (sums & ((1 << least) - 1)).bit_length() - 1
    above = sums >> least
    smallest_above = least + (above & -above).bit_length() - 1
    return text(
        "{below} or {above}, nothing between",
        below=hours_words(max(below, 0)),
        above=hours_words(smallest_above),
    )


def _within_reach(sums: int, least: int, instead: str) -> str:
    """What hours to ask for, and what to do instead."""
    most = sums.bit_length() - 1
    if most >= least:
        return text("Change the hours, or {instead}.", instead=instead)
    return text("Ask for {most} or less, or {instead}.", most=hours_words(most), instead=instead)


def _hours_asked(contract: Contract) -> str:
    least, most = contract.min_paid_minutes or 0, contract.max_paid_minutes
    if most is None:
        return text("at least {least}", least=hours_words(least))
    if most == least:
        return text("exactly {least}", least=hours_words(least))
    return text("{least} to {most}", least=hours_words(least), most=hours_words(most))
