"""The verbs that ask for a change of a roster: swap two duties, find who could work more, or less.

Called by the command line and by services. What is proposed is legal by the verifier's own checks, and its
effect is the difference of two of the verifier's counts.
"""

from collections.abc import Callable
from datetime import date

from scheduler.app.arguments.asked import (
    agent_called,
    clock_called,
    day_called,
    length_called,
    template_called,
)
from scheduler.app.arguments.checks import must_be_right
from scheduler.changes.proposals import overtime_and_time_off
from scheduler.changes.proposals.offers import MOST_PROPOSALS
from scheduler.changes.proposals.replacements import who_for, who_instead
from scheduler.changes.proposals.swap import swap as judged_swap
from scheduler.domain import Problem, Roster
from scheduler.domain.changes.proposals import Proposal, Ranking
from scheduler.domain.findings.errors import refused
from scheduler.domain.results.duty_words import duty_words
from scheduler.domain.values.words import listed
from scheduler.io.input import json_document
from scheduler.io.result.documents.proposals_json import proposals_document
from scheduler.model import RuleBook
from scheduler.texts import text


def swap(
    problem: Problem,
    rules: RuleBook,
    roster: Roster,
    agent: str,
    day: str | date,
    other: str,
    other_day: str | date | None = None,
) -> Proposal:
    """Judge whether two people may swap duties, or one may give a duty away.

    Each duty stays as it is, with its breaks, when it changes hands.

    Parameters
    ----------
    agent, day
        Whose duty of which day goes to ``other``; a date, or a weekday that the horizon has once.
    other, other_day
        Whose duty comes back for it, of the same day unless another one is given. Where they are free then,
        the duty is given away.

    Raises
    ------
    BadInput
        If there is no such agent or day, or nothing to swap.
    """
    must_be_right(problem=problem, rules=rules, roster=roster)
    one, two = agent_called(problem, agent, "agent"), agent_called(problem, other, "with")
    first = day_called(problem, day, "day")
    second = first if other_day is None else day_called(problem, other_day, "day")
    if one == two:
        raise refused("with", text('"{agent}" cannot swap with themselves.', agent=one))
    if not roster.on(one, first) and not roster.on(two, second):
        message = text(
            "neither {agent} on {day:%a %d %b %Y} nor {other} on {other_day:%a %d %b %Y} has a duty.",
            agent=one,
            day=problem.grid.date(first),
            other=two,
            other_day=problem.grid.date(second),
        )
        raise refused("day", message, text("Name the day of a duty."))
    return judged_swap(problem, rules, roster, one, first, two, second)


def who(
    problem: Problem,
    rules: RuleBook,
    roster: Roster,
    day: str | date,
    *,
    shift: str | None = None,
    start: str | None = None,
    length: str | None = None,
    instead_of: str | None = None,
    may_move: bool = False,
    most: int = MOST_PROPOSALS,
) -> Ranking:
    """Rank who could take a duty: an open one, or that of somebody who calls in sick.

    Parameters
    ----------
    shift
        The template of an open duty.
    start, length
        Of an open duty: clock time and elapsed length. Where one is not given, the best for coverage.
    instead_of
        Whose duty it is. Costs and coverage are then beside a day on which nobody works it.
    may_move
        Whether people who work on that day already may leave their duty for this one.
    most
        So many are proposed; how many more there are is counted.

    Raises
    ------
    BadInput
        If something is not known, or no duty is named.
    """
    must_be_right(problem=problem, rules=rules, roster=roster)
    on = day_called(problem, day, "day")
    if instead_of is not None:
        return _instead(problem, rules, roster, on, instead_of, shift, may_move, most)
    if shift is None:
        raise refused("shift", text("no duty is named."), text("Give a shift, or whose duty it is."))
    template = template_called(problem, shift, "shift")
    clock = None if start is None else clock_called(start, "start")
    minutes = None if length is None else length_called(length, "length")
    _must_offer(problem, on, template, clock, minutes)
    return who_for(
        problem,
        rules,
        roster,
        on,
        template,
        start=clock,
        length_minutes=minutes,
        may_move=may_move,
        most=most,
    )


def overtime(
    problem: Problem, rules: RuleBook, roster: Roster, day: str | date, *, most: int = MOST_PROPOSALS
) -> Ranking:
    """Rank who could stay longer or come earlier on a day, where that covers missing staff.

    Raises
    ------
    BadInput
        If there is no such day.
    """
    return _hours(overtime_and_time_off.overtime, problem, rules, roster, day, most)


def time_off(
    problem: Problem, rules: RuleBook, roster: Roster, day: str | date, *, most: int = MOST_PROPOSALS
) -> Ranking:
    """Rank who could go home, or have the day off, where staff is superfluous.

    Raises
    ------
    BadInput
        If there is no such day.
    """
    return _hours(overtime_and_time_off.time_off, problem, rules, roster, day, most)


def proposals_as_json(problem: Problem, asked: Proposal | Ranking) -> str:
    """The answer of ``swap``, ``who``, ``overtime`` or ``time_off`` as JSON; see ``schema("proposals")``."""
    one = (
        asked
        if isinstance(asked, Ranking)
        else Ranking(
            proposals=(asked,) if asked.is_possible else (), refused=() if asked.is_possible else (asked,)
        )
    )
    return json_document.pretty(proposals_document(problem, one))


def _hours(
    rank: Callable[..., Ranking],
    problem: Problem,
    rules: RuleBook,
    roster: Roster,
    day: str | date,
    most: int,
) -> Ranking:
    must_be_right(problem=problem, rules=rules, roster=roster)
    return rank(problem, rules, roster, day_called(problem, day, "day"), most=most)


def _instead(
    problem: Problem,
    rules: RuleBook,
    roster: Roster,
    day: int,
    written: str,
    shift: str | None,
    may_move: bool,
    most: int,
) -> Ranking:
    agent = agent_called(problem, written, "instead-of")
    duties, on = roster.on(agent, day), problem.grid.date(day)
    if len(duties) != 1:
        message = (
            text("{agent} has no duty on {on:%a %d %b %Y}.", agent=agent, on=on)
            if not duties
            else text(
                "{agent} has {duties} duties on {on:%a %d %b %Y}.", agent=agent, duties=len(duties), on=on
            )
        )
        zone = problem.zone_of(problem.agent_named[agent])
        theirs = (
            [f"{one.template} {problem.grid.date(one.day):%a %d %b}" for one in roster.of(agent)]
            if not duties
            else [duty_words(problem.grid, one, zone) for one in duties]
        )
        hint = text("Their duties: {duties}.", duties=listed(theirs, 7) or text("none"))
        raise refused("instead-of", message, hint)
    if shift is not None and template_called(problem, shift, "shift") != duties[0].template:
        message = text('{agent} works "{template}" then.', agent=agent, template=duties[0].template)
        raise refused("shift", message, text("Leave the shift out."))
    return who_instead(problem, rules, roster, agent, day, may_move=may_move, most=most)


def _must_offer(problem: Problem, day: int, template: str, clock: int | None, minutes: int | None) -> None:
    """Refuse a duty that its template does not have on this day, with those that it has."""
    shift, on = problem.template_named[template], problem.grid.date(day)
    if problem.grid.weekday(day) not in shift.weekdays:
        raise refused("day", text('"{shift}" does not start on a {on:%A}.', shift=template, on=on))
    for option, given, allowed in (("start", clock, shift.starts), ("length", minutes, shift.lengths)):
        if given is not None and given not in allowed:
            shown = listed([_clock(one) for one in allowed], 12)
            message = text(
                '"{shift}" has no {option} of {given}.', shift=template, option=option, given=_clock(given)
            )
            raise refused(option, message, text("It has {shown}.", shown=shown))


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"
