"""Checks of headcounts and of wishes for shifts."""

from collections.abc import Iterator

from scheduler.domain.checks.calendar.clock import Clock, has_no_start
from scheduler.domain.facts.agent import Agent, ShiftWish
from scheduler.domain.facts.problem import Headcount, Problem
from scheduler.domain.findings.faults import FactPath, error, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.words import counted, prices_words
from scheduler.texts import text, text_n


def headcount_faults(problem: Problem) -> Iterator[Finding]:
    """Headcounts without a number for every day, with less room than people, or whose prices fall."""
    days = problem.grid.days
    for index, wanted in enumerate(problem.headcounts):
        for key in ("required", "maximum"):
            numbers = getattr(wanted, key)
            if len(numbers) != days and (numbers or key == "required"):
                yield error(
                    ("headcounts", index, key),
                    text(
                        'the headcount of "{row}" has {numbers}, but the horizon has {days}.',
                        row=wanted.row,
                        numbers=counted(len(numbers), "number"),
                        days=counted(days, "day"),
                    ),
                )
        yield from _too_little_room(problem, index, wanted)
        yield from _one_for_two(problem, index, wanted)
        for key, prices in (
            ("further_missing_prices", wanted.missing_prices),
            ("further_superfluous_prices", wanted.superfluous_prices),
        ):
            if list(prices) != sorted(prices):
                yield error(
                    ("headcounts", index, key),
                    text('"{row}": the prices {prices} fall.', row=wanted.row, prices=prices_words(prices)),
                    text(
                        "Each further person costs as much as the one before, or more: {rising}.",
                        rising=prices_words(sorted(prices)),
                    ),
                )


def _too_little_room(problem: Problem, index: int, wanted: Headcount) -> Iterator[Finding]:
    """Days on which fewer people may come than are required, reported once per headcount."""
    short = [
        (day, required, most)
        for day, (required, most) in enumerate(zip(wanted.required, wanted.maximum, strict=False))
        if required is not None and most is not None and most < required
    ]
    if short and len(wanted.required) == problem.grid.days:
        day, required, most = short[0]
        yield error(
            ("headcounts", index, "maximum", day),
            text_n(
                '"{row}": the maximum {most} is less than the {required} required on {on}.',
                '"{row}": on {days} days the maximum is less than what is required, first on {on}: {most} '
                "at most, {required} required.",
                len(short),
                row=wanted.row,
                days=len(short),
                on=problem.grid.date(day),
                most=most,
                required=required,
            ),
            text("Write a maximum of at least what is required, or leave it blank."),
        )


def _one_for_two(problem: Problem, index: int, wanted: Headcount) -> Iterator[Finding]:
    """Two rows of a shift, each with a skill, that one person fills alone; no row asks for all of them."""
    if wanted.skill is None or len(wanted.required) != problem.grid.days:
        return
    of_shift = [one for one in problem.headcounts if one.template == wanted.template]
    together = [one for one in of_shift if one.skill is None]
    for other in problem.headcounts[:index]:
        if other.template != wanted.template or other.skill in (None, wanted.skill):
            continue
        has_both = [
            agent.name for agent in problem.agents if {wanted.skill, other.skill} <= set(agent.skills)
        ]
        days = [
            day
            for day, (mine, theirs) in enumerate(zip(wanted.required, other.required, strict=False))
            if mine and theirs and not any(one.required[day] for one in together if day < len(one.required))
        ]
        if days and has_both:
            yield warning(
                ("headcounts", index, "skill"),
                text(
                    '"{row}" and "{other}" are no different people: whoever has both skills, as {agent} has, '
                    "counts in both.",
                    row=wanted.row,
                    other=other.row,
                    agent=has_both[0],
                ),
                text(
                    "If it takes other people for each, add a row of the shift without a skill that asks for "
                    "all of them together, or a shift for each place."
                ),
            )
            return


def wish_faults(problem: Problem, path: FactPath, agent: Agent) -> Iterator[Finding]:
    """Wishes of one agent that make no sense, or cannot be granted."""
    seen: set[tuple[object, ...]] = set()
    for at, wish in enumerate(agent.shift_wishes):
        where, shift = (*path, "shift_wishes", at), wish.template or text("any shift")
        who = text("{agent} on {day}", agent=agent.name, day=wish.day)
        if (wish.day, wish.template, wish.wanted) in seen:
            yield error(
                (*where, "day"),
                text("{who}: the wish about {shift} stands here twice.", who=who, shift=shift),
                text("Remove one."),
            )
        elif (wish.day, wish.template, not wish.wanted) in seen:
            yield warning(
                (*where, "wanted"),
                text("{who}: {shift} is wished for and wished against.", who=who, shift=shift),
            )
        seen.add((wish.day, wish.template, wish.wanted))
        yield from _wished_at_a_change(problem, where, agent, wish)
        contract = problem.contract_named.get(agent.contract)
        is_known = contract is not None and wish.template in problem.template_named
        if contract and is_known and wish.wanted and wish.template not in contract.templates:
            yield warning(
                (*where, "template"),
                text(
                    '{who}: contract "{contract}" does not entitle to shift "{template}", so that the wish '
                    "cannot be granted.",
                    who=who,
                    contract=contract.name,
                    template=wish.template,
                ),
            )


def _wished_at_a_change(problem: Problem, path: FactPath, agent: Agent, wish: ShiftWish) -> Iterator[Finding]:
    """A wish for a shift on a day on which the agent's clock skips every start of it."""
    template = problem.template_named.get(wish.template or "")
    clock = Clock(problem.grid, problem.zone_of(agent))
    if not wish.wanted or template is None or clock.is_even(wish.day):
        return
    if template.starts and has_no_start(clock, problem.grid.day_index(wish.day), template):
        yield warning(
            (*path, "day"),
            text(
                '{agent} on {day}: no start of shift "{template}" exists then, as the clock is put '
                "forward, so that the wish cannot be granted.",
                agent=agent.name,
                day=wish.day,
                template=template.name,
            ),
        )
