"""``swap`` and ``who``: changes of a roster that are asked for before they are made."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from scheduler.app import proposals
from scheduler.app.comparison import read_planned
from scheduler.command_line.commands.options import InputOfRoster, RosterFile
from scheduler.command_line.output.delivery import STDOUT, Refused, must_be_json_output, write_json
from scheduler.command_line.output.exits import Exit, in_words, written
from scheduler.command_line.output.verdict import say_untaken
from scheduler.domain import Problem
from scheduler.domain.changes.comparison import signed_hours, signed_money
from scheduler.domain.changes.proposals import Effect, Proposal, Ranking
from scheduler.domain.values.words import counted, hours_words, listed, plain_rule_name
from scheduler.texts import text, text_n

_MOST_NAMES = 4

Json = Annotated[
    Path | None, typer.Option("--json", metavar="OUT.json", help="The answer as JSON; - is stdout.")
]


def swap(
    roster: RosterFile,
    agent: Annotated[str, typer.Option(help="Whose duty is given.")],
    day: Annotated[
        list[str],
        typer.Option(help="Of which day; a second --day is the day of the duty that comes back."),
    ],
    other: Annotated[str, typer.Option("--with", help="Who takes it, and gives their own for it, if any.")],
    week: InputOfRoster = None,
    json: Json = None,
) -> None:
    """Say whether two people may swap duties, or one may give a duty away: yes or no, and why.

    For example: staffcurve swap roster.xlsx --agent "Ann Lee" --day Wed --with "Ben Roth" --day Fri
    """
    with in_words():
        if len(day) > 2:
            raise Refused(text("--day is given {times} times; a swap has two days at most.", times=len(day)))
        before = must_be_json_output(json, roster, week)
        planned = read_planned(roster, week)
        say_untaken(planned.untaken)
        problem = planned.problem
        answer = proposals.swap(
            problem, planned.rules, planned.roster, agent, day[0], other, day[1] if len(day) > 1 else None
        )
        if json:
            written(partial(write_json, text=proposals.proposals_as_json(problem, answer)), json, before)
    if json != STDOUT:
        for line in swap_in_words(problem, answer):
            typer.echo(line)
    raise typer.Exit(Exit.DONE if answer.is_possible else Exit.VERIFY_FOUND_SOMETHING)


def who(
    roster: RosterFile,
    day: Annotated[str, typer.Option(help="The day: a date, or a weekday.")],
    shift: Annotated[str | None, typer.Option(help="The shift template of an open duty.")] = None,
    start: Annotated[
        str | None, typer.Option(help="Its start, as 08:00; the best for coverage without it.")
    ] = None,
    length: Annotated[str | None, typer.Option(help="Its length, as 8:30; likewise.")] = None,
    instead_of: Annotated[str | None, typer.Option(help="Whose duty it is: who calls in sick.")] = None,
    overtime: Annotated[
        bool, typer.Option("--overtime", help="Ask instead who could stay longer or come earlier.")
    ] = False,
    time_off: Annotated[
        bool, typer.Option("--time-off", help="Ask instead who could go home, or have the day off.")
    ] = False,
    may_move: Annotated[
        bool, typer.Option("--may-move", help="Ask those as well who would leave a duty of that day.")
    ] = False,
    most: Annotated[int, typer.Option(min=1, help="So many are proposed.")] = 10,
    week: InputOfRoster = None,
    json: Json = None,
) -> None:
    """Rank who could take a duty, work longer or go home, with what it costs, and say why others cannot.

    For example: staffcurve who roster.xlsx --day Wed --instead-of "Ann Lee"
    """
    with in_words():
        asked = {
            "--shift": shift is not None and instead_of is None,
            "--instead-of": instead_of is not None,
            "--overtime": overtime,
            "--time-off": time_off,
        }
        if sum(asked.values()) != 1:
            raise Refused(text("Ask one thing: {options}.", options=", ".join(asked)))
        before = must_be_json_output(json, roster, week)
        planned = read_planned(roster, week)
        say_untaken(planned.untaken)
        problem = planned.problem
        if overtime or time_off:
            rank = proposals.overtime if overtime else proposals.time_off
            answer = rank(problem, planned.rules, planned.roster, day, most=most)
        else:
            answer = proposals.who(
                problem, planned.rules, planned.roster, day, shift=shift, start=start, length=length,
                instead_of=instead_of, may_move=may_move, most=most,
            )  # fmt: skip
        if json:
            written(partial(write_json, text=proposals.proposals_as_json(problem, answer)), json, before)
    if json != STDOUT:
        for line in ranking_in_words(problem, answer):
            typer.echo(line)
    raise typer.Exit(Exit.DONE if answer.proposals else Exit.VERIFY_FOUND_SOMETHING)


def swap_in_words(problem: Problem, proposal: Proposal) -> Iterator[str]:
    """The verdict on a swap, what stands in its way, what changes, and what that costs."""
    if not proposal.changes:
        yield text("Yes, and nothing changes: the two duties are the same.")
        return
    if proposal.is_possible:
        yield text("Yes: no rule stands in the way.")
    else:
        yield text(
            "No: {things} in the way.",
            things=counted(len(proposal.obstacles), "thing stands", "things stand"),
        )
        yield from (f"  - {obstacle}" for obstacle in proposal.obstacles)
    yield text("What would change:")
    yield from (f"  {change}" for change in proposal.changes)
    yield text("Cost {effect}.", effect=_cost_words(proposal.effect, problem.currency))
    yield text("Staffing: {effect}.", effect=_staffing_words(proposal.effect))
    yield from (text("Reported: {remark}", remark=remark) for remark in proposal.remarks)


def ranking_in_words(problem: Problem, ranking: Ranking) -> Iterator[str]:
    """Who could, the cheapest first, and the others by what stands in their way."""
    if ranking.situation:
        yield ranking.situation
    if not ranking.proposals:
        yield text("Nobody could.")
    else:
        yield text(
            "{people} could, the cheapest first:", people=counted(len(ranking.proposals), "person", "people")
        )
    for number, proposal in enumerate(ranking.proposals, start=1):
        yield f"{number:>3}. {_line(problem, proposal)}"
    if ranking.proposals and all(proposal.effect.cost > 0 for proposal in ranking.proposals):
        yield text("Each of them costs more than it saves.")
    if ranking.more:
        yield text_n(
            "{people} besides keeps every rule and is not estimated to be cheaper. --most {most} looks at "
            "them too.",
            "{people} besides keep every rule of their own; none of them is estimated to be cheaper. --most "
            "{most} looks at them too.",
            ranking.more,
            people=counted(ranking.more, "person", "people"),
            most=len(ranking.proposals) + ranking.more,
        )
    if ranking.useless:
        yield text(
            "{people} could by every rule, and nothing would be won.",
            people=counted(ranking.useless, "person", "people"),
        )
    if ranking.without:
        yield text_n(
            "{people} at work on that day has no such shift in the contract.",
            "{people} at work on that day have no such shift in their contracts.",
            ranking.without,
            people=counted(ranking.without, "person", "people"),
        )
    if ranking.off:
        yield text_n(
            "{people} has no duty on that day, or several.",
            "{people} have no duty on that day, or several.",
            ranking.off,
            people=counted(ranking.off, "person", "people"),
        )
    yield from _refusals(problem, ranking)


def _line(problem: Problem, proposal: Proposal) -> str:
    days = "; ".join(str(change) for change in proposal.changes)
    parts = [
        days,
        text("cost {effect}", effect=_cost_words(proposal.effect, problem.currency)),
        _staffing_words(proposal.effect),
    ]
    if proposal.week_minutes:
        before, after = map(hours_words, proposal.week_minutes)
        parts.append(text("paid hours of the week {before} → {after}", before=before, after=after))
    parts += [text("reported: {remark}", remark=remark) for remark in proposal.remarks]
    return " · ".join(parts)


def _cost_words(effect: Effect, currency: str) -> str:
    parts = [
        (text("wages"), effect.wages),
        (text("missing staff"), effect.missing),
        (text("superfluous staff"), effect.superfluous),
        *((plain_rule_name(rule, with_key=False), cost) for rule, cost in effect.rules.items()),
    ]
    said = ", ".join(f"{what} {signed_money(cost)}" for what, cost in parts if cost)
    total = f"{signed_money(effect.cost)} {currency}"
    return f"{total} ({said})" if said else total


def _staffing_words(effect: Effect) -> str:
    parts = []
    for what, minutes in (
        (text("missing"), effect.missing_minutes),
        (text("superfluous"), effect.superfluous_minutes),
    ):
        if minutes:
            parts.append(f"{what} {signed_hours(minutes)}")
    for what, people in (
        (text("missing"), effect.missing_people),
        (text("superfluous"), effect.superfluous_people),
    ):
        if people:
            parts.append(text("{what} {people:+d} on shifts", what=what, people=people))
    return ", ".join(parts) or text("coverage as before")


def _refusals(problem: Problem, ranking: Ranking) -> Iterator[str]:
    if not ranking.refused:
        return
    yield text("{people} could not:", people=counted(len(ranking.refused), "person", "people"))
    employed = tuple(one for one in ranking.refused if _is_employed(problem, one))
    if gone := {one.changes[0].agent for one in ranking.refused if one not in employed}:
        yield text(
            "  - {number:,} not employed on that day: {names}",
            number=len(gone),
            names=listed(sorted(gone), _MOST_NAMES),
        )
    ranking = ranking.model_copy(update={"refused": employed})
    at_work = [one for one in ranking.refused if one.works_already]
    if at_work:
        yield text(
            "  - {number:,} work on that day already: {names}. --may-move asks them too.",
            number=len(at_work),
            names=listed([one.changes[0].agent for one in at_work], _MOST_NAMES),
        )
    for rule, refused in ranking.obstacles_by_rule().items():
        others = [one for one in refused if not one.works_already]
        if others:
            first = others[0].obstacles[0]
            yield text(
                "  - {number:,} by {rule}: {names}; for instance, {sentence}",
                number=len(others),
                rule=plain_rule_name(rule) if rule else text("the shift itself"),
                names=listed([one.agents[0] for one in others], _MOST_NAMES),
                sentence=first.sentence,
            )


def _is_employed(problem: Problem, proposal: Proposal) -> bool:
    change = proposal.changes[0]
    return problem.agent_named[change.agent].is_employed_on(change.on)
