"""In what two inputs differ, in a planner's words: one sentence a kind, however many there are of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from scheduler.domain.facts.goal_tables import THOUSAND
from scheduler.domain.facts.problem import Problem
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.words import listed
from scheduler.model.rules.book import RuleBook
from scheduler.texts import marked, text

_MOST_NAMES = 6
_TABLES = (
    ("skills", marked("skills")),
    ("scenarios", marked("scenarios")),
    ("templates", marked("shift templates")),
    ("contracts", marked("contracts")),
    ("agents", marked("agents")),
)


def input_differences(
    problem: Problem, rules: RuleBook, other: Problem, other_rules: RuleBook
) -> tuple[str, ...]:
    """Each kind of difference as a sentence; none where the two inputs are the same."""
    if problem == other and rules == other_rules:
        return ()
    return tuple(_differences(problem, rules, other, other_rules))


def _differences(problem: Problem, rules: RuleBook, other: Problem, other_rules: RuleBook) -> Iterator[str]:
    if (problem.grid.first_day, problem.grid.days) != (other.grid.first_day, other.grid.days):
        yield text(
            "The days planned differ: {days} from {first}, and {other_days} from {other_first}.",
            days=problem.grid.days,
            first=problem.grid.first_day,
            other_days=other.grid.days,
            other_first=other.grid.first_day,
        )
    yield from _settings(problem, other)
    for key, what in _TABLES:
        yield from _named(
            text(what),
            {one.name: one for one in getattr(problem, key)},
            {one.name: one for one in getattr(other, key)},
        )
    yield from _demand(problem, other)
    if problem.goal_tables != other.goal_tables:
        yield text(
            "Service levels over a day or a week differ: {contacts:,.0f} contacts are asked to be in time, "
            "and {other_contacts:,.0f}.",
            contacts=sum(one.asked for one in problem.goal_tables) / THOUSAND,
            other_contacts=sum(one.asked for one in other.goal_tables) / THOUSAND,
        )
    if problem.deferred_work != other.deferred_work:
        yield text(
            "Work that the roster places differs in amount, arrival or deadline: {portions} portions, and "
            "{other_portions}.",
            portions=sum(work.portions for work in problem.deferred_work),
            other_portions=sum(work.portions for work in other.deferred_work),
        )
    if problem.headcounts != other.headcounts:
        yield text(
            "Headcounts differ: {people} people in all, and {other_people}.",
            people=problem.people_required,
            other_people=other.people_required,
        )
    yield from _named(text("rules"), rules.named, other_rules.named)


def _settings(problem: Problem, other: Problem) -> Iterator[str]:
    for what, one, two in (
        (text("name"), problem.name, other.name),
        (text("currency"), problem.currency, other.currency),
        (text("time zone"), problem.grid.time_zone, other.grid.time_zone),
        (text("interval in minutes"), problem.grid.interval_minutes, other.grid.interval_minutes),
        (text("first day of a week"), problem.week_starts_on, other.week_starts_on),
    ):
        if one != two:
            yield text("Settings differ in the {what}: {one}, and {two}.", what=what, one=one, two=two)


def _demand(problem: Problem, other: Problem) -> Iterator[str]:
    length, other_length = problem.grid.interval_minutes, other.grid.interval_minutes
    differs = [
        skill
        for skill in dict.fromkeys((*problem.demand_for, *other.demand_for))
        if problem.demand_for.get(skill) != other.demand_for.get(skill)
    ]
    if differs:
        hours, other_hours = (
            sum(sum(demand.required) for demand in one.demand) * minutes / MINUTES_PER_HOUR
            for one, minutes in ((problem, length), (other, other_length))
        )
        yield text(
            "The demand differs for {skills}: {hours:,.1f} agent-hours required in all, and {other:,.1f}.",
            skills=listed(differs, _MOST_NAMES),
            hours=hours,
            other=other_hours,
        )


def _named(what: str, one: Mapping[str, Frozen], two: Mapping[str, Frozen]) -> Iterator[str]:
    """Things of one kind that only one input has, and those that differ, with the fields that do."""
    gone, new = ([name for name in left if name not in right] for left, right in ((one, two), (two, one)))
    if gone:
        yield text("Only the first has these {what}: {names}.", what=what, names=listed(gone, _MOST_NAMES))
    if new:
        yield text("Only the second has these {what}: {names}.", what=what, names=listed(new, _MOST_NAMES))
    by_field: dict[str, list[str]] = {}
    for name in one:
        if name in two and one[name] != two[name]:
            for field in _fields_that_differ(one[name], two[name]):
                by_field.setdefault(field, []).append(name)
    for field, names in by_field.items():
        yield text(
            "The {what} differ in {field}: {names}.",
            what=what,
            field=field.replace("_", " "),
            names=listed(names, _MOST_NAMES),
        )


def _fields_that_differ(one: Frozen, two: Frozen) -> Iterator[str]:
    nothing: Any = object()
    for field in dict.fromkeys((*type(one).model_fields, *type(two).model_fields)):
        if getattr(one, field, nothing) != getattr(two, field, nothing):
            yield field
