"""Lengths that a shift allows and that nobody can ever work.

They stand on Shifts and look like a choice: breaks that no place suits, breaks that are too short for so much
work, or people who are never there for so long.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from scheduler.domain.checks.calendar.possible_days import ALWAYS, PossibleDays
from scheduler.domain.facts.problem import Agent, Problem, ShiftTemplate
from scheduler.domain.findings.faults import warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.words import hours_words, listed
from scheduler.model.checks.break_room import OfRule, has_room, limits_on_breaks, may_work, of_template
from scheduler.model.limits.kinds import Total
from scheduler.model.limits.verbs import BreaksShort
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import text, text_n

_MOST_SHOWN = 6


def phantom_lengths(problem: Problem, rules: RuleBook) -> Iterator[Finding]:
    """A warning for each shift, with its lengths that can never be worked, and why."""
    limits = limits_on_breaks(problem, rules)
    looks_at = {fact for rule in rules.rules if rule.is_must for fact in rule.looks_at}
    least_breaks = _least_breaks(problem, rules)
    days = PossibleDays(problem)
    for index, template in enumerate(problem.templates):
        people = list(may_work(problem, template))
        if not people or not template.starts:
            continue
        kinds = {tuple(of_template(problem, limits.get(agent.name, []), template)) for agent in people}
        never = [
            one for one in template.lengths if not any(_has_place(template, one, held) for held in kinds)
        ]
        if never:
            held = min(kinds, key=lambda one: (len(one), [of.rule.name for of in one]))
            yield _told(
                index,
                template,
                never,
                text("no places of its breaks keep {rules}", rules=_blamed(template, never[0], held)),
                text("Give these lengths other breaks on Breaks, or leave them out on Shifts."),
            )
        asked = {least_breaks[agent.name] for agent in people}
        short = {one: _asking(template, one, asked) for one in template.lengths if one not in never}
        short = {one: names for one, names in short.items() if names}
        if short:
            yield _told(
                index,
                template,
                list(short),
                text(
                    "its breaks are too short for {rules}",
                    rules=listed(
                        list(dict.fromkeys(f'"{name}"' for names in short.values() for name in names)),
                        _MOST_SHOWN,
                    ),
                ),
                text("Give these lengths longer breaks on Breaks, or leave them out on Shifts."),
            )
        if {"agents.available", "agents.unavailable"} <= looks_at:
            beyond = [one for one in template.lengths if one not in never and one not in short]
            beyond = _beyond_availability(days, template, beyond, people)
            if beyond:
                yield _told(
                    index,
                    template,
                    beyond,
                    text("nobody whose contract has it is ever available for so long"),
                    text("Widen Availability, or leave these lengths out on Shifts."),
                )


def _least_breaks(problem: Problem, rules: RuleBook) -> dict[str, frozenset[tuple[str, BreaksShort]]]:
    """Of each agent what is asked of the length of breaks on every day, with the rule's name."""
    found: dict[str, set[tuple[str, BreaksShort]]] = defaultdict(set)
    for rule in rules.rules:
        days: Counter[tuple[str, BreaksShort]] = Counter()
        for limit in rule.limits(problem) if rule.is_must and isinstance(rule, AgentRule) else ():
            if not isinstance(limit, Total) or not isinstance(limit.of, BreaksShort):
                break  # all limits of a rule are of one kind
            days[limit.agent, limit.of] += len(limit.on)
        for (agent, asked), number in days.items():
            if number == problem.grid.days:
                found[agent].add((rule.name, asked))
    return defaultdict(frozenset, {agent: frozenset(asked) for agent, asked in found.items()})


def _asking(
    template: ShiftTemplate, length: int, asked: set[frozenset[tuple[str, BreaksShort]]]
) -> list[str]:
    """Rules for which a length has too short breaks, whoever works it; none where somebody may."""
    breaks = template.breaks_of(length)
    broken = [sorted(name for name, least in held if least.of_shift(length, breaks) > 0) for held in asked]
    return min(broken) if all(broken) else []


def _told(index: int, template: ShiftTemplate, lengths: Sequence[int], why: str, hint: str) -> Finding:
    return warning(
        ("templates", index, "max_length" if lengths[-1] == template.max_length else "min_length"),
        text_n(
            'shift "{shift}": its length {lengths} can never be worked: {why}.',
            'shift "{shift}": its lengths {lengths} can never be worked: {why}.',
            len(lengths),
            shift=template.name,
            lengths=listed([*map(hours_words, lengths)], _MOST_SHOWN),
            why=why,
        ),
        hint,
    )


def _has_place(template: ShiftTemplate, length: int, held: Sequence[OfRule]) -> bool:
    limits = [one.limit for one in held]
    return any(has_room(template, start, length, limits) for start in _starts(template, length))


def _starts(template: ShiftTemplate, length: int) -> Sequence[int]:
    """The starts that differ for the breaks: all where these are measured by the clock, else any."""
    by_clock = any(pause.measured_from == "clock" for pause in template.breaks_of(length))
    return template.starts if by_clock else template.starts[:1]


def _blamed(template: ShiftTemplate, length: int, held: Sequence[OfRule]) -> str:
    """The rules without which there would be places; all of them, where more than one stands in the way."""
    names = dict.fromkeys(one.rule for one in held)
    alone = [
        rule for rule in names if _has_place(template, length, [one for one in held if one.rule is not rule])
    ]
    return listed([f'"{rule.name}"' for rule in alone or names], _MOST_SHOWN)


def _beyond_availability(
    days: PossibleDays, template: ShiftTemplate, lengths: Sequence[int], people: Sequence[Agent]
) -> list[int]:
    """Lengths that fit no day of anybody."""
    grid, left = days.problem.grid, list(lengths)
    for agent in people:
        zone = days.problem.zone_of(agent)
        for day in range(grid.days):
            if not left:
                return []
            if grid.weekday(day) not in template.weekdays or not agent.is_employed_on(grid.date(day)):
                continue
            spans = days.open_spans(agent, day)
            if spans == ALWAYS:
                return []
            starts = [grid.instant_on_day(day, clock, zone) for clock in template.starts]
            left = [
                length
                for length in left
                if not any(first <= at and at + length <= last for first, last in spans for at in starts)
            ]
    return left
